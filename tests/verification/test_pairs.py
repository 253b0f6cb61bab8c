"""Claims of the kinds that are easiest to get wrong: held by others, turned round, elliptic, put together of two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.citations import cite
from assistant.types import Block, Citation, Document, Span, Work
from assistant.verification import verify

PAIRS = [json.loads(line) for line in Path(__file__).with_name("pairs.jsonl").read_text("utf-8").splitlines()]
WITHHELD = ("unsupported", "contradicted")
OPEN = ("held",)
"""Kinds of which a false one may be unchecked: that somebody says a thing does not make it false."""


def citation(quote: str) -> Citation:
    return cite(Document(Work("d", "Title"), quote, (Block("paragraph", Span(0, len(quote))),)), Span(0, len(quote)), 1)


def found(pair: dict[str, Any]) -> str:
    return verify(pair["claim"], [citation(pair["quote"])]).support


@pytest.mark.parametrize("pair", [p for p in PAIRS if p["true"]], ids=lambda p: p["claim"])
def test_what_the_quote_says_is_not_withheld(pair: dict[str, Any]) -> None:
    """A true claim is not held back for what stands beside it, in an elliptic clause or in another order."""
    assert found(pair) not in WITHHELD


@pytest.mark.parametrize("pair", [p for p in PAIRS if not p["true"]], ids=lambda p: p["claim"])
def test_what_the_quote_does_not_say_is_never_supported(pair: dict[str, Any]) -> None:
    """A false claim is withheld; what somebody only holds to be so is unchecked at most."""
    verdict = found(pair)
    assert verdict in WITHHELD or (pair["kind"] in OPEN and verdict == "unchecked"), verdict


def test_words_of_several_quotes_do_not_add_up() -> None:
    """That every word stands in one quote or another proves nothing of what they say together."""
    quotes = ["The toll was abolished by the Diet in 2016.", "Reil spoke of the toll in 2017."]
    assert verify("Reil abolished the toll in 2016.", [citation(q) for q in quotes]).support in (*WITHHELD, "unchecked")
