"""What a sentence leans on that stands before it: `this strategy`, `they`, `the second pillar`, `이 전략`, `이는`.

Where the words that are meant can be told with little doubt they are shown in square brackets behind those that lean;
else the sentence that holds them comes along. Brackets are ours: what stands in them is quoted from a place of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.text import language_of, sentences, stem
from assistant.types import Document, Span

BACK = 6
"""How many sentences back a word that is meant may stand."""
LONGEST = 90
"""Characters up to which words are set in brackets: what is longer comes along as its sentence."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """That a sentence leans: on words at `place`, a sentence before it. `text` has them in brackets; None where the
    sentence itself must come along.
    """

    place: Span
    text: str | None = None


def leaning(document: Document, span: Span) -> Leaning | None:
    """What the sentence at `span` leans on; None where it stands by itself, or nothing before it is known to bear it."""
    text = span.slice(document.text)
    before = list(_before(document, span))
    if not before:
        return None
    if language_of(text) == "ko":
        return _korean(document, text, before)
    return _english(document, text, before)


def _before(document: Document, span: Span) -> Iterator[Span]:
    """The sentences before a place in its section, the nearest first; a heading ends them."""
    found = 0
    section = document.section_at(span.start)
    for block in reversed(document.blocks):
        if block.span.start >= span.start:
            continue
        if block.kind not in ("paragraph", "list") or document.section_at(block.span.start) != section:
            if block.kind in ("heading", "title") or found:
                return
            continue
        for s in reversed(sentences(document.text, block.span)):
            if s.end <= span.start:
                yield s
                found += 1
                if found >= BACK:
                    return


def _adjacent(document: Document, place: Span, span_start: int) -> bool:
    return "\n\n" not in document.text[place.end : span_start]


# English

_OPENING = r"^(?:(?:However|Moreover|Furthermore|In addition|Therefore|Thus|Hence|Accordingly|Indeed|Also|Still|Yet|But|And|As a result|For example|For instance|In turn|Meanwhile|Nevertheless|Consequently|Over time|At the same time|In the (?:long|short|medium) (?:run|term)|Ultimately|Eventually|Together|In practice|In particular|Overall|Similarly|Likewise),?\s)?"
_PRONOUN = re.compile(_OPENING + r"(?P<lean>It|They|He|She|Its|Their|His|Her)\b", re.IGNORECASE)
_EMPTY_IT = re.compile(
    _OPENING
    + r"It\s(?:\w+\s){0,2}?(?:is|was|be|been|seems?|appears?|remains?|follows|turns? out|takes?|became|becomes?)\s(?:\w+ly\s)?"
    r"(?:[\w-]+\s){0,4}?(?:that|to|whether|why|how|who|when|not until|for)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    _OPENING
    + r"(?:(?:This|These|Such)\s(?!(?:very\s|same\s)?(?:papers?|reports?|memos?|stud(?:y|ies)|articles?|sections?|chapters?|briefs?|tables?|"
    r"figures?|documents?|analys[ie]s|comments?|notes?|notices?|papers?|essays?|reviews?|books?|surveys?|years?|months?|weeks?|decades?|centur(?:y|ies)|"
    r"time|spring|summer|autumn|fall|winter|morning|as)\b)|Those\s(?!who\b|that\b|which\b|with\b|in\b|of\b|without\b|under\b|from\b|\w+ing\b)|"
    r"That\s(?!said\b|the\b|there\b|an?\b|is,|they\b|it\b|we\b|these\b|this\b|many\b|some\b))[\w\u2019'-]+",
)
"""Opens with a pronoun, or with a thing that is pointed at: whatever the verb or noun. A document that speaks of itself, and
the time at which it speaks, point at nothing before.
"""
_IN_THIS = re.compile(
    _OPENING
    + r"(?:In this (?:way|regard|respect|context|case|sense)|In such cases?|In doing so|Doing so|To this end|For this reason|That is|"
    r"As such|The (?:former|latter)|Both of them|(?:Some|Most|All|None|Many|Each|One) of (?:them|these|those)|Another|Others|"
    r"(?:In|Over|During|For) (?:the same|that|this) (?:period|year|time|season|month|survey|quarter|decade))\b",
    re.IGNORECASE,
)
_NOUNS = (
    "strategy|strategies|polic(?:y|ies)|plans?|programmes?|programs?|agreements?|treat(?:y|ies)|deals?|pacts?|measures?|approach(?:es)?|"
    "initiatives?|frameworks?|trends?|reforms?|acts?|laws?|bills?|funds?|projects?|schemes?|provisions?|rules?|systems?|mechanisms?|"
    "bod(?:y|ies)|commissions?|committees?|agenc(?:y|ies)|organi[sz]ations?|institutions?|councils?|sectors?|industr(?:y|ies)|"
    "countr(?:y|ies)|regions?|groups?|alliances?|partnerships?|negotiations?|talks|tariffs?|subsid(?:y|ies)|sanctions?|restrictions?|"
    "incentives?|grants?|credits?|stud(?:y|ies)|surveys?|models?|methods?|pillars?|principles?|goals?|objectives?|targets?|networks?|"
    "facilit(?:y|ies)|plants?|ports?|disputes?|cris[ie]s|shocks?|wars?|conflicts?|shifts?|transitions?|transformations?|risks?|"
    "challenges?|problems?|concerns?|technolog(?:y|ies)|products?|services?|firms?|compan(?:y|ies)|enterprises?"
)
_DEMONSTRATIVE = re.compile(
    rf"\b(?P<this>[Tt]his|[Tt]hese|[Ss]uch|[Tt]hose|[Tt]he same)\s(?:(?:new|same|two|three|kind of|type of)\s)?(?P<noun>{_NOUNS})\b"
)
_ORDINAL = re.compile(
    _OPENING + r"(?:The|A)\s(?:first|second|third|fourth|fifth|final|last|other)\s(?P<noun>[\w-]+(?:\s[a-z]+)?)\b",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|do|does|did|and|or|but|that|which|who|"
    r"to|in|on|at|by|from|with|as|of|for|under|into|through|between|among|if|when|while|where|because|than|also|not|"
    r"this|these|such|those|it|they|he|she|we|there|seeks?|adopt\w*|announc\w*|launch\w*|introduc\w*|conclud\w*|sign\w*|pursu\w*|"
    r"propos\w*|implement\w*|follow\w*|creat\w*|establish\w*|includ\w*|remain\w*|explor\w*|requir\w*|call\w*|led|build\w*|built|"
    r"defin\w*|form\w*|set|made|make\w*|provid\w*|offer\w*|appl\w*|bring\w*|brought|each|any|no|some|many|most|other|its|their|his|her)$",
    re.IGNORECASE,
)
_OF_STOP = re.compile(
    r"(?:and|or|is|are|was|were|has|have|had|will|would|can|that|which|who|to|in|on|by|as|from|with|by|\w+ed)$", re.I
)


def _english(document: Document, text: str, before: Sequence[Span]) -> Leaning | None:
    m = _DEMONSTRATIVE.search(text)
    if m and not _said_earlier(text[: m.start()], m["noun"]):
        named = (
            _noun_phrase(before[0].slice(document.text), m["noun"]) if m["this"].lower() in ("this", "these") else None
        )
        if named:
            return Leaning(before[0], _bracketed(text, m.end(), named))
        return Leaning(before[0]) if m.start() <= 24 else None
    if (m := _ORDINAL.match(text)) and (announced := _announced(document, m["noun"], before)):
        return Leaning(announced)
    if _ALONE.match(text) or _IN_THIS.match(text):
        return Leaning(before[0])
    if (m := _PRONOUN.match(text)) and not _EMPTY_IT.match(text):
        subject = _subject(before[0].slice(document.text), m["lean"].lower())
        return Leaning(before[0], _bracketed(text, m.end("lean"), subject) if subject else None)
    return None


def _bracketed(text: str, at: int, words: str) -> str | None:
    flat = " ".join(words.split())
    return f"{text[:at]} [{flat}]{text[at:]}" if len(flat) <= LONGEST and flat.lower() not in text.lower() else None


def _noun_phrase(sentence: str, noun: str) -> str | None:
    """The words of a sentence that name the one thing of this noun that it has, in its number, by more than the noun. None
    where it has two of them, or several that share the noun (`steel and chip sectors`): one of two is not what is meant.
    """
    from assistant.stance.clauses import frames  # here: most answers lean on nothing

    verbs = [f.verb for f in frames(sentence)]
    wanted = stem(noun.lower())
    words = [(m.start(), m.end(), m.group()) for m in re.finditer(r"[^\s,;:()\u201c\u201d\"]+", sentence)]
    held = [i for i, (_, _, w) in enumerate(words) if stem(w.rstrip(".?!'\u2019").lower()) == wanted]
    if len(held) != 1:
        return None
    for i in held:
        bare = words[i][2].rstrip(".?!'\u2019")
        if bare.endswith("s") != noun.endswith("s"):
            return None
        first = i
        while (
            first > 0
            and i - first < 6
            and not _STOP.match(words[first - 1][2])
            and sentence[words[first - 1][1] : words[first][0]] == " "
        ):
            first -= 1
        while first < i and any(v.start < words[first][1] and words[first][0] < v.end for v in verbs):
            first += 1
        last, end = i, words[i][0] + len(bare)
        if i + 2 < len(words) and words[i + 1][2] in ("of", "on", "for") and end == words[i][1]:
            for j in range(i + 2, min(i + 7, len(words))):
                if sentence[words[j - 1][1] : words[j][0]] != " " or _OF_STOP.match(words[j][2]):
                    break
                last, end = j, words[j][0] + len(words[j][2].rstrip(".?!"))
            if last > i and words[last][2].lower() in ("the", "a", "an", "of", "its", "their"):
                last, end = i, words[i][0] + len(bare)
        if _joined(sentence, words, first, last, plural=noun.endswith("s")):
            return None
        inside = [w for _, _, w in words[first : last + 1] if not _EMPTY.fullmatch(w)]
        if len(inside) > 1:
            return sentence[words[first][0] : end]
    return None


def _joined(sentence: str, words: Sequence[tuple[int, int, str]], first: int, last: int, plural: bool) -> bool:
    """Whether words are a part of an enumeration: taken from it they are not what a word behind it means."""
    article = words[first][2].lower() in ("the", "a", "an")
    if first > 0 and not (article and not plural):
        gap = sentence[words[first - 1][1] : words[first][0]]
        if words[first - 1][2].lower() in ("and", "or", "nor") or ("," in gap and not article):
            return True
    if not plural or last + 1 >= len(words):
        return False
    return words[last + 1][2].lower() in ("and", "or", "nor")


def _said_earlier(text: str, noun: str) -> bool:
    return any(stem(w.lower()) == stem(noun.lower()) for w in re.findall(r"[A-Za-z]+", text))


_EMPTY = re.compile(
    r"(?:the|an?|of|on|for|new|various|several|certain|many|some|other|different|main|key|major|further|additional|two|three|"
    r"four|five|six|first|second|third|such|these|both|all|own|same|following|recent|current|its|their|our)",
    re.IGNORECASE,
)
_PLURAL = ("they", "their")
_PERSON = ("he", "she", "his", "her")


def _subject(sentence: str, pronoun: str) -> str | None:
    """The subject of a sentence where a pronoun behind it can only mean that: a name or a thing with an article, of the
    pronoun's number, with no other name of its kind beside it.
    """
    from assistant.stance.clauses import frames  # here: most answers lean on nothing

    found = [f for f in frames(sentence) if f.agent is not None]
    if not found or found[0].agent is None or found[0].agent.start > 40:
        return None
    words = found[0].agent.slice(sentence).strip()
    rest = sentence[found[0].agent.end :]
    head = words.rpartition(" ")[2].lower()
    joined = bool(re.search(r"\band\b|,", words))
    if not re.match(r"(?:The|A|An|Its|[A-Z])", words) or re.match(
        r"(?:This|That|These|Those|It|They|He|She|We|There|Such|One)\b", words
    ):
        return None
    plural = joined or (head.endswith("s") and not head.endswith(("ss", "us", "is")))
    other = re.search(r"(?<![.?!]\s)\b[A-Z][a-z]+(?:\s[A-Z][a-z]+)+", rest)
    if pronoun in _PERSON:
        return (
            words
            if re.match(r"(?:(?:President|Minister|Mr|Mrs|Ms|Dr|Professor)\.?\s)?[A-Z]\S+(?:\s[A-Z]\S+)+$", words)
            and not other
            else None
        )
    if pronoun in _PLURAL:
        others = re.findall(r"\b[a-z]{3,}[^s\Wu]s\b", rest)
        return words if plural and len(others) <= 1 else None
    return words if not plural and not other and not _OTHER_THING.search(rest) else None


_OTHER_THING = re.compile(r"\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]his|[Tt]hat|[Ee]ach|[Ee]very)\s[\w-]+|\b[A-Z][A-Za-z]+\b")
"""A thing beside the subject that `it` may mean as well."""


def _announced(document: Document, noun: str, before: Sequence[Span]) -> Span | None:
    """The sentence that announces several of what an ordinal counts: `three pillars`."""
    wanted = {stem(word) for word in noun.lower().split()}
    for place in before:
        sentence = place.slice(document.text)
        for m in re.finditer(
            r"\b(?:two|three|four|five|six|several|following|both)\s(?:[\w-]+\s){0,3}?(?P<noun>[a-z]+s)\b",
            sentence,
            re.I,
        ):
            if stem(m["noun"].lower()) in wanted:
                return place
    return None


# Korean

_KO_DEMONSTRATIVE = re.compile(
    r"(?:^|(?<=\s))(?:이|그|동|해당|이러한|그러한|이 같은|이와 같은|상기)\s(?P<noun>[가-힣]{2,8}?)"
    r"(?:으로써|으로서|으로|에서는|에서|에게|에는|에|은|는|이|가|을|를|의|와|과|로|도|만)?(?=[\s,.])"
)
_KO_ALONE = re.compile(
    r"^(?:(?:그러나|하지만|또한|따라서|그리고|특히)\s?,?\s)?(?:이는|이를|이에|이로써|이것은|이것이|이처럼|이와 함께|그는|그가|그녀는|그녀가|이들은|이들이|그들은|"
    r"그것은|그것이|그것을|이것을|여기에는|여기서|이때|이후|그 결과|이러한|이런|그런|그러한|이렇게|그렇게|이와 같이|이와 같은|이 밖에|이 외에|그 대신|이 경우|이 중|그중|전자는|후자는|(?:첫|두|세|네) ?번째\s?[가-힣]*[는은]|둘째|셋째)(?=[\s,])"
)
_KO_THESE = re.compile(
    r"(?:^|(?<=\s))(?:이들|그들|저들)(?:의)?\s[가-힣]+|^(?:그러나 |또한 )?(?:같은|동일한?) (?:기간|해|시기|때|조사|방식)"
)
"""`이들 군의`, `같은 기간`: which, and when, stands before."""
_KO_JOINED = re.compile(r"(?:[와과,]|^및|^또는|^그리고|^혹은|이나|거나)$")
_KO_PARTICLE = re.compile(r"(?:으로써|으로서|으로|에서는|에서|에게|에는|에|은|는|이|가|을|를|와|과|로|도|만)$")
_KO_VERBAL = re.compile(r"(?:하여|해서?|며|면서|다|고|던|도록|부터|까지|쯤|상의|등|및|또는|다른|모든|여러|각)$")
_KO_EMPTY = re.compile(
    r"(?:\d+[가-힣]{0,3}의?|[한두세네] ?(?:개|가지|명|곳|건|번|단계)의?|새로운|다른|모든|여러|각|주요|다양한|그|이)"
)
_KO_TIME = re.compile(
    r"이후|이전|후|전|때|때문|당시|중|결과|외|밖|동안|사이|경우|정도|뒤|점|날|해|달|[가-힣]*(?:운|은|는|한|된|인)"
)
"""Words behind `이` and `그` that name nothing: times, and adjectives."""


def _korean(document: Document, text: str, before: Sequence[Span]) -> Leaning | None:
    m = _KO_DEMONSTRATIVE.search(text)
    if m and m.start() <= 20 and not _KO_TIME.fullmatch(m["noun"]) and m["noun"] not in text[: m.start()]:
        if named := _korean_phrase(before[0].slice(document.text), m["noun"]):
            behind = re.compile(r"[가-힣]*").match(text, m.end("noun"))
            return Leaning(before[0], _bracketed(text, behind.end() if behind else m.end(), named))
        return Leaning(before[0])
    leans = _KO_ALONE.match(text) or ((m := _KO_THESE.search(text)) and m.start() <= 20)
    return Leaning(before[0]) if leans else None


def _korean_phrase(sentence: str, noun: str) -> str | None:
    """The words of a sentence that name the one thing of this noun that it has by more than the noun, without a particle
    behind; none of what is said of several (`A와 B 전략`).
    """
    words = [(m.start(), m.group()) for m in re.finditer(r"[^\s,()‘’“”\"]+", sentence)]
    if sentence.count(noun) != 1:
        return None
    for i in range(len(words)):
        start, word = words[i]
        at = word.rfind(noun)
        tail = word[at + len(noun) :] if at >= 0 else ""
        if at < 0 or (tail.rstrip(".") and not _KO_PARTICLE.fullmatch(tail.rstrip("."))):
            continue
        first = i
        while first > 0 and i - first < 3:
            earlier = words[first - 1][1]
            gap = sentence[words[first - 1][0] + len(earlier) : words[first][0]]
            genitive = earlier.endswith("의") and len(earlier) > 2
            if gap != " " or (
                not genitive and (_is_marked(earlier) or _KO_VERBAL.search(earlier) or _adnominal(earlier))
            ):
                break
            if earlier in ("이", "그", "동", "해당", "이러한", "그러한"):
                break
            first -= 1
        while first < i and _KO_EMPTY.fullmatch(words[first][1]):
            first += 1
        if first > 0 and _KO_JOINED.search(sentence[words[first - 1][0] : words[first][0]].strip()):
            return None
        named = sentence[words[first][0] : start + at + len(noun)]
        if named != noun:
            return named
    return None


def _is_marked(word: str) -> bool:
    """Whether a word bears a particle; a short noun may end like one (`항만`, `제도`, `국가`)."""
    m = _KO_PARTICLE.search(word)
    return m is not None and (len(word) > 2 or m.group() in ("은", "는", "을", "를", "에", "와"))


_ADNOMINAL = frozenset("한된인은는운린진온긴친킨른난낸낀던할될을릴질킬올")


def _adnominal(word: str) -> bool:
    """Whether a word looks like a verb's form before a noun (`열린`, `추진할`)."""
    return word[-1] in _ADNOMINAL
