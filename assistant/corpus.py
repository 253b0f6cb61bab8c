"""The corpus: which files there are, what the catalogue says, and which file is which work.

Pure but for listing folders and reading two small files. Reading documents is the parsers' work and is passed
in: `assign` sees what each file says about itself, and decides.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import logging
import os
import re
import tomllib
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any, get_args

from assistant.errors import CatalogError, ConfigError, CorpusError, StorageError, UsageError
from assistant.types import Found, Person, Placement, ReadFile, Retrieval, SourceFile, Work, WorkKind

CATALOG = "catalog.toml"
PATHS = "paths.json"
SUFFIXES = (
    ".pdf", ".docx", ".docm", ".hwpx", ".hwp", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text",
    ".doc", ".rtf", ".odt", ".mht", ".mhtml", ".ppt", ".pptx", ".epub",
)  # fmt: skip
"""Files of documents, the last ones to be listed with what to do; a file that is named itself is taken whatever its
name, and so is one of another name that begins as a document does."""
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
"""Taken where they are named themselves: in a folder they are mostly decoration."""
_BEGINNINGS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<!doctype html", b"<html")
_OTHER = "another kind of file"
_FOLDERS: Mapping[str, WorkKind] = {"sources": "source", "digests": "digest"}
_PREFERRED = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/hwp+zip",
    "application/x-hwp",
    "text/html",
    "text/markdown",
    "text/plain",
)
_TITLE_WORDS = 4
"""A shorter title ("Annual Report") does not tell that two files are one work."""
_ISSUED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

_log = logging.getLogger(__name__)


# names


def slug(name: str) -> str:
    """A readable id: `IF10491.14.pdf` -> `if10491-14`. Letters of any script stay."""
    path = PurePath(name)
    stem = path.stem if path.suffix.lower() in (*SUFFIXES, *PICTURES) else path.name
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", stem).casefold())
    return "-".join(words) or f"document-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def bare_work(file: SourceFile) -> Work:
    """What is known of a file before it is read: hand this to its parser, which fills in what the file says.

    Nothing of the catalogue is in it, so that what was read stays true when the catalogue changes.
    """
    return Work(id=slug(file.name), title="", kind=file.kind)


def normal_title(title: str) -> str:
    """A title as it is compared: words only, without case."""
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", title).casefold()))


# the catalogue


def read_catalog(corpus: Path) -> tuple[Work, ...]:
    """The records of `catalog.toml`; none where there is no such file."""
    path = corpus / CATALOG
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path} cannot be read ({error}): save it as UTF-8 and check its permissions") from error
    return parse_catalog(text, str(path))


def parse_catalog(text: str, path: str = CATALOG) -> tuple[Work, ...]:
    """The records of a catalogue's text."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{path} is not valid TOML ({error}): correct that line") from error
    records = data.get("work", [])
    if not isinstance(records, list) or not all(isinstance(r, dict) for r in records):
        raise CatalogError(f"{path}: write each record under a line [[work]]")
    works = tuple(
        _work(record, f"{path}, record {n} ({record.get('id', 'no id')})") for n, record in enumerate(records, 1)
    )
    ids = [w.id for w in works]
    if twice := sorted({id for id in ids if ids.count(id) > 1}):
        raise CatalogError(f"{path} has two records with the id {twice[0]!r}: give one of them another id")
    for work in works:
        if work.digest_of is not None and work.digest_of not in ids:
            raise CatalogError(f"{path}: {work.id!r} is a digest of {work.digest_of!r}, which has no record: add one")
    return works


def _work(record: dict[str, Any], where: str) -> Work:
    for name in ("id", "title"):
        if not isinstance(record.get(name), str) or not record[name].strip():
            raise CatalogError(f"{where}: give it {'an' if name == 'id' else 'a'} {name}")
    if slug(record["id"]) != record["id"]:
        raise CatalogError(f"{where}: an id is lower-case words joined by '-', such as {slug(record['id'])!r}")
    kind = record.get("kind", "paper")
    if kind not in get_args(WorkKind):
        raise CatalogError(f"{where}: its kind is {kind!r}; write one of {', '.join(get_args(WorkKind))}")
    if kind == "digest" and "digest_of" not in record:
        raise CatalogError(f"{where}: say with digest_of which paper it is a digest of")
    known = {f.name for f in fields(Work)}
    values: dict[str, Any] = {}
    for name, value in record.items():
        if name not in known:
            _log.warning("%s: the field %r is not used", where, name)
        elif name == "authors":
            values[name] = tuple(_person(person, where) for person in _list(value, name, where))
        elif name in ("cites", "named_by"):
            values[name] = tuple(_string(item, name, where) for item in _list(value, name, where))
        elif name in ("issued", "accessed"):
            values[name] = _date(value, name, where)
        elif name == "retrieval" and value not in get_args(Retrieval):
            raise CatalogError(f"{where}: its retrieval is {value!r}; write one of {', '.join(get_args(Retrieval))}")
        elif name == "url" and not re.match(r"https?://[^/?#\s]", _string(value, name, where), re.IGNORECASE):
            raise CatalogError(f"{where}: its url is {str(value)[:80]!r}; write a web address, http://… or https://…")
        else:
            values[name] = _string(value, name, where)
    return Work(**values)


def _string(value: object, name: str, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CatalogError(f"{where}: {name} is {value!r}; write a text, or leave it out where it is not known")
    return value.strip()


def _list(value: object, name: str, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise CatalogError(f"{where}: {name} is a list; write [ … ]")
    return value


def _person(value: object, where: str) -> Person:
    if isinstance(value, str) and value.strip():
        return Person(value.strip())
    if not isinstance(value, dict) or not value.get("family") or value.keys() - {"family", "given"}:
        raise CatalogError(f'{where}: write an author as {{ family = "…", given = "…" }}')
    return Person(_string(value["family"], "family", where), str(value.get("given", "")).strip())


def _date(value: object, name: str, where: str) -> str:
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    if not _ISSUED.fullmatch(text):
        raise CatalogError(f'{where}: {name} is {text!r}; write "YYYY", "YYYY-MM" or "YYYY-MM-DD"')
    return text


# the files


def discover(corpus: Path, added: Sequence[Path] = ()) -> Found:
    """The files of the corpus folder and of the added paths, each once, and what beside them is not read.

    An added path that is gone has no files: what was read from there leaves the index.
    """
    if not corpus.is_dir():
        why = "is not a folder" if corpus.exists() else "does not exist"
        raise CorpusError(f"the corpus {str(corpus)!r} {why}: create it, or name another with --corpus")
    found: dict[Path, SourceFile] = {}
    left: dict[str, str] = {}
    for path, reason in _walk(corpus):
        name = path.relative_to(corpus)
        if reason:
            left[_sayable(name.as_posix())] = reason
            continue
        kind = _FOLDERS.get(name.parts[0], "paper") if len(name.parts) > 1 else "paper"
        found.setdefault(path.resolve(), SourceFile(name.as_posix(), str(path), kind))
    for start in added:
        for path, reason in _walk(start) if start.is_dir() else [(start, _unfit(start))]:
            if reason:
                left.setdefault(_sayable(str(path)), reason)
                continue
            if not path.is_file():
                continue
            whole = path.resolve()
            found.setdefault(whole, SourceFile(whole.as_posix(), str(whole)))
    return Found(tuple(sorted(found.values(), key=lambda file: file.name)), tuple(sorted(left.items())))


def _walk(root: Path) -> Iterator[tuple[Path, str]]:
    """Files below `root` in order, each with '' or with why it is not read; hidden ones, Word's locks, the folder's
    README and the catalogue are no documents, and are not named."""
    home = root.resolve()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in folders:
            if Path(folder, name).is_symlink():
                yield Path(folder, name), "a link to a folder, which is not followed: add the folder by its own path"
        for name in sorted(names):
            path = Path(folder, name)
            readme = Path(folder) == root and name.lower().startswith("readme.")
            if name.startswith((".", "~$")) or readme or path == root / CATALOG:
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                yield path, f"a link that leads out of {root.name or root}: add what it leads to by its own path"
            elif reason := _unfit(path):
                yield path, reason
            elif path.suffix.lower() in SUFFIXES or _begins_as_document(path):
                yield path, ""
            else:
                yield path, _OTHER


def _sayable(name: str) -> str:
    """A name that can be printed and stored, whatever bytes it is of."""
    return name.encode("utf-8", "backslashreplace").decode()


def _unfit(path: Path) -> str:
    """Why nothing can be opened under this name, or ''."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return "its name is not UTF-8: rename the file"
    if path.exists() and not path.is_file():
        return "a device, a pipe or a socket, and no file"
    return "" if path.exists() or not path.is_symlink() else "a link that leads nowhere: remove it"


def _begins_as_document(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError:
        return False
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return b"%PDF-" in head or any(bare.startswith(b.lower()) for b in _BEGINNINGS)


def is_other(reason: str) -> bool:
    """Whether a file was left for its kind alone, which needs no line of its own in a report."""
    return reason == _OTHER


def remembered(state: Path) -> tuple[Path, ...]:
    """The paths that were added to the corpus."""
    path = state / PATHS
    try:
        values = json.loads(path.read_text(encoding="utf-8"))["paths"]
        if not all(isinstance(value, str) for value in values):
            raise TypeError("not a list of paths")
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path} cannot be read ({error}): delete it, and name the added paths again") from error
    return tuple(Path(value) for value in values)


def remember(state: Path, add: Sequence[Path] = (), remove: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Add paths to those that are remembered, and take paths from them; the paths that result.

    A path that is given must exist; one that is removed must have been added.
    """
    held = list(remembered(state))
    for path in add:
        if not path.exists():
            raise CorpusError(f"no file or folder at {str(path)!r}: check the path")
        if (whole := _whole(path)) not in held:
            held.append(whole)
    for path in remove:
        if (whole := _whole(path)) not in held:
            known = ", ".join(str(p) for p in held) or "none"
            raise UsageError(f"{str(path)!r} was not added, so it cannot be removed; added are: {known}")
        held.remove(whole)
    if add or remove:
        _write(state / PATHS, json.dumps({"paths": [str(p) for p in held]}, ensure_ascii=False, indent=1) + "\n")
    return tuple(held)


def _whole(path: Path) -> Path:
    # The name that was given, not what a link points to: the link may point to something else tomorrow.
    return Path(os.path.abspath(path))  # noqa: PTH100  # Path.absolute keeps "..", so one file had two names


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.new")
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise StorageError(
            f"cannot write {str(path)!r} ({error.strerror or error}): free space or check permissions"
        ) from error


# which file is which work


def assign(
    files: Sequence[ReadFile], works: Sequence[Work], fetched: Mapping[tuple[str, str], str] = MappingProxyType({})
) -> tuple[Placement, ...]:
    """Place each file that was read: its work, or why it is skipped.

    A file meets its record in the catalogue by the slug of its name, then by its DOI, its address, its title. Where it
    says that it is of another year than the source of that title, it is not taken for it. Several files of one work are
    one document, the PDF before the text. A paper that is held takes its digest's place.

    `fetched`: for which work a file was fetched, by its name and hash. Such a file is that work, or a document of its
    own: what a page says of itself was written by whoever serves it, and makes it no other record and no other's twin.
    """
    groups, ways = _groups(files, works, fetched)
    placements: dict[str, Placement] = {}
    chosen: dict[str, ReadFile] = {}
    for work, members in groups:
        best, *others = sorted(members, key=_preference)
        chosen[work.id] = best
        if work.title == "":
            said = next((m.work.title for m in (best, *others) if m.work.title), PurePath(best.file.name).stem)
            work = replace(work, title=said)
        placements[best.file.name] = Placement(best.file.name, work, by=ways.get(work.id))
        for other in others:
            same = "the same content" if other.sha256 == best.sha256 else "the same work"
            placements[other.file.name] = Placement(other.file.name, None, f"{same} as {best.file.name}")
    for name, placement in list(placements.items()):
        if placement.work and placement.work.digest_of in chosen:
            paper = chosen[placement.work.digest_of].file.name
            placements[name] = Placement(name, None, f"the paper itself is held: {paper}")
    return tuple(placements[file.file.name] for file in files)


def _preference(file: ReadFile) -> tuple[int, str]:
    known = file.media_type in _PREFERRED
    return (_PREFERRED.index(file.media_type) if known else len(_PREFERRED), file.file.name)


def _groups(
    files: Sequence[ReadFile], works: Sequence[Work], fetched: Mapping[tuple[str, str], str]
) -> tuple[list[tuple[Work, list[ReadFile]]], dict[str, str]]:
    """The works that files were read of, with their files, and by what the record of each was known."""
    ways: dict[str, list[str]] = defaultdict(list)
    recorded: dict[str, tuple[Work, list[ReadFile]]] = {}
    others: list[tuple[Work, list[ReadFile]]] = []
    taken = {work.id for work in works}
    unknown: list[ReadFile] = []
    for file in sorted(files, key=_preference):
        source = _fetched_for(file, fetched)
        found = (next((w for w in works if w.id == source), None), "fetched") if source else _record(file, works)
        if work := found[0]:
            recorded.setdefault(work.id, (work, []))[1].append(file)
            ways[work.id].append(found[1])
        else:
            unknown.append(file)
    for file in unknown:
        every = [*recorded.values(), *others]
        twin = next((g for g in every if any(m.sha256 == file.sha256 for m in g[1])), None)
        if twin is None and _fetched_for(file, fetched) is None:
            own = (g for g in others if not any(_fetched_for(m, fetched) for m in g[1]))
            twin = next((g for g in own if _same_work(file, g[1])), None)
        if twin:
            twin[1].append(file)
            continue
        id = _free_id(file.file.name, taken)
        taken.add(id)
        others.append((replace(file.work, id=id), [file]))
    return [*recorded.values(), *others], {id: min(found, key=_WAYS.index) for id, found in ways.items()}


_WAYS = ("name", "fetched", "doi", "url", "title")
"""By what a file's record is known, the surest first."""


def _fetched_for(file: ReadFile, fetched: Mapping[tuple[str, str], str]) -> str | None:
    """The work that a file was fetched for, where it is still as it came."""
    return fetched.get((file.file.name, file.sha256))


def _record(file: ReadFile, works: Sequence[Work]) -> tuple[Work | None, str]:
    """The record of a file, and by what it was known."""
    name = slug(file.file.name)
    if work := next((w for w in works if w.id == name), None):
        return work, "name"
    # A digest may bear its paper's title: only a digest is matched to a digest's record, and the other way round.
    possible = [w for w in works if (w.kind == "digest") == (file.file.kind == "digest")]
    for by, key in (("doi", _doi), ("url", _address)):
        same = [w for w in possible if key(file.work) and key(w) == key(file.work)]
        if len(same) == 1:
            return same[0], by
    title = normal_title(file.work.title)
    if len(title.split()) < 2:
        return None, ""
    alike = [w for w in possible if _same_title(title, w.title)]
    return (alike[0], "title") if len(alike) == 1 and not _unsure(file.work, alike[0]) else (None, "")


def _doi(work: Work) -> str:
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", (work.doi or "").strip().lower())


def _address(work: Work) -> str:
    """An address without scheme, 'www.' and fragment; nothing for the front of a site, which is many works' address."""
    bare = re.sub(r"^https?://(?:www\.)?", "", (work.url or "").strip(), flags=re.IGNORECASE).partition("#")[0]
    host, _, path = bare.partition("/")
    return f"{host.lower()}/{path.rstrip('/')}" if path.strip("/") else ""


def _unsure(said: Work, record: Work) -> bool:
    """Whether a file of a source's title may be another work, which a person is then asked (`sources.holding`): it says
    another year, or the title is short and nothing else is the same."""
    if record.kind != "source":
        return False
    years = [(w.issued or "")[:4] for w in (said, record)]
    if all(years) and years[0] != years[1]:
        return True
    families = [{normal_title(a.family) for a in w.authors} for w in (said, record)]
    agree = bool(families[0] & families[1]) or (all(years) and years[0] == years[1])
    return len(normal_title(record.title).split()) < _TITLE_WORDS and not agree


def _same_title(title: str, recorded: str) -> bool:
    whole, main = normal_title(recorded), normal_title(recorded.partition(":")[0])
    return title == whole or (title == main and len(main.split()) >= _TITLE_WORDS)


def twins(files: Sequence[ReadFile]) -> set[str]:
    """Names of the files that bear a title or a name that another bears: only their texts need be compared."""
    groups: dict[str, list[str]] = {}
    for file in files:
        for key in {f"title {normal_title(file.work.title)}", f"name {slug(file.file.name)}"}:
            groups.setdefault(key, []).append(file.file.name)
    return {name for names in groups.values() if len(names) > 1 for name in names}


def _same_work(file: ReadFile, members: Sequence[ReadFile]) -> bool:
    title = normal_title(file.work.title)
    for member in members:
        if not _alike(file, member):
            continue  # minutes and bulletins share their titles
        same_title = bool(title) and title == normal_title(member.work.title)
        same_place = _folder(file) == _folder(member) and file.media_type != member.media_type
        if slug(file.file.name) == slug(member.file.name) and (same_title or same_place):
            return True
        if same_title and len(title.split()) >= _TITLE_WORDS and file.media_type != member.media_type:
            return True
    return False


def _alike(one: ReadFile, other: ReadFile) -> bool:
    """Whether the shorter text stands in the longer one, for the most part: by its runs of words, of which page
    furniture, OCR and another layout change some."""
    if not one.shingles or not other.shingles:
        return True  # too short to tell
    return len(one.shingles & other.shingles) >= _LIKENESS * min(len(one.shingles), len(other.shingles))


def shingles(text: str) -> frozenset[int]:
    """What two texts are compared by; nothing for a text of less than a few sentences."""
    words = normal_title(text).split()
    if len(words) < _FEW_WORDS:
        return frozenset()
    return frozenset(zlib.crc32(" ".join(words[i : i + 3]).encode()) for i in range(len(words) - 2))


_LIKENESS = 0.35
_FEW_WORDS = 12


def _folder(file: ReadFile) -> PurePath:
    return PurePath(file.file.path).parent


RESERVED = "catalog"
"""The id of the document that the catalogue itself makes."""


def _free_id(name: str, taken: set[str]) -> str:
    """The slug of the file's name; of the folder and the name where another file has that."""
    path = PurePath(name)
    names = [slug(path.name), slug(f"{path.parent.name} {path.name}")]
    for id in names:
        if id not in taken and id != RESERVED:
            return id
    return next(id for n in range(2, len(taken) + 3) if (id := f"{names[1]}-{n}") not in taken)
