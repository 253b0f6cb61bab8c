"""What a quote does not say itself: what it rejects, what somebody only claims, and the reasons that it sets aside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.text import STOPWORDS, language_of, sentences, stem, tokens
from assistant.verification.ground import Fault, Ground

_NOUN = r"(?:claims?|assertions?|allegations?|suggestions?|notions?|idea|views?|charges?|arguments?|reports?|rumou?rs?|accusations?|beliefs?|statements?|theor(?:y|ies)|myth)"
_REJECTS = (
    r"(?:reject(?:s|ed|ing)?|den(?:y|ies|ied|ying)|disput(?:es?|ed|ing)|dismiss(?:es|ed|ing)?|refut(?:es?|ed|ing)|"
    r"rebut(?:s|ted)?|contest(?:s|ed|ing)?|disprov(?:es?|ed)|contradict(?:s|ed)?|debunk(?:s|ed)?|doubt(?:s|ed)?|disbeliev\w+)"
)
REJECTED = re.compile(
    rf"\b{_REJECTS}\s(?:(?:the|this|any|all|these|such|a)\s)?(?:[\w-]+\s){{0,2}}?(?:{_NOUN}\s)?(?:that|of)\s"
    rf"|\b{_REJECTS}\s(?:having|that)\s|\bit is (?:not true|untrue|false|wrong|a myth) that\s|\bthere is no evidence that\s",
    re.IGNORECASE,
)
"""Words behind which stands what somebody holds to be untrue."""
ATTRIBUTED = re.compile(
    r"\b(?:argu(?:es?|ed|ing)|claim(?:s|ed|ing)?|assert(?:s|ed|ing)?|alleg(?:es?|ed|ing)|contend(?:s|ed)?|insist(?:s|ed)?|"
    r"believ(?:es?|ed)|maintain(?:s|ed)?|suspect(?:s|ed)?|assum(?:es?|ed)|suppos(?:es?|ed)|fear(?:s|ed)?|hop(?:es?|ed)|"
    rf"{_NOUN})\sthat\s|\baccording to [^,]+,\s|\ballegedly\s",
    re.IGNORECASE,
)
"""Words behind which stands what somebody says, which need not be so."""
_KO_HELD = re.compile(
    r"(?:다는|라는|다고|라고)\s?(?P<how>(?:주장|의혹|지적|소문|보도|견해|비판|설)?(?:을|를|은|는|이|가|에)?\s?(?:전면\s|강력히\s|모두\s)?"
    r"(?:부인|반박|일축|부정|거부|기각|주장))"
)
_OF_OTHERS = re.compile(
    rf"{ATTRIBUTED.pattern}|\b(?:says?|said|stat(?:es?|ed)|argu\w+|claim\w*|accord\w+|{_REJECTS}|view|opinion|alleg\w+|contend\w*|"
    r"assert\w*|reportedly|held|holds|thinks?|thought|told|wrote|warn\w*|not|never|no)\b"
    r"|부인|반박|일축|주장|따르면|의혹|밝혔|말했|않|없|아니",
    re.IGNORECASE,
)
"""Words by which a claim tells that somebody says it, or denies it itself."""


def _words(text: str) -> set[str]:
    return {stem(t.text) for t in tokens(text) if t.text not in STOPWORDS}


def _within(claim: set[str], part: str, whole: str) -> bool:
    """Whether a claim says what stands in a part, and not what stands elsewhere too."""
    own = _words(part)
    outside = _words(whole.replace(part, " ")) - own
    return bool(claim) and len(claim & own) >= max(2, 0.6 * len(claim)) and not claim & outside


def held(claim: str, quotes: tuple[str, ...]) -> tuple[str, bool] | None:
    """Words under which the only sentence that says a claim puts it, and whether they reject it; None where it stands
    free of such words, or the claim tells of them.
    """
    if _OF_OTHERS.search(claim):
        return None
    mine = _words(claim)
    outcome: tuple[str, bool] | None = None
    for quote in quotes:
        for s in sentences(quote) or ():
            words = s.slice(quote)
            if (one := _held_in(mine, words)) is not None:
                outcome = outcome or one
            elif mine and len(mine & _words(words)) >= 0.8 * len(mine):
                return None  # another sentence says it freely
    return outcome


def _held_in(mine: set[str], words: str) -> tuple[str, bool] | None:
    if language_of(words) == "ko":
        m = _KO_HELD.search(words)
        if m is None or not _within(mine - {""}, _with_end(words, m.start()), words):
            return None
        return m["how"], "주장" not in m["how"][-3:]
    for pattern, rejected in ((REJECTED, True), (ATTRIBUTED, False)):
        for m in pattern.finditer(words):
            end = re.search(r"[;:]|,\s(?:but|while|whereas|and|although)\b", words[m.end() :])
            part = words[m.end() : m.end() + end.start() if end else len(words)]
            if _within(mine, part, words):
                return m.group().strip(), rejected
    return None


def _with_end(words: str, at: int) -> str:
    """A Korean clause up to its quoting ending: `올랐다는` is `올랐다`."""
    return words[: at + 1]


def faults(claim: str, ground: Ground) -> Iterator[Fault]:
    """A claim that states as so what the quotes put under another's name or reject, or for a reason that they deny."""
    if (found := held(claim, ground.quotes)) is not None:
        words, rejected = found
        if rejected:
            yield Fault("negation", f"the quote says only “{words} …”", against=True)
        else:
            yield Fault("modality", f"the quote says only “{words} …”", open=True)
    yield from _corrected(claim, ground.quotes)


_NOT_BUT = re.compile(r"\bnot\s(?P<no>[^.;]{3,90}?),?\sbut\s(?:rather\s)?(?P<yes>[^.;]{3,120})", re.IGNORECASE)
_RATHER = re.compile(
    r"\b(?:because of|due to)\s(?P<yes>[^.;]{3,90}?),?\s(?:rather than|instead of|not)\s(?P<no>[^.;]{3,90})",
    re.IGNORECASE,
)
_KO_NOT_BUT = re.compile(r"(?P<no>[^.,;]{2,60}?)(?:이|가)?\s?아니라,?\s(?P<yes>[^.;]{2,80})")


def _corrections(text: str) -> Iterator[tuple[set[str], set[str]]]:
    """What a text denies and what it puts in its stead."""
    patterns = (_KO_NOT_BUT,) if language_of(text) == "ko" else (_NOT_BUT, _RATHER)
    for pattern in patterns:
        for m in pattern.finditer(text):
            if m["no"].lower().startswith(("only", "just", "merely")):
                continue
            no, yes = _words(m["no"]), _words(m["yes"])
            if pattern is _KO_NOT_BUT:
                no = {w for w in no if w in {stem(t.text) for t in tokens(m["no"])[-3:]}}
            yield no - yes - _FRAME, yes - no - _FRAME


_FRAME = frozenset(stem(w) for w in "because due reason 때문 때문이 때문이다 것 것은".split())


def _corrected(claim: str, quotes: tuple[str, ...]) -> Iterator[Fault]:
    """`not because of A but of B` told as `not because of B but of A`."""
    mine = list(_corrections(claim))
    for quote in quotes:
        for no, yes in _corrections(quote):
            for own_no, own_yes in mine:
                if _alike(own_no, yes) > _alike(own_no, no) and _alike(own_yes, no) > _alike(own_yes, yes):
                    yield Fault(
                        "negation", "what the quote denies and what it says instead have changed places", against=True
                    )
                    return


def _alike(one: set[str], other: set[str]) -> float:
    """Share of words that two stretches have in common; Korean words by how they begin."""
    if not one:
        return 0.0
    return sum(any(w == o or (not w.isascii() and w[:2] == o[:2]) for o in other) for w in one) / len(one)
