"""Reasons in Korean: every phrase that the code can make has a Korean form."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.stance import Near, judge
from assistant.stance.reasons import in_language, particles, unknown
from tests.audited import PLANTED
from tests.sample import Sample

pytest_plugins = ["tests.audited", "tests.sample"]
ROOT = Path(__file__).resolve().parents[2] / "assistant"
MAKERS = sorted(
    [*(ROOT / "stance").glob("*.py"), *(ROOT / "sources" / n for n in ("fidelity.py", "cells.py", "parts.py"))]
    + [ROOT / n for n in ("beside.py", "bearing.py", "auditing.py", "hops.py", "weighing.py")]
    + sorted((ROOT / "verification").glob("*.py"))
)
"""The modules that make reasons."""
HANGUL = re.compile("[가-힣]")


def phrases(tree: ast.AST) -> Iterator[str]:
    """What a module gives as the reason of a verdict or a difference, with 7 where a value stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Verdict", "Difference", "Fault"):
            yield from (said for a in node.args for said in texts(a) if " " in said)
        elif isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "why" for t in node.targets):
            yield from texts(node.value)


def texts(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else "7" for v in values)
        case ast.IfExp(body=body, orelse=other):
            yield from texts(body)
            yield from texts(other)
        case ast.BoolOp(values=some):
            for each in some:
                yield from texts(each)


def test_every_phrase_that_a_module_makes_has_a_korean_form() -> None:
    """What stands as a reason in the code is a phrase of data/reasons.tsv."""
    made = {said: path.name for path in MAKERS for said in phrases(ast.parse(path.read_text("utf-8"))) if said}
    assert len(made) > 30
    lacking = [f"{file}: {part}" for said, file in made.items() for part in unknown(said)]
    assert not lacking, "\n".join(["add to assistant/data/reasons.tsv:", *lacking])


def test_every_reason_of_the_pairs_has_a_korean_form() -> None:
    """The verdicts on all written pairs give their reasons in Korean."""
    pairs = [
        json.loads(line)
        for file in sorted(Path(__file__).parent.glob("pairs*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    whys = {judge(p["statement"], p["source"], Near(), p.get("context", "")).why for p in pairs} - {None}
    assert len(whys) > 50
    lacking = sorted({part for why in whys if why for part in unknown(why)})
    assert not lacking, "\n".join(["add to assistant/data/reasons.tsv:", *lacking])
    assert all(HANGUL.search(in_language(why, "ko")) for why in whys if why)


def test_the_list_is_whole() -> None:
    """A line has English and Korean with the same places, and no phrase stands twice."""
    rows = [line.split("\t") for line in (ROOT / "data" / "reasons.tsv").read_text("utf-8").splitlines()]
    assert len({r[0] for r in rows}) == len(rows)
    for english, korean, *kind in rows:
        assert kind in ([], ["value"])
        assert len(re.findall(r"\{\d?\}", english)) == len(re.findall(r"\{\d?\}", korean)), english
        assert HANGUL.search(korean) or "%" in korean


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("the source says 77%, not more than 85 percent", "출처에는 77%(85% 초과 아님)"),
        ("another month: November, not May", "다른 달: 11월(5월 아님)"),
        ("another year: 2020, not 2021; 40 is not named", "다른 연도: 2020(2021 아님); 40 언급 없음"),
        ("it does not speak of “salt; brine”, “tin”", "“salt; brine”, “tin”에 관한 내용이 없음"),
        (
            "2023: the source has 1,275, not 1,300; 2024: the source has 3, not 4",
            "2023: 출처의 값은 1,275(1,300 아님); 2024: 출처의 값은 3(4 아님)",
        ),
        ("it may say otherwise: another month: May, not June", "다르게 말하는 것일 수 있음: 다른 달: 5월(6월 아님)"),
        ("May is a word of no reason", "May is a word of no reason"),
    ],
)
def test_a_reason_keeps_its_values_in_korean(english: str, korean: str) -> None:
    """Phrases are put into Korean with their values, one by one; what is no known phrase stays as it is."""
    assert in_language(english, "ko") == korean
    assert in_language(english, "en") == english


def test_particles_follow_the_sound() -> None:
    """A particle is chosen by the sound before it, also behind figures; behind Latin letters both stay."""
    assert (
        particles("[2]은(는) “자료”을(를) 5(으)로, 1(으)로, 10%이(가) Ox을(를)")
        == "[2]는 “자료”를 5로, 1로, 10%가 Ox을(를)"
    )


def test_every_reason_of_an_audit_has_a_korean_form(audited: Sample) -> None:
    """All that the audits of the planted papers give as reasons stands in the list."""
    assistant = audited.open(warm=True)
    whys = {line.verdict.why for id in PLANTED for line in assistant.audit(id).lines} - {None}
    assert len(whys) > 8
    lacking = sorted({part for why in whys if why for part in unknown(why)})
    assert not lacking, "\n".join(["add to assistant/data/reasons.tsv:", *lacking])
