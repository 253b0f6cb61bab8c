"""Signs by which a Korean sentence recommends: they stand at the end of its clauses."""

from __future__ import annotations

import re

from assistant.policy.recommendations.readings import Form, Reading, trimmed
from assistant.policy.recommendations.subjects_ko import addressee, bracketed, bracketed_behind, speaks, subject_ko
from assistant.types import Span
from assistant.types.policy import Strength

_SAID = r"(?:주장|지적|강조|밝[혔히힌]|말[했한하]|요구|촉구|제안|권고|목소리|의견|견해|입장|분석|비판|설명|조언|건의|덧붙|전했|보도|경고|역설|언급|평가|인식|여론|요청|당부|논의가|논리)"
_QUOTES = re.compile(r"(?:하다|다|자|라)?[\"']?(?:고|는|라고|라는|다고|다는|며|면서)\s(?:[^\s.]{1,12}\s){0,4}?" + _SAID)
_JUDGED = re.compile(
    r"(?:고|라고|다고)\s(?:판단|결론|결론지|결정|결의|의결|판정|합의|생각|여기|여겼|보았|봤)(?:하였|했|내렸|되었|됐|았|었|다)"
)
"""What was concluded then: history."""
_WEIGHS = r"(?:검토|고려|모색|논의|타진|고민|연구|탐색)"
_PREDICATE = (
    r"(?:하다|하며|하고|함|합니다|할 것이다|하겠다|하다고|하다는|하지만|하므로|하나|한 시점|한 때|해 보인다|해진다)"
)
_PATTERNS: tuple[tuple[str, Form, Strength, bool], ...] = (
    (rf"{_WEIGHS}(?:을|를|도)?\s?(?:해야|하여야|할 필요|해 ?볼 필요|할 만|해 ?볼 만|할 수 있|하는 것이 (?:바람직|좋|필요)|(?:가|이)? ?필요)\s?(?:만\s?)?(?:가|이|도|는|은)?\s?"
     r"(?:한다|할 것|하며|하고|함|하다|있다|있을|있음|있으며|하겠다|크다)?", "may", "considering", False),
    (r"[가-힣]야\s?만?\s?(?:했다|했으며|하였다|했던)", "modal", "should", True),
    (r"[가-힣]야\s?만?\s?(?:한다|할 것|하며|하고|함|합니다|할 때|하겠다|할 시점|하지만|하므로|하는데|마땅하다)", "modal", "should", False),
    (r"[가-힣](?:지 않으면|서는|아서는|어서는) 안 ?(?:된다|되며|될 것)", "modal", "must", False),
    (r"[가-힣]+\s?필요(?:가|도|성이|성도)?\s?(?:있다|있으며|있고|있음|있습니다|있을 것|크다|절실하다|시급하다|있겠다|있지만|제기된다|있어)", "modal", "should", False),
    (r"(?:이|가|성이|할)\s?필요(?:가|성이)?\s?(?:있었다|컸다|했다|하였다|하였으며|했으며)", "needed", "should", True),
    (rf"(?:이|가|도|은|는|또한|더욱|더|매우|무엇보다|시급히|절실히|반드시)\s필요{_PREDICATE}", "needed", "should", False),
    (r"(?:필수적|필수불가결|불가결)(?:이다|이며|이고|임|입니다|이라고|이라는|이라 하겠다)", "needed", "must", False),
    (rf"(?:이|가|도|더욱|매우|무엇보다)\s(?:시급|절실|긴요|긴급|불가피){_PREDICATE}", "needed", "must", False),
    (rf"(?:는 것이|도록 하는 것이|는 것도|무엇보다)\s(?:매우 |더욱 |무엇보다 )?(?:바람직|중요|유익|타당|적절){_PREDICATE}", "needed", "should", False),
    (rf"(?:지원|협력|노력|대응|개선|강화|정비|확대|투자|대책|전략|참여|소통|조율|관리|개혁|확보|구축|마련)(?:이|가|도)\s(?:매우 |더욱 |무엇보다 )?중요{_PREDICATE}", "needed", "should", False),
    (r"(?:이|가|도|또한|더욱|절실히)\s(?:요구|요청|요망)(?:된다|되며|되고|됨|됩니다|되는 시점|되고 있다|된다고|된다는)", "needed", "should", False),
    (r"(?:을|를|것을|도록|하자고|기를)\s(?:[가-힣]+(?:에|에게)\s)?(?:강력히 |거듭 |적극 )?(?:권고|제언|제안|촉구|건의|당부|요구|주문|요청)(?:한다|하며|하고|함|합니다|하고자 한다|하였다|했다|해 왔다|하고 있다|한 바)", "proposes", "should", False),
    (r"(?:이|가)\s시급한\s(?:과제|일|문제)(?:이다|이며|이고|임|입니다)", "needed", "must", False),
    (r"(?:정책 ?방향|방향|방안|과제|전략|대안|제언)(?:을|를)\s(?:제시)(?:한다|하며|하고|함|합니다|하고자 한다)", "proposes", "should", False),
    (r"(?:는|ㄹ|을|할) (?:방안|대안|방법)(?:도|이|을)\s(?:있다|가능하다|생각해 볼 수 있다|생각할 수 있다|모색할 수 있다)", "modal", "could", False),
)  # fmt: skip
_NOTED = r"(?=[.]?[\"']?\s*(?:\([^)]*\)[.]?\s*)?$)"
"""At the end of a sentence or item in note style, before who should act in brackets."""
_MORE: tuple[tuple[str, Form, Strength, bool], ...] = (
    (r"(?:[가-힣](?<!증가)(?<!감소)(?<!상승)(?<!하락)(?<!발생)(?<!초과)(?<!가능)(?<!필요)(?<!충분)(?<!도달)(?<!존재)할|시킬|말|록 할)\s?것" + _NOTED, "modal", "should", False),
    (r"(?:하기(?:를)?|(?<=[가-힣])기를?)\s(?:바란다|바람|바랍니다|바라며|희망한다)", "modal", "should", False),
    (r"(?:하도록|토록|도록)\s하자" + _NOTED + r"|(?<=[가-힣]{2})하자(?=[.]\s*$)", "modal", "should", False),
    (r"(?:하였|했|(?<=[가-힣]))으면\s(?:한다|함|좋겠다|싶다)(?=[.]|$)", "modal", "should", False),
    (r"(?:(?:하나의|한|또 다른|좋은|유력한|현실적인) )*(?:대안|방안|방법|해법|해결책|선택지)(?:이|가|도|으로)?\s(?:될|고려될|검토될)\s수\s?(?:도\s)?(?:있다|있을 것이다|있음|있겠다)", "modal", "could", False),
    (r"(?:이|가|은|는|도)\s(?:가장 |무엇보다 )?(?:급선무|급선무라 할 수 있|최우선 과제|선결 과제|당면 과제|시급한 과제)(?:이다|다|이며|임|라 하겠다)", "needed", "must", False),
    (r"(?:함이|임이|됨이|는 것이|는 것도|는 게)\s(?:매우 |더 |더욱 |가장 |무엇보다 )?(?:바람직|타당|적절|적합|합당|마땅|현명)(?:하다|하며|함|합니다|할 것이다|하겠다|해 보인다)", "needed", "should", False),
    (r"(?:는 것이|(?<=는\s)편이|는 게)\s(?:더 |가장 )?(?:옳다|맞다|낫다|좋다|좋을 것이다|옳을 것이다)(?=[.]|$)", "needed", "should", False),
    (r"(?:을|를|것을|도록)\s(?:강력히 |거듭 |적극 )?(?:권고|제언|제안|촉구|건의|요망)(?:됨|함|된다)?" + _NOTED, "proposes", "should", False),
    (r"(?:이|가|도)\s(?:시급히 |조속히 |절실히 |우선 )?(?:요망|요구|필요|시급|절실)(?:됨)?" + _NOTED, "needed", "should", False),
    (r"할\s필요" + _NOTED, "modal", "should", False),
)  # fmt: skip
_PATTERNS = (*_PATTERNS, *_MORE)
_DENIED = re.compile(
    r"[가-힣]{0,4}?(?:[은는이가도]|고)?\s?(?:(?:할\s)?것[은이도]?\s?|보기[는도에]?\s?|볼 수[는도]?\s?|볼 것[은이]?\s?|말할 수[는도]?\s?|생각하지[는도]?\s?|보지[는도]?\s?)(?:아니|어렵|없|않)|[은는이도가]?\s?(?:아니|없)"
)
"""Behind a sign: it is not the case, or cannot be said, that this must be done."""
_SIGNS = tuple((re.compile(p), form, strength, past) for p, form, strength, past in _PATTERNS)
_OWN_KO = re.compile(
    r"^(?:본고|본 ?메모|이 ?메모|본 ?연구원|본 ?연구진|연구진|본 ?브리프|이 ?브리프|본 ?연구|본 ?보고서|이 ?글|이 ?보고서|이 ?연구|본 ?논문|이 ?논문|필자|저자|우리|본 ?장)(?:들)?$"
)
_PARTICLE = re.compile(r"(?<=것)(?:이|을|도|은)$|(?:(?<=[가-힣])(?:이|가|을|를|도))$")
_DUTY = re.compile(
    r"제\s?\d+조|법(?:률)?(?:은|에 따르면|에 따라|에 의해|에 의하여|상|에서)\s|규정하고|규정한다|의무화되어|신고서|신청인은|신청자는|허가를 받아야|(?:시행령|시행규칙|조례)(?:에|은|는|상|으로|로)\s"
)
_STUDY = re.compile(r"(?:향후|후속|추가|추후)(?:의|적인)?\s?(?:연구|분석|논의)(?:에서|를|가|는|로)")
"""What further research should do is no policy."""
_HANGING = re.compile(r"(?:해|하여|되어|돼|어|아|여)야\s(?:하는|할)\s(?:지|가|까)|필요(?:한지|할까|가 있는지)|여부")
_OF_FIGURES = re.compile(
    r"(?:추계|추정|추정치|전망|전망치|수치|통계|값|결과|계산)(?:은|는|이|가|도|치는|치가)\s.*(?:수정|갱신|보정|보완|해석|이해|조정|재계산)(?:되어|돼|하여|해)야|(?:추계|추정|추정치|전망치|수치)(?:은|는|도)\s.*(?:고쳐|바꿔|바뀌어)야"
)
"""What should be done to the document's own figures is no policy."""
_AMOUNT_KO = re.compile(
    r"(?:\d[\d,.]*\s?(?:여\s?)?|(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|몇|수십|수백|반)\s?)"
    r"(?:개월|달|년|해|일|날|시간|분|주|명|인|원|달러|유로|개|대|곳|건|배|[조억만천]+\s?(?:원|달러|명)?|%|퍼센트|톤|㎡|km)"
    r"(?:가량|정도|여|쯤)?(?:이|가)?(?:\s(?:더|정도|이상|추가로))?\s?$"
)
"""What something takes: `앞으로 6개월이 필요하다`."""
_REPAIRS_LAW = re.compile(r"개정|제정|폐지|정비|보완|손질|고쳐|고칠|도입|신설")
_LEAD_KO = re.compile(
    r"^(?:(?:핵심 |주요 )?(?:결론|제언|요지|요점)은|반면|반대로|이에 대해|이에 따라|그럼에도|동시에|첫째|둘째|셋째|넷째|다섯째|마지막으로|우선|먼저|따라서|그러므로|또한|아울러|나아가|특히|그러나|하지만|이에|이를 위해(?:서는?)?|한편|즉|다만|이와 함께|그리고|결국|더불어|무엇보다|이러한 점에서)[,\s]+"
)


def korean(text: str) -> tuple[Reading, ...]:
    """What a Korean sentence (in `even` form) recommends, in its order."""
    bare = text.rstrip(" \"')")
    if (
        bare.endswith("?")
        or _STUDY.search(text)
        or re.search(r"(?:는가|은가|인가|을까|할까|ㄹ까)[.]?$", bare)
        or (_DUTY.search(text) and not _REPAIRS_LAW.search(text))
        or _OF_FIGURES.search(text)
    ):
        return ()
    found: list[Reading] = []
    at = 0
    for sign, form, strength, past in _signs(text):
        if _HANGING.match(text, sign.start) or re.match(r"(?:는지|할지|한지)", text[sign.end : sign.end + 2]):
            continue
        if _DENIED.match(text, sign.end) or (form == "needed" and _AMOUNT_KO.search(text[: sign.start + 1])):
            at = sign.end
            continue
        reading = _reading(text, _clause_start(text, at, sign.start), sign, form, strength, past)
        if reading is not None:
            found.append(reading)
        at = sign.end
    return tuple(found)


def _signs(text: str) -> list[tuple[Span, Form, Strength, bool]]:
    found: list[tuple[Span, Form, Strength, bool]] = []
    for pattern, form, strength, past in _SIGNS:
        for m in pattern.finditer(text):
            if not any(Span(*m.span()).overlaps(s) for s, _, _, _ in found):
                found.append((Span(*m.span()), form, strength, past))
    return sorted(found, key=lambda f: f[0])


def _clause_start(text: str, at: int, sign: int) -> int:
    """Behind the sign before, and what ties the two clauses."""
    if at:
        link = re.match(r"[^\s]*,?\s*", text[at:sign])
        return at + (link.end() if link else 0)
    return 0


def _reading(text: str, start: int, whole: Span, form: Form, strength: Strength, past: bool) -> Reading | None:
    if lead := _LEAD_KO.match(text[start : whole.start]):
        start += lead.end()
    sign = _sign(text, whole, form)
    named = bracketed(text, start)
    start = named[1] if named else start
    subject, behind = subject_ko(text, start, sign.start)
    if subject is None and (named := named or bracketed_behind(text)):
        subject = named[0]
    teller: Span | None = None
    quoted = next((q for at in (2, 1, 0) if sign.end >= at and (q := _QUOTES.match(text, sign.end - at))), None)
    judged = _JUDGED.search(text[max(0, sign.end - 2) : sign.end + 12])
    first = _first(text, start, sign.start)
    if form == "proposes" and (put := addressee(text, start, sign.start)):
        subject, behind = put
        if re.search(r"하였다|했다|해 왔다|한 바", text[whole.start : whole.end]):
            return None  # somebody asked it of them, and it is not said who
    elif form == "proposes" and first is not None:
        if _OWN_KO.match(first.slice(text)):
            subject, behind = None, _behind(text, first.end)
        elif not speaks(first.slice(text)):
            subject, behind = None, start
        else:
            teller = first
            subject, behind = subject_ko(text, _behind(text, first.end), sign.start)
            behind = max(behind, _behind(text, first.end))
    elif form == "proposes" and re.search(r"요구|주문|요청|하였다|했다|해 왔다", text[whole.start : whole.end]):
        return None  # somebody else asks, and it is not said who
    elif quoted and first is not None and speaks(first.slice(text)) and not _OWN_KO.match(first.slice(text)):
        teller = first
        behind = max(behind, _behind(text, first.end))
        if subject == first or (subject is not None and first.contains(subject)):
            subject, behind = subject_ko(text, _behind(text, first.end), sign.start)
            behind = max(behind, _behind(text, first.end))
    if re.search(r"반드시", text[behind : sign.start]) and strength == "should":
        strength = "must"
    if first is not None and _OWN_KO.match(first.slice(text)) and behind <= first.start:
        behind = _behind(text, first.end)
    denied = "안 " in sign.slice(text) or "안된" in sign.slice(text)  # without its end it would say the opposite
    action = trimmed(text, behind, sign.end) if denied else _action(text, behind, sign.start, form)
    if len(action) < 2:
        return None
    if quoted and teller is None and form != "proposes":
        teller = Span(sign.end, sign.end)  # `…해야 한다는 지적이 있다`: nobody is named
    passive = bool(re.match(r"(?:되어|돼|져)야", sign.slice(text)))
    return Reading(form, sign, strength, action, subject, passive, past or bool(judged), None if judged else teller)


_BEFORE_SIGN = re.compile(
    r"(?:는 것이|도록 하는 것이|는 것도|무엇보다|[가-힣]{0,2}?(?:이|가|을|를|것을|도|은|는|도록|기를|하자고|또한|더욱|더|매우))\s"
    r"(?:[가-힣]+(?:에|에게)\s(?=\S+$|강력히|거듭|적극))?(?:매우 |더욱 |무엇보다 |강력히 |거듭 |적극 )?"
)


def _sign(text: str, whole: Span, form: Form) -> Span:
    """The sign from where it begins: behind the particle of what it speaks of, at the ending of a verb."""
    words = whole.slice(text)
    lead = _BEFORE_SIGN.match(words)
    if lead and form in ("needed", "proposes"):
        return trimmed(text, whole.start + lead.end(), whole.end)
    if form == "modal" and (noun := re.match(r"[가-힣]+?(?=(?:할|될|해야|되어야|하여야|돼야)\s)", words)):
        return trimmed(text, whole.start + noun.end(), whole.end)
    if form == "modal" and (bar := re.match(r"[가-힣](?=서는)", words)):
        return trimmed(text, whole.start + bar.end(), whole.end)
    if form == "modal" and words[1:2] == "야":
        begin = whole.start
        if re.match(r"[해돼]야|[하되][여어]야", text[begin:]) is None and text[max(0, begin - 1) : begin + 2] in (
            "하여야",
            "되어야",
        ):
            begin -= 1
        elif words[0] not in "해돼":
            begin += 1
        return trimmed(text, begin, whole.end)
    return whole


def _action(text: str, start: int, end: int, form: Form) -> Span:
    """Up to the sign, without the particle that ties a noun to it."""
    span = trimmed(text, start, end)
    if adverb := re.search(
        r"\s(?:무엇보다|매우|더욱|더|적극|적극적으로|신중히|진지하게|시급히|절실히|조속히|반드시|가장|우선)$",
        span.slice(text),
    ):
        span = trimmed(text, span.start, span.start + adverb.start())
    if form == "proposes" and (asked := re.search(r"(?<=하)자고$", span.slice(text))):
        span = Span(span.start, span.start + asked.start() - 1)
    tail = _PARTICLE.search(span.slice(text))
    return trimmed(text, span.start, span.start + tail.start()) if tail and tail.start() > 2 else span


def _behind(text: str, end: int) -> int:
    """Behind the particle of a subject."""
    particle = re.match(r"(?:께서는|에서는|은|는|이|가|도)\s?", text[end:])
    return end + (particle.end() if particle else 0)


def _first(text: str, start: int, sign: int) -> Span | None:
    """The first word or two with a particle of a subject."""
    m = re.match(r"(?P<who>[^,.;]{1,30}?)(?:은|는|이|가)\s", text[start:sign])
    return Span(start + m.start("who"), start + m.end("who")) if m else None
