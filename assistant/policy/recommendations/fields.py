"""The fields of an English or Korean recommendation beside who and what: by which instrument, for whom, in which case."""

from __future__ import annotations

import re

from assistant.policy.recommendations.actors import COUNTRY, acts, acts_ko, head, kinds
from assistant.policy.recommendations.readings import trimmed
from assistant.types import Span

_TOOL = (
    r"(?:agreements?|treat(?:y|ies)|pacts?|ftas?|(?:tax )?incentives?|tax (?:credits?|breaks?|relief|cuts?)|subsid(?:y|ies)|grants?|loans?|guarantees?|insurance|funds?|funding|financing|"
    r"sandbox(?:es)?|visas?|quotas?|tariffs?|tariff rates|levies|levy|duties|licen[cs]es|standards|certifications?|patents|regulations?|rules|laws?|legislation|bills?|acts?|"
    r"program(?:me)?s?|curricula|internships|apprenticeships?|training|scholarships|platforms?|packages?|frameworks?|mechanisms?|bod(?:y|ies)|councils?|committees?|task forces?|working groups?|"
    r"clusters?|hubs?|centers?|centres?|corridors?|zones?|partnerships?|consultations?|dialogues?|negotiations?|procurement|bonds?|"
    r"assistance|support|compensation|export controls|sanctions|budgets?|investment|investments|accession|membership|recycling|stockpil(?:es?|ing)|assurances|measures|"
    r"systems?|networks?|databases?|registr(?:y|ies)|guidelines?|codes?|campaigns?|services?|reserves?|instruments?|policies|policy|projects?|arrangements?|pathways|exchanges?|talks)"
)
_MADE = re.compile(
    r"(?:^|(?<=[\s—–]))(?<!through on )(?:by(?: means of)?|through|via|using|by way of|with the help of|leveraging|drawing on|including through|including by|on the basis of)\s(?=[a-z“\"'A-Z])"
)
_BY_ACTOR = re.compile(
    r"\b(?:firms?|companies|government|investors|employers|congress|banks?|foreign firms|both sides)\b", re.IGNORECASE
)
_NO_TOOL = re.compile(
    r"by (?:(?:19|20)\d\d|(?:the )?(?:end|start|middle) of|then|now|far|itself|themselves|contrast|about|\d)|through (?:the )?(?:19|20)\d\d",
    re.IGNORECASE,
)
_CUT = re.compile(
    r",\s(?:and|but|while|which|where|so|as well as|allowing|enabling|ensuring|making|thereby|thus|such as|including)\b|;|\s(?:such as|including)\s|\s(?:to|in order to|so that|that|which|where|while|as well as|if|when|unless|for (?:smes?|firms|companies))\s|[—–]|\.$|[()]"
)
_SUCH = re.compile(r",?\s?(?:\(|—|–|,\s)?\s?(?:such as|including|namely)\s", re.IGNORECASE)
_MAKES = re.compile(
    r"^(?:(?:actively|also|carefully|clearly|further|jointly|quickly|substantially|systematically|formally)\s)?(?P<verb>offer|provide|providing|create|creating|establish|establishing|develop|developing|build|building|"
    r"introduce|introducing|adopt|adopting|conclude|concluding|set up|setting up|launch|launching|enact|enacting|institutionali[sz]e|institutionali[sz]ing|negotiate|negotiating|request|requesting|"
    r"expand|expanding|strengthen|strengthening|improve|improving|form|forming|design|designing|fund|funding|finance|join|joining|sign|signing|ratify|pass|grant|increase|extend|"
    r"pursue|pursuing|pilot|maintain|maintaining|reform|reforming|amend|promote|secure|utili[sz]e|use|leverage|make (?:effective |active |full |better )?use of|seek)\s(?P<what>.+)$",
    re.DOTALL,
)
_JOINS = re.compile(
    r"\b(?:accession|adherence|membership|membership of)(?:\sof\s[A-Z][\w\s]*?)?\s(?:to|in|of)\s(?:the\s)?(?P<what>[A-Z][^,;]+?)(?=\s(?:at|by|as|in|while|with)\s|[,;.]|$)"
)
_ACTOR_WORDS = r"(?P<who>(?:the |a |an )?[\w&'’.-]+(?:\s[\w&'’.-]+){0,4})"
_SERVED = (
    re.compile(
        r"\b(?:assurances?|guarantees?|confidence|certainty|assure|assuring|ensure|ensuring|so|such)\sthat\s(?P<who>[^,;.]{2,70}?)\s(?:can|could|may|are able)\b"
    ),
    re.compile(
        r"\b(?:upgrading|growth|development|competitiveness|participation|expansion|capabilit(?:y|ies)|capacity|capacities|skills|protection|training|position|resilience|productivity|"
        r"entry|needs|interests|technologies)\s(?:of|for|among|by)\s" + _ACTOR_WORDS
    ),
    re.compile(
        r"\b(?:give|giving|offer|offering|grant|granting|provide|providing|guarantee|lend|teach|equip|assist|assisting|empower|empowering|accessible to|available to|benefits? to|"
        r"benefiting|prepare)\s" + _ACTOR_WORDS
    ),
)
_FOR = re.compile(
    r"\b(?P<by>for|to support|to help|to assist|to enable|to allow|to protect|supporting|support|helping|help|assist|enable|enabling|allow|allowing|protect|protecting|benefit|to)\s(?P<who>(?:the |a |an )?[\w&'’.-]+(?:\s[\w&'’.-]+){0,5})"
)
_CONDITION = re.compile(
    r"(?:^|(?<=[,;]\s)|(?<=\s))(?P<if>(?:if|when|whenever|where|once|unless|provided that|as long as|so long as|in case|in cases where|in the event (?:that|of)|until|should the)\s[^,;]+)",
    re.IGNORECASE,
)
_IN_CASE = re.compile(
    r"(?:^|(?<=,\s))(?P<if>in (?:such|these|those|that|this) (?:cases?|an event|circumstances?|situations?|event)|for \w+ that [^,]+|for such \w+|otherwise|in that case)(?=,)",
    re.IGNORECASE,
)

_MADE_KO = re.compile(
    r"(?P<what>[^,.;]{2,50}?)(?:을|를)\s(?:통해|통하여|통한|활용하여|활용해|활용한|이용하여|이용해|바탕으로|활용함으로써)|(?P<doing>[^,.;]{2,50}?(?:함|임|됨)으로써)"
)
_TOOL_KO = (
    r"(?:융자|대출|보조금|지원금|장려금|기금|펀드|협정|협약|조약|혜택|세액공제|공제|인센티브|보험|보증|프로그램|플랫폼|센터|클러스터|단지|특구|특별법|기본법|법안|법률|인증|비자|바우처|협의체|위원회|"
    r"기구|대화|협의|금융|교육|훈련|제도|체계|시스템|지원|협력|패키지|로드맵|가이드라인|네트워크|거버넌스|관세|할당제|쿼터|이력제|연금|투자)"
)
_MAKES_KO = re.compile(
    rf"(?P<what>(?:[가-힣A-Za-z&·]+\s){{0,2}}[가-힣A-Za-z·]*{_TOOL_KO})(?:을|를|의)?\s(?:[가-힣]+(?:히|게|으로|적으로)\s)?(?:더욱\s|조속히\s|적극\s)?"
    r"(?:도입|구축|체결|마련|신설|설치|확대|제공|강화|운영|제정|개정|조성|추진|설립|지원|개설|확충|활용|부여|정비|가입)"
)
_FOR_KO = re.compile(
    r"(?P<who>[가-힣A-Za-z·]+?)(?:을|를)\s(?:위한|위해|위하여|대상으로|지원하|보호하|돕)|(?P<who2>[가-힣·]+?)(?:에게|에 대한|에 대해)\s|(?P<who3>[가-힣·]+?)의\s(?:해외|기술|경쟁력|부담|참여|접근|진출|역량)|(?P<who4>[가-힣·]+?)\s(?:지원|육성|보호)"
)
_CONDITION_KO = re.compile(
    r"(?P<if>[^,.;]{2,60}?(?:할 경우(?:에는|에)?|하는 경우(?:에는|에)?|될 경우(?:에는|에)?|경우(?:에는|에도|에)?|[되하으]면|라면|다면|할 때(?:에는|는)?|시(?:에는|에)|[는은한된] 이상))(?=,?\s)"
)


def instruments(text: str, action: Span) -> tuple[Span, ...]:
    """The means that an English action names: behind `through` and `by`, in a list behind `such as`, or what it makes."""
    found: list[Span] = []
    words = action.slice(text)
    for m in _MADE.finditer(words):
        if _NO_TOOL.match(words[m.start() :]):
            continue
        start = action.start + m.end()
        stop = _CUT.search(text, start, action.end)
        span = trimmed(text, start, stop.start() if stop else action.end)
        said = span.slice(text)
        doing = re.match(r"[a-z]+ing\b", said)
        if (
            not doing
            and m.group().startswith("by")
            and (acts(head(said)) or not re.search(rf"\b{_TOOL}$", head(said), re.IGNORECASE))
        ):
            continue  # who does it, or by how much
        if doing and not re.search(rf"\b{_TOOL}\b", said, re.IGNORECASE):
            continue
        found.append(span)
    tail = _SUCH.search(words)
    if tail and re.search(rf"\b{_TOOL}$", words[: tail.start()], re.IGNORECASE):
        found += _list(text, action.start + tail.end(), action.end)
    found += [
        Span(*m.span("what"))
        for m in _JOINS.finditer(text, action.start, action.end)
        if not any(Span(*m.span("what")).overlaps(f) for f in found)
    ]
    if not found or tail is None:
        found += [s for s in _made(text, action) if not any(s.overlaps(o) for o in found)]
    return tuple(sorted(found))


def _list(text: str, start: int, end: int) -> list[Span]:
    stop = re.search(r"[—–;)]|,\s(?:which|that|where|to|so)\b|\s(?:to|that|which)\s", text[start:end])
    end = start + stop.start() if stop else end
    found, at = [], start
    for m in [*re.finditer(r",\s(?:and\s|or\s|as well as\s)?|\s(?:and|or)\s(?=[^,]*$)", text[start:end])]:
        found.append(trimmed(text, at, start + m.start()))
        at = start + m.end()
    found.append(trimmed(text, at, end))
    return [s for s in found if len(s) and not re.match(r"(?:what|how|those|whether)\b", s.slice(text))]


def _made(text: str, action: Span) -> list[Span]:
    """The thing that the action makes, offers or joins, where it is a tool of policy."""
    m = _MAKES.match(action.slice(text))
    if m is None:
        return []
    start = action.start + m.start("what")
    stop = re.search(
        r"[,;—–(:]|\s(?:to|that|which|for|with|between|across|among|where|in|under|by|through|at|of|as)\s",
        text[start : action.end],
    )
    span = trimmed(text, start, start + stop.start() if stop else action.end)
    span = Span(
        span.start
        + (len(a.group()) if (a := re.match(r"(?:an?|the|its|their|more|stronger|new)\s", span.slice(text))) else 0),
        span.end,
    )
    joins = _JOINS.search(text, action.start, action.end)  # then the pact is named
    return [span] if re.search(rf"\b{_TOOL}$", span.slice(text), re.IGNORECASE) and not joins else []


def beneficiaries(text: str, action: Span, actor: str | None) -> tuple[Span, ...]:
    """Those for whom it is done: actors behind `for`, `support`, `enable`."""
    found: list[Span] = []
    for m in _FOR.finditer(text, action.start, action.end):
        span = _noun(text, m.start("who"), m.end("who"))
        named = kinds(span.slice(text)) - {COUNTRY}
        if not named or m["by"] == "to" or span.slice(text) == actor or any(span.overlaps(f) for f in found):
            continue
        if m["by"] == "for" and re.search(
            r"(?:responsib\w+|need|call|calls|essential|important)\s$", text[: m.start()]
        ):
            continue
        found.append(span)
    for m in (m for pattern in _SERVED for m in pattern.finditer(text, action.start, action.end)):
        span = _noun(text, *m.span("who"))
        if m.re is _SERVED[2] and m.start() - action.start > 25:
            continue  # what is given to them is not what is recommended
        if acts(span.slice(text)) and span.slice(text) != actor and not any(span.overlaps(f) for f in found):
            found.append(span)
    return tuple(sorted(found))


def _noun(text: str, start: int, end: int) -> Span:
    """Up to the head of a noun phrase: the first name of an actor, with what belongs to it."""
    words = text[start:end]
    stop = re.search(
        r"\s(?:in|of|on|at|with|from|to|by|that|which|who|are|is|as|already|operating|and|or|through|engaging|engage|working|choose|obtain|when|where|if|can|will|against|under|for)\b|[.,;](?:\s|$)",
        words,
    )
    words = words[: stop.start()] if stop else words
    parts = words.split(" ")
    for n in range(len(parts), 0, -1):
        if kinds(parts[n - 1]) - {COUNTRY}:
            return trimmed(text, start, start + len(" ".join(parts[:n])))
    return trimmed(text, start, start + len(words))


def condition(text: str, action: Span, sign: Span) -> Span | None:
    """The clause that says in which case: before the sign or at the end. A purpose and a reason are none."""
    if m := _IN_CASE.search(text, 0, sign.start):
        return Span(*m.span("if"))
    for m in _CONDITION.finditer(text):
        words = m["if"]
        before = text[: m.start()].rstrip()
        first = m.start() == 0 or before.endswith((",", ";"))
        opener = words.split(" ")[0].lower()
        if opener in ("where", "when") and not first:
            continue
        if opener in ("where", "when") and m.start() > sign.start:
            continue  # `clusters, where research can occur`: it tells of the noun
        if opener == "until" or (
            not first and re.search(r"\b(?:consider|determine|see|know|ask|decide|examine|of|as|even)$", before)
        ):
            continue
        if re.match(r"if (?:any|not|so|necessary|possible|needed|at all|only)\b", words, re.IGNORECASE):
            continue
        return trimmed(text, *m.span("if"))
    return None


def instruments_ko(text: str, start: int, end: int) -> tuple[Span, ...]:
    found = []
    for m in _MADE_KO.finditer(text, start, end):
        name = "what" if m["what"] else "doing"
        span = Span(*m.span(name))
        subject = re.search(r"(?:은|는|이|가|,)\s", span.slice(text))
        found.append(trimmed(text, span.start + (subject.end() if subject else 0), span.end))
    for m in _MAKES_KO.finditer(text, start, end):
        span = Span(*m.span("what"))
        ties = list(
            re.finditer(
                r"(?:^|(?<=\s)|[가-힣])(?:은|는|이|가|을|를|도록|위한|에게|에서|대한|하여|하고|하는|있는|관한)\s",
                span.slice(text),
            )
        )
        span = trimmed(text, span.start + (ties[-1].end() if ties else 0), span.end)
        if not any(span.overlaps(f) for f in found):
            found.append(span)
    return tuple(sorted(s for s in found if len(s) > 1))


def beneficiaries_ko(text: str, start: int, end: int) -> tuple[Span, ...]:
    found: list[Span] = []
    for m in _FOR_KO.finditer(text, start, end):
        name = next(n for n in ("who", "who2", "who3", "who4") if m[n])
        if acts_ko(m[name]) and not any(Span(*m.span(name)).overlaps(f) for f in found):
            found.append(Span(*m.span(name)))
    return tuple(found)


def condition_ko(text: str, start: int, end: int) -> Span | None:
    m = _CONDITION_KO.search(text, start, end)
    return trimmed(text, *m.span("if")) if m else None
