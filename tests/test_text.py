"""Tokens, sentences and the normal form: every one of them maps back to the text."""

from __future__ import annotations

import itertools
import re
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.text import fold, language_of, sentences, terms, tokens
from assistant.types import Span

WORDS = st.sampled_from(
    "Exports rose fell to 3.5 percent in 2024. U.S. firms (SMEs) R&D 6,512 https://a.b/c?d=1.2 Dr. Kim No. 5, “quoted” "
    "수출은 늘었다. 3.5% 성장했다? 정부는 ! ; : — – e.g. et al. vs. 1.2.3 B-1 naïve \n \n\n \t".split(" ")
)
PROSE = st.lists(WORDS, max_size=40).map(" ".join)
ANY = st.text(max_size=120) | PROSE


class TestTokens:
    @given(ANY)
    def test_in_order_and_in_place(self, text: str) -> None:
        """Tokens follow one another without overlap, and each is a piece of the text."""
        found = tokens(text)
        assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
        assert all(t.span.slice(text).strip() for t in found)

    @given(ANY)
    def test_no_digit_is_lost(self, text: str) -> None:
        """A number's token has the digits of the text, grouping aside."""
        for t in tokens(text):
            if t.kind == "number":
                assert t.text.replace(",", "") == t.span.slice(text).replace(",", "").rstrip(".")

    @pytest.mark.parametrize(
        ("a", "b"),
        [("6,512", "6512"), ("U.S.", "US"), ("U.S.", "USA"), ("firm’s", "firm"), ("FTAs", "FTA"), ("Malmström", "Malmstrom"), ("Exports", "EXPORTS")],
    )  # fmt: skip
    def test_one_form(self, a: str, b: str) -> None:
        """Ways to write one word or number are one token."""
        assert [t.text for t in tokens(a)] == [t.text for t in tokens(b)]

    @pytest.mark.parametrize(("a", "b"), [("3.5", "35"), ("us", "US"), ("6,51", "651"), ("B-1", "B-2")])
    def test_different_forms(self, a: str, b: str) -> None:
        """Different numbers, codes and words stay different."""
        assert [t.text for t in tokens(a)] != [t.text for t in tokens(b)]

    def test_terms(self) -> None:
        """Search terms are stems without function words, numbers, and pairs of Hangul syllables."""
        assert terms("The exports of 6,512 firms") == ["export", "6512", "firm"]
        assert terms("수출입은 컸다") == ["수출", "출입", "입은", "컸다"]


class TestLanguage:
    @pytest.mark.parametrize(
        ("text", "language"),
        [("수출은 얼마인가?", "ko"), ("FTA는 몇 개인가?", "ko"), ("What is K-water (케이워터)?", "en"), ("", "en"), ("2024 😀", "en")],
    )  # fmt: skip
    def test_language(self, text: str, language: str) -> None:
        """A question with a fair share of Hangul is Korean, though it holds foreign names."""
        assert language_of(text) == language


class TestFold:
    @given(ANY, st.booleans())
    def test_offsets_map_back(self, text: str, case: bool) -> None:
        """Every character of the normal form comes from the place that it names, in order."""
        folded = fold(text, case=case)
        assert len(folded.offsets) == len(folded.text) + 1
        assert list(folded.offsets) == sorted(folded.offsets)
        assert folded.offsets[-1] == len(text)
        for i in range(len(folded.text)):
            place = folded.original(i, i + 1)
            assert 0 <= place.start < place.end <= len(text)
            assert folded.text[i].isspace() or folded.text[i] in fold(place.slice(text), case=case).text

    @given(ANY)
    def test_idempotent_but_for_letters_of_many_parts(self, text: str) -> None:
        """What is folded stays as it is."""
        once = fold(text).text
        assert fold(once).text == once or not once.isascii()

    @given(st.text(alphabet="0123456789.,-+%$€₩¥ ½²³①٣abc", max_size=40))
    @example("10² is not 102")
    @example("3½ is not 31⁄2")
    def test_digits_signs_units_stay(self, text: str) -> None:
        """Folding changes no digit, sign or unit."""
        keep = re.compile(r"[\d.,+%$€₩¥½²³①-]")
        assert keep.findall(fold(text).text) == keep.findall(text)

    @pytest.mark.parametrize(
        "text", ["“a” — b", '"a" - b', "«A»  –\nB", "„a‟ \u2212 b", "\u201ca\u201d\u00a0\u2011 \u00adb"]
    )
    def test_styles_are_one(self, text: str) -> None:
        """Quotation marks, dashes, spaces and case are matters of style."""
        assert fold(text).text == '"a" - b'

    def test_case_can_count(self) -> None:
        """Where case counts it is kept."""
        assert fold("Korea", case=False).text == "Korea"


class TestSentences:
    @given(PROSE)
    @settings(max_examples=60)
    def test_tile(self, text: str) -> None:
        """Sentences are slices in order, trimmed, without overlap, and hold all that is not white space."""
        found = sentences(text)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))
        assert all(s.slice(text) == s.slice(text).strip() != "" for s in found)
        held = {i for s in found for i in range(s.start, s.end)}
        assert all(i in held or text[i].isspace() for i in range(len(text)))

    @given(st.text(max_size=80))
    @settings(max_examples=60)
    def test_any_text(self, text: str) -> None:
        """Whatever the characters, no one of them is lost."""
        held = {i for s in sentences(text) for i in range(s.start, s.end)}
        assert all(i in held or text[i].isspace() for i in range(len(text)))

    @given(PROSE, st.integers(0, 20))
    @settings(max_examples=30)
    def test_within_a_span(self, text: str, start: int) -> None:
        """Sentences of a span stay inside it."""
        span = Span(min(start, len(text)), len(text))
        assert all(span.contains(s) for s in sentences(text, span))

    @given(PROSE)
    @settings(max_examples=60)
    def test_only_at_white_space(self, text: str) -> None:
        """A sentence never ends inside an address, a number or a word."""
        assert all(s.end == len(text) or text[s.end].isspace() for s in sentences(text))

    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("The U.S. economy grew 3.5 percent. See https://a.b/c?d=1. It ended.", 3),
            ("Dr. Smith (cf. p. 14) left. Mr. Kim, e.g. the CEO, stayed.", 2),
            ("It cost $3.5 billion. No. 5 won.", 2),
            ("Exports to the U.S. The rest fell.", 2),
            ("As Kim et al. (2020) show, it grew. It fell later.", 2),
            ("“Is it? Yes.” he said. Next one.", 2),
            ("It was 2.5.1. Then 3.", 2),
            ("A line\nbreak is no end. Here is one.", 2),
            ("한국은 성장했다. 수출이 늘었다! 그런가? 그렇다.", 4),
            ("정부는 3.5% 성장을 예상했다. 결과는 달랐다.", 2),
            ("", 0),
            (" \n\t ", 0),
        ],
    )
    def test_counted(self, text: str, count: int) -> None:
        """Abbreviations, numbers, addresses and speech do not end a sentence; full stops in either language do."""
        assert len(sentences(text)) == count, [s.slice(text) for s in sentences(text)]

    def test_very_long_paragraphs(self) -> None:
        """A paragraph of any length is cut in linear time and loses nothing."""
        text = "This sentence is repeated many times over. " * 1200
        found = sentences(text)
        assert sum(len(s) for s in found) >= len(text) - text.count(" ")
        assert len(found) >= 1200
        assert {s.slice(text) for s in found} == {"This sentence is repeated many times over."}


def test_threads_do_not_mix_their_sentences() -> None:
    """Texts that are cut at the same time, as in two sessions of the page, give each its own sentences."""
    texts = [
        f"The bank {n} lent much. It rose by {n}.5 percent. Then nothing came of it! " * (2 + n % 5) for n in range(24)
    ]
    alone = [sentences(text) for text in texts]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(sentences, texts))
    finally:
        sys.setswitchinterval(interval)
    assert together == alone
