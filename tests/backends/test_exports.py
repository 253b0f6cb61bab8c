"""Exports, each read back by another program than the one that wrote it."""

from __future__ import annotations

import io
import json
import re
import warnings
import zipfile
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import docx
import mammoth
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, NameParts, SeparateCoAuthors, SplitNameParts
from citeproc import Citation as Cite
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from defusedxml.ElementTree import fromstring
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pybtex import database as pybtex
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from assistant.backends.docx import DocxParser
from assistant.backends.exports import MEDIA_TYPES, SUFFIXES, Form, export, form_of
from assistant.backends.exports.citing import Style, entries, initials, note, plain, short_note, style_of
from assistant.corpus import read_catalog
from assistant.errors import UsageError
from assistant.sources.bibliography import TYPES, clean, is_others, key_of, work_of
from assistant.sources.sheets import (
    Listed,
    Sheet,
    sheet_of_evidence,
    sheet_of_list,
    sheet_of_notes,
    sheet_of_reply,
    sheet_of_works,
)
from assistant.types import (
    Abstention,
    Answer,
    Bearing,
    CellPlace,
    Citation,
    CitedNote,
    Claim,
    Computed,
    Evidence,
    Hop,
    Person,
    Provenance,
    Span,
    Support,
    Verdict,
    Weighed,
    Work,
    WorkState,
)

FORMS: list[Form] = list(SUFFIXES)
HOSTILE = "Ports } of {Selby \\input{/etc/passwd} \\write18{rm} 5% $x_1^2$ #1 a_b ~ & <b>“q”</b> \"s\" --- `` '' ?` =SUM(A1) @book{x,"

QUAY = Work(
    "quay-2024", "Harbours and Export Growth", type="article-journal", authors=(Person("Quay", "Ilse"), Person("Orrin", "Jo-ann")),
    container="Marenland Policy Review", volume="4", issue="2", pages="12–40", issued="2024-03", doi="10.1000/mpr.4(2)_12",
)  # fmt: skip
KIM = Work(
    "kim-2023", "무역 정책의 변화 [Changes in Trade Policy]", type="article-journal", authors=(Person("김", "민서"), Person("남궁", "현")),
    container="산업경제", volume="12", issue="3", pages="5-31", issued="2023", language="ko",
)  # fmt: skip
REPORT = Work(
    "board-2022", "Waiting at Selby: “Nine Days”?", type="report",
    authors=(Person("Ministry of Trade, Industry and Ports"), Person("항만청")),
    container="Harbour Papers", issue="7", publisher="Harbour Board", issued="2022-11-05", url="https://ports.example/a_b?c=%20&d=1#e~{f}",
)  # fmt: skip
DATA = Work(
    "customs", "Trade Statistics", type="dataset", authors=(Person("Customs Office"),), publisher="Customs Office",
    url="https://customs.example/s", accessed="2026-05-20",
)  # fmt: skip
NEWS = Work(
    "herald", "Who Pays for the Cranes?", type="article-newspaper", container="Selby Herald", issued="2021-06-09"
)
BOOK = Work(
    "tern-2013", "Islands Inc.", type="book", authors=(Person("Tern", "Paula"), Person("Vale", "M. K."), Person("et al.")),
    publisher="Outer Press", issued="2013",
)  # fmt: skip
LAW = Work("ports-act", "Ports Act of 1974", type="legislation", container="M.C.", volume="19", pages="§ 2132")
CHAPTER = Work(
    "lark", "Tides", type="chapter", authors=(Person("Lark", "Nora"),), container="Power from Water!", pages="1-20",
    publisher="Outer Press", issued="forthcoming",
)  # fmt: skip
WORKS = (QUAY, KIM, REPORT, DATA, NEWS, BOOK, LAW, CHAPTER)
KNOWN = {w.id: w for w in WORKS}


def citation(marker: int, work: Work, quote: str, **more: Any) -> Citation:
    given = {"page_index": 3, "page_label": None, "pages": (3,), "section": (), "passage": None, "score": 0.5} | more
    return Citation(marker, work.id, work.title, "paper", work.issued, quote, Span(5, 5 + len(quote)), **given)


RELAYED = citation(
    1, QUAY, "Exports rose by 5 %\nin a year.", page_label="iii", section=("Trade", "Ports"), origin="relayed",
    notes=(CitedNote("18", "Customs Office, Trade Statistics."), CitedNote("19", None)),
)  # fmt: skip
CELL = citation(2, KIM, "목재\t410\t468", cell=CellPlace("표 2", "목재", "2023", "백만 달러", "468"))
ANSWER = Answer(
    "How did exports grow?", "q", "en",
    (
        Claim("Exports rose by 5 %.", (1,), Verdict("supported")),
        Claim("Timber rose too.", (1, 2), Verdict("partial", "one year only"), Computed("468 - 410", "58", "USD million")),
    ),
    (RELAYED, CELL), ("One document is a digest.",), 0, Provenance("i", "e"),
)  # fmt: skip
ABSTENTION = Abstention(
    "Who is mayor?", "q", "ko", "not_in_corpus", "자료에 답이 없습니다.", (CELL,), (), 0, Provenance("i", "e")
)
REPLY = sheet_of_reply(ANSWER, KNOWN)
BIBLIOGRAPHY = sheet_of_works(WORKS)
ALL = [BIBLIOGRAPHY, REPLY, sheet_of_reply(ABSTENTION, KNOWN), sheet_of_works([]), Sheet("nothing")]

SIGNS = st.one_of(
    st.text("{}\\$&#_%~^\"'`-<>,@=“”–?!.:; \n\r\t\x00\x1b\u202e\u2028abZ가é", max_size=30), st.text(max_size=30)
)
TITLES = SIGNS.filter(lambda text: any(c.isalnum() for c in clean(text)))


# ---------------------------------------------------------------- readers that are not the writers


def bib(data: bytes) -> dict[str, dict[str, Any]]:
    """Entries by key, their LaTeX decoded by bibtexparser with three commands of LaTeX that its decoder lacks."""
    known = get_default_latex_context_db()
    known.add_context_category(
        "more",
        prepend=True,
        macros=[
            MacroTextSpec(f"text{n}", s) for n, s in (("braceleft", "{"), ("braceright", "}"), ("asciicircum", "^"))
        ],
    )
    decoder = LatexDecodingMiddleware(
        allow_inplace_modification=False, decoder=LatexNodes2Text(known, keep_braced_groups=False)
    )
    library = parse_string(data.decode(), append_middleware=[decoder])
    assert not library.failed_blocks
    return {e.key: {f.key: f.value for f in e.fields} | {"ENTRYTYPE": e.entry_type} for e in library.entries}


def bib_names(data: bytes) -> dict[str, list[NameParts]]:
    library = parse_string(data.decode(), append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    return {e.key: e.fields_dict["author"].value for e in library.entries if "author" in e.fields_dict}


def ris(data: bytes) -> list[dict[str, list[str]]]:
    """Records as the format's description has them: two letters, two spaces, a hyphen, a space, to the end of the line."""
    records: list[dict[str, list[str]]] = []
    for line in data.decode().split("\n"):
        if not line:
            continue
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - ?(.*)", line)
        assert match, line
        tag, value = match.groups()
        if tag == "TY":
            records.append({})
        records[-1].setdefault(tag, []).append(value)
    assert all(r["ER"] == [""] for r in records)
    return records


def letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


# ---------------------------------------------------------------- every format


class TestEveryFormat:
    @pytest.mark.parametrize("form", FORMS)
    @pytest.mark.parametrize("sheet", ALL, ids=["works", "reply", "abstention", "none", "bare"])
    def test_the_same_sheet_gives_the_same_bytes(self, form: Form, sheet: Sheet) -> None:
        """No time and no chance is in an export."""
        assert export(sheet, form) == export(sheet, form)

    @pytest.mark.parametrize("form", FORMS)
    def test_korean_names_are_whole(self, form: Form) -> None:
        """Family and given name stand in every format in the order that it asks for."""
        data = export(BIBLIOGRAPHY, form)
        text = mammoth.extract_raw_text(io.BytesIO(data)).value if form == "word" else data.decode()
        if form in ("bibtex", "ris"):
            assert "김, 민서" in text
            assert "남궁, 현" in text
        elif form == "csl-json":
            assert [a.get("family") for a in json.loads(text)[1]["author"]] == ["김", "남궁"]
        else:
            assert re.search("김민서(?: and|, &|, \\\\&) 남궁현", text)

    @pytest.mark.parametrize("name", ["bibtex", ".bib", ".docx", "word", "chicago", ".md"])
    def test_formats_are_named_by_name_or_ending(self, name: str) -> None:
        """Where an ending is of one format only, it names it."""
        assert name in (form_of(name), SUFFIXES[form_of(name)])
        assert form_of(name) in MEDIA_TYPES

    @pytest.mark.parametrize("name", ["", "pdf", ".txt", "Word "])
    def test_another_name_is_an_error_that_lists_them(self, name: str) -> None:
        """The message says which formats there are."""
        with pytest.raises(UsageError, match="bibtex, ris, csl-json"):
            form_of(name)
        with pytest.raises(UsageError, match="chicago, apa"):
            style_of(name)

    @pytest.mark.parametrize("form", FORMS)
    def test_hostile_words_do_not_break_a_format(self, form: Form) -> None:
        """Control characters, markup of every kind and half characters pass as words or not at all."""
        evil = HOSTILE + "\x00\x1b[31m\u202e\ud800\ufffe\u2028ER  - \nTY  - JOUR\n@comment{"
        work = Work(
            "evil", evil, type="article-journal", authors=(Person(evil, evil), Person(evil)), container=evil, note=evil
        )
        reply = sheet_of_reply(
            Answer(evil, evil, "en", (Claim(evil, (1,), Verdict("partial", evil)),), (citation(1, work, evil),), (evil,), 0, Provenance("", "")),
            {"evil": work},
        )  # fmt: skip
        weighed = Evidence(
            evil,
            "en",
            (Weighed(evil, Span(0, 1), (place(1, work, evil, "partial", evil),)),),
            (evil,),
            Provenance(evil, ""),
        )
        noted = sheet_of_notes(evil, [(evil, [(work, evil, evil)])], index=evil)
        listed = sheet_of_list([Listed(evil, (RELAYED,), evil)])
        for sheet in (
            reply,
            sheet_of_works([work, QUAY], evil),
            listed,
            noted,
            sheet_of_evidence(weighed, {"evil": work}),
        ):
            data = export(sheet, form)
            if form != "word":
                text = data.decode()
                assert not set(text) & set("\x00\x1b\u202e\ufffe\u2028")


class TestCatalogue:
    """The records of this project's own catalogue, which name works of every kind in English and Korean."""

    WORKS = read_catalog(Path(__file__).resolve().parents[2] / "corpus")

    def test_bibtex(self) -> None:
        """Every title and every family name is read back, by bibtexparser and by pybtex."""
        data = export(sheet_of_works(self.WORKS), "bibtex")
        read, names = bib(data), bib_names(data)
        again = pybtex.parse_string(data.decode(), "bibtex").entries
        assert list(again) == list(read)
        for work in self.WORKS:
            assert read[key_of(work.id)]["title"] == clean(work.title)
            said = [" ".join([*n.von, *n.last]).strip("{}") for n in names.get(key_of(work.id), [])]
            assert said == [a.family.replace("et al.", "others") for a in work.authors]
            other = again[key_of(work.id)].persons.get("author", [])
            assert [" ".join([*p.prelast_names, *p.last_names]).strip("{}") for p in other] == said

    def test_ris_by_rispy(self) -> None:
        """rispy, which is many programs' reader, has every title, date and address."""
        read = {r["id"]: r for r in rispy.loads(export(sheet_of_works(self.WORKS), "ris").decode())}
        for work in self.WORKS:
            record = read[key_of(work.id)]
            assert record["title"] == clean(work.title)
            assert record.get("year") == (work.issued[:4] if work.issued else None)
            assert record.get("urls") == ([work.url] if work.url else None)

    def test_csl_json_is_what_the_schema_asks_for(self) -> None:
        """Every item has an id and a type of CSL, and each field the form that CSL's schema gives it."""
        for item in json.loads(export(sheet_of_works(self.WORKS), "csl-json")):
            assert item["type"] in TYPES
            for name, value in item.items():
                match name:
                    case "author":
                        assert all(set(n) in ({"literal"}, {"family", "given"}) for n in value)
                    case "issued" | "accessed":
                        assert set(value) in ({"literal"}, {"date-parts"})
                        assert all(isinstance(n, int) for part in value.get("date-parts", []) for n in part)
                    case "custom":
                        assert isinstance(value, dict)
                    case _:
                        assert isinstance(value, str), name

    def test_csl_json_by_citeproc(self) -> None:
        """A processor of CSL takes the file as it is and sets every title from it with a style of its own."""
        items = json.loads(export(sheet_of_works(self.WORKS), "csl-json"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says that it knows neither "custom" nor "citation-key"
            style = CitationStylesStyle("harvard-cite-them-right", validate=False)
            made = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
            made.register(Cite([CitationItem(item["id"]) for item in items]))
            listed = letters(" ".join(map(str, made.bibliography())))
        for item in items:
            assert letters(item["title"]) in listed

    def test_ris(self) -> None:
        """Every title and every name is read back."""
        for work, record in zip(self.WORKS, ris(export(sheet_of_works(self.WORKS), "ris")), strict=True):
            assert record["TI"] == [clean(work.title)]
            assert [n.partition(", ")[0] for n in record.get("AU", [])] == [
                a.family.partition(", ")[0] for a in work.authors
            ]

    def test_csl_json(self) -> None:
        """Every record comes back."""
        read = [work_of(item) for item in json.loads(export(sheet_of_works(self.WORKS), "csl-json"))]
        assert read == [replace(w, access=None, fingerprint=None) for w in self.WORKS]

    @pytest.mark.parametrize("form", ["chicago", "apa", "markdown", "word"])
    def test_pages(self, form: Form) -> None:
        """Every title and first author stands in the formatted bibliography, once for each work."""
        data = export(sheet_of_works(self.WORKS), form)
        text = mammoth.extract_raw_text(io.BytesIO(data)).value if form == "word" else data.decode().replace("\\", "")
        for work in self.WORKS:
            assert clean(work.title).replace("“", "‘").replace("”", "’") in text.replace("“", "‘").replace("”", "’")
            assert all(a.family in text for a in work.authors[:1])


# ---------------------------------------------------------------- BibTeX


class TestBibtex:
    def test_fields(self) -> None:
        """Each type has BibTeX's word for it, and what the record knows."""
        read = bib(export(BIBLIOGRAPHY, "bibtex"))
        assert list(read) == [key_of(w.id) for w in WORKS]
        quay = read["quay-2024"]
        assert {name: quay[name] for name in ("journal", "volume", "number", "year", "month", "ENTRYTYPE", "doi")} == {
            "journal": "Marenland Policy Review", "volume": "4", "number": "2", "year": "2024", "month": "3",
            "ENTRYTYPE": "article", "doi": QUAY.doi,
        }  # fmt: skip
        assert [read[key]["ENTRYTYPE"] for key in ("board-2022", "customs", "tern-2013", "lark")] == [
            "techreport", "misc", "book", "incollection",
        ]  # fmt: skip
        assert (read["board-2022"]["series"], read["board-2022"]["number"]) == ("Harbour Papers", "7")
        assert (read["customs"]["urldate"], read["lark"]["booktitle"]) == ("2026-05-20", "Power from Water!")

    def test_pages_have_tex_dashes(self) -> None:
        """Whatever dash the record has, the file has two hyphens."""
        assert export(BIBLIOGRAPHY, "bibtex").decode().count("12--40") == 1
        assert 'pages = "5--31"' in export(BIBLIOGRAPHY, "bibtex").decode()

    def test_names(self) -> None:
        """Persons have two parts; an institution is one name, whatever words stand in it; more authors are 'others'."""
        names = bib_names(export(BIBLIOGRAPHY, "bibtex"))
        assert [(n.last, n.first) for n in names["kim-2023"]] == [(["김"], ["민서"]), (["남궁"], ["현"])]
        assert [n.last for n in names["board-2022"]] == [["{Ministry of Trade, Industry and Ports}"], ["{항만청}"]]
        assert [n.last for n in names["tern-2013"]] == [["Tern"], ["Vale"], ["others"]]

    def test_addresses_are_as_they_are(self) -> None:
        """An address keeps its signs; braces, which would break the file, are written as %XX."""
        assert 'url = "https://ports.example/a_b?c=%20&d=1#e~%7Bf%7D"' in export(BIBLIOGRAPHY, "bibtex").decode()

    def test_no_order_reaches_tex(self) -> None:
        """Behind every backslash stands a sign or a command of ours, and nothing opens a formula."""
        made = export(sheet_of_works([Work("a", HOSTILE, container=HOSTILE, note=HOSTILE)]), "bibtex").decode()
        assert set(re.findall(r"\\([a-z]+|.)", made)) <= {
            "textbackslash", "textbraceleft", "textbraceright", "textasciitilde", "textasciicircum", *"$&#_%{}",
        }  # fmt: skip
        assert not re.search(r"(?<!\\)[$%&#_^~]", made.replace("@misc", ""))

    @settings(max_examples=150, deadline=None)
    @given(TITLES, TITLES)
    @example(HOSTILE, "Smith, Jr. and others")
    @example("“–”…", "--")
    def test_any_words_are_read_back(self, title: str, name: str) -> None:
        """bibtexparser decodes the title to what it was, whatever signs are in it, and sees one author."""
        data = export(sheet_of_works([Work("a", title, authors=(Person(name, "X"),), publisher=title)]), "bibtex")
        assert clean(bib(data)["a"]["title"]) == clean(title)
        assert len(bib_names(data)["a"]) == (1 if clean(name) else 0)

    def test_quotes_travel_with_the_work(self) -> None:
        """The places that an answer quotes stand in a field of their own."""
        read = bib(export(REPLY, "bibtex"))
        assert read["quay-2024"]["annote"].startswith(
            "[1] p. iii, section “Trade › Ports”: “Exports rose by 5 % in a year.”"
        )
        assert "page 4 of the file, 표 2, 목재, 2023: “목재 | 410 | 468”" in read["kim-2023"]["annote"]


# ---------------------------------------------------------------- RIS


class TestRis:
    def test_fields(self) -> None:
        """Each work is a record with the tags of its fields."""
        read = {r["ID"][0]: r for r in ris(export(BIBLIOGRAPHY, "ris"))}
        assert list(read) == [key_of(w.id) for w in WORKS]
        quay = read["quay-2024"]
        assert (quay["TY"], quay["AU"], quay["T2"]) == (["JOUR"], ["Quay, Ilse", "Orrin, Jo-ann"], [QUAY.container])
        assert [quay[tag][0] for tag in ("VL", "IS", "SP", "EP", "PY", "DA", "DO")] == [
            "4", "2", "12", "40", "2024", "2024/03//", QUAY.doi,
        ]  # fmt: skip
        assert read["kim-2023"]["AU"] == ["김, 민서", "남궁, 현"]
        assert [read[key]["TY"][0] for key in ("board-2022", "customs", "ports-act")] == ["RPRT", "DATA", "STAT"]
        assert (read["customs"]["Y2"], read["board-2022"]["UR"]) == (["2026/05/20/"], [REPORT.url])

    @given(TITLES, TITLES)
    @example("a\nER  - \nTY  - BOOK", "x\r\nAU  - y")
    def test_any_words_are_read_back(self, title: str, name: str) -> None:
        """Nothing in a title or name ends its line: there is one record, with the words as they were."""
        (record,) = ris(export(sheet_of_works([Work("a", title, authors=(Person(name),))]), "ris"))
        assert record["TI"] == [clean(title)]
        assert record["AU"] == [clean(name)]

    def test_quotes_travel_with_the_work(self) -> None:
        """The places that an answer quotes are notes of the record."""
        quay, kim = ris(export(REPLY, "ris"))
        assert quay["N1"][0].startswith(
            "[1] p. iii, section “Trade › Ports”: “Exports rose by 5 % in a year.” Note 18:"
        )
        assert "page 4 of the file" in kim["N1"][0]


# ---------------------------------------------------------------- CSL-JSON


class TestCslJson:
    def test_works_come_back(self) -> None:
        """The bibliography is read as the works that it was made of."""
        assert tuple(work_of(item) for item in json.loads(export(BIBLIOGRAPHY, "csl-json"))) == WORKS

    def test_places_stand_in_custom(self) -> None:
        """Page, section, notes and the exact quote of each citation stand with the work that it quotes."""
        quay, kim = json.loads(export(REPLY, "csl-json"))
        assert quay["custom"]["quoted"] == [
            {
                "marker": 1, "page": "p. iii", "place": ["section “Trade › Ports”"], "quote": RELAYED.quote, "relayed": True,
                "notes": ["Note 18: Customs Office, Trade Statistics.", "Note 19: known by its number only"],
            }
        ]  # fmt: skip
        assert kim["custom"]["quoted"][0]["quote"] == CELL.quote


# ---------------------------------------------------------------- Chicago and APA

CHICAGO = {
    "quay-2024": "Quay, Ilse, and Jo-ann Orrin. “Harbours and Export Growth.” *Marenland Policy Review* 4, no. 2 (March 2024): 12–40. https://doi.org/10.1000/mpr.4(2)_12.",
    "kim-2023": "김민서 and 남궁현. “무역 정책의 변화 [Changes in Trade Policy].” *산업경제* 12, no. 3 (2023): 5–31.",
    "board-2022": "Ministry of Trade, Industry and Ports and 항만청. *Waiting at Selby: “Nine Days”?* Harbour Papers, no. 7. Harbour Board, November 5, 2022. https://ports.example/a_b?c=%20&d=1#e~{f}.",
    "customs": "Customs Office. “Trade Statistics.” Customs Office. Accessed May 20, 2026. https://customs.example/s.",
    "herald": "“Who Pays for the Cranes?” *Selby Herald*, June 9, 2021.",
    "tern-2013": "Tern, Paula, M. K. Vale, et al. *Islands Inc.* Outer Press, 2013.",
    "ports-act": "Ports Act of 1974, 19 M.C. § 2132.",
    "lark": "Lark, Nora. “Tides.” In *Power from Water!*, 1–20. Outer Press, forthcoming.",
}
APA = {
    "quay-2024": "Quay, I., & Orrin, J.-A. (2024). Harbours and Export Growth. *Marenland Policy Review*, *4*(2), 12–40. https://doi.org/10.1000/mpr.4(2)_12",
    "kim-2023": "김민서, & 남궁현. (2023). 무역 정책의 변화 [Changes in Trade Policy]. *산업경제*, *12*(3), 5–31.",
    "board-2022": "Ministry of Trade, Industry and Ports, & 항만청. (2022, November 5). *Waiting at Selby: “Nine Days”?* (Harbour Papers No. 7). Harbour Board. https://ports.example/a_b?c=%20&d=1#e~{f}",
    "customs": "Customs Office. (n.d.). *Trade Statistics* [Data set]. Retrieved May 20, 2026, from https://customs.example/s",
    "herald": "Who Pays for the Cranes? (2021, June 9). *Selby Herald*.",
    "tern-2013": "Tern, P., Vale, M. K., et al. (2013). *Islands Inc.* Outer Press.",
    "ports-act": "Ports Act of 1974. (n.d.). 19 M.C. § 2132.",
    "lark": "Lark, N. (forthcoming). Tides. In *Power from Water!* (pp. 1–20). Outer Press.",
}
NOTES = {
    "quay-2024": "Ilse Quay and Jo-ann Orrin, “Harbours and Export Growth,” *Marenland Policy Review* 4, no. 2 (March 2024), p. 5, https://doi.org/10.1000/mpr.4(2)_12",
    "kim-2023": "김민서 and 남궁현, “무역 정책의 변화 [Changes in Trade Policy],” *산업경제* 12, no. 3 (2023), p. 5",
    "board-2022": "Ministry of Trade, Industry and Ports and 항만청, *Waiting at Selby: “Nine Days”?*, Harbour Papers, no. 7 (Harbour Board, November 5, 2022), p. 5, https://ports.example/a_b?c=%20&d=1#e~{f}",
    "customs": "Customs Office, “Trade Statistics,” Customs Office, p. 5, accessed May 20, 2026, https://customs.example/s",
    "herald": "“Who Pays for the Cranes?,” *Selby Herald*, June 9, 2021, p. 5",
    "tern-2013": "Paula Tern, M. K. Vale, et al., *Islands Inc.* (Outer Press, 2013), p. 5",
    "ports-act": "Ports Act of 1974, 19 M.C. § 2132, p. 5",
    "lark": "Nora Lark, “Tides,” in *Power from Water!* (Outer Press, forthcoming), p. 5",
}


def starred(text: Any) -> str:
    return "".join(f"*{run.text}*" if run.italic else run.text for run in text)


class TestStyles:
    @pytest.mark.parametrize("style", ["chicago", "apa"])
    def test_the_styles_are_csl(self, style: Style) -> None:
        """They follow the schema that citeproc brings, so that another processor can read them."""
        file = resources.files("assistant.backends.exports").joinpath(f"{style}.csl")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            CitationStylesStyle(io.BytesIO(file.read_bytes()), validate=True)

    @pytest.mark.parametrize(("style", "expected"), [("chicago", CHICAGO), ("apa", APA)])
    def test_entries(self, style: Style, expected: dict[str, str]) -> None:
        """Entries as the manuals ask for them, written here by hand."""
        assert {work.id: starred(entry) for work, entry in entries(WORKS, style)} == expected

    @pytest.mark.parametrize("work", WORKS, ids=lambda w: w.id)
    def test_notes(self, work: Work) -> None:
        """Chicago's notes, with the page before the address."""
        assert starred(note(work, "chicago", "p. 5")) == NOTES[work.id]

    def test_later_notes_are_short(self) -> None:
        """Family names and the title without its subtitle in Chicago, names and year in APA; a law has its title."""
        chicago = {w.id: starred(short_note(w, "chicago", "p. 5")) for w in WORKS}
        assert chicago == {
            "quay-2024": "Quay and Orrin, “Harbours and Export Growth,” p. 5",
            "kim-2023": "김민서 and 남궁현, “무역 정책의 변화,” p. 5",
            "board-2022": "Ministry of Trade, Industry and Ports and 항만청, *Waiting at Selby*, p. 5",
            "customs": "Customs Office, “Trade Statistics,” p. 5",
            "herald": "“Who Pays for the Cranes?,” p. 5",
            "tern-2013": "Tern et al., *Islands Inc.*, p. 5",
            "ports-act": "Ports Act of 1974, p. 5",
            "lark": "Lark, “Tides,” p. 5",
        }
        apa = {w.id: starred(short_note(w, "apa", "p. 5")) for w in (QUAY, KIM, BOOK, NEWS, DATA, CHAPTER)}
        assert apa == {
            "quay-2024": "(Quay & Orrin, 2024, p. 5)",
            "kim-2023": "(김민서 & 남궁현, 2023, p. 5)",
            "tern-2013": "(Tern et al., 2013, p. 5)",
            "herald": "(“Who Pays for the Cranes?,” 2021, p. 5)",
            "customs": "(Customs Office, n.d., p. 5)",
            "lark": "(Lark, forthcoming, p. 5)",
        }
        three = replace(BOOK, authors=(Person("Tern", "P."), Person("Vale", "M."), Person("Lark", "N.")))
        assert starred(short_note(three, "chicago")) == "Tern, Vale, and Lark, *Islands Inc.*"
        assert starred(short_note(replace(KIM, authors=(KIM.authors[0], Person("외"))), "apa")) == "(김민서 외, 2023)"

    def test_works_that_would_look_alike_are_named_in_full(self) -> None:
        """Two books of one author whose titles differ behind the colon keep their whole notes."""
        first = Work("a", "Islands: North", type="book", authors=(Person("Tern", "Paula"),), issued="2013")
        second = Work("b", "Islands: South", type="book", authors=(Person("Tern", "Paula"),), issued="2014")
        cited = tuple(citation(n, w, "Words.") for n, w in enumerate((first, second, first, second), start=1))
        sheet = sheet_of_list([Listed("A.", cited)], {"a": first, "b": second})
        text = export(sheet, "chicago").decode()
        assert text.count("Paula Tern, Islands: North (2013)") == text.count("Paula Tern, Islands: South (2014)") == 2
        sheet = sheet_of_list([Listed("A.", cited[::2])], {"a": first})
        text = export(sheet, "chicago").decode()
        assert "[2] Tern, Islands, page 4 of the file: “Words.”" in text

    def test_no_date(self) -> None:
        """'n.d.' stands where a reader would miss a date, and not for a law, a page with its day, or our digest."""
        undated = {
            "book": Work("a", "A", type="book"), "law": LAW, "page": replace(DATA, type="webpage"),
            "digest": Work("d", "D", kind="digest"), "soon": CHAPTER,
        }  # fmt: skip
        said = {name: "n.d." in plain(entries([work], "chicago")[0][1]) for name, work in undated.items()}
        assert said == {"book": True, "law": False, "page": False, "digest": False, "soon": False}
        assert plain(entries([undated["book"]], "apa")[0][1]) == "A. (n.d.)."

    @pytest.mark.parametrize(
        ("given", "printed"),
        [
            ({"volume": "제12권", "issue": "제3호"}, "산업경제 12, no. 3 (2023)"), ({"volume": "12", "issue": "3/4"}, "산업경제 12, no. 3/4 (2023)"),
            ({"volume": "Vol. 12", "issue": "No. 3"}, "산업경제 12, no. 3 (2023)"), ({"volume": "12", "issue": "Spring"}, "산업경제 12, no. Spring (2023)"),
        ],
    )  # fmt: skip
    def test_numbers_are_counted_once(self, given: dict[str, str], printed: str) -> None:
        """A volume and a number that bring their own words for it, in English or Korean, are not said twice."""
        assert printed in plain(entries([replace(KIM, **given)], "chicago")[0][1])  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("work", "chicago", "apa"),
        [
            (Work("r", "R", type="report", container="Papers", note="1999/3", issued="1999"), "R. Papers, no. 1999/3. 1999.", "R (Papers No. 1999/3). (1999)."),
            (Work("r", "R", type="report", note="R48145", issued="1999"), "R. R48145. 1999.", "R (R48145). (1999)."),
            (Work("l", "An Act", type="legislation", note="Public Law 1-2", issued="1999"), "An Act, Public Law 1-2 (1999).", "An Act. (1999). Public Law 1-2."),
            (Work("s", "S", type="speech", note="video", issued="1999"), "“S.” Video. 1999.", "S (Video). (1999)."),
        ],
    )  # fmt: skip
    def test_what_a_record_says_beside_its_fields(self, work: Work, chicago: str, apa: str) -> None:
        """The number of a report in its series, of a law, and what a work is, are printed."""
        assert plain(entries([work], "chicago")[0][1]) == chicago
        assert plain(entries([work], "apa")[0][1]) == apa

    def test_more_authors_behind_a_korean_one(self) -> None:
        """'외' in either style, and 'et al.' behind a Latin name."""
        more = replace(KIM, authors=(KIM.authors[0], Person("et al.")))
        assert plain(entries([more], "chicago")[0][1]).startswith("김민서 외. “무역")
        assert plain(entries([more], "apa")[0][1]).startswith("김민서 외. (2023)")
        assert plain(note(more, "chicago", "p. 5")).startswith("김민서 외, “무역")

    def test_order(self) -> None:
        """Entries go by their first word without its article, Latin letters before Hangul."""
        titles = ["Zebra", "The Apple", "“Mango”", "나무"]
        works = [Work(str(n), title, type="book") for n, title in enumerate(titles)]
        assert [w.title for w, _ in entries(works, "apa")] == ["The Apple", "“Mango”", "Zebra", "나무"]

    @pytest.mark.parametrize(
        ("given", "short"),
        [("Dong-chul", "D.-C."), ("N. K.", "N. K."), ("J.R.", "J. R."), ("Ludwig van", "L. van"), ("Éva", "É."), ("S. Lael", "S. L."), ("-", "")],
    )  # fmt: skip
    def test_initials(self, given: str, short: str) -> None:
        """Given names as APA has them."""
        assert initials(given) == short

    @pytest.mark.parametrize("style", ["chicago", "apa"])
    @settings(max_examples=100, deadline=None)
    @given(
        title=TITLES,
        name=TITLES,
        container=TITLES,
        kind=st.sampled_from(sorted({w.type for w in WORKS} | {"webpage", "document"})),
    )
    @example(title='<span class="nocase">X</span>', name="A", container="</span> & co", kind="book")
    @example(title="Inc.", name="Jr.", container="Vol.", kind="article-journal")
    def test_no_word_is_lost(self, style: Style, title: str, name: str, container: str, kind: str) -> None:
        """citeproc drops what it stumbles over in silence: all words of title, author and container must come through."""
        work = Work("a", title, type=kind, authors=(Person(name),), container=container, issued="2020-01-02")

        def letters(text: str) -> list[str]:
            return [c for c in clean(text) if c.isalnum()]

        for made in (plain(entries([work], style)[0][1]), plain(note(work, style, "p. 1"))):
            rest = iter(letters(made))
            assert all(c in rest for c in letters(name) + letters(title) + letters(container)), made
        short = iter(letters(plain(short_note(work, style, "p. 1"))))
        assert all(c in short for c in [*([] if is_others(clean(name)) else letters(name)), *"p1"])

    def test_a_work_of_which_nothing_is_known_has_its_id(self) -> None:
        """An entry is never empty."""
        assert plain(entries([Work("x-1", "")], "chicago")[0][1]) == "x-1. n.d."

    def test_text_of_a_reply(self) -> None:
        """Plain text: sentences with numbers, the notes, the bibliography."""
        assert export(REPLY, "chicago").decode().split("\n\n") == [
            "How did exports grow?",
            "Exports rose by 5 %. [1]",
            "Timber rose too. [1][2]",
            "Calculated: 468 - 410 = 58 USD million (partly: one year only)",
            "One document is a digest.",
            "Notes",
            "[1] Ilse Quay and Jo-ann Orrin, “Harbours and Export Growth,” Marenland Policy Review 4, no. 2 (March 2024), p. iii, "
            "section “Trade › Ports”, https://doi.org/10.1000/mpr.4(2)_12: “Exports rose by 5 % in a year.” Relayed, not the "
            "document’s own finding. Note 18: Customs Office, Trade Statistics. Note 19: known by its number only.",
            "[2] 김민서 and 남궁현, “무역 정책의 변화 [Changes in Trade Policy],” 산업경제 12, no. 3 (2023), page 4 of the file, "
            "표 2, 목재, 2023: “목재 | 410 | 468”.",
            "Bibliography",
            CHICAGO["quay-2024"].replace("*", ""),
            CHICAGO["kim-2023"].replace("*", ""),
            "-- Made from the index i. Every quotation stands word for word in the documents of that index.\n",
        ]

    def test_a_hyphen_in_a_place_stays_one(self) -> None:
        """citeproc makes dashes of hyphens in a locator: it never sees ours."""
        assert "section “Trade-offs 1-2”" in plain(note(QUAY, "chicago", "section “Trade-offs 1-2”"))


# ---------------------------------------------------------------- Markdown


class TestMarkdown:
    def test_footnotes(self) -> None:
        """Every mark has its note, and each note its place and quote."""
        text = export(REPLY, "markdown").decode()
        marks = re.findall(r"\[\^(\d+)\](?!:)", text)
        said = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", text, re.MULTILINE))
        assert marks == ["1", "1", "2"]
        assert set(said) == set(marks)
        assert "p. iii" in said["1"]
        assert "“목재 \\| 410 \\| 468”" in said["2"]

    @settings(max_examples=100, deadline=None)
    @given(TITLES)
    @example("[x](http://e.example) ![y](z) <b>q</b> *a* `c` $d$")
    def test_foreign_words_are_literal(self, title: str) -> None:
        """Nothing foreign draws a link, an image or HTML; only our italics are drawn."""
        for style in ("chicago", "apa"):
            made = MarkdownIt("commonmark", {"html": True}).parse(
                export(sheet_of_works([Work("a", title, type="book")], title), "markdown", style).decode()
            )
            inline = [c for t in made for c in t.children or []]
            code = [c.content for c in inline if c.type == "code_inline"]
            assert {c.type for c in inline} - {"code_inline"} <= {"text", "text_special", "em_open", "em_close"}
            assert all(re.match(r"\w[\w+.-]*://|www\.|doi:", said) for said in code)
            assert {t.type.rpartition("_")[0] for t in made if t.nesting == 1} <= {"paragraph", "list_item", "bullet_list", "heading"}  # fmt: skip
            assert not any(t.type in ("code_block", "fence", "html_block", "hr") for t in made)
            assert sum(t.type == "bullet_list_open" for t in made) <= 1

    @pytest.mark.parametrize(
        "title",
        ["2024. A List", "(iv) Of Rules", "- Dash", "+ Plus", "> Quoted", "= Line", ": Term", "A. Holm", "--- ---", "# Head"],
    )  # fmt: skip
    def test_beginnings(self, title: str) -> None:
        """Words that would begin a list, a quotation or a heading begin none, and are read as they are."""
        made = MarkdownIt("commonmark").parse(
            export(sheet_of_list([Listed(title, ())], KNOWN), "markdown").decode().partition("\n\n")[2]
        )
        assert "ordered_list_open" not in {t.type for t in made}
        words = ["".join(c.content for c in t.children or []) for t in made]
        assert any(clean(title) in said for said in words)

    def test_addresses(self) -> None:
        """An address can be read and copied as it is, and is no link; plain words have no escapes."""
        url = "https://salt.example/year_book/a~b?x=1&y=*2*#top"
        works = [Work("a", "Salt (2023): A. Holm's, 3/4, no. 5: “Brine”", type="webpage", url=url)]
        text = export(sheet_of_works(works), "markdown").decode()
        assert f"`{url}`" in text
        assert "\\" not in text
        assert "<a " not in MarkdownIt("commonmark").render(text)

    def test_italics(self) -> None:
        """Titles are drawn in italics where the style asks for them."""
        html = MarkdownIt("commonmark").render(export(BIBLIOGRAPHY, "markdown", "apa").decode())
        for words in ("Marenland Policy Review", "Waiting at Selby: “Nine Days”?", "4", "산업경제"):
            assert f"<em>{words}</em>" in html
        assert "*" not in html


# ---------------------------------------------------------------- Word


class TestWord:
    def test_our_own_parser_ties_notes_to_marks(self) -> None:
        """Read as any document of the corpus: each note is called where its sentence ends, and carries place and quote."""
        read = DocxParser().parse(export(REPLY, "word"), Work("made", ""))
        assert [n.number for n in read.notes] == ["1", "2", "3"]
        called = [read.text[: n.marks[0]].rsplit("\n", 1)[-1] for n in read.notes]
        assert called[0] == "Exports rose by 5 %."
        assert called[1] == "Timber rose too."
        first, again, second = (n.text or "" for n in read.notes)
        assert again.startswith(
            "Quay and Orrin, “Harbours and Export Growth,” p. iii, section “Trade › Ports”: “Exports rose"
        )
        for words in (
            "Ilse Quay and Jo-ann Orrin", "Harbours and Export Growth", "March 2024", "p. iii", "section “Trade › Ports”",
            "“Exports rose by 5 % in a year.”", "Note 18: Customs Office, Trade Statistics.",
        ):  # fmt: skip
            assert words in first
        for words in ("김민서 and 남궁현", "page 4 of the file", "“목재 | 410 | 468”"):
            assert words in second
        assert not read.hidden
        assert not read.warnings
        assert ("Bibliography",) in [s.path for s in read.sections]

    def test_mammoth_reads_the_same(self) -> None:
        """An independent reader sees the marks, the notes and the italics, and has nothing to complain of but styles."""
        made = mammoth.convert_to_html(io.BytesIO(export(REPLY, "word")))
        assert re.findall(r'href="#footnote-(\d+)"', made.value) == ["1", "2", "3"]
        assert re.findall(r'<li id="footnote-(\d+)">', made.value) == ["1", "2", "3"]
        assert "<em>Marenland Policy Review</em>" in made.value
        assert all("style" in message.message for message in made.messages)

    def test_python_docx_opens_it(self) -> None:
        """Paragraphs have their styles, and the relations lead to parts of the package only."""
        read = docx.Document(io.BytesIO(export(REPLY, "word")))
        assert [p.style.name for p in read.paragraphs if p.style][:2] == ["Title", "Normal"]
        assert read.core_properties.title == REPLY.title
        assert read.core_properties.created is None
        assert not any(r.is_external for r in read.part.rels.values())

    def test_nothing_acts(self) -> None:
        """No field, link, macro or date is in any part, whatever the words are."""
        sheet = sheet_of_works(
            [Work("a", '=HYPERLINK("http://e.example") { INCLUDETEXT x } DDEAUTO', url="http://e.example")]
        )
        with zipfile.ZipFile(io.BytesIO(export(sheet, "word"))) as file:
            whole = b"".join(file.read(name) for name in file.namelist()).decode()
            assert {i.date_time for i in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not re.search(r"<w:(?:instrText|fldSimple|fldChar|hyperlink|object|altChunk)|TargetMode|dcterms", whole)

    @settings(max_examples=60, deadline=None)
    @given(TITLES, SIGNS)
    def test_any_words_are_well_formed(self, title: str, quote: str) -> None:
        """Every part is XML, and the words are in it as they were."""
        work = Work("a", title, type="book")
        sheet = sheet_of_list([Listed(title, (citation(1, work, quote),))], {"a": work})
        with zipfile.ZipFile(io.BytesIO(export(sheet, "word"))) as file:
            parts = {name: fromstring(file.read(name)) for name in file.namelist()}
        said = "".join(parts["word/footnotes.xml"].itertext())
        assert sheet.cited[0].words in said


# ---------------------------------------------------------------- sheets


class TestSheets:
    def test_evidence_is_numbered_in_one_run(self) -> None:
        """Citations of several replies that all begin at 1 get numbers of their own; silence is a line without marks."""
        sheet = sheet_of_list(
            [Listed("A.", (RELAYED,), "supports"), Listed("B.", (), "silence"), Listed("C.", (RELAYED, CELL))],
            KNOWN,
        )
        assert [[c.marker for c in line.cited] for line in sheet.lines] == [[1], [], [2, 3]]
        assert [w.id for w in sheet.works] == ["quay-2024", "kim-2023"]
        assert "\n\nsupports\n\nB.\n\nsilence\n\n" in export(sheet, "apa").decode()

    def test_an_abstention_shows_what_is_nearest(self) -> None:
        """Why there is no answer comes first, in the language of the question, with pages in it too."""
        text = export(sheet_of_reply(ABSTENTION, KNOWN), "chicago").decode()
        assert text.startswith("Who is mayor?\n\n자료에 답이 없습니다.\n\n가장 가까운 내용: ")
        assert "파일의 4번째 쪽" in text
        assert "참고문헌" in text

    def test_a_digest_is_cited_as_a_digest(self) -> None:
        """A digest has no page and says what it is."""
        digest = Citation(1, "d", "Digest: X", "digest", None, "q", Span(0, 1), None, None, (), (), None, 0.1)
        sheet = sheet_of_list([Listed("A.", (digest,))])
        assert "Digest: X, a digest of the paper, not the paper itself: “q”." in export(sheet, "chicago").decode()

    def test_the_catalogue_is_no_work(self) -> None:
        """An answer from the catalogue cites it in its note and lists nothing."""
        cited = Citation(1, "quay-2024", "Q", "catalog", None, "Q. 2024.", Span(0, 8), None, None, (), (), None, 1.0)
        sheet = sheet_of_list([Listed("A.", (cited,))], KNOWN)
        assert sheet.works == ()
        assert "Catalogue of the corpus: “Q. 2024.”" in export(sheet, "chicago").decode()
        assert json.loads(export(sheet, "csl-json")) == []

    def test_a_work_without_a_record_has_what_the_citation_says(self) -> None:
        """Title and date are known from the citation alone."""
        sheet = sheet_of_reply(ANSWER)
        assert next((w.title, w.issued, w.authors) for w in sheet.works) == (QUAY.title, "2024-03", ())

    def test_a_note_says_what_became_of_its_works(self) -> None:
        """Behind the note's words each work with its state, in the reader's language; words that the quote has are not
        said twice.
        """
        works = (WorkState("customs", "not_held", "Trade Statistics"), WorkState("x", "ambiguous", "Tides"))
        first = citation(1, QUAY, "Exports rose.", notes=(CitedNote("2", "Customs Office.", works),))
        within = citation(2, QUAY, "Exports fell.", notes=(CitedNote("3", "Exports fell. Customs Office.", works[:1]),))
        said = {
            lang: [c.notes for c in sheet_of_list([Listed("A.", (first, within))], KNOWN, language=lang).cited]
            for lang in ("en", "ko")
        }
        assert said["en"] == [
            ("Note 2: Customs Office. [Trade Statistics: not held; Tides: not clear]",),
            ("Note 3: [Trade Statistics: not held]",),
        ]
        assert said["ko"][1] == ("각주 3: [Trade Statistics: 미보유]",)

    @pytest.mark.parametrize("form", FORMS)
    def test_every_hop_is_printed(self, form: Form) -> None:
        """Of several sources behind a sentence each has its words in every format, with what it makes of the sentence."""
        hops = (
            Hop(
                citation(1, DATA, "Exports: +5", page_label="9"), Verdict("contradicted", "+5, not +7"), "2", "customs"
            ),
            Hop(citation(1, BOOK, "Exports grew.", page_label="44"), Verdict("partial"), "Table 2", "tern-2013"),
        )
        sheet = sheet_of_list([Listed("A.", (citation(1, QUAY, "Exports rose.", hops=hops),))], KNOWN)
        data = export(sheet, form)
        text = (
            re.sub("<[^>]*>", "", mammoth.convert_to_html(io.BytesIO(data)).value)
            if form == "word"
            else data.decode().replace("\\", "")
        )
        assert [w.id for w in sheet.works] == ["quay-2024", "customs", "tern-2013"]
        for words in ("Exports: +5", "Exports grew."):
            assert words in text
        if form in ("chicago", "apa", "markdown", "word"):
            assert "The source itself says otherwise (note 2; +5, not +7): Customs Office" in text
            assert "The source itself says part of it (Table 2): " in text
        elif form == "csl-json":
            behind = [i["custom"]["quoted"][0] for i in json.loads(text)[1:]]
            assert [(b["behind"], b["verdict"]) for b in behind] == [(1, "contradicted"), (1, "partial")]

    def test_a_second_hop_is_in_the_note_and_in_the_bibliography(self) -> None:
        """What a source itself says stands behind the sentence that relays it, with its own place."""
        source = citation(1, DATA, "Exports: +5", page_label="9")
        behind = Hop(source, Verdict("supported"), "2", "customs")
        first = citation(1, QUAY, "Exports rose.", hops=(behind,))
        sheet = sheet_of_list([Listed("A.", (first,))], KNOWN)
        assert [w.id for w in sheet.works] == ["quay-2024", "customs"]
        text = export(sheet, "chicago").decode()
        assert (
            "The source itself says so (note 2): Customs Office, “Trade Statistics,” Customs Office, p. 9, accessed"
            in text
        )
        assert "[1, behind it] p. 9: “Exports: +5” (supported)" in ris(export(sheet, "ris"))[1]["N1"]
        assert json.loads(export(sheet, "csl-json"))[1]["custom"]["quoted"][0]["behind"] == 1


# ---------------------------------------------------------------- evidence


def place(
    marker: int, work: Work, quote: str, support: Support, why: str | None = None, kind: str = "paper"
) -> Bearing:
    return Bearing(replace(citation(marker, work, quote), kind=kind), Verdict(support, why))  # type: ignore[arg-type]


WEIGHED = Evidence(
    "Exports rose by 7 %. Cranes cost money. 항만은 크다. Who knows?", "en",
    (
        Weighed(
            "Exports rose by 7 %.", Span(0, 20),
            (place(3, DATA, "Exports: +7", "supported", kind="source"), place(2, KIM, "Exports grew.", "partial", "7 % does not stand there")),
            (place(1, QUAY, "Exports rose by 5 %.", "contradicted", "5 %, not 7 %"),),
            (place(4, QUAY, "Ports matter.", "unsupported"),),
        ),
        Weighed("Cranes cost money.", Span(21, 39), near=(place(5, NEWS, "Who pays?", "unchecked", "no words in common"),)),
        Weighed("항만은 크다.", Span(40, 47)),
        Weighed("Who knows?", Span(48, 58), unweighed="question"),
    ),
    ("A notice.",), Provenance("12-abc", "e"),
)  # fmt: skip


class TestEvidence:
    def test_each_sentence_heads_what_bears_on_it(self) -> None:
        """What speaks against it comes first, papers before sources, each with its verdict where that says more."""
        text = export(sheet_of_evidence(WEIGHED, KNOWN), "chicago").decode()
        assert text.split("Notes\n")[0].split("\n\n") == [
            "Evidence",
            "Exports rose by 7 %.",
            "    Against it, in a paper: “Exports rose by 5 %.” [1] (5 %, not 7 %)",
            "    For it, in a paper: “Exports grew.” [2] (partly: 7 % does not stand there)",
            "    For it, in a source: “Exports: +7” [3]",
            "Cranes cost money.",
            "    The corpus says nothing for it and nothing against it.",
            "    Nearest, in a paper: “Who pays?” [4] (could not be checked: no words in common)",
            "항만은 크다.",
            "    The corpus says nothing for it and nothing against it.",
            "Who knows?",
            "    This is a question: it states nothing.",
            "A notice.",
            "",
        ]
        assert "Ports matter." not in text
        assert text.endswith(
            "-- Made from the index abc. Every quotation stands word for word in the documents of that index.\n"
        )

    def test_in_korean(self) -> None:
        """The phrases are those of the text's language."""
        text = export(sheet_of_evidence(replace(WEIGHED, language="ko"), KNOWN), "markdown").decode()
        assert text.startswith(
            "# 근거\n\n**Exports rose by 7 %.**\n\n- 어긋나는 논문: “Exports rose by 5 %.”[^1] *(5 %, not"
        )
        assert "뒷받침하는 출처" in text
        assert "질문이므로" in text

    def test_word(self) -> None:
        """Each place is a footnote with its words; the sentence that was asked about stands out."""
        read = DocxParser().parse(export(sheet_of_evidence(WEIGHED, KNOWN), "word"), Work("made", ""))
        assert [n.number for n in read.notes] == ["1", "2", "3", "4"]
        assert all("“" in (n.text or "") for n in read.notes)
        opened = docx.Document(io.BytesIO(export(sheet_of_evidence(WEIGHED, KNOWN), "word")))
        styles = [p.style.name for p in opened.paragraphs if p.style]
        assert styles[:4] == ["Title", "Statement", "Finding", "Finding"]

    def test_records_keep_which_way_a_place_speaks(self) -> None:
        """CSL-JSON has the sentence, the verdict and the reason beside the quote; BibTeX and RIS the verdict."""
        items = {i["id"]: i for i in json.loads(export(sheet_of_evidence(WEIGHED, KNOWN), "csl-json"))}
        assert items["quay-2024"]["custom"]["quoted"] == [
            {
                "marker": 1, "page": "page 4 of the file", "quote": "Exports rose by 5 %.", "verdict": "contradicted",
                "why": "5 %, not 7 %", "statement": "Exports rose by 7 %.",
            }
        ]  # fmt: skip
        assert (
            "“Exports: +7” (supported)" in bib(export(sheet_of_evidence(WEIGHED, KNOWN), "bibtex"))["customs"]["annote"]
        )
