"""The container of an HWP 5 file: streams of records in a compound file, and what its header stream says of looks.

The format is published by Hancom; a record is a tag, a level and its bytes, and belongs to the last record of the
level above. Everything is bounded by what comes out, never by what a header claims.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from assistant.errors import ParseError
from assistant.reading.hangul.model import UNKNOWN_FILL, Head, Look
from assistant.reading.hangul.numbering import Numbering, NumberLevel

MAX_UNPACKED = 128 * 1024 * 1024
MAX_RECORDS = 1_000_000
MAX_LEVEL = 100
"""A table in a table's cell is two levels; a reader goes down no deeper."""

BORDER_FILL, CHAR_SHAPE, NUMBERING, PARA_SHAPE, STYLE = 0x14, 0x15, 0x17, 0x19, 0x1A
PARA_HEADER, PARA_TEXT, PARA_CHAR_SHAPE, PARA_RANGE_TAG = 0x42, 0x43, 0x44, 0x46
CTRL_HEADER, LIST_HEADER, PAGE_DEF, SHAPE_COMPONENT = 0x47, 0x48, 0x49, 0x4C
TABLE, EQEDIT, MEMO_LIST = 0x4D, 0x58, 0x5D

NUMBER_SHAPES = (
    "DIGIT CIRCLED_DIGIT ROMAN_CAPITAL ROMAN_SMALL LATIN_CAPITAL LATIN_SMALL CIRCLED_LATIN_CAPITAL CIRCLED_LATIN_SMALL "
    "HANGUL_SYLLABLE CIRCLED_HANGUL_SYLLABLE HANGUL_JAMO CIRCLED_HANGUL_JAMO HANGUL_PHONETIC IDEOGRAPH CIRCLED_IDEOGRAPH "
    "DECAGON_CIRCLE DECAGON_CIRCLE_HANJA"
).split()


_WIDE_STRING = 0x1F


@dataclass(slots=True)
class Record:
    tag: int
    data: bytes
    below: list[Record] = field(default_factory=list)

    def u8(self, at: int, otherwise: int = 0) -> int:
        return self.data[at] if at < len(self.data) else otherwise

    def u16(self, at: int, otherwise: int = 0) -> int:
        return int(struct.unpack_from("<H", self.data, at)[0]) if at + 2 <= len(self.data) else otherwise

    def u32(self, at: int, otherwise: int = 0) -> int:
        return int(struct.unpack_from("<I", self.data, at)[0]) if at + 4 <= len(self.data) else otherwise

    def i32(self, at: int) -> int:
        value = self.u32(at)
        return value - 2**32 if value >= 2**31 else value

    def string(self, at: int) -> tuple[str, int]:
        """A string with its length in front, and where it ends."""
        end = min(at + 2 + 2 * self.u16(at), len(self.data))
        return self.data[at + 2 : end].decode("utf-16-le", "replace"), end

    @property
    def control(self) -> str:
        """The name of a control ('tbl '), written backwards in the file."""
        return self.data[3::-1].decode("latin-1") if len(self.data) >= 4 else ""


def tree_of(data: bytes, left: int, name: str) -> tuple[list[Record], int]:
    """The records of a stream as trees, and how many there are; `left`: how many may be."""
    roots: list[Record] = []
    path: list[list[Record]] = [roots]
    at = count = 0
    while at + 4 <= len(data):
        header = int(struct.unpack_from("<I", data, at)[0])
        tag, level, size = header & 0x3FF, header >> 10 & 0x3FF, header >> 20
        at += 4
        if size == 0xFFF:
            if at + 4 > len(data):
                break
            size = int(struct.unpack_from("<I", data, at)[0])
            at += 4
        count += 1
        if count > left or level > MAX_LEVEL:
            raise ParseError(f"{name} is nested or split beyond what a document needs: it is refused; give it as PDF")
        if at + size > len(data):
            raise ParseError(f"{name} is damaged: a record breaks off; open it in Hangul and save it again")
        record = Record(tag, data[at : at + size])
        at += size
        del path[level + 1 :]
        path[-1].append(record)
        path.append(record.below)
    return roots, count


class Container:
    """The streams of an HWP file. Raises ParseError for what is damaged or locked."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._left = MAX_UNPACKED
        try:
            # Faults of the container that lose nothing are passed over, as Hangul does.
            self._file = olefile.OleFileIO(io.BytesIO(data))
            streams = ["/".join(entry) for entry in self._file.listdir()]
        except Exception as exc:  # olefile lets IndexError, struct.error and others through on damaged files
            raise ParseError(f"{name} is damaged: it cannot be opened as an HWP file; get it again") from exc
        header = self._bytes("FileHeader")
        if not header.startswith(b"HWP Document File") or len(header) < 40:
            raise ParseError(f"{name} is damaged: it lacks the header of an HWP file; get it again")
        flags = int(struct.unpack_from("<I", header, 36)[0])
        if flags & 0x2:
            raise ParseError(f"{name} is protected by a password: save it without one and add it again")
        if flags & 0x4:
            raise ParseError(f"{name} is a locked copy for distribution: ask for the original, or give it as PDF")
        if flags & 0x510:
            raise ParseError(f"{name} is encrypted (DRM or certificate): save it without, or give it as PDF")
        self._packed = bool(flags & 0x1)
        self.sections = _numbered(streams, "BodyText")
        self.views = _numbered(streams, "ViewText")
        """The sections again with their tracked changes, where there are any."""

    def stream(self, stream: str) -> bytes:
        """A stream of records, unpacked."""
        data = self._bytes(stream)
        if not self._packed:
            return data
        unpacker = zlib.decompressobj(-15)
        try:
            out = unpacker.decompress(data, self._left + 1)
        except zlib.error as exc:
            raise ParseError(f"{self._name} is damaged: {stream} cannot be unpacked; get it again") from exc
        if len(out) > self._left:
            raise ParseError(f"{self._name} unpacks to more than {MAX_UNPACKED // 2**20} MiB: split it")
        self._left -= len(out)
        return out

    def _bytes(self, stream: str) -> bytes:
        try:
            with self._file.openstream(stream) as opened:
                return bytes(opened.read())
        except Exception as exc:
            raise ParseError(
                f"{self._name} is damaged: it lacks {stream}; open it in Hangul and save it again"
            ) from exc

    def summary(self) -> dict[int, str]:
        """Title (2), author (4) and the like, by the numbers of their properties; {} where they cannot be read."""
        try:
            record = Record(0, self._bytes("\x05HwpSummaryInformation"))
        except ParseError:  # a file reads as well without them
            return {}
        # Read here: olefile follows the counts that such a stream claims, for minutes.
        out: dict[int, str] = {}
        start = record.u32(44)
        for i in range(min(record.u32(start + 4), 64)):
            at = start + record.u32(start + 12 + 8 * i)
            if record.u32(at) == _WIDE_STRING:
                text = record.data[at + 8 : at + 8 + 2 * min(record.u32(at + 4), 2000)]
                out[record.u32(start + 8 + 8 * i)] = text.decode("utf-16-le", "replace").partition("\0")[0].strip()
        return out


def _numbered(streams: list[str], folder: str) -> tuple[str, ...]:
    found = [(int(m[1]), s) for s in streams if (m := re.fullmatch(rf"{folder}/Section(\d{{1,6}})", s))]
    return tuple(s for _, s in sorted(found))


# ---------------------------------------------------------------- looks


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of a paragraph."""

    head: int = 0
    level: int = 1
    numbering: int = 0
    fill: int | None = None


@dataclass(slots=True)
class Looks:
    """What the numbers in a section refer to."""

    fills: list[int | None] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    numberings: list[Numbering] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)

    def fill(self, number: int) -> int | None:
        """Fills count from 1; 0 is none."""
        return self.fills[number - 1] if 0 < number <= len(self.fills) else None

    def look(self, number: int) -> Look:
        return self.looks[number] if number < len(self.looks) else Look()

    def head(self, shape: Shape, outline: int) -> Head | None:
        if shape.head == 3:
            return Head("bullet", shape.level)
        if shape.head not in (1, 2):
            return None
        number = outline if shape.head == 1 else shape.numbering
        known = self.numberings[number - 1] if 0 < number <= len(self.numberings) else None
        return Head("outline" if shape.head == 1 else "number", shape.level, known)


def looks_of(records: Iterator[Record] | list[Record]) -> Looks:
    out = Looks()
    for record in _flat(records):
        if record.tag == BORDER_FILL:
            out.fills.append(fill_at(record, 32))
        elif record.tag == CHAR_SHAPE:
            out.looks.append(_look(record))
        elif record.tag == NUMBERING:
            out.numberings.append(_numbering(record, len(out.numberings) + 1))
        elif record.tag == PARA_SHAPE:
            flags = record.u32(0)
            out.shapes.append(Shape(flags >> 23 & 3, (flags >> 25 & 7) + 1, record.u16(30), out.fill(record.u16(32))))
        elif record.tag == STYLE:
            out.styles.append(record.string(0)[0])
    return out


def _flat(records: Iterator[Record] | list[Record]) -> Iterator[Record]:
    for record in records:
        yield record
        yield from _flat(record.below)


def fill_at(record: Record, at: int) -> int | None:
    """What a fill paints: a colour, several (UNKNOWN_FILL), or nothing."""
    kind = record.u32(at)
    if kind & ~1 or (kind & 1 and record.u32(at + 12, 0xFFFFFFFF) < 6):
        return UNKNOWN_FILL if kind & 0x7 else None
    return _colour(record.u32(at + 4, 0xFFFFFFFF)) if kind & 1 else None


def _colour(value: int) -> int | None:
    """0xRRGGBB of a colour written 0x00BBGGRR; None for none."""
    if value >> 24:
        return None
    return (value & 0xFF) << 16 | value & 0xFF00 | value >> 16


def _look(record: Record) -> Look:
    scale = max(record.u8(28, 100), record.u8(29, 100), 1)
    flags = record.u32(46)
    return Look(
        size=min(record.u32(42, 1000), 1_000_000) / 100 * scale / 100,
        colour=_colour(record.u32(52)) or 0,
        shade=_colour(record.u32(60, 0xFFFFFFFF)),
        bold=bool(flags & 0x2),
        raised=bool(flags & 0x8000),
        outlined=bool(flags & 0x7F00),
    )


def _numbering(record: Record, number: int) -> Numbering:
    levels: list[NumberLevel] = []
    at = 0
    for _ in range(7):
        shape = record.u32(at) >> 5 & 0x1F
        text, at = record.string(at + 12)
        levels.append(
            NumberLevel(text.strip("\0 ")[:40], NUMBER_SHAPES[shape] if shape < len(NUMBER_SHAPES) else "DIGIT")
        )
    # Behind the formats: the number of the first level to begin with, then (since 5.0.2.5) one for each level.
    starts = [record.u32(at + 2 + 4 * i, 1) for i in range(7)]
    return Numbering(
        str(number),
        tuple(
            NumberLevel(level.format, level.shape, start if 0 < start < 10_000 else 1)
            for level, start in zip(levels, starts, strict=True)
        ),
    )
