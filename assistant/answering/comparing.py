"""Several documents side by side: who says what, where they differ, what their figures count, and as of when they speak.

Nothing here changes a quotation. A lead names the document's authors, from the catalogue; a notice says what a reader who
sees two quotations must know of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

from assistant.answering import subjects, wording
from assistant.answering.candidates import Candidate
from assistant.answering.premises import denied
from assistant.answering.scopes import alike, named_apart
from assistant.citations import unbracketed
from assistant.names import attribution
from assistant.quantities import years
from assistant.questions import Question
from assistant.text import language_of
from assistant.types import Citation, Claim, Language, Work

LOOKED_AT = 8
"""Among so many of the best, one of another document that says otherwise is looked for."""
CLOSE = 0.7
"""In each document, one that scores at least this share of the best may go before it."""
OWN = 0.3
"""What a sentence's own coverage and its late interaction weigh then beside its score; set on the dev cases."""


def heard(usable: Sequence[Candidate], limit: int) -> list[Candidate]:
    """For a question that wants every document heard: the best of each that speaks of the subject itself."""
    apart: dict[str, list[Candidate]] = {}
    for c in usable:
        apart.setdefault(c.passage.document, []).append(c)
    first = [_on_subject(found) for found in apart.values()]
    best = max(first, key=lambda c: c.score)
    first = [c for c in first if c.score >= 0.5 * best.score][:limit]
    first.sort(key=lambda c: -c.score)
    return first


def _on_subject(found: Sequence[Candidate]) -> Candidate:
    """The sentence that says most on the subject in its own words: beside another document's it has no context to lean on."""
    best = found[0]
    near = [c for c in found[:12] if c.score >= CLOSE * best.score and c.kind == best.kind]
    return max(near, key=lambda c: c.score + OWN * c.coverage + OWN * (c.late or 0.0))


def says_otherwise(best: Candidate, found: Sequence[Candidate]) -> Candidate | None:
    """The sentence of another document that contradicts the best one."""
    if best.kind not in ("sentence", "note"):
        return None
    from assistant.stance import Near, judged  # here: most answers come from one document

    others = [c for c in found[:LOOKED_AT] if c.kind == best.kind and c.passage.document != best.passage.document]
    for c in others:
        if not _one_subject(best.text, c.text, " ".join(best.passage.section), " ".join(c.passage.section)):
            continue
        if judged(best.text, c.text, Near(), relayed=False).verdict.support == "contradicted":
            return c
    return None


WorkOf = Callable[[str], tuple[Work, Work | None]]
"""The record of a document by its id; of a digest also that of the work it stands in for."""


def told_apart(
    question: Question,
    claims: Sequence[Claim],
    citations: Sequence[Citation],
    work: WorkOf,
    language: Language,
    both: bool,
) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """The claims, each led by who says it where several documents were asked or differ, and what a reader must know."""
    cited = {c.marker: c for c in citations}
    firsts = [(i, claim, cited[claim.citations[0]]) for i, claim in enumerate(claims) if claim.citations]
    quoted = [(i, c, place) for i, c, place in firsts if c.computed is None and place.kind != "catalog"]
    calculated = any(c.computed is not None for c in claims)
    led: set[int] = set()
    notices: list[str] = []
    if both and len({place.document for _, _, place in quoted}) > 1:
        led = {i for i, _, _ in quoted}
    for (i, one, here), (j, other, there) in combinations(quoted, 2):
        if here.cell is not None or there.cell is not None:
            continue
        if _told_by_note(here, there) or _told_by_note(there, here):
            continue
        apart = here.document != there.document and _one_subject(one.text, other.text, here.title, there.title)
        if apart and (why := _against(one.text, other.text)) is not None:
            led |= {i, j}
            notices.append(wording.papers_differ(here.marker, there.marker, why, language))
        elif not calculated and alike(one.text, other.text, question) and _same_subject(one.text, other.text):
            mine, theirs = named_apart(one.text, other.text, question)
            notices.append(wording.scopes_differ(here.marker, mine, there.marker, theirs, language))
    made = []
    for i, claim in enumerate(claims):
        if i in led and not claim.lead:
            claim = replace(claim, lead=attribution(*_worded(work(cited[claim.citations[0]].document), language)))
        made.append(claim)
    return tuple(made), (*denied(question, claims, language), *notices)


def _told_by_note(paper: Citation, source: Citation) -> bool:
    """Whether the one's note leads to the other and a notice says already that they differ."""
    return any(h.citation.document == source.document and h.verdict.support == "contradicted" for h in paper.hops)


def _worded(known: tuple[Work, Work | None], language: Language) -> tuple[Work, Language, Work | None]:
    return known[0], language, known[1]


def _against(one: str, other: str) -> str | None:
    """Why the second of two sentences cannot be so if the first is; None where the judge says of neither that it
    contradicts the other.
    """
    from assistant.stance import Near, judged  # here: most answers come from one document

    verdict = judged(one, other, Near(), relayed=False).verdict
    if verdict.support == "contradicted":
        return verdict.why or ""
    turned = judged(other, one, Near(), relayed=False).verdict
    return "" if turned.support == "contradicted" else None


def _one_subject(one: str, other: str, about_one: str, about_other: str) -> bool:
    """Whether two sentences may be held against each other; of two languages their judge alone can tell."""
    if language_of(one) != language_of(other):
        return True
    return subjects.one_subject(one, other, about_one, about_other)


def _same_subject(one: str, other: str) -> bool:
    """Whether most words of the shorter text, figures aside, are the other's too."""
    from assistant.stance.words import bag

    a, b = ({w for w in bag(t) if not w[:1].isdigit()} for t in (one, other))
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= 0.5


def bracketed(claims: Sequence[Claim], citations: Sequence[Citation], language: Language) -> tuple[str, ...]:
    """That the brackets in a claim are ours, where they are not the document's own."""
    quoted = {c.marker: " ".join(c.quote.split()) for c in citations}

    def added(claim: Claim) -> bool:
        bare, words = unbracketed(claim.text)
        quote = quoted.get(claim.citations[0], "") if claim.citations else ""
        return bool(words) and claim.text not in quote and bare in quote

    ours = any(added(c) for c in claims)
    return (wording.bracketed(language),) if ours else ()


_NOW = re.compile(
    r"\b(?:now|currently|at present|presently|at the moment|today(?:['\u2019]s)?|nowadays|recent(?:ly)?|lately|(?:this|last|next) (?:year|month|quarter)|"
    r"so far|to date)\b|(?:현재|지금|오늘날|최근|올해|금년|작년|지난해|내년|요즘)",
    re.IGNORECASE,
)
_DATED_NOW = re.compile(
    r"(?:19|20)\d\d년?(?:\s?\d{1,2}월)?(?:\s?말)?\s?(?:현재|기준)|\b(?:by|until) now\b|\bto date in (?:19|20)\d\d",
    re.IGNORECASE,
)
_ASKS_NOW = re.compile(
    r"\b(?:now|currently|current|at present|presently|today|nowadays|latest|most recent|this year|at the moment)\b|현재|지금|오늘날|최근|올해|요즘|최신",
    re.IGNORECASE,
)


def dated(
    question: Question, claims: Sequence[Claim], citations: Sequence[Citation], language: Language
) -> tuple[str, ...]:
    """As of when the quotations speak that say `now`; or all, where the question asks how things stand."""
    shown = {claim.citations[0] for claim in claims if claim.citations}
    asks = bool(_ASKS_NOW.search(question.text))
    found: list[tuple[int, str, str | None]] = []
    for c in citations:
        m = None if years(c.quote) else _NOW.search(_DATED_NOW.sub("", c.quote))  # a year beside it says when
        if c.marker in shown and c.kind != "catalog" and (m or asks):
            found.append((c.marker, m.group() if m else "", c.published))
    return (wording.as_of(found, language),) if found else ()


def once(chosen: Sequence[Candidate], limit: int) -> list[Candidate]:
    """The candidates in their order, each place once."""
    kept: dict[tuple[str, int], Candidate] = {}
    for c in chosen:
        kept.setdefault((c.passage.document, c.span.start), c)
    return list(kept.values())[:limit]
