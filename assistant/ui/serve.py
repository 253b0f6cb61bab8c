"""Serves the page: Streamlit's own command, kept on this machine. `python -m assistant.ui.serve run app.py …`."""

from __future__ import annotations

import socket
import sys

from streamlit import net_util


def stay_in() -> None:
    """Streamlit asks a host outside for this machine's address when a foreign page opens its socket, to allow pages
    from there. Ours is served on this machine to pages of this machine: nobody is asked, and no address is added."""
    net_util.get_external_ip = _nobody
    net_util.get_internal_ip = _nobody


def _nobody() -> str | None:
    return None


def is_free(port: int) -> bool:
    """Whether nothing is served at this port of this machine."""
    with socket.socket() as own:
        if sys.platform != "win32":  # what has just ended may be served again at once
            own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            own.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def main() -> int:
    """Streamlit's exit status; 1 with one line where the port is in use."""
    port = next((int(a.partition("=")[2]) for a in sys.argv if a.startswith("--server.port=")), None)
    if port is not None and not is_free(port):
        said = f"port {port} is in use on this machine: end what is served there, or `assistant ui --port {port + 1}`"
        sys.stderr.write(f"assistant: {said}\n")
        return 1
    stay_in()
    if port is not None:
        sys.stdout.write(f"Starting the page at http://127.0.0.1:{port}  (Ctrl+C ends it)\n")
        sys.stdout.flush()
    from streamlit.web.cli import main as serve

    serve(prog_name="streamlit")
    return 0


if __name__ == "__main__":
    sys.exit(main())
