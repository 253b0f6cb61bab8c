"""Whether what was fetched names the work that it was fetched for."""

from __future__ import annotations

import itertools

import pytest

from assistant.backends.web.page_signs import see
from assistant.sources.named import stranger
from assistant.sources.walls import Seen
from assistant.types import Person, Work
from tests.backends.wall_pages import FOOT, NAV, SOURCES, english, korean, page
from tests.backends.wall_pages_more import MORE_SOURCES

PAGES = {name: see(text.encode(), "page") for name, text in [*SOURCES, *MORE_SOURCES]}


def called(seen: Seen) -> str:
    return seen.headings.split("\n")[0] or seen.title


@pytest.mark.parametrize("seen", [pytest.param(s, id=n) for n, s in PAGES.items()])
def test_a_page_is_no_stranger_to_its_own_title(seen: Seen) -> None:
    """Of the pages that hold a source, in English and Korean, none is turned away."""
    assert not stranger(Work("w", called(seen)), seen)


def test_most_other_pages_are_strangers() -> None:
    """Of pairs in one language: these pages are made of the same paragraphs on yards and steel, so some must pass."""
    pairs = [
        (a, b)
        for a, b in itertools.permutations(PAGES.values(), 2)
        if called(a) != called(b) and called(a).isascii() == called(b).isascii()
    ]
    caught = sum(stranger(Work("w", called(a)), b) for a, b in pairs)
    assert caught / len(pairs) >= 0.7, f"{caught} of {len(pairs)}"


SOUP = page("Recipes for Soup", NAV + f"<article><h1>Recipes for Soup</h1>{english(6)}</article>" + FOOT)
KSOUP = page("국 끓이는 법", f"<div><h1>국 끓이는 법</h1>{korean(6)}</div>")


@pytest.mark.parametrize(
    ("title", "text", "other"),
    [
        pytest.param("Tracking Lighthouse Tolls", SOUP, True, id="another page"),
        pytest.param("Tracking Lighthouse Tolls", page("Gazette", "<article><h1>Lighthouse toll tracker</h1>" + english(6) + "</article>"), False, id="in other words"),
        pytest.param("등대 통행료 추적", KSOUP, True, id="another Korean page"),
        pytest.param("등대 통행료 추적", page("신문", f"<div><h1>등대의 통행료를 추적하다</h1>{korean(6)}</div>"), False, id="with particles"),
        pytest.param("Tracking Lighthouse Tolls", KSOUP, False, id="a title in another language cannot be compared"),
        pytest.param("등대 통행료 추적 [Tracking Lighthouse Tolls]", KSOUP, True, id="the original can"),
        pytest.param("등대 통행료 추적 [Tracking Lighthouse Tolls]", SOUP, True, id="the translation can"),
        pytest.param("2024", SOUP, False, id="a title that says nothing"),
        pytest.param("Tracking Lighthouse Tolls", "<p>" + "Leuchttürme kosten seit hundert Jahren viel Geld. " * 20, False, id="an English title of a German page"),
    ],
)  # fmt: skip
def test_what_names_a_work(title: str, text: str, other: bool) -> None:
    """Its title in the original or in translation, near enough; where scripts or languages differ nothing is said."""
    assert stranger(Work("w", title), see(f"<!doctype html>{text}".encode(), "page")) is other


def test_an_author_or_the_year_helps() -> None:
    """With a part of the title, and not alone."""
    seen = Seen(
        "text/html",
        title="Lighthouses",
        text="By Ada Finch. " + "It is said that the towers of the coast are dark. " * 20,
    )
    title = "Lighthouses and Harbour Dues"
    assert stranger(Work("w", title), seen)
    assert not stranger(Work("w", title, authors=(Person("Finch", "Ada"),)), seen)
    assert stranger(Work("w", "Shipping Credit and Harbour Dues", authors=(Person("Finch", "Ada"),)), seen)


def test_a_scan_says_nothing() -> None:
    """Its pages are read later; until then it is not turned away."""
    assert not stranger(Work("w", "Tracking Lighthouse Tolls"), Seen("application/pdf", title="scan0001", text="12"))
