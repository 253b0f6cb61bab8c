"""The documents keep up with the code: every command, option and setting is named, every link leads somewhere."""

from __future__ import annotations

import argparse
import re
from dataclasses import fields
from pathlib import Path

import pytest

from assistant import cli
from assistant.config import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def text_of(*pages: Path) -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in pages)


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command with its own parser."""
    (sub,) = (a for a in cli.parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(sub.choices)


def options() -> list[tuple[str, str]]:
    """(command, option) for each option of each command."""
    return [
        (name, max(action.option_strings, key=len))
        for name, parser in commands().items()
        for action in parser._actions
        if action.option_strings and "--help" not in action.option_strings
    ]


class TestCommands:
    @pytest.mark.parametrize("name", commands())
    def test_commands(self, name: str) -> None:
        """Every command is shown as one types it."""
        assert re.search(rf"\bassistant {re.escape(name)}\b", text_of(*PAGES))

    @pytest.mark.parametrize(("name", "option"), options(), ids=lambda x: x)
    def test_options(self, name: str, option: str) -> None:
        """Every option of a command is named."""
        assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text_of(*PAGES)), f"{name} {option}"

    def test_no_command_that_is_not_there(self) -> None:
        """What the documents tell one to type is a command of the program."""
        shown = {
            m
            for p in PAGES
            for m in re.findall(r"(?m)^\$? ?(?:\.venv/bin/)?assistant ([a-z]+)\b", p.read_text(encoding="utf-8"))
        }
        shown |= {m for p in PAGES for m in re.findall(r"`assistant ([a-z]+)\b", p.read_text(encoding="utf-8"))}
        assert shown <= set(commands())


class TestSettings:
    page = ROOT / "docs" / "settings.md"

    @pytest.mark.parametrize("field", fields(Settings), ids=lambda f: f.name)
    def test_every_setting(self, field: object) -> None:
        """Every setting has a row with its variable, its default and its meaning."""
        name = field.name  # type: ignore[attr-defined]  # a dataclass field
        (row,) = re.findall(rf"(?m)^\| `{name}` \|.*$", text_of(self.page))
        _, _, variable, default, meaning, _ = (cell.strip() for cell in row.split("|"))
        value = getattr(Settings(), name)
        assert variable == f"`{PREFIX}{name.upper()}`"
        assert default == f"`{str(value).lower() if isinstance(value, bool) else value}`"
        assert len(meaning) > 10

    def test_no_setting_that_is_not_there(self) -> None:
        """No document names a variable that the program does not read."""
        known = {PREFIX + f.name.upper() for f in fields(Settings)}
        assert set(re.findall(r"\bASSISTANT_[A-Z][A-Z_]*[A-Z]\b", text_of(*PAGES))) <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links(page: Path) -> None:
    """Every local link and picture of a document is a file that is there, in this project."""
    text = re.sub(r"```.*?```", "", text_of(page), flags=re.DOTALL)
    targets = re.findall(r"\]\(<?([^)\s>]+)>?[^)]*\)", text) + re.findall(r"(?:src|href)=\"([^\"]+)\"", text)
    local = [t.split("#")[0] for t in targets if not re.match(r"[a-z]+:|#", t)]
    for target in local:
        place = (page.parent / target).resolve()
        assert place.is_relative_to(ROOT), target
        assert place.exists(), target
