"""A small library made for the proof, of an invented country: three papers whose notes name sources, and a server that
gives these sources out, or does not.

`write_papers` writes the papers with addresses of the server in their notes; there is no catalogue, so that all that is
known of a source is what a note says. `serve` sets up the server. `CLAIMS` says what is true of each claim that rests on
a source: which note, which work, what becomes of the work, and whether the claim is faithful to it.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from assistant.types import SourceState
from tests.reading.pdfs import HEIGHT, LEFT, RIGHT, justified, pdf, write
from tests.servers import Request, Route, Server, head, redirect, reply

# ---------------------------------------------------------------- the papers

CANALS, GRAIN, KOREAN = "canals", "grain", "unha"
"""Ids of the papers: the names of their files."""

CANAL_TEXT = (
    (
        "The canal and its freight",
        "Velmark has one canal, and it carries most of the heavy freight of the country. Barges on the Linden Canal carried 6.4"
        " million tons of freight in 2022.^1^ The number of barge crews fell to 510 in the same year.^2^ Grain freight on the"
        " canal reached 2,110 thousand tons in 2022.^3^ Tolls on the Linden Canal fell by eight percent in 2021.^4^ A ton is a"
        " metric ton throughout this paper.^5^",
    ),
    (
        "Locks and money",
        "The canal agency repaired fourteen locks of the Linden Canal in 2020.^6^ Water rights in the valley once belonged to"
        " three families.^7^ A strike closed the upper locks for nineteen days in 2018.^8^ The canal towns owe their banks more"
        " than they earn in a year.^9^ Subsidies to the barge owners were entered in a separate ledger until 1994.^10^ Night"
        " traffic was tried on the lower canal in 2016.^11^ We find that towns with a quay of their own grew faster than towns"
        " without one.",
    ),
)
"""Head and text of each page; `^1^` is the mark of a note."""


def canal_notes(base: str) -> tuple[tuple[str, ...], ...]:
    """The notes at the feet of the two pages."""
    return (
        (
            f"1. Lina Moor, “Barge Traffic Hits a Record,” Velmark Gazette, March 4, 2023, {base}/news/barges.",
            "2. Ibid.",
            f"3. Canal Agency of Velmark, Annual Canal Report 2022, May 2023, {base}/reports/canal-2022.pdf.",
            "4. Canal Agency of Velmark, Annual Canal Report 2022, p. 1.",
            "5. Older papers on the subject use the long ton, and their figures cannot be compared with ours.",
        ),
        (
            f"6. Canal Agency of Velmark, Annual Canal Report 2022, May 2023, {base}/reports/canal-2022.pdf.",
            "7. Otto Brandl, Water and Power in Velmark (Selmar: North Press, 2011), 45.",
            f"8. Edda Kranz, “Strike at the Upper Locks,” Harbour Times, May 9, 2018, {base}/harbour/strike.",
            f"9. Jonas Feld, “The Debt of the Canal Towns,” Canal Quarterly, June 2020, {base}/members/debt.",
            f"10. Treasury of Velmark, “Ledger of Canal Subsidies,” May 1995, {base}/closed/ledger.",
            f"11. Mara Senn, “Night Traffic on Trial,” Lower Canal Post, April 2, 2016, {base}/post/night-traffic.",
        ),
    )


def grain_paper(base: str) -> str:
    return f"""# Grain Prices and Inland Towns in Velmark

Petra Olm

## Prices

Grain prices in the inland towns rose by four percent after the toll was raised.[^1] The canal agency repaired fourteen locks of the Linden Canal in 2022.[^2] Bakers in the inland towns bake less white bread than they did ten years ago.

## The agency

The agency that looks after the canal has 640 employees.[^3]

[^1]: Velmark Institute of Trade, “Why Grain Prices Follow the Tolls,” June 3, 2021, {base}/old/tolls.
[^2]: Canal Agency of Velmark, *Annual Canal Report 2022*, May 2023, {base}/reports/canal-2022.pdf.
[^3]: Canal Agency of Velmark, *Annual Canal Report 2022*.
"""


def korean_paper(base: str) -> str:
    return f"""# 벨마르크 운하 정책의 과제

박서윤

## 운송량과 통행료

2022년 린덴 운하의 화물 운송량은 640만 톤이었다.[^1] 정부는 2021년에 운하 통행료를 12퍼센트 인상하였다.[^2] 이 글은 통행료를 다시 낮출 것을 제안한다.

[^1]: 김도현, “운하 화물 운송의 현황,” 『벨마르크경제신문』, 2023년 5월 2일, {base}/ko/unha.
[^2]: 위의 글.
"""


def canal_pdf(base: str) -> bytes:
    """Two pages with printed numbers 31 and 32, their notes at the foot below a rule."""

    def page(number: int) -> object:
        heading, text = CANAL_TEXT[number]

        def draw(canvas: Canvas) -> None:
            y = 90.0
            if number == 0:
                y = write(
                    canvas, ["Canals and Export Growth in Velmark"], top=y, size=18, font="Times-Bold", leading=30
                )
                y = write(canvas, ["Ilsa Brenner"], top=y, size=11, leading=30)
            y = write(canvas, [heading], top=y, size=14, font="Times-Bold", leading=24)
            write(canvas, justified(text, RIGHT - LEFT), top=y)
            notes = [line for n in canal_notes(base)[number] for line in justified(n, RIGHT - LEFT, size=8)]
            top = 715 - 10 * len(notes)
            canvas.line(LEFT, HEIGHT - top + 12, LEFT + 144, HEIGHT - top + 12)
            write(canvas, notes, top=top, size=8, leading=10)
            write(canvas, [str(31 + number)], x=300, top=750, size=9)

        return draw

    return pdf(page(0), page(1), title="Canals and Export Growth in Velmark", author="Ilsa Brenner")  # type: ignore[arg-type]


def write_papers(corpus: Path, base: str) -> None:
    """The three papers: a PDF, and two in Markdown, of which one is Korean."""
    papers = corpus / "papers"
    papers.mkdir(parents=True)
    (papers / f"{CANALS}.pdf").write_bytes(canal_pdf(base))
    (papers / f"{GRAIN}.md").write_text(grain_paper(base), encoding="utf-8")
    (papers / f"{KOREAN}.md").write_text(korean_paper(base), encoding="utf-8")


# ---------------------------------------------------------------- the sources


def page(title: str, paragraphs: Sequence[str], site: str, author: str = "", language: str = "en") -> str:
    """An article as sites set it: among links of their own."""
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    by = f'<meta name="author" content="{author}">' if author else ""
    return (
        f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>{title} | {site}</title>{by}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/all'>All news</a> <a href='/subscribe'>Subscribe</a></nav>"
        f"<article><h1>{title}</h1>{text}</article><footer><a href='/imprint'>Imprint</a></footer></body></html>"
    )


GAZETTE = page(
    "Barge Traffic Hits a Record",
    (
        "Barges on the Linden Canal carried 6.4 million tons of freight in 2022, which is more than in any year before. The "
        "record was set although the water stood low for most of the summer and the lower locks were shut for a week.",
        "The number of barge crews fell to 310 in 2022. Fewer young people want to live on the water, owners say, and those "
        "who stay earn better than their parents did on the same boats.",
        "Most of the freight is gravel for the roads of the capital. Grain comes next, and timber has been falling since the "
        "sawmill at Orsk was sold to a company that sends its boards by rail.",
    ),
    "Velmark Gazette",
    "Lina Moor",
)
TOLLS = page(
    "Why Grain Prices Follow the Tolls",
    (
        "Grain prices in the inland towns rose by four percent after the toll was raised. Mills buy most of their grain from "
        "barges, and the owners of the barges added the toll to the price within a month.",
        "The towns on the railway saw no such rise, since their mills are served by trains all year round. The institute asked "
        "sixty mills in both kinds of town for their books of three years.",
        "When the toll was last lowered, the price of grain stayed where it was. A toll that goes up is therefore paid by those "
        "who eat bread, and one that goes down is kept by those who own boats.",
    ),
    "Velmark Institute of Trade",
)
KOREAN_NEWS = page(
    "운하 화물 운송의 현황",
    (
        "2022년 린덴 운하의 화물 운송량은 640만 톤으로 집계되었다. 이는 전년보다 늘어난 수치이며 역대 가장 많은 양이다. 물이 줄어든 여름에도 "
        "운송은 멈추지 않았고, 하류의 갑문만 일주일 동안 닫혔다.",
        "정부는 2021년에 운하 통행료를 8퍼센트 인상하였다. 인상된 통행료는 갑문을 고치는 데 쓰이고 있으며, 선주들은 그 부담을 곡물 값에 "
        "얹었다고 말한다. 제분소들은 철도로 옮겨 갈 길을 찾고 있다.",
        "운하에서 일하는 선원의 수는 해마다 줄고 있다. 젊은 사람들이 물 위에서 살기를 꺼리기 때문이라고 업계는 설명한다.",
    ),
    "벨마르크경제신문",
    "김도현",
    "ko",
)
REPORT_TEXT = (
    "The Canal Agency of Velmark looks after the Linden Canal, its locks and its quays. Tolls on the Linden Canal rose by"
    " eight percent in 2021. The agency repaired fourteen locks of the Linden Canal in 2022, and it plans to repair nine more"
    " before the winter of 2025. It employs 640 people, most of them at the locks. The water of the canal comes from three"
    " lakes, whose levels the agency measures every morning."
)
TABLE = (
    ("Cargo", "2021", "2022"),
    ("Grain", "1,850", "2,110"),
    ("Timber", "940", "905"),
    ("Gravel", "3,020", "3,385"),
)
STRIKE = """# Strike at the Upper Locks

Edda Kranz

Harbour Times, May 9, 2018

A strike has closed the upper locks of the Linden Canal for nineteen days. The keepers of the locks ask for a second man on every night watch, and the agency says that it cannot pay for one.
"""
"""What a user has at home of a source that is dead on the web."""
NIGHT = page(
    "Night Traffic on Trial",
    (
        "Barges may pass the lower canal at night from this spring on, for a trial of one year and at half the usual toll.",
    ),
    "Lower Canal Post",
).replace("<head>", '<head><meta name="citation_date" content="2009">')
"""Of the same title as a source that is cited, and of another year: a person is asked whether it is that."""
LOGIN = (
    "<!doctype html><html><head><title>Log in</title></head><body><form method='post'><h1>Log in to read on</h1>"
    "<input name='user'><input type='password' name='word'><a href='/forgot'>Forgot your password?</a></form></body></html>"
)
START = page(
    "Lower Canal Post",
    tuple(
        f"News of the day, item {n}: a barge has come in, and another has gone out, as the keepers say."
        for n in range(9)
    ),
    "Lower Canal Post",
)


def report_pdf() -> bytes:
    """The agency's report: a page of text, and one with a ruled table."""

    def text(canvas: Canvas) -> None:
        y = write(canvas, ["Annual Canal Report 2022"], size=20, font="Times-Bold", leading=32)
        y = write(canvas, ["Canal Agency of Velmark"], top=y, leading=30)
        y = write(canvas, ["The canal in 2022"], top=y, size=14, font="Times-Bold", leading=24)
        write(canvas, justified(REPORT_TEXT, RIGHT - LEFT), top=y)
        write(canvas, ["1"], x=300, top=750, size=9)

    def table(canvas: Canvas) -> None:
        y = write(canvas, ["Freight by cargo"], size=14, font="Times-Bold", leading=24)
        words = "What the barges carry is counted at the locks, and told by the cargo in the table below."
        y = write(canvas, justified(words, RIGHT - LEFT), top=y) + 10
        y = (
            write(canvas, ["Table 1. Freight on the Linden Canal by Cargo (thousand tons)"], top=y, font="Times-Bold")
            + 6
        )
        top = y
        for row in TABLE:
            for at, cell in zip((LEFT + 4, LEFT + 160, LEFT + 260), row, strict=True):
                write(canvas, [cell], x=at, top=y + 8, size=10)
            y += 18
        for n in range(len(TABLE) + 1):
            canvas.line(LEFT, HEIGHT - top + 4 - 18 * n, LEFT + 340, HEIGHT - top + 4 - 18 * n)
        for x in (LEFT, LEFT + 140, LEFT + 240, LEFT + 340):
            canvas.line(x, HEIGHT - top + 4, x, HEIGHT - top + 4 - 18 * len(TABLE))
        write(canvas, ["2"], x=300, top=750, size=9)

    return pdf(text, table, title="Annual Canal Report 2022", author="Canal Agency of Velmark")


def serve(server: Server) -> None:
    """What each address gives; what is not named here is not there (404)."""
    server.routes |= {
        "/robots.txt": reply("User-agent: *\nDisallow: /closed/\n", content_type="text/plain"),
        "/news/barges": _kept(GAZETTE.encode(), '"g1"', "text/html; charset=utf-8"),
        "/reports/canal-2022.pdf": _kept(report_pdf(), '"r1"', "application/pdf"),
        "/old/tolls": redirect("/press/2021/tolls", 301),
        "/press/2021/tolls": _kept(TOLLS.encode(), '"t1"', "text/html; charset=utf-8"),
        "/ko/unha": _kept(KOREAN_NEWS.encode(), '"k1"', "text/html; charset=utf-8"),
        "/members/debt": redirect("/login?next=debt"),
        "/login": reply(LOGIN, content_type="text/html"),
        "/closed/ledger": reply(page("Ledger of Canal Subsidies", ("Not for robots. " * 20,), "Treasury")),
        "/post/night-traffic": redirect("/"),
        "/": reply(START, content_type="text/html; charset=utf-8"),
    }


def _kept(data: bytes, etag: str, kind: str) -> Route:
    """A file that says when it is unchanged."""

    def route(request: Request, line: socket.socket) -> None:
        if request.headers.get("if-none-match") == etag:
            line.sendall(head(304, etag=etag, connection="close"))
        else:
            reply(data, content_type=kind, etag=etag)(request, line)

    return route


# ---------------------------------------------------------------- the truth


@dataclass(frozen=True)
class Claim:
    """A sentence of a paper that rests on a note. `title`: of the work that the note names."""

    document: str
    note: str
    words: str
    title: str
    state: SourceState
    faithful: bool | None = None
    """None where the source is not to be had."""
    source: str = ""
    """Words of the source that bear on the claim."""
    reworded: bool = False
    """Said in the paper in words so much its own that an audit may not find them: it must not say that they differ."""


CLAIMS = (
    Claim(CANALS, "1", "carried 6.4 million tons", "Barge Traffic Hits a Record", "held", True, "carried 6.4 million tons"),
    Claim(CANALS, "2", "fell to 510", "Barge Traffic Hits a Record", "held", False, "fell to 310 in 2022"),
    Claim(CANALS, "3", "reached 2,110 thousand tons", "Annual Canal Report 2022", "held", True, "2,110"),
    Claim(CANALS, "4", "fell by eight percent in 2021", "Annual Canal Report 2022", "held", False, "rose by eight percent in 2021"),
    Claim(CANALS, "6", "fourteen locks of the Linden Canal in 2020", "Annual Canal Report 2022", "held", False, "fourteen locks of the Linden Canal in 2022"),
    Claim(CANALS, "7", "three families", "Water and Power in Velmark", "not_retrievable"),
    Claim(CANALS, "8", "nineteen days", "Strike at the Upper Locks", "dead"),
    Claim(CANALS, "9", "owe their banks", "The Debt of the Canal Towns", "blocked"),
    Claim(CANALS, "10", "a separate ledger", "Ledger of Canal Subsidies", "blocked"),
    Claim(CANALS, "11", "tried on the lower canal in 2016", "Night Traffic on Trial", "moved"),
    Claim(GRAIN, "1", "rose by four percent", "Why Grain Prices Follow the Tolls", "held", True, "rose by four percent after the toll"),
    Claim(GRAIN, "2", "fourteen locks of the Linden Canal in 2022", "Annual Canal Report 2022", "held", True, "fourteen locks of the Linden Canal in 2022"),
    Claim(GRAIN, "3", "has 640 employees", "Annual Canal Report 2022", "held", True, "employs 640 people", reworded=True),
    Claim(KOREAN, "1", "640만 톤", "운하 화물 운송의 현황", "held", True, "640만 톤으로 집계"),
    Claim(KOREAN, "2", "12퍼센트 인상", "운하 화물 운송의 현황", "held", False, "8퍼센트 인상"),
)  # fmt: skip
STATES: dict[str, SourceState] = {c.title: c.state for c in CLAIMS}
"""What becomes of each work, once all that can be had was fetched."""
MISSTATED = [c for c in CLAIMS if c.faithful is False]
