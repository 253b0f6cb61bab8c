"""Who should act and who says it, as Korean particles and brackets tell."""

from __future__ import annotations

import re

from assistant.policy.recommendations.actors import acts_ko
from assistant.types import Span

_NAMED = re.compile(r"(?<![^\s,\"'(])(?P<who>[^\s,\"'()]+?)(?P<josa>께서는|에서는|에게는|은|는|이|가|도)(?=[\s,])")
_BENT = re.compile(r"(?:하|되|있|없|않|지|같|였|었|았|했|인|한|된)$")
_TELLS = re.compile(r"\s(?:[^\s,]+\s){0,2}?[^\s,]*[한된난든낸친킨본준온진할될]\s(?!것|수|필요|때)[가-힣]")
"""Behind a subject: a verb that tells of the noun behind it."""


_A_MINISTRY = re.compile(
    r"(?!(?:일부|전부|내부|외부|상부|하부|간부|학부|세부|남부|북부|동부|서부|중부|기부|거부|납부|피부|신부|어부|주부|농부|공부|여부|첨부|교부|승부|두부)(?:은|는))[가-힣]{2,6}부는\s"
)


def _one_of_each(text: str, at: int) -> bool:
    """`각 도는`, `모든 군은`: short names of bodies that are words of another meaning alone; `해양부는`, a ministry that the list
    does not have, at the head of its clause.
    """
    if (at == 0 or text[:at].endswith(", ")) and _A_MINISTRY.match(text, at):
        return True
    return re.search(r"(?:각|모든|전국)\s$", text[:at]) is not None and bool(
        re.match(r"(?:도|시|군|구|시군|시도|시·도|시·군|읍면|부|과|학교|기관)(?:은|는|이|가)\s", text[at:])
    )


_EMBEDDED = re.compile(
    r"[가-힣](?:(?<=[있없하되])게(?:끔)?|도록|록|면|경우(?:에는|에)?|때|기 위(?:해|하여)(?:서는)?|는|던)[\s,]"
)
"""Behind a subject with `이`: its own verb, so that it is not the one who should act."""


def subject_ko(text: str, start: int, end: int) -> tuple[Span | None, int]:
    """The first word with a particle of a subject that names somebody who can act, and where what is behind it begins."""
    named = [m for m in _NAMED.finditer(text, start, end) if not _BENT.search(m["who"])]
    named = [m for m in named if not text.startswith((" 아니라", " 아닌", " 아니고"), m.end())]
    found = [m for m in named if acts_ko(m["who"]) or _one_of_each(text, m.start())]
    topics = [m for m in found if m["josa"] in ("은", "는", "에서는", "께서는")]
    free = [m for m in found if not _EMBEDDED.search(text[m.end() : end])]
    if any(m["josa"] in ("은", "는") for m in named):  # a topic before: `요금은 회사가 정한 …` tells of a noun
        first = next(m.start() for m in named if m["josa"] in ("은", "는"))
        free = [m for m in free if m.start() < first or not _TELLS.match(text, m.end())]
    free = [
        m for i, m in enumerate(free) if i + 1 == len(free) or not _TELLS.match(text[: free[i + 1].start()], m.end())
    ]
    for m in (*topics[-1:], *free):
        begin = _phrase_start(text, start, m.start())
        return Span(begin, m.end("who")), m.end()
    level = re.match(r"(?P<who>[^\s,]+(?:\s[^\s,]+){0,2}?)\s(?:차원의|차원에서|주도의|주도로)\s", text[start:end])
    if level and acts_ko(level["who"]):
        return Span(start, start + level.end("who")), start
    owner = re.search(
        r"(?P<who>[^\s,]+)의\s(?:[^\s,]+\s){0,2}?[^\s,]*(?:지원|노력|역할|대응|협력|개입|투자|조치|결단|관심|참여|전략)(?:이|가|과|을|를)?\s?$",
        text[start:end],
    )
    if owner and acts_ko(owner["who"]):
        return Span(start + owner.start("who"), start + owner.end("who")), start
    return None, start


def _phrase_start(text: str, start: int, at: int) -> int:
    """With the words before that join on: `정부와 기업`, `우리 정부`, `산업부와 외교부`."""
    while at > start:
        before = re.search(r"(?P<word>[^\s,]+)\s$", text[start:at])
        if before is None:
            return at
        word = before["word"]
        if not (
            word
            in (
                "우리",
                "예산",
                "금융",
                "보건",
                "감독",
                "통화",
                "한국",
                "미국",
                "중국",
                "일본",
                "각",
                "양국",
                "중앙",
                "지방",
                "국내",
                "및",
                "관련",
                "관계",
                "대한민국",
            )
            or (
                re.search(r"(?:와|과|및|·)$", word)
                and (acts_ko(word[:-1]) or re.fullmatch("[가-힣]{2,6}부", word[:-1]))
            )
        ):
            return at
        at = start + before.start("word")
    return at


_SPEAKER = re.compile(
    r"(?:계|자|자들|가|가들|인들|측|단체|연합|연합회|연맹|협회|학회|보고서|언론|일각|대변인|여론|일부|사람들|교수|박사|위원장|회장|총재|대표|검토|감사원|논객|매체|신문)$"
)


def speaks(words: str) -> bool:
    """Whether Korean words before a particle can name somebody who says something."""
    last = words.split(" ")[-1]
    return not _ADDRESSED.search(last) and (acts_ko(last) or _SPEAKER.search(last) is not None)


_ADDRESSED = re.compile(r"(?:에|에게|께|한테)$")
_TO_KO = re.compile(r"(?P<who>[^\s,.;]+(?:\s[^\s,.;]+){0,2}?)(?P<josa>에게는|에는|께는|에게|께|한테|에)\s")
_EACH = re.compile(r"(?P<who>(?:각|모든|해당|관계|전국)\s?[^\s,]+(?:\s[^\s,]+)?)(?P<josa>은|는)\s")


def addressee(text: str, start: int, sign: int) -> tuple[Span | None, int] | None:
    """To whom the document proposes: `국회에는 … 제안한다`, `각 시군은 … 권고한다`. A place (`섬 지역에는`) is nobody, and part of
    what is proposed.
    """
    m = _EACH.match(text[start:sign]) or _TO_KO.match(text[start:sign])
    if m is None:
        return None
    who = Span(start + m.start("who"), start + m.end("who"))
    if acts_ko(who.slice(text).split(" ")[-1]) or m.re is _EACH:
        return who, start + m.end()
    return (None, start) if m["josa"] == "에는" else None


_IN_BRACKETS = re.compile(
    r"(?:[-–•◦○□■▪·*]|[①-⑳]|\(?\d{1,2}[.)]|[가-하][.)])?\s*[(\[【〔](?P<who>[^()\[\]]{2,30})[)\]】〕]\s*"
)
_BEHIND_BRACKETS = re.compile(r"\((?:담당|주관|소관|주무)?\s?:?\s?(?P<who>[^()]{2,30})\)[.]?\s*$")


def bracketed(text: str, start: int = 0) -> tuple[Span, int] | None:
    """Who should act, where brackets before it say so (`(교육부) … 상향할 것`), and where the act begins."""
    m = _IN_BRACKETS.match(text, start)
    return (Span(*m.span("who")), m.end()) if m and _all_act(m["who"]) else None


def bracketed_behind(text: str) -> tuple[Span, int] | None:
    """Who should act, where brackets at the end say so (`공청회 개최 (교육부)`), and where these begin."""
    m = _BEHIND_BRACKETS.search(text)
    return (Span(*m.span("who")), m.start()) if m and _all_act(m["who"]) else None


def _all_act(words: str) -> bool:
    return all(acts_ko(w.strip().removesuffix(" 등")) for w in re.split(r"[,·]|\s및\s", words))
