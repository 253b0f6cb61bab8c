"""An opinion on top of the rules lowers what it likes, raises only what lacks nothing, and is never a pass where it fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.citations import cite
from assistant.errors import ModelError
from assistant.protocols import Entailment
from assistant.types import Block, Citation, Document, Message, Span, Work
from assistant.verification import RULES, Asked, Entailed, Verifier

QUOTE = "Fishing crews lose access to about two percent of their grounds, and a yearly payment makes up for it."
COPIED = "Fishing crews lose access to about two percent of their grounds"
UNSURE = "Boats are shut out of roughly two percent of the grounds, for which their crews are paid."
WRONG = "Fishing crews lose access to about five percent of their grounds."
ABSENT = "Fishing crews of Norway lose access to about two percent of their grounds."


def citations() -> list[Citation]:
    document = Document(Work("d", "Tides"), QUOTE, (Block("paragraph", Span(0, len(QUOTE))),))
    return [cite(document, Span(0, len(QUOTE)), 1)]


@dataclass
class Opinion:
    """An entailer that always says the same, or fails."""

    says: Entailment | None
    fails: bool = False
    asked: int = 0
    name: str = "a judge"

    def entails(self, premise: str, statement: str) -> Entailment | None:
        self.asked += 1
        if self.fails:
            raise ModelError("no answer")
        return self.says


@dataclass
class Scripted:
    """A language model that writes what it was given."""

    words: str
    name: str = "scripted"
    where: str = "nowhere"

    def complete(self, messages: Sequence[Message]) -> str:
        return self.words

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        yield self.words


@pytest.mark.parametrize("verifier", [RULES, Entailed(Opinion(None)), Entailed(Opinion("entails")), Entailed(Asked(Scripted("YES")))])  # fmt: skip
def test_every_verifier(verifier: Verifier) -> None:
    """Whatever stands on top: what is copied is supported, what lacks or differs is withheld, no citation is none."""
    assert verifier.verify(COPIED, citations()).support == "supported"
    assert verifier.verify(WRONG, citations()).support in ("unsupported", "contradicted")
    assert verifier.verify(ABSENT, citations()).support in ("unsupported", "contradicted")
    assert verifier.verify(COPIED, []).support == "unsupported"


def test_rules_leave_it_unchecked() -> None:
    """What rules cannot tell is unchecked, with why."""
    verdict = RULES.verify(UNSURE, citations())
    assert verdict.support == "unchecked"
    assert verdict.why


@pytest.mark.parametrize(
    ("opinion", "support"),
    [("entails", "supported"), ("contradicts", "contradicted"), ("neither", "unchecked"), (None, "unchecked")],
)
def test_opinions(opinion: Entailment | None, support: str) -> None:
    """An opinion decides what the rules left open, and the reason names who gave it."""
    verdict = Entailed(Opinion(opinion)).verify(UNSURE, citations())
    assert verdict.support == support
    assert (opinion in ("entails", "contradicts")) == ("a judge" in (verdict.why or ""))


def test_a_failed_check_is_no_pass() -> None:
    """A model that fails leaves what the rules said, and copied words are not asked about."""
    failing = Opinion("entails", fails=True)
    assert Entailed(failing).verify(UNSURE, citations()).support == "unchecked"
    assert failing.asked == 1
    assert Entailed(failing).verify(COPIED, citations()).support == "supported"
    assert failing.asked == 1


@pytest.mark.parametrize("words", ["", "yes and no", "The quotation says so.", "YES\nNO", "maybe", "YES, because"])
def test_a_malformed_word_is_no_verdict(words: str) -> None:
    """A language model answers with one word; anything else leaves the claim unchecked."""
    assert Entailed(Asked(Scripted(words))).verify(UNSURE, citations()).support == "unchecked"
    assert Entailed(Asked(Scripted("Yes."))).verify(UNSURE, citations()).support == "supported"
    assert Entailed(Asked(Scripted("NO"))).verify(UNSURE, citations()).support == "contradicted"


def tiny(folder: Path, labels: Sequence[str]) -> Path:
    """A random cross-encoder with these labels, made here."""
    from transformers import BertConfig, BertForSequenceClassification

    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "crews", "lose", "grounds"]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    import transformers

    tokenizer: Any = getattr(transformers, "BertTokenizerFast")  # noqa: B009  # exported lazily, unknown to mypy
    tokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        id2label=dict(enumerate(labels)), label2id={label: n for n, label in enumerate(labels)},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.mark.slow
def test_a_cross_encoder_from_a_folder(tmp_path: Path) -> None:
    """A cross-encoder is loaded by path; its labels are its own, and a sure one decides."""
    import torch

    from assistant.backends.entailment import open_entailer

    judge = open_entailer(str(tiny(tmp_path / "nli", ["CONTRADICTION", "neutral", "entailment"])))
    assert judge.entails(QUOTE, UNSURE) in (None, "entails", "contradicts", "neither")
    layer: Any = next(m for n, m in judge._model.named_modules() if n.endswith("classifier"))
    for label, bias in (("contradicts", [9.0, 0.0, 0.0]), ("neither", [0.0, 9.0, 0.0]), ("entails", [0.0, 0.0, 9.0])):
        with torch.no_grad():
            layer.weight.zero_()
            layer.bias.copy_(torch.tensor(bias))
        assert judge.entails(QUOTE, UNSURE) == label
    assert Entailed(judge).verify(UNSURE, citations()).support == "supported"
    assert Entailed(judge).verify(WRONG, citations()).support == "contradicted"
    with torch.no_grad():
        layer.bias.copy_(torch.tensor([float("nan")] * 3))
    assert judge.entails(QUOTE, UNSURE) is None
    with pytest.raises(ModelError, match="is no entailment model"):
        open_entailer(str(tiny(tmp_path / "other", ["good", "bad"])))


@pytest.mark.parametrize("labels", [["LABEL_0", "LABEL_1", "LABEL_2"], ["neutral", "contradiction"], []])
def test_labels_are_not_guessed(labels: list[str]) -> None:
    """A model that does not say what its numbers mean is refused."""
    from assistant.backends.entailment import labels_of

    with pytest.raises(ModelError, match="labels"):
        labels_of(dict(enumerate(labels)), "some model")
    assert labels_of({0: "entailment", 1: "not_entailment"}, "m") == ("entails", "neither")


def test_a_model_that_is_not_there() -> None:
    """A name that is not on this machine is an error of one line; nothing is fetched."""
    from assistant.backends.entailment import open_entailer

    with pytest.raises(ModelError, match="cannot be loaded"):
        open_entailer("nobody/no-such-model")
