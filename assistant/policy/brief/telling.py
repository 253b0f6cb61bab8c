"""How telling a sentence is: what a document says of itself, finds, proposes and concludes, and what it opens and closes
its sections with. General signs of policy prose in both languages; a score only ranks the sentences of one document.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citations import is_reference
from assistant.origin import origin_of
from assistant.policy.brief.lines import is_whole
from assistant.policy.statements import Statement, statements
from assistant.text import terms
from assistant.types import Document

_WORK = (
    r"(?:[Tt]his|[Tt]he present|[Oo]ur) (?:\w+ )?(?:paper|report|study|article|analysis|brief|essay|note|memorandum|review|"
    r"primer|chapter|product|In Focus|Insight|Sidebar)"
)
_SELF_KO = r"(?:본|이|이번) ?(?:연구|논문|보고서|글|자료|브리프|고)(?:는|은|에서는|에서|의|가|이)"
_PROPOSES = re.compile(
    rf"{_WORK}\b[^.]{{0,60}}\b(?:propos|argu|finds?\b|found\b|conclud|recommend|suggest|shows?\b|showed|demonstrat|contend)"
    r"|\b[Ww]e (?:\w+ )?(?:propose|argue|find|found|conclude|recommend|suggest|show|contend)"
    rf"|{_SELF_KO}.{{0,80}}(?:제안|제시|주장|권고|제언|결론)"
)
_DESCRIBES = re.compile(
    rf"{_WORK}\b[^.]{{0,60}}\b(?:seeks?|aims?|explor|examin|review|discuss|describ|provid|outlin|analy[sz]|address|assess|focus)"
    rf"|{_SELF_KO}.{{0,80}}(?:분석|검토|살펴|고찰|논의|조사|정리|소개|목적)"
)
_CLOSING = re.compile(
    r"^(?:In (?:sum|short|conclusion|summary)|To (?:sum up|conclude|summari[sz]e)|Overall|Taken (?:together|as a whole)|All in all|"
    r"On balance|On the whole|요컨대|종합하면|결론적으로|정리하면|요약하면|이상을 종합하면|종합적으로|한마디로|전반적으로)\b"
)
_CENTRAL = re.compile(
    r"\b(?:fundamental|central|main|key|core|primary|principal|biggest|overarching|ultimate) "
    r"(?:problem|issue|challenge|question|concern|goal|aim|objective|task|finding|conclusion|message|risk|purpose)s?\b"
    r"|(?:핵심|근본적인|가장 큰|가장 중요한|주된|궁극적인) ?(?:문제|과제|쟁점|목표|결론|시사점|위험|우려)"
)
_FINDS = re.compile(
    r"\b(?:results?|findings?|analys[ie]s|evidence|estimates?|studies|correlations?|coefficients?)\b[^.]{0,50}?"
    r"\b(?:shows?|showed|indicat|suggest|finds?\b|found|reveal|confirm|impl(?:y|ies)|demonstrat|conclud)"
    r"|(?:분석|조사|추정|실증|연구) ?결과|것으로 (?:나타|분석|추정|조사|확인)"
)
_ANNOUNCES = re.compile(
    r"\b(?:two|three|four|five|six|seven)\b[^.;]{0,40}\b(?:pillars|directions|principles|priorities|goals|objectives|"
    r"recommendations|strategies|measures|options|areas|challenges|factors|dimensions|approaches|steps)\b"
    r"|^The (?:first|second|third|fourth|fifth|final|last) \w+(?: \w+){0,8} (?:is|was) to\b"
    r"|(?:두|세|네|다섯|여섯|[2-9]) ?(?:가지|개|대) ?(?:의 ?)?(?:축|방향|전략|과제|원칙|목표|정책|제언|방안|요인|쟁점|분야)"
)
_PROBLEM = re.compile(
    r"\b(?:challenges?|problems?|concerns?|risks?|threats?|pressures?|uncertaint(?:y|ies)|crisis|debates?|shifts?|shifting|"
    r"transformation)\b|문제|과제|우려|위험|위기|도전|압력|불확실|쟁점|논란|변화"
)
_AUTHORITY = re.compile(
    r"\b(?:authori[sz]es|establishe[sd]|requires|prohibits|directs|enacted|created)\b|규정(?:한|하)|제정|설립|도입"
)
"""What a report on a law or a programme opens with."""
_IS = re.compile(
    r"^(?:The |An? )?[A-Z][^,.;]{3,70} (?:is|are) (?:an?|the) |\b(?:consists? of|refers? to)\b|(?:이란|란) .*(?:말한다|뜻한다)"
)
"""Says what something is."""
_EXAMPLE = re.compile(
    r"^(?:(?:Figure|Table|Chart|Box|Annex) \d+\w?\)? (?:\w+ )?(?:shows|illustrates|presents|depicts|reports|summarizes|displays|lists)|"
    r"For (?:example|instance)|Specifically|Likewise|Similarly|Of these|As shown in|See\b|Note\b|A similar|"
    r"예를 들어|예컨대|가령|구체적으로|마찬가지로|참고로)"
)
_TURN = re.compile(
    r"^(?:First|Second|Third|Fourth|Finally|Lastly|첫째|둘째|셋째|넷째|끝으로|마지막으로|However|Therefore|Thus|Hence|Accordingly|Consequently|As a result|Nevertheless|Nonetheless|But|Moreover|Furthermore|In addition|Additionally|Also|Then|Meanwhile|By contrast|In contrast|Yet|Still|"
    r"Conversely|On the other hand|At the same time|Alternatively|반면|그러나|하지만|또한|아울러|한편|그런데)\b"
)
_LEANS = re.compile(
    r"^(?:[\w'’-]+,? ){0,4}?(?:this|these|those|such|they|their|its?|both|it)\b(?! (?:paper|report|study|article|brief|analysis)\b)"
    r"|^As (?:noted|mentioned|demonstrated|discussed|described|shown|stated) (?:\w+|in)\b|^(?:이는|이를|이에|이러한|이런|그러한|그는|이로)\b",
    re.IGNORECASE,
)
"""Speaks of what was said before it."""
_EMPTY = re.compile(
    r"\b(?:are as follows|(?:is|are) (?:discussed|described|reviewed|provided|presented|listed|summarized|shown) (?:below|above|in)|"
    r"(?:has|have) (?:long )?been (?:a|an|the|one of the) (?:\w+ )?(?:topic|subject|focus|issue)|be (?:broadly )?divided into|"
    r"evolved through|various (?:forms|ways|factors|types)|remains to be seen)\b|다음과 같다|살펴보고자|아래에서|후술"
)
"""Says that something is told, and does not tell it."""
_LISTED = re.compile(r"(?:^|[\s(])(?:\(?1\)|\(i\)|①|첫째)|: ")
_ORDINAL = re.compile(
    r"^(?:First|Second|Third|Fourth|Fifth|Firstly|Secondly|Thirdly|Finally|Lastly|첫째|둘째|셋째|넷째|다섯째|끝으로|마지막으로)\s?,"
)
"""One of a list that is not there."""
_REASON = re.compile(r"^(?:This|That|It) (?:is|was) (?:partly |mainly |largely )?because\b|^Because [^,]*$")
_REASON_KO = re.compile(r"(?:때문|탓|덕분)이(?:다|었다|며)\.?$")
_CLAIM_KO = re.compile(r"(?:것|이유|까닭|원인|배경|점)(?:은|는|도)\s")
"""With it a sentence that gives a reason says of what."""
_DEVICE = re.compile(
    r"^The (?:goal|point|answer|reason|idea|message|logic|implication|result|question) is (?:\w+ly )?"
    r"(?:straightforward|simple|clear|obvious|twofold|threefold)\b"
    r"|\b(?:are as follows|evolved through \w+ (?:\w+ )?(?:stages|phases))\.?$|다음과 같다\.?$"
    r"|\bneither \w+ nor (?:\w+ ){0,2}\w+\.$"
    r"|^(?:CRS|GAO) (?:In Focus|Insight|Report|Legal Sidebar)\b"
    r"|^\(?(?:For (?:more|further|additional|detailed|background|an? (?:overview|discussion))\b[^.;]{0,120}, |Also,? )?see\b(?! (?:to it|that)\b)"
    r"|^(?:더 )?(?:자세한|상세한|구체적인) (?:내용|사항|논의)(?:은|는)\s.*(?:참고|참조)",
    re.IGNORECASE,
)
"""Turns a phrase and says nothing to be acted on, or names another report, or points to further reading."""
_NAMES = re.compile(r"(?:^|[\s(])\(?(?:1|i|a)\)\s|①|첫째|\b[Ff]irst,|:\s")
_NUMBERED = re.compile(
    r"\b(?:the|these|those|its|all|both) (?P<number>two|three|four|five|six|seven) (?:\w+ ){0,2}?"
    r"(?P<noun>pillars|directions|principles|priorities|goals|objectives|recommendations|strategies|measures|options|areas|"
    r"challenges|factors|dimensions|approaches|steps|stages|reasons|conditions|tasks)\b"
    r"|(?:이|위|이들|이러한|그|앞의)\s?(?P<number_ko>두|세|네|다섯|여섯|[2-9])\s?(?:가지|개|대)\s?(?:의\s?)?"
    r"(?P<noun_ko>축|방향|전략|과제|원칙|목표|정책|제언|방안|요인|쟁점|분야|조건|단계)",
    re.IGNORECASE,
)
"""Speaks of several things as known."""
_SUMMARY = re.compile(
    r"\b(?:summary|abstract|conclusions?|concluding|bottom line|key (?:findings|points|judgments|takeaways)|overview)\b"
    r"|요약|초록|결론|시사점|맺음말|맺는 ?말|나가며|나오며",
    re.I,
)
_APART = re.compile(
    r"\b(?:references|bibliography|appendix|author|contact|further reading|crs products|acknowledg|disclaimer|methodology)"
    r"|참고 ?문헌|부록|저자",
    re.IGNORECASE,
)
_OF_THE_FILE = re.compile(
    r"^(?:This|The following) (?:text|document|page|file) is (?:an? |our )|^이 (?:글|문서)는 .*(?:요약|번역)"
)
"""Says what the file is that is read, and nothing of the matter."""
_SHORTEST, _LONGEST = 6, 60
"""Words of a sentence that says enough, and that is still read with ease."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement with how much it tells of what its document says, and of what the document is about."""

    statement: Statement
    says: float
    opens: float
    terms: frozenset[str]
    segment: int
    """The part of the document that it stands in: a section, or where there are none a run of paragraphs."""
    weight: float = 1.0
    """How much of the document that part is."""
    sums_up: bool = False
    """Whether it says what the whole document proposes or comes to."""


def told(document: Document) -> tuple[Telling, ...]:
    """The sentences of a document that could stand in a brief, in their order."""
    found = [s for s in statements(document) if s.kind != "aside" and not _APART.search(" ".join(s.section))]
    if not found:
        return ()
    bags = [frozenset(terms(s.text)) for s in found]
    central = _centrality(document, bags)
    segments = _segments(found)
    counts = Counter(segments)
    last_of_block = {s.block: s.span for s in found}
    first_of_section: dict[int, Statement] = {}
    for s, segment in zip(found, segments, strict=True):
        first_of_section.setdefault(segment, s)
    out = []
    first = next((s for s in found if _stands(s)), found[0])
    for place, (s, bag, middle, segment) in enumerate(zip(found, bags, central, segments, strict=True)):
        if not _stands(s):
            continue
        along = place / max(1, len(found) - 1)
        opening = s is first_of_section[segment]
        sums_up = bool(_PROPOSES.search(s.text) or _CLOSING.match(s.text))
        says = _says(s, middle, opening, s.before is None, last_of_block[s.block] == s.span, along)
        out.append(
            Telling(s, says, _opens(s, middle, along, s is first), bag, segment, counts[segment] / len(found), sums_up)
        )
    return tuple(out)


def _stands(s: Statement) -> bool:
    words = len(s.text.split())
    least = _SHORTEST if s.language == "en" else 4
    return (
        least <= words <= _LONGEST * 1.4
        and not s.text[:1].islower()  # an item of a list, which its opening sentence begins
        and not s.text.rstrip().endswith(("?", ":"))
        and s.text.rstrip("”\"') ")[-1:] in ".!다요음함됨임"
        and not is_reference(s.text, s.section)
        and not _OF_THE_FILE.match(s.text)
        and is_whole(s.document, s.span)
        and not is_thin(s.text)
    )


def is_thin(text: str) -> bool:
    """Whether a sentence says nothing by itself: a reason without what it is a reason for, one of a list without the
    list, a turn of phrase.

    >>> is_thin("First, rules change often."), is_thin("민간 노선은 적자가 나면 끊기기 때문이다.")
    (True, True)
    >>> is_thin("노선이 끊긴 것은 적자 때문이다."), is_thin("Rules change often.")
    (False, False)
    """
    if _ORDINAL.match(text) or _DEVICE.search(text) or _REASON.match(text):
        return True
    return _REASON_KO.search(text) is not None and not _CLAIM_KO.search(text)


def speaks_of_several(text: str) -> tuple[str, str] | None:
    """The number and noun of things that a sentence speaks of as known, and does not name: `the three pillars`."""
    m = _NUMBERED.search(text)
    if m is None or _NAMES.search(text[m.end() :]):
        return None
    return (m["number"] or m["number_ko"]).casefold(), (m["noun"] or m["noun_ko"]).casefold()


def naming(document: Document, several: tuple[str, str]) -> tuple[Statement, ...]:
    """The sentence that names so many things one by one, or the one that opens their list and its items; () where the
    document has none."""
    number, noun = several
    if noun.isascii():
        said = re.compile(rf"\b{number}\b[^.;]{{0,40}}\b{noun}\b", re.IGNORECASE)
    else:
        said = re.compile(rf"{number}\s?(?:가지|개|대)[^.]{{0,15}}{noun}")
    found = statements(document)
    for s in found:
        m = said.search(s.text)
        if m is not None and _ENUMERATED.search(s.text[m.end() :]):
            return (s,)
    for n, s in enumerate(found):
        if said.search(s.text) and s.text.rstrip().endswith(":"):
            items = [i for i in found[n + 1 : n + 9] if i.opener == s.span]
            if items:
                return (s, *items)
    return ()


_ENUMERATED = re.compile(
    r"(?:^|[\s(:])\(?(?:1|i|a)\)\s?\S.*[\s(]\(?(?:2|ii|b)\)|①.*②|첫째.*둘째|\b[Ff]irst,.*\b[Ss]econd,|:\s\S.*(?:,|및|과|와|and)\s"
)


def _says(
    s: Statement, middle: float, opens_section: bool, opens_block: bool, closes_block: bool, along: float
) -> float:
    text = s.text
    score = 2.0 * middle
    score += 3.0 * bool(_PROPOSES.search(text)) + 1.0 * bool(_DESCRIBES.search(text))
    score += 2.5 * bool(_CLOSING.match(text)) + 1.2 * bool(_CENTRAL.search(text))
    score += 1.5 * bool(_FINDS.search(text)) + 1.5 * _announces(text)
    score += 1.0 * opens_section + 0.8 * opens_block + 0.3 * closes_block
    score += 1.4 * bool(_SUMMARY.search(" ".join(s.section[-1:]))) + 0.6 * (along > 0.93)
    score -= 2.0 * bool(_EXAMPLE.match(text)) + 0.7 * bool(_TURN.match(text)) + 2.5 * bool(_EMPTY.search(text))
    score -= 0.7 * (len(text.split()) < (10 if s.language == "en" else 6))
    score -= 1.3 * bool(_LEANS.match(text))
    score -= 0.8 * (origin_of(s.document, s.span) == "relayed")
    score -= 0.04 * max(0, len(text.split()) - 35)
    return score


def _announces(text: str) -> bool:
    """Whether it names several things, or one of several, and says them: `three pillars: 1) …`."""
    m = _ANNOUNCES.search(text)
    return m is not None and (m.group().startswith("The ") or bool(_LISTED.search(text)))


def _opens(s: Statement, middle: float, along: float, first: bool) -> float:
    """How far it says what the matter is."""
    text = s.text
    score = 1.5 * middle + 2.5 * bool(_DESCRIBES.search(text)) + 1.5 * bool(_PROPOSES.search(text))
    score += 1.0 * bool(_PROBLEM.search(text)) + 0.8 * bool(_CENTRAL.search(text)) + 0.6 * bool(_AUTHORITY.search(text))
    score += 0.7 * (bool(_IS.search(text)) and along < 0.1)
    score += 1.4 * first + 0.6 * (s.before is None)
    score -= 2.0 * bool(_EXAMPLE.match(text)) + 0.7 * bool(_TURN.match(text)) + 4.0 * max(0.0, along - 0.08)
    score -= 0.04 * max(0, len(text.split()) - 35)
    return score


def _centrality(document: Document, bags: Sequence[frozenset[str]]) -> list[float]:
    """How far each sentence speaks in the words that the document keeps coming back to, 0 to 1; those of the title twice."""
    common = Counter(t for bag in bags for t in bag)
    title = frozenset(terms(document.work.title))
    weight = {t: math.log(n) * (2.0 if t in title else 1.0) for t, n in common.items() if n > 1}
    raw = [sum(weight.get(t, 0.0) for t in bag) / math.sqrt(len(bag) + 4) for bag in bags]
    top = max(raw, default=0.0) or 1.0
    return [r / top for r in raw]


def _segments(found: Sequence[Statement]) -> list[int]:
    """Which part each statement stands in: its section, or where a document has few, one of some eight runs of paragraphs."""
    paths = list(dict.fromkeys(s.section for s in found))
    if len(paths) >= 3:
        return [paths.index(s.section) for s in found]
    blocks = list(dict.fromkeys(s.block for s in found))
    each = max(1, math.ceil(len(blocks) / 8))
    return [blocks.index(s.block) // each for s in found]
