"""What a note mark supports: the sentence before it, or the clause of it that the mark closes."""

from __future__ import annotations

import re

from assistant.origin import carrier
from assistant.text import sentences
from assistant.types import Block, Document, Note, Span

_STATING = ("paragraph", "list", "quote", "note", "aside")
"""Blocks whose words state something. A mark at a title, a heading, a caption or a table's cell supports no sentence."""
_SHORT = 5
"""Fewer words than this are no clause: the mark stands at a name, and supports what is said of it."""
_CLAUSE_END = re.compile(r"[.!?;:,\u3002)\]\u2014\u2013][\u201d\u2019\"')\]]*$")
_NEXT_CLAUSE = re.compile(r"[;:\u2014]|,(?=\s(?:and|but|while|whereas|although|though|so|yet|which|who)\b)")
_GOES_ON = re.compile(r"[.!?;:,)\u2014]|\s(?:and|but|while|whereas|although|though)\s")
_JOINED = re.compile(r"^(?:and|but|while|whereas)\s+")
_LEADING = re.compile(r"[\s,;:.\u2014\u2013)\]\u201d\u2019\"']+")
_SUBORDINATE = re.compile(r"(?:and|or|but|then|so|yet|with|by|to|in|of|from|for|at|as|which|who|where|whose)\b", re.I)
_WORD = re.compile(r"[^\W_]+(?:[-.,'\u2019][^\W_]+)*")


def statements(document: Document, note: Note) -> tuple[Span, ...]:
    """The words that each mark of the note supports, in order and without repetition; () where its marks stand at
    headings, captions or in tables, or where it has none.

    A mark supports its sentence as far as the mark. Where an earlier mark stands in the sentence, what lies between
    the two, if that can be read by itself; a clause that only goes on (`, and of coal in 2020`) takes in what it goes
    on from. Behind a bare name it supports the clause that the name begins.
    """
    found: dict[Span, None] = {}
    for mark in note.marks:
        if (span := statement_at(document, mark)) is not None:
            found[span] = None
    return tuple(found)


def statement_at(document: Document, mark: int) -> Span | None:
    """The words that a mark at this place supports."""
    sentence = sentence_of(document, mark)
    if sentence is None:
        return None
    text = document.text
    inner = sorted({m for n in document.notes for m in n.marks if sentence.start < m < mark})
    start = sentence.start
    for earlier in inner:
        lead = _LEADING.match(text, earlier)
        at = lead.end() if lead else earlier
        if at < mark and _closes(text, earlier) and _reads(text[at:mark]):
            start = at
    begun = max((m.end() for m in _NEXT_CLAUSE.finditer(text, start, mark)), default=start)
    stop = mark
    bare = _words(text[begun:mark]) < _SHORT and (not _closes(text, mark) or _words(text[start:mark]) < _SHORT)
    if bare and stop < sentence.end:  # the mark stands at a name
        start, stop = begun, _clause_end(document, sentence, mark)
    if start > sentence.start and (joined := _JOINED.match(text[start:stop].lstrip())):
        start += len(text[start:stop]) - len(text[start:stop].lstrip()) + joined.end()
    span = _trimmed(text, start, stop)
    # Less than a clause even so: the sentence says what it belongs to.
    return sentence if span is None or _words(span.slice(text)) < _SHORT - 1 else span


def carried(document: Document, mark: int) -> tuple[Span, ...]:
    """The sentences beside the marked one that carry no mark and rest on its note too: the one before where the marked
    one leans on it, the one behind where it says the same again (`origin.carrier`).
    """
    block, marked = _block(document, mark), sentence_of(document, mark)
    if block is None or marked is None:
        return ()
    around = sentences(document.text, block.span)
    at = around.index(marked)
    beside = [*around[max(0, at - 1) : at], *around[at + 1 : at + 2]]
    return tuple(s for s in beside if not document.notes_in(s) and carrier(document, s) == marked)


def sentence_of(document: Document, mark: int) -> Span | None:
    """The sentence that a mark stands in or right behind; None at a title, a heading, a caption or in a table."""
    block = _block(document, mark)
    if block is None or block.kind not in _STATING:
        return None
    within = [s for s in sentences(document.text, block.span) if s.start < mark]
    return within[-1] if within else None


def _block(document: Document, mark: int) -> Block | None:
    return next((b for b in document.blocks if b.span.start < mark <= b.span.end), None)


def _closes(text: str, mark: int) -> bool:
    """Whether a clause ends where the mark stands: a stop before it or behind it, or another clause behind it."""
    return bool(_CLAUSE_END.search(text[max(0, mark - 3) : mark]) or _GOES_ON.match(text, mark))


def _reads(clause: str) -> bool:
    """Whether a clause says something by itself: long enough, and not the continuation of another."""
    bare = _JOINED.sub("", clause)
    return _words(bare) >= _SHORT and not _SUBORDINATE.match(bare)


def _clause_end(document: Document, sentence: Span, mark: int) -> int:
    """Where the clause ends that goes on behind a mark: at a mark or stop between clauses, or with the sentence."""
    text = document.text
    later = [m for n in document.notes for m in n.marks if mark < m < sentence.end and _closes(text, m)]
    end = min([sentence.end, *later])
    stop = next((m for m in _NEXT_CLAUSE.finditer(text, mark, end) if _words(text[mark : m.start()]) >= _SHORT), None)
    return stop.start() if stop else end


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:\u2014\u2013("):
        end -= 1
    return Span(start, end) if end > start else None


def _words(text: str) -> int:
    """Words; one of Hangul counts twice, since it holds what English says in two."""
    found: list[str] = _WORD.findall(text)
    hangul = sum(1 for w in found if "\uac00" <= w[0] <= "\ud7a3")
    return len(found) + hangul


_NAMED_SO = re.compile(
    r"\s*\((?:see (?:also )?|cf\. |e\.g\.,? )?(?:[A-Z\uac00-\ud7a3][^()\d]*(?:,|et al\.?|(?:and|&) [A-Z][\w'\u2019-]+|외)\s?(?:19|20)\d\d[a-z]?"
    r"(?:[,:] ?(?:pp?\. ?)?\d+[^()]{0,12})?(?:; ?)?)+\)"
)
_LED_BY = re.compile(
    r"^(?:According to|As (?:reported|noted|estimated) by) [^,.;]{2,80}, |^[^.,]{2,40}?에 (?:따르면|의하면),? "
)


def bare(statement: str) -> str:
    """A statement without the words that name its source (`According to X, …`, `… (Kim, 2020)`), which the source itself
    does not say; in one line.

    >>> bare("According to the Harbour Board, fees fell by 2 percent (Kim and Lee, 2020).")
    'fees fell by 2 percent.'
    """
    flat = " ".join(_NAMED_SO.sub("", statement).split())
    left = _LED_BY.sub("", flat)
    return left if _words(left) >= _SHORT - 1 else flat
