"""What every test shares: no network, nobody's own settings, the two papers where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from assistant.backends import quiet

# Before any library is imported. pytest-socket blocks Python's sockets; this also stops what reaches out from C++.
os.environ.update(quiet.QUIET)
for name in [n for n in os.environ if n.startswith("ASSISTANT_") or n in ("OPENAI_API_KEY", "OPENAI_API_BASE")]:
    del os.environ[name]

# No deadline: the first call of a property often loads something. In CI the same examples every time.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def _folder(path: Path, what: str) -> Path:
    if not path.is_dir():
        pytest.skip(f"{what} are not on this machine (looked in ../{path.relative_to(ROOT.parent)})")
    return path


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root, with app.py and corpus/."""
    return ROOT


@pytest.fixture(scope="session")
def papers() -> Path:
    """The folder of the two strategy papers (PDF and text), which stand outside the project."""
    return _folder(SHARED / "papers", "the two papers")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of other people's documents and questions, for tests on real oddities."""
    return _folder(SHARED / "data", "the shared test data")
