"""What the page itself says, in English and Korean. Both are complete, or the types do not check."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from assistant.render import page_name as english_page_name
from assistant.types import CitationKind, Language, SourceState, Support

NAMES: MappingProxyType[Language, str] = MappingProxyType({"en": "English", "ko": "한국어"})


@dataclass(frozen=True, slots=True)
class Strings:
    """One language. Texts with `{}` are completed by `str.format`."""

    language: Language
    title: str
    pages: tuple[str, str, str, str, str]
    """Names of the pages: ask, sources, evidence, audit, brief (the views)."""
    choose_language: str
    placeholder: str
    intro: str
    examples: tuple[str, ...]
    new_conversation: str
    opening: str
    looking: str
    no_model: str
    no_model_means: str
    model: str
    model_sends: str
    model_stays: str
    model_means: str
    written_by: str
    translation: str
    papers: tuple[str, str]
    digests: tuple[str, str]
    sources: tuple[str, str]
    joined: str
    answers_from: str
    digests_only: str
    add_papers: str
    nothing_held: str
    index: str
    understood: str
    correct: str
    meant: str
    ask_again: str
    nearest: str
    withheld: tuple[str, str]
    calculation: str
    verdicts: MappingProxyType[Support, str]
    kinds: MappingProxyType[CitationKind, str]
    marks: MappingProxyType[CitationKind, str]
    """What a mark says beside the page, or where there is none."""
    short_page: str
    section: str
    undated: str
    no_pages: str
    page_range: str
    own: str
    relayed: str
    note: str
    number_only: str
    names_works: str
    states: MappingProxyType[SourceState, str]
    to_do: MappingProxyType[SourceState, str]
    """What can be done, in a few words; the ledger's own sentence says more."""
    hop: str
    note_name: str
    more_hops: tuple[str, str]
    hop_verdicts: MappingProxyType[Support, str]
    cite_origin: str
    cite_origin_means: str
    save: str
    save_means: str
    receipt: str
    receipt_means: str
    forms: tuple[str, ...]
    """Names of the forms that are exported, in the order of downloads.FORMS."""
    running: str
    cell: str
    table: str
    error: str
    not_shown: str


EN = Strings(
    language="en",
    title="Ask the strategy papers",
    pages=("Ask", "Sources", "Evidence", "Audit", "Brief"),
    choose_language="Language",
    placeholder="Ask in English or Korean",
    intro="Every sentence of an answer carries a mark such as [1]. Press it to see the words it rests on.",
    examples=(
        "How many FTAs has South Korea concluded?",
        "How much did conglomerates invest abroad in electrical equipment in 2023?",
        "Why should Korea join the CPTPP early?",
        "Which U.S. policies does Han name as risks?",
        "2023년 대기업의 전기장비 부문 해외직접투자 금액과 비중은?",
        "미국 정책의 변동성이 우리 기업의 해외 생산에 어떤 영향을 줍니까?",
    ),
    new_conversation="New conversation",
    opening="Opening the index …",
    looking="Looking in the documents …",
    no_model="No language model writes.",
    no_model_means="Sentences, cells and records are taken from the documents and checked against them.",
    model="A language model writes: {}.",
    model_sends="With each question, the question and the passages found for it are sent to {}.",
    model_stays="The question and the passages found for it are read by {} on this machine and do not leave it.",
    model_means="Each of its sentences is checked against the words that it cites, and what fails is not shown.",
    written_by="Written by {}.",
    translation="Machine translation, not a quotation: ",
    papers=("1 paper", "{} papers"),
    digests=("our digest of 1 paper", "our digests of {} papers"),
    sources=("1 cited source", "{} cited sources"),
    joined=" and ",
    answers_from="Answers quote {}.",
    digests_only="Answers quote {}, not the papers.",
    add_papers="To have the papers themselves quoted, add them:",
    nothing_held="The index holds no document. Add one: assistant ingest PATH",
    index="Index {}",
    understood="Understood as: {}",
    correct="Not what you meant?",
    meant="The question that you mean",
    ask_again="Ask this",
    nearest="Nearest passages (not an answer)",
    withheld=(
        "1 sentence did not pass the check against its sources and is not shown.",
        "{} sentences did not pass the check against their sources and are not shown.",
    ),
    calculation="Calculated: {} = {}",
    verdicts=MappingProxyType(
        {
            "supported": "Supported by its source",
            "partial": "Only partly borne by its source",
            "unsupported": "Not borne by its source",
            "contradicted": "Contradicted by its source",
            "unchecked": "Could not be checked",
        }
    ),
    kinds=MappingProxyType(
        {"paper": "Paper", "source": "Cited source", "digest": "Our digest", "catalog": "Catalogue"}
    ),
    marks=MappingProxyType({"source": "source", "digest": "digest", "catalog": "catalogue"}),
    short_page="p. {}",
    section="Section: {}",
    undated="date not known",
    no_pages="a digest has no pages",
    page_range="{} to {}",
    own="Stated by the document itself",
    relayed="Relayed: rests on a note or names another source",
    note="Note {}: ",
    number_only="number only; the digest does not give this note’s text",
    names_works="It names:",
    states=MappingProxyType(
        {
            "held": "held",
            "not_held": "not held",
            "dead": "address is dead",
            "moved": "moved",
            "blocked": "blocked",
            "ambiguous": "to be settled",
            "not_retrievable": "not retrievable",
        }
    ),
    to_do=MappingProxyType(
        {
            "held": "",
            "not_held": "Fetch it, or add the file",
            "dead": "Find it elsewhere, add the file",
            "moved": "Find its new address, add the file",
            "blocked": "Open it in a browser, save it, add the file",
            "ambiguous": "Say which file it is",
            "not_retrievable": "Get it from a library or its publisher, add the file",
        }
    ),
    hop="The source itself",
    note_name="note {}",
    more_hops=("1 more source behind it", "{} more sources behind it"),
    hop_verdicts=MappingProxyType(
        {
            "supported": "The source says so",
            "partial": "The source says a part of it",
            "contradicted": "The source says otherwise",
            "unsupported": "Not found in the source; this is its nearest passage",
            "unchecked": "Could not be checked against the source",
        }
    ),
    cite_origin="Cite the origin",
    cite_origin_means="Where a paper relays a source that is held, the next answer quotes the source itself.",
    save="Save",
    save_means="With quotes, pages, notes and bibliography.",
    receipt="Receipt",
    receipt_means="All that the reply rests on; `assistant verify` replays the checks.",
    forms=("Word", "Markdown", "BibTeX", "RIS", "CSL-JSON", "Chicago", "APA"),
    running="{}: {} of {}",
    cell="{}: row “{}”, column “{}”",
    table="Table {}",
    error="This did not work",
    not_shown=" … ({} more characters)",
)

KO = Strings(
    language="ko",
    title="전략 논문에 묻기",
    pages=("질문", "출처", "증거", "대조", "브리핑"),
    choose_language="언어",
    placeholder="한국어나 영어로 물어보세요",
    intro="답의 모든 문장에는 [1]과 같은 표시가 있습니다. 누르면 근거가 된 원문이 보입니다.",
    examples=(
        "2023년 대기업의 전기장비 부문 해외직접투자 금액과 비중은?",
        "CPTPP에 가입하면 어떤 이점이 있다고 합니까?",
        "미국 정책의 변동성이 우리 기업의 해외 생산에 어떤 영향을 줍니까?",
        "How many FTAs has South Korea concluded?",
        "Which U.S. policies does Han name as risks?",
    ),
    new_conversation="새 대화",
    opening="색인을 여는 중입니다 …",
    looking="문서에서 찾는 중입니다 …",
    no_model="언어 모델은 쓰지 않습니다.",
    no_model_means="문장, 표의 값, 서지 사항을 문서에서 가져와 대조합니다.",
    model="언어 모델이 답을 작성합니다: {}.",
    model_sends="질문할 때마다 질문과 찾은 대목을 {}에 보냅니다.",
    model_stays="질문과 찾은 대목은 이 컴퓨터의 {}에서만 읽으며, 밖으로 나가지 않습니다.",
    model_means="모델이 쓴 문장은 모두 인용한 원문과 대조하며, 통과하지 못한 문장은 표시하지 않습니다.",
    written_by="작성: {}.",
    translation="기계 번역이며 인용이 아님: ",
    papers=("논문 1편", "논문 {}편"),
    digests=("논문 1편에 대한 저희의 요약", "논문 {}편에 대한 저희의 요약"),
    sources=("인용 출처 1편", "인용 출처 {}편"),
    joined=", ",
    answers_from="인용 대상: {}.",
    digests_only="논문 원문이 아니라 {}을(를) 인용합니다.",
    add_papers="논문 원문을 인용하려면 파일을 추가하십시오:",
    nothing_held="색인에 문서가 없습니다. 추가하십시오: assistant ingest PATH",
    index="색인 {}",
    understood="이렇게 이해했습니다: {}",
    correct="다른 뜻이었습니까?",
    meant="실제로 묻고자 한 질문",
    ask_again="이 질문으로 다시 묻기",
    nearest="가장 가까운 대목 (답이 아닙니다)",
    withheld=(
        "출처 확인을 통과하지 못한 문장 1개는 표시하지 않습니다.",
        "출처 확인을 통과하지 못한 문장 {}개는 표시하지 않습니다.",
    ),
    calculation="계산: {} = {}",
    verdicts=MappingProxyType(
        {
            "supported": "출처가 뒷받침함",
            "partial": "출처가 일부만 뒷받침함",
            "unsupported": "출처가 뒷받침하지 않음",
            "contradicted": "출처와 어긋남",
            "unchecked": "확인하지 못함",
        }
    ),
    kinds=MappingProxyType({"paper": "논문", "source": "인용 출처", "digest": "저희의 요약", "catalog": "목록"}),
    marks=MappingProxyType({"source": "출처", "digest": "요약", "catalog": "목록"}),
    short_page="{}쪽",
    section="절: {}",
    undated="날짜 미상",
    no_pages="요약에는 쪽수가 없음",
    page_range="{}부터 {}까지",
    own="문서 자체의 서술",
    relayed="전언: 주석에 근거하거나 다른 출처를 언급함",
    note="주 {}: ",
    number_only="번호만 있음. 요약에는 이 주의 내용이 없습니다",
    names_works="이 주가 가리키는 문헌:",
    states=MappingProxyType(
        {
            "held": "보유",
            "not_held": "미보유",
            "dead": "주소가 사라짐",
            "moved": "옮겨짐",
            "blocked": "차단됨",
            "ambiguous": "확인 필요",
            "not_retrievable": "입수 불가",
        }
    ),
    to_do=MappingProxyType(
        {
            "held": "",
            "not_held": "내려받거나 파일을 추가하십시오",
            "dead": "다른 곳에서 찾아 파일을 추가하십시오",
            "moved": "새 주소를 찾아 파일을 추가하십시오",
            "blocked": "브라우저에서 열어 저장한 뒤 파일을 추가하십시오",
            "ambiguous": "어느 파일인지 정해 주십시오",
            "not_retrievable": "사본이나 자료를 직접 구해 파일을 추가하십시오",
        }
    ),
    hop="원출처",
    note_name="주 {}",
    more_hops=("원출처 1건 더", "원출처 {}건 더"),
    hop_verdicts=MappingProxyType(
        {
            "supported": "출처가 그렇게 말함",
            "partial": "출처가 그 일부만 말함",
            "contradicted": "출처는 다르게 말함",
            "unsupported": "출처에서 찾지 못함. 아래는 가장 가까운 대목",
            "unchecked": "출처와 대조하지 못함",
        }
    ),
    cite_origin="원출처 인용",
    cite_origin_means="논문이 옮겨 적은 출처를 보유한 경우, 다음 답은 그 출처를 직접 인용합니다.",
    save="저장",
    save_means="인용문, 쪽수, 주, 참고문헌을 함께 저장합니다.",
    receipt="검증 기록",
    receipt_means="답변이 근거한 모든 것을 담습니다. `assistant verify`로 다시 검증할 수 있습니다.",
    forms=("Word", "Markdown", "BibTeX", "RIS", "CSL-JSON", "시카고", "APA"),
    running="{}: {} / {}",
    cell="{}: 행 “{}”, 열 “{}”",
    table="표 {}",
    error="처리하지 못했습니다",
    not_shown=" … (이하 {}자 생략)",
)

LANGUAGES: MappingProxyType[Language, Strings] = MappingProxyType({"en": EN, "ko": KO})


def for_locale(locale: str | None) -> Language:
    """The page's language for a browser's `navigator.language`.

    >>> for_locale("ko-KR"), for_locale("de-DE"), for_locale(None)
    ('ko', 'en', 'en')
    """
    return "ko" if locale and locale.lower().split("-")[0] == "ko" else "en"


def counted(forms: tuple[str, str], n: int) -> str:
    """The singular or the plural form."""
    return forms[0] if n == 1 else forms[1].format(n)


def page_name(words: Strings, index: int, label: str | None) -> str:
    """`p. iii (page 3 of the file)`; the file's own count alone where nothing is printed.

    >>> page_name(KO, 2, "iii"), page_name(KO, 2, None)
    ('iii쪽 (파일의 3번째 쪽)', '파일의 3번째 쪽')
    """
    if words.language == "en":
        return english_page_name(index, label)
    of_file = f"파일의 {index + 1}번째 쪽"
    if label is None:
        return of_file
    return f"{label}쪽" if label == str(index + 1) else f"{label}쪽 ({of_file})"
