"""A brief for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.labels import SECTIONS
from assistant.render import citation_json, claim_json, led, marks, place, plain, provenance_json
from assistant.render.lines import fill, quoted
from assistant.types import Claim, Language
from assistant.types.policy import Brief, BriefPart

WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {"for": "For: {}", "places": "Places", "words": "{} words"},
    "ko": {"for": "보고 대상: {}", "places": "출처", "words": "{}어절"},
}


def words_of(brief: Brief) -> int:
    """How many words its sentences have."""
    return sum(len(led(c).split()) for p in brief.parts for c in p.lines)


def heading(part: BriefPart, language: Language) -> str:
    """What a part is called."""
    return SECTIONS[part.kind][language]


def brief_text(brief: Brief, width: int = 96) -> str:
    """A brief for the terminal: its parts, then the places with their words."""
    say = WORDS[brief.language]
    out = fill(brief.title, width)
    if brief.audience:
        out += fill(say["for"].format(plain(brief.audience)), width)
    for notice in brief.notices[:1]:  # who made the sentences: no line of a part
        out += fill(notice, width)
    for part in brief.parts:
        out += ["", f"── {heading(part, brief.language)} ".ljust(min(width, 96), "─")]
        for claim in part.lines:
            out += fill(f"{led(claim)} {marks(claim)}", width, "• ", "  ")
            if made := claim.computed:
                unit = f" {made.unit}" if made.unit else ""
                out += fill(f"{made.expression} = {made.result}{unit}", width, "    ")
    for notice in brief.notices[1:]:
        out += ["", *fill(notice, width)]
    if brief.citations:
        out += ["", f"── {say['places']} ".ljust(min(width, 96), "─")]
    shown = {" ".join(c.text.split()) for p in brief.parts for c in p.lines}
    for c in brief.citations:
        out += fill(f"[{c.marker}] {place(c, brief.language)}", width, "", "    ")
        if " ".join(c.quote.split()) not in shown:  # what stands above is not said again
            out += quoted(c, width, "    ", "    ")
    return "\n".join(out)


def brief_json(brief: Brief) -> dict[str, Any]:
    """As the contract gives a reply, with its parts."""
    return {
        "title": brief.title,
        "about": brief.about,
        "for": brief.audience or None,
        "language": brief.language,
        "words": words_of(brief),
        "composed": brief.composed,
        "parts": [
            {"kind": p.kind, "heading": heading(p, brief.language), "lines": _lines(p.lines)} for p in brief.parts
        ],
        "citations": [citation_json(c) for c in brief.citations],
        "notices": list(brief.notices),
        "provenance": provenance_json(brief.provenance),
    }


def _lines(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    return [claim_json(c) for c in claims]
