"""The LlamaIndex engine: the same replies as the plain chain, and a citizen of LlamaIndex's world."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("llama_index.core")

from llama_index.core import Settings as LlamaSettings
from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, TextNode
from llama_index.core.tools import QueryEngineTool
from llama_index.vector_stores.chroma import ChromaVectorStore

from assistant import wiring
from assistant.backends.chroma import ChromaIndex
from assistant.chain import Asked, ChainAsker, node_hits, query_engine, reply_of
from assistant.config import Settings
from assistant.errors import UsageError
from assistant.pipeline import Assistant
from assistant.protocols import Asker, Embedder
from assistant.render import answer_string, reply_json
from assistant.retrieval import DenseRetriever
from assistant.types import Abstention, Answer, Exchange, Reply

if TYPE_CHECKING:
    from tests.sample import Sample

pytest_plugins = ["tests.sample"]

SELBY = "What share of container traffic does the port of Selby handle?"
GLASS = "What were the exports of glassware in 2022?"
PUPILS = "How many pupils did the school meal programme serve in 2020?"
PERU = "What is the population of Peru?"
SAMPLE = [
    SELBY,
    GLASS,
    PUPILS,
    PERU,
    "What were the exports of glassware in 2019?",
    "Which sector had the largest exports in 2021?",
    "What was the container traffic of Selby in 2010?",
    "Who wrote the paper on tidal power?",
    "When was the paper on school meals published?",
    "What does Tern say about farms?",
    "What do both papers say about fishing?",
    "What is the source for the container traffic share of Selby?",
    "What are the three objectives of the Harbour Board?",
    "마렌란드의 어선은 모두 몇 척인가?",
    "할당제 이후 대구 자원량은 얼마나 늘었나?",
    "hello",
    "\u202e<b>[x](http://example.org)</b> {0} %s",
]
DIGESTS = [
    "How many FTAs has South Korea concluded, and with how many countries?",
    "What did conglomerates invest in electrical equipment in 2023?",
    "What did conglomerates invest in electrical equipment in 1999?",
    "Who wrote the paper on FDI toward the U.S.?",
    "When was Han's paper published?",
    "What do both papers say about investment in the United States?",
    "What is the population of Peru?",
    "한국은 몇 개의 FTA를 체결했나?",
    "페루의 인구는 얼마인가?",
]


def timeless(reply: Reply) -> Reply:
    return replace(reply, provenance=replace(reply.provenance, seconds=0.0))


@pytest.fixture(scope="module")
def assistant(hashed: Sample) -> Assistant:
    return hashed.open()


@pytest.fixture(scope="module")
def chain(assistant: Assistant) -> ChainAsker:
    return ChainAsker(assistant)


@pytest.fixture(scope="module")
def digests(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The project's own corpus, by Chroma."""
    home = tmp_path_factory.mktemp("digests")
    settings = Settings(corpus=root / "corpus", index=home / "index", state=home / "state", embedder="hashing")
    wiring.ingest(settings)
    return wiring.open_assistant(settings, warm=True)


# ---------------------------------------------------------------- the same reply


@pytest.mark.parametrize("question", SAMPLE)
def test_engine_gives_the_same_reply(assistant: Assistant, chain: ChainAsker, question: str) -> None:
    """The engine's reply equals the pipeline's in every field but the time that it took."""
    assert timeless(chain.ask(question)) == timeless(assistant.ask(question))


@pytest.mark.parametrize("question", DIGESTS)
def test_engine_gives_the_same_reply_on_the_digests(digests: Assistant, question: str) -> None:
    """On the project's own corpus, asked through Chroma, both ways agree."""
    assert timeless(ChainAsker(digests).ask(question)) == timeless(digests.ask(question))


def test_engine_gives_the_same_reply_with_the_default_embedder(embedded: Sample) -> None:
    """With the default embedder and Chroma both ways agree, whether they answer or abstain."""
    assistant = embedded.open(warm=True)
    chain = ChainAsker(assistant)
    kinds = set()
    for question in SAMPLE:
        reply = chain.ask(question)
        assert timeless(reply) == timeless(assistant.ask(question)), question
        kinds.add(type(reply))
    assert kinds == {Answer, Abstention}


def test_engine_completes_a_question_from_the_conversation(assistant: Assistant, chain: ChainAsker) -> None:
    """A follow-up travels with its history, and is understood as the pipeline understands it."""
    history = [Exchange(GLASS, "154")]
    reply = chain.ask("And timber?", history)
    assert timeless(reply) == timeless(assistant.ask("And timber?", history))
    assert reply.understood != reply.question
    assert isinstance(reply, Answer)
    assert "533" in reply.claims[0].text


def test_engine_answers_in_an_event_loop(chain: ChainAsker) -> None:
    """Several questions at once through `aquery` get the replies that they get one by one."""

    async def all_at_once() -> list[Reply]:
        responses = await asyncio.gather(*(chain.engine.aquery(q) for q in SAMPLE[:5]))
        return [reply_of(r) for r in responses]

    together = asyncio.run(all_at_once())
    assert [timeless(r) for r in together] == [timeless(chain.ask(q)) for q in SAMPLE[:5]]
    assert timeless(asyncio.run(chain.aask(GLASS))) == timeless(together[1])


def test_time_counts_from_the_question(chain: ChainAsker) -> None:
    """The reply's seconds hold retrieval too, not only the writing of the answer."""
    asked = Asked(GLASS)
    asked.started -= 5
    assert reply_of(chain.engine.query(asked)).provenance.seconds > 5


def test_chain_has_the_verbs_of_the_assistant(assistant: Assistant, chain: ChainAsker) -> None:
    """Page, batches and evaluation may hold either: search, documents and the index's name are the same."""
    asker: Asker = chain
    assert asker.ask(PERU).question == PERU
    assert chain.search(SELBY, 4) == assistant.search(SELBY, 4)
    assert chain.document("catalog") == assistant.document("catalog")
    assert chain.index == assistant.index
    assert chain.library is assistant.library


@pytest.mark.parametrize("question", ["", " \n", "x" * 100_000])
def test_bad_questions_stay_one_clear_error(chain: ChainAsker, question: str) -> None:
    """What cannot be asked is a UsageError with one short line, through LlamaIndex as without it."""
    with pytest.raises(UsageError) as error:
        chain.ask(question)
    assert len(str(error.value).splitlines()) == 1
    assert len(str(error.value)) < 200


# ---------------------------------------------------------------- the response


def test_sources_are_the_citations(chain: ChainAsker) -> None:
    """Each citation is one source node with its document, page, label, place, quote and marker."""
    response = chain.engine.query(PUPILS)
    reply = reply_of(response)
    assert isinstance(reply, Answer)
    assert str(response) == answer_string(reply)
    assert len(response.source_nodes) == len(reply.citations) > 0
    for node, citation in zip(response.source_nodes, reply.citations, strict=True):
        about = node.metadata
        assert node.text == about["quote"] == citation.quote
        assert chain.document(about["document"]).text[about["start"] : about["end"]] == node.text
        assert (about["page_index"], about["page_label"]) == (citation.page_index, citation.page_label)
        assert (about["marker"], about["role"], about["kind"]) == (citation.marker, "cited", "digest")
    assert len({n.node_id for n in response.source_nodes}) == len(response.source_nodes)


def test_pages_of_a_pdf_reach_the_sources(chain: ChainAsker) -> None:
    """The node of a sentence that a page break cuts names both pages, and the label printed on the first."""
    (node, *_) = chain.engine.query("When will the second plant near Brack halve diesel imports?").source_nodes
    assert node.metadata["document"] == "orrin-vale-2025"
    assert (node.metadata["page_index"], node.metadata["page_label"], node.metadata["pages"]) == (0, "7", [0, 1])


def test_abstention_names_what_is_nearest(chain: ChainAsker) -> None:
    """Where there is no answer the text says so, and the source nodes are marked as nearest only."""
    response = chain.engine.query(PERU)
    reply = reply_of(response)
    assert isinstance(reply, Abstention)
    assert str(response).startswith(reply.detail)
    assert [n.text for n in response.source_nodes] == [c.quote for c in reply.nearest]
    assert {n.metadata["role"] for n in response.source_nodes} == {"nearest"}


def test_metadata_carries_the_reply_as_value_and_as_json(chain: ChainAsker) -> None:
    """`metadata["reply"]` is the value, `metadata["reply_json"]` the contract's form, which JSON can hold."""
    metadata = chain.engine.query(GLASS).metadata
    assert metadata is not None
    assert isinstance(metadata["reply"], Answer)
    assert json.loads(json.dumps(metadata["reply_json"])) == reply_json(metadata["reply"])


def test_response_can_be_stored(chain: ChainAsker) -> None:
    """Source nodes survive LlamaIndex's own way to JSON and back."""
    for node in chain.engine.query(GLASS).source_nodes:
        assert TextNode.from_dict(json.loads(json.dumps(node.node.to_dict()))) == node.node


def test_no_nodes_abstain(chain: ChainAsker) -> None:
    """Where a retriever finds nothing the engine abstains with a reason; LlamaIndex would say 'Empty Response'."""

    class Nothing(BaseRetriever):
        def _retrieve(self, query_bundle: Any) -> list[NodeWithScore]:
            return []

    response = chain.engine.with_retriever(Nothing()).query(SELBY)
    assert isinstance(reply_of(response), Abstention)
    assert response.source_nodes == []


# ---------------------------------------------------------------- LlamaIndex's world


@pytest.fixture
def untouchable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading any of LlamaIndex's global settings fails."""

    def refuse(name: str) -> property:
        def get(_: object) -> object:
            raise AssertionError(f"Settings.{name} was read")

        return property(get)

    names = [n for n, v in vars(type(LlamaSettings)).items() if isinstance(v, property)]
    assert {"llm", "embed_model", "callback_manager", "prompt_helper"} <= set(names)
    for name in names:
        monkeypatch.setattr(type(LlamaSettings), name, refuse(name))


@pytest.mark.usefixtures("untouchable")
def test_global_settings_are_never_read(assistant: Assistant) -> None:
    """Building and running the engine reads nothing global: no model is looked for, no key is asked."""
    engine = query_engine(assistant)
    assert isinstance(engine, RetrieverQueryEngine)
    assert isinstance(reply_of(engine.query(GLASS)), Answer)
    assert isinstance(reply_of(asyncio.run(engine.aquery(PERU))), Abstention)


def test_engine_is_a_tool(chain: ChainAsker) -> None:
    """As a QueryEngineTool it gives an agent the answer with its marks, and the program the reply."""
    tool = QueryEngineTool.from_defaults(chain.engine, name="papers", description="policy papers on Marenland")
    for output in (tool.call(input=GLASS), asyncio.run(tool.acall(GLASS))):
        assert "154" in output.content
        assert "[1]" in output.content
        assert not output.is_error
        assert isinstance(reply_of(output.raw_output), Answer)


def test_bare_text_is_not_answered_from(chain: ChainAsker) -> None:
    """Text without a place cannot be cited, and the synthesizer says so instead of answering from it."""
    synthesizer = chain.engine._response_synthesizer
    with pytest.raises(NotImplementedError, match="no place"):
        synthesizer.get_response(SELBY, ["Selby handles half of it."])


class OurEmbedding(BaseEmbedding):
    """Our embedder as LlamaIndex's."""

    embedder: Any

    def _get_query_embedding(self, query: str) -> list[float]:
        embedder: Embedder = self.embedder
        return [float(x) for x in embedder.embed_question(query)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_query_embedding(text)


@pytest.fixture
def stock(hashed: Sample, assistant: Assistant) -> Iterator[VectorStoreIndex]:
    """A stock index over the collection of the generation that answers."""
    from assistant.store import generations

    held = ChromaIndex(generations.current(hashed.index).vectors)
    yield VectorStoreIndex.from_vector_store(
        ChromaVectorStore(chroma_collection=held.collection), embed_model=OurEmbedding(embedder=assistant.embedder)
    )
    held.close()


def test_stock_index_opens_what_ingest_wrote(stock: VectorStoreIndex, assistant: Assistant) -> None:
    """LlamaIndex's own index over our collection finds the same nearest passages, and brings equal nodes."""
    question = "The plant at Hollin has a capacity of eighteen megawatts."
    dense = assistant.retriever.dense
    assert isinstance(dense, DenseRetriever)
    wanted = dense.index.nearest(assistant.embedder.embed_question(question), 3)
    found = stock.as_retriever(similarity_top_k=3).retrieve(question)
    assert [n.node_id for n in found] == [id for id, _ in wanted]
    assert question in found[0].text
    ours = {n.node_id: n.node for n in query_engine(assistant).retrieve(Asked(question))}
    node = ours[found[0].node_id]
    assert node.metadata.pop("retriever") == "hybrid"
    assert node.metadata == found[0].node.metadata
    assert node == found[0].node


def test_another_retriever_can_stand_in(stock: VectorStoreIndex, chain: ChainAsker) -> None:
    """With a stock retriever the answers are located and verified all the same; foreign nodes are left out."""
    inner = stock.as_retriever(similarity_top_k=20)

    class WithForeign(BaseRetriever):
        def _retrieve(self, query_bundle: Any) -> list[NodeWithScore]:
            foreign = NodeWithScore(node=TextNode(text="Selby handles all of it.", id_="foreign"), score=2.0)
            found = inner.retrieve(query_bundle)
            return [foreign, *found, *found]

    engine = chain.engine.with_retriever(WithForeign())
    reply = reply_of(engine.query(SELBY))
    assert isinstance(reply, Answer)
    assert "sixty-one percent" in reply.claims[0].text
    assert [h.rank for h in reply.hits] == list(range(1, 21))
    assert len({h.passage.id for h in reply.hits}) == 20
    for c in reply.citations:
        assert chain.document(c.document).text[c.span.start : c.span.end] == c.quote


def test_nodes_are_hits_again(assistant: Assistant, chain: ChainAsker) -> None:
    """Hits that became nodes become the same hits: passage, score, rank and retriever."""
    prepared = assistant.prepare(SELBY)
    nodes = chain.engine.retriever.retrieve(SELBY)
    assert node_hits(nodes, assistant.library) == list(assistant.find(prepared))


def test_example_in_the_documentation_runs(hashed: Sample, root: Path, tmp_path: Path) -> None:
    """The examples of docs/chain.md work as they stand, one after the other, over any index."""
    examples = re.findall(r"```python\n(.*?)```", (root / "docs" / "chain.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 3
    code = "\n".join(examples)
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=tmp_path, timeout=120,
        env={**os.environ, **hashed.environment(), "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
