"""Own findings and relayed ones: by notes, words of attribution, the sources of tables and figures, and what goes on."""

from __future__ import annotations

import pytest

from assistant.origin import names_work, origin_of
from assistant.types import Block, BlockKind, Document, Note, Span, Work

CITED = 'Marenland Customs Office, "Yearbook of Ports" (2023).'
REMARK = "Fees are quoted here without the harbour tax."


def written(*blocks: tuple[BlockKind, str], notes: dict[str, str | None] | None = None) -> Document:
    """A document of blocks in which `^n^` marks a call of note n."""
    text, made = "", []
    marks: dict[str, list[int]] = {}
    for kind, words in blocks:
        start = len(text)
        for i, piece in enumerate(words.split("^")):
            if i % 2:
                marks.setdefault(piece, []).append(len(text))
            else:
                text += piece
        made.append(Block(kind, Span(start, len(text))))
        text += "\n\n"
    called = tuple(Note(n, (notes or {}).get(n, CITED), None, tuple(m)) for n, m in marks.items())
    return Document(Work("quay", "Quay"), text, tuple(made), notes=called)


def origin(document: Document, words: str) -> str:
    start = document.text.index(words)
    return origin_of(document, Span(start, start + len(words)))


@pytest.mark.parametrize(
    "sentence",
    [
        "According to the Harbour Board, the wait fell.",
        "The Harbour Institute estimates that fees fell by 2 percent.",
        "Vale (2019) finds a decline.",
        "Orrin and Vale (2019) document this.",
        "Waiting times fell after the reform (Orrin, 2020).",
        "Critics argue that the plan fails.",
        "The ministry said exports fell by 3 percent.",
        "Studies of ports show that carriers gain.",
        "As noted by the customs office, trade grew.",
        "항만청에 따르면 대기 시간이 줄었다.",
        "무역협회는 수출이 줄 것으로 전망했다.",
        "김철수(2020)는 이를 비판하였다.",
        "대기 시간은 줄어들었다(이영희, 2021).",
        "항만연구원은 원인을 분석했다.",
        "실업률은 3.1%로 집계됐다.",
    ],
)
def test_words_of_attribution(sentence: str) -> None:
    """Words that name who says it make a sentence relayed, in English and Korean."""
    assert origin(written(("paragraph", sentence)), sentence) == "relayed"


@pytest.mark.parametrize(
    "sentence",
    [
        "We find that fees fell, as studies of other ports show.",
        "Our estimates suggest that fees fell.",
        "This study finds that fees fell.",
        "The Harbour Board publishes the waiting time of every ship.",
        "Member states agreed on a treaty.",
        "Table 4 shows that fees and trade move together.",
        "The reform (January 2016) placed ports under one board.",
        "Some states that signed it left again.",
        "본 연구는 대기 시간이 줄었다고 분석했다.",
        "정부는 2019년에 할당제를 도입하였다.",
        "수출이 감소할 것으로 보인다.",
    ],
)
def test_the_documents_own_words(sentence: str) -> None:
    """A sentence that names nobody else, or speaks in the author's voice, is the document's own."""
    assert origin(written(("paragraph", sentence)), sentence) == "own"


def test_a_note_in_the_middle_of_a_sentence() -> None:
    """A mark anywhere in a sentence makes it relayed; its neighbours are not."""
    made = written(("paragraph", "Ports matter. The wait fell to two days,^1^ while fees stood still. Trade grew."))
    assert origin(made, "The wait fell to two days, while fees stood still.") == "relayed"
    assert origin(made, "Ports matter.") == "own"
    assert origin(made, "Trade grew.") == "own"


def test_own_finding_with_a_note() -> None:
    """What the authors found stays theirs, though a note stands behind it; 'this study' may be the note's."""
    made = written(("paragraph", "We find that the wait fell by a third.^1^ This study covers nine ports.^2^"))
    assert origin(made, "We find that the wait fell by a third.") == "own"
    assert origin(made, "This study covers nine ports.") == "relayed"


def test_a_note_that_only_comments() -> None:
    """A note that names no work does not make a sentence relayed, nor is its own text; one known by number does."""
    made = written(("paragraph", "Fees rose by a tenth.^1^ The wait fell.^2^"), notes={"1": REMARK, "2": None})
    assert origin(made, "Fees rose by a tenth.") == "own"
    assert origin(made, "The wait fell.") == "relayed"
    assert names_work(Note("3", REMARK, None, (), works=("yearbook",)))
    assert names_work(Note("4", "Ibid., 12.", None, ()))


def test_the_next_sentence_carries_the_note() -> None:
    """A sentence that the next one leans on rests on that one's note; advice does not, nor does another subject."""
    made = written(
        ("paragraph", "Nine agreements are in force. The trade of these partners is half of all.^1^"),
        ("paragraph", "The board should lower fees. This would bring carriers.^2^"),
        ("paragraph", "Ports are state property. Timber grew fastest.^3^"),
    )
    assert origin(made, "Nine agreements are in force.") == "relayed"
    assert origin(made, "The board should lower fees.") == "own"
    assert origin(made, "Ports are state property.") == "own"


def test_said_again() -> None:
    """'That is' behind a relayed sentence relays too."""
    made = written(("paragraph", "Fees and trade are complements.^1^ That is, both grow together. Ports differ."))
    assert origin(made, "That is, both grow together.") == "relayed"
    assert origin(made, "Ports differ.") == "own"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Source: Marenland Customs Office.", "relayed"),
        ("Source: Author\u2019s calculation from customs data.", "own"),
        ("자료: 관세청", "relayed"),
        ("자료: 관세청 자료를 바탕으로 저자 작성", "own"),
    ],
)
def test_what_a_figure_shows(source: str, expected: str) -> None:
    """What a figure shows is its source's, where its source line names another than the authors' own work."""
    made = written(
        ("paragraph", "As Figure 2 shows, traffic doubled in ten years. As Figure 3 shows, fees did not."),
        ("caption", "Figure 2. Container Traffic"),
        ("source", source),
        ("caption", "Figure 3. Fees"),
    )
    assert origin(made, "As Figure 2 shows, traffic doubled in ten years.") == expected
    assert origin(made, "As Figure 3 shows, fees did not.") == "own"
