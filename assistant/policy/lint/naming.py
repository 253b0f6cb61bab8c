"""Works and institutions named in two ways: one title spelled twice, one address under two years, one ministry with two
names. Editions of a yearly title and two pages of one data service are no doubt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from assistant.policy.lint.noted import Named, Reading, short, words
from assistant.policy.lint.wording import told
from assistant.policy.statements import flat
from assistant.sources.works import words as compared
from assistant.types import Person, Reference, Span
from assistant.types.policy import Doubtful

_SOURCE = re.compile(r"\s*(?:Sources?|자료|출처)\s?[:：]\s?(?P<name>[^;\n“”\"]{4,90}?)\.?\s*$", re.MULTILINE)
_LEAST = 4
"""So many words of a title make it a work's own."""
_STEADY = frozenset(("book", "article-journal", "chapter", "thesis", "paper-conference"))
"""Of these, one title by one author is one work, whatever its year."""
_HEADS = re.compile(
    r"^(?:ministry|department|office|commission|agency|bureau|organi[sz]ation|authority|council|association|institute)$"
)
_PLACES = frozenset(
    """the of and for a an in on republic korea korean south north united states us american uk british japan japanese china
    chinese european eu federal national government""".split()
)
_KO_OFFICE = re.compile(r"^[가-힣]{3,}(?:부|처|청|원|위원회|공사|은행|협회)$")


def naming_doubts(reading: Reading) -> Iterator[Doubtful]:
    full = [n for n in reading.named if n.reference.form == "full" and "title" not in n.reference.unsure]
    asked: set[tuple[str, ...]] = set()
    for group in _groups(full):
        for a, b in combinations(group, 2):
            found = _differs(a.reference, b.reference)
            if found is None:
                continue
            key, field, mine, theirs = found
            if (key, *sorted((mine, theirs))) in asked:
                continue
            asked.add((key, *sorted((mine, theirs))))
            said, question = told(
                key, reading.language, note=a.note.number, other=b.note.number, mine=mine, theirs=theirs,
                work=short(a.reference.title),
            )  # fmt: skip
            yield reading.doubt("named_twice", b.note.number, words(b, field), said, question, [words(a, field)])
    yield from _institutions(reading, full)
    yield from _sources(reading)


def _groups(named: list[Named]) -> Iterator[list[Named]]:
    """Namings that may be of one work: one address, one doi, or one title."""
    by: defaultdict[str, list[Named]] = defaultdict(list)
    for n in named:
        r = n.reference
        if r.doi:
            by[f"doi {r.doi.casefold()}"].append(n)
        if r.url:
            by[f"url {bare_address(r.url)}"].append(n)
        title = compared(r.title)
        if len(title) >= _LEAST or len("".join(title)) >= 24:
            by[f"title {''.join(title)}"].append(n)
    return (group for group in by.values() if len(group) > 1)


def bare_address(url: str) -> str:
    """An address as it is compared: without scheme, `www.`, what tracks a reader, and a last stroke."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.strip().casefold())
    bare = re.sub(r"#.*$", "", bare)
    bare = re.sub(r"(?<=[?&])(?:utm_\w+|fbclid|gclid)=[^&]*&?", "", bare)
    return bare.rstrip("?&/")


def _differs(a: Reference, b: Reference) -> tuple[str, str, str, str] | None:
    """What two namings of one work say differently: the question, the field, both wordings."""
    mine, theirs = compared(a.title), compared(b.title)
    one_place = bool(a.url and b.url and bare_address(a.url) == bare_address(b.url)) or bool(a.doi and a.doi == b.doi)
    if a.title and b.title and mine != theirs:
        if "".join(mine) == "".join(theirs):
            return "twice_spacing", "title", short(a.title), short(b.title)
        if one_place and _near(mine, theirs):
            return "twice_title", "title", short(a.title), short(b.title)
        return None
    if mine != theirs:
        return None
    years = (a.issued or "")[:4], (b.issued or "")[:4]
    same_author = _same(a.authors, b.authors)
    if all(years) and years[0] != years[1] and "issued" not in (*a.unsure, *b.unsure):
        if one_place or (same_author and a.type in _STEADY and a.type == b.type):
            return "twice_year", "issued", a.issued or "", b.issued or ""
        return None
    if one_place or (years[0] == years[1] and all(years) and len(mine) >= _LEAST):
        if a.authors and b.authors and not same_author and not (a.et_al or b.et_al):
            return "twice_author", "authors", str(a.authors[0]), str(b.authors[0])
        for field in ("publisher", "container"):
            x, y = getattr(a, field), getattr(b, field)
            if x and y and compared(x) != compared(y):
                return f"twice_{field}", field, short(x), short(y)
    return None


def _near(a: list[str], b: list[str]) -> bool:
    """Whether two titles have most of their words in common, or one begins with the other."""
    if not a or not b:
        return False
    less, more = sorted((a, b), key=len)
    if len(less) >= 3 and more[: len(less)] == less:
        return True
    shared = len(set(a) & set(b))
    return shared >= 3 and shared >= 0.6 * max(len(set(a)), len(set(b)))


def _same(a: tuple[Person, ...], b: tuple[Person, ...]) -> bool:
    """Whether the first authors may be one, as far as they are given: initials and a missing author decide nothing."""
    if not a or not b:
        return True
    one, other = compared(str(a[0])), compared(str(b[0]))
    family = {compared(a[0].family)[-1:][0] if compared(a[0].family) else ""} & {*other}
    return set(one) <= set(other) or set(other) <= set(one) or bool(family)


def _institutions(reading: Reading, named: list[Named]) -> Iterator[Doubtful]:
    """Institutions behind works, whose names are one but for a letter or a word."""
    first: dict[str, tuple[Named, str, str]] = {}
    for n in named:
        r = n.reference
        found = [("authors", str(p)) for p in r.authors if not p.given]
        found += [("publisher", r.publisher)] if r.publisher else []
        for field, name in found:
            first.setdefault(" ".join(compared(name)), (n, name, field))
    for (_, (a, mine, f)), (_, (b, theirs, g)) in combinations(first.items(), 2):
        key = _alike(mine, theirs)
        if key:
            said, question = told(
                key, reading.language, note=a.note.number, other=b.note.number, mine=mine, theirs=theirs, work=""
            )
            yield reading.doubt("named_twice", b.note.number, words(b, g), said, question, [words(a, f)])


def _sources(reading: Reading) -> Iterator[Doubtful]:
    """Institutions in the source lines under figures and tables: one named by an abbreviation, and spelled out elsewhere."""
    text = reading.document.text
    first: dict[str, tuple[str, Span]] = {}
    for block in reading.document.blocks:
        m = _SOURCE.match(text, block.span.start, block.span.end) if block.kind == "source" else None
        if m and len(m["name"].split()) <= 9:
            first.setdefault(" ".join(compared(m["name"])), (flat(m["name"]), Span(*m.span("name"))))
    for (a, here), (b, there) in combinations(first.values(), 2):
        if _shortened(compared(a), compared(b)) or _alike(a, b):
            said, question = told("institution_source", reading.language, mine=a, theirs=b)
            yield reading.doubt("named_twice", "", there, said, question, [here])


def _shortened(a: list[str], b: list[str]) -> bool:
    """Whether one name is the other with some words drawn together: `EXIM Bank of Korea`, `Export-Import Bank of Korea`."""
    less, more = sorted(([w for w in x if w not in ("the", "of", "and")] for x in (a, b)), key=len)
    alone, left = [w for w in less if w not in more], [w for w in more if w not in less]
    return len(alone) == 1 and 2 <= len(left) <= 6 and len(less) > 1 and _drawn(alone[0], left)


def _drawn(short: str, long: list[str]) -> bool:
    """Whether a word is made of the beginnings of others, in their order, and of each at least a letter."""
    if not long:
        return not short
    first, *rest = long
    most = next((i for i, (x, y) in enumerate(zip(short, first, strict=False)) if x != y), min(len(short), len(first)))
    return any(_drawn(short[n:], rest) for n in range(1, min(most, 4) + 1))


def _alike(a: str, b: str) -> str | None:
    """Whether two names may be of one institution: spelled differently, or one with a word more."""
    if _KO_OFFICE.match(a) and _KO_OFFICE.match(b):
        less, more = sorted((a, b), key=len)
        prefix = next((i for i, (x, y) in enumerate(zip(less, more, strict=False)) if x != y), len(less))
        return (
            "institution"
            if prefix >= 4 and len(more) - len(less) in (1, 2, 3) and more.endswith(less[prefix:])
            else None
        )
    x = [w for w in compared(a) if w not in _PLACES]
    y = [w for w in compared(b) if w not in _PLACES]
    turned = [w for w in compared(a) if w not in ("the", "of")], [w for w in compared(b) if w not in ("the", "of")]
    if turned[0] != turned[1] and sorted(turned[0]) == sorted(turned[1]) and len(turned[0]) >= 3:
        return "institution"  # `Marenland Export Bank`, `Export Bank of Marenland`
    if len(x) < 2 or len(y) < 2 or x == y:
        return None
    if len(x) == len(y):
        unlike = [(p, q) for p, q in zip(x, y, strict=True) if p != q]
        return "institution_spelled" if len(unlike) == 1 and _spelled(*unlike[0]) else None
    fewer, longer = sorted((x, y), key=len)
    left = [w for w in longer if w not in fewer]
    heads = sum(bool(_HEADS.match(w)) for w in longer)
    if (
        len(fewer) >= 3
        and set(fewer) < set(longer)
        and len(left) == 1
        and heads == 1
        and _HEADS.match(fewer[0])
        and fewer[0] == longer[0]
    ):
        return "institution"
    return None


def _spelled(a: str, b: str) -> bool:
    """Whether two long words are one but for a letter: -ise and -ize, a slip of the pen."""
    if min(len(a), len(b)) < 6 or abs(len(a) - len(b)) > 1 or a.rstrip("s") == b.rstrip("s"):
        return False
    if len(a) == len(b):
        return sum(p != q for p, q in zip(a, b, strict=True)) == 1
    less, more = sorted((a, b), key=len)
    return any(more[:i] + more[i + 1 :] == less for i in range(len(more)))
