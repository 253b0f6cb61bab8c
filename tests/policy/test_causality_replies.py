"""Replies to questions after a cause: what only goes together is said to be no more, and quotes say what they rest on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import cli, wiring
from assistant.config import Settings
from assistant.pipeline import Assistant
from assistant.render import reply_json
from assistant.render.reply import reply_text
from assistant.types import Answer

ENGLISH = """# Tourism and Glass in Marenland

## Findings

There is a strong correlation between tourism and glass exports in Marenland. The port of Selby handles most of the container traffic. According to Statistics Marenland, glass exports rose by 9 percent in 2021.

Several studies find that higher harbour fees reduced timber shipments. Fishing quotas were published in May. The new lighthouse stands on the outer island.
"""
KOREAN = """마렌랜드의 관광과 어업

연구 결과

관광 수입과 유리 수출 사이에는 강한 상관관계가 있다. 셀비항은 컨테이너의 대부분을 처리한다. 선행연구에 따르면 항만 요금 인상은 목재 물동량을 감소시켰다.
"""


def opened(home: Path, files: dict[str, str]) -> Assistant:
    corpus = home / "corpus"
    corpus.mkdir()
    for name, text in files.items():
        (corpus / name).write_text(text, encoding="utf-8")
    settings = Settings(corpus=corpus, index=home / "index", state=home / "state", embedder="hashing")
    wiring.ingest(settings)
    return wiring.open_assistant(settings)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("causes")


@pytest.fixture(scope="module")
def assistant(home: Path) -> Assistant:
    return opened(home, {"tourism.md": ENGLISH, "tourism-ko.txt": KOREAN})


def answered(assistant: Assistant, question: str) -> Answer:
    reply = assistant.ask(question)
    assert isinstance(reply, Answer), reply.detail
    return reply


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Does tourism increase glass exports?", "it does not show a cause"),
        ("관광 수입이 유리 수출을 늘리는가?", "인과를 보여 주지 않습니다"),
    ],
)
def test_a_correlation_is_not_told_as_a_cause(assistant: Assistant, question: str, says: str) -> None:
    """Where the quote reports what goes together, a notice says so in the language of the question."""
    reply = answered(assistant, question)
    told = [c for c in reply.citations if c.causality == "correlation"]
    assert told
    (notice,) = [n for n in reply.notices if says in n]
    assert f"[{told[0].marker}]" in notice


@pytest.mark.parametrize(
    "question",
    [
        "Is there a correlation between tourism and glass exports?",
        "By how much did glass exports rise in 2021?",
        "관광 수입과 유리 수출의 상관관계는 어떠한가?",
    ],
)
def test_no_notice_where_no_cause_is_asked_for(assistant: Assistant, question: str) -> None:
    """The same sentence answers a question after the correlation without a warning."""
    reply = answered(assistant, question)
    assert not any("show a cause" in n or "인과" in n for n in reply.notices)


def test_a_stated_cause_shows_its_basis_and_no_notice(assistant: Assistant) -> None:
    """A sentence of studies that states the cause answers; what it rests on stands beside it."""
    reply = answered(assistant, "Did higher harbour fees reduce timber shipments?")
    best = next(c for c in reply.citations if c.causality == "cause")
    assert best.basis == ("study",)
    assert not any("show a cause" in n for n in reply.notices)
    assert "rests on: a study" in reply_text(reply)
    cited = next(c for c in reply_json(reply)["citations"] if c["marker"] == best.marker)
    assert (cited["basis"], cited["causality"]) == (["study"], "cause")


def test_a_quote_of_statistics_says_so(assistant: Assistant) -> None:
    """Any answer says what its quotes rest on, not only those to questions after a cause."""
    reply = answered(assistant, "By how much did glass exports rise in 2021?")
    assert reply.citations[0].basis == ("statistics",)
    assert "rests on: official statistics" in reply_text(reply)


def test_the_sentence_that_states_the_cause_is_shown_beside(tmp_path: Path) -> None:
    """Where the best answer reports a correlation and another sentence denies the effect, both are shown, and the notice
    says which is which."""
    text = ENGLISH.replace(
        "Fishing quotas were published in May.",
        "One study found that tourism had no effect on glass exports. Fishing quotas were published in May.",
    )
    reply = answered(opened(tmp_path, {"tourism.md": text}), "Does tourism increase glass exports?")
    assert {c.causality for c in reply.citations} >= {"correlation", "denied"}
    (notice,) = [n for n in reply.notices if "does not show a cause" in n]
    assert "denies an effect; it rests on: a study" in notice


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("One study found that tourism reduced glass exports.", "states the opposite effect; it rests on: a study"),
        ("One study found that tourism raised glass exports.", "states a cause; it rests on: a study"),
        ("Tourism may increase glass exports.", "states what may be or is expected to be an effect"),
    ],
)
def test_a_cause_beside_is_told_by_its_direction_and_manner(sentence: str, says: str, tmp_path: Path) -> None:
    """The notice says whether the other sentence states the cause, only holds it possible, or says the opposite."""
    text = ENGLISH.replace("Fishing quotas were published in May.", sentence)
    reply = answered(opened(tmp_path, {"tourism.md": text}), "Does tourism increase glass exports?")
    (notice,) = [n for n in reply.notices if "does not show a cause" in n]
    assert says in notice


def test_a_concern_is_not_picked_as_a_cause(tmp_path: Path) -> None:
    """What somebody fears is not looked for as a statement of the cause, and where it is shown it is called a concern."""
    text = ENGLISH.replace(
        "Fishing quotas were published in May.",
        "Concerns have been raised that tourism may lead to congestion, reducing glass exports.",
    )
    reply = answered(opened(tmp_path, {"tourism.md": text}), "Does tourism increase glass exports?")
    (notice,) = [n for n in reply.notices if "does not show a cause" in n]
    assert "states" not in notice
    assert not any("Concerns" in c.quote for c in reply.citations) or "a concern, and no finding" in notice


def test_every_correlation_of_a_korean_reply_is_named(tmp_path: Path) -> None:
    """The notice names the Korean sentence that answers and the English one beside it."""
    files = {
        "mentors.md": "# Mentors\n\nThe mentoring of firms and their survival move in tandem. Selby is a port.\n",
        "mentors-ko.txt": "멘토링\n\n멘토링을 받은 기업은 그렇지 않은 기업보다 생존율이 12퍼센트포인트 높았다. 셀비는 항구이다.\n",
    }
    reply = answered(opened(tmp_path, files), "멘토링이 기업의 생존율을 높이는가?")
    told = [c.marker for c in reply.citations if c.causality == "correlation"]
    (notice,) = [n for n in reply.notices if "인과를 보여 주지 않습니다" in n]
    assert any("멘토링을 받은" in c.quote for c in reply.citations)
    assert all(f"[{marker}]" in notice for marker in told)


def test_the_command(assistant: Assistant, home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """`assistant claims` filters by basis and causality, prints JSON and a table, and writes CSV."""
    index = ["--index", str(home / "index")]
    assert cli.main(["claims", "tourism", *index, "--basis", "study", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert [c["causality"] for c in made["claims"]] == ["cause"]
    out = tmp_path / "claims.csv"
    assert cli.main(["claims", "tourism", *index, "--causality", "correlation", "--csv", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "nothing named" in shown
    assert "1 of 6 claims" in shown
    assert "strong correlation" in out.read_text(encoding="utf-8-sig")
    assert cli.main(["claims", "nothing-like-it", *index]) == 1


@pytest.fixture(scope="module")
def strategy(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The two papers, under the hashing embedder."""
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(papers.glob("*.txt"))}
    return opened(tmp_path_factory.mktemp("papers"), files)


@pytest.mark.parametrize(
    "question",
    [
        "Does outward FDI cause exports of intermediate goods to grow?",
        "Did overseas investment increase South Korea's exports?",
        "해외투자가 중간재 수출을 늘리는 원인인가?",
    ],
)
def test_the_papers_show_a_correlation_and_no_cause(strategy: Assistant, question: str) -> None:
    """Whether investment abroad causes exports is answered with the paper's correlation, called by its name."""
    reply = answered(strategy, question)
    assert any(c.causality == "correlation" for c in reply.citations)
    assert any("does not show a cause" in n or "인과를 보여 주지 않습니다" in n for n in reply.notices)


def test_the_papers_on_a_denied_effect(strategy: Assistant) -> None:
    """An effect that studies deny is shown with its basis, and no notice stands by it."""
    reply = answered(strategy, "Does overseas FDI directly reduce domestic employment?")
    assert any(c.causality == "denied" and "study" in c.basis for c in reply.citations)
    assert not any("show a cause" in n for n in reply.notices)
