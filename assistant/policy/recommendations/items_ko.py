"""Korean items in note style: `수출 금융의 확대`, `(교육부) 비율을 상향할 것`, `2025년 10월: 공청회 개최 (복지부)`."""

from __future__ import annotations

import re
from functools import cache

from assistant.policy.recommendations.readings import Reading, trimmed
from assistant.policy.recommendations.subjects_ko import bracketed, bracketed_behind, subject_ko
from assistant.policy.recommendations.verbs import deeds_ko
from assistant.types.policy import Strength

_BULLET = re.compile(r"(?:[-–•◦○□■▪·*]|[①-⑳]|\(?\d{1,2}[.)]|[가-하][.)])?\s*")
_DATED = re.compile(
    r"(?:(?:\(?(?:19|20)\d\d(?:년|\.)?(?:\s?\d{1,2}(?:월|분기)|\s?[상하]반기|\s?[1-4]/4분기)?\)?|단기|중기|장기|즉시|연내|상반기|하반기)(?:\s?(?:까지|이후|이내|중|말|초))?\s?[:：,]\s*)"
)
"""When it is to be done, before what: a row of a timetable."""


@cache
def _ends() -> re.Pattern[str]:
    nouns = "|".join(sorted(deeds_ko(), key=len, reverse=True))
    return re.compile(
        rf"(?:(?:[할말될]|시킬|둘|일) 것|(?:해|하여|되어|돼)야(?: (?:함|한다|할 것))?|필요(?:함)?|요망(?:됨|함)?|바람직(?:함)?|바람|(?:{nouns})(?:함|한다|하기|을 요망|하도록 함|토록 함)?)\s?$"
    )


def item_ko(text: str, advice: bool = True) -> Reading | None:
    """A list item under an opener or a heading of advice. Without `advice` (a heading that may only be of advice) rows of
    timetables are none.
    """
    bare = text.rstrip(" .;,")
    begin = m.end() if (m := _BULLET.match(bare)) else 0
    named = bracketed(bare, begin)
    begin = named[1] if named else begin
    behind_it = None if named else bracketed_behind(bare)
    end = behind_it[1] if behind_it else len(bare)
    bare = bare[:end].rstrip()
    if dated := _DATED.match(bare, begin):
        if not advice:
            return None
        begin = dated.end()
    sign = _ends().search(bare, begin)
    if sign is None or len(bare) - begin < 4 or text.rstrip().endswith("?"):
        return None
    strength: Strength = "considering" if re.search(r"검토|고려|모색|논의|연구", sign.group()) else "should"
    subject, behind = subject_ko(bare, begin, sign.start())
    who = named or behind_it
    if subject is None and who is not None:
        subject = who[0]
    return Reading(
        "item", trimmed(text, sign.start(), sign.end()), strength, trimmed(text, behind, sign.end()), subject
    )
