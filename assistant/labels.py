"""What the values of the views are called in both languages: one wording for the terminal, the page and files."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.types import Basis, Causality, Language, Stage
from assistant.types.policy import Aspect, BriefSection, Doubt, Flow, Measure, Relation, Strength, TopicKind, Voice

Words = Mapping[Language, str]

STRENGTHS: Mapping[Strength, Words] = {
    "must": {"en": "must", "ko": "반드시"},
    "should": {"en": "should", "ko": "해야 함"},
    "could": {"en": "could", "ko": "할 수 있음"},
    "considering": {"en": "is considering", "ko": "검토"},
}
VOICES: Mapping[Voice, Words] = {
    "own": {"en": "recommended by the document", "ko": "문서의 제언"},
    "others": {"en": "addressed to others", "ko": "다른 주체에 대한 요구"},
    "reported": {"en": "reported view", "ko": "전해진 견해"},
    "history": {"en": "history", "ko": "과거의 일"},
}
MEASURES: Mapping[Measure, Words] = {
    "level": {"en": "level", "ko": "금액·수량"},
    "share": {"en": "share", "ko": "비중"},
    "change": {"en": "change", "ko": "증감"},
    "rate": {"en": "rate", "ko": "비율·율"},
    "correlation": {"en": "correlation", "ko": "상관계수"},
    "rank": {"en": "rank", "ko": "순위"},
    "ratio": {"en": "ratio", "ko": "배율"},
    "limit": {"en": "limit or target", "ko": "한도·목표"},
}
FLOWS: Mapping[Flow, Words] = {"flow": {"en": "flow", "ko": "유량"}, "stock": {"en": "stock", "ko": "저량"}}
ASPECTS: Mapping[Aspect, Words] = {
    "who": {"en": "whose", "ko": "주체"},
    "sector": {"en": "sector", "ko": "부문"},
    "place": {"en": "where", "ko": "지역"},
    "of": {"en": "of", "ko": "전체"},
    "other": {"en": "scope", "ko": "범위"},
}
RELATIONS: Mapping[Relation, Words] = {
    "agree": {"en": "agree", "ko": "일치"},
    "differ": {"en": "differ", "ko": "차이"},
    "only_first": {"en": "only the first", "ko": "첫째만"},
    "only_second": {"en": "only the second", "ko": "둘째만"},
    "both_speak": {"en": "both speak of it", "ko": "둘 다 언급"},
}
TOPICS: Mapping[TopicKind, Words] = {
    "pillar": {"en": "pillar", "ko": "축"},
    "direction": {"en": "direction", "ko": "방향"},
    "instrument": {"en": "instrument", "ko": "수단"},
    "sector": {"en": "sector", "ko": "부문"},
    "place": {"en": "place", "ko": "지역"},
    "term": {"en": "term", "ko": "용어"},
    "given": {"en": "given", "ko": "지정"},
}
BASES: Mapping[Basis, Words] = {
    "own": {"en": "own data or calculation", "ko": "자체 자료·계산"},
    "statistics": {"en": "official statistics", "ko": "공식 통계"},
    "study": {"en": "a study", "ko": "연구"},
    "law": {"en": "law or official document", "ko": "법령·공식 문서"},
    "press": {"en": "press", "ko": "언론"},
    "other": {"en": "another source", "ko": "그 밖의 자료"},
    "none": {"en": "nothing named", "ko": "근거 미표시"},
}
CAUSALITIES: Mapping[Causality, Words] = {
    "cause": {"en": "said to cause", "ko": "원인으로 서술"},
    "correlation": {"en": "go together: no cause is shown", "ko": "함께 변함: 인과는 아님"},
    "denied": {"en": "a link is denied", "ko": "관련을 부정"},
}
STAGES: Mapping[Stage, Words] = {
    "proposed": {"en": "proposed", "ko": "제안"},
    "announced": {"en": "announced", "ko": "발표"},
    "planned": {"en": "planned", "ko": "계획"},
    "under_way": {"en": "under way", "ko": "진행 중"},
    "in_force": {"en": "in force", "ko": "시행 중"},
    "suspended": {"en": "suspended or delayed", "ko": "유예·연기"},
    "ended": {"en": "ended", "ko": "종료"},
    "struck_down": {"en": "struck down", "ko": "무효 판결"},
}
DOUBTS: Mapping[Doubt, Words] = {
    "no_mark": {"en": "note without a mark", "ko": "표시 없는 주"},
    "double_mark": {"en": "note marked more than once", "ko": "두 번 표시된 주"},
    "order": {"en": "mark out of order", "ko": "순서가 다른 표시"},
    "no_note": {"en": "mark without a note", "ko": "주가 없는 표시"},
    "access_before_publication": {"en": "accessed before it was published", "ko": "발행보다 앞선 접속일"},
    "access_differs": {"en": "date of access differs from its neighbours", "ko": "다른 주와 다른 접속일"},
    "named_twice": {"en": "one work named in two ways", "ko": "한 자료의 두 가지 표기"},
    "address": {"en": "malformed address", "ko": "잘못된 주소"},
    "too_old": {"en": "source older than what it shows", "ko": "내용보다 오래된 출처"},
    "other": {"en": "other", "ko": "그 밖"},
}
SECTIONS: Mapping[BriefSection, Words] = {
    "matter": {"en": "What the matter is", "ko": "사안"},
    "said": {"en": "What the papers say", "ko": "문서의 내용"},
    "numbers": {"en": "The numbers", "ko": "수치"},
    "recommendations": {"en": "Recommendations", "ko": "제언"},
    "differences": {"en": "Where the papers differ", "ko": "문서 간 차이"},
    "dates": {"en": "As of when", "ko": "기준 시점"},
    "unsaid": {"en": "What the corpus does not say", "ko": "문서에 없는 내용"},
}
