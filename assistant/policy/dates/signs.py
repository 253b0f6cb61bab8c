"""The words that say how far a measure has come, stage by stage. The order counts: what is told of a place first holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.sources.dates import DATE
from assistant.types import Stage


@dataclass(frozen=True, slots=True)
class Sign:
    """A shape of words. `of`: whether the measure is its object (or the subject of its passive), or its subject. A group
    `sign` narrows what is shown; a group `complement` is the measure where no noun of data/measures.tsv names one."""

    stage: Stage
    shape: re.Pattern[str]
    of: Literal["object", "subject"] = "object"
    reach: int = 4
    """So many words may stand between a verb and its object's first word."""
    nominal: bool = False
    bare: bool = False


def _en(
    stage: Stage, shape: str, of: Literal["object", "subject"] = "object", reach: int = 4, nominal: bool = False
) -> Sign:
    return Sign(stage, re.compile(shape), of, reach, nominal)


_GOVERNS = (
    r"(?:[Gg]overnments?|[Aa]dministration|[Mm]inist(?:ry|er)s?|[Pp]resident|Congress|[Pp]arliament|Commission|Union|EU|[Cc]abinet|"
    r"[Aa]gency|[Aa]uthorit(?:y|ies)|[Dd]epartment|[Cc]ouncil|White House|[Cc]ountr(?:y|ies)|[Ss]tates?|[Aa]ssembly|[Ss]enate|[Rr]egulators?)"
)
_DOINGS = (
    r"introduced|implemented|imposed|enacted|adopted|extended|abolished|repealed|suspended|lifted|constructed|established|created|raised|"
    r"lowered|launched|replaced|expanded|applied|reinstated|reduced|increased|phased (?:in|out)"
)
_GOINGS = r"negotiated|drafted|implemented|introduced|developed|revised|reviewed|considered|phased|reformed|rolled|prepared|debated|discussed"

SIGNS_EN: tuple[Sign, ...] = (
    # struck down
    _en("struck_down", r"\b(?:struck|strikes|strike) down\b|\binvalidated\b|\bnullified\b|\bannulled\b"),
    _en(
        "struck_down",
        r"\b(?P<sign>(?:ruled|held|found|declared|rules|holds|finds)\b(?:(?!\bnot\b|\bno\b)[^;]){0,160}?\b(?:unlawful|unconstitutional|illegal|invalid|void))\b"
        r"(?=[,.;:)]|\s(?:and|because|since|under|in|on|as|for|when|but|by)\b|$)",
    ),
    _en("struck_down", r"\b(?P<sign>(?:ruled|held|found)\b[^.;]{0,160}?\b(?:does|do|did) not authori[sz]e)\b"),
    _en("struck_down", r"\b(?:vacated|overturned|quashed)\b"),
    # suspended or delayed
    _en("suspended", r"\b(?:suspended|delayed|postponed|paused|deferred|shelved|stayed|enjoined|halted)\b", reach=5),
    _en(
        "suspended",
        r"\b(?:put|placed|is|are|was|were|remains?) on hold\b|\b(?:is|are|remains?) (?:in abeyance|frozen|suspended)\b",
        "subject",
    ),
    _en("suspended", r"\b(?:suspension|postponement|delay) of\b", nominal=True, reach=3),
    # ended
    _en(
        "ended",
        r"\b(?:(?:expired|lapsed)(?=\s(?:in|on|at|by|after|before|and|when|without|with)\b|\s?[.,;]|$)|came to an end|ceased to apply|was phased out|were phased out|(?:is|are) no longer in (?:force|effect))\b",
        "subject",
    ),
    _en(
        "ended",
        r"\b(?:repealed|rescinded|revoked|abolished|terminated|withdrew|withdrawn|scrapped|lifted|eliminated|discontinued)\b",
        reach=5,
    ),
    _en("ended", r"\b(?:replaced|superseded)\b(?! by (?:an?|the) (?:higher|lower|new) rate)"),
    # in force
    _en(
        "in_force",
        r"\b(?:(?:entered|came|went|enters|comes|goes) into (?:force|effect)|took effect|takes effect|became effective|became law|becomes law|"
        r"(?:is|are|remains?|has been|have been|was|were) (?:already |now |currently |still |fully )?(?:in effect|in force|in place)|"
        r"(?:has|have) (?:applied|been in (?:force|effect|place)))\b",
        "subject",
    ),
    _en(
        "in_force",
        r"\bsigned\b(?=[^.;]{0,60}\binto law\b)|\b(?:enacted|implemented|carried out|reinstated|reimposed|imposed|levied|promulgated|ratified)\b",
    ),
    _en("in_force", r"\bconcluded and (?:implemented|ratified)\b|\bput (?=[^.;]{0,40}\binto (?:force|effect)\b)"),
    _en(
        "in_force",
        r"(?<!-)(?<!newly )\b(?:introduced|adopted|instituted|established|doubled|raised|broadened|tightened|extended)\b(?!\s(?:a |the |two |several |\w+ )?(?:bill|bills|legislation|resolution)s?\b)",
        reach=5,
    ),
    _en("in_force", r"\b(?:imposes|levies|enforces|implements)\b", reach=4),
    _en("in_force", r"\b(?:already|now) (?:has|have)\b|\b(?:has|have) already (?:concluded|signed)\b"),
    _en(
        "in_force",
        r"\b(?i:act|law|statute|regulation|rule|order|directive|ban)\b(?:,? \([^()]{2,60}\))?,?(?: that| which)? (?P<sign>prohibits|bans|restricts|forbids|limits|mandates)\b",
        "subject",
        1,
    ),
    _en("in_force", r"\b(?:is|are|remains?) (?:already |now |currently |still |also )?subject to\b"),
    # under way
    _en(
        "under_way",
        rf"\b(?:(?:is|are|was|were) (?:now |currently |still |already )?(?:under ?way|in progress|ongoing|being (?:{_GOINGS}|drafted|written)))\b",
        "subject",
    ),
    _en(
        "under_way",
        r"\b(?:initiated|launched|opened|began|begun|started|resumed)\b(?=[^.;]{0,60}\b(?:investigations?|negotiations?|talks|reviews?|consultations?)\b)",
    ),
    _en(
        "under_way",
        r"\b(?:is|are|has been|have been) (?:now |currently |actively |also )?(?:negotiating|implementing|adopting|drafting|preparing|piloting|rolling out|phasing in|pursuing|conducting|developing|reviewing|carrying out|finalizing)\b",
    ),
    _en(
        "under_way",
        rf"\b{_GOVERNS}(?:,[^;.]{{3,110}}?,)?(?:\s\w+){{0,2}}?\s(?P<sign>(?:has|have) been working(?:,[^,]{{3,80}},)? to)\s(?P<complement>[^,;.]{{8,120}}?)(?=[,;]|\.(?!\w|\s?[a-z])|\s(?:along|in order|while|which|as part)\b|$)",
    ),
    # announced
    _en("announced", r"\b(?<!-)agreed\b(?! to\b| with\b)", reach=3),
    _en("announced", r"\b(?:announced|announces|unveiled|unveils)\b"),
    _en(
        "announced",
        r"(?<![Tt]he )(?<![Aa]n )(?<!its )(?<!their )(?<!newly )(?<!-)(?<!^)\bapproved\b",
    ),
    _en("announced", r"\bannouncement of\b", nominal=True, reach=3),
    # planned
    _en(
        "planned",
        rf"\b{_GOVERNS}(?:,[^,;.]{{3,60}},)?(?:\s\w+){{0,2}}?\s(?P<sign>(?:has |have )?(?<!its )(?<!their )(?<!the )(?<!a )(?<!’s )(?<!'s )(?:committed (?:itself |themselves )?to|pledged(?: to)?|plans to|plan to|planned to|intends to|intend to|promised to|vowed to|agreed to))\s(?P<complement>[^,;.]{{8,120}}?)(?=[,;]|\.(?!\w|\s?[a-z])|\s(?:along|in order|while|which|as part)\b|$)",
    ),
    _en(
        "planned",
        rf"\b(?:(?:is|are|was|were) (?:scheduled|set|due|slated|planned) to|(?:is|are) to (?:take effect|enter into force|come into (?:force|effect)|be (?:{_DOINGS}))|will (?:take effect|enter into force|come into (?:force|effect)|expire|be (?:{_DOINGS}|built|phased)))\b",
        "subject",
    ),
    _en(
        "planned",
        rf"\bwill (?:first |then |also |only )?apply\b(?=[^.;]{{0,60}}\b(?:from|starting|beginning|as of|in)\s(?:the (?:end|beginning|start) of )?{DATE})",
        "subject",
    ),
    _en(
        "planned",
        r"\b(?P<sign>(?:made|with|gave) an? (?:\w+ )?(?:commitment|pledge) of)\s(?P<complement>(?:[^,;.]|\.(?=\w|\s?[a-z])){6,100}?)(?=[,;]|\.(?!\w|\s?[a-z])|$)",
        nominal=True,
    ),
    _en(
        "announced",
        r"\b(?P<sign>decision (?:(?:of|by) (?:the )?[\w&. ]{2,40} )?to)\s(?P<complement>(?:establish|build|construct|open|set up|create|impose|suspend|withdraw|end)\b(?:,\s(?:together |jointly |along )?with\s[^,;.]{3,40},)?(?:[^;.]|\.(?=\w|\s?[a-z])){8,140}?)(?=[,;]|\.(?!\w|\s?[a-z])|\s(?:serves|is|was|has|means|came|will)\b|$)",
        nominal=True,
    ),
    # proposed
    _en(
        "proposed",
        r"\b(?:introduced|introduces|tabled|sponsored)\b(?=\s(?:\w+\s){0,4}(?:bills?|legislation|resolutions?|amendments?)\b)",
    ),
    _en(
        "proposed",
        r"(?<!the )(?<!The )(?<!a )(?<!A )(?<!any )(?<!several )(?<!newly )(?<!new )(?<!’s )(?<!s’ )(?<!, )(?<!^)\b(?:proposed|proposes|put forward|is considering|are considering)\b",
        reach=5,
    ),
    _en(
        "proposed",
        r"(?<!ing this )(?<!ing the )\b(?i:bills?|act|legislation|proposals?|resolution)\b(?: of (?:19|20)\d\d)?(?:,? \([^()]{2,60}\))*,?(?: that| which)? (?P<sign>would)\b(?!\shave\b)(?=\s\w)",
        "subject",
        1,
    ),
    _en(
        "proposed",
        r"\b(?i:bills?|legislation|resolutions?|amendments?)\s(?:introduced|reported|pending|filed)\b[^.;,]{0,60}?\s(?P<sign>would)\b(?!\shave\b)(?=\s\w)",
        "subject",
        8,
    ),
    _en(
        "proposed",
        rf"\b(?:{_GOVERNS}|[Rr]equest|[Bb]udget)\s(?P<sign>propose[sd] to)\s(?P<complement>(?:[^,;.]|[,.](?=\w)|\.(?=\s?[a-z])){{8,120}}?)(?=[,;](?!\w)|\.(?!\w|\s?[a-z])|$)",
    ),
)
"""English. A verb in its past form stands for its passive too; `to impose` and `by imposing` are told of nothing yet."""


def _ko(stage: Stage, stems: str, ends: str) -> Sign:
    return Sign(stage, re.compile(rf"(?:{stems})\s?(?:{ends})"))


_DONE = r"했다|하였다|했고|하였고|했으며|하였으며|했으나|하였으나|했지만|하였지만|됐다|되었다|됐고|되었고|됐으며|되었으며|됐으나|되었으나|됐지만|되었지만|했습니다|하였습니다|됐습니다|되었습니다|한 바 있다|된 바 있다|된 상태|했는데|되었는데"
_GOING = r"하고 있|되고 있|해 왔|해왔|되어 왔|중이다|중인|중에 있|중이며"
_KO_WILL = r"할 계획|할 예정|할 방침|하기로 (?:했|하였|결정)|될 예정|될 계획"

SIGNS_KO: tuple[Sign, ...] = (
    Sign(
        "struck_down",
        re.compile(
            r"(?:위법|위헌|무효|불법|위배)(?:이라고|이라는|라고|으로|로|하다고|된다고)?\s?(?:판결|판단|결정|선고|판시)(?:을 내렸|했|하였|됐|되었)|(?:헌법불합치|위헌) 결정"
        ),
    ),
    _ko("suspended", "유예|연기|보류|중단|정지", rf"{_DONE}|{_GOING}|{_KO_WILL}|된"),
    _ko("ended", "폐지|종료|만료|철회|해제|실효", rf"{_DONE}"),
    Sign("planned", re.compile(r"[가-힣]{1,6}[할될] (?:계획|예정|방침)|[가-힣]{1,6}하기로 (?:했|하였|결정|합의)")),
    _ko("under_way", "추진|진행|논의|협의|검토|심의|협상", rf"{_GOING}"),
    Sign("under_way", re.compile(r"(?:착수|개시|돌입)(?:했|하였)|(?:협상|조사)(?:을|를)\s?(?:시작|벌이고|진행)")),
    _ko("in_force", "시행|발효|도입|부과|제정|공포|신설|운영|적용|집행|개정|완화|인상|인하|강화", rf"{_DONE}|{_GOING}"),
    _ko("announced", "발표|공개|공표", rf"{_DONE}"),
    _ko("planned", "약속|공약|예고", rf"{_DONE}"),
    _ko("proposed", "제안|발의|제출", rf"{_DONE}|{_GOING}|된"),
)
"""Korean: a stem with the ending that tells it as done, going on or planned; `시행해야 한다`, `시행되지 않았다` have none."""
