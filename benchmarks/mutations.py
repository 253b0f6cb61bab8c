"""Wrong claims made of right ones, one change at a time: each must be withheld.

A change is made only where it makes the claim wrong for certain: what is put in (a figure, a name, a year, a country)
stands neither in the quotes nor in the headings and titles around them; a sign or unit is exchanged for another that the
same figure cannot have; a negation is put behind the first auxiliary of the sentence or taken out where it stands
alone; a splice joins halves of two sentences that share no words at the joint, and no conjunction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.citations import cite
from assistant.lexicon import lexicon
from assistant.quantities import numbers
from assistant.stance.amounts import amounts
from assistant.stance.words import denials, place_mentions
from assistant.text import fold, language_of, sentences
from assistant.types import Citation, Claim, Document, Span, Verdict


@dataclass(frozen=True, slots=True)
class Wrong:
    """A claim that was made wrong, with its citations and the kind of the change."""

    kind: str
    claim: Claim
    citations: tuple[Citation, ...]


def copies(document: Document, limit: int = 0) -> Iterator[tuple[Claim, tuple[Citation, ...]]]:
    """The sentences of a document as claims that cite themselves: right ones."""
    count = 0
    for block in document.blocks:
        if block.kind not in ("paragraph", "list", "note"):
            continue
        for span in sentences(document.text, block.span):
            text = span.slice(document.text)
            if len(text.split()) < 5 or not re.search(r"[.다]\W*$", text):
                continue
            yield Claim(" ".join(text.split()), (1,), Verdict("unchecked")), (cite(document, span, 1),)
            count += 1
            if count == limit:
                return


def reworded(claim: Claim) -> Iterator[str]:
    """The claim with the same figures in another form: right ones too."""
    text = claim.text
    if re.search('[\u201c\u201d"]', text):  # the words of a quotation may not be changed
        return
    for pattern, words in _SAME:
        if (made := re.sub(pattern, words, text, count=1)) != text:
            yield made


_SAME = (
    (r"\bUSD (\d[\d,.]*\d|\d) (million|billion|trillion)\b", r"\1 \2 dollars"),
    (r"(\d) ?percent\b(?! ?point)", r"\1%"),
    (r"\btwenty-two\b", "22"),
    (r"\bfifty-nine\b", "59"),
    (r"\bforty\b(?!-)", "40"),
    (r"(\d)퍼센트", r"\1%"),
    (r"\bSouth Korea\b(?!n)", "Korea"),
    (r"\bthe United States\b", "the U.S."),
)


def mutations(claim: Claim, citations: tuple[Citation, ...], documents: Sequence[Document]) -> Iterator[Wrong]:
    """Every wrong claim that can be made of a right one. `documents` lend other sentences and places."""
    own = [c for c in citations if c.marker in claim.citations]
    around = " ".join(t for c in own for t in (c.quote, *c.headers, c.title, *c.section))
    for kind, text in _worded(claim.text, around):
        if fold(text).text not in fold(around).text:
            yield Wrong(kind, replace(claim, text=text), citations)
    yield from _spliced(claim, own, documents)
    yield from _cut(claim, own)
    yield from _placed(claim, citations, documents)
    yield from _calculated(claim, citations)


def _worded(text: str, around: str) -> Iterator[tuple[str, str]]:
    yield from _digits(text, around)
    yield from _units(text)
    yield from _named(text, around)
    yield from _negated(text)
    yield from _directed(text, around)


# numbers, units, years and dates


def _digits(text: str, around: str) -> Iterator[tuple[str, str]]:
    held = {n.value for n in numbers(around)} | {n.value for n in numbers(text)}
    for m in re.finditer(r"\d+(?:,\d{3})*(?:\.\d+)?", text):
        digits = m.group()
        near = [n for n in numbers(text) if n.span.start <= m.start() < n.span.end]
        if not near or (text[m.start() - 1 : m.start()].isalpha() and text[m.start() - 1 : m.start()].isascii()):
            continue
        for at in (0, len(digits) - 1):
            if not digits[at].isdigit():
                continue
            other = str((int(digits[at]) + 3) % 9 + 1)
            changed = digits[:at] + other + digits[at + 1 :]
            value = numbers(changed)[0].value if numbers(changed) else None
            if value is None or value in held or changed in around:
                continue
            kind = "year" if near[0].kind == "year" and re.fullmatch(r"(?:18|19|20)\d\d", digits) else "digit"
            if re.match(r"\s?월", text[m.end() :]) or (
                kind == "year" and not re.fullmatch(r"(?:18|19|20)\d\d", changed)
            ):
                continue
            yield kind, text[: m.start()] + changed + text[m.end() :]
    for m in re.finditer(
        r"\b(January|February|March|April|June|July|August|September|October|November|December)\b", text
    ):
        other = next(x for x in ("September", "March", "November", "July") if x not in around)
        yield "month", text[: m.start()] + other + text[m.end() :]
    for m in re.finditer(r"(?<!\d)(1?\d)월", text):
        other = next(n for n in (9, 3, 11, 7) if f"{n}월" not in around)
        yield "month", text[: m.start()] + f"{other}월" + text[m.end() :]


_SCALES = (
    ("million", "billion"), ("billion", "million"), ("trillion", "billion"), ("억", "조"), ("조", "억"), ("만", "억"),
)  # fmt: skip


def _units(text: str) -> Iterator[tuple[str, str]]:
    for one, other in _SCALES:
        for m in re.finditer(rf"(?<=\d)(\s?){one}(?=\s|$|[.,;)]|(?:원|달러|명|톤|건))", text):
            yield "unit", text[: m.start()] + m[1] + other + text[m.end() :]
    for pattern, words in (
        (r"\bUSD\b", "EUR"), (r"(?<=\d)(\s?)달러", r"\1원"), (r"\bdollars\b", "euros"), (r"(?<=[\d억조만])(\s?)원(?![가-힣]{2})", r"\1달러"), (r"\$", "€"),
        (r"\bcrowns\b", "dollars"), (r"\bcents\b", "euros"),
    ):  # fmt: skip
        if any(a.unit != "count" or True for a in amounts(text)) and re.search(pattern, text):
            if not numbers(text):
                continue
            yield "currency", re.sub(pattern, words, text, count=1)
    for pattern, words in (
        (r"(?<=\d)(\s?)(?:percent|per cent|%)(?! ?points?|p|\w)", r"\1percentage points"), (r"(?<=\d)(\s?)percentage points", r"\1percent"),
        (r"(?<=\d)(\s?)(?:퍼센트|%)(?!\s?포인트|p)", r"\1%p"), (r"(\w)-?(\w*) percent\b(?! ?point)", r"\1-\2 percentage points"),
    ):  # fmt: skip
        if (m := re.search(pattern, text)) and numbers(text):
            made = re.sub(pattern, words, text, count=1)
            before = text[max(0, m.start() - 14) : m.end()]
            if re.search(r"\d\s?$|\d", before) or any(a.unit == "percent" for a in amounts(text)):
                made = re.sub(r"(\d)percentage", r"\1 percentage", made).replace("- percentage", " percentage")
                if any(a.unit == "points" for a in amounts(made)) != any(a.unit == "points" for a in amounts(text)):
                    yield "points", made
                    break


# names


_COUNTRIES = ("Norway", "Kenya", "Brazil", "Peru")
_COUNTRIES_KO = ("노르웨이", "브라질", "베트남", "인도네시아")
_ORGANISATIONS = ("NATO", "UNESCO", "OPEC")
_PEOPLE = ("Halvorsen", "Castellan", "Obuya")


def _named(text: str, around: str) -> Iterator[tuple[str, str]]:
    held = {p for p, _ in place_mentions(around)}
    known = lexicon().korean
    for _place, span in place_mentions(text):
        surface = span.slice(text)
        if not surface[:1].isupper() and not re.match("[가-힣]", surface):
            continue
        if re.search("[가-힣]", surface):
            other = next(c for c in _COUNTRIES_KO if known[c][0].lower() not in held and c not in around)
            if surface not in known or len(surface) < 2:
                continue
        else:
            if text[span.end : span.end + 1] in "-–/" or (
                surface.lower().endswith(("n", "ese", "an")) and surface.lower() != "japan"
            ):
                continue
            other = next(c for c in _COUNTRIES if c.lower() not in held)
        before = text[max(0, span.start - 30) : span.start]
        if re.search(r"(?:University|Bank|Government|Republic|Institute|Minist\w+) of (?:the )?$", before):
            continue
        yield "country", text[: span.start] + other + text[span.end :]
    acronym = re.compile(r"(?<![\w-])(?!USD|KRW|EUR|GDP|FDI|R&D|AI\b|US\b|FTA|SME)[A-Z]{3,6}(?![\w&-])")
    for m in acronym.finditer(text):
        yield "organisation", text[: m.start()] + next(o for o in _ORGANISATIONS if o not in around) + text[m.end() :]
    for m in re.finditer(r"(?<=[a-z,] )(?!South|North|Korea)[A-Z][a-z]{3,}(?= [a-z])", text):
        word = m.group()
        if any(s.overlaps(Span(*m.span())) for _, s in place_mentions(text)) or word in _NOT_PEOPLE:
            continue
        yield "name", text[: m.start()] + next(p for p in _PEOPLE if p not in around) + text[m.end() :]


_NOT_PEOPLE = frozenset(
    "January February March April June July August September October November December Monday Figure Table Section Korean".split()
)


# negations and directions

_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|will|should|must|can|could|may|would|did|does)\b(?! not\b|n't| no\b| never\b| neither\b| nothing\b)",
    re.IGNORECASE,
)
_DENIALS = (
    (re.compile(r"\b(is|are|was|were|has|have|had|will|should|must|can|could|may|would|did|do|does) not (?!only|just|merely|least)"), r"\1 "),
    (re.compile(r"\bcannot\b"), "can"), (re.compile(r"\b(does|do|did)n['’]t\b"), r"\1"), (re.compile(r"\b[Nn]o longer "), ""),
    (re.compile(r"\bnever "), ""), (re.compile(r"\bnot (?!only|just|merely|least|yet)"), ""),
    (re.compile(r"지 않았다"), "였다"), (re.compile(r"지 않는다"), "ㄴ다"), (re.compile(r"지 못했다"), "였다"), (re.compile(r"지 않다"), "다"),
)  # fmt: skip
_KOREAN_END = (
    (re.compile(r"하였다(?=\W*$)"), "하지 않았다"), (re.compile(r"했다(?=\W*$)"), "하지 않았다"), (re.compile(r"한다(?=\W*$)"), "하지 않는다"),
    (re.compile(r"이다(?=\W*$)"), "이 아니다"), (re.compile(r"있다(?=\W*$)"), "있지 않다"), (re.compile(r"된다(?=\W*$)"), "되지 않는다"),
    (re.compile(r"됐다(?=\W*$)|되었다(?=\W*$)"), "되지 않았다"),
)  # fmt: skip


def _negated(text: str) -> Iterator[tuple[str, str]]:
    if language_of(text) == "ko":
        for pattern, words in _KOREAN_END:
            if not denials(text) and pattern.search(text):
                yield "negation added", pattern.sub(words, text, count=1)
                break
    elif (m := _AUXILIARY.search(text)) and not denials(text) and not re.search(r"\?$", text):
        yield "negation added", f"{text[: m.end()]} not{text[m.end() :]}"
    for pattern, words in _DENIALS:
        if len(denials(text)) == 1 and pattern.search(text):
            yield "negation removed", pattern.sub(words, text, count=1)
            break


_OPPOSITES = {
    "increase": "decrease", "increased": "decreased", "increasing": "decreasing", "increases": "decreases", "rose": "fell",
    "rise": "fall", "rising": "falling", "grew": "shrank", "grow": "shrink", "growing": "shrinking", "expanded": "shrank",
    "expand": "shrink", "strengthen": "weaken", "strengthening": "weakening", "strengthened": "weakened", "surplus": "deficit",
    "deficit": "surplus", "reduce": "raise", "reduced": "raised", "outward": "inward", "inward": "outward", "declined": "grew",
    "fell": "rose", "improve": "worsen", "improved": "worsened", "dropped": "rose", "surged": "plunged", "exports": "imports",
    "증가": "감소", "감소": "증가", "확대": "축소", "상승": "하락", "흑자": "적자", "적자": "흑자", "강화": "약화", "급증": "급감", "수출": "수입",
}  # fmt: skip


def _directed(text: str, around: str) -> Iterator[tuple[str, str]]:
    for word, opposite in _OPPOSITES.items():
        pattern = word if re.match("[가-힣]", word) else rf"\b{word}\b"
        if len(re.findall(pattern, text)) == 1 and opposite not in around.lower():
            yield "direction", re.sub(pattern, opposite, text)


# pieces

_JOINT = re.compile(
    r"(?:and|but|while|whereas|although|because|so|or|as|with|that|which|who|where|when|since|after|before|whose|than)$",
    re.IGNORECASE,
)


def _bare(word: str) -> str:
    """A word without its ending: `networks` is `network`."""
    return re.sub(r"\W", "", word).lower().rstrip("s")


def _spliced(claim: Claim, own: Sequence[Citation], documents: Sequence[Document]) -> Iterator[Wrong]:
    """The first half of the claim with the last half of another sentence, cited with both."""
    first = claim.text.split()
    if len(first) < 12 or claim.computed or any(c.cell or c.headers for c in own):
        return
    for document in documents:
        if document.id != own[0].document:
            continue
        for other, (second,) in copies(document, 60):
            words = other.text.split()
            if (
                len(words) < 12
                or second.span.overlaps(own[0].span)
                or language_of(other.text) != language_of(claim.text)
            ):
                continue
            left, right = first[: len(first) // 2], words[len(words) // 2 :]
            if (
                left[-1][-1:] in ",;:"
                or _JOINT.match(left[-1].lower())
                or _JOINT.match(right[0].lower())
                or re.search(r"(?:고|며|지만|면서)$", left[-1])
            ):
                continue
            if _bare(left[-1]) in map(_bare, words) or _bare(right[0]) in map(_bare, first):
                continue
            marker = max(c.marker for c in own) + 1
            made = replace(claim, text=" ".join([*left, *right]), citations=(*claim.citations, marker))
            yield Wrong("splice", made, (*own, replace(second, marker=marker)))
            quoted = f"“{' '.join(left)} … {' '.join(right)}”"
            yield Wrong("spliced quotation", replace(made, text=quoted), (*own, replace(second, marker=marker)))
            return


def _cut(claim: Claim, own: Sequence[Citation]) -> Iterator[Wrong]:
    """The words before a `not` without it."""
    for m in re.finditer(r"\s(?:not|never|no longer)\s(?!only|just|merely|least)|(?<=[가-힣])지 (?:않|못)", claim.text):
        words = claim.text[: m.start()]
        clause = re.split(r"[,;:]\s", words)[-1]
        if len(clause.split()) >= 2 and not denials(words):
            yield Wrong("cut before not", replace(claim, text=words), tuple(own))
            return


# places and marks


def _placed(claim: Claim, citations: tuple[Citation, ...], documents: Sequence[Document]) -> Iterator[Wrong]:
    own = next(c for c in citations if c.marker in claim.citations)

    def instead(kind: str, changed: Citation) -> Wrong:
        return Wrong(kind, claim, tuple(changed if c is own else c for c in citations))

    if own.page_index is not None:
        yield instead("page", replace(own, page_index=own.page_index + 1, pages=tuple(p + 1 for p in own.pages)))
        yield instead("page", replace(own, page_label=f"{own.page_label}1"))
    yield instead("offsets", replace(own, span=own.span.shift(1)))
    yield instead("quote", replace(own, quote=own.quote[:-1] + "!"))
    yield instead("title", replace(own, title=f"{own.title}, second edition"))
    yield Wrong("mark", replace(claim, citations=(*claim.citations, max(c.marker for c in citations) + 7)), citations)
    yield Wrong("no mark", replace(claim, citations=()), citations)
    other = next((d for d in documents if d.id != own.document), None)
    if other is not None:
        yield instead("document", replace(own, document=other.id, title=other.work.title))
    if own.cell is not None:
        yield instead("cell", replace(own, cell=replace(own.cell, column=f"{own.cell.column}x")))


def _calculated(claim: Claim, citations: tuple[Citation, ...]) -> Iterator[Wrong]:
    computed = claim.computed
    if computed is None:
        return
    digits = re.search(r"\d", computed.result)
    if digits:
        wrong = (
            computed.result[: digits.start()] + str((int(digits.group()) + 3) % 9 + 1) + computed.result[digits.end() :]
        )
        yield Wrong("result", replace(claim, computed=replace(computed, result=wrong)), citations)
    if m := re.search(r"\d+(?:\.\d+)?", computed.expression):
        other = computed.expression[: m.start()] + f"{m.group()}7" + computed.expression[m.end() :]
        yield Wrong("operand", replace(claim, computed=replace(computed, expression=other)), citations)
