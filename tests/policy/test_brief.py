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
from assistant.backends.exports.paper import _Collected, _stretches, pdf_file
from assistant.backends.text_files import MarkdownParser
from assistant.citations import cite
from assistant.errors import ConfigError
from assistant.pipeline import Assistant
from assistant.policy.brief.audience import reached
from assistant.policy.brief.lines import OURS, Pool, chosen, is_whole, item, quoted
from assistant.policy.brief.relating import related, things
from assistant.policy.brief.telling import is_thin, naming, speaks_of_several, told
from assistant.policy.brief.unsaid import left_out
from assistant.policy.brief.views import _quarrels, clear
from assistant.policy.numbers import figures
from assistant.policy.statements import statements
from assistant.render.brief import brief_json, brief_text, words_of
from assistant.sources.bibliography import clean
from assistant.sources.sheets import Line, Sheet, sheet_of_brief
from assistant.types import Abstention, Claim, Message, Span, Work
from assistant.types.policy import Brief, Row
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

    @pytest.mark.parametrize("words", [120, 150, 250, 400])
    def test_words(self, ports: Assistant, words: int) -> None:
        """It keeps to its words, all that is printed counted, and uses them while it has something to say."""
        used = words_of(brief(ports, "quays", document=True, words=words))
        assert used <= words
        assert used >= min(words - 40, 180)

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


def test_left_out() -> None:
    """Where only some items of a list are shown, the brief says of how many; where all are, nothing."""
    text = (
        "# Ports\n\nThe state should:\n\n- dredge the old harbour;\n- mend the long pier; and\n- light the channel.\n"
    )
    document = MarkdownParser().parse(text.encode(), Work(id="x", title="Ports"))
    items = [s for s in statements(document) if s.opener]
    assert len(items) == 3
    opener = items[0].opener
    assert opener is not None
    assert left_out(document, [items[0].span], opener, "en").startswith("Of a list of 3 points, 1 is shown above")
    assert left_out(document, [s.span for s in items], opener, "en") == ""


@pytest.mark.parametrize("joint", ["; and", ";", ",", "; or"])
def test_joint(joint: str) -> None:
    """An item of a list is quoted without what joins it to the next one, and its place ends there too."""
    text = f"# Ports\n\nThe state should do this:\n\n- dredge the old harbour{joint}\n- light the piers.\n"
    document = MarkdownParser().parse(text.encode(), Work(id="x", title="Ports"))
    at = document.text.index
    opener = Span(at("The state"), at("this:") + 5)
    line = item(document, Span(at("dredge"), at(joint) + len(joint)), opener)
    assert line.claims[-1].text == line.citations[0].quote == "dredge the old harbour"


@pytest.mark.parametrize(
    ("actor", "role", "reach"),
    [
        ("The Ministry of Education", "Ministry of Agriculture", None),
        ("The Port Authority", "Ministry of Agriculture", None),
        ("The Reserve Agency", "Ministry of Agriculture", None),
        ("The ministry", "Ministry of Agriculture", None),
        ("Parliament", "Ministry of Agriculture", None),
        ("Local governments", "Ministry of Agriculture", None),
        ("The government", "Ministry of Agriculture", "whole"),
        ("The government and industry", "Minister of Trade", "whole"),
        ("South Korea", "Minister of Trade", "whole"),
        ("The Ministry of Trade, Industry and Energy", "Minister of Trade", "named"),
        ("지자체", "국토교통부", None),
        ("교육부", "국토교통부", None),
        ("국회", "국토교통부", None),
        ("정부", "국토교통부", "whole"),
        ("관계부처", "국토교통부", "whole"),
        ("국토교통부", "국토부 장관", "named"),
        ("기획재정부", "기재부", "named"),
        ("carriers", "carriers", "named"),
    ],
)
def test_reached(actor: str, role: str, reach: str | None) -> None:
    """What is asked of another body that is named is not asked of a role; of the government as a whole it is."""
    assert reached(actor, role) == reach


@pytest.mark.parametrize(
    ("text", "thin"),
    [
        ("민간에 맡긴 부두는 적자가 나면 문을 닫기 때문이다.", True),
        ("부두가 문을 닫은 것은 적자 때문이다.", False),
        ("First, the tariff schedules have been changed several times.", True),
        ("The tariff schedules have been changed several times.", False),
        ("Marenland’s answer should therefore be neither hasty nor timid.", True),
        ("The three options are as follows.", True),
        ("See Harbour In Focus 12, Tides and Piers, by Orla Fennick.", True),
        ("For more information on the dredging fund, see Harbour Report 7.", True),
        ("자세한 내용은 항만 보고서 7호를 참고하기 바란다.", True),
        ("Seen from the sea, the piers need new lights.", False),
    ],
)
def test_thin(text: str, thin: bool) -> None:
    """A reason without its claim, one of a list without the list and a turn of phrase do not stand."""
    assert is_thin(text) is thin


def figures_in(text: str) -> dict[str, bool]:
    document = MarkdownParser().parse(f"# Ports\n\n{text}\n".encode(), Work(id="p", title="Ports"))
    return {f.surface: clear(f) for f in figures(document)}


def test_lead() -> None:
    """A figure that is a rate, a bound, a change or a length of time has no lead: its sentence says what it is."""
    assert any(figures_in("In 2024 the ports handled 412,000 containers.").values())
    for text in (
        "In 2024 timber exports rose by 412,000 tonnes.",
        "In 2024 the ports spent USD 20 million in annual grants.",
        "In 2024 exports reached at least USD 12 million.",
        "Licences of 2024 are reviewed every 36 months.",
        "2024년 목재 수출은 40만 톤 늘었다.",
    ):
        assert not any(figures_in(text).values()), text


def test_quarrel() -> None:
    """Two topics that lay the same two sentences side by side are one line."""
    texts = ("The government should raise the timber levy.", "The government should abolish the timber levy.")
    held = [
        MarkdownParser().parse(f"# Levies {n}\n\n{t}\n".encode(), Work(id=f"l{n}", title=f"Levies {n}"))
        for n, t in enumerate(texts)
    ]
    one, two = (cite(d, Span(d.text.index("The gov"), len(d.text.rstrip())), 1) for d in held)
    row = Row(
        topic="levies",
        relation="differ",
        why="raise; abolish",
        kind="instrument",
        terms=(),
        first=(one,),
        second=(two,),
    )
    (kept,) = _quarrels([row, replace(row, topic="timber"), replace(row, topic="trees", relation="agree")])
    assert kept.topic == "levies, timber"


def test_contrary() -> None:
    """What another document says to the contrary, in the same words, is not taken for the same."""
    texts = (
        "The government should build a second pilot station at Selby.",
        "The government should not build a second pilot station.",
    )
    held = [
        MarkdownParser().parse(f"# Pilots {n}\n\n{t}\n".encode(), Work(id=f"p{n}", title=f"Pilots {n}"))
        for n, t in enumerate(texts)
    ]
    both = [quoted(d, Span(d.text.index("The gov"), len(d.text.rstrip()))) for d in held]
    ((_, kept),) = chosen([Pool("recommendations", [*both, both[0]], 1.0)], 100)
    assert [line.claims[-1].text for line in kept] == list(texts)


PILLARS = """# Harbours

Intro Author

## Introduction

This paper proposes a harbour plan built around three pillars: 1) longer quays; 2) night pilots; and 3) lower fees. The ports wait.

## Conclusion

In sum, the three pillars of this paper make the harbours of Marenland quicker. In sum, the four reasons given by critics do not hold.
"""


def test_several() -> None:
    """`The three pillars` is said to be named by the sentence that lists them; four reasons are named nowhere."""
    document = MarkdownParser().parse(PILLARS.encode(), Work(id="h", title="Harbours"))
    spoken = speaks_of_several("In sum, the three pillars of this paper make the harbours quicker.")
    assert spoken == ("three", "pillars")
    (named,) = naming(document, spoken)
    assert "1) longer quays" in named.text
    assert not naming(document, ("four", "reasons"))
    assert speaks_of_several(named.text) is None


RELATED = """# Night Traffic

Intro Author

## Findings

Critics fear that night traffic may hurt timber exports. Night traffic has grown. There is a strong correlation between night traffic and timber exports. The pilots are tired at night.
"""


def test_related() -> None:
    """A question after the relation of two things finds the sentence that states it first; a fear comes behind."""
    document = MarkdownParser().parse(RELATED.encode(), Work(id="n", title="Night Traffic"))
    found = related("Does night traffic raise timber exports?", [(document, told(document))])
    assert found
    assert found[0][1].statement.text.startswith("There is a strong correlation")
    assert not any("pilots" in t.statement.text for _, t in found)
    assert things("청년 임대료 지원은 효과가 있는가?") is not None
    assert things("Who pays for the pilots?") is None


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
        """A real footnote for each mark with its place; words that the page has not are in the note, and none twice."""
        made = brief(ports, "quays", document=True, audience="trade minister")
        with zipfile.ZipFile(io.BytesIO(brief_file(ports, made, "word"))) as file:
            body, notes = (file.read(f"word/{name}.xml").decode() for name in ("document", "footnotes"))
        assert "For: trade minister" in body
        marks = re.findall(r'<w:footnoteReference w:id="(\d+)"', body)
        assert len(marks) == sum(len(c.citations) for c in lines(made)) > 0
        assert all(f'<w:footnote w:id="{m}">' in notes for m in marks)
        assert "auction night berths every spring" in body
        assert "auction night berths every spring" not in notes
        shown = {c.text for c in lines(made)}
        assert all(clean(c.quote) in notes for c in made.citations if clean(c.quote) not in shown)

    def test_looks(self, ports: Assistant) -> None:
        """Lines of a Word page are points; as of when it speaks and who made the sentences stand once, under the title."""
        made = brief(ports, "quays", document=True)
        with zipfile.ZipFile(io.BytesIO(brief_file(ports, made, "word"))) as file:
            body = file.read("word/document.xml").decode()
        assert body.count("<w:t>\u2022</w:t>") == len(
            [c for c in lines(made) if c.citations or c not in lines(made, "dates")]
        )
        assert body.count(made.notices[0]) == 1
        assert body.index(made.notices[0]) < body.index("What the matter is")
        assert body.count("As of when") == 1
        told = brief_text(made)
        assert told.index("no language model") < told.index("What the matter is")

    def test_pdf_bold(self, fishing: Assistant) -> None:
        """Where no font is embedded, headings in Hangul are set in the collection's bold letters, with Latin spaces."""
        names = {_Collected("HYGothic-Medium", bold=True).fontName, _Collected("HYSMyeongJo-Medium").fontName}
        assert len(names) == 2
        runs = list(_stretches("우리 산업의 AI 전환"))
        assert all(" " not in run for is_latin, run in runs if not is_latin)
        page = PdfReader(io.BytesIO(brief_file(fishing, brief(fishing, "fishing", document=True), "pdf"))).pages[0]
        fonts = [page["/Resources"]["/Font"][name]["/BaseFont"] for name in page["/Resources"]["/Font"]]  # type: ignore[index]
        assert any(str(f).endswith("Bold") and "Times" not in str(f) for f in fonts) or any(
            "+" in str(f) for f in fonts
        )

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
