"""An answer by a language model: what it is shown, what of its words stands, and what takes over where nothing does."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering import prompting, streaming, wording
from assistant.answering.pieces import Draft
from assistant.answering.written import Fell, Reader, Silent, Stood
from assistant.errors import ModelError
from assistant.protocols import LanguageModel, Library
from assistant.quantities import missing
from assistant.text import language_of
from assistant.types import Citation, Claim, Hit, Language, Passage, Said, Withheld


@dataclass(frozen=True, slots=True)
class Told:
    """What came of asking a model. `draft` is None where the documents' own sentences are to answer, and `notice` then
    says why."""

    draft: Draft | None
    faults: tuple[str, ...] = ()
    notice: str | None = None


ALONE = Told(None)
"""No model was asked."""


def passages(draft: Draft, hits: Sequence[Hit], library: Library) -> list[Passage]:
    """What is offered to a model: the passages that an answer without it would quote, then the hits in their order,
    each of the first three with its neighbours."""
    quoted = [library.passage(c.passage) for c in draft.citations if c.passage]
    ranked = [*quoted, *(h.passage for h in hits)]
    beside = [p for first in dict.fromkeys(ranked[:3]) for p in neighbours(first, library)]
    return [p for p in dict.fromkeys([*ranked[:6], *beside, *ranked[6:]]) if p.kind in _OFFERED]


def neighbours(passage: Passage, library: Library) -> list[Passage]:
    """The passages before and after one in its document."""
    ids, _ = library.vectors_of(passage.document)
    order = list(ids)
    if passage.id not in order:
        return []
    at = order.index(passage.id)
    return [library.passage(order[n]) for n in (at - 1, at + 1) if 0 <= n < len(order)]


_OFFERED = frozenset(("text", "table", "note", "caption"))
"""Titles and bibliographic entries are not shown to a model: they state nothing, and come from the index alone."""


def write(
    model: LanguageModel, question: str, reader: Reader, language: Language, most: int, draft: Draft
) -> Generator[Said | Withheld, None, Told]:
    """Asks the model and reads it as it writes. The generator's value is what came of it: claims of the model that stood,
    with the calculations of `draft`, which a model is told not to make; or nothing, where it broke off or all fell.
    """
    asked = prompting.messages(question, language, reader.offered, most)
    claims: list[Claim] = []
    faults: list[str] = []
    silent = False
    try:
        with _closed(model.stream(asked)) as chunks:
            for outcome in reader.read(chunks, most):
                match outcome:
                    case Stood(claim, citations):
                        claims.append(claim)
                        yield Said(claim, citations)
                    case Fell(why):
                        faults.append(why)
                        yield Withheld(len(faults))
                    case Silent():
                        silent = True
    except ModelError as error:
        return Told(None, tuple(faults), wording.model_failed(error.kind, model.name, str(error), language))
    if not claims:
        return Told(None, tuple(faults), wording.model_unused(model.name, silent and not faults, language))
    return Told(_with_calculations(claims, reader.citations, draft), tuple(faults))


@contextlib.contextmanager
def _closed(chunks: Iterator[str]) -> Iterator[Iterator[str]]:
    """A stream that is told where nobody reads on."""
    try:
        yield chunks
    finally:
        if (close := getattr(chunks, "close", None)) is not None:
            close()


def _with_calculations(claims: Sequence[Claim], citations: Sequence[Citation], draft: Draft) -> Draft:
    calculated = [c for c in draft.claims if c.computed]
    by = len(citations)
    more = [replace(c, citations=tuple(m + by for m in c.citations)) for c in calculated]
    moved = [replace(c, marker=c.marker + by) for c in draft.citations] if more else []
    return Draft((*claims, *more), (*citations, *moved))


def translated(
    citations: Sequence[Citation], language: Language, model: LanguageModel
) -> tuple[tuple[Citation, ...], str | None]:
    """The citations, with a translation beside each quote in another language, and what is to be said where the model
    failed. A translation whose numbers are not those of its quote, or that is more than words, is left out.
    """
    foreign = [c for c in citations if language_of(c.quote) != language and re.search(r"[^\W\d_]{3}", c.quote)]
    if not foreign:
        return tuple(citations), None
    try:
        said = model.complete(prompting.translating([c.quote for c in foreign], language))
    except ModelError as error:
        return tuple(citations), wording.model_failed(error.kind, model.name, str(error), language, whole=False)
    lines = {int(m[1]): m[2].strip() for m in re.finditer(r"(?m)^\s*(\d+)\s*[:.)]\s*(.+)$", said)}
    by_marker = {
        c.marker: _unquoted(lines[n])
        for n, c in enumerate(foreign, start=1)
        if n in lines and _renders(_unquoted(lines[n]), c.quote, language)
    }
    return tuple(replace(c, translation=by_marker.get(c.marker)) for c in citations), None


def _unquoted(text: str) -> str:
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] == '"' else text


def _renders(translation: str, quote: str, language: Language) -> bool:
    """Whether words can be a translation: in the language, of the quote's numbers, and without anything but words."""
    return (
        language_of(translation) == language
        and len(translation) <= 4 * len(quote) + 40
        and not streaming.malformed(translation)
        and not missing(translation, [quote])
        and not missing(quote, [translation])
    )
