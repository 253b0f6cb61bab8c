"""Negation, direction, deeds, roles and clauses: on pairs written for it, and on real sentences changed by program."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from assistant.answering.late import TokenEmbedder
from assistant.protocols import Embedder
from assistant.stance import Near, Tokens, judge, judged
from assistant.stance.clauses import frames
from assistant.stance.clauses_ko import frames_ko
from assistant.stance.deeds import same_deed
from assistant.stance.words import places_named
from assistant.text import language_of, sentences
from assistant.types import Span, Verdict

pytest_plugins = ["tests.sample"]

PAIRS = [json.loads(line) for line in Path(__file__).with_name("pairs_wording.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def embedder(models: Path) -> Embedder:
    """The default model."""
    from assistant import wiring
    from assistant.config import Settings

    return wiring.open_embedder(Settings(index=models.parent))


def verdict(embedder: Embedder, statement: str, source: str) -> Verdict:
    near = Near()
    if isinstance(embedder, TokenEmbedder) and "ko" not in map(language_of, (statement, source)):
        said, read = embedder.embed_tokens_of([statement, source])
        near = Near(Tokens(*said), Tokens(*read))
    return judge(statement, source, near)


def test_no_false_statement_is_supported_and_no_true_one_contradicted(embedder: Embedder) -> None:
    """Of the pairs on wording no misstatement is supported, nothing true or merely near is contradicted, and at least
    four in five true ones are supported.
    """
    found = [(p, verdict(embedder, p["statement"], p["source"])) for p in PAIRS]
    assert not [p["statement"] for p, v in found if p["verdict"] != "supported" and v.support == "supported"]
    assert not [
        p["statement"] for p, v in found if p["verdict"] in ("supported", "neither") and v.support == "contradicted"
    ]
    true = [v.support == "supported" for p, v in found if p["verdict"] == "supported"]
    assert sum(true) >= 0.8 * len(true)
    against = [v.support == "contradicted" for p, v in found if p["verdict"] == "contradicted"]
    assert sum(against) >= 0.8 * len(against)


def real_sentences(papers: Path, n: int) -> list[str]:
    real = []
    for path in sorted(papers.glob("*.txt")):
        for paragraph in path.read_text("utf-8").split("\n\n"):
            texts = [" ".join(s.slice(paragraph).split()) for s in sentences(paragraph)]
            real += [t for t in texts if 9 <= len(t.split()) <= 40 and t[0].isupper() and t.endswith(".")]
    random.Random(17).shuffle(real)
    return real[:n]


def test_a_negation_put_in_or_taken_out_is_found(papers: Path, embedder: Embedder) -> None:
    """Real sentences with `not` put behind their first auxiliary, and the other way round, are next to never
    supported and nearly always contradicted.
    """
    counts: Counter[str] = Counter()
    for sentence in real_sentences(papers, 60):
        m = re.search(r"\b(?:is|are|was|were|has|have|will|can|should|must)\b(?! not)", sentence)
        if m is None or re.search(r"\b(?:not|no|never|neither)\b", sentence):
            continue
        denied = f"{sentence[: m.end()]} not{sentence[m.end() :]}"
        counts[verdict(embedder, denied, sentence).support] += 1
        counts[verdict(embedder, sentence, denied).support] += 1
    assert sum(counts.values()) > 40
    assert counts["supported"] <= 0.02 * sum(counts.values())
    assert counts["contradicted"] >= 0.9 * sum(counts.values())


def test_another_deed_in_the_place_of_the_true_one_is_not_supported(papers: Path, embedder: Embedder) -> None:
    """Real sentences whose verb is replaced by one that says another thing are not supported, while they are as they
    stand.
    """
    others = ("suspended", "abolished", "inspected", "drafted", "rejected")
    counts: Counter[tuple[str, str]] = Counter()
    for n, sentence in enumerate(real_sentences(papers, 60)):
        counts["same", verdict(embedder, sentence + " ", sentence[:-1]).support] += 1
        for frame in frames(sentence):
            verb = frame.verb.slice(sentence)
            if verb.endswith("ed") and " " not in verb and verb not in others and not frame.empty:
                changed = sentence[: frame.verb.start] + others[n % 5] + sentence[frame.verb.end :]
                counts["changed", verdict(embedder, changed, sentence).support] += 1
                break
    changed_ones = sum(n for (kind, _), n in counts.items() if kind == "changed")
    assert changed_ones >= 20
    assert counts["changed", "supported"] <= 0.03 * changed_ones
    assert counts["same", "supported"] >= 58


def test_a_clause_is_read_with_its_places() -> None:
    """Doer, deed and done-to are told in the active, the passive, a relative clause and with a shared subject."""

    def places(text: str) -> list[tuple[str | None, str, str | None]]:
        def at(span: Span | None) -> str | None:
            return None if span is None else span.slice(text)

        return [(at(f.agent), f.verb.slice(text), at(f.patient)) for f in frames(text)]

    assert places("The levy was raised by the council.") == [("the council", "raised", "The levy")]
    assert places("In 2021 the bank cut fees and closed branches.") == [
        ("the bank", "cut", "fees"),
        ("the bank", "closed", "branches"),
    ]
    assert ("The pact", "lowered", "duties") in places("The pact, which was signed in May, lowered duties.")
    assert [f.denied for f in frames("The fund no longer lends to firms, and it never paid fees.")] == [True, True]
    assert frames("The army plans to repair the bridge.")[-1].hedge == "plans to"


def test_korean_particles_give_the_places() -> None:
    """은/는/이/가 mark the doer, 을/를 the done-to; a topic holds on for the next clause; 않다 denies."""
    text = "위원회는 허가를 취소하지 않았고 벌금을 부과했다."
    first, second = frames_ko(text)
    assert first.denied
    assert not second.denied
    assert first.agent is not None
    assert first.agent.slice(text) == "위원회는"
    assert second.agent == first.agent
    assert second.patient is not None
    assert second.patient.slice(text) == "벌금을"


def test_verbs_of_one_set_tell_one_deed_and_others_do_not() -> None:
    """`bought` is `purchased` in every tense; `suspended` is not `abolished`, though both end a thing."""

    def same(one: str, other: str) -> bool:
        return same_deed(one, Span(0, len(one)), other, Span(0, len(other)))

    assert same("bought", "purchased")
    assert same("overtaken", "exceeds")
    assert not same("suspended", "abolished")
    assert not same("supported", "ratified")


def test_korean_short_forms_of_trade_partners_are_places() -> None:
    """대미 수출 names the United States, 한중 양국 Korea and China; 대중교통 is no trade with China."""
    assert set(places_named("대미 수출은 줄었다.")) == {"united states"}
    assert set(places_named("한중 양국은 협정에 서명했다.")) >= {"korea", "china"}
    assert "china" not in places_named("대중교통 요금이 올랐다.")


def test_a_trend_of_another_country_is_silence_unless_it_is_relayed(embedder: Embedder) -> None:
    """That investment in one country fell says nothing on another, in either language; a sentence that relays that very
    source differs from it, and an event that can be of one country or year only is contradicted in any case.
    """
    trends = (
        ("Investment in Vietnam fell in 2022.", "Investment in China fell in 2022."),
        ("Exports to Japan rose in 2019.", "Exports to Japan rose in 2021."),
        ("베트남에 대한 투자는 2022년에 줄었다.", "2022년 중국에 대한 투자는 줄었다."),
    )
    for statement, source in trends:
        assert judged(statement, source, Near(), relayed=False).verdict.support == "unsupported", statement
        assert judged(statement, source, Near(), relayed=True).verdict.support == "contradicted", statement
    once = judged(
        "The harbour board was founded in 2018.", "The harbour board was founded in 2016.", Near(), relayed=False
    )
    assert once.verdict.support == "contradicted"


def test_what_is_to_come_is_not_what_was_done() -> None:
    """`will open` and `opened` bear one another in part only, and the reason says why."""
    statement, source = "The station will open in 2027.", "The station opened in 2027."
    there, back = judge(statement, source, Near()), judge(source, statement, Near())
    assert (there.support, back.support) == ("partial", "partial")
    assert "done" in (there.why or "")
    assert "to come" in (back.why or "")
