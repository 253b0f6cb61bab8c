"""For whom a brief is: which of the recommendations are addressed to them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from assistant.lexicon import places_in
from assistant.policy.recommendations.actors import COUNTRY, in_english, kinds, matches
from assistant.text import STOPWORDS, stem, tokens
from assistant.types.policy import Recommendation

Reach = Literal["named", "whole"]
"""How an actor answers to a role: it is named, or it is the whole that the role acts for."""

_STATE = frozenset(("government", "ministry"))
_OFFICE = re.compile(
    r"\b(?:ministers?|secretar(?:y|ies)|officials?|presidents?|prime minister|ambassadors?|cabinet|commissioners?|"
    r"director[- ]general|policy ?makers?|negotiators?|trade representative|government)\b|장관|차관|공무원|대통령|총리|대사|국장|과장|"
    r"사무관|서기관|정부|본부장|정책 ?담당자|보좌관|[가-힣]{2,}(?:부|처|청)$",
    re.IGNORECASE,
)
"""Who acts for a government."""
_WHOLE = re.compile(
    r"\b(?:governments?|cabinet|policy ?makers|officials|leaders|ministries|departments|agencies|public sector|we)\b|"
    r"^(?:the (?:\w+ )?)?(?:administration|state)$|(?<!재)정부|정책 ?당국|^당국|행정부|내각|우리나라|^우리|국가$|부처들?$",
    re.IGNORECASE,
)
"""A government as a whole, or all of its bodies."""
_LOCAL = re.compile(
    r"\b(?:local|municipal|provincial|city|county|regional|state) (?:and \w+ )?(?:governments?|authorit|officials|leaders|"
    r"agencies)|\b(?:states|governors?|mayors?)\b",
    re.IGNORECASE,
)
_TITLES = frozenset(
    "ministry ministries minister department secretary secretariat office agency authority bureau board council commission "
    "committee administration head deputy vice chief director general official affairs government federal national "
    "central relevant competent responsible the of and for new next current state republic south".split()
)
"""Words of a body's name that many bodies have."""
_TITLES_KO = re.compile(r"(?:장관|차관|국장|과장|본부장|위원장|공무원|담당자|사무관|보좌관|청장|원장|사장)(?:들|님)?$")
_BODY_KO = re.compile(r"([가-힣·]{1,12}?)(?:부|처|청|위원회|위|공단|공사|본부|진흥원|연구원|원|재단|협회|은행)(?:들)?$")


def is_state(role: str) -> bool:
    """Whether somebody acts for a government: what is asked of the government or of a country is asked of them.

    >>> is_state("Minister of Trade"), is_state("산업부 장관"), is_state("SMEs")
    (True, True, False)
    """
    return bool(_OFFICE.search(role)) or bool(kinds(role) & _STATE)


def addressed(found: Recommendation, role: str) -> Reach | None:
    """Whether a recommendation asks something of a role, given in English or Korean."""
    return None if found.actor is None else reached(found.actor.text, role)


def reached(actor: str, role: str) -> Reach | None:
    """Whether what is asked of an actor is asked of a role. A government as a whole, a country and `we` are whoever acts
    for them; another ministry or agency that is named is not, nor a local government.

    >>> reached("Ministry of Education", "Ministry of Agriculture"), reached("The government", "Ministry of Agriculture")
    (None, 'whole')
    >>> reached("국토교통부", "국토부 장관"), reached("지자체", "국토교통부"), reached("정부", "국토교통부")
    ('named', None, 'whole')
    """
    if not is_state(role):
        return "named" if matches(actor, role) else None
    if _is_local(actor) and not _is_local(role):
        return None
    asked, there = places_in(in_english(role)), places_in(in_english(actor))
    if asked and there and not asked & there:
        return None
    wanted = _own_words(role)
    if not wanted:  # a government, or somebody of it: all that are part of it
        if matches(actor, role):
            return "named"
        return "whole" if _is_whole(actor) else None
    parts = [p for p in re.split(r",|\band\b|;|및|와 |과 ", actor) if p.strip()]
    if any(_same(_own_words(part), wanted) for part in (actor, *parts)):
        return "named"
    return "whole" if any(map(_is_whole, parts)) else None


_DECIDES = re.compile(
    r"(?P<who>(?:\w+[’']s? )?[\w.]+(?: (?:of )?[\w.]+){0,4}?) (?:may|might|could|can)(?: also| then| instead| next)? (?:\w+ly )?"
    r"(?:consider|decide|choose|opt|wish|want|elect|direct|require|authori[sz]e|reauthori[sz]e|appropriate|amend|extend|repeal|"
    r"oversee|examine|evaluate|review|assess|weigh|seek|conduct|monitor|legislate|enact|adopt|fund|continue|allow|prohibit|"
    r"set|raise|lower|expand|limit|approve|reject|address|explore|debate)\b"
)
_INTEREST = re.compile(
    r"\b(?P<who>[A-Z]\w{4,}?)(?:ional|ial|al|ary)?(?:[’']s)? (?:interest|oversight|consideration|action|options|debate|decisions?|"
    r"concerns?|questions?)\b[^.]{0,40}\b(?:may|might|could|include[sd]?)\b"
)
_DECIDES_KO = re.compile(
    r"(?P<who>[가-힣·]+(?:\s[가-힣]+)?)(?:은|는|이|가)\s[^.]*(?:할지|여부를|(?:결정|검토|고려|선택|개정|승인|심의|감독|연장|폐지|조정)할\s?수\s?있)"
)


def decides(text: str, role: str) -> bool:
    """Whether a sentence says what a role may decide.

    >>> decides("Congress may consider whether to extend the program.", "Congress")
    True
    >>> decides("Congressional interest may include the funding of the program.", "Congress")
    True
    >>> decides("Congress created the program in 1992.", "Congress"), decides("Firms may consider it.", "Congress")
    (False, False)
    """
    for m in (*_DECIDES.finditer(text), *_DECIDES_KO.finditer(text)):
        words = m["who"].split()
        if any(reached(" ".join(words[n:]), role) for n in range(len(words))):
            return True
    of = _INTEREST.search(text)
    return of is not None and stem(of["who"].casefold()) in {stem(t.text) for t in tokens(role)}


def _is_local(name: str) -> bool:
    return "local government" in kinds(name) or _LOCAL.search(name) is not None


def _is_whole(name: str) -> bool:
    own = kinds(name)
    return own == {COUNTRY} or "we" in own or _WHOLE.search(name.strip()) is not None


@lru_cache(maxsize=512)
def _own_words(name: str) -> frozenset[str]:
    """The words that tell a body from others of its kind: of `국토교통부 장관` 국토교통, of `Ministry of Trade` trade."""
    if re.search("[가-힣]", name):
        words = [_TITLES_KO.sub("", w) for w in re.findall("[가-힣·]+", name)]
        bodies = [m for w in words if w and not _WHOLE.search(w) and (m := _BODY_KO.match(w))]
        return frozenset(m[1].replace("·", "") for m in bodies)
    if _WHOLE.search(name) and not re.search(
        r"\b(?:ministry|minister|department|secretary|agency) ", name, re.IGNORECASE
    ):
        return frozenset()
    placed = {stem(t.text) for m in re.findall(r"[A-Z]\w+", name) if places_in(m) for t in tokens(m)}
    found = {stem(t.text) for t in tokens(name) if t.text not in STOPWORDS and t.text not in _TITLES}
    return frozenset(found - placed)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names may mean the same body: one has all words of the other; a Korean short name has the first and
    some later syllables of the long one (산업 of 산업통상자원)."""
    if not one or not other:
        return False
    korean = [{w for w in words if re.match("[가-힣]", w)} for words in (one, other)]
    if all(korean):
        return any(_short_of(a, b) or _short_of(b, a) for a in korean[0] for b in korean[1])
    if any(korean):
        said = [
            frozenset(stem(t.text) for w in words for t in tokens(in_english(w)) if t.kind != "hangul")
            for words in (one, other)
        ]
        return bool(said[0]) and bool(said[1]) and (said[0] <= said[1] or said[1] <= said[0])
    return one <= other or other <= one


def _short_of(short: str, long: str) -> bool:
    rest = iter(long)
    return short[:1] == long[:1] and all(c in rest for c in short)
