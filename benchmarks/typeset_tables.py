"""Tables of known content, set in many styles: what `tables.py` measures reading against.

Everything comes from a seed. Each `Sheet` is one PDF with several tables between running text.
"""

from __future__ import annotations

import html
import io
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

STYLES = ("ruled", "booktabs", "unruled", "shaded", "partial", "double")
_PLACES = "Vietnam|Chile|Norway|Czech Republic|United States|Korea|Viet Nam and Laos|South Africa|Peru|Japan|Trinidad and Tobago|Iceland|Oman|Estonia|New Zealand|Brazil".split(
    "|"
)
_GROUPS = ["Asia", "Europe", "The Americas", "Africa and the Middle East"]
_KOREAN = ["대한민국", "베트남", "중국", "일본", "미국", "독일", "인도네시아", "칠레", "호주", "프랑스"]
_HEADS = ["Exports", "Imports", "Balance", "Share of total", "Outlays", "Revenues", "Number of firms", "Growth rate"]
_KOREAN_HEADS = ["수출액", "수입액", "무역수지", "비중", "기업 수", "증가율"]
_WORDS = "tariff quota agency budget report measure program council region sector review account grant".split()


@dataclass
class Truth:
    """A table as its maker knows it."""

    caption: str
    columns: list[str]
    """The joined header of each column behind the labels."""
    rows: list[tuple[str, list[str]]]
    """The joined label of each row and its figures."""
    extra: list[str] = field(default_factory=list)
    """Further texts that the table prints: headings, group rows, the corner."""
    long: bool = False

    @property
    def texts(self) -> list[str]:
        return [t for t in [*self.extra, *(v for _, row in self.rows for v in row)] if t]


@dataclass
class Made:
    """One table ready to be set: its grid with what spans."""

    truth: Truth
    style: str
    grid: list[list[str]]
    spans: dict[tuple[int, int], tuple[int, int]]
    header: int
    korean: bool


@dataclass
class Sheet:
    name: str
    style: str
    data: bytes
    tables: list[Truth]


def _figure(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.08:
        return rng.choice(["—", "n.a.", ""])
    if kind < 0.2:
        return f"{rng.uniform(-20, 120):.1f}%"
    if kind < 0.3:
        return f"({rng.randint(1, 999)})"
    return f"{rng.randint(2, 99_999):,}" if kind < 0.8 else f"{rng.uniform(0, 900):.2f}"


def make(rng: random.Random, number: int, style: str, *, long: bool = False, korean: bool = False) -> Made:
    """A table with some of: two header rows, groups of rows, labels over several rows, a total."""
    width = rng.randint(2, 5)
    height = rng.randint(46, 70) if long else rng.randint(4, 10)
    heads = rng.sample(_KOREAN_HEADS if korean else _HEADS, k=min(width, 5))
    while len(heads) < width:
        heads.append(f"{heads[0]} {len(heads)}")
    two = width >= 4 and rng.random() < 0.5
    grouped = not long and rng.random() < 0.4
    spanning = not grouped and not long and style in ("ruled", "partial") and rng.random() < 0.5
    grid: list[list[str]] = []
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    labels = 2 if spanning else 1
    columns: list[str] = []
    corner = rng.choice(["국가" if korean else "Country", "" if not korean else "구분"])
    if two:
        years = ["2022", "2023"]
        uppers = heads[: width // 2]
        top, low = [corner] + [""] * (labels - 1), [""] * labels
        for upper in uppers:
            spans[0, len(top)] = (1, 2)
            top += [upper, ""]
            low += years
            columns += [f"{upper} › {y}" for y in years]
        spans[0, 0] = (2, labels)
        grid += [top, low]
    else:
        columns = heads
        grid.append([corner] + [""] * (labels - 1) + heads)
        if labels == 2:
            spans[0, 0] = (1, 2)
    header = len(grid)
    extra = [v for row in grid for v in row if v]
    pool = list(_KOREAN if korean else _PLACES)
    rng.shuffle(pool)
    names = [pool[i % len(pool)] + (f" {i // len(pool) + 1}" if i >= len(pool) else "") for i in range(height)]
    rows: list[tuple[str, list[str]]] = []
    group = ""
    for i, name in enumerate(names):
        if grouped and i % 3 == 0:
            group = _GROUPS[(i // 3) % len(_GROUPS)]
            spans[len(grid), 0] = (1, len(columns) + 1)
            grid.append([group] + [""] * len(columns))
            extra.append(group)
        values = [_figure(rng) for _ in columns]
        if not any(values):
            values[0] = "7"
        if spanning:
            if i % 2 == 0:
                group = _GROUPS[(i // 2) % len(_GROUPS)]
                if i + 1 < height:
                    spans[len(grid), 0] = (2, 1)
                extra.append(group)
            grid.append([group if i % 2 == 0 else "", name, *values])
        else:
            grid.append([name, *values])
        extra.append(name)
        rows.append((f"{group} › {name}" if group else name, values))
    unit = rng.choice(["USD million", "in millions of dollars", ""]) if not korean else "단위: 백만 달러"
    caption = f"Table {number}. {rng.choice(heads)} by country{f' ({unit})' if unit else ''}"
    if korean:
        caption = f"표 {number}. 국가별 {heads[0]} ({unit})"
    return Made(Truth(caption, columns, rows, extra, long), style, grid, spans, header, korean)


def _prose(rng: random.Random, sentences: int) -> str:
    return " ".join(
        f"The {rng.choice(_WORDS)} of the {rng.choice(_WORDS)} was in {rng.randint(1990, 2024)} larger than the {rng.choice(_WORDS)} that the "
        f"{rng.choice(_WORDS)} had expected, as members of the {rng.choice(_WORDS)} said at the time."
        for _ in range(sentences)
    )


def sheets(seed: int, per_style: int) -> Iterator[Sheet]:
    """The PDFs of one run: by reportlab, and by chromium where it is installed."""
    for style in STYLES:
        for k in range(per_style):
            rng = random.Random(f"{seed}/{style}/{k}")
            korean = k % 3 == 2
            made = [make(rng, n + 1, style, long=n == 1 and k % 2 == 0, korean=korean) for n in range(3)]
            yield Sheet(
                f"reportlab-{style}-{k}", f"reportlab {style}", by_reportlab(made, rng), [m.truth for m in made]
            )
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        return
    for style in STYLES:
        for k in range(per_style):
            rng = random.Random(f"{seed}/html/{style}/{k}")
            made = [make(rng, n + 1, style, long=n == 1 and k % 2 == 0, korean=k % 3 == 2) for n in range(3)]
            data = by_chromium(chromium, made, rng)
            if data:
                yield Sheet(f"chromium-{style}-{k}", f"chromium {style}", data, [m.truth for m in made])


def by_reportlab(tables: list[Made], rng: random.Random) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    out = io.BytesIO()
    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=13.5, spaceAfter=8, alignment=4)
    story: list[object] = []
    for made in tables:
        caption = ParagraphStyle(
            "caption",
            fontName="HYSMyeongJo-Medium" if made.korean else "Times-Bold",
            fontSize=10,
            leading=12,
            spaceAfter=4,
        )
        story += [Paragraph(_prose(rng, 6), body), Paragraph(html.escape(made.truth.caption), caption)]
        table = Table(
            made.grid,
            repeatRows=made.header if made.truth.long else 0,
            hAlign="LEFT" if rng.random() < 0.5 else "CENTER",
        )
        table.setStyle(_style(made))
        story += [
            table,
            Paragraph("Source: Ministry of Examples.", ParagraphStyle("s", body, fontSize=8)),
            Spacer(1, 10),
        ]
    story.append(Paragraph(_prose(rng, 8), body))
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(story)
    return out.getvalue()


def _style(made: Made) -> TableStyle:
    font = "HYSMyeongJo-Medium" if made.korean else "Times-Roman"
    head, width = made.header - 1, len(made.grid[0]) - 1
    commands: list[tuple[object, ...]] = [
        ("FONT", (0, 0), (-1, -1), font, 9),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT" if made.style != "unruled" else "CENTER"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    for (r, c), (rows, columns) in made.spans.items():
        commands.append(("SPAN", (c, r), (c + columns - 1, r + rows - 1)))
        if r < made.header and columns > 1 and c:
            commands.append(("ALIGN", (c, r), (c, r), "CENTER"))
            if made.style == "booktabs":
                commands.append(("LINEBELOW", (c, r), (c + columns - 1, r), 0.4, colors.black))
    match made.style:
        case "ruled":
            commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
        case "booktabs":
            commands += [
                ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
                ("LINEBELOW", (0, head), (-1, head), 0.5, colors.black),
            ]
            commands.append(("LINEBELOW", (0, -1), (-1, -1), 1, colors.black))
        case "shaded":
            commands.append(("BACKGROUND", (0, 0), (-1, head), colors.lightblue))
            for r in range(made.header, len(made.grid), 2):
                commands.append(("BACKGROUND", (0, r), (-1, r), colors.whitesmoke))
        case "partial":
            commands += [("LINEABOVE", (0, r), (-1, r), 0.4, colors.black) for r in range(len(made.grid))]
            commands = [
                c for c in commands if not (c[0] == "LINEABOVE" and made.spans.get((c[1][1] - 1, 0), (1, 1))[0] > 1)
            ]  # type: ignore[index]
            commands += [
                ("LINEBELOW", (0, -1), (-1, -1), 0.4, colors.black),
                ("LINEAFTER", (0, 0), (width - 1, -1), 0.4, colors.black),
            ]
            commands += [
                ("LINEABOVE", (1, r + 1), (-1, r + 1), 0.4, colors.black)
                for (r, c), (rows, _) in made.spans.items()
                if rows > 1 and c == 0
            ]
        case "double":
            commands += [("LINEABOVE", (0, 0), (-1, 0), 0.5, colors.black, 1, None, None, 2, 2)]
            commands += [
                ("LINEBELOW", (0, r), (-1, r), 0.4, colors.black, 0, (2, 2)) for r in range(len(made.grid) - 1)
            ]
            commands += [("LINEBELOW", (0, -1), (-1, -1), 0.5, colors.black, 1, None, None, 2, 2)]
    return TableStyle(commands)


_CSS = """
body{font:11pt serif;margin:0} table{border-collapse:collapse;font-size:9pt;margin:2pt 0} td,th{padding:2pt 6pt}
td.n,th.n{text-align:right} th[colspan]{text-align:center} caption{font-weight:bold;text-align:left;padding:3pt 0} p{text-align:justify}
.ruled td,.ruled th,.partial td,.partial th{border:.5pt solid #000}
.booktabs{border-top:1pt solid #000;border-bottom:1pt solid #000} .booktabs thead tr:last-child th{border-bottom:.5pt solid #000}
.booktabs thead tr:first-child th[colspan]{border-bottom:.4pt solid #000}
.unruled td.n,.unruled th.n{text-align:center} .unruled td,.unruled th{padding:2pt 12pt}
.shaded thead{background:#bcd} .shaded tbody tr:nth-child(odd){background:#eee}
.double{border-top:3pt double #000;border-bottom:3pt double #000} .double td,.double th{border-bottom:.5pt dashed #000}
.double td,.shaded td{padding:2pt 9pt} tr{break-inside:avoid} .src{font-size:8pt}
"""


def by_chromium(program: str, tables: list[Made], rng: random.Random) -> bytes | None:
    parts = [f"<meta charset=utf-8><style>{_CSS}</style>"]
    for made in tables:
        parts.append(
            f"<p>{_prose(rng, 6)}</p><table class={made.style}><caption>{html.escape(made.truth.caption)}</caption><thead>"
        )
        covered = {
            (r + i, c + j)
            for (r, c), (a, b) in made.spans.items()
            for i in range(a)
            for j in range(b)
            if (i, j) != (0, 0)
        }
        for r, row in enumerate(made.grid):
            if r == made.header:
                parts.append("</thead><tbody>")
            parts.append("<tr>")
            tag = "th" if r < made.header else "td"
            for c, value in enumerate(row):
                if (r, c) in covered:
                    continue
                rows, columns = made.spans.get((r, c), (1, 1))
                span = (f" rowspan={rows}" if rows > 1 else "") + (f" colspan={columns}" if columns > 1 else "")
                number = (
                    " class=n"
                    if c and not (len(row) > 1 and made.spans and c == 1 and not value.strip("0123456789"))
                    else ""
                )
                parts.append(f"<{tag}{span}{number}>{html.escape(value)}</{tag}>")
            parts.append("</tr>")
        parts.append("</tbody></table><p class=src>Source: Ministry of Examples.</p>")
    parts.append(f"<p>{_prose(rng, 8)}</p>")
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text("".join(parts), "utf-8")
        command = [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
        ]
        try:
            subprocess.run(
                [*command, f"--print-to-pdf={out}", page.as_uri()], check=True, capture_output=True, timeout=60
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return out.read_bytes() if out.exists() else None
