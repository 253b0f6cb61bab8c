"""Text in pictures, read by the program `tesseract` where it is installed.

The program is run on one page at a time, through pipes, in a process group of its own with a limit on
time, memory and output. A page that it cannot read raises RecognitionError: the caller names the page in a
warning and goes on.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import resource
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PIL import Image

from assistant.backends.ocr.chars import chars_of
from assistant.backends.ocr.doubts import holds_hangul, is_doubtful, settle, strips_of
from assistant.backends.ocr.lines import GarbledOutputError, TextLine, Word, lines_of
from assistant.backends.ocr.page import DPI, Sheet, sheet_of
from assistant.backends.processes import die_with_parent
from assistant.reading.chars import Char, Ruling

LANGUAGES = "kor+eng"
"""Korean first: the spaces between Korean words are kept only so."""
PAGE_SECONDS = 120.0
MAX_OUTPUT = 64 * 1024 * 1024
MAX_MEMORY = 4 * 1024 * 1024 * 1024
MAX_PIXELS = 60_000_000
"""A picture larger than this is made smaller first (A4 at 600 dpi has 35 million)."""
LEAST_SURE = 0.3
"""Words below this that are no words (signs, very long ones) are leaders and drawings read as letters."""
LEAST_SURE_PAGE = 0.65
"""Pages whose letters are less sure than this hold pictures, or a script that none of the languages has: what
was read there is no text. Spoilt scans of text have 0.85 and more."""
LEAST_SURE_LINE = 0.5
"""Lines whose letters are less sure than this on average are noise. In a line that is not, words of low
confidence stay: a third of them are right, and a word that is missing cannot be seen to be."""
_LONGEST_WORD = 24

_UPRIGHT = 0.7
"""Pages whose letters are surer than this on average stand upright."""
_TRANSPOSED = {
    1: Image.Transpose.ROTATE_270,  # Pillow turns to the left
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}
_PROBE_SECONDS = 20.0


class RecognitionError(Exception):
    """A picture could not be read; the message says why, in a few words."""


class RecognisedChars(list[Char]):
    """The characters of a page, upright. `turned` is by how many quarter turns they were turned for that
    (see PageChars): 0 where the picture was the right way up. `rulings` are the straight lines among them."""

    def __init__(self, chars: Iterable[Char] = (), turned: int = 0, rulings: Iterable[Ruling] = ()) -> None:
        super().__init__(chars)
        self.turned = turned
        self.rulings = list(rulings)


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program as it was found."""

    program: str
    version: str
    languages: tuple[str, ...]
    """In the order in which they are asked for."""
    missing: tuple[str, ...] = ()
    """Languages that were wanted and are not installed."""
    orientation: bool = False
    """Whether it can tell a page that lies sideways or upside down."""
    seconds: float = field(default=PAGE_SECONDS, compare=False)

    @property
    def description(self) -> str:
        return f"tesseract {self.version}, {'+'.join(self.languages)}"

    def recognise(self, image: Image.Image, width: float, height: float) -> RecognisedChars:
        """The text of a picture of a page that is `width` by `height` points; none where it holds no text.

        Raises RecognitionError. Characters lie on the page set straight: a crooked scan is turned by a few
        degrees about its middle.
        """
        until = time.monotonic() + self.seconds
        try:
            image = _bounded(image)
            sheet = sheet_of(image, width)
            if sheet.sideways and (turned := self._turned(sheet, until)) % 2:
                upright = sheet_of(image.transpose(_TRANSPOSED[turned]), height)
                return self._placed(self._read(upright, until), upright, height, turned)
            lines = self._read(sheet, until)
            if _sureness(lines) < _UPRIGHT and (turned := self._turned(sheet, until)):
                across = height if turned % 2 else width
                upright = sheet_of(image.transpose(_TRANSPOSED[turned]), across)
                other = self._read(upright, until)
                if _sureness(other) > _sureness(lines) + 0.1:
                    return self._placed(other, upright, across, turned)
            return self._placed(lines, sheet, width)
        except RecognitionError:
            raise
        except (GarbledOutputError, OSError, ValueError, MemoryError) as exc:
            raise RecognitionError(f"tesseract gave nothing usable: {_brief(exc)}") from exc

    def _turned(self, sheet: Sheet, until: float) -> int:
        """By how many quarter turns a page has to be turned to stand upright; 0 where that is not known."""
        if not self.orientation or not sheet.blocks:
            return 0
        command = [self.program, "stdin", "stdout", "-l", "osd", "--psm", "0", "--dpi", str(DPI)]
        try:
            told = run(command, _ppm(Image.fromarray(sheet.page)), until - time.monotonic(), self.seconds)
        except RecognitionError:  # 'too few characters': a picture rather than text
            return 0
        found = re.search(rb"Rotate:\s*(\d+)", told)
        return int(found[1]) // 90 % 4 if found else 0

    def _read(self, sheet: Sheet, until: float) -> list[TextLine]:
        if not sheet.blocks:
            return []
        lines = self._lines(sheet.image, "+".join(self.languages), until)
        if self.languages[0] == "kor" and len(self.languages) > 1:
            doubtful = [line for line in lines if any(is_doubtful(w) for w in line.words)]
            if doubtful and holds_hangul(lines):
                image, tops = strips_of(sheet.image, doubtful)
                with contextlib.suppress(RecognitionError):  # what was read first stands
                    settle(doubtful, tops, self._lines(image, "kor", until))
        return lines

    def _lines(self, image: Image.Image, languages: str, until: float) -> list[TextLine]:
        options = [
            "-l", languages, "--psm", "6", "--dpi", str(DPI),
            "-c", "tessedit_create_hocr=1", "-c", "hocr_char_boxes=1", "-c", "tessedit_create_txt=1",
            "-c", "preserve_interword_spaces=1", "-c", "page_separator=",
        ]  # fmt: skip
        seconds = until - time.monotonic()
        if seconds <= 0:
            raise RecognitionError(f"tesseract took more than {self.seconds:.0f} seconds")
        output = run([self.program, "stdin", "stdout", *options], _ppm(image), seconds, self.seconds)
        return lines_of(output.decode("utf-8", "replace"))

    def _placed(self, lines: Sequence[TextLine], sheet: Sheet, width: float, turned: int = 0) -> RecognisedChars:
        kept: list[TextLine] = []
        for line in lines:
            block = sheet.block_at((line.top + line.bottom) / 2)
            words = [w for w in line.words if w.confidence >= LEAST_SURE or _is_word(w)]
            if block is None or not words or _sureness([TextLine(words)]) < LEAST_SURE_LINE:
                continue
            for word in words:
                for g in word.glyphs:
                    g.left, g.top = block.on_page(g.left, g.top)
                    g.right, g.bottom = block.on_page(g.right, g.bottom)
            kept.append(TextLine(words))
        if _sureness(kept) < LEAST_SURE_PAGE:
            return RecognisedChars()
        scale = width / sheet.page.shape[1]
        rulings = [Ruling(*(scale * side for side in box)) for box in sheet.rulings]
        return RecognisedChars(chars_of(kept, sheet.page, scale), turned, rulings)


def find_recogniser(
    languages: str = LANGUAGES, program: str | None = None, seconds: float = PAGE_SECONDS
) -> Tesseract | None:
    """The installed tesseract with those of the wanted languages ('kor+eng') that it has; None where it is
    absent, does not answer, or has none of them. `program`: its path, else it is looked for on the PATH.
    """
    path = shutil.which(program or "tesseract")
    if path is None:
        return None
    try:
        version = run([path, "--version"], b"", _PROBE_SECONDS).decode("utf-8", "replace")
        listed = run([path, "--list-langs"], b"", _PROBE_SECONDS).decode("utf-8", "replace")
    except RecognitionError:
        return None
    number = re.search(r"tesseract\s+v?(\d[\w.\-]*)", version)
    installed = {line.strip() for line in listed.splitlines()}
    wanted = [part for part in languages.split("+") if re.fullmatch(r"\w+(?:/\w+)?", part)]
    found = tuple(part for part in wanted if part in installed)
    if number is None or not found:
        return None
    missing = tuple(part for part in wanted if part not in installed)
    return Tesseract(path, number[1], found, missing, "osd" in installed, seconds)


def run(command: Sequence[str], data: bytes, seconds: float, limit: float | None = None) -> bytes:
    """What a program prints when `data` is put into it. Raises RecognitionError where it fails, takes more
    than `seconds` or prints too much; nothing of it is left running. `limit`: the seconds to name."""
    environ = {k: os.environ[k] for k in ("PATH", "TESSDATA_PREFIX", "HOME", "TMPDIR") if k in os.environ}
    environ |= {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=environ, start_new_session=True, bufsize=0,
            preexec_fn=die_with_parent,  # noqa: PLW1509  # one call to the kernel, with nothing that a thread could hold
        )  # fmt: skip
    except OSError as exc:
        raise RecognitionError(f"tesseract cannot be started: {_brief(exc)}") from exc
    try:
        _confine(process.pid, seconds)
        out, err = _exchange(process, data, time.monotonic() + seconds, limit or seconds)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
    if process.returncode:
        raise RecognitionError(f"tesseract failed ({process.returncode}): {_last_line(err)}")
    return out or err


def _confine(pid: int, seconds: float) -> None:
    """Limits that hold even if this process is gone before it could kill the program."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        resource.prlimit(pid, resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 2))
        resource.prlimit(pid, resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _exchange(process: subprocess.Popen[bytes], data: bytes, until: float, limit: float) -> tuple[bytes, bytes]:
    """Feeds the program and reads what it prints, both at once, within the limits."""
    assert process.stdin
    assert process.stdout
    assert process.stderr
    out, err = bytearray(), bytearray()
    rest = memoryview(data)
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ, out)
        selector.register(process.stderr, selectors.EVENT_READ, err)
        os.set_blocking(process.stdin.fileno(), False)
        selector.register(process.stdin, selectors.EVENT_WRITE, None)
        while selector.get_map():
            left = until - time.monotonic()
            if left <= 0:
                raise RecognitionError(f"tesseract took more than {limit:.0f} seconds")
            for key, _ in selector.select(left):
                if key.data is None:
                    try:
                        rest = rest[os.write(key.fd, rest[: 1 << 16]) :]
                    except BlockingIOError:
                        continue
                    except BrokenPipeError:  # it stopped reading: its exit status says why
                        rest = rest[:0]
                    if not rest:
                        selector.unregister(process.stdin)
                        process.stdin.close()
                    continue
                block = os.read(key.fd, 1 << 16)
                if not block:
                    selector.unregister(key.fileobj)
                key.data.extend(block)
                if len(out) + len(err) > MAX_OUTPUT:
                    raise RecognitionError("tesseract printed more than any page holds")
    try:
        process.wait(max(0.1, until - time.monotonic()))
    except subprocess.TimeoutExpired as exc:
        raise RecognitionError(f"tesseract took more than {limit:.0f} seconds") from exc
    return bytes(out), bytes(err)


def _sureness(lines: Sequence[TextLine]) -> float:
    """The mean confidence of the letters of a page, 0 where there are none."""
    words = [(len(w.glyphs), w.confidence) for line in lines for w in line.words]
    return sum(n * sure for n, sure in words) / max(sum(n for n, _ in words), 1)


def _is_word(word: Word) -> bool:
    return len(word.glyphs) <= _LONGEST_WORD and sum(g.text.isalnum() for g in word.glyphs) > 0.5 * len(word.glyphs)


def _ppm(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PPM")
    return buffer.getvalue()


def _bounded(image: Image.Image) -> Image.Image:
    pixels = image.width * image.height
    if pixels <= MAX_PIXELS:
        return image
    by = (MAX_PIXELS / pixels) ** 0.5
    return image.resize((max(1, int(image.width * by)), max(1, int(image.height * by))), Image.Resampling.BOX)


def _last_line(err: bytes) -> str:
    lines = [line.strip() for line in err.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1][:120] if lines else "it does not say why"


def _brief(exc: BaseException) -> str:
    return " ".join(str(exc).split())[:120] or type(exc).__name__
