"""Which statements of a document are claims: they say what is so. Advice, questions, words on the document itself and
bibliographic entries are none.
"""

from __future__ import annotations

import re

from assistant.citations import is_reference
from assistant.policy.statements import Statement
from assistant.stance.clauses import frames

_ADVICE = re.compile(
    r"\b(?:should|must|ought to|had better)\b"
    r"|\b(?:it is|is) (?:\w+ )?(?:important|essential|necessary|crucial|vital|imperative|critical|advisable|desirable) (?:that|to|for)\b"
    r"|\b(?:needs?|will need|would need) to be\b|\bwe (?:recommend|propose|suggest|urge|call)\b|\b(?:deserve|requires?) (?:particular |special |greater |more )?(?:attention|emphasis)\b"
    r"|해야 ?(?:한다|하며|할|합니다|함|하고|된다)|(?:여야|아야|어야|야) ?(?:한다|하며|할|합니다|함|된다)|필요가 있|필요하다|요구된다|바람직하|시급하|중요하다|제언|권고한다|제안한다"
)
_PAST_DUTY = re.compile(r"\b(?:should have|must have|would have had to)\b|해야 ?했")
_ITSELF = re.compile(
    r"\b(?:[Tt]his|[Tt]he|[Oo]ur|[Tt]he present) (?:paper|study|article|report|brief|essay|chapter|section|appendix|In Focus|Insight|product|fact sheet|memorandum|Legal Sidebar|Sidebar)s? "
    r"(?:\w+ ){0,2}?(?:seeks?|aims?|assists?|reviews?|explores?|examines?|discuss\w*|proposes?|proceeds?|provides?|presents?|begins?|is (?:organi[sz]ed|structured)|"
    r"describes?|outlines?|summari[sz]es?|analy[sz]es?|addresses|considers?|focuses|turns?|looks?|asks?|offers?|does not|was (?:prepared|written|originally)|has been|will)\b"
    r"|\b(?:not )?subject to copyright\b|\bcopyright(?:ed)? (?:holder|material)|\bmay be (?:reproduced|redistributed)\b|\bwithout permission from\b"
    r"|^(?:For (?:more|further|additional)|For (?:an? |the )?(?:discussion|overview|details?|analysis|list|background|information|summary|description)\b[^.]{0,80}, see\b|See(?: also)?\b|To read|Copyright|©|All rights reserved|The (?:views?|opinions?)(?:,| expressed)|This (?:work|document|publication) )"
    r"|(?:본|이) ?(?:논문|연구|보고서|고|글|장|절)(?:은|는|에서는|의 (?:목적|구성)은) [^.]*(?:살펴|검토|다룬|분석한|제시|구성|목적|논의|고찰|알아)"
)
_ASIDE = re.compile(r"[(\[](?!.*[.!?][)\]]$)[^()\[\]]{1,120}[)\]]\.?")
"""Words in brackets that are no sentence: `(in millions of dollars)`."""
_ENTRY = re.compile(r"https?://|\bpp?\. ?\d|\b(?:19|20)\d\d,? (?:p|pp)\.|\bRept\.|\bsess\.|^(?:Ibid|See)\b")
_REPORTS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|accord(?:ing|s)|(?:report|stat|show|find|found|provid|requir)\w* that)\b"
)
_TITLES = re.compile(r"[“\"][^”\"]*[”\"]|https?://\S+")
_STATES_KO = re.compile(r"(?:다|음|임|함|됨|됐음|했음|요|까)[.)”\"’'\]]*$")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_PRESENT = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|could|may|might|will|would|cannot)\b|\b\w{3,}(?:ed|ies|izes|ises|ates|ains|ows|ends|ents|ests|urs|aces|ands|uts|ets|ees|oves|ines|ides|udes|epts|ects|ists|ives|urns|orms|orts|uces)\b"
)


def is_claim(statement: Statement) -> bool:
    """Whether a statement says what is so."""
    text = statement.text
    if text.endswith(("?", "?”", '?"')) or statement.kind == "aside":
        return False
    if _ASIDE.fullmatch(text):
        return False
    if _ITSELF.search(text) or (
        not _told(statement) and is_reference(text, () if statement.note else statement.section)
    ):
        return False
    if is_advice(text) or (
        statement.note is not None and _ENTRY.search(text) and not _REPORTS.search(_TITLES.sub("", text))
    ):
        return False
    if statement.language == "ko":
        return len(_WORDS.findall(text)) >= 3 and _STATES_KO.search(text) is not None
    if len(_WORDS.findall(text)) < 3:
        return False
    if statement.kind == "paragraph" and statement.note is None:
        return text.endswith((".", "!", ":", ";", "”", '"', ")", "’", "]", "…")) or text[-1:].isdigit()
    return bool(frames(text)) or _PRESENT.search(text) is not None


def _told(statement: Statement) -> bool:
    """Whether it is a sentence of a paragraph, whatever works it names: `Orrin and Vale (2019) document this.`"""
    text = statement.text
    if statement.note is not None or statement.kind != "paragraph" or "://" in text:
        return False
    return _ENDED_KO.search(text) is not None or (text.endswith((".", ".”")) and _YEAR.match(text) is not None)


_ENDED_KO = re.compile(r"[가-힣](?:다|음|임|함|됨)\.[”\"’']*$")
_YEAR = re.compile(r"[^.“\"]{3,60} \((?:19|20)\d\d[a-z]?\) [a-z]+")


def is_advice(text: str) -> bool:
    """Whether a sentence says what ought to be done."""
    return bool(_ADVICE.search(text)) and not _PAST_DUTY.search(text)
