"""Korean follow-ups: what they lean on, and the question that they make with the one before."""

from __future__ import annotations

import re

from assistant.answering.conversation.naming import renamed
from assistant.answering.conversation.replacing import replaced
from assistant.answering.conversation.slots import slots
from assistant.answering.conversation.talk import Before
from assistant.text import language_of

_LEAD = re.compile(r"^(?:(?:그럼|그러면|그리고|그렇다면|혹시|그런데|근데|또|또한|아니면)[, ]+)+")
_FRAGMENT = re.compile(
    r"(?P<what>[^?]{1,30}?)(?:의 ?경우(?:에는|에|는)?|에 ?대해서는|에서는|에는|으로는|로는|이라면|라면|은요|는요|은|는|도|요)?"
    r"(?:\s*(?:어때|어떤가|어떻습니까|어떤가요|어떻게 되나|어떻게 됩니까|어떻게 되나요|어떠한가))?\s*[?.!]*"
)
_TOPIC = re.compile(r"(?:은|는|은요|는요|도|의 ?경우(?:에는|에|는)?|에서는|에는|어때|어떤가요?|어떻습니까)\s*[?.!]*$")
_BARE = re.compile(
    r"(?:그럼 |그런데 |근데 )?(?P<word>왜|어째서|무슨 이유로|언제|언제부터|언제까지|어디서|어디에서|어디|누가|누구|어떻게|얼마나|얼마|몇 ?개|무엇을|그 ?이유는|이유는|원인은|그 ?까닭은|그 ?원인은)"
    r"(?:요|죠|지요|인가요?|입니까|그런가요?|그렇습니까|그렇지|그래|그랬나|그런 ?건가요?|무엇인가요?|무엇입니까|뭔가요|뭐야|\s)*\s*[?.!]*"
)
_SOURCE = re.compile(
    r"(?:그 |그건 |그럼 |그 말의 )?(?:출처|근거|자료)(?:는|가|은)?(?:요| ?어디(?:인가요?|입니까|야)?| ?무엇(?:인가요?|입니까)?| ?뭐(?:야|죠|지|예요|에요)?)?\s*[?.!]*"
    r"|(?:그건 |그걸 )?누가 (?:그래|그래요|그렇게 (?:말|주장)\S*|그런 (?:말|주장)\S*|한 (?:말|주장)\S*|그랬\S*)\s*[?.!]*"
    r"|누구(?:의)? (?:말|주장|의견)(?:인가요?|입니까|이야|이죠)?\s*[?.!]*"
    r"|어디에 (?:그렇게 )?(?:나와|나오|적혀|써)\S*\s*[?.!]*"
)
_WHY = re.compile(r"왜|어째서|이유|원인|까닭")
_UNIT = re.compile(
    r"(?:그럼 |그건 |그게 |그것은 |그러면 )?(?P<unit>원화|달러화?|유로화?|엔화?|위안화?|원|백분율|퍼센트|비율|억 ?달러|조 ?원|억 ?원)(?:으로|로)?(?:는|하면|환산하면|따지면)?(?:\s*(?:얼마|몇)\S*)?\s*[?.!]*"
)
_ORDINAL = re.compile(r"(?:그럼 |그러면 )?(?P<nth>첫|두|세|네|다섯)\s?번째(?:는|은|것은|는요|은요)?\s*[?.!]*")
_PRONOUN = re.compile(
    r"(?:^|\s)(?P<word>그것|이것|그거|이거|그들|이들|그녀|그곳|거기|여기|이는|그는|이를|그를|이에|그에)(?=은|는|이|가|을|를|의|에|도|과|와|로|\s|$|\?)"
)
_THIS = re.compile(
    r"(?:^|\s)(?P<word>(?:그|이|해당|이러한|그러한|이런|그런|위|동) (?P<noun>[가-힣A-Z]{2,}?))(?P<josa>은|는|이|가|을|를|의|에|에서|에는|으로|로|도|과|와)?(?=\s|$|\?)"
)
_NOT_THINGS = frozenset(
    "이유 까닭 원인 결과 경우 중 외 밖 이상 이하 후 전 뒤 때 해 동안 논문 보고서 문서 자료 글 연구 점 등 정도 다음 당시 무렵".split()
)
_WEAK = re.compile(
    r"^(?:그럼|그러면|그리고|그렇다면|그중|그 ?중|그 ?외|그 ?밖|그 ?결과|그 ?이후|그 ?경우|이 ?경우)(?=[\s가-힣]|$)"
)
_ASKS = re.compile(
    r"무엇|무슨|어떤|어느|언제|어디|누구|누가|왜|어떻게|얼마|몇|(?:습니까|는가|은가|인가|나요|가요|까요|했나|하나|되나)\s*\?*$|줘|주세요|주십시오|해라"
)


def completed(question: str, before: Before) -> str | None:
    """The question that is meant; None where the words stand for themselves."""
    text = question.strip()
    return (
        _of_source(text, before)
        or _bare(text, before)
        or _short(text, before)
        or _exchanged(text, before)
        or _demonstrative(text, before)
        or _opened(text, before)
    )


def _of_source(text: str, before: Before) -> str | None:
    if not _SOURCE.fullmatch(text):
        return None
    return f"\u201c{before.said or before.question}\u201d의 출처는 무엇인가?"


def _bare(text: str, before: Before) -> str | None:
    m = _BARE.fullmatch(text)
    if not m:
        return None
    if _WHY.search(m["word"]) and _yes_no(before.question):
        return f"왜 {before.question}?"
    return f"{text} [{before.shown}]"


def _yes_no(question: str) -> bool:
    """Whether it has a predicate and asks for no part of it: `고용 인원은` has none, so nothing can be the reason of it."""
    return (
        language_of(question) == "ko"
        and bool(re.search(r"(?:[가나까지냐니요다]|는지)$", question.rstrip("?？. ")))
        and not re.search(r"무엇|무슨|어떤|어느|언제|어디|누구|누가|왜|어떻게|얼마|몇", question)
    )


def _short(text: str, before: Before) -> str | None:
    if m := _UNIT.fullmatch(text):
        return f"{before.question} ({m['unit']} 기준)?"
    if _ORDINAL.fullmatch(text):
        return f"{text} [{before.shown}]"
    return None


def _exchanged(text: str, before: Before) -> str | None:
    """`멕시코는?`, `그럼 2022년은?`: the last question with it in the place of its like."""
    rest = _LEAD.sub("", text)
    led = rest != text
    m = _FRAGMENT.fullmatch(rest)
    if not m or (_ASKS.search(m["what"])) or not (led or _TOPIC.search(rest) or len(rest.split()) == 1):
        return None
    what = m["what"].strip()
    if made := replaced(what, slots(what), before.question, "ko") or renamed(what, before.question, "ko"):
        return made
    if len(what.split()) <= 3:
        return f"{text} [{before.shown}]"
    return None


def _demonstrative(text: str, before: Before) -> str | None:
    """`그 협정은`: the thing of the last question in brackets behind it."""
    for m in _THIS.finditer(text):
        if m["noun"] in _NOT_THINGS:
            continue
        found = _thing(m["noun"], before)
        if found and found not in text:
            return f"{text[: m.end('noun')]}[{found}]{text[m.end('noun') :]}"
        return f"{text} [{before.shown}]"
    if _PRONOUN.search(text):
        return f"{text} [{before.shown}]"
    return None


def _thing(noun: str, before: Before) -> str | None:
    """The run of words that ends in the noun, in the last question or in what was answered."""
    for source in (before.question, before.said):
        if m := re.search(
            rf"(?P<thing>(?:[\w·&-]+\s){{0,3}}?[\w·&-]*(?<!그 )(?<!이 ){re.escape(noun)})(?![가-힣]{{3,}})", source
        ):
            thing = re.sub(r"^(?:\S+(?:은|는|이|가|을|를|에|에서|의)\s+)+", "", m["thing"]).strip()
            if thing and thing != noun and not re.match(r"(?:그|이|해당) ", thing):
                return thing
    return None


_INTERROGATIVE = re.compile(r"^(?:무엇|무슨|어떤|어느|언제|어디|누구|누가|왜|어째서|어떻게|얼마|몇)")
_TAKES_PART = re.compile(r"(?:은|는|이|가|을|를|의)$")


def _opened(text: str, before: Before) -> str | None:
    """A question that goes on, or that names nothing at all: `누가 서명했나?`."""
    if _WEAK.match(text) and len(text.split()) <= 7:
        return f"{text} [{before.shown}]"
    words = text.rstrip("?？. ").split()
    asks = [w for w in words if _INTERROGATIVE.match(w)]
    named = [w for w in words[:-1] if w not in asks and _TAKES_PART.search(w)]
    foreign = re.search(r"[A-Za-z0-9]{2,}", text)
    if asks and len(words) <= 3 and not named and not foreign and not slots(text):
        return f"{text} [{before.shown}]"
    return None
