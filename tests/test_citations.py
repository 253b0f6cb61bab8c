"""Quoted words are found where they stand, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.citations import cite, is_reference, locate, split_claims, stands
from assistant.origin import origin_of
from assistant.types import Block, Document, Note, Page, Recognised, Section, Span, Work

WORDS = [
    "exports",
    "rose",
    "Korea’s",
    "“trade”",
    "6,512",
    "3.5",
    "-3",
    "수출은",
    "in",
    "2024",
    "U.S.",
    "well-known",
    "R&D",
]


def document(text: str, **parts: object) -> Document:
    return Document(Work("d", "Title", issued="2024"), text, (Block("paragraph", Span(0, len(text))),), **parts)  # type: ignore[arg-type]  # parts of a Document by name


TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30)


class TestLocate:
    @given(TEXT, st.data())
    def test_a_copied_quote_is_found(self, words: list[str], data: st.DataObject) -> None:
        """Whole words copied out of a document are found where they stood."""
        a = data.draw(st.integers(0, len(words) - 1))
        b = data.draw(st.integers(a + 1, len(words)))
        text = " ".join(words)
        start = len(" ".join(words[:a])) + (a > 0)
        quote = " ".join(words[a:b])
        found = locate(document(text), quote)
        assert Span(start, start + len(quote)) in found

    @given(TEXT, st.data())
    def test_every_twin_and_nothing_else(self, words: list[str], data: st.DataObject) -> None:
        """All places of the words are found, each of them says the words, and no other place is."""
        a = data.draw(st.integers(0, len(words) - 1))
        quote = words[a : a + 2]
        text = " ".join(words)
        places = [i for i in range(len(words)) if words[i : i + len(quote)] == quote]
        found = locate(document(text), " ".join(quote))
        assert len(found) == len(places)
        assert all(s.slice(text) == " ".join(quote) for s in found)

    @given(TEXT, st.sampled_from(["  ", "\n", "\u00a0", " \u200b", "\t"]))
    def test_style_is_no_matter(self, words: list[str], space: str) -> None:
        """White space, quotation marks, dashes and case may differ; digits, words and signs may not."""
        text = " ".join(words)
        styled = space.join(words).upper().replace("’", "'").replace("“", '"').replace("”", "„").replace("-", "‑")
        assert Span(0, len(text)) in locate(document(text), styled)

    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            ("It was 83.5 percent", "3.5"),
            ("It was 3.5 percent", "3"),
            ("It was 3.5 percent", "5 percent"),
            ("USD 6,512 million", "512"),
            ("USD 6,512 million", "6"),
            ("a change of -3 percent", "3 percent"),
            ("a change of −3 percent", "3 percent"),
            ("unlawful tariffs", "lawful tariffs"),
            ("exports rose", "export"),
            ("in 20240 units", "2024"),
            ("10² units", "102 units"),
            ("3½ percent", "31 percent"),
            ("대수출은 늘었다", "수출은"),
            ("exports rose", "exports fell"),
            ("anything", ""),
            ("anything", " \u200b "),
        ],
    )
    def test_not_inside_words_and_numbers(self, text: str, quote: str) -> None:
        """A quote does not stand inside a longer word or number, nor without its sign."""
        assert locate(document(text), quote) == ()

    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            ("a range of 10-15 percent", "15 percent"),
            ("COVID-19 spread", "19 spread"),
            ("rose in 2024.", "2024"),
            ("it rose (3.5 percent)", "3.5 percent"),
            ("수출이 3.5% 증가했다", "3.5% 증가"),
            ("a\u00adgree\u00adment", "agreement"),
            ("the ﬁrst", "the first"),
            ("Chile\t5,237\t6,512", "Chile | 5,237 | 6,512"),
            ("a | b", "a | b"),
        ],
    )
    def test_found(self, text: str, quote: str) -> None:
        """A number after a range's dash, before a full stop or in brackets is whole, and a particle may follow Hangul."""
        assert len(locate(document(text), quote)) == 1

    def test_within(self) -> None:
        """A search can be confined to a stretch; its places are the document's."""
        text = "exports rose. exports rose."
        assert locate(document(text), "exports rose", Span(13, 27)) == (Span(14, 26),)
        assert locate(document(text), "exports rose", Span(5, 5)) == ()

    @given(st.text(max_size=60), st.text(max_size=10))
    def test_any_text(self, text: str, quote: str) -> None:
        """Whatever is looked for, what is found stands in the text and reads the same."""
        for span in locate(document(text), quote):
            assert 0 <= span.start < span.end <= len(text)
            assert stands(quote, text)


class TestCite:
    doc = document(
        "Exports rose. According to the OECD, they fell. It ended.\nWorld Bank, Data.",
        pages=(Page(3, "iv", (Span(0, 20),)), Page(4, "1", (Span(20, 75),))),
        sections=(Section(("Trade",), Span(0, 75)),),
        notes=(Note("7", "World Bank, Data.", Span(58, 75), (13,)),),
    )

    @given(st.integers(0, 75), st.integers(0, 75))
    def test_quote_is_its_place(self, a: int, b: int) -> None:
        """A citation's quote is the text at its offsets, on the pages that it touches."""
        assume(a < b and self.doc.text[a:b].strip())
        c = cite(self.doc, Span(a, b), 1)
        assert c.quote == self.doc.text[a:b]
        assert c.pages == tuple(i for i, (s, e) in ((3, (0, 20)), (4, (20, 75))) if a < e and s < b)
        assert (c.page_index, c.page_label) == ((3, "iv") if a < 20 else (4, "1"))

    @pytest.mark.parametrize("span", [Span(3, 3), Span(7, 8), Span(70, 99), Span(100, 101)])
    def test_nothing_is_no_citation(self, span: Span) -> None:
        """White space, nothing, or a place outside the text cannot be cited."""
        with pytest.raises(ValueError):
            cite(self.doc, span, 1)

    def test_notes_and_origin(self) -> None:
        """What rests on a note or names another source is relayed; the note comes with the citation."""
        first = cite(self.doc, Span(0, 13), 1)
        assert ([n.number for n in first.notes], first.origin, first.section) == (["7"], "relayed", ("Trade",))
        assert cite(self.doc, Span(14, 47), 1).origin == "relayed"
        assert cite(self.doc, Span(48, 57), 1).origin == "own"
        assert origin_of(self.doc, Span(58, 75)) == "relayed"


class TestSplitClaims:
    @pytest.mark.parametrize(
        ("answer", "claims"),
        [
            ("Exports rose. [1][2] Imports fell [3].", [("Exports rose.", (1, 2)), ("Imports fell.", (3,))]),
            ("U.S. exports rose 3.5 percent. [1] Done.", [("U.S. exports rose 3.5 percent.", (1,)), ("Done.", ())]),
            ("One. Two. [1]", [("One.", ()), ("Two.", (1,))]),
            ("One [1]\n\nTwo [12]", [("One", (1,)), ("Two", (12,))]),
            ("수출은 늘었다. [1] 수입은 줄었다 [2].", [("수출은 늘었다.", (1,)), ("수입은 줄었다.", (2,))]),
            ("", []),
            ("[1]", []),
        ],
    )
    def test_examples(self, answer: str, claims: list[tuple[str, tuple[int, ...]]]) -> None:
        """An answer's sentences come with the marks that follow each, in either language."""
        assert list(split_claims(answer)) == claims

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["Exports rose.", "Imports fell!", "수출은 늘었다."]),
                st.lists(st.integers(1, 20), min_size=1, max_size=3),
            ),
            max_size=5,
        )
    )
    def test_round_trip(self, claims: list[tuple[str, list[int]]]) -> None:
        """Claims joined with their marks are split into the same claims."""
        answer = " ".join(f"{text} {''.join(f'[{m}]' for m in marks)}" for text, marks in claims)
        assert [(t, list(m)) for t, m in split_claims(answer)] == claims

    @given(st.text(max_size=60))
    def test_any_text(self, text: str) -> None:
        """Any text splits into claims without losing a letter."""
        letters = "".join(filter(str.isalpha, text))
        assert "".join(filter(str.isalpha, "".join(t for t, _ in split_claims(text)))) == letters


class TestIsReference:
    @pytest.mark.parametrize(
        "text",
        [
            "Kim, J. (2020). Trade and growth. Journal of Trade, 12(3), 45-67.",
            "Smith, John. 2019. The Future of Trade. Cambridge: MIT Press.",
            "[12] World Bank, “World Development Indicators,” https://data.worldbank.org, accessed May 3, 2024.",
            "See Lee and Park, “Supply Chains in Asia,” Asian Economic Journal 34, no. 2 (2020): 101–120.",
            "OECD (2021), Economic Outlook, OECD Publishing, Paris.",
            "Ministry of Trade, Press Release (March 2023).",
            "Anna Berg, “What is trade for?”, Financial Times, May 4, 2021, https://www.ft.com/x.",
            "김철수 (2020), 「한국의 무역」, 한국무역연구 12(3), 45-67.",
            "Ibid., p. 14.",
        ],
    )
    def test_entries(self, text: str) -> None:
        """A bibliographic entry is known in several styles."""
        assert is_reference(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Exports rose 5 percent in 2020, according to the World Bank.",
            "In March 2021 the ministry announced the “New Trade Order” plan.",
            "Korea signed the agreement on January 5, 2020.",
            "“Trade is the engine of growth,” the minister said on May 4, 2021.",
            "The plan (2019) was dropped.",
            "Exports (2020) grew fast.",
            "The share was 12 percent (2020).",
            "Manufacturing accounted for 38.4 percent of the total (see https://a.org/b).",
            "수출은 2020년에 5% 증가했다.",
            "Trade matters.",
        ],
    )
    def test_statements(self, text: str) -> None:
        """A sentence that reports something is no entry, though it dates or names its source."""
        assert not is_reference(text)

    def test_section(self) -> None:
        """Whatever stands under 'References' only names works."""
        assert is_reference("Trade matters.", ("Paper", "References"))
        assert is_reference("무역", ("참고문헌",))


def test_a_quote_says_its_note_and_that_a_machine_read_it() -> None:
    """Words of a note are placed by the note and the section that calls it; words of a picture by how sure OCR was."""
    text = "Rules\n\nShips pay a fee.\n\nPlans\n\nThe fee ends.\n\nSee the tariff of 2019."
    note = Span(text.index("See"), len(text))
    document = Document(
        Work("a", "A"),
        text,
        (),
        sections=(Section(("Rules",), Span(0, 25)), Section(("Plans",), Span(25, len(text)))),
        notes=(Note("1", note.slice(text), note, (text.index("fee.") + 4,)),),
        recognised=(Recognised(Span(7, 23), 0.9), Recognised(note, 0.75)),
    )
    cited = cite(document, note, 1)
    assert cited.section == ("Rules", "note 1")
    assert cited.recognised == 0.75
    assert cite(document, Span(7, 23), 1).section == ("Rules",)
    assert cite(document, Span(text.index("The fee"), text.index("The fee") + 13), 1).recognised is None
