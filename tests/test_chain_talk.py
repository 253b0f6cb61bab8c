"""The chain inside LlamaIndex's chat engines and agents: citations come through whole, and no key is looked for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("llama_index.core")

from llama_index.core.agent.workflow import FunctionAgent, ReActAgent
from llama_index.core.base.llms.types import ChatMessage, MessageRole, ToolCallBlock
from llama_index.core.chat_engine import CondenseQuestionChatEngine
from llama_index.core.llms.mock import MockFunctionCallingLLM
from llama_index.core.memory import ChatMemoryBuffer
from llama_index.core.schema import NodeWithScore
from llama_index.core.tools import QueryEngineTool

from assistant.chain import ChatEngine, exchanges, query_engine, reply_of
from assistant.pipeline import Assistant
from assistant.types import Abstention, Answer, Exchange

if TYPE_CHECKING:
    from tests.sample import Sample

pytest_plugins = ["tests.sample"]

GLASS = "What were the exports of glassware in 2022?"
TIMBER = "What were the exports of timber in 2022?"
PERU = "What is the population of Peru?"


@pytest.fixture(scope="module")
def assistant(hashed: Sample) -> Assistant:
    return hashed.open()


@pytest.fixture(autouse=True)
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key lies in the environment: whatever looks for one fails."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


def _whole(nodes: Sequence[NodeWithScore], assistant: Assistant, role: str = "cited") -> None:
    """Every node names a document and its page, and its quote is what stands there."""
    assert nodes
    for node in nodes:
        about = node.metadata
        text = assistant.document(about["document"]).text
        assert text[about["start"] : about["end"]] == about["quote"] == node.text
        assert {"page_index", "page_label", "marker"} <= set(about)
        assert about["role"] == role


class TestChatEngine:
    def test_a_conversation(self, assistant: Assistant) -> None:
        """A follow-up is understood from the messages before it, and its citations are the response's source nodes."""
        engine = ChatEngine(assistant)
        first = engine.chat(GLASS)
        _whole(first.source_nodes, assistant)
        second = engine.chat("And timber?")
        assert second.metadata is not None
        reply = second.metadata["reply"]
        assert isinstance(reply, Answer)
        assert reply.understood == TIMBER
        assert "533" in second.response
        _whole(second.source_nodes, assistant)
        assert [m.role for m in engine.chat_history] == [MessageRole.USER, MessageRole.ASSISTANT] * 2
        engine.reset()
        assert engine.chat_history == []

    def test_a_history_that_is_brought(self, assistant: Assistant) -> None:
        """Messages of another store can stand for the conversation; the same words come streamed and asynchronously."""
        history = [
            ChatMessage(role=MessageRole.SYSTEM, content="Be brief."),
            ChatMessage(role=MessageRole.USER, content=GLASS),
            ChatMessage(role=MessageRole.ASSISTANT, content="154 million crowns [1]"),
        ]
        assert exchanges(history) == (Exchange(GLASS, "154 million crowns [1]"),)
        engine = ChatEngine(assistant)
        plain = engine.chat("And timber?", history)
        streamed = engine.stream_chat("And timber?", history)
        assert "".join(streamed.response_gen).strip() == plain.response.strip()
        _whole(streamed.source_nodes, assistant)
        assert asyncio.run(engine.achat("And timber?", history)).response == plain.response

    def test_an_abstention(self, assistant: Assistant) -> None:
        """What is not in the documents is refused inside a chat engine too, and its nodes are only what is nearest."""
        response = ChatEngine(assistant).chat(PERU)
        assert response.metadata is not None
        assert isinstance(response.metadata["reply"], Abstention)
        assert all(n.metadata["role"] == "nearest" for n in response.source_nodes)

    def test_llamaindex_own_engine(self, assistant: Assistant) -> None:
        """The stock engine that lets a model condense the question asks ours, and keeps its citations."""
        model = MockFunctionCallingLLM(
            response_generator=lambda messages, **_: ChatMessage(role="assistant", content=TIMBER), is_chat_model=True
        )
        memory = ChatMemoryBuffer.from_defaults(
            chat_history=[ChatMessage(role="user", content=GLASS), ChatMessage(role="assistant", content="154")],
            token_limit=4000,
            tokenizer_fn=str.split,
        )
        engine = CondenseQuestionChatEngine.from_defaults(query_engine(assistant), memory=memory, llm=model)
        response = engine.chat("And timber?")
        assert "533" in response.response
        _whole(response.source_nodes, assistant)


def _scripted(messages: Sequence[ChatMessage], **_: Any) -> ChatMessage:
    """Calls the tool once, then says what the tool said."""
    told = [m for m in messages if m.role == MessageRole.TOOL]
    if told:
        return ChatMessage(role="assistant", content=f"The papers say: {told[-1].content}")
    call = ToolCallBlock(tool_name="papers", tool_kwargs={"input": GLASS}, tool_call_id="1")
    return ChatMessage(role="assistant", blocks=[call])


def _reasoned(messages: Sequence[ChatMessage], **_: Any) -> ChatMessage:
    """The same in the words that a ReAct agent reads."""
    if any("Observation:" in (m.content or "") for m in messages[1:]):
        return ChatMessage(role="assistant", content="Thought: I can answer.\nAnswer: It was 154 million crowns.")
    return ChatMessage(
        role="assistant",
        content=f'Thought: I need the papers.\nAction: papers\nAction Input: {{"input": "{GLASS}"}}',
    )


class TestAgents:
    @pytest.mark.parametrize(("agent", "script"), [(FunctionAgent, _scripted), (ReActAgent, _reasoned)])
    def test_citations_come_through(self, assistant: Assistant, agent: Any, script: Any) -> None:
        """What an agent's tool call brought holds the reply and its citations, whatever the agent's model makes of it."""
        tool = QueryEngineTool.from_defaults(query_engine(assistant), name="papers", description="policy papers")
        model = MockFunctionCallingLLM(response_generator=script, is_chat_model=True)

        async def run() -> Any:
            return await agent(tools=[tool], llm=model, streaming=False).run(GLASS)

        output = asyncio.run(run())
        assert "154" in str(output)
        responses = [call.tool_output.raw_output for call in output.tool_calls]
        assert len(responses) == 1
        assert isinstance(reply_of(responses[0]), Answer)
        _whole(responses[0].source_nodes, assistant)
