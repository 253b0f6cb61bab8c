"""One citation, read in the style that it is written in: title in quotation marks, title bare (a book or report),
or a list's entry with the author's family name first.
"""

from __future__ import annotations

import re

from assistant.sources import fields
from assistant.sources.dates import DATE, FULL_DATE, iso
from assistant.sources.draft import Draft
from assistant.sources.kinds import is_news, settle
from assistant.sources.laws import LAWFUL
from assistant.sources.lists import listed
from assistant.sources.people import Names, inverted, is_institution, is_namey, is_person, names, person, without_et_al
from assistant.sources.scan import BOOK_QUOTES, Quote, Scan, trimmed
from assistant.sources.tails import VERB, take_tail
from assistant.types import Person, Span

_KOREAN_VERB = re.compile(r"(?:하였다|했다|이다|있다|한다|된다|였다|없다)[.\s]")
_TITLE_END = re.compile(
    rf"\s[(\[](?=[^()\[\]]*(?:\d{{4}}|Report|Paper|No\.|hereina|ed\b|edn))|"
    rf"[,;]\s+[(\[]?(?=(?:{DATE}|vol\.|no\.|pp?\.|accessed|last |updated|retrieved|available|at u{{8}}|u{{8}}|<u|report,|report\b$|white paper|issued [A-Z]|no (?:publishing )?date|Docket|hearing|committee print|"
    r"\d+(?:st|nd|rd|th) (?:Cong|ed)|GAO-|GAO/|[A-Z]{2,6}-\d{4,}|by [A-Z]|prepared (?:by|for) |translated|trans\.|edited|ed\.|eds\.|data |downloaded|no publishing|Publication \d|Public Law|P\.L\.|"
    r"\d+[-–]\d+|working paper|Working Paper|press release|Inv\. No|COM ?\(|\d{1,3} [A-Z][\w.&’ ]{3,50} \d{1,5}(?:, \d+(?:[-–]\d+)?)? \([^()]*\d{4}\)|PhD|Ph\.D|[HS]\.Rept|doi|DOI|M-\d|\d+\s*쪽|pp|Inc\.))|"
    r"\s<?u{10}|\?\s(?=[A-Z][^,]*\b(?:Papers?|Series|Reports?)\b[^,]*\d)|\.\s+(?=<?u{10}|[Aa]ccessed|Available|\[|\d+(?:st|nd|rd|th) ed|[A-Z][a-z]+: )"
)  # fmt: skip
_PUBLISHER = re.compile(
    r",\s+(?P<name>[^,]*\b(?:Press|Laboratory(?: \([A-Z]+\))?|Publishing|Publishers?|Books|Verlag|University|Institute|Institution|출판사|출판부|출판|연구원|은행|학회|문화사|서점))$"
)
_GENRE_BEFORE = re.compile(
    r"[\s,]+(?P<genre>보도 ?자료|보도참고자료|설명자료|[Pp]ress [Rr]elease|[Nn]ews [Rr]elease)[\s,:]*$"
)
"""What kind of thing it is, between its author and its title."""
_FRONT = re.compile(
    r"(?P<part>[Ii]ntroduction|[Ff]oreword|[Pp]reface|[Aa]fterword|[Pp]rologue|[Ee]pilogue) to (?=[A-ZÀ-Þ])"
)
_ORDER = re.compile(
    rf"(?P<number>(?:Executive Order|E\.O\.|(?:Presidential )?(?:Proclamation|Memorandum|Determination))(?: No\.)?(?: \d+)?)(?: of {FULL_DATE})?,?$"
)
_SPELL = re.compile(r"\s*\((?:from|since|between|until|through|in|as of)\b")
"""When something was so, and no date of publication."""
_OFFICE_OF = re.compile(
    r"(?:[A-Z][\w.’-]+ ){0,3}(?:Ministry|Department|Committee|Council|Commission|Agency|Office|Bureau|Federation|Institute) (?:of|for|on) "
    r"[A-Z][\w’-]+(?: [A-Z][\w’-]+)?(?:, [A-Z][\w’-]+(?: [A-Z][\w’-]+)?){1,4},? and [A-Z][\w’-]+(?: [A-Z][\w’-]+)?(?=, [“‘\"'A-Z])"
)
"""An office of many things: 'Ministry of Trade, Industry and Energy', behind which a title stands."""
_PLACE = re.compile(r",\s+(?P<city>[^,]{3,20}(?:, D\.?C\.?)?)$")
_NAME_YEAR = re.compile(
    rf"(?P<who>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?(?: and [A-ZÀ-Þ][\w’'-]+)?|[가-힣]{{2,4}})(?P<more> et al\.| 외)?,? \(?(?P<year>(?:1[6-9]|20)\d\d[a-z]?)\)?,?\s*"
    rf"(?:(?:\bpp?\. ?(?P<page>{fields.PAGES})|(?P<bare>\d+(?:[-–]\d+)?))쪽?)?\s*\.?$"
)
_NAME_TITLE = re.compile(
    rf"(?P<who>[A-ZÀ-Þ][\w’'-]+(?:(?:, | and |, and )[A-ZÀ-Þ][\w’'-]+)*(?: et al\.)?|(?P<whole>[A-ZÀ-Þ][\w’'.-]+(?: [A-ZÀ-Þ][\w’'.-]+){{1,3}})|[가-힣]{{2,4}}(?: 외)?), (?P<title>[A-ZÀ-Þ가-힣][^,;()“]{{2,80}}), "
    rf"(?:pp?\. ?)?(?P<page>{fields.PAGES})쪽?\.?$"
)
_NUMBERED = re.compile(
    r"(?:Executive Order|E\.O\.|(?:Presidential )?Proclamation)(?: No\.)? \d|"
    r"(?:(?:Council|Commission|Delegated|Implementing|Framework) )*(?:Regulation|Directive|Decision) (?:\([A-Z, ]{2,12}\) )?(?:No\.? )?\d+/\d"
)
"""These are found by their numbers, as laws are."""
_YEAR_FIRST = re.compile(r"(?:1[6-9]|20)\d\d(?:, ?|$)")
_LETTER = re.compile(rf"(?P<title>(?:Letter|Memorandum|Email) (?:from|to) [^;]{{5,200}}?), (?={DATE})")
_CRS = re.compile(
    r"(?:CRS|Congressional Research Service)(?:,)? (?P<series>Report|In Focus|Insight|Legal Sidebar|Infographic|Testimony)s? (?P<number>[A-Z]{1,3}\d{4,5}|\d\d-\d{3}),? "
    r"(?P<title>.+?)(?P<end>,? by (?P<by>[A-Z][^,;]*(?:, [^;,]*)*?)(?=\.?$|, (?:p\.|pp\.|updated|[A-Z][a-z]+ \d)| \()|,? coordinated by .*|, (?=pp?\. )|, (?=[A-Z][a-z]+ \d{1,2}, \d{4})| \((?=here)|\.?$)"
)


def citation(found: Scan, span: Span) -> Draft | None:
    """The work that the words at `span` name, where they begin with its citation; else None."""
    for style in (_congressional, listed, _quoted, _plain):
        if draft := style(found, span):
            return draft
    return None


def _congressional(found: Scan, span: Span) -> Draft | None:
    said = _CRS.match(span.slice(found.mask))
    if not said:
        return None
    draft = Draft(found, span, type="report")
    at = span.start
    draft.name([(person("Congressional Research Service"), Span(at, at + 3))] if not said["by"] else [])
    if said["by"]:
        draft.name(*names(found.text, Span(at + said.start("by"), at + said.end("by"))))
    draft.put("number", Span(at + said.start("number"), at + said.end("number")))
    draft.put("container", Span(at, at + said.end("series")))
    draft.put("publisher", Span(at, at + 3), "Congressional Research Service")
    draft.title(Span(at + said.start("title"), at + said.end("title")))
    take_tail(draft, at + (said.end("end") if said["by"] else said.end("title")), container=False)
    return draft


def _quoted(found: Scan, span: Span) -> Draft | None:
    quotes = found.quotes_in(span)
    if not quotes:
        return None
    quote = quotes[0]
    if LAWFUL.search(found.text, quote.outer.start, quote.outer.end + 24):
        return None  # laws are found by their numbers
    inner, head = quote.inner.slice(found.text), Span(span.start, quote.outer.start)
    if len(inner) < 3 or (inner[0].islower() and not re.search(r"[가-힣]", inner)) or len(inner.split()) > 45:
        return None
    if (
        quote.mark not in "『《"
        and quote.inner.slice(found.text)[-1] not in ",.?!"
        and not re.match(
            r"[,.?!;:]?\s*(?:[A-Z(<\d\[가-힣『「u(]|in\b|at\b|available|accessed|last|vol|no\.|pp?\.|data|notice|$)",
            found.mask[quote.outer.end :].lstrip(","),
        )
    ):
        return None
    genre = _GENRE_BEFORE.search(head.slice(found.text))
    if genre:
        head = Span(head.start, head.start + genre.start())
    order = _ORDER.match(head.slice(found.text).strip(" ,"))
    made, more = ([], False) if order else _authors(found, head)
    if made is None:
        return None
    draft = Draft(found, span)
    if order:
        draft.put("number", Span(head.start, head.start + len(order["number"])))
        draft.type = "regulation"
    if genre:
        draft.genre = genre["genre"].lower()
    draft.name(made, more)
    for _, where in made:
        draft.take(where)
    draft.title(quote.inner)
    begin = quote.outer.end
    if (
        (bracket := re.match(r"\s*[\[(](?P<other>[^\[\]()]{3,})[\])]", found.text[begin:]))
        and "translation" not in draft.values
        and re.search(r"[가-힣]", inner)
        and re.search(r"[A-Za-z]{3}", bracket["other"])
        and not re.search(r"\d{4}", bracket["other"])
    ):
        draft.put("translation", Span(begin + bracket.start("other"), begin + bracket.end("other")))
        begin += bracket.end()
    if len(quotes) > 1 and quotes[1].mark in BOOK_QUOTES and quotes[1].outer.start - begin < 12:
        draft.put("container", quotes[1].inner)
        draft.take(quotes[1].outer)
    take_tail(draft, begin, book=quote.mark in BOOK_QUOTES)
    draft.take(Span(span.start, begin))
    if (
        "container" in draft.values
        and re.match(r"\s*,?\s*[Ii]n:?\s", found.text[begin:])
        and draft.type == "document"
        and "volume" not in draft.values
    ):
        draft.type = "chapter"
    _of_a_paper(draft)
    return _with_evidence(draft, quote)


def _of_a_paper(draft: Draft) -> None:
    """A newspaper that stands where authors do ('The Economist, ‘Chip wars’, 12 June 2023') is where the title
    appeared."""
    if len(draft.authors) != 1 or "container" in draft.values or len(draft.values.get("issued", "")) < 7:
        return
    if is_news(str(draft.authors[0])):
        where = next(s for n, s in draft.where if n == "authors")
        draft.authors, draft.where = [], [w for w in draft.where if w[0] != "authors"]
        draft.put("container", where)
        draft.values.pop("publisher", None)
        draft.where = [w for w in draft.where if w[0] != "publisher"]


def _with_evidence(draft: Draft, quote: Quote) -> Draft | None:
    """The draft if something beside a title stands in it; a short form if only a name and a page do."""
    if {"issued", "accessed", "url", "doi", "volume", "number"} & draft.values.keys():
        return settle(draft)
    closed = draft.text[quote.outer.end - 2] in ",.?!" or quote.mark not in "“\"‘'"
    if (
        draft.authors
        and closed
        and len(draft.span) < 300
        and not VERB.search(draft.found.mask[draft.span.start : draft.span.end])
    ):
        if draft.values.get("container") or draft.values.get("publisher"):
            draft.doubt("issued")
            return settle(draft)
        draft.form = "short"
        return settle(draft)
    return None


def _authors(found: Scan, head: Span) -> tuple[Names | None, bool]:
    """The authors before a title; none for an empty head; None where the words are no names."""
    head = trimmed(found.text, head, " ,.:;\t\n")
    said = head.slice(found.mask)
    if not said:
        return [], False
    if dated := re.search(rf"\s*[(,]\s*(?:{DATE})\s*\)?$", said):
        head = Span(head.start, head.start + dated.start())
        said = head.slice(found.mask)
    if len(said) > 260 or not is_namey(without_et_al(found.mask, head)[0].slice(found.mask).strip(" ,") or "X"):
        return None, False
    if (turned := inverted(found.text, head)) and re.search(r", [A-Z]\.", said):
        return turned
    return names(found.text, head)


def _plain(found: Scan, span: Span) -> Draft | None:
    mask = found.mask
    if re.search(r"\d U\.? ?S\.? ?C\b|\d C\.F\.R|P\.L\. \d", span.slice(mask)) and "u" * 10 not in span.slice(mask):
        return None  # laws are found by their numbers
    if _NUMBERED.match(mask, span.start, span.end):
        return None
    if named := _NAME_YEAR.match(mask, span.start, span.end):
        made, _ = names(found.text, Span(*named.span("who")))
        return _short(found, span, made, bool(named["more"]), named)
    if (brief := _NAME_TITLE.match(mask, span.start, span.end)) and _is_brief(brief):
        draft = Draft(found, span, form="short")
        draft.name(*names(found.text, Span(*brief.span("who"))))
        draft.title(Span(*brief.span("title")))
        at = brief.start("page")
        if year := _YEAR_FIRST.match(brief["page"]):
            draft.put("issued", Span(at, at + 4))
            at += year.end()
        if at < brief.end("page"):
            page = Span(at, brief.end("page"))
            draft.put("locator", page, fields.pages(page.slice(mask)))
        return settle(draft)
    if letter := _LETTER.match(mask, span.start, span.end):
        return _letter(found, span, letter)
    head, begin, more = _first_authors(found, span)
    if head is None or mask.startswith("u" * 8, begin):
        return _titled(found, span)
    year = re.compile(
        rf"[(\s]*(?P<year>{DATE})\)?,?\s*(?:\bpp?\. ?(?P<page>{fields.PAGES})|(?P<bare>\d+(?:[-–]\d+)?))?\s*\.?$"
    ).match(mask, begin, span.end)
    if year:
        return _short(found, span, head, more, year)
    if front := _FRONT.match(mask, begin, span.end):
        begin = front.end()
    if not re.match(r"[A-ZÀ-Þ\d가-힣『]", mask[begin : begin + 1]):
        return None
    end = _TITLE_END.search(mask, begin, span.end)
    stop = end.start() + (end.group()[0] == "?") if end else span.end
    title = trimmed(found.text, Span(begin, stop), " ,.;\t\n")
    if cut := _PUBLISHER.search(title.slice(found.text)):
        title = Span(title.start, title.start + cut.start())
    if (cut := _PLACE.search(title.slice(found.text))) and cut["city"] in fields.CITIES:
        title = Span(title.start, title.start + cut.start())
    if not _titular(title.slice(found.text)):
        return None
    draft = Draft(found, span)
    draft.name(head, more)
    if front:
        draft.put("title", Span(*front.span("part")))
        draft.put("container", title)
        draft.type = "chapter"
    draft.title(title)
    draft.take(Span(span.start, title.end))
    take_tail(draft, title.end, book=True)
    if not {"issued", "url", "doi", "publisher", "accessed", "number"} & draft.values.keys():
        if ("locator" not in draft.values and "page" not in draft.values) or len(title) > 120:
            return None
        draft.form = "short"
    return settle(draft)


def _is_brief(said: re.Match[str]) -> bool:
    """Whether it is a name and a short title; a whole name, given name first, must be a person's, and a title more than
    a word, as 'John Smith, Director, 12' is not; what has a year is cited in full."""
    if said["whole"] and _YEAR_FIRST.match(said["page"]):
        return False
    return not said["whole"] or (
        is_person(said["whole"]) and len(said["title"].split()) > 1 and _titular(said["title"])
    )


def _first_authors(found: Scan, span: Span) -> tuple[Names | None, int, bool]:
    """The authors that a bare citation begins with, and where its title begins; None where it begins with no name."""
    text, mask = found.text, found.mask
    more = re.compile(
        r"(?P<name>[^,;.()]{2,60}?),?\s+(?:et\.?,? al\b\.?|외|등(?=,)|(?:and|&) (?:\w+ )?others)[,.]?\s+"
    ).match(mask, span.start, span.end)
    if more and is_namey(more["name"]):
        made, _ = names(text, Span(more.start("name"), more.end("name")))
        return made, more.end(), True
    cuts = [c.start() for c in re.compile(r",\s").finditer(mask, span.start, span.end)][:6]
    if not cuts or cuts[0] - span.start > 140:
        return None, span.start, False
    chunks = [Span(a, b) for a, b in zip([span.start, *(c + 2 for c in cuts)], cuts, strict=False)]
    first = chunks[0].slice(text)
    halves = re.split(r"\s+and\s+|\s*[·ㆍ]\s*", first)
    if not is_namey(first):
        return None, span.start, False
    if not (is_institution(first) or all(is_person(h) for h in halves) or _hangul_name(first)):
        return None, span.start, False
    last = chunks[0]
    if listed_name := _OFFICE_OF.match(mask, span.start, span.end):
        last = Span(span.start, listed_name.end())
    elif is_institution(first):
        congress = first.endswith("Congress")
        for n, chunk in enumerate(chunks[1:], 1):
            said = chunk.slice(text)
            if ":" in said or chunk.end > span.end:
                break
            if (
                congress
                and any(
                    re.search(r"Committee\b|Subcommittee$|Representatives$|Senate$|\)$", c.slice(text))
                    for c in chunks[n:]
                    if ":" not in c.slice(text)
                )
            ) or (
                not congress
                and re.match(
                    r"(?:(?:U\.S\. )?(?:Department|Office|Bureau|Division|House|Senate|Committee|Subcommittee|Joint Committee)\b|and |[A-Z]{2,6}$|(?:[A-Z][\w.]+ ){1,3}(?:Department|Office|Bureau|Agency|Commission|Administration) (?:of|for|on)\b(?!.*\d))",
                    said,
                )
            ):
                last = chunk
            else:
                break
    elif is_person(first):
        for n, chunk in enumerate(chunks[1:], 1):
            if chunk.slice(text).startswith("and ") and is_person(chunk.slice(text).removeprefix("and ")):
                if all(is_person(c.slice(text)) for c in chunks[1:n]):
                    last = chunk
                break
    whole = Span(span.start, last.end)
    made, et_al = (
        ([(Person(whole.slice(text)), whole)], False)
        if last != chunks[0] and is_institution(first)
        else names(text, whole)
    )
    return made, last.end + 2, et_al


def _hangul_name(said: str) -> bool:
    return (
        all(re.fullmatch(r"[가-힣A-Za-z]{2,20}", part) for part in said.split())
        and bool(re.search(r"[가-힣]", said))
        and len(said) < 30
    )


def _letter(found: Scan, span: Span, said: re.Match[str]) -> Draft:
    """'Letter from A to B, date': its title is what it is."""
    draft = Draft(found, span, type="personal_communication")
    draft.title(Span(*said.span("title")))
    draft.take(Span(span.start, said.end("title")))
    take_tail(draft, said.end("title"), container=False)
    draft.doubt("authors")
    return settle(draft)


def _short(found: Scan, span: Span, head: Names, more: bool, year: re.Match[str]) -> Draft:
    """'Krause and Tolaymat, 2018, p. 5': a name and a year."""
    draft = Draft(found, span, form="short")
    draft.name(head, more)
    draft.put("issued", Span(*year.span("year")), iso(year["year"]))
    for group in ("page", "bare"):
        if year[group]:
            draft.put("locator", Span(*year.span(group)), fields.pages(year[group]))
    draft = settle(draft)
    draft.type = "document"  # what it is, the work that it is short for says
    return draft


def _titled(found: Scan, span: Span) -> Draft | None:
    """A citation that begins with its title, for want of an author: only where it has a date and looks like one."""
    end = _TITLE_END.search(found.mask, span.start, span.end)
    if not end or end.start() - span.start < 8 or _SPELL.match(found.mask, end.start(), span.end):
        return None
    title = Span(span.start, end.start())
    said = title.slice(found.text)
    words = [w for w in re.findall(r"[^\W\d_][\w’'-]*", said) if len(w) > 3]
    if (
        not _titular(said)
        or not words
        or sum(w[0].isupper() or "가" <= w[0] <= "힣" for w in words) < 0.75 * len(words)
        or re.search(r"(?:“|\d (?:U\.S\.C|C\.F\.R|F\.)|^Section |^Letter |^P\.L)", said)
    ):
        return None
    draft = Draft(found, span)
    draft.title(title)
    draft.take(Span(span.start, title.end))
    take_tail(draft, title.end, book=True)
    if "url" not in draft.values and not ("issued" in draft.values and "publisher" in draft.values):
        return None
    draft.doubt("title")
    return settle(draft)


def _titular(said: str) -> bool:
    """Whether bare words can be a title: in title case, so no verb of a sentence in small letters."""
    words = [w for w in re.findall(r"[^\W\d_][\w’'-]*", said) if len(w) > 3]
    if len(words) > 3 and sum(w[0].islower() for w in words) > 0.5 * len(words):
        return False
    if re.match(FULL_DATE + "|[A-Z][a-z]+ \\d{1,2}$", said):
        return False
    return (
        len(said) > 2
        and len(said.split()) <= 40
        and not VERB.search(said)
        and not _KOREAN_VERB.search(said)
        and said.count("(") == said.count(")")
    )
