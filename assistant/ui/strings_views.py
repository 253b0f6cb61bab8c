"""What the page of views for officials says, in English and Korean. Names of values stand in `assistant/labels.py`."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from assistant.backends.exports.grids import GridForm
from assistant.types import Language

View = Literal["brief", "recommendations", "numbers", "positions", "claims", "notes"]


@dataclass(frozen=True, slots=True)
class ViewWords:
    """One language. Texts with `{}` are completed by `str.format`."""

    intro: str
    view: str
    views: MappingProxyType[View, str]
    documents: str
    document: str
    all_papers: str
    not_said: str
    elsewhere: str
    files: MappingProxyType[GridForm, str]
    shown: str
    nothing_fits: str
    none_held: str
    reading: str
    # recommendations
    actor: str
    any_actor: str
    instrument: str
    any_instrument: str
    pillar: str
    any_pillar: str
    strength: str
    voice: str
    search: str
    recommendation_heads: tuple[str, str, str, str]
    instruments: str
    beneficiaries: str
    condition: str
    said_by: str
    opened_by: str
    # numbers
    query: str
    query_example: str
    candidates: str
    differs_in: str
    lacks: str
    near: str
    conflicts: str
    no_conflicts: str
    number_heads: tuple[str, str, str, str]
    source: str
    in_text: MappingProxyType[Literal["text", "note", "table"], str]
    all_numbers: str
    # positions
    first: str
    second: str
    topics: str
    topics_example: str
    compare: str
    same_twice: str
    relation: str
    position_heads: tuple[str, str, str]
    silent: str
    only: str
    # claims
    basis: str
    stage: str
    causality: str
    claim_heads: tuple[str, str, str]
    # notes
    doubt: str
    doubts_honest: str
    no_doubts: str
    note: str
    beside: str
    # brief
    about: str
    question: str
    for_whom: str
    for_example: str
    length: str
    make: str
    composing: str


EN = ViewWords(
    intro="Views over whole documents. Every row opens on the words that it rests on.",
    view="View",
    views=MappingProxyType(
        {
            "brief": "Brief",
            "recommendations": "Recommendations",
            "numbers": "Numbers",
            "positions": "Positions",
            "claims": "Claims",
            "notes": "Notes",
        }
    ),
    documents="Documents",
    document="Document",
    all_papers="all papers ({})",
    not_said="not said",
    elsewhere="named nearby",
    files=MappingProxyType({"word": "Word", "csv": "Table (CSV)", "markdown": "Markdown"}),
    shown="{} of {}",
    nothing_fits="Nothing fits these filters.",
    none_held="The index holds no document. Add one: assistant ingest PATH",
    reading="Reading the documents …",
    actor="Who should act",
    any_actor="anybody",
    instrument="By which instrument",
    any_instrument="any",
    pillar="Pillar or section",
    any_pillar="any",
    strength="How strongly",
    voice="Whose",
    search="Words",
    recommendation_heads=("Who", "What is to be done", "How strongly", "Where"),
    instruments="By",
    beneficiaries="For",
    condition="Condition",
    said_by="Said by",
    opened_by="Opened by",
    query="Which number?",
    query_example="outward FDI electrical equipment 2024",
    candidates="{} figures fit. Two that differ in scope are not the same number.",
    differs_in="Differs in",
    lacks="Does not say",
    near="Nothing fits. Nearest, of another year, place or scope:",
    conflicts="Figures that conflict",
    no_conflicts="No two figures of the same quantity, period and scope differ in these documents.",
    number_heads=("Figure", "Of what", "When", "Where"),
    source="Source",
    in_text=MappingProxyType({"text": "text", "note": "note", "table": "table"}),
    all_numbers="All figures",
    first="First document",
    second="Second document",
    topics="Topics (optional)",
    topics_example="visas, small firms",
    compare="Compare",
    same_twice="Choose two different documents.",
    relation="Show",
    position_heads=("Topic", "{}", "{}"),
    silent="says nothing on it",
    only="only {}",
    basis="Rests on",
    stage="Stage",
    causality="Cause or correlation",
    claim_heads=("Claim", "Rests on", "Where"),
    doubt="Show",
    doubts_honest="Questions to the author, not verdicts: each may have a good answer.",
    no_doubts="Nothing in the notes of this document calls for a question.",
    note="note {}",
    beside="Beside it",
    about="About",
    question="A question",
    for_whom="For whom (optional)",
    for_example="Minister of Trade",
    length="Words, about",
    make="Make the brief",
    composing="Composing the brief …",
)
KO = ViewWords(
    intro="문서 전체를 정리해 보여 줍니다. 각 줄을 열면 근거가 되는 문장이 나옵니다.",
    view="보기",
    views=MappingProxyType(
        {
            "brief": "브리핑",
            "recommendations": "제언",
            "numbers": "수치",
            "positions": "입장 비교",
            "claims": "주장과 근거",
            "notes": "주석 점검",
        }
    ),
    documents="문서",
    document="문서",
    all_papers="모든 논문 ({}편)",
    not_said="명시되지 않음",
    elsewhere="가까운 문장에서",
    files=MappingProxyType({"word": "Word", "csv": "표 (CSV)", "markdown": "Markdown"}),
    shown="{1}건 가운데 {0}건",
    nothing_fits="조건에 맞는 항목이 없습니다.",
    none_held="색인에 문서가 없습니다. 추가하려면: assistant ingest PATH",
    reading="문서를 읽는 중 …",
    actor="실행 주체",
    any_actor="모두",
    instrument="수단",
    any_instrument="모두",
    pillar="축 또는 절",
    any_pillar="모두",
    strength="강도",
    voice="누구의 제언",
    search="찾을 말",
    recommendation_heads=("주체", "할 일", "강도", "위치"),
    instruments="수단",
    beneficiaries="대상",
    condition="조건",
    said_by="말한 이",
    opened_by="앞선 문장",
    query="어떤 수치를 찾습니까?",
    query_example="2024년 전기장비 해외직접투자",
    candidates="맞는 수치가 {}건입니다. 범위가 다르면 같은 수치가 아닙니다.",
    differs_in="다른 점",
    lacks="밝히지 않은 것",
    near="맞는 수치가 없습니다. 연도, 지역, 범위가 다른 가까운 수치:",
    conflicts="서로 어긋나는 수치",
    no_conflicts="이 문서들에는 수량, 시기, 범위가 같으면서 값이 다른 수치가 없습니다.",
    number_heads=("수치", "무엇의", "시기", "위치"),
    source="출처",
    in_text=MappingProxyType({"text": "본문", "note": "주석", "table": "표"}),
    all_numbers="모든 수치",
    first="첫째 문서",
    second="둘째 문서",
    topics="주제 (선택)",
    topics_example="비자, 중소기업",
    compare="비교",
    same_twice="서로 다른 두 문서를 고르십시오.",
    relation="표시",
    position_heads=("주제", "{}", "{}"),
    silent="언급 없음",
    only="{}에만 있음",
    basis="근거",
    stage="진행 단계",
    causality="인과와 상관",
    claim_heads=("주장", "근거", "위치"),
    doubt="표시",
    doubts_honest="저자에게 묻는 질문이며 판정이 아닙니다. 타당한 까닭이 있을 수 있습니다.",
    no_doubts="이 문서의 주석에는 물을 것이 없습니다.",
    note="주 {}",
    beside="견준 곳",
    about="대상",
    question="질문",
    for_whom="누구를 위해 (선택)",
    for_example="통상 담당 장관",
    length="분량 (단어)",
    make="브리핑 만들기",
    composing="브리핑을 만드는 중 …",
)
WORDS: MappingProxyType[Language, ViewWords] = MappingProxyType({"en": EN, "ko": KO})
