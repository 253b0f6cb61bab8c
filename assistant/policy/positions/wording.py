"""The reasons of a comparison, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Language

_SAID: dict[str, tuple[str, str]] = {
    "searched": (
        "the other was searched, notes and tables included, for: {0}",
        "다른 문서는 주석과 표까지 다음 말로 찾아보았음: {0}",
    ),
    "searched_all": (
        "no paragraph of the other, notes included, speaks of all of these: {0}",
        "다른 문서에는 주석까지 보아도 다음을 함께 다루는 문단이 없음: {0}",
    ),
    "mentioned": ("the other only mentions it in passing: {0}", "다른 문서는 지나가는 말로만 언급함: {0}"),
    "both_ask": ("both ask for it: “{0}”; “{1}”", "둘 다 요구함: “{0}”; “{1}”"),
    "both_against": ("both ask for less of it: “{0}”; “{1}”", "둘 다 줄이자고 함: “{0}”; “{1}”"),
    "opposed": ("one asks for it or more of it, the other for less or none: “{0}”; “{1}”", "한쪽은 하거나 늘리자, 다른 쪽은 줄이거나 없애자고 함: “{0}”; “{1}”"),
    "put_off": ("one asks for it, the other to put it off: “{0}”; “{1}”", "한쪽은 하자, 다른 쪽은 미루자고 함: “{0}”; “{1}”"),
    "kept": ("one would keep it, the other end it or have less of it: “{0}”; “{1}”", "한쪽은 유지하자, 다른 쪽은 줄이거나 없애자고 함: “{0}”; “{1}”"),
    "both_mention": ("both name it, neither says more of it", "둘 다 언급에 그침"),
    "only_mention": ("named there, and no more", "언급에 그침"),
    "near": ("the other has its words, apart or in another form: “{0}”", "다른 문서에도 그 말이 떨어져서 또는 다른 꼴로 있음: “{0}”"),
    "objects": ("they ask for different things: the first “{0}”, the second “{1}”", "서로 다른 것을 제안함: 첫째 “{0}”, 둘째 “{1}”"),
    "places": ("in different places: the first {0}, the second {1}", "장소가 다름: 첫째 {0}, 둘째 {1}"),
    "advice": ("both make recommendations on it; that these are alike or opposed could not be shown", "둘 다 제언이 있으나 같거나 어긋난다고 볼 근거를 찾지 못함"),
    "speak": ("both speak of it; neither agreement nor difference could be shown", "둘 다 언급하나 일치나 차이를 보일 수 없음"),
    "one_advises": ("only {0} makes a recommendation on it", "제언은 {0} 문서에만 있음"),
    "raises": ("both see an effect: {0} → more {1}", "둘 다 늘리는 효과를 말함: {0} → {1}"),
    "together": ("both say that {0} and {1} go together", "둘 다 함께 간다고 함: {0}, {1}"),
    "lowers": ("both see an effect: {0} → less {1}", "둘 다 줄이는 효과를 말함: {0} → {1}"),
    "signs": ("the first says that they {0}, the second that they {1}", "첫째는 {0}, 둘째는 {1}"),
    "rose": ("both say that it rose", "둘 다 늘었다고 함"),
    "fell": ("both say that it fell", "둘 다 줄었다고 함"),
    "moved": ("the first says “{0}”, the second “{1}”; the periods may differ", "첫째 “{0}”, 둘째 “{1}”; 기간이 다를 수 있음"),
    "common": ("common: {0}", "공통: {0}"),
    "first_only": ("only the first: {0}", "첫째만: {0}"),
    "second_only": ("only the second: {0}", "둘째만: {0}"),
}  # fmt: skip
_TITLES: dict[str, tuple[str, str]] = {
    "link": ("{0} and {1}", "{0}·{1}: 관계"),
    "list": ("sectors named for {0}", "{0}: 언급된 부문"),
    "list_in": ("sectors named for {0}, {1}", "{0}({1}): 언급된 부문"),
    "trend": ("{0}, {1}: trend", "{0}({1}): 추이"),
    "pillars": ("what each proposes ({0} / {1})", "각 문서의 제안({0} / {1})"),
}
FIRST: dict[Language, str] = {"en": "the first", "ko": "첫째"}
SECOND: dict[Language, str] = {"en": "the second", "ko": "둘째"}
NEITHER: dict[Language, str] = {
    "en": "neither document speaks of “{0}”: both were searched, notes and tables included, for: {1}",
    "ko": "두 문서 모두 다루지 않음: “{0}”. 주석과 표까지 다음 말로 찾아보았음: {1}",
}
APART: dict[Language, str] = {
    "en": "no paragraph of either document, notes and tables included, speaks of all of “{0}” together: {1}",
    "ko": "두 문서 모두 주석과 표까지 보아도 “{0}” 전부를 함께 다루는 문단이 없음: {1}",
}
ACROSS: dict[Language, str] = {
    "en": "the documents are in different languages: topics meet by the glossary, and wording was not compared",
    "ko": "두 문서의 언어가 다름: 주제는 용어집으로 맞추었고 문장은 비교하지 않음",
}
SIGNS: dict[int, tuple[str, str]] = {
    1: ("go together", "함께 간다고 함"),
    -1: ("work against each other", "서로 줄인다고 함"),
}


def why(key: str, language: Language, *values: str) -> str:
    return _SAID[key][language == "ko"].format(*values)


def title(key: str, language: Language, *values: str) -> str:
    return _TITLES[key][language == "ko"].format(*values)


def joined(values: Sequence[str], most: int = 12) -> str:
    kept = [v for v in dict.fromkeys(values) if v]
    return ", ".join(kept[:most]) + (" …" if len(kept) > most else "")
