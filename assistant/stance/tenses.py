"""Whether a deed is told as done or as still to come."""

from __future__ import annotations

import re

from assistant.stance.aligning import Alignment
from assistant.stance.clauses import Frame
from assistant.stance.difference import Difference
from assistant.stance.verb_groups import is_past
from assistant.text import language_of

_COMING = re.compile(r"\b(?:will|shall|(?:is|are) (?:going|set|due|scheduled) to)\s(?:\w+\s){0,2}?$", re.IGNORECASE)
_DONE = re.compile(r"(?:\b(?:has|have|had|was|were)\s(?:\w+\s){0,2}?$)", re.IGNORECASE)
_KO_COMING = re.compile(r"(?:[할될갈릴칠질길일열낼줄]|을)\s?것")
_KO_DONE = re.compile(r"[았었였했됐렸꿨졌냈났왔갔봤줬쳤켰썼]")


def tense(a: Alignment, own: Frame, other: Frame) -> Difference | None:
    """`will open` beside `opened`: what is still to come is not what was done."""

    def told(text: str, f: Frame) -> str:
        if language_of(text) == "ko":
            words = text[f.verb.start : f.verb.end + 8]
            return "coming" if _KO_COMING.search(words) else "done" if _KO_DONE.search(words) else ""
        before, verb = text[max(0, f.verb.start - 30) : f.verb.start], f.verb.slice(text).split()[0].lower()
        if _COMING.search(before):
            return "coming"
        return "done" if _DONE.search(before) or is_past(verb) else ""

    mine, theirs = told(a.statement, own), told(a.source, other)
    if {mine, theirs} != {"coming", "done"}:
        return None
    why = "the source says it of what is still to come" if theirs == "coming" else "the source says that it was done"
    return Difference("tense", "looser", why, own.verb)
