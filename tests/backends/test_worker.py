"""Foreign files are parsed in child processes, within limits; a hostile one costs one line."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.backends.formats import Limits
from assistant.backends.worker import Task, Workers, _environment
from assistant.errors import CorpusError, ParseError
from assistant.types import Document, Work

TEXT = b"A title of some words\n\nTariffs fell in 2024. Trade grew."


def task(name: str, data: bytes = TEXT) -> Task:
    return Task(name, data, Work(name.partition(".")[0], ""))


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, Limits(seconds=30)) as pool:
        yield pool


def test_a_file_is_read_as_in_this_process(workers: Workers) -> None:
    """What comes back from the child is the document that the parser makes."""
    from assistant.backends.reader import read

    here = task("a.txt")
    assert workers.read(here) == read(here.data, here.name, here.work)


def test_a_refusal_is_one_line(workers: Workers) -> None:
    """A file that cannot be read is refused with the parser's own reason, and the child lives on."""
    before = set(workers._children)
    with pytest.raises(ParseError, match=r"b\.pdf is not what its name says"):
        workers.read(task("b.pdf"))
    assert set(workers._children) == before


def test_a_child_that_cannot_be_started_is_one_line() -> None:
    """It is no fault of the file, so that it ends the run, with what to see to."""
    with Workers(1, program=["/nowhere/python"]) as pool:
        with pytest.raises(CorpusError, match="cannot be started") as found:
            pool.read(task("a.txt"))
        assert not isinstance(found.value, ParseError)


def test_a_fetched_page_is_looked_at_in_the_child(workers: Workers) -> None:
    """What a fetched file is, and whether it is a wall, is told by the child as the parser here would tell it; whoever
    fetches has no parser in its own process."""
    from assistant.backends.web.page_signs import see

    wall = b"<html><head><title>Log in</title></head><body><h1>Log in</h1><input type='password'></body></html>"
    page = b"<html><title>Yards</title><body><article><h1>Yards</h1>" + b"<p>The yards built hulls.</p>" * 40
    for data in (wall, page, TEXT, b"%PDF-1.7 and so on"):
        assert workers.look(data, "host") == see(data, "host")
    assert workers.look(wall, "host").wall is not None
    for data, words in ((b"\x89PNG\r\n\x1a\n" + bytes(99), "picture"), (b"", "empty")):
        with pytest.raises(ParseError, match=words):
            workers.look(data, "host")
    code = "import sys, assistant.backends.web.download as d; print(*(m for m in sys.modules if 'lxml' in m or 'html' in m))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_environment())
    assert "lxml" not in found.stdout
    assert "assistant.backends.html" not in found.stdout


def test_all_are_read_in_whatever_order(workers: Workers) -> None:
    """Every task comes out once, with its document or its reason; no more are drawn than are being read."""
    drawn = done = 0

    def tasks() -> Iterator[Task]:
        nonlocal drawn
        for n in range(12):
            drawn += 1
            assert drawn - done <= workers.count + 2
            yield task(f"f{n}.txt", b"" if n % 4 == 0 else TEXT)

    found = {}
    for each, outcome in workers.read_all(tasks()):
        done += 1
        found[each.name] = outcome
    assert len(found) == 12
    assert sum(isinstance(o, ParseError) for o in found.values()) == 3
    assert all(
        isinstance(o, Document) and o.text.endswith("Trade grew.") for n, o in found.items() if n[1:-4] in "1235"
    )


# What a hostile file may do, done by a stand-in for the child's reading: it does what the file's first word says.
HOSTILE = """
import os, signal, sys, time
import assistant.backends.reader as reader
from assistant.backends import child

def read(data, name, work, limits, ocr, tell):
    match data.split()[0].decode():
        case "sleep":
            time.sleep(60)
        case "spin":
            while True:
                pass
        case "eat":
            held = []
            while True:
                held.append(bytearray(50_000_000))
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "exit":
            os._exit(7)
        case "fault":
            raise IndexError("list index out of range")
        case "deep":
            return read(data, name, work, limits, ocr, tell)
        case "print":
            print("x" * 100_000, flush=True)
            os.write(1, b"garbage")
        case "write":
            with open(data.split()[1].decode(), "w") as file:
                file.write("x")
                file.flush()
        case "pages":
            for _ in range(4):
                tell({"ocr": 1})
                time.sleep(0.8)
        case "worse":
            from dataclasses import replace
            document = old(b"A title\\n\\nWords.", name, work, limits, ocr, tell)
            return replace(document, text="other words")
    return old(b"A title\\n\\nWords and words.", name, work, limits, ocr, tell)

old = reader.read
reader.read = read
sys.exit(child.main())
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Workers:
    """A pool whose children do as the file tells them."""
    program = tmp_path / "hostile.py"
    program.write_text(HOSTILE)
    limits = Limits(seconds=2, memory_mb=512, ocr_seconds=1, ocr_pages=3)
    return Workers(1, limits, program=(sys.executable, str(program)))


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("sleep", "not read within the time of 2 s"),
        ("spin", "not read within the time of 2 s"),
        ("eat", "asks for more memory than the 512 MiB"),
        ("crash", "broke the process that read it .SIGSEGV"),
        ("exit", "broke the process that read it .exit status 7"),
        ("fault", "could not be read .IndexError: list index out of range."),
        ("deep", "nests its parts too deep"),
        ("worse", "read into something that is no document"),
    ],
)
def test_a_hostile_file_costs_one_line(hostile: Workers, does: str, reason: str) -> None:
    """Whatever a file does to the process that reads it, the reason says so, and the next file is read."""
    with hostile:
        began = time.monotonic()
        # A fresh child has a minute more to start in; one that has read a file has not.
        assert hostile.read(task("good.txt", b"read")).text
        with pytest.raises(ParseError, match=reason) as caught:
            hostile.read(task("bad.txt", does.encode()))
        assert "\n" not in str(caught.value)
        assert hostile.read(task("next.txt", b"read")).text.endswith("Words and words.")
        assert time.monotonic() - began < 30


def test_what_a_library_prints_is_not_an_answer(hostile: Workers) -> None:
    """Output of a library does not stand among the answers."""
    with hostile:
        assert hostile.read(task("a.txt", b"print")).text.endswith("Words and words.")


def test_a_child_writes_no_file(hostile: Workers, tmp_path: Path) -> None:
    """A file that makes its reader write gets an error, and the disk nothing."""
    with hostile, pytest.raises(ParseError, match=r"could not be read .OSError"):
        hostile.read(task("a.txt", f"write {tmp_path / 'out'}".encode()))
    assert not (tmp_path / "out").exists() or not (tmp_path / "out").read_bytes()


def test_ocr_has_its_own_time(hostile: Workers) -> None:
    """A page that goes to OCR has time of its own, so a long scan is not ended; the whole is bounded all the same."""
    with hostile:
        assert hostile.read(task("good.txt", b"read")).text
        assert hostile.read(task("scan.txt", b"pages")).text


def test_an_end_kills_every_child(hostile: Workers) -> None:
    """Leaving the pool while a file is read ends the child at once, and leaves no process behind."""
    began = time.monotonic()
    pids: list[int] = []

    def stop() -> None:
        while not hostile._children:
            time.sleep(0.01)
        pids.extend(hostile._children)
        hostile.close()

    threading.Thread(target=stop).start()
    with pytest.raises(ParseError, match="reading was stopped"):
        hostile.read(task("slow.txt", b"sleep"))
    assert time.monotonic() - began < 20
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def test_a_stop_half_way_ends_the_children() -> None:
    """Whoever stops listening half-way ends the pool's children."""
    with Workers(2, Limits(seconds=30)) as pool:
        for _each, _outcome in pool.read_all(task(f"f{n}.txt") for n in range(5)):
            break
        assert not pool._children


def test_an_end_also_kills_what_the_child_started(tmp_path: Path) -> None:
    """A program that a child runs for OCR ends with the child, and does not go on by itself."""
    from PIL import Image

    pid = tmp_path / "pid"
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\nimport os, sys, time\n"
        "if '--version' in sys.argv: print('tesseract 5.0'); sys.exit()\n"
        "if '--list-langs' in sys.argv: print('eng'); sys.exit()\n"
        f"open({str(pid)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)\n"
    )
    program.chmod(0o755)
    picture = io.BytesIO()
    page = Image.new("L", (800, 1000), 255)
    page.paste(0, (100, 100, 700, 160))
    for row in range(8):
        for column in range(30):
            page.paste(0, (100 + 20 * column, 300 + 40 * row, 112 + 20 * column, 322 + 40 * row))
    page.save(picture, "PNG")
    os.mkfifo(pid)
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{program.parent}{os.pathsep}{path}"
    try:
        with Workers(1, Limits(seconds=30), ocr="eng") as pool:
            reading = threading.Thread(target=_quietly, args=(pool, picture))
            reading.start()
            number = int(pid.read_text())
            pool.close()
            reading.join(20)
    finally:
        os.environ["PATH"] = path
    for _ in range(100):
        if not Path(f"/proc/{number}").exists():
            break
        time.sleep(0.05)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def _quietly(pool: Workers, picture: io.BytesIO) -> None:
    with contextlib.suppress(ParseError):
        pool.read(task("page.png", picture.getvalue()))


def test_a_module_in_the_working_folder_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever starts an ingest in a folder of foreign files runs none of their code."""
    ran = tmp_path / "ran"
    (tmp_path / "regex.py").write_text(f"open({str(ran)!r}, 'w')")
    (tmp_path / "json.py").write_text(f"open({str(ran)!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    with Workers(1, Limits(seconds=30)) as pool:
        assert pool.read(task("a.txt")).text
    assert not ran.exists()


def test_children_outlive_the_threads_that_started_them() -> None:
    """A pool goes on with its children after a first round of reading."""
    with Workers(2, Limits(seconds=30)) as pool:
        assert all(isinstance(o, Document) for _, o in pool.read_all(task(f"a{n}.txt") for n in range(4)))
        first = dict(pool._children)
        assert all(isinstance(o, Document) for _, o in pool.read_all(task(f"b{n}.txt") for n in range(4)))
        assert all(child.process.poll() is None for child in first.values())
        assert set(first) <= set(pool._children)


def test_children_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """A parent that is killed leaves no process behind, not even one that is at work."""
    program = tmp_path / "hostile.py"
    program.write_text(HOSTILE)
    code = (
        "import sys, threading, time\n"
        "from assistant.backends.formats import Limits\n"
        "from assistant.backends.worker import Task, Workers\n"
        "from assistant.types import Work\n"
        f"pool = Workers(1, Limits(seconds=60), program=(sys.executable, {str(program)!r}))\n"
        "threading.Thread(target=lambda: pool.read(Task('a.txt', b'spin', Work('a', ''))), daemon=True).start()\n"
        "while not pool._children: time.sleep(0.01)\n"
        "print(next(iter(pool._children)), flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(0.5)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(200):
        stat = Path(f"/proc/{child}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.05)
    else:
        pytest.fail("the child lives on")


@pytest.mark.parametrize("says", ["deep", "list", "wrong", "half", "flood", "nothing"])
def test_a_child_in_the_hands_of_a_file_is_not_believed(tmp_path: Path, says: str) -> None:
    """Whatever a child answers instead of a document costs one line: nothing of it is kept, and nothing breaks."""
    program = tmp_path / "liar.py"
    program.write_text(
        "import json, sys, os\n"
        "from assistant.backends.child import LENGTH, receive\n"
        "from assistant.backends.reader import read\n"
        "from assistant.store.codec import encode\n"
        "from assistant.types import Work\n"
        "request = receive(sys.stdin.buffer)\n"
        "data = sys.stdin.buffer.read(request['size'])\n"
        "good = json.loads(encode(read(data, 'a.txt', Work('a', ''))))\n"
        "says = {\n"
        "  'deep': '{\"document\":' + '[' * 200000 + ']' * 200000 + '}',\n"
        "  'list': json.dumps({'document': '[1, 2]'}),\n"
        "  'wrong': json.dumps({'document': json.dumps({**good, 'warnings': [5, None], 'media_type': {'x': 1}})}),\n"
        "  'half': json.dumps({'document': json.dumps({**good, 'work': {**good['work'], 'title': '\\ud800'}})}),\n"
        "  'nothing': '{}',\n"
        "  'flood': '',\n"
        "}[sys.argv[1]].encode()\n"
        "size = 2**40 if sys.argv[1] == 'flood' else len(says)\n"
        "sys.stdout.buffer.write(LENGTH.pack(size) + says)\n"
        "sys.stdout.buffer.flush()\n"
        "sys.stdin.buffer.read()\n"
    )
    with Workers(1, Limits(seconds=20), program=(sys.executable, str(program), says)) as pool:
        ((_, outcome),) = pool.read_all([task("a.txt")])
    assert isinstance(outcome, ParseError)
    assert len(str(outcome).splitlines()) == 1


@pytest.mark.parametrize(
    "said", ['{"seen": 7}', '{"seen": "[]"}', '{"other": 1}', '{"seen": "{\\"type\\": \\"text/rtf\\"}"}']
)
def test_what_a_child_says_of_a_page_is_not_believed(tmp_path: Path, said: str) -> None:
    """An answer of another form, or a type that is none of ours, is a refusal of the file."""
    program = tmp_path / "program.py"
    program.write_text(
        "import sys\nfrom assistant.backends import child\n"
        f"child.serve = lambda *given: __import__('json').loads({said!r})\nsys.exit(child.main())\n"
    )
    with (
        Workers(1, Limits(seconds=30), program=[sys.executable, str(program)]) as pool,
        pytest.raises(ParseError, match="could not be looked at"),
    ):
        pool.look(b"<html>", "host")
