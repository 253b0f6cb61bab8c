"""Laws, bills, rules and court cases: they are named by number, in the middle of a comment as often as in a citation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.sources.dates import FULL_DATE, iso
from assistant.sources.draft import Draft
from assistant.sources.scan import Scan
from assistant.types import Span

_ACT = (
    r"(?P<act>(?:[A-Z][\w’'-]*,?|of|and|the|for|to|in|with|from)(?:\s+(?:[A-Z][\w’'-]*,?|of|and|the|for|to|in|with|from|FY\d{4}|\([A-Z-]+\))){0,20}?\s+"
    r"(?:Act|Agreement Act|Amendments|Code|Law|Resolution)(?: \([A-Z]+\))?(?:,? (?:for )?(?:FY ?|Fiscal Year )\d{4}| of \d{4}|, \d{4})?)"
)
_SECTION = r"(?:§{1,2}\s?|(?=\d))\w[\w\-–]*(?:\.[\w\-–]+)*(?:\(\w+\))*(?:(?:,| and|,? et) (?:seq\.|\d[\w\-–]*(?:\.\w+)*(?:\(\w+\))*(?! (?:U\.|C\.))))*"
KOREAN_LAW = r"(?:법|법률|시행령|시행규칙|조례|규정|고시|훈령)"
"""What the title of a Korean law ends with."""
_ARTICLE = r"제\s?\d+조(?:의\s?\d+)?(?:\s?제\s?\d+항)?(?:\s?제\s?\d+호)?"
_KOREAN_NUMBER = (
    r"(?:[(（](?P<number>(?:법률|대통령령|총리령|[가-힣]{2,8}(?:부|처)령|[가-힣]{2,12}고시)\s?제\s?[\d-]+호)"
    rf"(?:[,\s]*(?P<issued>{FULL_DATE}))?[^()]{{0,20}}[)）](?:\s*{_ARTICLE})?|(?P<article>{_ARTICLE}))"
)
LAWFUL = re.compile(rf"{KOREAN_LAW}」\s*(?:[(（](?:법률|대통령령|총리령|[가-힣]{{2,12}}(?:령|고시))\s?제|제\s?\d+조)")
"""A law in Korean quotation marks, with its number or an article behind it."""
_DOTTED = r"\d{1,2}\. ?\d{1,2}\. ?(?:19|20)\d\d"
_UNION = (
    r"(?P<title>(?P<number>(?:(?:Council|Commission|European Parliament and Council) )?(?:(?:Delegated|Implementing|Framework) )?"
    r"(?:Regulation|Directive|Decision)s? (?:\((?:EU|EC|EEC|CFSP|Euratom|EU, Euratom)\) )?(?:No\.? )?\d{1,4}/\d{1,4}(?:/[A-Z]{2,7})?)"
    r"(?: of the European Parliament(?: and of the Council)?(?: ?(?:\.\.\.|…))?| of the (?:Council|Commission|European Central Bank))?"
    rf"(?:,? of (?P<issued>{FULL_DATE}))?"
    r"(?: (?:on|establishing|amending|concerning|laying down|repealing|implementing|supplementing|setting|as regards) (?:(?! OJ )[^;,()“”\[\]]){4,240}(?=,? [\[(]?\d{0,4}\]? ?OJ |[,;(\[]|\.\s|\.?$))?)"
    rf"(?:[,.]? [\[(]?(?:\[?(?P<year>\d{{4}})\] )?(?P<container>OJ (?:L|C)),? ?(?P<volume>\d+)(?:, (?P<journal>{_DOTTED}|{FULL_DATE}))?(?:(?:, p\.? ?|/)(?P<page>\d+(?:[-–]\d+)?))?[\])]?)?"
)
"""A law of the European Union, as its Official Journal names it."""
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("legislation", re.compile(rf"(?P<number>(?P<volume>\d{{1,2}}) (?P<container>U\.? ?S\.? ?C\.?(?: ?A\.)?) (?:{_SECTION}|[Cc]h(?:apter|\.) \d+))")),
    ("legislation", re.compile(r"(?P<number>(?:P\. ?L\.|Pub\. ?L\.(?: ?No\.)?|Public Law(?: No\.)?) ?\d{2,3}[-–]\d+)")),
    ("legislation", re.compile(r"(?P<number>(?P<volume>\d{1,3}) (?P<container>Stat\.) (?P<page>\d+))")),
    ("regulation", re.compile(rf"(?P<number>(?P<volume>\d{{1,2}}) (?P<container>C\.? ?F\.? ?R\.?) (?:{_SECTION}|[Pp](?:art|t)s?\.? [\d.]+))")),
    ("regulation", re.compile(r"(?P<number>(?P<volume>\d{2,3}) (?P<container>Fed(?:\.|eral) Reg(?:\.|ister)|FR) (?P<page>[\d,]+(?:[-–]\d+)?))")),
    ("regulation", re.compile(r"(?P<number>(?:Executive Order|E\.O\.|Presidential Proclamation|Proclamation) (?:No\. )?\d{4,5})"
        rf"(?:(?:,? of|,|,? dated|,? issued(?: on)?| \() (?P<issued>{FULL_DATE})\)?)?")),
    ("legislation", re.compile(_UNION)),
    ("bill", re.compile(r"(?<![.\w])(?<!U\. )(?P<number>(?:H\. ?R\.|S\.|[HS]\. ?Amdt\.|H\. ?(?:J\.|Con\.)? ?Res\.?|S\. ?(?:J\.|Con\.)? ?Res\.?) ?\d{1,4})(?=[\s,.;)]|$)(?:[,\s(]+\d{2,3}(?:st|nd|rd|th) Cong(?:ress|\.))?")),
    ("report", re.compile(r"(?P<number>[HS]\. ?(?:Rept|Doc)\. (?:No\. )?\d{2,3}[-–]\d+)")),
    ("legal_case", re.compile(r"(?P<title>[A-Z][\w.&’' ]{1,60}? v\. [A-Z][\w.&’' ]{1,60}?), (?P<number>(?P<volume>\d+) (?P<container>(?:U\.S|S\. ?Ct|F\.(?:2d|3d|4th)?|F\. ?Supp\.(?: ?[23]d)?)\.?) (?P<page>\d+|_+))(?:, \d+)?(?: \((?P<issued>[^()]*\d{4})\))?")),
    ("legislation", re.compile(rf"「(?P<title>[^」]{{2,60}}?{KOREAN_LAW})」(?:\s*{_KOREAN_NUMBER})?")),
    ("legislation", re.compile(rf"(?<![가-힣])(?P<title>[가-힣]{{1,20}}(?:법|법률)(?:\s(?:시행령|시행규칙))?)\s*{_KOREAN_NUMBER}")),
    ("legislation", re.compile(r"(?P<title>(?:(?:[A-Z][\w’'-]+, )+(?=[A-Z][\w’'-]+,? and [A-Z]))?[A-Z][\w’'-]+(?:\s+(?:[A-Z][\w’'-]+|of|and|for|the|to|in|with)(?:,(?= (?:[A-Z]|and )))?){0,20}\s+Act(?: of (?P<issued>\d{4})|,? FY ?\d{4}))")),
)  # fmt: skip
_ACT_BEFORE = re.compile(rf"{_ACT}(?:, as amended)?\s*(?:\((?:[^()]{{0,60}}[;,] ?|the )?|, )$")
_PART = re.compile(
    r"(?:(?:Titles?|Sections?|Divisions?|Subtitles?|Parts?|Chapters?) [\w-]+|(?:Under|Since|In|By|The)) (?:of )?(?:the )?(?=[A-Z])"
)
_LEADING = re.compile(
    r"^(?:(?:[Tt]he|[Oo]f|[Aa]nd|[Ff]or|[Tt]o|[Ii]n|[Ww]ith|[Ff]rom|See|Under|Section|Also|Division|Title|[A-Z]\d*\w?\b|\d+\w*),? )+(?=[A-Z])"
)


def laws(found: Scan, taken: list[Span]) -> Iterator[Draft]:
    """Every law, bill, rule and case that the text names outside what is `taken`; an act whose numbers stand in the
    brackets behind it is one law."""
    mine: list[Draft] = []
    for kind, shape in _SHAPES:
        for said in shape.finditer(found.text):
            span = Span(*said.span())
            if any(span.overlaps(t) for t in taken) or any(span.overlaps(d.span) for d in mine):
                continue
            if any(u.overlaps(span) for u in found.urls):
                continue
            mine.append(_law(found, kind, said))
    yield from sorted(_joined(found, mine), key=lambda d: d.span)


def _law(found: Scan, kind: str, said: re.Match[str]) -> Draft:
    groups = said.groupdict()
    begin = said.start()
    act = None
    if part := _PART.match(groups.get("title") or ""):
        begin += part.end()
    if kind == "legislation" and not groups.get("title"):
        act = _ACT_BEFORE.search(found.text, max(0, begin - 400), begin)
    title = None
    if act:
        start = act.start("act")
        lead = _LEADING.match(act["act"])
        start += lead.end() if lead else 0
        title = Span(start, act.end("act"))
    draft = Draft(found, Span(title.start if title else begin, said.end()), type=kind)
    if title:
        draft.put("title", title)
        if year := re.search(r" of (\d{4})$", title.slice(found.text)):
            draft.put("issued", Span(title.end - 4, title.end), year.group(1))
    if (day := groups.get("journal") or groups.get("year")) and not groups.get("issued"):
        name = "journal" if groups.get("journal") else "year"
        parts = re.split(r"\. ?", day)
        date = f"{parts[2]}-{int(parts[1]):02d}-{int(parts[0]):02d}" if re.fullmatch(_DOTTED, day) else iso(day)
        draft.put("issued", Span(*said.span(name)), date)
    for name, value in groups.items():
        if value and name not in ("act", "journal", "year"):
            span = Span(max(begin, said.start(name)), said.end(name)) if name == "title" else Span(*said.span(name))
            draft.put("number" if name == "article" else name, span, iso(value) if name == "issued" else None)
    if "title" not in draft.values and "number" in draft.values:
        draft.doubt("title")
    return draft


def _joined(found: Scan, drafts: list[Draft]) -> Iterator[Draft]:
    """An act named with year, and the number behind it: 'Trade Act of 1974 (P.L. 93-618; 19 U.S.C. §2411)'."""
    last: Draft | None = None
    for draft in sorted(drafts, key=lambda d: d.span):
        between = found.text[last.span.end : draft.span.start] if last else ""
        if (
            last
            and "title" in last.values
            and "title" not in draft.values
            and re.fullmatch(
                r"(?:,? (?:as amended|codified)(?: as amended)?)?(?: (?:at|in))?[;,]?\s*\(?(?:[^()]{0,40}; )?", between
            )
        ):
            last.span = Span(last.span.start, draft.span.end)
            for name, span in draft.where:
                if name == "number":
                    last.put(name, span)
            continue
        if (
            last
            and last.type == "bill"
            and "title" not in last.values
            and "title" in draft.values
            and "number" not in draft.values
            and re.fullmatch(r", (?:the )?", between)
        ):
            last.span = Span(last.span.start, draft.span.end)
            last.unsure = [u for u in last.unsure if u != "title"]
            for name, span in draft.where:
                if name == "title":
                    last.put(name, span)
            continue
        if last:
            yield last
        last = draft
    if last:
        yield last
