"""Fusion is a ranking, and hybrid retrieval finds what either half finds."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.questions import understand
from assistant.retrieval import DenseRetriever, HybridRetriever, LexicalRetriever, fuse, idf
from tests.answering.libraries import chain, paper

IDS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)
RANKINGS = st.dictionaries(st.sampled_from(["lexical", "dense", "third"]), IDS, min_size=1)
EVEN = {"lexical": 1.0, "dense": 1.0, "third": 1.0}
WEIGHTS = st.fixed_dictionaries({name: st.floats(0.1, 5) for name in EVEN})


class TestFuse:
    @given(RANKINGS, WEIGHTS)
    def test_a_permutation(self, rankings: dict[str, list[str]], weights: dict[str, float]) -> None:
        """Fusion lists everything that any ranking lists, once, best first, with scores in 0..1."""
        fused = fuse(rankings, weights)
        assert sorted(id for id, _ in fused) == sorted({id for ids in rankings.values() for id in ids})
        assert all(a[1] >= b[1] for a, b in pairwise(fused))
        assert all(0 < score <= 1 + 1e-9 for _, score in fused)

    @given(RANKINGS, WEIGHTS)
    def test_monotone(self, rankings: dict[str, list[str]], weights: dict[str, float]) -> None:
        """What stands above another in every ranking stands above it in the fusion."""
        order = [id for id, _ in fuse(rankings, weights)]
        for a in order:
            for b in order:
                places = [
                    (r.index(a) if a in r else math.inf, r.index(b) if b in r else math.inf) for r in rankings.values()
                ]
                if a != b and all(x <= y for x, y in places) and any(x < y for x, y in places):
                    assert order.index(a) < order.index(b)

    @given(RANKINGS)
    def test_order_of_rankings_means_nothing(self, rankings: dict[str, list[str]]) -> None:
        """The same rankings, named in another order, give the same fusion: ties too are settled."""
        backwards = dict(reversed(rankings.items()))
        assert [i for i, _ in fuse(rankings, EVEN)] == [i for i, _ in fuse(backwards, EVEN)]

    def test_ties_keep_the_order_of_ids(self) -> None:
        """Equal scores stand in the order of their ids."""
        assert [i for i, _ in fuse({"lexical": ["b"], "dense": ["a"]}, EVEN)] == ["a", "b"]

    def test_first_everywhere_is_one(self) -> None:
        """What is first in every ranking scores 1."""
        (id, score), _ = fuse({"lexical": ["a", "b"], "dense": ["a"]}, EVEN)
        assert (id, round(score, 9)) == ("a", 1.0)

    def test_weights_count(self) -> None:
        """A ranking that weighs more decides."""
        ids = {"lexical": ["a", "b"], "dense": ["b", "a"]}
        assert fuse(ids, {"lexical": 2.0, "dense": 1.0})[0][0] == "a"
        assert fuse(ids, {"lexical": 1.0, "dense": 2.0})[0][0] == "b"


TOPICS = [
    "semiconductor exports",
    "battery plants",
    "rice tariffs",
    "shipyard orders",
    "visa rules",
    "carbon border taxes",
]


class TestHybrid:
    made = chain(
        *(paper(f"doc-{i}", f"On {topic}", f"The ministry reviewed {topic} in {2010 + i}. Nothing else was said.") for i, topic in enumerate(TOPICS)),
        paper("ko", "통상", "정부는 반도체 수출을 지원한다. 다른 내용은 없다."),
    )  # fmt: skip

    @property
    def hybrid(self) -> HybridRetriever:
        return self.made.retriever

    @pytest.mark.parametrize(("i", "topic"), list(enumerate(TOPICS)))
    def test_finds(self, i: int, topic: str) -> None:
        """The passage on the subject comes first."""
        assert self.hybrid.retrieve(f"What about {topic}?", 3)[0].passage.document == f"doc-{i}"

    def test_korean(self) -> None:
        """A Korean question finds the Korean passage by its syllables, and the English one by the glossary."""
        found = self.hybrid.retrieve("반도체 수출을 누가 지원하는가?", 3)
        assert {h.passage.document for h in found} >= {"ko", "doc-0"}

    @given(st.lists(st.sampled_from(" ".join(TOPICS).split()), min_size=1, max_size=6).map(" ".join))
    @settings(max_examples=30)
    def test_finds_what_either_finds(self, question: str) -> None:
        """What one of the two retrievers finds is among the hits of both together."""
        lexical = LexicalRetriever(self.hybrid.lexical.index, self.made.library)
        dense = DenseRetriever(self.hybrid.dense.index, self.made.embedder, self.made.library)
        either = {h.passage.id for r in (lexical, dense) for h in r.retrieve(question, 5)}
        assert either <= {h.passage.id for h in self.hybrid.retrieve(question, 100)}

    @given(st.sets(st.sampled_from([f"doc-{i}" for i in range(len(TOPICS))])), st.integers(0, 9))
    @settings(max_examples=30)
    def test_filter_and_ranks(self, documents: set[str], k: int) -> None:
        """Only hits of the wanted documents come, at most k, ranked from 1, best first, the same each time."""
        question = understand("What did the ministry say about tariffs and exports?")
        hits = self.hybrid.find(question, k, documents)
        assert {h.passage.document for h in hits} <= documents
        assert [h.rank for h in hits] == list(range(1, len(hits) + 1))
        assert len(hits) <= k
        assert all(a.score >= b.score for a, b in pairwise(hits))
        assert hits == self.hybrid.find(question, k, documents)


def test_one_document_is_searched_whole_in_a_large_corpus() -> None:
    """What stands in the wanted document is found, by words and by meaning, however many passages elsewhere come nearer."""
    loud = [paper(f"loud-{i}", f"Rice tariffs {i}", "Rice tariffs, rice tariffs and rice tariffs.") for i in range(300)]
    quiet = paper("quiet", "Minutes", "The committee also spoke about a rice tariff. It met for an hour.")
    hybrid = chain(*loud, quiet).retriever
    question = understand("What was said about rice tariffs?")
    assert "quiet" not in {h.passage.document for h in hybrid.find(question, 100)}
    assert hybrid.lexical.rank_within(question, {"quiet"}, 5)
    assert hybrid.dense.rank_within(question, {"quiet"}, 5)
    assert {h.passage.document for h in hybrid.find(question, 5, {"quiet"})} == {"quiet"}


@given(st.integers(1, 1000), st.data())
def test_rare_words_weigh_more(count: int, data: st.DataObject) -> None:
    """A term's weight falls with the passages that have it, and is never negative."""
    a = data.draw(st.integers(0, count))
    b = data.draw(st.integers(a, count))
    assert idf(a, count) >= idf(b, count) >= 0
