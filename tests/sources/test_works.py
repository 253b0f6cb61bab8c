"""Notes in order: 'Ibid.', short forms and notes that point to notes are given the work that they mean."""

from __future__ import annotations

import pytest

from assistant.sources.works import works_of
from assistant.types import Note, Reference

BOS = "Piet Bos, The Lock and the Sluice (Weir Press, 2009), 12."
HOLM = "Ada Holm, “Tolls on the Strait,” Canal Review 7, no. 2 (2011): 40–49."


def read(*texts: str) -> list[tuple[Reference, ...]]:
    return [r.references for r in works_of([Note(str(n), t, None, ()) for n, t in enumerate(texts, 1)])]


def only(*texts: str) -> Reference:
    """The single reference of the last note."""
    (made,) = read(*texts)[-1]
    return made


def test_ibid() -> None:
    """'Ibid.' is the work of the note before, with its own page."""
    made = only(BOS, "Ibid., 45.")
    assert (made.form, made.title, made.locator, made.origin) == ("ibid", "The Lock and the Sluice", "45", ("1", 0))
    assert made.unsure == ()


def test_ibid_of_ibid() -> None:
    """A chain of them leads to the first."""
    assert only(BOS, "Ibid.", "Ibid., 50.").origin == ("1", 0)


def test_ibid_after_several() -> None:
    """After a note that names several works it means the last, and says that this is a guess."""
    made = only(f"{BOS[:-1]}; {HOLM}", "Ibid.")
    assert (made.title, made.unsure) == ("Tolls on the Strait", ("work",))


def test_ibid_after_comment() -> None:
    """After a note that names none there is nothing that it could mean."""
    made = only("The toll rose twice in that year.", "Ibid.")
    assert (made.title, made.origin, made.unsure) == (None, None, ("work",))


def test_ibid_in_korean() -> None:
    """Korean notes say it in other words."""
    made = only("김도현, 「운하의 경제학」, 『해운연구』 12(3), 2020.", "위의 글, 15쪽.")
    assert (made.title, made.locator) == ("운하의 경제학", "15")


def test_short_title() -> None:
    """A family name, a few words of the title and a page mean the earlier work."""
    made = only(BOS, HOLM, "Bos, The Lock, 77.")
    assert (made.form, made.title, made.issued, made.locator, made.origin) == (
        "short", "The Lock and the Sluice", "2009", "77", ("1", 0),
    )  # fmt: skip


def test_short_quoted_title() -> None:
    """So does a short title in quotation marks."""
    made = only(BOS, HOLM, "Holm, “Tolls,” 44–5.")
    assert (made.form, made.container, made.locator) == ("short", "Canal Review", "44–45")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Bos, The Lock and the Sluice.", "The Lock and the Sluice"),
        ("Piet Bos, The Lock.", "The Lock and the Sluice"),
        ("Holm, “Tolls on the Strait.”", "Tolls on the Strait"),
        ("See The Lock and the Sluice.", "The Lock and the Sluice"),
        ("Canal Board, Yearbook of Tolls 2019.", "Yearbook of Tolls 2019"),
    ],
)
def test_short_form_without_page(said: str, title: str) -> None:
    """A note that is nothing but an author and the beginning of a title means the earlier work, without a page too; a
    year in the title is no page, and nothing of the note is comment."""
    board = "Canal Board, Yearbook of Tolls 2019, May 2020, https://canal.example/y."
    notes = [Note(str(n), t, None, ()) for n, t in enumerate((BOS, HOLM, board, said), 1)]
    reading = works_of(notes)[-1]
    (made,) = reading.references
    assert (made.form, made.title, made.locator, made.unsure) == ("short", title, None, ())
    assert reading.kind == "citation"


@pytest.mark.parametrize("said", ["Bos built the lock.", "The Lock.", "Bos, The Weir.", "Tolls on the strait rose."])
def test_what_only_sounds_like_a_title(said: str) -> None:
    """Words that go on otherwise than the title, or are too few to be one, name nothing."""
    assert [r.title for r in read(BOS, HOLM, said)[-1]] in ([], [None])


def test_name_and_year() -> None:
    """A name and a year mean the work of that year."""
    other = "Ada Holm, “Locks and Bolts,” Canal Review 9, no. 1 (2013): 1–9."
    assert only(HOLM, other, "Holm 2011, p. 41.").title == "Tolls on the Strait"


def test_unknown_short_form() -> None:
    """What answers to no earlier work is kept, and said to be unresolved."""
    made = only(BOS, "Vries 1999, p. 4.")
    assert (made.title, made.unsure) == (None, ("work",))


def test_note_above() -> None:
    """A note that points to another note means its work."""
    made = only(BOS, HOLM, "See note 1 above.")
    assert (made.form, made.title, made.origin) == ("supra", "The Lock and the Sluice", ("1", 0))


def test_supra_by_author() -> None:
    """The author tells which of the works of that note is meant."""
    made = only(f"{BOS[:-1]}; {HOLM}", "Holm, supra note 1, at 41.")
    assert (made.title, made.locator, made.unsure) == ("Tolls on the Strait", "41", ())


def test_op_cit() -> None:
    """'op. cit.' means the author's earlier work."""
    assert only(BOS, HOLM, "Bos, op. cit., p. 9.").origin == ("1", 0)


def test_alias() -> None:
    """A name that a note announces is understood in later ones."""
    first = "Canal Board, Handbook of Tolls and Passage, May 2014, https://canal.example/h (hereinafter Toll Handbook)."
    made = only(first, HOLM, "Toll Handbook, p. 3.")
    assert (made.title, made.origin) == ("Handbook of Tolls and Passage", ("1", 0))


def test_notes_without_text() -> None:
    """A digest's notes have no text, and name nothing."""
    (reading,) = works_of([Note("1", None, None, ())])
    assert (reading.kind, reading.references) == ("empty", ())


def test_in_the_middle_of_a_note() -> None:
    """'Ibid.' behind a semicolon means the work before it in the same note."""
    first, second = read(f"{BOS[:-1]}; ibid., 99; {HOLM}")[0][:2]
    assert (second.form, second.title, second.locator) == ("ibid", first.title, "99")
