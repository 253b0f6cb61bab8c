"""What sentences say of cause, and whether replies say that only a correlation was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.evaluation.views.labels import Fields, Line
from assistant.evaluation.views.scores import Scores, Tally
from assistant.types import Causality

ORDER = ("right", "cause is one", "correlation is no cause")
QUESTIONS = ("notice where due", "no notice elsewhere")


def score(lines: Sequence[Line], said: Mapping[str, Causality | None]) -> Scores:
    """`said`: by the id of the label, what was read from its sentence. `cause is one`: of the sentences read as a cause,
    those that state one. `correlation is no cause`: of the sentences that state a correlation, those not read as a cause.
    """
    tally = Tally()
    for line in lines:
        wanted, read = line.fields["causality"], said.get(line.id)
        tally.add("right", read == wanted)
        if read == "cause":
            tally.add("cause is one", wanted == "cause")
        if wanted == "correlation":
            tally.add("correlation is no cause", read != "cause")
        if read != wanted:
            tally.fail(f"wrong      {line.id}: {read or 'nothing'}, not {wanted or 'nothing'}")
    return Scores(tally.means(ORDER), tuple(tally.failures))


def score_questions(questions: Sequence[Fields], told: Mapping[str, bool | None]) -> Scores:
    """`told`: by the id of the question, whether its reply said that only a correlation was found; None where it did not
    answer, and nothing is judged.
    """
    tally = Tally()
    for question in questions:
        notice = told.get(question["id"])
        if notice is None:
            continue
        tally.add(QUESTIONS[0] if question["notice"] else QUESTIONS[1], notice == question["notice"])
        if notice != question["notice"]:
            what = "no notice" if question["notice"] else "a notice that is not due"
            tally.fail(f"question   {question['id']}: {question['question']}  [{what}]")
    return Scores(tally.means(QUESTIONS), tuple(tally.failures))
