"""Lines -> running text: words broken at line ends are joined, note marks taken out, white space
collapsed. No figure, sign or word is ever changed.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.reading.chars import Char, Hyphen
from assistant.reading.drafts import TO_SUPERSCRIPT
from assistant.reading.layout import Line

_EXPANSIONS = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\x00")
_URL_SIGNS = frozenset("/?&=%#_-.~")
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FROM_SUPERSCRIPT = str.maketrans(SUPERSCRIPTS, "0123456789")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_URL_TAIL = re.compile(r"(?:https?://|www\.|doi\.org/|\b10\.\d{4,}/)\S*$", re.IGNORECASE)
_LABELS = re.compile(r"\d{1,4}(?:\s*[,–-]\s*\d{1,4})*")
_NO_SPACE_BEFORE = frozenset(".,;:!?)]}”’%")
SUFFIXES = frozenset(
    "tion tions sion sions ment ments ing ings ed er ers ly ity ities ness able ible al ally ance ances ence ences "
    "ous ive ives ize izes ized izing ise ised tional ational ization isation lation ration cation tation nation "
    "ture tures ment mental ship ships less ful tive tively tial tially cial cially ries ies es est ist ists ism "
    "ic ics ical ically ate ates ated ating ation ations ant ants ent ents ary aries ory ories ural uring tor tors".split()
)


@dataclass(slots=True)
class Habits:
    """What a document does elsewhere, as evidence for what it means at a line end."""

    words: Counter[str] = field(default_factory=Counter)
    """Words inside lines, without case; compounds count as a whole and with their parts."""
    ends_with_space: bool = False
    """The file writes the space at a line end: where it is missing, no space is meant."""
    open_dash: dict[str, bool] = field(default_factory=dict)
    """For each dash whether the document sets spaces around it."""
    breaks_words: bool = False
    """Words are broken at line ends here, as far as the clear cases show."""


def habits_of(lines: Sequence[Line]) -> Habits:
    habits = Habits()
    spaced = full = 0
    dashes: dict[str, list[int]] = {"—": [0, 0], "–": [0, 0]}
    for line in lines:
        text = line.text
        # The first and the last word of a line may be halves.
        inner = text.split(" ")
        middle = " ".join(inner[1:-1]) if len(inner) > 2 else ""
        for match in _WORD.finditer(middle):
            word = match.group().casefold().replace("‐", "-")
            habits.words[word] += 1
            if "-" in word:
                habits.words.update(part for part in word.split("-") if len(part) > 1)
        if len(inner) > 5 and not text.endswith("-"):
            full += 1
            spaced += bool(line.chars and line.chars[-1].text.isspace() and not line.chars[-1].generated)
        for dash in dashes:
            for match in re.finditer(rf"(\s?){dash}(\s?)(?=\S)", text[1:-1]):
                if match[1] or match[2]:
                    dashes[dash][1] += 1
                elif not (text[match.start() : match.start() + 1].isdigit()):
                    dashes[dash][0] += 1
    habits.ends_with_space = full >= 5 and spaced > 0.6 * full
    habits.open_dash = {dash: opened > tight for dash, (tight, opened) in dashes.items()}
    clear = Counter[bool]()
    for above, below in itertools.pairwise(lines):
        if above.text.endswith("-") and below.text[:1].islower():
            head, tail = _halves(above.text, below.text)
            if head and tail:
                joined, apart = habits.words[head + tail], habits.words[f"{head}-{tail}"]
                if joined != apart:
                    clear[joined > apart] += 1
                elif habits.words[head] and habits.words[tail]:
                    clear[False] += 1
                elif tail in SUFFIXES and not habits.words[tail]:
                    clear[True] += 1
    habits.breaks_words = clear[True] > clear[False]
    return habits


def _halves(above: str, below: str) -> tuple[str, str]:
    head = re.search(r"([^\W\d_]+)-$", above)
    tail = re.match(r"[^\W\d_]+", below)
    return (head[1].casefold() if head else "", tail[0].casefold() if tail else "")


@dataclass(slots=True)
class Flow:
    """Running text with the place of every character and the marks taken out of it."""

    text: str = ""
    places: list[int] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    hyphen: Hyphen | None = None
    """What is known of a hyphen that the text ends with."""
    trailing_space: bool = False

    @property
    def leading_mark(self) -> str | None:
        return self.marks[0][1] if self.marks and self.marks[0][0] == 0 else None

    def settle(self, place: int) -> None:
        """Raised figures without any word are text: there is nothing that they could mark."""
        if not self.text and self.marks:
            self.text = ",".join(label for _, label in self.marks).translate(TO_SUPERSCRIPT)
            self.places = [place] * len(self.text)
            self.marks = []


def flow_of(lines: Sequence[Line], places: Sequence[int], habits: Habits) -> Flow:
    """The running text of lines that belong to one paragraph."""
    whole = Flow()
    for line, place in zip(lines, places, strict=True):
        piece = flow_of_chars(line.chars, line, place)
        if not whole.text:
            whole = Flow(piece.text, piece.places, whole.marks + piece.marks, piece.hyphen, piece.trailing_space)
        elif piece.text or piece.marks:
            join(whole, piece, habits)
    return whole


def flow_of_chars(chars: Sequence[Char], line: Line | None, place: int) -> Flow:
    """The text of one line, with raised figures taken out as marks."""
    out: list[str] = []
    marks: list[tuple[int, str]] = []
    raised = ""
    hyphen: Hyphen | None = None
    after_mark = False

    def close() -> None:
        nonlocal raised, after_mark
        label = raised.strip(" ,")
        spaced = raised.endswith(" ")
        if label:
            while out and out[-1] == " ":
                out.pop()  # a mark is tied to the word before it
            for number in re.split(r"[\s,]+", label):
                if _LABELS.fullmatch(number):
                    marks.append((len(out), number))
            after_mark = True
        if spaced and out:
            out.append(" ")  # the gap behind a mark is set as small as the mark
        raised = ""

    position = 0
    count = len(chars)
    while position < count:
        char = chars[position]
        text = char.text
        figure = text in SUPERSCRIPTS and text != ""
        between = raised and text == "," and position + 1 < count and chars[position + 1].text in SUPERSCRIPTS
        if (
            figure
            or between
            or (line is not None and (text.isdigit() or (raised and text in ",–- ")) and line.is_raised(char))
        ):
            raised += text.translate(_FROM_SUPERSCRIPT)
            position += 1
            continue
        if raised and text.isspace() and char.generated and position + 1 < count:
            following = chars[position + 1]
            if following.text in SUPERSCRIPTS or (
                line is not None and following.text.isdigit() and line.is_raised(following)
            ):
                position += 1  # the backend's own gap between two figures of a mark
                continue
        if raised:
            close()
        position += 1
        if text.isspace() or ord(text[0]) < 32 or 0x7F <= ord(text[0]) < 0xA0:
            if out and out[-1] != " ":
                out.append(" ")
            continue
        if text in _DROPPED:
            continue
        if line is not None and text in "*†‡§" and line.is_raised(char):
            continue  # the mark of an author note
        if after_mark and text in _NO_SPACE_BEFORE and out and out[-1] == " ":
            out.pop()
        after_mark = False
        out.extend(_EXPANSIONS.get(text, text))
        hyphen = char.hyphen if text == "-" else None
    if raised:
        close()
    trailing = bool(chars) and chars[-1].text.isspace() and not chars[-1].generated
    while out and out[-1] == " ":
        out.pop()
    marks = [(min(at, len(out)), label) for at, label in marks]
    return Flow("".join(out), [place] * len(out), marks, hyphen, trailing)


def join(whole: Flow, piece: Flow, habits: Habits) -> None:
    """Puts the next line behind: with a space, without, or with the hyphen taken away."""
    drop, glue = junction(whole.text, piece.text, whole.hyphen, whole.trailing_space, habits)
    if any(at == len(whole.text) for at, _ in whole.marks):
        drop, glue = 0, " "
    if drop:
        whole.text = whole.text[:-drop]
        del whole.places[-drop:]
    last = whole.places[-1] if whole.places else (piece.places[0] if piece.places else -1)
    shift = len(whole.text) + len(glue)
    for at, label in piece.marks:
        # A mark that begins a line belongs to the last word of the line above.
        whole.marks.append((at + shift if at else len(whole.text), label))
    if piece.text:
        whole.text += glue + piece.text
        whole.places += [last] * len(glue) + piece.places
        whole.hyphen = piece.hyphen
        whole.trailing_space = piece.trailing_space


def junction(above: str, below: str, hyphen: Hyphen | None, trailing_space: bool, habits: Habits) -> tuple[int, str]:
    """(characters to drop from the end of `above`, what to put between the two)."""
    if not above or not below:
        return 0, ""
    last, first = above[-1], below[0]
    if last == "-" and len(above) > 1 and not above[-2].isspace() and above[-2] not in "-–—":
        if trailing_space and hyphen != "soft":
            return 0, " "  # 'short- and long-term'
        return (1, "") if _is_broken_word(above, below, hyphen, habits) else (0, "")
    if _URL_TAIL.search(above[-300:]) and (first.isalnum() or first in _URL_SIGNS):
        return 0, "" if _address_goes_on(last, below, trailing_space, habits) else " "
    for dash, beyond in ((last, above[-2:-1]), (first, below[1:2])):
        if dash in "—–" and not beyond.isspace() and not habits.open_dash.get(dash, False) and not trailing_space:
            return 0, ""
    if last == "/" and not trailing_space and habits.ends_with_space:
        return 0, ""
    if _is_east_asian(last) and _is_east_asian(first) and not trailing_space:
        # Hangul is broken inside words too: only a file that writes its line-end spaces says where.
        inside = habits.ends_with_space or not (_is_hangul(last) or _is_hangul(first))
        return 0, "" if inside else " "
    return 0, " "


def _address_goes_on(last: str, below: str, trailing_space: bool, habits: Habits) -> bool:
    """Whether the next line goes on with the address that the line above ends with."""
    if habits.ends_with_space:
        return not trailing_space
    if last == ">" or (last in ",;)" and not trailing_space) or (last == "." and below[0].isupper()):
        return False
    return last in _URL_SIGNS or below[0] in _URL_SIGNS or any(c in below.split(" ", 1)[0] for c in "/=&_%")


def _is_broken_word(above: str, below: str, hyphen: Hyphen | None, habits: Habits) -> bool:
    """Whether a hyphen at a line end only parts a word: by what the file says, then by the document's
    own words, then by rule."""
    before, after = above[-2], below[0]
    if before.isdigit() or after.isdigit():
        return False
    if hyphen is not None:
        return hyphen == "soft"
    if not after.islower() or not before.isalpha():
        return False
    token = above.split()[-1]
    if "-" in token[:-1] or re.match(r"\S*?[^\W\d_]-", below) or _URL_TAIL.search(above[-300:]):
        return False  # one more hyphen of a compound ('state-of-the-art') or of an address
    if "." in token[:-1]:
        return False
    head, tail = _halves(above, below)
    if not head or not tail or above[-3:-1].isupper():
        return False  # 'AI-powered': an abbreviation is not broken
    joined, apart = habits.words[head + tail], habits.words[f"{head}-{tail}"]
    if joined != apart:
        return joined > apart
    if habits.words[tail] and (habits.words[head] or not habits.breaks_words):
        return False
    if tail in SUFFIXES and not habits.words[tail]:
        return True
    if habits.words[head] and not habits.words[tail]:
        return habits.breaks_words
    return habits.breaks_words


def _is_east_asian(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff" or _is_hangul(char) or "\uf900" <= char <= "\ufaff"


def _is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3" or "\u1100" <= char <= "\u11ff"
