"""The fields behind a title: where and when a work appeared, its volume and pages, its address.

Each style writes them in another order, so each is taken by its own shape wherever it stands; what no shape takes
is the container or the publisher.
"""

from __future__ import annotations

import re

from assistant.sources.dates import DATE, FULL_DATE, iso
from assistant.sources.draft import BLANK, Draft
from assistant.sources.scan import trimmed
from assistant.types import Span

PAGES = r"(?:[A-Z]{0,4}-?)?\d+(?:\s?[-–—~]\s?(?:[A-Z]{0,4}-?)?\d+)?(?:, ?(?!(?:1[6-9]|20)\d\d\b)\d+(?:[-–]\d+)?)*|[xvi]+(?:[-–][xvi]+)?|e\d+(?:[-–]e?\d+)?"
_DOI = re.compile(
    r"(?:\bdoi:?\s*|https?://(?:dx\.)?doi\.org/)+(10\.\d{4,9}/(?:\(SICI\)[^\s\"”\x00]+|[^\s<>;\"”\x00]+))",
    re.IGNORECASE,
)
_ACCESS = r"(?:last\s+)?(?:accessed|retrieved|viewed|downloaded|visited|검색일|접속일|접근일|방문일|최종 ?접속일)"
_ACCESSED = re.compile(
    rf"[\[(]?\b(?:data\s+)?{_ACCESS}\s*(?:on|:|：)?\s*({DATE})\s*[\])]?|[\[(]?({FULL_DATE})\s*(?:접속|검색|접근|accessed)[\])]?",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    rf"\(?\b(?:last\s+|data\s+)?(?:updated|modified|revised|as of)(?:\s+on)?\s+({DATE})\)?", re.IGNORECASE
)
_ALIAS = re.compile(
    r"[\[(](?:hereina?fter|henceforth)(?: (?:referred to as|cited as|called))?,? (?P<alias>[^)\]]+)[)\]]|\(이하 ['‘「“]?(?P<korean>[^)'’」”]+)['’」”]?\)",
    re.IGNORECASE,
)
_REPORTER = r"(?P<volume>\d{1,3}) (?P<container>[A-Z][\w.&’']*(?: (?:[A-Z&][\w.&’']*|of|and|the)){0,7}) (?P<page>\d{1,5})(?:, (?P<locator>\d+(?:[-–]\d+)?))? \((?P<issued>[^()]*\d{4})\)"
_NUMBERS: tuple[re.Pattern[str], ...] = (
    re.compile(r"[(\[](?P<issued>\d{4})[)\]],? (?P<volume>\d{1,3})(?: ?\((?P<issue>\d+)\))? (?P<container>[A-Z][\w.&’']*(?: (?:[A-Z&][\w.&’']*|of|and|the|for|on|in)){0,9}) (?P<page>\d{1,5})(?:, (?P<locator>\d+(?:[-–]\d+)?))?(?=[\s,.;)]|$)"),
    re.compile(rf"(?<=, ){_REPORTER}"),
    re.compile(r"(?:notice |rule )?(?:published |issued )?(?:in the )?(?P<volume>\d{2,3}) (?P<container>Federal Register|Fed\. Reg\.) (?P<page>\d[\d,–-]*\d)"),
    re.compile(rf"(?:\b[Vv]ol\. )?(?P<volume>\d+), no\. (?P<issue>\d[\w/–-]*)\s*\((?P<issued>[^()]*\d{{4}}[^()]*)\)(?:\s*:\s*(?P<page>{PAGES}))?"),
    re.compile(rf"\bvol(?:ume|s)?\.? (?P<volume>\d+),?\s*(?:\(?(?:no|issue|iss|nr)\.? (?P<issue>\d[\w/–-]*)\)?)?,?\s*(?:\((?P<issued>[^()]*\d{{4}}[^()]*)\))?(?:\s*:\s*(?P<page>{PAGES}))?", re.IGNORECASE),
    re.compile(rf"(?P<issued>\d{{4}}(?: [A-Z][a-z]{{2,8}}(?: \d{{1,2}})?)?);\s?(?P<volume>\d+)(?:\s?\((?P<issue>[^()]+)\))?:\s?(?P<page>{PAGES})"),
    re.compile(rf"(?P<volume>\d+)\s?\((?P<issue>\d{{1,3}}(?:[-–/]\d+)?|[Ss]\d+|Suppl\.? ?\d*)\)(?:\s*[:,]\s*(?!(?:1[6-9]|20)\d\d[,.)])(?:pp?\.\s*|Article )?(?P<page>{PAGES}))?"),
    re.compile(rf"(?P<volume>\d+)\s?\((?P<issued>(?:[A-Z][a-z]+ )?\d{{4}})\)(?:\s*:\s*(?P<page>{PAGES}))?"),
    re.compile(r"제?\s?(?P<volume>\d+)\s?[권집]\s?,?\s?(?:제?\s?(?P<issue>\d+)\s?호)?"),
    re.compile(r"(?<![\d-])(?:통권\s?)?제?\s?(?P<issue>\d+)\s?호"),
    re.compile(rf"(?P<volume>\d+), (?:no|issue)\.? (?P<issue>\d[\w/–-]*)(?:\s*:\s*(?P<page>{PAGES}))?"),
    re.compile(r"(?<=[^\d\x00] )(?P<volume>\d{1,3})\s?:\s?(?P<page>\d+[-–]\d+)"),
    re.compile(rf"\((?P<issued>\d{{4}})\)\s*:\s*(?P<page>{PAGES})"),
    re.compile(r"(?<=[a-z], )(?P<volume>\d{1,3}), (?:pp?\. )?(?P<page>\d+[-–]\d+)"),
    re.compile(r"\b(?:no|issue)\.? (?P<issue>\d[\w/–-]*)(?=[,.\s(;]|$)"),
)  # fmt: skip
_PAGE = re.compile(
    rf"(?:\bat )?\bpp?\. ?(?P<a>{PAGES})|(?<=\d)\x00*: ?(?P<b>\d+[-–]\d+)|(?P<c>\d+(?:[-–~]\d+)?)\s?(?:쪽|면)|\bat (?P<d>\d+(?:[-–]\d+)?)\b(?! [A-Z])"
)
_TRAILING_PAGE = re.compile(
    r"(?:^|[,:\x00])\s*(?P<page>\d{1,4}(?:[-–]\d{1,4})?(?:, ?(?!(?:1[6-9]|20)\d\d\b)\d{1,4}(?:[-–]\d{1,4})?)*)\s*\.?\s*$"
)
_EDITION = re.compile(
    r"\((?:\d+(?:st|nd|rd|th)|revised|rev\.|second|third) (?:ed(?:ition|n)?\b\.?)\)|\b(?:\d+(?:st|nd|rd|th)|revised|rev\.|second|third) (?:ed(?:ition|n)?\b\.?)",
    re.IGNORECASE,
)
_CONGRESS = re.compile(r"\b\d+(?:st|nd|rd|th) Cong(?:ress|\.)(?:,? \d(?:st|nd|rd|th) [Ss]ess(?:ion|\.))?")
_NUMBER = re.compile(
    r"\b(?:(?:Public Law|Pub\. ?L\.(?: No\.)?|P\. ?L\.) \d+[-–]\d+|[HS]\. ?(?:Rept|Doc|Hrg)\. (?:No\. )?\d+[-–]\d+|Executive Order \d+|"
    r"(?:GAO|GAO/[A-Z]+|OIG|EPA|DOE|NBER|RL|M|BIS|OECD/LEGAL)-\d[\w-]*|[A-Z]{2,6}-\d{4,}|WP/\d+/\d+|ISBN [\d-]+|Docket No\.?:? [\w-]+)"
)
_DOCKET = re.compile(
    r"\b(?:Inv(?:estigation)?\.? Nos?\.? [\w-]+(?: (?:and|through) [\w-]+)?(?: \((?:Final|Preliminary|Review|Remand)\))?)"
)
_SYMBOL = re.compile(
    r"\b(?:(?:COM|SWD|SEC|JOIN) ?\(\d{4}\) ?\d+(?: final)?|[A-Z]{1,8}(?:/[A-Z\d.-]+){1,4}/\d+(?:/Add\.\d+)?)\b"
)
"""What the European Commission and the United Nations number their papers by."""
_IN_SERIES = re.compile(
    r"(?:\b(?:Papers?(?: Series)?|(?:Policy|Issue|Research) Briefs?|Reports?|Memorandum|Publication|Circular|Technical Note)|보고서|연구자료|연구총서|정책연구|조사자료)[ ,]+(?P<whole>(?:[Nn]o\. ?)?(?P<number>[A-Z]{0,3}\d[\w/–-]*+))(?!\s*\((?:[A-Z]\w+ )?\d{4}\)\s*:)"
)
_SERIES_NUMBER = re.compile(r"\((?:(?:Report |Paper )?No\. ?)?(?P<number>\d{4}/\d+|(?<=No\. )\d+)\)")
_CITY = re.compile(
    r"(?:[A-Z][a-z]+ )*[A-Z][a-z]+(?:, [A-Z]{2,3}\b)+: (?P<publisher>[A-Z][^:,\x00]+?(?:\b(?:Inc|Co|Ltd|Corp)\.)?)(?=\.?\s*(?:$|[:,\x00])|\.\s)"
)
_GENRE = re.compile(
    r"\[(?!\d{4}\])(?:[^\]]{3,60})\]|\((?:blog|weblog|podcast|database|data ?set|데이터베이스|보도자료|press release)\)|notice issued in the Federal Register on|white paper|blog post|(?<=\()(?:working|discussion|research|policy|staff|technical|issue) (?:paper|brief|report|note)s?(?=,)|no (?:publishing )?date provided|issued(?= [A-Z]|,)|\b(?:presentation(?: video)?|speech|remarks|press release|hearing|report(?= to|,)|committee print|unpublished manuscript|mimeo|"
    r"(?:PhD|Ph\.D\.|DPhil|doctoral|master[’']s|MA|MSc|MPhil) (?:diss(?:ertation)?\b\.?|thesis)|박사 ?학위 ?(?:청구 ?)?논문|석사 ?학위 ?(?:청구 ?)?논문|보도자료|웹사이트|온라인)"
    r"(?:\s+(?:at|to|before|for|delivered at|presented at) (?:the )?)?",
    re.IGNORECASE,
)
_NAME = r"[A-ZÀ-Þ][\w’'.-]*(?: (?:(?:de|del|della|di|da|van|von|der|den|la|le|al|bin) )*[A-ZÀ-Þ][\w’'.-]*){1,4}"
_HANDS = re.compile(
    r"(?<!nd )(?<!rd )(?<!th )(?<!st )(?<!rev\. )(?<!revised )(?<!second )(?<!third )"
    r"\b(?:(?:edited|translated|compiled|introduced) (?:and (?:edited|translated|introduced) )?by|(?:ed|eds|trans|comp)\.(?: and (?:ed|eds|trans)\.)?(?: by)?)"
    rf"\s+{_NAME}(?:(?:, {_NAME})*,? (?:and|&) {_NAME}|,? et al\.)?"
)
"""Who edited or translated a work, and is not its author."""
_SECTION = re.compile(
    r",\s*(?:sec(?:tion|t\.|\.)|col(?:umn|\.)|late edition|chap(?:ter|\.)) ?[A-Z\d]*\b\.?(?=\s*[,.;)]|\s*$)",
    re.IGNORECASE,
)
_PREPARED = re.compile(r"\bprepared (?:by|for) [^,;()\x00]+")
_NEWS_PAGE = re.compile(r",\s*(?P<page>[A-Z]\d{1,3})(?=\s*[,.;]|\s*$)")
_ESPECIALLY = re.compile(r"\besp(?:\.|ecially)\s*(?:pp?\. ?)?(?P<page>\d+(?:[-–]\d+)?(?:, \d+(?:[-–]\d+)?)*)")
_TABLE = re.compile(
    r",\s*(?:[Tt]able|[Ff]ig(?:ure|\.)|[Bb]ox|[Cc]hart|[Aa]nnex|[Aa]ppendix)s? ?[A-Z\d.]*(?=\s*[,.;)]|\s*$)"
)
CITIES = frozenset(
    "Amsterdam Ankara Athens Baltimore Bangkok Basel Beijing Berkeley Berlin Bern Bonn Boston Brussels Budapest Busan Cairo Cambridge Canberra "
    "Chicago Copenhagen Delhi Dublin Edinburgh Frankfurt Geneva Glasgow Hague Hamburg Hanoi Helsinki Jakarta Lagos Leiden Leipzig Lisbon London "
    "Madrid Manila Milan Montreal Moscow Munich Nairobi Oslo Ottawa Oxford Paris Philadelphia Prague Princeton Rome Rotterdam Sejong Seoul Shanghai "
    "Singapore Stockholm Sydney Taipei Tokyo Toronto Vienna Warsaw Washington Zurich 서울 세종 부산 대전 대구 파주 인천 광주 과천 수원 성남 고양".split()
) | {
    "New York",
    "New Delhi",
    "Hong Kong",
    "The Hague",
    "Los Angeles",
    "San Francisco",
    "Kuala Lumpur",
    "Buenos Aires",
    "Washington, DC",
    "Washington, D.C.",
}
"""Where much is published: such a word between a title and a year is a place, and no container."""
_JOIN = re.compile(
    r"^(?:[\s,.;:()]|\b(?:available(?: at)?|at|in|and|from|on|URL|Online|also)\b(?=\s|$|[:.,]))+|[\s,;:(]+$"
)
_PLACE = r"(?:[A-Z][\w.’'-]*(?:[ ,]+(?:[A-Z][\w.’'-]*|and|&|upon|de|on|-))*|[가-힣]{2,6})"
_PUBLISHED = re.compile(rf"^(?P<place>{_PLACE}): (?P<publisher>[A-Z가-힣][^:]+)$")
_PAREN = re.compile(r"\((?P<inner>[^()]*)\)")


def take_addresses(draft: Draft) -> None:
    """DOI and URL, with what introduces them."""
    for found in _DOI.finditer(draft.rest):
        said = found.group(1).rstrip(".,;>]")
        while said.endswith(")") and said.count("(") < said.count(")"):
            said = said[:-1].rstrip(".,;>]")
        draft.put("doi", Span(found.start(1), found.start(1) + len(said)), said)
        draft.take(Span(found.start(), found.start(1) + len(said)))
    for span in draft.found.urls:
        if draft.span.contains(span) and draft.rest[span.start] != BLANK:
            draft.put("url", span, re.sub(r"\s", "", span.slice(draft.text)))
            draft.take(span)
    draft.rest = re.sub(r"<(\x00+)>|\[(?:Online)\]", lambda m: BLANK * len(m.group()), draft.rest)
    draft.rest = re.sub(
        r"(?:\b(?:available|retrieved|data available|출처)(?: (?:at|from|online at))?:?|\bURL:?|\bat)\s*(?=\x00)",
        lambda m: BLANK * len(m.group()), draft.rest, flags=re.IGNORECASE,
    )  # fmt: skip


def take_alias(draft: Draft) -> None:
    """'(hereinafter …)': the name that later notes use."""
    if found := _ALIAS.search(draft.rest):
        group = "alias" if found["alias"] else "korean"
        draft.put("alias", trimmed(draft.text, Span(*found.span(group)), " ,.“”‘’\"'"))
        draft.take(Span(*found.span()))


def take_access(draft: Draft) -> None:
    """When the address was looked at, and when the page was last changed (which stands for its date)."""
    if found := _ACCESSED.search(draft.rest):
        group = 1 if found.group(1) else 2
        draft.put("accessed", Span(*found.span(group)), iso(found.group(group)))
        draft.take(Span(*found.span()))
    if found := _UPDATED.search(draft.rest):
        earlier = re.search(FULL_DATE, draft.rest[: found.start()])
        if not earlier:
            draft.put("issued", Span(*found.span(1)), iso(found.group(1)))
        draft.take(Span(*found.span()))


def take_hands(draft: Draft, begin: int) -> None:
    """Editors, translators, and the parts of a newspaper or book that a note points to: no field holds them."""
    for shape in (_HANDS, _PREPARED, _SECTION, _TABLE):
        for found in shape.finditer(draft.rest, begin):
            draft.take(Span(*found.span()))
            if shape is _HANDS and found.group().startswith("ed"):
                draft.genre = f"{draft.genre} edited".strip()
    if page := _ESPECIALLY.search(draft.rest, begin) or _NEWS_PAGE.search(draft.rest, begin):
        draft.put("locator", Span(*page.span("page")), pages(page["page"]))
        draft.take(Span(*page.span()))


def take_numbers(draft: Draft, begin: int) -> None:
    """Volume, issue, pages, date and the numbers of laws and reports, from `begin` on."""
    head, tail = draft.rest[:begin], draft.rest[begin:]

    def taken(found: re.Match[str]) -> None:
        for name, value in found.groupdict().items():
            if value is None:
                continue
            span = Span(begin + found.start(name), begin + found.end(name))
            if name == "issued":
                if (date := re.search(DATE, value)) and "issued" not in draft.values:
                    draft.put("issued", Span(span.start + date.start(), span.start + date.end()), iso(date.group()))
            elif name == "page":
                draft.put("page", span, pages(value))
            else:
                draft.put(name, span)

    def blank(pattern: re.Pattern[str], put: str | None = None, group: str | int = 0, only: str | int = 0) -> None:
        nonlocal tail
        if found := pattern.search(tail):
            if put:
                draft.put(put, Span(begin + found.start(group), begin + found.end(group)))
            tail = tail[: found.start(only)] + BLANK * len(found.group(only)) + tail[found.end(only) :]

    blank(_CITY, "publisher", "publisher")
    blank(_DOCKET)
    blank(_NUMBER, "number")
    blank(_SYMBOL, "number")
    blank(_CONGRESS)
    blank(_EDITION)
    blank(_SERIES_NUMBER, "number", "number")
    blank(_IN_SERIES, "number", "number", "whole")
    for shape in _NUMBERS:
        if ("volume" in draft.values or "issue" in draft.values) and "volume" in shape.groupindex:
            continue
        if "issue" in draft.values and "issue" in shape.groupindex:
            continue
        if numbers := shape.search(tail):
            taken(numbers)
            tail = tail[: numbers.start()] + BLANK * len(numbers.group()) + tail[numbers.end() :]
    if "page" not in draft.values and (found := _PAGE.search(tail)):
        name = next(n for n, v in found.groupdict().items() if v)
        place = "page" if "volume" in draft.values or "issue" in draft.values else "locator"
        draft.put(place, Span(begin + found.start(name), begin + found.end(name)), pages(found[name]))
        tail = tail[: found.start()] + BLANK * len(found.group()) + tail[found.end() :]
    draft.rest = head + tail


def take_dates(draft: Draft, begin: int) -> None:
    """The date of publication, and the publisher in brackets with it."""
    for bracket in re.compile(_PAREN).finditer(draft.rest, begin):
        inner = Span(*bracket.span("inner"))
        said = bracket["inner"].replace(BLANK, " ")
        date = re.search(rf"{DATE}(?=[^\w]*$)|(?<!\d)(?:1[6-9]|20)\d\d(?=[-–/]\d{{2,4}}\s*$)", said)
        if date and (span := re.search(r"\d{4}(?=[-–/]\d{2,4}\s*$)", said)):
            date = span
            draft.doubt("issued")
        if date:
            if "issued" not in draft.values:
                draft.put("issued", Span(inner.start + date.start(), inner.start + date.end()), iso(date.group()))
            before = trimmed(draft.rest, Span(inner.start, inner.start + date.start()), " ,;:\t" + BLANK)
            said = before.slice(draft.rest)
            if said and BLANK not in said and re.match(r"[^\Wa-z_]\w|[a-z]\w*[A-Z]", said):
                place = _PUBLISHED.match(said)
                draft.put("publisher", Span(before.start + place.start("publisher"), before.end) if place else before)
            elif said and BLANK in said:
                draft.doubt("publisher")
            draft.take(Span(*bracket.span()))
    if "issued" in draft.values:
        for found in re.compile(FULL_DATE).finditer(draft.rest, begin):
            draft.take(Span(*found.span()))
        return
    whole = [*re.compile(FULL_DATE).finditer(draft.rest, begin)] or [
        f
        for f in re.compile(DATE).finditer(draft.rest, begin)
        if re.search(r"(?:[,.:;(\x00]\s*|^)$", draft.rest[: f.start()]) or not draft.rest[begin : f.start()].strip()
    ]
    if whole:
        last = whole[-1]
        draft.put("issued", Span(*last.span()), iso(last.group()))
        draft.take(Span(*last.span()))
        if len(whole) > 1:
            draft.doubt("issued")
    elif years := re.compile(r"\(?\b((?:1[6-9]|20)\d\d)[-–]\d{2,4}\b\)?").search(draft.rest, begin):
        draft.put("issued", Span(*years.span(1)))
        draft.doubt("issued")
        draft.take(Span(*years.span()))
    elif none := re.compile(r"\b(?:n\.d\.|forthcoming|in press)", re.IGNORECASE).search(draft.rest, begin):
        draft.take(Span(*none.span()))


def take_last_page(draft: Draft, begin: int) -> None:
    """A bare number at the very end: the page that the note points to."""
    tail = draft.rest[begin:].rstrip(" ." + BLANK)
    if found := _TRAILING_PAGE.search(tail):
        span = Span(begin + found.start("page"), begin + found.end("page"))
        if "issued" not in draft.values and re.fullmatch(r"(?:1[6-9]|20)\d\d", found["page"]):
            draft.put("issued", span)
            draft.take(span)
            return
        has = "volume" in draft.values and re.search(r"[-–]", found["page"])
        draft.put("page" if has and "page" not in draft.values else "locator", span, pages(found["page"]))
        draft.take(Span(begin + found.start(), begin + found.end()))


def leftovers(draft: Draft, begin: int, stops: str = r",\s+|\x00+") -> list[Span]:
    """What no shape took, cut at commas; brackets and joining words are looked past."""
    found, at = [], begin
    tail = draft.rest
    for cut in [*re.compile(stops).finditer(tail, begin, draft.span.end), None]:
        end = cut.start() if cut else draft.span.end
        said = tail[at:end]
        left = _JOIN.match(said)
        start = at + (left.end() if left else 0)
        span = trimmed(draft.text, Span(min(start, end), end), ' ,;:.()[]<>\t\n“”"')
        if span.slice(tail).count("(") > span.slice(tail).count(")") and tail[span.end : span.end + 1] == ")":
            span = Span(span.start, span.end + 1)
        word = span.slice(tail).strip(BLANK)
        if re.search(r"[^\W\d_]{2}|\w\w", word) and not re.fullmatch(
            r"(?:at|in|and|from|on|the|data|passed|adopted|released|publication|Washington|D\.?C|eds?|by|see|참조|참고|재인용|available(?: at)?|pp?|edited|translated)\.?",
            word,
            re.IGNORECASE,
        ):
            found.append(span)
        at = cut.end() if cut else end
    return found


def take_genre(draft: Draft, begin: int) -> str | None:
    """What kind of thing the citation says that it is: 'presentation', 'PhD diss.'."""
    if found := _GENRE.search(draft.rest, begin):
        if re.match(r"\[[^\]]*[가-힣]", found.group()) or "\x00" in found.group():
            return None
        if school := re.search(r", (?P<name>[^,\]]*(?:University|College|Institute|School)[^\]]*)\]", found.group()):
            draft.put("publisher", Span(found.start() + school.start("name"), found.start() + school.end("name")))
        draft.take(Span(*found.span()))
        return found.group().strip("[] ").lower()
    return None


def publication(draft: Draft, chunk: Span) -> bool:
    """Take a leftover that reads 'Place: Publisher' (or '『Book』') for the publisher."""
    found = _PUBLISHED.match(chunk.slice(draft.text))
    if found:
        draft.put("publisher", Span(chunk.start + found.start("publisher"), chunk.end))
    return bool(found)


def pages(text: str) -> str:
    """A page range written out: '520–44' is '520–544'.

    >>> pages("520–44"), pages("18-20"), pages("S12–S19")
    ('520–544', '18–20', 'S12–S19')
    """
    text = re.sub(r"\s*[-–—~]\s*", "–", text.strip())
    found = re.fullmatch(r"(\d+)–(\d+)", text)
    if found and len(found[2]) < len(found[1]):
        return f"{found[1]}–{found[1][: len(found[1]) - len(found[2])]}{found[2]}"
    return text
