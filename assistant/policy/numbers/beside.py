"""What the figures of one sentence say of one another: a list of shares, a change between two, a whole and its part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.policy.numbers.words import is_sector, names_place
from assistant.stance.words import place_mentions
from assistant.types import Span
from assistant.types.policy import Aspect, Figure, Part, Scope


def beside(text: str, base: int, made: Sequence[Figure]) -> list[Figure]:
    """The figures of a sentence that begins at `base`, each with what it takes from those beside it."""
    found = list(made)
    for at in range(len(found)):
        found[at] = _listed(text, base, found, at)
        if at:
            found[at] = _going_on(text, base, found[at - 1], found[at])
    _endpoints(text, base, found)
    _parallel(text, base, found)
    for at in range(len(found)):
        _placed(text, base, found, at)
    return found


_ITEM = re.compile(
    r"(?:^|[,;:(]\s?(?:and\s|or\s)?|\b(?:and|include[ds]?|including|are|were|was|is|by|from|such as|to|for)\s)(?P<item>(?:the\s)?[^,;:()]{2,60}?)\s\($",
    re.IGNORECASE,
)


_CAPITALISED = re.compile(
    r"(?<![\w'’])(?P<item>[A-Z][\w'’-]*(?:\s(?:of|for|(?:of |for )?the|[A-Z][\w'’-]*))*\sand\s(?:the\s)?[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)*)\s\($"
)
"""A capitalised name with `and` in it: `Care of the Building and Grounds (`."""


def _listed(text: str, base: int, found: Sequence[Figure], at: int) -> Figure:
    """`exports included computers ($34.6 billion), coal ($28.5 billion)`: each figure is of the word before its bracket."""
    f = found[at]
    start, end = f.span.start - base, f.span.end - base
    if (ko := _IN_BRACKETS.search(text[:start])) is not None:
        return _bracketed(base, found, at, ko)
    if not re.search(r"\($", text[:start]) or not re.match(r"[\s\w]{0,14}\)", text[end:]):
        return f
    before = text[:start]
    if at and re.fullmatch(r"\s?\(", text[found[at - 1].span.end - base : start]):  # 60% ($752.0 billion): the same
        other = found[at - 1]
        same = tuple(s for s in other.scope if s.aspect != "of")
        whole = tuple(Scope("of", s.part) for s in other.scope if s.aspect == "of") if f.measure == "share" else ()
        kind = "change" if other.measure == "change" and f.unit == "percent" else f.measure
        return replace(
            f, measure=kind, quantity=other.quantity, scope=(*same, *whole), period=other.period, first=other.first, last=other.last,
            projected=other.projected,
        )  # fmt: skip
    same_change = (
        at
        and found[at - 1].measure == "change"
        and f.unit == "percent"
        and re.fullmatch(
            r"\s(?:increase|decrease|rise|fall|decline|reduction|cut|less|more|fewer|above|below|higher|lower)\s\(",
            text[found[at - 1].span.end - base : start],
        )
    )
    if same_change:
        other = found[at - 1]
        return replace(
            f, measure="change", quantity=other.quantity, scope=other.scope, period=other.period, first=other.first, last=other.last,
            projected=other.projected,
        )  # fmt: skip
    m = _ITEM.search(before)
    if m is not None and re.search(r"\d|\b(?:half|thirds?|quarters?|fifths?|tenths?|majority|most)\b", m["item"]):
        return f
    if m is None or len(m["item"].split()) > 8:
        return f
    words = m["item"].strip()
    capitals = _CAPITALISED.search(before)
    if capitals is not None and not any(names_place(part) for part in capitals["item"].split(" and ")):
        words = capitals["item"]
    last = re.split(r"\s(?:included|including|include|were|was|are)\s", words)[-1] if not is_sector(words) else words
    last = re.sub(r"^(?:and\s)?(?:the\s|a\s|an\s)?", "", last)
    begin = start - len(before) + before.rfind(last)
    aspect: Aspect = "place" if names_place(last) else "sector" if is_sector(last) else "other"
    part = Part(last, Span(base + begin, base + begin + len(last)))
    if f.quantity is not None and f.quantity.text == last:
        return f
    kept = tuple(
        s for s in f.scope if s.aspect != aspect and not (s.part.span and part.span and s.part.span.overlaps(part.span))
    )
    return replace(f, scope=(*kept, Scope(aspect, part)))


_IN_BRACKETS = re.compile(
    r"(?:(?P<item>(?:[가-힣A-Za-z]+\s)?[가-힣]{2,})|(?P<same>\d\s?(?:명|개|개소|건|원|달러|대|곳|호|가구|%)))\((?:약\s)?$"
)
_MEASURED_KO = re.compile(r"(?:율|률|액|수|량|비중|지수|규모|건수|인원|가격|점수)$")


def _bracketed(base: int, found: Sequence[Figure], at: int, m: re.Match[str]) -> Figure:
    """`수도권(2.7명)` beside another figure, `인건비 상승률(8.1%)`, `5,230명(4.6%)`."""
    f = found[at]
    other = found[at - 1] if at else None
    if m["same"]:
        if other is None:
            return f
        return replace(
            f, quantity=other.quantity, scope=other.scope, period=other.period, first=other.first, last=other.last
        )
    item = m["item"]
    if re.search(r"[년월]$|조사$|기준$", item):
        return f
    span = Span(base + m.start("item"), base + m.end("item"))
    if _MEASURED_KO.search(item):
        return replace(f, quantity=Part(item, span))
    last = item.split()[-1]
    own = Span(span.end - len(last), span.end)
    if other is None or other.unit != f.unit:
        return f
    aspect: Aspect = "place" if names_place(last) else "other"
    return replace(
        f,
        quantity=other.quantity,
        scope=(*(s for s in other.scope if s.aspect != aspect), Scope(aspect, Part(last, own))),
    )


_GOES_ON_KO = re.compile(
    r"(?:명|개|개소|건|대|곳|호|가구)?(?:에서|으로|로|이며|이고|,|이던|이었|\s)*[\s,]*(?:(?:19|20)\d\d년(?:에는?|도)?\s|전년(?:보다|\s대비)\s|같은\s?해\s|총\s|약\s|평균\s|다시\s)*"
)


_ON = re.compile(
    r"(?:\s(?:in|by|for|as of|during)\s(?:the\s)?(?:FY|fiscal year\s)?(?:19|20)\d\d)?,?\s(?:and|to|or)\s(?:about\s|nearly\s|over\s|to\s|by\s)?",
    re.I,
)
_FOR_EACH = re.compile(r"(?:\sin\s[\w\s-]{2,40}?)?\sfor\s(?:the\s)?[^,;$]{2,70}(?:,|,?\sand)\s(?:and\s)?")
"""Between the amounts of `$14.9 billion for research, $5.7 billion for operations and $4 billion for ships`."""
_CHANGED = re.compile(r"\b(?:increase|decrease|rise|decline|drop|growth|gain|reduction|fall|change)$", re.IGNORECASE)


def _going_on(text: str, base: int, before: Figure, f: Figure) -> Figure:
    """`grow by 1.5% in 2026 and 1.7% in 2027`, `from 134 to 338 billion, a 150% increase`, `$13,874, compared to $88,612`."""
    between = text[before.span.end - base : f.span.start - base]
    if (
        f.quantity is None
        and before.quantity is not None
        and re.search(r"[가-힣]", text)
        and _GOES_ON_KO.fullmatch(between)
    ):
        said = {s.aspect for s in f.scope}
        kept = tuple(s for s in before.scope if s.aspect not in said and s.aspect != "of")
        return replace(f, quantity=before.quantity, scope=(*f.scope, *kept))
    if not f.scope and _balance(f) and _balance(before):  # a surplus that turned into a deficit
        f = replace(f, scope=before.scope)
    if before.unit == f.unit and _ON.fullmatch(between):
        own = f.quantity is not None and f.quantity.span is not None and f.quantity.span.start >= f.span.end
        quantity = f.quantity if own else before.quantity
        scope = f.scope if own else before.scope
        return replace(
            f, measure=before.measure, quantity=quantity, scope=scope, projected=before.projected or f.projected
        )
    if before.unit == f.unit and _FOR_EACH.fullmatch(between) and before.measure == f.measure:
        m = re.match(r"\sfor\s(?:the\s)?(?P<what>[^,;.]{2,60}?)(?=[,;.]|$|\s(?:and|in)\s)", text[f.span.end - base :])
        if m is not None and before.quantity is not None:
            start = f.span.end + m.start("what")
            kept = tuple(s for s in before.scope if s.aspect == "who")
            scope = (*kept, Scope("other", Part(m["what"], Span(start, start + len(m["what"])))))
            return replace(f, quantity=before.quantity, scope=scope, projected=before.projected or f.projected)
    if (
        f.measure == "change"
        and f.quantity is not None
        and _CHANGED.search(f.quantity.text)
        and before.quantity is not None
    ):
        return replace(f, quantity=before.quantity, scope=before.scope)
    compared = re.fullmatch(
        r"(?:\s(?:in|by|for)\s(?:FY)?\d{4})?,?\s(?:compared (?:to|with)|versus|against|up from|down from)\s(?:about\s|only\s|just\s)?",
        between,
    )
    if compared and before.unit == f.unit and f.quantity is None:
        said = {s.aspect for s in f.scope}
        return replace(
            f, quantity=before.quantity, scope=(*f.scope, *(s for s in before.scope if s.aspect not in said))
        )
    return f


def _balance(f: Figure) -> bool:
    return f.quantity is not None and re.search(r"\b(?:surplus|deficit|balance)$", f.quantity.text, re.I) is not None


def _endpoints(text: str, base: int, found: list[Figure]) -> None:
    """`Between 1999 and 2024 … from $37.2 billion to $159.2 billion`: the first year with the first."""
    for at in range(len(found) - 1):
        one, other = found[at], found[at + 1]
        same = one.period is not None and one.period == other.period and one.first is not None and one.last is not None
        if not same or one.first == one.last or one.first is None or one.last is None:
            continue
        left = text[: one.span.start - base]
        between = text[one.span.end - base : other.span.start - base]
        if re.search(r"\bfrom\s(?:about\s|nearly\s)?$", left) and re.fullmatch(
            r"\sto\s(?:about\s|nearly\s|over\s)?", between
        ):
            found[at], found[at + 1] = replace(one, last=one.first), replace(other, first=one.last)


_TOLD_APART = re.compile(
    r"(?:^|[,;:(]\s?|\b(?:and|in|for|at|was|were|is|are|to)\s|[가-힣](?:은|는|이|가|로|고|며)\s)(?P<name>(?:the\s)?[A-Z][\w.'\u2019-]*(?:\s(?:and\s)?[A-Z][\w.-]*){0,3}|[가-힣]{2,12}(?:\s[가-힣]{2,8})?)"
    r"(?:\s|,\s?|\sat\s|\swith\s|\s\(|:\s|이\s|은\s|는\s|가\s)(?:about\s|약\s|only\s)?$"
)
_JOINED = re.compile(
    r"\)?(?:[은는이가로며고]|으로|이며|이고)?\s?[,;]\s?(?:and\s|while\s)?(?P<name>[^,;\d]{2,40}?)[\s(:]+(?:about\s|약\s|only\s)?|\sand\s(?P<name_>[A-Z][\w.\s-]{1,30}?)\s"
)


def _parallel(text: str, base: int, found: list[Figure]) -> None:
    """`수도권 71.3%, 비수도권 48.9%`, `London 12 %, Wales 9 %`: the name directly before each is its scope."""
    for at in range(len(found) - 1):
        one, other = found[at], found[at + 1]
        between = text[one.span.end - base : other.span.start - base]
        m = _JOINED.fullmatch(between)
        if one.unit != other.unit or one.measure in ("change", "rank") or m is None:
            continue
        first = _TOLD_APART.search(text[: one.span.start - base])
        second = _TOLD_APART.search(text[: other.span.start - base])
        if first is None or second is None or _TIMELY.search(first["name"]) or _TIMELY.search(second["name"]):
            continue
        for i, name in ((at, first), (at + 1, second)):
            words = re.split(r"(?<=[가-힣][은는이가로고며])\s", name["name"])[-1]
            span = Span(base + name.end("name") - len(words), base + name.end("name"))
            f = found[i]
            if any(s.part.span is not None and s.part.span.overlaps(span) for s in f.scope):
                continue
            if f.quantity is not None and f.quantity.span is not None and f.quantity.span.overlaps(span):
                continue
            apart: Aspect = "place" if names_place(words) else "sector" if is_sector(words) else "other"
            others = tuple(
                s
                for s in f.scope
                if not (
                    i > at
                    and s.part.span is not None
                    and one.span.start - 40 < s.part.span.start < one.span.end
                    and s.aspect in ("place", "other")
                )
            )
            found[i] = replace(f, quantity=f.quantity or one.quantity, scope=(*others, Scope(apart, Part(words, span))))


_TIMELY = re.compile(
    r"\d|(?:January|February|March|April|May|June|July|August|September|October|November|December)|[년월]|평균|전체|총|최대|최소|약"
)


_WITHIN = re.compile(r"\b(?:in|to|toward|towards|directed to|from|with)\s(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)


_OWNER = re.compile(r"(?:the\s)?(?P<place>[A-Z][\w.-]*(?:\s[A-Z][\w.-]*)?)['\u2019]s\s")


def _placed(text: str, base: int, found: list[Figure], at: int) -> None:
    """A share of what stands in a place is itself there, and so is the amount of which the share is said."""
    f = found[at]
    if f.measure != "share" or any(s.aspect == "place" for s in f.scope):
        return
    whole = next((s.part for s in f.scope if s.aspect == "of" and s.part.span is not None), None)
    m = _WITHIN.search(whole.text) if whole is not None else None
    if whole is None or whole.span is None or m is None:
        return
    named = next((span for _, span in place_mentions(m["rest"])), None)
    if named is None and (owner := _OWNER.match(m["rest"])) is not None and names_place(owner["place"]):
        named = Span(*owner.span("place"))
    if named is None:
        return
    span = named.shift(whole.span.start + m.start("rest"))
    scope = Scope("place", Part(named.slice(m["rest"]), span, "the whole that it is a share of"))
    found[at] = replace(f, scope=(*f.scope, scope))
    if not at:
        return
    before = found[at - 1]
    between = text[before.span.end - base : f.span.start - base]
    told = re.match(
        r"(?:\s(?:in|by)\s\d{4})?,\s(?:representing|accounting for|or|making up|equal to|equivalent to)\b", between
    )
    if told and before.measure == "level" and not any(s.aspect == "place" for s in before.scope):
        found[at - 1] = replace(before, scope=(*before.scope, scope))
