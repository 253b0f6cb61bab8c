"""What a web page says about itself: title, authors, date of issue, language. Nothing is guessed from its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from assistant.backends.html.article import Article
from assistant.backends.html.tree import HEADINGS, raw_text, words_of
from assistant.reading.roles import names_of, sane_authors, sane_title
from assistant.types import Person

_MAX_JSON = 1_000_000
_MAX_NODES = 3000
_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_DATES = (
    "citation_publication_date", "citation_date", "citation_online_date", "article:published_time", "dc.date.issued",
    "dcterms.issued", "dcterms.date.issued", "dc.date.published", "datepublished", "og:published_time",
    "article:published", "publishdate", "publish_date", "publish-date", "pubdate", "publication_date", "dc.date",
    "dcterms.date", "date", "sailthru.date", "parsely-pub-date",
)  # fmt: skip
_AUTHORS = (
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
)
_MONTHS = "january february march april may june july august september october november december".split()
_ISO = re.compile(r"(\d{4})(?:[-/.]\s?(\d{1,2})(?:[-/.]\s?(\d{1,2}))?)?(?![\d])")
_KOREAN = re.compile(r"(\d{4})년(?:\s*(\d{1,2})월(?:\s*(\d{1,2})일)?)?")
_WRITTEN = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})\b")
_PARTS = re.compile(r"\s+(?:[|·•»›:]{1,2}|[-–—])\s+|\s*[|»›]\s*")
_WORKS = frozenset(
    "article newsarticle scholarlyarticle report blogposting techarticle webpage creativework analysisnewsarticle "
    "reportagenewsarticle backgroundnewsarticle opinionnewsarticle legislation pressrelease medicalscholarlyarticle".split()
)


_TITLE_CLASSES = frozenset(
    "title tit subject headline entry-title post-title article-title article_title view_title view-title bbs_title "
    "board_title view_tit doc-title page-title".split()
)
_INLINE = frozenset("span b strong font em a i".split())


@dataclass(slots=True)
class PageFacts:
    title: str | None = None
    titled: bool = False
    """The page gives its title apart from the name of the window."""
    window: str = ""
    """The name of the window: title, site and section in any order."""
    authors: tuple[Person, ...] = ()
    issued: str | None = None
    language: str | None = None
    url: str | None = None
    """Where the page says that it belongs, whatever address it was saved from."""
    doi: str | None = None


@dataclass(slots=True)
class _Said:
    """Metadata by name, in the order of the page."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> Iterator[str]:
        for name in names:
            yield from self.values.get(name, ())


def facts_of(root: etree._Element) -> PageFacts:
    """The page's own metadata."""
    said = _Said()
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())
        for one in name.split() or []:
            if content and len(content) < 1000:
                said.values.setdefault(one.replace("dcterms:", "dcterms.").replace("dc:", "dc."), []).append(content)
    works = list(_schema_works(root))
    title, titled = _title(root, said, works)
    window = next((words_of(t) for t in root.iter("title") if next(t.iterancestors("svg"), None) is None), "")
    return PageFacts(
        title=title,
        titled=titled,
        window=window,
        authors=_authors(root, said, works),
        issued=_issued(root, said, works),
        language=_language(root, said),
        url=_address(root, said),
        doi=_doi(said),
    )


def _title(root: etree._Element, said: _Said, works: list[dict[str, object]]) -> tuple[str | None, bool]:
    sites = {
        _folded(s) for s in said.first("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher")
    }
    full = next(
        (words_of(t) for t in root.iter("title") if next(t.iterancestors("svg"), None) is None),
        "",
    )
    headings = [h for h in (words_of(e) for e in root.iter("h1")) if h]
    # What the publisher wrote for those who cite the page, then for those who share it.
    for given in said.first(*_TITLES[:3]):
        if sane_title(given):
            return given, True
    parts = [p for p in _PARTS.split(full) if p and p.strip()]
    named_first = [
        h for h in headings if len(h) > 3 and _folded(full).find(_folded(h)) >= 0 and _folded(h) not in sites
    ]
    if named_first:
        # The name of a site stands behind; where it stands before, it is the shorter one as a rule.
        return min(named_first, key=lambda h: _folded(full).find(_folded(h))), False
    named = [str(w["headline"]) for w in works if isinstance(w.get("headline"), str)]
    for given in (*said.first(*_TITLES[3:]), *named):
        bare = _without_site(" ".join(given.split()), sites)
        if sane_title(bare):
            return bare, True
    if len(parts) > 1 and sites & {_folded(p) for p in parts}:
        return _without_site(full, sites), True
    if len(parts) > 1 and re.search(r"\s[|·•»›]\s|\||»|::", full):
        return parts[0], False
    return full or None, False


def _without_site(title: str, sites: set[str]) -> str:
    """A title without the name of the site before or behind it."""
    cuts = [(m.start(), m.end()) for m in _PARTS.finditer(title)]
    if cuts and _folded(title[cuts[-1][1] :]) in sites:
        return title[: cuts[-1][0]].strip()
    if cuts and _folded(title[: cuts[0][0]]) in sites:
        return title[cuts[0][1] :].strip()
    return title


def find_title(body: etree._Element, article: Article, said: PageFacts) -> etree._Element | None:
    """The heading that is the title of the page; None where no heading is."""
    wanted, window = _folded(said.title or ""), _folded(said.window)
    inside = [e for e in article.root.iter(*HEADINGS) if not article.leaves_out(e)]
    everywhere = list(body.iter("h1", "h2", "h3"))
    upper = [e for e in inside if e.tag in ("h1", "h2", "h3")]
    same = next((e for e in upper if wanted and _folded(raw_text(e)) == wanted), None)
    if same is not None:
        return same
    first = next((e for e in inside if e.tag == "h1"), None)
    if first is not None:
        return first
    # The window has the name of what stands in the article, before or behind that of the site.
    named = [e for e in upper if len(words := _folded(raw_text(e))) > 5 and words in window]
    if named:
        return named[0]
    for heading in everywhere:
        if wanted and _folded(raw_text(heading)) == wanted:
            return heading
    h1 = [e for e in everywhere if e.tag == "h1" and (words := _folded(raw_text(e))) and len(words) > 3]
    outside = next((e for e in h1 if (words := _folded(raw_text(e))) in window or (wanted and wanted in words)), None)
    return outside if outside is not None else _unheaded(article)


def _unheaded(article: Article) -> etree._Element | None:
    """What stands for the title of a page without `h1`: the first block that its class calls so, else a heading that
    nothing but short lines stands before and that is of a level of its own."""
    for element in islice(article.root.iter(etree.Element), 300):
        if article.leaves_out(element):
            continue
        words = words_of(element, 250)
        if element.tag in HEADINGS:
            alone = sum(1 for e in article.root.iter(element.tag) if not article.leaves_out(e)) == 1
            return element if alone and words else None
        named = _TITLE_CLASSES & set((element.get("class") or "").lower().split())
        if named and 4 <= len(words) <= 200 and next(element.iter("a"), None) is None:
            block, above = element, element.getparent()
            while above is not None and block.tag in _INLINE and words_of(above, 250) == words:
                block, above = above, above.getparent()
            return block if block.tag not in _INLINE else None
        if element.tag in ("p", "li", "table") and len(words) > 100:
            return None
    return None


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _authors(root: etree._Element, said: _Said, works: list[dict[str, object]]) -> tuple[Person, ...]:
    for name in _AUTHORS[:3]:
        if given := said.values.get(name):
            people = [p for text in given[:50] for p in _persons(text)]
            if people:
                return tuple(people)
    found: list[Person] = []
    for work in works:
        for author in _listed(work.get("author")):
            called = author.get("name") if isinstance(author, dict) else author
            if not isinstance(called, str) or not called.strip() or len(called) > 200 or "://" in called:
                continue
            if isinstance(author, dict) and "Organization" in str(author.get("@type")):
                found.append(Person(" ".join(called.split())))
            else:
                found += _persons(called)
        if found:
            return tuple(dict.fromkeys(found))
    for name in _AUTHORS[3:]:
        people = [p for text in said.values.get(name, ())[:50] if "://" not in text for p in _persons(text)]
        if people:
            return tuple(people)
    marked = [e for e in root.iter("a", "span", "address") if e.get("rel") == "author" or e.get("itemprop") == "author"]
    people = [p for e in marked[:10] for p in _persons(raw_text(e))]
    return tuple(dict.fromkeys(people))


def _persons(text: str) -> tuple[Person, ...]:
    """The persons of one entry: 'Given Family', 'Family, Given', a name in Hangul, or several names."""
    text = " ".join(text.split())
    inverted = re.fullmatch(r"([^\W\d_][\w'’ -]{0,40}),\s+([^\W\d_][\w.'’ -]{0,40})", text)
    if inverted and len(inverted[1].split()) < 3 and " " not in inverted[1].strip():
        return (Person(inverted[1], inverted[2]),)
    if re.fullmatch(r"[가-힣]{2,4}", text):
        return (Person(text),)
    return names_of(text) if sane_authors(text) or text[:3].lower() == "by " else ()


def _issued(root: etree._Element, said: _Said, works: list[dict[str, object]]) -> str | None:
    for name in _DATES[:10]:
        for value in said.first(name):
            if date := date_of(value):
                return date
    for work in works:
        given = work.get("datePublished")
        if isinstance(given, str) and (date := date_of(given)):
            return date
    for name in _DATES[10:]:
        for value in said.first(name):
            if date := date_of(value):
                return date
    for element in root.iter("time", "span", "abbr", "p", "div"):
        words = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower().split()
        published = "datepublished" in words or (
            element.tag in ("time", "abbr")
            and bool({"published", "pubdate", "entry-date", "dt-published"} & set(words))
        )
        if published or (element.tag == "time" and element.get("pubdate") is not None):
            value = element.get("datetime") or element.get("content") or element.get("title") or raw_text(element)
            if date := date_of(value[:60]):
                return date
    return None


def date_of(text: str) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD of a date as metadata give it; None where it is none."""
    text = text.strip()
    if match := (_KOREAN.match(text) or _ISO.match(text)):
        return _date(match[1], match[2], match[3])
    if re.fullmatch(r"\d{8}", text):
        return _date(text[:4], text[4:6], text[6:])
    if match := re.search(_WRITTEN, text):
        month = next((i for i, m in enumerate(_MONTHS, 1) if m.startswith(match[2].lower()[:9])), None)
        return _date(match[4], str(month), match[3] or match[1]) if month else None
    return None


def _date(year: str, month: str | None, day: str | None) -> str | None:
    if not 1500 <= int(year) <= 2200:
        return None
    if month is None or not 1 <= int(month) <= 12:
        return year if month is None else None
    if day is None:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}" if 1 <= int(day) <= 31 else None


def _language(root: etree._Element, said: _Said) -> str | None:
    given = (
        root.get("lang")
        or root.get("xml:lang")
        or next(said.first("dc.language", "citation_language", "og:locale"), "")
    )
    match = re.match(r"\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*\s*$", given)
    return match[1].lower() if match else None


def _address(root: etree._Element, said: _Said) -> str | None:
    canonical = (e.get("href") or "" for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split())
    for given in (*canonical, *said.first("og:url")):
        if re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?", given.strip(), re.IGNORECASE) and len(given) < 1000:
            return given.strip()
    return None


def _doi(said: _Said) -> str | None:
    for given in said.first("citation_doi", "prism.doi", "dc.identifier", "dcterms.identifier", "dc.identifier.doi"):
        if found := re.fullmatch(
            r"(?:(?:https?://(?:dx\.)?doi\.org/|doi:)\s*)?(10\.\d{4,9}/\S+)", given, re.IGNORECASE
        ):
            return found[1]
    return None


def _schema_works(root: etree._Element) -> Iterator[dict[str, object]]:
    """The articles and reports of schema.org that the page names as itself, the outermost first."""
    size = nodes = 0
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = raw_text(script)
        size += len(text)
        if size > _MAX_JSON:
            return
        try:
            waiting: list[object] = [json.loads(text.strip().removeprefix("<!--").removesuffix("-->"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and nodes < _MAX_NODES:
            node = waiting.pop(0)
            nodes += 1
            if isinstance(node, list):
                waiting += node[:_MAX_NODES]
            elif isinstance(node, dict):
                kinds = {str(k).rpartition("/")[2].lower() for k in _listed(node.get("@type"))}
                if kinds & _WORKS:
                    yield node
                waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value[:50] if isinstance(value, list) else [value]
