"""An entry of a list of references: family name first, or a year behind the author (APA, Harvard, author-date lists,
Vancouver). Its title and its container are sentences of their own.
"""

from __future__ import annotations

import re

from assistant.sources import fields
from assistant.sources.dates import DATE, iso
from assistant.sources.draft import Draft
from assistant.sources.kinds import settle
from assistant.sources.people import Names, inverted, is_institution, is_namey, is_person, names
from assistant.sources.scan import BOOK_QUOTES, Scan, trimmed
from assistant.sources.tails import take_tail
from assistant.types import Span

_YEAR_BRACKET = re.compile(
    rf"(?:[.,]?\s+|(?<=[가-힣.])|(?<=[a-z]))\((?P<date>{DATE}|n\.d\.|in press|forthcoming|연도미상)(?:, (?P<more>[^()]+))?\)\s*[.,:]?\s*"
)
_YEAR_BARE = re.compile(rf"\.?\s*(?P<date>{DATE})\.\s+")
_ONLY_PAGES = re.compile(rf"(?:\bpp?\.\s*)?(?:{fields.PAGES})\s?(?:쪽|면)?\s*(?:[.;)]|$)(?!\d)")
"""Where a note points to, and no title."""
_SENTENCE_END = re.compile(r"(?<!\bNo)(?<!\bVol)(?<!\bvs)(?<!\bSt)(?<!U\.S)[.?!](?=\s+[A-Z가-힣(\[<\d]|\s+u{8}|\s*$)")
_IN_BOOK = re.compile(
    r"^\s*[Ii]n:?\s+(?:(?P<editors>[^()]{3,160}?)(?:\s*\((?:[Ee]ds?\.?|[Ee]ditors?|편)\)[,.]?|,\s*(?:editors?|eds?)[.,])\s*)?(?P<book>[^(.]+?)"
    r"(?=\s*\(|\.|,\s*(?:\d|pp?\.|vol\.|edited|eds?\.|trans|in [A-Z])|$)"
)


def listed(found: Scan, span: Span, head: bool = False) -> Draft | None:
    """An entry of a list of references (family name first, or a year behind the author); else None. With `head` no
    more of it is read than tells that it is one."""
    text, mask = found.text, found.mask
    marker = re.compile(r"\s*(?:\[\d+\]|\d{1,3}\.)\s+").match(mask, span.start, span.end)
    start = marker.end() if marker else span.start
    for shape in (_YEAR_BRACKET, _YEAR_BARE):
        if (year := shape.search(mask, start, min(span.end, start + 400))) and (
            made := _dated_head(found, Span(start, year.start()), shape is _YEAR_BARE, year.group()[:1] == ".")
        ):
            if not re.match(r"[\"“‘'「『A-ZÀ-Þ\d가-힣]", mask[year.end() : year.end() + 1]):
                continue
            if _ONLY_PAGES.match(mask, year.end(), span.end):
                continue  # 'Bank of Korea, Monetary Policy Report (2024), 12.': what stands before the year is the title
            draft = Draft(found, Span(start, span.end))
            draft.name(*made)
            if date := iso(year["date"]):
                draft.put("issued", Span(*year.span("date")), date)
            draft.take(Span(start, year.end()))
            if head:
                return draft
            return _entry(draft, year.end(), mask[year.start() : year.end()].rstrip().endswith(","))
    dots = [d.start() for d in re.compile(r"\.(?=\s)").finditer(mask, start, min(span.end, start + 300))]
    for dot in dots:
        rest = re.compile(r"\.\s+(?=[\"“‘「『A-Z\d])").match(mask, dot, span.end)
        if not rest or rest.end() >= span.end - 3:
            continue
        who = Span(start, dot)
        said = who.slice(text)
        if re.match(r"[A-Z]\.", said):
            break  # given names first
        run_in = inverted(text, who, run_in=True)
        if run_in and len(run_in[0]) == 1 and re.match(r"[A-ZÀ-Þ][\w’-]+(?:,| and | et al)", found.text[rest.end() :]):
            continue  # 'Bruce A. Blonigen, …': a middle initial
        turned = run_in or inverted(text, Span(start, dot + 1))
        if turned is None and marker and is_institution(said) and is_namey(said):
            turned = names(text, who)
        if not turned or (
            not run_in
            and re.search(r" [A-Z]$", said)
            and "“" not in mask[rest.end() : rest.end() + 2]
            and re.match(r"[A-Z]\.", mask[rest.end() :])
        ):
            continue
        draft = Draft(found, Span(start, span.end))
        draft.name(*turned)
        draft.take(Span(start, rest.end()))
        made_entry = _entry(draft, rest.end(), False)
        if made_entry and {"issued", "url", "doi", "volume"} & made_entry.values.keys():
            return made_entry
    return None


def _dated_head(found: Scan, head: Span, bare: bool, parted: bool) -> tuple[Names, bool] | None:
    head = trimmed(found.text, head, " ,\t\n")
    if editors := re.search(
        r",?\s*\((?:[Ee]ds?\.?|[Ee]ditors?|편저?|엮음)\)$|,\s*(?:eds?|editors?)\.?$", head.slice(found.text)
    ):
        head = Span(head.start, head.start + editors.start())
    said = head.slice(found.text)
    if not said or len(said) > 300 or any(c in said for c in "“”()[]「『"):
        return None
    if turned := inverted(found.text, head):
        return turned
    if run_in := inverted(found.text, head, run_in=True):
        return run_in
    if bare and not parted:
        return None  # 'Fleet Census 2018.': a title with its year
    said = re.sub(r",?\s*(?:\bet al\b\.?|외.*$)", "", said).rstrip(" .")
    if "." in re.sub(r"\b[A-Z]\.|U\.S\.", "", said) or not is_namey(said):
        return None
    halves = [h for h in re.split(r"\s*[·ㆍ,;]\s*(?:and\s+)?|\s+and\s+|\s+&\s+", said) if h]
    if is_institution(said) or all(is_person(h) for h in halves) or (not bare and len(said.split()) == 1):
        return names(found.text, trimmed(found.text, head, " .,\t\n"))
    return None


def _entry(draft: Draft, begin: int, commas: bool) -> Draft | None:
    """Title and all behind it, of a list's entry whose authors are taken."""
    found, mask = draft.found, draft.found.mask
    quote = next((q for q in found.quotes if q.outer.start == begin), None)
    if quote:
        draft.title(quote.inner)
        end = quote.outer.end
        other = next((q for q in found.quotes if q.outer.start >= end and q.mark in BOOK_QUOTES), None)
        if other and other.outer.start - end < 12:
            draft.put("container", other.inner)
            draft.take(other.outer)
    else:
        stop = None
        if commas:
            stop = re.compile(r",\s+(?=[A-Z가-힣\d]|u{8}|pp?\.|vol|no)").search(mask, begin, draft.span.end)
            draft.doubt("title")
        stop = (
            stop
            or _SENTENCE_END.search(mask, begin, draft.span.end)
            or re.compile(r"$").search(mask, begin, draft.span.end)
        )
        end = stop.start() + (stop.group()[:1] in "?!" and bool(stop.group())) if stop else draft.span.end
        said = mask[begin:end]
        if aside := re.search(
            r"\s*[(\[](?:[^()\[\]]*(?:\bNo\.|\bed\b|edn|[Rr]eport|[Pp]aper|[Dd]ata ?set|[Dd]issertation|thesis|[Pp]ress release|[Ss]tatistics|[Ff]ile|Version|학위)[^()\[\]]*)[)\]].*$",
            said,
        ):
            end = begin + aside.start()
        draft.title(Span(begin, end))
    if "title" not in draft.values:
        return None
    draft.take(Span(begin, end))
    if book := _IN_BOOK.match(draft.rest[end:].replace("\x00", " ").lstrip(". ,")):
        skip = len(draft.rest[end:]) - len(draft.rest[end:].replace("\x00", " ").lstrip(". ,"))
        draft.put("container", Span(end + skip + book.start("book"), end + skip + book.end("book")))
        draft.take(Span(end, end + skip + book.end("book")))
        draft.type = "chapter"
        fields.take_hands(draft, end)
        if page := re.compile(r"[,\x00]\s*(?P<page>\d+[-–]\d+)(?=\.\s|\.?$)").search(draft.rest, end):
            draft.put("page", Span(*page.span("page")), fields.pages(page["page"]))
            draft.take(Span(*page.span()))
    take_tail(draft, end, book=quote is None or quote.mark in BOOK_QUOTES, stops=r",\s+|\.\s+|;\s*|\x00+|\.$")
    return settle(draft)
