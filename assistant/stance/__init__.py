"""Whether words speak for a statement, against it, or not on it: by rules and measured likeness, without a model that
writes. What cannot be decided is `unchecked`.

A statement and a source are laid beside one another (`aligning`); where the source speaks of the same thing, what it says
differently is named (`differences`). Silence is the rule: what is only near the subject says nothing (docs/evidence.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.stance.aligning import Alignment, Tokens, Weigh, align
from assistant.stance.amounts import amounts
from assistant.stance.comparing import ordered, pairings
from assistant.stance.deeds import graded
from assistant.stance.differences import Difference, differences
from assistant.stance.saying import Said, said
from assistant.stance.saying import clauses as stated
from assistant.stance.words import PREDICATES, denials, poles
from assistant.types import Span, Support, Verdict

__all__ = ["Judged", "Near", "Tokens", "judge", "judged"]


@dataclass(frozen=True, slots=True)
class Near:
    """The token vectors of a statement and of the words beside it, where the embedder gives them and reads their
    language: without them only words are compared.
    """

    said: Tokens | None = None
    read: Tokens | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with what it rests on."""

    verdict: Verdict
    coverage: float
    """How much of the statement the source says, numbers, years and places aside."""
    differences: tuple[Difference, ...]
    alignment: Alignment


FULL = 0.74
"""Coverage from which a source says the whole of a statement."""
HALF = 0.5
"""Coverage from which it says part of it."""
NEARLY = 0.85
"""Coverage of the rest from which a source without a number, year or place that the statement gives says part of it."""
OWN = 0.6
"""Share of the coverage that must be the source's own words, not its context's."""
LEANT = 0.3
"""That share where the source's subject is a pronoun, which its context names."""
AGAINST = 0.62
"""Coverage, apart from what differs, from which a difference is one about the same thing."""
SAME_EVENT = 0.8
"""Coverage by the source's own words from which another year or country alone is one of the same event."""
SURE = 0.3
"""How far what stands around a difference must agree."""


def judge(statement: str, words: str, near: Near, context: str = "", weigh: Weigh = lambda term: 1.0) -> Verdict:
    """What `words` say of `statement`. `context` stands around them: headings, the sentence before, a table's caption."""
    return judged(statement, words, near, context, weigh).verdict


def judged(
    statement: str,
    words: str,
    near: Near,
    context: str = "",
    weigh: Weigh = lambda term: 1.0,
    listed: bool = False,
    relayed: bool = True,
) -> Judged:
    """The verdict with its grounds. Words that are `listed`, such as a table's, have no clauses to compare. Where the
    statement is not `relayed` from these very words, a trend of another year or country is silence: both may be true.
    """
    a = align(statement, words, context, near.said, near.read, weigh)
    clauses = Said((), (), None) if listed else _with_pairings(a, said(a))
    found = _settled(differences(a), clauses)
    coverage = a.coverage([d.span for d in found]) or a.coverage()
    verdict = _verdict(a, found, coverage, clauses)
    if verdict.support == "contradicted" and not relayed and not amounts(statement):
        elsewhere = [d for d in found if d.standing == "differs"]
        if all(d.slot in ("year", "month", "place") for d in elsewhere) and _trend(statement):
            verdict = Verdict("unsupported", _joined(d.why for d in elsewhere[:2]))
    return Judged(verdict, coverage, found, a)


def _trend(statement: str) -> bool:
    """Whether all that a statement says is that something went up or down."""
    deeds = [f.verb for f in stated(statement) if not f.empty]
    return bool(deeds) and all(graded(statement, verb) for verb in deeds)


def _with_pairings(a: Alignment, clauses: Said) -> Said:
    """With what comparisons and causes settle of directions and roles."""
    marks, turned, order = ordered(a)
    if turned:
        kept = tuple(d for d in clauses.against if d.slot != "role" or not any(s.overlaps(d.span) for s in turned))
        clauses = replace(clauses, against=kept, settled=(*clauses.settled, *marks), turned=turned)
    against, agreed, open_ = pairings(a)
    open_ = open_ or order
    if against or agreed:
        mine = [d.span for d in against] + list(agreed)
        kept = tuple(d for d in clauses.against if d.slot != "role" or not any(s.overlaps(d.span) for s in mine))
        return replace(clauses, against=(*kept, *against), open=clauses.open or open_, compared=agreed)
    return replace(clauses, open=clauses.open or open_)


_SIDED = ("direction", "role")


def _settled(found: Sequence[Difference], clauses: Said) -> tuple[Difference, ...]:
    """The differences, with what the clauses beside one another settle on negation, directions and roles."""

    def settled(d: Difference) -> bool:
        spans = [*(clauses.agreed if d.slot in ("negation", "role") else ())]
        spans += [*(clauses.settled if d.slot in _SIDED else ()), *(clauses.turned if d.slot == "role" else ())]
        spans += [*clauses.compared, *(clauses.deeds if d.slot == "direction" else ())] if d.slot in _SIDED else []
        return any(d.span.overlaps(s) for s in spans)

    kept = [d for d in found if not settled(d)]
    return (*kept, *(d for d in clauses.against if not any(d.slot == k.slot for k in kept)))


_FACTS = ("number", "unit", "year", "month", "place")
"""What a source either gives or does not."""


def _verdict(a: Alignment, found: Sequence[Difference], coverage: float, clauses: Said) -> Verdict:
    differing = [d for d in found if d.standing == "differs" and d.sureness >= SURE]
    doubtful = [d for d in found if d.standing == "differs" and d.sureness < SURE]
    lost = [d for d in found if d.standing == "missing" or (d in doubtful and d.slot in _FACTS)]
    looser = [d for d in found if d.standing == "looser"]
    if not a.matches and not amounts(a.statement):
        return Verdict("unchecked", "the statement says nothing that can be compared")
    apart = [d.span for d in found]
    own = a.coverage(apart, context=False) if a.coverage(apart) else a.coverage(context=False)
    if coverage < HALF or own < (LEANT if _PRONOUN.match(a.source) else OWN) * coverage:
        return Verdict("unsupported", "not found")
    if narrower := [d for d in found if d.standing == "apart"]:
        return Verdict("unsupported", narrower[0].why)
    facts = [d.span for d in found if d.slot in _FACTS]
    unnamed = [] if _clause_said(a) else [u for u in a.unnamed() if not _within(a.statement, u, facts)]
    if unnamed and not a.foreign:
        # One name apart, with all the rest said: part of it. Whether another name stands in its stead is not decided.
        named = [m.unit.span for m in a.matches if m.unit.surface in unnamed and m.unit.kind == "name"]
        rest = a.coverage([*apart, *named], context=False)
        alone = len(unnamed) == len(named) == 1 and len(a.matches) > 3 and not differing and rest >= NEARLY
        return Verdict("partial" if alone else "unsupported", f"it does not speak of {_listed(unnamed[:3])}")
    elsewhere = [d for d in found if d.slot in ("year", "month", "place") and d.standing != "looser"]
    others = [d for d in differing if d not in elsewhere]
    if others and (coverage < AGAINST or any(d.standing == "differs" for d in elsewhere)):
        # Another year's or country's figure says nothing against this one.
        return Verdict("unsupported", _joined(d.why for d in [*elsewhere, *others][:2]))
    if others and elsewhere and coverage < NEARLY:
        return Verdict("unsupported", _joined(d.why for d in [*elsewhere, *others][:2]))
    if differing and not others and (len({d.slot for d in differing}) > 1 or any(d.slot == "number" for d in lost)):
        # Another year in another country, or without the statement's figure: the source speaks of something else.
        return Verdict("unsupported", _joined(d.why for d in [*differing, *lost][:2]))
    if differing and not others and a.coverage(apart, context=False) < SAME_EVENT:
        return Verdict("unsupported", _joined(d.why for d in differing[:2]))
    if differing:
        support: Support = "contradicted" if coverage >= AGAINST else "unsupported"
        return Verdict(support, _joined(d.why for d in differing[:2]))
    if undecided := [d for d in found if d.standing == "open"]:
        support = "unchecked" if coverage >= AGAINST and not lost else "unsupported"
        return Verdict(support, undecided[0].why)
    if unsettled := [d for d in doubtful if d.slot not in _FACTS]:
        support = "unchecked" if coverage >= AGAINST else "unsupported"
        return Verdict(support, f"it may say otherwise: {unsettled[0].why}")
    lacking = a.lacking()
    if coverage < FULL or lost:
        if a.foreign and not lost:
            return Verdict("unchecked", "in another language: only its terms could be compared")
        why = _joined(
            [*(d.why for d in lost[:2]), *([f"it does not speak of {_listed(lacking[:3])}"] if lacking else [])]
        )
        enough = len(lost) < 2 and (coverage >= (NEARLY if lost else AGAINST) or (not lost and _clause_said(a)))
        support = "partial" if enough else "unsupported"
        return Verdict(support, why or "it says part of it")
    if open_ := clauses.open or _unmet(a, bool(clauses.agreed)):
        return Verdict("unchecked", open_)
    if looser:
        return Verdict("partial", looser[0].why)
    hedge = _HEDGED.search(_PURPOSE.sub("", a.source))
    if hedge and not _HEDGED.search(a.statement):
        return Verdict("partial", f"the source says only “{hedge.group()}”")
    return Verdict("supported")


def _within(text: str, surface: str, spans: Sequence[Span]) -> bool:
    """Whether words of the statement are those of a difference that is told by itself."""
    at = text.find(surface)
    return any(s.start < at + len(surface) and at < s.end for s in spans)


def _unmet(a: Alignment, agreed: bool) -> str | None:
    """What the statement asserts and likeness alone would have to bear: a direction that the source does not give, or a
    denial where the source denies nothing (unless its clauses have `agreed`).
    """
    said = {p.span: p for p in poles(a.statement) if p.axis in PREDICATES}
    for m in a.matches:
        if m.strength < 0.6 and m.unit.span in said:
            return f"it does not say “{m.unit.surface}”"
    turned = any(p.denied for p in poles(a.statement))
    if not agreed and denials(a.statement) and not turned and not denials(a.source) and not _UNMOVED.search(a.source):
        return "the statement denies, and the source does not"
    return None


_UNMOVED = re.compile(
    r"\b(?:unchanged|remain\w*|constant|zero|absent|un\w{4,}|in\w{5,})\b|그대로|유지|동결", re.IGNORECASE
)


def _clause_said(a: Alignment) -> bool:
    """Whether one of the statement's clauses is said whole."""
    edges = [0, *(m.end() for m in _CLAUSE.finditer(a.statement)), len(a.statement)]
    for start, end in pairwise(edges):
        inside = [m for m in a.matches if start <= m.unit.span.start < end and m.unit.kind != "generic"]
        if len(edges) > 2 and len(inside) > 2 and min(m.own for m in inside) >= 0.8:
            return True
    return False


_PRONOUN = re.compile(
    r"\s*(?:(?:In|By|Since) (?:18|19|20)\d\d,? )?(?:It|They|He|She|Its|Their|His|Her|it|they|its|their)\b|\s*(?:이는|그는|그의|이들은|동 기관은)\s"
)
_CLAUSE = re.compile(r"[,;]\s|\b(?:and|while|but|whereas)\s|며\s|고\s")
_PURPOSE = re.compile(r"\b(?:so|in order) that\b[^.;]*")
"""What something is done for: `could` says nothing there of whether it was done."""
_HEDGED = re.compile(
    r"\b(?:may|might|could|plans? to|planned to|proposes? to|is expected to|are expected to|would|aims? to|intends? to|considers?)\b"
    r"|ㄹ 수 있|[가-힣]ㄹ 것으로|예정이|계획이|전망이|가능성이|검토 중",
)


def _joined(parts: object) -> str:
    return "; ".join(dict.fromkeys(parts))  # type: ignore[call-overload]


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{w}”" for w in words)
