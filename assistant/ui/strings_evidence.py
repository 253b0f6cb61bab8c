"""What the page of evidence says, in English and Korean."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from assistant.types import Language, Support, Unweighed


@dataclass(frozen=True, slots=True)
class EvidenceWords:
    """One language. Texts with `{}` are completed by `str.format`."""

    intro: str
    text: str
    placeholder: str
    look: str
    sentences: str
    against: str
    support: str
    partly: str
    silent: str
    unweighed: MappingProxyType[Unweighed, str]
    totals: MappingProxyType[str, str]
    """How many sentences, by what the corpus comes to on them (`counts`)."""
    for_it: str
    against_it: str
    nearest: str
    near: str
    """Over places that decide nothing where others decide."""
    papers: str
    sources: str
    places: MappingProxyType[Support, str]
    """What is said of one place that does not speak plainly."""


EN = EvidenceWords(
    intro="Paste a paragraph. For each sentence you see what in the papers and in their sources speaks for it or "
    "against it, or that nothing does.",
    text="Your text",
    placeholder="A sentence or a paragraph, in English or Korean",
    look="Look for evidence",
    sentences="sentences",
    against="{} against",
    support="{} for",
    partly="{} in part",
    silent="Silence: nothing speaks for it or against it",
    unweighed=MappingProxyType({"question": "A question: it states nothing", "no_statement": "It states nothing"}),
    totals=MappingProxyType(
        {
            "supported": "supported: {}",
            "contradicted": "contradicted: {}",
            "for_and_against": "for and against: {}",
            "partial": "supported in part: {}",
            "silent": "no evidence: {}",
            "no_statement": "no statement: {}",
        }
    ),
    for_it="For it",
    against_it="Against it",
    nearest="Nearest passages (they decide nothing)",
    near="Near it, and deciding nothing",
    papers="in the papers",
    sources="in the sources",
    places=MappingProxyType(
        {
            "partial": "says part of it",
            "contradicted": "speaks of something else",
            "unchecked": "could not be decided",
        }
    ),
)

KO = EvidenceWords(
    intro="문단을 붙여 넣으십시오. 문장마다 논문과 그 출처에서 뒷받침하는 대목과 어긋나는 대목을 보여 드립니다. "
    "없으면 없다고 합니다.",
    text="글",
    placeholder="한국어나 영어로 된 문장 또는 문단",
    look="증거 찾기",
    sentences="문장",
    against="어긋남 {}",
    support="뒷받침 {}",
    partly="일부 뒷받침 {}",
    silent="증거 없음: 뒷받침하거나 어긋나는 대목이 없습니다",
    unweighed=MappingProxyType({"question": "질문이라서 따질 내용이 없음", "no_statement": "따질 내용이 없음"}),
    totals=MappingProxyType(
        {
            "supported": "뒷받침됨: {}",
            "contradicted": "어긋남: {}",
            "for_and_against": "엇갈림: {}",
            "partial": "일부만 뒷받침됨: {}",
            "silent": "증거 없음: {}",
            "no_statement": "진술 아님: {}",
        }
    ),
    for_it="뒷받침",
    against_it="어긋남",
    nearest="가장 가까운 대목 (판단의 근거가 아닙니다)",
    near="가까우나 판단의 근거가 아닌 대목",
    papers="논문",
    sources="출처",
    places=MappingProxyType(
        {"partial": "일부만 말함", "contradicted": "다른 것에 관한 내용", "unchecked": "판단하지 못함"}
    ),
)

WORDS: MappingProxyType[Language, EvidenceWords] = MappingProxyType({"en": EN, "ko": KO})
