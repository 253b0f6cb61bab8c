"""Support, contradiction and silence: on pairs written for it, and on true sentences misstated by program."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from assistant.answering.late import TokenEmbedder
from assistant.protocols import Embedder
from assistant.stance import Near, Tokens, judge
from assistant.stance.words import _opposites, denials, poles
from assistant.text import language_of, sentences
from assistant.types import Verdict
from tests.stance.mutating import mutated

pytest_plugins = ["tests.sample"]

PAIRS = [json.loads(line) for line in Path(__file__).with_name("pairs.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def embedder(models: Path) -> Embedder:
    """The default model."""
    from assistant import wiring
    from assistant.config import Settings

    return wiring.open_embedder(Settings(index=models.parent))


def verdict(embedder: Embedder, statement: str, source: str, context: str = "") -> Verdict:
    near = Near()
    if isinstance(embedder, TokenEmbedder) and "ko" not in map(language_of, (statement, source)):
        said, read = embedder.embed_tokens_of([statement, source])
        near = Near(Tokens(*said), Tokens(*read))
    return judge(statement, source, near, context)


def judged(embedder: Embedder) -> list[tuple[dict[str, str], Verdict]]:
    return [(p, verdict(embedder, p["statement"], p["source"], p["context"])) for p in PAIRS]


def test_the_pairs_are_told_apart(embedder: Embedder) -> None:
    """At least nine in ten pairs get their verdict, in both languages and across them."""
    found = [(language_of(p["statement"]), p["verdict"] == v.support) for p, v in judged(embedder)]
    for language in ("en", "ko"):
        own = [right for spoken, right in found if spoken == language]
        assert sum(own) / len(own) >= 0.9, language


def test_support_and_contradiction_are_hardly_ever_taken_for_one_another(embedder: Embedder) -> None:
    """No pair that contradicts is called supported, and none that supports is called contradicted."""
    wrong = [
        (p["statement"], p["source"], v)
        for p, v in judged(embedder)
        if {p["verdict"], v.support} == {"supported", "contradicted"}
    ]
    assert not wrong


def test_what_is_only_near_the_subject_is_silence(embedder: Embedder) -> None:
    """Of the pairs that share a subject and no fact, none contradicts or supports."""
    near = [(p, v) for p, v in judged(embedder) if p["kind"].endswith("near")]
    assert len(near) > 20
    assert all(v.support in ("unsupported", "partial", "unchecked") for _, v in near)
    assert sum(v.support != "unsupported" for _, v in near) <= len(near) // 10


def test_the_reason_names_the_difference(embedder: Embedder) -> None:
    """A reader is told which number, year, country or word stands there instead."""
    cases = {
        "61 percent, not 16 percent": (
            "Selby handles 16 percent of all traffic.",
            "Selby handles 61 percent of all traffic.",
        ),
        "another year: 2019, not 2021": ("The dam was built in 2021.", "The dam was built in 2019."),
        "another country: Japan, not Korea": ("The steel came from Korea.", "The steel came from Japan."),
        "“fell”, where the statement says “rose”": ("Rents rose in the city.", "Rents fell in the city."),
    }
    for why, (statement, source) in cases.items():
        found = verdict(embedder, statement, source)
        assert found.support == "contradicted", (statement, found)
        assert why in (found.why or "")


def test_misstatements_of_true_sentences_are_found(papers: Path, embedder: Embedder) -> None:
    """Of real sentences beside themselves nearly all are supported; with a number, year, country or direction
    changed, at least nine in ten of each kind are contradicted, and next to none supported.
    """
    real = []
    for path in sorted(papers.glob("*.txt")):
        for paragraph in path.read_text("utf-8").split("\n\n"):
            texts = [" ".join(s.slice(paragraph).split()) for s in sentences(paragraph)]
            real += [
                t for t in texts if 9 <= len(t.split()) <= 40 and t[0].isupper() and t.endswith(".") and "http" not in t
            ]
    random.Random(11).shuffle(real)
    counts: Counter[tuple[str, str]] = Counter()
    for sentence in real[:90]:
        counts["same", verdict(embedder, sentence, sentence).support] += 1
        counts.update((kind, verdict(embedder, other, sentence).support) for kind, other in mutated(sentence))
    assert counts["same", "supported"] >= 0.97 * 90
    for kind in ("number", "year", "country", "direction"):
        total = sum(n for (k, _), n in counts.items() if k == kind)
        assert total >= 10, kind
        assert counts[kind, "contradicted"] >= 0.9 * total, (kind, counts)
        assert counts[kind, "supported"] <= 0.02 * total, (kind, counts)


def test_no_word_stands_on_both_sides_of_an_axis() -> None:
    """The list of opposites never says that a word is its own opposite."""
    for known in _opposites():
        for word, sides in known.items():
            axes = [axis for axis, _ in sides]
            assert len(axes) == len(set(axes)), word


def test_a_negation_turns_round_what_it_governs_and_no_more() -> None:
    """`did not rise` is the other side of `rise`; what follows the clause's end, and `not only`, stay."""
    assert [p.sign for p in poles("Prices did not rise, but wages fell.")] == [-1, -1]
    assert [p.sign for p in poles("소득은 늘어나지 않았다")] == [1, -1]
    assert not denials("It not only rose")
    assert [p.sign for p in poles("energy became less expensive")] == [p.sign for p in poles("energy became cheaper")]
