"""Signs by which an English sentence recommends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.policy.recommendations.clauses import end_of
from assistant.policy.recommendations.modal import MODAL, modal
from assistant.policy.recommendations.needs import impersonal, needed, required
from assistant.policy.recommendations.proposing import EFFECT, GOES_ON, considered, deserving, pillars, proposed
from assistant.policy.recommendations.readings import Reading, trimmed
from assistant.policy.recommendations.telling import group
from assistant.policy.recommendations.urging import urged
from assistant.policy.recommendations.verbs import is_deed

_ABOUT_TEXT = re.compile(
    r"\b(?:information in (?:this|a|the) [\w ]{0,20}(?:report|document|product|paper)|this (?:report|document|product) (?:is|was|should|must|may|does|has)|the reader|readers?|it should be (?:noted|borne|emphasi[sz]ed|stressed|remembered|kept)|"
    r"(?:further|future|more|additional) (?:research|studies|work|analys[ie]s) (?:should|must|needs?|is|are)|(?:should|needs? to) be (?:left to|the subject of) (?:further|future)|"
    r"(?:important|worth|useful|helpful) to (?:note|remember|recall|recogni[sz]e|bear in mind|stress|mention|point out)|should (?:now|take (?:about|around|up to|less|\d))|"
    r"should (?:also )?be (?:noted|remembered|interpreted|read|cited|attributed|relied)|(?:figures?|results?|estimates?|data) should be)\b",
    re.IGNORECASE,
)

OBLIGES = re.compile(
    r"\b(?:[A-Z]\w+ Act|(?:the|an|this|such) act|statut\w+|regulations?|by law|under (?:current |federal |state |existing )?law|pursuant to|U\.S\.C\.|C\.F\.R\.|"
    r"eligib\w+|applicants?|borrowers?|recipients?|grantees?|licensees?|claimants?|notif(?:y|ied|ication)|rulemaking|compl(?:y|ies) with|"
    r"[Ss]ection \d+|[Tt]itle [IVX\d]+|final rule|proposed rule|certif(?:y|ies) that)\b|§"
)


def english(text: str) -> tuple[Reading, ...]:
    """What an English sentence (in `even` form) recommends, in its order. Whose voice it is, the caller decides."""
    if text.rstrip(" \"')").endswith("?") or _ABOUT_TEXT.search(text):
        return ()
    found: list[Reading] = []
    for r in _all(text):
        if not any(r.sign.overlaps(o.sign) or (r.form == o.form and r.action == o.action) for o in found):
            found.append(r)
    return tuple(sorted(found, key=lambda r: r.sign.start))


def _all(text: str) -> Iterator[Reading]:
    yield from urged(text)
    yield from proposed(text)
    yield from pillars(text)
    yield from impersonal(text)
    signs = tuple(m.start() for m in MODAL.finditer(text))
    for m in MODAL.finditer(text):
        if r := modal(text, m, signs):
            yield r
    yield from needed(text)
    yield from required(text)
    yield from considered(text)
    yield from deserving(text)
    effect = EFFECT.match(text)
    if effect and is_deed(effect["verb"]):
        yield Reading("goes_on", group(effect, "sign"), "could", group(effect, "action"))
    if goes := GOES_ON.match(text):
        yield Reading("goes_on", group(goes, "sign"), "should", trimmed(text, goes.end(), end_of(text, goes.end())))
