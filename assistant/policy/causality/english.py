"""Cause and correlation in English words.

A verb of change (`reduces`, `boosts`) tells a cause only where a thing does it: that a government reduces a tariff, or
that an act extends a deadline, is a deed. Verbs of bringing about (`leads to`, `causes`) tell it of anybody.
"""

from __future__ import annotations

import re

from assistant.policy.causality.deeds import deeds, open_question, purpose
from assistant.policy.causality.groups import compared
from assistant.policy.causality.signs import Said, overlapping, trimmed
from assistant.types import Span

_ADVERB = r"(?:(?:\w+ly|also|not only|only|often|further|then|thereby|thus|in turn|even|both|still|again) )*"
_LINKED = r"(?:linked|related|tied|connected|coupled)"
_HOW = r"(?:closely|strongly|highly|positively|negatively|inversely|tightly|directly|significantly|weakly|statistically|empirically|intimately)"
_CORRELATION = re.compile(
    r"\b(?:(?:strong|strongly|positive|positively|negative|negatively|close|closely|weak|weakly|high|highly|significant|significantly|robust|clear|inverse|inversely|statistical) )*(?:anti-?)?correlat(?:ion|ions|e|es|ed|ing|ional)\b(?: coefficients?)?(?P<tail> (?:between|of|with|to|among)\b)?"
    rf"|\b(?:{_HOW}|is|are|was|were|been|be|become|becomes|became) (?:(?:also|often|generally|typically|not only) )?(?:{_HOW} )?associated with\b|\b(?:{_HOW}|positive|negative|strong|close|robust|significant|statistical|empirical|clear|weak|inverse) (?:association|relationship|link|linkage|connection)s? (?:between|with|to)\b"
    rf"|\b{_HOW} {_LINKED} (?:to|with)\b|\b(?:is|are|was|were|been|be|becomes?|became) {_LINKED} (?:to|with)\b"
    r"|\b(?:rose|risen|rises?|grew|grown|grows?|increased?|increases|expand(?:s|ed)?|fell|fallen|falls?|declined?|declines|deepen(?:s|ed)?|surged?|shrank|dropped)\b[^,.;:]{0,70}? as (?:\w[\w’'-]*(?: and)? ){1,6}(?:rose|rises?|grew|grows?|increased|increases|fell|falls?|declined|declines|shift(?:s|ed)|expand(?:s|ed)?|surged|shrank|dropped|deepen(?:s|ed)?)\b(?! (?:the|a|an|its|their)\b)"
    r"|\bin tandem\b(?: with)?|\bhand[- ]in[- ]hand\b(?: with)?|\bin (?:lockstep|parallel|step)\b(?: with)?|\bgo(?:es|ing)? together\b|\bmov(?:e|es|ed|ing) (?:together|in the same direction)\b|\bco-?mov\w+\b"
    r"|\bcoincid(?:e|es|ed|ing|ent) with\b|\b(?:tracks?|tracked|mirror(?:s|ed)?) (?:closely )?(?=(?:the|that|those|changes|movements)\b)"
    r"|\b(?:rose|risen|rises?|grew|grown|grows?|increased?|increases|expand(?:s|ed)?|fell|fallen|falls?|declined?|declines|changed?|deepen(?:s|ed)?|surged?) (?:\w+ly )?(?:alongside|along with|together with|side by side with|in proportion to)\b"
    r"|\b(?:receiv|attract|invest|spend|trad|export|import|import|us|ha[sv])\w* (?:more|less|fewer|higher|greater) [^,;.]{3,80}? (?:also|tend to)\b(?= (?:\w+ly )?(?:have |has |had )?(?:\w+ly )?(?:also )?(?:be |been )?(?:\w+))"
    r"|\bthe (?:more|higher|greater|larger) [^.;]{3,80}, the (?:more|higher|greater|larger|less|lower|smaller)\b",
    re.IGNORECASE,
)
_NO = r"(?:no|not|n['’]t|never|neither|nor|without|little|hardly any|scarcely any|cannot|fail(?:s|ed)? to|insufficient|lack of)"
_LINK_NOUN = r"(?:correlations?|relationship|association|causal link|causal relationship|causal effect|link|connection|causation|causality|effects?|impacts?|influence|evidence (?:that|of|for))"
_DENIED = re.compile(
    rf"\b(?:no|little|hardly any|without|insufficient|nor(?: any)?|not (?:a|any|the)(?: \w+)?|n['’]t (?:a|any)(?: \w+)?|not (?:find|found|show|shown|establish|prove|imply) (?:\w+ )?|lack of)(?: (?:\w+ly|statistically|clear|direct|causal|measurable|discernible|meaningful|net|strong|conclusive|negative|positive|adverse|systematic|significant|sign of an?|evidence of an?|evidence of))* ?{_LINK_NOUN}\b(?P<tail> (?:between|on|of|with|to|upon|among)\b)?"
    rf"|(?<!does )(?<!do )(?<!did )\b(?:not|n['’]t|neither|hardly|never) {_ADVERB}(?:correlated|associated|linked|related|connected|caused|driven|explained|due|because|attributable|the (?:result|cause|reason))\b(?: (?:with|to|by|of))?"
    r"|\bun(?:related to|correlated with|connected with)\b|\bindependent of\b|\b(?:does|do|did|is|was) not (?:imply|mean|prove|establish) (?:\w+ )?caus\w+"
)
_FORWARD_VERBS = (
    r"(?:lead(?:s|ing)?|led) (?:\w+ly )?to|result(?:s|ed|ing)? in|giv(?:e|es|ing) rise to|gave rise to|bring(?:s|ing)? about|brought about|"
    r"contribut(?:e|es|ed|ing) (?:\w+ly )?to|caus(?:e|es|ed|ing)(?! (?:of|for|and effect)\b)|trigger(?:ed|ing)(?! (?:on|off)\b)|spur(?:red|ring)|prompt(?:ed|ing)|fuel(?:ed|led|ing|ling)|"
    r"driv(?:es|ing)(?! force)|drove|induc(?:e|es|ed|ing)|exacerbat(?:e|es|ed|ing)|translat(?:e|es|ed|ing) into|precipitat(?:e|es|ed|ing)|"
    r"mak(?:e|es|ing) it (?:\w+ )?(?:easier|harder|possible|impossible|difficult|more \w+|less \w+)|made it (?:\w+ )?(?:easier|harder|possible|impossible|difficult|more \w+|less \w+)|"
    r"(?:ha[sd]|have|having|exert(?:s|ed)?) (?:a|an|no|little|significant|substantial|negative|positive|some|the)(?: [\w-]+){0,3} (?:effect|impact|influence|bearing)s? (?:on|upon)|"
    r"inflict(?:s|ed)?|(?<=to )drive|(?<=will )drive|(?<=can )drive|(?<=could )drive|(?<=may )drive|(?<=would )drive"
)
_FORWARD = re.compile(rf"\b(?:{_FORWARD_VERBS})\b", re.IGNORECASE)
_PART = r"(?:,? (?:at least )?(?:in (?:large |small |great |good |no small )?part|partly|largely|mainly|primarily|mostly|chiefly),?)"
_BACKWARD = re.compile(
    rf"\b(?:(?:largely|mainly|partly|primarily|mostly|in part|simply|precisely) )?(?:because(?:{_PART}? of)?|due{_PART}? (?:\w+ly )?to(?! (?:expire|begin|start|end|take|be|open|come|go|report|enter)\b)|owing{_PART}? to|thanks{_PART}? to|"
    r"as a (?:direct )?(?:result|consequence) of|on account of|by virtue of)\b"
    rf"|\b(?:\w+ly )?(?:attributable|attributed){_PART}? to\b|\b(?:caused|driven|triggered|prompted|spurred|fuel(?:l)?ed|induced|brought about|precipitated|exacerbated|made possible){_PART}? (?:\w+ly |less |more )?by\b"
    rf"|\bstem(?:s|med|ming)?{_PART}? (?:\w+ly )?from\b|\bresult(?:s|ed|ing)?{_PART}? (?:\w+ly )?from\b|\bar(?:ise|ises|ose|ising){_PART}? from\b",
    re.IGNORECASE,
)
_THEREBY = re.compile(
    r",? (?:thereby|thus|hence|in turn) (?=(?P<verb>\w+ing)\b)|, (?=(?P<verb2>enabling|prompting|causing|allowing|leading|resulting|forcing|driving|spurring|reducing|increasing|raising|lowering|boosting|strengthening|weakening|limiting|eroding|disrupting|depressing|expanding|improving|helping|potentially \w+ing)\b)"
)
_LEADS = re.compile(
    r"(?:For|In|With|By|At|On|Among|Under|As|To|Over|After|Since|Despite|Given|Like|Unlike|Through|However|Moreover|Thus)\b[^,]*"
)
"""An opening without a verb: what follows its comma is the subject (`For many firms, expanding abroad is …`)."""
_LISTED = re.compile(r"[^.;]{0,80},? and \w+ing\b")
"""More deeds of the same kind follow: a list and no consequence."""
_CLAUSE = re.compile(
    r"[.;:—–()]|,(?= (?:and|but|while|whereas|although|though|which|so|yet|because)\b)|\b(?:while|whereas|although|though|but|that|which)\b"
)


def english(text: str) -> list[Said]:
    """The statements of an English sentence on two things."""
    found = [_between(text, "denied", m) for m in _DENIED.finditer(text)]
    for m in _CORRELATION.finditer(text):
        if not overlapping(Span(*m.span()), found) and not _made_up(text, m):
            found.append(_between(text, "correlation", m))
    found += [s for s in compared(text, korean=False) if not overlapping(s.sign, found)]
    for pattern, forward in ((_BACKWARD, False), (_FORWARD, True)):
        for m in pattern.finditer(text):
            if overlapping(Span(*m.span()), found) or purpose(text, m.start()) or open_question(text, m.start()):
                continue
            found.append(_sided(text, m, forward))
    found += tuple(deeds(text, found))
    for m in _THEREBY.finditer(text):
        sign = Span(m.start(), m.end() + len(m["verb"] or m["verb2"] or ""))
        if (
            not overlapping(sign, found)
            and not _LISTED.match(text, sign.end)
            and not _LEADS.fullmatch(text, 0, m.start())
        ):
            found.append(Said("cause", sign, _left(text, m.start()), _right(text, sign.end)))
    return found


_PART_OF = re.compile(
    r"(?:^|[,;] )(?:(?:and|but|about|roughly|nearly|almost|however|also) )*(?:much|most|part|some|all|half|none|the (?:rest|remainder|bulk|majority|balance)|\d[\d.,]*(?:%| percent)|one|two|three)(?:-\w+)? of\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"\b(?:costs?|expens\w+|fund(?:s|ing)|spending|outlays?|savings?|amounts?|difference|appropriations?|revenues?|receipts|charges?|positions|data|terms?|names?)"
    r"(?: of [^,;.]{1,40})?$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:more|less|fewer|(?!other\b|number\b|quarter\b)\w+er|increas\w*|decreas\w*|declin\w*|rising|falling|growing|growth|changes?)\b",
    re.IGNORECASE,
)


def _made_up(text: str, m: re.Match[str]) -> bool:
    """Whether `associated with` says what a sum is made up of or belongs to, and not what it goes together with: `much of
    the difference is associated with the transfer`."""
    if re.search(r"(?:associated with|(?:linked|related|tied|connected) to)$", m.group(), re.IGNORECASE) is None:
        return False
    left = re.split(r"[.;:] ", re.sub(r" \([^()]*\)", "", text[: m.start()]))[-1].strip()
    right = side.slice(text) if (side := _right(text, m.end())) else ""
    if _PART_OF.search(left):
        return True
    return _SUM.search(left) is not None and not (_MORE.search(left) or _MORE.search(right))


def _between(text: str, kind: str, m: re.Match[str]) -> Said:
    """`correlation between X and Y`; `X is associated with Y`."""
    sign = Span(*m.span())
    tail = m.groupdict().get("tail") or ""
    if tail.strip() in ("between", "among") or m.group().endswith(("between", "among")):
        rest = _right(text, sign.end)
        if rest is not None:
            words = rest.slice(text)
            if (cut := re.search(r"(?:,)? and (?:the |their |its )?", words)) is not None:
                first = trimmed(text, rest.start, rest.start + cut.start())
                return Said(
                    "denied" if kind == "denied" else "correlation",
                    sign,
                    first,
                    trimmed(text, rest.start + cut.end(), rest.end),
                )
    return Said("denied" if kind == "denied" else "correlation", sign, _left(text, sign.start), _right(text, sign.end))


def _sided(text: str, m: re.Match[str], forward: bool) -> Said:
    sign = Span(*m.span())
    before = text[: m.start()][-60:]
    denied = (
        re.search(rf"\b(?:not|never|n['’]t|nor|neither|hardly|cannot)\s{_ADVERB}$|\bno longer $", before) is not None
    )
    denied = denied and (
        forward
        or re.search(r"\b(?:is|are|was|were|been|being|did|do) ?(?:not|n['’]t) (?:\w+ly )?$", before) is not None
    )
    if not forward and re.search(r"\b(?:does|do|did) not $", before) and m.group().lower().endswith("because"):
        denied = False
    left, right = _left(text, sign.start), _right(text, sign.end)
    if left is None and not forward and text[: sign.start].strip() == "":  # Because of X, Y
        comma = text.find(", ", sign.end)
        if comma > 0:
            right, left = trimmed(text, sign.end, comma), trimmed(text, comma, len(text))
    cause, effect = (left, right) if forward else (right, left)
    return Said("denied" if denied else "cause", sign, cause, effect)


def _left(text: str, at: int) -> Span | None:
    """The stretch of the clause before a sign."""
    start = 0
    for m in _CLAUSE.finditer(text, 0, at):
        if trimmed(text, m.end(), at) is not None:
            start = m.end()
    return trimmed(text, start, at)


def _right(text: str, at: int) -> Span | None:
    """The stretch of the clause behind a sign."""
    for m in _CLAUSE.finditer(text, at):
        if trimmed(text, at, m.start()) is not None:
            return trimmed(text, at, m.start())
    return trimmed(text, at, len(text))
