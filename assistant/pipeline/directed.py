"""How a sentence that states a cause stands to a question whether one thing brings about another: whether it says the same
way, the opposite, and whether it says so of what is, of what may be, or relays a worry.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.answering.wording import Manner
from assistant.policy.causality import Asked, Said
from assistant.text import language_of

_UP = (
    r"(?:increas|rais|ris(?:e|es|ing)\b|rose|boost|expand|grow|grew|improv|strengthen|promot|stimulat|enhanc|encourag|accelerat|creat|lift|widen|deepen|support|foster|pull|attract|spur|surg|gain|higher|more\b|"
    r"greater|larger)"
)
_DOWN = (
    r"(?:reduc|lower|cut(?:s|ting)?\b|fall|fell|declin|decreas|shrink|shrank|weaken|worsen|erod|hinder|hamper|depress|curb|undermin|discourag|deter(?:s|red|ring)?\b|slow|diminish|destroy|harm|hurt|damag|"
    r"hollow|replac|displac|crowd(?:s|ed|ing)? out|substitut|drop|los[est]|limit|prevent|threaten|fewer|less\b|smaller|jeopardi)"
)
_UP_KO = (
    r"(?:늘리|늘렸|늘린|늘려|늘어|높이|높였|높인|높여|높아|증가|확대|촉진|견인|끌어올|개선|강화|상승|성장|많아|유발)"
)
_DOWN_KO = (
    r"(?:줄이|줄였|줄인|줄여|줄어|줄|낮추|낮췄|낮춘|낮춰|낮아|감소|축소|위축|저해|악화|약화|떨어|하락|둔화|대체|공동화)"
)
_WAYS = re.compile(
    rf"\b(?P<up>{_UP})\w*|\b(?P<down>{_DOWN})\w*|(?P<up_ko>{_UP_KO})|(?P<down_ko>{_DOWN_KO})", re.IGNORECASE
)

_CONCERN = re.compile(
    r"\b(?:concern(?:s|ed)?\b(?= (?:ha[sv]e?|had|that|is|are|was|were|about|over|among|persist|remain|by|may|might|could|raised|grew|grow))|(?:fears?|feared|worr(?:y|ies|ied)|warn(?:s|ed|ing|ings)?|caution(?:s|ed)?|apprehension)\b"
    r"|critics|opponents|sceptics|skeptics)"
    r"|우려|걱정|염려|불안감|경고|비판론",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\b(?:may|might|could|can|would|will|likely|possib(?:le|ly|ility)|potential(?:ly)?|expected|predict\w*|project(?:ed|s)|forecast\w*|anticipat\w*|risks?)\b"
    r"|수 있|수도 있|가능성|것으로 (?:예상|전망|기대|추정)|(?:ㄹ|을|할|될) 것이|우려",
    re.IGNORECASE,
)


def way_asked(asked: Asked, question: str) -> int:
    """Whether a question asks if its effect is raised (1) or lowered (-1); 0 where it asks neither."""
    effect = question.find(asked.effect) if asked.effect else -1
    if effect < 0:
        return 0
    if language_of(question) == "ko":
        found = list(_WAYS.finditer(question, effect + len(asked.effect)))
        return _sign(found[0]) if found else 0
    cause = question.find(asked.cause) + len(asked.cause) if asked.cause and asked.cause in question else 0
    between = list(_WAYS.finditer(question, cause, effect)) if cause <= effect else []
    if between:
        return _sign(between[-1])
    behind = list(_WAYS.finditer(question, effect + len(asked.effect)))
    return _sign(behind[0]) if behind else 0


def way_said(said: Said, text: str, names: Callable[[str], bool]) -> int:
    """Whether a statement says that the effect rises (1) or falls (-1); 0 where its words do not show it. `names`: whether
    words name the effect."""
    if said.second is None:
        return 0
    start, end = min(said.sign.start, said.second.start), max(said.sign.end, said.second.end)
    stretch = text[start:end]
    found = list(_WAYS.finditer(stretch))
    at = _named(stretch, names)
    if at is None or not found:
        return 0
    if language_of(text) == "ko":
        behind = [m for m in found if m.start() >= at]
        return _sign(behind[0]) if behind else 0
    before = [m for m in found if m.end() <= at]
    behind = [m for m in found if m.start() >= at]
    return _sign(before[-1]) if before else _sign(behind[0]) if behind else 0


def _named(stretch: str, names: Callable[[str], bool]) -> int | None:
    """Where the words begin that name the effect: the last start from which they still do."""
    starts = [m.start() for m in re.finditer(r"[^\W_]+", stretch)]
    held = [at for at in starts if names(stretch[at:])]
    return held[-1] if held else None


def _sign(m: re.Match[str]) -> int:
    return 1 if m["up"] or m["up_ko"] else -1


def manner(text: str, said: Said) -> Manner:
    """In what manner a sentence states a cause."""
    if _CONCERN.search(text):
        return "concern"
    clause = text[max(0, said.sign.start - 40) : said.sign.end + 30 if language_of(text) == "ko" else said.sign.end]
    return "possible" if _POSSIBLE.search(clause) else "plain"
