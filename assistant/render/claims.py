"""What the claims of a document rest on, as a table and as JSON; what a citation rests on, in a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from assistant.labels import BASES, CAUSALITIES, STAGES
from assistant.render import citation_json, part_json, plain
from assistant.render.grid import Grid, GridCell
from assistant.types import Basis, Citation, Language
from assistant.types.policy import Part, Rested

_COLUMNS: dict[Language, tuple[str, ...]] = {
    "en": ("Claim", "Rests on", "Named", "Cause or correlation", "How far it had come"),
    "ko": ("주장", "근거", "밝힌 출처", "인과·상관", "진행 단계"),
}
_TITLES: dict[Language, str] = {"en": "What the claims of “{}” rest on", "ko": "“{}”의 주장과 그 근거"}
_COUNTED: dict[Language, str] = {"en": "{} of {} claims: {}.", "ko": "주장 {}건(전체 {}건): {}."}
_NOTICE: dict[Language, str] = {
    "en": "What is named is what the document names: whether it says so there is for `assistant audit` to check.",
    "ko": "문서가 밝힌 출처를 그대로 보인 것이며, 그 출처의 내용은 `assistant audit`로 대조하십시오.",
}
_RESTS: dict[Language, str] = {"en": "rests on: {}", "ko": "근거: {}"}
_NOTES: dict[Language, tuple[str, str]] = {"en": ("note {}", "notes {}"), "ko": ("각주 {}", "각주 {}")}
_BETWEEN: dict[Language, str] = {"en": "; ", "ko": "; "}


def bases_said(bases: Sequence[Basis], language: Language) -> str:
    """`own data or calculation; official statistics`."""
    return _BETWEEN[language].join(BASES[b][language] for b in bases)


def part_said(part: Part, language: Language = "en") -> str:
    """What is named, behind what leads to it: `note 27: Foreign Investment Statistics`."""
    said = plain(part.text)
    if part.why.startswith("note "):
        number = plain(part.why.removeprefix("note "))
        led = _NOTES[language][0].format(number)
        return f"{led}: {said}" if said != part.why else led
    return said


def rests_on(c: Citation, language: Language) -> str:
    """`rests on: official statistics (note 27)`: of a citation; '' where nobody looked."""
    if not c.basis:
        return ""
    said = _RESTS[language].format(bases_said(c.basis, language))
    numbers = [plain(n.number) for n in c.notes]
    if numbers and c.basis != ("none",):
        said += f" ({_NOTES[language][len(numbers) > 1].format(', '.join(numbers))})"
    return said


def goes_together(c: Citation, language: Language) -> str:
    """That a citation reports what goes together, and no cause; '' where it does not."""
    return CAUSALITIES["correlation"][language] if c.causality == "correlation" else ""


def claims_grid(title: str, claims: Sequence[Rested], every: int, language: Language) -> Grid:
    """A row a claim; `every`: how many the document makes, shown or not."""
    counted = Counter(b for r in claims for b in r.basis)
    sums = ", ".join(f"{BASES[b][language]} {counted[b]}" for b in BASES if counted[b])
    rows = tuple(_row(r, language) for r in claims)
    notices = (_COUNTED[language].format(len(claims), every, sums), _NOTICE[language]) if claims else ()
    return Grid(_TITLES[language].format(plain(title)), _COLUMNS[language], rows, notices, language)


def _row(r: Rested, language: Language) -> tuple[GridCell, ...]:
    named = "; ".join(dict.fromkeys(part_said(p, language) for p in r.named))
    return (
        GridCell(r.citation.quote, (r.citation,), quoted=True),
        GridCell(bases_said(r.basis, language)),
        GridCell(named),
        GridCell(CAUSALITIES[r.causality][language] if r.causality else ""),
        GridCell(STAGES[r.staged.stage][language] if r.staged else ""),
    )


def claims_json(document: str, title: str, claims: Sequence[Rested]) -> dict[str, Any]:
    """The claims as the contract gives items of a view."""
    return {"document": document, "title": title, "claims": [rested_json(r) for r in claims]}


def rested_json(r: Rested) -> dict[str, Any]:
    """One claim: the fields of its citation, what it rests on and what is named."""
    staged = r.staged
    return {
        **{k: v for k, v in citation_json(r.citation).items() if k not in ("hop", "hops", "score", "passage")},
        "basis": list(r.basis),
        "named": [part_json(p) for p in r.named],
        "causality": r.causality,
        "stage": staged.stage if staged else None,
        "staged": {
            "stage": staged.stage,
            "sign": part_json(staged.sign),
            "what": part_json(staged.what) if staged.what else None,
            "when": part_json(staged.when) if staged.when else None,
        }
        if staged
        else None,
    }
