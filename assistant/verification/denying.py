"""Negation and modality: what a claim denies or asserts more firmly than its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.stance.saying import clauses
from assistant.stance.words import denials
from assistant.text import STOPWORDS, language_of, stem, tokens
from assistant.verification.ground import Fault, Ground

_NEGATION = re.compile(
    r"\b(?:not|no(?!\.? ?\d|\.)|never|nor|neither|none|nobody|nothing|without|cannot)\b|n['\u2019]t\b|않|없|아니|못하|못했|못한",
    re.IGNORECASE,
)
NOT_BEHIND = re.compile(
    r"\s(?:(?!but\b|and\b|while\b|whereas\b|although\b|because\b|if\b)[\w'\u2019-]+\s){0,2}?"
    r"(?:not|never|no longer|nor|neither|cannot)\b|n['\u2019]t\b|\s?not\b",
    re.IGNORECASE,
)
"""A negation right behind the place where an English sentence was cut."""
_WEAKER = re.compile(
    r"\b(?:un[a-z]{3,}|in(?:sufficient|adequate|effective|complete|ability|capable|consistent)\w*|im(?:perfect|possible|probable|balance)\w*|"
    r"ir[r]\w{4,}|il(?:legal|legitimate)\w*|non[\w-]+|dis[a-z]{4,}|\w+less|\w+-free|lack\w*|limited|few(?:er)?|little|less|unless|"
    r"rather|instead|except\w*|exclu\w+|only|merely|stop\w*|ceas\w+|end(?:s|ed|ing)?|reject\w*|refus\w+|oppos\w+|prohibit\w*|"
    r"ban(?:s|ned|ning)?|bar(?:s|red)|prevent\w*|avoid\w*|fail\w*|deny|denie\w+|beyond|against|hardly|scarcely|barely|"
    r"abolish\w*|withdr[ae]w\w*|cancel\w*|remov\w+|free|far from|short of|yet to|remains? to|delay\w*|postpon\w*|suspend\w*|"
    r"minimi[sz]\w+|hinder\w*|constrain\w*|difficult\w*|hard(?:ly)?|lower|low|no)\b"
    r"|[불비미무](?=[가-힣]{2})|금지|반대|중단|거부|제한|제외|말고|대신|만\s|뿐|덜|부족|어렵|그치|사라|해소|면제|폐지|철회|유예",
    re.IGNORECASE,
)
"""Words that may say in other words what a negation says."""


def denied_in(text: str) -> bool:
    """Whether a text negates anything, whatever it governs."""
    return _NEGATION.search(text) is not None


def denied_in_other_words(text: str) -> bool:
    """Whether a text may deny without a negation: `imperfect`, `lack of`, `unable to`, `stopped`."""
    return _WEAKER.search(text) is not None


def negations(claim: str, ground: Ground) -> Iterator[Fault]:
    """A negation of the claim for which the quotes have nothing, and one that a prefix makes."""
    denies = bool(denials(claim)) or denied_in(claim)
    said = " ".join(ground.quotes)
    if denies and not denied_in(said) and not denials(said) and not _WEAKER.search(said):
        yield Fault("negation", "the claim denies what the quotes say")
    if not denies and language_of(claim) == "en":
        yield from _prefixed(claim, said)
    if not denies and (language_of(claim) == "en" or not _WEAKER.search(claim)):
        yield from _left_out(claim, said)


def _left_out(claim: str, said: str) -> Iterator[Fault]:
    """What the quotes deny wherever they name it, and the claim affirms: the first word that a negation governs."""
    mine = tokens(claim)
    stems = {stem(t.text) for t in mine}
    seen = tokens(said)
    for d in denials(said):
        governed = [t for t in seen if d.scope.contains(t.span) and t.text not in STOPWORDS]
        if not governed:
            continue
        if governed[-1].kind == "hangul":
            root = re.sub(r"(?:지|지는|지도|하지|되지|지를)$", "", governed[-1].text)
            named = [t for t in mine if root and t.text.startswith(root)]
            there = [t for t in seen if t.text.startswith(root)]
        else:
            root = stem(governed[0].text)
            named = [t for t in mine if root in stems and stem(t.text) == root]
            there = [t for t in seen if stem(t.text) == root]
        if any(_WEAKER.search(claim[max(0, t.span.start - _NEAR) : t.span.end]) for t in named):
            continue  # `failed to resume` may say what `not resumed` does
        if named and all(any(o.scope.contains(t.span) for o in denials(said)) for t in there):
            yield Fault("negation", f"the quote denies it: “{d.span.slice(said)} {governed[0].text}”", against=True)
            return


_NEAR = 30
"""Characters before a word in which another may deny it."""
_PREFIXES = ("un", "non", "in", "im", "il", "ir", "dis", "mis")
_ADJECTIVE = re.compile(r".{3,}(?:able|ible|ent|ant|ive|ate|ect|al|ic|ous|ly|ular|ful|ed|ain|air)$")
_UNLIKE = frozenset("less til ion it der")


def _prefixed(claim: str, quotes: str) -> Iterator[Fault]:
    """`a perfect fit` where the quote has only `an imperfect fit`, and the other way round."""
    mine = {t.text for t in tokens(claim) if t.kind == "word"}
    theirs = {t.text for t in tokens(quotes) if t.kind == "word"}
    for own, other, turned in ((mine, theirs, False), (theirs, mine, True)):
        for word in sorted(own - other):
            for prefix in _PREFIXES:
                if word in _UNLIKE or len(word) < 4 or prefix + word not in other:
                    continue
                if prefix not in ("un", "non") and not _ADJECTIVE.match(word):
                    continue
                if turned and (denied_in(quotes) or _WEAKER.search(quotes.replace(prefix + word, ""))):
                    continue
                said, read = (prefix + word, word) if turned else (word, prefix + word)
                yield Fault("negation", f"the quote says “{read}”, not “{said}”", against=True)


_REAL = re.compile(
    r"\b(?:should|must|needs?|ought|may|might|could|would|can|shall|likely|unlikely|probabl[ey]|possibl[ey]|potential\w*|perhaps|expect\w*|"
    r"plan(?:s|ned|ning)?|aim\w*|intend\w*|propos\w*|recommend\w*|call(?:s|ed|ing)? (?:for|on)|urg\w*|suggest\w*|seek\w*|consider\w*|"
    r"(?:is|are|was|were|has|have|had) to|will|if|whether|risk\w*|concern\w*|fear\w*|hop\w+|wants?|advis\w+|want\w*|require\w*|"
    r"essential|important|necessary|priority|goal\w*|objective\w*|pillar\w*|strateg\w+|decision|decid\w+|commit\w*|pledg\w*|promis\w*|"
    r"agree\w*|try|tr(?:ies|ied)|attempt\w*|in order|so that|designed|supposed|toward\w*|could be|going to|set to|due to be|tend\w*|believ\w*|judg\w*)\b"
    r"|해야|하여야|필요|것으로|예정|계획|전망|예상|가능|수 있|수도|검토|추진|목표|제안|권고|촉구|우려|위험|전략|축은|약속|하기로|려고|려는|려면|위해|도록",
    re.IGNORECASE,
)
"""Words by which a claim says that something is not so yet, or not surely."""


def tells_no_fact(text: str) -> bool:
    """Whether a text sets what it says under a mode, a wish, a plan or a condition."""
    return _REAL.search(text) is not None


_GOVERNS = re.compile(
    r"\b(?P<modal>should|must|needs? to|ought to|may|might|could|would|(?:is|are) likely to|(?:is|are) expected to|plans? to|aims? to|intends? to|"
    r"seeks? to|consider)\b(?:\s(?:also|therefore|not|be|have|been|further|systematically|actively|first|then|thus|still|\w+ly)){0,3}\s?$",
    re.IGNORECASE,
)


def firmness(claim: str, ground: Ground) -> Iterator[Fault]:
    """A deed that the quotes only propose, expect or think possible, and the claim tells as done."""
    if language_of(claim) != "en" or _REAL.search(claim):
        return
    said = " ".join(ground.quotes)
    verbs = {stem(w) for f in clauses(claim) for w in re.findall(r"[a-z]{3,}", f.verb.slice(claim).lower())}
    verbs = {v for v in verbs if v not in STOPWORDS and v not in _LIGHT}
    for verb in sorted(verbs):
        places = [t.span.start for t in tokens(said) if t.kind == "word" and stem(t.text) == verb]
        governed = [_GOVERNS.search(said[max(0, at - 70) : at]) for at in places]
        modals = [m["modal"] for m in governed if m]
        if places and len(modals) == len(places):
            yield Fault("modality", f"the quote says only “{modals[0]}”")
            return


_LIGHT = frozenset(
    stem(w) for w in "have has had been was were are make made take took get got becom does did doing remain".split()
)
