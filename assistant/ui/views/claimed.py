"""Each claim of a document with what it rests on, how far its measure had come, and whether it tells a cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

from assistant.labels import BASES, CAUSALITIES, STAGES, Words
from assistant.policy.basis import rested
from assistant.render.claims import claims_grid, part_said
from assistant.types.policy import Rested
from assistant.ui.foreign import Markup, draw, element, join
from assistant.ui.views.common import Desk, documents, once, row, saving, table

K = TypeVar("K", bound=str)


def view(desk: Desk) -> None:
    own = desk.own
    (id,) = documents(desk, "claims-document", several=False)
    with st.spinner(own.reading):
        found = once(f"claims-{id}", desk, lambda: rested(desk.assistant.document(id), desk.assistant.library.names()))
    bases = _pills(own.basis, BASES, (r.basis for r in found), f"claims-basis-{id}", desk)
    stages = _pills(own.stage, STAGES, ((r.staged.stage,) for r in found if r.staged), f"claims-stage-{id}", desk)
    causes = _pills(
        own.causality, CAUSALITIES, ((r.causality,) for r in found if r.causality), f"claims-cause-{id}", desk
    )
    some = [
        r
        for r in found
        if (not bases or bases & set(r.basis))
        and (not stages or (r.staged is not None and r.staged.stage in stages))
        and (not causes or r.causality in causes)
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        draw(element("div", own.shown.format(len(some), len(found)), name="aside"))
        if some:
            saving(
                "claims",
                lambda: claims_grid(desk.assistant.document(id).work.title, some, len(found), desk.words.language),
                desk,
            )
    if not some:
        draw(element("p", own.nothing_fits))
        return
    table("claims", own.claim_heads, [_row(r, desk) for r in some], desk)


def _pills(label: str, names: Mapping[K, Words], values: Iterable[Sequence[K]], key: str, desk: Desk) -> set[K]:
    """What was chosen among the values that occur, each with how often it does."""
    counts = Counter(v for one in values for v in one)
    if not counts:
        return set()
    return set(
        st.pills(
            label, [v for v in names if counts[v]],
            format_func=lambda v: f"{names[v][desk.words.language]} {counts[v]}",
            selection_mode="multi", key=key, persist_state="session",
        )
    )  # fmt: skip


def _row(r: Rested, desk: Desk) -> Callable[[], Markup]:
    language = desk.words.language

    def made() -> Markup:
        rests: list[Markup | str] = [", ".join(BASES[b][language] for b in r.basis)]
        rests += [element("span", part_said(p, language), name="to-do") for p in r.named]
        more = [CAUSALITIES[r.causality][language]] if r.causality else []
        more += [STAGES[r.staged.stage][language]] if r.staged else []
        rests += [element("span", said, name="to-do") for said in more]
        quote = r.citation.quote.replace("\t", " | ")
        return row((quote, join(*rests), desk.where(r.citation, name=False)), r.citation, desk)

    return made
