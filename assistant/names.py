"""Korean names in Hangul against their many romanised spellings.

A family name has a dozen spellings (박: Park, Bark, Pak), so vowels are dropped and consonants that
stand for one another are made equal; what is left must agree for family and given name both.
"""

from __future__ import annotations

import re

from assistant.types import Language, Work

_LEADS = ("k", "k", "n", "t", "t", "l", "m", "p", "p", "s", "s", "", "c", "c", "c", "k", "t", "p", "h")
_TAIL_SOUNDS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "p", "l", "l", "p", "l", "m", "p", "p", "t", "t", "n",
    "t", "t", "k", "t", "p", "t",
)  # fmt: skip


def hangul_skeleton(name: str) -> str:
    """The consonants of a name in Hangul: \ud55c\ud615\ubbfc -> hnhnmn."""
    found = []
    for character in name:
        code = ord(character) - 0xAC00
        if 0 <= code < 11172:
            found.append(_LEADS[code // 588] + _TAIL_SOUNDS[code % 28])
    return "".join(found)


_LETTERS = (
    (r"ng", "n"), (r"ch|j|z", "C"), (r"sh", "s"), (r"[gkqx]", "k"), (r"[dt]", "t"), (r"[bpfv]", "p"), (r"c", "k"),
    (r"(?<=[aeiouy])r(?=$|[^aeiouy])", ""), (r"[rl]", "l"), (r"[aeiouyw\s.-]", ""),
)  # fmt: skip


def latin_skeleton(name: str) -> str:
    """The consonants of a romanised name: Hyoungmin -> hnmn, Bark -> pk."""
    text = name.lower()
    for pattern, sound in _LETTERS:
        text = re.sub(pattern, sound, text)
    return re.sub(r"(.)\1+", r"\1", text.lower())


def same_name(hangul: str, family: str, given: str) -> bool:
    """Whether a run of Hangul syllables is this person's name, family name first.

    >>> same_name("\ud55c\ud615\ubbfc", "Han", "Hyoungmin"), same_name("\ud55c\ubbf8\ud611", "Han", "Hyoungmin")
    (True, False)
    """
    for cut in (1, 2):
        first, last = hangul[:cut], hangul[cut:]
        if len(last) < 1:
            continue
        if first == "이" and family.lower() in ("lee", "yi", "rhee", "li", "i"):  # its old initial is not written
            return bool(given) and _folded(hangul_skeleton(last)) == latin_skeleton(given)
        if _folded(hangul_skeleton(first)) == latin_skeleton(family) and _folded(
            hangul_skeleton(last)
        ) == latin_skeleton(given):
            return bool(given)
    return False


def names_in(text: str, family: str, given: str) -> list[str]:
    """The runs of Hangul in a text that are this person's name; particles may follow."""
    found = []
    for run in re.findall(r"[가-힣]+", text):
        for length in (3, 4, 2):
            if len(run) >= length and same_name(run[:length], family, given):
                found.append(run[:length])
                break
    return found


def _folded(skeleton: str) -> str:
    return re.sub(r"(.)\1+", r"\1", skeleton)


def attribution(work: Work, language: Language, of: Work | None = None) -> str:
    """Who says what a document says, as a lead before its words: 'Bark and Kwak (2026)', 'Bark·Kwak(2026)'. Where no
    author is known its publisher, else its title. `of` is the work that a digest stands in for.
    """
    told = of or work
    year = (told.issued or "")[:4]
    names = [a.family for a in told.authors if a.family]
    korean = language == "ko"
    if len(names) > 2:
        said = f"{names[0]} 외" if korean else f"{names[0]} et al."
    elif names:
        said = ("·" if korean else " and ").join(names)
    else:
        said = told.publisher or f"\u201c{told.title}\u201d"
    if year.isdigit():
        said += f"({year})" if korean else f" ({year})"
    if work.kind == "digest":
        return f"{said} 요약" if korean else f"Digest of {said}"
    return said
