"""A long sentence as the statements that it makes: a source may bear each in another place, or only some.

Rules on clauses, not a grammar: a part that is cut off takes the subject and, where it names no year, the time of the
sentence's beginning with it. What cannot be cut stays whole.
"""

from __future__ import annotations

import re

_VERB = (
    r"(?:is|are|was|were|has|have|had|will|rose|fell|grew|rise|rises|fall|falls|grows|reached|reaches|totall?ed|totals|amounted|amounts|"
    r"stood|stands|accounted|accounts|represented|represents|increased|increases|decreased|decreases|declined|declines|dropped|"
    r"drops|surged|peaked|exceeded|exceeds|surpassed|doubled|tripled|contracted|expanded|remained|remains|became|becomes|"
    r"established|achieved|committed|concluded|signed|employed|employs|produced|produces|carried|exported|imported|sold|"
    r"invested|shifted|saw|sees|recorded|posted|ranked|ranks|culminated|hit|came|went|began|opened|closed|announced|agreed)"
)
_FRAME = re.compile(
    r"^(?:(?:according to|as reported by|based on|as stated by|regarding|as for)\s[^,]{2,70},"
    r"|(?:for (?:instance|example)|(?:in|by) contrast|subsequently|meanwhile|however|moreover|furthermore|in addition|also|"
    r"as a result|therefore|notably|indeed|similarly|likewise|thus|in particular|specifically|consequently|nevertheless|"
    r"in other words|that is|in fact|given that),?"
    r"|(?!no\b|few\b)\w[\w.'\u2019&-]*(?:\s[\w.'\u2019&-]+){0,4}?\s(?:emphasi[sz]es?|emphasi[sz]ed|reports?|reported|notes?|noted|finds?|found|"
    r"argues?|argued|shows?|showed|estimates?|estimated|points? out|pointed out|concludes?|concluded|indicates?|indicated)\sthat"
    r"|[^,]{2,40}에 (?:따르면|의하면),?|(?:또한|한편|반면|그러나|특히|예를 들어|예컨대|즉|다만|이후|그 결과),?)\s+",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*[;\u2014]\s*|\s\u2013\s"
    r"|,\s+(?=(?:and\s+)?(?:accounting|representing|reaching|making|ranking|marking|rising|falling|growing|totalling|totaling|"
    r"exceeding|surpassing|compared|followed|attracted|driven|led|giving|leading|prohibiting|allowing|leaving|bringing|"
    r"with|while|whereas|although|though|but|before|which|who|where|along with)\b)"
    rf"|,?\s+(?:and|but|then)\s+(?=(?:then\s+|later\s+|still\s+)?{_VERB}\b)|,\s+(?={_VERB}\b)|\s+(?=before\s\w+ing\b)"
    r"|(?<=[가-힣]{2}[고며]),\s+|(?<=[가-힣]지만),\s+|(?<=[가-힣]나),\s+",
    re.IGNORECASE,
)
_AND = re.compile(
    rf",\s+(?:and|but|while)\s+(?=(?:[\w'\u2019.&-]+\s+){{1,8}}?(?:{_VERB}|\w{{3,}}ed(?=\s(?:to|by|in|from|for|on|the|an?|its|their|\d)))\b)",
    re.IGNORECASE,
)
"""Where another clause begins with a subject of its own, if what stands before it is a clause."""
_CLAUSE = re.compile(
    rf"\w\s+(?:{_VERB}|(?<![-\w])\w{{3,}}ed(?=\s(?:to|by|in|from|for|on|the|an?|its|their|\d)))\b", re.IGNORECASE
)
_OPENING = re.compile(r"^(?:and|but|then|while|whereas|although|though|which|who|where|before|with)\s+", re.IGNORECASE)
_BARE = re.compile(
    rf"^(?:(?:then|later|still|also)\s+)?(?:{_VERB}|\w+ing|attracted|driven|led|compared|followed)\b", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"^(?P<time>(?:in|on|by|from|between|since|after|during|at|until|under|before|as of)\s[^,]{2,60},\s+)?"
    rf"(?P<subject>(?!which\b|who\b)[^,;]{{2,120}}?)(?:,\s+which\b[^,]*,)?,?\s+(?={_VERB}\b)",
    re.IGNORECASE,
)
_CONCESSION = re.compile(r"^(?:although|while|whereas|though)\s[^,]{12,}(?P<cut>,\s+)", re.IGNORECASE)
_SAYS = re.compile(rf"\b{_VERB}\b|\d|\b(?:can|could|may|might|must|should|would|do|does|did)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_LEAST = 3


def bare(statement: str) -> str:
    """A statement without what only leads into it: `According to the bank,`, `In contrast,`."""
    text = " ".join(statement.split())
    while (m := _FRAME.match(text)) and len(text[m.end() :].split()) >= _LEAST:
        text = text[m.end() :]
    return text[:1].upper() + text[1:]


def parts(statement: str) -> tuple[str, ...]:
    """The statements that a sentence makes, in order; the sentence alone, without its lead-in, where it makes one."""
    text = bare(statement)
    pieces: list[str] = []
    if opening := _CONCESSION.match(text):
        pieces.append(_OPENING.sub("", text[: opening.start("cut")]))
    for piece in _clauses(text[opening.end() :] if opening else text):
        piece = piece.strip(" ,.;")
        if pieces and not _SUBJECT.match(pieces[-1]) and _TIME.fullmatch(pieces[-1]):
            pieces[-1] = f"{pieces[-1]}, {_OPENING.sub('', piece)}"  # a date alone says nothing
        elif pieces and (len(piece.split()) < _LEAST and not _hangul(piece)):
            pieces[-1] = f"{pieces[-1]}, {piece}".rstrip(", ")  # too little to stand alone, and nothing is dropped
        else:
            pieces.append(piece)
    pieces = [p for p in pieces if p]
    if len(pieces) < 2:
        return (text,)
    head = _SUBJECT.match(pieces[0]) or _SUBJECT.match(text)
    subject, time = (head["subject"], head["time"] or "") if head else ("", "")
    headless = not _SAYS.search(pieces[0]) and not _hangul(pieces[0])
    if headless and pieces[0] != f"{time}{subject}":
        subject, time = pieces[0], ""
    found = [] if headless else [pieces[0]]  # `The surplus, which was …, rose to …`: the head alone says nothing
    leaning = 0
    for piece in pieces[1:]:
        opened = _OPENING.match(piece)
        rest = piece[opened.end() :] if opened else piece
        relative = bool(opened and opened.group().strip().lower() in ("which", "who", "with", "where"))
        if subject and (relative or _BARE.match(rest)):
            leaning += 1
            rest = f"{'' if _YEAR.search(rest) else time}{subject} {'with ' if piece.lower().startswith('with ') else ''}{rest}"
        elif found and (relative or _BARE.match(rest)):
            found[-1] = f"{found[-1]}, {piece}"  # its subject is not known: it says nothing by itself
            continue
        found.append(rest)
    if len(found) < 2 or (headless and not leaning):
        return (text,)  # nothing is gained by a cut, or nothing takes up what stands first
    return tuple(dict.fromkeys(found))


def _clauses(text: str) -> list[str]:
    """The text cut between its clauses."""
    found: list[str] = []
    for piece in _CUT.split(text):
        start = 0
        for m in _AND.finditer(piece):
            if _CLAUSE.search(piece, start, m.start()):
                found.append(piece[start : m.start()])
                start = m.end()
        found.append(piece[start:])
    return found


def own(part: str, statement: str) -> str:
    """The words of a part that stand in the sentence itself, without the subject that was given to it."""
    flat = " ".join(statement.split()).casefold()
    words = part.split()
    return next((tail for n in range(len(words)) if (tail := " ".join(words[n:])).casefold() in flat), part)


def alone(part: str, statement: str) -> str:
    """What a part that leans on another's subject says without it, where that holds a figure: `a deficit of USD 18
    billion in 2023` of `The surplus turning into a deficit of USD 18 billion in 2023`; '' where there is no such thing.
    """
    tail = own(part, statement)
    if tail == part:
        return ""
    said = _ACTING.sub("", tail)
    return said if len(said.split()) >= _LEAST + 2 and _FIGURE.search(said) else ""


_ACTING = re.compile(r"^(?:(?:then|later|still|also)\s+)?\w+ing\s+(?:(?:into|to|at|by|for|in|with)\s+)?", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_TIME = re.compile(r"(?:in|by|from|since|after|until|during|as of)\s[^,]{2,30}", re.IGNORECASE)


def level(part: str) -> str:
    """A part that tells how a figure was come to, as the figure alone: `the surplus was USD 55 billion in 2024` of `the
    surplus reached a historical high of USD 55 billion in 2024`. A table gives no more. '' where there is no such thing.
    """
    m = _COURSE.search(part)
    return f"{part[: m.start()]}was {part[m.end() :]}" if m and not _CHANGE.search(m.group()) else ""


_COURSE = re.compile(
    r"\b(?:reach\w*|rose|fell|grew|climb\w+|increas\w+|decreas\w+|declin\w+|peak\w+|hit|surg\w+|contract\w+|shrank|dropped|expanded)\s"
    r"(?:[a-z-]+\s){0,6}?(?:to|at|of|high|low|peak|record)\s(?:about |nearly |some )?(?=(?:USD|US\$|KRW|EUR|[$\u20ac\u20a9])?\s?\d)",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\b(?:by|from|increase|decrease|rise|fall|growth|gain|loss)\b", re.IGNORECASE)


def _hangul(text: str) -> bool:
    return len(re.findall("[가-힣]", text)) >= 6
