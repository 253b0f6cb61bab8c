"""`assistant audit`."""

from __future__ import annotations

import argparse
from typing import Any


def add(command: Any, reports: argparse.ArgumentParser) -> None:
    """The command with its options."""
