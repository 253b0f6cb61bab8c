"""The assistant's own sentences, in English and Korean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.labels import BASES
from assistant.types import Causality, Citation, Computed, Language, Reason, Work, WorkState

_REASONS: dict[Reason, dict[Language, str]] = {
    "not_in_corpus": {
        "en": "The corpus has nothing on this subject.",
        "ko": "이 주제에 관한 내용이 자료에 없습니다.",
    },
    "not_answered_by_corpus": {
        "en": "The corpus speaks of the subject, but does not say this.",
        "ko": "자료가 이 주제를 다루지만, 물으신 사실은 나와 있지 않습니다.",
    },
    "source_not_held": {
        "en": "A note names a source that may say this, but the corpus does not hold it.",
        "ko": "각주가 가리키는 출처에 있을 수 있으나, 그 출처는 자료에 없습니다.",
    },
    "in_figure": {
        "en": "A figure shows this, but the text does not give the value.",
        "ko": "그림에는 나타나 있으나, 본문에는 그 값이 적혀 있지 않습니다.",
    },
    "unsupported": {
        "en": "A draft answer did not survive the check against its sources, so it is not shown.",
        "ko": "작성된 답이 출처 확인을 통과하지 못해 표시하지 않습니다.",
    },
    "not_a_question": {
        "en": "This is not a question that documents could answer. Ask for a fact, a number, a reason or a list.",
        "ko": "문서로 답할 수 있는 질문이 아닙니다. 사실, 수치, 이유, 목록 등을 물어 주십시오.",
    },
}
_LACKS = {"en": "It does not mention: {}.", "ko": "언급되지 않은 내용: {}."}
_NEAREST = {"en": "What comes nearest is listed below.", "ko": "가장 가까운 대목을 아래에 보입니다."}
_DIGEST = {
    "en": "This quotes our own digest, not the paper itself, and so has no pages. "
    "To have the paper quoted, add its file: assistant ingest PATH",
    "ko": "논문 원문이 아니라 저희가 작성한 요약을 인용하며, 쪽수가 없습니다. "
    "원문을 인용하려면 파일을 추가하십시오: assistant ingest PATH",
}
_FOREIGN: dict[tuple[Language, bool], str] = {
    ("ko", True): "인용문은 문서의 원문 그대로이므로 영어로 보입니다.",
    ("ko", False): "영어 문서의 인용문은 원문 그대로 영어로 보입니다.",
    ("en", True): "The quotations are in Korean, as the documents have them.",
    ("en", False): "Quotations from Korean documents are in Korean, as the documents have them.",
}


def reason(why: Reason, language: Language) -> str:
    """One sentence that says why there is no answer."""
    return _REASONS[why][language]


def lacking(names: list[str], language: Language) -> str:
    """Which of the question's words the corpus does not speak of."""
    return _LACKS[language].format(", ".join(names)) if names else ""


_CONFINED: dict[Language, tuple[str, str]] = {
    "en": (
        "Of the {1:,} documents held only {0:,} {2} asked, as the question was confined; this speaks of no other.",
        "The question was confined, and none of the {1:,} documents held is within: none was asked.",
    ),
    "ko": (
        "질문을 한정하여 보유 문서 {1:,}건 가운데 {0:,}건만 찾아보았으며, 다음은 그 문서에 대한 말입니다.",
        "질문을 한정한 범위에 드는 문서가 보유 문서 {1:,}건 가운데 없어 아무 문서도 찾아보지 않았습니다.",
    ),
}


def confined(asked: int, held: int, language: Language) -> str:
    """That only some documents were asked."""
    return _CONFINED[language][0 if asked else 1].format(asked, held, "was" if asked == 1 else "were")


def reference_lead(note: str | None, asked: bool) -> str:
    """What stands before a bibliographic entry that is quoted: it names a work, and states nothing."""
    if note is None:
        return "A work that is cited" if asked else "Title of a work that is cited"
    return f"Note {note} cites" if asked else f"Title of a work that note {note} cites"


_POINTS = {
    "en": "Note {note} of \u201c{title}\u201d names it: {work}. {how}",
    "ko": "\u201c{title}\u201d의 각주 {note}이(가) 가리키는 출처: {work}. {how}",
}
_HOW: dict[str, dict[Language, str]] = {
    "fetch": {
        "en": "To have it, run `assistant sources fetch {id}`, or add its file with `assistant ingest PATH`.",
        "ko": "`assistant sources fetch {id}`로 내려받거나, 파일이 있으면 `assistant ingest PATH`로 추가하십시오.",
    },
    "add": {
        "en": "It cannot be fetched by a program ({kind}{at}): if you have a copy, add it with `assistant ingest PATH`.",
        "ko": "프로그램으로 내려받을 수 없습니다({kind}{at}). 사본이 있으면 `assistant ingest PATH`로 추가하십시오.",
    },
    "look": {
        "en": "`assistant sources` says what became of it ({kind}); with a copy at hand, add it with "
        "`assistant ingest PATH`.",
        "ko": "`assistant sources`에서 상태를 볼 수 있습니다({kind}). 사본이 있으면 `assistant ingest PATH`로 추가하십시오.",
    },
}
_KINDS: dict[str, dict[Language, str]] = {
    "book": {"en": "a book", "ko": "단행본"},
    "paywalled": {"en": "behind a paywall", "ko": "유료"},
    "data-service": {"en": "data behind a query", "ko": "조회가 필요한 통계"},
    "not_retrievable": {"en": "no open copy is known", "ko": "공개본이 알려져 있지 않음"},
    "dead": {"en": "its address is dead", "ko": "주소가 없어짐"},
    "moved": {"en": "it has moved", "ko": "주소가 바뀜"},
    "blocked": {"en": "its site blocks programs", "ko": "사이트가 자동 접근을 막음"},
}


def points(note: str, title: str, works: list[Work], first: WorkState, language: Language) -> str:
    """Which note names a source that is not held, what it is, and how the first of its works can be had."""
    work = works[0] if works else None
    at = f", {first.url}" if first.url else ""
    if first.state == "not_held":
        how = _HOW["fetch"][language].format(id=first.id)
    elif first.state == "not_retrievable":
        why = work.retrieval if work and work.retrieval in _KINDS else "not_retrievable"
        how = _HOW["add"][language].format(kind=_KINDS[str(why)][language], at=at)
    else:
        how = _HOW["look"][language].format(kind=_KINDS[first.state][language])
    named = "; ".join(map(work_name, works)) or first.title
    said = _POINTS[language].format(note=note, title=title, work=named, how=how)
    if language == "ko":
        from assistant.stance.reasons import particles  # here: most replies need no judge

        return particles(said)
    return said


_UNITS: dict[str, dict[Language, str]] = {
    "percent": {"en": "percent", "ko": "퍼센트"},
    "points": {"en": "percentage points", "ko": "퍼센트포인트"},
}


def unit(name: str, language: Language) -> str:
    """A unit that a calculation brings in: 'percent' or 'points'."""
    return _UNITS[name][language]


def calculation(kind: str, made: Computed, language: Language, rounded: bool) -> str:
    """The result of a calculation under its name. The unit stands apart from the number, which is nobody's words."""
    from assistant.stance.calculations import NAMES, ROUNDED  # here: most replies calculate nothing

    named = NAMES[kind][language]
    if kind == "ranking":
        return named
    beside = ", ".join(filter(None, [made.unit, ROUNDED[language] if rounded else ""]))
    whole, point, decimals = made.result.partition(".")
    result = f"{int(whole):,}{point}{decimals}" if len(whole.lstrip("-")) > 3 else made.result
    return f"{named} ({beside}): {result}" if beside else f"{named}: {result}"


def papers_differ(one: int, other: int, why: str, language: Language) -> str:
    """That two quotations of different documents cannot both be so, and in what: the judge's reason, whose source is the
    other one.
    """
    if language == "ko":
        from assistant.stance.reasons import in_language, particles  # here: most replies need no judge

        because = f": {in_language(why, language).replace('출처', f'[{other}]')}" if why else ""
        return particles(f"문서마다 다르게 말합니다. [{one}], [{other}]{because}.")
    why = why.replace("the source", f"[{other}]")
    return f"The documents differ: [{one}] and [{other}]" + (f" ({why})." if why else ".")


def scopes_differ(one: int, mine: str, other: int, theirs: str, language: Language) -> str:
    """That two figures which look alike count different things, each in its own words."""
    unnamed = "범위를 밝히지 않음" if language == "ko" else "no scope named"
    said = [f"[{m}] " + (f"\u201c{w}\u201d" if w else unnamed) for m, w in ((one, mine), (other, theirs))]
    if mine.isdigit() and theirs.isdigit():
        head = "수치의 연도가 서로 다릅니다" if language == "ko" else "These figures are of different years"
        return f"{head}: [{one}] {mine}; [{other}] {theirs}."
    head = "수치의 범위가 서로 다릅니다" if language == "ko" else "These figures do not count the same"
    return f"{head}: {'; '.join(said)}."


def as_of(found: Sequence[tuple[int, str, str | None]], language: Language) -> str:
    """As of when quotations speak: for each its marker, its word for now, or '', and its document's date."""
    korean = language == "ko"
    said = []
    for marker, word, date in found:
        told = f"[{marker}]" + (f" \u201c{word}\u201d" if word else "")
        said.append(f"{told}: {date or ('날짜를 알 수 없음' if korean else 'date not known')}")
    if korean:
        return f"다음은 문서가 발표된 때의 이야기이며, 지금도 그런지는 알 수 없습니다. {'; '.join(said)}."
    return f"As of the date of the document, which cannot say what holds today: {'; '.join(said)}."


def denied(marker: int, why: str, language: Language) -> str:
    """That a quotation says otherwise than what the question takes for granted, and in what."""
    if language == "ko":
        from assistant.stance.reasons import in_language, particles  # here: most replies need no judge

        because = f": {in_language(why, language)}" if why else ""
        return particles(f"질문이 전제하는 바와 달리 문서는 다르게 말합니다. [{marker}]{because}.")
    because = f" ({why.replace('the statement', 'the question').replace('the source', 'the quotation')})" if why else ""
    return f"The documents do not bear out what the question takes for granted: [{marker}] says otherwise{because}."


_NO_CAUSE: dict[Language, tuple[str, str]] = {
    "en": (
        "The question asks for a cause. The sentence quoted at {} reports a correlation: it does not show a cause.",
        "The question asks for a cause. The sentences quoted at {} report a correlation: they do not show a cause.",
    ),
    "ko": (
        "질문은 인과를 묻고 있으나, 다음 인용문은 상관을 말할 뿐 인과를 보여 주지 않습니다. {}.",
        "질문은 인과를 묻고 있으나, 다음 인용문들은 상관을 말할 뿐 인과를 보여 주지 않습니다. {}.",
    ),
}
Manner = Literal["plain", "possible", "concern"]
"""Of a statement of a cause. `plain`: it says that it is so. `possible`: that it may be, or is expected. `concern`: that
somebody fears it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How a quotation states or denies a cause that a question asks for."""

    kind: Causality
    manner: Manner = "plain"
    opposite: bool = False
    """Whether it says that the effect falls where the question asks if it rises, or the other way round."""


_DENIES = {
    "en": "[{}] denies an effect; it rests on: {}.",
    "ko": "[{}]에는 영향이 없다고 서술되어 있습니다(근거: {}).",
}
_STATED: dict[tuple[Language, Manner, bool], str] = {
    ("en", "plain", False): "[{}] states a cause; it rests on: {}.",
    ("en", "plain", True): "[{}] states the opposite effect; it rests on: {}.",
    ("en", "possible", False): "[{}] states what may be or is expected to be an effect; it rests on: {}.",
    ("en", "possible", True): "[{}] holds the opposite effect possible or expects it; it rests on: {}.",
    ("en", "concern", False): "[{}] reports a concern, and no finding, that it is so; it rests on: {}.",
    ("en", "concern", True): "[{}] reports a concern, and no finding, of the opposite effect; it rests on: {}.",
    ("ko", "plain", False): "[{}]에는 인과가 서술되어 있습니다(근거: {}).",
    ("ko", "plain", True): "[{}]에는 반대 방향의 영향이 서술되어 있습니다(근거: {}).",
    ("ko", "possible", False): "[{}]에는 그럴 수 있다거나 그렇게 예상된다고 서술되어 있습니다(근거: {}).",
    ("ko", "possible", True): "[{}]에는 반대 방향의 영향이 있을 수 있다거나 예상된다고 서술되어 있습니다(근거: {}).",
    ("ko", "concern", False): "[{}]에는 그러리라는 우려가 있을 뿐, 확인된 결과는 아닙니다(근거: {}).",
    ("ko", "concern", True): "[{}]에는 반대 방향의 영향에 대한 우려가 있을 뿐, 확인된 결과는 아닙니다(근거: {}).",
}


def no_cause(
    together: Sequence[tuple[int, str]], stated: Sequence[tuple[Citation, Telling]], language: Language
) -> str:
    """That quotations report what goes together, each with the words that say so, where a cause was asked for; behind it
    what others say of the cause, and what they rest on."""
    quoted = ", ".join(f"[{m}] (\u201c{words}\u201d)" for m, words in together)
    said = [_NO_CAUSE[language][len(together) > 1].format(quoted)]
    for citation, telling in stated:
        bases = ", ".join(BASES[b][language] for b in citation.basis or ("none",))
        form = _DENIES[language] if telling.kind == "denied" else _STATED[language, telling.manner, telling.opposite]
        said.append(form.format(citation.marker, bases))
    return " ".join(said)


_BRACKETED = {
    "en": "Words in square brackets are ours: they say what the sentence speaks of, in the words of another that is cited.",
    "ko": "대괄호 안의 말은 저희가 덧붙인 것으로, 함께 인용한 다른 문장에서 가져왔습니다.",
}


def bracketed(language: Language) -> str:
    """The notice on words that were set into a quoted sentence."""
    return _BRACKETED[language]


_BEFORE = {"en": "Said before that", "ko": "앞에 나온 문장"}


def before(language: Language) -> str:
    """What leads the sentence that the best one leans on."""
    return _BEFORE[language]


def nearest(language: Language) -> str:
    return _NEAREST[language]


def foreign(language: Language, every: bool) -> str:
    """The notice that quotes stay in the language of their document: `every` one of them, or some."""
    return _FOREIGN[language, every]


def digest(language: Language) -> str:
    """The notice on every answer that quotes a digest."""
    return _DIGEST[language]


_REMARKS: dict[str, dict[Language, str]] = {
    "differs": {
        "en": "[{marker}] is not what its source says: {work}{led} differs{because}.",
        "ko": "[{marker}]은(는) 출처와 다릅니다.{led} {work}에는 다르게 나와 있습니다{because}.",
    },
    "not_found": {
        "en": "[{marker}] was not found in its source: {work}{led} is held. "
        "What stands here is how the document puts it.",
        "ko": "[{marker}]의 내용을 출처에서 찾지 못했습니다.{led} {work}. 문서의 서술을 그대로 보입니다.",
    },
    "unchecked": {
        "en": "[{marker}] could not be checked against its source: {work}{led} is held{because}.",
        "ko": "[{marker}]을(를) 출처와 대조하지 못했습니다{because}.{led} {work}.",
    },
    "not_held": {
        "en": "The source of [{marker}] is not held: {work}{led} `assistant sources` says how to have it.",
        "ko": "[{marker}]의 출처가 자료에 없습니다.{led} {work}. 구하는 방법은 `assistant sources`가 보여 줍니다.",
    },
}


def remark(kind: str, marker: int, lead: str, by_note: bool, works: list[str], why: str, language: Language) -> str:
    """What a reader must know of a citation and the source behind it. `lead` is the note, or where none leads to the
    source the table under which it is named, or ''.
    """
    if language == "ko":
        led = f" 각주 {lead}:" if by_note else f" {lead}의 출처:" if lead else ""
    else:
        led = f", which note {lead} names," if by_note else f", named under {lead}," if lead else ""
    if kind == "not_held" and language == "en":
        led = f" (note {lead})." if by_note else "."
    if language == "ko":
        from assistant.stance.reasons import in_language, particles  # here: most replies need no judge

        why = in_language(why, language)
    because = "" if not why else f": {why}" if language == "ko" else f" ({why})"
    said = _REMARKS[kind][language].format(marker=marker, led=led, work="; ".join(works), because=because)
    return particles(said) if language == "ko" else said


def work_name(work: Work) -> str:
    """A work in a line: authors, title, year."""
    authors = [a.family for a in work.authors]
    by = f"{authors[0]} et al." if len(authors) > 2 else " and ".join(authors)
    year = (work.issued or "")[:4]
    return (f"{by}, " if by else "") + work.title + (f" ({year})" if year else "")


_FAILED_KO = {
    "key": "열쇠(API 키)가 없거나 받아들여지지 않았습니다. 환경 변수를 확인하십시오",
    "unknown": "서버에 없는 모델이거나 열 수 없습니다. 모델 이름과 주소를 확인하십시오",
    "quota": "사용 한도를 넘었습니다. 잠시 뒤 다시 물어 주십시오",
    "request": "서버가 요청을 받아들이지 않았습니다. 다른 모델을 고르거나 model_reads를 줄이십시오",
    "server": "서버가 응답하지 못했습니다. 나중에 다시 물어 주십시오",
    "time": "제때 답하지 못했습니다. 다시 묻거나 model_seconds를 늘리십시오",
    "unreachable": "서버에 닿지 못했습니다. 서버가 켜져 있는지, 주소가 맞는지 확인하십시오",
    "unreadable": "읽을 수 없는 것을 보냈습니다. 언어 모델 서버의 주소가 맞는지 확인하십시오",
    "cut": "중간에 끊겼습니다. 다시 물어 주십시오",
    "long": "가장 긴 답의 한도에서 잘렸습니다. model_tokens를 늘리십시오",
    "refused": "답하기를 거부했습니다. 다르게 묻거나 다른 모델을 고르십시오",
    "silent": "아무 말도 하지 않았습니다. 다시 묻거나 다른 모델을 고르십시오",
    "driver": "필요한 패키지가 설치되어 있지 않습니다(docs/models.md)",
    "failed": "오류가 났습니다. 다른 모델을 써 보십시오",
}
_INSTEAD: dict[Language, str] = {
    "en": "The answer is made of the documents' own sentences.",
    "ko": "답은 문서의 문장을 그대로 보입니다.",
}


def model_failed(kind: str, name: str, line: str, language: Language, whole: bool = True) -> str:
    """That a language model failed, and that the documents' sentences answer; not `whole`: only translations lack."""
    if language == "ko":
        said = f"언어 모델 {name}: {_FAILED_KO.get(kind, _FAILED_KO['failed'])}."
    else:
        said = f"{line[:1].upper()}{line[1:].rstrip('.')}."
    without = {"en": "Quotes stand without a translation.", "ko": "인용문의 번역은 싣지 못했습니다."}
    return f"{said} {(_INSTEAD if whole else without)[language]}"


def model_unused(name: str, silent: bool, language: Language) -> str:
    """That nothing of a language model's answer is shown: it found none (`silent`), or none of it stood."""
    if language == "ko":
        why = "제시된 대목에서 답을 찾지 못했습니다" if silent else "쓴 문장이 모두 출처 확인을 통과하지 못했습니다"
        return f"언어 모델 {name}: {why}. {_INSTEAD['ko']}"
    why = "found no answer in the passages" if silent else "wrote nothing that stood the check against its sources"
    return f"The model {name} {why}. {_INSTEAD['en']}"
