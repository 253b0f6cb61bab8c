"""The things that a question and its answer speak of, found without a grammar: runs of words between function words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.answering.conversation.slots import slots
from assistant.answering.conversation.talk import Before
from assistant.lexicon import places_in
from assistant.text import stem

_FUNCTION = frozenset(
    """who whom whose what which when where why how is are was were be been being am do does did done has have had having
    can could will would shall should may might must to in on at by for from with without into onto over under about
    against between among during since until before after than as and or but nor if because while although though that
    this these those there here it its they them their he him his she her we us our you your i me my not no yes any some
    such each every all both either neither other another also too so then very much many more most less least few
    several please tell give explain describe show list name define compare mean means say says said give gives according
    think make made makes get got go goes going take takes took happen happens happened use used using exactly per via
    let lets like still just only ever even now""".split()
)
_VERBS = frozenset(
    """rise rose risen fall fell fallen grow grew grown increase increased decrease decreased decline declined change
    changed reach reached handle handles export exported import imported invest invested sign signed conclude concluded
    join joined announce announced adopt adopted plan plans planned aim aims include includes included cause caused affect
    affects affected respond responded account accounts accounted work works worked begin began start started end ended
    build built create created introduce introduced impose imposed recommend recommends propose proposes argue argues
    wrote written write writes published publish founded found run ran led lead leads set sets held hold holds lost lose won
    win show shows showed raised raise lowered lower cut cuts closed close opened open passed pass moved move left leave
    allow allows allowed require requires required apply applies applied receive received support supports supported
    differ compare compares play plays played originate derive derived become became come came need needs call called want wants
    know known help helps cost costs pay paid serve served employ employs employed own owns owned offer offers""".split()
)
_DETERMINER = frozenset({"the", "a", "an"})
_JOINS = frozenset({"of"})
_TOKEN = re.compile(r"[\w&\u2019'.%$/-]*[\w%]|[^\w\s]")
_SUPPORT = frozenset({"do", "does", "did", "can", "could", "will", "would", "should", "may", "might", "must", "shall"})
_PERFECT = frozenset({"has", "have", "had", "is", "are", "was", "were"})
_PLURAL = re.compile(r"(?<![su])s$")
_PERSONAL = frozenset({"he", "him", "his", "she", "her"})
_MANY = frozenset({"they", "them", "their", "these", "those", "these ones", "those ones"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as it is written, without its article."""

    text: str
    subject: bool = False
    """Whether it stands where a question has its subject."""
    counted: bool = False
    """Whether it is what is asked for: `what share`, `how many farms`."""

    sole: bool = False
    """Whether the question speaks of nothing else."""
    first: bool = False
    """Whether it opens the text, where a capital says nothing."""

    @property
    def head(self) -> str:
        """The word that the others belong to: the last one before `of`."""
        return re.split(r" of ", self.text)[0].split()[-1]

    @property
    def named(self) -> bool:
        words = self.text.split()
        return (
            any(w[:1].isupper() for w in words[1:]) or words[0].isupper() or (words[0][:1].isupper() and not self.first)
        )

    @property
    def plural(self) -> bool:
        return bool(_PLURAL.search(self.head.casefold())) or " and " in self.text


@dataclass(frozen=True, slots=True)
class Nouns:
    """The phrases of the last question, and those of the answer to it."""

    asked: tuple[Phrase, ...]
    said: tuple[Phrase, ...]

    @classmethod
    def of(cls, before: Before) -> Nouns:
        asked = cls.read(before.question)
        return cls(asked if any(p.named for p in asked) else (*asked, *cls.read(before.topic)), cls.read(before.said))

    @staticmethod
    def read(text: str) -> tuple[Phrase, ...]:
        """The noun phrases of a text, in order."""
        found = tuple(_phrases(text))
        return (replace(found[0], sole=True),) if len(found) == 1 else found


def _phrases(text: str) -> Iterator[Phrase]:
    words = [m.group() for m in _TOKEN.finditer(text)]
    run: list[str] = []
    opened = ""  # the function word before the run
    support = False

    def phrase(closing: str) -> Phrase | None:
        nonlocal support
        kept = list(run)
        subject = opened in _SUPPORT | _PERFECT
        ends_clause = closing not in ("of",)
        cut = subject and len(kept) > 1 and ends_clause and closing not in _PERFECT | _VERBS
        if (cut and opened in _SUPPORT and not _verb(kept)) or (
            cut and opened in _PERFECT and re.search(r"(?:ed|en|un|wn)$", kept[-1])
        ):  # `does the port handle`: its verb stands last
            kept = kept[:-1]
        while kept and kept[-1].casefold() in _JOINS | _DETERMINER:
            kept.pop()
        while kept and kept[0].casefold() in _JOINS | _DETERMINER:
            kept.pop(0)
        if not kept or all(re.fullmatch(r"[\d.,%]+", w) for w in kept):
            return None
        made = " ".join(kept)
        return Phrase(
            made, subject, opened in ("what", "which", "many", "much"), first=text.lstrip().startswith(kept[0])
        )

    for word in [*words, "?"]:
        low = word.casefold()
        ends = low in _FUNCTION or not re.search(r"\w", word) or (low in _VERBS and not (run and word[:1].isupper()))
        if low in _DETERMINER and run and run[-1].casefold() not in _JOINS | _DETERMINER:
            if opened not in _SUPPORT | _PERFECT and len(run) == 1 and not run[0][:1].isupper():
                opened = ""  # `wrote the paper`: a verb that is not known
            elif found := phrase(low):
                yield found
            run = []
        if not ends:
            run.append(word)
            continue
        if run and (found := phrase(low)):
            yield found
        opened = low if low in _FUNCTION or low in _VERBS else ""
        run = []


def _verb(run: list[str]) -> bool:
    return run[-1].casefold() in _VERBS


def antecedent(pronoun: str, nouns: Nouns, before: str, said: str) -> str | None:
    """What a pronoun means, where that is plain: a person for `he`; else a name that is no place, or the subject of the
    last question with what it is of. None where it is not, so that the whole question can stand for it.
    """
    if pronoun in _PERSONAL:
        named = [s.span.slice(before) for s in slots(before) if s.kind == "name"]
        people = [n for n in _FULL_NAME.findall(said) if _personal(n)] if _ASKS_WHO.match(before) else []
        people += [p.text for p in nouns.asked if _personal(p.text)]
        return next(iter([*named, *people]), None)
    if pronoun.startswith(("the ", "which", "th")) and pronoun not in _MANY:
        return None
    several = pronoun in _MANY
    fitting = [c for p in nouns.asked for c in _parts(p) if c.plural == several]
    plain = [
        c
        for c in fitting
        if not places_in(c.text) and ((c.named and not several) or " of " in c.text or (c.sole and " " in c.text))
    ]
    if not plain:
        return None
    return max(plain, key=lambda c: (not c.counted, c.subject, c.named, -fitting.index(c))).text


_FULL_NAME = re.compile(r"\b[A-Z][\w\u2019'-]*[a-z]\.?(?: [A-Z](?:[\w\u2019'-]*[a-z]|\.)){1,3}")
_ASKS_WHO = re.compile(r"^\s*(?:who|name|which (?:person|minister|president|author))\b", re.IGNORECASE)


def _parts(phrase: Phrase) -> list[Phrase]:
    """A phrase, and what it is of: `three objectives of the Harbour Board` may lend the board to a pronoun."""
    inner = re.split(r" of (?:the )?", phrase.text)[1:]
    return [phrase, *(Phrase(part, phrase.subject, phrase.counted) for part in inner)]


_ORGANISED = re.compile(
    r"(?:act|law|agreement|treaty|strategy|policy|plan|programme|program|fund|board|council|commission|committee|ministry|"
    r"bank|union|party|court|congress|senate|house|agency|department|institute|university|association|organi[sz]ation|"
    r"company|corporation|group|movement|war|league|cup|game|system|initiative|pact|deal|service|office)s?$",
    re.IGNORECASE,
)


def _personal(text: str) -> bool:
    words = text.split()
    return (
        2 <= len(words) <= 4
        and all(w[:1].isupper() and not w.isupper() for w in words)
        and not _ORGANISED.search(text)
        and not places_in(text)
    )


def head_match(noun: str, nouns: Nouns, loose: bool) -> str | None:
    """The phrase that `this strategy` means: one with that head, a name before others. Where `loose`, else the only
    name in the last question.
    """
    wanted = stem(noun.split()[-1].casefold())
    every = [*nouns.asked, *nouns.said]
    same = [p for p in every if stem(p.head.casefold()) == wanted and len(p.text.split()) > 1]
    if same:
        return max(same, key=lambda p: (p.named, -every.index(p))).text
    named = [p for p in nouns.asked if p.named and not places_in(p.text)] if loose else []
    return named[0].text if len(named) == 1 else None
