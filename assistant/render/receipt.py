"""What of a receipt still holds, for the terminal and as JSON. The receipt's own words pass through `plain`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from assistant.render import plain
from assistant.render.lines import columns, fill
from assistant.text import language_of
from assistant.types import Language
from assistant.types.receipts import Checked, Part, Reason, Replayed, Standing

Words = Mapping[Language, str]

STANDINGS: Mapping[Standing, Words] = {
    "holds": {"en": "holds", "ko": "그대로"},
    "moved": {"en": "moved", "ko": "자리 옮김"},
    "changed": {"en": "changed", "ko": "달라짐"},
    "gone": {"en": "gone", "ko": "없음"},
}
PARTS: Mapping[Part, Words] = {
    "document": {"en": "document", "ko": "문서"},
    "citation": {"en": "quotation", "ko": "인용"},
    "hop": {"en": "source", "ko": "출처"},
    "claim": {"en": "sentence", "ko": "문장"},
    "record": {"en": "record of the", "ko": "기록:"},
    "reply": {"en": "reply today", "ko": "오늘의 답변"},
}
WHY: Mapping[str, Words] = {
    "not held": {"en": "the document is not held", "ko": "보유하지 않은 문서입니다"},
    "renamed": {"en": "held as {0}", "ko": "지금은 {0}(으)로 보유합니다"},
    "other file": {"en": "another file than it was", "ko": "그때와 다른 파일입니다"},
    "read otherwise": {
        "en": "the same file, read by another version of the program or under other settings",
        "ko": "같은 파일이지만 프로그램 버전이나 설정이 달라 다르게 읽혔습니다",
    },
    "near": {
        "en": "the words do not stand there; the nearest now: “{0}”",
        "ko": "그 문장이 없습니다. 가장 가까운 문장: “{0}”",
    },
    "no words": {"en": "the words do not stand in the document", "ko": "그 문장이 문서에 없습니다"},
    "page": {"en": "page {0}, not {1}", "ko": "{1}쪽이 아니라 {0}쪽입니다"},
    "page of the file": {
        "en": "page {0} of the file, not {1}",
        "ko": "파일의 {1}번째 쪽이 아니라 {0}번째 쪽입니다",
    },
    "file": {"en": "the file is “{0}”, not “{1}”", "ko": "파일은 “{1}”이(가) 아니라 “{0}”입니다"},
    "not listed": {
        "en": "it is quoted, and not among the documents of the receipt",
        "ko": "인용했으나 영수증의 문서 목록에 없습니다",
    },
    "not quoted": {
        "en": "it is among the documents of the receipt, once too often or without being quoted",
        "ko": "영수증의 문서 목록에 있으나 인용하지 않았거나 두 번 적혔습니다",
    },
    "recognised": {
        "en": "read from a picture with a certainty of {0}, not {1}",
        "ko": "문자 인식 확신도는 {1}이(가) 아니라 {0}입니다",
    },
    "translation": {
        "en": "it has a translation, and no model is named that made it",
        "ko": "번역이 있으나 번역한 모델이 적혀 있지 않습니다",
    },
    "first source": {
        "en": "the first of its sources is not the one that is given as such",
        "ko": "첫 출처가 적힌 것과 다릅니다",
    },
    "source left out": {
        "en": "a source that says something of it is left out: “{0}”",
        "ko": "해당하는 출처가 빠져 있습니다: “{0}”",
    },
    "works": {"en": "note {0} names other works", "ko": "각주 {0}의 자료가 다릅니다"},
    "why": {
        "en": "the reason of the verdict is “{0}”, not “{1}”",
        "ko": "판정의 이유는 “{1}”이(가) 아니라 “{0}”입니다",
    },
    "said otherwise": {"en": "its {0} is “{1}”, not “{2}”", "ko": "{0}: “{2}”이(가) 아니라 “{1}”입니다"},
    "markers": {
        "en": "the citations are not those that the sentences use, in their order",
        "ko": "인용이 문장에서 쓴 것과, 또는 그 순서와 다릅니다",
    },
    "answer": {
        "en": "the text of the answer is not that of its sentences, leads, marks and notices",
        "ko": "답변의 글이 그 문장, 앞말, 번호, 알림과 다릅니다",
    },
    "lead": {
        "en": "sentence {0} is led by “{1}”, not by “{2}”",
        "ko": "문장 {0}의 앞말은 “{2}”이(가) 아니라 “{1}”입니다",
    },
    "notice lost": {"en": "a notice is lacking: “{0}”", "ko": "알림이 빠져 있습니다: “{0}”"},
    "notice added": {
        "en": "nothing here gives rise to the notice “{0}”",
        "ko": "다음 알림은 근거가 없습니다: “{0}”",
    },
    "notice order": {"en": "its notices stand twice or in another order", "ko": "알림의 순서가 다르거나 거듭됩니다"},
    "detail": {
        "en": "why nothing was answered is told otherwise than the program does: “{0}”",
        "ko": "답변을 보류한 이유가 프로그램의 말과 다릅니다: “{0}”",
    },
    "corpus": {"en": "its {0} is {1}, not {2}", "ko": "{0}: {2}이(가) 아니라 {1}입니다"},
    "held": {
        "en": "the documents that were held, or their digests, are not those of this index",
        "ko": "보유 문서의 목록이나 해시가 이 색인과 다릅니다",
    },
    "fingerprint": {
        "en": "the settings are not those of their fingerprint",
        "ko": "설정이 적힌 지문과 맞지 않습니다",
    },
    "title": {"en": "the title is “{0}”, not “{1}”", "ko": "제목은 “{1}”이(가) 아니라 “{0}”입니다"},
    "kind": {"en": "a {0}, not a {1}", "ko": "종류는 {1}이(가) 아니라 {0}입니다"},
    "published": {"en": "published {0}, not {1}", "ko": "발행일은 {1}이(가) 아니라 {0}입니다"},
    "section": {"en": "the section is “{0}”, not “{1}”", "ko": "절은 “{1}”이(가) 아니라 “{0}”입니다"},
    "cell": {"en": "the cell is “{0}”, not “{1}”", "ko": "셀은 “{1}”이(가) 아니라 “{0}”입니다"},
    "headers": {
        "en": "the words around the cell are “{0}”, not “{1}”",
        "ko": "셀의 머리글은 “{1}”이(가) 아니라 “{0}”입니다",
    },
    "origin": {"en": "the statement is {0}, not {1}", "ko": "진술의 출처 구분은 {1}이(가) 아니라 {0}입니다"},
    "basis": {"en": "rests on {0}, not on {1}", "ko": "근거의 종류는 {1}이(가) 아니라 {0}입니다"},
    "causality": {"en": "it tells of {0}, not of {1}", "ko": "인과 구분은 {1}이(가) 아니라 {0}입니다"},
    "stage": {"en": "the measure is {0}, not {1}", "ko": "정책의 단계는 {1}이(가) 아니라 {0}입니다"},
    "notes": {"en": "other notes stand at it: {0}", "ko": "달린 주석이 다릅니다: {0}"},
    "sentence lost": {"en": "the sentence that it stands behind is lost", "ko": "이 출처가 뒷받침하던 문장이 없습니다"},
    "no longer leads": {"en": "no note leads there any more", "ko": "이제 이 출처로 이어지는 주석이 없습니다"},
    "other words": {"en": "other words of the source bear on it: “{0}”", "ko": "출처의 다른 문장이 해당합니다: “{0}”"},
    "rests on lost": {"en": "rests on {0}, which does not stand", "ko": "남아 있지 않은 인용 {0}에 근거합니다"},
    "verdict": {"en": "was {0}, comes to {1} {2}", "ko": "판정이 {0}에서 {1}(으)로 바뀌었습니다 {2}"},
    "number": {"en": "{0} stands in no quotation", "ko": "{0}은(는) 어느 인용에도 없습니다"},
    "status": {"en": "was {0}, is {1}", "ko": "{0}이었으나 지금은 {1}입니다"},
    "confined": {"en": "cannot be asked again: {0}", "ko": "다시 물을 수 없습니다: {0}"},
    "other sentences": {
        "en": "{0} of its {1} sentences are said today; today's reply has {2}",
        "ko": "문장 {1}개 가운데 {0}개가 오늘도 같으며, 오늘의 답변은 {2}개입니다",
    },
    "by a model": {
        "en": "it was worded by {0}, and is asked again without a model",
        "ko": "{0}이(가) 쓴 답변이며, 다시 물을 때는 모델을 쓰지 않습니다",
    },
    "source state": {"en": "{0}: the source “{1}” is {2} now", "ko": "{0}: 출처 “{1}”의 상태는 이제 {2}입니다"},
    "same corpus": {"en": "The index has the same content as then.", "ko": "색인의 내용이 그때와 같습니다."},
    "other corpus": {
        "en": "The index is another than then: documents new {0}, changed {1}, gone {2}.",
        "ko": "색인이 그때와 다릅니다: 새 문서 {0}, 바뀐 문서 {1}, 없어진 문서 {2}.",
    },
    "other large corpus": {
        "en": "The index is another than then: of the documents that were cited, changed {0}, gone {1}.",
        "ko": "색인이 그때와 다릅니다: 인용한 문서 가운데 바뀐 문서 {0}, 없어진 문서 {1}.",
    },
    "same settings": {"en": "The settings are the same as then.", "ko": "설정이 그때와 같습니다."},
    "other settings": {"en": "The settings are others than then: {0}.", "ko": "설정이 그때와 다릅니다: {0}."},
    "other around": {"en": "the same sentences, but another {0}", "ko": "문장은 같으나 다음이 다릅니다: {0}"},
    "version": {
        "en": "The receipt was written by version {0} of this program; this is {1}.",
        "ko": "이 영수증은 프로그램 버전 {0}이(가) 썼고, 지금 버전은 {1}입니다.",
    },
}
_HEAD: Words = {"en": "Question: {0}  (receipt of {1})", "ko": "질문: {0}  (영수증 {1})"}
_ALTERED: Words = {
    "en": "THE RECEIPT WAS ALTERED: the digest at its end is not that of its content.",
    "ko": "영수증이 변경되었습니다: 끝에 적힌 해시가 내용과 맞지 않습니다.",
}
_ALL: Words = {"en": "Everything that was checked holds.", "ko": "확인한 것은 모두 그대로입니다."}
_SOME: Words = {"en": "Not everything holds: {0}.", "ko": "일부가 그대로가 아닙니다: {0}."}
UNCHECKED: Mapping[str, Words] = {
    "question": {"en": "that the question was asked", "ko": "질문을 실제로 했는지"},
    "made": {"en": "when", "ko": "언제 했는지"},
    "chosen": {
        "en": "that these sentences and places were chosen and no other left out (`--again` asks anew)",
        "ko": "이 문장과 자리를 고르고 다른 것을 빼지 않았는지(`--again`으로 다시 물을 수 있음)",
    },
    "confidence": {"en": "how sure it was, scores and seconds", "ko": "확신도, 점수, 걸린 시간"},
    "understood": {"en": "how the question was completed", "ko": "질문을 어떻게 채워 이해했는지"},
    "withheld": {"en": "what was withheld", "ko": "표시하지 않은 문장"},
    "model": {"en": "the language model, its translations and faults", "ko": "언어 모델과 그 번역 및 오류"},
    "sources": {"en": "a notice on a source behind it", "ko": "배후 출처에 관한 알림"},
    "missing": {
        "en": "what it says the documents do not mention",
        "ko": "문서에 없다고 한 내용",
    },
    "confined": {"en": "how many documents were asked", "ko": "찾아본 문서의 수"},
}
"""What nothing here can check, by its key."""
_UNCHECKED: Words = {
    "en": "Not checked, since nothing here could: {0}.",
    "ko": "여기서는 확인할 수 없어 확인하지 않은 것: {0}.",
}
_NO_SENTENCE: Words = {
    "en": "The reply was an abstention: its quotations are what came nearest.",
    "ko": "답변을 보류한 것이며, 인용은 가장 가까운 문장입니다.",
}


def reason_text(reason: Reason, language: Language) -> str:
    """A reason in words."""
    words: list[str] = [*reason.words]
    if language == "ko":
        from assistant.stance.reasons import in_language, particles  # here: English needs no judge

        words = [in_language(w, language) if reason.key in ("verdict", "why") else w for w in words]
        return plain(particles(WHY[reason.key][language].format(*words))).strip()
    return plain(WHY[reason.key][language].format(*words)).strip()


def unchecked(found: Replayed) -> list[str]:
    """What of the file nothing here can check."""
    return [UNCHECKED[key][language_of(found.receipt.question)] for key in found.unchecked]


def replayed_json(found: Replayed) -> dict[str, Any]:
    language = language_of(found.receipt.question)
    return {
        "question": found.receipt.question,
        "made": found.receipt.made,
        "status": found.receipt.status,
        "holds": found.holds,
        "intact": found.receipt.intact,
        "index": found.index,
        "same_corpus": found.same,
        "items": [_item_json(i, language) for i in found.items],
        "remarks": [reason_text(r, language) for r in found.remarks],
        "unchecked": unchecked(found),
    }


def _item_json(item: Checked, language: Language) -> dict[str, Any]:
    return {
        "part": item.part,
        "name": item.name,
        "standing": item.standing,
        "reasons": [r.key for r in item.reasons],
        "why": "; ".join(reason_text(r, language) for r in item.reasons) or None,
        "document": item.document or None,
        "was": [item.was.start, item.was.end] if item.was else None,
        "now": [item.now.start, item.now.end] if item.now else None,
    }


def replayed_text(found: Replayed, width: int) -> str:
    """A head, one line for each thing that was checked with its reason below, and what it comes to."""
    language = language_of(found.receipt.question)
    head = _HEAD[language].format(plain(found.receipt.question), plain(found.receipt.made))
    lines = [*fill(head, width), ""]
    for item in found.items:
        standing = STANDINGS[item.standing][language]
        lines.append(f"{standing}{' ' * (_INDENT - columns(standing))}{plain(_named(item, language))}")
        for reason in item.reasons:
            lines += fill(reason_text(reason, language), width, " " * _INDENT)
    lines += ["", *(line for r in found.remarks for line in fill(reason_text(r, language), width))]
    if found.receipt.status == "abstained":
        lines += fill(_NO_SENTENCE[language], width)
    if not found.receipt.intact:
        lines += fill(_ALTERED[language], width)
    fallen = Counter(i.standing for i in found.items if i.standing != "holds")
    if found.holds:
        lines += fill(_ALL[language], width)
    elif fallen:
        told = ", ".join(f"{n} {STANDINGS[s][language]}" for s, n in fallen.items())
        lines += fill(_SOME[language].format(told), width)
    if found.unchecked:
        lines += fill(_UNCHECKED[language].format(", ".join(unchecked(found))), width)
    return "\n".join(lines)


_INDENT = 11
_RECORDS: Mapping[str, Words] = {
    "answer": {"en": "answer", "ko": "답변 전체"},
    "index": {"en": "index", "ko": "색인"},
    "settings": {"en": "settings", "ko": "설정"},
}


def _named(item: Checked, language: Language) -> str:
    """What was checked, and where it stands."""
    part = PARTS[item.part][language]
    match item.part:
        case "reply":
            return part
        case "claim":
            return f"{part} {item.name.removeprefix('sentence ')}"
        case "document" | "record":
            return f"{part} {_RECORDS.get(item.name, {}).get(language, item.name)}"
        case _:
            place = f"{item.document} {item.now.start}–{item.now.end}" if item.now else item.document
            return f"{part} {item.name} {place}"
