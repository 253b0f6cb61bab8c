"""Judges, agencies and their papers as those who speak: `the concurrence explained`, `ED stated`, `according to the DCL`
where the document says what the letters stand for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from assistant.policy.basis.kinds import is_government, named
from assistant.types import Basis, Span

_SAID = (
    r"(?:wrote|writes|said|says|state[sd]?|observe[sd]|argue[sd]|suggest(?:s|ed)|express(?:es|ed)|critici[sz]e[sd]|note[sd]|explain(?:s|ed)|respond(?:s|ed)|dissent(?:s|ed)|conclude[sd]|reason(?:s|ed)|describe[sd]|"
    r"assert(?:s|ed)|maintain(?:s|ed)|emphasi[sz]e[sd]|recogni[sz]e[sd]|reverse[sd]|applie[sd]|consider(?:s|ed)|examine[sd]|cite[sd]|stay(?:s|ed)|grant(?:s|ed)|denie[sd]|articulate[sd]|determine[sd]|"
    r"overrule[sd]|agree[sd]|disagree[sd]|point(?:s|ed) out|rule[sd]|held|holds|found|finds|reject(?:s|ed)|vacate[sd]|affirm(?:s|ed)|issue[sd] (?:a|an|its) (?:\w+ )?(?:injunction|ruling|opinion|decision|order|stay))"
)
_ADVERB = r"(?:,[^,.;]{1,80},)?(?: (?:also|further|later|similarly|then|subsequently|again|additionally|ultimately|separately|therefore|thus|instead|\w+ly))*"
JUDGES = (
    rf"\b(?:Chief )?Justices? [A-Z][\w’'-]+(?: and (?:Justice )?[A-Z]\w+)?{_ADVERB} {_SAID}\b"
    rf"|\b(?:Chief )?(?:Justice|Judge) [A-Z]\w+[’']s (?:\w+ )?(?:view|dissent|concurrence|opinion)\b"
    rf"|\b[Tt]he (?:concurrence|dissent|plurality|majority opinion|concurring opinion|dissenting opinion|(?:[A-Z]\w+ Circuit|(?:(?:[Ss]upreme|[Dd]istrict|[Aa]ppeals|[Aa]ppellate|[Ll]ower|[Tt]rial|[Cc]onstitutional|[Cc]ircuit|[Hh]igh) )?[Cc]ourt)){_ADVERB} {_SAID}\b"
    r"|\b[Aa]ccording to (?:the )?(?:concurrence|dissent|plurality|majority opinion|(?:\w+ )?[Cc]ourt\b|Justice [A-Z]\w+)"
    r"|\b[Ii]n (?:the )?(?:[Cc]ourt|majority|plurality|dissent|concurrence)[’']s (?:\w+ )?(?:view|opinion|judg)"
)
"""Those who decide in court, and their opinions."""
_PAPER = r"(?:budget (?:documents?|requests?|justifications?)|notices?|guidance|proclamations?|memorand(?:um|a)|directives?|executive orders?|orders?|final rules?|proposed rules?|regulations?|statutes?|preamble|circulars?|acts?|legislation|bills?|laws?|resolutions?|amendments?|treat(?:y|ies))"
_TOLD = r"(?:announcements?|letters?|press releases?|statements?|fact sheets?|websites?)"
_SPEAKS = (
    r"(?:indicate[sd]?|state[sd]?|say|says|said|note[sd]?|describe[sd]?|explain(?:s|ed)?|direct(?:s|ed)?|require[sd]?|specif(?:y|ies|ied)|emphasi[sz]e[sd]?|provide[sd]?|identif(?:y|ies|ied)|declare[sd]?|instruct(?:s|ed)?|"
    r"assert(?:s|ed)?|contend(?:s|ed)?|clarif(?:y|ies|ied)|define[sd]?|list(?:s|ed)?|set(?:s)? (?:out|forth)|impose[sd]?|prohibit(?:s|ed)?|refer(?:s|red)? to|authori[sz]e[sd]?|permit(?:s|ted)?|allow(?:s|ed)?|mandate[sd]?|repeal(?:s|ed)?|amend(?:s|ed)?|exempt(?:s|ed)?|appropriate[sd]?|call(?:s|ed)? for)"
)
_SPEAKING = re.compile(
    rf"\b(?:[Tt]he|[Ii]ts|[Tt]his|[Tt]hat|(?P<whose>(?:[A-Z][\w.]*(?: of)? ){{0,5}}[A-Z][\w.]*)[’']s?) (?:\w+ ){{0,2}}?(?:(?P<paper>{_PAPER})|(?P<told>{_TOLD})){_ADVERB} {_SPEAKS}\b(?! (?:above|below|by|in (?:the )?(?:Table|Figure|Section|text))\b)"
)
_LETTERS = re.compile(r"(?<![\w’'-])[A-Z][A-Z&.-]{1,8}(?![\w-])")
_DEFINED = re.compile(
    r"(?P<full>(?:[A-Z][\w’'&.-]*,? (?:(?:of|and|for|the|on|in|to) ){0,2}){1,9})\((?:the |hereafter,? |or )?[“\"]?(?P<short>[A-Z][A-Za-z&-]{1,8})[”\"]?[,;)]"
)
_HEAD = re.compile(
    r"(?:[Tt]he )?(?:[A-Z]\w+ ){0,2}(?:Secretary|(?:Prime |Deputy )?Minister|Administrator|Commissioner|Governor|Attorney General|Solicitor General|Ambassador|Chancellor)(?: [A-Z][\w’'-]+){0,2}"
    r"|(?:[가-힣]+ )*[가-힣]*(?:장관|차관|대통령|총리|청장|대사|도지사|공정위원장)"
)
"""An office of state without a name of whose it is."""
_PAPERS = re.compile(
    r"\b(?:Letter|Notice|Guidance|Proclamation|Memorandum|Order|Directive|Rule|Fact Sheet|Announcement|Circular|Regulations?|Act|Code|Treaty|Agreement|Statute)$"
)
_NOUN = r"(?:Plan|Strategy|Road ?map|White Paper|Blueprint|Guidelines|Action Plan)"
_PUBLIC = (
    r"(?:Five-Year|National|Federal|Strategic|Action|Development|Master|Industrial|Climate|Recovery|Economic|Defen[cs]e|"
    r"Security|Export|Infrastructure|Innovation|Digital|Maritime|Ports?|White)"
)
_NAMED = re.compile(
    rf"\b(?:[A-Z][\w’'&-]*,? (?:(?:of|and|for|the) ){{0,2}}){{0,6}}?{_PUBLIC} (?:[A-Z][\w&-]* ){{0,4}}?(?P<noun>{_NOUN})\b"
    r"|\bWhite (?P<paper>Paper) [Oo]n\b"
)
"""An official plan by its name: a plan of an insurer or a firm has no such word before it."""
_DESIGNS = re.compile(rf"(?:.* )?{_NOUN}(?: (?:for|on|of|to) .*)?")
_SETS = (
    r"(?:call(?:s|ed) for|seeks?|sought|target(?:s|ed)|sets?|aim(?:s|ed)|state[sd]|emphasi[sz]e[sd]|prioriti[sz]e[sd]|"
    r"outline[sd]|direct(?:s|ed)|provide[sd]|focuse[sd] on|envision(?:s|ed)|envisage[sd])"
)
_SUBJECT = re.compile(
    r"(?:^|[.;:,] |\b(?:and|but|while|that|as|because|although|whereas) )"
    r"(?P<who>(?:(?:[Tt]he|[Tt]his|[A-Z][\w-]*[’']s?) )(?:(?:\d+(?:st|nd|rd|th)?|new|current|latest|revised) )?"
    rf"(?:(?P<letters>[A-Z][A-Z&-]{{1,8}})|(?P<noun>plan|strategy|road ?map|white paper|blueprint|guidelines)|(?P<name>(?:[A-Z][\w’'&-]* (?:(?:of|and|for|the) ){{0,2}}){{1,8}}?{_NOUN}(?: \([A-Z]+\))?)"
    rf"|(?:(?:[Pp]resident|[Gg]overnment)[’']s |national |federal |annual |state |FY ?\d+ )+budget(?: request)?|{_PAPER}))"
    rf"{_ADVERB} {_SETS}\b(?! (?:above|below|in (?:the )?(?:Table|Figure|text))\b)"
)


def designing(sentence: str, means: Mapping[str, str]) -> Span | None:
    """The words that name an official plan as what sets, seeks or calls for something: by its name, by the letters that
    stand for it, or as `the plan` where the document names one."""
    for m in _SUBJECT.finditer(sentence):
        letters, noun, name = m["letters"], m["noun"], m["name"]
        if letters and not (_DESIGNS.fullmatch(means.get(letters, "")) or _PAPERS.search(means.get(letters, ""))):
            continue
        if noun and noun.replace(" ", "") not in means:
            continue
        if name and not _NAMED.search(name):
            continue
        return Span(*m.span("who"))
    return None


@lru_cache(maxsize=64)
def meanings(text: str) -> Mapping[str, str]:
    """What the abbreviations of a text stand for, where it says so: `Dear Colleague Letter (DCL)`; and under `plan`,
    `strategy` and the like, in small letters, the first official one that it names."""
    found: dict[str, str] = {}
    for m in _DEFINED.finditer(text):
        full, short = " ".join(m["full"].split()), m["short"]
        initials = [w[0] for w in re.findall(r"[A-Z][\w’'&.-]*", full)]
        if short[0] in initials and short not in found:
            found[short] = full
    for m in _NAMED.finditer(text):
        noun = "whitepaper" if m["paper"] else m["noun"].lower().replace("action ", "").replace(" ", "")
        found.setdefault(noun, " ".join(m.group().split()))
    return found


def meant(who: str, means: Mapping[str, str], figures: bool) -> Basis | None:
    """What the source is whose letters are named, or who is named by an office."""
    for letters in _LETTERS.findall(who):
        full = means.get(letters)
        if full is not None:
            return "law" if _PAPERS.search(full) else named(full, figures)
    return "law" if _HEAD.fullmatch(who.strip()) else None


def speaking(sentence: str, means: Mapping[str, str]) -> Span | None:
    """The words that name an official paper as what says it. An announcement or a letter is one only where the sentence
    names an authority."""
    m = _SPEAKING.search(sentence)
    if m is not None and (m["paper"] or _authority(sentence, means)):
        return Span(m.start(), m.end("paper" if m["paper"] else "told"))
    for letters in _LETTERS.finditer(sentence):
        full = means.get(letters.group(), "")
        if not (_PAPERS.search(full) or is_government(full)):
            continue
        if re.match(
            rf"{_ADVERB},? {_SPEAKS}\b(?: that\b|,)|,? (?:observed|announced|stated|noted)\b", sentence[letters.end() :]
        ):
            return Span(*letters.span())
    return None


def _authority(sentence: str, means: Mapping[str, str]) -> bool:
    return is_government(sentence) or any(is_government(means.get(m, "")) for m in _LETTERS.findall(sentence))
