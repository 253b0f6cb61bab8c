"""Who made a work: the names at the head of a citation, persons and institutions told apart.

A list of names has no marks of its own; what tells a name is that all its words are capitalised, what tells an
institution is the words that institutions bear ('Ministry', 'Bank', '위원회').
"""

from __future__ import annotations

import re

from assistant.sources.scan import trimmed
from assistant.types import Person, Span

Names = list[tuple[Person, Span]]

_INSTITUTION = re.compile(
    r"\b(?:Academy|Administration|Agency|Assembly|Associations?|Authority|Bank|Board|Bureau|Cent(?:er|re)|Chamber|Commission|Committee|"
    r"Company|Conference|Congress|Consulting|Corporation|Corps|Council|Customs|Department|Directorate|Division|Federation|Firm|Forum|Foundation|Fund|Guard|"
    r"Government|Group|House|Inc|Index|Initiative|Institut(?:e|ion)|Labou?r Statistics|Library|Ltd|Ministry|Nations|Network|Observatory|Office|"
    r"Organi[sz]ation|Parliament|Partners|Press|Programme|Program|Project|Representative|Republic|Secretariat|Senate|Service|Society|Statistics|"
    r"Survey|System|Team|Treasury|Tribunal|Union|Universit(?:y|ies)|UNCTAD|OECD|WTO|IMF)\b"
)
_BEGINS = re.compile(
    r"(?:The|United|World|International|European|National|U\.S\.|[A-Z]{2,})\b|"
    r"(?:Institute|Cent(?:er|re)|Ministry|Office|Department|Council|Bank|University|Association|Committee|Bureau|Board) (?:of|for|on)\b"
)
_SURNAMES = frozenset(
    "가간갈강견경계고곡공곽구권금기길김나남노뇌단담당대도동두라량려로류리마맹명모목묘문민박반방배백범변복봉부빈사상서석선설섭성소손송승시신심안양어엄여연염엽영예오옥온옹"
    "왕요용우운원위유육윤은음이인임자장전정제조종좌주지진차창채천초최추탁탄탕태판팽편평포표풍피하학한함허현형호홍화황후"
)
"""Korean family names of one syllable."""
_OFFICE = re.compile(r"(?:청|처|부|위|회|은행|공사|협회|학회|재단|센터|공단|일보|신문)$")
"""What ends the short name of an office, and no given name."""
_BY = re.compile(r"\s*(?:지음|지은이|저자?|기자|특파원|논설위원|엮음|편저|편집|편|글)$")
_NOT_BY = re.compile(r"\s*(?:옮김|옮긴이|역자?)$")
_KOREAN_INSTITUTION = re.compile(
    r"(?:부|원|청|처|회|국|실|은행|공사|위원회|협회|센터|연구소|대학교?|학회|재단|그룹|기구|정부|포럼|본부|공단|신문|일보)$"
)
_DOUBLE = ("남궁", "황보", "제갈", "선우", "사공", "독고", "서문")
_SMALL = frozenset(
    "of the and for on in to at a an et al. al de del della di da do dos du des la le las los van von der den ter ten bin ibn y e zu und & und der für "
    "with ’t".split()
)
_PARTICLES = r"(?:(?:de|del|della|di|da|dos|du|van|von|der|den|ter|ten|la|le|bin|ibn|al|el|zu|y) )*"
_WORD = (
    r"(?!(?:In|On|At|By|As|To|Of|For|From|See|The|An|And|With|Data|This|Also|Based)\b)[A-ZÀ-ÞŁŞŠŽČĆÖÜ][\w’'.\-‐–À-ÿ]*"
)
_PERSON = re.compile(rf"{_WORD}(?: {_PARTICLES}{_WORD}){{1,4}}(?:,? (?:Jr|Sr)\.?| II| III)?$")
_ET_AL = re.compile(r",?\s*(?:and\s+)?\bet\.? ?al\b\.?|\s+(?:외|등)(?:\s*\d+[인명])?$|,? (?:and|&) (?:\w+ )?others$")
_HANGUL = re.compile(r"[가-힣]{2,5}$")


def is_institution(name: str) -> bool:
    """Whether a name is that of an institution, as far as its words tell."""
    if re.search(r"[가-힣]", name):
        if _HANGUL.match(name) and len(name) <= 4 and not is_person(name):
            return True
        return (bool(_KOREAN_INSTITUTION.search(name)) and len(name.replace(" ", "")) > 3) or len(name) > 5
    words = name.split()
    return (
        bool(_INSTITUTION.search(name))
        or name.startswith("The ")
        or any(re.fullmatch(r"[A-Z&]{2,}[A-Za-z]?(?:[-/]\w+)?", w) and w not in ("II", "III") for w in words)
        or any(w in ("of", "for", "&") for w in words)
    )


def is_person(name: str) -> bool:
    """Whether a name has the shape of a person's, given name first."""
    if _HANGUL.match(name) and len(name) <= 4:
        return (name[0] in _SURNAMES and (len(name) < 4 or name.startswith(_DOUBLE))) and not (
            (_KOREAN_INSTITUTION.search(name) and len(name) > 3) or (_OFFICE.search(name) and len(name) > 2)
        )
    return bool(_PERSON.match(name)) and not is_institution(name) and ":" not in name and len(name.split()) <= 5


def is_namey(text: str) -> bool:
    """Whether every word could stand in a name: capitalised, or one of the small ones."""
    words = text.replace(",", " ").replace("(", " ").replace(")", " ").split()
    return (
        bool(words)
        and all(w in _SMALL or not w[0].islower() for w in words)
        and (words[0][0].isupper() or _hangul(words[0]))
    )


def _hangul(word: str) -> bool:
    return "가" <= word[0] <= "힣"


def person(name: str) -> Person:
    """A name as written, family name last (Hangul: first), as CSL parts it; an institution stays whole."""
    name = name.strip()
    if (by := _BY.search(name)) and len(name[: by.start()].replace(" ", "")) > 1 and by.group().startswith(" "):
        name = name[: by.start()]
        if foreign := re.fullmatch(r"(?P<given>[가-힣]{2,6}(?: [가-힣]{2,6}|\.)*?) (?P<family>[가-힣]{1,6})", name):
            return Person(foreign["family"], foreign["given"])
    if is_person(bare := re.sub(r"\s*\([^()]*\)$", "", name)):
        name = bare
    if _HANGUL.match(name):
        if not is_person(name):
            return Person(name)
        cut = 2 if name.startswith(_DOUBLE) and len(name) > 2 else 1
        return Person(name[:cut], name[cut:])
    if not is_person(name):
        return Person(name)
    found = re.match(rf"(?P<given>.+?) (?P<family>{_PARTICLES}[^ ]+(?:,? (?:Jr|Sr)\.?| II| III)?)$", name)
    return Person(found["family"], found["given"]) if found else Person(name)


def without_et_al(text: str, span: Span) -> tuple[Span, bool]:
    """A list of names without its closing 'et al.', and whether it had one."""
    found = _ET_AL.search(span.slice(text))
    return (Span(span.start, span.start + found.start()), True) if found else (span, False)


def names(text: str, span: Span) -> tuple[Names, bool]:
    """The names of a list in plain order ('A B, C D, and E F'; '홍길동·김철수'), and whether 'et al.' ends it."""
    span, more = without_et_al(text, trimmed(text, span, " ,.;:\t\n"))
    chunks = [trimmed(text, c) for c in _split(text, span, r"\s*[·ㆍ]\s*|,\s+(?:and\s+|&\s*)?|\s+&\s+")]
    found: list[Span] = []
    for chunk in chunks:
        said = chunk.slice(text)
        if not said or (re.search(r"[가-힣]", said) and " " in said and _NOT_BY.search(said)):
            continue
        if found and not is_person(said.removeprefix("and ")) and _continues(text, found[-1], said):
            found[-1] = Span(found[-1].start, chunk.end)
        else:
            found.append(chunk)
    whole: Names = []
    for piece in found:
        for part in _parted(text, piece):
            whole.append((person(part.slice(text)), part))
    return whole, more


def _continues(text: str, before: Span, said: str) -> bool:
    """Whether a chunk goes on with the institution before it: 'Ministry of Trade' | 'Industry and Energy'."""
    if not is_institution(before.slice(text)):
        return False
    if re.fullmatch(r"[A-Z]{2,6}", said) and re.fullmatch(r"[A-Z]{2,6}", before.slice(text)):
        return True  # 'DOL, ETA'
    return not is_institution(said) or bool(
        re.match(r"(?:Office|Bureau|Division|Committee|House|Senate|Department|Subcommittee|and)\b", said)
    )


def _parted(text: str, span: Span) -> list[Span]:
    """A chunk parted at 'and' where a whole name stands on each side."""
    said = span.slice(text)
    for cut in re.finditer(r"\s+and\s+|^and\s+", said):
        left, right = said[: cut.start()], said[cut.end() :]
        if not left:
            return [Span(span.start + cut.end(), span.end)]
        whole_left, whole_right = is_person(left) or is_institution(left), is_person(right) or is_institution(right)
        starts_anew = is_person(right) or bool(_BEGINS.match(right))
        inside = bool(re.search(r"\b(?:of|for|on) [\w ,]*$", left)) and not is_person(left)
        one_name = inside and (is_person(right) or not starts_anew)
        if whole_left and whole_right and not one_name and (is_person(left) or starts_anew):
            return [Span(span.start, span.start + cut.start()), *_parted(text, Span(span.start + cut.end(), span.end))]
    if re.fullmatch(rf"{_WORD} and {_WORD}", said) and not is_institution(
        said
    ):  # family names alone: 'Krause and Tolaymat'
        left, _, right = said.partition(" and ")
        return [Span(span.start, span.start + len(left)), Span(span.end - len(right), span.end)]
    return [span]


def _split(text: str, span: Span, by: str) -> list[Span]:
    cuts, at = [], span.start
    for found in re.compile(by).finditer(text, span.start, span.end):
        if re.match(r"(?:Jr|Sr|Inc|Ltd|LLC|LLP)\b", text[found.end() :]):
            continue
        cuts.append(Span(at, found.start()))
        at = found.end()
    return [*cuts, Span(at, span.end)]


_INITIALS = r"[A-Z](?:\.|\b)(?:[ -]?[A-Z](?:\.|\b))*"
_FAMILY = rf"{_PARTICLES}{_WORD}(?:[ -]{_WORD})?"
_INVERTED = re.compile(
    rf"(?P<family>{_FAMILY}),\s+(?P<given>{_INITIALS}|{_WORD}(?: (?:{_WORD}|[A-Z]\.))*)(?=,|\s*&|\s+and\b|;|\.|\s*$|\s*\()"
)
_NEXT = re.compile(r"\s*(?:,\s*(?:&|and)\s*|,\s*|;\s*(?:and\s+|&\s*)?|\s*&\s*|\s+and\s+|\s+)")
_JOINED = re.compile(rf"(?P<family>{_PARTICLES}{_WORD}(?: {_WORD})??) (?P<given>[A-Z]{{1,3}})(?=,|\.|;|\s*$)")


def inverted(text: str, span: Span, run_in: bool = False) -> tuple[Names, bool] | None:
    """The names of a list with family names first ('Smith, J., & Doe, K.'; with `run_in` 'Smith J, Doe K'); after the
    first, Chicago's plain order is read too. None where the span is not such a list."""
    shape, span = (_JOINED if run_in else _INVERTED), trimmed(text, span, " ,\t\n")
    if not shape.match(text, span.start, span.end):
        return None
    span, more = without_et_al(text, span)
    found: Names = []
    at = span.start
    while at < span.end:
        one = shape.match(text, at, span.end)
        if one and (run_in or not found or not _plain_next(text, at, span.end)):
            end = one.end() + (text[one.end() : one.end() + 1] == "." and one.end() < span.end)
            found.append((Person(one["family"], one["given"].strip()), Span(at, end)))
            at = end
        elif (
            found
            and not run_in
            and (plain := re.compile(r"[^,;&]+?(?=,|;|\s+and\s|\s*&|\s*$)").match(text, at, span.end))
        ):
            if not is_person(plain.group().strip(" .")):
                return None
            found.append((person(plain.group().strip(" .")), Span(at, plain.end())))
            at = plain.end()
        else:
            return None
        if (step := _NEXT.match(text, at, span.end)) is not None:
            at = step.end()
        elif text[at : span.end].strip(" .,"):
            return None
        else:
            break
    return (found, more) if found else None


def _plain_next(text: str, at: int, end: int) -> bool:
    """Whether a name in plain order stands here: 'Smith, John, and Kate Jones'."""
    chunk = re.compile(r"[^,;&]+").match(text, at, end)
    return bool(chunk) and len(chunk.group().split()) >= 2 and is_person(chunk.group().strip(" .")) if chunk else False
