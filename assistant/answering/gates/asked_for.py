"""The thing that a question asks for (`the minimum wage` of Velmark, `사고율`), and whom it asks it of: what a corpus never
speaks of it cannot answer, however much it says of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from assistant.answering.candidates import Weigh, bag_of, covers, untranslated
from assistant.answering.gates.rules import unknown
from assistant.lexicon import Phrase, places, places_in
from assistant.questions import Concept, Question, is_superlative
from assistant.text import language_of, stem, terms
from assistant.types import Document

SAID = 0.5
"""How far a text must name the thing: by a synonym, or by more than a part of a longer name."""

_ENDS = (
    r"(?:of|in|for|on|at|to|by|from|under|between|among|with|within|that|which|who|when|during|since|per|as|than|after|before|"
    r"is|are|was|were|be|has|have|had|does|do|did|will|would|should|can|could|may|must|and|or|it|they)"
)
_THING = rf"(?P<thing>(?!{_ENDS}\b)[^\s,;:?]+(?:\s(?!{_ENDS}\b)[^\s,;:?]+){{0,7}})"
_ENGLISH = re.compile(
    rf"(?:^|[,;:]\s|\b(?:and|so|but)\s)(?:what(?:['’]s| is| are| was| were)(?=\s(?:the|an?|[\w-]+['’]s)\s)|"
    rf"who (?:is|are|was|were)(?=\s(?:the|[\w-]+['’]s)\s)|"
    rf"how (?:high|low|large|big|great|long|old|strong) (?:is|are|was|were)|how many(?=(?:\s[\w-]+){{0,2}}\s[\w-]+s\b))\s(?:the\s|an?\s)?{_THING}",
    re.IGNORECASE,
)
_KOREAN = re.compile(
    r"(?P<thing>[가-힣A-Za-z·]+?)(?:(?:은|는|이|가)\s+(?:누구(?!를|에게)|무엇(?=인|입|이|일|\W|$)|얼마|몇|어디|어느\s?정도)|(?:은|는)\s+어떻게)|"
    r"(?P<last>[가-힣A-Za-z·]{2,}?)(?:은|는)\s*\?*\s*$|(?P<bare>[가-힣]+[^까나요가지니다죠냐래\W])\s*\?+\s*$"
)


@cache
def _aspects() -> frozenset[str]:
    """Stems of what may be asked of anything, so that no document need say it (`drawback`, `효과`)."""
    text = resources.files("assistant").joinpath("data", "aspects.tsv").read_text(encoding="utf-8")
    return frozenset(t for row in text.splitlines() for word in row.split("\t") for t in (stem(word), *terms(word)))


def asked_for(question: Question) -> Concept | None:
    """What is asked for, where a question names it by a thing of its own: no year, no aspect, no name."""
    if question.language == "ko":
        m = _KOREAN.search(question.text)
        thing = (m["thing"] or m["last"] or m["bare"]) if m else ""
    else:
        m = _ENGLISH.search(question.text)
        thing = m["thing"] if m else ""
        if m and "many" in m.group().lower() and not thing.strip().endswith("s"):
            thing = ""  # `how many firms closed`: where the thing ends is not plain
    if not thing.strip():
        return None
    inside = [c for c in question.concepts if c.surface and _at(c, thing) >= 0]
    if not inside:
        return None
    head = max(inside, key=lambda c: _at(c, thing) + len(c.surface))
    if question.language == "en" and not _last_word(head, thing):
        return None
    told = head.kind != "term" or is_superlative(head.surface) or places_in(head.surface)
    return None if told or _is_aspect(head) else head


def _at(concept: Concept, thing: str) -> int:
    return thing.lower().rfind(concept.surface.lower())


def _last_word(concept: Concept, thing: str) -> bool:
    """Whether what is asked for ends in it: of `the main thing wanted` no word is known to be the thing."""
    words = re.findall(r"[\w-]+", thing.lower())
    return bool(words) and stem(words[-1]) in {stem(w) for w in re.findall(r"[\w-]+", concept.surface.lower())}


def _is_aspect(concept: Concept) -> bool:
    return all(t in _aspects() for t in concept.forms[0]) or stem(concept.surface.lower()) in _aspects()


def never_said(question: Question, weigh: Weigh) -> bool:
    """Whether no document of the corpus uses any word for what is asked for."""
    head = asked_for(question)
    return head is not None and unknown(head, weigh)


def missed(question: Question, texts: Iterable[str]) -> str | None:
    """What is asked for, where none of the texts that are to answer names it; None where one does, or where none of them
    could, being in a language that it is not known in.
    """
    head = asked_for(question)
    if head is None:
        return None
    could = False
    for text in texts:
        if covers(head, bag_of(text)) >= SAID:
            return None
        could = could or language_of(text) == question.language or not untranslated(head)
    return head.surface if could else None


def names(question: Question, weigh: Weigh) -> tuple[Concept, ...]:
    """The names in a question that the corpus knows: those of whom it asks."""
    return tuple(c for c in question.concepts if c.kind == "name" and not unknown(c, weigh))


def speaks_of(document: Document, wanted: Iterable[Concept]) -> bool:
    """Whether a document has one of these names, in any form, or could not have it, being in another language."""
    text = document.text.lower()
    english = language_of(document.text[:4000]) == "en"
    return any(
        c.surface.lower() in text
        or any(all(_beginning(s) in text for s in form) for form in (*c.forms, *_of_place(c)))
        or (english and untranslated(c))
        for c in wanted
    )


def _of_place(concept: Concept) -> list[Phrase]:
    """Every name of the place that a concept is: who speaks of South Korea speaks of Seoul."""
    wanted = places_in(concept.surface)
    return [form for form, place in places().items() if place in wanted] if wanted else []


def _beginning(stemmed: str) -> str:
    """What of a stem stands in every form of its word: `selbi` is `Selby`."""
    return stemmed[:-1] if stemmed.endswith("i") and len(stemmed) > 3 else stemmed
