"""Which record a reference names: surely, doubtfully, or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.sources.matching import match, same
from assistant.sources.references import references
from assistant.types import Person, Reference, Work

TOLLS = Work(
    "holm-2011", "Tolls on the Strait: Water and Power", kind="source", type="article-journal", authors=(Person("Holm", "Ada"),),
    issued="2011", doi="10.5555/cr.7.40", url="https://canal.example/7",
)  # fmt: skip
STATE = Work(
    "board-tolls", "통행료 현황 [State of Tolls]", kind="source", type="dataset", authors=(Person("Canal Board"),)
)


def one(text: str) -> Reference:
    (made,) = references(text)
    return made


def test_doi() -> None:
    """A DOI decides, however it is written."""
    made = one("Ada Holm, “Another Title Altogether,” Canal Review 7 (2011): 40, https://doi.org/10.5555/CR.7.40.")
    assert match(made, [STATE, TOLLS]).work is TOLLS


def test_address() -> None:
    """An address decides, without scheme, 'www.', tracking, fragment and closing slash."""
    made = one("Canal Board, “Tolls,” http://www.canal.example/7/?utm_source=x#top.")
    assert match(made, [TOLLS]).work is TOLLS


def test_main_title() -> None:
    """The main title without the subtitle is enough where author and year agree."""
    assert match(one("Ada Holm, “Tolls on the Strait,” Canal Review 7 (2011): 40."), [TOLLS]).work is TOLLS


def test_translation() -> None:
    """A title in two languages is met by either."""
    made = one("Canal Board, “State of Tolls,” accessed May 1, 2020, https://canal.example/k.")
    assert match(made, [TOLLS, STATE]).work is STATE


def test_another_year() -> None:
    """The same title of another year is not taken for the work: it is doubtful."""
    found = match(one("Ada Holm, “Tolls on the Strait,” Canal Review 12 (2016): 40."), [TOLLS])
    assert (found.work, found.doubtful, found.rivals) == (None, True, (TOLLS,))


def test_twins() -> None:
    """Two records with one title are a doubt, with both named."""
    twin = replace(TOLLS, id="holm-2011-b", doi=None, url=None)
    found = match(
        one("Ada Holm, “Tolls on the Strait,” Canal Review 7 (2011): 40."), [replace(TOLLS, doi=None, url=None), twin]
    )
    assert found.work is None
    assert len(found.rivals) == 2


def test_none() -> None:
    """What no record is like is nobody's."""
    found = match(one("Piet Bos, The Lock (Weir Press, 2009)."), [TOLLS, STATE])
    assert (found.work, found.doubtful) == (None, False)


def test_same() -> None:
    """Two notes that name one data set name one work, with white space in its title or without."""
    a = one("Canal Board, “통행료현황 [State of Tolls],” accessed May 1, 2020, https://canal.example/k.")
    b = one("Canal Board, “통행료 현황 [State of Tolls],” accessed May 2, 2021, https://canal.example/k2.")
    assert same(a, b)


@pytest.mark.parametrize(
    ("one_text", "other_text"),
    [
        (
            "OECD, Economic Surveys: Korea (OECD Publishing, 2018).",
            "OECD, Economic Surveys: Japan (OECD Publishing, 2018).",
        ),
        (
            "Ada Holm, “The Effects of Tolls on Barges in Weirland,” Canal Review 3 (2011): 1–20.",
            "Ada Holm, “The Effects of Tolls on Barges in Lockland,” Canal Review 3 (2011): 21–40.",
        ),
        (
            "“Canal Board Signs Deal,” Strait Herald, March 2, 2020.",
            "“Canal Board Signs Deal,” Strait Times, March 3, 2020.",
        ),
        (
            "Canal Board, “Waterways Outlook,” October 2024, https://canal.example/2024/oct.",
            "Canal Board, “Waterways Outlook,” April 2024, https://canal.example/2024/apr.",
        ),
        ("운하청, 『2023년 운하백서』, 2024.", "운하청, 『2022년 운하백서』, 2023."),
    ],
)
def test_not_the_same(one_text: str, other_text: str) -> None:
    """Another country, another paper, another edition, another year in the title: another work."""
    assert not same(one(one_text), one(other_text))


@pytest.mark.parametrize(
    ("one_text", "other_text"),
    [
        (
            "Kim Minsu, “Tolls and Growth in Weirland,” Canal Review 3 (2001): 1–20.",
            "Minsu Kim, “Tolls & Growth in Weirland,” Canal Review 3 (2001): 5.",
        ),
        (
            "김철수, 「한국의 운하정책」, 『운하연구』 제5권 제2호, 2020, 33쪽.",
            "김철수, 「한국의 운하 정책」, 『운하연구』, 2020, 40쪽.",
        ),
        (
            "“Canal Board Signs Deal,” The Strait Herald, March 2, 2020.",
            "“Canal Board Signs Deal,” Strait Herald, March 3, 2020.",
        ),
    ],
)
def test_same_in_other_words(one_text: str, other_text: str) -> None:
    """A family name first or last, white space in Hangul, '&' for 'and', an article: the same work."""
    assert same(one(one_text), one(other_text))
