"""What is said of a cited work's state, in both languages: one wording for the terminal and for exports."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.types import Language, SourceState

STATES: Mapping[SourceState, Mapping[Language, str]] = {
    "held": {"en": "held", "ko": "보유"},
    "not_held": {"en": "not held", "ko": "미보유"},
    "dead": {"en": "not held, its address is dead", "ko": "미보유, 주소가 없어짐"},
    "moved": {"en": "not held, its address has moved", "ko": "미보유, 주소가 바뀜"},
    "blocked": {"en": "not held, its site blocks programs", "ko": "미보유, 사이트가 자동 접근을 막음"},
    "ambiguous": {"en": "not clear", "ko": "분명하지 않음"},
    "not_retrievable": {"en": "not held, and not to be had by a program", "ko": "미보유, 내려받을 수 없음"},
}
