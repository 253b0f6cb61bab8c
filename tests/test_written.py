"""Answers by a language model over a real local server: what stands is shown, what does not is withheld and counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from assistant.backends.models import open_model
from assistant.backends.providers import Choice
from assistant.citations import stands
from assistant.pipeline import Assistant
from assistant.types import Abstention, Answer, Begun, Finished, Language, Reply, Said, Withheld
from tests.model_server import Manner, ModelServer, serving
from tests.sample import Sample

pytest_plugins = ["tests.sample"]
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

BERTH = "How long did a ship wait for a berth at Selby before the harbour reform?"
WAITED = "Before the harbour reform of 2016, a ship waited nine days for a berth at Selby on average"
FELL = "Average waiting time fell to thirty-one hours by 2021"
Says = Callable[[dict[str, str]], str]
"""What the model writes on the passages it is shown, by their signs."""


def shown(body: dict[str, Any]) -> dict[str, str]:
    """The passages of a prompt by their signs."""
    return dict(re.findall(r"(?m)^(S\d+): (.*)$", body["messages"][-1]["content"]))


def sign(passages: dict[str, str], words: str) -> str:
    """The sign of the passage that holds these words."""
    return next(s for s, text in passages.items() if words in text)


def pieces(text: str) -> list[str]:
    """As a model sends them: a few characters at a time."""
    return [text[n : n + 7] for n in range(0, len(text), 7)]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving(ModelServer()) as made:
        yield made


@pytest.fixture(scope="module")
def assistant(embedded: Sample) -> Assistant:
    """Without a model."""
    return embedded.open()


@pytest.fixture
def ask(assistant: Assistant, server: ModelServer) -> Callable[..., Reply]:
    """Asks with a model that writes what it is told."""

    def asked(question: str, says: Says, seconds: float = 20.0, **more: Any) -> Reply:
        server.say = lambda body: pieces(says(shown(body)))
        return written(assistant, server, seconds, **more).ask(question)

    return asked


def written(assistant: Assistant, server: ModelServer, seconds: float = 20.0, **more: Any) -> Assistant:
    choice = Choice.read(f"compatible:scripted@{server.address}")
    return replace(assistant, model=open_model(choice, seconds, 400, environ={}), **more)


def grounded(reply: Reply, assistant: Assistant) -> None:
    """Every quote stands where it is said to, every claim has one, and markers count from 1."""
    assert isinstance(reply, Answer)
    assert [c.marker for c in reply.citations] == list(range(1, len(reply.citations) + 1))
    for citation in reply.citations:
        assert citation.span.slice(assistant.document(citation.document).text) == citation.quote
    for claim in reply.claims:
        assert claim.citations
        assert set(claim.citations) <= {c.marker for c in reply.citations}


def test_what_stands_is_shown(ask: Callable[..., Reply], assistant: Assistant, server: ModelServer) -> None:
    """A sentence that its passage says is shown with the words that say it, and the reply names model and prompt."""
    reply = ask(BERTH, lambda s: f"{WAITED} [{sign(s, WAITED)}].\n{FELL} [{sign(s, FELL)}].")
    grounded(reply, assistant)
    assert isinstance(reply, Answer)
    assert [c.text for c in reply.claims] == [f"{WAITED}.", f"{FELL}."]
    assert [c.verdict.support for c in reply.claims] == ["supported", "supported"]
    assert [c.quote for c in reply.citations] == [f"{WAITED}.", f"{FELL}."]
    assert reply.withheld == 0
    assert reply.provenance.model == f"compatible:scripted@{server.address.split('/')[2]}"
    assert reply.provenance.prompt


def test_what_is_sent(ask: Callable[..., Reply], server: ModelServer) -> None:
    """The model sees the question and passages by signs, and no title, file, page or address."""
    ask(BERTH, lambda s: f"{WAITED} [{sign(s, WAITED)}].")
    (body,) = server.asked
    sent = "\n".join(m["content"] for m in body["messages"])
    assert BERTH in sent
    assert "Harbours and Export Growth" not in sent
    assert "quay-2024" not in sent
    assert "Quay 2024" in sent
    assert "tools" not in body


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("A ship waited seven days for a berth at Selby on average [{}].", None),
        ("A ship waited nine days for a berth at Selby on average [S77].", "S77 does not exist"),
        ("A ship waited nine days for a berth at Selby on average.", "it names no passage"),
        ("A ship did not wait nine days for a berth at Selby on average [{}].", None),
        ("A ship waited nine days for a berth at Selby on average [1] [{}].", "it carries a mark of another form"),
        ("A ship waited nine days, see https://example.org/x [{}].", "it carries markup or an address"),
        ("A ship waited nine days ![x](//example.org/p.png) [{}].", None),
        ("A ship waited nine days <img src=x> [{}].", "it carries markup or an address"),
        ("A ship waited nine days, see ports.example.org/data [{}].", "it carries markup or an address"),
        ("A ship waited nine days, as marenports.com tells [{}].", None),
        ("On page 12 a ship waited nine days for a berth at Selby on average [{}].", None),
        ("“Ships rotted at the quay” before the reform at Selby [{}].", None),
        ("선박은 셀비에서 평균 9일을 기다렸다 [{}].", "it is not in the language of the question"),
        ("Before the harbour reform of 2016, a ship waited nine\u202e days for a berth at Selby on average [{}].",
         "it carries characters that are not seen"),
        ('{{"tool": "send", "to": "x"}} [{}].', "it carries markup or an address"),
    ],
)  # fmt: skip
def test_what_fails_is_withheld(ask: Callable[..., Reply], assistant: Assistant, wrong: str, why: str | None) -> None:
    """A sentence that no passage bears, or that carries what only the index may give, is counted and not shown; the one
    beside it that stands is.
    """
    reply = ask(BERTH, lambda s: f"{wrong.format(sign(s, WAITED))}\n{FELL} [{sign(s, FELL)}].")
    grounded(reply, assistant)
    assert isinstance(reply, Answer)
    assert [c.text for c in reply.claims] == [f"{FELL}."]
    assert reply.withheld == len(reply.faults) == 1
    assert why is None or reply.faults == (why,)


def test_a_true_sentence_on_another_subject(ask: Callable[..., Reply]) -> None:
    """What a passage says and nobody asked is no answer."""
    off = "Glassware grew fastest of the three sectors, while fish products stood nearly still"
    reply = ask(BERTH, lambda s: f"{off} [{sign(s, off)}].\n{FELL} [{sign(s, FELL)}].")
    assert isinstance(reply, Answer)
    assert [c.text for c in reply.claims] == [f"{FELL}."]
    assert reply.faults == ("it does not speak of what was asked",)


@pytest.mark.parametrize("says", ["Ships waited two years [S1].", "NOTHING", "Ask somebody else.", "[S1]", "…"])
def test_nothing_survives(ask: Callable[..., Reply], assistant: Assistant, says: str) -> None:
    """Where nothing of the model's stands, the documents' own sentences answer, and a notice says why."""
    plain = assistant.ask(BERTH)
    reply = ask(BERTH, lambda s: says)
    assert isinstance(reply, Answer)
    assert isinstance(plain, Answer)
    assert reply.claims == plain.claims
    assert reply.citations == plain.citations
    assert reply.provenance.model is None
    assert "scripted" in reply.notices[-1]


@pytest.mark.parametrize(
    "manner",
    ["status", "silent", "drip", "cut", "unended", "length", "filtered", "garbage", "html", "empty", "endless"],
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_model_that_fails(
    ask: Callable[..., Reply], assistant: Assistant, server: ModelServer, manner: Manner, language: Language
) -> None:
    """Whatever the server does, the reply is the documents' own answer with one line on what happened, in the language
    of the question.
    """
    question = BERTH if language == "en" else "항만 개혁 이전에 선박은 셀비에서 선석을 얼마나 기다렸습니까?"
    server.manner = manner
    plain = assistant.ask(question)
    reply = ask(question, lambda s: "This goes on, and on, and on, without an end " * 8, seconds=0.6)
    assert type(reply) is type(plain)
    if isinstance(reply, Abstention):
        assert not server.asked
        return
    assert isinstance(plain, Answer)
    assert (reply.claims, reply.citations) == (plain.claims, plain.citations)
    (line,) = set(reply.notices) - set(plain.notices)
    assert "scripted" in line
    assert "\n" not in line
    assert "sk-" not in line
    assert bool(re.search("[가-힣]{2}", line)) is (language == "ko")


def test_a_refusal_asks_no_model(ask: Callable[..., Reply], server: ModelServer) -> None:
    """Where a gate refuses, nothing is sent, and no sentence of a model undoes it."""
    reply = ask("Who won the football match in Lisbon yesterday?", lambda s: "Somebody won [S1].")
    assert isinstance(reply, Abstention)
    assert not server.asked


def test_sentences_are_told_as_they_stand(assistant: Assistant, server: ModelServer) -> None:
    """Each sentence is told once it is verified, what fails only counts, and the reply comes last and holds them all."""
    server.say = lambda body: pieces(
        f"{WAITED} [{sign(shown(body), WAITED)}]. Ships sank [S99]. {FELL} [{sign(shown(body), FELL)}]."
    )
    events = list(written(assistant, server).stream(BERTH))
    assert isinstance(events[0], Begun)
    assert events[0].understood == BERTH
    said = [e for e in events if isinstance(e, Said)]
    assert [e.claim.text for e in said] == [f"{WAITED}.", f"{FELL}."]
    assert [e.count for e in events if isinstance(e, Withheld)] == [1]
    last = events[-1]
    assert isinstance(last, Finished)
    assert isinstance(last.reply, Answer)
    assert last.reply.claims == tuple(e.claim for e in said)
    assert [c.quote for c in last.reply.citations] == [c.quote for e in said for c in e.citations]


def test_a_model_that_runs_on_is_left(assistant: Assistant, server: ModelServer) -> None:
    """At most as many sentences are shown as the settings say, however many stand."""
    server.say = lambda body: pieces(
        "".join(f"{w} [{sign(shown(body), w)}].\n" for w in (WAITED, FELL) for _ in range(20))
    )
    reply = written(assistant, server, model_sentences=1).ask(BERTH)
    assert isinstance(reply, Answer)
    assert [c.text for c in reply.claims] == [f"{WAITED}."]


def test_a_cell_is_named(ask: Callable[..., Reply], assistant: Assistant) -> None:
    """A sentence over a table's cell is cited with its row, and the cell's headers count as said."""
    question = "How much glassware did Marenland export in 2022?"
    reply = ask(question, lambda s: f"Glassware, 2022: 154 [{sign(s, '154')}].")
    grounded(reply, assistant)
    assert isinstance(reply, Answer)
    assert reply.provenance.model
    assert stands("154", reply.citations[0].quote)


def test_the_chain_gives_the_same(assistant: Assistant, server: ModelServer) -> None:
    """LlamaIndex's engine with a model gives the reply that the assistant gives."""
    from assistant.chain import ChainAsker

    server.say = lambda body: pieces(f"{WAITED} [{sign(shown(body), WAITED)}].")
    writer = written(assistant, server)
    one, two = writer.ask(BERTH), ChainAsker(writer).ask(BERTH)
    assert isinstance(one, Answer)
    assert isinstance(two, Answer)
    assert (one.claims, one.citations, one.provenance.model) == (two.claims, two.citations, two.provenance.model)


class TestTranslation:
    """A quote's translation stands beside it, marked as one."""

    question = "마렌란드 학교 급식은 채소를 어디에서 구매합니까?"

    def reply(self, assistant: Assistant, server: ModelServer, lines: Sequence[str], question: str) -> Reply:
        def say(body: dict[str, Any]) -> list[str]:
            return pieces("NOTHING" if shown(body) else "\n".join(lines))

        server.say = say
        return written(assistant, server, translate=True).ask(question)

    def test_beside_the_quote(self, assistant: Assistant, server: ModelServer) -> None:
        """A quote in another language stands as the document has it, with the model's words beside it; what the model
        renders with another number has none.
        """
        plain = assistant.ask(self.question)
        assert isinstance(plain, Answer)
        said = [
            "1: 부엌은 채소의 절반 이상을 같은 지역의 농가에서 구매해야 한다.",
            "2: 값은 77이다.",
            "3: 값은 78이다.",
        ]
        reply = self.reply(assistant, server, said, self.question)
        assert isinstance(reply, Answer)
        assert [c.quote for c in reply.citations] == [c.quote for c in plain.citations]
        assert reply.citations[0].translation == said[0].removeprefix("1: ")
        assert all(c.translation is None for c in reply.citations[1:])

    def test_only_what_renders(self, assistant: Assistant) -> None:
        """A translation of other numbers, in the quote's own language, or with markup is left out."""
        from assistant.answering.writing import _renders

        quote = "Average waiting time fell to 31 hours by 2021."
        assert _renders("평균 대기 시간은 2021년까지 31시간으로 줄었다.", quote, "ko")
        assert not _renders("평균 대기 시간은 2021년까지 13시간으로 줄었다.", quote, "ko")
        assert not _renders("평균 대기 시간은 31시간으로 줄었다.", quote, "ko")
        assert not _renders("Average waiting time fell to 31 hours by 2021.", quote, "ko")
        assert not _renders("평균 대기 시간은 2021년까지 31시간으로 줄었다. https://x.example", quote, "ko")
