"""What a figure of a Korean sentence is a figure of: by particles, since the verb stands behind the figure."""

from __future__ import annotations

import re

from assistant.policy.numbers.finding import Found
from assistant.policy.numbers.nouns import Counted, Narrowed
from assistant.policy.numbers.periods import times_in
from assistant.policy.numbers.words import KOREAN, korean_sectors
from assistant.stance.words import place_mentions
from assistant.types import Span

_TOPIC = re.compile(r"(?P<word>[가-힣A-Za-z0-9&·/)\u201d\u2019%-]+?)(?P<particle>은|는|이|가|도|에서는|에는)(?=[\s,])")
_CLAUSE = re.compile(
    r"(?:[가-힣](?:고|며|으며|지만|는데|면서|으나|나),?\s|[가-힣](?:했|됐|였|었|았)(?:고|으며|지만|으나),?\s|[;:.]\s|,\s(?=[가-힣]+(?:은|는|이|가)\s))"
)
_PHRASE_END = re.compile(
    r"(?:[가-힣]{2,}(?:은|는|을|를|으로|에서|에게|부터|까지|보다|에 따르면|따르면|한|된|하는|되는|인|던|할|될|며|고|도)|[가-힣]{1,}(?:로|에)(?!\s(?:대한|관한))|,|[(\u201c\u2018]|\d\s?년(?:도)?(?:에|에는)?|중|대비|기준|이후|당시|현재|가운데|해)\s(?=\S)"
)
_KEEPS = re.compile(r"(?:에 대한|에 관한|에서의|에의|으로의|로의|과의|와의|및|·)$")
_SHARE = re.compile(r"비중|비율|점유율|차지|몫")
_WHOLE = re.compile(
    r"(?P<whole>(?:[가-힣A-Za-z&·]+(?:의)?\s){0,4}?[가-힣A-Za-z&·]+)의\s(?:약\s|거의\s|최대\s|최소\s)?$"
)
_OF_WHOLE = re.compile(
    r"(?P<whole>(?:[가-힣A-Za-z&·]+(?:의)?\s){0,3}[가-힣A-Za-z&·]+?)\s?(?:에서 차지하는|에서|중|가운데|대비)\s"
)
_COUNTER = re.compile(
    r"\s?(?:여\s?)?(?:개국|개사|개소|개교|개|명|인|척|건|호|가구|마리|대|곳|종|회|석|채)?(?P<with>과|와)?(?:의)?\s(?P<noun>[가-힣A-Za-z&·]{2,14}?)(?P<end>을|를|이|가|은|는|과|와|에|의|으로|로|도|,|\.|\s|$)"
)
_OWN_COUNTERS = {"개국": "국가", "개사": "기업", "개교": "학교", "가구": "가구", "명": "", "인": ""}
_WHO = re.compile(
    r"(?<![가-힣])(?P<who>(?:(?:한국|국내|우리|해외|외국|미국|중국|일본)\s)?(?:대기업|중소기업|중견기업|재벌|기업|기업들|은행|정부|가계|가구|농가|업체))(?:들)?(?:의|이|가|은|는|에 의한)\s"
)
_PLACE_PREFIX = re.compile(
    r"(?<![가-힣])(?<!에 )대(?:미|중|일|한|러|베트남|멕시코|유럽|인도|아세안|캐나다|호주|영|독)(?=\s?(?:수출|수입|투자|무역|교역|직접투자|흑자|적자))"
)


def counted_ko(text: str, f: Found, previous: int, following: int) -> Counted:
    """What a figure counts; `previous` and `following` are where the figures beside it end and begin."""
    here = f.span
    clause = _clause_start(text, here.start)
    if f.rank:
        return _ranked_ko(text, here, clause)
    behind = _counted_noun(text, f, following)
    whole: tuple[Narrowed, ...] = ()
    share = False
    if f.unit == "percent":
        left = text[max(clause, previous) : here.start]
        m = _WHOLE.search(left)
        if m is not None and not re.search(r"(?:전년|전월)", m["whole"]) and not _NOUN_IN_UI.search(m["whole"] + "의"):
            base = max(clause, previous)
            whole = (Narrowed("of", _cut(text, Span(base + m.start("whole"), base + m.end("whole")))),)
            share = True
        share = share or _SHARE.search(text[max(clause, previous) : min(len(text), here.end + 12)]) is not None
        if share and not whole and (m := _OF_WHOLE.search(text[clause : here.start])) and KOREAN.search(m["whole"]):
            whole = (Narrowed("of", _cut(text, Span(clause + m.start("whole"), clause + m.end("whole")))),)
    if behind is not None:
        return Counted(behind, _scopes(text, behind, clause, here, following))
    quantity = _object(text, f, following) or _subject(text, clause, here)
    if quantity is not None and _SHARE.search(quantity.slice(text)):
        share = True
    scope = _scopes(text, quantity, clause, here, following)
    scope = tuple(n for n in scope if not any(n.span.overlaps(w.span) for w in whole)) + whole
    return Counted(quantity, scope, share)


_TAX = re.compile(
    r"의\s(?P<noun>(?:[가-힣]+\s)?[가-힣]*(?:관세|세금|이자|금리|수수료|할인|세율))(?=을|를|이|가|은|는|에|\s|,|\.)"
)
_USED = re.compile(
    r"(?:을|를)\s(?:[가-힣]+\s)?(?P<verb>투입|투자|지원|배정|편성|지출|출연|기부|조성|출자|대출|수출|수입|차입|지급|납부|징수|부과|벌어|절감)"
)
_WHERE_TO = re.compile(r"(?P<what>(?:[가-힣]+\s)?[가-힣]{2,})에\s(?:약\s|총\s|최대\s|연간\s)?$")


def _object(text: str, f: Found, following: int) -> Span | None:
    """`25%의 관세를`, `1조 원을 투입할`: the noun behind the figure, or what the verb does with the money."""
    if f.unit == "percent" and (m := _TAX.match(text, f.span.end)) is not None and m.end() <= following:
        return Span(*m.span("noun"))
    if f.money and (m := _USED.match(text, f.span.end)) is not None and m.end() <= following:
        return Span(*m.span("verb"))
    return None


_RANKED_BY = re.compile(
    r"(?P<what>[가-힣A-Za-z]+?)\s?(?:기준으로|기준|에서|부문에서|부문|은|는|이|가|의)?\s(?:전\s?세계|세계|글로벌|아시아|국내|OECD)?\s?(?:에서\s)?$"
)


def _ranked_ko(text: str, here: Span, clause: int) -> Counted:
    """`국내총생산 기준 세계 12위`: by what, and who."""
    m = _RANKED_BY.search(text[clause : here.start])
    quantity = None
    if m is not None and (KOREAN.search(m["what"]) or _MEASURED_END.search(m["what"])):
        quantity = Span(clause + m.start("what"), clause + m.end("what"))
    who = _topic_who(text, 0, here)
    return Counted(quantity, (Narrowed("who", who),) if who is not None and who != quantity else ())


_MEASURED_END = re.compile(r"[가-힣]{2,}(?:액|량|률|율|수지|지수|비중|규모|건수|인원|면적|가격|점수)$")
_DOER = re.compile(
    r"(?:국|정부|기업|은행|위원회|협회|학회|공사|부처|청|성|대학|연구원|당국|업체|회사|항공사|건설사|증권사|조선사)$"
)


def _topic_who(text: str, clause: int, here: Span) -> Span | None:
    """The subject, where it is a country or one who acts, and no quantity."""
    for m in _TOPIC.finditer(text, clause, here.start):
        words = m["word"]
        if not (KOREAN.search(words) or _MEASURED_END.search(words)) and (
            _DOER.search(words) or list(place_mentions(words))
        ):
            return Span(*m.span("word"))
    return None


def _clause_start(text: str, at: int) -> int:
    """Where the sentence begins, or the clause with a subject of its own."""
    start = 0
    for m in _CLAUSE.finditer(text, 0, at):
        if _TOPIC.search(text, m.end(), at):
            start = m.end()
    return start


def _counted_noun(text: str, f: Found, following: int) -> Span | None:
    """`22개 협정`, `59개국과`: the noun behind the number, or what its counter counts."""
    if f.unit not in ("count", "people") and not f.money:
        return None
    if f.money:
        m = re.compile(
            r"\s?(?:규모의|상당의|어치의)\s(?P<noun>(?:[가-힣A-Za-z&·]+\s)?[가-힣A-Za-z&·]{2,12}?)(?P<end>을|를|이|가|은|는|,|\s|\.|$)"
        ).match(text, f.span.end)
        return Span(*m.span("noun")) if m and m.end("noun") <= following else None
    m = _COUNTER.match(text, f.span.end)
    if m is not None and re.match(r"(?:명|인|개|건|척|대|곳|마리|석|채|가구)(?:이|으로|에|을|를|의|가|$)", m["noun"]):
        m = None
    if (
        m is not None
        and m.end("noun") <= following
        and not m["with"]
        and not re.match(r"(?:증가|감소|이상|이하|정도|가량|늘|줄|미만|달하|이르|체결|참여|가입)", m["noun"])
    ):
        return Span(*m.span("noun"))
    counter = f.key.counter if f.key else ""
    if _OWN_COUNTERS.get(counter):
        at = text.find(counter, f.span.end)
        return Span(at, at + len(counter)) if at >= 0 else None
    return None


_NOUN_IN_UI = re.compile(r"(?:전공|전문|공보|수련|전임|회|협|논|정|합|강|편|주|심|동|건|문|결|유|임|창|이|호)의$")
"""Nouns that end in 의: it is no particle there (`전공의 충원율`)."""
_INSTITUTION = re.compile(
    r"(?P<who>[가-힣]{1,8}(?:의료원|병원|학교|대학|공단|공사|은행|기업|조합|협회))\s(?P<what>[가-힣]{2,}.*)$", re.DOTALL
)
_SAID_OF = re.compile(
    r"(?P<word>[가-힣A-Za-z·]{2,})(?P<particle>은|는|이|가|을|를)\s(?:(?:19|20)\d\d년(?:\s\d+월)?(?:\s[말초])?(?:\s?기준)?\s|약\s|총\s|연간?\s|평균\s|현재\s|모두\s|각각\s)*$"
)
"""A noun marked as subject directly before its figure."""
_POINTING = re.compile(r"이|그|이것|이는|이들|우리|정부|여기|가운데|전체")


def _subject(text: str, clause: int, here: Span) -> Span | None:
    """The phrase that the figure is said of: marked as subject or topic, else the measured noun just before it."""
    best: Span | None = None
    for m in _TOPIC.finditer(text, clause, here.start):
        span = Span(_phrase_start(text, clause, m.start("word")), m.end("word"))
        words = span.slice(text)
        measured = list(KOREAN.finditer(words))
        if (
            (measured and measured[-1].end() >= len(words) - 2)
            or _MEASURED_END.search(words)
            or re.search(r"[가-힣]{2,}\s수$", words)
        ):
            best = span
    if best is None and (said := _SAID_OF.search(text[clause : here.start])) is not None:
        words = said["word"]
        if re.search(r"[을를]$", said["particle"]) and not re.match(r"\s?(?:명|개|건|곳|대)?으?로\s", text[here.end :]):
            words = "이"
        if not (_DOER.search(words) or list(place_mentions(words))) and not _POINTING.fullmatch(words):
            best = Span(_phrase_start(text, clause, clause + said.start("word")), clause + said.end("word"))
    if best is None:
        near = list(KOREAN.finditer(text, clause, here.start))
        if near:
            best = Span(_phrase_start(text, clause, near[-1].start()), near[-1].end())
    if best is None:
        return None
    best = _cut(text, best)
    if (split := _INSTITUTION.match(best.slice(text))) is not None:
        return Span(best.start + split.start("what"), best.end)
    owned = re.match(r"(?P<owner>.+)의\s(?:\d{4}년\s)?(?=\S)", best.slice(text))
    if (
        owned is not None
        and not _NOUN_IN_UI.search(owned["owner"] + "의")
        and (
            KOREAN.search(text, best.start + owned.end(), best.end)
            or _MEASURED_END.search(text[best.start + owned.end() : best.end])
        )
    ):
        return Span(best.start + owned.end(), best.end)
    return best


def _phrase_start(text: str, clause: int, at: int) -> int:
    start = clause
    for m in _PHRASE_END.finditer(text, clause, at):
        if not _KEEPS.search(text[clause : m.end()].rstrip()):
            start = m.end()
    return min(start, at)


def _cut(text: str, span: Span) -> Span:
    """Without what only says when or how: a year, `총`, `약`, `이`."""
    start = span.start
    for t in times_in(span.slice(text)):
        if t.span.start == 0 or not text[span.start : span.start + t.span.start].strip():
            start = span.start + t.span.end
    lead = re.match(
        r"(?:에서는\s|에는\s|에\s|의\s|로\s|으로\s|\s|이\s|그\s|해당\s|지난해\s|올해\s|작년\s|내년\s|따라\s|특히\s|또한\s|한편,?\s|반면,?\s|이에\s|이\s가운데\s|총\s)+",
        text[start : span.end],
    )
    start += lead.end() if lead else 0
    return Span(min(start, span.end - 1), span.end)


_OWNER = re.compile(r"(?P<owner>[가-힣A-Za-z]+)(?:\s\d+\s?(?:개소|개사|개교|개국|곳|개))?의\s(?:\d{4}년(?:도)?\s)?$")
_OF_PLACES = re.compile(r"(?:권|지역|취약지|도시|농촌|어촌|산간|도서|[시군구]|섬)$")
_HELD = re.compile(r"(?:의료원|병원|학교|대학|시설|기관|조합|농가|가구|업계|학생|환자|노인|청년|여성|주민|근로자)$")
_GOES_ON = re.compile(
    r"(?:의|은|는|이|가|에|에서|에게|으?로|과|와|을|를|도|만|보다|까지|부터|등|내|산|발|향|측|계|행|정부|기업|시장|현지|경제|수출|수입|투자|무역|국민|인|대상|전체|전역|에는|에도)"
    r"|\s|[^가-힣]|$"
)
"""What follows the name of a place; other letters make it part of a longer name (한국재정학회)."""
_TOWARD = re.compile(
    r"(?P<place>[가-힣]{2,8})(?:에\s대한|으로의|로의|에의|향)\s(?=[가-힣\s]{0,8}(?:수출|투자|수입|교역|무역|직접투자|판매))"
)


def _scopes(text: str, quantity: Span | None, clause: int, here: Span, following: int) -> tuple[Narrowed, ...]:
    """Who, which sector and where, of the words between the clause's start and the figure."""
    found: list[Narrowed] = []

    def add(n: Narrowed) -> None:
        if not any(n.span.overlaps(x.span) for x in found):
            found.append(n)

    window = text[clause : here.start]
    if quantity is not None and quantity.start >= 2 and (m := _OWNER.search(text[clause : quantity.start])) is not None:
        name = m["owner"]
        acts = _DOER.search(name) or place_mentions(name) or _HELD.search(name)
        idle = re.match(r"\d|이(?![가-힣]{2})|그(?![가-힣]{2})|해당", name) or KOREAN.fullmatch(name)
        if _NOUN_IN_UI.search(name + "의"):
            idle = acts = None
        if acts and not idle:
            add(Narrowed("who", Span(clause + m.start("owner"), clause + m.end("owner"))))
        elif not idle and _OF_PLACES.search(name) and len(name) > 1:
            add(Narrowed("place", Span(clause + m.start("owner"), clause + m.end("owner"))))
    if (
        quantity is not None
        and (m := _INSTITUTION.match(text[max(clause, quantity.start - 12) : quantity.end].lstrip())) is not None
    ):
        lead = text.find(m["who"], max(clause, quantity.start - 12))
        if lead + len(m["who"]) + 1 == quantity.start:
            add(Narrowed("who", Span(lead, lead + len(m["who"]))))
    for m in _WHO.finditer(window):
        add(Narrowed("who", Span(clause + m.start("who"), clause + m.end("who"))))
    for m in _PLACE_PREFIX.finditer(window):
        add(Narrowed("place", Span(clause + m.start(), clause + m.end())))
    for sector in korean_sectors():
        at = re.search(
            rf"(?<![가-힣]){re.escape(sector)}(?:\s?(?:업종|산업|부문|업계|분야))?(?!업체|회사|기업|관세율|협회|공사|은행|청|부(?![가-힣])|연구)",
            window,
        )
        if at is not None:
            add(Narrowed("sector", Span(clause + at.start(), clause + at.end())))
    for m in _TOWARD.finditer(text, clause, here.start):
        add(Narrowed("place", Span(*m.span("place"))))
    if (
        (where := _WHERE_TO.search(text[clause : here.start])) is not None
        and quantity is not None
        and quantity.start > here.end
    ):
        add(Narrowed("other", Span(clause + where.start("what"), clause + where.end("what"))))
    for _, span in place_mentions(text):
        if re.search(r"에\s대?$", text[: span.start]) and text[span.start : span.end] in ("한", "대한"):
            continue
        if not _GOES_ON.match(text, span.end):
            continue
        if clause <= span.start < here.start:
            owner = re.match(r"(?:의|\s?(?:정부|기업|내))", text[span.end :])
            abroad = re.match(r"(?:에\s?대한|으로의|로의|에의|에|내|향|\s?현지|과의|와의|\s?시장)", text[span.end :])
            add(Narrowed("place" if abroad or not owner else "who", span))
    if not any(n.aspect == "who" for n in found) and (who := _topic_who(text, clause, here)) is not None:
        add(Narrowed("who", who))
    return tuple(sorted(found, key=lambda n: n.span.start))
