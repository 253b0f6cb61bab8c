"""The words by which what a figure counts is known: quantities, sectors, places, those who act."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from assistant.lexicon import phrase, places, places_in
from assistant.text import stem


@cache
def _lists() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    text = resources.files("assistant").joinpath("data", "measured.tsv").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            kind, *words = line.split("\t")
            found[kind] = (*found.get(kind, ()), *(w.strip() for w in words if w.strip()))
    return found, frozenset(
        stem(w.lower()) for w in found["flow"] + found["stock"] + found["rate"] + found["other"] if " " not in w
    )


def _same() -> list[list[str]]:
    text = resources.files("assistant").joinpath("data", "measured.tsv").read_text(encoding="utf-8")
    return [line.split("\t")[1:] for line in text.splitlines() if line.startswith("same\t")]


def _pattern(*kinds: str) -> str:
    words = sorted({w for kind in kinds for w in _lists()[0].get(kind, ())}, key=len, reverse=True)
    return "|".join(re.escape(w) for w in words)


def _english(*kinds: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_pattern(*kinds)})(?:s|es)?\b", re.IGNORECASE)


SAME = tuple(re.compile("|".join(map(re.escape, row)), re.IGNORECASE) for row in _same())
"""Names under which documents speak of one quantity, though one is wider than the other."""
QUANTITIES = _english("flow", "stock", "rate", "other")
FLOWS = _english("flow")
STOCKS = _english("stock")
RATES = _english("rate")
KOREAN = re.compile(_pattern("ko_flow", "ko_stock", "ko_rate", "ko_other"))
KOREAN_FLOWS = re.compile(_pattern("ko_flow"))
KOREAN_STOCKS = re.compile(_pattern("ko_stock"))
KOREAN_RATES = re.compile(_pattern("ko_rate"))


@lru_cache(maxsize=8192)
def is_measurable(words: str) -> bool:
    """Whether the last noun of a phrase names something that is measured or counted in money, shares or rates."""
    head = words.split(" of ")[0].strip()
    found = list(QUANTITIES.finditer(head))
    return bool(found) and found[-1].end() >= len(head) - 1


_LEVEL = re.compile(
    r"(?:^|\s)(?:peak|high|low|maximum|minimum|threshold|total|level|record|average|sum|amount|value|median|range|rate|share|proportion|percentage|"
    r"figure|height|top|bottom|estimate|order|excess|each|either|worth|ceiling|cap|limit|most|some|many|one|all|part|half|because|instead|out|none)$",
    re.IGNORECASE,
)


def is_level(words: str) -> bool:
    """Whether a phrase only says how high: `an all-time peak of`. What is measured stands elsewhere then."""
    return _LEVEL.search(words.strip()) is not None


@cache
def _sectors() -> tuple[frozenset[tuple[str, ...]], tuple[str, ...]]:
    text = resources.files("assistant").joinpath("data", "sectors.tsv").read_text(encoding="utf-8")
    forms = [f.strip() for line in text.splitlines() if line and not line.startswith("#") for f in line.split("\t")]
    actors = ("firms", "goods", "conglomerates")
    english = [f for f in forms if f.isascii() and not f.endswith(actors)]
    korean = [f for f in forms if not f.isascii() and not f.endswith(("기업", "상품"))]
    return frozenset(phrase(f) for f in english), tuple(sorted(korean, key=len, reverse=True))


_SECTOR = re.compile(r"\b(?:sectors?|subsectors?|industry|industries)\b|(?:업종|산업|부문|업계)$", re.IGNORECASE)


@lru_cache(maxsize=8192)
def is_sector(words: str) -> bool:
    """Whether a phrase names a sector: by the word itself, or a known one standing alone."""
    bare = re.sub(r"['\u2019]s$", "", words.strip(" ,"))
    if _SECTOR.search(bare):
        return True
    english, korean = _sectors()
    stems = phrase(re.sub(r"^(?:the|U\.S\.|Korean)\s", "", bare))
    if stems in english:
        return True
    parts = [phrase(p) for p in re.split(r",? and |, ", bare)]
    return (len(parts) > 1 and all(p in english for p in parts)) or re.sub(r"\s", "", bare) in korean


def korean_sectors() -> tuple[str, ...]:
    return _sectors()[1]


_PLACE_WORDS = re.compile(
    r"\b(?:countr(?:y|ies)|regions?|world|worldwide|states?|provinces?|cit(?:y|ies)|economies|districts?|counties|abroad|overseas)\b",
    re.I,
)


_INSTITUTION = re.compile(
    r"\b(?:Funds?|Acts?|Programs?|Agency|Banks?|Institutes?|Bureau|Departments?|Service|Council|Commission|Foundation|Association|University|Authority|"
    r"Corporation|Society|Federation|Office|Administration)$|[가-힣](?:학회|협회|연구원|연구소|재단|위원회|은행)$"
)


@lru_cache(maxsize=8192)
def names_place(words: str) -> bool:
    """Whether a short phrase names a place, or is a word for one."""
    bare = words.strip(" ,.")
    if len(bare.split()) > 7 or _INSTITUTION.search(bare):
        return False
    return (
        bool(places_in(bare))
        or _PLACE_WORDS.search(bare) is not None
        or re.search(r"[가-힣](?:국|시|도|주|권|지역|취약지)$", bare) is not None
    )


@lru_cache(maxsize=8192)
def exact_place(words: str) -> bool:
    """Whether a phrase is the name of a place and nothing more."""
    return phrase(re.sub(r"^the\s|['\u2019]s$", "", words.strip(" ,."))) in places()


_ACTOR = re.compile(
    r"\b(?:firms?|compan(?:y|ies)|corporations?|conglomerates?|chaebols?|enterprises?|SMEs?|businesses|banks?|governments?|agenc(?:y|ies)|departments?|"
    r"ministr(?:y|ies)|manufacturers?|producers?|investors?|households?|workers?|farmers?|exporters?|importers?|suppliers?|utilities|universit(?:y|ies)|"
    r"members?|partners?|affiliates?|subsidiaries|consumers?|taxpayers?|recipients?|applicants?|borrowers?|lenders?|employers?|students?|people|residents|"
    r"administration|Congress|House|Senate|Administration|Bank|Commission|Council|Agency|Service|USDA|EPA|DOE|DOD|NASA|Army|Navy)\b"
)


@lru_cache(maxsize=8192)
def is_actor(words: str) -> bool:
    """Whether a phrase names those who act: firms, governments, households."""
    found = list(_ACTOR.finditer(words))
    if not found:
        return False
    rest = words[found[-1].end() :]
    return (
        re.fullmatch(r"[\s,.)]*|['\u2019]s?|\s(?:in|of|from|with|that|who|operating|located|based|on|to)\b.*", rest)
        is not None
    )


NARROWED = re.compile(
    r"(?:(?:South |North )?(?:Korean|American|Chinese|Japanese|European|Mexican|Canadian|German|French|British|Indian|Vietnamese|Indonesian|Taiwanese|"
    r"Russian|Australian|Brazilian|ASEAN|EU)|U\.S\.|US|UK|global|world|domestic)\s"
)
"""What stands before a noun and says whose it is."""
