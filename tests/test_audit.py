"""`assistant audit`: what a document says beside what its sources say."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant import marks, wiring
from assistant.beside import home_of, together
from assistant.cli import main
from assistant.render.audit import COLUMNS, audit_csv, audit_json, audit_text, chosen, differences, summary, worst_first
from assistant.render.audit_page import audit_page
from assistant.sources.cells import compare
from assistant.sources.fidelity import elsewhere, missed, settle
from assistant.sources.parts import alone, bare, level, own, parts
from assistant.stance import Near, judge
from assistant.stance.reasons import in_language
from assistant.types import (
    Audit,
    AuditLine,
    Bearing,
    Block,
    Cell,
    Citation,
    Document,
    Hop,
    Note,
    Provenance,
    Span,
    Support,
    Table,
    Verdict,
    Work,
    WorkState,
)
from tests.audited import FILES, PLANTED, write_audited
from tests.sample import Sample

pytest_plugins = ["tests.audited", "tests.sample"]


@pytest.fixture(scope="module")
def audits(audited: Sample) -> dict[str, Audit]:
    assistant = audited.open(warm=True)
    return {id: assistant.audit(id) for id in PLANTED}


# ---------------------------------------------------------------- what is found


@pytest.mark.parametrize(
    ("document", "words", "right"),
    [(id, words, right) for id, planted in PLANTED.items() for words, right in planted.items()],
)
def test_planted(audits: dict[str, Audit], document: str, words: str, right: tuple[Support, ...]) -> None:
    """Every sentence that misstates its source is found, and none that reports it faithfully is said to differ."""
    lines = [line for line in audits[document].lines if words in line.citation.quote and line.work.document]
    assert len(lines) == 1
    assert lines[0].verdict.support in right, lines[0].verdict


def test_every_held_note_has_its_line(audits: dict[str, Audit]) -> None:
    """Each note that names a held work is compared, a comment is not, and a work that is not held is said to be so."""
    lines = audits["brandt-2025"].lines
    assert {line.note for line in lines} == {*map(str, range(1, 12)), "13", "14", "15", "Table 1"}
    unheld = [line for line in lines if line.work.document is None]
    assert [(line.note, line.work.id, line.hop, line.verdict.support) for line in unheld] == [
        ("11", "olsen-2019", None, "unchecked")
    ]


def test_both_places_are_exact(audited: Sample, audits: dict[str, Audit]) -> None:
    """The words of the paper and of the source stand at their offsets in the stored documents."""
    library = audited.open().library
    for made in audits.values():
        for line in made.lines:
            cited = [line.citation, *([line.hop.citation] if line.hop else [])]
            for c in cited:
                assert c.span.slice(library.document(c.document).text) == c.quote
            if line.hop:
                assert line.hop.citation.document == line.work.document


def test_a_difference_is_named(audits: dict[str, Audit]) -> None:
    """The reason says what differs: the source's figure, its year, its direction, the cell."""
    why = {
        line.note: line.verdict.why or ""
        for line in audits["brandt-2025"].lines
        if line.verdict.support == "contradicted"
    }
    assert "six" in why["2"]
    assert "grew" in why["3"]
    assert "2018" in why["4"]
    assert "3.23" in why["Table 1"]
    assert "2021" in why["Table 1"]


def test_an_audit_is_quick(audited: Sample) -> None:
    """A comparison takes far below a second, so that 100 of them fit into the minute that is promised."""
    assistant = audited.open(warm=True)
    assistant.audit("yun-2025")  # the model is loaded
    started = time.process_time()
    lines = assistant.audit("brandt-2025").lines
    assert (time.process_time() - started) / len(lines) < 1.0


def test_progress_is_told(audited: Sample) -> None:
    """Progress counts up to the number of sentences."""
    told: list[tuple[int, int]] = []
    audited.open().audit("yun-2025", lambda stage, done, total: told.append((done, total)))
    assert told[0] == (0, 4)
    assert told[-1] == (4, 4)


# ---------------------------------------------------------------- what a mark supports


def marked(text: str) -> Document:
    """A document of one paragraph in which [n] calls note n."""
    out, notes, at = "", [], 0
    for m in re.finditer(r"\[(\d+)\]", text):
        out += text[at : m.start()]
        notes.append(Note(m[1], None, None, (len(out),)))
        at = m.end()
    out += text[at:]
    return Document(Work("d", "d"), out, (Block("paragraph", Span(0, len(out))),), notes=tuple(notes))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Coal fell by half in 2020.[1] Oil rose.", ["Coal fell by half in 2020."]),
        (
            "Coal use fell by 5 percent in 2020,[1] and gas use fell by 7 percent in 2021.[2]",
            ["Coal use fell by 5 percent in 2020", "gas use fell by 7 percent in 2021."],
        ),
        (
            "Coal use fell by 5 percent in 2020,[1] and by 7 percent in 2021.[2]",
            ["Coal use fell by 5 percent in 2020", "Coal use fell by 5 percent in 2020, and by 7 percent in 2021."],
        ),
        ("Eidsen (2020)[1] found that coal use fell.", ["Eidsen (2020) found that coal use fell."]),
        ("Coal use fell by half in 2020.[1][2]", ["Coal use fell by half in 2020.", "Coal use fell by half in 2020."]),
        (
            "수출은 2020년에 5% 증가했고,[1] 수입은 3% 감소했다.[2]",
            ["수출은 2020년에 5% 증가했고", "수입은 3% 감소했다."],
        ),
    ],
)
def test_the_words_before_a_mark(text: str, said: list[str]) -> None:
    """A mark supports its sentence or the clause that it closes; behind a name, what is said of it."""
    document = marked(text)
    assert [s.slice(document.text) for n in document.notes for s in marks.statements(document, n)] == said


def test_a_mark_at_a_heading_supports_nothing() -> None:
    """A note called at a heading rests no sentence on its source."""
    document = replace(marked("The Coal Years[1]"), blocks=(Block("heading", Span(0, 14)),))
    assert marks.statements(document, document.notes[0]) == ()


def test_a_note_may_carry_the_sentence_before() -> None:
    """Where the marked sentence leans on the one before it, that rests on its note too; one of another subject does not."""
    leaning = marked("Varland has signed nine pacts with six states. These pacts cover most of its trade.[1]")
    ((before, said),) = [(s, s.slice(leaning.text)) for s in carried_by(leaning)]
    assert (before.start, said) == (0, "Varland has signed nine pacts with six states.")
    assert carried_by(marked("The snow lay long that year. Coal use fell by half in 2020.[1]")) == ()
    assert carried_by(marked("Varland has nine pacts.[1] These pacts cover most of its trade.[2]")) == ()


def carried_by(document: Document) -> tuple[Span, ...]:
    notes = tuple(replace(n, text="Annual Report, 2020.") for n in document.notes)
    document = replace(document, notes=notes)
    return tuple(s for n in notes for m in n.marks for s in marks.carried(document, m))


# ---------------------------------------------------------------- verdicts


def cited(document: str, quote: str, start: int = 0) -> Citation:
    return Citation(
        1, document, f"Title of {document}", "source", "2020", quote, Span(start, start + len(quote)), 3, "4", (3,), ("Part",),
        None, 0.5,
    )  # fmt: skip


def said(support: Support, quote: str = "words", why: str | None = None) -> Bearing:
    return Bearing(cited("s", quote), Verdict(support, why))


SOURCE = Document(Work("s", "S"), "word " * 200, ())


def test_what_a_source_says_anywhere_counts() -> None:
    """A place that supports a statement decides, though a nearer one differs; of the others the nearer decides."""
    assert settle("x", [said("contradicted"), said("supported", "b")], SOURCE)[1].support == "supported"
    assert settle("x", [said("contradicted"), said("partial")], SOURCE)[1].support == "contradicted"
    assert settle("x", [said("unsupported"), said("unchecked")], SOURCE)[1].support == "unchecked"
    assert settle("x", [said("unsupported", "n")], SOURCE)[0] == said("unsupported", "n")


def test_not_found_is_said_only_where_that_can_be_known() -> None:
    """A source in another language, an empty one, and a figure that may be worked out of tables are 'unchecked'."""
    assert missed("Coal fell.", None, SOURCE).support == "unsupported"
    assert missed("Coal fell.", None, replace(SOURCE, text="석탄 사용이 줄었다. " * 99)).support == "unchecked"
    assert missed("Coal fell.", None, replace(SOURCE, text=" ")).support == "unchecked"
    table = Table("t", (), (), None, Span(0, 3))
    assert missed("Coal had a share of 12 percent.", None, replace(SOURCE, tables=(table,))).support == "unchecked"
    assert missed("Coal has a smell.", None, replace(SOURCE, tables=(table,))).support == "unsupported"
    short = missed("Coal fell.", None, replace(SOURCE, text="ten words"))
    assert short.support == "unsupported"
    assert short.why == "nothing in the source was found that says this; only 2 words of the source are held"


def test_a_table_may_hold_what_no_sentence_says() -> None:
    """Where a source has a table with figures of the kind that a sentence gives, and none could be set beside it, it is
    'unchecked'; a table of another kind, or none, leaves it not found.
    """
    shares = replace(SOURCE, tables=(table("percent", ["Fuel", "2020"], ["Coal", "12"]),))
    assert missed("Coal paid for 15 percent of it.", None, shares).support == "unchecked"
    assert missed("Coal use fell between 2019 and 2020.", None, shares).support == "unchecked"
    assert missed("Coal earned USD 15 million.", None, shares).support == "unsupported"
    assert missed("Coal has a smell.", None, shares).support == "unsupported"
    words = replace(SOURCE, tables=(table(None, ["Fuel", "Colour"], ["Coal", "black"]),))
    assert missed("Coal paid for 15 percent of it.", None, words).support == "unsupported"


def test_another_source_of_the_note_may_say_so() -> None:
    """Where a note names two works and one bears the sentence, the other is not held against it."""
    assert "Other" in (elsewhere(Verdict("unsupported"), ["Other"]).why or "")
    assert elsewhere(Verdict("contradicted", "w"), ["Other"]) == Verdict("contradicted", "w")


# ---------------------------------------------------------------- tables


def table(unit: str | None, header: list[str], *rows: list[str]) -> Table:
    at = 0
    made = []
    for row in rows:
        cells = []
        for text, column in zip(row, header, strict=True):
            cells.append(Cell(text, Span(at, at + len(text)), row[0], column))
            at += len(text) + 1
        made.append(tuple(cells))
    return Table("T", (), tuple(made), unit, Span(0, at))


def verdicts(a: Table, *others: Table) -> list[Support]:
    return [f.verdict.support for f in compare(a, others)]


def test_cells_are_compared_by_their_headers() -> None:
    """A figure is held against the one whose row and column are named alike, also in a table turned round."""
    mine = table("USD million", ["Sector", "2020", "2021"], ["Timber", "410", "468"], ["Fish", "287", "297"])
    source = table("USD million", ["Year", "Timber", "Fish"], ["2020", "410", "287"], ["2021", "468", "279"])
    assert verdicts(mine, source) == ["supported", "contradicted"]
    assert compare(mine, (source,))[1].verdict.why == "2021: the source has 279, not 297"


def test_units_and_rounding_are_no_difference() -> None:
    """6.5 billion is 6,512 million as far as it is printed; 6.4 billion is not."""
    source = table("USD million", ["Sector", "2023"], ["Timber", "6,512 (38.4%)"])
    assert verdicts(table("USD billion", ["Sector", "2023"], ["Timber", "6.5"]), source) == ["supported"]
    assert verdicts(table("USD billion", ["Sector", "2023"], ["Timber", "6.4"]), source) == ["contradicted"]


def test_a_cell_without_a_counterpart_is_not_checked() -> None:
    """Another label, another year, a percentage against an amount and two rows that could be meant decide nothing."""
    mine = table("USD million", ["Sector", "2020"], ["Timber", "410"])
    for other in (
        table("USD million", ["Sector", "2020"], ["Glass", "96"]),
        table("USD million", ["Sector", "2019"], ["Timber", "96"]),
        table("percent", ["Sector", "2020"], ["Timber", "9.6"]),
        table("USD million", ["Sector", "2020"], ["Timber, raw", "96"], ["Timber, sawn", "98"]),
    ):
        assert verdicts(mine, other) == ["unchecked"]
    assert verdicts(mine) == ["unchecked"]


# ---------------------------------------------------------------- the report

HOSTILE = '=HYPERLINK("http://x.test")<script>alert(1)</script>\u202e\x1b[31m<img src=x onerror=1> 3 and 4 & 5'


def hostile() -> Audit:
    work = WorkState("w", "held", "@SUM(A1)<b>", "s", "", "javascript:alert(1)")
    source = cited("s", "-1+1|cmd <script src=//x.test></script>")
    line = AuditLine(
        cited("d", HOSTILE), "1", work, Hop(source, Verdict("contradicted", "<i>5, not 4"), "1", "w"),
        Verdict("contradicted", "<i>5, not 4"),
    )  # fmt: skip
    return Audit("d<", "</title><script>", (line,), Provenance("<i>", "e"))


def test_csv_is_read_back(audits: dict[str, Audit]) -> None:
    """The CSV has a mark by which Excel knows UTF-8, one row a line, and the words, Korean too, as they are."""
    made = audits["yun-2025"]
    data = audit_csv(made.lines)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [r["sentence"] for r in rows] == [line.citation.quote for line in made.lines]
    assert [r["source words"] for r in rows] == [line.hop.citation.quote if line.hop else "" for line in made.lines]
    text = FILES["papers/yun-2025.md"]
    assert all(r["sentence"] in text and r["work"] == "철도 화물 통계 연보" for r in rows)


def test_csv_names_the_columns_of_a_row(audits: dict[str, Audit]) -> None:
    """A row of a table stands in the CSV with what its columns are called, in the document and in the source."""
    lines = [line for line in audits["brandt-2025"].lines if line.note == "Table 1" and line.hop]
    rows = list(csv.DictReader(io.StringIO(audit_csv(lines).decode("utf-8-sig"), newline="")))
    assert {r["columns"] for r in rows} == {"Ore | 2020 | 2021 | 2022"}
    assert {r["source cell"] for r in rows} == {"Year | Copper | Iron"}


def test_csv_holds_no_formula() -> None:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe; control characters are gone."""
    row = next(csv.DictReader(io.StringIO(audit_csv(hostile().lines).decode("utf-8-sig"), newline="")))
    assert row["sentence"].startswith("'=HYPERLINK")
    assert row["work"].startswith("'@SUM")
    assert row["source words"].startswith("'-1+1")
    assert not re.search(r"[\x00-\x1f\u202e]", "".join(row.values()))
    assert all(not v.startswith(("=", "+", "-", "@")) for v in row.values())


def test_csv_holds_no_formula_behind_a_semicolon() -> None:
    """Where lists are parted by semicolons a cell may begin at each: all are quoted, and what would begin as a formula
    does not."""
    line = hostile().lines[0]
    line = replace(line, verdict=replace(line.verdict, why="told; =1+1;@SUM(A1) ; -2+3"))
    data = audit_csv([line]).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(data, newline="")))["why"] == "told; '=1+1;'@SUM(A1) ; '-2+3"
    assert all(row.startswith('"') and row.endswith('"') for row in data.strip().split("\r\n"))
    pieces = (piece.strip(' "') for row in data.split("\r\n") for piece in row.split(";"))
    assert not [piece for piece in pieces if piece.startswith(("=", "+", "-", "@"))]


class Read(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_shows_foreign_words_as_words() -> None:
    """No word of a document becomes markup, script, style or an address; direction marks are gone."""
    page = Read(audit_page(hostile(), hostile().lines))
    allowed = set(
        "html head meta title style body header footer p h1 h2 h3 ul li a span b article section div blockquote mark".split()
    )
    assert set(page.tags) <= allowed
    assert page.tags.count("article") == 1
    assert page.tags.count("b") == 3
    links = [v for k, v in page.attributes if k in ("href", "src")]
    assert links == ["#contradicted"]
    assert not any(k.startswith("on") for k, _ in page.attributes)
    assert "<script>alert(1)</script>" in page.words
    assert "<img src=x onerror=1>" in page.words
    assert "\u202e" not in page.words
    assert "\x1b" not in page.words


def test_the_page_needs_nothing_from_elsewhere(audits: dict[str, Audit]) -> None:
    """The page has no script and no address, and forbids both; it speaks the document's language."""
    for made, language, words in (
        (audits["brandt-2025"], "en", "Differs from the source"),
        (audits["yun-2025"], "ko", "출처와 다름"),
    ):
        html = audit_page(made, made.lines)
        page = Read(html)
        assert "default-src 'none'" in html
        assert "://" not in html
        assert "url(" not in html
        assert ("lang", language) in page.attributes
        assert words in page.words
        for line in made.lines:
            assert line.citation.quote.replace("\t", " | ") in page.words
    assert (
        "<mark>71퍼센트</mark>" in audit_page(audits["yun-2025"], audits["yun-2025"].lines) or "<mark>71</mark>" in html
    )


def test_what_differs_is_marked() -> None:
    """The figure or word that the verdict names is marked in both texts, and not one that only stands by."""
    paper, source = "It opened in 2016.", "It opened in 2018, after nine years."
    why = "another year: 2018, not 2016"
    assert [s.slice(paper) for s in differences(paper, source, why)] == ["2016"]
    assert [s.slice(source) for s in differences(source, paper, why)] == ["2018"]
    assert [
        s.slice("수송은 감소하였다.") for s in differences("수송은 감소하였다.", "수송은 증가하였다.", "증가, not 감소")
    ] == ["감소"]
    assert [s.slice("3,320 tons") for s in differences("3,320 tons", "3,230 tons", None)] == ["3,320"]


def test_only_the_figure_that_differs_is_marked() -> None:
    """A figure that both texts give is not marked, nor a unit apart from its figure; a figure in words is marked whole."""

    def marked(words: str, others: str, why: str) -> list[str]:
        return [s.slice(words) for s in differences(words, others, why)]

    paper = "In 2023 and 2024 it came to USD 6.7 billion and USD 5.9 billion"
    source = "It came to USD 6.7 billion in 2023 and USD 5.7 billion in 2024"
    assert marked(paper, source, "the source says USD 5.7 billion, not USD 5.9 billion") == ["USD 5.9 billion"]
    assert marked(source, paper, "the source says USD 5.7 billion, not USD 5.9 billion") == ["USD 5.7 billion"]
    ours, theirs = "Marenland signed twenty-two pacts with nine states", "It signed twenty-one pacts with nine states"
    assert marked(ours, theirs, "the source says twenty-one, not twenty-two") == ["twenty-two"]
    assert marked(
        "It fell by 3 percent", "It fell by 3 percentage points", "another unit: 3 percentage points, not 3 percent"
    ) == ["3 percent"]
    assert marked("Pay rises there", "Pay falls there", "“falls”, where the statement says “rises”") == ["rises"]


def test_the_sum_is_honest(audits: dict[str, Audit]) -> None:
    """The summary counts each comparison once, and sentences whose source is not held apart."""
    s = summary(audits["brandt-2025"])
    assert s.compared == sum(s.verdicts.values()) == len([x for x in audits["brandt-2025"].lines if x.work.document])
    assert (s.sources, s.not_held, s.works_not_held) == (3, 1, 1)


def test_the_worst_stands_first(audits: dict[str, Audit]) -> None:
    """What may be wrong is read before what stands; what was not compared is last."""
    made = audits["brandt-2025"]
    order = [line.verdict.support for line in worst_first(made.lines)]
    assert order[0] == "contradicted"
    assert worst_first(made.lines)[-1].work.document is None
    text = audit_text(made, made.lines)
    assert text.index("Differs from the source") < text.index("── Supported") < text.index("Source not held")
    assert max(map(len, text.splitlines())) <= 96


def test_json_says_all(audits: dict[str, Audit]) -> None:
    """The JSON has the summary, and of each line both places, the work with its state, the verdict and the reason."""
    made = json.loads(json.dumps(audit_json(audits["brandt-2025"], chosen(audits["brandt-2025"], ["contradicted"]))))
    assert made["summary"]["contradicted"] == len(made["lines"])
    line = made["lines"][0]
    assert line["note"] == "2"
    assert line["work"]["id"] == "railway-bureau-2023"
    assert line["verdict"] == "contradicted"
    assert line["hop"]["document"] == "railway-bureau-2023"
    assert line["hop"]["quote"].startswith("Mining companies")
    assert FILES["papers/brandt-2025.md"].count(line["quote"]) == 1


# ---------------------------------------------------------------- the command


def run(sample: Sample, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    for name, value in sample.environment().items():
        monkeypatch.setenv(name, value)
    return main([*words])


def test_the_command(
    audited: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The command prints the chosen lines, writes both files, and takes a file's name for the document."""
    files = (tmp_path / "a.csv", tmp_path / "a.html")
    status = run(
        audited, monkeypatch, "audit", "brandt-2025.md", "--verdict", "differs", "--csv", str(files[0]), "--html", str(files[1])
    )  # fmt: skip
    out = capsys.readouterr().out
    assert status == 0
    assert "1 work that is not held" in out
    assert "── Differs" in out
    assert "── Supported" not in out
    rows = list(csv.reader(io.StringIO(files[0].read_text(encoding="utf-8-sig"), newline="")))
    assert {row[9] for row in rows[1:]} == {"differs from the source"}
    assert files[1].read_text(encoding="utf-8").startswith("<!doctype html>")


def test_no_folder_is_made(
    audited: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A report into a folder that is not there is one line that says so, and makes none."""
    for option in ("--csv", "--html"):
        missing = tmp_path / "none"
        assert run(audited, monkeypatch, "audit", "yun-2025", option, str(missing / "a")) == 1
        assert f"no folder '{missing}'" in capsys.readouterr().err
        assert not missing.exists()


def test_no_such_document(audited: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown document is one clear line and status 1."""
    assert run(audited, monkeypatch, "audit", "brant") == 1
    assert "no document 'brant'" in capsys.readouterr().err


def test_nothing_to_compare(
    models: Path, hashed: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A document without notes, and one whose sources are not held, are said to be so."""
    assert run(hashed, monkeypatch, "audit", "fisheries-ko") == 0
    assert "nothing to compare" in " ".join(capsys.readouterr().out.split())
    assert run(hashed, monkeypatch, "audit", "quay-2024", "--all") == 0
    out = capsys.readouterr().out
    assert "not held" in out
    assert "sixty-one percent" in out


def test_hostile_documents(models: Path, tmp_path: Path) -> None:
    """A paper and a source that are full of markup and formulas go through the whole audit as words."""
    files = {
        "catalog.toml": '[[work]]\nid = "src"\nkind = "source"\ntitle = "Plain Facts on Coal Mining"\n',
        "papers/bad.md": "# =1+1\n\n=1+1 mines `<script>x</script>` of coal closed for good in 2019.[^1]\n\n"
        "[^1]: “Plain Facts on Coal Mining,” *News*, 2020.\n",
        "sources/src.md": "# Plain Facts on Coal Mining\n\n@Mines of coal `<b onclick=x>` closed for good in 2017.\n",
    }
    settings = replace(write_audited(tmp_path, files), embedder="hashing")
    wiring.ingest(settings)
    made = wiring.open_assistant(settings).audit("bad")
    assert [line.work.id for line in made.lines] == ["src"]
    page = Read(audit_page(made, made.lines))
    assert "script" not in page.tags
    assert "<script>x</script>" in page.words
    row = next(csv.DictReader(io.StringIO(audit_csv(made.lines).decode("utf-8-sig"), newline="")))
    assert row["sentence"].startswith("'=1+1")
    assert row["source words"].startswith("'@Mines")


def test_author_and_date(models: Path, tmp_path: Path) -> None:
    """In a document without notes, a sentence rests on the work whose author and year it names."""
    files = {
        "catalog.toml": '[[work]]\nid = "eidsen-2020"\nkind = "source"\ntitle = "Coal Use in Varland"\nissued = "2020"\n'
        'authors = [{ family = "Eidsen", given = "Per" }]\nnamed_by = ["dated"]\n',
        "papers/dated.md": "# Dated\n\nCoal use fell by half (Eidsen and Moe 2020). Oil use rose (Moe 2020). "
        "As Eidsen (2020) writes, gas was not used at all. In 2020 Eidsen was asked.\n",
        "sources/eidsen-2020.md": "# Coal Use in Varland\n\nCoal use fell by half. Gas was not used at all.\n",
    }
    settings = replace(write_audited(tmp_path, files), embedder="hashing")
    wiring.ingest(settings)
    made = wiring.open_assistant(settings).audit("dated")
    assert [(line.citation.quote[:9], line.note, line.work.id) for line in made.lines] == [
        ("Coal use ", "", "eidsen-2020"),
        ("As Eidsen", "", "eidsen-2020"),
    ]


# ---------------------------------------------------------------- a sentence and its parts


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Coal use fell in 2020.", ("Coal use fell in 2020.",)),
        (
            "In contrast, the surplus with Norland, which was USD 2.4 billion in 1998, rose to USD 25.8 billion in 2015 and "
            "reached USD 55.6 billion in 2024.",
            (
                "The surplus with Norland was USD 2.4 billion in 1998",
                "The surplus with Norland rose to USD 25.8 billion in 2015",
                "The surplus with Norland reached USD 55.6 billion in 2024",
            ),
        ),
        (
            "According to the bank, in 1990, investment in food totaled USD 141 million, accounting for 24 percent of it.",
            ("In 1990, investment in food totaled USD 141 million", "In 1990, investment in food accounting for 24 percent of it"),
        ),
        (
            "The mines employ 5,400 workers, and two thirds live in towns, while others commute.",
            ("The mines employ 5,400 workers, and two thirds live in towns", "others commute"),
        ),
        (
            "통계청에 따르면 2020년 수출은 5% 증가했고, 수입은 3% 감소했다.",
            ("2020년 수출은 5% 증가했고", "수입은 3% 감소했다"),
        ),
    ],
)  # fmt: skip
def test_parts(sentence: str, said: tuple[str, ...]) -> None:
    """A compound sentence is taken apart at its clauses; each part has the subject and time that it leans on."""
    assert parts(sentence) == said


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "Norland imposed a duty of 25 percent on coal, and Estmark announced but then delayed its own.",
            ("Norland imposed a duty of 25 percent on coal", "Estmark announced but then delayed its own"),
        ),
        ("The coal, iron, and copper mines closed in 2020.", ("The coal, iron, and copper mines closed in 2020.",)),
        (
            "By 2024, although the mines shrank to 400 workers, output remained high.",
            ("By 2024, although the mines shrank to 400 workers, output remained high.",),
        ),
    ],
)
def test_clauses_with_a_subject_of_their_own(sentence: str, said: tuple[str, ...]) -> None:
    """Two clauses that each have a subject are two parts; a list is none, and a date alone is no part."""
    assert parts(sentence) == said


def test_what_a_part_says_alone() -> None:
    """A part that leans on another's subject is also looked for without it, where it holds a figure."""
    sentence = "The surplus fell to USD 1 billion by 2022, before turning into a deficit of USD 18 billion in 2023."
    last = parts(sentence)[-1]
    assert last == "The surplus turning into a deficit of USD 18 billion in 2023"
    assert own(last, sentence) == "turning into a deficit of USD 18 billion in 2023"
    assert alone(last, sentence) == "a deficit of USD 18 billion in 2023"
    assert alone("Coal fell in 2020", "Coal fell in 2020.") == ""


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("The surplus reached a historical high of USD 55 billion in 2024", "The surplus was USD 55 billion in 2024"),
        ("Output rose to 41 tonnes in 2020", "Output was 41 tonnes in 2020"),
        ("Output rose by 41 tonnes in 2020", ""),
        ("Output reached an increase of 41 tonnes", ""),
        ("Output rose from 30 to 41 tonnes", ""),
        ("Output was 41 tonnes", ""),
    ],
)
def test_the_figure_that_a_part_comes_to(part: str, said: str) -> None:
    """What something rose or fell to is also looked for as a plain figure; by how much it did is not."""
    assert level(part) == said


def test_no_word_is_lost_in_parts(audited: Sample) -> None:
    """Whatever a sentence is cut into, all its figures and longer words are in some part, or in its lead-in."""
    library = audited.open().library
    for id in library.document_ids():
        document = library.document(id)
        for passage in library.passages():
            if passage.document != id:
                continue
            for span in passage.sentences:
                words = span.slice(document.text)
                kept = " ".join(parts(words)).casefold()
                assert all(
                    w.casefold() in kept
                    for w in re.findall(r"\w{5,}|\d[\d,.]*\d", bare(words))
                    if w not in ("while", "which", "before", "where", "although", "whereas")
                )


def test_parts_make_one_verdict() -> None:
    """A part that differs decides; all that stand make the sentence stand; some make it stand in part, and say what is lost."""
    whole = (said("unsupported", "w"), Verdict("unsupported", "not found"))
    yes, no = said("supported", "yes"), said("unsupported", "no")
    good, bad = (yes, yes.verdict), (no, no.verdict)
    wrong = (said("contradicted", "c", "5, not 4"), Verdict("contradicted", "5, not 4"))
    source = replace(SOURCE, text="yes " * 200)
    assert together(whole, [("a b", good), ("c d", wrong)], source)[1] == Verdict(
        "contradicted", "5, not 4; found: “a b”"
    )
    assert together(whole, [("a b", good), ("c d", good)], source)[1] == Verdict("supported")
    assert together(whole, [("a b", good), ("rose by 24 percent", bad)], source) == (
        yes,
        Verdict("partial", "found: “a b”; not found: “rose by 24 percent”; 24 percent does not stand there"),
    )
    against = (said("contradicted", "c", "another year"), Verdict("contradicted", "another year"))
    assert together(against, [("a b", good), ("c d", bad)], source) == against
    assert together(against, [("a b", good), ("c d", good)], source)[1] == Verdict("supported")
    open_ = (yes, Verdict("unchecked", "its words stand apart"))
    assert together(whole, [("a b", open_), ("c d", bad)], source)[1] == Verdict(
        "unchecked", "its words stand apart; not decided: “a b”"
    )
    assert together(whole, [("a b", bad), ("c d", bad)], source) == whole
    far = Bearing(cited("s", "yes", 796), Verdict("supported"))
    assert "2 places" in (together(whole, [("a", good), ("b", (far, far.verdict))], source)[1].why or "")
    near = Bearing(cited("s", "yes", 4), Verdict("supported"))
    shown, verdict = together(whole, [("a", good), ("b", (near, near.verdict))], source)
    assert verdict == Verdict("supported")
    assert shown is not None
    assert shown.citation.quote == "yes yes"


def test_another_fact_is_no_difference() -> None:
    """A source's sentence on another year and another country says nothing against a statement; a rank by the same does."""
    words = "Investment of the mines in Japan came to 58 million crowns in 1990."
    other = "Investment of the mines in Mexico came to 790 million crowns in 2015."
    assert judge(other, words, Near()).support == "unsupported"
    assert (
        judge("Investment of the mines in Japan came to 85 million crowns in 1990.", words, Near()).support
        == "contradicted"
    )
    ranked = "Japan ranked twelfth in the world by GDP and fourth in exports in 2024."
    assert judge("Japan ranked thirteenth in GDP in 2024.", ranked, Near()).support == "contradicted"
    assert judge("Japan ranked fourth in exports in 2024.", ranked, Near()).support != "contradicted"


def test_the_own_country_need_not_be_named() -> None:
    """The country that a document names most is its own; a text that names none often has none."""
    assert home_of("Korea exports. " * 5 + "Japan imports.") == home_of("Korea. " * 9) != ""
    assert home_of("Korea exports to Japan.") == ""


def test_a_table_is_read_for_sentences(models: Path, tmp_path: Path) -> None:
    """A sentence is borne, or not, by the cell of a source's table that it speaks of, also where only a line above the table
    says what it is of; a figure that no cell is set beside could not be checked.
    """
    files = {
        "catalog.toml": '[[work]]\nid = "fish"\nkind = "source"\ntitle = "Yearbook of the Sound Fisheries"\n',
        "papers/p.md": "# Fish\n\nThe catch of herring in the Sound was 480 tonnes in 2021.[^1] The catch of cod in the Sound was "
        "92 tonnes in 2022.[^1] Licences for pots brought in 77 crowns each.[^1]\n\n"
        "[^1]: “Yearbook of the Sound Fisheries,” *News*, 2023.\n",
        "sources/fish.md": "# Yearbook of the Sound Fisheries\n\nBoats are few.\n\nCatch in the Sound, tonnes\n\n"
        "| Fish | 2021 | 2022 |\n|---|---|---|\n| Herring | 480 | 510 |\n| Cod | 95 | 29 |\n",
    }
    settings = replace(write_audited(tmp_path, files), embedder="hashing")
    wiring.ingest(settings)
    lines = wiring.open_assistant(settings).audit("p").lines
    assert [line.verdict.support for line in lines] == ["supported", "contradicted", "unchecked"], [
        x.verdict for x in lines
    ]
    assert [line.hop.citation.cell.text for line in lines[:2] if line.hop and line.hop.citation.cell] == ["480", "29"]


def test_of_a_row_only_the_cell_that_differs_is_marked() -> None:
    """The other figures of a row stand in other columns; the scale of all of them in the table's head."""

    def marked(words: str, others: str, why: str) -> list[str]:
        return [s.slice(words) for s in differences(words, others, why)]

    row, paper = "Ore\t2.4\t25.8\t55.7", "From USD 2.4 billion it rose to USD 55.6 billion in 2024"
    why = "the source says USD 55.7 billion, not USD 55.6 billion"
    assert marked(row, paper, why) == ["55.7"]
    assert marked(paper, row, why) == ["USD 55.6 billion"]
    assert marked(row, paper, "found: “USD 2.4 billion”; in part: “it rose to USD 55.7 billion”") == []


def test_reasons_of_a_korean_audit(audits: dict[str, Audit]) -> None:
    """In the terminal the reasons of a Korean document are Korean, and in the table that programs read English."""
    audit = audits["yun-2025"]
    reasons = [line.verdict.why for line in audit.lines if line.verdict.support == "contradicted" and line.verdict.why]
    assert reasons
    said = " ".join(audit_text(audit, audit.lines).split())
    for why in reasons:
        assert in_language(why, "ko") in said
        assert why not in said
        assert why in audit_csv(audit.lines).decode("utf-8-sig")
