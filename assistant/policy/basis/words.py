"""What the words of a sentence themselves name as its ground: their own analysis, an office, a study, a law, a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.policy.basis import official
from assistant.policy.basis.kinds import named
from assistant.types import Basis, Span


@dataclass(frozen=True, slots=True)
class Word:
    """Words that name a ground; `span` counts characters of the sentence."""

    basis: Basis
    span: Span
    sure: bool = True
    """Not where the words name somebody of whom nothing is known: a note then says better what it is."""


_OWN = re.compile(
    r"\b[Ww]e (?:\w+ ){0,2}?(?:find|found|estimate[ds]?|calculate[ds]?|compute[ds]?|measure[ds]?|show(?:ed)?|document|survey(?:ed)?|interview(?:ed)?|test(?:ed)?)\b"
    r"|\b[Oo]ur (?:own )?(?:\w+ )?(?:analys[ie]s|results?|estimates?|estimations?|findings?|calculations?|survey|model|regressions?|interviews?|data)\b"
    r"|\b(?:[Tt]his|[Tt]he present) (?:paper|study|article|report)(?:'s|’s)? (?:\w+ )?(?:finds?|found|shows?|estimates?d?|analysis|calculat\w+|results?|findings?)\b"
    r"|\b[Aa]uthors?['’]?s?['’]? (?:own )?(?:calculat|estimat|analys|survey|compil)\w*|\b[Oo]wn (?:calculat|estimat|analys|survey)\w*"
    r"|\b[Aa]s (?:was |has been )?(?:shown|demonstrated|calculated|estimated|found|documented) (?:earlier|above|before|in the previous section)\b"
    r"|\b(?:CRS|CBO|GAO|[Ss]taff) (?:calculation|analysis|estimate|computation)s?\b"
    r"|본 ?(?:논문|연구|보고서|고|글|조사)(?:의|에서)? ?(?:\w+ ){0,2}?(?:분석|추정|계산|결과|조사)|(?:저자|필자|연구진|자체|직접)(?:들?[이가은는의])? ?(?:직접 )?(?:분석|조사|계산|추정|설문|작성|집계)"
    r"|본 ?연구(?:는|에서는?) [^.]{0,60}(?:추정한|추정했|확인한|확인했|발견했|계산했|측정했|밝혔)|앞(?:에)?서 (?:보인|분석한|확인한|살펴본|본) (?:바|것)"
)
_STUDY = re.compile(
    r"\b(?:[Ss]tud(?:y|ies)|[Ll]iterature|[Ee]mpirical (?:evidence|work|research)|(?:[Rr]ecent|[Aa]cademic|[Pp]revious|[Ee]arlier|[Tt]heoretical|[Ee]xisting) (?:research|work)|"
    r"[Rr]esearch(?:ers)?(?! (?:project|program|team|data|agency|council))|[Ss]cholars|[Ee]conomists)\b"
    r"[^.;]{0,80}?\b(?:find|finds|found|show|shows|showed|shown|conclude[sd]?|argue[sd]?|suggest(?:s|ed)?|indicate[sd]?|estimate[sd]?|demonstrate[sd]?|"
    r"distinguish(?:ed|es)?|report(?:s|ed)?|document(?:s|ed)?|reveal(?:s|ed)?|confirm(?:s|ed)?)\b"
    r"|\b(?:[Ff]ound|[Ss]hown|[Ee]stimated|[Dd]ocumented) (?:in|by) (?:a |an |the |several |many |recent |earlier )*(?:\w+ )?(?:study|studies|literature|research|paper|papers|researchers|economists)\b"
    r"|\b[Aa]ccording to (?:a|an|one|several|some|recent|the) (?:\w+ ){0,3}?(?:study|studies|paper|papers|literature|researchers?|research|scholars?|economists?)\b"
    r"|\b[A-Z][\w'’-]+(?: (?:and|&) [A-Z][\w'’-]+| et al\.?)? \((?:19|20)\d\d[a-z]?\)"
    r"|\((?:see |cf\. |e\.g\.,? )?[A-Z][\w'’-]+(?:(?: (?:and|&) [A-Z][\w'’-]+| et al\.?))?,? (?:19|20)\d\d[a-z]?(?:[;,:][^)]*)?\)"
    r"|(?:선행 ?연구|기존 ?연구|실증 ?연구|(?<!본 )(?<!이 )(?<!본)(?<![가-힣])연구(?:들)?)(?:에 따르면|에 의하면|는|은|에서는?|들은)|[가-힣]{2,4}(?:·[가-힣]{2,4}| 외)?\s?\((?:19|20)\d\d\)"
)
_STATISTICS = re.compile(
    r"\b[Oo]fficial (?:statistics|data|figures)|\b[Cc]ensus (?:data|figures)\b|\b(?:[Cc]ustoms|[Tt]rade|[Nn]ational accounts) statistics (?:show|indicate)|"
    r"\b[Gg]overnment (?:data|statistics)\b|공식 ?통계|통계(?:에 따르면|에 의하면|를 보면|상)|통계청"
)
_PRESS = re.compile(
    r"\b(?:[Mm]edia|[Nn]ews|[Pp]ress) (?:reports?|outlets?|accounts?|coverage)\b|\bnewspapers? reported\b|언론(?:에 따르면|에 의하면| 보도|은)|보도에 ?따르면"
)
_ACT = (
    r"(?:(?:Section|Title|Article|Chapter|Subtitle) \d+[\w()]*(?: (?:of|in) (?:the )?(?:[A-Z0-9][\w'’.-]*(?: |$)(?:(?:of|and|for|the|to|on|in) )*)+)?|"
    r"(?:[A-Z][\w'’-]*,? (?:(?:of|and|for|the|to|on|in) )*){1,9}Act(?: of (?:19|20)\d\d)?|P\.L\. \d+-\d+|Public Law \d+-\d+|Executive Order \d+|E\.O\. \d+|"
    r"\d+ U\.S\.C\. §+ ?\w+|\d+ C\.F\.R\. §+ ?[\w.]+|(?:[Tt]he )?(?:Act|Constitution|Treaty|Statute|[Ss]tatute|[Ll]aw|[Pp]roclamation))"
)
_PROVIDES = (
    r"(?:authori[sz]e[sd]?|require[sd]?|provide[sd]?|prohibit(?:s|ed)?|direct(?:s|ed)?|amend(?:s|ed)?|establish(?:es|ed)?|define[sd]?|allow(?:s|ed)?|"
    r"permit(?:s|ted)?|mandate[sd]?|appropriate[sd]?|repeal(?:s|ed)?|exempt(?:s|ed)?|grant(?:s|ed)?|impose[sd]?|specif(?:y|ies|ied)|state[sd]?|created?|set|sets|"
    r"include[sd]?|limit(?:s|ed)?|extend(?:s|ed)?|enacted|expire[sd]?|gave|gives?)"
)
_LAW = re.compile(
    rf"\b(?:Under|Pursuant to|[Aa]s (?:required|authori[sz]ed|defined|amended|enacted|specified|provided) (?:by|in|under)|[Aa]ccording to|(?:[Ee]nacted|[Cc]odified) (?:in|by|at)) (?:the )?(?:\w+ )?{_ACT}"
    rf"|\b{_ACT}(?: \([^()]{{1,80}}\))?(?:,[^,.;]{{1,60}},)? (?:(?:also|generally|further|currently|would|may|has|shall|does|did|not|only) )*{_PROVIDES}\b"
    r"|\b(?:Supreme Court|[Cc]ourts?|Court of [A-Z]\w+(?: \w+)?|[Tt]ribunal|[Jj]udges?)\b[^.;]{0,40}? (?:ruled|held|found|struck down|upheld|concluded|decided|rejected|invalidated|vacated|affirmed|reversed|enjoined|dismissed)\b"
    rf"|{official.JUDGES}"
    r"|\b[A-Z][\w.'’]+ v\. [A-Z][\w.'’]+"
    r"|(?<![Tt]his )\b(?:[Jj]oint )?[Ff]act [Ss]heet\b"
    r"|[가-힣]{2,}(?:법|법률|시행령|조약|협정|규정|고시|조례)(?: 제\s?\d+조)?(?:에 따라|에 따르면|에 의하면|에 근거|은 |는 |상 )|제\s?\d+조(?:에 따라|는|의)|(?:대법원|헌법재판소|법원)(?:은|는|이|가)[^.]{0,40}(?:판결|판시|결정|위헌|무효)"
)
_NAMED_LAW = re.compile(
    rf"\b(?:under|pursuant to|in accordance with) (?:the )?(?!(?:various|any|some|other|several|certain|many|multiple|numerous|both|these|those) )(?:\w+ )?{_ACT}(?![\w’'-])"
    r"|\((?:P\.L\. \d+-\d+|\d+ U\.S\.C\.)[^()]*\)|\bP\.L\. \d+-\d+|\b\d+ U\.S\.C\. §|\b\d+ C\.F\.R\. §|\bExecutive Order \d+|\bE\.O\. \d+"
    r"|\b(?:H\.R\.|H\. ?Res\.|S\. ?Res\.|H\. ?J\. ?Res\.|S\. ?J\. ?Res\.|S\. ?Con\. ?Res\.|H\. ?Con\. ?Res\.) ?\d+|(?<=\()S\. \d+"
)
"""A law that something is done under: what is done, and perhaps what is said of it."""
_JOINT = re.compile(
    r"(?:[\s,.;:]+|(?:Moreover|Further(?:more)?|However|In addition|Additionally|Also|Thus|Therefore|Hence|Meanwhile|Finally|Similarly|Likewise|Still|Nevertheless|Nonetheless|Instead|Rather|Indeed|Accordingly|Consequently|Second|First|Third|Lastly|For (?:example|instance)|As a result|In turn|By contrast|In contrast|On the other hand|Most recently|Recently|Later|Then|And|But|Yet|So|That|that),? )+"
)
"""What joins a sentence to the one before it and names nobody."""
_TAIL = re.compile(r"(?: (?:and|of|for|the|to|on|in))+$")
_WHO = r"(?P<who>(?:the )?[A-Z][\w'’.&-]*(?:(?:,? (?:and|of|for|on|the|to|in|&|de) (?:the )?|, |[ -])[A-Z][\w'’.&-]*){0,9}(?: (?:data|statistics|figures|estimates|survey))?)"
_SAYS = (
    r"(?:reports?|reported|stress(?:es|ed)|maintain(?:s|ed)|caution(?:s|ed)|predict(?:s|ed)|claim(?:s|ed)|assert(?:s|ed)|observ(?:es|ed)|point(?:s|ed) out|says|said|stated?|states|estimates?|estimated|projects|projected|notes?d?|announced|finds?|found|shows?|showed|warns?|warned|emphasi[sz]es|emphasi[sz]ed|"
    r"argues?d?|calculates?d?|forecasts?|indicates?d?|concludes?d?|suggests?|recorded|published|released|issued)"
)
_ATTRIBUTED = (
    re.compile(
        rf"\b(?:[Aa]ccording to|[Aa]s (?:reported|noted|estimated|documented|published|compiled|announced) (?:by|in)|[Rr]eported by|[Ee]stimated by|[Cc]ompiled by|"
        rf"[Pp]ublished by|[Rr]eleased by|[Cc]iting|[Bb]ased on (?:data|statistics|figures|estimates|information) (?:from|by|of|collected by|published by)|[Dd]ata (?:from|by|of|collected by|published by)|"
        rf"[Ss]tatistics (?:from|by|of)|[Ff]igures (?:from|by)) (?P<plain>(?:data|statistics|figures|estimates|information|a report|a survey|a \d{{4}} report) (?:from|by|of) )?{_WHO}"
    ),
    re.compile(r"\b[Tt]he (?:\w+ )?(?P<who>(?:[A-Z][\w.&-]*[’']?s? ){1,6}(?:[a-z]+ )?(?:data|statistics|figures|estimates)) (?:also |further )?(?:show|indicate|suggest|reveal|imply|put|point to)(?:s|ed)?\b"),
    re.compile(r"\bfrom (?:the )?(?P<who>[A-Z][\w'’.&-]*(?: (?:of |and |for |the )*[A-Z][\w'’.&-]*){0,6} (?:data|statistics|figures))\b"),
    re.compile(rf"(?:^|[.;,] |\bthat )(?!(?:This|These|It|We|Our|In|As|Table|Figure|Most|Some|Many)\b){_WHO}(?: \([A-Z]{{2,}}\))?(?: (?:further|also|then|later|recently|\w+ly))? {_SAYS} (?:that\b|in (?:its|a|the)\b|an? |\d)"),
    re.compile(r"(?P<who>[가-힣A-Za-z·\- ]{2,24}?)(?:의 (?:자료|통계|집계|조사|발표|보고서))?(?:에 ?따르면|에 ?의하면|에서 (?:발표한|집계한|조사한))"),
    re.compile(r"(?P<who>[가-힣A-Za-z·]{2,16})(?:은|는|이|가) [^.]{0,80}?(?:것으로|다고|라고) (?:집계|발표|보고|추정|전망|분석|보도|밝)"),
)  # fmt: skip
_VAGUE = re.compile(
    r"\b(?:[Rr]eportedly|[Cc]ritics|[Ee]xperts|[Aa]nalysts|[Oo]bservers|[Ii]t (?:is|was|has been) (?:reported|estimated|said))\b|알려졌"
)
_FIGURES = re.compile(r"\d")
_DATES = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}\b|§+ ?\S+|\bNo\. ?\d+"
)


_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def grounds(sentence: str, means: Mapping[str, str] = _NO_NAMES) -> tuple[Word, ...]:
    """What a sentence (its words with single spaces or as they stand) names as its ground, in order; a vague attribution
    ('reportedly') names nobody. `means`: what the document's abbreviations stand for."""
    found: list[Word] = [
        Word(basis, _cut(sentence, m))
        for basis, pattern in _PATTERNS
        for m in [pattern.search(sentence)]
        if m is not None
    ]
    found += _attributed(sentence, [w.span for w in found], means)
    if not any(w.basis == "law" for w in found):
        law = _NAMED_LAW.search(sentence)
        if law is not None:
            found.append(Word("law", _cut(sentence, law), sure=False))
        elif (paper := official.speaking(sentence, means) or official.designing(sentence, means)) is not None:
            found.append(Word("law", paper))
    return tuple(sorted(found, key=lambda w: w.span.start))


def _cut(sentence: str, m: re.Match[str]) -> Span:
    """What was found, without the small words that it ends with."""
    return Span(_start(sentence, m.start()), m.start() + len(_TAIL.sub("", m.group().rstrip(" ,"))))


def _start(sentence: str, at: int) -> int:
    """Where the words of a name begin, behind what only joins the sentence to another."""
    joint = _JOINT.match(sentence, at)
    return joint.end() if joint else at


_PATTERNS: tuple[tuple[Basis, re.Pattern[str]], ...] = (
    ("own", _OWN),
    ("study", _STUDY),
    ("statistics", _STATISTICS),
    ("press", _PRESS),
    ("law", _LAW),
)


def _attributed(sentence: str, taken: list[Span], means: Mapping[str, str]) -> Iterator[Word]:
    figures = bool(_FIGURES.search(_DATES.sub("", sentence)))
    for pattern in _ATTRIBUTED:
        for m in pattern.finditer(sentence):
            span, who = Span(*m.span()), m["who"]
            if ", " in who and _LED.match(m.group()) and sentence[m.end() : m.end() + 1] != ",":
                who = who.rpartition(", ")[0]  # `According to the Board, Selby grew`: who grew is not who says so
                span = Span(m.start(), m.start("who") + len(who))
            if any(span.overlaps(t) for t in taken) or _NOBODY.match(who):
                continue
            said = span.slice(sentence)
            if re.match(r"[Aa]ccording|[Bb]ased", said):  # `the Revenue Service's preliminary data`
                said = sentence[m.start() : m.end() + 32].split(",")[0]
            basis = named(said, figures) or official.meant(
                sentence[_start(sentence, m.start("who")) : m.start("who") + len(who)], means, figures
            )
            taken.append(span)
            yield Word(
                basis or "other", Span(_start(sentence, span.start), min(span.end, m.end("who"))), basis is not None
            )


_LED = re.compile(
    r"(?:According to|As (?:reported|noted|estimated|documented|published|compiled|announced) (?:by|in)|Based on|according to)\b"
)
_NOBODY = re.compile(
    r"(?:the )?(?:(?:\w+ )*(?:Sub)?[Cc]ommittee$|(?:Senate|House) (?:\w+ )*Committee|Author|Table|Figure|Chart|Section|January|February|March|April|May|June|July|August|September|October|November|December|This|These|It|In|As|However|"
    r"But|And|Such|Those|While|Although|If|When|There|They|He|She|Another|Both|Each|One)\b|.{0,24}(?:표|그림|앞|이)$"
)


def vague(sentence: str) -> bool:
    """Whether words say that somebody says so, and not who."""
    return bool(_VAGUE.search(sentence))
