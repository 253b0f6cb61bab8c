"""Fusion is a ranking, and hybrid retrieval finds what either half finds."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.questions import understand
from assistant.retrieval import DenseRetriever, Fusion, HybridRetriever, LexicalRetriever, fuse, idf, learnt
from tests.answering.libraries import chain, paper

SHARES = st.fixed_dictionaries({name: st.floats(-1, 1) for name in ("lexical", "dense", "sentence")})
FUSION = Fusion(0.5, 0.3, 0.2)


class TestFuse:
    @given(SHARES, st.floats(0, 1), st.sampled_from(["lexical", "dense", "sentence"]))
    def test_monotone(self, shares: dict[str, float], more: float, name: str) -> None:
        """A passage of which any retriever says more never scores less, and all of them together at most 1."""
        weights = FUSION.weights(True)
        risen = {**shares, name: min(1.0, shares[name] + more)}
        assert 0 <= fuse(shares, weights) <= fuse(risen, weights) <= 1 + 1e-9

    def test_unreadable(self) -> None:
        """What the embedder cannot read is judged by its words alone, and they weigh all there is to weigh."""
        assert fuse({"lexical": 0.4, "dense": 0.9, "sentence": 0.9}, FUSION.weights(False)) == 0.4

    def test_learnt(self) -> None:
        """The weights that ship are a share of the whole each, and every retriever has a say."""
        weights = learnt().weights(True)
        assert all(w > 0 for w in weights.values())
        assert math.isclose(sum(weights.values()), 1.0)


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


class TestExplained:
    made = chain(
        *(paper(f"doc-{i}", f"On {topic}", f"The ministry reviewed {topic} in {2010 + i}. It met twice.\n\n## Notes\n\nNo more was said of {topic}.") for i, topic in enumerate(TOPICS)),
    )  # fmt: skip

    @given(st.sampled_from(TOPICS), st.booleans())
    @settings(max_examples=12, deadline=None)
    def test_the_sum_can_be_followed(self, topic: str, confined: bool) -> None:
        """Shares times weights make the sum, the sum times the prior over the best one's makes the score, and the terms
        make the BM25 score."""
        hits = self.made.retriever.find(
            understand(f"What did the ministry say about {topic}?"),
            30,
            ["doc-1", "doc-3"] if confined else None,
            explain=True,
        )
        assert hits
        tops = []
        for hit in hits:
            e = hit.explained
            assert e is not None
            assert math.isclose(sum(p.weight * max(0.0, p.share) for p in e.parts), e.fused, abs_tol=1e-9)
            words = next(p for p in e.parts if p.retriever == "lexical")
            assert math.isclose(sum(t.gain for t in e.terms), words.score, abs_tol=1e-4)
            tops.append(e.fused * e.prior)
        assert [round(t / tops[0], 9) for t in tops] == [round(h.score, 9) for h in hits]

    def test_ranks_are_the_retrievers(self) -> None:
        """The ranks that are told are those that the retrievers give when they are asked alone."""
        question = understand("What did the ministry say about rice tariffs?")
        alone = {
            "lexical": [id for id, _ in self.made.retriever.lexical.rank(question, 60)],
            "dense": [id for id, _ in self.made.retriever.dense.rank(question, 60)],
        }
        for hit in self.made.retriever.find(question, 30, explain=True):
            assert hit.explained is not None
            for part in hit.explained.parts[:2]:
                order = alone[part.retriever]
                assert part.rank == (order.index(hit.passage.id) + 1 if hit.passage.id in order else None)

    def test_neighbours(self) -> None:
        """A hit names the passages before and behind it in its document, and no other document's."""
        ids = {d: [p.id for p in self.made.library.passages() if p.document == d] for d in ("doc-0", "doc-1")}
        for hit in self.made.retriever.find(understand("semiconductor exports"), 30, ["doc-0", "doc-1"], explain=True):
            own = ids[hit.passage.document]
            at = own.index(hit.passage.id)
            assert hit.explained is not None
            assert hit.explained.before == (own[at - 1] if at else None)
            assert hit.explained.after == (own[at + 1] if at + 1 < len(own) else None)
