"""The bytes of a web page -> its tree, within bounds.

libxml2 compares every attribute of an element with every other one, and cuts a tree off at a depth without saying so:
long tags are shortened to the attributes that are read here before it sees them, and a page that is nested as deep
as that is refused.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from lxml import etree

from assistant.backends.text_files import decode
from assistant.errors import ParseError

MAX_BYTES = 64 * 1024 * 1024
MAX_MARKUP = 24_000_000
"""Characters of a page without its long attributes (pictures in the page are such)."""
MAX_TAGS = 500_000
MAX_DEPTH = 2000
"""Below libxml2's own limit of 2048, behind which it drops what is there."""
_LONG_TAG = 600
_LONG_VALUE = 50_000

_READ_ATTRIBUTES = frozenset(
    "align bgcolor charset class color colspan content data-title datetime dir epub:type for height hidden href "
    "http-equiv id itemprop itemtype lang media name open property rel role rowspan scope size src start style type "
    "value width xml:lang aria-level aria-label alt title mso-footnote-id".split()
)
TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)
    (?P<rest>(?:[\s/]++|=?[^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+(?<=[^\s/]))*+)
    >?""",
    re.VERBOSE,
)
ATTRIBUTE = re.compile(r"""([^\s/>=]++)(?:\s*+=\s*+("[^"]*+|'[^']*+|[^\s>]*+))?+["']?""")
_COMMENT_END = re.compile(r"--!?>")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes")
}
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr frame basefont".split())
_IN_HEAD = frozenset("title meta link style script noscript base template object bgsound basefont".split())
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}>")
_SUBSET = re.compile(
    r"\A(?P<head>[^<]{0,200}(?:<\?[^>]{0,200}>\s*)?)<!DOCTYPE[^<>\[]{0,300}\[[^\]]{0,100000}\]\s*>", re.IGNORECASE
)
"""A declaration with entities of its own: in a web page they have no meaning, and would be shown."""
_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_META_ENCODING = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_KNOWN = {
    "euckr": "cp949", "ksc56011987": "cp949", "ksc5601": "cp949", "cp949": "cp949", "uhc": "cp949", "windows949": "cp949",
    "ms949": "cp949", "xwindows949": "cp949", "korean": "cp949", "johab": "johab", "iso2022kr": "iso2022_kr",
    "iso88591": "cp1252", "latin1": "cp1252", "usascii": "cp1252", "ascii": "cp1252", "windows1252": "cp1252",
    "cp1252": "cp1252", "iso885915": "iso8859_15", "iso88592": "iso8859_2", "iso88595": "iso8859_5",
    "iso88597": "iso8859_7", "iso88599": "cp1254", "windows1250": "cp1250", "windows1251": "cp1251",
    "windows1253": "cp1253", "windows1254": "cp1254", "windows1255": "cp1255", "windows1256": "cp1256",
    "windows1257": "cp1257", "windows1258": "cp1258", "windows874": "cp874", "tis620": "cp874", "koi8r": "koi8_r",
    "koi8u": "koi8_u", "macintosh": "mac_roman", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030",
    "big5": "big5hkscs", "shiftjis": "cp932", "sjis": "cp932", "xsjis": "cp932", "windows31j": "cp932",
    "eucjp": "euc_jp", "iso2022jp": "iso2022_jp", "utf8": "utf-8", "utf16": "utf-8", "utf16le": "utf-8", "utf16be": "utf-8",
}  # fmt: skip
"""Names of encodings without their signs. What says UTF-16 of itself in ASCII is not; Latin-1 means Windows' own."""


@dataclass(frozen=True, slots=True)
class Source:
    root: etree._Element
    """Without comments."""
    comments: int
    """Characters of the comments."""
    warnings: tuple[str, ...]


def read_source(data: bytes, name: str) -> Source:
    """The tree of a page. Raises ParseError where it is empty, too large, too deep or no text."""
    if len(data) > MAX_BYTES:
        raise ParseError(f"{name} is too large for a web page ({len(data):,} bytes): split it")
    text, warnings = _text_of(data, name)
    markup, comments = _slimmed(_SUBSET.sub("<!DOCTYPE html>", text, count=1), name)
    if not markup.strip():
        raise ParseError(f"{name} is empty: it holds no text")
    try:
        # The text is handed over as bytes: lxml refuses characters that come with a declaration of their encoding.
        parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as exc:
        raise ParseError(f"{name} cannot be read as a web page: save it again in a browser") from exc
    if root is None:
        raise ParseError(f"{name} is empty: it holds no text")
    if _is_deep(root):
        raise ParseError(f"{name} nests its elements more than {MAX_DEPTH:,} deep, as no document does: save it as PDF")
    _settle_head(root)
    return Source(root, comments, warnings)


def _text_of(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The characters: by a mark of byte order, by what the page declares, else by what its bytes form."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = data[:8192]
        declared = _XML_ENCODING.match(head) or _META_ENCODING.search(head)
        codec = _KNOWN.get(re.sub(r"[^a-z0-9]", "", declared[1].decode("ascii").lower())) if declared else None
        if codec is not None:
            try:
                return _settled(data.decode(codec)), ()
            except UnicodeDecodeError:
                pass
            try:
                return _settled(data.decode("utf-8")), ("it declares another encoding than UTF-8, and is UTF-8",)
            except UnicodeDecodeError:
                text = data.decode(codec, "replace")
            if text.count("\ufffd") < 0.002 * len(text):
                return _settled(text), ("some bytes could not be read as letters",)
    return decode(data, name)


def _settled(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))


def _slimmed(text: str, name: str) -> tuple[str, int]:
    """The markup with long tags cut down to what is read of them, and how many characters its comments hold."""
    parts: list[str] = []
    xml = _DECLARATION.match(text) is not None
    kept = position = tags = comments = 0
    size = len(text)
    while (start := text.find("<", position)) >= 0:
        if text.startswith("<!--", start):
            end = _COMMENT_END.search(text, start + 2)
            position = end.end() if end else size
            comments += len(text[start + 4 : end.start() if end else size].strip())
            continue
        tag = TAG.match(text, start)
        if tag is None:
            position = start + 1
            continue
        tags += 1
        if tags > MAX_TAGS:
            raise ParseError(f"{name} holds more than {MAX_TAGS:,} tags, as no document does: split it")
        position = tag.end()
        element = tag["name"].lower()
        if position - start > _LONG_TAG:
            parts += (text[kept:start], _short_tag(tag, name))
            kept = position
        if tag["close"]:
            continue
        if xml and tag["rest"].endswith("/") and element not in _VOID:
            # In XML this element ends here; a reader of HTML goes on in it.
            parts += (text[kept:position], f"</{element}>")
            kept = position
        elif element in _RAW:
            end = _RAW[element].search(text, position)
            position = end.start() if end else size
    parts.append(text[kept:])
    markup = "".join(parts)
    if len(markup) > MAX_MARKUP:
        raise ParseError(f"{name} is too large for a web page ({len(markup):,} characters of markup): split it")
    return markup, comments


def _short_tag(tag: re.Match[str], name: str) -> str:
    if tag["close"]:
        return f"</{tag['name'][:40]}>"
    attributes: dict[str, str] = {}
    for found in ATTRIBUTE.finditer(tag["rest"]):
        attribute, value = found[1].lower(), found[2] or ""
        if attribute not in _READ_ATTRIBUTES or attribute in attributes:
            continue
        if len(value) > _LONG_VALUE:
            if attribute in ("style", "class"):
                raise ParseError(f"{name} holds a {attribute} of {len(value):,} characters, as no document does")
            continue
        attributes[attribute] = value[1:] if value[:1] in ("'", '"') else value
    written = "".join(f' {key}="{value.replace(chr(34), "&quot;")}"' for key, value in attributes.items())
    end = "/" if tag["rest"].endswith("/") else ""
    return f"<{tag['name'][:40]}{written}{end}>"


def _settle_head(root: etree._Element) -> None:
    """Puts into the body what libxml2 leaves in the head though it does not belong there: elements it does not know."""
    head = root.find("head")
    strays = [child for child in head if child.tag not in _IN_HEAD] if head is not None else []
    if not strays:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    first = etree.Element("div")
    first.tail, body.text = body.text, None
    first.extend(strays)
    body.insert(0, first)


def _is_deep(root: etree._Element) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth >= MAX_DEPTH:
            return True
    return False
