"""Which way a recommendation moves what it names: `phase out the subsidy`, `보조금을 늘려야 한다`.

Read from the verb that governs the topic (data/directions.tsv). What stands behind a preposition, in another clause, or in
front of a verb that no list has, has no direction: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Literal

from assistant.lexicon import Phrase
from assistant.policy.positions.reading import Said
from assistant.policy.positions.vocabulary import Mention
from assistant.stance.deeds import base
from assistant.stance.verb_groups import Word, read, verb_groups
from assistant.stance.words import is_denied, poles
from assistant.text import STOPWORDS, language_of, tokens
from assistant.types import Span
from assistant.types.policy import Recommendation

Direction = Literal["up", "down", "keep", "late", "strict", "easy", "simple"]

_APART: frozenset[frozenset[Direction]] = frozenset(
    frozenset(pair)
    for pair in (("up", "down"), ("up", "late"), ("keep", "down"), ("strict", "easy"))
)  # fmt: skip
"""Directions that oppose one another. To keep and to raise, to put off and to end do not."""
_LIMITS = re.compile(
    r"\b(?:control|sanction|regulation|standard|restriction|limit|tariff|dut(?:y|ies)|tax|levy|screening|quota|penalt|fine|ban|embargo|"
    r"requirement|cap|rule|coercion|safeguard|barrier|carbon pricing)|규제|제재|관세|통제|심사|기준|벌금|과징금|쿼터|금지|제한|요건|장벽",
    re.IGNORECASE,
)
"""What tightening makes more of."""


@cache
def _listed() -> tuple[Mapping[Phrase, Direction], Mapping[str, Direction]]:
    """English verbs by their stems, and beginnings of Korean words."""
    english: dict[Phrase, Direction] = {}
    korean: dict[str, Direction] = {}
    text = resources.files("assistant").joinpath("data", "directions.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, verbs, words = line.split("\t")
        way = next(d for d in _NAMES if d == name)
        for verb in verbs.split(";"):
            english[tuple(base(t.text) for t in tokens(verb))] = way
        for word in words.split(";"):
            korean[word.strip()] = way
    return english, korean


_NAMES: tuple[Direction, ...] = ("up", "down", "keep", "late", "strict", "easy", "simple")


def opposed(mine: Direction, theirs: Direction) -> bool:
    """Whether two recommendations on one thing cannot both be followed."""
    return frozenset((mine, theirs)) in _APART


def moves(word: str) -> bool:
    """Whether a Korean word begins as one that says a direction: `확대` names no thing."""
    return any(word[:n] in _listed()[1] for n in (2, 3, 4))


def directions(said: Said, topic: str) -> frozenset[Direction]:
    """Every way that the recommendations of a sentence move the topic; empty where no word says so."""
    return frozenset(d for r in said.advice for d, _ in governing(said, r, topic) if d is not None)


def governing(said: Said, r: Recommendation, topic: str) -> Iterator[tuple[Direction | None, Span]]:
    """The verbs that govern a topic in a recommendation, each with its direction, None where no list has it. Spans count
    characters of the sentence.
    """
    text = said.text
    for m in said.of(topic):
        if m.part:
            continue
        at = m.span.shift(-said.span.start)
        if language_of(text) == "ko":
            found: Iterator[tuple[Direction | None, Span]] = _korean(text, at)
        else:
            found = _english(said, r, m, at)
        for way, verb in found:
            yield (None if way is None else _of_limit(way, topic + " " + at.slice(text))), verb


def _of_limit(way: Direction, name: str) -> Direction | None:
    if way not in ("strict", "easy", "simple"):
        return way
    limit = _LIMITS.search(name) is not None
    if way == "simple":
        return None if limit else "up"
    return "up" if (way == "strict") == limit else "down"


_REACH = 5
_PREPOSED = re.compile(
    r"\b(?:with|by|through|from|against|via|on|for|in|to|into|under|about|than|as|at|toward|towards)\b", re.IGNORECASE
)
_AMOUNT = re.compile(
    r"\b(?:number|level|levels|rate|rates|scope|size|use|range|share|amount|volume|role|access|investments?|support|funding) (?:of|for|in|to|on) ",
    re.IGNORECASE,
)
_CUT = re.compile(r"[,;:.]|\b(?:that|which|who|because|if|when|although|so)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"^(?:\s(?!(?:and|or|but)\b)[\w-]+){0,5}\s(?:should|must|shall|ought to|needs? to|has to|have to)\s(?P<not>not\s|never\s)?be\s(?:\w+ly\s)?$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:it|them|one|this|these|those)\b(?!\s(?:is|are|was|will|would|should))", re.IGNORECASE)


def _english(said: Said, r: Recommendation, m: Mention, at: Span) -> Iterator[tuple[Direction | None, Span]]:
    text = said.text
    action = r.action.span.shift(-said.span.start) if r.action.span is not None else Span(0, len(text))
    known, _ = _listed()
    seen = tokens(text)
    stems = [base(t.text) for t in seen]
    i = 0
    ahead: list[tuple[Direction | None, Span]] = []
    acts = [w.span for w in _verbs(text)]
    while i < len(seen):
        n = next((n for n in (3, 2, 1) if i + n <= len(seen) and tuple(stems[i : i + n]) in known), 0)
        if n and not any(a.overlaps(seen[i].span) for a in acts):
            if i and seen[i - 1].text in ("and", "or"):
                ahead.append((None, seen[i].span))  # a second verb, or a noun
            n = 0  # `close allies`, `the limit`: no verb
        if n:
            span = Span(seen[i].span.start, seen[i + n - 1].span.end)
            way = known[tuple(stems[i : i + n])]
            turned = is_denied(text, span)
            if seen[i].text.endswith("ing") and ahead and len(text[ahead[-1][1].end : span.start].split()) <= 1:
                turned = turned != (ahead[-1][0] == "down")  # `stop cutting`
            ahead.append((_TURNED.get(way) if turned else way, span))
        i += n or 1
    if _modifies(text, at):
        return
    if m.span.overlaps(Span(said.span.start + action.start, said.span.start + action.end)) or at.start >= action.start:
        nearest = [x for x in ahead if x[1].end <= at.start][-1:]
        nearest = [x for x in nearest if governs(text[x[1].end : at.start])]
        if nearest:
            yield nearest[-1]
            return
        for p in poles(text):  # `more visas`, `wider access`
            near = p.span.end <= at.start and re.fullmatch(r"\s(?:\w+\s){0,2}", text[p.span.end : at.start])
            if p.axis == "more" and near and p.surface.lower() in _MORE:
                yield ("up" if p.sign > 0 else "down"), p.span
                return
        swapped = re.search(
            r"\b(?:replac\w+|substitut\w+|swap\w*)\b[^,;.]*\bwith\s(?:\w+\s){0,3}$", text[: at.start], re.IGNORECASE
        )
        if swapped:
            yield "up", Span(*swapped.span())
            return
    for told, span in ahead:  # `subsidies should be phased out`; `a registry is good, and the state should create it`
        if span.start < at.end:
            continue
        if _OPEN.match(text[at.end : span.start]):
            yield told, span
            return
        behind = text[span.end : span.end + 20]
        if (
            action.overlaps(span)
            and re.match(rf"\s(?:\w+ly\s)?{_PRONOUN.pattern}", behind, re.IGNORECASE)
            and not _others(said, at)
        ):
            yield told, span
            return


_WHOLE_OF = frozenset(
    """program programs programme programmes system systems procedure procedures process scheme schemes rate rates level levels issuance coverage
    policy policies option options access spending funding budget support framework frameworks arrangement arrangements payment payments regime""".split()
)
"""What is done to these is done to what stands before them: `improve visa procedures`."""
_WHEN = frozenset("next now soon today again further more less only also later this each every once".split())


def _modifies(text: str, at: Span) -> bool:
    """Whether a mention only modifies the noun behind it: `raise visa fees`, `cut subsidy fraud`."""
    behind = re.match(r" ([A-Za-z][A-Za-z-]+)", text[at.end :])
    if behind is None or text[at.start : at.end].endswith("s"):
        return False
    word = behind[1].lower()
    words = read(text)
    verbal = {words[i].span.start for v in verb_groups(words) for i in range(v.first, v.last + 1)}
    if at.end + 1 in verbal or word in STOPWORDS | _WHEN | _WHOLE_OF or word.endswith("ly"):
        return False
    return word not in ("should", "must", "ought", "needs", "has")


def _verbs(text: str) -> Iterator[Word]:
    """The words that are verbs there, participles in -ing among them."""
    words = read(text)
    verbal = {i for v in verb_groups(words) for i in range(v.first, v.last + 1)}
    yield from (w for i, w in enumerate(words) if i in verbal or w.low.endswith("ing"))


_MORE = frozenset(
    (
        "more",
        "greater",
        "higher",
        "wider",
        "larger",
        "fewer",
        "less",
        "lower",
        "smaller",
        "increased",
        "reduced",
        "expanded",
    )
)
_TURNED: Mapping[Direction, Direction] = {"up": "down", "down": "keep"}
"""What a negation makes of a direction: not to introduce is against it, not to cut is to keep."""


_SERIES = re.compile(r"(?:\s[\w-]+){1,5},(?:(?:\s[\w-]+){1,4},)*(?:\s[\w-]+){0,4}\s?", re.IGNORECASE)
"""The items of a list before the one that is meant: `offer joint curricula, internships and`."""
_EXAMPLES = re.compile(
    r"^(?:\s[\w-]+){1,4}?(?:\s?[\u2014\u2013,]|\s-)?\s?(?:such as|including|namely)\s", re.IGNORECASE
)
"""`frameworks such as visas`: what is done to all is done to the first that is named."""


def governs(between: str) -> bool:
    """Whether a verb reaches over these words to its object."""
    plain = _AMOUNT.sub(" ", _EXAMPLES.sub(" ", between))
    if _SERIES.fullmatch(plain):
        return not _PREPOSED.search(plain)
    return (
        len(plain.split()) <= _REACH
        and not _CUT.search(plain)
        and not _PREPOSED.search(plain)
        and " of " not in f"{plain} "
    )


def _others(said: Said, at: Span) -> bool:
    """Whether the pronoun may mean something else: another thing stands between as the subject of its own clause."""
    opening = re.search(r",\s(?:and|so|but|which is why)\s", said.text[at.end :])
    if opening is None or at.start > _SUBJECT:
        return True
    return re.search(r"\b(?:it|them)\b", said.text[at.end : at.end + opening.start()]) is not None


_SUBJECT = 24
"""Characters before a mention, at most, for it to be the subject of its sentence."""
_WORD = re.compile(r"\S+")
_NOMINAL = re.compile(r"(?:을|를|은|는|이|가|도)$")
_INTO = re.compile(r"(?:으로|로)$")
_ELSEWHERE = re.compile(r"(?:에서|에게|에는|에|부터|까지|보다|처럼|만큼)$")
_SWAP = re.compile(r"(?:바꾸|바꿔|바꿀|전환|대체|교체|개편)")
_ADNOMINAL = re.compile(r"(?:[가-힣]{1,4}(?:는|던)|[가-힣]+(?:[하되시]ㄴ|한|된|낸|준|킨))$")
_NAMED = re.compile(r"\s(?:것|방안|방향|쪽|데|조치|정책|일)")
_ENDED = re.compile(r"(?:고|며|면|서|여|으로써|지만|는데|므로|니|기|해|어|아)$")
_NEEDED = re.compile(
    r"(?:\s[가-힣]+)?\s(?:필요|바람직|시급|절실|요구|추진|검토|서둘|서두|위해|위한|나서|나설|힘쓰|힘써|노력|고려|적극|통해)"
)
_NEGATED = re.compile(
    r"[가-힣]*지\s?(?:말|않|못)|[가-힣]*(?:서는|면)\s?안\s?(?:된|되|될)|\S*(?:\s\S+){0,2}?\s?(?:바람직|적절|옳|필요|타당)하지\s?(?:는\s)?(?:않|못)"
)
_PAST = re.compile(r"(?:했|하였|됐|되었|되고|되는|된|었|았|렸|졌)")
_KOREAN_REACH = 8


_KOREAN_WHOLE = re.compile(
    r"(?:발급|제도|비율|규모|지원|대상|범위|금액|예산|공급|수준|세율|체계|절차|조건|한도|기간|정책|사업|프로그램|지급|제공|운영|도입|체결|가입|설립|구축|공개|인프라|시설|노선|서비스|버스|요금|데이터)"
)
"""What is done to these is done to the noun before them: `비자 발급을 확대`."""


def _korean(text: str, at: Span) -> Iterator[tuple[Direction | None, Span]]:
    """The predicate of the phrase that a topic begins: `비자 발급을 … 확대해야`, `비자 확대가 필요`."""
    known = _listed()[1]
    inside, swapped, last = True, False, ""
    for n, w in enumerate(_WORD.finditer(text, at.end)):
        word = re.sub(r"[^가-힣A-Za-z0-9%]+$", "", w[0])
        span = Span(w.start(), w.start() + len(word))
        key = next((word[:k] for k in range(min(4, len(word)), 1, -1) if word[:k] in known), None)
        rest = text[span.start + len(key) :] if key else ""
        if not inside and _INTO.search(last) and _SWAP.match(word):
            yield "up", span  # changed into it
            return
        denied = _NEGATED.match(rest) is not None
        if key is not None and (denied or _used(word[len(key) :], text[span.end :], key)):
            way: Direction | None = _TURNED.get(known[key]) if denied else known[key]
            if way is not None and not swapped:
                yield way, span
            return
        if len(word) < len(w[0]) or n > _KOREAN_REACH:
            return
        if inside:
            fresh = w.start() > at.end
            if fresh and not _KOREAN_WHOLE.match(word):
                return  # `관세 부담을 줄여야`: the burden
            if _NOMINAL.search(word) or _INTO.search(word):
                inside, swapped = False, _INTO.search(word) is not None
            elif _ELSEWHERE.search(word):
                return
        elif word.endswith("야"):
            yield None, span
            return
        elif _ELSEWHERE.search(word):
            pass
        elif re.search(r"[을를]$", word) or _ADNOMINAL.search(word) or (len(word) > 1 and _ENDED.search(word)):
            return  # another object, or another clause
        last = word


def _used(ending: str, behind: str, key: str) -> bool:
    """Whether a direction's word is said of what is to be done: as a verb, or as a noun that is needed or taken up."""
    if _PAST.match(ending):
        return False
    if key.endswith("로"):
        return True
    if not ending or _NOMINAL.fullmatch(ending) or ending in ("에", "의"):
        return ending not in ("에", "의") and _NEEDED.match(behind) is not None
    return (
        not (re.search(r"(?:는|한|할|ㄴ|은|던)$", ending) and not ending.endswith("할"))
        or _NAMED.match(behind) is not None
    )
