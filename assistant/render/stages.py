"""How far a measure had come of which a citation speaks, and as of when, in a line."""

from __future__ import annotations

from assistant.labels import STAGES
from assistant.types import Citation, Language, Stage

UNSETTLED: frozenset[Stage] = frozenset(("proposed", "announced", "planned", "suspended", "ended", "struck_down"))
"""What a reader could take for in force, and was not."""
_SAID: dict[Language, tuple[str, str]] = {
    "en": ("{stage}, as of {date}", "{stage} when the document was written; its date is not known"),
    "ko": ("{date} 기준 {stage}", "문서 작성 당시 {stage}(문서의 날짜를 알 수 없음)"),
}


def stage_said(c: Citation, language: Language) -> str:
    """`announced, as of 2026`; '' where the citation tells no stage, or the measure is in force or under way."""
    if c.stage is None or c.stage not in UNSETTLED:
        return ""
    known, unknown = _SAID[language]
    stage = STAGES[c.stage][language]
    return known.format(stage=stage, date=c.published) if c.published else unknown.format(stage=stage)
