"""A real engine with a tiny random model, behind the protocol of OpenAI: opt in with TEST_ENGINE=1.

The model is made here, with random weights: what it writes is nonsense from a real tokenizer and a real decoder, streamed
token by token. Whatever it is, the answer must be the documents' own.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from assistant.backends.models import open_model
from assistant.backends.providers import Choice
from assistant.types import Answer, Message
from tests.model_server import ModelServer, serving
from tests.sample import Sample

pytest_plugins = ["tests.sample"]
pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.skipif(not os.environ.get("TEST_ENGINE"), reason="opt in with TEST_ENGINE=1: loads torch"),
]
WORDS = "The port of Selby handles a share of traffic [S1]. Exports rose by 5 percent in 2021 [S2]. NOTHING https://x.example/p"


@pytest.fixture(scope="module")
def engine() -> Any:
    """A tokenizer trained on a few words and a two-layer Llama with random weights."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    torch.manual_seed(7)
    raw = Tokenizer(models.BPE())
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = decoders.ByteLevel()
    raw.train_from_iterator(
        [WORDS] * 50,
        trainers.BpeTrainer(
            vocab_size=400,
            special_tokens=["<s>", "</s>"],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=raw, bos_token="<s>", eos_token="</s>")
    small = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        max_position_embeddings=16384,
    )  # fmt: skip
    return tokenizer, LlamaForCausalLM(small).eval()


@pytest.fixture
def server(engine: Any) -> Iterator[ModelServer]:
    def say(body: dict[str, Any]) -> Sequence[str]:
        return list(generated(engine, body))

    with serving(ModelServer(say=say)) as made:
        yield made


def generated(engine: Any, body: dict[str, Any]) -> Iterator[str]:
    """The engine's own pieces of text for a request."""
    from transformers import TextIteratorStreamer

    tokenizer, model = engine
    prompt = "\n".join(m["content"] for m in body["messages"])
    given = tokenizer(prompt, return_tensors="pt", truncation=True, max_length=2000, return_token_type_ids=False)
    streamer = TextIteratorStreamer(tokenizer, skip_prompt=True, skip_special_tokens=True)
    settings = {
        **given,
        "streamer": streamer,
        "max_new_tokens": min(body["max_tokens"], 120),
        "do_sample": True,
        "temperature": 1.2,
    }
    thread = threading.Thread(target=model.generate, kwargs=settings)
    thread.start()
    yield from (piece for piece in streamer if piece)
    thread.join()


def test_its_words_arrive(server: ModelServer) -> None:
    """What the engine streams is what is read, piece by piece."""
    model = open_model(Choice.read(f"compatible:tiny@{server.address}"), 60, 60, environ={})
    pieces = list(model.stream([Message("system", "Be brief."), Message("user", "Question")]))
    assert len(pieces) > 3
    assert "".join(pieces).strip()


@pytest.mark.parametrize(
    "question",
    ["What share of container traffic does the port of Selby handle?", "Why were the ports placed under one board?"],
)
def test_nonsense_is_no_answer(hashed: Sample, server: ModelServer, question: str) -> None:
    """Nothing of a random model's stands: the reply is the one without a model."""
    plain = hashed.open().ask(question)
    model = open_model(Choice.read(f"compatible:tiny@{server.address}"), 60, 120, environ={})
    reply = replace(hashed.open(), model=model).ask(question)
    assert type(reply) is type(plain)
    if isinstance(reply, Answer) and isinstance(plain, Answer):
        assert reply.claims == plain.claims
        assert reply.provenance.model is None
        assert "compatible:tiny" in reply.notices[-1]
