"""Korean words as a question bends them: particles, endings, and what only frames a question.

A closed list and patterns, no analyser: what they cannot part stays whole.
"""

from __future__ import annotations

import re

_JOSA = re.compile(
    r"(?:으로부터|에서는|에게서|으로서|으로써|까지는|부터는|이라는|라는|에서|에게|으로|까지|부터|보다|처럼|만큼|이나|이란|에는|와의|과의|에도|마다|조차|"
    r"은|는|이|가|을|를|의|에|로|와|과|도|만|란|나)$"
)
_PLURAL = re.compile(r"(?<=[가-힣]{2})들$")

_FRAME = frozenset(
    """무엇 무엇인가 무엇입니까 무엇이었 무슨 어떤 어느 어느쪽 얼마 얼마나 언제 언제부터 누가 누구 왜 어떻게 어디 어디서 몇 며칠 몇인가
    얼마인가 대한 대해 대하여 대해서 관한 관하여 관련해 관해 따르면 따른 따라 따라서 위한 위해 위하여 통한 통해 의한 의해 인한 인해 대로
    이 그 저 것 것들 수 때 등 및 또 또는 그리고 그런데 그러면 그럼 가운데 중에서 중에 외에 이외 외에도 사이 정도 가량 대략 약 모두 전부 총 각각 각
    서로 함께 같이 다시 이미 아직 벌써 바로 곧 더 덜 가장 매우 아주 거의 주로 특히 보통 대개 실제 실제로 현재 지금 최근 당시 이후 이래 하나 둘 두
    세 네 번째 번 가지 가지나 개 개국 개사 건이나 명이나 곳 대 쪽 우리 우리나라의 기준 논문 두논문 보고서 저자 저자들 글 문서 자료 내용 본문
    다음 바탕 이른바 소위 뜻 뜻인가 말 말하는 뜻하는 의미하는 대표 처럼 만큼 든지 부분 전체 일부 여부 까닭 이유 경우 대형 다음으로""".split()
)
"""Words that frame a question and name nothing in it."""
_LIGHT = (
    "하|한|할|해|했|합|되|된|될|돼|됐|됩|있|없|않|아니|아닌|이|인|일|였|입|주|준|줘|줬|보|본|봤|봅|봐|들|든|오|온|왔|옵|가|간|갔|싶|말하|말한|말해|알|"
    "모르|알려|설명하|설명해|나와|나온|나왔|드는|두|둔|뒀|내|낸|냈|나타나|나타난|가져|가지|만나|위하|정하|정한|정했|이루|이뤄|쓰|쓴|쓰이|밝히|밝힌|밝혔|"
    "꼽|따르|따른|대하|관하|의하|인하|통하|벌이|벌인|펼치|펼친|맡|맡은|거두|거둔|크|큰|컸|많|적|작|높|낮|같|다르|다른"
)
_ENDED = (
    "나요|가요|까요|니까|습니까|읍니까|는가|은가|인가|던가|었나|았나|나|냐|고|며|면|면서|려고|려면|으려면|도록|던|었던|았던|는|은|을|지|지만|게|어|아|여|서|어서|아서|"
    "다|었다|았다|니다|습니다|세요|시오|십시오|라|자|야|어야|아야|기|음|는지|은지|을지|었는지|았는지|었는가|았는가|었습니까|았습니까|겠습니까|을까|을까요|까|요|어요|아요|"
    "죠|지요|거나|든|든지|니|으니|므로|으므로|하는|되는|했는가|했나|했습니까|다고|라고|다는|라는|어도|아도|주세요|주십시오|줘|달라"
)
_FRAME_VERB = re.compile(rf"(?:{_LIGHT})(?:{_ENDED})?")
_VERB = re.compile(
    r"(?:하|되|시키|받|당하|지|이|히|리|기|우)?"
    r"(?:했는가|하는가|는가|던가|습니까|ㅂ니까|니까|했나|나요|까요|가요|합니까|됩니까|였나|했다|한다|하는|하여|해야|어야|아야|된|되는|있는|없는|했던|었던|았던|으려면|려면|려고|"
    r"으면서|면서|으면|면|도록|거나|든지|는지|지만|었고|았고|했고|하고|되고|하게|되게|하던|되던|했는|었는|았는|하도록|되도록|다고|라고|며|고|는)$"
)
_VERBAL_NOUN = re.compile(
    r"(?<=[가-힣]{2})(?:하|한|할|함|해|했|하여|하는|하던|하고|하며|하면|하려|되|된|될|됨|돼|됐|되는|되던|되고|되며|되면|시키|시킨|시켜|시켰|"
    r"당하|당한|당했|받은|받는|받았|스러운|로운|적인|적으로)(?:[가-힣]{0,4})$"
)


def is_frame(word: str) -> bool:
    """Whether a word only frames a question: `어떤`, `됩니까`, `알려`, `가운데`."""
    return word in _FRAME or _FRAME_VERB.fullmatch(word) is not None


def is_particle(rest: str) -> bool:
    """Whether what is left behind a word is a particle or an ending, so that the word ends there."""
    return (
        not rest or _JOSA.fullmatch(rest) is not None or bool(re.match(r"들|하|되|한|된|했|됐|해|돼|할|될|인|이", rest))
    )


def bare(word: str) -> str:
    """A word without its particle, and without the plural."""
    return _PLURAL.sub("", _JOSA.sub("", word))


def is_verb(word: str) -> bool:
    """Whether a word that no list has looks like a bent verb."""
    return _VERB.search(word) is not None


def noun_of(word: str) -> str:
    """The noun that a verb or adjective is made of, as far as its ending shows: `모집하려고` -> `모집`.

    >>> noun_of("비난한"), noun_of("안전한"), noun_of("만나서")
    ('비난', '안전', '만나서')
    """
    return _VERBAL_NOUN.sub("", word)


def readings(word: str) -> tuple[str, ...]:
    """A word as it may stand without particles, the most of it first: `게이트웨이란` is `게이트웨이` too."""
    cuts = (n for n in range(1, 4) if len(word) - n >= 2 and _JOSA.fullmatch(word[len(word) - n :]))
    found = [word, *(word[: len(word) - n] for n in cuts)]
    return tuple(dict.fromkeys([*found, bare(word)]))
