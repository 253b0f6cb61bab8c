"""The nouns and their laws."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant import types
from assistant.types import Document, Note, Page, Passage, Person, Section, Span, Work


@st.composite
def spans(draw: st.DrawFn, longest: int = 60) -> Span:
    start = draw(st.integers(0, longest))
    return Span(start, draw(st.integers(start, longest)))


class TestSpan:
    @pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (-2, -1)])
    def test_never_backwards(self, start: int, end: int) -> None:
        """A span begins at a character and does not end before it begins."""
        with pytest.raises(ValueError):
            Span(start, end)

    @given(st.text(max_size=60), spans())
    def test_slice(self, text: str, span: Span) -> None:
        """A span inside a text slices out as many characters as it is long."""
        assume(span.end <= len(text))
        assert len(span.slice(text)) == len(span)
        assert span.shift(3).slice("abc" + text) == span.slice(text)

    @given(spans(), spans())
    def test_overlap(self, a: Span, b: Span) -> None:
        """Two spans that hold a character overlap exactly when they share one."""
        assume(len(a) and len(b))
        assert a.overlaps(b) == b.overlaps(a) == bool({*range(a.start, a.end)} & {*range(b.start, b.end)})
        assert a.contains(b) == ({*range(b.start, b.end)} <= {*range(a.start, a.end)})

    def test_touching_is_not_overlapping(self) -> None:
        """Neighbours that touch share no character."""
        assert not Span(0, 3).overlaps(Span(3, 5))


class TestDocument:
    document = Document(
        Work("w", "Title"), "abcdefghijklmnop", (),
        pages=(Page(0, "i", (Span(0, 4), Span(8, 10))), Page(1, None, (Span(4, 8), Span(10, 16)))),
        sections=(Section(("A",), Span(2, 12)), Section(("A", "B"), Span(5, 9)), Section(("C",), Span(12, 16))),
        notes=(Note("1", "x", Span(14, 16), (6,)), Note("2", None, None, (3, 9))),
    )  # fmt: skip

    def test_pages_of_a_span(self) -> None:
        """A page of several spans is found by each of them, in the order of the pages."""
        assert [p.index for p in self.document.pages_of(Span(3, 5))] == [0, 1]
        assert [p.index for p in self.document.pages_of(Span(8, 10))] == [0]

    def test_page_at(self) -> None:
        """A character is on the one page whose span holds it, and past the end on none."""
        assert [getattr(self.document.page_at(i), "index", None) for i in (0, 4, 8, 10, 16)] == [0, 1, 0, 1, None]

    def test_innermost_section(self) -> None:
        """A place is in the innermost section around it, and before the first heading in none."""
        assert [self.document.section_at(i) for i in (0, 2, 5, 9, 13)] == [(), ("A",), ("A", "B"), ("A",), ("C",)]

    def test_notes_behind_the_last_character_count(self) -> None:
        """A note called right behind a sentence belongs to it, and not to the one that begins there."""
        assert [n.number for n in self.document.notes_in(Span(4, 6))] == ["1"]
        assert [n.number for n in self.document.notes_in(Span(6, 8))] == []


def test_a_passage_is_its_span() -> None:
    """A passage whose text is longer or shorter than its span cannot be made."""
    with pytest.raises(ValueError):
        Passage("p", "d", "text", Span(0, 3), "four", ())


def test_nouns_do_not_change() -> None:
    """Every noun is a frozen value: what was cited stays what it was."""
    nouns = [v for v in vars(types).values() if isinstance(v, type) and dataclasses.is_dataclass(v)]
    assert len(nouns) > 20
    assert all(n.__dataclass_params__.frozen for n in nouns)  # type: ignore[attr-defined]  # dataclasses' own record


def test_a_person_reads_as_a_name() -> None:
    """A person is written given name first, an institution by its one name."""
    assert [str(Person("Kim", "Min")), str(Person("World Bank"))] == ["Min Kim", "World Bank"]
