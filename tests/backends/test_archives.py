"""Foreign archives and their XML are opened with bounds, and each fault is one ParseError."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from assistant.backends.archives import MIB, open_archive, parse_xml
from assistant.errors import ParseError

ROOT = Path(__file__).resolve().parents[2]


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def refusal(data: bytes, member: str = "a.xml") -> str:
    with pytest.raises(ParseError) as caught:
        open_archive(data, "x.docx").xml(member)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_members_are_read_by_name_whatever_the_case_or_the_slash() -> None:
    """Office compares names without case, and some writers part them by backslashes."""
    archive = open_archive(packed({"word/Document.xml": b"<a/>", "word\\notes.xml": b"<b/>"}), "x.docx")
    assert archive.names() == ("word/Document.xml", "word/notes.xml")
    assert archive.read("word/document.xml") == b"<a/>"
    assert archive.xml("/word/notes.xml").tag == "b"
    assert "word/missing.xml" not in archive


def test_what_comes_out_is_bounded_over_all_reads() -> None:
    """Two members that each fit do not fit together; the header's claim plays no part."""
    data = packed({"a": bytes(3 * MIB), "b": bytes(3 * MIB)})
    archive = open_archive(data, "x.docx", limit=5 * MIB)
    assert len(archive.read("a")) == 3 * MIB
    with pytest.raises(ParseError, match="unpacks to more than 5 MiB"):
        archive.read("b")
    with pytest.raises(ParseError, match="more than 1 MiB"):
        open_archive(data, "x.docx").read("a", limit=MIB)


def test_a_member_that_leads_outside_and_a_link_are_ignored_with_a_warning() -> None:
    """'../', an absolute path, a drive and a symbolic link are no members; the rest is read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in ("../up.xml", "/etc/passwd", "C:\\x.xml", "word/../../y.xml", "good.xml"):
            file.writestr(name, b"<a/>")
        link = zipfile.ZipInfo("link.xml")
        link.external_attr = 0o120777 << 16
        file.writestr(link, b"/etc/passwd")
    archive = open_archive(out.getvalue(), "x.docx")
    assert archive.names() == ("good.xml",)
    assert len(archive.warnings) == 1
    assert "../up.xml" in archive.warnings[0]
    assert "2 more" in archive.warnings[0]


def test_a_member_that_is_there_twice_is_told() -> None:
    """Which of two equal names a reader sees is not certain: the last is read, and the report says so."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.xml", b"<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("a.xml", b"<b/>")
    archive = open_archive(out.getvalue(), "x.docx")
    assert archive.xml("a.xml").tag == "b"
    assert "more than once" in archive.warnings[0]


def test_a_password_is_named() -> None:
    """An encrypted member and an encrypted Office file (an OLE container) say what to do."""
    data = bytearray(packed({"a.xml": b"<a/>"}))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refusal(bytes(data))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert "is encrypted" in refusal(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "old Office" in refusal(ole)


def test_what_is_no_archive_or_lacks_its_parts_is_refused() -> None:
    """Bytes that only begin as an archive, an empty one, a part that is not there."""
    assert "damaged" in refusal(b"PK\x03\x04 and nothing else")
    assert "damaged" in refusal(b"")
    assert "lacks a.xml" in refusal(packed({"b.xml": b"<a/>"}))
    assert "packed in a way" in refusal(packed({"a.xml": b"<a/>"}, zipfile.ZIP_LZMA))


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type"),
        (b'<?xml version="1.0"?>\n<!-- c --><!DOCTYPE a SYSTEM "http://127.0.0.1/x"><a/>', "document type"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"), "document type"),
        (b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a+AFs- +AF0APgA8-a/+AD4-', "document type"),
        (b"<a>&undeclared;</a>", "not well-formed"),
        (b"<a><b></a>", "not well-formed"),
        (b"<a" + b"><a" * 500_000 + b">", "too deep"),
        (b"<a>" + b"<b/>" * 1_200_001 + b"</a>", "too many elements"),
        (b"<a>" + b"<b c='' d=''/>" * 400_001 + b"</a>", "too many elements"),
        (b"", "damaged"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "encoding"),
        (b"<?xml version='1.0'?><!--", "not well-formed"),
    ],
)
def test_xml_that_is_hostile_or_broken_is_one_line(xml: bytes, what: str) -> None:
    """Entity bombs, outside references, endless nesting, masses of elements, broken files."""
    assert what in refusal(packed({"a.xml": xml}))


def test_encodings_that_xml_knows_are_read() -> None:
    """UTF-16, a mark of byte order, and a Korean encoding that the file names."""
    assert parse_xml("<a>가</a>".encode("utf-16"), "x").text == "가"
    assert parse_xml("\ufeff<a>가</a>".encode(), "x").text == "가"
    assert parse_xml("<?xml version='1.0' encoding='euc-kr'?><a>가</a>".encode("euc-kr"), "x").text == "가"


def test_more_files_than_any_document_has_are_refused_before_they_are_listed() -> None:
    """The directory of an archive alone can cost more memory than the archive."""
    assert "more than 20,000 files" in refusal(packed({f"{i}": b"" for i in range(20_001)}, zipfile.ZIP_STORED))


_MEASURE = """
import re, sys
from assistant.backends.archives import open_archive
from assistant.errors import ParseError
from pathlib import Path
try:
    open_archive(Path(sys.argv[1]).read_bytes(), "x.docx").xml("a.xml")
except ParseError as exc:
    # Not ru_maxrss: Linux counts what the parent had before it started this program.
    print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024, exc)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is told by Linux only")
def test_a_bomb_costs_a_line_and_bounded_memory(tmp_path: Path) -> None:
    """An archive of 2 MB that unpacks to 400 MiB is cut off where the bound is, not where it ends."""
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file, file.open("a.xml", "w") as member:
        for _ in range(400):
            member.write(bytes(MIB))
    assert path.stat().st_size < 3 * MIB
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path)], capture_output=True, text=True, timeout=60, check=True, cwd=ROOT
    )
    megabytes, _, message = done.stdout.partition(" ")
    assert "unpacks to more than 64 MiB" in message
    assert int(megabytes) < 400


def test_damaged_bytes_end_in_a_reading_or_a_parse_error() -> None:
    """No other exception leaves, whatever byte is flipped or wherever the file breaks off."""
    good = packed({"a.xml": b"<a>" + b"<b>text</b>" * 50 + b"</a>", "b/c.xml": b"<x/>"})
    rng = random.Random(7)
    for _ in range(300):
        data = bytearray(good)
        if rng.random() < 0.3:
            data = data[: rng.randrange(len(data))]
        for _ in range(rng.randrange(4)):
            if data:
                data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            archive = open_archive(bytes(data), "x.docx")
            for member in archive.names():
                archive.xml(member)
        except ParseError:
            pass
