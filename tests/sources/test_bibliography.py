"""Works as CSL-JSON and back, and the keys that they are cited by."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import fields, replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.errors import CorpusError
from assistant.sources.bibliography import TYPES, bare_doi, clean, distinct, item_of, key_of, work_of
from assistant.types import Person, Work

WORDS = st.text(
    st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u115f\u1160\u3164\uffa0"),
    min_size=1,
    max_size=12,
)
DATES = st.one_of(
    st.integers(1000, 2100).map(str),
    st.dates().map(lambda d: f"{d.year:04}-{d.month:02}"),
    st.dates().map(lambda d: d.isoformat()),
    st.sampled_from(["forthcoming", "Spring 2024", "1999-13"]),
)
PERSONS = st.builds(Person, WORDS, st.one_of(st.just(""), WORDS))
WORKS = st.builds(
    Work,
    id=WORDS,
    title=WORDS,
    kind=st.sampled_from(["paper", "source", "digest"]),
    type=st.sampled_from([*sorted(TYPES), "flysheet"]),
    authors=st.lists(PERSONS, max_size=4).map(tuple),
    **{
        name: st.one_of(st.none(), WORDS)
        for name in ("container", "publisher", "language", "url", "volume", "issue", "pages", "note", "digest_of")
    },
    doi=st.one_of(st.none(), st.just("10.1000/x-1(2)")),
    issued=st.one_of(st.none(), DATES),
    accessed=st.one_of(st.none(), DATES),
    cites=st.lists(WORDS, max_size=2).map(tuple),
    named_by=st.lists(WORDS, max_size=2).map(tuple),
    retrieval=st.sampled_from([None, "open", "paywalled", "book"]),
)


class TestRoundTrip:
    @given(WORKS)
    def test_nothing_is_lost(self, work: Work) -> None:
        """A work comes back from JSON as it was, but for what belongs to one installation."""
        assert work_of(json.loads(json.dumps(item_of(work)))) == work

    def test_what_is_of_this_installation_stays_here(self) -> None:
        """How a file is held and its fingerprint are no part of a bibliography."""
        work = Work("a", "A", access="local", fingerprint="f00")
        assert "f00" not in json.dumps(item_of(work))
        assert work_of(item_of(work)) == replace(work, access=None, fingerprint=None)

    def test_every_field_is_thought_of(self) -> None:
        """A field that Work gains must be exported or be named here."""
        assert {f.name for f in fields(Work)} == {
            "id", "title", "kind", "type", "authors", "container", "publisher", "issued", "language", "url", "doi",
            "access", "digest_of", "fingerprint", "cites", "volume", "issue", "pages", "accessed", "note", "named_by",
            "retrieval",
        }  # fmt: skip


class TestItem:
    def test_article(self) -> None:
        """An article has CSL's fields, names in two parts, and a date in numbers."""
        work = Work(
            "kim-2024", "무역 정책의 변화", type="article-journal", authors=(Person("김", "민서"), Person("산업연구원")),
            container="산업경제", volume="12", issue="3", pages="10–31", issued="2024-06", doi="https://doi.org/10.1/k",
        )  # fmt: skip
        assert item_of(work) == {
            "id": "kim-2024", "type": "article-journal", "title": "무역 정책의 변화",
            "author": [{"family": "김", "given": "민서"}, {"literal": "산업연구원"}], "container-title": "산업경제",
            "volume": "12", "issue": "3", "page": "10–31", "issued": {"date-parts": [[2024, 6]]}, "DOI": "10.1/k",
        }  # fmt: skip

    def test_report_in_a_series(self) -> None:
        """What a report stands in is a collection, and its number a number."""
        item = item_of(Work("r", "R", type="report", container="Working Papers", issue="7"))
        assert (item["collection-title"], item["number"]) == ("Working Papers", "7")

    def test_what_is_not_known_is_not_there(self) -> None:
        """No field is empty or null."""
        assert item_of(Work("a", "A")) == {"id": "a", "type": "document", "title": "A"}

    @pytest.mark.parametrize("said", ["2024-13", "2024-02-30", "Spring 2024", "forthcoming"])
    def test_a_date_that_is_none_stays_words(self, said: str) -> None:
        """What is not a date of the calendar is kept as it was said."""
        assert item_of(Work("a", "A", issued=said))["issued"] == {"literal": said}


class TestForeignItems:
    def test_what_another_program_writes(self) -> None:
        """Numbers for texts, particles, suffixes and a range of dates are understood."""
        work = work_of(
            {
                "id": 7, "type": "article-journal", "title": "T", "volume": 4, "collection-title": "S",
                "author": [
                    {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
                    {"family": "King", "given": "Martin", "suffix": "Jr."}, {"given": "Plato"}, {}, "x",
                ],
                "issued": {"date-parts": [["2020", 2], [2021, 1]]}, "accessed": {"raw": "last week"},
            }
        )  # fmt: skip
        assert work.authors == (Person("van Gogh", "Vincent"), Person("King, Jr.", "Martin"), Person("Plato"))
        assert (work.id, work.volume, work.container, work.issued, work.accessed) == (
            "7",
            "4",
            "S",
            "2020-02",
            "last week",
        )

    @pytest.mark.parametrize(
        "item",
        [
            {}, {"title": None, "author": "A. Nobody", "issued": 2020}, {"issued": {"date-parts": [[]]}, "custom": []},
            {"issued": {"date-parts": [["soon"]]}, "custom": {"kind": "king", "retrieval": 3}}, {"author": {"family": "x"}},
        ],
    )  # fmt: skip
    def test_what_is_no_item_is_no_crash(self, item: dict[str, object]) -> None:
        """Fields of the wrong kind are left out."""
        work = work_of(item)
        assert (work.title, work.authors, work.issued, work.kind, work.retrieval) == ("", (), None, "paper", None)


class TestClean:
    @given(st.text(max_size=60))
    @example("a\u2028b\x1b[31m\u202e\u200b\u0000\ufffe\ud800\tc\r\n")
    def test_one_line_of_what_is_seen(self, text: str) -> None:
        """Nothing unseen and no line break is left, and every letter stays."""
        out = clean(text)
        assert out == " ".join(out.split())
        assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in out)
        letters = [c for c in text if c.isalpha() and c not in "\u115f\u1160\u3164\uffa0"]
        assert [c for c in out if c.isalpha()] == letters

    @pytest.mark.parametrize(
        "doi", ["10.1/x", "https://doi.org/10.1/x", "http://dx.doi.org/10.1/x", "doi:10.1/x", "DOI: 10.1/x"]
    )
    def test_a_doi_has_one_form(self, doi: str) -> None:
        """The address that resolves it is no part of a DOI."""
        assert bare_doi(doi) == "10.1/x"


class TestKeys:
    def test_a_slug_is_its_own_key(self) -> None:
        """The usual id needs no change."""
        assert key_of("bark-kwak-2026") == "bark-kwak-2026"

    @given(st.lists(st.text(max_size=12), unique=True, max_size=12))
    @example(["A", "a", "a b", "a_b", "산업연구원", "산업은행", "", "a{b", "a,b"])
    def test_different_ids_have_different_plain_keys(self, ids: list[str]) -> None:
        """Keys are plain, differ, and do not depend on what stands beside them."""
        keys = [key_of(id) for id in ids]
        assert len(set(keys)) == len(ids)
        assert all(k.isascii() and k.replace("-", "").isalnum() and k == k.lower() for k in keys)
        assert keys[::-1] == [key_of(id) for id in reversed(ids)]

    def test_a_work_stands_once(self) -> None:
        """The same record twice is one; two records of one id are an error that says what to do."""
        a, b = Work("a", "A"), Work("b", "B")
        assert distinct([a, b, a]) == (a, b)
        with pytest.raises(CorpusError, match="another id"):
            distinct([a, replace(a, title="Other")])
