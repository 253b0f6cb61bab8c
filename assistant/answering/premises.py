"""What a question takes for granted and the documents deny: `why did the mayor support it?` where the mayor opposed it,
`when was it completed?` where it is yet to be. The quotation stands; a notice says that it says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering import wording
from assistant.questions import Question
from assistant.types import Claim, Language

_ASKS = re.compile(
    r"^(?:(?:and|but|so|then),?\s+)?(?:why|when|where|how|by how much|since when|until when|for how long|for what reason)"
    r"(?:\s+exactly)?\s+(?P<helps>did|does|do|is|are|was|were|has|have|had|will|would|should|can|could)\s+(?P<said>.+?)\s*\?*$",
    re.IGNORECASE,
)
_ASKS_KO = re.compile(r"(?<![가-힣])(?:왜|언제|어떻게|어째서)(?![가-힣])\s*")
_ENDS_KO = re.compile(r"(?P<past>[가-힣])(?:는가|는지|나요?|습니까|을까요?|던가|지|죠)\s*\?*$")
_PAST_KO = re.compile(r"[았었였했됐렸났겼갔왔봤졌샀났섰]$")
_DOUBT = re.compile(r"\bsays only\b")
"""How the judge words that a source tells of a plan where a deed is stated."""


def taken(question: Question) -> str | None:
    """What a question for a reason, a time or a way takes to be so, as a statement; None where it takes nothing so."""
    text = question.text.strip()
    if question.language == "ko":
        bare = _ASKS_KO.sub("", text)
        if bare == text or not (m := _ENDS_KO.search(bare)) or not _PAST_KO.search(m["past"]):
            return None
        return f"{bare[: m.start()]}{m['past']}다."
    m = _ASKS.match(text)
    if m is None or " or " in m["said"]:
        return None
    return f"{m['said'][:1].upper()}{m['said'][1:]}."


def denied(question: Question, claims: Sequence[Claim], language: Language) -> tuple[str, ...]:
    """The notice that what is shown denies what the question takes for granted; empty where it bears it out, or where
    nothing shown speaks of it.
    """
    statement = taken(question)
    if statement is None:
        return ()
    from assistant.stance import Near, judged  # here: most questions take nothing for granted

    found: list[tuple[int, str]] = []
    shown = [c for c in claims if c.citations and c.computed is None]
    around = ""
    for claim in shown:
        verdict = judged(statement, claim.text, Near(), context=around, relayed=False).verdict
        if verdict.support in ("supported", "partial"):
            return ()
        doubted = verdict.support == "unchecked" and verdict.why and _DOUBT.search(verdict.why)
        if verdict.support == "contradicted" or doubted:
            found.append((claim.citations[0], verdict.why or ""))
        around = claim.text
    return (wording.denied(*found[0], language),) if found else ()
