"""Nouns to JSON and back, exactly: `decode(type(x), encode(x)) == x`.

Driven by the type hints in `types/`, so a new field needs no code here. `FORMAT` changes with any field
of a stored noun: what another version of the program wrote is then read again from the files, not guessed at.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from assistant.types import Box, Document, Names, Passage, Span, Work

LAYOUT = 2
"""Counts changes of the tables and folders."""

T = TypeVar("T")
_COMPACT = (Span, Box)
"""Stored as lists: a long document has thousands of them."""


def encode(value: object) -> str:
    """`value` as JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def decode(kind: type[T], text: str) -> T:
    """The value of type `kind` that `encode` wrote."""
    read: Callable[[Any], T] = _reader(cast(Hashable, kind))
    return read(json.loads(text))


def _plain(value: Any) -> Any:
    if isinstance(value, _COMPACT):
        return [getattr(value, f.name) for f in fields(value)]
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """The function that makes a `kind` out of plain JSON."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in _COMPACT:
        number = _scalar(get_type_hints(kind)[fields(kind)[0].name])
        return lambda value: kind(*map(number, value))
    if isinstance(kind, type) and is_dataclass(kind):
        make: Callable[..., Any] = kind
        readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}

        def build(value: Any) -> Any:
            if not isinstance(value, dict):
                raise TypeError(f"{value!r:.40} is no {kind.__name__}")
            return make(**{name: readers[name](part) for name, part in value.items()})

        return build
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        item = _reader(arguments[0])
        return lambda value: tuple(item(v) for v in value)
    if origin is tuple:
        items = [_reader(a) for a in arguments]
        return lambda value: tuple(read(v) for read, v in zip(items, value, strict=True))
    if origin in (Union, types.UnionType):
        (some,) = (_reader(a) for a in arguments if a is not type(None))
        return lambda value: None if value is None else some(value)
    if origin is Literal:
        return _one_of(arguments)
    if kind in (str, int, float, bool):
        return _scalar(kind)
    raise TypeError(f"the store cannot keep a {kind}")


def _scalar(kind: type) -> Callable[[Any], Any]:
    kinds = (int, float) if kind is float else (kind,)

    def read(value: Any) -> Any:
        if type(value) not in kinds:
            raise TypeError(f"{value!r:.40} is no {kind.__name__}")
        return value

    return read


def _one_of(choices: tuple[Any, ...]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if value not in choices:
            raise TypeError(f"{value!r:.40} is none of {', '.join(map(str, choices))}")
        return value

    return read


def _shape(kind: Any, seen: set[Any]) -> list[str]:
    if isinstance(kind, type) and is_dataclass(kind) and kind not in seen:
        seen.add(kind)
        lines = []
        for name, hint in get_type_hints(kind).items():
            lines.append(f"{kind.__name__}.{name}:{hint}")
            lines.extend(_shape(hint, seen))
        return lines
    return [line for part in get_args(kind) for line in _shape(part, seen)]


def _format() -> str:
    seen: set[Any] = set()
    lines = [line for kind in (Document, Passage, Work, Names) for line in _shape(kind, seen)]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return f"{LAYOUT}-{digest[:8]}"


FORMAT = _format()
