"""What the page of sources says, in English and Korean."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from assistant.sources.fetching import Kind
from assistant.types import Language, Retrieval, SourceState

Had = Retrieval | None
"""How a work can be had; None where nobody has said."""


@dataclass(frozen=True, slots=True)
class SourcesWords:
    """One language. Texts with `{}` are completed by `str.format`."""

    intro: str
    coverage: str
    ceiling: tuple[str, str]
    """How many of the works are beyond reach."""
    none_named: str
    document: str
    any_document: str
    state: str
    had: str
    any_way: str
    search: str
    order: str
    orders: tuple[str, str, str]
    heads: tuple[str, str, str]
    shown: str
    nothing_fits: str
    retrievals: MappingProxyType[Had, str]
    to_do: MappingProxyType[SourceState, str]
    no_address: str
    """What can be done for a work that is not held and has no address to ask."""
    title_unsure: str
    how_to_get: MappingProxyType[Had, str]
    """What can be done for a work that is not retrievable."""
    notes: tuple[str, str]
    in_text: str
    """A document that names a work outside of its notes."""
    more_documents: tuple[str, str]
    named_in: str
    held_as: str
    maybe: str
    settle: str
    fetch: str
    by_hand: str
    last_attempt: str
    attempts: MappingProxyType[Kind, str]
    unsure: str
    record: str
    doubts: tuple[str, str]
    doubts_mean: str
    could_be: str
    unread: str
    table: str
    plot: str
    plot_alt: str
    plot_most: str
    plot_notes: str
    plot_count: str


EN = SourcesWords(
    intro="Every work that the documents name, where they name it, and whether it is held.",
    coverage="{} of the {} works that can be had are held; {} are named.",
    ceiling=("1 is out of reach: a book, behind a paywall or data behind a query.",
             "{} are out of reach: books, behind paywalls or data behind queries."),
    none_named="The documents of this index name no works.",
    document="Named by",
    any_document="Any document",
    state="State",
    had="How it can be had",
    any_way="Any way",
    search="Title, author, note or id",
    order="Order",
    orders=("As first named", "Most named first", "Newest first"),
    heads=("Work", "Named in", "State"),
    shown="{} of {} works",
    nothing_fits="No work fits these filters.",
    retrievals=MappingProxyType(
        {
            "open": "free to read",
            "web": "web page",
            "law": "law",
            "paywalled": "behind a paywall",
            "book": "book",
            "data-service": "data behind a query",
            None: "not known",
        }
    ),
    to_do=MappingProxyType(
        {
            "held": "",
            "not_held": "Can be fetched",
            "dead": "Find it elsewhere",
            "moved": "Find its new address",
            "blocked": "Save it in a browser",
            "ambiguous": "Say which file it is",
            "not_retrievable": "Get it from a library",
        }
    ),
    no_address="No address: add its file",
    title_unsure="The title is not sure: it was read from the note below.",
    how_to_get=MappingProxyType(
        {
            "open": "Add its file",
            "web": "Add its file",
            "law": "Add its file",
            "paywalled": "Get it through a library",
            "book": "Get the book",
            "data-service": "Run the query there",
            None: "Get it from its publisher",
        }
    ),
    notes=("note {}", "notes {}"),
    in_text="in the text",
    more_documents=("and 1 more document", "and {} more documents"),
    named_in="Named in",
    held_as="Held as",
    maybe="It may be one of these documents. Say which:",
    settle="None of them:",
    fetch="Fetch it:",
    by_hand="Or put its file into the corpus folder, or run:",
    last_attempt="Asked on {}: {}",
    attempts=MappingProxyType(
        {
            "fetched": "fetched",
            "unchanged": "unchanged",
            "dead": "the address is dead",
            "moved": "the address leads elsewhere",
            "another page": "what came is another page",
            "blocked": "it is there, but not for us",
            "refused": "an address that is not asked",
            "too large": "too large",
            "failed": "it failed",
        }
    ),
    unsure="Read with doubt: {}",
    record="Named in the work’s record",
    doubts=("1 note does not make clear which work it means", "{} notes do not make clear which work they mean"),
    doubts_mean="They count for no work until a person settles them.",
    could_be="Could be: {}",
    unread="The work it points back to was not found.",
    table="Table",
    plot="Who cites what",
    plot_alt="A plot of the works against the documents that name them; all that it shows stands in the table below.",
    plot_most="The {} most named of {} works.",
    plot_notes="Note",
    plot_count="Times named",
)  # fmt: skip

KO = SourcesWords(
    intro="문서들이 인용하는 모든 문헌, 인용한 자리, 보유 여부입니다.",
    coverage="구할 수 있는 {1}편 가운데 {0}편을 보유하고 있습니다. 인용된 문헌은 모두 {2}편입니다.",
    ceiling=("1편은 책, 유료 자료, 조회형 데이터라서 구할 수 없습니다.",
             "{}편은 책, 유료 자료, 조회형 데이터라서 구할 수 없습니다."),
    none_named="이 색인의 문서는 다른 문헌을 인용하지 않습니다.",
    document="인용한 문서",
    any_document="모든 문서",
    state="상태",
    had="구하는 방법",
    any_way="모두",
    search="제목, 저자, 주, 식별자",
    order="순서",
    orders=("문서가 인용한 순서", "많이 인용된 순서", "최근 것부터"),
    heads=("문헌", "인용한 자리", "상태"),
    shown="문헌 {1}편 중 {0}편",
    nothing_fits="조건에 맞는 문헌이 없습니다.",
    retrievals=MappingProxyType(
        {
            "open": "무료 공개",
            "web": "웹 페이지",
            "law": "법령",
            "paywalled": "유료",
            "book": "책",
            "data-service": "조회형 데이터",
            None: "알 수 없음",
        }
    ),
    to_do=MappingProxyType(
        {
            "held": "",
            "not_held": "내려받을 수 있음",
            "dead": "다른 곳에서 찾기",
            "moved": "새 주소 찾기",
            "blocked": "브라우저에서 저장하기",
            "ambiguous": "어느 파일인지 정하기",
            "not_retrievable": "도서관에서 구하기",
        }
    ),
    no_address="주소 없음: 파일 추가하기",
    title_unsure="제목이 확실하지 않습니다. 아래 주에서 읽은 것입니다.",
    how_to_get=MappingProxyType(
        {
            "open": "파일 추가하기",
            "web": "파일 추가하기",
            "law": "파일 추가하기",
            "paywalled": "도서관을 통해 구하기",
            "book": "책 구하기",
            "data-service": "해당 사이트에서 조회하기",
            None: "발행처에서 구하기",
        }
    ),
    notes=("주 {}", "주 {}"),
    in_text="본문",
    more_documents=("외 문서 1편", "외 문서 {}편"),
    named_in="인용한 자리",
    held_as="보유 문서",
    maybe="다음 문서 중 하나일 수 있습니다. 어느 것인지 정해 주십시오:",
    settle="모두 아니면:",
    fetch="내려받기:",
    by_hand="파일이 있으면 자료 폴더에 넣거나 다음을 실행하십시오:",
    last_attempt="{}에 시도: {}",
    attempts=MappingProxyType(
        {
            "fetched": "내려받음",
            "unchanged": "바뀐 것 없음",
            "dead": "주소가 사라짐",
            "moved": "주소가 다른 곳으로 이어짐",
            "another page": "다른 페이지가 옴",
            "blocked": "있으나 접근이 막힘",
            "refused": "접속하지 않는 주소",
            "too large": "너무 큼",
            "failed": "실패",
        }
    ),
    unsure="확실하지 않게 읽은 항목: {}",
    record="문헌의 기록에 적힌 인용",
    doubts=("어느 문헌을 가리키는지 분명하지 않은 주 1개", "어느 문헌을 가리키는지 분명하지 않은 주 {}개"),
    doubts_mean="사람이 정할 때까지 어느 문헌에도 넣지 않습니다.",
    could_be="후보: {}",
    unread="앞서 인용한 문헌을 찾지 못했습니다.",
    table="표",
    plot="인용 관계",
    plot_alt="문헌과 이를 인용한 문서를 나타낸 그림. 내용은 모두 아래 표에 있습니다.",
    plot_most="문헌 {1}편 중 가장 많이 인용된 {0}편.",
    plot_notes="주",
    plot_count="인용 횟수",
)  # fmt: skip

WORDS: MappingProxyType[Language, SourcesWords] = MappingProxyType({"en": EN, "ko": KO})
