"""What a document says of its publisher, at its end: `The Institute is a nonprofit organization that …`. It is no claim of
the document.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.types import Block, Document, Span

_FROM = 0.75
"""Share of the text behind which words on the publisher are looked for."""
_HEADED = re.compile(
    r"(?:About (?:the |this )?(?:[A-Z][\w’'&.-]*(?: (?:of|and|for|the) )?\s?){1,8}|About (?:us|the (?:authors?|publisher|institute|series))|Disclaimers?|Author (?:Information|Contact Information)|Imprint|발행처|기관 ?소개|저자 ?소개|면책 ?(?:조항|고지))\s*",
    re.IGNORECASE,
)
_IS = re.compile(
    r"^(?:The |An? )?(?:[A-Z][\w’'&.-]*(?:,? (?:of|and|for|the|on|in) | |\b)){1,9}(?:\([A-Z][\w&-]{1,9}\),? )?(?:is|serves as|operates as|was (?:founded|established)(?: in \d{4})? as) (?:an? |the )?"
    r"(?:[\w’'-]+,? (?:and )?){0,5}?(?:non-?partisan|non-?profit|not-for-profit|independent|non-?governmental|public policy|research|tax-exempt)\b[^.]{0,80}?"
    r"\b(?:staff|organi[sz]ation|institut(?:e|ion)|think[- ]tank|body|cent(?:er|re)|foundation|agency|association|service)\b"
    r"|^[가-힣A-Za-z()· ]{2,30}(?:은|는) [^.]{0,60}(?:비영리|독립|초당적|국책|정책)[^.]{0,30}(?:기관|연구소|연구원|재단|단체)(?:이다|입니다|으로)"
)
_SAYS_OF = re.compile(r"\b(?:is|serves as|operates as|was (?:founded|established)(?: in \d{4})? as)\b|(?:은|는) ")


@lru_cache(maxsize=64)
def _about(text: str, blocks: tuple[Block, ...]) -> tuple[Span, ...]:
    body = [b for b in blocks if b.kind != "note"]
    if not body:
        return ()
    from_ = body[-1].span.end * _FROM
    found: list[Span] = []
    headed = False
    for block in body:
        if block.span.start < from_:
            continue
        words = " ".join(block.span.slice(text).split())
        if block.kind in ("heading", "title"):
            headed = _HEADED.fullmatch(words) is not None
            continue
        if headed or _says_what_it_is(words, text[: block.span.start]):
            found.append(block.span)
    return tuple(found)


def _says_what_it_is(words: str, before: str) -> bool:
    """Whether a block begins by saying what an organisation is of which the text before it hardly speaks."""
    m = _IS.match(words)
    if m is None:
        return False
    said = _SAYS_OF.search(words)
    name = re.sub(r"^(?:The|An?) | \([A-Z][\w&-]*\),?$", "", words[: said.start()].strip()) if said else ""
    return bool(name) and before.count(name) <= _SPOKEN_OF


_SPOKEN_OF = 3
"""Times that a text may name an organisation (on its title page, in a source line) of which it does not speak."""


def about(document: Document) -> tuple[Span, ...]:
    """The blocks in which a document speaks of its publisher."""
    return _about(document.text, tuple(document.blocks))
