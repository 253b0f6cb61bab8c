"""What a person has said where the program asked: which work a held document is, or which work a note means.

Kept beside the index, which can be made anew while this cannot.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import ConfigError, StorageError

FILE = "matches.json"


def remembered(state: Path) -> dict[str, str | None]:
    """Document, or document#note -> the work that it is or means; None for none of those that are cited. Raises
    ConfigError for a file that is not ours."""
    path = state / FILE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["matches"]
        if not all(isinstance(k, str) and isinstance(v, str | None) for k, v in found.items()):
            raise TypeError("not names of documents with ids of works")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{path} cannot be read ({error}): delete it, and say again what was matched") from error
    return dict(found)


def decide(state: Path, subject: str, work: str | None) -> None:
    """Remember that `subject` is this work, or none. Of two documents the one named last is the work. Raises
    StorageError."""
    known = remembered(state)
    if "#" not in subject:
        known = {key: value for key, value in known.items() if "#" in key or value is None or value != work}
    _write(state, {**known, subject: work})


def forget(state: Path, subject: str) -> bool:
    """Forget what was said of `subject`; whether anything was. Raises StorageError."""
    known = remembered(state)
    if subject not in known:
        return False
    _write(state, {key: value for key, value in known.items() if key != subject})
    return True


def _write(state: Path, matches: Mapping[str, str | None]) -> None:
    path = state / FILE
    text = json.dumps({"matches": dict(sorted(matches.items()))}, ensure_ascii=False, indent=1)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise StorageError(
            f"cannot write {str(path)!r} ({error.strerror or error}): free space or check permissions"
        ) from error
