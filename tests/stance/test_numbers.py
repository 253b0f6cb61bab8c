"""Misstatements made of a source's own figures: swapped, turned from level to change, put on another base or bound."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from assistant.protocols import Embedder
from assistant.stance import Near, judge
from assistant.stance.amounts import amounts
from assistant.stance.keys import keys, times
from assistant.text import sentences
from tests.stance.mutating import swapped
from tests.stance.test_verdicts import embedder, verdict  # noqa: F401  the fixture

pytest_plugins = ["tests.sample"]

PAIRS = [json.loads(line) for line in Path(__file__).with_name("pairs_numbers.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def judged(embedder: Embedder) -> list[tuple[dict[str, str], str]]:  # noqa: F811
    """Every pair with what is said of it."""
    return [(p, verdict(embedder, p["statement"], p["source"], p["context"]).support) for p in PAIRS]


def test_no_misstatement_made_of_own_figures_is_supported(judged: list[tuple[dict[str, str], str]]) -> None:
    """Of more than a hundred pairs whose figures are those of something else, none is called supported."""
    wrong = [p for p, found in judged if p["verdict"] != "supported" and found == "supported"]
    assert len([p for p, _ in judged if p["verdict"] == "contradicted"]) > 90
    assert not wrong


def test_what_is_true_or_of_another_thing_is_hardly_ever_contradicted(judged: list[tuple[dict[str, str], str]]) -> None:
    """A narrower subject, another event or the same figures in other words are no contradiction (3 in 100 at most)."""
    honest = [(p, found) for p, found in judged if p["verdict"] != "contradicted"]
    assert sum(found == "contradicted" for _, found in honest) <= 0.03 * len(honest)


def test_true_figures_are_still_found(judged: list[tuple[dict[str, str], str]]) -> None:
    """Strictness does not end in silence: nine in ten true statements are supported, four in five false contradicted."""
    for kind, share in (("supported", 0.9), ("contradicted", 0.75)):
        own = [found for p, found in judged if p["verdict"] == kind]
        assert sum(found == kind for found in own) >= share * len(own), kind


def test_real_figures_that_have_changed_places_are_not_supported(papers: Path, embedder: Embedder) -> None:  # noqa: F811
    """Sentences of the two papers with two of their own figures exchanged, or a bound or end turned round."""
    real = []
    for path in sorted(papers.glob("*.txt")):
        for paragraph in path.read_text("utf-8").split("\n\n"):
            texts = [" ".join(s.slice(paragraph).split()) for s in sentences(paragraph)]
            real += [t for t in texts if 8 <= len(t.split()) <= 45 and t.endswith(".") and amounts(t)]
    random.Random(3).shuffle(real)
    counts: Counter[str] = Counter()
    for sentence in real[:60]:
        for _, other in list(swapped(sentence))[:3]:
            counts[verdict(embedder, other, sentence).support] += 1
    assert sum(counts.values()) >= 10
    assert not counts["supported"], counts


def test_an_amount_is_keyed_by_what_it_is_an_amount_of() -> None:
    """What it was, is, or changed by; what it counts; its base; which part of the sentence it is in."""
    was, now, by = keys("The share rose from 24 to 29 percent, that is by 5 percentage points.")
    assert [was.role, now.role, by.role] == ["from", "level", "change"]
    text = "It lent 12 million crowns to farms and 450 crowns per household to towns."
    first, second = keys(text)
    assert (first.part, second.part, first.base, second.base) == (0, 1, None, "household")
    ships, states = keys("어선 120척이 31개국에 수출되었다.")
    assert [ships.counter, states.counter] == ["척", "개국"]


def test_the_beginning_of_a_time_is_not_its_end() -> None:
    """`since`, `until`, `before` and their Korean particles are told apart."""
    assert [edge for _, edge, _ in times("Closed until March 2021, open since May 2022.")] == ["until", "since"]
    assert [edge for _, edge, _ in times("2014년부터 2019년까지")] == ["since", "until"]


def test_two_numerals_of_one_figure_are_one_amount() -> None:
    """`4만 1천 톤` is 41,000 tonnes."""
    (found,) = amounts("어획량은 4만 1천 톤이었다")
    assert (float(found.low), found.unit) == (41_000_000, "kilograms")


def test_what_cannot_be_settled_is_unchecked() -> None:
    """A figure that is a change in the source and a level in the statement is neither support nor contradiction."""
    found = judge("The vacancy rate reached 14 percent.", "The vacancy rate rose by 14 percent.", Near())
    assert found.support == "unchecked"
    assert "by 14" in (found.why or "")
