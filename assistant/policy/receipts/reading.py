"""A receipt's file -> Receipt. It may come from anybody: everything in it has a type and a bound, and an offset, a marker
or a word that breaks one is a UsageError of one line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NoReturn, cast, get_args

from assistant.policy.receipts import form
from assistant.policy.receipts.form import no as _no
from assistant.types import Span, Support
from assistant.types.receipts import Receipt, SavedClaim, SavedDocument, SavedHop, SavedPlace, Status

VERSION = 1
MOST_BYTES = 8 * 2**20
"""The digests of `MOST_HELD` documents take 4 MiB; all else of a receipt, some 100 KiB."""
MOST_HELD = 20_000
"""Of a corpus of more documents only the cited ones are recorded with their digests."""
_MOST_KEYS = 200_000
"""So many names of fields are more than an honest receipt has: they are counted before anything is parsed."""
_MOST_ITEMS = 100
"""Sentences, quotations, hops of one quotation, documents that are cited: a reply has some ten."""
_LONGEST = 20_000
"""Characters of a quotation, of a question."""
_LONGEST_SENTENCE = 5_000
_MOST_QUOTED = 60_000
"""Characters of all quotations together, those of sources included."""
_MOST_WORK = 30_000_000
"""Characters of the sentences, each times those that it rests on: judging takes time as this does. A reply has up to two
million."""


def digest(record: Mapping[str, Any]) -> str:
    """SHA-256 of a receipt but for its own digest; equal for equal content, whatever the order and the spacing."""
    rest = {k: v for k, v in record.items() if k != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def read(data: bytes) -> Receipt:
    """Raises UsageError where this is no receipt."""
    if len(data) > MOST_BYTES:
        _no(f"it has more than {MOST_BYTES // 2**20} MiB")
    if data.count(b":") > 4 * _MOST_KEYS or data.count(b",") > 4 * _MOST_KEYS or data.count(b'":') > _MOST_KEYS:
        _no(f"it has more than {_MOST_KEYS:,} fields")
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_constant)
        json.dumps(found, ensure_ascii=False).encode("utf-8")  # halves of characters stand in no index
        own = digest(found) if isinstance(found, dict) else ""
    except (ValueError, RecursionError) as error:
        _no(f"it is not JSON ({str(error)[:120]})")
    record = _object(found, "it")
    if record.get("receipt") != VERSION or isinstance(record["receipt"], bool):
        _no(f"its 'receipt' is not {VERSION}")
    asked, reply, corpus = (_object(record.get(k), f"'{k}'") for k in ("asked", "reply", "corpus"))
    form.complete(record)
    status = reply.get("status")
    if status not in get_args(Status):
        _no("the 'status' of its reply is neither 'answered' nor 'abstained'")
    form.when(_text(record, "made", 40))
    places = tuple(map(_place, _list(reply, "citations" if status == "answered" else "nearest")))
    claims = tuple(map(_claim, _list(reply, "claims")))
    form.whole(reply, len(claims), len(places))
    if sum(len(q.quote) for p in places for q in (p, *(h.place for h in p.hops))) > _MOST_QUOTED:
        _no(f"its quotations have more than {_MOST_QUOTED:,} characters")
    quoted = {p.marker: len(p.quote) for p in places}
    if sum(len(c.text) * quoted.get(m, 0) for c in claims for m in c.citations) > _MOST_WORK:
        _no("its sentences rest on too much")
    markers = [p.marker for p in places]
    if len(set(markers)) != len(markers):
        _no("two citations have the same marker")
    origin, within = asked.get("origin", False), asked.get("within")
    if not isinstance(origin, bool):
        _no("'origin' is neither true nor false")
    held = _list(corpus, "held", MOST_HELD)
    if len({h.get("id") if isinstance(h.get("id"), str) else "" for h in held}) != len(held):
        _no("a document was held twice")
    made = _object(reply.get("provenance"), "'provenance'")
    settings = _object(record.get("settings"), "'settings'")
    return Receipt(
        made=_text(record, "made", 40),
        version=_text(_object(record.get("program"), "'program'"), "assistant", 40),
        question=_text(asked, "question"),
        after=tuple(_texts(asked, "after")),
        origin=origin,
        within=None if within is None else _object(within, "'within'"),
        status=cast(Status, status),
        claims=claims,
        places=places,
        documents=tuple(map(_document, _list(record, "documents"))),
        held={_text(h, "id", 400): _text(h, "digest", 200) for h in held},
        content=_text(corpus, "content", 200),
        model=_text(made, "model", 200) if made.get("model") is not None else "",
        reply=reply,
        corpus=corpus,
        settings={k: _text(settings, k, 2000, empty=True) for k in settings},
        intact=record.get("digest") == own,
    )


def _claim(said: Mapping[str, Any]) -> SavedClaim:
    computed = said.get("computed")
    markers = said.get("citations")
    if not isinstance(markers, list) or not all(_is_count(m) for m in markers) or len(markers) > _MOST_ITEMS:
        _no("the 'citations' of a sentence are not a list of markers")
    return SavedClaim(
        _text(said, "text", _LONGEST_SENTENCE),
        tuple(markers),
        _verdict(said),
        _text(said, "why", 2000) if said.get("why") is not None else "",
        _text(said, "lead", 1000) if said.get("lead") is not None else "",
        None if computed is None else _computed(_object(computed, "'computed'")),
    )


def _computed(said: Mapping[str, Any]) -> Mapping[str, Any]:
    unit = said.get("unit")
    return {
        "expression": _text(said, "expression", 500),
        "result": _text(said, "result", 200),
        "unit": None if unit is None else _text(said, "unit", 200),
    }


def _place(said: Mapping[str, Any], marked: bool = True) -> SavedPlace:
    quote, start, end = _text(said, "quote"), said.get("start"), said.get("end")
    if not _is_count(start) or not _is_count(end) or end - start != len(quote) or not quote.strip():  # type: ignore[operator]
        _no("the 'start' and 'end' of a citation are not those of its quote")
    marker = said.get("marker", 0) if marked else 0
    if not _is_count(marker):
        _no("the 'marker' of a citation is not a number")
    hops = tuple(map(_hop, _list(said, "hops"))) if marked and "hops" in said else ()
    return SavedPlace(
        _text(said, "document", 400), Span(cast(int, start), cast(int, end)), quote, said, cast(int, marker), hops
    )


def _hop(said: Mapping[str, Any]) -> SavedHop:
    return SavedHop(
        _place(said, marked=False),
        _text(said, "note", 200, empty=True),
        _text(said, "work", 400, empty=True),
        _verdict(said),
    )


def _document(said: Mapping[str, Any]) -> SavedDocument:
    return SavedDocument(
        _text(said, "id", 400),
        _text(said, "file", 1000),
        _text(said, "sha256", 64),
        _text(said, "text_sha256", 64),
        _text(said, "title", 2000, empty=True),
        _text(said, "published", 100) if said.get("published") is not None else None,
    )


# ---------------------------------------------------------------- types and bounds


def _object(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        _no(f"{name} is not an object")
    return value


def _list(of: Mapping[str, Any], key: str, most: int = _MOST_ITEMS) -> list[Mapping[str, Any]]:
    value = of.get(key)
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        _no(f"its '{key}' is not a list of objects")
    if len(value) > most:
        _no(f"its '{key}' has more than {most} entries")
    return value


def _texts(of: Mapping[str, Any], key: str) -> list[str]:
    value = of.get(key, [])
    if not isinstance(value, list) or len(value) > _MOST_ITEMS or not all(isinstance(each, str) for each in value):
        _no(f"its '{key}' is not a list of texts")
    return value


def _text(of: Mapping[str, Any], key: str, longest: int = _LONGEST, empty: bool = False) -> str:
    value = of.get(key)
    if not isinstance(value, str) or len(value) > longest or not (value or empty):
        _no(f"a '{key}' is no text of up to {longest:,} characters")
    return value


def _verdict(of: Mapping[str, Any]) -> Support:
    value = of.get("verdict")
    if value not in get_args(Support):
        _no("a 'verdict' is unknown")
    return cast(Support, value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
