"""Whether a sentence is the document's own finding or relays another's: by its notes, its words of attribution, the
source named under its table or figure, and the sentence that goes on from it.
"""

from __future__ import annotations

import re

from assistant.text import sentences
from assistant.types import Block, Document, Note, Origin, Span

_OWN_VOICE = re.compile(
    r"\b(?:[Ww]e|I)\b(?: \w+){0,3}? (?:find|found|show|estimate|argue|propose|recommend|calculate|compute|conclude|suggest|document|"
    r"observe|examine|analy[sz]e|compare|test|measure|collect|survey|interview|expect)\w*\b"
    r"|\b[Oo]ur (?:own )?(?:\w+ )?(?:analysis|analyses|results?|estimates?|estimations?|findings?|calculations?|survey|model|regressions?|interviews?)\b"
    r"|본 ?(?:논문|연구|보고서|고|글|조사)|우리는|필자|저자들?[은는이가] ?(?:직접|계산|추정)|(?:자체|저자) ?(?:분석|조사|계산|추정)"
)
"""Words in which an author speaks of what the author found."""
_OWN_TEXT = re.compile(
    r"\b(?:this|the present) (?:paper|study|article|report|brief|essay|chapter|analysis)\b|\bthe authors?(?: of this \w+)? "
    r"(?:find|found|show|estimate|argue|propose|recommend|conclude|suggest)\w*\b|이 (?:논문|연구|보고서|글)(?:은|는|에서|의)",
    re.IGNORECASE,
)
"""The same where 'this study' may also be another's that was just named: a note then speaks for that."""
_SPEECH = (
    r"(?:(?:argue|contend|assert|warn|emphasi[sz]e|maintain|predict|caution|announce|observe|insist|say|conclude|recommend|suggest|find|"
    r"indicate|reveal|demonstrate|concede|describe)(?:s|d|ed)?|said|told|found|shows?|showed|shown|(?:report|estimate|note|state|project|claim|"
    r"stresse|forecast)d|reported|projected|claimed|stressed|(?:report|estimate|note|state|project|claim|forecast|stresse)s? that|point(?:s|ed)? out)"
)
_SAYS = (
    r"(?:(?:argue|contend|assert|warn|emphasi[sz]e|maintain|predict|caution|announce|observe|insist|say|conclude|recommend|suggest|find|indicate|"
    r"reveal|demonstrate|concede|report|estimate|note|project|claim|forecast)(?:s|d|ed)?|said|told|stated|found|shows?|showed|stress(?:es|ed)?|"
    r"point(?:s|ed)? out)"
)
_NAME = r"[A-Z][\w'\u2019&.-]*"
_NOT_NAMES = (
    r"(?!(?:Tables?|Figures?|Fig\.?|Charts?|Sections?|Chapters?|Columns?|Panels?|Appendix|Equation|Box|This|That|These|Those|It|We|I|Our|"
    r"Evidence|Experience|Data|Results?|History|There|As|The (?:data|results?|evidence|figures?|table|analysis|findings?))\b)"
)
_ATTRIBUTED = re.compile(
    r"\b(?:[Aa]ccording to|[Aa]s (?:reported|noted|estimated|shown|documented|argued|described|cited|pointed out|calculated) (?:by|in)|"
    r"(?:[Rr]eported|[Ee]stimated|[Cc]alculated|[Pp]ublished|[Cc]ompiled|[Cc]ited) by|[Rr]eportedly|[Ii]t (?:is|was|has been) (?:estimated|reported|argued|said)|"
    r"[Cc]iting)\b(?! (?:the )?(?:[Aa]uthor|our|us|Table|Figure))"
    r"|\b(?:[Ss]tud(?:y|ies)|[Ll]iterature|[Rr]esearch(?:ers?)?|[Ss]cholars?|[Ee]conomists?|[Aa]nalysts?|[Cc]ritics?|[Ee]xperts?|[Ss]urveys?|[Pp]olls?|"
    rf"[Rr]eports?|OECD|IMF|World Bank|WTO|UNCTAD|United Nations)\b[^.;]{{0,60}}\b{_SPEECH}\b"
    rf"|(?:^|[.;,(] ?){_NOT_NAMES}(?:The )?{_NAME}(?: (?:et al\.?|and|&|of|for|the|on|{_NAME})){{0,8}}(?: \((?:19|20)\d\d[a-z]?\))?,? (?:\w+ly )?{_SAYS} that\b"
    rf"|\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ss]ome|[Oo]thers|[Mm]any) (?!states? that)(?:\w+ly )?{_SAYS} that\b|\bsaid\b"
    r"|\b[A-Z][\w'\u2019-]+(?: (?:and|&) [A-Z][\w'\u2019-]+| et al\.?) \((?:19|20)\d\d[a-z]?\)"
    rf"|\b{_NAME} \((?:19|20)\d\d[a-z]?\) (?:\w+ly )?{_SPEECH}\b"
    r"|\((?:see |cf\. |e\.g\.,? )?(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"[A-Z][\w'\u2019-]+(?:(?: (?:and|&) [A-Z][\w'\u2019-]+| et al\.?),?|(?: (?:of |the |and |for )*[A-Z][\w'\u2019-]+){0,5},) "
    r"(?:19|20)\d\d[a-z]?[;,:) ]"
)
_ATTRIBUTED_KO = re.compile(
    r"에 ?(?:따르면|의하면|의거하면)|에서 (?:밝힌|발표한|집계한|조사한)"
    r"|(?:것으로|다고|라고|자고|냐고|음을|임을|함을|하고|이라며|다며)\s?(?:주장|지적|분석|발표|전망|평가|보도|설명|강조|추정|추산|경고|언급|집계|보고|"
    r"밝[혔히]|말[했하]|내다[봤보]|예측|예상)"
    r"|(?:분석|지적|주장|전망|추정|추산|경고|예측)(?:했|하였|한 바|한)(?:다|으며|고| 있)"
    r"|(?:집계|보도|보고|추산|추정|전망)(?:됐|되었|된)|것으로 알려졌|인용하(?:면|여)"
    r"|[\uac00-\ud7a3]{2,}(?: 외)?\s?\((?:19|20)\d\d[a-z]?\)(?:은|는|이|가|에|의|도)|\([\uac00-\ud7a3]{2,12}(?: 외)?, ?(?:19|20)\d\d"
)
_OWN_WORK = re.compile(
    r"\bauthors?['\u2019]?s?['\u2019]? (?:own )?(?:calculat|elaborat|estimat|compil|analys|survey)|\bown (?:calculat|elaborat|estimat|compil|survey)"
    r"|(?:저자|필자|연구진|자체) ?(?:직접 )?(?:작성|계산|정리|추정|재구성|분석|조사)",
    re.IGNORECASE,
)
_LEANS_BACK = re.compile(
    r"(?:This|These|Such|It|They|Its|Their|Both|The (?:same|latter|former)|이는|이러한|이런|이들|그중|해당)\b"
    r"|(?:[\w-]+ ){1,6}of (?:these|those|such) \w"
)
_SAYS_AGAIN = re.compile(r"(?:That is|In other words|Namely|즉|다시 말해)\b")
_ADVICE = re.compile(r"\b(?:should|must|needs? to|ought to|has to|have to)\b|해야 ?[하한할]|필요가 있|바람직")
_CITES = re.compile(
    r"https?://|\bwww\.|\bdoi\b|\b[Ii]bid\b|\bop\. ?cit|\b[Ss]upra\b|[\u201c\"\u300c\u300e\u300a\u3008][^\u201d\"\u300d\u300f\u300b\u3009]{8,}|"
    r"\((?:[^()]{2,60}, )?(?:19|20)\d\d\)|\baccessed\b|검색일|앞의 ?(?:글|책|논문)|위의 ?(?:글|책|논문)"
)
_REMARKS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does|do|refers?|includes?|means?|denotes?|excludes?)\b|[다음임함]\.?$"
)
_SHOWN = re.compile(r"\b(Figures?|Fig\.|Charts?|Tables?)\s*(\d+)|(그림|표|도표)\s*(\d+)", re.IGNORECASE)
_REACH = 6
"""Blocks behind a caption in which the source of its figure or table is looked for."""


def origin_of(document: Document, span: Span) -> Origin:
    """'relayed' where the words rest on a note that names a work, or name another source; else 'own'. A note that only
    comments names no work.
    """
    words = span.slice(document.text)
    noted = any(map(names_work, document.notes_in(span)))
    attributed = _attribution(words)
    voice = _OWN_VOICE.search(words) or (None if noted else _OWN_TEXT.search(words))
    if voice and (attributed is None or voice.start() <= attributed):
        return "own"
    if attributed is not None or noted:
        return "relayed"
    if any(n.span and n.span.overlaps(span) and names_work(n) for n in document.notes):
        return "relayed"
    if any(t.span.overlaps(span) and _borrowed(document, t.span.end) for t in document.tables):
        return "relayed"
    if _from_figure(document, words) or carrier(document, span) is not None:
        return "relayed"
    return "own"


def names_work(note: Note) -> bool:
    """Whether a note names a work. Of a note whose words are not known, as in a digest, it is taken that it does; of
    one that no known work was found in, unless it only remarks on something.
    """
    if note.works or note.text is None:
        return True
    return _CITES.search(note.text) is not None or _REMARKS.search(note.text) is None


def _attribution(words: str) -> int | None:
    """Where words name who says what they say; None where they do not."""
    found = [m.start() for p in (_ATTRIBUTED, _ATTRIBUTED_KO) if (m := p.search(words))]
    return min(found, default=None)


def _borrowed(document: Document, end: int) -> bool:
    """Whether the line below a table names another source than the authors' own work."""
    below = next((b for b in document.blocks if b.span.start >= end), None)
    return below is not None and _names_another(document, below)


def _names_another(document: Document, block: Block) -> bool:
    return block.kind == "source" and not _OWN_WORK.search(block.span.slice(document.text))


def _from_figure(document: Document, words: str) -> bool:
    """Whether the words say what a figure or table shows that is taken from another source."""
    for m in _SHOWN.finditer(words):
        label = (m[1] or m[3])[:3].casefold()
        number = m[2] or m[4]
        for at, block in enumerate(document.blocks):
            if block.kind != "caption":
                continue
            named = _SHOWN.match(block.span.slice(document.text).lstrip("<[ "))
            if named is None or (named[2] or named[4]) != number or (named[1] or named[3])[:3].casefold() != label:
                continue
            for behind in document.blocks[at + 1 : at + 1 + _REACH]:
                if behind.kind == "source":
                    if _names_another(document, behind):
                        return True
                    break
                if behind.kind == "caption" and _SHOWN.match(behind.span.slice(document.text).lstrip("<[ ")):
                    break
    return False


def carrier(document: Document, span: Span) -> Span | None:
    """The sentence beside this one whose note stands for both: the one before where this says it again, or the next
    where that leans on this one. 'Twenty-two are in force. Their partners make up 85 percent.^19'
    """
    block = next((b for b in document.blocks if b.kind == "paragraph" and b.span.contains(span)), None)
    if block is None or not any(block.span.start < m <= block.span.end for n in document.notes for m in n.marks):
        return None
    text = document.text
    around = sentences(text, block.span)
    before = next((s for s in reversed(around) if s.end <= span.start), None)
    after = next((s for s in around if s.start >= span.end), None)
    if before and _SAYS_AGAIN.match(text, span.start) and any(map(names_work, document.notes_in(before))):
        return before
    if after is None or _ADVICE.search(span.slice(text)):
        return None
    following = after.slice(text)
    leaning = (
        _LEANS_BACK.match(following) is not None
        and any(map(names_work, document.notes_in(after)))
        and not (_OWN_VOICE.search(following) or _ADVICE.search(following))
    )
    return after if leaning else None
