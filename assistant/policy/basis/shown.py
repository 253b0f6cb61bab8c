"""The tables and figures that a sentence speaks of, and what the line below them says they were made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.policy.basis.kinds import named
from assistant.types import Basis, Block, Document, Span

_SPOKEN = re.compile(
    r"\b(?P<kind>Tables?|Figures?|Fig\.|Charts?|Box)\s*(?P<number>\d+)(?:\s*(?:and|,|&|–|-)\s*(?P<more>\d+))?"
    r"|(?P<kind_ko>표|그림|도표)\s*(?P<number_ko>\d+)(?:\s*(?:과|와|,)\s*(?:표|그림|도표)?\s*(?P<more_ko>\d+))?"
)
_OWN_WORK = re.compile(
    r"\bauthors?['’]?s?['’]? (?:own )?(?:calculat|elaborat|estimat|compil|analys|survey)|\bown (?:calculat|elaborat|estimat|compil|survey)"
    r"|^Sources?: (?:CRS|CBO|GAO|(?:the )?[Aa]uthors?)[.,;]|\b(?:CRS|CBO|GAO|[Ss]taff|[Aa]uthors?),? (?:based|from|using|with data)\b|\b(?:CRS|CBO|GAO|[Ss]taff|[Oo]ur)(?: \w+)? (?:calculat|analys|estimat|comput|compil|illustrat|graphic|map)|\b(?:[Cc]alculated|[Cc]ompiled|[Pp]repared|[Cc]reated) by (?:the authors?|CRS|CBO|GAO)\b"
    r"|(?:저자|필자|연구진|자체) ?(?:직접 )?(?:작성|계산|정리|추정|재구성|분석|조사)",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:Office|Bureau|Bank|Ministry|Customs|Statistics|Census|Department|Administration|Agency)\b|부$|청$|은행|통계|공사"
)
_STUDIED = re.compile(
    r"\b[A-Z][\w'’-]+(?: (?:and|&) [A-Z][\w'’-]+| et al\.?),? \(?(?:19|20)\d\d|\bet al\b|,? vol\. ?\d|\b\d+, no\. \d|, \d+\(\d+\)"
)
_BUDGET = re.compile(
    r"\bBudget (?:Justifications?|Requests?|in Brief|Brief|Highlights|Summary|Estimates?|Proposals?|Submissions?|Appendix|of the)\b|\bFY ?\d{2,4}[^.;]{0,40}\bBudget\b|\bBudget,? (?:Fiscal Year|FY ?)\d{0,4}"
    r"|\b(?:Explanatory Statements?|Appropriations? (?:Act|Bill|Committee Print)s?|Green Book)\b|예산(?:안|서|개요| 설명|요구)",
    re.IGNORECASE,
)
_STATISTICS = re.compile(r"\b(?:Statistics|Statistical|Census|Yearbook|Survey)\b|통계|연보|총조사")
_LABEL = re.compile(r"[\s<\[〈【(]*(?:Table|Figure|Fig\.|Chart|Box|표|그림|도표)")
_REACH = 8
"""Blocks behind a caption in which the line below its figure or table is looked for."""


def spoken(document: Document, sentence: str) -> tuple[Block, ...]:
    """The lines that name the sources of the tables and figures which the sentence speaks of; the caption where there is
    no such line."""
    found: dict[Span, Block] = {}
    for m in _SPOKEN.finditer(sentence):
        kind = (m["kind"] or m["kind_ko"])[:3].casefold()
        for number in filter(None, (m["number"] or m["number_ko"], m["more"] or m["more_ko"])):
            for line in _lines(document, kind, number):
                found[line.span] = line
    return tuple(found.values())


def below(document: Document, span: Span) -> Block | None:
    """The line below the table that holds these words."""
    table = next((t for t in document.tables if t.span.overlaps(span)), None)
    if table is None:
        return None
    behind = [b for b in document.blocks if b.span.start >= table.span.end][:2]
    return next((b for b in behind if b.kind == "source"), None)


def _lines(document: Document, kind: str, number: str) -> Iterator[Block]:
    for at, block in enumerate(document.blocks):
        if block.kind != "caption" or not _is(block.span.slice(document.text), kind, number):
            continue
        source = None
        for behind in document.blocks[at + 1 : at + 1 + _REACH]:
            if behind.kind == "source":
                source = behind
                break
            if behind.kind == "heading" or (
                behind.kind == "caption" and _LABEL.match(behind.span.slice(document.text))
            ):
                break
        yield source or block
        return


def source_part(document: Document, span: Span) -> Span:
    """The part of a line below a table that names its sources, without remarks (`Notes: …`) before or behind it."""
    text = span.slice(document.text)
    source = _SOURCE.search(text)
    start = source.start() if source else 0
    remark = _REMARK.search(text, source.end() if source else 1)
    end = remark.start() if remark else len(text)
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(span.start + start, span.start + end)


_SOURCE = re.compile(r"(?:^|(?<=[\s*_(]))(?:[Ss]ources?|SOURCES?|자료|출처) ?:")
_REMARK = re.compile(r"(?<=[\s*_])(?:Notes?|NOTES?|Remarks?|주석?|비고|참고) ?:")


def _is(caption: str, kind: str, number: str) -> bool:
    m = _SPOKEN.search(caption[:40])
    if m is None or not _LABEL.match(caption):
        return False
    return (m["number"] or m["number_ko"]) == number and (m["kind"] or m["kind_ko"])[:3].casefold() == kind


def made_of(line: str) -> tuple[Basis, ...]:
    """What a line below a table says of its making: 'Author's calculation based on customs data' is own work and
    statistics. A line that names nobody known is another source."""
    found: list[Basis] = []
    if _OWN_WORK.search(line):
        found.append("own")
    rest = _OWN_WORK.sub("", line)
    basis = named(rest, figures=True)
    if basis is None and _STUDIED.search(rest):
        basis = "study"
    if _BUDGET.search(rest) and not _STATISTICS.search(rest):
        basis = "law"
    elif basis in (None, "law") and _OFFICE.search(rest):  # a table of an office is its statistics
        basis = "law" if re.search(r"\b(?:Act\b|U\.S\.C|P\.L\.|Register\b)", rest) else "statistics"
    if basis is not None:
        found.append(basis)
    return tuple(found) or ("other",)
