"""English follow-ups: what they lean on, and the question that they make with the one before."""

from __future__ import annotations

import re

from assistant.answering.conversation.naming import renamed
from assistant.answering.conversation.noun_phrases import Nouns, antecedent, head_match
from assistant.answering.conversation.replacing import replaced
from assistant.answering.conversation.slots import slots
from assistant.answering.conversation.talk import Before
from assistant.text import stem, tokens
from assistant.types import Span

_LEAD = re.compile(
    r"^(?:(?:ok(?:ay)?|and|but|so|then|or|also|well|what about|how about|what of|and what about|same (?:question )?for)\b[, ]*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:\s*,?\s*(?:then|too|as well|instead|please|though))*\s*[?.!]*\s*$", re.IGNORECASE)
_BARE = re.compile(
    r"(?:(?:but|and|so|then)\s+)?(?P<word>why not|why|how so|how come|how|when|where|who|whom|since when|by when|until when|by how much|"
    r"how much|how many|how long|how often|which ones?|which|for what reason)(?:\s+(?:is|was) (?:that|this|it|so))?"
    r"(?:\s+(?:exactly|then|though|precisely))?\s*[?.!]*",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:(?:and|but|so)\s+)?(?:who (?:says|said) (?:so|that|this|it)|says who|according to (?:who|whom|what)|(?:what(?:'s| is) (?:the|your) )?source(?: (?:for|of) (?:that|this|it))?|"
    r"where (?:does|did) (?:that|this|it) come from|where is (?:that|this) from|where does it say (?:so|that)|which (?:paper|document|source) (?:says|said) (?:so|that|this)|"
    r"how do you know(?: that)?|who claims? (?:so|that|this)|on what (?:basis|grounds)|any (?:sources?|evidence)(?: for (?:that|this|it))?)\s*[?.!]*",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:(?:and|but|so)\s+)?(?:(?:how much|what) (?:is|was|would|does) (?:that|this|it)(?: (?:be|come to|make))?\s+)?"
    r"(?P<unit>(?:in|as a|as an|per) (?:(?:us |korean )?(?:won|dollars?|euros?|yen|yuan|pounds?|percent|per cent|percentages?|real terms|nominal terms|"
    r"share of [\w\s]{2,30}|percentage of [\w\s]{2,30}|capita|[A-Z]{3}|billions?|millions?|trillions?|tons?|tonnes?)))\s*[?.!]*",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:(?:and|but|so|what about|how about|what is|what's|which is|what was)\s+)*(?:the )?(?P<nth>first|second|third|fourth|fifth|last|other)"
    r"(?: (?:one|of (?:them|these|those)))?\s*[?.!]*",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"^(?:what|which|name|list)\b.*?\b(?:are|were)\s+(?P<all>(?:the|[\w ]+'s) (?:two|three|four|five|six|seven|eight|nine|ten|\d+|main|key|major|core)\b.+)$",
    re.IGNORECASE,
)

_NOT_THINGS = (
    r"(?:days|one|ones|year|month|week|day|decade|century|quarter|time|way|moment|paper|papers|report|reports|article|document|documents|study|corpus|"
    r"case|regard|context|respect|end|point|extent|much|many|often|is|was|are|were)"
)
_DESIGNATES = (
    r"(?:strategy|policy|agreement|act|law|plan|program|programme|measure|fund|initiative|deal|pact|treaty|approach|reform|bill|"
    r"scheme|project|proposal|organi[sz]ation|institution|company|country|ministry|agency|framework)"
)
_THIS = re.compile(
    r"(?P<word>(?:\b(?:this|these|those|such(?! as))|(?:^|\b(?:is|was|does|did|do|are|were|of|for|in|by|from|with|about|to|on|under|against) )that)\s+"
    rf"(?!{_NOT_THINGS}\b)(?P<noun>(?:[a-z-]+ (?={_DESIGNATES}s?\b))?[a-z][\w-]+))\b",
    re.IGNORECASE,
)
_THE = re.compile(
    r"\b(?P<word>the (?P<noun>agreements?|strategy|strategies|policy|policies|plans?|laws?|acts?|programmes?|programs?|treaty|treaties|pacts?|deals?|"
    r"initiatives?|measures?|proposals?|funds?|schemes?|rules?|tariffs?|sanctions|subsidies|subsidy|projects?|company|companies|country|countries|"
    r"ministry|agency|bill|reforms?|negotiations?|talks))\b(?!\s+(?:of|for|to|on|between|with|against|in|that|which|by|from|under|is about)\b)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?:does|did|do|is|was|are|were|has|have|had|will|would|can|could|should|may|might|must|why|how|when|if|and|but)\s+(?P<word>it|they|he|she)\b"
    r"|^(?P<first>it|they|he|she)\b",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|be|would|will|does|did|can|could) it (?:be )?(?:really |still |ever |even |not |so |more |less )?(?:true|possible|necessary|legal|illegal|worth|"
    r"ok|okay|required|mandatory|take|cost|mean (?:to|that|if|when)|matter|make sense|rain|snow)\b"
    r"|\b(?:is|was|be) it (?!(?:\w+ )*?(?:similar|equal|comparable|close|subject|due|relevant|same|applied|related|linked|compared|tied) to)(?:[\w-]+ ){1,3}?(?:to|that|if)\b"
    r"|\bit (?:is|was|would be) (?:(?!applied|related|linked|compared|tied|similar|subject|due)\w+ ){1,3}?(?:to|that|never)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\b(?P<word>its|their|his|her(?=\s+\w))\b", re.IGNORECASE)
_OBJECT = re.compile(r"\b(?P<word>it|them|him|her)\b(?!\s+(?:is|was|has|would|will)\b)", re.IGNORECASE)
_THAT = re.compile(
    r"(?:\b(?:about|of|for|in|by|from|than|after|before|behind|is|was|does|did|do|to|with|mean|means|explain|like)\s+|^)(?P<word>that|this|these|those)\b(?=\s*(?:[?.!,]|$|\s(?:happen|mean|work|affect|change|lead|cause|be|include|help|so|calculated|measured|different|the)\b))"
    r"|\b(?P<one>the (?:latter|former|others|rest|second one|first one|other one|same one)|which one|those ones|these ones)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;:]|[.?!](?=\s)|\s[-\u2013\u2014]\s|(?<=\s)(?:if|when|while|because|that|who|which|and|but|so|or|after|before|as|than|what|where|why|how)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:(?:can|could|would) you\s+)?(?:please\s+)?(?:tell me more|say more|more(?: details?| information| examples?)?|go on|elaborate|continue|(?:for|an?y?|another|some|give me an?) ?(?:other )?examples?|"
    r"what else|anything else|who else|where else|and then|explain(?: further)?|clarify)(?:\s+(?:please|on that|about (?:it|that)))?\s*[?.!]*$",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^(?:and |but |so |then |or |also |what about |how about |what of )",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(
    r"\b(?:who|what|when|where|which|why|how|is|are|was|were|do|does|did|can|could|should|will|would|has|have|had|may|must|tell|"
    r"explain|describe|give|list|name|show|define|compare|clarify|provide)\b",
    re.IGNORECASE,
)
_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may)"
_YES_NO = re.compile(rf"^(?P<rest>{_AUX}\b.+)$", re.IGNORECASE)
_ADVERB = re.compile(
    rf"^(?:when|where|why|how|by how much|how much|since when|how long|how often|for how long|to what extent)\s+(?P<rest>{_AUX}\b.+)$",
    re.IGNORECASE,
)


def completed(question: str, before: Before) -> str | None:
    """The question that is meant; None where the words stand for themselves."""
    text = question.strip()
    return (
        _of_source(text, before)
        or _bare(text, before)
        or _unit(text, before)
        or _ordinal(text, before)
        or _exchanged(text, before)
        or _bracketed(text, before)
        or _pronoun(text, before)
        or _counting(text, before)
        or _opened(text, before)
    )


def _asked(question: str) -> str:
    return question if question.endswith("?") else f"{question}?"


def _of_source(text: str, before: Before) -> str | None:
    if not _SOURCE.fullmatch(text):
        return None
    return f"What is the source for \u201c{before.said or before.question}\u201d?"


def _bare(text: str, before: Before) -> str | None:
    """`Why?` asks why of what was asked before."""
    m = _BARE.fullmatch(text)
    if not m:
        return None
    word = m["word"].lower()
    asked = {"how so": "how", "how come": "why", "for what reason": "why"}.get(word, word)
    if word == "why not":
        return f"{text} [{before.shown}]"
    if (m := _YES_NO.match(before.question) or _ADVERB.match(before.question)) and asked not in (
        "which",
        "which one",
        "which ones",
        "who",
        "whom",
        "how many",
    ):
        rest = m["rest"]
        return f"{asked.capitalize()} {rest[:1].lower()}{rest[1:]}?"
    return f"{text} [{before.shown}]"


def _unit(text: str, before: Before) -> str | None:
    m = _UNIT.fullmatch(text)
    return f"{before.question}, {m['unit']}?" if m else None


def _ordinal(text: str, before: Before) -> str | None:
    m = _ORDINAL.fullmatch(text)
    if not m:
        return None
    if several := _SEVERAL.match(before.question):
        return f"What is the {m['nth'].lower()} of {several['all']}?"
    return f"{text} [{before.shown}]"


def _fragment(text: str) -> str | None:
    """What stands behind `and`, `what about` and the like, where it is no question of its own."""
    led = bool(_LEAD.match(text))
    rest = _TAIL.sub("", _LEAD.sub("", text))
    if not rest or _QUESTION_WORD.search(rest) or len(rest.split()) > 7:
        return None
    return rest if led or len(rest.split()) <= 4 else None


def _exchanged(text: str, before: Before) -> str | None:
    """The last question with what the fragment gives in the place of its like."""
    rest = _fragment(text)
    if rest is None:
        return None
    return replaced(rest, slots(rest), before.question, "en") or renamed(rest, before.question, "en")


def _bracketed(text: str, before: Before) -> str | None:
    """A fragment, or a request for more, behind which the last question stands."""
    if _MORE.match(text):
        return f"{text} [{before.shown}]"
    rest = _fragment(text)
    if rest is None:
        return None
    whole = len(rest.split()) > 1 and (bool(slots(rest)) or any(w[:1].isupper() for w in rest.split()[1:]))
    if _LEAD.match(text) or (len(rest.split()) <= 2 and not whole):
        return f"{text} [{before.shown}]"
    return None


_COUNTING = re.compile(
    r"^(?:how many|how much|which|whose)\s+[\w-]+(?:\s+[\w-]+){0,2}\s*\?*$|^what\s+[\w-]+\s*\?*$|^which\s+(?:is|are|was|were)\s+(?:the\s+)?(?:\w+\s+)?\w+\s*\?*$",
    re.IGNORECASE,
)


def _counting(text: str, before: Before) -> str | None:
    """`How many teams?`, `Which is the largest?`: a noun or a degree, and nothing that it is of."""
    if not _COUNTING.match(text):
        return None
    verbs = re.findall(rf"\b{_AUX}\b", text, re.IGNORECASE)
    if verbs and not text.casefold().startswith("which"):
        return None
    return None if any(p.named for p in Nouns.read(text)) else f"{text} [{before.shown}]"


def _opened(text: str, before: Before) -> str | None:
    """`And who signed?`, `So what share is that`: a short question that begins as one that goes on."""
    if _OPENS.match(text) and len(text.split()) <= 7:
        return f"{text} [{before.shown}]"
    return None


def _pronoun(text: str, before: Before) -> str | None:
    """The antecedent in brackets behind the word that leans; the last question where none is found."""
    nouns = Nouns.of(before)
    for pattern in (_THIS, _THE):
        for m in pattern.finditer(text):
            loose = pattern is _THIS and bool(re.search(rf"\b{_DESIGNATES}s?$", m["noun"], re.IGNORECASE))
            before_it = {stem(t.text) for t in tokens(text[: m.start()])}
            if stem(m["noun"].split()[-1].casefold()) in before_it:
                continue
            found = head_match(m["noun"], nouns, loose)
            if found and found.casefold() not in text.casefold():
                return _put(text, m.end("word"), found)
    if (place := _leaning(text)) is None:
        return None
    found = antecedent(place.slice(text).casefold(), nouns, before.question, before.said)
    if found and found.casefold() not in text.casefold():
        return _put(text, place.end, found)
    return f"{text} [{before.shown}]"


def _put(text: str, at: int, found: str) -> str:
    return f"{text[:at]} [{found}]{text[at:]}"


def _leaning(text: str) -> Span | None:
    """The word that leans on what was said before, where nothing earlier in the question can be meant by it."""
    expletive = _EXPLETIVE.search(text)
    for pattern, clause in ((_SUBJECT, True), (_POSSESSIVE, False), (_OBJECT, True), (_THAT, True)):
        for m in pattern.finditer(text):
            place = next(Span(*m.span(name)) for name, held in m.groupdict().items() if held)
            empty = expletive is not None and expletive.start() <= place.start < expletive.end()
            if not (empty and pattern is not _POSSESSIVE) and not _named_before(text[: place.start], clause):
                return place
    return None


def _named_before(text: str, clause: bool) -> bool:
    """Whether something that a pronoun can mean stands in `text`; with `clause` in an earlier clause of it."""
    if clause:
        cuts = [m.start() for m in _CLAUSE.finditer(text)]
        if not cuts:
            return False
        text = text[: cuts[-1]]
    return bool(Nouns.read(text))
