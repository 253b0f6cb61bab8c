"""What does not stand in its quote is never called supported."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.citations import cite
from assistant.store.memory import MemoryLibrary
from assistant.types import Block, CellPlace, Citation, Claim, Computed, Document, Page, Span, Verdict, Work
from assistant.verification import checked, in_place, verify

SHOWN = ("supported", "partial")
WITHHELD = ("unsupported", "contradicted")


def citation(quote: str, **parts: object) -> Citation:
    document = Document(Work("d", "Title"), quote, (Block("paragraph", Span(0, len(quote))),))
    return replace(cite(document, Span(0, len(quote)), 1), **parts)  # type: ignore[arg-type]  # a Citation's fields by name


def support(claim: str, *quotes: str) -> str:
    return verify(claim, [citation(q) for q in quotes]).support


class TestVerify:
    @pytest.mark.parametrize(
        ("claim", "quote"),
        [
            ("Exports rose 3.5 percent.", "Exports rose 3.5 percent."),
            ("exports rose 3.5 percent", "In 2024, Exports rose\n3.5 percent. They fell later."),
            ("Korea’s “plan” – a start", 'Korea\'s "plan" - a start.'),
            ("Exports did not rise.", "Exports did not rise."),
            ("수출은 늘지 않았다.", "수출은 늘지 않았다."),
            ("It fell in 2024.", "It did not rise. It fell in 2024."),
        ],
    )
    def test_copied(self, claim: str, quote: str) -> None:
        """Words that stand in one quote are supported."""
        assert support(claim, quote) == "supported"

    @pytest.mark.parametrize(
        ("claim", "quote"),
        [
            ("Exports rose 3.6 percent.", "Exports rose 3.5 percent."),
            ("Exports rose 3.5 percent.", "Exports rose 83.5 percent."),
            ("The change was 3 percent.", "The change was -3 percent."),
            ("It cost $5 million.", "It cost $5 billion."),
            ("Exports did not rise.", "Exports did rise."),
            ("Exports did rise.", "Exports did not rise."),
            ("The tariffs were lawful.", "It is not true that the tariffs were lawful."),
            ("lawful tariffs", "unlawful tariffs"),
            ("Korea never joined the pact.", "Korea joined the pact."),
            ("수출은 늘었다.", "수출은 늘지 않았다."),
            ("수출은 늘", "수출은 늘 것이라 볼 수 없다."),
            ("Japan sold its ships to Chile.", "Exports rose."),
            ("", "Exports rose."),
            (" . ", "Exports rose."),
        ],
    )
    def test_changed(self, claim: str, quote: str) -> None:
        """A changed digit, sign, scale, negation or word is withheld, and so is a claim of nothing."""
        assert support(claim, quote) in WITHHELD

    def test_no_citation(self) -> None:
        """Without a citation nothing is supported."""
        assert verify("Exports rose.", []).support == "unsupported"

    def test_in_several_pieces(self) -> None:
        """Words that stand in the quotes, but not in one piece, are supported in part, and it says so."""
        verdict = verify("Exports rose and imports fell", [citation("Exports rose."), citation("Imports fell.")])
        assert verdict.support == "partial"
        assert verdict.why

    @given(
        st.integers(0, 99999),
        st.integers(0, 99999),
        st.sampled_from(["", "-", "$", "about "]),
        st.sampled_from(["", " percent", " million"]),
    )
    def test_numbers(self, claimed: int, quoted: int, before: str, after: str) -> None:
        """A claim with a number that is in no quote is never shown, however alike the rest."""
        assume(claimed != quoted)
        claim = f"The total of all exports to the European Union came to {before}{claimed}{after} in the whole year"
        assert support(claim, claim.replace(str(claimed), str(quoted), 1)) in WITHHELD

    @given(st.text(max_size=40), st.text(max_size=60))
    def test_any_text(self, claim: str, quote: str) -> None:
        """Whatever the words, what is supported stands in the quote."""
        assume(quote.strip())
        if support(claim, quote) == "supported":
            assert claim.strip(". ")


class TestCells:
    cell = CellPlace("Table 1", "Vietnam", "2023", "USD million", "6,512")
    row = citation("Vietnam\t5,237\t6,512", cell=cell, headers=("Table 1. Investment", "Country", "2022", "2023"))

    def test_named(self) -> None:
        """A cell is supported when the claim names its value, row and column."""
        assert verify("Vietnam, 2023: 6,512 (Table 1. Investment)", [self.row]).support == "supported"

    @pytest.mark.parametrize(
        "claim",
        ["2023: 6,512", "Vietnam: 6,512", "6,512", "Vietnam, 2022: 6,512", "Vietnam, 2023: 6,513", "Thailand, 2023: 6,512", "Vietnam, 2023: not 6,512"],
    )  # fmt: skip
    def test_not_named(self, claim: str) -> None:
        """A cell claim without its row or column, or with another value, is not supported."""
        assert verify(claim, [self.row]).support != "supported"

    def test_part_of_a_number(self) -> None:
        """A cell's value does not stand inside a longer one."""
        cell = CellPlace("T", "Vietnam", "2023", None, "5")
        row = citation("Vietnam\t15\t7.5", cell=cell, headers=("2022", "2023"))
        assert verify("Vietnam, 2023: 15", [row]).support != "supported"


class TestComputed:
    quotes = (citation("Vietnam\t5,237"), citation("Chile\t6,512"))

    def test_follows(self) -> None:
        """A calculation over numbers of the quotes may state its result."""
        claim = "Difference: 1,275. Chile: 6,512; Vietnam: 5,237"
        verdict = verify(
            claim,
            [citation("Vietnam 5,237 and Chile 6,512: the difference is plain")],
            Computed("6512 - 5237", "1275", None),
        )
        assert verdict.support in SHOWN

    @pytest.mark.parametrize(
        ("of", "to"),
        [
            ("Difference", "Fall"), ("Difference", "Sum"), ("Difference", "The court struck down the difference"),
            ("Chile: 6,512; Vietnam: 5,237", "Vietnam: 6,512; Chile: 5,237"), ("Chile: 6,512", "Peru: 6,512"),
            ("1,275.", "1,275 in all."), ("5,237", "5,237, which fell"), ("Difference:", "Difference (USD million):"),
            ("Difference:", "Difference (rounded):"),
        ],
    )  # fmt: skip
    def test_other_words(self, of: str, to: str) -> None:
        """A calculation that is told in any other words than the program's does not stand."""
        claim = "Difference: 1,275. Chile: 6,512; Vietnam: 5,237".replace(of, to)
        said = [citation("Vietnam 5,237 and Chile 6,512: the difference is plain")]
        assert verify(claim, said, Computed("6512 - 5237", "1275", None)).support not in SHOWN

    @pytest.mark.parametrize(
        ("expression", "result"),
        [
            ("6512 - 5237", "1276"),
            ("6512 - 5000", "1512"),
            ("6512", "9"),
            ("nonsense", "1275"),
            ("6512 - 5237", "much"),
        ],
    )
    def test_does_not_follow(self, expression: str, result: str) -> None:
        """A wrong result, or an operand that no quote holds, is unsupported."""
        verdict = verify(f"Vietnam and Chile: {result}", self.quotes, Computed(expression, result, None))
        assert verdict.support == "unsupported"


class TestPlace:
    text = "Exports rose. Imports fell. Exports rose."
    document = Document(
        Work("d", "Title"), text, (Block("paragraph", Span(0, len(text))),),
        pages=(Page(0, "1", (Span(0, 20),)), Page(1, "2", (Span(20, 41),))),
    )  # fmt: skip
    right = cite(document, Span(0, 13), 1)

    def test_in_place(self) -> None:
        """A citation as it was made stands in its place."""
        assert in_place(self.right, self.document)
        assert self.verdict(self.right).support == "supported"

    def verdict(self, c: Citation) -> Verdict:
        claim = Claim("Exports rose.", (1,), Verdict("unchecked"))
        return checked(claim, [c], MemoryLibrary([self.document], [])).verdict

    @pytest.mark.parametrize(
        "change",
        [
            {"span": Span(1, 14)},
            {"span": Span(28, 41)},  # the twin, on another page
            {"span": Span(0, 12)},
            {"span": Span(400, 413)},
            {"quote": "Exports rose!"},
            {"quote": "exports rose."},
            {"page_index": 1},
            {"page_index": None},
            {"pages": (0, 1)},
            {"pages": ()},
        ],
    )
    def test_out_of_place(self, change: dict[str, object]) -> None:
        """A quote that does not stand at its offsets, or on the pages it names, bears nothing."""
        moved = replace(self.right, **change)  # type: ignore[arg-type]  # a Citation's fields by name
        assert self.verdict(moved).support == "unsupported"

    def test_only_its_own_citations(self) -> None:
        """A claim is judged by the citations that it names, not by its neighbours'."""
        claim = Claim("Imports fell.", (2,), Verdict("unchecked"))
        library = MemoryLibrary([self.document], [])
        assert checked(claim, [self.right], library).verdict.support == "unsupported"
        other = cite(self.document, Span(14, 27), 2)
        assert checked(claim, [self.right, other], library).verdict.support == "supported"


class TestModality:
    """A mode that the quote does not have."""

    QUOTE = "The visa scheme of Brack admits 1,500 foreign seafarers a year, and the fee should be lowered."

    @pytest.mark.parametrize("mode", ["must", "may", "should", "might", "could", "will", "would"])
    def test_added(self, mode: str) -> None:
        """What a quote tells as it is, a claim may not make a duty, a possibility or a thing to come."""
        claim = f"The visa scheme of Brack {mode} admit 1,500 foreign seafarers a year."
        assert verify(claim, [citation(self.QUOTE)]).support in ("unchecked", "contradicted")

    def test_own(self) -> None:
        """A mode of the quote itself stands, also in other words, and a month is none."""
        assert verify("The fee should be lowered.", [citation(self.QUOTE)]).support == "supported"
        planned = citation("The ministry plans to open the harbour of Brack in May 2027.")
        assert verify("The harbour of Brack will open in May 2027.", [planned]).support not in (
            "contradicted",
            "unsupported",
        )
        told = citation("The harbour of Brack opened on 3 May 2027.")
        assert verify("On 3 May 2027 the harbour of Brack opened.", [told]).support == "supported"

    @pytest.mark.parametrize("said", ["받아들여야 한다", "받아들일 수 있다", "받아들일 것이다"])
    def test_korean(self, said: str) -> None:
        """So with 해야 한다, 할 수 있다 and 할 것이다."""
        quote = citation("선원비자 제도는 연간 1,500명의 외국인 선원을 받아들인다.")
        assert verify(f"선원비자 제도는 연간 1,500명의 외국인 선원을 {said}.", [quote]).support in (
            "unchecked",
            "contradicted",
        )
        assert verify("선원비자 제도는 연간 1,500명의 외국인 선원을 받아들인다.", [quote]).support == "supported"
