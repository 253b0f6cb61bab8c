"""Makes HWP 5 files for tests: a compound file with the streams that a reader of text needs."""

from __future__ import annotations

import struct
import zlib

SECTOR, SMALL = 512, 64
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

BODY, BOLD, LARGE, WHITE, TINY = range(5)
"""Looks of characters, as DocInfo below lists them."""
PLAIN, OUTLINE = range(2)
"""Shapes of paragraphs."""
_LOOKS = ((1000, 0, 0), (1000, 2, 0), (1600, 2, 0), (1000, 0, 0xFFFFFF), (100, 0, 0))


def record(tag: int, level: int, data: bytes = b"") -> bytes:
    if len(data) < 0xFFF:
        return struct.pack("<I", tag | level << 10 | len(data) << 20) + data
    return struct.pack("<II", tag | level << 10 | 0xFFF << 20, len(data)) + data


def string(text: str) -> bytes:
    return struct.pack("<H", len(text)) + text.encode("utf-16-le")


def doc_info() -> bytes:
    out = b""
    for fill in (None, 0x64381F):  # none, and dark blue (0x00BBGGRR)
        brush = struct.pack("<I", 0) if fill is None else struct.pack("<IIIi", 1, fill, 0, -1)
        out += record(0x14, 0, bytes(32) + brush)
    for size, flags, colour in _LOOKS:
        fixed = bytes(14) + bytes([100] * 7) + bytes(7) + bytes([100] * 7) + bytes(7)
        out += record(0x15, 0, fixed + struct.pack("<IIHIIII", size, flags, 0, colour, 0, 0xFFFFFFFF, 0))
    levels = [struct.pack("<IhhI", shape << 5, 0, 0, 0) + string(text) for text, shape in (("^1.", 2), ("^2.", 0))]
    levels += [struct.pack("<IhhI", 0, 0, 0, 0) + string("")] * 5
    out += record(0x17, 0, b"".join(levels) + struct.pack("<H", 0))
    for flags in (0, 1 << 23, 1 << 23 | 1 << 25):
        out += record(0x19, 0, struct.pack("<I", flags) + bytes(24) + struct.pack("<HHH", 0, 1, 0))
    return out + record(0x1A, 0, string("바탕글") + string("Normal") + bytes(8))


class Control:
    """A control in a paragraph: the sign that stands for it and its records, from the level of the paragraph."""

    def __init__(self, sign: int, name: str, data: bytes = b"", *below: bytes) -> None:
        self.sign, self.name = sign, name
        self._data, self._below = data, below

    def unit(self) -> list[int]:
        name = struct.unpack("<2H", self.name.encode("latin-1")[::-1])
        return [self.sign, *name, 0, 0, 0, 0, self.sign]

    def records(self, level: int) -> bytes:
        head = record(0x47, level + 1, self.name.encode("latin-1")[::-1] + self._data)
        return head + b"".join(lifted(one, level + 2) for one in self._below)


def lifted(records: bytes, by: int) -> bytes:
    """The same records, so many levels deeper."""
    out, at = b"", 0
    while at < len(records):
        header = struct.unpack_from("<I", records, at)[0]
        size = header >> 20
        start = at + (8 if size == 0xFFF else 4)
        if size == 0xFFF:
            size = struct.unpack_from("<I", records, at + 4)[0]
        out += record(header & 0x3FF, (header >> 10 & 0x3FF) + by, records[start : start + size])
        at = start + size
    return out


def p(*pieces: str | tuple[str, int] | Control, shape: int = PLAIN, deleted: tuple[int, int] | None = None) -> bytes:
    """The records of a paragraph: words, words with a look, controls. `deleted`: first unit of a deletion and the one behind it."""
    units: list[int] = []
    looks: list[tuple[int, int]] = []
    controls = []
    for piece in pieces:
        if isinstance(piece, Control):
            controls.append(piece)
            units += piece.unit()
            continue
        words, look = piece if isinstance(piece, tuple) else (piece, BODY)
        looks.append((len(units), look))
        coded = words.encode("utf-16-le")
        for unit in struct.unpack(f"<{len(coded) // 2}H", coded):
            units += [9, 0, 0, 0, 0, 0, 0, 9] if unit == 9 else [unit]
    units.append(13)
    out = record(0x42, 0, struct.pack("<IIHBBHHHI", len(units), 0, shape, 0, 0, len(looks), 0, 0, 0))
    out += record(0x43, 1, struct.pack(f"<{len(units)}H", *units))
    out += record(0x44, 1, b"".join(struct.pack("<II", *look) for look in looks or [(0, 0)]))
    if deleted:
        out += record(0x46, 1, struct.pack("<III", *deleted, 0x11 << 24))
    return out + b"".join(control.records(0) for control in controls)


def paragraphs(*inside: bytes, extra: bytes = b"", flags: int = 0) -> bytes:
    """A list of paragraphs: its header and they, side by side."""
    return record(0x48, 0, struct.pack("<HHHH", len(inside), 0, 0, flags) + extra) + b"".join(inside)


def note(number: int, text: str, kind: str = "fn  ") -> Control:
    return Control(17, kind, struct.pack("<IHHI", number, 0, ord(")"), 0), paragraphs(p(text)))


def cell(
    row: int, column: int, *inside: bytes, rows: int = 1, columns: int = 1, header: bool = False, fill: int = 1
) -> bytes:
    place = struct.pack("<4HII4HH", column, row, columns, rows, 1000, 1000, 0, 0, 0, 0, fill)
    head = struct.pack("<HIH", len(inside), 0, 4 if header else 0)
    return record(0x48, 0, head + place) + b"".join(inside)


def table(height: int, width: int, *cells: bytes, caption: bytes = b"", below: bool = False) -> Control:
    size = struct.pack("<IHHH4H", 0, height, width, 0, 0, 0, 0, 0) + bytes(2 * height) + struct.pack("<H", 1)
    side = struct.pack("<I", 3 if below else 2)
    head = paragraphs(caption, extra=side) if caption else b""
    return Control(11, "tbl ", bytes(40), head, record(0x4D, 0, size), *cells)


def box(*inside: bytes) -> Control:
    """A text box without a fill."""
    shape = record(0x4C, 0, bytes(50) + struct.pack("<H", 0) + bytes(48 + 13) + struct.pack("<I", 0))
    return Control(11, "gso ", bytes(40), shape, lifted(paragraphs(*inside), 1))


def hwp(*paragraphs: bytes, flags: int = 1, streams: dict[str, bytes] | None = None) -> bytes:
    """A whole file, packed (bit 0 of `flags`) or not. `streams` adds or replaces streams, as they lie in the file."""
    first = p(Control(2, "secd", bytes(14) + struct.pack("<H", 1) + bytes(20)))

    def packed(data: bytes) -> bytes:
        packer = zlib.compressobj(wbits=-15)
        return packer.compress(data) + packer.flush() if flags & 1 else data

    return compound(
        {
            "FileHeader": b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05010000, flags) + bytes(216),
            "DocInfo": packed(doc_info()),
            "BodyText/Section0": packed(first + b"".join(paragraphs)),
            **(streams or {}),
        }
    )


def summary(texts: dict[int, str]) -> bytes:
    """The stream of a file's title (2), author (4) and other properties that are texts."""
    head, body = b"", b""
    for number, text in texts.items():
        head += struct.pack("<II", number, 8 + 8 * len(texts) + len(body))
        body += struct.pack("<II", 0x1F, len(text) + 1) + f"{text}\0".encode("utf-16-le")
        body += bytes(-len(body) % 4)
    section = struct.pack("<II", 8 + len(head) + len(body), len(texts)) + head + body
    return (
        struct.pack("<HHI", 0xFFFE, 0, 0)
        + bytes(16)
        + struct.pack("<I", 1)
        + bytes(16)
        + struct.pack("<I", 48)
        + section
    )


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (OLE): small streams lie in 64-byte pieces of one stream, large ones in sectors."""
    folders = sorted({name.rpartition("/")[0] for name in streams if "/" in name})
    entries = [("Root Entry", 5, b"")] + [(f, 1, b"") for f in folders] + [(n, 2, d) for n, d in streams.items()]
    sectors: list[bytes] = []
    fat: list[int] = []
    mini = b""
    mini_fat: list[int] = []

    def put(data: bytes) -> int:
        start = len(fat)
        count = -(-len(data) // SECTOR)
        sectors.extend(data[i * SECTOR : (i + 1) * SECTOR].ljust(SECTOR, b"\0") for i in range(count))
        fat.extend([*range(start + 1, start + count), _END] if count else [])
        return start if count else _END

    starts = []
    for _, kind, data in entries:
        if kind != 2 or len(data) >= 4096:
            starts.append(put(data) if kind == 2 else (_END if kind == 5 else 0))
            continue
        count = -(-len(data) // SMALL)
        starts.append(len(mini_fat) if count else _END)
        mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), _END] if count else []
        mini += data.ljust(count * SMALL, b"\0")
    starts[0] = put(mini)
    mini_at = put(b"".join(struct.pack("<I", n) for n in mini_fat))
    directory = b""
    for i, (name, kind, data) in enumerate(entries):
        inside = [j for j, (n, k, _) in enumerate(entries) if j and _folder(n, k) == ("" if i == 0 else name)]
        beside = [j for j, (n, k, _) in enumerate(entries) if j > i and _folder(n, k) == _folder(name, kind)]
        coded = (name.rpartition("/")[2] + "\0").encode("utf-16-le")
        directory += coded.ljust(64, b"\0") + struct.pack(
            "<HBBIII",
            len(coded),
            kind,
            1,
            _FREE,
            beside[0] if i and beside else _FREE,
            inside[0] if kind != 2 and inside else _FREE,
        )
        size = len(mini) if i == 0 else len(data)
        directory += bytes(16 + 4 + 16) + struct.pack("<IQ", starts[i], size)
    directory_at = put(directory)
    fat_at = len(fat)
    count = -(-(len(fat) + 2) // 128)
    fat += [_FAT] * count
    table_bytes = b"".join(struct.pack("<I", n) for n in fat).ljust(count * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIII", 0, count, directory_at, 0, 4096)
    header += struct.pack("<IIII", mini_at, -(-len(mini_fat) * 4 // SECTOR), _END, 0)
    header += b"".join(struct.pack("<I", fat_at + i if i < count else _FREE) for i in range(109))
    return header + b"".join(sectors) + table_bytes


def _folder(name: str, kind: int) -> str:
    return name.rpartition("/")[0] if kind == 2 else ("" if kind == 1 else "none")
