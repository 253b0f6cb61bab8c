"""What type a cited work is, in CSL's words: told from what stands around it, and never certain."""

from __future__ import annotations

import re

from assistant.sources.draft import Draft
from assistant.sources.people import is_institution
from assistant.sources.scan import BOOK_QUOTES

_NEWS = re.compile(
    r"\b(?:Times|Post|Herald|Ilbo|Daily|Tribune|Gazette|Guardian|Telegraph|News|Reuters|Associated Press|Bloomberg|Yonhap|Insider|Bizwire|"
    r"Economist|Chronicle|Courier|Dispatch|Examiner|Globe|Observer|Sentinel|Wire|CNBC|CNN|BBC|NPR|Forbes|Politico|Nikkei|Newsweek|Wall Street Journal|Financial Times|Hankyoreh|Kyunghyang|"
    r"JoongAng|Maeil|AP|AFP|CBS|NBC|ABC|Axios)\b|신문|일보|뉴스|연합|경제$|한겨레"
)
_JOURNAL = re.compile(
    r"\b(?:Journal|Review|Quarterly|Annals|Transactions|Proceedings|Economy|Letters|Studies|Bulletin|Economics|Science|Nature)\b|연구$|논집|학보|학회지|논총|저널|리뷰"
)
_DATA = re.compile(
    r"\b(?:Statistics|Indicators|[Dd]atabase|[Dd]ata ?set|Databank|Comtrade|Data(?=$|[:,;]| (?:on|for|of|by|Series|Bank)\b))\b|통계|데이터"
)
_DATA_HOST = re.compile(
    r"https?://(?:[\w-]+\.)*(?:stats?|statistics|data|databank|comtrade|fred|kosis|ecos)\.|^[^?]*/(?:data|statistics|datasets?)/"
)
_REPORT = re.compile(
    r"\b(?:Working Papers?|Discussion Papers?|Policy Briefs?|Reports?|Research Papers?|Papers|White Paper|Issue Brief)\b|보고서|정책연구|연구보고"
)
_REPORT_NUMBER = re.compile(r"(?:GAO|OIG|NBER|WP|[HS]\.? ?Rept|[Nn]o\. ?\d+$|\d+[/-]?\d*$)")
_LAW = re.compile(r"\b(?:Public Law|P\.L\.|Pub\. L\.)")
_CONFERENCE = re.compile(r"\b(?:Proceedings of|Symposium|Conference|Workshop)\b|학술대회")
_PORTAL = re.compile(r"포털|통계시스템|통계정보|\b(?:Database|Databank|Data Portal)\b")
_SPEECH = re.compile(r"presentation|speech|remarks")
_THESIS = re.compile(r"diss|thesis|학위")


def settle(draft: Draft) -> Draft:
    """Give a draft its type, and say where that is a guess."""
    values = draft.values
    if draft.type == "document":
        draft.type = _type(draft)
    if draft.type == "chapter" and "–" in values.get("locator", "") and "page" not in values:
        values["page"] = values.pop("locator")
        draft.where = [("page" if n == "locator" else n, s) for n, s in draft.where]
    if draft.type == "thesis" and "publisher" not in values and "container" in values:
        values["publisher"] = values.pop("container")
        draft.where = [("publisher" if n == "container" else n, s) for n, s in draft.where]
    if draft.type == "article-newspaper" and "locator" in values and "page" not in values:
        values["page"] = values.pop("locator")
        draft.where = [("page" if n == "locator" else n, s) for n, s in draft.where]
    if draft.type == "speech" and "publisher" in values:  # where it was held
        del values["publisher"]
        draft.where = [w for w in draft.where if w[0] != "publisher"]
    if "title" not in values and draft.form == "full":
        draft.doubt("title")
    if draft.type in ("document", "webpage", "report") and not draft.authors:
        draft.doubt("authors")
    if (
        "container" in values
        and " " not in values["container"]
        and "volume" not in values
        and not _NEWS.search(values["container"])
    ):
        draft.doubt("container")  # it may be a place
    if draft.type == "document":
        draft.doubt("type")
    if (
        draft.type not in ("article-journal", "article-newspaper", "chapter", "paper-conference")
        and "page" in values
        and "volume" not in values
    ):
        values["locator"] = values.pop("page")
        draft.where = [("locator" if n == "page" else n, s) for n, s in draft.where]
    return draft


def _type(draft: Draft) -> str:
    v, genre = draft.values, draft.genre
    container, title, number = (
        v.get("container", ""),
        f"{v.get('title', '')} {v.get('translation', '')}",
        v.get("number", ""),
    )
    if _LAW.search(number):
        return "legislation"
    if re.search(r"Federal Register|Fed\. Reg\.|Executive Order|Proclamation", f"{container} {number} {title[:30]}"):
        return "regulation"
    if "hearing" in genre or "Hrg" in number:
        return "hearing"
    if _SPEECH.search(genre) or _SPEECH.search(v.get("container", "")[:14]):
        return "speech"
    if _THESIS.search(genre):
        return "thesis"
    if re.search(r"data ?set|database|데이터베이스", genre):
        return "dataset"
    full_date = len(v.get("issued", "")) > 7
    if "volume" in v and ("issue" in v or "page" in v):
        return "article-journal"
    if (
        _REPORT.search(f"{container} {genre.title()}")
        or _REPORT_NUMBER.match(number)
        or "보도자료" in genre
        or (genre.startswith("press release") and "url" not in v)
    ):
        return "report"
    if "edited" in genre and container and "volume" not in v and not _bare(draft):
        return "chapter"
    if "volume" in v and "publisher" in v and _bare(draft):
        return "book"
    if "blog" in genre:
        return "webpage"
    if "volume" in v or "issue" in v:
        return "article-journal"
    if _NEWS.search(container):
        return "article-newspaper"
    if ("page" in v and _JOURNAL.search(container)) or (container and _JOURNAL.search(container) and not full_date):
        return "article-journal"
    institutional = bool(draft.authors) and all(is_institution(str(a)) for a in draft.authors)
    service = _DATA_HOST.search(v.get("url", ""))
    if (
        "url" in v
        and (container in ("", *map(str, draft.authors)) or _PORTAL.search(container))
        and ((_DATA.search(f"{title} {container}") and not _bare(draft)) or service)
        and (institutional or not draft.authors)
    ):
        return "dataset"
    if _CONFERENCE.search(container):
        return "paper-conference"
    if full_date and container and "url" not in v and not _bare(draft) and "number" not in v:
        return "document" if is_institution(container) else "article-newspaper"
    if len(v.get("issued", "")) == 7 and container and "url" not in v and not _bare(draft) and "number" not in v:
        return "article-journal"
    if "url" in v and (container or full_date or "accessed" in v) and not _bare(draft):
        return "webpage"
    if at_book_mark(draft) and not container:
        return "book"
    if institutional or number or not draft.authors:
        return (
            "report"
            if _bare(draft) or number or (institutional and _marked(draft) == "「")
            else "webpage"
            if "url" in v
            else "document"
        )
    if v.get("publisher") or (_bare(draft) and "issued" in v):
        return "book"
    return "document"


def is_news(name: str) -> bool:
    """Whether a name is that of a newspaper, news magazine or agency."""
    return bool(_NEWS.search(name))


def at_book_mark(draft: Draft) -> bool:
    """Whether the title stands in the marks that Korean sets around books."""
    return any(n == "title" and s.start and draft.text[s.start - 1] in BOOK_QUOTES for n, s in draft.where)


def _bare(draft: Draft) -> bool:
    """Whether the title stands without quotation marks, as those of books and reports do."""
    return _marked(draft) not in "“\"‘「'"


def _marked(draft: Draft) -> str:
    """The character before the title; a space where there is none."""
    at = next((s.start for n, s in draft.where if n == "title"), 0)
    return draft.text[at - 1] if at else " "
