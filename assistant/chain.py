"""The same chain as LlamaIndex: retriever, postprocessor and synthesizer in a query engine.

The parts are thin, since what they do stands in `pipeline`: a test proves that both ways give the same reply.
Nothing here reads or changes LlamaIndex's global `Settings`, and no language model is asked.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks import CallbackManager, CBEventType, EventPayload
from llama_index.core.chat_engine.types import AgentChatResponse, BaseChatEngine, StreamingAgentChatResponse
from llama_index.core.indices.prompt_helper import ChatPromptHelper, PromptHelper
from llama_index.core.instrumentation.events.synthesis import SynthesizeEndEvent, SynthesizeStartEvent
from llama_index.core.llms import MockLLM
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import BaseSynthesizer
from llama_index.core.schema import NodeWithScore, QueryBundle, QueryType, TextNode
from llama_index.core.tools import ToolOutput
from llama_index.core.vector_stores.utils import metadata_dict_to_node
from llama_index_instrumentation import get_dispatcher

from assistant.backends.chroma import node_metadata
from assistant.errors import UsageError
from assistant.pipeline import EVERYWHERE, Assistant, Prepared
from assistant.protocols import LanguageModel, Library
from assistant.render import answer_string, citation_json, reply_json
from assistant.sources.ledger import Ledger
from assistant.types import Answer, Citation, Document, Event, Exchange, Hit, Reply, Within
from assistant.verification import RULES, Entailed
from assistant.verification import Asked as Opinion

_dispatcher = get_dispatcher(__name__)


def query_engine(assistant: Assistant, callback_manager: CallbackManager | None = None) -> RetrieverQueryEngine:
    """The engine over an open assistant: ready for `query`, `aquery`, tools, agents and workflows."""
    callbacks = callback_manager or CallbackManager([])
    return RetrieverQueryEngine(
        retriever=PassageRetriever(assistant, callbacks),
        node_postprocessors=[HeldPassages(library=assistant.library)],
        response_synthesizer=ReplySynthesizer(assistant, callbacks),
        callback_manager=callbacks,
    )


@dataclass
class Asked(QueryBundle):
    """A question with the conversation that it leans on. A plain string asks without one."""

    history: tuple[Exchange, ...] = ()
    started: float = field(default_factory=time.perf_counter)
    origin: bool = False
    """Whether the sources behind the documents are to answer, where they are held."""
    within: Within = EVERYWHERE
    """What the question is confined to."""
    prepared: Prepared | None = field(default=None, repr=False)
    """The question as it was understood: once, by whichever part needs it first. A model may have been asked for it."""


class PassageRetriever(BaseRetriever):
    """The passages that `Assistant.find` finds, as nodes: ids, text and metadata are those of the Chroma collection."""

    def __init__(self, assistant: Assistant, callback_manager: CallbackManager | None = None) -> None:
        super().__init__(callback_manager=callback_manager or CallbackManager([]))
        self._assistant = assistant

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._assistant.find(_prepared(self._assistant, query_bundle))
        return [hit_node(hit, self._assistant.library) for hit in found]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class HeldPassages(BaseNodePostprocessor):
    """Keeps each node once, and only passages of this index: a foreign node has no place that could be cited. So any
    other retriever over the collection can stand in by `engine.with_retriever`.
    """

    library: Any

    @classmethod
    def class_name(cls) -> str:
        return "HeldPassages"

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        once = {node.node_id: node for node in reversed(nodes) if _holds(self.library, node.node_id)}
        return [node for node in nodes if once.get(node.node_id) is node]


def _holds(library: Library, id: str) -> bool:
    try:
        return bool(library.passage(id))
    except UsageError:
        return False


class ReplySynthesizer(BaseSynthesizer):
    """Makes the verified reply of the nodes' passages.

    The response's text is the answer with its marks; `source_nodes` are its citations, one each, or on abstention
    what comes nearest; the `Reply` itself is `metadata["reply"]`, and in the contract's form `metadata["reply_json"]`.
    """

    def __init__(self, assistant: Assistant, callback_manager: CallbackManager | None = None) -> None:
        # All that the base class would else take from `Settings`, where looking asks for an OpenAI key.
        super().__init__(
            llm=MockLLM(),
            callback_manager=callback_manager or CallbackManager([]),
            prompt_helper=PromptHelper(tokenizer=str.split),
            chat_prompt_helper=ChatPromptHelper(tokenizer=str.split),
        )
        self._assistant = assistant

    def synthesize(
        self,
        query: QueryType,
        nodes: list[NodeWithScore],
        additional_source_nodes: Sequence[NodeWithScore] | None = None,
        **response_kwargs: Any,
    ) -> Response:
        """The base class answers "Empty Response" where there are no nodes; ours then abstains and says why."""
        asked = QueryBundle(query) if isinstance(query, str) else query
        _dispatcher.event(SynthesizeStartEvent(query=asked))
        with self._callback_manager.event(
            CBEventType.SYNTHESIZE, payload={EventPayload.QUERY_STR: asked.query_str}
        ) as event:
            prepared = _prepared(self._assistant, asked)
            hits = node_hits(nodes, self._assistant.library)
            reply = self._assistant.reply(prepared, hits, asked.started if isinstance(asked, Asked) else None)
            response = respond(reply)
            response.source_nodes.extend(additional_source_nodes or ())
            event.on_end(payload={EventPayload.RESPONSE: response})
        _dispatcher.event(SynthesizeEndEvent(query=asked, response=response))
        return response

    async def asynthesize(
        self,
        query: QueryType,
        nodes: list[NodeWithScore],
        additional_source_nodes: Sequence[NodeWithScore] | None = None,
        **response_kwargs: Any,
    ) -> Response:
        return await asyncio.to_thread(self.synthesize, query, nodes, additional_source_nodes, **response_kwargs)

    def _get_prompts(self) -> dict[str, Any]:
        return {}

    def _update_prompts(self, prompts: Any) -> None:
        """There is no prompt."""

    def get_response(self, query_str: str, text_chunks: Sequence[str], **response_kwargs: Any) -> str:
        raise NotImplementedError("bare text has no place that could be cited: give nodes to `synthesize`")

    async def aget_response(self, query_str: str, text_chunks: Sequence[str], **response_kwargs: Any) -> str:
        return self.get_response(query_str, text_chunks, **response_kwargs)


def hit_node(hit: Hit, library: Library) -> NodeWithScore:
    """A hit as the node that stands in the collection."""
    passage, document = hit.passage, library.document(hit.passage.document)
    label = next((p.label for p in document.pages if p.index in passage.pages[:1]), None)
    more = {"kind": document.work.kind, "title": document.work.title, "page_label": label or ""}
    node = metadata_dict_to_node(node_metadata(passage, more), text=passage.text)
    node.metadata["retriever"] = hit.retriever
    if hit.also:
        node.metadata["also"] = list(hit.also)
    return NodeWithScore(node=node, score=hit.score)


def node_hits(nodes: Sequence[NodeWithScore], library: Library) -> list[Hit]:
    """Nodes as hits, ranked as they stand."""
    return [
        Hit(
            library.passage(n.node_id),
            n.score or 0.0,
            rank,
            str(n.metadata.get("retriever", "other")),
            tuple(map(str, n.metadata.get("also") or ())),
        )
        for rank, n in enumerate(nodes, start=1)
    ]


def respond(reply: Reply) -> Response:
    """A reply as LlamaIndex's response."""
    if isinstance(reply, Answer):
        sources = [_source(c, "cited") for c in reply.citations]
    else:
        sources = [_source(c, "nearest") for c in reply.nearest]
    return Response(answer_string(reply), sources, {"reply": reply, "reply_json": reply_json(reply)})


def _source(citation: Citation, role: str) -> NodeWithScore:
    """A citation as a node: its text is the quote, its metadata the citation in the contract's form and its role."""
    about = {**citation_json(citation), "role": role}
    span = citation.span
    node = TextNode(
        id_=f"{citation.document}:{span.start}-{span.end}:{citation.marker}",
        text=citation.quote,
        start_char_idx=span.start,
        end_char_idx=span.end,
        metadata=about,
        excluded_embed_metadata_keys=list(about),
        excluded_llm_metadata_keys=["quote", "passage", "score"],
    )
    return NodeWithScore(node=node, score=citation.score)


def _prepared(assistant: Assistant, query: QueryBundle) -> Prepared:
    if isinstance(query, Asked):
        if query.prepared is None:
            query.prepared = assistant.prepare(query.query_str, query.history, query.origin, query.within)
        return query.prepared
    return assistant.prepare(query.query_str)


class ChatEngine(BaseChatEngine):
    """The engine with a conversation: each message is completed from those before it, and the completed question can be
    read in the response's `metadata["reply"].understood`. `source_nodes` are the citations, as the engine gives them.

    The messages are kept whole: a question leans on what was understood before, so no model has to condense them.
    """

    def __init__(self, assistant: Assistant, callback_manager: CallbackManager | None = None) -> None:
        self._engine = query_engine(assistant, callback_manager)
        self._messages: list[ChatMessage] = []

    def chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        """The reply to a message. A `chat_history` that is given takes the place of the one that is kept."""
        if chat_history is not None:
            self._messages = list(chat_history)
        response = self._engine.query(Asked(message, history=exchanges(self._messages)))
        reply = reply_of(response)
        self._messages += [
            ChatMessage(role=MessageRole.USER, content=message, additional_kwargs={"understood": reply.understood}),
            ChatMessage(role=MessageRole.ASSISTANT, content=answer_string(reply)),
        ]
        output = ToolOutput(
            content=str(response), tool_name="query_engine", raw_input={"query": message}, raw_output=response
        )
        return AgentChatResponse(
            response=str(response),
            sources=[output],
            source_nodes=list(response.source_nodes),
            metadata=response.metadata,
        )

    async def achat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        return await asyncio.to_thread(self.chat, message, chat_history)

    def stream_chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> StreamingAgentChatResponse:
        """The verified reply, all at once: nothing is streamed that a check could take back."""
        whole = self.chat(message, chat_history)

        said = ChatMessage(role=MessageRole.ASSISTANT, content=whole.response)
        part = ChatResponse(message=said, delta=whole.response)

        async def told() -> AsyncGenerator[ChatResponse, None]:
            yield part

        return StreamingAgentChatResponse(
            response=whole.response,
            sources=whole.sources,
            source_nodes=whole.source_nodes,
            chat_stream=(p for p in (part,)),
            achat_stream=told(),
            is_writing_to_memory=False,
        )

    async def astream_chat(
        self, message: str, chat_history: list[ChatMessage] | None = None
    ) -> StreamingAgentChatResponse:
        return await asyncio.to_thread(self.stream_chat, message, chat_history)

    def reset(self) -> None:
        self._messages = []

    @property
    def chat_history(self) -> list[ChatMessage]:
        return list(self._messages)


def exchanges(messages: Sequence[ChatMessage]) -> tuple[Exchange, ...]:
    """A history of messages as the exchanges that a follow-up leans on: each question with the answer behind it."""
    talk: list[Exchange] = []
    for message in messages:
        text = message.content or ""
        if message.role == MessageRole.USER:
            talk.append(Exchange(str(message.additional_kwargs.get("understood") or text), ""))
        elif message.role == MessageRole.ASSISTANT and talk and text:
            talk[-1] = replace(talk[-1], answer=text)
    return tuple(talk)


@dataclass(frozen=True)
class ChainAsker:
    """The engine behind the verbs of `Assistant`, for the page, batches and evaluation."""

    assistant: Assistant

    @cached_property
    def engine(self) -> RetrieverQueryEngine:
        return query_engine(self.assistant)

    def ask(
        self, question: str, history: Sequence[Exchange] = (), origin: bool = False, within: Within = EVERYWHERE
    ) -> Reply:
        """The reply that the engine's response carries."""
        return reply_of(self.engine.query(Asked(question, history=tuple(history), origin=origin, within=within)))

    async def aask(
        self, question: str, history: Sequence[Exchange] = (), origin: bool = False, within: Within = EVERYWHERE
    ) -> Reply:
        return reply_of(await self.engine.aquery(Asked(question, history=tuple(history), origin=origin, within=within)))

    def stream(
        self, question: str, history: Sequence[Exchange] = (), origin: bool = False, within: Within = EVERYWHERE
    ) -> Iterator[Event]:
        """What `ask` gives, told as it is made, over the passages that the engine finds."""
        asked = Asked(question, history=tuple(history), origin=origin, within=within)
        hits = node_hits(self.engine.retrieve(asked), self.library)
        yield from self.assistant.events(_prepared(self.assistant, asked), hits, asked.started)

    @property
    def model(self) -> LanguageModel | None:
        return self.assistant.model

    @cached_property
    def alone(self) -> ChainAsker:
        """The same without its language model: nothing is sent to it, neither to write nor to judge."""
        verifier = self.assistant.verifier
        judges = isinstance(verifier, Entailed) and isinstance(verifier.entailer, Opinion)
        return ChainAsker(replace(self.assistant, model=None, translate=False, verifier=RULES if judges else verifier))

    def search(
        self,
        question: str,
        k: int = 10,
        within: Within = EVERYWHERE,
        history: Sequence[Exchange] = (),
        explain: bool = False,
    ) -> Sequence[Hit]:
        return self.assistant.search(question, k, within, history, explain)

    def document(self, id: str) -> Document:
        return self.assistant.document(id)

    @property
    def library(self) -> Library:
        return self.assistant.library

    @property
    def ledger(self) -> Ledger:
        return self.assistant.ledger

    @property
    def index(self) -> str:
        return self.assistant.index


def reply_of(response: Any) -> Reply:
    """The reply that one of this engine's responses carries."""
    reply: Reply = response.metadata["reply"]
    return reply
