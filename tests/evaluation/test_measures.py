"""What a reply is worth, on hand-made hits."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.citations import cite
from assistant.evaluation.cases import Place
from assistant.evaluation.measures import (
    cites_all,
    evidence_recall,
    mean,
    numbers_outside,
    pages_right,
    quotes_exact,
    reciprocal_rank,
    says,
    says_all,
    shown_text,
)
from assistant.types import (
    Answer,
    Block,
    Citation,
    Claim,
    Computed,
    Document,
    Hit,
    Page,
    Passage,
    Provenance,
    Span,
    Verdict,
    Work,
)

WORD = st.text(alphabet="abcxyz", min_size=1, max_size=5)


def hit(rank: int, start: int, end: int, document: str = "d") -> Hit:
    passage = Passage(f"{document}:{start}", document, "text", Span(start, end), "x" * (end - start), ())
    return Hit(passage, 1 / rank, rank, "hybrid")


HITS = [hit(1, 0, 10), hit(2, 20, 30), hit(3, 0, 10, "other"), hit(4, 40, 50)]


class TestSays:
    @given(st.lists(WORD, min_size=1, max_size=8), st.data())
    def test_whole_tokens(self, words: list[str], data: st.DataObject) -> None:
        """A text says each run of its own words, in any case and spacing."""
        a = data.draw(st.integers(0, len(words) - 1))
        b = data.draw(st.integers(a + 1, len(words)))
        assert says("  ".join(words).upper(), " ".join(words[a:b]))

    @given(st.lists(WORD, max_size=6), WORD)
    def test_no_part_of_a_word(self, words: list[str], word: str) -> None:
        """A text does not say what is only part of its words."""
        assume(word not in words)
        assert not says(" ; ".join(words), word)

    @given(st.integers(0, 10**9), st.integers(0, 10**9))
    def test_numbers(self, a: int, b: int) -> None:
        """Numbers are compared whole, grouping aside."""
        assert says(f"It was USD {a:,} million.", str(b)) == (a == b)
        assert says(f"It was USD {a} million.", f"{b:,}") == (a == b)

    @given(st.integers(0, 999), st.integers(0, 99), st.integers(0, 999))
    def test_decimals(self, a: int, b: int, c: int) -> None:
        """A decimal does not say its parts."""
        assert not says(f"It was {a}.{b} percent", str(c))
        assert says(f"It was {a}.{b}.", f"{a}.{b}")

    @pytest.mark.parametrize(
        ("text", "alternative", "said"),
        [
            ("On April 2, 2025", "april 2", True),
            ("On April 20", "April 2", False),
            ("It rose 38.4%.", "38.4%", True),
            ("R&D in the U.S.", "R&D", True),
            ("well-known", "well known", False),
            ("베트남은 컸다", "베트남", True),
            ("북베트남", "베트남", False),
            ("“Korea’s plan”", "Korea's plan", True),
            ("anything", "", False),
            ("", "x", False),
        ],
    )
    def test_examples(self, text: str, alternative: str, said: bool) -> None:
        """Signs belong to the words; a particle may follow a Korean one."""
        assert says(text, alternative) is said

    def test_every_group(self) -> None:
        """Of every group one alternative has to be said, and no group asks nothing."""
        assert says_all([["22", "twenty-two"], ["59"]], "twenty-two FTAs with 59 countries")
        assert not says_all([["22", "twenty-two"], ["60"]], "twenty-two FTAs with 59 countries")
        assert says_all([], "whatever")


class TestRanking:
    groups = [[Place("d", Span(22, 24))], [Place("d", Span(45, 60)), Place("gone", Span(0, 5))]]  # noqa: RUF012 - read only

    @pytest.mark.parametrize(("k", "recall"), [(1, 0.0), (2, 0.5), (3, 0.5), (4, 1.0), (10, 1.0)])
    def test_recall(self, k: int, recall: float) -> None:
        """Recall is the share of evidence groups that the first k passages hold a place of."""
        assert evidence_recall(self.groups, HITS, k) == recall

    def test_reciprocal_rank(self) -> None:
        """The reciprocal rank is that of the first passage with any evidence, 0 where none has it."""
        assert reciprocal_rank(self.groups, HITS) == 1 / 2
        assert reciprocal_rank([[Place("other", Span(5, 6))]], HITS) == 1 / 3
        assert reciprocal_rank([[Place("d", Span(10, 20))]], HITS) == 0.0  # touches both neighbours, overlaps neither

    def test_nothing_to_find(self) -> None:
        """Without evidence the measures do not apply; a group without places is never found."""
        assert evidence_recall([], HITS, 5) is reciprocal_rank([], HITS) is None
        assert evidence_recall([[]], HITS, 5) == 0.0


class TestMean:
    @given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
    def test_against_the_standard_library(self, values: list[float]) -> None:
        """A mean comes with the sample's standard error and the number of cases."""
        m = mean(values)
        assert m.value == pytest.approx(statistics.fmean(values))
        assert m.error == pytest.approx(statistics.stdev(values) / len(values) ** 0.5, abs=1e-9)
        assert m.n == len(values)

    def test_few(self) -> None:
        """Of one case there is no error, of none no value."""
        assert (mean([0.5]).value, mean([0.5]).error, mean([]).value, mean([]).n) == (0.5, None, None, 0)


TEXT = "Exports rose 5 percent. Imports fell."
DOCUMENT = Document(
    Work("d", "T"), TEXT, (Block("paragraph", Span(0, len(TEXT))),),
    pages=(Page(0, "i", (Span(0, 10), Span(30, 37))), Page(1, "ii", (Span(10, 30),))),
)  # fmt: skip


def answer(*citations: Citation, text: str = "Exports rose 5 percent.", computed: Computed | None = None) -> Answer:
    claim = Claim(text, tuple(c.marker for c in citations), Verdict("supported"), computed)
    return Answer("q", "q", "en", (claim,), citations, (), 0, Provenance("i", "e"))


class TestCitations:
    right = cite(DOCUMENT, Span(0, 23), 1)

    def test_right(self) -> None:
        """A citation as it was made is exact, on its pages, and overlaps its evidence."""
        assert (
            quotes_exact(answer(self.right), {"d": DOCUMENT}) == pages_right(answer(self.right), {"d": DOCUMENT}) == 1.0
        )
        assert cites_all([[Place("d", Span(3, 5))]], answer(self.right))
        assert not cites_all([[Place("d", Span(3, 5))], [Place("d", Span(30, 32))]], answer(self.right))

    @pytest.mark.parametrize("change", [{"quote": "Exports rose 6 percent."}, {"span": Span(1, 24)}])
    def test_not_exact(self, change: dict[str, object]) -> None:
        """One letter or one place off is not exact."""
        from dataclasses import replace

        moved = replace(self.right, **change)  # type: ignore[arg-type]  # a Citation's fields by name
        assert quotes_exact(answer(moved), {"d": DOCUMENT}) == 0.0

    @pytest.mark.parametrize(
        "change", [{"page_index": 1}, {"page_label": "ii"}, {"pages": (0,)}, {"pages": (0, 1, 2)}, {"page_index": None}]
    )
    def test_wrong_page(self, change: dict[str, object]) -> None:
        """Another page, label or set of pages is wrong."""
        from dataclasses import replace

        moved = replace(self.right, **change)  # type: ignore[arg-type]  # a Citation's fields by name
        assert pages_right(answer(moved), {"d": DOCUMENT}) == 0.0

    def test_no_pages(self) -> None:
        """A document without pages has none to be right about."""
        plain = Document(DOCUMENT.work, TEXT, DOCUMENT.blocks)
        assert pages_right(answer(cite(plain, Span(0, 23), 1)), {"d": plain}) is None

    def test_numbers_outside(self) -> None:
        """A number that is in no quote of its claim is counted; a calculation's result is not."""
        assert numbers_outside(answer(self.right)) == 0
        assert numbers_outside(answer(self.right, text="Exports rose 6 percent in 2020.")) == 2
        assert numbers_outside(answer(self.right, text="Twice 5 is 10.", computed=Computed("5 * 2", "10", None))) == 0

    def test_a_reader_in_a_hurry(self) -> None:
        """Only the first claims count as what was said."""
        claims = tuple(Claim(str(i), (), Verdict("supported")) for i in range(5))
        assert shown_text(Answer("q", "q", "en", claims, (), (), 0, Provenance("i", "e"))) == "0 1 2"
