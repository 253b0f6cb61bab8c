"""Replies for terminals, pages and programs; foreign words can do nothing there."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant import render
from assistant.render.calls import calls, calls_json, calls_text
from assistant.render.lines import columns, fill
from assistant.render.reply import reply_text
from assistant.types import (
    Abstention,
    Answer,
    Block,
    CellPlace,
    Citation,
    CitedNote,
    Claim,
    Computed,
    Document,
    Hop,
    Note,
    Page,
    Provenance,
    Span,
    Verdict,
    Work,
    WorkState,
)

CITATION = Citation(
    1, "doc", "A Title", "paper", "2026", "Exports rose.", Span(5, 18), 2, "3", (2,), ("Part", "Sub"), "doc:1", 0.7, "relayed",
    (CitedNote("18", "World Bank.", (WorkState("wb", "held"),)),), CellPlace("Table 2", "Chile", "2023", "USD", "5"),
)  # fmt: skip
ANSWER = Answer(
    "q", "q [before]", "en", (Claim("Exports rose.", (1,), Verdict("partial", "why"), Computed("2 - 1", "1", "USD")),), (CITATION,),
    ("A notice.",), 2, Provenance("gen", "emb", settings="s", seconds=0.123456),
)  # fmt: skip
ABSTENTION = Abstention("q", "q", "ko", "in_figure", "No.", (CITATION,), (), 0, Provenance("gen", "emb"))

HOSTILE = [
    "[click](http://evil.example)", "![x](http://evil.example/p.png)", "<img src=x onerror=alert(1)>", "<script>alert(1)</script>",
    "http://evil.example", "www.evil.example", "a@evil.example", "<http://evil.example>", "[x]: http://evil.example\n\n[x]", "# heading",
    "- item", "1. item", "> quote", "```\ncode\n```", "`code`", "**bold** _em_ ~~s~~", "| a | b |\n|---|---|", "$x^2$", ":red[x]", ":smile:",
    ":material/home:", "&lt;b&gt; &#60;", "---", "a\n===", "\\[x](y)", "[^1]", "<!-- x -->", "    indented", "* a\n* b",
]  # fmt: skip


class TestPlain:
    @given(st.text(max_size=80))
    @example("a\x1b[31mred\x07\x00\x9b")
    @example("\u202eevil\u2066\u2069\u061c")
    @example("a\u200b\u200d\u2060\ufeff\u00ad\u180e")
    @example("\U000e0041\U000e007f\ud800")
    @example("a\u2028b\u2029c\u3164\u115f")
    def test_nothing_unseen(self, text: str) -> None:
        """No control, direction, zero-width or half character is left; everything seen stays in order."""
        out = render.plain(text)
        assert all(c in "\t\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in out)
        rest = iter(text)
        assert all(c in rest for c in out)
        out.encode("utf-8")

    @given(
        st.text(alphabet=st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u115f\u1160\u3164\uffa0"))
    )
    def test_seen_words_stay(self, text: str) -> None:
        """Letters, numbers and signs of every script are kept."""
        assert render.plain(text) == text


class TestMarkdown:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile(self, text: str) -> None:
        """Foreign text in Markdown draws no link, image, HTML or markup, and reads as it was."""
        made = (
            MarkdownIt("commonmark", {"html": True})
            .enable("table")
            .enable("strikethrough")
            .parse(render.markdown(text))
        )
        kinds = {t.type for t in made} | {c.type for t in made for c in t.children or []}
        assert kinds <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special"}
        assert "".join(c.content for t in made for c in t.children or []) == " ".join(text.split())

    @given(st.text(alphabet="[]()!<>*_`#-+.:/$|~&^@='\"\\ ahtpw\n1", max_size=40))
    def test_any_text(self, text: str) -> None:
        """Whatever the signs, only text is drawn."""
        made = MarkdownIt("commonmark").enable("table").parse(render.markdown(text))
        assert {c.type for t in made for c in t.children or []} <= {"text", "text_special"}

    @pytest.mark.parametrize("text", [":red[x]", ":material/home:", "$x$", "http://a.b", "a@b.c", "<b>"])
    def test_no_directive(self, text: str) -> None:
        """No sign that opens a directive, formula, address or tag stands unescaped."""
        out = render.markdown(text)
        assert all(out[i - 1] == "\\" for i, c in enumerate(out) if c in ":$/@<[")


REPLY = {
    "question", "understood", "language", "status", "reason", "answer", "claims", "citations", "nearest", "withheld", "provenance",
}  # fmt: skip
CITED = {
    "marker", "document", "title", "kind", "published", "page_index", "page_label", "pages", "section", "cell", "quote", "start",
    "end", "origin", "notes", "hop", "recognised", "score",
}  # fmt: skip


class TestJson:
    @pytest.mark.parametrize("reply", [ANSWER, ABSTENTION], ids=["answer", "abstention"])
    def test_fields(self, reply: Answer | Abstention) -> None:
        """A reply has exactly the contract's fields, with `notices`, `origin`, `confidence`, `faults`, `passage`, `headers`, `hops`, `translation`, `basis`, `causality`, `stage` and a claim's `lead` beside them."""
        made = json.loads(json.dumps(render.reply_json(reply)))
        assert set(made) == REPLY | {"notices", "origin", "confidence", "faults"}
        assert set(made["provenance"]) == {"index", "embedder", "model", "prompt", "settings", "seconds"}
        for claim in made["claims"]:
            assert set(claim) == {"text", "citations", "verdict", "why", "computed", "lead"}
        for citation in made["citations"] + made["nearest"]:
            assert set(citation) == CITED | {"passage", "headers", "hops", "translation", "basis", "causality", "stage"}
            assert set(citation["cell"]) == {"table", "row", "column", "unit"}
            assert [set(n) for n in citation["notes"]] == [{"number", "text", "works"}]
            (work,) = citation["notes"][0]["works"]
            assert (work["id"], work["state"]) == ("wb", "held")

    def test_an_answer(self) -> None:
        """An answer has claims with marks, no reason, and nothing nearest."""
        made = render.reply_json(ANSWER)
        assert (made["status"], made["reason"], made["nearest"]) == ("answered", None, [])
        assert made["answer"] == "Exports rose. [1]\n\nA notice."
        assert made["claims"][0]["computed"] == {"expression": "2 - 1", "result": "1", "unit": "USD"}
        assert (made["citations"][0]["start"], made["citations"][0]["end"]) == (5, 18)

    def test_an_abstention(self) -> None:
        """An abstention has a reason and what is nearest, and neither claims nor citations."""
        made = render.reply_json(ABSTENTION)
        assert (made["status"], made["reason"], made["claims"], made["citations"]) == ("abstained", "in_figure", [], [])
        assert len(made["nearest"]) == 1


class TestText:
    def test_what_a_reader_needs(self) -> None:
        """The terminal shows claims, calculation, doubts, quotes with their places and notes, notices and what was withheld."""
        shown = " ".join(reply_text(ANSWER).split())
        for words in (
            "Exports rose. [1]",
            "q [before]",
            "2 - 1 = 1 USD",
            "partial: why",
            "[1] A Title (2026), p. 3, Part › Sub",
            "note 18: World Bank.",
            "A notice.",
            "2",
        ):
            assert words in shown

    @pytest.mark.parametrize(
        ("index", "label", "name"),
        [
            (2, "3", "p. 3"),
            (2, "iii", "p. iii (page 3 of the file)"),
            (2, None, "page 3 of the file"),
            (0, "17", "p. 17 (page 1 of the file)"),
        ],
    )
    def test_pages(self, index: int, label: str | None, name: str) -> None:
        """A page is named as printed, with the file's own count where the two differ."""
        assert render.page_name(index, label) == name

    def test_digests_and_catalogue(self) -> None:
        """A digest is called one and has no pages; the catalogue is called the catalogue."""
        assert "digest, no pages" in render.place(replace(CITATION, kind="digest", page_index=None))
        assert render.place(replace(CITATION, kind="catalog", section=(), cell=None)) == "Catalogue of the corpus"

    @given(st.text(alphabet="\x1b\x07\u202e\u200b\x9babc", min_size=1, max_size=10))
    def test_no_escape_reaches_the_terminal(self, evil: str) -> None:
        """Whatever field of a reply is foreign, no control character is printed."""
        citation = replace(
            CITATION, title=evil, published=evil, quote=evil, page_label=evil, section=(evil,),
            notes=(CitedNote(evil, evil),), cell=CellPlace(evil, evil, evil, evil, evil),
        )  # fmt: skip
        claim = Claim(evil, (1,), Verdict("partial", evil), Computed(evil, evil, evil))
        answer = replace(ANSWER, understood=evil, claims=(claim,), citations=(citation,), notices=(evil,))
        abstention = replace(ABSTENTION, understood=evil, detail=evil, nearest=(citation,))
        for reply in (answer, abstention):
            assert not set(reply_text(reply)) & set("\x1b\x07\u202e\u200b\x9b")


def test_where_a_note_is_called() -> None:
    """Each sentence that a note hangs on is given once, with the pages that it goes over; a mark in a heading gives that."""
    text = "Salt Prices\n\nSalt rose twice. It fell in the spring of 1911."
    heading, rose, fell = Span(0, 11), Span(13, 29), Span(30, 60)
    held = Document(
        Work("salt", "Salt"),
        text,
        (Block("heading", heading), Block("paragraph", Span(13, 60))),
        pages=(Page(0, "iii", (Span(0, 40),)), Page(1, "iv", (Span(40, 60),))),
        notes=(Note("1", "Guild.", None, (11, 35, 60)), Note("2", None, None, ())),
    )
    assert list(calls(held, held.notes[0])) == [heading, fell]
    assert [c["pages"] for c in calls_json(held, held.notes[0])] == [[0], [0, 1]]
    said = calls_text(held, held.notes[0], 96)
    assert "called at p. iii (page 1 of the file): “Salt Prices”" in said
    assert "p. iii (page 1 of the file) to p. iv (page 2 of the file)" in " ".join(said.split())
    assert rose.slice(text) not in said
    assert calls_text(held, held.notes[1], 96) == ""


def test_korean_lines_fit_the_terminal() -> None:
    """A letter of Hangul takes two columns: no line is wider than asked, and every word stays."""
    text = "연근해 어선 1,240척이 2021년에 registered 등록되었다. " * 8
    lines = fill(text, 60, "    ")
    assert max(map(columns, lines)) <= 60
    assert " ".join(lines).split() == text.split()


def test_a_korean_reply_is_korean() -> None:
    """Around the quotes a Korean reply has no English word of ours, reasons and states included."""
    hop = Hop(replace(CITATION, title="출처", section=(), published=None, cell=None),
              Verdict("contradicted", "the source says 21, not 22"), "18", "w")  # fmt: skip
    note = CitedNote("18", "출처.", (WorkState("w", "held", "출처", "w", "held as w, known by its title"),
                                    WorkState("v", "not_held", "다른 출처", None, "can be tried")))  # fmt: skip
    cited = replace(CITATION, notes=(note,), hops=(hop,))
    reply = replace(ANSWER, language="ko", citations=(cited,), notices=(), withheld=2)
    shown = " ".join(reply_text(reply).split())
    assert "각주 18의 출처: 다르게 말함 (출처에는 21(22 아님))" in shown
    assert "출처 [w]: 보유" in shown
    assert "다른 출처 [v]: 미보유 — `assistant sources fetch v`로" in shown
    for english in ("note 18", "held", "the source", "Withheld", "says otherwise", "page "):
        assert english not in shown
    said = " ".join(reply_text(replace(reply, language="en")).split())
    assert "출처 [w]: held as w, known by its title" in said
