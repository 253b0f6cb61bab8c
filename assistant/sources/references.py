"""One note to the works that it names.

A note is read sentence by sentence: a sentence that begins as a citation is one, cut at its semicolons; one that
begins as a comment may lead up to one ('…; see …', '… is described in …'). Laws are named by number, and addresses
are found, wherever they stand. What is left is comment. Nothing here knows a language model, and nothing is made
up: a field is words of the note, or it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.sources.draft import Draft
from assistant.sources.fields import PAGES, pages
from assistant.sources.kinds import settle
from assistant.sources.laws import laws
from assistant.sources.lists import listed
from assistant.sources.people import is_namey, names
from assistant.sources.scan import Scan, parts, scan, sentences, trimmed
from assistant.sources.styles import citation
from assistant.sources.unread import citations_unread
from assistant.types import Reference, Span

_LEAD = re.compile(
    r"(?:(?:[Ss]ee|[Cc]f\.|[Cc]ompare|[Qq]uoted in|[Cc]ited in|[Aa]ccording to|[Bb]ased on|[Ff]rom|[Ss]ources?:|[Cc]iting|[Aa]nd|[Ww]ith|[Bb]y|[Ss]ee also|(?:[Hh]is|[Hh]er|[Tt]heir)(?= [\"“])|"
    r"참조[:：]?|출처[:：]|자료[:：]|예를 들어,?)"
    r"(?: also| generally| further| e\.g\.| for example| for instance| especially| in particular)*[,:]?|also|e\.g\.,|[Ff]or (?:example|instance),(?: see)?|[Ff]or (?:an?|the) [a-z ]{2,40},(?: see)?)\s+"
)
_SIGNAL = re.compile(
    r"(?:\b[Ss]ee(?: also| generally)?,?(?: for (?:example|instance),| e\.g\.,)?|\bcf\.|\b(?:described|discussed|reported|quoted|cited|given|found|provided|published|shown|presented|issued) (?:in|by)|"
    r"\b(?:based on|according to|from|compare|citing|in|by|and|with|on|is|are|remains?|includes?|see (?:his|her|their))|[(;:])\s+(?=[\"“「『A-ZÀ-Þ가-힣])|"
    r"(?<=”)\s+(?:[Ss]ee(?: also)? )?(?=[A-ZÀ-Þ][^“”]{1,80},\s“)"
)
_IBID = re.compile(
    rf"(?:(?:See|see)\s+)?(?P<word>[Ii]bid|Id|Idem|위의 ?(?:글|책|논문|자료|보고서)|앞의 ?(?:글|책|논문|자료|보고서)|같은 ?(?:글|책|논문|자료)|상게서|상게논문|동게서)\b\.?"
    rf"(?:,? (?:at )?(?:pp?\. ?)?(?P<page>{PAGES})쪽?\b)?\.?(?=\s|$|[;,)])"
)
_SUPRA = re.compile(
    rf"(?:(?:See|see|Cf\.)\s+(?:also )?)?(?:(?P<who>[A-ZÀ-Þ가-힣][\w’' .-]{{1,60}}?),? )?(?:(?:supra|above),? (?:n\.|nn?\.|note|fn\.?|footnote)s? ?(?P<a>\d+)|"
    rf"(?:n\.|[Nn]ote|fn\.?|[Ff]ootnote|endnote) ?(?P<b>\d+),? (?:above|supra)|(?:앞의 |위의 )?(?:각주|주석?) ?(?P<c>\d+)\)?(?:의 (?:글|책|논문))?(?: 참[조고])?)"
    rf"(?:,? (?:at )?(?:pp?\. ?)?(?P<page>{PAGES})\b)?\.?"
)
_OP_CIT = re.compile(
    rf"(?P<who>[A-ZÀ-Þ가-힣][\w’' .-]{{1,60}}?),? (?:op\. ?cit|loc\. ?cit|앞의 ?(?:글|책|논문)|전게서|전게논문)\.?(?:,? (?:at )?(?:pp?\. ?)?(?P<page>{PAGES})쪽?\b)?"
)
_MARKER = re.compile(r"\s*(?:\[\d+\]|\(\d+\))\s+")
_LONGEST = 1500
"""No citation is longer; what is, is text."""
_ENTRY = 400
"""So much is read to see whether an entry of a list begins."""
_TRIES = 60
"""How many places of one stretch are tried as the beginning of a citation."""
_WINDOW = 3000
"""A note longer than two of these is read in pieces of this length."""
_CUT = re.compile(r";\s+|[\s,]+(?=[“「『])")
"""Where one is cut that has no sentences."""
_WORDS = re.compile(r"[^\W_]{2,}")


@dataclass(frozen=True, slots=True)
class NoteReading:
    """What one note is made of: the works that it names in order, and the spans of its text that comment."""

    number: str
    text: str
    references: tuple[Reference, ...]
    comments: tuple[Span, ...]

    @property
    def kind(self) -> str:
        """'citation', 'comment', 'mixed', or 'empty'."""
        if self.references:
            return "mixed" if self.comments else "citation"
        return "comment" if self.comments else "empty"


def references(text: str, number: str = "") -> tuple[Reference, ...]:
    """The works that one note names, in order. Short forms and 'ibid.' stay unresolved: see `works_of`."""
    return read_note(text, number).references


def read_note(text: str, number: str = "") -> NoteReading:
    """A note taken apart into citations and comments."""
    made: list[Reference] = []
    comments: list[Span] = []
    for window in _windows(text):
        found = scan(window.slice(text))
        drafts = _drafts(found)
        drafts += laws(found, [d.span for d in drafts])
        drafts += _addresses(found, [d.span for d in drafts])
        drafts.sort(key=lambda d: d.span)
        by = window.start
        made += [_shifted(d.reference(number), by) for d in drafts]
        left = _comments(found, [d.span for d in drafts])
        unread = [d for c in left for d in citations_unread(found, c)]
        made += [_shifted(d.reference(number), by) for d in unread]
        comments += [c.shift(by) for c in left if not any(d.span.overlaps(c) for d in unread)]
    made.sort(key=lambda r: r.span)
    return NoteReading(number, text, tuple(made), tuple(comments))


def _windows(text: str) -> Iterator[Span]:
    """A note whole, or a very long one cut between its sentences: so that reading takes time by its length alone."""
    at = 0
    while len(text) - at > 2 * _WINDOW:
        begun = [at + s.start for s in sentences(scan(text[at : at + _WINDOW]))][1:]
        begun = begun or [c.end() for c in _CUT.finditer(text, at + 1, at + _WINDOW)]
        end = begun[-1] if begun else at + _WINDOW
        yield Span(at, end)
        at = end
    yield Span(at, len(text))


def _shifted(reference: Reference, by: int) -> Reference:
    if not by:
        return reference
    where = tuple((name, span.shift(by)) for name, span in reference.where)
    return replace(reference, span=reference.span.shift(by), where=where)


def _drafts(found: Scan) -> list[Draft]:
    drafts: list[Draft] = []
    todo = sentences(found)
    known: dict[int, bool] = {}
    n = 0
    while n < len(todo):
        sentence = trimmed(found.text, todo[n])
        entry = _entry(found, todo, n, known)
        if entry:
            drafts.append(entry[0])
            n = entry[1]
            continue
        for part in parts(found, _unbracketed(found, sentence)):
            drafts += _of_part(found, part)
        n += 1
    return drafts


def _unbracketed(found: Scan, span: Span) -> Span:
    """What stands in the brackets, where a pair of them holds the whole stretch."""
    inner = re.compile(r"\((?P<inner>[^()]+)\)\.?$").match(found.mask, span.start, span.end)
    return Span(*inner.span("inner")) if inner else span


def _entry(found: Scan, todo: list[Span], n: int, known: dict[int, bool]) -> tuple[Draft, int] | None:
    """An entry of a list begins at sentence `n`: the entry, and the sentence behind it. Its title and container are
    sentences of their own, so it reaches to where the note goes on with something else."""
    begin = _LEAD.match(found.text, todo[n].start, todo[-1].end)
    start = begin.end() if begin else todo[n].start
    if not _begins(found, start, known):
        return None
    last = n
    for m in range(n + 1, len(todo)):
        if todo[m].end - start > 2 * _LONGEST:
            break
        said = todo[m].slice(found.text)
        words = [w for w in _WORDS.findall(todo[m].slice(found.mask)) if w[0].isalpha()]
        plain = sum(w[0].islower() for w in words) > 0.6 * len(words)
        if m > n + 1 and len(words) > 7 and plain and "http" not in said and not re.search(r"\d{4}|\d[-–]\d", said):
            break
        if m > n + 1 and _begins(found, todo[m].start, known):
            break
        last = m
    whole = trimmed(found.text, Span(todo[n].start, todo[last].end))
    pieces = parts(found, whole)
    end = whole.end
    for piece in pieces[1:]:
        if _begins(found, piece.start, known):
            end = piece.start
            break
    draft = _read(listed, found, trimmed(found.text, Span(start, end), " ;\t\n"))
    if draft is None:
        return None
    later = next((m for m in range(n, len(todo)) if todo[m].start >= draft.span.end), len(todo))
    if end < whole.end and later <= last:
        return draft, later
    if end < whole.end:  # the rest of this sentence names another work
        todo[last] = Span(end, todo[last].end)
        return draft, last
    return draft, last + 1


def _begins(found: Scan, at: int, known: dict[int, bool]) -> bool:
    """Whether an entry of a list begins here; `known` is what was found before."""
    if at not in known:
        reach = trimmed(found.text, Span(at, min(len(found.text), at + _ENTRY)))
        known[at] = bool(reach) and listed(found.cut(reach), Span(0, len(reach)), head=True) is not None
    return known[at]


def _read(style: Callable[[Scan, Span], Draft | None], found: Scan, span: Span) -> Draft | None:
    """The draft that a style makes of the words at `span` alone."""
    draft = style(found.cut(span), Span(0, len(span)))
    return draft.moved(found, span.start) if draft else None


def _of_part(found: Scan, part: Span) -> list[Draft]:
    """The works in a stretch between semicolons."""
    if back := _back(found, part):
        rest = trimmed(found.text, Span(back.span.end, part.end), " ,.;\t\n")
        return [back, *(_of_part(found, rest) if _WORDS.search(rest.slice(found.text)) else [])]
    marker = _MARKER.match(found.text, part.start, part.end) if not found.text[: part.start].strip() else None
    start = marker.end() if marker else part.start
    while lead := _LEAD.match(found.text, start, part.end):
        start = lead.end()
    if draft := _try(found, Span(start, min(part.end, start + _LONGEST))):
        return [draft, *_rest(found, draft, part)]
    tried = {start}
    for signal in _SIGNAL.finditer(found.mask, part.start, part.end):
        if len(tried) > _TRIES:
            break
        if signal.end() in tried or any(q.inner.start <= signal.start() < q.inner.end for q in found.quotes):
            continue
        tried.add(signal.end())
        span = Span(
            signal.end(), _closing(found.mask, part.start, signal.end(), min(part.end, signal.end() + _LONGEST))
        )
        if back := _back(found, span):
            return [back, *_rest(found, back, part)]
        weak = not re.search(r"[Ss]ee|cf|compare|in$|by$|on$|from|to$", signal.group().strip(" ,"))
        if (draft := _try(found, span)) and not (weak and draft.form == "short"):
            return [draft, *_rest(found, draft, part)]
    return []


def _rest(found: Scan, draft: Draft, part: Span) -> list[Draft]:
    rest = trimmed(found.text, Span(draft.span.end, part.end), " ,.;)\t\n")
    return _of_part(found, rest) if len(rest) > 12 else []


def _try(found: Scan, span: Span) -> Draft | None:
    """The citation at `span`, cut where it goes on as another ('…, 12; and …') or with a comment."""
    if not span.slice(found.text).strip():
        return None
    second = _second(found, span)
    return _read(citation, found, trimmed(found.text, Span(span.start, second), " ,;\t\n"))


def _second(found: Scan, span: Span) -> int:
    """Where a second citation begins in a stretch without semicolon: behind an address or a closed bracket, 'and' or
    'see' leads to another one."""
    for join in re.compile(
        r"(?:u{10,}>?|\)|\d),? (?:and|with|see also|see|quoted in|cited in|citing) (?=[\"“A-ZÀ-Þ])"
    ).finditer(found.mask, span.start, span.end):
        before, after = found.mask[span.start : join.start() + 1], found.mask[join.end() : span.end]
        if re.search(r"“|\(\d{4}\)|u{10}|, \d{4}|, pp?\.", after) and re.search(r"”|\(|, pp?\. \S+$", before):
            return join.start() + re.match(r"u+>?|.", found.mask[join.start() :]).end()  # type: ignore[union-attr]
    return span.end


def _closing(mask: str, start: int, at: int, end: int) -> int:
    """The end of the bracket that `at` stands in, else `end`."""
    depth = sum((c in "([") - (c in ")]") for c in mask[start:at])
    if depth <= 0:
        return end
    level = depth
    for n in range(at, end):
        level += (mask[n] in "([") - (mask[n] in ")]")
        if level < depth:
            return n
    return end


def _back(found: Scan, span: Span) -> Draft | None:
    """A form that points back: 'Ibid., 5', 'see note 12 above', 'Lane, op. cit.'."""
    said = _IBID.match(found.mask, span.start, span.end)
    if said and not (said["word"] == "Id" and said.group().rstrip()[-1:] not in ".0123456789"):
        return _pointing(found, said, "ibid")
    for shape in (_SUPRA, _OP_CIT):
        said = shape.match(found.mask, span.start, span.end)
        if said and (not said["who"] or is_namey(said["who"])):
            draft = _pointing(found, said, "supra")
            number = next((g for g in ("a", "b", "c") if g in said.re.groupindex and said[g]), None)
            if number:
                draft.put("number", Span(*said.span(number)))
            return draft
    return None


def _pointing(found: Scan, said: re.Match[str], form: str) -> Draft:
    draft = Draft(found, trimmed(found.text, Span(*said.span())), form="ibid" if form == "ibid" else "supra")
    if "who" in said.re.groupindex and said["who"]:
        draft.name(*names(found.text, Span(*said.span("who"))))
    if said["page"]:
        draft.put("locator", Span(*said.span("page")), pages(said["page"]))
    return draft


def _addresses(found: Scan, taken: list[Span]) -> list[Draft]:
    """Addresses that no citation took: works of which nothing else is said."""
    drafts = []
    for url in found.urls:
        if not any(t.overlaps(url) for t in taken):
            draft = Draft(found, url, type="webpage")
            draft.put("url", url, re.sub(r"\s", "", url.slice(found.text)))
            draft.doubt("title", "authors")
            drafts.append(settle(draft))
    return drafts


def _comments(found: Scan, taken: list[Span]) -> tuple[Span, ...]:
    """The stretches between citations that say something: three words or more beside what leads up to a citation."""
    comments, at = [], 0
    for span in [*sorted(taken), Span(len(found.text), len(found.text))]:
        if span.start > at:
            between = trimmed(found.text, Span(at, span.start), " ,;:.()[]<>\t\n")
            said = _LEAD.sub("", between.slice(found.text) + " ").strip()
            if len(_WORDS.findall(said)) >= 3:
                comments.append(between)
        at = max(at, span.end)
    return tuple(comments)
