"""Where a line ends inside a word or between two: decided by what the file says, by the document's own words,
then by rule. Two modules read this: one joins lines, the other halves of a sentence.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.reading.chars import Hyphen
from assistant.reading.hangul_ends import Eojeols, ends_inside_word, is_east_asian, is_hangul
from assistant.reading.hangul_fill import BROKEN_SPREAD, spread_of_line_ends
from assistant.reading.pages.layout import Line

_URL_SIGNS = frozenset("/?&=%#_-.~")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_URL_TAIL = re.compile(r"(?:https?://|www\.|doi\.org/|\b10\.\d{4,}/)\S*$", re.IGNORECASE)
SUFFIXES = frozenset(
    "tion tions sion sions ment ments ing ings ed er ers ly ity ities ness able ible al ally ance ances ence ences "
    "ous ive ives ize izes ized izing ise ised tional ational ization isation lation ration cation tation nation "
    "ture tures ment mental ship ships less ful tive tively tial tially cial cially ries ies es est ist ists ism "
    "ic ics ical ically ate ates ated ating ation ations ant ants ent ents ary aries ory ories ural uring tor tors".split()
)
_SOLID_HEADS = frozenset(
    "over under out in up inter fore there where some any every how with be al un dis mis re sub trans".split()
)
"""What begins words that are written as one …"""
_SOLID = frozenset(
    "cannot into onto within without throughout another however therefore moreover furthermore nevertheless nonetheless "
    "whereas whether together otherwise itself themselves himself herself ourselves something anything nothing everything "
    "someone anyone everyone nobody somewhat meanwhile".split()
)
"""Words whose parts are words too."""
_NOUN_ENDS = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship", "ism")
_NOT_SOLID = frozenset("person depth house kind state line law laws service country the of to front date".split())
"""… unless this follows."""
_COMPOUND_HEADS = frozenset(
    "long short high low mid well ill best self cross per in on off one two three four five six seven eight nine ten small "
    "large full part real right left single multi double half first second third fourth fifth early late old new old year day "
    "month week time cost energy labor labour capital job risk rule tax trade export import market state government privately "
    "publicly federally fast slow deep wide far near much so called ex anti non pre post pro intra quasi socio trans co all "
    "free fixed hard soft heavy light policy data world country export value life".split()
)
_COMPOUND_TAILS = frozenset(
    "based related intensive scale term level wide led driven oriented specific free made owned funded run sponsored backed "
    "friendly centered centred focused adjusted weighted sensitive dependent sharing saving making building setting person "
    "depth house kind capita hour day month week year old income growth skilled skill paid quality tech cost cutting edge "
    "control controlled border sector state party line site time class established known defined being sufficient employed "
    "interest rate risk ranking ranging reaching standing lasting running emission emissions zero neutral emotional economic "
    "political motion motions effective efficient efficiency producing exporting importing using free size sized type style "
    "tier step stage fold digit party way sided dollar percent point to date thirds quarters fifths eighths tenths speaking "
    "built passed linked recognized constructed maintained certified financed mandated operated approved assisted powered "
    "elected appointed dominated eligible exempt".split()
)
"""The parts of compounds that policy papers make: evidence only where the document's own words say nothing."""


@dataclass(slots=True)
class Habits:
    """What a document does elsewhere, as evidence for what it means at a line end."""

    words: Counter[str] = field(default_factory=Counter)
    """Words inside lines, without case; compounds count as a whole and with their parts."""
    ends_with_space: bool = False
    """The file writes the space at a line end: where it is missing, no space is meant."""
    tight_brackets: bool = False
    """The document sets 102(d)(4), not 102(d) (4)."""
    parts_brackets: bool = False
    """It is seen to set 102(d) (4)."""
    open_dash: dict[str, bool] = field(default_factory=dict)
    """For each dash whether the document sets spaces around it."""
    eojeols: Eojeols = field(default_factory=Eojeols)
    breaks_eojeols: bool = False
    """Lines of Hangul end inside words too."""
    keeps_eojeols: bool = False
    """They are seen to end between words alone."""
    breaks_words: bool = False
    """Words are broken at line ends here, as far as the clear cases show."""


def habits_of(lines: Sequence[Line]) -> Habits:
    habits = Habits()
    spaced = full = tight = parted = 0
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
        tight += middle.count(")(")
        parted += middle.count(") (")
        if any("가" <= c <= "힣" for c in middle):
            habits.eojeols.add(middle)
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
    habits.tight_brackets, habits.parts_brackets = tight > parted, parted > tight
    habits.breaks_words = clear[True] > clear[False]
    spread = spread_of_line_ends(lines)
    if spread is None:
        habits.breaks_eojeols = _breaks_eojeols(lines, habits)
    else:
        habits.breaks_eojeols = spread < BROKEN_SPREAD
        habits.keeps_eojeols = not habits.breaks_eojeols
    return habits


def _breaks_eojeols(lines: Sequence[Line], habits: Habits) -> bool:
    """Whether lines of Hangul end inside words: at places that the document's own words make clear."""
    inside = between = 0
    for above, below in itertools.pairwise(lines):
        if not (is_hangul(above.text[-1:]) and is_hangul(below.text[:1])) or len(above.text) < 8:
            continue
        clear = ends_inside_word(above.text, below.text, habits.eojeols, None)
        if clear is not None:
            inside += clear
            between += not clear
    return inside > 0.25 * between if inside + between >= 4 else inside > between


def _halves(above: str, below: str) -> tuple[str, str]:
    head = re.search(r"([^\W\d_]+)-$", above)
    tail = re.match(r"[^\W\d_]+", below)
    return (head[1].casefold() if head else "", tail[0].casefold() if tail else "")


def junction(above: str, below: str, hyphen: Hyphen | None, trailing_space: bool, habits: Habits) -> tuple[int, str]:
    """(characters to drop from the end of `above`, what to put between the two)."""
    if not above or not below:
        return 0, ""
    last, first = above[-1], below[0]
    if first in ".,;!?)]}’”」』" and (is_hangul(last) or last.isalnum()) and below[1:2] in ("", " "):
        return 0, ""  # a sign that ends a word has slipped to the next line
    if last in _OPENING_SIGNS or (last == '"' and above[-2:-1].isspace() and not trailing_space):
        return 0, ""
    if last == "-" and len(above) > 1 and not above[-2].isspace() and above[-2] not in "-–—":
        if hyphen != "soft" and (trailing_space or _is_suspended(above, below, habits)):
            return 0, " "  # 'short- and long-term'
        return (1, "") if _is_broken_word(above, below, hyphen, habits) else (0, "")
    if _URL_TAIL.search(above[-300:]) and (first.isalnum() or first in _URL_SIGNS):
        return 0, "" if _address_goes_on(last, below, trailing_space, habits) else " "
    for dash, beyond in ((last, above[-2:-1]), (first, below[1:2])):
        if dash in "—–" and not beyond.isspace() and not habits.open_dash.get(dash, False) and not trailing_space:
            return 0, ""
    if last == ")" and first == "(" and not trailing_space and _is_one_citation(above, below, habits):
        return 0, ""
    if last == "/" and not trailing_space and habits.ends_with_space:
        return 0, ""
    if is_east_asian(last) and is_east_asian(first) and not trailing_space:
        if habits.ends_with_space or not (is_hangul(last) or is_hangul(first)):
            return 0, ""
        inside = ends_inside_word(above, below, habits.eojeols, habits.breaks_eojeols)
        return 0, "" if inside and not habits.keeps_eojeols else " "
    breaks = habits.breaks_eojeols or (habits.keeps_eojeols and not last.isalnum())
    if is_hangul(first) and breaks and not trailing_space and (last.isalnum() or last in "%)]」』”’"):
        # '2023' and '년' are one word wherever the line ends: what follows a figure or a bracket is a particle or
        # unit. Behind a sign a line may end even where words are kept whole ('55.3%' and '에서').
        return 0, "" if ends_inside_word(above, below, habits.eojeols, habits.breaks_eojeols) else " "
    return 0, " "


_OPENING_SIGNS = frozenset("([{“‘「『《〈")
_SUBSECTION = re.compile(r"\d[\w.-]*(?:\([0-9A-Za-z]{1,4}\))+$")
_FURTHER_SUBSECTION = re.compile(r"\([0-9A-Za-z]{1,4}\)")


def _is_one_citation(above: str, below: str, habits: Habits) -> bool:
    """Whether brackets on both sides of a line end belong to one number, as in 102(d)(4)."""
    if habits.tight_brackets and below[2:3] in (")", ""):
        return True
    return (
        not habits.parts_brackets
        and _SUBSECTION.search(above[-40:]) is not None
        and _FURTHER_SUBSECTION.match(below) is not None
    )


def _is_suspended(above: str, below: str, habits: Habits) -> bool:
    """Whether the hyphen stands for the rest of a compound that comes later: 'two- or three-star'."""
    joint = re.match(r"(?:and|or|to)(?=\s)", below)
    head, _ = _halves(above, below)
    return joint is not None and not habits.words[head + joint[0]] and "-" not in above.split()[-1][:-1]


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
    if before.islower() and after.isupper():
        return False  # 'Multi-Domain', whatever 'multidomain' says
    if not before.isalpha() or not after.isalpha():
        return False
    token = above.split()[-1]
    if "-" in token[:-1] or re.match(r"\S*?[^\W\d_]-", below) or _URL_TAIL.search(above[-300:]):
        return False  # one more hyphen of a compound ('state-of-the-art') or of an address
    if "." in token[:-1]:
        return False
    head, tail = _halves(above, below)
    if not head or not tail:
        return False
    joined, apart = habits.words[head + tail], habits.words[f"{head}-{tail}"]
    if head + tail in _SOLID:
        return True
    if joined != apart:
        return joined > apart  # of an abbreviation too: 'US-FCS'
    if not after.islower() or above[-3:-1].isupper():
        return False  # 'AI-powered': an abbreviation is not broken
    if tail in SUFFIXES and not habits.words[tail]:
        return True
    if head in _SOLID_HEADS and habits.breaks_words:
        return tail not in _NOT_SOLID
    if habits.words[tail] and len(tail) > 3 and len(head) > 5 and head.endswith(_NOUN_ENDS):
        return False  # 'qualification-tested': such an end of a word goes on with a suffix alone
    if tail in _COMPOUND_TAILS and (habits.words[head] or head in _COMPOUND_HEADS or len(head) > 4):
        return False
    if head in _COMPOUND_HEADS and habits.words[tail]:
        return False
    if habits.words[tail] and (habits.words[head] or not habits.breaks_words):
        return False
    if habits.words[head] and not habits.words[tail]:
        return habits.breaks_words
    return habits.breaks_words
