"""Korean particles that change with the sound before them."""

from __future__ import annotations

import re

_PAIRS = {"은": "는", "이": "가", "을": "를", "과": "와", "으로": "로", "이라": "라", "이나": "나"}
"""Behind a closed syllable and behind an open one."""
_CLOSED_DIGITS = frozenset("013678")
_PARTICLE = re.compile(r"^(은|는|이|가|을|를|과|와|으로|로)(?=\s|$|[,?.])")


def closed(word: str) -> bool:
    """Whether a word ends in a consonant; Latin letters by their last letter's usual sound."""
    last = word[-1:]
    code = ord(last) - 0xAC00 if last else -1
    if 0 <= code < 11172:
        return code % 28 != 0
    if last.isdigit():
        return last in _CLOSED_DIGITS
    return last.casefold() in "lmnbpkt"


def agreeing(head: str, value: str, tail: str) -> str:
    """`value` between two pieces of a sentence, the particle behind it in the form that it needs."""
    if m := _PARTICLE.match(tail):
        shut = next((pair for pair in _PAIRS.items() if m[1] in pair), None)
        if shut:
            rieul = shut[0] == "으로" and value and (ord(value[-1]) - 0xAC00) % 28 == 8
            tail = (shut[0] if closed(value) and not rieul else shut[1]) + tail[m.end() :]
    return head + value + tail
