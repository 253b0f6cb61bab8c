"""Sources are told from the walls before them, in English and Korean."""

from __future__ import annotations

import time

import pytest

from assistant.backends.web.page_signs import look
from assistant.errors import ParseError
from assistant.sources.walls import judge
from tests.backends.wall_pages import PRICED, SOURCES, WALLS, english, page
from tests.backends.wall_pages_more import MISSED, MORE_SOURCES, MORE_WALLS


def wall(text: str) -> str | None:
    seen = look(text.encode(), "page")
    assert seen.signs is not None
    found = judge(seen.signs)
    return found.kind if found else None


@pytest.mark.parametrize(("kind", "text"), [pytest.param(k, t, id=f"{k}: {n}") for k, n, t in WALLS])
def test_a_wall_is_seen_and_named(kind: str, text: str) -> None:
    """By its words and fields, whatever the status says."""
    assert wall(text) == kind


@pytest.mark.parametrize("text", [pytest.param(t, id=n) for n, t in SOURCES])
def test_a_source_is_no_wall(text: str) -> None:
    """With banners, log-in boxes and newsletters around it, on log-ins and paywalls themselves, and short."""
    assert wall(text) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(t, id=n, marks=[pytest.mark.xfail(reason="missed still", strict=True)] if n in MISSED else [])
        for _, n, t in MORE_WALLS
    ],
)
def test_a_wall_in_other_words_is_seen(text: str) -> None:
    """Whatever it is called: what matters is that it is not kept as the source."""
    assert wall(text) is not None


@pytest.mark.parametrize("text", [pytest.param(t, id=n) for n, t in MORE_SOURCES])
def test_a_source_in_other_words_is_no_wall(text: str) -> None:
    """A source that is thrown away is as bad as a wall that is kept."""
    assert wall(text) is None


def test_a_part_named_as_a_paywall_counts_for_a_teaser_only() -> None:
    """Sites carry such a part on every page, and open it on some."""
    gate = "<div class='c-paywall c-paywall--hidden'></div>"
    assert wall(page("Yards", f"<article><h1>Yards</h1>{english(2)}</article>{gate}")) == "paywall"
    assert wall(page("Yards", f"<article><h1>Yards</h1>{english(12)}</article>{gate}")) is None
    assert wall(page("Yards", f"<article><h1>Yards</h1>{english(2)}</article>", PRICED)) == "paywall"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "picture"),
        (b"[1, 2]", "JSON"),
        (b"", "empty"),
        (b"PK\x03\x04" + bytes(99), "page"),
    ],
)
def test_what_is_no_document_is_named(data: bytes, words: str) -> None:
    """In the words of a ParseError, which the outcome hands on."""
    with pytest.raises(ParseError, match=words):
        look(data, "page")


@pytest.mark.parametrize(
    "text",
    [
        "please " * 20_000, "read the full " * 20_000, "subscribe to " * 20_000, "page file document article " * 10_000,
        "기사 전문 구독 " * 20_000, "you have read all the " * 10_000, "without requires need javascrip " * 10_000, "a" * 500_000,
        "page" + " word" * 100_000, "<p>" * 1000 + "cookie partners " * 10_000, "로그인 " * 50_000, "buy this " * 30_000,
    ],
)  # fmt: skip
def test_no_page_takes_long_to_judge(text: str) -> None:
    """Whoever serves a page writes what the patterns read."""
    seen = look(page("x", f"<p>{text}</p>").encode(), "page")
    assert seen.signs is not None
    began = time.process_time()
    judge(seen.signs)
    assert time.process_time() - began < 2.0
