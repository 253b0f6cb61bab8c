"""A reply for the terminal, in the language of the question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.render import led, marks, page_name, place, plain
from assistant.render.claims import goes_together, rests_on
from assistant.render.lines import fill, quoted
from assistant.render.stages import stage_said
from assistant.states import STATES
from assistant.types import (
    Answer,
    Citation,
    Claim,
    Document,
    Hit,
    Hop,
    Language,
    Reply,
    SourceState,
    Support,
    Verdict,
    WorkState,
)

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "understood": "Understood as: {}",
        "calculated": "Calculated: {}",
        "withheld": "Withheld after verification: {}",
        "note": "note {}: {}",
        "number only": "named in the digest by its number only",
        "by note": "note {}, the source: {}",
        "by table": "{}, the source: {}",
        "named here": "named here, the source: {}",
        "translation": "(Machine translation, not a quotation: {})",
        "written by": "Written by {}; every sentence was checked against its quotes by rules.",
        "withdrawn": "(The model's sentences above do not stand: the reply follows.)",
    },
    "ko": {
        "understood": "이렇게 이해했습니다: {}",
        "calculated": "계산: {}",
        "withheld": "출처 확인을 통과하지 못해 표시하지 않은 문장: {}개",
        "note": "각주 {}: {}",
        "number only": "요약에는 번호만 있음",
        "by note": "각주 {}의 출처: {}",
        "by table": "{}의 출처: {}",
        "named here": "여기서 밝힌 출처: {}",
        "translation": "(기계 번역이며 인용이 아님: {})",
        "written by": "작성: {}. 모든 문장은 인용문과 규칙으로 대조했습니다.",
        "withdrawn": "(위에 보인 모델의 문장은 취소되었습니다. 답은 다음과 같습니다.)",
    },
}
_VERDICTS: dict[Support, dict[Language, str]] = {
    "supported": {"en": "supported", "ko": "확인됨"},
    "partial": {"en": "partial", "ko": "일부만 확인됨"},
    "contradicted": {"en": "contradicted", "ko": "어긋남"},
    "unsupported": {"en": "unsupported", "ko": "뒷받침되지 않음"},
    "unchecked": {"en": "unchecked", "ko": "확인하지 않음"},
}
HOP_SAYS: dict[Support, dict[Language, str]] = {
    "supported": {"en": "says so", "ko": "그렇게 말함"},
    "partial": {"en": "says part of it", "ko": "일부만 말함"},
    "contradicted": {"en": "says otherwise", "ko": "다르게 말함"},
    "unsupported": {"en": "not found in it; the nearest that it says", "ko": "찾지 못함. 가장 가까운 대목"},
    "unchecked": {"en": "could not be checked; the nearest that it says", "ko": "대조하지 못함. 가장 가까운 대목"},
}
_TO_DO_KO: dict[SourceState, str] = {
    "held": "",
    "not_held": "`assistant sources fetch {id}`로 내려받거나 파일을 추가하십시오",
    "dead": "다른 곳에서 찾아 파일을 추가하십시오",
    "moved": "새 주소를 찾아 파일을 추가하십시오",
    "blocked": "브라우저에서 열어 저장한 뒤 파일을 추가하십시오",
    "ambiguous": "`assistant sources`에서 어느 것인지 정해 주십시오",
    "not_retrievable": "사본을 구해 파일을 추가하십시오",
}
"""The ledger's own sentence is English, and says more."""


def reply_text(reply: Reply, width: int = 96, told: int = 0) -> str:
    """A reply for the terminal, without the first `told` claims, which stand there already."""
    say = _WORDS[reply.language]
    out: list[str] = []
    if not told:
        out += understood_text(reply.question, reply.understood, reply.language, width)
    if isinstance(reply, Answer):
        for claim in reply.claims[told:]:
            out += claim_text(claim, reply.language, width)
        cited: Sequence[Citation] = reply.citations
    else:
        out += fill(reply.detail, width)
        cited = reply.nearest
    out += ["", *_citations(cited, reply.language, width)] if cited else []
    for notice in reply.notices:
        out += ["", *fill(notice, width)]
    if reply.withheld:
        out += ["", say["withheld"].format(reply.withheld)]
    if reply.provenance.model:
        out += ["", *fill(say["written by"].format(reply.provenance.model), width)]
    return "\n".join(out)


def understood_text(question: str, understood: str, language: Language, width: int) -> list[str]:
    """The question that is answered, where it is not the one that was typed."""
    if understood == question:
        return []
    return [*fill(_WORDS[language]["understood"].format(understood), width), ""]


def claim_text(claim: Claim, language: Language, width: int) -> list[str]:
    """A claim with its marks, the calculation behind it, and a verdict short of support."""
    say = _WORDS[language]
    out = fill(f"{led(claim)} {marks(claim)}", width)
    if c := claim.computed:
        unit = f" {c.unit}" if c.unit else ""
        out += fill(say["calculated"].format(f"{c.expression} = {c.result}{unit}"), width, "    ")
    if claim.verdict.support != "supported":
        why = f": {said}" if (said := _why(claim.verdict, language)) else ""
        out += fill(f"({_VERDICTS[claim.verdict.support][language]}{why})", width, "    ")
    return out


def _citations(cited: Sequence[Citation], language: Language, width: int) -> Iterator[str]:
    say = _WORDS[language]
    for c in cited:
        yield from fill(f"[{c.marker}] {place(c, language)}", width)
        yield from quoted(c, width, "    ", "    ")
        if told := stage_said(c, language):
            yield from fill(f"({told})", width, "    ")
        if c.translation:
            yield from fill(say["translation"].format(c.translation), width, "    ")
        if c.basis:
            yield from fill(_beside(c, language), width, "      ")
        for note in c.notes:
            yield from fill(say["note"].format(note.number, note.text or say["number only"]), width, "      ")
            for work in note.works:
                yield from fill(f"\u2192 {state_text(work, language)}", width, "        ")
        for hop in c.hops:
            yield from _hop(hop, language, width)


def _beside(c: Citation, language: Language) -> str:
    """What a quote rests on, and that it reports no cause."""
    return "; ".join(filter(None, [rests_on(c, language), goes_together(c, language)]))


def _hop(hop: Hop, language: Language, width: int) -> Iterator[str]:
    """What a source says, indented under the quote that rests on it."""
    said = HOP_SAYS[hop.verdict.support][language]
    if why := _why(hop.verdict, language):
        said += f" ({why})"
    say = _WORDS[language]
    if hop.note:
        led = say["by note" if hop.by_note else "by table"].format(hop.note, said)
    else:
        led = say["named here"].format(said)
    yield from fill(led, width, "      ")
    yield from fill(place(hop.citation, language), width, "        ")
    yield from quoted(hop.citation, width, "        ", "        ")


def _why(verdict: Verdict, language: Language) -> str:
    """The reason of a verdict in the language of the reply."""
    if not verdict.why or language == "en":
        return verdict.why or ""
    from assistant.stance.reasons import in_language  # here: an English reply loads no judge

    return in_language(verdict.why, language)


def state_text(w: WorkState, language: Language = "en") -> str:
    """'World Development Indicators [world-bank-wdi]: not held \u2014 what can be done'."""
    named = plain(w.title or w.id) + (f" [{w.id}]" if w.id and w.title else "")
    state = STATES[w.state][language]
    if language == "ko":
        more = _TO_DO_KO[w.state].format(id=w.id)
    else:
        more = plain(w.why)
        if more.startswith(f"{state} "):  # 'held as X' says that it is held
            return f"{named}: {more}"
    return f"{named}: {state}" + (f" \u2014 {more}" if more else "")


def hit_text(hit: Hit, document: Document, width: int = 96) -> str:
    """A ranked passage for the terminal."""
    p = hit.passage
    first = document.page_at(p.span.start)
    where = [plain(document.work.title)]
    if document.work.kind == "digest":
        where.append("digest")
    if first:
        where.append(page_name(first.index, first.label))
    where.extend([" \u203a ".join(p.section)] if p.section else [])
    head = fill(f"{hit.rank}. {', '.join(where)}  ({p.kind}, {hit.score:.3f})", width)
    return "\n".join([*head, *fill(p.text, width, "   ")])


def withdrawn_text(language: Language) -> str:
    """That sentences which were told as they were written are not part of the reply."""
    return _WORDS[language]["withdrawn"]
