"""Derived topics that are none: names of the persons who wrote works, and names of kinds of documents."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAME = r"[A-Z][\w'’-]+(?:\s+(?:[A-Z]\.?|[A-Z][\w'’-]+)){1,3}"
_WRITTEN_BY = re.compile(
    rf"(?:[,”\"’)]|\b(?:[Ww]ritten|[Pp]repared|[Aa]uthored|[Cc]oordinated))\s*by\s+(?:{_NAME}(?:,\s+and\s+|,\s+|\s+and\s+))*$"
)
"""Before a name of who wrote a work: `Ports and Tides, by Ann Lee, Bo Moor, and`."""
_CONTACT = re.compile(
    r"\S@\S+\.\w|\b(?:Analyst|Specialist|Librarian|Attorney|Fellow|Economist|Editor|Researcher|Professor|Coordinator|Director)\b"
)
_PERSON = re.compile(r"[A-Z][\w'’-]+(?:\s+(?:[A-Z]\.?|[A-Z][\w'’-]+)){1,2}")
_KIND = re.compile(
    r"(?:^|\s)(?:Q&A|(?:In Focus|Legal Sidebar|Fact Sheet|Working Paper|Policy Brief|Issue Brief|White Paper)s?)$",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.!?]\s*$")


def is_kind_of_document(name: str) -> bool:
    """Whether a name is of a series or kind of documents: `Technology Q&A`, `Fact Sheet`.

    >>> is_kind_of_document("Technology Q&A"), is_kind_of_document("Harbour Safety")
    (True, False)
    """
    return _KIND.search(name) is not None


def is_person(name: str, texts: Iterable[str]) -> bool:
    """Whether capitalised words stand only where the writer of a work does: behind `by` after its title, or in a line
    with a post or an e-mail address.

    >>> is_person("Ann Lee", ["Ports and Tides, by Bo Moor and Ann Lee", "Ann Lee Analyst in Ports"])
    True
    >>> is_person("Port Authority", ["Ports are run by Port Authority staff.", "The plan, by Port Authority", "Port Authority"])
    False
    """
    if _PERSON.fullmatch(name) is None:
        return False
    found = False
    said = re.compile(r"\s+".join(map(re.escape, name.split())))
    for text in texts:
        for m in said.finditer(text):
            written = _WRITTEN_BY.search(text[max(0, m.start() - 120) : m.start()]) is not None
            if not written and (_CONTACT.search(text) is None or _CLOSED.search(text)):
                return False
            found = True
    return found
