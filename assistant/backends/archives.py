"""Zipped formats (Word, HWPX) and their XML, read with bounds: the one place that opens a foreign archive.

Nothing is unpacked to disk. What counts against a bound is what comes out, never what a header claims.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from assistant.errors import ParseError

MIB = 1024 * 1024
MAX_UNPACKED = 256 * MIB
"""Bytes that all members of an archive together may unpack to, as far as they are read."""
MAX_MEMBERS = 20_000
MAX_XML = 64 * MIB
MAX_NODES = 1_200_000
"""Elements and attributes of one XML file: as a tree each costs up to 280 bytes, so some 330 MB."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = MIB
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
"""What zipfile raises for bytes that are no archive; RuntimeError is its word for a missing password."""


@dataclass(slots=True)
class Archive:
    """An opened archive. `warnings` are of members that were ignored, one line each."""

    name: str
    warnings: tuple[str, ...]
    _file: zipfile.ZipFile
    _members: Mapping[str, zipfile.ZipInfo]
    _folded: Mapping[str, str]
    _left: int
    _limit: int
    _nodes: int = field(default=MAX_NODES)

    def names(self) -> tuple[str, ...]:
        """The members in the order of the archive, parted by slashes and relative."""
        return tuple(self._members)

    def __contains__(self, member: str) -> bool:
        return self._found(member) is not None

    def read(self, member: str, limit: int | None = None) -> bytes:
        """The bytes of a member (names are compared without case, as Office does).

        Raises ParseError where it is missing, damaged, encrypted, or larger than `limit` or what is left for all.
        """
        found = self._found(member)
        if found is None:
            raise ParseError(
                f"{self.name} is damaged: it lacks {member}; open it where it was written and save it again"
            )
        info = self._members[found]
        if info.flag_bits & 0x1:
            raise ParseError(f"{self.name} is protected by a password: save it without one and add it again")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ParseError(f"{self.name} is packed in a way that is not read here ({member}): save it again")
        bound = self._left if limit is None else min(limit, self._left)
        out = bytearray()
        try:
            with self._file.open(info) as stream:
                while chunk := stream.read(min(_CHUNK, bound - len(out) + 1)):
                    out += chunk
                    if len(out) > bound:
                        size = (self._limit if bound == self._left else bound) // MIB
                        raise ParseError(
                            f"{self.name} unpacks to more than {size} MiB ({member}): split it, or give it as PDF"
                        )
        except _BROKEN as exc:
            raise ParseError(f"{self.name} is damaged: {member} cannot be unpacked; get it again") from exc
        finally:
            self._left -= min(len(out), self._left)
        return bytes(out)

    def xml(self, member: str) -> etree._Element:
        """The root of a member that is XML; all members read so share one bound on elements and attributes."""
        data = self.read(member, min(MAX_XML, self._left))
        root, nodes = _parse(data, f"{self.name} ({member})", self._nodes)
        self._nodes -= nodes
        return root

    def _found(self, member: str) -> str | None:
        member = member.replace("\\", "/").lstrip("/")
        return member if member in self._members else self._folded.get(member.casefold())


def open_archive(data: bytes, name: str, limit: int = MAX_UNPACKED) -> Archive:
    """The archive in `data`; `name` is for messages. Raises ParseError where it cannot be opened."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ParseError(f"{name} is encrypted: save it without a password and add it again")
        raise ParseError(f"{name} is in an old Office or HWP format: save it in the new one (.docx, .hwpx) or as PDF")
    # Counted before the directory is read: each entry of it costs 600 bytes as an object.
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise ParseError(f"{name} holds more than {MAX_MEMBERS:,} files: it is refused as an archive; give it as PDF")
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
        infos = file.infolist()
    except _BROKEN as exc:
        raise ParseError(f"{name} is damaged: it cannot be opened as a zipped document; get it again") from exc
    members: dict[str, zipfile.ZipInfo] = {}
    refused: list[str] = []
    repeated: list[str] = []
    for info in infos:
        member = info.filename.replace("\\", "/")
        if member.endswith("/"):
            continue
        if _is_outside(member) or _is_special(info):
            refused.append(member)
            continue
        if member in members:
            repeated.append(member)
        members[member] = info
    warnings = []
    if refused:
        warnings.append(f"ignored in the archive, as links or outside of it: {_listed(refused)}")
    if repeated:
        warnings.append(f"more than once in the archive, the last is read: {_listed(repeated)}")
    folded = {member.casefold(): member for member in members}
    return Archive(name, tuple(warnings), file, members, folded, limit, limit)


def _is_outside(member: str) -> bool:
    return member.startswith("/") or ".." in member.split("/") or re.match(r"[A-Za-z]:", member) is not None


def _is_special(info: zipfile.ZipInfo) -> bool:
    """Links, devices and the like; writers on Windows leave the mode 0."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    return kind not in (0, stat.S_IFREG, stat.S_IFDIR)


def _listed(members: list[str]) -> str:
    shown = ", ".join(ascii(m[:60])[1:-1] for m in members[:3])
    return shown if len(members) <= 3 else f"{shown} and {len(members) - 3} more"


# ---------------------------------------------------------------- XML


def parse_xml(data: bytes, name: str, nodes: int = MAX_NODES) -> etree._Element:
    """The root element, without comments and processing instructions.

    Refused with a ParseError: document types and so all entities, more than `nodes` elements and attributes,
    elements more than 256 deep (libxml2's own bound), and what is not well-formed. Nothing is fetched.
    """
    return _parse(data, name, nodes)[0]


def _parse(data: bytes, name: str, allowed: int) -> tuple[etree._Element, int]:
    if len(data) > MAX_XML:
        raise ParseError(f"{name} holds more than {MAX_XML // MIB} MiB of XML: split it, or give it as PDF")
    data = _as_utf8(data, name)
    if _has_doctype(data):
        raise ParseError(f"{name} declares a document type or entities, which no document needs: it is refused")
    # Counted before a tree is built; a sign inside a text may count as well.
    nodes = data.count(b"<") - data.count(b"</") + data.count(b"=")
    if nodes > allowed:
        raise ParseError(f"{name} has too many elements (more than {MAX_NODES:,}): split it, or give it as PDF")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: etree._Element | None = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as exc:
        what = " ".join(str(exc).split())
        if "depth" in what.lower():
            raise ParseError(f"{name} nests elements too deep: it is refused; give it as PDF") from exc
        raise ParseError(f"{name} is damaged: its XML breaks off or is not well-formed ({what[:80]})") from exc
    if root is None:
        raise ParseError(f"{name} is damaged: it holds no XML")
    return root, nodes


_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")


def _as_utf8(data: bytes, name: str) -> bytes:
    """The bytes in UTF-8: only there can signs be counted and a document type be seen for certain."""
    encoding = "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    elif data[:2] in (b"<\0", b"\0<"):
        encoding = "utf-16-le" if data[:1] == b"<" else "utf-16-be"
    elif declared := _DECLARED.match(data[:400]):
        encoding = declared[1].decode("ascii").lower()
    if encoding in ("utf-8", "utf8", "us-ascii", "ascii"):
        return data
    try:
        return data.decode(encoding).encode("utf-8")
    except (LookupError, ValueError) as exc:
        raise ParseError(f"{name} is damaged: its XML is not in the encoding that it names") from exc


def _has_doctype(data: bytes) -> bool:
    """Whether '<!DOCTYPE' stands before the root; comments and instructions may stand there as well."""
    at = 0
    while True:
        while data[at : at + 1].isspace():
            at += 1
        if data.startswith(b"<?", at):
            end = data.find(b"?>", at)
        elif data.startswith(b"<!--", at):
            end = data.find(b"-->", at + 4)
        else:
            return data.startswith(b"<!", at)
        if end < 0:
            return False  # broken off: the parser says so
        at = end + 2
        at += data.startswith(b">", at)
