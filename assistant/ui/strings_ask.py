"""What the page of questions says of confining them, of a language model at work and of refusals, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from assistant.types import Language, Reason, WorkKind


@dataclass(frozen=True, slots=True)
class AskWords:
    """One language. Texts with `{}` are completed by `str.format`."""

    confine: str
    confine_means: str
    documents: str
    kinds: str
    years: tuple[str, str]
    """Over the first and the last year."""
    publishers: str
    every: str
    """What stands where nothing is chosen."""
    kind_names: MappingProxyType[WorkKind, str]
    confined: tuple[str, str]
    """That the next questions go to so many of so many documents: to one, to more."""
    confined_to_none: str
    was_confined: tuple[str, str]
    """The same of a question that was asked."""
    was_confined_to_none: str
    more: str
    """Of names that are not listed: how many."""
    year_range: str
    publisher: str
    clear: str
    alone: str
    alone_means: str
    now_alone: str
    """In the line that is always in sight, while a model is set aside."""
    writing: str
    withheld_so_far: tuple[str, str]
    withdrawn: tuple[str, str]
    why_withheld: str
    refusals: MappingProxyType[Reason, str]
    """Over a refusal: in a few words what kind it is."""


EN = AskWords(
    confine="Choose documents",
    confine_means="The next questions are answered from these documents alone. A document whose year or publisher is not "
    "known is left out where one is chosen.",
    documents="Documents",
    kinds="Kinds",
    years=("Published from", "to"),
    publishers="Publishers",
    every="all",
    kind_names=MappingProxyType({"paper": "Papers", "digest": "Our digests", "source": "Cited sources"}),
    confined=("Only {} of {} documents is asked", "Only {} of {} documents are asked"),
    confined_to_none="No document is asked: none of {} is within",
    was_confined=("Only {} of {} documents was asked", "Only {} of {} documents were asked"),
    was_confined_to_none="No document was asked: none of {} is within",
    more="{} more",
    year_range="published {} to {}",
    publisher="publisher: {}",
    clear="Ask all documents",
    alone="Without the language model",
    alone_means="The next answers are the documents’ own sentences. No text is sent to the model.",
    now_alone="The language model {} is set aside: nothing is sent to it.",
    writing="The language model writes. Each sentence is shown once it has been checked; all of it counts only when it is "
    "complete.",
    withheld_so_far=("1 sentence did not pass and is not shown.", "{} sentences did not pass and are not shown."),
    withdrawn=(
        "1 sentence that was in sight while the model wrote is withdrawn.",
        "{} sentences that were in sight while the model wrote are withdrawn.",
    ),
    why_withheld="Why:",
    refusals=MappingProxyType(
        {
            "not_in_corpus": "No answer: the documents have nothing on this",
            "not_answered_by_corpus": "No answer in the documents",
            "source_not_held": "The source that may say this is not held",
            "in_figure": "No answer in words: only a figure shows this",
            "unsupported": "No answer that stood the check",
            "not_a_question": "Nothing that documents could answer",
        }
    ),
)

KO = AskWords(
    confine="문서 고르기",
    confine_means="다음 질문부터 고른 문서에서만 답합니다. 연도나 발행처를 고르면, 그것이 알려지지 않은 문서는 빠집니다.",
    documents="문서",
    kinds="종류",
    years=("발행 연도(부터)", "까지"),
    publishers="발행처",
    every="전체",
    kind_names=MappingProxyType({"paper": "논문", "digest": "저희의 요약", "source": "인용 출처"}),
    confined=("문서 {1}건 가운데 {0}건에만 묻습니다", "문서 {1}건 가운데 {0}건에만 묻습니다"),
    confined_to_none="문서 {}건 가운데 해당하는 것이 없어 아무 문서에도 묻지 않습니다",
    was_confined=("문서 {1}건 가운데 {0}건에만 물었습니다", "문서 {1}건 가운데 {0}건에만 물었습니다"),
    was_confined_to_none="문서 {}건 가운데 해당하는 것이 없어 아무 문서에도 묻지 않았습니다",
    more="그 밖에 {}건",
    year_range="{}~{}년 발행",
    publisher="발행처: {}",
    clear="모든 문서에 묻기",
    alone="언어 모델 없이",
    alone_means="다음 답부터 문서의 문장을 그대로 보이며, 모델에는 아무것도 보내지 않습니다.",
    now_alone="언어 모델 {}: 지금은 쓰지 않으며, 아무것도 보내지 않습니다.",
    writing="언어 모델이 작성하고 있습니다. 문장마다 확인을 거쳐 표시하며, 끝까지 작성되어야 답이 됩니다.",
    withheld_so_far=(
        "문장 1개가 확인을 통과하지 못해 표시하지 않습니다.",
        "문장 {}개가 확인을 통과하지 못해 표시하지 않습니다.",
    ),
    withdrawn=(
        "모델이 작성하는 동안 보였던 문장 1개를 거두었습니다.",
        "모델이 작성하는 동안 보였던 문장 {}개를 거두었습니다.",
    ),
    why_withheld="까닭:",
    refusals=MappingProxyType(
        {
            "not_in_corpus": "답 없음: 이 주제를 다룬 문서가 없습니다",
            "not_answered_by_corpus": "문서에 답이 없습니다",
            "source_not_held": "답이 있을 만한 출처를 보유하고 있지 않습니다",
            "in_figure": "글로 된 답은 없고 그림에만 나타나 있습니다",
            "unsupported": "확인을 통과한 답이 없습니다",
            "not_a_question": "문서로 답할 수 있는 질문이 아닙니다",
        }
    ),
)

WORDS: MappingProxyType[Language, AskWords] = MappingProxyType({"en": EN, "ko": KO})
