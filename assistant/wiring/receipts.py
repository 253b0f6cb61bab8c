"""Receipts of replies: made of the index that answered, and replayed against the one that answers now."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant import __version__
from assistant.config import Settings, fingerprint_of
from assistant.errors import CorpusError, IndexStaleError
from assistant.pipeline import Assistant
from assistant.pipeline.catalogued import WithCatalogue
from assistant.pipeline.grounding import Grounding
from assistant.policy.dates.replies import with_stages
from assistant.policy.receipts import reading
from assistant.policy.receipts.replaying import Follow, Replay, text_hash
from assistant.render import answer_string, reply_json
from assistant.store import generations
from assistant.store.generations import Manifest
from assistant.store.library import StoredLibrary
from assistant.types import Answer, Citation, Document, Exchange, Reply, Within
from assistant.types.receipts import Checked, Reason, Receipt, Replayed
from assistant.wiring import open_assistant
from assistant.wiring.retelling import recorded


def receipt(
    assistant: Assistant,
    settings: Settings,
    reply: Reply,
    after: Sequence[str] = (),
    within: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """All that a reply rests on. Raises IndexStaleError where another index has taken the place of the one that answered.

    `after` are the questions before it, and `within` what confined it, as a line of a batch says both.
    """
    generation = generations.current(settings.index)
    manifest = generation.manifest
    if manifest.name != reply.provenance.index:
        raise IndexStaleError(
            f"the index at '{settings.index}' was replaced while the question was answered: ask again"
        )
    library = generation.library()
    citations = reply.citations if isinstance(reply, Answer) else reply.nearest
    cited = dict.fromkeys(d for c in citations for d in (c.document, *(h.citation.document for h in c.hops)))
    held = Documents(library)
    digests = held.digests()
    listed = digests if len(digests) <= reading.MOST_HELD else {id: digests[id] for id in cited if id in digests}
    record: dict[str, Any] = {
        "receipt": reading.VERSION,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "program": {"assistant": __version__, "python": platform.python_version()},
        "asked": {
            "question": reply.question,
            "after": list(after),
            "origin": reply.origin,
            "within": dict(within) if within else None,
        },
        "reply": reply_json(reply),
        "documents": [_document(held, id) for id in cited if id in held.digests()],
        "corpus": {
            "index": manifest.name,
            "content": manifest.content,
            "format": manifest.format,
            "embedder": manifest.embedder,
            "preparation": manifest.preparation,
            "lexical": manifest.lexical,
            "documents": manifest.documents,
            "passages": manifest.passages,
            "held": [{"id": id, "digest": digest} for id, digest in listed.items()],
        },
        "settings": {"fingerprint": settings.fingerprint(), **_named(settings.shaping())},
    }
    return {**record, "digest": reading.digest(record)}


def receipt_file(
    assistant: Assistant, settings: Settings, reply: Reply, after: Sequence[str] = (), within: Within | None = None
) -> bytes:
    """The same as a file: JSON in UTF-8."""
    record = receipt(assistant, settings, reply, after, _line(within) if within else None)
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _line(confined: Within) -> dict[str, Any]:
    """What confined a question, as a line of a batch says it."""
    said = {
        "document": list(confined.documents),
        "kind": list(confined.kinds),
        "year": "-".join(f"{y:04}" for y in confined.years) if confined.years else None,
        "publisher": list(confined.publishers),
    }
    return {k: v for k, v in said.items() if v}


def _named(values: Mapping[str, str]) -> dict[str, str]:
    """Settings without the folders of this machine: of a path its last part."""
    return {k: Path(v).name if Path(v).is_absolute() else v for k, v in values.items()}


def _document(held: Documents, id: str) -> dict[str, Any]:
    document = held.document(id)
    file, sha256 = held.source(id)
    return {
        "id": id,
        "title": document.work.title,
        "published": document.work.issued,
        "file": Path(file).name or id,  # an added file's name is its whole path, which is nobody's business
        "sha256": sha256,
        "text_sha256": text_hash(document),
    }


@dataclass(frozen=True)
class Documents:
    """The documents of an index with the catalogue."""

    library: StoredLibrary

    def document(self, id: str) -> Document:
        return WithCatalogue(self.library).document(id)

    def digests(self) -> Mapping[str, str]:
        return dict(sorted(self.library.files().values()))

    def source(self, id: str) -> tuple[str, str]:
        return self.library.source(id)


def follower(assistant: Assistant) -> Follow:
    """Gives a citation all that a reply gives it: its notes, what held sources say, what it rests on, the stage."""
    grounding = Grounding(assistant.library, assistant.ledger)

    def follow(citation: Citation) -> Citation:
        return with_stages(grounding.grounded(assistant.hops.followed([citation])))[0]

    return follow


def offline(settings: Settings) -> Settings:
    """The settings without any language model."""
    entailment = "" if settings.entailment == "model" else settings.entailment
    return replace(settings, model="", translate=False, entailment=entailment)


def replayed(
    settings: Settings,
    saved: Receipt,
    within: Callable[[], Within] | None = None,
    opened: Assistant | None = None,
) -> Replayed:
    """What of a receipt holds in the index that answers now. With `within`, the question is asked again as well, of the
    documents that it was confined to; where these are not held, `within` raises CorpusError. `opened`: the assistant of
    that index without a language model, where it is open.
    """
    assistant = opened or open_assistant(offline(settings))
    generation = generations.current(settings.index)
    held = Documents(generation.library())
    same = generation.manifest.content == saved.content
    replay = Replay(saved, held, follower(assistant), assistant.verifier, same)
    items = list(replay.items())
    record, unchecked = recorded(assistant, saved, replay.cited)
    items.append(record)
    items.append(_index(saved, generation.manifest, held))
    if within is not None:
        items.append(_again(assistant, saved, within))
    remarks = [*_corpus(saved, held.digests(), same), *dict.fromkeys(replay.remarks)]
    if saved.version != __version__:
        remarks.append(Reason("version", (saved.version, __version__)))
    made, why = _settings(saved, settings)
    remarks += made
    if why:
        items.append(Checked("record", "settings", "changed", (why,)))
    return Replayed(saved, generation.manifest.name, same, tuple(items), tuple(remarks), unchecked)


def _index(saved: Receipt, manifest: Manifest, held: Documents) -> Checked:
    """What the file says of the index: of one with the content of today's what that is, of another whether it agrees with
    itself.
    """
    said, made = saved.corpus, saved.reply["provenance"]
    why: list[Reason] = []

    def same(key: str, then: object, now: object) -> None:
        if then != now:
            why.append(Reason("corpus", (key, str(now)[:80], str(then)[:80])))

    if manifest.content == saved.content:
        for key in ("format", "embedder", "preparation", "lexical", "documents", "passages"):
            same(key, said.get(key), getattr(manifest, key))
        digests = held.digests()
        whole = len(digests) <= reading.MOST_HELD
        if dict(saved.held) != {id: d for id, d in digests.items() if whole or id in saved.held}:
            why.append(Reason("held"))
    elif len(saved.held) != said.get("documents") and len(saved.held) < min(
        int_of(said.get("documents")), reading.MOST_HELD
    ):
        why.append(Reason("held"))
    if any(d.id not in saved.held for d in saved.documents):
        why.append(Reason("held"))
    same("index", str(said.get("index")).rpartition("-")[2], saved.content[:8])
    same("index", made.get("index"), said.get("index"))
    same("embedder", made.get("embedder"), said.get("embedder"))
    same("settings", made.get("settings"), saved.settings.get("fingerprint"))
    if (made.get("model") is None) != (made.get("prompt") is None):
        why.append(Reason("corpus", ("prompt", "-", str(made.get("prompt"))[:80])))
    return Checked("record", "index", "changed" if why else "holds", tuple(dict.fromkeys(why)))


def int_of(value: object) -> int:
    return value if isinstance(value, int) else 0


def _settings(saved: Receipt, settings: Settings) -> tuple[list[Reason], Reason | None]:
    """Whether they are today's, and what is wrong with them: a fingerprint that is not theirs."""
    shaping = settings.shaping()
    now, then = _named(shaping), {k: v for k, v in saved.settings.items() if k != "fingerprint"}
    fingerprint = saved.settings.get("fingerprint")
    if now == then:
        return [Reason("same settings")], None if fingerprint == settings.fingerprint() else Reason("fingerprint")
    others = sorted(k for k in now.keys() | then.keys() if now.get(k) != then.get(k))
    shortened = now != shaping  # a folder of this machine, or of that one, is not in the file
    wrong = not shortened and fingerprint_of(then) != fingerprint
    return [Reason("other settings", (", ".join(others),))], Reason("fingerprint") if wrong else None


def _corpus(saved: Receipt, now: Mapping[str, str], same: bool) -> list[Reason]:
    if same:
        return [Reason("same corpus")]
    then = saved.held
    changed = sum(now[id] != digest for id, digest in then.items() if id in now)
    if len(then) < int_of(saved.corpus.get("documents")):  # too many to be listed
        return [Reason("other large corpus", (str(changed), str(len(then.keys() - now.keys()))))]
    return [
        Reason("other corpus", (str(len(now.keys() - then.keys())), str(changed), str(len(then.keys() - now.keys()))))
    ]


def _again(assistant: Assistant, saved: Receipt, confined: Callable[[], Within]) -> Checked:
    """Whether the question is answered alike today, without a language model."""
    try:
        within = confined()
    except CorpusError as error:
        return Checked("reply", "again", "gone", (Reason("confined", (str(error),)),))
    talk: list[Exchange] = []
    for question in saved.after:
        told = assistant.ask(question, tuple(talk), within=within)
        talk.append(Exchange(told.understood, answer_string(told)))
    reply = assistant.ask(saved.question, tuple(talk), saved.origin, within)
    status = "answered" if isinstance(reply, Answer) else "abstained"
    if status != saved.status:
        return Checked("reply", "again", "changed", (Reason("status", (saved.status, status)),))
    now = [c.text for c in reply.claims] if isinstance(reply, Answer) else []
    then = [c.text for c in saved.claims]
    if now == then:
        around: dict[str, Any] = {
            "notices": list(reply.notices),
            "answer": answer_string(reply),
            "understood": reply.understood,
        }
        sure = None if reply.confidence is None else round(reply.confidence, 4)
        differs = [k for k, v in around.items() if saved.reply.get(k) != v]
        if sure != saved.reply.get("confidence") and not saved.model:
            differs.append("confidence")
        why = [Reason("other around", (", ".join(differs),))] if differs else []
        if differs and saved.model:
            why.append(Reason("by a model", (saved.model,)))
        return Checked("reply", "again", "changed" if differs else "holds", tuple(why))
    why = [Reason("other sentences", (str(len([t for t in then if t in now])), str(len(then)), str(len(now))))]
    if saved.model:
        why.append(Reason("by a model", (saved.model,)))
    return Checked("reply", "again", "changed", tuple(why))
