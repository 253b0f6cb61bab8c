"""`assistant eval` on the two papers: right, by the language of the question, as the command itself counts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import retrieval
import sets

from assistant.evaluation import runner
from assistant.evaluation.cases import place_labels, read_cases
from assistant.evaluation.measures import mean

if TYPE_CHECKING:
    from answers import Options, Row

PAPERS = sets.ROOT.parent / "shared" / "papers"
REACH = {"en": ".92", "ko": ".80"}
LANGUAGES = {"en": "English", "ko": "Korean"}


def rows(options: Options) -> Iterator[Row]:
    from answers import Row

    with tempfile.TemporaryDirectory() as folder:
        assistant = retrieval.open_papers(PAPERS, Path(folder), options.cache)
        held = assistant.library.document_ids()
        cases = [place_labels(c, held, assistant.document) for c in read_cases(retrieval.CASES)]
        outcomes = runner.run(cases, assistant.ask, assistant.search, assistant.document)
        for outcome in outcomes:
            if outcome.reply is not None:
                options.held.see(outcome.reply, assistant.document)
    for language in ("en", "ko"):
        for split in ("dev", "test"):
            chosen = [o for o in outcomes if (o.located.case.language, o.located.case.split) == (language, split)]
            right = [o.right for o in chosen if o.right is not None]
            measure = f"right, answerable questions in {LANGUAGES[language]}, {split}"
            yield Row("the two papers", measure, "ours", mean(right), "", REACH[language])
    for split in ("dev", "test"):
        never = [o for o in outcomes if not o.located.case.answerable and o.located.case.split == split]
        refused = [float(not o.answered and o.crash is None) for o in never]
        yield Row("the two papers", f"refused, unanswerable questions, {split}", "ours", mean(refused))
