"""Syllables of loan words learnt from the glossary, and how well a Latin word is found by the sound of Hangul.

    python benchmarks/loanwords.py VOCABULARY [...] [--write]

VOCABULARY are `lexical/vocab.index.json` files of indexes: the words among which one is to be found. A glossary term
counts as a loan word where its consonants are those of its own English word; all others are native. The syllables are
weighed on one half of the terms (parted by a hash) and tried on the other, both ways round. `--write` weighs them on
all terms and writes assistant/data/loan_syllables.tsv.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from assistant.lexicon import lexicon
from assistant.lexicon.loanwords import LIMIT, LOAN_LIKE, Heard, apart, hangul_sounds, latin_sounds, loan_like
from assistant.text import stem, tokens

OUT = Path(__file__).resolve().parents[1] / "assistant" / "data" / "loan_syllables.tsv"
SEED = 2026


def is_loan(korean: str, english: Iterable[str]) -> bool:
    sounds = hangul_sounds(korean)
    words = [w.lower() for w in english if re.fullmatch("[A-Za-z]+", w)]
    ways = (way for w in words for way in latin_sounds(w))
    return len(korean) > 1 and any(way[0] == sounds[0] and apart(sounds, way) <= 0.3 for way in ways)


def weighed(loans: Iterable[str], native: Iterable[str]) -> dict[str, float]:
    """The logarithm of how much more often a syllable stands in loan words."""
    a, b = (Counter(c for w in words for c in w) for words in (loans, native))
    loan_total, native_total = sum(a.values()) + 50, sum(b.values()) + 50
    return {c: math.log((a[c] + 0.5) / loan_total) - math.log((b[c] + 0.5) / native_total) for c in {*a, *b}}


def half(term: str) -> int:
    return hashlib.sha256(term.encode()).digest()[0] % 2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vocabulary", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    korean = {k: v for k, v in lexicon().korean.items() if re.fullmatch("[가-힣]+", k)}
    loans = {k: v for k, v in korean.items() if is_loan(k, v)}
    native = [k for k in korean if k not in loans]
    if options.write:
        odds = weighed(loans, native)
        lines = [f"{c}\t{odds[c]:.2f}\n" for c in sorted(odds)]
        OUT.write_text("".join(lines), encoding="utf-8")
    vocabulary = {w for path in options.vocabulary for w in json.loads(path.read_text("utf-8"))}
    vocabulary |= {stem(t.text) for forms in korean.values() for f in forms for t in tokens(f)}
    heard = Heard(lambda: vocabulary)
    tried = random.Random(SEED).sample(native, 600)
    print(f"{len(loans)} loan words, {len(native):,} others; {len(vocabulary):,} words to be found in")
    for least in (-9.0, 0.0, LOAN_LIKE, 1.0):
        right = offered = false = 0
        for part in (0, 1):
            odds = weighed([k for k in loans if half(k) != part], [k for k in native if half(k) != part])
            for k in (k for k in loans if half(k) == part and loan_like(k, odds) >= least):
                found = [w for w, _ in heard.of(k, LIMIT)]
                stems = {stem(t.text) for f in loans[k] for t in tokens(f)}
                offered += bool(found)
                right += bool(stems & set(found))
            false += sum(bool(heard.of(k, LIMIT)) for k in tried if half(k) == part and loan_like(k, odds) >= least)
        print(f"likeness >= {least:4.1f}: of loan words {offered / len(loans):.3f} given a word, "
              f"{right / len(loans):.3f} the right one; of 600 others {false / 600:.3f} given one")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
