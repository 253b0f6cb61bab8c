"""Runs each view over the documents that are held and labelled; what breaks is recorded as a crash of its view.

Each imports its own view where it runs, so that one that cannot even be imported is a crash of it alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answering.wording import no_cause
from assistant.errors import AssistantError, CorpusError
from assistant.evaluation.views import bases, causality, lint, numbers, positions, recommendations, stages
from assistant.evaluation.views.labels import Fields, Line, Placed, place, read_lines
from assistant.evaluation.views.scores import Scores
from assistant.policy.statements import statements
from assistant.protocols import Library
from assistant.types import Answer, Document, Reply

Score = Callable[[str | None], Scores]
"""Of one half ('dev', 'test'), or of all labels."""
HALVES = ("dev", "test")
FILES = (
    "recommendations", "numbers", "number_queries", "conflicts", "positions", "bases", "causality", "stages", "lint",
)  # fmt: skip
"""What a folder of labels may hold, each as JSONL; of what is not there nothing is measured."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is measured: the documents, and what answers questions (None: questions are left out)."""

    library: Library
    ask: Callable[[str], Reply] | None = None

    @property
    def ids(self) -> Sequence[str]:
        return self.library.document_ids()

    def document(self, id: str) -> Document:
        return self.library.document(id)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A view's labels of documents that are held, and how it fares on them."""

    count: int
    errors: tuple[str, ...]
    score: Score


@dataclass(frozen=True, slots=True)
class Result:
    """A view, measured. `slices`: 'all', 'dev' and 'test'; empty where it crashed."""

    name: str
    slices: Mapping[str, Scores]
    labels: int
    errors: tuple[str, ...]
    crash: str | None
    seconds: float


def run(
    folder: Path, held: Held, split: str | None = None, progress: Callable[[int, int], None] | None = None
) -> list[Result]:
    """A result for each view that has labels in documents that are held. With `split` only that half is scored.
    Raises CorpusError for labels that cannot be read, and for a folder that has none.
    """
    if not any(path.stem in FILES for path in folder.glob("*.jsonl")):
        raise CorpusError(f"no labels of the views in '{folder}': it has none of {', '.join(FILES)} (.jsonl)")
    done = []
    for number, (name, view) in enumerate(VIEWS.items(), start=1):
        started = time.perf_counter()
        try:
            labelled = view(folder, held)
            slices = {s or "all": labelled.score(s) for s in ((split,) if split else (None, *HALVES))}
            if labelled.count:
                seconds = time.perf_counter() - started
                done.append(Result(name, slices, labelled.count, labelled.errors, None, seconds))
        except AssistantError:
            raise
        except Exception as error:  # whatever breaks is a finding of the evaluation, and named as such
            seconds = time.perf_counter() - started
            done.append(Result(name, {}, 0, (), f"{type(error).__name__}: {error}", seconds))
        if progress:
            progress(number, len(VIEWS))
    return done


def _lines(folder: Path, name: str) -> tuple[Fields, ...]:
    path = folder / f"{name}.jsonl"
    return read_lines(path) if path.exists() else ()


def _read(folder: Path, held: Held, name: str) -> tuple[tuple[Fields, ...], Placed]:
    """A file's lines, and those that point to words, where these stand."""
    lines = _lines(folder, name)
    return lines, place([x for x in lines if x.get("quote") and "document" in x], held.ids, held.document)


def _half(lines: Sequence[Line], split: str | None) -> list[Line]:
    return [x for x in lines if split in (None, x.split)]


def _of(lines: Sequence[Fields], split: str | None) -> list[Fields]:
    return [x for x in lines if split in (None, x.get("split"))]


def _documents(held: Held, lines: Sequence[Line]) -> list[Document]:
    return [held.document(id) for id in sorted({x.document for x in lines})]


def _recommendations(folder: Path, held: Held) -> Labelled:
    from assistant.policy.recommendations import recommendations as find

    _, placed = _read(folder, held, "recommendations")
    found = {d.id: find(d) for d in _documents(held, placed.lines)}

    def score(split: str | None) -> Scores:
        return recommendations.score(_half(placed.lines, split), found, split is None)

    return Labelled(len(placed.lines), placed.errors, score)


def _figures(folder: Path, held: Held) -> Labelled:
    from assistant.policy.numbers import figures

    _, placed = _read(folder, held, "numbers")
    found = {d.id: figures(d) for d in _documents(held, placed.lines)}
    return Labelled(len(placed.lines), placed.errors, lambda split: numbers.score(_half(placed.lines, split), found))


def _queries(folder: Path, held: Held) -> Labelled:
    from assistant.policy.numbers import among, figures

    _, placed = _read(folder, held, "numbers")
    places = {x.id: x for x in placed.lines}
    queries = [q for q in _lines(folder, "number_queries") if placed.lines]
    all_figures = [f for id in held.ids for f in figures(held.document(id))] if queries else []
    ranked = {q["id"]: [c.figure for c in among(q["query"], all_figures) if not c.near] for q in queries}
    return Labelled(len(queries), (), lambda split: numbers.score_queries(_of(queries, split), ranked, places))


def _conflicts(folder: Path, held: Held) -> Labelled:
    from assistant.policy.numbers import conflicts, figures

    _, placed = _read(folder, held, "numbers")
    places = {x.id: x for x in placed.lines}
    pairs = [p for p in _lines(folder, "conflicts") if all(i in places for i in p["figures"])]
    shown = conflicts([f for d in _documents(held, placed.lines) for f in figures(d)])
    return Labelled(len(pairs), (), lambda split: numbers.score_conflicts(_of(pairs, split), shown, places))


def _positions(folder: Path, held: Held) -> Labelled:
    from assistant.policy.positions import compare

    labels = [x for x in _lines(folder, "positions") if set(x["documents"]) <= set(held.ids)]
    pairs = sorted({positions.pair_of(x) for x in labels})
    topics = sorted({(positions.pair_of(x), str(x["topic"][0])) for x in labels})
    shown = {p: compare(held.document(p[0]), held.document(p[1])).rows for p in pairs}
    asked = {(p, topic): compare(held.document(p[0]), held.document(p[1]), (topic,)).rows for p, topic in topics}
    places: dict[tuple[positions.Pair, str], tuple[Line, ...]] = {}
    errors: list[str] = []
    for x in labels:
        pair = positions.pair_of(x)
        both = [(d, q) for d, quotes in zip(pair, (x["first"], x["second"]), strict=True) for q in quotes]
        quotes = [{"id": x["id"], "document": d, "quote": q} for d, q in both]
        placed = place(quotes, held.ids, held.document)
        places[pair, str(x["topic"][0])] = placed.lines
        errors += placed.errors
    return Labelled(len(labels), tuple(errors), lambda split: positions.score(_of(labels, split), shown, asked, places))


def _bases(folder: Path, held: Held) -> Labelled:
    from assistant.policy.basis import rested

    _, placed = _read(folder, held, "bases")
    names = held.library.names()
    found = {d.id: rested(d, names) for d in _documents(held, placed.lines)}
    return Labelled(len(placed.lines), placed.errors, lambda split: bases.score(_half(placed.lines, split), found))


def _causality(folder: Path, held: Held) -> Labelled:
    from assistant.policy.causality import of

    _, placed = _read(folder, held, "causality")
    said = {x.id: of(x.sentence.slice(held.document(x.document).text)) for x in placed.lines}
    return Labelled(len(placed.lines), placed.errors, lambda split: causality.score(_half(placed.lines, split), said))


def _causal_questions(folder: Path, held: Held) -> Labelled:
    questions = [q for q in _lines(folder, "causality") if "question" in q]
    labelled = _read(folder, held, "causality")[1].lines
    if held.ask is None or not labelled:  # asked of documents that nobody labelled, they measure nothing
        return Labelled(0, (), lambda _: causality.score_questions((), {}))
    told = {q["id"]: _told(held.ask(q["question"])) for q in questions}
    return Labelled(len(questions), (), lambda split: causality.score_questions(_of(questions, split), told))


def _told(reply: Reply) -> bool | None:
    """Whether a reply says that only a correlation was found; None where it does not answer."""
    if not isinstance(reply, Answer):
        return None
    said = no_cause(((1, ""),), (), reply.language).partition(".")[0]
    return any(notice.startswith(said) for notice in reply.notices)


def _stages(folder: Path, held: Held) -> Labelled:
    from assistant.policy.dates import staged

    _, placed = _read(folder, held, "stages")
    found = {
        d.id: [(s.span, one) for s in statements(d, notes=True) for one in staged(s)]
        for d in _documents(held, placed.lines)
    }
    return Labelled(len(placed.lines), placed.errors, lambda split: stages.score(_half(placed.lines, split), found))


def _lint(folder: Path, held: Held) -> Labelled:
    from assistant.policy.lint import doubts

    lines, placed = _read(folder, held, "lint")
    labels = [x for x in lines if x["document"] in held.ids]
    found = {id: doubts(held.document(id)) for id in sorted({x["document"] for x in labels})}
    return Labelled(len(labels), placed.errors, lambda split: lint.score(_of(labels, split), found, split is None))


VIEWS: Mapping[str, Callable[[Path, Held], Labelled]] = {
    "recommendations": _recommendations,
    "numbers": _figures,
    "number queries": _queries,
    "conflicts": _conflicts,
    "positions": _positions,
    "bases": _bases,
    "causality": _causality,
    "causal questions": _causal_questions,
    "stages": _stages,
    "lint": _lint,
}
