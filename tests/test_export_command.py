"""`assistant export`: what each part writes, its exit status, and that a saved reply is believed in nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pytest
import rispy
from pybtex.database import parse_string

from assistant import cli, wiring
from assistant.backends.docx import DocxParser
from assistant.backends.exports import MEDIA_TYPES, SUFFIXES
from assistant.config import Settings
from assistant.types import Work
from assistant.wiring.exporting import bibliography_sheet, download, note_sheet
from tests.sample import Sample

CATALOG = """
[[work]]
id = "marsh-2025"
type = "article-journal"
title = "Salt and Sea Walls in Marenland: A \\u001b[31mReview"
authors = [{ family = "Marsh", given = "Ada" }, { family = "한", given = "서윤" }]
container = "Marenland Policy Review"
issued = "2025"

[[work]]
id = "salt-yearbook-2023"
kind = "source"
type = "report"
title = "Yearbook of Salt"
authors = ["Saltby Bureau"]
issued = "2023"

[[work]]
id = "lark-2019"
kind = "source"
type = "book"
title = "Tides of Trade"
authors = [{ family = "Lark", given = "Nora" }]
publisher = "Outer Press"
issued = "2019"
retrieval = "book"

[[work]]
id = "kim-2023"
kind = "source"
type = "article-journal"
title = "소금 무역의 변화 [Changes in the Salt Trade]"
authors = [{ family = "김", given = "민서" }, { family = "남궁", given = "현" }]
container = "산업경제"
volume = "12"
issue = "3"
pages = "5–31"
issued = "2023"
language = "ko"
"""
PAPER = """# Salt and Sea Walls in Marenland

Ada Marsh

## The salt trade

The salt works of Saltby sold 41,000 tonnes of sea salt in 2022.[^1] Sea walls protect the salt pans of Marenland from the winter storms.[^2] The bureau of Saltby keeps the registers of the salt works.[^3]

| Salt works | 2021 | 2022 |
|---|---|---|
| Saltby | 38,500 | 41,000 |
| Northey | 9,300 | 9,100 |

[^1]: Saltby Bureau, “Yearbook of Salt” (2023), 12.
[^2]: Nora Lark et al., *Tides of Trade* (Outer Press, 2019), 44; 김민서 and 남궁현, “소금 무역의 변화 [Changes in the Salt Trade],” 산업경제 12, no. 3 (2023): 5–31.
[^3]: We thank the keepers for their patience.
"""
YEARBOOK = """# Yearbook of Salt

Saltby Bureau

## Sales

The salt works of Saltby sold 41,000 tonnes of sea salt in 2022, more than in any year before.
"""
SOLD = "How many tonnes of sea salt did the salt works of Saltby sell in 2022?"
PERU = "What is the population of Peru?"
ALL = {"marsh-2025", "salt-yearbook-2023", "lark-2019", "kim-2023"}


@pytest.fixture(scope="module")
def salt(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A paper with three notes, one source of which is held. Not to be changed by a test."""
    return made(tmp_path_factory.mktemp("salt"))


def made(root: Path) -> Sample:
    corpus = root / "corpus"
    for name, text in (
        ("catalog.toml", CATALOG),
        ("papers/marsh-2025.md", PAPER),
        ("sources/salt-yearbook-2023.md", YEARBOOK),
    ):
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings = Settings(corpus=corpus, index=root / "index", state=root / "state", embedder="hashing")
    wiring.ingest(settings)
    return Sample(root, settings)


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(salt: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `assistant` with these words on the sample."""
    for name, value in salt.environment().items():
        monkeypatch.setenv(name, value)

    def ran(*words: str | Path) -> Ran:
        try:
            status = cli.main([str(w) for w in words])
        except SystemExit as ended:  # argparse
            status = int(ended.code or 0)
        return Ran(status, *capsys.readouterr())

    return ran


def saved(run: Run, folder: Path, **changes: Any) -> Path:
    """The reply to the usual question as a file, with changes: a function for each field that takes and gives it."""
    reply = json.loads(run("ask", "--json", SOLD).out)
    for name, change in changes.items():
        reply[name] = change(reply[name])
    path = folder / "reply.json"
    path.write_text(json.dumps(reply, ensure_ascii=False), encoding="utf-8")
    return path


# ---------------------------------------------------------------- bibliography


class TestBibliography:
    def test_all_that_the_documents_name_and_they_themselves(self, run: Run) -> None:
        """BibTeX, RIS and CSL-JSON hold each work once, as pybtex, rispy and json read them."""
        bib = parse_string(run("export", "bibliography", "--format", "bibtex").out, "bibtex")
        assert set(bib.entries) == ALL
        assert [str(p) for p in bib.entries["kim-2023"].persons["author"]] == ["김, 민서", "남궁, 현"]
        ris = rispy.loads(run("export", "bibliography", "--format", "ris").out)
        assert {r["id"] for r in ris} == ALL
        assert next(r["authors"] for r in ris if r["id"] == "kim-2023") == ["김, 민서", "남궁, 현"]
        items = {i["id"]: i for i in json.loads(run("export", "bibliography", "--format", "csl-json").out)}
        assert set(items) == ALL
        assert (items["lark-2019"]["custom"]["state"], items["kim-2023"]["custom"]["state"]) == (
            "not_retrievable",
            "not_held",
        )

    def test_what_one_document_names(self, run: Run) -> None:
        """With a document, by its id or its file's name, only what it names, under its title."""
        for name in ("marsh-2025", "marsh-2025.md"):
            out = run("export", "bibliography", name).out
            assert out.startswith("# Works that Salt and Sea Walls in Marenland: A")
            assert "Marsh" not in out
            assert re.search(r"김민서 and 남궁현\. “소금 무역의 변화 .*\*산업경제\* 12, no\. 3 \(2023\): 5–31", out)

    def test_states(self, run: Run) -> None:
        """Only the works in the states that are asked for; where there are none, that is said."""
        held = json.loads(run("export", "bibliography", "--state", "held", "--format", "csl-json").out)
        assert {i["id"] for i in held} == {"marsh-2025", "salt-yearbook-2023"}
        both = ("--state", "not_held", "--state", "not_retrievable")
        assert {i["id"] for i in json.loads(run("export", "bibliography", *both, "--format", "csl-json").out)} == {
            "lark-2019",
            "kim-2023",
        }
        assert "There is no such work" in run("export", "bibliography", "--state", "dead").out

    def test_authors_whom_a_note_leaves_out(self, run: Run) -> None:
        """A record with the first author alone, of whom a note says 'et al.', is not cited as that author's own."""
        assert "Lark, Nora, et al. Tides of Trade." in run("export", "bibliography", "--format", "chicago").out
        assert "Lark, N., et al. (2019)." in run("export", "bibliography", "--format", "apa").out
        assert "Lark, Nora and others" in run("export", "bibliography", "--format", "bibtex").out

    def test_what_a_machine_read_is_said(self, tmp_path: Path) -> None:
        """Works that only notes tell of are listed, with how many nobody has checked."""
        corpus = tmp_path / "corpus"
        corpus.mkdir()
        (corpus / "marsh.md").write_text(PAPER, encoding="utf-8")
        settings = Settings(corpus=corpus, index=tmp_path / "i", state=tmp_path / "s", embedder="hashing")
        wiring.ingest(settings)
        sheet = bibliography_sheet(wiring.open_assistant(settings))
        assert {"Yearbook of Salt", "Tides of Trade"} <= {w.title for w in sheet.works}
        assert any("3 of these works were read from notes by machine" in n for n in sheet.notices)

    def test_nothing_foreign_acts_on_a_terminal(self, run: Run) -> None:
        """A title with an escape sequence is printed without it, in every text format."""
        for form in ("bibtex", "ris", "csl-json", "chicago", "apa", "markdown"):
            out = run("export", "bibliography", "--format", form).out
            assert "\x1b" not in out
            assert "31mReview" in out.replace("\\", "")


# ---------------------------------------------------------------- a note


class TestNote:
    def test_the_works_behind_a_note(self, run: Run) -> None:
        """The note's words, each work that it names with page and state, and their entries."""
        out = run("export", "note", "marsh-2025", "2", "--format", "chicago").out
        assert (
            "Nora Lark et al., Tides of Trade (Outer Press, 2019), p. 44 [not held, and not to be had by a program"
            in out
        )
        assert "[2] 김민서 and 남궁현, “소금 무역의 변화 [Changes in the Salt Trade],” 산업경제 12, no. 3 (2023)" in out
        assert "Lark, Nora, et al. Tides of Trade. Outer Press, 2019." in out
        assert "Note 2: Nora Lark et al., Tides of Trade (Outer Press, 2019), 44;" in out

    def test_as_records(self, run: Run) -> None:
        """In BibTeX the works are entries, and the page that the note points to stands with them."""
        bib = parse_string(run("export", "note", "marsh-2025", "1", "--format", "bibtex").out, "bibtex")
        assert list(bib.entries) == ["salt-yearbook-2023"]
        assert "p. 12" in bib.entries["salt-yearbook-2023"].fields["annote"]

    @pytest.mark.parametrize(
        ("document", "number", "said"),
        [("marsh-2025", "3", "names no work"), ("marsh-2025", "9", "no note '9'"), ("marsh", "1", "no document")],
    )
    def test_nothing_to_export(self, run: Run, document: str, number: str, said: str) -> None:
        """A note that only comments, one that is not there, and a document that is not there are one line each."""
        ran = run("export", "note", document, number)
        assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
        assert said in ran.err


# ---------------------------------------------------------------- answers and evidence


class TestAnswer:
    def test_each_sentence_has_its_note(self, run: Run) -> None:
        """The work, the words, the note behind them with the state of its work, and what that source says."""
        ran = run("export", "answer", SOLD, "--format", "chicago")
        assert ran.status == 0
        note = next(line for line in ran.out.split("\n") if line.startswith("[1]"))
        assert "Ada Marsh and 한서윤, “Salt and Sea Walls in Marenland" in note
        assert "“The salt works of Saltby sold 41,000 tonnes of sea salt in 2022.”" in note
        assert "Note 1: Saltby Bureau, “Yearbook of Salt” (2023), 12. [Yearbook of Salt: held]." in note
        assert "The source itself says so (note 1): Saltby Bureau, Yearbook of Salt (2023), section" in note
        assert "Saltby Bureau. Yearbook of Salt. 2023." in ran.out

    def test_the_last_line_says_what_it_is_made_from(self, run: Run, salt: Sample) -> None:
        """By the content of the index, not by the time."""
        content = salt.open().index.rpartition("-")[2]
        last = run("export", "answer", SOLD, "--format", "apa").out.rstrip().rpartition("\n")[2]
        assert last.startswith(f"-- Made from the index {content}.")

    def test_the_same_corpus_gives_the_same_bytes(self, salt: Sample, tmp_path: Path) -> None:
        """In another folder and at another time, in every format."""
        twin = made(tmp_path)
        for form in SUFFIXES:
            files = [download(bibliography_sheet(s.open()), form) for s in (salt, twin)]
            assert files[0] == files[1]

    def test_an_abstention_is_exported_and_told_apart(self, run: Run) -> None:
        """Exit status 3, with what comes nearest."""
        ran = run("export", "answer", PERU)
        assert ran.status == 3
        assert ran.out.startswith("# What is the population of Peru?")

    def test_the_origin_answers(self, run: Run) -> None:
        """With --origin the source's own words come first."""
        out = run("export", "answer", SOLD, "--origin", "--format", "chicago").out
        assert "more than in any year before. [1]" in out
        assert "[1] Saltby Bureau, Yearbook of Salt (2023)" in out

    def test_word(self, run: Run, tmp_path: Path) -> None:
        """The file's footnotes carry work and quote, as python-docx and our own parser open it."""
        path = tmp_path / "answer.docx"
        ran = run("export", "answer", SOLD, "--out", path)
        assert (ran.status, ran.out) == (0, "")
        assert str(path) in ran.err
        assert SOLD in docx.Document(str(path)).paragraphs[0].text
        read = DocxParser().parse(path.read_bytes(), Work("made", ""))
        assert "“The salt works of Saltby sold 41,000 tonnes of sea salt in 2022.”" in (read.notes[0].text or "")


class TestEvidence:
    def test_for_against_and_silence(self, run: Run, tmp_path: Path) -> None:
        """Each sentence heads what speaks for it and against it; a source says so as a source."""
        text = tmp_path / "text.txt"
        text.write_text("The salt works of Saltby sold 41,000 tonnes of sea salt in 2022. Who knows?", encoding="utf-8")
        ran = run("export", "evidence", "--file", text, "--format", "chicago")
        assert ran.status == 0
        assert "    For it, in a paper: “The salt works of Saltby sold 41,000 tonnes" in ran.out
        assert "    For it, in a source: “The salt works of Saltby sold 41,000 tonnes" in ran.out
        assert "Who knows?\n\n    This is a question" in ran.out

    def test_nothing_found(self, run: Run) -> None:
        """Exit status 3, and silence is said."""
        ran = run("export", "evidence", "Peru has thirty-three million inhabitants in all.")
        assert ran.status == 3
        assert "The corpus says nothing for it and nothing against it" in ran.out


# ---------------------------------------------------------------- a saved reply


class TestReply:
    def test_it_is_exported_as_if_it_were_asked_now(self, run: Run, tmp_path: Path) -> None:
        """The same file as for the question itself, in every text format."""
        path = saved(run, tmp_path)
        for form in ("bibtex", "ris", "csl-json", "chicago", "apa", "markdown"):
            again = run("export", "reply", path, "--format", form)
            assert (again.status, again.err) == (0, "")
            assert again.out == run("export", "answer", SOLD, "--format", form).out

    def test_a_cell_of_a_table(self, run: Run, tmp_path: Path) -> None:
        """A citation of a cell comes back with the cell, and a sentence that names another column for it does not."""
        question = "What were the sales of the Northey salt works in 2021?"
        reply = json.loads(run("ask", "--json", question).out)
        assert any(c["cell"] for c in reply["citations"])
        path = tmp_path / "cell.json"
        path.write_text(json.dumps(reply), encoding="utf-8")
        assert run("export", "reply", path).out == run("export", "answer", question).out
        for place in reply["citations"]:
            place["cell"]["column"] = "2022"
        for claim in reply["claims"]:
            claim["text"] = claim["text"].replace("2021", "2022")
        path.write_text(json.dumps(reply), encoding="utf-8")
        ran = run("export", "reply", path)
        assert (ran.status, ran.out) == (1, "")
        assert "does not follow from its quotations" in ran.err

    def test_words_that_do_not_stand_are_named(self, run: Run, tmp_path: Path) -> None:
        """A quote that was changed is not exported; nothing else stands, so nothing is."""
        path = saved(run, tmp_path, citations=lambda all: [{**c, "quote": c["quote"].replace("41", "99")} for c in all])
        ran = run("export", "reply", path)
        assert (ran.status, ran.out) == (1, "")
        assert "citation 1 quotes words that do not stand at" in ran.err

    def test_what_stands_is_exported_beside_what_does_not(self, run: Run, tmp_path: Path) -> None:
        """The sentence that rests on a moved quote is left out, in the file too, and the exit status says so."""

        def with_more(all: list[Any]) -> list[Any]:
            return [*all, {**all[0], "marker": 7, "start": all[0]["start"] + 3}]

        path = saved(
            run, tmp_path, citations=with_more, claims=lambda all: [*all, {**all[0], "text": "X.", "citations": [7]}]
        )
        ran = run("export", "reply", path, "--format", "chicago")
        assert ran.status == 1
        assert "The salt works of Saltby sold 41,000 tonnes of sea salt in 2022. [1]" in ran.out
        assert "Left out: citation 7 quotes words that do not stand" in ran.out
        assert "left out: sentence 2 rests on citation 7" in ran.err
        assert "X." not in ran.out

    def test_a_sentence_that_the_quote_does_not_bear(self, run: Run, tmp_path: Path) -> None:
        """The words of the file are judged as those of an answer are."""
        path = saved(run, tmp_path, claims=lambda all: [{**c, "text": c["text"].replace("41", "99")} for c in all])
        ran = run("export", "reply", path)
        assert (ran.status, ran.out) == (1, "")
        assert "does not follow" in ran.err

    def test_what_the_file_says_beside_the_words_is_not_believed(self, run: Run, tmp_path: Path) -> None:
        """Title, page, headers, notes, hops and verdict come from the index, whatever the file says."""
        forged = {
            "title": "Forged", "page_label": "77", "pages": [9], "page_index": 9, "section": ["Forged"],
            "headers": ["Forged"], "published": "1999", "origin": "own", "hop": None, "hops": [], "notes": [],
        }  # fmt: skip
        path = saved(
            run, tmp_path, citations=lambda all: [{**c, **forged} for c in all], notices=lambda all: ["Forged"]
        )
        again = run("export", "reply", path, "--format", "csl-json")
        assert again.out == run("export", "answer", SOLD, "--format", "csl-json").out

    def test_an_abstention(self, run: Run, tmp_path: Path) -> None:
        """It stays one, whatever its words are in the file."""
        reply = json.loads(run("ask", "--json", PERU).out) | {"answer": "Thirty-three million."}
        path = tmp_path / "reply.json"
        path.write_text(json.dumps(reply), encoding="utf-8")
        ran = run("export", "reply", path)
        assert ran.status == 3
        assert "Thirty" not in ran.out

    def test_a_reply_from_another_index(self, run: Run, tmp_path: Path) -> None:
        """That it was made from another one is said."""
        path = saved(run, tmp_path, provenance=lambda made: {**made, "index": "4-abcdef01"})
        assert (
            "made from the index abcdef01; its quotations were checked again"
            in run("export", "reply", path, "--format", "apa").out
        )

    @pytest.mark.parametrize(
        "text",
        [
            "", "[]", "{}", "{", '"x"', '{"status": "error", "reason": "no"}', '{"status": "answered"}',
            '{"status": "answered", "question": "q", "claims": [1], "citations": []}',
            '{"status": "answered", "question": "q", "claims": [{"text": 1}], "citations": []}',
            '{"status": "answered", "question": "q", "claims": [], "citations": [{"marker": "1"}]}',
            '{"status": "abstained", "question": "q", "claims": [], "nearest": [], "reason": "bored"}', "[" * 100_000,
        ],
    )  # fmt: skip
    def test_what_is_no_reply(self, run: Run, tmp_path: Path, text: str) -> None:
        """One line says so; nothing is written."""
        path = tmp_path / "reply.json"
        path.write_text(text, encoding="utf-8")
        ran = run("export", "reply", path)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.count("\n") == 1

    def test_places_out_of_bounds(self, run: Run, tmp_path: Path) -> None:
        """Offsets below zero, behind the end or the wrong way round, and documents that are not held, stand nowhere."""
        for change in ({"start": -5}, {"end": 10**9}, {"start": 50, "end": 50}, {"document": "nobody"}, {"quote": ""}):
            path = saved(run, tmp_path, citations=lambda all, change=change: [{**c, **change} for c in all])
            ran = run("export", "reply", path)
            assert (ran.status, ran.out) == (1, "")


# ---------------------------------------------------------------- where it goes


class TestOptions:
    @pytest.mark.parametrize(("ending", "begins"), [(".bib", "@"), (".ris", "TY"), (".json", "["), (".MD", "#")])
    def test_the_ending_names_the_format(self, run: Run, tmp_path: Path, ending: str, begins: str) -> None:
        """Without --format the file's ending says which it is."""
        path = tmp_path / f"out{ending}"
        assert run("export", "bibliography", "--out", path).status == 0
        assert path.read_text(encoding="utf-8").startswith(begins)

    @pytest.mark.parametrize(
        ("form", "name", "advice"),
        [
            ("apa", "x.docx", "`--format word --style apa`"), ("chicago", "x.bib", "`--format bibtex`"),
            ("word", "x.md", "x.docx"), ("ris", "x.docx", "x.ris"),
        ],
    )  # fmt: skip
    def test_the_ending_of_another_format(self, run: Run, tmp_path: Path, form: str, name: str, advice: str) -> None:
        """No file is written under the ending of another format, and the line says what to type."""
        ran = run("export", "bibliography", "--format", form, "--out", tmp_path / name)
        assert ran.status == 2
        assert advice in ran.err
        assert not (tmp_path / name).exists()

    def test_no_folder_is_made(self, run: Run, tmp_path: Path) -> None:
        """A folder that is not there is said, and not made."""
        ran = run("export", "bibliography", "--out", tmp_path / "new" / "x.bib")
        assert ran.status == 1
        assert "there is no folder" in ran.err
        assert not (tmp_path / "new").exists()

    def test_a_folder_is_no_reply(self, run: Run, tmp_path: Path) -> None:
        """A folder in place of a reply's file is called one."""
        ran = run("export", "reply", tmp_path)
        assert ran.status == 2
        assert "is a folder" in ran.err

    def test_style(self, run: Run) -> None:
        """Markdown is in Chicago's style, or in APA's where that is asked for."""
        assert "Lark, Nora, et al" in run("export", "bibliography").out
        assert "Lark, N., et al" in run("export", "bibliography", "--style", "apa").out

    @pytest.mark.parametrize(
        ("words", "status"),
        [
            (("export", "bibliography", "--format", "word"), 2), (("export", "bibliography", "--out", "x.txt"), 2),
            (("export", "bibliography", "--format", "pdf"), 2), (("export",), 2), (("export", "nothing"), 2),
            (("export", "bibliography", "nobody"), 1), (("export", "reply", "absent.json"), 2),
            (("export", "bibliography", "--out", "/dev/null/x.bib"), 1), (("export", "evidence", " "), 2),
            (("export", "bibliography", "--index", "nowhere"), 1), (("export", "--index", "nowhere", "bibliography"), 1),
        ],
    )  # fmt: skip
    def test_wrong_usage(self, run: Run, words: tuple[str, ...], status: int) -> None:
        """What cannot be is said on standard error, and nothing is printed."""
        ran = run(*words)
        assert (ran.status, ran.out) == (status, "")
        assert ran.err

    def test_help_names_every_part(self, run: Run) -> None:
        """`assistant export --help` lists what can be exported, and each part its options."""
        out = run("export", "--help").out
        for part in ("bibliography", "note", "answer", "evidence", "reply"):
            assert part in out
            assert "--format" in run("export", part, "--help").out


class TestDownload:
    def test_files_for_the_page(self, salt: Sample) -> None:
        """Bytes, media type and a name that says what it is and ends as the format does."""
        sheet = note_sheet(salt.open(), "marsh-2025", "1")
        for form, suffix in SUFFIXES.items():
            data, media, name = download(sheet, form)
            assert data
            assert media == MEDIA_TYPES[form]
            assert name.endswith(suffix)
            assert re.fullmatch(r"[\w.-]{1,80}", name)
        assert download(sheet, "chicago")[2] != download(sheet, "apa")[2]

    def test_a_korean_title_stays_readable(self) -> None:
        """Letters of any script stay in the name, and signs that a path could take for its own do not."""
        from assistant.sources.sheets import Sheet

        assert download(Sheet("../한국은 몇 개의 FTA를?"), "bibtex")[2] == "한국은-몇-개의-FTA를.bib"
        assert download(Sheet("…"), "bibtex")[2] == "export.bib"
