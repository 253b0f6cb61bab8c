"""What a question takes for granted and the documents deny: `why did the mayor support it?` where the mayor opposed it,
`when was it completed?` where it is yet to be. The quotation stands; a notice says that it says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering import wording
from assistant.answering.candidates import bag_of
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
_OPPOSED = re.compile(r"“(?P<said>[A-Za-z’'-]+)”, where the statement says “(?P<taken>[A-Za-z’'-]+)”")
"""How the judge words that one word is said where the statement has its opposite."""
_WORD = re.compile(r"[^\W_](?:[\w’'-]*[^\W_])?|[.,;:()]")
_PASSED = frozenset(
    "a an the this that these those its their his her our of is are was were be been being has have had do does did not also "
    "very so too much even still already".split()
)
"""Words beside which one looks further for what a word is said of."""
_BARS = frozenset(
    "with in on at for from to by which who whom where when while and or but as than into over . , ; : ( )".split()
)
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
        if verdict.support == "contradicted" and not _of_the_same(statement, claim.text, verdict.why or ""):
            continue
        if verdict.support == "contradicted" or doubted:
            found.append((claim.citations[0], verdict.why or ""))
        around = claim.text
    return (wording.denied(*found[0], language),) if found else ()


def _of_the_same(statement: str, claim: str, why: str) -> bool:
    """Whether a word and its opposite are said of the same thing: `low` of costs denies no `more` of investments."""
    m = _OPPOSED.search(why)
    if m is None:
        return True
    taken, said = _around(statement, m["taken"]), _around(claim, m["said"])
    if not taken or not said:
        return True
    first = [behind or before for before, behind in taken]
    there = bag_of(" ".join(" ".join((*before, *behind)) for before, behind in said))
    return any(bag_of(" ".join(words)) & there for words in first)


def _around(text: str, word: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words right before and right behind each place of a word, up to a preposition or the end of the clause."""
    words = _WORD.findall(text)
    return [
        (_run(words[at - 1 :: -1] if at else []), _run(words[at + 1 :]))
        for at, w in enumerate(words)
        if w.lower() == word.lower()
    ]


def _run(words: Sequence[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for w in words:
        if w.lower() in _BARS or len(kept) == _REACH:
            break
        if w.lower() not in _PASSED:
            kept.append(w)
    return tuple(kept)


_REACH = 4
"""Words on each side of a word that tell what it is said of."""
