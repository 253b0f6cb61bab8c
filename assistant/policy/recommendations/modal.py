"""`should`, `must`, `needs to`: advice, but not where they tell what is expected, inferred or only supposed."""

from __future__ import annotations

import re

from assistant.policy.recommendations.actors import acts, kinds, people
from assistant.policy.recommendations.clauses import clause, end_of
from assistant.policy.recommendations.needs import DEED_NOUN
from assistant.policy.recommendations.readings import Reading, trimmed
from assistant.policy.recommendations.telling import bare, denied, hangs, heard, inline
from assistant.types import Span
from assistant.types.policy import Strength

ADVERB = r"(?:\s(?:not|also|therefore|now|then|thus|first|further|always|never|instead|at least|too|still|even|only|very|both|[a-z]+ly))"

MODAL = re.compile(
    r"\b(?:(?P<should>should|ought to|had better|would do well to|would be (?:wise|well advised) to|(?:is|are) well advised to)|(?P<must>must|needs? to|has to|have to)|(?P<past>needed to|had to))\b(?P<adverbs>"
    + ADVERB
    + r"*)"
)

_CONSIDER = re.compile(
    r"\s(?:seriously |carefully |actively )?(?:be (?:\w+ly )?(?:considered|explored|examined|studied|weighed|looked into)|consider|explore|examine|study|look into|weigh|evaluate|review whether|think about|contemplate)\b"
)

_LIGHT = re.compile(r"\s(?:wish|want|choose|opt|seek|be advised|do well|be wise|like)\s(?:to\s)?")

_QUANTITY = re.compile(
    r"\b(?:prices?|exports?|imports?|growth|demand|inflation|rates?|costs?|sales|employment|unemployment|output|production|gdp|economy|economies|"
    r"markets?|deficits?|surplus|trade|revenues?|wages|incomes?|investment flows|yields?|shipments|volumes?|profits?|share|results?|"
    r"effects?|impacts?|benefits|tariffs|trend|figures?|numbers?|estimates?|correlation|coefficients?)$",
    re.IGNORECASE,
)

_HAPPENS = re.compile(
    r"\s?(?:be (?:able|unable|expected|possible|easier|higher|lower|noted|available|clear|apparent|evident|obvious|seen|borne in mind)|help|lead|result|rise|fall|grow|increase|decrease|decline|drop|improve|"
    r"recover|slow|ease|weaken|remain|continue|prove|suffice|become|come|reach|exceed|return|follow|benefit|reduce|boost|make|give|allow|"
    r"enable|have|provide|bring|see|outweigh|offset|encourage|strengthen|ensure|begin|start)\b"
)

_EXPECTED = re.compile(r"^(?:this|that|it|these|those|which|doing so|they)$", re.IGNORECASE)

_INFERRED = re.compile(r"\s?(?:have\s\w+|be (?:able|because|due|true|wrong|right|the case|a|an|the))\b")

_UNDERSTOOD = re.compile(
    r"\s?(?:not\s)?be\s(?:\w+ly\s)?(?:viewed|understood|seen|regarded|considered|perceived|interpreted|thought of|read)\s(?:[\w ,]{0,24}\s)?as\b"
)
"""How something is to be understood, without an act."""
_AS_EXPECTED = re.compile(
    r"\s?be\s(?:\w+ly\s|no\s|a\s)?(?:surpris(?:ing|e)|around|enough|sufficient|fine|ready|complete|visible|over|here|there|back)\b"
)
_COMES = re.compile(
    r"\s?(?:arrive|suffice|emerge|materiali[sz]e|subside|fade|disappear|recover|fall|rise|grow|decline|drop|stabili[sz]e|last|take (?:about|some|a))\b"
)
"""What comes about by itself: said of a thing with `should`, it is expected."""
_TROUBLE = re.compile(
    r"\b(?:challenge|problem|difficulty|difficulties|dilemma|constraint|burden|obstacle|disadvantage|risk)s?\b[^.:]*:\s"
)


def modal(text: str, m: re.Match[str], signs: tuple[int, ...]) -> Reading | None:
    behind = text[m.end() :]
    before = text[: m.start()].rstrip()
    if m["should"] == "should" and (
        not before
        or re.match(r"\s(?:it|they|he|she|we|you|the|a|an|any|this|these|those|such)\b(?!\s(?:and|or)\b)", behind)
        or (before.endswith((",", ";")) and re.match(r"\s[A-Z]", behind))
    ):
        return None  # `Should tariffs rise, …`
    if m["must"] and re.search(
        r"\b(?:[Tt]he|a|[Nn]o|any|[Tt]his|[Tt]hat|[Tt]heir|[Ii]ts|to|may|might|will|would|could|not|n't|be|urgent|without)$",
        before,
    ):
        return None  # `the need to`, `will have to`
    if m["must"] and m["must"].startswith("ha") and re.match(r"\s(?:do with|date)\b", behind):
        return None
    earlier = tuple(s for s in signs if s < m.start())
    c = clause(text, m.start(), earlier)
    if earlier and re.search(r"\b(?:and|but|or)$", before):  # `must consult firms and must keep up the dialogue`
        c = clause(text, earlier[-1], earlier[:-1])
    if c.subject is None or hangs(c) or _TROUBLE.search(text[: m.start()]):
        return None
    advises, teller = heard(text, c)
    subject = c.subject.slice(text)
    if not advises or _expected(m, subject, behind):
        return None
    if m["must"] and m["must"] != "must" and _has_to(subject, behind):
        return None
    if m["must"] and m["must"] != "must" and denied(subject, text[: m.start()]):
        return None  # `Nobody needs to register again`: no duty, and none that is denied to anybody
    strength: Strength = "should" if m["should"] else "must"
    sign = Span(m.start(), m.start() + len(m["should"] or m["must"] or m["past"]))
    start = m.end()
    if weighs := _CONSIDER.match(behind):
        strength, sign = "considering", Span(m.start(), m.end() + weighs.end())
        start = sign.end
    past = bool(m["past"]) or bool(m["should"] and re.match(r"\shave\s\w+", behind))
    if past and not acts(subject):
        return None
    end = end_of(text, start, tuple(s for s in signs if s > start))
    action = bare(text, trimmed(text, sign.end, end))
    passive = (
        re.match(
            r"\s?be\s(?:\w+ly\s)?(?:[a-z]+ed|put|set|built|made|given|taken|seen|held|kept|drawn|brought|understood|met|sought|known|led|done|paid|laid)\b",
            text[start:],
        )
        is not None
    ) or bool(weighs and re.match(r"\s(?:\w+\s)?be\s", weighs.group()))
    if not len(action) and text.rstrip().endswith(":"):  # `The ministry should:`, and a list
        return Reading("modal", sign, strength, Span(sign.start, sign.end), c.subject, False, past, teller)
    items = inline(text, start)
    items = items if items and items[0].start - start < 8 else ()
    return Reading("modal", sign, strength, action, c.subject, passive, past, teller, items) if len(action) else None


_PASSIVE = re.compile(r"\s?be\s(?:\w+ly\s)?[a-z]+(?:ed|en|ut|et|ilt|ade|ld|pt|awn|ght|ent|id|one)\b")
_USERS = re.compile(
    r"\b(?:readers?|visitors?|users?|pupils?|students?|patients?|passengers?|customers?|travellers?|travelers?|drivers?|tenants?|applicants?|guests?|viewers?)$",
    re.IGNORECASE,
)


def _has_to(subject: str, behind: str) -> bool:
    """Whether `need to` and `have to` tell how things are for those who do not make policy: `Pupils need to eat early.`"""
    if _PASSIVE.match(behind) or _EXPECTED.match(subject):
        return False
    if _USERS.search(subject) or kinds(subject) == {"citizen"}:
        return True
    return (
        not acts(subject)
        and not people(subject)
        and re.match(r"[A-Z]?[a-z]+s$", subject) is not None
        and not DEED_NOUN.search(subject)
        and not _QUANTITY.search(subject)
    )


def _expected(m: re.Match[str], subject: str, behind: str) -> bool:
    """Whether a modal tells what is expected or inferred, and no advice."""
    if m["must"] and m["must"] == "must" and _INFERRED.match(behind) and not acts(subject):
        return True
    if _UNDERSTOOD.match(behind):
        return True
    if m["should"] and _AS_EXPECTED.match(behind) and not acts(subject):
        return True
    if _QUANTITY.search(subject) and not re.match(r"\s?be\s[a-z]+ed\b", behind):
        return bool(_HAPPENS.match(behind)) or not acts(subject)
    if m["should"] and not acts(subject) and _COMES.match(behind):
        return True
    return bool(_EXPECTED.match(subject)) and not m["must"] and bool(_HAPPENS.match(behind))
