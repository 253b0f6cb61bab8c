"""How much of a page is read out of its picture: ours against plain tesseract and ocrmypdf.

    python benchmarks/ocr.py [--quick] [--parts made,papers,dpi]

`made`: pages set here from texts of `../shared/data` (Korean paragraphs, English prose) in several fonts and
layouts, then spoilt as scanners do. `papers`: pages of PDFs drawn as pictures, with the PDF's own text for truth.
`dpi`: the same page at several resolutions. A word counts when it comes out whole; words are matched in order.
Korean words are eojeols. Programs that are not installed are said to be absent; nothing is measured then.
"""

from __future__ import annotations

import argparse
import difflib
import io
import json
import math
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from assistant.backends.ocr.tesseract import RecognitionError, find_recogniser

DATA = Path(__file__).resolve().parents[1] / "../shared"
WIDTH, HEIGHT = 595.0, 842.0
FONTS = {
    "serif": ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", 0),
    "sans": ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", 0),
    "dejavu": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", 0),
    "noto": ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", 1),
    "notoserif": ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", 1),
}
PAGES = (
    ("one", "en", "serif", 300, "clean"),
    ("one", "ko", "noto", 300, "clean"),
    ("two", "en", "sans", 300, "skew1.5"),
    ("two", "ko", "notoserif", 300, "clean"),
    ("note", "mixed", "noto", 300, "jpeg"),
    ("note", "mixed", "notoserif", 200, "skew-1+noise"),
    ("two", "en", "serif", 200, "noise+blur"),
    ("one", "ko", "notoserif", 200, "blur+pale"),
    ("one", "en", "dejavu", 150, "pale+jpeg"),
    ("two", "ko", "noto", 200, "skew2+jpeg"),
    ("note", "en", "serif", 300, "border+skew1"),
    ("note", "ko", "noto", 150, "noise"),
)


@dataclass(frozen=True)
class Picture:
    """A page and what stands on it."""

    name: str
    image: Image.Image
    dpi: int
    truth: str

    @property
    def points(self) -> tuple[float, float]:
        return self.image.width * 72 / self.dpi, self.image.height * 72 / self.dpi


# ---------------------------------------------------------------- pages with a known text


def texts(language: str) -> list[str]:
    korean = json.loads((DATA / "data/korquad1_dev/KorQuAD_v1.0_dev.json").read_text("utf-8"))
    ko = [p["context"] for article in korean["data"] for p in article["paragraphs"]]
    en = [
        " ".join(p.split())
        for f in sorted((DATA / "papers").glob("*.txt"))
        for p in f.read_text("utf-8").split("\n\n")
        if len(p) > 300
    ]
    if language == "mixed":
        both = zip(ko, en * (1 + len(ko) // len(en)), strict=False)
        found = [f"{a[:300].rsplit(' ', 1)[0]} {b[:200].rsplit(' ', 1)[0]}" for a, b in both]
    else:
        found = ko if language == "ko" else en
    # What the fonts cannot draw would be no fault of the reader; brackets left empty by that go too.
    return [re.sub(r"\(\s*\)|\[\s*\]", "", re.sub(r"[^\x20-\x7e가-힣]", " ", t)) for t in found]


class Setter:
    """Sets paragraphs on a page."""

    def __init__(self, font: str, dpi: int) -> None:
        regular, strong, self.index = FONTS[font]
        self.files = (regular, strong)
        self.scale = dpi / 72
        self.image = Image.new("L", (round(WIDTH * self.scale), round(HEIGHT * self.scale)), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.said: list[str] = []

    def paragraph(self, text: str, x: float, y: float, width: float, size: float, bold: bool, limit: float) -> float:
        face = ImageFont.truetype(self.files[bold], round(size * self.scale), index=self.index)
        line: list[str] = []
        lines = [line]
        for word in text.split():
            if line and face.getlength(" ".join([*line, word])) > width * self.scale:
                line = []
                lines.append(line)
            line.append(word)
        for line in lines:
            if y + 1.35 * size > limit:
                break
            self.draw.text((x * self.scale, (y + size) * self.scale), " ".join(line), font=face, fill=0, anchor="ls")
            self.said += line
            y += 1.35 * size
        return y

    def column(self, source: Iterator[str], x: float, y: float, width: float, size: float, limit: float) -> None:
        count = 0
        while y < limit - 40:
            if count % 3 == 1:
                y = 4 + self.paragraph(" ".join(next(source).split()[:4]), x, y, width, size * 1.2, True, limit)
            y = 6 + self.paragraph(next(source)[:900].rsplit(" ", 1)[0], x, y, width, size, False, limit)
            count += 1


def made(kind: str, language: str, font: str, dpi: int, spoilt: str, seed: int) -> Picture:
    setter, source = Setter(font, dpi), texts(language)
    random.Random(seed).shuffle(source)
    flow = iter(source)
    top = 10 + setter.paragraph(" ".join(next(flow).split()[:7]), 70, 60, 455, 18, True, 200)
    if kind == "two":
        setter.column(flow, 60, top, 225, 9.5, 780)
        setter.column(flow, 310, top + 4, 225, 9, 780)
    else:
        setter.column(flow, 70, top, 455, 11, 650 if kind == "note" else 780)
    if kind == "note":
        k = setter.scale
        setter.draw.line((70 * k, 675 * k, 200 * k, 675 * k), fill=0, width=max(1, dpi // 150))
        y = 680.0
        for number in (1, 2, 3):
            y = 2 + setter.paragraph(f"{number} {next(flow)[:150].rsplit(' ', 1)[0]}", 70, y, 455, 8.5, False, 800)
    image = setter.image
    for how in spoilt.split("+"):
        image = SPOILERS[how.rstrip("-.0123456789")](image, how, dpi)
    return Picture(f"{kind}, {language}, {font}, {dpi} dpi, {spoilt}", image, dpi, " ".join(setter.said))


def noise(image: Image.Image, how: str, dpi: int) -> Image.Image:
    draw = np.random.default_rng(7)
    grey = np.asarray(image, np.float64) + draw.normal(0, 25, image.size[::-1])
    specks = draw.random(grey.shape)
    grey[specks < 0.001], grey[specks > 0.999] = 0, 255
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def jpeg(image: Image.Image, how: str, dpi: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=25)
    return Image.open(io.BytesIO(buffer.getvalue())).convert("L")


def border(image: Image.Image, how: str, dpi: int) -> Image.Image:
    image = image.copy()
    draw, wide = ImageDraw.Draw(image), dpi // 6
    draw.rectangle((0, 0, wide, image.height), fill=0)
    draw.rectangle((0, image.height - wide, image.width, image.height), fill=0)
    return image


SPOILERS: dict[str, Callable[[Image.Image, str, int], Image.Image]] = {
    "clean": lambda image, how, dpi: image,
    "noise": noise,
    "blur": lambda image, how, dpi: image.filter(ImageFilter.GaussianBlur(dpi / 300 * 1.6)),
    "skew": lambda image, how, dpi: image.rotate(float(how[4:]), Image.Resampling.BICUBIC, fillcolor=255),
    "jpeg": jpeg,
    "pale": lambda image, how, dpi: image.point(lambda v: 140 + v * 90 // 255),
    "border": border,
}


def printed() -> Iterator[Picture]:
    """Pages of PDFs as pictures; their own text is the truth."""
    files = sorted((DATA / "papers").glob("*.pdf")) + sorted((DATA / "data/crs").rglob("*.pdf"))[::6]
    for file in files:
        with pdfium.PdfDocument(file) as pdf:
            for index in {1, len(pdf) // 2} & set(range(len(pdf))):
                text = pdf[index].get_textpage().get_text_bounded()
                # A word broken at a line end is two in the picture as well.
                truth = text.replace("\ufffe", "-\n").replace("\u00ad", "-\n").replace("\x02", "-\n")
                yield Picture(f"{file.stem} {index + 1}", pdf[index].render(scale=300 / 72).to_pil(), 300, truth)


# ---------------------------------------------------------------- the programs


def plain(picture: Picture) -> str:
    """Tesseract with its defaults; it straightens and cuts columns by itself."""
    command = ["tesseract", "stdin", "stdout", "-l", "kor+eng", "--dpi", str(picture.dpi)]
    done = subprocess.run(command, input=_png(picture), capture_output=True, check=True, env=ONE_CORE)
    return done.stdout.decode("utf-8", "replace")


def by_ocrmypdf(picture: Picture) -> str:
    """ocrmypdf's side-car text, straightened and turned as it can."""
    with tempfile.TemporaryDirectory() as folder:
        page, text = Path(folder, "page.png"), Path(folder, "page.txt")
        picture.image.convert("L").save(page, dpi=(picture.dpi, picture.dpi))
        command = ["ocrmypdf", "-l", "kor+eng", "--deskew", "--rotate-pages", "--jobs", "1", "--output-type", "pdf"]
        command += ["--image-dpi", str(picture.dpi), "--sidecar", str(text), str(page), str(Path(folder, "page.pdf"))]
        subprocess.run(command, capture_output=True, check=True, env=ONE_CORE)
        return text.read_text("utf-8")


ONE_CORE = {"PATH": "/usr/local/bin:/usr/bin:/bin", "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}


def _png(picture: Picture) -> bytes:
    buffer = io.BytesIO()
    picture.image.convert("L").save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


# ---------------------------------------------------------------- counting


@dataclass(frozen=True)
class Count:
    """Words of one kind on one page: right, wanted; `found` counts all words that came out."""

    right: int
    wanted: int


def counted(truth: str, found: str) -> dict[str, Count]:
    wanted, got = truth.split(), found.split()
    # Matched line by line would punish another order of columns; word by word in order is what a quote needs.
    blocks = difflib.SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    right = [wanted[i] for b in blocks for i in range(b.a, b.a + b.size)]

    def count(korean: bool) -> Count:
        return Count(*(sum(bool(re.search("[가-힣]", w)) == korean for w in words) for words in (right, wanted)))

    return {"English": count(False), "Korean": count(True), "of what came out": Count(len(right), len(got))}


def share(counts: Sequence[Count]) -> str:
    """The share over all words, with its standard error over pages (ratio estimate)."""
    total, k = sum(c.wanted for c in counts), sum(c.wanted > 0 for c in counts)
    if not total:
        return "–"
    p = sum(c.right for c in counts) / total
    error = math.sqrt(k / max(k - 1, 1) * sum((c.right - p * c.wanted) ** 2 for c in counts)) / total
    return f"{100 * p:.1f} ± {100 * error:.1f} %"


def measure(title: str, pictures: Sequence[Picture], programs: dict[str, Callable[[Picture], str]]) -> None:
    counts: dict[tuple[str, str], list[Count]] = defaultdict(list)
    seconds: dict[str, float] = defaultdict(float)
    print(f"\n{title}: {len(pictures)} pages")
    for picture in pictures:
        row = []
        for name, read in programs.items():
            began = time.perf_counter()
            try:
                found = read(picture)
            except (RecognitionError, subprocess.CalledProcessError) as exc:
                print(f"  {name} failed on {picture.name}: {exc}", file=sys.stderr)
                found = ""
            seconds[name] += time.perf_counter() - began
            page = counted(picture.truth, found)
            for kind, count in page.items():
                counts[name, kind].append(count)
            both = (page["English"], page["Korean"])
            row.append(f"{name} {100 * sum(c.right for c in both) / max(sum(c.wanted for c in both), 1):.1f}")
        print(f"  {picture.name}: {', '.join(row)}", flush=True)
    for name in programs:
        parts = ", ".join(f"{kind} {share(counts[name, kind])}" for kind in ("English", "Korean", "of what came out"))
        print(f"{name:<10} {parts}, {seconds[name] / max(len(pictures), 1):.1f} s a page")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", default="made,papers")
    parser.add_argument("--quick", action="store_true", help="a third of the pages")
    options = parser.parse_args()
    recogniser = find_recogniser()
    if recogniser is None:
        print("tesseract is not installed: nothing measured", file=sys.stderr)
        return 1
    if not (DATA / "papers").exists() or not (DATA / "data/korquad1_dev").exists():
        print(f"no texts under {DATA.name}/: nothing measured", file=sys.stderr)
        return 1

    def ours(picture: Picture) -> str:
        return "".join(c.text for c in recogniser.recognise(picture.image, *picture.points))

    programs: dict[str, Callable[[Picture], str]] = {"ours": ours, "tesseract": plain}
    if shutil.which("ocrmypdf"):
        programs["ocrmypdf"] = by_ocrmypdf
        version = subprocess.run(["ocrmypdf", "--version"], check=False, capture_output=True, text=True)
        print(f"ocrmypdf {version.stdout.strip()}")
    else:
        print("ocrmypdf is not installed: not compared")
    step = 3 if options.quick else 1
    print(recogniser.description)
    parts = options.parts.split(",")
    if "made" in parts:
        measure("pages made here", [made(*page, seed=k) for k, page in enumerate(PAGES)][::step], programs)
    if "papers" in parts:
        measure("pages of PDFs as pictures", list(printed())[::step], programs)
    if "dpi" in parts:
        for dpi in (100, 150, 200, 300, 400):
            pictures = [made("one", "ko", "noto", dpi, "clean", 1), made("one", "en", "serif", dpi, "clean", 1)]
            measure(f"scanned at {dpi} dpi", pictures, programs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
