"""A topic that somebody names: one of those that were found, or its own words with their synonyms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.lexicon import lexicon
from assistant.lexicon.korean import bare, is_frame
from assistant.policy.positions.reading import COMPOUND
from assistant.policy.positions.vocabulary import Finder, Topic, korean_of, phrase, root, synonyms, words_of
from assistant.text import STOPWORDS, language_of


def given(text: str, topics: dict[str, Topic], held: Mapping[str, int]) -> tuple[Topic, tuple[str, ...]]:
    """The topic with its own name as given, and the topics (by name) that a sentence must all speak of: one, where
    the whole is a known topic; several, where it speaks of several. What no topic covers is looked for by its words; these
    new topics are added to `topics`. `held`: in how many sentences the documents speak of each topic.
    """
    named = list(Finder(tuple(topics.values())).find(text))
    short = {a: b for a, b in COMPOUND.items() if held.get(b, 0) > held.get(a, 0)}
    parts = list(dict.fromkeys(short.get(m.topic, m.topic) for m in named))
    rest = _rest(text, [(m.span.start, m.span.end) for m in named])
    if not parts:  # one name, looked for as it stands
        parts = [_added(text, topics)]
    else:
        parts += [_added(word, topics) for word in rest]
    for part in parts:
        own = topics[part]
        topics[part] = replace(own, wanted=True, apart=own.apart or (_words(text) if len(parts) == 1 else ()))
    forms = topics[parts[0]]
    made = replace(forms, name=text, kind="given", all_of=tuple(parts))
    return made, tuple(parts)


def _rest(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """The words that no topic covers and that name something."""
    found = []
    for word, span in words_of(text):
        covered = any(a <= span.start < b for a, b in spans)
        framing = word in STOPWORDS or word in _FRAMING or is_frame(word)
        if not covered and not framing and len(word) > 1:
            found.append(bare(word) if language_of(word) == "ko" else word)
    return found


_FRAMING = frozenset(
    """easier easing policy policies issue question topic position view relation matter approach proposal measure sector standing
    firm government support effort role 정책 방안 문제 입장 관련 부문""".split()
)


def _added(text: str, topics: dict[str, Topic]) -> str:
    name = f"“{text}”"
    if name in topics:
        return name
    if language_of(text) == "ko":
        key = "".join(bare(w) for w in text.split())
        forms = lexicon().korean.get(key, ())
        english = {phrase(f) for f in forms[:2]} - {()}
        topics[name] = Topic(
            name, "given", frozenset(english), frozenset((key,)), coined=True, wanted=True, apart=_words(text)
        )
    else:
        own = phrase(text)
        english = {own, *synonyms().get(own, ())}
        korean = {k for f in english for k in korean_of(f)}
        topics[name] = Topic(
            name, "given", frozenset(english), frozenset(korean), coined=True, wanted=True, apart=_words(text)
        )
    return name


def _words(text: str) -> tuple[str, ...]:
    """The words of a name by themselves, as `vocabulary.apart` compares them."""
    found = [bare(w) if language_of(w) == "ko" else root(w) for w, _ in words_of(text) if w not in STOPWORDS]
    return tuple(dict.fromkeys(found))
