"""Blocks of a Word file -> items with their role: by style first, by form where a file has no styles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.backends.docx.blocks import Block
from assistant.reading.markup import Call, Content, Item
from assistant.reading.roles import bullet_of, caption_of, is_byline, is_enumerated, is_source
from assistant.types import BlockKind

_HEADING = re.compile(
    r"(?:heading|제목|개요|überschrift|titre|título|titolo|titulo|kop|rubrik|overskrift|заголовок|見出し|标题|標題)\s*([1-9])"
)
_NAMES: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"toc \d|toc heading|table of (?:figures|authorities)|index \d|index heading|contents \d|목차.*|차례.*"), "aside"),
    (re.compile(r"title|제목|titel|titre|título|titolo|표제|标题|表題|문서 ?제목"), "title"),
    (re.compile(r"subtitle|부제목?|untertitel|sous-titre|subtítulo|sottotitolo|副标题|副題"), "aside"),
    (re.compile(r"caption|캡션|그림 ?제목|표 ?제목|beschriftung|légende|legende|descripción|didascalia|题注|図表番号"), "caption"),
    (re.compile(r"(?:intense )?quote|quotations?|block ?quot(?:e|ation)|block text|(?:강한 )?인용|zitat|citation|cita"), "quote"),
    (re.compile(r"authors?|by-?line|저자|작성자"), "byline"),
)  # fmt: skip
_MAX_HEADING = 300
_MAX_BARE = 120
"""Letters of a heading that only its type shows, and of one that a style does."""
_LARGER = 1.15
_FRONT = 8
"""Blocks at the beginning among which a title that no style names is looked for."""


def items_of(blocks: Sequence[Block]) -> list[Item]:
    """The items of the blocks that hold anything, in order."""
    blocks = [b for b in blocks if not b.is_empty]
    kinds = [_by_style(b) for b in blocks]
    body = _body_size(blocks, kinds)
    _find_title(blocks, kinds, body)
    levels = _bare_headings(blocks, kinds, body)
    items = []
    for i, (block, kind) in enumerate(zip(blocks, kinds, strict=True)):
        if block.rows is not None:
            rows = tuple(tuple(row) for row in block.rows)
            items.append(Item("table", rows=rows, header_rows=block.header_rows))
            continue
        content = tuple(block.flat())
        if kind == "heading":
            items.append(Item("heading", content, level=levels.get(i) or _level(block)))
        elif kind is not None:
            items.append(Item(kind, content))
        else:
            items.append(_by_form(block, content))
    return items


def _by_style(block: Block) -> BlockKind | None:
    if block.rows is not None:
        return "table"
    if block.listing:
        return "aside"
    names = block.paragraph.names
    for name in names:
        # The nearest name that says something: a style based on a heading may be a table of contents.
        found = next((kind for pattern, kind in _NAMES if pattern.fullmatch(name)), None)
        if found is not None:
            return None if found == "title" and len(block.text) > _MAX_HEADING else found
        if _HEADING.fullmatch(name):
            break
    if _level(block) and len(block.text) <= _MAX_HEADING:
        return "heading"
    return "list" if block.label is not None else None


def _level(block: Block) -> int:
    """1 for an outermost heading, 0 for text."""
    outline = block.paragraph.outline
    if outline is not None:
        return outline + 1 if 0 <= outline < 9 else 0
    return next((int(m[1]) for name in block.paragraph.names if (m := _HEADING.fullmatch(name))), 0)


def _by_form(block: Block, content: Content) -> Item:
    """The role of a paragraph without a telling style."""
    text = " ".join(block.text.split())
    if len(text) < 300 and caption_of(text, _is_bold(block)) is not None:
        return Item("caption", content)
    if is_source(text):
        return Item("source", content)
    if is_byline(text):
        return Item("byline", content)
    bullet = bullet_of(text)
    if bullet and bullet[-1:].isspace():
        return Item("list", _without(content, bullet.strip()))
    return Item("list" if is_enumerated(text) else "paragraph", content)


def _without(content: Content, bullet: str) -> Content:
    out: list[str | Call] = []
    for part in content:
        if bullet and isinstance(part, str):
            rest = part.lstrip()
            cut = next((n for n in range(min(len(bullet), len(rest)), 0, -1) if bullet.startswith(rest[:n])), 0)
            part, bullet = rest[cut:], bullet[cut:]
        out.append(part)
    return tuple(out)


# ---------------------------------------------------------------- files without styles


def _is_bold(block: Block) -> bool:
    return block.letters > 0 and block.bold >= 0.95 * block.letters


def _body_size(blocks: Sequence[Block], kinds: Sequence[BlockKind | None]) -> float:
    sizes: Counter[float] = Counter()
    for block, kind in zip(blocks, kinds, strict=True):
        if kind in (None, "list", "quote"):
            sizes.update(block.sizes)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


def _stands_out(block: Block, kind: BlockKind | None, body: float) -> bool:
    """Whether a short line is set as only a heading is."""
    if kind not in (None, "list") or (kind == "list" and (block.label is None or not block.label.text)):
        return False
    text = " ".join(block.text.split())
    if not 2 <= len(text) <= _MAX_BARE or text[-1] in ".,;:!…。" or sum(c.isalpha() for c in text) < 2 or block.boxed:
        return False
    if caption_of(text, True) or is_source(text) or is_byline(text) or text[:1] in "([<※*":
        return False
    return _is_bold(block) or (block.size >= _LARGER * body and block.sizes[block.size] >= 0.9 * block.letters)


def _find_title(blocks: Sequence[Block], kinds: list[BlockKind | None], body: float) -> None:
    if "title" in kinds:
        return
    front = [i for i in range(min(_FRONT, len(blocks))) if kinds[i] is None]
    front = [i for i in front if all(k != "heading" for k in kinds[:i])]
    seen = [i for i in front if _stands_out(blocks[i], kinds[i], body)]
    if not seen:
        return
    largest = max(blocks[i].size for i in seen)
    first = next(i for i in seen if blocks[i].size == largest)
    others = [b.size for i, b in enumerate(blocks) if i != first and _stands_out(b, kinds[i], body)]
    alone = all(size < largest for size in others)
    if (largest >= 1.25 * body and alone) or (first == 0 and blocks[0].paragraph.centred and (alone or largest > body)):
        kinds[first] = "title"


def _bare_headings(blocks: Sequence[Block], kinds: list[BlockKind | None], body: float) -> dict[int, int]:
    """Makes headings of lines that are set as such and have text behind them; their levels by index."""
    found: set[int] = set()
    below = False
    for i in range(len(blocks) - 1, -1, -1):
        if _stands_out(blocks[i], kinds[i], body):
            follower = i + 1 in found
            larger = follower and blocks[i].size > blocks[i + 1].size
            if (below and not follower) or larger:
                found.add(i)
        below = not _stands_out(blocks[i], kinds[i], body) and kinds[i] not in ("title", "aside", "byline")
        below = below or (i in found)
    styled = any(kind == "heading" for kind in kinds)
    sizes = sorted({blocks[i].size for i in found}, reverse=True)
    levels: dict[int, int] = {}
    outer = 0
    for i, kind in enumerate(kinds):
        if kind == "heading":
            outer = _level(blocks[i])
        elif i in found:
            rank = sizes.index(blocks[i].size) + 1
            levels[i] = min((outer + 1) if styled else rank, 9)
    for i in found:
        kinds[i] = "heading"
    return levels
