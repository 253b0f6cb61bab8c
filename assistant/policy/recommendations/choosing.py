"""Recommendations by what is asked for: an actor, a topic, an instrument, how strong, in whose voice."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from assistant.policy.recommendations.actors import matches, says
from assistant.types.policy import Recommendation, Strength, Voice


def chosen(
    found: Iterable[Recommendation],
    actor: str = "",
    topic: str = "",
    instrument: str = "",
    strengths: Collection[Strength] = (),
    voices: Collection[Voice] = (),
) -> tuple[Recommendation, ...]:
    """Those that answer to all that is given, in their order; words match by stem, synonym and translation."""
    return tuple(
        r
        for r in found
        if (not strengths or r.strength in strengths)
        and (not voices or r.voice in voices)
        and (not actor or (r.actor is not None and matches(r.actor.text, actor)))
        and (not instrument or any(says(i.text, instrument) for i in r.instruments))
        and (not topic or says(_words(r), topic))
    )


def _words(r: Recommendation) -> str:
    """What is searched for a topic: the sentence and what it belongs to."""
    return " ".join((r.citation.quote, r.pillar.text if r.pillar else "", *r.citation.section))
