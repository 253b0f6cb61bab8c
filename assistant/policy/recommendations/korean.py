"""Signs by which a Korean sentence recommends: they stand at the end of its clauses."""

from __future__ import annotations

import re

from assistant.policy.recommendations.actors import acts_ko
from assistant.policy.recommendations.readings import Reading, trimmed
from assistant.types import Span
from assistant.types.policy import Strength

_ENDS = r"(?=\s*(?:[.,;:)\]」』”\"'·]|$))"
_GOES = r"(?:하며|하고|하므로|하지만|한데|하나|으며|이며|이고|고|며|ㄹ 것이다)"
_WEIGHS = r"(?:검토|고려|모색|논의|타진|고민|연구|탐색)"
_QUOTES = (
    r"(?:고|는|라고|라는|다는|하다는|다고)\s?(?:\S{0,12}\s){0,4}?(?:주장|지적|강조|밝[혔히힌]|말[했한하]|요구|촉구|제안|권고|목소리|의견|견해|입장|분석|비판|설명|조언|건의|"
    r"덧붙|전했|보도|경고|역설|언급|평가|인식|여론|요청|당부|논의가|논리)"
)
_SIGNS: tuple[tuple[re.Pattern[str], Strength, bool], ...] = tuple(
    (re.compile(pattern), strength, past)
    for pattern, strength, past in (
        (rf"{_WEIGHS}(?:을|를|도|도)?\s?(?:해야|하여야|할 필요|해 볼 필요|해볼 필요|할 만|해 볼 만|해볼 만|할 수 있|하는 것이 (?:바람직|좋|필요)|가 필요|이 필요|필요)\s?(?:만\s?)?(?:가|이|도|는|은)?\s?"
         r"(?:한다|할 것|하며|하고|함|하다|있다|있을|있음|있으며|하겠다|크다)?", "considering", False),
        (r"[가-힣]+(?:지|게)?[가-힣]*\s?(?:해|하여|되어|돼|어|아|여|와|워|려|춰|켜|혀|겨|쳐|져|내|나|가|서|세|둬|줘|봐|야)야\s?만?\s?"
         r"(?:한다|할 것|하며|하고|함|합니다|할 때|하겠다|할 것이다|할 시점|한다고|한다는|하지만|하므로|하는데)", "should", False),
        (r"[가-힣]+(?:해|하여|되어|돼|어|아|여|와|워|려|춰|켜|혀|겨|쳐|져|내|나|가|서|둬|줘)야\s?(?:했다|했으며|하였다|했던)", "should", True),
        (r"[가-힣]+(?:할|될|갈|둘|를|을|볼|킬|일|질|릴|출|칠|낼|줄)\s?필요(?:가|도|성이|성도)?\s?(?:있다|있으며|있고|있음|있습니다|있을 것|있는|크다|절실하다|시급하다|있겠다|있지만|제기된다|있어)", "should", False),
        (r"필요(?:가|성이)?\s?(?:있었다|컸다|했다|하였다|하였으며|했으며)", "should", True),
        (r"(?:이|가|도|것이|은|는|또한|더욱|더|매우|무엇보다|시급히|절실히|반드시)\s필요(?:하다|하며|하고|함|합니다|할 것이다|하겠다|하다고|하다는|하지만|하므로|한 시점|한 때)", "should", False),
        (r"(?:필수적|필수불가결|불가결)(?:이다|이며|이고|임|입니다|이라고|이라는|이라 하겠다)", "must", False),
        (r"(?:이|가|것이|도|더욱|매우|무엇보다)\s(?:시급|절실|긴요|절대적으로 필요|긴급)(?:하다|하며|하고|함|합니다|하다고|하다는)", "must", False),
        (r"(?:이|가|것이|도|더욱|매우|무엇보다)\s(?:바람직|중요|유익|타당|적절)(?:하다|하며|하고|함|합니다|할 것이다|하다고|하다는|하겠다)", "should", False),
        (r"(?:이|가|것이|도|또한|더욱|절실히)\s(?:요구|요청|요망|기대)(?:된다|되며|되고|됨|됩니다|되는 시점|되고 있다|된다고|된다는)", "should", False),
        (r"(?:을|를|할 것을|도록|것을|하자고|기를)\s(?:권고|제언|제안|촉구|건의|당부)(?:한다|하며|하고|함|합니다|하고자 한다|하였다|했다|해 왔다|하고 있다|한 바)", "should", False),
        (r"(?:방안|대안|것|방법)(?:도|이|을)\s(?:있다|가능하다|생각해 볼 수 있다|생각할 수 있다|모색할 수 있다)", "could", False),
    )
)  # fmt: skip
_DUTY = re.compile(
    r"제\s?\d+조|법(?:률)?(?:은|에 따르면|에 따라|상|에서)\s|규정하고|규정한다|의무화되어|신고서|신청인은|신청자는|허가를 받아야|제출하여야|시행령|조례"
)
_HANGING = re.compile(r"(?:해|하여|되어|돼|어|아|여)야\s(?:하는|할)\s(?:지|가|까)|필요(?:한지|할까|가 있는지)|여부")
_LINK = re.compile(r"(?:[하되으]며|[하되이]고|지만|으나|므로|는데|면서|해서|하여|아울러|동시에|한편|또한),?\s")
_TOPIC = re.compile(r"(?P<who>[^,.;]{1,40}?)(?:께서는|에서는|에게는|은|는|이|가|도|부터|에서)(?:\s|,\s)")
_LEAD_KO = re.compile(
    r"^(?:첫째|둘째|셋째|넷째|다섯째|마지막으로|우선|먼저|따라서|그러므로|또한|아울러|나아가|특히|그러나|하지만|이에|이를 위해(?:서는?)?|한편|즉|다만|이와 함께|그리고|결국|더불어|무엇보다|이러한 점에서)[,\s]+"
)
_ITEM_END = re.compile(
    r"(?:할 것|하도록 할 것|될 것|필요|요망|해야|하여야|해야 함|필요함|바람직|검토|강화|추진|확대|마련|구축|지원|도입|개선|육성|확보|제고|수립|촉진|정비|신설|완화|체결|활용|조성|"
    r"설치|보완|개편|개정|제정|폐지|축소|다변화|고도화|내실화|활성화|일원화|간소화|현실화|의무화|제도화|재검토|발굴|양성|보호|참여|협력|연계|전환|운영|공유|배치|투자|교육|홍보)(?:함|한다|하기)?\s?$"
)


def korean(text: str) -> tuple[Reading, ...]:
    """What a Korean sentence (in `even` form) recommends, in its order."""
    bare = text.rstrip(" \"')")
    if bare.endswith("?") or re.search(r"(?:는가|은가|인가|을까|할까|ㄹ까)[.]?$", bare) or _DUTY.search(text):
        return ()
    found: list[Reading] = []
    at = 0
    for start, end, strength, past in _signs(text):
        if _HANGING.match(text, start) or re.match(r"[^.]{0,10}?(?:하는지|할지|한지)", text[start : end + 8]):
            continue
        clause_start = _clause_start(text, at, start)
        reading = _reading(text, clause_start, start, end, strength, past)
        if reading is not None:
            found.append(reading)
        at = end
    return tuple(found)


def _signs(text: str) -> list[tuple[int, int, Strength, bool]]:
    found: list[tuple[int, int, Strength, bool]] = []
    for pattern, strength, past in _SIGNS:
        for m in pattern.finditer(text):
            start = (
                m.start()
                + len(m.group())
                - len(re.sub(r"^(?:이|가|도|것이|은|는|을|를|할 것을|도록|것을|기를|하자고)\s", "", m.group()))
            )
            if not any(start < e and s < m.end() for s, e, _, _ in found):
                found.append((start, m.end(), strength, past))
    return sorted(found)


def _clause_start(text: str, at: int, sign: int) -> int:
    """Behind the sign before, and what ties the two clauses."""
    if at:
        link = re.match(r"[^\s]*,?\s*", text[at:sign])
        return at + (link.end() if link else 0)
    return 0


def _reading(text: str, start: int, sign: int, end: int, strength: Strength, past: bool) -> Reading | None:
    if lead := _LEAD_KO.match(text[start:sign]):
        start += lead.end()
    subject, behind = subject_ko(text, start, sign)
    action = trimmed(text, behind, sign)
    word = Span(sign, end)
    stem = re.match(r"[가-힣]+?(?=\s|$)", text[sign:end])
    if stem and re.search(
        r"야$|할$|될$|을$|를$", stem.group()
    ):  # `강화해야 한다`: the deed is a part of the sign's word
        action = trimmed(text, behind, sign + stem.end())
        deed = re.search(r"(?:해|하여|되어|돼)야$|(?:할|될)$|야$|을$|를$", stem.group())
        word = Span(sign + (deed.start() if deed else 0), end)
    if re.search(r"반드시", text[behind:sign]) and strength == "should":
        strength = "must"
    teller = None
    quoted = (
        re.match(_QUOTES, text[end - 1 :])
        or re.match(_QUOTES, text[end:])
        or re.match(r"\s?" + _QUOTES, text[max(end - 2, 0) :])
    )
    if quoted:
        teller = _teller(text, start, sign)
        if subject is not None and teller is not None and teller == subject:
            subject, behind = subject_ko(text, subject.end + 1, sign)
            action = trimmed(text, behind, action.end) if behind < action.end else action
    if len(action) < 2:
        return None
    passive = bool(re.search(r"(?:되어|돼|져)야$", text[sign : sign + 12].split(" ")[0]))
    return Reading(
        "modal",
        trimmed(text, word.start, word.end),
        strength,
        action,
        subject,
        passive,
        past,
        teller if quoted else None,
    )


def subject_ko(text: str, start: int, end: int) -> tuple[Span | None, int]:
    """The first word with a particle of a subject that names somebody who can act, and where what is behind it begins."""
    for m in re.finditer(r"(?P<who>[^\s,]+?)(?P<josa>께서는|에서는|에게는|은|는|이|가|도)(?=[\s,])", text[start:end]):
        if re.search(r"(?:하|되|있|없|않|지|같|였|었|았|했|인|한|된)$", m["who"]):
            continue
        if acts_ko(m["who"]):
            begin = _phrase_start(text, start, start + m.start())
            return Span(begin, start + m.end("who")), start + m.end()
    if m2 := re.match(r"(?P<who>[^\s,]+(?:\s[^\s,]+){0,2}?)\s(?:차원의|차원에서|주도의|주도로)\s", text[start:end]):
        if acts_ko(m2["who"]):
            return Span(start, start + m2.end("who")), start
    if (
        m3 := re.match(
            r"(?P<who>[^\s,]+?)의\s(?:[^\s,]+\s)*?[^\s,]*(?:지원|노력|역할|대응|협력|개입|투자|조치|결단|관심|참여|전략)",
            text[start:end],
        )
    ) and acts_ko(m3["who"]):
        return Span(start, start + m3.end("who")), start
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
            or (re.search(r"(?:와|과|및|·)$", word) and acts_ko(word[:-1]))
        ):
            return at
        at = start + before.start("word")
    return at


def _teller(text: str, start: int, sign: int) -> Span | None:
    """Who says it: the first subject of the sentence."""
    m = re.match(r"(?P<who>[^,]{1,30}?)(?:은|는|이|가)\s", text[start:sign])
    return Span(start + m.start("who"), start + m.end("who")) if m else None


def item_ko(text: str) -> Reading | None:
    """A Korean list item under an opener or a heading of advice: `수출 금융의 확대`, `관세 인하를 추진할 것`."""
    bare = text.rstrip(" .;,")
    start = re.match(r"(?:[-–•◦○□■▪·*]|[①-⑳]|\(?\d{1,2}[.)]|[가-하][.)])?\s*", bare)
    begin = start.end() if start else 0
    sign = _ITEM_END.search(bare)
    if sign is None or len(bare) - begin < 4 or text.rstrip().endswith("?"):
        return None
    strength: Strength = "considering" if re.search(r"검토", sign.group()) else "should"
    subject, behind = subject_ko(bare, begin, sign.start())
    return Reading(
        "item", trimmed(text, sign.start(), sign.end()), strength, trimmed(text, behind, sign.end()), subject
    )
