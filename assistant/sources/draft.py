"""A reference being made: fields are taken from the text one by one, and what is taken is blanked for the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.sources.people import Names
from assistant.sources.scan import Scan, trimmed
from assistant.types import Person, Reference, ReferenceForm, Span

BLANK = "\x00"


@dataclass
class Draft:
    """The fields found so far, where they stand, and what is left of the citation (`rest`: as long as the note)."""

    found: Scan
    span: Span
    rest: str = ""
    values: dict[str, str] = field(default_factory=dict)
    where: list[tuple[str, Span]] = field(default_factory=list)
    authors: list[Person] = field(default_factory=list)
    et_al: bool = False
    unsure: list[str] = field(default_factory=list)
    type: str = "document"
    genre: str = ""
    """What the citation itself calls the work: 'hearing', 'PhD diss.'."""
    form: ReferenceForm = "full"

    def __post_init__(self) -> None:
        text = self.found.text
        self.rest = BLANK * self.span.start + self.span.slice(text) + BLANK * (len(text) - self.span.end)

    @property
    def text(self) -> str:
        return self.found.text

    def put(self, name: str, span: Span, value: str | None = None) -> None:
        """Set a field to the words at `span` (or to a value that stands there in another form), once."""
        said = span.slice(self.text) if value is None else value
        if name not in self.values and said.strip():
            self.values[name] = said.strip()
            self.where.append((name, span))

    def take(self, span: Span) -> None:
        self.rest = self.rest[: span.start] + BLANK * len(span) + self.rest[span.end :]

    def moved(self, found: Scan, by: int) -> Draft:
        """The draft, read in a part of a note, in the note: no more is taken from it there."""
        self.found, self.span, self.rest = found, self.span.shift(by), ""
        self.where = [(name, span.shift(by)) for name, span in self.where]
        return self

    def name(self, found: Names, et_al: bool = False) -> None:
        """The authors, in their order."""
        for one, span in found:
            self.authors.append(one)
            self.where.append(("authors", span))
        self.et_al = self.et_al or et_al

    def doubt(self, *names: str) -> None:
        self.unsure += [n for n in names if n not in self.unsure]

    def title(self, span: Span) -> None:
        """The title at `span`, its translation in brackets apart."""
        span = trimmed(self.text, span, " \t\n,.;")
        said = span.slice(self.text)
        if self.text[span.end : span.end + 1] == "." and re.search(r"\b(?:[A-Z]\.)+[A-Z]$|\b(?:Inc|Co|etc)$", said):
            span = Span(span.start, span.end + 1)
            said = span.slice(self.text)
        translated = re.search(r"\s*[\[(](?P<other>[^\[\]()]{3,})[\])]$", said)
        if translated and _other_script(said[: translated.start()], translated["other"]):
            inner = Span(span.start + translated.start("other"), span.start + translated.end("other"))
            self.put("translation", inner)
            span = Span(span.start, span.start + translated.start())
        if any(c.isalpha() for c in span.slice(self.text)) or self.text[span.start - 1 : span.start] in _MARKS:
            self.put("title", span)

    def reference(self, note: str) -> Reference:
        """The finished value."""
        return Reference(
            note=note,
            span=self.span,
            text=self.span.slice(self.text),
            type=self.type,
            authors=tuple(self.authors),
            et_al=self.et_al,
            where=tuple(sorted(self.where, key=lambda w: w[1])),
            unsure=tuple(self.unsure),
            form=self.form,
            **self.values,  # type: ignore[arg-type]  # names of text fields only
        )


_MARKS = ("“", "‘", '"', "'", "「", "『", "《", "〈")
"""Only what stands in marks of a title is one if it is all figures: bare, they are a page or a year."""


def _other_script(one: str, other: str) -> bool:
    """Whether one of two titles is in Hangul and the other in Latin letters."""
    hangul = [bool(re.search(r"[가-힣]", t)) for t in (one, other)]
    latin = [bool(re.search(r"[A-Za-z]{3}", t)) for t in (one, other)]
    return (hangul[0] and latin[1] and not hangul[1]) or (hangul[1] and latin[0] and not hangul[0])
