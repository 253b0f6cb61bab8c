"""What the page of audits says, in English and Korean."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from assistant.types import Language, Support


@dataclass(frozen=True, slots=True)
class AuditWords:
    """One language. Texts with `{}` are completed by `str.format`."""

    intro: str
    document: str
    run: str
    sentences: str
    compared: str
    nothing: str
    not_held: str
    honest: str
    verdict: str
    verdicts: MappingProxyType[Support, str]
    others: str
    """Of lines whose source is not held."""
    paper: str
    source: str
    nearest: str
    nothing_beside: str
    not_held_here: str
    note: str
    by_name: str
    more: str
    shown: str
    save_csv: str
    save_page: str
    older: str
    none_held: str


EN = AuditWords(
    intro="Sets each sentence that rests on a note beside what the held source says.",
    document="Document",
    run="Compare with its sources",
    sentences="sentences",
    compared="{} comparisons with {} held sources.",
    nothing="No sentence of it rests on a source that is held: there is nothing to compare.",
    not_held="{} more rest on {} works that are not held.",
    honest="“Not found” is not “wrong”: the author may have judged, summed up or read another edition.",
    verdict="Show",
    verdicts=MappingProxyType(
        {
            "contradicted": "differs",
            "unsupported": "not found",
            "partial": "partly",
            "unchecked": "not checked",
            "supported": "supported",
        }
    ),
    others="source not held",
    paper="The document says",
    source="The source says",
    nearest="Nearest in the source",
    nothing_beside="Nothing in the source could be set beside it.",
    not_held_here="This source is not held.",
    note="note {}",
    by_name="named in the text",
    more="In context",
    shown="{} of {} lines",
    save_csv="Table (CSV)",
    save_page="Page (HTML)",
    older="The index has changed since: compare again.",
    none_held="The index holds no document.",
)

KO = AuditWords(
    intro="주석이 달린 문장과 보유한 출처의 내용을 나란히 놓고 대조합니다.",
    document="문서",
    run="출처와 대조",
    sentences="문장",
    compared="보유한 출처 {1}건과 {0}회 대조했습니다.",
    nothing="보유한 출처에 근거한 문장이 없어 대조할 것이 없습니다.",
    not_held="그 밖에 {}건은 보유하지 않은 문헌 {}건에 근거합니다.",
    honest="‘찾지 못함’은 ‘틀림’이 아닙니다. 저자의 판단이나 요약이거나 다른 판본일 수 있습니다.",
    verdict="보기",
    verdicts=MappingProxyType(
        {
            "contradicted": "다름",
            "unsupported": "찾지 못함",
            "partial": "일부",
            "unchecked": "확인 못 함",
            "supported": "뒷받침됨",
        }
    ),
    others="미보유 출처",
    paper="문서의 문장",
    source="출처의 문장",
    nearest="출처에서 가장 가까운 대목",
    nothing_beside="출처에서 견줄 대목을 찾지 못했습니다.",
    not_held_here="이 출처는 보유하고 있지 않습니다.",
    note="주 {}",
    by_name="본문에서 언급",
    more="앞뒤 문맥",
    shown="{1}줄 중 {0}줄",
    save_csv="표 (CSV)",
    save_page="페이지 (HTML)",
    older="그 뒤로 색인이 바뀌었습니다. 다시 대조하십시오.",
    none_held="색인에 문서가 없습니다.",
)

WORDS: MappingProxyType[Language, AuditWords] = MappingProxyType({"en": EN, "ko": KO})
