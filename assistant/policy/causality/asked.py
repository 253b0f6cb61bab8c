"""Whether a question asks if one thing brings about another, or what does.

A question after a correlation, and one whether somebody did something (`Did the government raise the tariff?`), asks for
no cause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.policy.causality.deeds import is_thing
from assistant.text import language_of


@dataclass(frozen=True, slots=True)
class Asked:
    """The two things of a question, in its words; '' for the one that it asks for."""

    cause: str
    effect: str
    whether: bool = False
    """Whether both are named, and it asks if the one brings about the other."""


_CORRELATED = re.compile(
    r"\b(?:correlat\w+|associat(?:ed|ion)\b|relat(?:ed|ionship)\b|link(?:ed)? (?:to|with|between)|connect(?:ed|ion)|go together|in tandem)|상관|연관|관련성|관계가",
    re.IGNORECASE,
)
_CHANGE = (
    r"(?:cause|increase|reduce|raise|lower|boost|cut|expand|improve|worsen|erode|weaken|strengthen|disrupt|hinder|hamper|accelerate|slow|depress|curb|stimulate|promote|undermine|enhance|"
    r"affect|influence|encourage|discourage|deter|attract|harm|hurt|damage|benefit|diminish|destroy|create|drive|spur|trigger|fuel|prompt|induce|generate|lead to|result in|contribute to|"
    r"bring about|help|hollow out|crowd out|substitute for|replace|displace|pull|push|threaten|change|explain|prevent|limit|shrink|stop|end|support|foster|facilitate|deepen|widen)"
)
_DOES = re.compile(
    rf"\b(?:does|do|did|will|would|can|could|may|might|has|have|had) (?P<cause>[^?,;]{{2,120}}?) (?:really |actually |also |in fact |still |to )?(?P<verb>{_CHANGE}|(?:caused|increased|reduced|raised|lowered|boosted|expanded|improved|worsened|weakened|strengthened|hurt|harmed|led to|resulted in|contributed to|driven|created|affected|helped|replaced|displaced)) (?P<effect>[^?]{{2,160}})\?*",
    re.IGNORECASE,
)
_MAKES = re.compile(
    r"\b(?:does|do|did|will|would|can|could|has|have) (?P<cause>[^?,;]{2,120}?) (?:make|made|cause|caused|lead|let|help) (?P<effect>[^?]{2,120}?)(?: (?:to )?(?:grow|rise|fall|increase|decline|go up|go down|shrink|expand|larger|smaller|higher|lower))\b",
    re.IGNORECASE,
)
_IS = re.compile(
    r"\b(?:is|are|was|were) (?P<cause>[^?;]{2,120}?) (?:(?:really |partly |mainly |the |a |an |main |key |major |one |of |real |primary )*(?:responsible for|causes? of|reasons? (?:for|why|that)|drivers? of|to blame for|behind|explanation for)) (?P<effect>[^?]{2,160})",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:is|are|was|were|has|have|did|do|does) (?P<effect>[^?;]{2,140}?) (?:been )?(?:mainly |partly |largely |really )?(?:caused by|due to|because of|because|driven by|the result of|a result of|a consequence of|attributable to|explained by|thanks to|brought about by|result from|stem from) (?P<cause>[^?]{2,140})",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"\b(?:what|which|how (?:large|big|strong|much of an?)) (?:\w+ )?(?:is|are|was|were|kind of )?\s?(?:the )?(?:\w+ )?(?:effects?|impacts?|influence|consequences?) (?:of|do|does|did|has|have|had|will|would|could) (?P<cause>[^?]{2,120}?) (?:on|upon|for|have on|has on|had on) (?P<effect>[^?]{2,140})",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"\bhow (?:does|do|did|will|would|has|have) (?P<cause>[^?]{2,120}?) (?:affect(?:ed)?|influenced?|impact(?:ed)?|change[d]?|shaped?|contributed?(?: to)?) (?P<effect>[^?]{2,140})",
    re.IGNORECASE,
)
_WHAT = re.compile(
    r"\b(?:what|which \w+) (?:has |have |is |are |was |were )?(?:\w+ly )?(?:caus(?:e|es|ed|ing)|driv(?:es|ing|en)|drove|led to|leads to|explains?|brought about|triggered|is behind|was behind|made) (?P<effect>[^?]{2,160})",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    r"\bwhat (?:is|are|was|were) the (?:main |key |major )?(?:causes?|drivers?) of (?P<effect>[^?]{2,160})",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\bwhy (?:is|are|was|were|did|does|do|has|have|had) (?P<effect>[^?]{2,160}?)(?: (?:increas|ris|rose|grow|grew|fall|fell|declin|drop|expand|shrink|surg|chang)\w*)",
    re.IGNORECASE,
)
_CAUSES_KO = re.compile(
    r"(?P<cause>\S[^?]{0,60}?)(?:은|는|이|가) (?P<effect>[^?]{1,60}?)(?:을|를|에) ?(?:\S+ )?(?P<verb>늘리|늘렸|늘린|늘려|줄이|줄였|줄인|줄여|높이|높였|높인|낮추|낮췄|낮춘|증가시|감소시|확대시|축소시|악화시|개선시|위축시|대체|촉진|저해|유발|초래|야기|견인|떨어뜨|끌어올|해치|훼손|영향)"
)
_BECAUSE_KO = re.compile(
    r"(?P<cause>\S[^?]{0,60}?)(?: ?때문(?:에|인|이|입)|(?:으로|로) ?인(?:해|한|하여)|덕분|탓)(?P<effect>[^?]{0,80})"
)
_REASON_KO = re.compile(
    r"(?P<one>\S[^?]{0,80}?)(?:의|을|를|은|는|이|가|게 된|된|한|시킨|리는|이는) ?(?:\S+ ){0,2}?(?:원인|요인|이유)(?:은|는|이|가|인|입|일)?"
)
_EFFECT_KO = re.compile(
    r"(?P<cause>\S[^?]{0,60}?)(?:이|가|은|는|의) (?P<effect>[^?]{1,60}?)에 ?(?:미치는|미친|대한|주는|끼친|끼치는) ?(?:\S+ )?(?:영향|효과)"
)
_IF_KO = re.compile(
    r"(?P<cause>\S[^?]{0,50}?)(?:이|가|을|를|은|는) ?(?:더 |크게 )?(?:늘어나|늘|줄어들|줄|많아지|적어지|높아지|낮아지|커지|작아지|오르|내리|떨어지|증가하|감소하|상승하|하락하|확대되|축소되|늘리|줄이|높이|낮추)(?:으)?면,? "
    r"(?P<effect>[^?]{1,50}?)(?:이|가|은|는|도) ?(?:더 |함께 |크게 )?(?:늘|줄|증가|감소|많아|적어|높아|낮아|커지|작아|오르|오를|내리|내릴|떨어|상승|하락|확대|축소|개선|악화)"
)
_OPEN = re.compile(r"\b(?:what|which|who|whom|whose|how|why|where|when)\b", re.IGNORECASE)
_OPEN_KO = re.compile(r"어떤|어떻게|무엇|무슨|누가|왜|얼마|어느|몇|(?:영향|효과|원인|요인|이유)(?:은|는)?\s*\??$")
"""Words with which a question asks for a thing, and not whether."""
_CHANGED_KO = re.compile(r"늘|줄|증가|감소|상승|하락|확대|축소|성장|올랐|내렸|떨어|높아|낮아")


def asked(question: str) -> Asked | None:
    """What a question wants the cause or the effect of; None where it asks for neither."""
    text = " ".join(question.split())
    if _CORRELATED.search(text):
        return None
    if language_of(text) != "ko":
        return _english(text)
    found = _korean(text)
    if found is None:
        return None
    return replace(found, whether=bool(found.cause and found.effect) and not _OPEN_KO.search(text))


def _english(text: str) -> Asked | None:
    for pattern in (_EFFECT, _HOW, _IS, _BY, _MAKES, _WHAT_IS):
        if m := pattern.search(text):
            found = m.groupdict()
            cause, effect = (found.get("cause") or "").strip(), (found.get("effect") or "").strip(" ?.")
            return Asked(cause, effect, pattern in (_IS, _BY, _MAKES) and not _OPEN.search(text))
    if m := _DOES.search(text):
        explicit = re.match(
            r"cause|lead|led|result|contribut|bring|affect|influenc|spur|trigger|induc", m["verb"], re.IGNORECASE
        )
        if explicit or _works(m["cause"].strip()):
            return Asked(m["cause"].strip(), m["effect"].strip(" ?."), not _OPEN.search(text))
        return None
    for pattern in (_WHAT, _WHY):
        if m := pattern.search(text):
            return Asked("", m["effect"].strip(" ?."))
    return None


def _works(cause: str) -> bool:
    """Whether a thing does it, or a measure of which is asked whether it works."""
    return is_thing(cause, measures=True) or is_thing(cause, opens=" " not in cause, measures=True)


_ACTOR_KO = re.compile(
    r"(?:정부|기업|업체|당국|국회|의회|은행|위원회|대통령|장관|행정부|법원|협회|한국|미국|중국|일본|유럽연합|저자|우리|누가|누구)(?:들)?$"
)


def _korean(text: str) -> Asked | None:
    bare = text.rstrip(" ?.")
    if (m := _EFFECT_KO.search(bare)) or (m := _CAUSES_KO.search(bare)):
        if _ACTOR_KO.search(m["cause"]) and "영향" not in m.group():
            return None
        return Asked(m["cause"].strip(), m["effect"].strip())
    if m := _IF_KO.search(bare):
        return Asked(m["cause"].strip(), m["effect"].strip())
    if m := _BECAUSE_KO.search(bare):
        cause, effect = m["cause"].strip(), m["effect"].strip()
        subject = re.match(r"(?P<effect>.+)(?:은|는|이|가) (?P<cause>.+)$", cause)
        if subject and not re.search(r"[늘줄증감상하확축성]", effect):
            return Asked(subject["cause"], subject["effect"])
        return Asked(cause, effect)
    if m := _REASON_KO.search(bare):
        two = re.match(r"(?P<cause>.+?)(?:은|는|이|가) (?P<effect>.+)$", m["one"])
        return Asked(two["cause"], two["effect"]) if two else Asked("", m["one"].strip())
    if re.search(r"(?<![가-힣])왜(?![가-힣])", bare) and _CHANGED_KO.search(bare):
        return Asked("", " ".join(bare.replace("왜", " ").split()))
    return None
