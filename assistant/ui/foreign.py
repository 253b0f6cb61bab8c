"""The one door through which text from documents, catalogues, files and users reaches the page.

Streamlit renders Markdown in most of what it draws, labels and tooltips included, and escaping does not
hold there: addresses, e-mail addresses and emoji codes are looked for again in what the escapes leave
behind. So foreign text is drawn as HTML whose every string is escaped, and never put into a label.

>>> element("p", "5 < 6 ", element("b", "<i>")).html
'<p>5 &lt; 6 <b>&lt;i&gt;</b></p>'
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from assistant.render import plain

Tag = Literal[
    "b", "code", "details", "div", "h2", "h3", "li", "mark", "p", "section", "span", "strong", "summary", "table",
    "tbody", "td", "th", "thead", "tr", "ul",
]  # fmt: skip
"""None of these draws an image, opens an address or runs anything."""


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML made by this module: its tags and class names are ours, its text is escaped."""

    html: str


Part = str | Markup


def text(words: str) -> Markup:
    """Literal text: no markup, no control or direction characters."""
    return Markup(html.escape(plain(words)))


def element(tag: Tag, *parts: Part, name: str = "", language: str = "", role: str = "") -> Markup:
    """An element around its parts; strings among them are foreign. `name` is its class in style.py."""
    given = (("class", name), ("lang", language), ("role", role))
    attributes = "".join(f' {key}="{html.escape(value)}"' for key, value in given if value)
    return Markup(f"<{tag}{attributes}>{join(*parts).html}</{tag}>")


def letters(words: str, most: int = 0) -> str:
    """Foreign text for the few places that draw letters and nothing else: an option of a list, a plot's label. On one
    line; `most` characters of it where that is given.
    """
    line = " ".join(plain(words).split())
    return line if not most or len(line) <= most else f"{line[: most - 1].rstrip()}…"


def join(*parts: Part, between: str = "") -> Markup:
    """The parts one after the other."""
    return Markup(text(between).html.join(p.html if isinstance(p, Markup) else text(p).html for p in parts))


def told(line: str) -> Markup:
    """A line of our own making in which commands stand between backticks: these are set as code."""
    pieces = line.split("`")
    if len(pieces) % 2 == 0:
        return text(line)
    return join(*(element("code", p) if n % 2 else p for n, p in enumerate(pieces)))


def draw(*parts: Part) -> None:
    """Put it on the page; nothing where there is nothing."""
    if body := join(*parts).html:
        st.html(body)


def style(sheet: str) -> None:
    """Our own style sheet, once a page."""
    st.html(f"<style>{sheet}</style>")
