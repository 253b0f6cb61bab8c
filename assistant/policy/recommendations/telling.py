"""Whether a clause can advise, and who is said to say it; small steps that the readers of signs share."""

from __future__ import annotations

import re

from assistant.policy.recommendations.actors import acts
from assistant.policy.recommendations.clauses import Clause
from assistant.policy.recommendations.readings import trimmed
from assistant.policy.recommendations.verbs import is_deed
from assistant.types import Span

TEXT_VOICE = r"(?:(?:[Tt]his|[Tt]he present|[Oo]ur)\s(?:policy\s)?(?:paper|study|report|brief|article|analysis|essay|memo|chapter|note)|[Tt]he (?:paper|authors?|study|report|article)(?: of this \w+)?|[Ww]e|I)"

ITEMS = re.compile(r"(?:^|[\s—])(?:\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}\)|[①-⑳])\s?")


def group(m: re.Match[str], name: str) -> Span:
    return Span(m.start(name), m.end(name))


def hangs(c: Clause) -> bool:
    """Whether a clause hangs on another so that it advises nothing: a condition, a relative clause, a reason."""
    return bool(c.under) and c.under != "that"


_DENIED = re.compile(
    r"^(?:but |and )?(?:no|none|nothing|nobody|no one|neither|nor|hardly (?:any\w*|a|one)|few|little|not (?:all|every|one|any)\w*)\b", re.IGNORECASE
)  # fmt: skip
_UNNEEDED = re.compile(r"\b(?:not|never|no longer|hardly|scarcely|neither|nor|n't)$", re.IGNORECASE)


def denied(subject: str, before: str = "") -> bool:
    """Whether a clause says that there is no need: by its subject (`Nobody needs to`, `Nothing in this section requires`) or
    by the words before the sign (`no longer needs to`)."""
    return bool(_DENIED.match(subject) or _UNNEEDED.search(before.rstrip()))


_SAYS = re.compile(
    r"(?P<verb>\b(?:argu(?:e|es|ed|ing)|contend(?:s|ed)?|assert(?:s|ed)?|warn(?:s|ed)?|emphasi[sz]e[sd]?|maintain(?:s|ed)?|caution(?:s|ed)?|insist(?:s|ed)?|"
    r"say|says|said|conclude[sd]?|recommend(?:s|ed)?|suggest(?:s|ed)?|propose[sd]?|indicate[sd]?|note[sd]?|claim(?:s|ed)?|believe[sd]?|think|thinks|thought|hold|holds|held|"
    r"stress(?:es|ed)?|demand(?:s|ed)?|state[sd]?|urge[sd]?|agree[sd]?|call(?:s|ed)?|mean|means|meant|imply|implies|implied|show|shows|showed|shown|underline[sd]?|underscore[sd]?|point(?:s|ed)? out|"
    r"find|finds|found|report(?:s|ed)?|declare[sd]?|announce[sd]?|acknowledge[sd]?|added|remarked|complain(?:s|ed)?|argument|view|opinion|belief|recommendation|conclusion|point|idea|calls|consensus))\s*$"
)

_OWN_TELLS = re.compile(
    r"^(?:.*[,;]\s)?(?:(?:"
    + TEXT_VOICE
    + r")|[Tt]his|[Tt]hat|[Ii]t|[Tt]hese(?:\s\w+)?|(?:[Tt]his|[Tt]hese|[Oo]ur|[Tt]he)\s(?:\w+\s)?(?:findings?|results?|analysis|evidence|experience|examples?|lessons?|shift|trend|changes?|developments?|case)s?(?:\s.{0,60})?)\s?(?:also\s|therefore\s|thus\s|clearly\s)?$"
)


def heard(text: str, c: Clause) -> tuple[bool, Span | None]:
    """Whether a clause behind `that` may advise, and who says it where that is somebody else."""
    if c.under != "that":
        return True, None
    if c.governor is None or not (said := _SAYS.search(c.governor.slice(text))):
        return False, None
    before = trimmed(text, c.governor.start, c.governor.start + said.start())
    words = before.slice(text)
    if passive := re.fullmatch(
        r"(?:.*[,;]\s)?[Ii]t (?P<be>is|has been|was|had been)(?:\s[a-z]+ly|\stherefore)?", words
    ):
        return True, None if passive["be"] == "is" else Span(before.end, before.end)  # nobody is named
    if auxiliary := re.search(r"\s(?:has|have|had)(?:\s(?:also|long|since|repeatedly|[a-z]+ly))?$", words):
        before = trimmed(text, before.start, before.start + auxiliary.start())
        words = before.slice(text)
    if _OWN_TELLS.match(words):
        return True, None
    return True, _teller(text, before) if words else before


def _teller(text: str, before: Span) -> Span:
    """The last noun phrase before a verb of saying."""
    words = before.slice(text)
    cut = max((m.end() for m in re.finditer(r"[,;]\s|\b(?:while|whereas|although|but|and yet|as)\s", words)), default=0)
    return trimmed(text, before.start + cut, before.end)


def put_to(text: str, start: int, named: bool = False) -> tuple[Span, int] | None:
    """Who should act and where the act begins, of `(that) the ministry (should) close the quay`, `the ministry to close`. With
    `named` anybody before `to` is taken for one, as behind `urged`.
    """
    begin = start + (5 if text.startswith("that ", start) else 0)
    unknown: tuple[Span, int] | None = None
    for m in re.finditer(
        r"(?<=[\w)])\s(?P<link>should |must |might |may |could |to |not )?(?P<verb>[a-z]+)\b", text[begin : begin + 90]
    ):
        who = text[begin : begin + m.start()]
        if re.search(r"[,;:]", who) or len(who.split()) > 9:
            break
        if m["link"] is None and re.match(r"\s?(?:for|of|to|in|between|among|from)\b|[,.;]", text[begin + m.end() :]):
            continue  # `government support for`: a noun
        plainly = m["link"] is not None or m["verb"] == "be" or is_deed(m["verb"])
        if plainly and not m["verb"].endswith("ing") and (acts(who) or (named and m["link"] == "to ")):
            return trimmed(text, begin, begin + m.start()), begin + m.start("verb")
        if begin > start and acts(who) and not _NO_BARE_VERB.search(m["verb"]):
            unknown = trimmed(text, begin, begin + m.start()), begin + m.start("verb")
    return unknown


_NO_BARE_VERB = re.compile(r"(?:s|ed|ing|ly)$|^(?:and|or|who|which|that|has|was|will|would|can|cannot)$")
"""Behind `recommends that` and an actor a verb stands bare, whether it is known as a deed or not."""

_FILLER = re.compile(
    r"(?:(?:also|alternatively|additionally|therefore|thus|now|then|hence|instead|too|further|accordingly|first),?\s)+"
)


def bare(text: str, span: Span) -> Span:
    """An action without the adverbs that only tie its sentence to the one before."""
    filler = _FILLER.match(span.slice(text))
    return Span(span.start + filler.end(), span.end) if filler else span


def inline(text: str, start: int) -> tuple[Span, ...]:
    """The numbered items of a sentence behind `start`: `(1) managing …; (2) building …`."""
    found = list(ITEMS.finditer(text, start))
    if len(found) < 2:
        return ()
    ends = [m.start() for m in found[1:]] + [len(text)]
    items = []
    for m, end in zip(found, ends, strict=True):
        words = re.sub(r"[;,]?\s(?:and|or)\s*$", "", text[m.end() : end])
        items.append(trimmed(text, m.end(), m.end() + len(words)))
    return tuple(i for i in items if len(i))
