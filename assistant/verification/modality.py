"""A mode that the quotes do not have: what a claim makes a duty, a possibility or a thing to come, and its quotes tell as it
is. Where both have a mode and another one, `edits` tells it; where only the quotes have one, `denying.firmness`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.text import sentences, stem, tokens
from assistant.verification.denying import tells_no_fact
from assistant.verification.ground import Fault, Ground

_MODAL = re.compile(
    r"\b(?P<modal>should|must|may(?!\s+\d)|might|could|would|will|shall|ought to)\s+"
    r"(?:(?:also|not|be|have|been|only|still|now|then|thus|therefore|soon|even|\w+ly)\s+){0,3}(?P<verb>[a-z]+)",
    re.IGNORECASE,
)
_KOREAN = re.compile(
    r"[가-힣]야\s?(?:만\s?)?(?:한|할|하|함|합|됩|된)[가-힣]*|[가-힣]\s?수\s?(?:있|도)[가-힣]*|[가-힣]+\s것(?:이다|입니다|으로\s?보인|으로\s?예상|으로\s?전망)[가-힣]*"
)
"""해야 한다, 할 수 있다, 할 것이다."""
_PARTS = re.compile(r"[,;:]\s|\s(?:and|but|while|whereas|which|who|although|because)\s", re.IGNORECASE)


def faults(claim: str, ground: Ground) -> Iterator[Fault]:
    """A modal of the claim whose verb no quote sets under one, nor under a wish, a plan or a condition."""
    said = [s.slice(q) for q in ground.quotes for s in sentences(q)] or list(ground.quotes)
    for m in _MODAL.finditer(claim):
        if not _warranted(stem(m["verb"].lower()), said):
            yield Fault("modality", f"the quotes do not say “{m['modal'].lower()}”", open=True)
            return
    if (k := _KOREAN.search(claim)) and not _imposing(k[0]) and not any(map(_moded, said)):
        yield Fault("modality", f"the quotes do not say “{k[0]}”", open=True)


def _imposing(found: str) -> bool:
    """Whether `것이다` only explains (`한 것이다`): what is to come ends in ㄹ before it."""
    before = re.match(r"[가-힣]*([가-힣])\s것", found)
    return before is not None and (ord(before[1]) - ord("가")) % 28 != 8


def _warranted(verb: str, said: list[str]) -> bool:
    """Whether a sentence that has the verb sets it under a mode, in its clause or before it; of a verb that no sentence has,
    whether any sentence has a mode at all.
    """
    there = False
    for sentence in said:
        for t in tokens(sentence):
            if t.kind == "word" and stem(t.text) == verb:
                there = True
                before, behind = sentence[: t.span.start], _PARTS.split(sentence[t.span.start :])[0]
                if _moded(before) or _moded(behind):
                    return True
    return not there and any(map(_moded, said))


def _moded(text: str) -> bool:
    return tells_no_fact(text) or _KOREAN.search(text) is not None
