"""The fixed phrases of a brief."""

from __future__ import annotations

from assistant.types import Language

_TITLE: dict[Language, str] = {"en": "Brief: {}", "ko": "보고: {}"}
_COMPOSED: dict[Language, str] = {
    "en": "Composed of the documents' own sentences; no language model wrote it.",
    "ko": "문서의 문장을 그대로 모은 것이며, 언어 모델이 쓰지 않았습니다.",
}
_WORDED: dict[Language, str] = {
    "en": "{} worded some of these sentences; each was checked against the quote behind it, and what did not stand was left "
    "as the document has it.",
    "ko": "{} 모델이 일부 문장을 다듬었습니다. 모두 인용문과 대조했으며, 확인되지 않은 문장은 문서의 원문대로 두었습니다.",
}


def title_of(about: str, language: Language) -> str:
    return _TITLE[language].format(about)


def composed_notice(language: Language, model: str = "") -> str:
    """Who made the sentences."""
    return _WORDED[language].format(model) if model else _COMPOSED[language]
