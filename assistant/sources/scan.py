"""A note's text as the parser walks it: addresses, quotations and brackets found first, so that a semicolon in an
address or a full stop in a title cuts nothing in two.

Everything here keeps its length: a masked text has the same offsets as the text that it masks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.types import Span

_URL = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"“”]+")
_OPEN = {"“": "”", "「": "」", "『": "』", "《": "》", "〈": "〉", "«": "»"}
BOOK_QUOTES = "『《〈<"
"""Korean marks of a book, journal or newspaper; 「…」 marks an article or a law."""
_ANGLES = re.compile(r"<(?=[^<>]*[가-힣])[^<>]{2,120}>")
"""Angles set for 〈…〉: not those around an address."""
_GOES_ON_AT = re.compile(r"\s(?P<rest>[\w\-./%?=&#~+]+)")
"""What may be the rest of an address that a line end broke."""
_SINGLE_END = re.compile(r"’(?=[,.;:)]|\s*$|\s+(?:in\b|[A-Z(『\[]))|(?<=[,.?!])’")
_STRAIGHT = re.compile(r"'(?!\d\ds?\b|\s)")
"""A straight mark that may open a quotation: not the apostrophe of '90s."""
_STRAIGHT_END = re.compile(r"(?<!\s)'(?=[,.;:)]|\s*$|\s+(?:in\b|[A-Z(『\[]))|(?<=[,.?!])'(?!\w)")
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:[A-Z]|[Nn]o|[Nn]os|[Vv]ol|[Vv]ols|pp?|et al|al|ed|eds|edn|cf|e\.g|i\.e|ca|ch|chap|sec|secs|art|para|fig|diss|trans|rev|ser|pt|"
    r"St|Mr|Mrs|Ms|Dr|Prof|Jr|Sr|Inc|Co|Corp|Ltd|Univ|Dept|Gov|Sen|Sens|Rep|Reps|Gen|Hon|Amb|Assoc|Bros|vs|v|Cong|sess|Rept|Doc|Stat|Reg|"
    r"Fed|Pub|Res|Con|U\.S|U\.K|E\.U|U\.N|D\.C|Ph\.D|P\.L|F|Supp|Cir|App|Ct|Cl|Rev|Mass|Conn|Calif|Pa|N\.Y|N\.J|Va|Wash|Tex|op|loc|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Int|Econ|Am|Nat|Sci|Proc|Eng|Trans|Soc|Polit|Stud|Technol|Environ|Manag|"
    r"esp|col|comp|Inv|repr|bk|fol|illus|approx|est|Inst|Govt|Natl|Mt|Ft|Ave|Conf|Symp|Lett|Mag|Syst|Rec|Ann|n|nn|fn|s|Ibid|ibid|Id|id|doi|Accessed)|\d)\.$"
)
_NUMBER_END = re.compile(r"\d\.$")
_SENTENCE = re.compile(r"[.?!][”’\")\]」]*\s+(?=[\"“‘「『《\[(]?[A-Z0-9À-ÞŐ가-힣“「『])")
_ASKING_TITLE = re.compile(
    r"(?:^|[;.]\s+)[A-ZÀ-Þ][\w’'.-]+(?: [A-ZÀ-Þ][\w’'.-]+){1,3}(?:,? et al\.|,? and [^,]+)?, [A-ZÀ-Þ][^.;]*[?!]$"
)
_DATED = re.compile(r"[^.;]{0,120}\(?\d{4}\b")
_GOES_ON = re.compile(
    r"(?:\[Online\]|Available\b|Accessed\b|Retrieved\b|doi\b|DOI\b|URL\b|https?://|www\.|Data (?:accessed|downloaded)\b)"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words: `outer` with the marks, `inner` without them; `mark` is the opening one."""

    outer: Span
    inner: Span
    mark: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A text with what was found in it. `mask` has the text's length; in it, addresses are 'u' and the words
    of quotations 'q'."""

    text: str
    mask: str
    urls: tuple[Span, ...]
    quotes: tuple[Quote, ...]

    def quotes_in(self, span: Span) -> list[Quote]:
        return [q for q in self.quotes if span.contains(q.outer)]

    def cut(self, span: Span) -> Scan:
        """The scan of the words at `span` alone: what is read there takes no time by what stands around it."""
        by = -span.start
        urls = tuple(u.shift(by) for u in self.urls if span.contains(u))
        quotes = tuple(Quote(q.outer.shift(by), q.inner.shift(by), q.mark) for q in self.quotes_in(span))
        return Scan(span.slice(self.text), span.slice(self.mask), urls, quotes)


def scan(text: str) -> Scan:
    """Find the addresses and the quotations of a text."""
    urls = tuple(_urls(text))
    hidden = _fill(text, urls, "u")
    quotes = tuple(_quotes(hidden))
    return Scan(text, _fill(hidden, [q.inner for q in quotes], "q"), urls, quotes)


def _fill(text: str, spans: tuple[Span, ...] | list[Span], by: str) -> str:
    for span in spans:
        text = text[: span.start] + by * len(span) + text[span.end :]
    return text


def _urls(text: str) -> Iterator[Span]:
    for found in _URL.finditer(text):
        address = found.group().rstrip(".,;:!?'’]」』")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,;")
        end = found.start() + len(address)
        while end == found.end() and (more := _broken(text, end)):
            end = more
        yield Span(found.start(), end)


def _broken(text: str, end: int) -> int | None:
    """Where the address that stops at `end` goes on to, if a line end broke it: behind a mark that ends none, or before
    one that begins no word."""
    more = _GOES_ON_AT.match(text, end)
    if not more:
        return None
    rest = more["rest"].rstrip(".")
    before = text[end - 1]
    inside = re.search(r"[\w][./_=&%-][\w]|\w/$|^[\w-]*\d[\w-]*$", rest)
    goes_on = (
        (rest[:1] in "/?&=%" and len(rest) > 1)
        or (before in "-_=&%" and re.match(r"[a-z0-9]", rest))
        or (before in "/?." and inside and re.match(r"[a-z0-9]", rest) and not re.match(r"\d{1,4}[.,]?$", rest))
    )
    return more.start("rest") + len(rest) if goes_on else None


def _quotes(text: str) -> Iterator[Quote]:
    at = 0
    while at < len(text):
        mark = text[at]
        end = -1
        if mark in _OPEN:
            end = text.find(_OPEN[mark], at + 1)
            if (
                mark == "“"
                and (again := text.find("“", at + 1)) != -1
                and end > again
                and text.find("”", end + 1) == -1
            ):
                end = -1  # a mark that was never closed
        elif mark == '"':
            end = text.find('"', at + 1)
        elif mark == "‘" and (at == 0 or not text[at - 1].isalnum()):
            found = _SINGLE_END.search(text, at + 1)
            end = found.start() if found else -1
        elif mark == "'" and (at == 0 or not text[at - 1].isalnum()) and _STRAIGHT.match(text, at):
            found = _STRAIGHT_END.search(text, at + 2)
            end = found.start() if found else -1
        elif mark == "<" and (angled := _ANGLES.match(text, at)):
            end = angled.end() - 1
        if end > at + 1:
            yield Quote(Span(at, end + 1), Span(at + 1, end), mark)
            at = end
        at += 1


def sentences(found: Scan) -> list[Span]:
    """The sentences of a note. One that begins with what belongs to the citation before it ('Accessed: …',
    '[Online].') is joined to that."""
    mask, cuts = found.mask, [0]
    for end in _SENTENCE.finditer(mask):
        before = mask[max(0, end.start() - 400) : end.start() + 1]
        if mask[end.start()] == "." and _abbreviated(before[-40:], mask[end.end() : end.end() + 40]):
            continue
        if _depth(mask[cuts[-1] : end.start()]) > 0:
            continue
        if end.group()[:2] in ("?”", "!”", '?"', '!"') and not re.match(r"[\"“]", mask[end.end() : end.end() + 1]):
            continue  # a title that asks
        if (
            mask[end.start()] in "?!"
            and _ASKING_TITLE.search(before)
            and _DATED.match(mask[end.end() : end.end() + 160])
        ):
            continue  # the same without quotation marks
        if not _GOES_ON.match(found.text, end.end()):
            cuts.append(end.end())
    cuts.append(len(mask))
    return [Span(a, b) for a, b in pairwise(cuts) if b > a]


def _abbreviated(before: str, after: str) -> bool:
    if re.search(r"(?:U\.S|U\.K|E\.U|U\.N|D\.C|Inc|Co|Corp|Ltd|al|Cong|sess|Jr|Sr)\.$", before):
        # These end sentences too: a pronoun or article behind them begins a new one.
        return not re.match(
            r"(?:The|This|These|It|In|For|See|A|An|As|However|By|Under|At|To|If|Although|Such|Sections?|Data)\s", after
        )
    if _NUMBER_END.search(before):
        if re.search(r"\b\d{4}\.$", before) and re.match(r"\d{1,2}\.", after):
            return True  # '2024. 3. 4.'
        return bool(re.search(r"(?:^|[\s(;])\d{1,2}\.$|\b\d{4}\. ?\d{1,2}\.$", before)) and not re.match(
            r"[A-Z가-힣]", after
        )
    return bool(_ABBREVIATIONS.search(before))


def _depth(text: str) -> int:
    return sum((c in "([") - (c in ")]") for c in text)


def parts(found: Scan, span: Span) -> list[Span]:
    """A sentence cut at the semicolons that part works: not those inside brackets, quotations or addresses."""
    cuts, depth = [span.start], 0
    for at in range(span.start, span.end):
        character = found.mask[at]
        depth = max(0, depth + (character in "([") - (character in ")]"))
        ends = character == ";" and depth == 0 and found.mask[at + 1 : at + 2].isspace()
        if ends and not re.match(
            r";\s+(?:(?:19|20)\d\d(?:[.,;:]|$)|data (?:accessed|downloaded))", found.mask[at : at + 40]
        ):
            cuts.append(at + 1)
    cuts.append(span.end)
    return [trimmed(found.text, Span(a, b)) for a, b in pairwise(cuts) if found.text[a:b].strip(" ;.")]


def trimmed(text: str, span: Span, edge: str = " \t\n\xa0") -> Span:
    """The span without white space, or what else stands in `edge`, at its ends."""
    start, end = span.start, span.end
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return Span(start, end)
