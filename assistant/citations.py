"""Locate quoted words in a document; make a citation of a place; split an answer into claims."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.origin import origin_of
from assistant.text import fold, sentences
from assistant.types import (
    CellPlace,
    Citation,
    CitationKind,
    CitedNote,
    Document,
    Span,
)


def locate(document: Document, quote: str, within: Span | None = None) -> tuple[Span, ...]:
    """Every place where the words of `quote` stand in the document: exact but for case, white
    space and the style of quotation marks and dashes. Empty where they do not stand.

    With `within`, only places inside that span. More than one place means the words alone do not
    tell which one is meant.
    """
    wanted = fold(quote).text
    if not wanted:
        return ()
    base = within.start if within is not None else 0
    folded = fold(within.slice(document.text) if within is not None else document.text)
    found = tuple(folded.original(a, b).shift(base) for a, b in whole(wanted, folded.text))
    if not found and "|" in quote:  # cells, parted by tabs in the text, as Markdown and the terminal show them
        return locate(document, quote.replace("|", " "), within)
    return found


def stands(words: str, text: str) -> bool:
    """Whether `words` stand in `text` as `locate` would find them."""
    return any(True for _ in whole(fold(words).text, fold(text).text))


def whole(wanted: str, text: str) -> Iterator[tuple[int, int]]:
    """Where one folded text stands in another, not inside a longer word or number: 512 does not stand in
    6,512, nor 3 in 3.5 or -3. Behind a Hangul syllable a particle may follow.
    """
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        inside = (text[at - 1 : at].isalnum() and wanted[0].isalnum()) or (
            text[end : end + 1].isalnum() and wanted[-1].isalnum() and not _HANGUL_PAIR.match(text, end - 1)
        )
        if wanted[0].isdigit():
            inside = inside or _NUMBER_BEFORE.search(text[max(0, at - 2) : at]) is not None
        if wanted[-1].isdigit():
            inside = inside or _NUMBER_AFTER.match(text, end) is not None
        if not inside:
            yield at, end
        at = text.find(wanted, at + 1)


_HANGUL_PAIR = re.compile(r"[\uac00-\ud7a3]{2}")
_NUMBER_BEFORE = re.compile(r"\d[.,]$|(?:^|[\s(\[=~<>\"'])-$")
_NUMBER_AFTER = re.compile(r"\.\d|,\d{3}(?!\d)")


def cite(
    document: Document,
    span: Span,
    marker: int,
    *,
    score: float = 0.0,
    passage: str | None = None,
    cell: CellPlace | None = None,
    headers: tuple[str, ...] = (),
    kind: CitationKind | None = None,
) -> Citation:
    """The citation of a place. What cannot be sliced out of the document is not a citation."""
    quote = span.slice(document.text)
    if not quote.strip() or len(quote) != len(span):
        raise ValueError(f"{document.id}: nothing stands at {span.start}..{span.end}")
    pages = document.pages_of(span)
    first = document.page_at(span.start)
    notes = tuple(CitedNote(n.number, n.text) for n in document.notes_in(span))
    return Citation(
        marker=marker,
        document=document.id,
        title=document.work.title,
        kind=kind or document.work.kind,
        published=document.work.issued,
        quote=quote,
        span=span,
        page_index=first.index if first else None,
        page_label=first.label if first else None,
        pages=tuple(p.index for p in pages),
        section=_section(document, span),
        passage=passage,
        score=round(score, 4),
        origin=origin_of(document, span),
        notes=notes,
        cell=cell,
        headers=headers,
        recognised=min((r.confidence for r in document.recognised if r.span.overlaps(span)), default=None),
    )


def _section(document: Document, span: Span) -> tuple[str, ...]:
    """The headings above a quote; of words in a note, those above its call, and the note."""
    note = next((n for n in document.notes if n.span is not None and n.span.contains(span)), None)
    if note is None:
        return document.section_at(span.start)
    called = document.section_at(note.marks[0] - 1) if note.marks else ()
    return (*called, f"note {note.number}")


_BRACKETS = re.compile(r"\s?\[(?P<words>[^\[\]]*[^\W\d_][^\[\]]*)\]")


def unbracketed(claim: str) -> tuple[str, tuple[str, ...]]:
    """A claim without the words in square brackets, and those words: what a quoted sentence leans on, set beside it by
    us and quoted from elsewhere. Marks such as [1] hold no words.

    >>> unbracketed("They [the sawmills] closed [1].")
    ('They closed [1].', ('the sawmills',))
    """
    return _BRACKETS.sub("", claim), tuple(m["words"] for m in _BRACKETS.finditer(claim))


_MARKS = re.compile(r"\s*((?:\[\d+\])+)")


def split_claims(answer: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """An answer's sentences with the markers that follow each.

    >>> split_claims("Exports rose. [1][2] Imports fell [3].")
    (('Exports rose.', (1, 2)), ('Imports fell.', (3,)))
    """
    found: list[tuple[str, tuple[int, ...]]] = []
    for paragraph in answer.split("\n"):
        position = 0
        pieces: list[str] = []
        for m in _MARKS.finditer(paragraph):
            pieces.append(paragraph[position : m.start()])
            pieces.append(m.group(1))
            position = m.end()
        pieces.append(paragraph[position:])
        pending = ""
        for piece in pieces:
            if re.fullmatch(r"(?:\[\d+\])+", piece):
                markers = tuple(int(n) for n in re.findall(r"\d+", piece))
                whole = [s.slice(pending) for s in sentences(pending)]
                found.extend((s, ()) for s in whole[:-1])
                if whole:
                    found.append((whole[-1], markers))
                pending = ""
            elif re.fullmatch(r"\s*[.!?]\s*", piece) and found and not pending:
                text, markers = found[-1]
                found[-1] = (text + piece.strip(), markers)
            else:
                if found and not pending and (m2 := re.match(r"\s*([.!?])(?=\s)", piece)):
                    text, markers = found[-1]
                    found[-1] = (text + m2[1], markers)
                    piece = piece[m2.end() :]
                pending += piece
        found.extend((s.slice(pending), ()) for s in sentences(pending))
    return tuple(found)


_ADDRESS = re.compile(r"https?://|\bwww\.|\bdoi\.org/|\b10\.\d{4,9}/")
_PUBLISHED = re.compile(
    r"\baccessed\s+(?:on\s+)?[A-Z][a-z]+ \d|\blast updated\b|\bno\. \d|\bvol\. \d|\b\d+ \((?:19|20)\d\d\)"
    r"|\((?:[A-Z][\w .,:&'-]{2,60},\s)?(?:[A-Z][a-z]+ )?(?:19|20)\d\d\)|: ?\d+[-\u2013]\d+\.?$"
    r"|,\s(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:\s\d{1,2})?,\s(?:19|20)\d\d"
)
_DATED_END = re.compile(r"\((?:[A-Z][a-z]+ )?(?:19|20)\d\d(?:[-\u2013]\d+)?\)\.?$")
_ENTRY = re.compile(
    r"(?:[A-Z][\w'\u2019-]+, (?:[A-Z]\.[ -]?)+(?:,? (?:and|&) .{3,60}|, .{3,80})?\s?\((?:18|19|20)\d\d[a-z]?\)"  # Kim, J. (2020)
    r"|[A-Z][\w'\u2019-]+, [A-Z][\w.' -]{1,40}\. (?:18|19|20)\d\d[a-z]?\.)"  # Smith, John. 2019.
)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does|do|grew|rose|fell|became)\b")
_TITLE = re.compile(r"[\u201c\"][^\u201d\"]{8,}[\u201d\"]")
_CITING = re.compile(r"^(?:\s*[-\u2022]?\s*(?:Notes? \d+\s*:|See(?: also)?\b|Ibid\b|\[?\d+\]?\s))", re.IGNORECASE)
_REFERENCE_SECTION = re.compile(
    r"\b(?:works cited|references|bibliography|literature cited)\b|참고 ?문헌", re.IGNORECASE
)
_REPORTING = re.compile(
    r"\b(?:accord(?:ing|s)|amount|account|reach|represent|increas|declin|total|rose|fell|includ|provid|offer|allow|"
    r"share|become|became|remain|elected|indicat|leverag|concentrat|shift|start|construct|support)\w*\b",
    re.IGNORECASE,
)


def is_reference(text: str, section: tuple[str, ...] = ()) -> bool:
    """Whether a sentence only names a publication: a bibliographic entry states nothing.

    A sentence that reports something and then names its source is not one.
    """
    if section and _REFERENCE_SECTION.search(section[-1]):
        return True
    signs = bool(_ADDRESS.search(text)) + bool(_PUBLISHED.search(text)) + bool(_TITLE.search(text))
    signs += bool(_CITING.search(text))
    if signs >= 2:
        bare = _ADDRESS.split(_TITLE.sub("", text))[0]
        return not (_REPORTING.search(bare) and re.search(r"\d+(?:\.\d+)? ?(?:percent|%|million|billion)", bare))
    if signs == 1 and not _ADDRESS.search(text) and not _CITING.search(text) and _VERB.search(_TITLE.sub("", text)):
        return False
    if _ENTRY.match(text):
        return True
    ends_so = _ADDRESS.search(text) or _DATED_END.search(text) or len(text) < 60
    return bool(ends_so) and signs + bool(_DATED_END.search(text)) > 0 and not _REPORTING.search(text)
