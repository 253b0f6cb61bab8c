"""What every process that reads foreign bytes does first."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal

_LIBC = ctypes.CDLL(None) if os.name == "posix" else None  # loaded here: nothing may be between fork and exec
_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Linux ends the process that calls this when its parent ends, however that comes; elsewhere nothing happens."""
    with contextlib.suppress(OSError, AttributeError):
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
