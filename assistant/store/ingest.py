"""Ingest: one change of state, which happens or does not.

    read      each file that is new or changed is parsed, and what was read is stored
    place     files meet the catalogue: which is which document, which are skipped
    prepare   each document that is new or changed is cut and embedded, one transaction a document
    name      what all documents name, and which of it they are themselves
    publish   a new generation is made from the store, checked, and takes over by one rename

A stop at any moment leaves the last generation answering, and the next run goes on where this one was. A run
that finds nothing changed parses nothing, embeds nothing and publishes nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.errors import AssistantError, StorageError
from assistant.protocols import Embedder, LexicalIndex, Library, Progress, VectorIndex, Vectors
from assistant.store import generations
from assistant.store.codec import FORMAT, encode
from assistant.store.database import FILE, DocumentRecord, FileRecord, Store
from assistant.store.disk import storage_errors, sync_tree, writer_lock
from assistant.store.generations import Generation, Manifest
from assistant.store.library import StoredLibrary
from assistant.types import Document, FileReport, IngestReport, Names, Passage, Placement, ReadFile, SourceFile, Work

_BATCH = 64
_PROBES = 16
_log = logging.getLogger(__name__)


class ClosableVectorIndex(VectorIndex, Protocol):
    """A vector index in a folder, which it lets go of."""

    def close(self) -> None: ...


def plain_sentences(passage: Passage) -> list[str]:
    """The sentences of a passage as they stand."""
    return [span.shift(-passage.span.start).slice(passage.text) for span in passage.sentences]


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is new or changed, with what it holds."""

    file: SourceFile
    data: bytes


@dataclass(frozen=True, slots=True)
class Recipe:
    """How files become documents, documents passages, and passages indexes. Composed by `wiring`."""

    read: Callable[[Iterable[Unread]], Iterator[tuple[SourceFile, Document | str]]]
    """Parses files, several at once, and gives each with its document, or with why there is none, as it is done. A
    document's `work` says what the file says (the id a slug of its name), whatever the catalogue holds."""
    parser: str
    """Names the version of `read`: files are read again when it changes."""
    assign: Callable[[Sequence[ReadFile], Sequence[Work]], Sequence[Placement]]
    """Places each file in the corpus, given the catalogue (`corpus.assign`)."""
    twins: Callable[[Sequence[ReadFile]], Collection[str]]
    """Names of the files whose texts it must compare (`corpus.twins`), by their `shingles`."""
    shingles: Callable[[str], frozenset[int]]
    cut: Callable[[Document], Sequence[Passage]]
    embedder: Embedder
    preparation: str
    """Names the version and settings of `cut` and `embedded`: documents are prepared again when it changes."""
    terms: Callable[[Passage], Sequence[str]]
    lexical: str
    """Names the version and settings of `terms` and of the lexical index."""
    write_vectors: Callable[[Path, Library, Sequence[Passage], Vectors], None]
    open_vectors: Callable[[Path], ClosableVectorIndex]
    write_lexical: Callable[[Path, Iterable[tuple[str, Sequence[str]]]], None]
    open_lexical: Callable[[Path], LexicalIndex]
    embedded: Callable[[Passage], str] = lambda passage: passage.text
    """The text of a passage that is embedded."""
    sentences: Callable[[Passage], Sequence[str]] = plain_sentences
    """The text of each of its sentences that is embedded, in order."""
    name: Callable[[Iterable[Document], Sequence[Work], Mapping[str, str]], Names] = lambda documents, works, met: (
        Names()
    )
    """What the documents name, given the catalogue and what its documents were known by (`sources.naming.names`)."""
    naming: str = ""
    """Names the version of `name` and what else goes into it: names are made again when it changes."""
    max_bytes: int = 200 * 2**20
    """Largest file that is opened."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Tells nobody."""


def build(
    index: Path,
    files: Sequence[SourceFile],
    works: Sequence[Work],
    recipe: Recipe,
    progress: Progress = no_progress,
    checkpoint: Callable[[str], None] = lambda name: None,
) -> IngestReport:
    """Bring the index up to date with `files` and `works`.

    Raises IndexBusyError when another process is at it and StorageError when the disk does not take it; the
    generation that answered before then still does. `checkpoint` is called between steps, for tests that stop there.
    """
    started = time.monotonic()
    with writer_lock(index), storage_errors(index), contextlib.closing(Store(index / FILE)) as store:
        known = set(store.files())
        before = _answering(index)
        _read(store, files, recipe, progress, checkpoint)

        placements = _place(store, files, works, recipe)
        _prepare(store, placements, recipe, progress, checkpoint)
        store.forget_files(set(store.files()) - {f.name for f in files})
        if store.works() != tuple(works):
            store.keep_works(works)
        checkpoint("stored")

        content = _content(store, recipe)
        met = {p.work.id: p.by for p in placements.values() if p.work and p.by}
        _name(store, content, recipe, progress, met)
        generation = generations.peek(index)
        changed = generation is None or generation.manifest.content != content or not _whole(generation, recipe)
        if changed:
            generation = _publish(index, store, content, recipe, progress, checkpoint)
        if generation is None:
            raise AssertionError("a generation was published or was there")
        generations.prune(index)
        checkpoint("done")
        gone = sorted((known | set(before)) - {f.name for f in files})
        reports = [_report(store.files().get(f.name), placements, before, store, f) for f in files]
        reports += [FileReport(path=n, document=before[n][0] if n in before else None, status="removed") for n in gone]
        return IngestReport(
            files=tuple(reports),
            generation=generation.manifest.name,
            documents=generation.manifest.documents,
            passages=generation.manifest.passages,
            changed=changed,
            seconds=time.monotonic() - started,
        )


# read


def _read(
    store: Store,
    files: Sequence[SourceFile],
    recipe: Recipe,
    progress: Progress,
    checkpoint: Callable[[str], None],
) -> None:
    """Read the files that are new or changed. What cannot be read keeps what an earlier version said."""
    prints: dict[str, tuple[str, str]] = {}
    done = 0

    def unread() -> Iterator[Unread]:
        nonlocal done
        for file in files:
            if (found := _look(store, file, recipe)) is None:
                done += 1
                progress("read", done, len(files))
                checkpoint(f"read {file.name}")
            else:
                stat, sha256, data = found
                prints[file.name] = stat, sha256
                yield Unread(file, data)

    progress("read", 0, len(files))
    for file, outcome in recipe.read(unread()):
        stat, sha256 = prints.pop(file.name)
        if isinstance(outcome, Document):
            store.keep_reading(file.name, stat, sha256, recipe.parser, outcome)
        else:
            store.keep_failure(file.name, stat, sha256, recipe.parser, outcome)
        done += 1
        progress("read", done, len(files))
        checkpoint(f"read {file.name}")
    if prints:
        raise AssertionError(f"nothing was heard of {', '.join(prints)}")


def _look(store: Store, file: SourceFile, recipe: Recipe) -> tuple[str, str, bytes] | None:
    """(stat, SHA-256, bytes) of a file that must be read; None where nothing is to be done."""
    record = store.file(file.name)
    path = Path(file.path)
    try:
        status = path.stat()
        # ctime beside mtime: a copy may keep the size and the time of what it replaces.
        stat = f"{path.absolute()}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"
        if record and (record.stat, record.parser) == (stat, recipe.parser):
            return None
        if status.st_size > recipe.max_bytes:
            limit = recipe.max_bytes / 2**20
            reason = f"larger than {limit:.0f} MiB: raise max_file_mb to read it"
            store.keep_failure(file.name, stat, f"{status.st_size} bytes", "", reason)  # no parser: looked at each time
            return None
        data = path.read_bytes()
    except OSError as error:
        reason = f"cannot be opened ({error.strerror or error}): check its permissions"
        store.keep_failure(file.name, "", "", "", reason)
        return None
    sha256 = hashlib.sha256(data).hexdigest()
    if record and (record.sha256, record.parser) == (sha256, recipe.parser):
        store.keep_stat(file.name, stat)
        return None
    return stat, sha256, data


# place


def _place(store: Store, files: Sequence[SourceFile], works: Sequence[Work], recipe: Recipe) -> dict[str, Placement]:
    records = store.files()
    held: list[ReadFile] = []
    for file in files:
        record = records[file.name]
        if record.work is not None and record.read is not None:
            held.append(ReadFile(file, record.work, record.media_type or "", record.read))
    twins = recipe.twins(held)
    held = [
        replace(f, shingles=recipe.shingles(store.reading(f.file.name).text)) if f.file.name in twins else f
        for f in held
    ]
    return {p.name: p for p in recipe.assign(held, works)}


# prepare


def _prepare(
    store: Store,
    placements: dict[str, Placement],
    recipe: Recipe,
    progress: Progress,
    checkpoint: Callable[[str], None],
) -> None:
    held = store.documents()
    wanted: dict[str, tuple[DocumentRecord, Work]] = {}
    for placement in placements.values():
        if (work := placement.work) is not None:
            if work.id in wanted:
                raise AssertionError(f"two files are the document {work.id}")
            digest = store.digest(placement.name, work)
            record = DocumentRecord(work.id, placement.name, digest, recipe.embedder.fingerprint, recipe.preparation)
            wanted[work.id] = (record, work)
    for id in held.keys() - wanted.keys():
        store.remove_document(id)
        checkpoint(f"removed {id}")
    todo = []
    for id, (record, work) in wanted.items():
        if id in held and replace(held[id], file=record.file) == record:
            if held[id].file != record.file:
                store.move_document(id, record.file)
            continue
        todo.append((record, replace(store.reading(record.file), work=work)))
    total = sum(len(document.text) for _, document in todo)
    done = 0
    for record, document in todo:
        progress("embed", done, total)
        passages = recipe.cut(document)
        start, size = done, len(document.text)

        def tell(share: float, start: int = start, size: int = size) -> None:
            progress("embed", start + int(share * size), total)

        known = _known(store, held.get(record.id), record, recipe)
        vectors, sentences = _embed(document, passages, known, recipe, tell)
        store.keep_document(record, document.work, passages, vectors, sentences)
        done += size
        checkpoint(f"kept {record.id}")
    if todo:
        progress("embed", total, total)


def _known(store: Store, old: DocumentRecord | None, new: DocumentRecord, recipe: Recipe) -> dict[str, Vectors]:
    """Texts of the document's earlier version with their vectors, so that they are not embedded again."""
    known: dict[str, Vectors] = {}
    if old is None or old.embedder != new.embedder:
        return known
    for passage, vector, sentences in store.known_vectors(old.id):
        row = np.frombuffer(vector, "<f4")
        if old.prepared == new.prepared:  # otherwise `embedded` may have made another text of the same passage
            known[recipe.embedded(passage)] = row
            rows = np.frombuffer(sentences, "<f4").reshape(-1, len(row))
            known.update(zip(recipe.sentences(passage), rows, strict=True))
    return known


def _embed(
    document: Document,
    passages: Sequence[Passage],
    known: dict[str, Vectors],
    recipe: Recipe,
    tell: Callable[[float], None],
) -> tuple[Vectors, list[Vectors]]:
    texts: dict[str, None] = {}
    for passage in passages:
        texts[recipe.embedded(passage)] = None
        texts.update(dict.fromkeys(recipe.sentences(passage)))
    missing = [text for text in texts if text not in known]
    for start in range(0, len(missing), _BATCH):
        tell(start / len(missing))
        batch = missing[start : start + _BATCH]
        known |= zip(batch, recipe.embedder.embed_passages(batch), strict=True)
    empty: Vectors = np.zeros((0, 0), np.float32)
    vectors: Vectors = np.stack([known[recipe.embedded(p)] for p in passages]) if passages else empty
    sentences: list[Vectors] = [
        np.stack([known[text] for text in recipe.sentences(p)]) if p.sentences else empty for p in passages
    ]
    return vectors, sentences


# name


def _name(store: Store, content: str, recipe: Recipe, progress: Progress, met: Mapping[str, str]) -> None:
    """Keep what the documents name: made anew where any of them, the catalogue or the recipe has changed."""
    if store.named() == content:
        return
    held = store.documents()

    def documents() -> Iterator[Document]:
        for done, record in enumerate(held.values()):
            progress("sources", done, len(held))
            yield store.document(record)

    store.keep_names(content, recipe.name(documents(), store.works(), met))
    progress("sources", len(held), len(held))


# publish


def _content(store: Store, recipe: Recipe) -> str:
    """Names what a generation made from the store would hold."""
    parts = [FORMAT, recipe.embedder.fingerprint, recipe.preparation, recipe.lexical, recipe.naming]
    parts += [encode(work) for work in store.works()]
    parts += [f"{d.id}\0{d.file}\0{d.digest}" for d in store.documents().values()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _publish(
    index: Path,
    store: Store,
    content: str,
    recipe: Recipe,
    progress: Progress,
    checkpoint: Callable[[str], None],
) -> Generation:
    progress("publish", 0, 4)
    number, folder = generations.begin(index)
    try:
        checkpoint("begun")
        store.snapshot(folder / generations.LIBRARY)
        checkpoint("snapshot")
        progress("publish", 1, 4)
        with contextlib.closing(StoredLibrary(folder / generations.LIBRARY)) as library:
            documents, passages = library.count()
            held = library.passages()
            _, vectors = library.vectors()
            recipe.write_vectors(folder / generations.VECTORS, library, held, vectors)
            checkpoint("vectors")
            progress("publish", 2, 4)
            recipe.write_lexical(folder / generations.LEXICAL, ((p.id, recipe.terms(p)) for p in held))
            checkpoint("lexical")
            progress("publish", 3, 4)
        manifest = Manifest(
            format=FORMAT,
            number=number,
            embedder=recipe.embedder.fingerprint,
            preparation=recipe.preparation,
            lexical=recipe.lexical,
            content=content,
            documents=documents,
            passages=passages,
        )
        generation = Generation(folder, manifest)
        expected = sum(store.passage_counts().values())
        if passages != expected or not _whole(generation, recipe):
            raise StorageError(
                f"the new index at {str(folder)!r} did not hold what was written to it: check the disk, then ingest again"
            )
        sync_tree(folder)
        checkpoint("checked")
        generations.write_manifest(folder, manifest)
        checkpoint("manifest")
        generations.publish(index, manifest)
        checkpoint("published")
    except BaseException:
        if generations.peek(index) is None or generations.answering(index) != folder.name:
            generations.discard(folder)
        raise
    progress("publish", 4, 4)
    return generation


def _whole(generation: Generation, recipe: Recipe) -> bool:
    """Whether a generation holds what its manifest says, and finds passages by their own vectors and words."""
    expected = (generation.manifest.documents, generation.manifest.passages)
    try:
        with contextlib.closing(generation.library()) as library:
            if library.count() != expected:
                return False
            ids, vectors = library.vectors()
            places = sorted({round(i * (len(ids) - 1) / (_PROBES - 1)) for i in range(_PROBES)}) if ids else []
            probes = [(library.passage(ids[place]), vectors[place]) for place in places]
        with contextlib.closing(recipe.open_vectors(generation.vectors)) as index:
            if index.count() != expected[1]:
                return False
            missed = sum(not any(score > 0.999 for _, score in index.nearest(vector, 1)) for _, vector in probes)
            if missed > len(probes) // 4:  # neighbours are approximate: one passage that is missed is no damage
                return False
        lexical = recipe.open_lexical(generation.lexical)
        return all(
            lexical.match(dict.fromkeys(terms, 1.0), 1) for passage, _ in probes if (terms := recipe.terms(passage))
        )
    except AssistantError as error:
        _log.warning("%s", error)
        return False


# report


def _answering(index: Path) -> dict[str, tuple[str, str]]:
    """The files behind the documents that answer now: name -> (document, digest)."""
    generation = generations.peek(index)
    if generation is None:
        return {}
    try:
        with contextlib.closing(generation.library()) as library:
            return library.files()
    except AssistantError:
        return {}


def _report(
    record: FileRecord | None,
    placements: dict[str, Placement],
    before: dict[str, tuple[str, str]],
    store: Store,
    file: SourceFile,
) -> FileReport:
    placement = placements.get(file.name)
    work = placement.work if placement else None
    reason = record.reason if record else None
    if work is None:
        status = "failed" if reason or placement is None else "skipped"
        why = reason or (placement.reason if placement else "nothing was read of it")
        return FileReport(path=file.name, document=None, status=status, reason=why)
    document = store.reading(file.name)
    digest = store.documents()[work.id].digest
    status = (
        "added" if file.name not in before else "unchanged" if before[file.name] == (work.id, digest) else "changed"
    )
    if reason:
        status, reason = "failed", f"{reason}; what an earlier version of the file said stays in the index"
    return FileReport(
        path=file.name,
        document=work.id,
        status=status,
        reason=reason,
        pages=len(document.pages),
        passages=store.passage_counts().get(work.id, 0),
        tables=len(document.tables),
        notes=len(document.notes),
        marks=sum(len(note.marks) for note in document.notes if note.text is not None),
        loose_marks=_loose(document),
        recognised=_recognised(document),
        hidden=document.hidden,
        warnings=document.warnings,
    )


def _loose(document: Document) -> int:
    """Marks that nothing answers to: raised figures, and calls of notes whose words the file does not hold."""
    return len(document.loose_marks) + sum(len(note.marks) for note in document.notes if note.text is None)


def _recognised(document: Document) -> int:
    """Pages that hold text read by OCR."""
    pages = {page.index for r in document.recognised for page in document.pages_of(r.span)}
    return len(pages) or int(bool(document.recognised))
