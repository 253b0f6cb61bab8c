"""Who can act: bodies, firms and people by kind (data/actors.tsv), countries, and whether two names may mean the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from assistant.lexicon import lexicon, phrase, places_in
from assistant.text import STOPWORDS, language_of, stem, tokens
from assistant.types import Span

COUNTRY = "country"
BODIES = frozenset(("government", "ministry", "local government", "legislature", "agency", "central bank"))
"""Kinds that make policy: of them `could` and `may` can be advice."""


@dataclass(frozen=True, slots=True)
class _Kinds:
    english: dict[tuple[str, ...], str]
    korean: dict[str, str]
    parents: dict[str, str]
    longest: int


@cache
def _kinds() -> _Kinds:
    english: dict[tuple[str, ...], str] = {}
    korean: dict[str, str] = {}
    parents: dict[str, str] = {}
    for line in resources.files("assistant").joinpath("data", "actors.tsv").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        kind, parent, en, ko = line.split("\t")
        if parent:
            parents[kind] = parent
        for form in filter(None, map(str.strip, en.split(";"))):
            words = _words(form)
            english.setdefault(words, kind)
            if not words[-1].endswith("s"):
                english.setdefault((*words[:-1], re.sub(r"(?<=[^aeiou])y$", "ie", words[-1]) + "s"), kind)
        for form in filter(None, map(str.strip, ko.split(";"))):
            korean.setdefault(form.replace(" ", ""), kind)
    return _Kinds(english, korean, parents, max(map(len, english)))


def _words(text: str) -> tuple[str, ...]:
    """Whole words, not stems: `exporters` must not be found in `exports`."""
    return tuple(t.text for t in tokens(text))


@lru_cache(maxsize=8192)
def kinds(text: str) -> frozenset[str]:
    """The kinds of actors that words name, those of which they are a part included: an SME is a firm."""
    held = _kinds()
    found: set[str] = set()
    words = _words(text)
    i = 0
    while i < len(words):
        n = next((n for n in range(min(held.longest, len(words) - i), 0, -1) if words[i : i + n] in held.english), 0)
        if n:
            found.add(held.english[words[i : i + n]])
        i += max(n, 1)
    for word in re.findall(r"[가-힣·]+", text):
        found |= _korean_kinds(word)
    for kind in tuple(found):
        while kind := held.parents.get(kind, ""):
            found.add(kind)
    if places_in(text) or _PLACE_KO.search(text):
        found.add(COUNTRY)
    return frozenset(found)


def _korean_kinds(word: str) -> set[str]:
    """Of a Korean word the longest name that it begins or ends with (`우리정부`, `중소기업들`)."""
    held = _kinds().korean
    bare = word.replace("·", "")
    names = [n for n in held if len(n) > 1 and n in bare]
    if not names:
        return (
            {held[bare]}
            if bare in held
            else {"ministry"}
            if _MINISTRY.search(bare)
            else {"agency"}
            if _OFFICE.search(bare)
            else set()
        )
    longest = max(map(len, names))
    return {held[n] for n in names if len(n) == longest}


_MINISTRY = re.compile(
    r"^[가-힣]{2,12}(?:통상부|경제부|재정부|기업부|노동부|복지부|교통부|식품부|수산부|정보부|체육부|가족부|안전부|외교부|국방부)$"
)
_OFFICE = re.compile(r"^(?!요청|신청|경청|초청)[가-힣]{2,8}청$|[가-힣](?:공단|재단|협회|연맹|조합|본부|진흥원|연구원)$")
_PLACE_KO = re.compile(
    r"한국|미국|중국|일본|대만|베트남|인도|독일|프랑스|영국|호주|캐나다|멕시코|유럽연합|아세안|러시아|우크라이나|북한|서울|워싱턴|베이징|도쿄"
)

_NOT_ACTORS = re.compile(
    r"\b(?:policy|policies|strategy|strategies|approach|program(?:me)?s?|systems?|goals?|objectives?|support|investments?|response|"
    r"frameworks?|measures?|efforts?|networks?|plans?|expansion|action|actions|reforms?|agreements?|laws?|rules?|regulations?|budgets?|"
    r"spending|cooperation|participation|competitiveness|membership|accession|relations?|relationship|interests?|exports?|imports?|trade|"
    r"tariffs?|markets?|economy|growth|production|capacity|infrastructure|emphasis|attention|priority|priorities|focus|alliance|procedures?|"
    r"assistance|incentives?|funds?|funding|taxes|tax|prices?|data|projects?|packages?|supply chains?|leadership|role|position|ability)$"
)


_PROPER = re.compile(
    r"(?:^|\s)(?:[A-Z][\w'&-]*\s)*[A-Z]?\w*(?:Office|Service|Institute|Inspectorate|Association|Federation|Union|Corporation|Trust|Society|Foundation|"
    r"Secretariat|Executive|Chamber|Assembly|Academy|Unit|Panel|Taskforce|Administration|Bank|Department|Ministry|Agency|Authority|Commission|Council|Board|Bureau|Committee)$"
)
"""A name whose last word says that it is a body: `Archive Service`, the `Office` of `Office for Household Energy`."""


def named_body(text: str) -> bool:
    """Whether a noun phrase is a name whose last word says that it is a body."""
    return _PROPER.search(head(" ".join(text.split()))) is not None


def acts(text: str) -> bool:
    """Whether a noun phrase names somebody who can act: its head is an actor, not something of an actor's (`Korea's
    investment`)."""
    words = " ".join(text.split())
    if _NOT_ACTORS.search(head(words).lower()):
        return False
    last = head(words).split(" ")
    if _PROPER.search(head(words)):
        return True
    return bool(kinds(head(words))) and bool(kinds(" ".join(last[-3:])))


def head(text: str) -> str:
    """An English noun phrase without what hangs on its head: `firms in the US` is `firms`."""
    cut = re.split(
        r"\s(?:in|of|on|at|for|with|from|to|by|that|which|who|whose|where|operating|working|under|across|within|between|such as|including|"
        r"planning|seeking|facing)\b|,|—|\(", text, maxsplit=1,
    )[0]  # fmt: skip
    return cut if cut.strip() else text


_PEOPLE = re.compile(
    r"(?:[A-Z]?[a-z]+(?:ers|ors|ists|ants|eers)|masters|men|women|chiefs|heads|boards?|directors?|managers?|offices?|teams?|bodies)$"
)
_THINGS = re.compile(
    r"(?:orders|barriers|numbers|papers|parameters|chapters|centers|borders|computers|factors|sectors|corridors|indicators|vectors|semiconductors|reactors|"
    r"letters|matters|offers|powers|transfers|tenders|registers|charters|quarters|drivers|errors|mirrors|ladders|layers|tiers|servers|covers|rivers|waters|"
    r"customers|others|endeavors|behaviors|harbors|labors|favors|constants|variants|grants|plants|restaurants|covenants)$"
)


def people(text: str) -> bool:
    """Whether a noun phrase names people or a body by its ending, known or not: `harbour masters`."""
    last = head(" ".join(text.split())).split(" ")[-1]
    return _PEOPLE.search(last) is not None and not _THINGS.search(last)


def actor_in(text: str, start: int = 0) -> Span | None:
    """The first actor that a stretch of English names behind `start`, up to its head."""
    for m in re.finditer(r"[A-Z]?[\w&'-]+(?:\s[\w&'-]+){0,5}", text[start:]):
        words = m.group().split(" ")
        for n in range(len(words)):
            if kinds(words[n]) - {COUNTRY}:
                end = m.start() + len(" ".join(words[: n + 1]))
                return Span(start + m.start(), start + end)
    return None


def matches(name: str, wanted: str) -> bool:
    """Whether an actor's name answers to a name that somebody asks for, in either language: by kind (`정부` finds `the
    ministry`), by country, or by a word or synonym of it."""
    asked = kinds(wanted)
    own = kinds(name)
    if asked - {COUNTRY}:
        most = _narrowest(asked)
        if own == {COUNTRY} and "government" in most:  # `Norway should …`: the state acts
            own = most
        if not most & own:
            return False
        if _named(wanted, most) and not says(name, _own_words(wanted)):
            return False
        return not places_in(in_english(wanted)) or bool(places_in(in_english(wanted)) & places_in(in_english(name)))
    if COUNTRY in asked and places_in(in_english(wanted)):
        return bool(places_in(in_english(wanted)) & places_in(in_english(name)))
    return says(name, wanted)


def _named(wanted: str, most: frozenset[str]) -> bool:
    """Whether one body is asked for by its name, so that another of its kind is no answer."""
    words = "".join(re.findall("[가-힣]+", wanted))
    return (
        bool(most & _BY_NAME)
        or bool(words and (_MINISTRY.search(words) or _OFFICE.search(words)))
        or bool(re.search(r"[a-z] (?:of|for) (?:the )?[A-Z]", wanted))
    )


_BY_NAME = frozenset(("named ministry",))


def _own_words(wanted: str) -> str:
    """What tells a named body from others of its kind: `of Fisheries`."""
    found = re.search(r"[a-z] (?:of|for) (?:the )?(?P<what>[A-Z].*)$", wanted)
    return found["what"] if found else wanted


def _narrowest(found: frozenset[str]) -> frozenset[str]:
    parents = _kinds().parents
    return frozenset(k for k in found if k != COUNTRY and not any(parents.get(o) == k for o in found))


def in_english(text: str) -> str:
    """The text with the English of its Korean words behind it."""
    if not re.search("[가-힣]", text):
        return text
    held = lexicon()
    more: list[str] = []
    for run in re.findall("[가-힣]+", text):
        i = 0
        while i < len(run):
            n = held.match_korean(run, i)
            if n:
                more += held.korean[run[i : i + n]]
            i += max(n, 1)
    return " ".join([text, *more])


def says(text: str, wanted: str) -> bool:
    """Whether a text speaks of what is asked for: every word of it, or a synonym or translation of that word."""
    there = {stem(t.text) for t in tokens(text)}
    hangul = "".join(re.findall("[가-힣]+", text))
    translated = {stem(t.text) for t in tokens(in_english(text))} if hangul else there
    return all(_stands(forms, there | translated, hangul) for forms in _forms(wanted))


@lru_cache(maxsize=256)
def _forms(wanted: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """For each notion asked for, the phrases (of stems, or one run of Hangul) that may say it."""
    held = lexicon()
    found: list[tuple[tuple[str, ...], ...]] = []
    stems = [stem(t.text) for t in tokens(wanted) if t.kind != "hangul" and t.text not in STOPWORDS]
    i = 0
    while i < len(stems):
        n = max(held.match(stems, i), 1)
        own = tuple(stems[i : i + n])
        found.append((own, *held.synonyms.get(own, ())))
        i += n
    for run in re.findall("[가-힣]+", wanted):
        i = 0
        known = False
        while i < len(run):
            n = held.match_korean(run, i)
            if n > 1 or (n and len(run) == 1):
                english = tuple(phrase(form) for form in held.korean[run[i : i + n]])
                more = tuple(s for e in english for s in held.synonyms.get(e, ()))
                found.append(((run[i : i + n],), *english, *more))
                known = True
                i += n
            else:
                i += 1
        if not known:
            found.append(((run,),))
    return tuple(found)


def _stands(forms: tuple[tuple[str, ...], ...], stems: set[str], hangul: str) -> bool:
    return any(
        f[0] in hangul if len(f) == 1 and language_of(f[0]) == "ko" else all(word in stems for word in f) for f in forms
    )


def acts_ko(word: str) -> bool:
    """Whether a Korean word (without its particle) names somebody who can act: its end is a name of one."""
    held = _kinds().korean
    bare = re.sub(r"들$", "", word.replace("·", "").replace(" ", ""))
    return (
        any(bare.endswith(n) for n in held if len(n) > 1)
        or bare in held
        or bool(_MINISTRY.search(bare) or _OFFICE.search(bare))
        or bool(re.search(rf"(?:{_PLACE_KO.pattern})$", bare))
    )
