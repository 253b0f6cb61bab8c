"""What kind of ground a named source is: official statistics, a study, a law, press, or another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from urllib.parse import urlsplit

from assistant.sources.kinds import is_news
from assistant.types import Basis, Work

_LAWS = frozenset(("legislation", "bill", "regulation", "legal_case", "treaty", "hearing"))
_STUDIES = frozenset(("article-journal", "chapter", "book", "thesis", "paper-conference", "article"))
_GOVERNMENT = re.compile(
    r"\b(?:Court|Ministry|Ministries|Department of|Departments? of|Government|Parliament|Congress|Senate|House of (?:Representatives|Commons|Lords)|"
    r"Cabinet|Commission|Federal|Secretariat of|Treasury|Office of|Embassy|State Council|Diet|Bundestag|Prime Minister|President(?:ial)?|"
    r"Trade Representative|Administration|Agency|Authority|Bureau|Promotion Agency|Accountability Office|GAO|USTR|USDA|EPA|DOE|DOD|HHS|USITC|CBP)\b"
    r"|정부|부처|[가-힣](?:부|처|청|위원회)$|국회|공사$|공단$"
)
_NOT_GOVERNMENT = re.compile(
    r"\b(?:International|World|Global|Foundation|University|Institute|Association|Times|News|Council on)\b"
)
_DATA = re.compile(
    r"\b(?:Statistics|Statistical|Indicators|[Dd]atabase|[Dd]ata ?set|Databank|[Dd]ata|[Ss]tatistics|Census|Tables?)\b|통계|데이터|지표|총조사"
)
_TITLED = re.compile(
    r"(?!(?:\w+ing|The Future|How|Why|What)\b)(?:[\w’'&.-]+,? ){0,6}?(?:Statistics|Yearbook|Census|Database|Data ?set|Statistical (?:Abstract|Bulletin|Release|Annex|Tables?|Handbook)|Survey Data|Microdata)\b"
    r"(?:,? (?:of|on|for|in|from|by) [^:.]{1,60})?[,.:;]? ?(?:\(?(?:(?:FY|Q\d) ?)?(?:19|20)\d\d.{0,20})?$"
    r"|[^.]{0,30}(?:통계|연보|총조사|월보)(?:연보|월보)?[,.]? ?(?:\(?(?:19|20)\d\d.{0,12})?$"
)
"""A title that says of itself that it holds statistics."""
_DATA_PATH = re.compile(
    r"//(?:[\w-]+\.)*(?:stats?|statistics|data|databank|comtrade)\.|/(?:statistics?|statis_e|data)/"
)
_PAPERS = re.compile(
    r"\b(?:Working|Discussion|Research|Policy Research|Occasional|Staff) Papers?\b|\bPapers$|연구보고|연구 ?보고서|정책연구"
)
_STUDIED = re.compile(
    r"\b(?:Study|Studies|Survey of|Evidence|Analysis|Assessment|Effects?|Impacts?|Estimat\w+|Empirical|Report|Outlook|Research)\b"
    r"|연구|분석|전망|보고서"
)
_OFFICE = re.compile(
    r"\b(?:Statistics [A-Z]\w+|(?:Statistics|Statistical|Census|Customs) (?:Office|Bureau|Agency|Service|Authority|Department|Institute))\b|통계"
)
_PARLIAMENT = re.compile(
    r"\b(?:Public Law \d|P\.L\. ?\d|[HS]\. ?Rept\.|[HS]\. ?Hrg\.|[HS]\.(?:R\.|Res\.|Con\.Res\.)|Congressional Record|Cong\. Rec\.|Federal Register|Hansard)"
)
_INSTITUTE = re.compile(
    r"\b(?:Institut(?:e|ion|o)|Research Cent(?:er|re)|Endowment|Think Tank|Academy of)\b|연구원|연구소"
)
_SELLS = re.compile(r"\b(?:Inc|Ltd|LLC|LLP|Corp|Company|Co|GmbH|PLC|& Company|Holdings?)\b\.?|㈜|주식회사")


@cache
def _names() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What each known name, and each known host, is taken for."""
    named: dict[str, str] = {}
    hosts: dict[str, str] = {}
    for line in (files("assistant") / "data" / "grounds.tsv").read_text(encoding="utf-8").splitlines():
        kind, name = line.split("\t")
        (hosts if name.startswith("@") else named)[name.lstrip("@")] = kind
    return MappingProxyType(named), MappingProxyType(hosts)


@cache
def _pattern() -> re.Pattern[str]:
    """Any known name as a word of its own; the longest first. Behind Hangul a particle may follow."""
    ordered = sorted(_names()[0], key=len, reverse=True)
    latin = "|".join(re.escape(n) for n in ordered if n.isascii() or not _HANGUL.search(n))
    hangul = "|".join(re.escape(n) for n in ordered if _HANGUL.search(n))
    return re.compile(rf"(?<![\w])(?:{latin})(?![A-Za-z0-9])|(?:{hangul})")


_HANGUL = re.compile(r"[가-힣]")


def named(text: str, figures: bool) -> Basis | None:
    """What the source is that these words name, such as 'the Bank of Korea'; None where they name none that is known.
    `figures`: whether figures are told of it, which makes those of a central bank official statistics."""
    known = _names()[0]
    kinds = [known[m.group()] for m in _pattern().finditer(text)]
    if "statistics" in kinds:
        return "statistics"
    if kinds:
        if kinds[0] == "figures":
            return "statistics" if figures or _DATA.search(text) else "study"
        return "statistics" if kinds[0] == "law" and _DATA.search(text) else _basis(kinds[0])
    if is_government(text):
        return "statistics" if _DATA.search(text) else "law"
    if _OFFICE.search(text):
        return "statistics"
    return None


def is_government(name: str) -> bool:
    """Whether a name is that of a ministry, an agency or a parliament."""
    return bool(_GOVERNMENT.search(name)) and not _NOT_GOVERNMENT.search(name)


def ground(work: Work) -> Basis:
    """What a work that is cited is: by its type, then by who keeps it, then by its address."""
    container, publisher = work.container or "", work.publisher or ""
    by = " ; ".join(filter(None, (container, publisher, *map(str, work.authors))))
    own = named(" ; ".join(filter(None, (container, publisher))), False) if container or publisher else None
    host = _host(work.url)
    title = work.title
    if work.type in _LAWS:
        return "law"
    if _PARLIAMENT.search(f"{title} {container}"):
        return "law"
    if work.type == "article-newspaper":
        return "study" if own == "study" and work.volume else "press"
    if own == "press" or host == "press" or (container and not work.volume and is_news(container) and own is None):
        return "press"
    if work.type in _STUDIES:
        return "study"
    if named(title, False) == "statistics" or named(by, False) == "statistics" or host == "statistics":
        return "statistics"
    if _TITLED.match(title) and not _STUDIED.search(title) and _official(work, by, host):
        return "statistics"
    if work.type == "dataset" or (_DATA.search(title) and _DATA_PATH.search(work.url or "")):
        return "statistics" if _official(work, by, host) else "other"
    if _PAPERS.search(container) or _PAPERS.search(title) or own == "study" or host == "study":
        return "study"
    who = named(by, False)
    if who == "other" or _SELLS.search(by):
        return "other"
    if who == "law" or host == "law":
        return "law"
    if work.type == "report" or (work.type != "speech" and _INSTITUTE.search(f"{container} {publisher}")):
        return "study"
    if who == "study" and _STUDIED.search(title):  # an outlook of an international organisation
        return "study"
    return "other"


def _official(work: Work, by: str, host: str | None) -> bool:
    """Whether those who keep data are an office, a central bank or an international organisation."""
    known = _names()[0]
    kept = any(known[m.group()] in ("figures", "statistics", "law") for m in _pattern().finditer(by))
    return kept or host in ("law", "statistics") or is_government(by)


def _host(url: str | None) -> str | None:
    """What the address of a work is known for."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    at = f"{(parts.hostname or '').removeprefix('www.')}{parts.path}"
    host = at.split("/", 1)[0]
    found = [
        (len(h), kind)
        for h, kind in _names()[1].items()
        if (at.startswith(h) if "/" in h else f".{host}".endswith(h if h.startswith(".") else f".{h}"))
    ]
    return max(found)[1] if found else None


def _basis(kind: str) -> Basis:
    for basis in ("statistics", "study", "law", "press"):
        if kind == basis:
            return basis
    return "other"
