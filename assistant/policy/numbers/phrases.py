"""What a figure of an English sentence is a figure of: the phrase that names the quantity, and what narrows it."""

from __future__ import annotations

import re

from assistant.policy.numbers.nouns import (
    HEDGED,
    SHARE,
    Counted,
    Narrowed,
    core_of,
    joined,
    narrowing,
    phrase_at,
    pps,
    run_on,
    trimmed_at,
    with_pps,
)
from assistant.policy.numbers.words import (
    QUANTITIES,
    exact_place,
    is_actor,
    is_level,
    is_measurable,
    is_sector,
    names_place,
)
from assistant.stance.clauses import Frame, frames
from assistant.types import Span

_PRONOUN = re.compile(
    r"^(?:it|they|this|these|that|those|which|who|he|she|we|there|its|their)$|^(?:this|these|such|that|those|the latter|the former)\s",
    re.I,
)


_MONEY_OR_WORD = r"(?:US\$|USD|KRW|EUR|[$\u20ac\u20a9\u00a3\u00a5])?\s?"


_OF_BEFORE = re.compile(r"(?P<np>(?:[\w'\u2019.&/-]+\s){1,6}?)of$", re.IGNORECASE)


_STOP_NP = re.compile(
    r".*\b(?:is|are|was|were|be|been|has|have|had|will|would|to|and|or|but|into|with|for|in|by|at|a|an|the|its|their|reached|reaching|hit|"
    r"saw|see|set|recorded|posted|that|which|from|on|of|as|after|before|than|include|includes|including|totaled|totaling|received|provided|imposed)\s",
    re.IGNORECASE | re.DOTALL,
)


def counted(text: str, here: Span, unit: str, previous: int, following: int) -> Counted:
    """What the figure at `here` counts; `previous` and `following` are where the figures beside it end and begin."""
    behind = _behind(text, here, unit, following)
    if unit == "rank":
        return _with_subject(text, here, behind)
    share = unit == "percent" and behind is not None and behind.share
    named = _named_before(text, here, previous)
    if behind is not None and behind.quantity is not None and not share:
        if unit != "people" or named is None or named.quantity is None:
            scope = joined(behind.scope, narrowing(text, behind.quantity.end, following))
            if not any(n.aspect == "who" for n in scope) and (who := _doer(text, here)) is not None:
                scope = joined(scope, (Narrowed("who", who),))
            return Counted(behind.quantity, scope)
        behind = None
    found = _before(text, here, unit, previous, named)
    scope = found.scope
    if behind is not None:
        scope = joined(scope, behind.scope)
    tail_from = behind.scope[-1].span.end if behind is not None and behind.scope else here.end
    scope = joined(scope, narrowing(text, tail_from, following))
    return Counted(found.quantity, scope, share or found.share, found.anaphor)


def _before(text: str, here: Span, unit: str, previous: int, named: Counted | None) -> Counted:
    """What stands before a figure and says what it is of: a noun with `of`, a verb of spending, the subject."""
    if named is None or named.quantity is None:
        return (
            _with_that(text, here, previous)
            or _spent(text, here)
            or _attained(text, here, unit, previous)
            or _subject(text, here, unit, previous)
        )
    if any(n.aspect == "who" for n in named.scope):
        return named
    if named.scope:
        who = _doer(text, named.quantity)
        return (
            named if who is None else Counted(named.quantity, joined(named.scope, (Narrowed("who", who),)), named.share)
        )
    told = _subject(text, here, unit, previous)
    if told.quantity is not None and told.quantity.overlaps(named.quantity):
        doer = _doer(text, named.quantity)
        return named if doer is None else Counted(named.quantity, (Narrowed("who", doer),), named.share)
    return Counted(named.quantity, tuple(n for n in told.scope if n.aspect in ("who", "place", "sector")), named.share)


def _doer(text: str, here: Span) -> Span | None:
    """Who acts on what is counted: the subject, a country or an actor, of the verb before the figure."""
    for f in reversed([f for f in frames(_without_asides(text, here)) if f.verb.start < here.start]):
        if f.agent is None or f.agent.end > f.verb.start:
            continue
        if re.search(r"[.;:]", text[f.verb.end : here.start].replace("U.S.", "")):
            return None
        words = f.agent.slice(text).strip()
        if (is_actor(words) or exact_place(words)) and len(words.split()) <= 6:
            return trimmed_at(text, f.agent)
        return None
    return None


_ATTAINED = re.compile(
    r"(?:^|[;:.]\s|\b(?:while|whereas|although|but)\s)(?P<np>(?:(?:the|its|their|an?|[A-Z][\w.]*(?:\s[A-Z][\w.]*)?['\u2019]s)\s)?(?:[a-z][\w-]*\s){0,4}[a-z][\w-]*)\s"
    r"(?:reached|totall?ed|amounted to|stood at|(?:rose|fell|grew|climbed|declined|dropped|increased|decreased) (?:\w+ly )?(?:from|to)|hit|averaged|came to|was|were)\s$",
    re.IGNORECASE,
)


def _attained(text: str, here: Span, unit: str, previous: int) -> Counted | None:
    """`Germany’s support reached €16.7bn`: the subject just before such a verb is what is counted, though no list has the noun."""
    if unit in ("rank", "points", "times", "count", "people"):
        return None
    m = _ATTAINED.search(_hedged(text[previous : here.start]))
    if m is None:
        return None
    words = m["np"]
    bare = re.sub(r"^(?:the|its|their|an?|\S+['\u2019]s)\s", "", words, flags=re.IGNORECASE)
    if re.search(
        r"\b(?:of|in|for|to|with|by|from|on|at|it|this|that|which|they|there|what|total|high|peak|share|who|increase|rise|fall|decline|deficit|surplus)\b",
        bare,
        re.I,
    ):
        return None
    if bare == words and " " not in words:
        return None
    if is_level(bare) or is_actor(bare) or QUANTITIES.search(bare):
        return None  # the longer way knows more of these
    start = previous + m.start("np")
    return core_of(text, Span(start, start + len(words)), start + len(words))


_WITH_THAT = re.compile(r"\bwith\s(?P<np>(?:[\w'\u2019.-]+\s){1,5}?)(?:\w+ing|\w+ed)\s(?:from|to|at|for|by)?\s?$")


def _with_that(text: str, here: Span, previous: int) -> Counted | None:
    """`…, with consumption ranging from 60`: the figure is of what stands behind `with`."""
    left = text[previous : here.start]
    hedge = _hedged(left)
    m = _WITH_THAT.search(hedge)
    if m is None or not is_measurable(m["np"].strip()):
        return None
    start = previous + m.start("np")
    return core_of(text, Span(start, start + len(m["np"].rstrip())), start + len(m["np"].rstrip()))


def _hedged(left: str) -> str:
    """The words before a figure without what says how exactly it is meant."""
    m = HEDGED.search(left)
    return left[: m.start()] + " " if m else left


_SPENDING = re.compile(
    r"\b(?P<verb>appropriated|provided|allocated|spent|invested|received|awarded|requested|authorized|paid|donated|contributed|raised|borrowed|"
    r"lent|committed|pledged|cost|costs|earned|obligated|disbursed|collected|saved|lost|granted|budgeted|transferred|fined)"
    r"(?:\s(?:about|around|nearly|almost|roughly|approximately|some|only|more than|less than|over|at least|up to|as much as|a total of|an additional|another|an estimated))*\s$",
    re.IGNORECASE,
)


def _spent(text: str, here: Span) -> Counted | None:
    """`Congress appropriated $8 million for …`: the verb says what the money is."""
    m = _SPENDING.search(text[: here.start])
    if m is None:
        return None
    scope: tuple[Narrowed, ...] = ()
    if (who := _doer(text, here)) is not None:
        scope = (Narrowed("who", who),)
    purpose = re.compile(r"(?:\s(?:each|per|a|every)\s(?:fiscal )?year)?\s(?:for|to)\s(?:the\s)?").match(text, here.end)
    if purpose is not None:
        edge = re.compile(r"[,;.(]|\s(?:and|in|from|over|through|under|which|that)\s").search(text, purpose.end())
        end = edge.start() if edge else len(text)
        if 0 < end - purpose.end() < 80:
            scope = (*scope, Narrowed("other", Span(purpose.end(), end)))
    return Counted(Span(*m.span("verb")), scope)


def _or_fewer(text: str, at: int) -> int:
    m = re.compile(r"\sor (?:fewer|more|less|over)(?=\s)").match(text, at)
    return m.end() if m else at


def _behind(text: str, here: Span, unit: str, following: int) -> Counted | None:
    here = Span(here.start, _or_fewer(text, here.end))
    if (
        unit == "percent"
        and (
            again := re.compile(r"\s?\((?:about\s)?[\d.]+\s?(?:%|percent)\)(?=\sof\s)|\)(?=\sof\s)").match(
                text, here.end
            )
        )
        is not None
    ):
        here, following = Span(here.start, again.end()), len(text) if following < again.end() + 4 else following
    link = re.compile(
        r"\s(?P<of>of|in|worth of)\s(?:(?:the|all|its|their|this|these|those|total|a|an|new|additional|our)\s)*"
    ).match(text, here.end)
    if link is not None and link.end() < following:
        end = run_on(text, link.end() - 1, following)
        span = Span(link.end(), end) if end > link.end() else None
        if span is None:
            return None
        head = span.slice(text)
        of = link["of"].lower()
        if unit == "percent":
            if of != "of" and not re.search(r"\b(?:share|proportion|percentage) of\b[^,;]{0,24}$", text[: here.start]):
                return None
            whole = with_pps(text, span, following)
            return Counted(None, (Narrowed("of", whole),), share=True)
        span = _and_on(text, span, following)
        head = span.slice(text)
        if of == "worth of" or (of == "of" and unit != "rank"):
            return core_of(text, span, following)
        if of == "in" and not exact_place(head) and (is_measurable(head) or not names_place(head)) and not re.match(r"\d", head) and not is_sector(head) and (is_measurable(head) or head.endswith("s")):  # fmt: skip
            return core_of(text, span, following)
        return None
    end = run_on(text, here.end, following)
    if end == here.end or unit in ("rank",):
        if unit == "rank":
            return _ranked(text, here, following)
        return None
    span = Span(here.end + 1, end)
    if unit == "percent" and not is_measurable(span.slice(text)):
        return None
    if unit in ("points", "times"):
        return None
    return core_of(text, span, following)


def _and_on(text: str, span: Span, stop: int) -> Span:
    """`goods and services trade`: a noun phrase that goes on behind `and` to the noun that is measured."""
    if is_measurable(span.slice(text)) and not span.slice(text).lower().endswith(("goods", "services")):
        return span
    m = re.compile(r"\sand\s(?:[a-z]+\s){0,2}[a-z]+").match(text, span.end)
    if m is None or m.end() > stop:
        return span
    end = run_on(text, span.end + len(" and"), stop, 3)
    return Span(span.start, end) if end > span.end and is_measurable(text[span.start : end]) else span


def _ranked(text: str, here: Span, following: int) -> Counted | None:
    """`thirteenth globally in GDP`, `third-largest FTA network`."""
    link = re.compile(
        r"(?:,\s(?:after|behind)\s[^,]{2,40},)?(?:\s\w+ly|\s(?:in|of) the world|\sworldwide)?\s(?:in|by|for|in terms of|among|as(?: (?:the|a))?(?: top| leading)?)\s(?:the\s)?"
    ).match(text, here.end)
    if link is None and not text[here.start : here.end].lower().endswith(("est", "most", "leading", "top")):
        return Counted(None)
    start = link.end() if link else here.end + 1
    end = run_on(text, start - 1, following, 4)
    return core_of(text, Span(start, end), following) if end > start else None


def _named_before(text: str, here: Span, previous: int) -> Counted | None:
    left = text[previous : here.start]
    hedge = HEDGED.search(left)
    left = left[: hedge.start()] if hedge else left.rstrip()
    whole = re.search(
        r"\b(?:an?|the|its|their)\s(?P<np>(?:[\w'\u2019.-]+\s){1,3}?(?:in|with|to|from|for)\s[^,;()]{2,60})\sof$", left
    )
    if whole is not None and is_measurable(re.split(r"\s(?:in|with|to|from|for)\s", whole["np"])[0]):
        return phrase_at(text, Span(previous + whole.start("np"), previous + whole.end("np")), here.start)
    m = re.search(r"(?P<np>(?:[\w'\u2019.&/-]+\s){1,7})(?:of|worth)$", left)
    if m is None:
        set_at = re.search(r"\b(?:the|its|their)\s(?P<np>(?:[\w-]+\s){1,7}?)(?:at|to)$", left)
        if set_at is not None and is_measurable(set_at["np"].strip()):
            start = previous + set_at.start("np")
            if " of " in set_at["np"]:
                head = set_at["np"].index(" of ")
                made = core_of(text, Span(start, start + head), start + head)
                thing = Span(start + head + 4, start + len(set_at["np"].rstrip()))
                return Counted(made.quantity, joined(made.scope, (Narrowed("other", trimmed_at(text, thing)),)))
            return core_of(text, Span(start, start + len(set_at["np"].rstrip())), start + len(set_at["np"].rstrip()))
        return None
    words = m["np"].rstrip()
    cut = _STOP_NP.match(words + " ")
    start = previous + m.start("np") + (cut.end() if cut and cut.end() < len(words) else 0)
    end = previous + m.start("np") + len(words)
    if cut and cut.end() >= len(words):
        return None
    phrase = text[start:end]
    if is_level(phrase) or not phrase:
        return None
    return core_of(text, Span(start, end), end)


def _with_subject(text: str, here: Span, behind: Counted | None) -> Counted:
    """A rank with who has it: the subject of the verb before it."""
    made = behind or Counted(None)
    given = re.search(
        r"\b(?:giving|making)\s(?P<who>[A-Z][\w.]*(?:\s[A-Z][\w.]*)*)\s(?:the\s|its\s)[^,;]{0,24}$", text[: here.start]
    )
    if given is not None:
        return Counted(made.quantity, joined((Narrowed("who", Span(*given.span("who"))),), made.scope))
    for f in reversed([f for f in frames(text) if f.verb.start < here.start and f.agent is not None]):
        if f.agent is not None and f.agent.end <= here.start:
            return Counted(made.quantity, joined((Narrowed("who", trimmed_at(text, f.agent)),), made.scope))
    return made


def _subject(text: str, here: Span, unit: str, previous: int) -> Counted:
    """What the verb that governs the figure is said of; the object of an earlier verb where only that can be measured."""
    text = _without_asides(text, here)
    governing = [f for f in frames(text) if f.verb.start < here.start]
    pronoun = False
    who: Span | None = None
    for f in reversed(governing):
        if re.search(r"[;:]\s", text[f.verb.end : here.start]):
            break
        for span in _places(text, f, here):
            phrase = phrase_at(text, span, here.start)
            if _PRONOUN.match(text[span.start : span.end].lstrip()):
                pronoun = True
                if phrase.share or (phrase.quantity is not None and is_measurable(phrase.quantity.slice(text))):
                    return Counted(phrase.quantity, phrase.scope, phrase.share, True)
                continue
            if phrase.share and any(n.aspect == "of" for n in phrase.scope):
                return phrase
            if phrase.quantity is None:
                continue
            words = phrase.quantity.slice(text)
            if SHARE.fullmatch(words.strip()) and span == f.patient:  # `oil makes up a share of 5 percent`
                continue
            if f.empty and span == f.patient:
                continue
            if (unit not in ("count", "people") and is_actor(words)) or exact_place(words):
                who = who or trimmed_at(text, span)
                continue
            if re.search(r"\d", words):
                continue
            if is_measurable(words) or phrase.share:
                owner = (Narrowed("who", who),) if who is not None and not who.overlaps(span) else ()
                return Counted(phrase.quantity, joined(phrase.scope, owner), phrase.share)
    if (near := _measurable_before(text, here, previous, unit)) is not None:
        return near
    return Counted(None, (Narrowed("who", who),) if who is not None else (), anaphor=pronoun)


_SHOWN_BY = re.compile(
    r"^(?:As (?:shown in )?(?:Figures?|Tables?|Charts?)\s[^,]{1,40}|(?:As|For) (?:an )?examples?|For instance|In (?:contrast|comparison|addition)|"
    r"By contrast|Meanwhile|However|Subsequently|Moreover|Furthermore|In particular),\s"
)
_ASIDE = re.compile(r"\u2014[^\u2014;]{3,140}\u2014|\([^()]{1,80}\)")


def _without_asides(text: str, here: Span) -> str:
    """The same text with spaces for what stands between dashes or in brackets, the figure itself aside."""
    for m in (*_SHOWN_BY.finditer(text), *_ASIDE.finditer(text)):
        if not Span(*m.span()).overlaps(here):
            text = text[: m.start()] + " " * (m.end() - m.start()) + text[m.end() :]
    return text


def _places(text: str, f: Frame, here: Span) -> list[Span]:
    found = []
    if f.agent is not None and f.agent.end <= here.start and f.agent.start < f.verb.start:
        agent = f.agent
        plural = re.compile(r"\s(?P<noun>[a-z]+s)\s(?=[a-z]+(?:s|ed)\s)").match(text, agent.end)
        if (
            plural
            and plural.start("noun") == f.verb.start
            and re.search(r"\b(?:these|those|all|the)\b[^,]*$", agent.slice(text), re.I)
        ):
            agent = Span(agent.start, plural.end("noun"))  # `these FTA partners exceed`: the noun was read as a verb
        found.append(_widened(text, agent))
    if f.patient is not None and f.patient.end <= here.start:
        found.append(f.patient)
    return found


_WIDER = re.compile(
    r"(?P<np>(?:(?:the|a|an|its|their)\s)?(?:[\w'\u2019.&-]+\s){1,6})(?:of|in|with|to|from|by|for|on|toward|towards|into|among)\s(?:the\s)?$",
    re.I,
)


_EDGE = re.compile(
    r".*(?:[,;:\u2014(]\s?|\b(?:that|and|but|while|whereas|although|because|as)\s)", re.DOTALL | re.IGNORECASE
)


def _widened(text: str, span: Span) -> Span:
    """A subject with the noun before its preposition: of `China` in `the surplus with China, which stood at` the whole."""
    if led := re.search(r"\b(?:U\.S\.|U\.K\.)\s$", text[: span.start]):
        span = Span(led.start(), span.end)
    for _ in range(3):
        left = text[: span.start]
        edge = _EDGE.match(left)
        begin = edge.end() if edge else 0
        m = _WIDER.search(left[begin:])
        if m is None or re.match(
            r"(?:in|on|by|as|at|for|from|since|during|under|with|according)\s", left[begin:], re.I
        ):
            break
        span = Span(begin + m.start(), span.end)
    if m := re.compile(r"(?:\s[A-Z][\w.-]*)+").match(text, span.end):
        span = Span(span.start, m.end())
    while span.end > span.start and text[span.end - 1] in ", ":
        span = Span(span.start, span.end - 1)
    return span


_MODIFIES = re.compile(
    r"\s(?!totals|reaches|exceeds|equals|stands|rises|falls|grows|remains|amounts|accounts|represents|averages|hits|includes|was|is|has|does|costs|makes|declines|"
    r"increases|decreases|drops|comes|goes|flows|levels|rates|sales|volumes|values|costs|prices|surplus|losses|exports|imports)[a-z]{3,}s\b"
)


def _measurable_before(text: str, here: Span, previous: int, unit: str) -> Counted | None:
    """The nearest phrase before a figure whose head is a quantity: `with per capita income below USD 100`."""
    last = None
    begin = max(previous, here.start - 120)
    for m in QUANTITIES.finditer(text, begin, here.start):
        if unit not in ("count", "people") and is_actor(m.group()):
            continue
        if _MODIFIES.match(text, m.end()):
            continue  # of `tax filers` and `energy audits` the last noun is the thing
        last = m
    if last is None:
        return None
    start = last.start()
    words = re.search(r"(?:[\w'\u2019.&-]+\s){0,4}$", text[begin:start])
    if words:
        cut = _STOP_NP.match(words.group())
        start = begin + words.start() + (cut.end() if cut else 0)
    made = core_of(text, Span(min(start, last.start()), last.end()), last.end())
    return Counted(made.quantity, joined(made.scope, pps(text, last.end(), here.start)), False)
