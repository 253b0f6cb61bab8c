"""`assistant setup`: which language model and embedder to use, tried before they are written down.

Asks where a person is at the terminal, else takes what the options say. Writes names into assistant.toml, never a key.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant import config
from assistant.backends.providers import PROVIDERS, Choice
from assistant.cli.common import ERROR, say
from assistant.cli.ledger import label
from assistant.config import Settings
from assistant.errors import AssistantError, IndexMissingError, StorageError, UsageError

LISTED = 8
"""Works that can be fetched are named up to here, and counted beyond."""
NONE = "none"


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
    p = command("setup", setup, "choose a language model and embedder, try them, and write the settings", reports)
    p.add_argument("--model", dest="chosen_model", metavar="PROVIDER:NAME", help="the language model, or none")
    p.add_argument("--embedder", metavar="NAME", help="the embedder, by name or path")
    p.add_argument("--yes", action="store_true", help="agree to what leaves this machine, and ask nothing")


def setup(options: Any, settings: Settings) -> int:
    """Asks, tries, writes; the exit status is 1 where what was chosen does not work, and then nothing is written."""
    from assistant import wiring

    asking = (
        not options.yes and not options.json and sys.stdin.isatty() and options.chosen_model is options.embedder is None
    )
    keys = wiring.models.found_keys()
    tell: Callable[[str], None] = _silent if options.json else say
    for provider, variable in keys:
        tell(f"key found: {variable} ({provider})")
    if not keys:
        tell("no key found in the environment: " + ", ".join(p.key for p in PROVIDERS.values() if p.needs_key))
    wanted = _wanted_model(options.chosen_model, asking, keys)
    chosen = settings if wanted is None else replace(settings, model="" if wanted == NONE else wanted)
    if options.embedder:
        chosen = replace(chosen, embedder=options.embedder)
    told: dict[str, Any] = {"model": chosen.model or None, "embedder": chosen.embedder, "keys": [v for _, v in keys]}
    leaves = "Nothing leaves this machine: no language model is set, and answers are the documents' own sentences."
    if chosen.model:
        choice = Choice.read(chosen.model)
        leaves = wiring.models.leaves(choice, chosen)
        tell(leaves)
        _agreed(choice, options, asking, wanted is not None)
    else:
        tell(leaves)
    tried = wiring.models.try_model(chosen)
    tell(f"language model: {tried.found}")
    embedder, works = _embedder(chosen), _fetchable(settings)
    tell(f"embedder: {embedder[1]}")
    told |= {
        "leaves": leaves, "model_works": tried.good, "model_said": tried.found, "embedder_works": embedder[0],
        "embedder_said": embedder[1], "fetchable": [{"id": w.id, "title": w.title} for w in works],
    }  # fmt: skip
    good = tried.good and embedder[0]
    if good:
        path = Path(config.FILE)
        told["written"] = _write(path, {"model": chosen.model, "embedder": chosen.embedder}, settings)
        tell(f"written: {path}" if told["written"] else f"{path} stays as it is")
        if chosen.embedder != settings.embedder:
            tell("the embedder has changed: run `assistant ingest`")
    else:
        told["written"] = False
        tell("nothing is written: correct what does not work, and run `assistant setup` again")
    if works:
        tell(f"{len(works)} works that the documents name can be fetched with `assistant sources fetch`:")
        for work in works[:LISTED]:
            tell(f"  {work.id}  {label(work)}")
        if len(works) > LISTED:
            tell(f"  … and {len(works) - LISTED} more: `assistant sources`")
    if options.json:
        say(told)
    return 0 if good else ERROR


def _silent(line: str) -> None:
    """Where JSON is asked for, the lines are in it."""


def _wanted_model(given: str | None, asking: bool, keys: Sequence[tuple[str, str]]) -> str | None:
    """What to set: a model, none, or None to leave what is set."""
    if given is not None or not asking:
        if given is not None and given != NONE:
            Choice.read(given)
        return given
    near = [f"{p}:{PROVIDERS[p].example}" for p, _ in keys]
    if near:
        say(f"With the key that was found, for example: {', '.join(near)}")
    say("Language model: PROVIDER:NAME with " + ", ".join(PROVIDERS) + "; 'none' for none; empty to leave it as it is.")
    while True:
        answer = input("model> ").strip()
        try:
            if answer and answer != NONE:
                Choice.read(answer)
            return answer or None
        except AssistantError as error:
            say(str(error))


def _agreed(choice: Choice, options: Any, asking: bool, new: bool) -> None:
    """Raises UsageError where text would leave the machine and nobody has agreed."""
    if choice.stays or options.yes or not new:
        return
    if asking and input("Is that agreed? [y/N] ").strip().lower() in ("y", "yes", "예", "네"):
        return
    raise UsageError(f"text would be sent to {choice.where}: say so with --yes, or choose a model on this machine")


def _embedder(settings: Settings) -> tuple[bool, str]:
    from assistant import wiring

    try:
        length = len(wiring.open_embedder(settings, create=True).embed_question("a question"))
    except AssistantError as error:
        return False, str(error)
    return True, f"{settings.embedder}, {length} dimensions"


def _fetchable(settings: Settings) -> list[Any]:
    """The works that are not held, of those that can be had by a program; none where nothing is indexed."""
    from assistant import wiring
    from assistant.store import generations

    try:
        library = generations.current(settings.index).library()
    except IndexMissingError:
        return []
    ledger = wiring.open_ledger(settings, library)
    return [e.work for e in ledger.entries if e.state == "not_held" and e.work.url]


def _write(path: Path, values: dict[str, str], before: Settings) -> bool:
    """Puts the values into the settings file, and leaves all else in it as it stands. Whether anything changed."""
    try:
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        new = old
        for name, value in values.items():
            if value == getattr(config.Settings(), name) and not re.search(rf"(?m)^\s*{name}\s*=", new):
                continue
            line = f'{name} = "{_escaped(value)}"'
            if re.search(rf"(?m)^\s*{name}\s*=", new):
                new = re.sub(rf"(?m)^\s*{name}\s*=.*$", line.replace("\\", r"\\"), new, count=1)
            else:
                new = f"{new}{'' if not new or new.endswith(chr(10)) else chr(10)}{line}\n"
        if new == old:
            return False
        if any(key in new for key in (os.environ.get(p.key) for p in PROVIDERS.values()) if key and len(key) > 6):
            raise UsageError(f"a key would stand in {path}: keys belong into the environment alone")
        beside = path.with_name(path.name + ".new")
        beside.write_text(new, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise StorageError(f"cannot write '{path}' ({error.strerror or error}): make the folder writable") from error
    return True


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
