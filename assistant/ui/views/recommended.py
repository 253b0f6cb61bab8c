"""What the documents recommend: who, what, how strongly, where; with filters by actor, instrument and pillar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from assistant.labels import STRENGTHS, VOICES
from assistant.policy.recommendations import recommendations
from assistant.render.recommendations import recommendations_grid
from assistant.types.policy import Recommendation, Strength, Voice
from assistant.ui.foreign import Markup, draw, element, join, letters
from assistant.ui.views.common import Desk, documents, facts, field, once, row, saving, table

MOST = 40
"""Values that a filter offers, the most frequent first."""


def view(desk: Desk) -> None:
    own = desk.own
    chosen = documents(desk, "rec-documents")
    with st.spinner(own.reading):
        found = [r for id in chosen for r in once(f"rec-{id}", desk, _of(id, desk))]
    some = _filtered(found, desk)
    with st.container(horizontal=True, vertical_alignment="center"):
        draw(element("div", own.shown.format(len(some), len(found)), name="aside"))
        if some:
            saving(
                "recommendations",
                lambda: recommendations_grid(
                    _title(chosen, desk), some, found, desk.words.language, True, len(chosen) > 1
                ),
                desk,
            )
    if not some:
        draw(element("p", own.nothing_fits))
        return
    table("recommendations", own.recommendation_heads, [_row(r, desk) for r in some], desk)


def _title(chosen: Sequence[str], desk: Desk) -> str:
    return desk.assistant.document(chosen[0]).work.title if len(chosen) == 1 else ""


def _of(id: str, desk: Desk) -> Callable[[], tuple[Recommendation, ...]]:
    return lambda: recommendations(desk.assistant.document(id))


def _filtered(found: Sequence[Recommendation], desk: Desk) -> list[Recommendation]:
    own, language = desk.own, desk.words.language
    with st.container(horizontal=True, key="filters-rec"):
        actors = _choice(own.actor, own.any_actor, ((r.actor.text,) if r.actor else () for r in found), "rec-actor")
        instruments = _choice(
            own.instrument, own.any_instrument, ((p.text for p in r.instruments) for r in found), "rec-instrument"
        )
        pillars = _choice(
            own.pillar, own.any_pillar, ((r.pillar.text,) if r.pillar else () for r in found), "rec-pillar"
        )
        words = st.text_input(own.search, key="rec-words", persist_state="session", max_chars=200)
    strengths: list[Strength] = st.pills(
        own.strength, [s for s in STRENGTHS if any(r.strength == s for r in found)],
        format_func=lambda s: f"{STRENGTHS[s][language]} {sum(r.strength == s for r in found)}",
        selection_mode="multi", key="rec-strength", persist_state="session",
    )  # fmt: skip
    voices: list[Voice] = st.pills(
        own.voice, [v for v in VOICES if any(r.voice == v for r in found)],
        format_func=lambda v: f"{VOICES[v][language]} {sum(r.voice == v for r in found)}",
        selection_mode="multi", default=["own"] if any(r.voice == "own" for r in found) else None,
        key="rec-voice", persist_state="session",
    )  # fmt: skip
    return [
        r
        for r in found
        if (not actors or (r.actor is not None and _key(r.actor.text) in actors))
        and (not instruments or any(_key(p.text) in instruments for p in r.instruments))
        and (not pillars or (r.pillar is not None and _key(r.pillar.text) in pillars))
        and (not strengths or r.strength in strengths)
        and (not voices or r.voice in voices)
        and all(w in " ".join((r.citation.quote, r.actor.text if r.actor else "")).casefold()
                for w in (words or "").casefold().split())
    ]  # fmt: skip


def _choice(label: str, every: str, values: Iterable[Iterable[str]], key: str) -> set[str]:
    """What of the values that occur was chosen, by their keys."""
    counts: Counter[str] = Counter()
    said: dict[str, str] = {}
    for one in values:
        for value in one:
            counts[_key(value)] += 1
            said.setdefault(_key(value), value)
    options = [k for k, _ in counts.most_common(MOST)]

    def named(k: str) -> str:
        return f"{letters(said.get(k, k), 60)} ({counts[k]})"

    return set(st.multiselect(label, options, format_func=named, key=key, persist_state="session", placeholder=every))


def _key(value: str) -> str:
    """One value for `the government` and `The Government`."""
    words = value.casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _row(r: Recommendation, desk: Desk) -> Callable[[], Markup]:
    own, language = desk.own, desk.words.language

    def made() -> Markup:
        strength: list[Markup | str] = [STRENGTHS[r.strength][language]]
        if r.voice != "own":
            strength.append(element("span", VOICES[r.voice][language], name="to-do"))
        more = facts(
            (own.instruments, join(*(p.text for p in r.instruments), between="; ") if r.instruments else ""),
            (own.beneficiaries, join(*(p.text for p in r.beneficiaries), between="; ") if r.beneficiaries else ""),
            (own.condition, r.condition.text if r.condition else ""),
            (own.pillar, r.pillar.text if r.pillar else ""),
            (own.said_by, r.said_by),
            (own.opened_by, f"“{r.opened_by.quote}”" if r.opened_by else ""),
        )
        return row(
            (field(r.actor, own), r.action.text, join(*strength), desk.where(r.citation, len(desk.names) > 1)),
            r.citation, desk, more,
        )  # fmt: skip

    return made
