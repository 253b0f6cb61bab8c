"""What is asked about a document's notes, against what a careful editor would ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.evaluation.views.labels import Fields
from assistant.evaluation.views.scores import Scores, Tally, with_f1
from assistant.types.policy import Doubtful

ORDER = ("precision", "recall", "left alone")


def score(labels: Sequence[Fields], found: Mapping[str, Sequence[Doubtful]], document_wide: bool = True) -> Scores:
    """A doubt is the label's where its kind and its note are, or where the note is one that it differs from.
    `precision` is over what was asked, without what one may ask; what nobody labelled counts as wrong, but only with
    `document_wide`: a half of the labels says nothing about the rest. `left alone`: of what looks odd and is right.
    """
    tally = Tally()
    for label in labels:
        if label["document"] not in found:
            continue
        asked = [d for d in found[label["document"]] if _same(d, label)]
        if label["doubt"] is True:
            tally.add("recall", bool(asked))
            if not asked:
                tally.fail(f"missed     {label['id']}: {label['kind']} of note {label['note']}: {label['why']}")
        elif label["doubt"] is False:
            tally.add("left alone", not asked)
            if asked:
                tally.fail(f"wrong      {label['id']}: {label['kind']} of note {label['note']}: {label['why']}")
    for document in sorted(found):
        of = [label for label in labels if label["document"] == document]
        for doubt in found[document] if of else ():
            told = {label["doubt"] for label in of if _same(doubt, label)}
            if True in told or False in told:
                tally.add("precision", True in told)
            elif document_wide and "may" not in told:
                tally.add("precision", False)
                tally.found_elsewhere(f"{document}: {doubt.kind} of note {doubt.note}")
    return Scores(with_f1(tally.means(ORDER)), tuple(tally.failures), tally.unlabelled)


def _same(doubt: Doubtful, label: Fields) -> bool:
    if doubt.kind != label["kind"]:
        return False
    if label["doubt"] is False:  # a note that another is held against is not asked about
        return not label["note"] or str(label["note"]) == doubt.note
    notes = {doubt.note, *(c.section[-1].removeprefix("note ") for c in doubt.beside if c.section)}
    return not label["note"] or str(label["note"]) in notes
