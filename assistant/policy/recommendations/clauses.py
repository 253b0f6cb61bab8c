"""Where the clause around a sign begins and ends, what its subject is, and what it hangs on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.policy.recommendations.readings import trimmed
from assistant.stance.verb_groups import read, verb_groups
from assistant.types import Span

_HARD = re.compile(r"[;:]\s|\s[—–]\s|\.\s(?=[A-Z])|[\"“](?=[A-Z])")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|[•–▪-]\s")
_TAIL = re.compile(
    r"(?:,?\s(?:also|therefore|thus|now|then|hence|still|first|too|always|never|first and foremost|further|accordingly|in turn|"
    r"clearly|urgently|likewise|instead|at least|at the very least|[a-z]+ly),?)+$"
)
LED = re.compile(
    r"(?:to|given|in|on|at|for|with|without|by|from|under|through|against|as|while|although|though|if|when|where|since|because|"
    r"before|after|until|once|unless|despite|beyond|over|during|among|amid|besides|like|unlike|rather|whereas|toward|towards|"
    r"based|building|taking|considering|faced|facing|drawing|looking|going|regarding|concerning|following|according|moving|"
    r"[a-z]+ing|first|second|third|fourth|fifth|finally|lastly|however|therefore|accordingly|moreover|furthermore|meanwhile|"
    r"consequently|nevertheless|nonetheless|hence|thus|similarly|likewise|additionally|[a-z]+ly|ultimately|instead|then|also|"
    r"together|along|not|even|only|so|yet|but|and|or|(?:more|most) [a-z]+ly|above all|perhaps)\b",
    re.IGNORECASE,
)
_SUBORDINATOR = re.compile(
    r"\b(?:whether|if|when|while|whereas|although|though|because|unless|until|how|why|what|where|which|who|whom|whose|that|"
    r"since|so|as|than|once|before|after)\b", re.IGNORECASE,
)  # fmt: skip
_CONCEDES = frozenset(("while", "whereas", "although", "though", "so"))
"""What opens a clause that may recommend by itself: `…, whereas Seoul should wait`."""
_JOINS = re.compile(r"^(?:and|but|or|yet|so|nor|then)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause that a sign stands in."""

    subject: Span | None
    lead: Span | None
    """What stands before the subject: `To cut costs, …`, `In such cases, …`."""
    under: str = ""
    """The word that makes it hang on another: `if`, `which`, `that`."""
    governor: Span | None = None
    """Of a clause with `that`: what stands before the word, with the verb that governs it."""


@lru_cache(maxsize=2048)
def _stated(text: str) -> tuple[Span, ...]:
    """The finite verbs of a sentence."""
    words = read(text)
    return tuple(
        Span(words[v.first].span.start, words[v.last].span.end)
        for v in verb_groups(words)
        if v.mood == "stated"
        and not v.loose
        and not text[: words[v.first].span.start].endswith("-")
        and not (words[v.first].span.start and text[words[v.first].span.start].isupper())  # `the United States`
    )


def first_subject(text: str) -> Span | None:
    """What stands before the first verb of a sentence, where nothing opens it."""
    verbs = _stated(text)
    if not verbs or LED.match(text):
        return None
    found = trimmed(text, 0, min(v.start for v in verbs))
    return found if len(found) else None


def clause(text: str, at: int, signs: tuple[int, ...] = ()) -> Clause:
    """The clause whose verb begins at `at`. `signs` are where other signs of the sentence begin: each is a verb."""
    numbered = _NUMBER.match(text)
    start = max((m.end() for m in _HARD.finditer(text, 0, at)), default=numbered.end() if numbered else 0)
    end = start + len(_TAIL.sub("", text[start:at].rstrip()))
    verbs = [v for v in _stated(text) if start <= v.start and v.end <= end]
    verbs += [Span(s, s + 1) for s in signs if start <= s < end]
    pieces = _pieces(text, start, end)
    if not pieces:
        return Clause(None, None)
    last = len(pieces) - 1
    if (end > start and text[end - 1 : end] == ",") or (
        LED.match(pieces[last].slice(text)) and last and _interposed(text, pieces, verbs)
    ):
        while last and LED.match(pieces[last].slice(text)) and not _JOINS.match(pieces[last].slice(text)):
            last -= 1  # `The ministry, in cooperation with firms, should …`
    first = last
    while first and _listed(text, pieces, first, verbs):
        first -= 1
    return _subject(text, start, Span(pieces[first].start, pieces[last].end), verbs)


def _pieces(text: str, start: int, end: int) -> list[Span]:
    """The stretch cut at its commas."""
    found, at = [], start
    for m in re.finditer(r",\s", text[start:end]):
        found.append(trimmed(text, at, start + m.start()))
        at = start + m.end()
    found.append(trimmed(text, at, end))
    return [p for p in found if len(p)]


def _interposed(text: str, pieces: list[Span], verbs: list[Span]) -> bool:
    """Whether the last piece stands between a subject and its verb: the one before is a bare noun phrase."""
    before = pieces[-2]
    words = before.slice(text)
    bare = not LED.match(words) and not any(v.overlaps(before) for v in verbs)
    return bare and bool(
        re.match(
            r"(?:in|with|together|along|like|as|under|through|through|including|such|for|working|and not|not)\b",
            pieces[-1].slice(text),
        )
    )


def _listed(text: str, pieces: list[Span], at: int, verbs: list[Span]) -> bool:
    """Whether a piece goes on a list that the piece before is of: `Japan, Korea, and Canada should …`."""
    words, before = pieces[at].slice(text), pieces[at - 1]
    if any(v.overlaps(before) for v in verbs) or LED.match(before.slice(text)):
        return False
    joined = re.match(r"(?:and|or)\s", words)
    later = at + 1 < len(pieces) and bool(re.match(r"(?:and|or)\s", pieces[at + 1].slice(text)))
    return bool(joined) or later or len(words.split()) <= 3


def _subject(text: str, start: int, region: Span, verbs: list[Span]) -> Clause:
    """The subject in a region, behind what opens the clause or what the clause hangs on."""
    begin = region.start
    if joined := _JOINS.match(region.slice(text)):
        begin += joined.end()
    inside = [v for v in verbs if begin <= v.start < region.end]
    openers = list(_SUBORDINATOR.finditer(text, begin, region.end))
    openers = [m for m in openers if not _no_clause(text, m)]
    under, governor = "", None
    if openers and (not inside or openers[-1].end() > inside[-1].start):
        m = openers[-1]
        under = m.group().lower()
        if under == "that":
            governor = trimmed(text, start, m.start())
        begin = m.end()
    elif inside:
        behind = re.search(r"\b(?:and|but)\s(?=[^,]*$)", text[inside[-1].end : region.end])
        if behind:
            begin = inside[-1].end + behind.end()
        else:  # `experts argue Seoul should …`, or a relative clause without its pronoun
            governor = trimmed(text, start, inside[-1].end)
            begin = inside[-1].end
            under = "that"
    subject = trimmed(text, begin, region.end)
    led = re.match(
        r"(?:In (?:19|20)\d\d|By (?:19|20)\d\d|Today|Now|Here|Then|Therefore|Thus|Hence|Accordingly|However)\s",
        subject.slice(text),
    )
    if led:
        subject = trimmed(text, subject.start + led.end(), subject.end)
    lead = trimmed(text, start, begin)
    if under in _CONCEDES:
        under = ""
    return Clause(subject if len(subject) else None, lead if len(lead) else None, under, governor)


def _no_clause(text: str, m: re.Match[str]) -> bool:
    """Whether what looks as if it opened a clause stands before a noun: `such as`, `so far`, `after 2020`."""
    word, before = m.group().lower(), text[: m.start()].rstrip()
    if word in ("as", "so", "since", "before", "after", "than", "once"):
        return m.start() != 0 and not before.endswith((",", ";", ":"))
    return word == "that" and not before  # `That ministry should …`


_STOP = re.compile(
    r";\s|[,.!]\"\s|\s[—–]\s?(?=(?:a|an|the|but|not)\s)|:\s"
    r"|,\s(?=(?:although|though|while|whereas|because|since|as(?! well| much| many| long)|which|who|where|so that|if|unless|but(?! also| rather)|yet|given|particularly given)\b)"
)


def end_of(text: str, start: int, others: tuple[int, ...] = ()) -> int:
    """Where what a sign governs ends: at the clause behind it, or before the subject of the next sign in `others`."""
    end = len(text)
    if stop := _STOP.search(text, start):
        end = stop.start()
    for other in others:
        if start < other < end:
            cut = re.search(
                r"(?:,?\s(?:and|but|or|yet|while|so)\s|,\s)(?!.*(?:\sand\s|\sbut\s|,\s))", text[start:other]
            )
            end = start + cut.start() if cut else other
    return end
