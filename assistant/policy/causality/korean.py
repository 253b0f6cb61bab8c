"""Cause and correlation in Korean words."""

from __future__ import annotations

import re

from assistant.policy.causality.groups import compared
from assistant.policy.causality.signs import Said, overlapping, trimmed
from assistant.types import Span

_LINK = r"(?:인과 ?관계|상관 ?관계|상관성|연관성?|관련성?|관계|영향|효과|근거|증거)"
_DENIED = re.compile(
    rf"{_LINK}(?:이|가|은|는|을|를|도)? ?(?:거의 |전혀 |별로 |유의하게 |뚜렷이 |크게 )?(?:없(?!이)|미치지 (?:않|못)|주지 (?:않|못)|나타나지 않|보이지 않|발견되지 않|발견하지 못|확인되지 않|확인하지 못|입증되지 않|찾(?:지 못|을 수 없|기 어렵)|유의하지 않|크지 않)"
    r"|때문(?:이|은|만은) ?아니|(?:초래|야기|유발|촉발)(?:하|되)지(?:는)? 않|(?:감소|증가|확대|축소|위축|악화|하락|상승)(?:시키|하)지(?:는)? 않|(?:줄이|늘리|낮추|높이)지(?:는)? 않|이어지지(?:는)? 않|기인하지 않"
)
_CORRELATION = re.compile(
    r"상관 ?관계|상관 ?계수|상관성|연관성|연관(?:되|돼|이 (?:있|깊|크)|을 (?:가지|갖|보이))|(?:밀접한|높은|강한|깊은|양의|음의|정의) (?:관련|관계|연관)|관련성이 (?:있|높|크|깊)|밀접(?:하게|히) (?:관련|연관|연계|연결)"
    r"|(?:와|과) (?:함께|더불어|나란히|동시에) (?:\S*[^\s을를] )?(?:증가|늘|감소|줄|상승|하락|확대|축소|성장)(?!시|어나도록)|함께 (?:증가|늘|감소|줄|상승|하락|확대|축소|성장|움직)|동반 ?(?:상승|증가|하락|감소|성장|확대)|비례(?:하|해|한)|맞물려|동행(?:하|성)"
)
_BACKWARD = re.compile(
    r"(?:으로|로) ?인(?:해|하여|한|해서)|때문(?:에|이다|이며|이고|인|으로)|덕분(?:에|이다|으로)|(?:탓|여파)(?:에|으로|로)(?=[ ,])|(?:영향|부작용)(?:으로|로)(?=[ ,])|결과로(?=[ ,])(?! ?(?:비추어|볼|보|미루어|나타|이어))|탓이다|에 ?기인(?:하|한|해)|에서 ?비롯(?:되|된|됐|한)|에 힘입어|에 의해 (?:촉발|야기|초래)"
)
_FORWARD = re.compile(
    r"(?:을|를)? ?(?:초래|(?<!이)야기|유발|촉발)(?:하|한|했|할|해|시|되)|불러(?:일으|오|왔|온)|(?:으로|로) ?이어(?:지|졌|진|질)|(?:을|를) ?가져(?:오|왔|온|올)|에 ?기여(?:하|한|했|할|해)|(?:을|를) ?견인(?:하|한|했|할|해)|(?:을|를) ?(?:유도|촉진|저해|억제|자극)(?:하|한|했|할|해)"
    r"|영향(?:을|도)? ?(?:미치|미쳤|미친|미칠|주|준|줬|줄|끼치|끼쳤|끼친)|(?:요인|원인)(?:으로|이|이다|으로도) ?(?:작용|되|됐|된|다|며|고)?|(?:증가|감소|확대|축소|위축|악화|개선|상승|하락|강화|약화|둔화|향상|저하|대체|심화|변화)시(?:키|켰|킨|킬|켜|킴)"
)
_CHANGE = re.compile(
    r"(?:을|를) ?(?:\S+ )?(?:늘리|늘렸|늘린|늘려|줄이|줄였|줄인|줄여|높이|높였|높인|높여|낮추|낮췄|낮춘|낮춰|떨어뜨|끌어올|끌어내|약화시|강화시)"
)
_ACTOR = re.compile(
    r"(?:정부|기업|업체|당국|부처|국회|의회|은행|위원회|대통령|장관|행정부|법원|협회|기관|국가|한국|미국|중국|일본|유럽연합|연구진|저자|우리|중소기업|대기업|가계|소비자|투자자|당|부|청|처|회사|조합|단체|사|국)(?:들)?(?:은|는|이|가|에서|에서는)$"
)
_SUBJECT = re.compile(r"\S+(?:은|는|이|가)(?=\s|,)")
_PURPOSE = re.compile(r"(?:기 ?위(?:해|하여|한)|도록|려고|고자|해야|하자|할 필요|(?:시켜|여|려|춰)야)")


def korean(text: str) -> list[Said]:
    """The statements of a Korean sentence on two things."""
    found = [_sided(text, "denied", m) for m in _DENIED.finditer(text)]
    for m in _CORRELATION.finditer(text):
        if not overlapping(Span(*m.span()), found):
            found.append(_sided(text, "correlation", m))
    found += [s for s in compared(text, korean=True) if not overlapping(s.sign, found)]
    for m in _BACKWARD.finditer(text):
        sign = Span(*m.span())
        if overlapping(sign, found):
            continue
        left, right = _clause(text, m.start()), trimmed(text, m.end(), len(text))
        if text[m.start() :].startswith(("때문이", "덕분이", "탓이")):  # Y는 X 때문이다
            of = _SUBJECT.search(text[: m.start()])
            if of is not None:
                left, right = trimmed(text, of.end(), m.start()), trimmed(text, 0, of.end())
        found.append(Said("cause", sign, left, right))
    for pattern in (_FORWARD, _CHANGE):
        for m in pattern.finditer(text):
            sign = Span(*m.span())
            if (
                overlapping(sign, found)
                or _PURPOSE.match(text[m.end() :].lstrip("하시키")[:8])
                or _PURPOSE.search(text[m.end() : m.end() + 7])
            ):
                continue
            subject = _subject(text, m.start())
            if subject is None:
                continue
            if (pattern is _CHANGE or "시" in m.group()) and _ACTOR.search(subject.slice(text)):
                continue
            if (
                pattern is _FORWARD
                and _ACTOR.search(subject.slice(text))
                and "영향" not in m.group()
                and "이어" not in m.group()
            ):
                continue
            found.append(Said("cause", sign, trimmed(text, 0, subject.end), trimmed(text, subject.end, m.start())))
    return found


def _subject(text: str, at: int) -> Span | None:
    """The first word before a place that bears the particle of a subject."""
    start = _start(text, at)
    m = _SUBJECT.search(text, start, at)
    if m is None and start:
        m = _SUBJECT.search(text, 0, at)
    return Span(*m.span()) if m else None


def _start(text: str, at: int) -> int:
    """Where the clause begins that a place stands in."""
    cuts = [m.end() for m in re.finditer(r"[,;.]\s|(?:지만|으나|는데|하고|하며|되며|이며|으며) ", text[:at])]
    return cuts[-1] if cuts else 0


def _clause(text: str, at: int) -> Span | None:
    return trimmed(text, _start(text, at), at) or trimmed(text, 0, at)


def _sided(text: str, kind: str, m: re.Match[str]) -> Said:
    """`X와 Y의 상관관계`, `X는 Y와 상관관계가 있다`."""
    left = trimmed(text, _start(text, m.start()), m.start())
    first, second = left, None
    if left is not None:
        words = left.slice(text)
        cut = re.search(r"(?:와|과|은|는|이|가) (?!함께)", words)
        if cut is not None:
            first = trimmed(text, left.start, left.start + cut.end())
            second = trimmed(text, left.start + cut.end(), left.end)
    return Said("denied" if kind == "denied" else "correlation", Span(*m.span()), first, second)
