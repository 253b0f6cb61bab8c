"""A brief: a page of the documents' own sentences, each at its place, within its words."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from assistant import cli
from assistant.backends.exports.citing import style_of
from assistant.backends.exports.paper import pdf_file
from assistant.backends.text_files import MarkdownParser
from assistant.errors import ConfigError
from assistant.pipeline import Assistant
from assistant.policy.brief.lines import OURS, is_whole
from assistant.render.brief import brief_json, brief_text, words_of
from assistant.sources.sheets import Line, Sheet, sheet_of_brief
from assistant.types import Abstention, Claim, Message, Span, Work
from assistant.types.policy import Brief
from assistant.wiring.exporting import brief_file
from tests.policy.brief_papers import opened


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("ports"))


@pytest.fixture(scope="module")
def fishing(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened(tmp_path_factory.mktemp("fishing"), korean=True)


def brief(assistant: Assistant, about: str, **how: object) -> Brief:
    made = assistant.brief(about, **how)  # type: ignore[arg-type]
    assert isinstance(made, Brief)
    return made


def lines(made: Brief, *kinds: str) -> list[Claim]:
    return [c for p in made.parts if not kinds or p.kind in kinds for c in p.lines]


def said(made: Brief, *kinds: str) -> str:
    return " ".join(f"{c.lead} {c.text}" for c in lines(made, *kinds))


class TestDocument:
    def test_places(self, ports: Assistant) -> None:
        """Every sentence that is not ours stands letter by letter at its place, and every citation is used."""
        made = brief(ports, "quays", document=True)
        texts = {c.marker: c for c in made.citations}
        for c in made.citations:
            assert c.span.slice(ports.library.document(c.document).text) == c.quote
        quoted = [c for c in lines(made) if c.citations and c.verdict.why != OURS]
        assert len(quoted) > 6
        for claim in quoted:
            assert claim.text == " ".join(texts[claim.citations[0]].quote.split())
            assert claim.verdict.support == "supported"
        assert {m for c in lines(made) for m in c.citations} == set(texts)

    def test_parts(self, ports: Assistant) -> None:
        """It says what the matter is, what is proposed and concluded, figures with their year, and what is asked of whom;
        an example is not what a paper says."""
        made = brief(ports, "quays", document=True)
        assert "growing problem" in said(made, "matter")
        assert "three steps: 1)" in said(made, "said")
        assert re.search(r"412,000 \([^)]*2024", said(made, "numbers"))
        assert "auction night berths every spring" in said(made, "recommendations")
        assert "May 2025" in said(made, "dates") or "2025-05" in said(made, "dates")
        assert "Nordline" not in said(made, "matter", "said")

    def test_none_twice(self, ports: Assistant) -> None:
        """No sentence stands in two parts."""
        texts = [c.text for c in lines(brief(ports, "quays", document=True))]
        assert len(texts) == len(set(texts))

    @pytest.mark.parametrize("words", [80, 150, 250])
    def test_words(self, ports: Assistant, words: int) -> None:
        """It keeps to its words, but for one sentence."""
        assert words_of(brief(ports, "quays", document=True, words=words)) <= words + 30

    def test_audience(self, ports: Assistant) -> None:
        """For somebody it has what is asked of them, in either language; else it says that nothing is."""
        for minister in ("Minister of Transport", "해양수산부 장관"):
            asked = said(brief(ports, "quays", document=True, audience=minister), "recommendations")
            assert "The government should auction" in asked
            assert "Carriers should report" not in asked
        carriers = brief(ports, "quays", document=True, audience="carriers")
        assert said(carriers, "recommendations").strip().startswith("Carriers should report")
        none = brief(ports, "quays", document=True, audience="universities")
        assert "No recommendation here is addressed to “universities”" in said(none, "unsaid")

    def test_differences(self, ports: Assistant) -> None:
        """Beside another paper it says what only one of them speaks of, citing where."""
        made = brief(ports, "quays", document=True, words=600)
        only = [c for c in lines(made, "differences") if c.text.startswith("Spoken of only by")]
        assert only
        assert all(c.citations for c in only)

    def test_language(self, ports: Assistant) -> None:
        """Headings and remarks are in the language that is asked for; the quotes stay what they are."""
        told = brief_text(brief(ports, "quays", document=True, language="ko"), 60)
        assert "문서의 문장을 그대로 모은 것" in told
        assert "growing problem" in told

    def test_korean(self, fishing: Assistant) -> None:
        """A Korean document has a Korean brief, with its figures and recommendations."""
        made = brief(fishing, "fishing", document=True)
        assert made.language == "ko"
        assert "종합하면" in said(made, "said")
        assert "설치비의 절반을 지원해야 한다" in said(made, "recommendations")
        assert "38%" in said(made, "numbers")


def test_cut() -> None:
    """A sentence that was cut behind an abbreviation does not stand in a brief, nor does its rest."""
    text = "# Budget\n\nThe Senate adopted S.Con.Res. 33 directs two committees of both chambers. The rest stands for itself.\n"
    document = MarkdownParser().parse(text.encode(), Work(id="x", title="Budget"))
    at = document.text.index
    end = at(" 33")
    assert not is_whole(document, Span(at("The Senate"), end))
    assert not is_whole(document, Span(end + 1, at(" The rest")))
    assert is_whole(document, Span(at("The rest"), len(document.text.rstrip())))


class TestQuestion:
    def test_answer_first(self, ports: Assistant) -> None:
        """What answers the question comes first, and both papers that speak of it are dated."""
        made = brief(ports, "Should night berths be auctioned?")
        assert "auction" in lines(made, "matter")[0].text
        assert "Night Berths and the Ports of Marenland" in said(made, "dates")

    def test_off(self, ports: Assistant) -> None:
        """Of what the corpus does not speak of there is no brief."""
        assert isinstance(ports.brief("Who won the chess championship of Peru?"), Abstention)

    def test_unheard(self, ports: Assistant) -> None:
        """Whether the papers have no figure on it is said, and not passed over."""
        made = brief(ports, "Who should pay for a rail line to Selby?")
        assert "rail line" in said(made, "matter")
        assert "No figure on this" in said(made, "unsaid")


@dataclass
class Tightens:
    """A model that answers each numbered sentence as `how` says."""

    how: dict[str, str]
    heard: list[str] = field(default_factory=list)
    name: str = "scripted"
    where: str = "here"

    def complete(self, messages: Sequence[Message]) -> str:
        self.heard.append(messages[-1].text)
        out = []
        for line in messages[-1].text.splitlines():
            number, _, text = line.partition(": ")
            told = json.loads(text)
            out.append(f"{number}: {self.how.get(told, told)}")
        return "\n".join(out)

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        yield self.complete(messages)


class TestModel:
    MUST = "The Harbour Board must open a second pilot station at Selby by 2027."

    def test_shorter(self, ports: Assistant) -> None:
        """Words of a model stand where they say what the quote says; the place stays, and the page says who worded it."""
        told = "In sum, night berths are scarce because they are given away."
        whole = next(c.text for c in lines(brief(ports, "quays", document=True)) if c.text.startswith("In sum"))
        made = brief(replace(ports, model=Tightens({whole: told})), "quays", document=True)
        (line,) = (c for c in lines(made) if c.text == told)
        assert any(c.quote.startswith("In sum, night berths") for c in made.citations if c.marker in line.citations)
        assert not made.composed
        assert made.provenance.model == "scripted"
        assert any("scripted" in n for n in made.notices)

    @pytest.mark.parametrize(
        "told",
        [
            "The Harbour Board must open a station at Selby by 2028.",
            "The ministry must open a pilot station at Selby by 2027.",
            "The Harbour Board must not open a pilot station by 2027.",
            "Visit https://evil.example by 2027.",
        ],
    )
    def test_other(self, ports: Assistant, told: str) -> None:
        """Words that say another number, actor or the contrary, or carry an address, leave the document's sentence."""
        made = brief(replace(ports, model=Tightens({self.MUST: told})), "quays", document=True)
        assert told not in said(made)
        assert self.MUST in said(made)
        assert made.composed


class TestFiles:
    def test_markdown(self, ports: Assistant) -> None:
        """Headings, and a footnote for each place with title, section and the quoted words."""
        made = brief(ports, "quays", document=True)
        text = brief_file(ports, made, "markdown").decode()
        assert "## What the matter is" in text
        defined = set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
        assert defined == {str(c.marker) for c in made.citations}
        assert "Night Berths and the Ports of Marenland" in text

    def test_word(self, ports: Assistant) -> None:
        """A real footnote for each mark, with the words of its place."""
        made = brief(ports, "quays", document=True, audience="trade minister")
        with zipfile.ZipFile(io.BytesIO(brief_file(ports, made, "word"))) as file:
            body, notes = (file.read(f"word/{name}.xml").decode() for name in ("document", "footnotes"))
        assert "For: trade minister" in body
        marks = re.findall(r'<w:footnoteReference w:id="(\d+)"', body)
        assert len(marks) == sum(len(c.citations) for c in lines(made)) > 0
        assert all(f'<w:footnote w:id="{m}">' in notes for m in marks)
        assert "auction night berths every spring" in notes

    def test_pdf(self, fishing: Assistant) -> None:
        """Hangul can be read back from the PDF, and the same brief gives the same bytes."""
        made = brief(fishing, "fishing", document=True)
        first = brief_file(fishing, made, "pdf")
        assert first == brief_file(fishing, made, "pdf")
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(first)).pages)
        assert "해송시" in text
        assert "지원해야 한다" in re.sub(r"\s+", " ", text)

    def test_pdf_literal(self) -> None:
        """Markup in foreign words is drawn as it stands: no link, picture or font of theirs."""
        foreign = 'See <a href="https://evil.example">this</a> <img src="x.png"/> & <font size="40">BIG</font>'
        data = pdf_file(Sheet("T", (Line(foreign),)), style_of("chicago"))
        (page,) = PdfReader(io.BytesIO(data)).pages
        assert '<a href="https://evil.example">' in re.sub(r"\s+", " ", page.extract_text())
        assert "/Annots" not in page

    def test_pdf_letters(self) -> None:
        """A letter that no font has is drawn as its base letter, and not as a black box."""
        text = PdfReader(io.BytesIO(pdf_file(Sheet("Dvořák → ₩"), style_of("apa")))).pages[0].extract_text()
        assert "Dvorák" in text or "Dvořák" in text

    def test_pdf_font(self, tmp_path: Path) -> None:
        """A font that cannot be embedded is said by name, with what to do."""
        (tmp_path / "no.ttf").write_bytes(b"no font")
        with pytest.raises(ConfigError, match="leave pdf_font empty"):
            pdf_file(Sheet("T", (Line("가"),)), style_of("apa"), str(tmp_path / "no.ttf"))

    def test_sheet(self, ports: Assistant) -> None:
        """Each part has its heading, each line its places."""
        made = brief(ports, "quays", document=True)
        sheet = sheet_of_brief(made)
        assert [x.text for x in sheet.lines if x.section][:2] == ["What the matter is", "What the papers say"]
        assert sum(len(x.cited) for x in sheet.lines) == sum(len(c.citations) for c in lines(made))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shell")
    opened(made)
    return made


class TestCommand:
    def run(self, *arguments: str) -> int:
        return cli.main(["brief", *arguments])

    @pytest.fixture(autouse=True)
    def here(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The command finds the index of these tests by the settings, as a person's shell would give them."""
        for name, value in (("CORPUS", "corpus"), ("INDEX", "index"), ("STATE", "state")):
            monkeypatch.setenv(f"ASSISTANT_{name}", str(root / value))
        monkeypatch.setenv("ASSISTANT_EMBEDDER", "hashing")

    def test_json(self, ports: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
        """`--json` prints the parts with their citations."""
        assert self.run("quays", "--json") == 0
        told = json.loads(capsys.readouterr().out)
        assert [p["kind"] for p in told["parts"]][:2] == ["matter", "said"]
        same = brief_json(brief(ports, "quays", document=True))
        assert told["parts"] == json.loads(json.dumps(same["parts"]))
        assert told["words"] <= 430

    def test_files(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Each file that is asked for is written, and named on standard error."""
        names = {"--markdown": "b.md", "--word": "b.docx", "--pdf": "b.pdf"}
        assert self.run("quays", *(x for o, n in names.items() for x in (o, str(tmp_path / n)))) == 0
        assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
        assert capsys.readouterr().err.count("written:") == 3

    def test_ending(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A file that would bear the ending of another format is refused before anything is asked."""
        assert self.run("quays", "--pdf", str(tmp_path / "b.docx")) == 2
        assert "--pdf does not write a .docx file" in capsys.readouterr().err

    def test_document(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A document can be named by its file; one word with a digit that names none is an error, and no question."""
        assert self.run("quays.md", "--words", "80") == 0
        assert "Night Berths" in capsys.readouterr().out
        assert self.run("quay-2019") == 1
        assert "no document 'quay-2019'" in capsys.readouterr().err

    def test_abstains(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A question off the corpus exits as `ask` does, with 3."""
        assert self.run("Who won the chess championship of Peru?") == 3
        assert capsys.readouterr().out
