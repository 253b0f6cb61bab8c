"""What `ask`, `eval` and their like share: which model writes, and its sentences on a terminal as they are verified."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from assistant.cli.common import columns, say
from assistant.config import Settings
from assistant.protocols import Asker
from assistant.render import answer_string
from assistant.render.reply import claim_text, reply_text, understood_text, withdrawn_text
from assistant.text import language_of
from assistant.types import Answer, Begun, Claim, Event, Exchange, Finished, Reply, Said, Within


def options(parser: argparse.ArgumentParser) -> None:
    """Which model writes, for one call."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--model", metavar="PROVIDER:NAME", help="the language model that writes, for this call")
    which.add_argument("--no-model", action="store_true", help="without a language model, whatever the settings say")


def chosen(given: Any, settings: Settings) -> Settings:
    """The settings without a model where the call wants none."""
    return replace(settings, model="") if getattr(given, "no_model", False) else settings


def conversation(asker: Asker, after: Sequence[str], confined: Within) -> tuple[Exchange, ...]:
    """The exchanges that a question leans on: each question before it is asked in its turn, since its answer counts."""
    talk: list[Exchange] = []
    for question in after:
        reply = asker.ask(question, tuple(talk), within=confined)
        talk.append(Exchange(reply.understood, answer_string(reply)))
    return tuple(talk)


def live() -> bool:
    """Whether somebody is looking on as the reply is made."""
    return sys.stdout.isatty()


def tell(question: str, events: Iterable[Event]) -> Reply:
    """Prints sentences as they are verified, and behind them the rest of the reply."""
    width = min(columns(), 96)
    language = language_of(question)
    told: list[Claim] = []
    understood: list[str] = []
    for event in events:
        match event:
            case Begun():
                understood = understood_text(" ".join(question.split()), event.understood, language, width)
            case Said(claim):
                say("\n".join([*(understood if not told else ()), *claim_text(claim, language, width)]))
                sys.stdout.flush()
                told.append(claim)
            case Finished(reply):
                stand = isinstance(reply, Answer) and reply.claims[: len(told)] == tuple(told)
                if told and not stand:
                    say(f"\n{withdrawn_text(language)}\n")
                say(reply_text(reply, width, len(told) if stand else 0))
                return reply
    raise AssertionError("an answer ends with its reply")
