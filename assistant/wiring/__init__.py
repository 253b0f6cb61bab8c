"""Settings -> objects. The only place where the parts meet; each backend is imported in the branch
that chooses it, so that asking for help does not load a neural network.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import chunking, corpus, retrieval
from assistant.config import DEFAULT_EMBEDDER, Settings
from assistant.errors import AssistantError, ConfigError, CorpusError, UsageError
from assistant.pipeline import Assistant
from assistant.protocols import Embedder, LanguageModel, Library, Progress, Reranker
from assistant.sources import attempts, decisions, ledger
from assistant.sources.ledger import Ledger
from assistant.store import generations
from assistant.store.ingest import Recipe, Unread, build
from assistant.types import Document, FileReport, IngestReport, SourceFile
from assistant.verification import RULES, Asked, Entailed, Verifier
from assistant.wiring.models import leaves_with, open_model, try_model

if TYPE_CHECKING:
    from assistant.backends.ocr.tesseract import Tesseract
    from assistant.backends.worker import Workers
    from assistant.chain import ChainAsker


SOURCES = "sources"
"""The folder of the corpus that fetched files go to: what lies in it is read as the sources that papers cite."""


def open_assistant(settings: Settings, warm: bool = False) -> Assistant:
    """The chain over the index that answers.

    `warm` for a process that answers many questions: it asks Chroma; a single question searches the
    same vectors exactly, which costs less than opening Chroma (docs/storage.md).
    """
    from assistant.backends.chroma import open_vectors
    from assistant.backends.lexical import Bm25Index

    generations.current(settings.index)  # a missing index is said before a model is loaded
    embedder = open_embedder(settings)
    generation = generations.current(settings.index, embedder.fingerprint)
    library = generation.library()
    vectors = open_vectors(generation.vectors, library, generation.manifest.passages, cold=not warm)
    lexical = retrieval.LexicalRetriever(Bm25Index.load(generation.lexical), library)
    dense = retrieval.DenseRetriever(vectors, embedder, library)
    model = open_model(settings)
    return Assistant(
        library=library,
        retriever=retrieval.HybridRetriever(
            lexical,
            dense,
            library,
            candidates=settings.candidates,
            english_only=settings.embedder == DEFAULT_EMBEDDER,
            reranker=open_reranker(settings),
            reranked=settings.reranked,
        ),
        embedder=embedder,
        index=generation.manifest.name,
        settings=settings.fingerprint(),
        hits=settings.hits,
        claims=settings.sentences,
        max_question=settings.max_question,
        caution=settings.caution,
        ledger=open_ledger(settings, library),
        model=model,
        model_sentences=settings.model_sentences,
        model_reads=settings.model_reads,
        translate=settings.translate,
        verifier=open_verifier(settings, model),
    )


def open_ledger(settings: Settings, library: Library) -> Ledger:
    """What the documents name, and what has become of it: from the index, and from what was fetched since."""
    names = library.names()
    return ledger.ledger(names, attempts.fitting(attempts.remembered(memory(settings)), names.works))


def open_chain(settings: Settings) -> ChainAsker:
    """The LlamaIndex engine over the index that answers: what the page, batches and evaluation run.

    A single question from cold does without it: importing LlamaIndex takes seconds, and a test proves
    that the replies are the same.
    """
    from assistant.chain import ChainAsker

    return ChainAsker(open_assistant(settings, warm=True))


def open_embedder(settings: Settings, create: bool = False) -> Embedder:
    """The embedder that the settings name; `create` makes the ONNX export where it is missing."""
    from assistant.backends import embedders, quiet

    if settings.allow_download:
        quiet.permit_downloads()
    return embedders.open_embedder(
        settings.embedder,
        settings.embedder_backend,
        settings.index / "models",
        allow_download=settings.allow_download,
        create=create,
    )


def open_reranker(settings: Settings) -> Reranker | None:
    """The cross-encoder that the settings name, or none."""
    if not settings.reranker:
        return None
    from assistant.backends import quiet, rerankers

    if settings.allow_download:
        quiet.permit_downloads()
    return rerankers.open_reranker(settings.reranker, settings.allow_download)


def open_verifier(settings: Settings, model: LanguageModel | None) -> Verifier:
    """The rules, with the opinion on top of them that the settings name."""
    match settings.entailment:
        case "":
            return RULES
        case "model":
            if model is None:
                raise ConfigError(
                    "the setting entailment is 'model' and no model is set: set model, or unset entailment"
                )
            return Entailed(Asked(model))
        case name:
            from assistant.backends import entailment, quiet

            if settings.allow_download:
                quiet.permit_downloads()
            return Entailed(entailment.open_entailer(name, settings.allow_download))


def ingest(
    settings: Settings,
    add: Sequence[Path] = (),
    remove: Sequence[Path] = (),
    progress: Progress = lambda stage, done, total: None,
) -> IngestReport:
    """Bring the index up to date with the corpus folder and the paths added now or earlier."""
    added = corpus.remember(memory(settings), add, remove)
    works = corpus.read_catalog(settings.corpus)
    found = corpus.discover(settings.corpus, added)
    if not found.files and generations.peek(settings.index) is None:
        raise CorpusError(
            f"no documents in '{settings.corpus}': put PDF, Word, HWPX, HTML or text files there, "
            "or run `assistant ingest PATH`"
        )
    progress("embedder", 0, 1)
    embedder = open_embedder(settings, create=True)
    progress("embedder", 1, 1)
    with open_workers(settings) as workers:
        report = build(settings.index, found.files, works, recipe(settings, embedder, workers), progress)
    left = [FileReport(name, None, "left" if corpus.is_other(why) else "skipped", why) for name, why in found.left]
    gone = [
        FileReport(str(p), None, "failed", "this added path is gone: put it back, or forget it with --remove")
        for p in added
        if not p.exists()
    ]
    return replace(report, files=(*report.files, *left, *gone))


def memory(settings: Settings) -> Path:
    """Where the added paths of this corpus are remembered: each corpus has its own."""
    if settings.corpus == Settings().corpus:
        return settings.state
    return settings.state / f"corpus-{hashlib.sha256(str(settings.corpus.resolve()).encode()).hexdigest()[:8]}"


def open_workers(settings: Settings) -> Workers:
    """The child processes that parse foreign files, each within the settings' limits."""
    from assistant.backends.formats import Limits
    from assistant.backends.worker import Workers

    limits = Limits(
        seconds=settings.parse_seconds,
        memory_mb=settings.parse_memory_mb,
        pages=settings.max_pages,
        ocr_pages=settings.max_ocr_pages,
    )
    return Workers(settings.readers, limits, ocr_languages(settings))


def ocr_languages(settings: Settings) -> str:
    """What tesseract is told to read, or '' where it is switched off or not installed."""
    found = _tesseract(settings)
    return "+".join(found.languages) if found else ""


def _tesseract(settings: Settings) -> Tesseract | None:
    from assistant.backends.ocr.tesseract import find_recogniser

    if settings.ocr == "off":
        return None
    wanted = "kor+eng" if settings.ocr == "auto" else settings.ocr
    return find_recogniser(wanted)


def read_with(workers: Workers, unread: Iterable[Unread]) -> Iterator[tuple[SourceFile, Document | str]]:
    """Reads files in child processes, by what they hold and not by their names."""
    from assistant.backends.worker import Task

    files: dict[int, SourceFile] = {}

    def tasks() -> Iterator[Task]:
        for each in unread:
            task = Task(each.file.name, each.data, corpus.bare_work(each.file))
            files[id(task)] = each.file
            yield task

    for task, outcome in workers.read_all(tasks()):
        file = files.pop(id(task))
        yield file, outcome if isinstance(outcome, Document) else _unnamed(str(outcome), file)


def _unnamed(reason: str, file: SourceFile) -> str:
    """The reason without the file's name in front: a report names the file already."""
    for name in (file.name, Path(file.name).name, corpus.slug(file.name)):
        reason = reason.removeprefix(f"{name} ")
    return reason


def recipe(settings: Settings, embedder: Embedder, workers: Workers) -> Recipe:
    """How files become documents, passages and indexes under these settings."""
    from assistant.backends.chroma import ChromaIndex, write_vectors
    from assistant.backends.lexical import VERSION, Bm25Index
    from assistant.sources import naming

    limit = min(settings.passage_tokens, embedder.max_tokens)
    decided = decisions.remembered(memory(settings))
    fetched = _fetched(settings)

    def write_lexical(folder: Path, entries: Iterable[tuple[str, Sequence[str]]]) -> None:
        index = Bm25Index()
        index.add(entries)
        index.save(folder)

    return Recipe(
        read=partial(read_with, workers),
        parser=f"{_code('reading', *_PARSERS, 'text.py')}-{_short(workers.limits, workers.ocr)}",
        assign=partial(corpus.assign, fetched=_sources(settings)),
        twins=corpus.twins,
        shingles=corpus.shingles,
        cut=partial(chunking.passages, count_tokens=embedder.count_tokens, limit=limit),
        embedder=embedder,
        preparation=f"{limit}-{_code('chunking.py', 'citations.py', 'text.py', 'retrieval/indexed.py')}",
        terms=retrieval.passage_terms,
        lexical=f"{VERSION}-{_code('text.py', 'retrieval/indexed.py')}",
        write_vectors=write_vectors,
        open_vectors=ChromaIndex,
        write_lexical=write_lexical,
        open_lexical=Bm25Index.load,
        embedded=retrieval.passage_text,
        sentences=retrieval.sentence_texts,
        name=partial(naming.names, decisions=decided, fetched=fetched),
        naming=f"{_code(*_NAMING)}-{_short(sorted(decided.items()), sorted(fetched.items()))}",
        max_bytes=settings.max_file_mb * 2**20,
    )


def _sources(settings: Settings) -> dict[tuple[str, str], str]:
    """For which works files were fetched, by the files' names in the corpus and their hashes."""
    records = [(id, r) for id, each in attempts.read(memory(settings)).items() for r in each.records]
    return {(f"{SOURCES}/{r.name}", r.sha256): id for id, r in records if r.name is not None}


def _fetched(settings: Settings) -> dict[str, tuple[str, ...]]:
    """The documents whose files were fetched, each with the addresses that gave it."""
    records = [r for each in attempts.read(memory(settings)).values() for r in each.records]
    return {corpus.slug(r.name): (r.asked, r.final) for r in records if r.name is not None}


def draw_page(settings: Settings, document: Document, index: int) -> bytes:
    """A page as PNG with what we made of it drawn over it. Reads the file that the document came from, which
    must be there as it was; a child process draws it.
    """
    if not document.pages:
        raise UsageError(f"{document.id} has no pages to draw: `assistant show {document.id}` prints its text")
    name, sha256 = generations.current(settings.index).library().source(document.id)
    path = settings.corpus / name  # an added file's name is its whole path
    try:
        if not path.is_file():
            raise CorpusError(f"{name} is gone: put it back, or run `assistant ingest`")
        data = path.read_bytes() if path.stat().st_size <= settings.max_file_mb * 2**20 else b""
    except OSError as error:
        raise CorpusError(f"{name} cannot be opened ({error.strerror or error}): make it readable") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise CorpusError(f"{name} has changed since it was read: run `assistant ingest`")
    with open_workers(settings) as workers:
        return workers.draw(data, document, index, 2.0)


_NOT_PARSERS = """
    chroma drawing embedders entailment exports lexical models morphology onnx_export providers quiet rerankers web worker __pycache__
""".split()
_PARSERS = tuple(
    f"backends/{p.name}"
    for p in sorted(Path(__file__).parents[1].joinpath("backends").iterdir())
    if p.stem not in _NOT_PARSERS
)
"""What reading rests on: all backends but those of models and indexes."""


_NOT_NAMING = """
    __init__ attempts bibliography cells decisions fetching fidelity ledger named parts phrases sheets walls wanted __pycache__
""".split()
_NAMING = (
    *(
        f"sources/{p.name}"
        for p in sorted(Path(__file__).parents[1].joinpath("sources").iterdir())
        if p.stem not in _NOT_NAMING
    ),
    *("citations.py", "origin.py", "text.py"),
)
"""What telling the works of notes apart rests on: of `sources` all but fetching, the ledger, audits and exports."""


def _short(*values: object) -> str:
    return hashlib.sha256(repr(values).encode()).hexdigest()[:8]


def _code(*names: str) -> str:
    """A version for what depends on code: its hash. Forgetting to count one up is then impossible."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for name in names:
        path = root / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `assistant doctor`: what was looked at, what was found, and what to do if it is bad."""

    name: str
    good: bool
    found: str
    advice: str = ""


def doctor(settings: Settings) -> list[Check]:
    """What is installed and configured, which models load, whether the index fits the corpus."""
    version = ".".join(map(str, sys.version_info[:3]))
    checks = [Check("python", sys.version_info >= (3, 11), version, "install Python 3.11 or newer")]
    names = ("llama-index", "chromadb", "sentence-transformers", "streamlit", "pypdf", "onnxruntime")
    checks.extend(map(_installed, names))
    checks.append(_guarded("OCR", lambda: _ocr(settings)))
    checks.append(_guarded("embedder", lambda: _embedder(settings)))
    checks.append(_guarded("language model", lambda: _model(settings)))
    checks.append(_guarded("corpus", lambda: _corpus(settings)))
    checks.append(_guarded("index", lambda: _index(settings)))
    checks.append(_guarded("up to date", lambda: _fits(settings)))
    free = shutil.disk_usage(settings.index if settings.index.exists() else Path()).free // 2**20
    checks.append(Check("disk", free > 500, f"{free:,} MiB free", "free some space: an ingest needs up to 500 MiB"))
    return checks


def _installed(name: str) -> Check:
    try:
        return Check(name, True, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Check(name, False, "not installed", "run `make run`")


def _guarded(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except AssistantError as error:
        return Check(name, False, str(error))


def _ocr(settings: Settings) -> Check:
    """Whether scans are read. Without it all else works, so its absence is not bad, only said."""
    if settings.ocr == "off":
        return Check("OCR", True, "switched off: scans are listed and not read")
    found = _tesseract(settings)
    if found is None:
        return Check(
            "OCR", True, "tesseract is not installed: scans are listed and not read (docs/adding-documents.md)"
        )
    missing = f" (not installed: {', '.join(found.missing)})" if found.missing else ""
    return Check("OCR", True, f"{found.description}{missing}")


def _embedder(settings: Settings) -> Check:
    embedder = open_embedder(settings)
    length = len(embedder.embed_question("a question"))
    kind = type(embedder).__name__
    return Check("embedder", True, f"{settings.embedder} by {kind}, {length} dimensions, {embedder.fingerprint}")


def _model(settings: Settings) -> Check:
    """The model is asked one word, where one is set."""
    tried = try_model(settings)
    told = f". {leaves_with(settings)}" if settings.model and tried.good else ""
    return Check("language model", tried.good, f"{tried.found}{told}")


def _corpus(settings: Settings) -> Check:
    works = corpus.read_catalog(settings.corpus)
    files = corpus.discover(settings.corpus, corpus.remembered(memory(settings))).files
    advice = "put documents into the corpus folder, or run `assistant ingest PATH`"
    return Check("corpus", bool(files), f"{len(files)} files, {len(works)} works in the catalogue", advice)


def _index(settings: Settings) -> Check:
    generation = generations.current(settings.index, open_embedder(settings).fingerprint)
    library = generation.library()
    kinds = [library.document(id).work.kind for id in library.document_ids()]
    counted = ", ".join(f"{kinds.count(k)} {k}s" for k in dict.fromkeys(kinds))
    return Check(
        "index", True, f"generation {generation.manifest.name}: {counted}, {generation.manifest.passages} passages"
    )


def _fits(settings: Settings) -> Check:
    """Whether the files that the index was made from are those of the corpus now."""
    library = generations.current(settings.index).library()
    indexed = set(library.files())
    files = {f.name for f in corpus.discover(settings.corpus, corpus.remembered(memory(settings))).files}
    gone = sorted(indexed - files)
    if gone:
        return Check("up to date", False, f"{gone[0]} is indexed and gone", "run `assistant ingest`")
    return Check(
        "up to date", True, f"{len(indexed)} of {len(files)} files answer; `assistant ingest` looks for changes"
    )
