"""What the tests of all pages share: hostile words, what a page shows, whether anything foreign is drawn as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from streamlit.testing.v1 import AppTest

HOSTILE = [
    "![x](http://127.0.0.1:9/x.png)",
    "[a](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '"><b onclick=alert(1)>',
    r"$\href{javascript:alert(1)}{x}$",
    ":red[danger]",
    ":material/home:",
    ":smile:",
    "https://autolink.example",
    "someone@mail.example",
    "# heading",
    "- item\n\n---\n| a |\n|---|",
    "</div></div><style>*{display:none}</style>",
    "\u202eright to left",
]
_OURS = (
    r"</?(?:b|br|code|details|div|h2|h3|li|mark|p|section|span|strong|summary|table|tbody|td|th|thead|tr|ul)"
    r"(?: (?:class|role)=\"[a-z -]+\")*>"
)
_LIVE = re.compile(r"127\.0\.0\.1:9|autolink|mail\.example|javascript|onerror|material/home")
_LETTERS = frozenset(("selectbox", "multiselect", "vega_lite_chart", "text_area", "text_input"))
"""Elements that draw letters and nothing else, seen in a browser: options of lists, plots, what a person types."""


def shown(app: AppTest) -> str:
    """The words on the page that came through the door for foreign text, without our tags."""
    drawn = "\n".join(e.body for e in app.html if not e.body.startswith("<style>"))
    return re.sub(r"<[^>]+>", "", drawn)


def labels(app: AppTest) -> Iterator[str]:
    """Whatever Streamlit would render as Markdown: every string of every element that is not escaped HTML."""
    for element in app:
        if element.type != "html" and element.type not in _LETTERS:
            yield str(getattr(element, "proto", ""))


def inert(app: AppTest, words: str) -> None:
    """That nothing of `words` is markup: our tags alone, and no label that holds them."""
    assert not app.exception
    drawn = [e.body for e in app.html if not e.body.startswith("<style>")]
    tags = set(re.findall(r"<[^>]*>", "".join(drawn)))
    assert [t for t in tags if not re.fullmatch(_OURS, t)] == []
    for label in labels(app):
        assert words not in label
        assert not _LIVE.search(label)
