"""What the page shows of a language model: that it writes and what it is sent, its sentences as they are verified, and
afterwards who wrote, what was withheld, and why it failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from streamlit.delta_generator import DeltaGenerator

from assistant.protocols import LanguageModel
from assistant.render import marks
from assistant.stance.reasons import in_language
from assistant.types import Event, Finished, Reply, Said, Withheld
from assistant.ui.foreign import Markup, draw, element, join, told
from assistant.ui.strings import Strings, counted
from assistant.ui.strings_ask import WORDS
from assistant.wiring.models import stays_here


def short(model: LanguageModel | None, alone: bool, words: Strings) -> str:
    """Which model writes, or that none does."""
    if model is None:
        return words.no_model
    return WORDS[words.language].now_alone.format(model.name) if alone else words.model.format(model.name)


def about(model: LanguageModel | None, alone: bool, words: Strings) -> list[str]:
    """What a model does, and what text it is sent, and where."""
    if model is None or alone:
        return [words.no_model_means]
    sent = words.model_stays if stays_here(model) else words.model_sends
    return [sent.format(model.where), words.model_means]


@dataclass(frozen=True, slots=True)
class Followed:
    """The reply at the end of the events, and how many sentences were in sight before that are no part of it."""

    reply: Reply
    withdrawn: int = 0


def followed(events: Iterator[Event], place: DeltaGenerator, words: Strings) -> Followed:
    """Shows a model's sentences in `place` as they are told, and how many fell; all are gone when the reply is there."""
    mine = WORDS[words.language]
    said: list[Markup] = []
    fallen = 0
    for event in events:
        match event:
            case Said(claim):
                said.append(element("div", f"{claim.text} {marks(claim)}", name="claim"))
            case Withheld(count):
                fallen = count
            case Finished(reply):
                place.empty()
                return Followed(reply, 0 if reply.provenance.model else len(said))
            case _:
                continue
        with place.container():
            draw(
                element("div", mine.writing, name="aside", role="status"),
                *said,
                *([element("div", counted(mine.withheld_so_far, fallen), name="notice")] if fallen else []),
            )
    raise AssertionError("an answer ends with its reply")


def head(reply: Reply, withdrawn: int, asked: str, words: Strings) -> list[str]:
    """Draws, over the answer, who wrote it, or why the model that was asked did not; gives the notices that are left.
    `asked` names the model, or is ''.
    """
    failed = [n for n in reply.notices if asked and asked in n]
    if wrote := reply.provenance.model:
        draw(element("div", words.written_by.format(wrote), name="aside"))
    for n, notice in enumerate(failed):
        gone = counted(WORDS[words.language].withdrawn, withdrawn) if withdrawn and not n else ""
        draw(element("div", "⚠ ", told(notice), f" {gone}" if gone else "", name="notice", role="note"))
    return [n for n in reply.notices if n not in failed]


def foot(reply: Reply, words: Strings) -> None:
    """How many sentences were withheld, and folded away why: each reason once, never the words themselves."""
    if not reply.withheld:
        return
    line = counted(words.withheld, reply.withheld)
    if not reply.faults:
        draw(element("div", line, name="aside"))
        return
    draw(
        element(
            "details",
            element("summary", line),
            element("div", WORDS[words.language].why_withheld),
            element("ul", join(*(element("li", _times(why, n, words)) for why, n in _counted(reply.faults)))),
            name="aside",
        )
    )


def _counted(faults: Sequence[str]) -> list[tuple[str, int]]:
    return [(why, faults.count(why)) for why in dict.fromkeys(faults)]


def _times(why: str, n: int, words: Strings) -> str:
    said = in_language(why, words.language)
    return f"{said} (×{n})" if n > 1 else said
