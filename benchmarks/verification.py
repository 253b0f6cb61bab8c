"""What the verification of claims lets through, and what it holds back: paraphrases, and right claims made wrong.

    python benchmarks/verification.py INDEX [--part paraphrases|mutations] [--every N] [--entailment NAME] [--why]

INDEX is an index that holds the two papers (`assistant ingest FOLDER --index INDEX`).

paraphrases: eval/paraphrases.jsonl, sentences of our own about the papers, true and false, each held against the sentence
that its pointer leads to. Printed: how many true ones are withheld, unchecked or supported, and how many false ones are
caught, unchecked or pass as supported; by the rules alone, and with an entailment model where one is given. Half 1 was
written before the rules and looked at while they were made, half 2 after them.

mutations: right claims (every sentence of every document, as a claim that cites itself; what the assistant answers to the
cases of eval/, from the same index), and each of them made wrong in every way of benchmarks/mutations.py. --every N takes
each Nth sentence and case.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mutations import copies, mutations, reworded

from assistant import config, wiring
from assistant.citations import cite, locate
from assistant.evaluation.cases import read_cases
from assistant.evaluation.measures import mean
from assistant.pipeline import Assistant
from assistant.text import language_of
from assistant.types import Answer, Citation, Claim, Span, Support, Verdict
from assistant.verification import RULES, Entailed, Verifier, checked

ROOT = Path(__file__).resolve().parents[1]
Right = tuple[Claim, tuple[Citation, ...]]
"""A right claim with its citations."""
WITHHELD: frozenset[Support] = frozenset(("unsupported", "contradicted"))


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A sentence of our own about a place in a paper."""

    claim: Claim
    citation: Citation
    true: bool
    how: str
    half: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--part", choices=("paraphrases", "mutations"), action="append")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--entailment", help="a cross-encoder, by name or path, on top of the rules")
    parser.add_argument("--half", type=int, choices=(1, 2), action="append")
    parser.add_argument("--why", action="store_true", help="each one that is not as it should be")
    options = parser.parse_args()
    assistant = wiring.open_assistant(config.load(index=options.index), warm=True)
    parts = options.part or ["paraphrases", "mutations"]
    if "paraphrases" in parts:
        held = list(paraphrases(assistant))
        if not held:
            print("paraphrases: the index does not hold the papers, nothing measured", file=sys.stderr)
        else:
            for half in options.half or (1, 2):
                some = [p for p in held if p.half == half]
                told(f"half {half}, rules alone", some, assistant, RULES, options.why)
                if options.entailment:
                    from assistant.backends.entailment import open_entailer

                    judge = Entailed(open_entailer(options.entailment))
                    told(f"half {half}, with {options.entailment}", some, assistant, judge, options.why)
                else:
                    print(f"half {half}, with an entailment model: not measured (give one with --entailment)\n")
    if "mutations" in parts:
        mutated("sentences", sentences_of(assistant, options.every), assistant, options.why)
        mutated("answers", answers_of(assistant, options.every), assistant, options.why)
    return 0


# paraphrases


def paraphrases(assistant: Assistant) -> Iterator[Paraphrase]:
    """Those whose paper the index holds, with the sentence that they speak of."""
    for line in (ROOT / "eval" / "paraphrases.jsonl").read_text("utf-8").splitlines():
        said = json.loads(line)
        if said["document"] not in assistant.library.document_ids():
            continue
        document = assistant.library.document(said["document"])
        at = locate(document, said["evidence"])[0]
        span = sentence_at(assistant, document.id, at)
        claim = Claim(said["claim"], (1,), Verdict("unchecked"))
        yield Paraphrase(claim, cite(document, span, 1), said["true"], said["how"], said["half"])


def sentence_at(assistant: Assistant, document: str, at: Span) -> Span:
    """The longest sentence of the index that touches a place."""
    spans = [s for p in assistant.library.passages() if p.document == document for s in p.sentences if s.overlaps(at)]
    return max(spans, key=len)


def told(title: str, held: Sequence[Paraphrase], assistant: Assistant, verifier: Verifier, why: bool) -> None:
    """The table of a half: how many of the true and of the false ones got which verdict."""
    verdicts = [checked(p.claim, [p.citation], assistant.library, verifier).verdict for p in held]
    print(f"paraphrases, {title}")
    print(f"{'':28}{'n':>5}  {'withheld':>14}  {'unchecked':>14}  {'shown as said':>14}")
    for name, wanted in (("true, English", (True, "en")), ("true, Korean", (True, "ko")), ("false, English", (False, "en")), ("false, Korean", (False, "ko"))):  # fmt: skip
        some = [v for p, v in zip(held, verdicts, strict=True) if (p.true, language_of(p.claim.text)) == wanted]
        row(name, some)
    for name, true in (("true", True), ("false", False)):
        row(f"{name}, all", [v for p, v in zip(held, verdicts, strict=True) if p.true == true])
    print()
    if why:
        for p, v in zip(held, verdicts, strict=True):
            if (v.support in WITHHELD) == p.true:
                print(f"  {'true' if p.true else 'false'} ({p.how}) {v.support}: {v.why}\n      {p.claim.text}")


def row(name: str, verdicts: Sequence[Verdict]) -> None:
    def share(*kinds: Support) -> str:
        m = mean([float(v.support in kinds) for v in verdicts])
        return "-" if m.value is None else f"{m.value:.3f} ± {m.error or 0:.3f}"

    print(
        f"{name:28}{len(verdicts):>5}  {share('unsupported', 'contradicted'):>14}  {share('unchecked'):>14}  {share('supported', 'partial'):>14}"
    )


# mutations


def sentences_of(assistant: Assistant, every: int) -> Iterator[Right]:
    """Sentences as claims that cite themselves."""
    for id in assistant.library.document_ids():
        yield from list(copies(assistant.library.document(id)))[::every]


def answers_of(assistant: Assistant, every: int) -> Iterator[Right]:
    """What the assistant answers to the cases of eval/."""
    for case in read_cases(ROOT / "eval" / "cases.jsonl")[::every]:
        reply = assistant.ask(case.question)
        if isinstance(reply, Answer):
            yield from ((claim, reply.citations) for claim in reply.claims)


def mutated(title: str, claims: Iterable[Right], assistant: Assistant, why: bool) -> None:
    """How many right claims are rejected, and how many wrong ones of each kind pass."""
    started = time.perf_counter()
    documents = [assistant.library.document(id) for id in assistant.library.document_ids()]
    counted: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    rights = rejected = others = withheld = 0
    for claim, citations in claims:
        rights += 1
        verdict = checked(claim, citations, assistant).verdict
        if verdict.support not in ("supported", "partial"):
            rejected += 1
            told_of(why, "rejected", verdict, claim)
            continue
        for text in reworded(claim) if claim.computed is None and citations[0].cell is None else ():
            others += 1
            verdict = checked(replace(claim, text=text), citations, assistant).verdict
            if verdict.support in WITHHELD:
                withheld += 1
                told_of(why, "another form withheld", verdict, replace(claim, text=text))
        for wrong in mutations(claim, citations, documents):
            counted[wrong.kind] += 1
            verdict = checked(wrong.claim, wrong.citations, assistant).verdict
            if verdict.support not in WITHHELD:
                missed[wrong.kind] += 1
                told_of(why, f"missed ({wrong.kind})", verdict, wrong.claim)
    print(f"mutations of {title}: {rights} right claims, rejected {rejected} ({rejected / max(1, rights):.4f});")
    print(f"the same in another form: {others}, withheld {withheld} ({withheld / max(1, others):.4f})")
    print(f"{'made wrong':22}{'n':>7}{'caught':>8}")
    for kind, n in sorted(counted.items()):
        print(f"{kind:22}{n:>7}{n - missed[kind]:>8}")
    print(f"{'all':22}{sum(counted.values()):>7}{sum(counted.values()) - sum(missed.values()):>8}")
    print(f"{time.perf_counter() - started:.0f} s")


def told_of(why: bool, what: str, verdict: Verdict, claim: Claim) -> None:
    if why:
        print(f"  {what}: {verdict.support}, {verdict.why}\n      {claim.text[:300]}")


if __name__ == "__main__":
    raise SystemExit(main())
