"""Pages of characters -> Document: the way a PDF (or any page with geometry) is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.reading.assembly import FileFacts, PageFacts, assemble
from assistant.reading.chars import PageChars
from assistant.reading.lineends import habits_of
from assistant.reading.pages.beside import apart_of, with_first_letters
from assistant.reading.pages.contents import without_contents
from assistant.reading.pages.drafting import Drafter
from assistant.reading.pages.furniture import furniture_of
from assistant.reading.pages.headings import headings_of, outlined
from assistant.reading.pages.layout import Line, Zone, fragments_of
from assistant.reading.pages.paragraphs import leading_of, paragraphs_of
from assistant.reading.pages.zones import zones_of
from assistant.reading.tables.ruled import grids_of
from assistant.reading.tables.tabular import with_tables
from assistant.types import Box, Document, Work


def read_pages(pages: Sequence[PageChars], work: Work, facts: FileFacts) -> Document:
    """Reads the sheets of a file (several of one page where its text runs in several directions)."""
    fragments: list[list[Line]] = []
    for page in pages:
        grids, rest = grids_of(page)
        lines = fragments_of(page, rest)
        lines += [Line([], page, grid=grid, box_of_grid=grid.box) for grid in grids]
        fragments.append(lines)
    main: dict[int, tuple[float, Sequence[Line]]] = {}
    main_turn: dict[int, int] = {}
    for page, lines in zip(pages, fragments, strict=True):
        if page.index not in main:
            height = page.width if page.turned % 2 else page.height
            main_turn[page.index] = page.turned
            main[page.index] = (height, [f for f in lines if f.grid is None])
    outside, printed = furniture_of(main)
    inner = [[f for f in lines if id(f) not in outside] for lines in fragments]
    if not any(inner):
        inner = fragments  # a file of running heads alone: they are what it says
    facts = replace(facts, warnings=(*facts.warnings, *_bare(pages, fragments, inner)))
    rough = _body_size([f for lines in inner for f in lines if f.grid is None])
    gutters: list[float] = []
    zones = [_zones(page, lines, rough, gutters) for page, lines in zip(pages, inner, strict=True)]
    leading = leading_of(zone for sheet in zones for zone in sheet)
    paras = [[para for zone in sheet for para in paragraphs_of(zone, leading)] for sheet in zones]
    every = [line for sheet in zones for zone in sheet for line in zone.lines if line.grid is None]
    body = _body_size(every)
    upright = [page.turned == main_turn[page.index] for page in pages]
    main_sheets = [sheet for sheet, straight in zip(paras, upright, strict=True) if straight]
    main_sheets, levels = outlined(main_sheets, facts.outline)
    drafter = Drafter(habits_of(every), body, headings_of(main_sheets, body, levels))
    straightened = iter(main_sheets)
    for sheet, straight in zip(paras, upright, strict=True):
        drafter.sheet(next(straightened) if straight else sheet, sideways=not straight)
    known: dict[int, PageFacts] = {}
    for page in pages:
        if page.index not in known:
            known[page.index] = PageFacts(page.index, printed.get(page.index, page.label))
    return assemble(
        drafter.finish(),
        work,
        replace(facts, parted=drafter.parted),
        places=drafter.places,
        pages=[known[i] for i in sorted(known)],
        habits=drafter.habits,
    )


_MOST_NAMED = 20


def _bare(
    pages: Sequence[PageChars], fragments: Sequence[Sequence[Line]], inner: Sequence[Sequence[Line]]
) -> list[str]:
    """A warning that names the pages of which nothing is left without their running heads."""
    left = {page.index for page, lines in zip(pages, inner, strict=True) if lines}
    bare = sorted({p.index + 1 for p, lines in zip(pages, fragments, strict=True) if lines and p.index not in left})
    if not bare:
        return []
    named = ", ".join(map(str, bare[:_MOST_NAMED])) + (
        f" and {len(bare) - _MOST_NAMED} more" * (len(bare) > _MOST_NAMED)
    )
    return [f"page{'s' * (len(bare) > 1)} {named}: nothing but running heads"]


def _zones(page: PageChars, fragments: list[Line], body: float, gutters: list[float]) -> list[Zone]:
    """The zones of a sheet in reading order, with its tables in them and what stands apart behind the text beside it."""
    fragments = with_first_letters(fragments, body)
    apart = apart_of(page, fragments, body)
    gone = {id(f) for piece in apart for f in piece}
    flowing = [f for f in fragments if id(f) not in gone]
    zones = [z for z in without_contents(zones_of(flowing, gutters)) if z.lines]
    for piece in sorted(apart, key=lambda piece: min(f.top for f in piece), reverse=True):
        own = zones_of(piece)
        for zone in own:
            zone.apart = True
        at = _place_of(own[0], zones)
        if at:
            box = Box(
                min(f.left for f in piece), own[0].lines[0].top, max(f.right for f in piece), own[-1].lines[-1].bottom
            )
            zones[at - 1].holes.append(box)
            zones[at - 1 : at] = _parted(zones[at - 1], box)
        zones[at:at] = own
    return [zone if zone.contents else _with_tables(zone) for zone in zones]


def _place_of(piece: Zone, zones: Sequence[Zone]) -> int:
    """Behind the zone that it stands in or below."""
    top, left, right = piece.lines[0].top, piece.left, piece.right
    before = [
        i
        for i, z in enumerate(zones)
        if not z.apart and min(f.top for f in z.lines) < top and z.left < right and z.right > left
    ]
    return before[-1] + 1 if before else 0


def _parted(zone: Zone, box: Box) -> list[Zone]:
    """The zone above and below a box that fills its width; as it is where its text runs on beside the box."""
    above = [line for line in zone.lines if line.bottom <= box.top + line.size]
    below = [line for line in zone.lines if line.top >= box.bottom - line.size]
    if not above or not below or len(above) + len(below) != len(zone.lines):
        return [zone]
    parts = [Zone(lines, zone.column, zone.contents, zone.apart, zone.holes) for lines in (above, below)]
    for part in parts:
        part.left, part.right = zone.left, zone.right
    return parts


def _with_tables(zone: Zone) -> Zone:
    found = with_tables(zone)
    found.apart, found.holes = zone.apart, zone.holes
    return found


def _body_size(lines: Sequence[Line]) -> float:
    """The size of the running text: on most pages the largest that holds a good part of the page.

    Counting characters alone would take the size of the notes where notes are longer than the text.
    """
    pages: dict[int, Counter[float]] = {}
    for line in lines:
        pages.setdefault(line.page.index, Counter())[line.size] += len(line.chars)
    votes: Counter[float] = Counter()
    for sizes in pages.values():
        total = sum(sizes.values())
        votes[max(size for size, n in sizes.items() if n >= min(0.25 * total, max(sizes.values())))] += total
    if not votes:
        return 10.0
    usual = votes.most_common(1)[0][0]
    return _above_notes(usual, lines, pages) or usual


def _above_notes(usual: float, lines: Sequence[Line], pages: Mapping[int, Counter[float]]) -> float | None:
    """A larger size whose lines call notes, where lines of the usual size begin with the numbers of notes: notes that
    fill whole pages outweigh the text in any count of letters."""
    begin = Counter(line.size for line in lines if line.starts_raised)
    if begin[usual] < 2:
        return None
    calls = Counter(
        line.size
        for line in lines
        if not line.starts_raised and any(c.text.isdigit() and line.is_raised(c) for c in line.chars)
    )
    total = sum((sizes for sizes in pages.values()), Counter[float]())
    larger = [
        size
        for size, n in total.items()
        if size > 1.04 * usual
        and n >= 0.15 * total.total()
        and sum(sizes[size] > 0 for sizes in pages.values()) >= 0.4 * len(pages)
        and calls[size] >= 2
        and begin[size] < 0.5 * begin[usual]
        and begin[size] < calls[size]
    ]
    return max(larger, key=lambda size: calls[size], default=None)
