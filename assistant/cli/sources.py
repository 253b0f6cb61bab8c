"""`assistant sources`: the ledger of cited works, what a file is, and fetching what is missing."""

from __future__ import annotations

import argparse
from typing import Any

from assistant.cli import fetch


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The commands with their options. `main` joins the two words of `sources fetch`: each is a command of its own."""
    fetch.add(command, reports)
