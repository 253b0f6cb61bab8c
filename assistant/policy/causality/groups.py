"""Comparisons of groups: what those with more of one thing have more of, and how those with something differ from those
without. They show that two things go together, and no cause; those of a trial with chance in it are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.policy.causality.signs import Said, trimmed
from assistant.types import Span

_UNITS = (
    r"(?:regions|districts|countries|economies|nations|states|counties|cities|towns|villages|municipalities|provinces|prefectures|areas|places|communities|neighbou?rhoods|islands|"
    r"firms|companies|businesses|enterprises|manufacturers|suppliers|plants|factories|farms|farmers|exporters|importers|producers|banks|ports|sectors|industries|markets|projects|establishments|"
    r"households|families|workers|employees|people|individuals|adults|women|men|children|students|pupils|graduates|schools|universities|hospitals|patients|borrowers|recipients|participants|members|users|"
    r"those|ones|years|quarters|months|SMEs)"
)
_MORE = (
    r"(?:more|fewer|less|higher|lower|greater|larger|smaller|bigger|faster|slower|better|worse|stronger|weaker|longer|shorter|older|younger|richer|poorer|"
    r"cheaper|deeper|lighter|heavier|above[- ]average|below[- ]average)"
)
_BOUND = rf"(?:{_MORE}\b(?! than (?:\d|one|two|half))|(?:above|below|over|under|at least) (?:the )?(?:\d|average|median|mean))"
"""A comparative, or a threshold, that sets the group apart."""
_WITH = r"(?:(?:with|without|having|that|which|who|whose|where|in which|subject to|facing)\b)"
_GAP = r"(?:(?![.;:] )[^,;()]){0,90}?"
_ADVERB = r"(?:(?:also|generally|typically|usually|on average|significantly|substantially|slightly|somewhat|much|far|\d[\d.,]* (?:percent|per cent|points?)|\d[\d.,]*%) )*"
_WITHOUT = (
    rf"than (?:(?:in|for|among|at|that of|those of|the average of) )?(?:(?:the|other|similar|comparable|otherwise|matched|neighbou?ring) )*"
    rf"(?:{_UNITS} (?:(?:that|which|who|where) (?:(?:have|had|has|are|were|did|do|does|was) )?(?:not|never|n['’]t|no)\b|(?:did|do|does|have|had|are|were)(?: not|n['’]t)\b|(?:without|lacking|outside|with (?:no\b|{_MORE})))|"
    rf"non-?\s?(?:participa\w+|members?|users?|recipients?|beneficiar\w+|exporters?|adopters?)|their (?:counterparts|peers)|(?:peers|counterparts))"
)
_COMPARED = re.compile(
    rf"\b{_UNITS} {_WITH}{_GAP}{_BOUND}{_GAP}\b(?:tend(?:s|ed)? to|also)\b{_GAP}\b{_MORE}\b"  # regions with more X also export more Y
    rf"|\b{_UNITS} {_WITH}{_GAP}{_BOUND}{_GAP} (?:have|had|has|show|showed|see|saw|report|reported|record|recorded|experience|experienced|enjoy|enjoyed|exhibit|exhibited|are|were|grow|grew|export|exported|import|imported|receive|received|attract|attracted|earn|earned|invest|invested|spend|spent|pay|paid|produce|produced|employ|employed) {_ADVERB}{_MORE}\b(?! than (?:\d|one|two|half))"
    rf"|\b{_UNITS} {_WITH}{_GAP} (?:tend(?:s|ed)? to \w+ {_ADVERB}{_MORE}|(?:are|were) {_ADVERB}(?:more|less) likely to)\b"
    rf"|\b{_MORE} {_GAP}\b(?:in|among|for|at|across) {_UNITS} (?:with|where|that have|that had|having|facing){_GAP}\b{_BOUND}"
    rf"|\b(?:where|in (?:{_UNITS}) (?:with|where|when)){_GAP}\b{_BOUND}[^,;.]{{0,40}}, [^,;.]{{3,80}}?\b(?:is|are|was|were|has|have|had) {_ADVERB}{_MORE}\b"
    rf"|\b{_MORE}\b{_GAP}{_WITHOUT}"
    rf"|\bthe {_MORE} [^.;]{{3,80}}, the {_MORE}\b",
    re.IGNORECASE,
)
_TRIAL = re.compile(
    r"\brandomi[sz]\w+|\bcontrol(?:led)? (?:trial|group)|\bcontrolled trials?\b|\b(?:natural |field )?experiments?\b|\bdifference-in-differences?\b|\blotter(?:y|ies)\b|\binstrumental variables?\b|\bcausal(?:ly)?\b"
    r"|무작위|실험|대조군|통제 ?집단|이중 ?차분|도구 ?변수|인과",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    rf"\b(?:tend(?:s|ed)? to|also|ha(?:ve|d|s)|are|were|is|was|than|the {_MORE}(?=[^,]*$))\b", re.IGNORECASE
)

_HIGH_KO = r"(?:많|높|낮|적|작|크|컸|큰|클|길|짧|빠르|빨랐|빠른|느리|느렸|강|약|우수|활발|부진)"
_UNITS_KO = r"(?:지역|시군|시도|도시|국가|나라|기업|업체|사업체|공장|농가|가구|가계|산업|업종|부문|항만|학교|병원|학생|근로자|노동자|집단|개인|사람|은행|주|곳)"
_CHANGED_KO = (
    r"(?:증가|늘|감소|줄|상승|하락|확대|축소|성장|커지|커졌|높아|낮아|많아|적어|올라|내려|떨어|위축|개선|악화)"
)
_COMPARED_KO = re.compile(
    rf"(?<![가-힣])(?!(?:갈|되도)수록)(?:[가-힣]+(?<!갈)|[가-힣]*)수록(?=[ ,])(?! ?좋)[^.]{{0,80}}?(?:{_HIGH_KO}|{_CHANGED_KO})"
    rf"|(?:그렇지|[가-힣]지) ?(?:않은|않는|못한|못하는) [가-힣 ]{{0,12}}?(?:보다|에 비해|에 비하여|에 비하면|과 비교|와 비교)[^.]{{0,60}}?(?:{_HIGH_KO}|{_CHANGED_KO})"
    rf"|(?<![가-힣])(?:미|비)(?:참여|수혜|가입|도입|지원|수출|이용|활용|보유)[가-힣 ]{{0,8}}?(?:보다|에 비해|에 비하여|에 비하면)[^.]{{0,60}}?(?:{_HIGH_KO}|{_CHANGED_KO})"
    rf"|[이가은는] (?:더 |상대적으로 |매우 )?(?:많은|높은|낮은|적은|큰|작은|긴|짧은) {_UNITS_KO}(?:들)?(?:은|는|이|가|에서|에서는|에서도|의 경우|일 때)[ ,][^.]{{0,60}}?(?:{_HIGH_KO})(?=[았었은다으고아지])"
    rf"|(?:인상|인하|증가|감소|상승|하락|확대|축소|성장|확산|증대|도입|강화|약화|둔화)(?:와|과) (?:함께|더불어|나란히|동시에|맞물려)[ ,](?:[^\s,.]+ ){{0,5}}?[^\s,.]+(?:이|가|도|은|는) (?:[^\s,.]+ )?{_CHANGED_KO}"
)


def compared(text: str, korean: bool) -> Iterator[Said]:
    """Each comparison of groups, with the thing that sets them apart and the one that is compared where the words show
    both."""
    if _TRIAL.search(text):
        return
    for m in (_COMPARED_KO if korean else _COMPARED).finditer(text):
        end = m.end()
        while korean and end < len(text) and text[end].isalpha():
            end += 1
        sign = Span(m.start(), end)
        if korean:
            cut = re.search(
                r"수록,? |보다 |(?:에|과|와) 비\S+ |(?:은|는|이|가|에서|에서는|에서도), ?| 함께 ", m.group()
            )
        else:
            cut = _PREDICATE.search(m.group(), 1)
        at = m.start() + cut.start() if cut else m.end()
        yield Said("correlation", sign, trimmed(text, m.start(), at), trimmed(text, at, len(text)))
