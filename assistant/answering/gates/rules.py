"""What is refused by rule: no question at all, a figure's value, the year of a number, words that the corpus never uses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.candidates import Candidate, Weigh, concept_weight, covers, untranslated
from assistant.quantities import year_range
from assistant.questions import Concept, Question
from assistant.text import STOPWORDS, language_of, stem, terms

UNKNOWN = ((0.45, 0.42, True), (0.6, 0.35, False))
"""(share, echo, exact only): where words that the corpus never uses make up this share of a question, each of
its words must find one in the best sentence that comes at least this near. Chosen on the dev cases, where
neither costs an answer.
"""
_ABOUT_ALL = re.compile(r"\b(?:purpose|aim|goal|about)\b|목적|요지|주제")
_NAMED_FIGURE = re.compile(r"\b(figure|chart)\s*(\d+)\b", re.IGNORECASE)
_FIGURE = re.compile(r"^(?:Figure|Fig\.|Chart|그림)\s*\d", re.IGNORECASE)


def no_question(question: Question, everything: Sequence[Candidate]) -> bool:
    """Whether nothing is asked: no word with a meaning, or one or two that nothing near has."""
    if not question.concepts:
        return not _ABOUT_ALL.search(question.text)
    near = any(c.reach > 0.0 or c.rank > 0.9 for c in everything)
    return question.wants == "open" and len(question.concepts) <= 2 and not near


def answers_by_its_kind(question: Question, best: Candidate) -> bool:
    """Whether the best candidate answers whatever words it shares with the question."""
    if question.wants == "purpose" and best.kindred == 1.0:
        return True  # the sentence says what the paper sets out to do: no word of the question need stand in it
    # Captions come here only as the source line of a table, when the source is asked for.
    return best.kind == "caption" and best.coverage >= 0.5


def unknown(concept: Concept, weigh: Weigh) -> bool:
    """Whether no form of a concept stands anywhere in the corpus."""
    never = weigh("\0")  # no term: its weight is that of a word in no passage
    words = [[s for s in form if s not in STOPWORDS] for form in concept.forms]  # no index holds `of` or `and`
    return all(any(weigh(s) >= never for s in form) for form in words if form)


def unheard(question: Question, weigh: Weigh) -> tuple[str, ...]:
    """The question's words that the corpus never uses, as they stand there."""
    from assistant.stance.deeds import base, verbs  # here: only a refusal asks

    lost = [c.surface for c in question.concepts if c.kind != "generic" and unknown(c, weigh)]
    # A verb is no subject: that a corpus never says `took` tells nobody anything.
    return tuple(s for s in lost if not s.islower() or ((base(s),) not in verbs()[0] and base(s) == stem(s)))


def nothing_heard(question: Question, weigh: Weigh) -> bool:
    """Whether the corpus uses no word of the question."""
    said = [c for c in question.concepts if c.kind != "generic"]
    return bool(said) and all(unknown(c, weigh) for c in said)


def lacks_the_point(question: Question, best: Candidate, weigh: Weigh) -> bool:
    """Whether the best candidate misses what the question turns on: the year of a figure, the figure that
    it names, or a subject that the corpus never speaks of.
    """
    if question.wants in ("number", "when") and best.absent_years and best.kind != "row":
        return not (question.wants == "when" and best.kindred == 1.0 and best.coverage >= 0.6)
    if (m := _NAMED_FIGURE.search(question.text)) and not re.search(rf"\b{m[1]}\s*{m[2]}\b", best.text, re.IGNORECASE):
        return True
    if question.language == language_of(best.text) and _of_another(question, best, weigh):
        return True
    known = [c for c in question.concepts if c.kind != "generic"]
    if language_of(best.text) == "en":  # what is not translated, English text cannot have
        known = [c for c in known if not untranslated(c)] or known
    total = sum(concept_weight(c, weigh) for c in known) or 1.0
    share = sum(concept_weight(c, weigh) for c in known if unknown(c, weigh)) / total
    exact = question.wants in ("number", "when")
    return any(share >= most and best.weakest < echo and (exact or not only) for most, echo, only in UNKNOWN)


_OWNER = re.compile(r"^(?:[\w-]+,? ){0,2}?(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)*)['\u2019]s\b")
"""A sentence's subject that is somebody's: `Ostrava's subsidy`."""


def _of_another(question: Question, best: Candidate, weigh: Weigh) -> bool:
    """Whether a name that is asked about stands nowhere in the corpus behind a title (`President Macron`), or a figure is
    asked of one and the sentence gives that of another.
    """
    for c in question.concepts:
        titled = re.search(rf"\b{_TITLES} (?:[A-Z]\w+ )*{re.escape(c.surface)}\b", question.text)
        if c.kind in ("name", "term") and titled and c.surface[:1].isupper() and unknown(c, weigh):
            return True
    if question.wants not in ("number", "when") or best.kind == "row":
        return False
    m = _OWNER.match(best.text)
    lost = [c.surface for c in best.uncovered if c.kind == "name" and c.surface[:1].isupper()]
    asked = any(re.search(rf"\b{re.escape(s)}['\u2019]s\b", question.text) for s in lost)
    return m is not None and asked and m["name"] not in question.text


_TITLES = r"(?:President|Minister|Prime Minister|Chancellor|Senator|Governor|Mayor|King|Queen|Professor|Prof\.|Dr\.|Mr\.|Ms\.|Mrs\.|Secretary|Justice|Judge)"


def in_figure(question: Question, captions: Sequence[Candidate], weigh: Weigh) -> bool:
    """Whether a figure's caption covers a question for a value, its years within the caption's."""
    if question.wants not in ("number", "when") and not question.superlative:
        return False
    for c in captions:
        if not _FIGURE.match(c.text):
            continue
        spanned = year_range(c.text)
        if question.years and not question.years <= spanned:
            continue
        bag = frozenset(terms(c.text, keep_stopwords=True))
        weights = [(x, concept_weight(x, weigh)) for x in question.concepts if x.kind != "year"]
        total = sum(w for _, w in weights) or 1.0
        if sum(w * covers(x, bag) for x, w in weights) / total >= 0.6:
            return True
    return False
