"""The word lists: what they hold and how phrases are matched."""

from __future__ import annotations

from importlib import resources

import pytest

from assistant.lexicon import lexicon, phrase
from assistant.text import language_of, stem


def test_synonyms_go_both_ways() -> None:
    """What can stand for another word can be stood for by it."""
    words = lexicon()
    assert all(k in words.synonyms[v] for k, others in words.synonyms.items() for v in others)
    assert all(k not in others for k, others in words.synonyms.items())


def test_korean_terms_have_english_forms() -> None:
    """Every Korean term is Korean, and has at least one English form."""
    korean = lexicon().korean
    assert len(korean) > 1000
    assert all(forms and all(f == f.strip() != "" for f in forms) for forms in korean.values())
    assert all(language_of(k) == "ko" or any(c.isascii() for c in k) for k in korean)


@pytest.mark.parametrize(
    ("text", "longest"),
    [("small and medium-sized enterprise", 5), ("small business", 2), ("company", 1), ("zyzzyva", 0)],
)
def test_the_longest_phrase_wins(text: str, longest: int) -> None:
    """A phrase is matched at its full length before its parts are."""
    assert lexicon().match(phrase(text), 0) == longest


def test_korean_terms_are_matched_without_spaces() -> None:
    """A Korean term is found at its full length, wherever it begins in the run."""
    words = lexicon()
    assert words.match_korean("한국의수출", 0) == 2
    assert words.match_korean("한국의수출", 3) == 2
    assert words.match_korean("한국의수출", 5) == 0


def test_names() -> None:
    """Countries are names in lower case too; ordinary words are not."""
    names = lexicon().names
    assert {phrase("mexico"), phrase("vietnam")} <= names
    assert not {phrase("export"), phrase("company"), phrase("tariff")} & names


def test_phrases_are_stems() -> None:
    """A phrase is the stems of its words."""
    assert phrase("Exporting firms") == (stem("exporting"), stem("firms"))


@pytest.mark.parametrize(("name", "columns"), [("ko_en.tsv", 2), ("en_synonyms.tsv", 2)])
def test_lists_are_well_formed(name: str, columns: int) -> None:
    """Each line has its columns, and no Korean term is given twice."""
    text = resources.files("assistant").joinpath("data", name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert all(len([c for c in row if c.strip()]) >= columns for row in rows)
    if name == "ko_en.tsv":
        terms = [row[0].strip() for row in rows]
        assert sorted(terms) == sorted(set(terms))
