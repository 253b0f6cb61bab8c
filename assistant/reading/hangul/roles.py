"""Lines of a Hangul document -> its Document: which are title, headings of which level, lists, captions, text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.reading.assembly import FileFacts
from assistant.reading.hangul.blocks import Line, Unrolling
from assistant.reading.hangul.model import Para
from assistant.reading.hangul.numbering import Form, bullet_at, counted_in_order, form_of, looks_headed
from assistant.reading.invisible import summed
from assistant.reading.markup import Call, Item, read_markup
from assistant.reading.roles import caption_of, is_source, sane_title, unit_of
from assistant.types import Document, Work

_BANNER = re.compile(
    r"보도(?:참고|설명|해명)?자료|(?:참고|설명|해명|회의|정책|업무)자료|공고|고시|훈령|예규|안건|비공개|공개|대외비|"
    r"(?:즉시)?보도가능|목차|차례|contents",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:\t|[.·…‥⋯]{3,})\s*[-–]?\s*(?:\d{1,4}|[ivxIVX]{1,6}|[Ⅰ-Ⅻ])\s*[-–]?\s*$")
_STYLE_LEVEL = re.compile(r"(?:개요|outline|heading|제목|표제)\s*(\d{1,2})", re.IGNORECASE)
_STYLE_TITLE = re.compile(r"제목|표제|문서\s?제목|title|큰\s?제목", re.IGNORECASE)
_ISSUED = re.compile(
    r"(?:발행|발간|배포|보도|게시)\s*(?:일시|일자|일|시점|연월일)\s*[:：]?\s*"
    r"(?P<year>(?:19|20)\d\d)\s*[.년-]\s*(?P<month>\d{1,2})\s*[.월-]\s*(?:(?P<day>\d{1,2})\s*(?:[.일(]|$))?"
)
_FRONT = 40
"""How many lines the title and the date of publication may be among."""


def read_hangul(paragraphs: Iterable[Para], work: Work, facts: FileFacts) -> Document:
    """The Document of what a Hangul file holds; footnotes follow the paragraph that calls them, endnotes the text."""
    unrolling = Unrolling()
    lines = _called(unrolling.lines(paragraphs))
    items = _items(lines) + _items(unrolling.endnotes)
    printed = next((item for item in items if item.kind == "title"), None)
    facts = replace(
        facts,
        title=_title(facts.title, printed, lines),
        issued=facts.issued or _issued(lines),
        hidden=summed([*facts.hidden, *unrolling.counted()]),
    )
    return read_markup(items, work, facts)


def _called(lines: Sequence[Line]) -> list[Line]:
    """The lines that hold words; a call that stands alone goes to the line before it."""
    out: list[Line] = []
    for line in lines:
        if line.item is None and not line.text:
            calls = [part for part in line.content if isinstance(part, Call)]
            last = next((one for one in reversed(out) if one.item is None and one.kind != "note"), None)
            if last is not None:
                last.content += calls
            continue
        out.append(line)
    return out


# ---------------------------------------------------------------- roles


def _items(lines: Sequence[Line]) -> list[Item]:
    plain = [line for line in lines if line.item is None and line.kind is None]
    body = _body_size(plain)
    contents = _contents(lines)
    title = _title_lines(plain, body, contents)
    forms = {id(line): form_of(line.text) for line in plain}
    follows = _neighbours(plain, forms)
    heads: dict[int, int] = {}
    for line in plain:
        if id(line) not in contents and id(line) not in title:
            rank = _rank(line, forms[id(line)], body, *follows[id(line)])
            if rank is not None:
                heads[id(line)] = rank
    levels = _levels(plain, heads, forms)
    out: list[Item] = []
    for line in lines:
        if line.item is not None:
            out.append(line.item)
        elif line.kind is not None:
            out.append(Item(line.kind, tuple(line.content), label=line.label))
        elif id(line) in contents:
            out.append(Item("aside", tuple(line.content)))
        elif id(line) in title:
            if out and out[-1].kind == "title":
                out[-1] = replace(out[-1], content=(*out[-1].content, " ", *line.content))
            else:
                out.append(Item("title", tuple(line.content)))
        elif id(line) in heads:
            content = _without(line.content, bullet_at(line.text))
            out.append(Item("heading", content, level=levels[id(line)]))
        else:
            out.append(_plain_item(line, forms[id(line)]))
    return out


def _plain_item(line: Line, form: Form | None) -> Item:
    text, content = line.text, tuple(line.content)
    style = line.style.replace(" ", "").casefold()
    if caption_of(text, line.bold) is not None or (style in ("캡션", "caption") and len(text) < 300):
        return Item("caption", content)
    if is_source(text):
        return Item("source", content)
    if style in ("인용", "인용문", "quote"):
        return Item("quote", content)
    if _BANNER.fullmatch(text.replace(" ", "")):
        return Item("aside", content)
    bullet = bullet_at(text)
    if bullet:
        return Item("list", _without(line.content, bullet))
    if line.head is not None and line.head.kind in ("bullet", "number"):
        return Item("list", content)
    if form is not None and form.rank >= 30 and form.name != "article":
        return Item("list", content)
    return Item("paragraph", content)


def _without(content: Sequence[str | Call], characters: int) -> tuple[str | Call, ...]:
    """The content without its first characters, counted behind the white space that it begins with."""
    out: list[str | Call] = []
    begun = False
    for part in content:
        if isinstance(part, str) and (characters or not begun):
            part = part if begun else part.lstrip()
            begun = begun or bool(part)
            cut = min(characters, len(part))
            part, characters = part[cut:], characters - cut
        out.append(part)
    return tuple(out)


def _body_size(lines: Sequence[Line]) -> float:
    """The size of most letters of running text; where there is none, of all."""
    for running in ([line for line in lines if not looks_headed(line.text, 60)], lines):
        sizes: Counter[float] = Counter()
        for line in running:
            sizes[line.size] += len(line.text)
        if sizes:
            return sizes.most_common(1)[0][0]
    return 10.0


def _contents(lines: Sequence[Line]) -> set[int]:
    """The lines of a table of contents: two or more in a row that end with the number of a page."""
    found: set[int] = set()
    run: list[Line] = []
    for line in [*lines, Line()]:
        if line.item is None and line.kind is None and len(line.text) < 200 and _LEADER.search(line.raw.rstrip()):
            run.append(line)
            continue
        if len(run) > 1:
            found |= {id(one) for one in run}
        run = []
    return found


def _title_lines(lines: Sequence[Line], body: float, contents: set[int]) -> set[int]:
    """The title: the lines of its style, else the largest lines before the text begins."""
    front = [line for line in lines[:_FRONT] if id(line) not in contents]
    styled = [line for line in front if _STYLE_TITLE.fullmatch(line.style.strip()) and len(line.text) < 200]
    if styled:
        return {id(styled[0])}
    candidates: list[Line] = []
    for line in front:
        if len(line.text) > 150 or (line.head is not None and line.head.kind == "outline"):
            break
        if not _BANNER.fullmatch(line.text.replace(" ", "")) and looks_headed(line.text, 120):
            candidates.append(line)
    largest = max((line.size for line in candidates), default=0.0)
    if largest < 1.25 * body:
        return set()
    first = next(line for line in candidates if line.size == largest)
    at = lines.index(first)
    form = form_of(first.text)
    if form is not None and form.rank < 40:
        return set()
    out = {id(first)}
    for line in lines[at + 1 : at + 3]:
        if line.size != largest or form_of(line.text) is not None:
            break
        out.add(id(line))
    return out


def _neighbours(lines: Sequence[Line], forms: dict[int, Form | None]) -> dict[int, tuple[bool, bool]]:
    """For each line whether a neighbour is of its form, and whether what follows is an item below it."""
    row = [forms[id(line)] for line in lines]
    out = {}
    for i, line in enumerate(lines):
        below = lines[i + 1] if i + 1 < len(lines) else None
        item = below is not None and (
            bullet_at(below.text) > 0
            or below.text[:1] in "※*"
            or (row[i + 1] is not None and not _same(row[i], row[i + 1]))
        )
        out[id(line)] = (counted_in_order(row, i), item)
    return out


def _same(one: Form | None, other: Form | None) -> bool:
    return one is not None and other is not None and one.name == other.name


def _rank(line: Line, form: Form | None, body: float, counted: bool, items_below: bool) -> int | None:
    """How far out the line stands as a heading, None where it is none; smaller is further out."""
    text = line.text
    if caption_of(text, line.bold) is not None or is_source(text) or (unit_of(text) is not None and len(text) < 60):
        return None
    if not looks_headed(text) or _BANNER.fullmatch(text.replace(" ", "")):
        return None
    bulleted = bullet_at(text) > 0 and (form is None or form.name != "□")
    style = _STYLE_LEVEL.fullmatch(line.style.strip())
    outline = line.head.level if line.head is not None and line.head.kind == "outline" else None
    if not bulleted and outline is None and style is not None:
        outline = int(style[1])
    if bulleted or re.fullmatch(r"[\d\s.,:/()~–-]+(?:\([월화수목금토일]\))?", text):
        return None
    if outline is not None:
        return 20 + 10 * (outline - 1)
    if line.head is not None and line.head.kind == "bullet":
        return None
    large, emphasised = line.size >= 1.15 * body, line.bold or line.size >= 1.09 * body or line.boxed
    if form is not None:
        if form.rank < 30 and form.name != "annex":
            return form.rank
        if form.name == "article":
            return form.rank if len(text) <= 50 and (form.end >= len(text) or text.endswith(")")) else None
        if form.name == "annex":
            return form.rank if emphasised or form.end >= len(text) else None
        if form.name == "□":
            return form.rank if len(text) <= 45 and (emphasised or items_below) else None
        if form.rank <= 40:
            return form.rank if emphasised or (not counted and len(text) <= 50) else None
        return form.rank if emphasised and not counted and len(text) <= 50 else None
    if _STYLE_TITLE.fullmatch(line.style.strip()):
        return 20
    if (large and len(text) <= 60) or (line.bold and line.boxed and len(text) <= 40):
        return 0  # by its size alone: see _levels
    return None


def _levels(lines: Sequence[Line], heads: dict[int, int], forms: dict[int, Form | None]) -> dict[int, int]:
    """Levels from 1: by form and outline first; a heading without either goes where its size puts it."""
    formed = [(line.size, heads[id(line)]) for line in lines if heads.get(id(line))]
    ranks: dict[int, int] = {}
    for line in lines:
        rank = heads.get(id(line))
        if rank is None:
            continue
        if rank == 0:
            level = [r for size, r in formed if abs(size - line.size) < 0.5]
            smaller = [r for size, r in formed if size < line.size]
            rank = min(level) if level else min(smaller) - 1 if smaller else 90 - min(int(line.size), 60)
        ranks[id(line)] = rank
    order = {rank: i + 1 for i, rank in enumerate(sorted(set(ranks.values())))}
    return {key: order[rank] for key, rank in ranks.items()}


# ---------------------------------------------------------------- facts


def _title(given: str | None, printed: Item | None, lines: Sequence[Line]) -> str | None:
    """The file's own title where its text bears it out: forms are saved again and again under their first title."""
    title = sane_title(given)
    if title is None or printed is None:
        return title
    bare = re.sub(r"\W", "", title)
    return title if any(bare in re.sub(r"\W", "", line.text) for line in lines[:_FRONT]) else None


def _issued(lines: Sequence[Line]) -> str | None:
    """The date of publication, only where a line calls it that."""
    for line in lines[:_FRONT]:
        texts = [line.text] if line.item is None else _rows(line.item)
        for text in texts:
            if found := _ISSUED.search(text):
                month, day = int(found["month"]), int(found["day"] or 0)
                if 1 <= month <= 12 and day <= 31:
                    return f"{found['year']}-{month:02}" + (f"-{day:02}" if day else "")
    return None


def _rows(table: Item) -> list[str]:
    return [
        " ".join(part for cell in row for part in (*cell.content, " ") if isinstance(part, str)) for row in table.rows
    ]
