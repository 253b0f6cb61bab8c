"""Which files there are, what the catalogue says, and which file is which work."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus import (
    assign,
    bare_work,
    discover,
    is_other,
    normal_title,
    parse_catalog,
    read_catalog,
    remember,
    remembered,
    shingles,
    slug,
    twins,
)
from assistant.errors import CatalogError, ConfigError, CorpusError, UsageError
from assistant.types import Person, Placement, ReadFile, SourceFile, Work, WorkKind

PDF, TEXT = "application/pdf", "text/plain"


def file(name: str, title: str = "", media: str = TEXT, kind: WorkKind = "paper", sha: str = "") -> ReadFile:
    source = SourceFile(name, name, kind)
    work = bare_work(source)
    return ReadFile(source, Work(work.id, title, work.kind), media, sha or name)


def placed(files: list[ReadFile], works: list[Work] | None = None) -> dict[str, str]:
    """name -> the document's id, or why the file is skipped."""
    return {p.name: p.work.id if p.work else p.reason or "" for p in assign(files, works or [])}


class TestSlug:
    @pytest.mark.parametrize(
        ("name", "id"),
        [
            ("IF10491.14.pdf", "if10491-14"),
            ("papers/Bark & Kwak (2026).PDF", "bark-kwak-2026"),
            ("IF10491.14", "if10491-14"),
            ("한국 전략_2026.txt", "한국-전략-2026"),
            ("Ünïcode—Name.md", "ünïcode-name"),
        ],
    )
    def test_readable(self, name: str, id: str) -> None:
        """A slug is the words of the file's name, whatever the script."""
        assert slug(name) == id

    def test_decomposed_names_are_the_same(self) -> None:
        """A name as macOS writes it has the slug that it has elsewhere."""
        import unicodedata

        assert slug(unicodedata.normalize("NFD", "한국.pdf")) == slug("한국.pdf")

    @given(st.text(min_size=1, max_size=30).map(lambda s: s.replace("/", "")).filter(bool))
    def test_never_empty_and_stable(self, name: str) -> None:
        """Any name gives a slug, and the slug of a slug is itself."""
        assert slug(name)
        assert slug(slug(name)) == slug(name)


class TestCatalog:
    def test_record(self) -> None:
        """A record's fields come as they are written; what is left out is None."""
        (work,) = parse_catalog(
            '[[work]]\nid = "a-2026"\ntitle = "T"\nissued = 2026\ncites = ["b"]\n'
            'authors = [{ family = "Bark", given = "Taeho" }, "KIEP"]\n'
        )
        assert work.authors == (Person("Bark", "Taeho"), Person("KIEP"))
        assert (work.issued, work.kind, work.doi, work.cites) == ("2026", "paper", None, ("b",))

    def test_none(self, tmp_path: Path) -> None:
        """A folder without a catalogue has no records."""
        assert read_catalog(tmp_path) == ()

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("[[work", "not valid TOML"),
            ('[work]\nid = "a"', r"\[\[work\]\]"),
            ('[[work]]\ntitle = "T"', "give it an id"),
            ('[[work]]\nid = "a"', "give it a title"),
            ('[[work]]\nid = "A b"\ntitle = "T"', "such as 'a-b'"),
            ('[[work]]\nid = "a"\ntitle = "T"\nkind = "book"', "write one of paper, source, digest"),
            ('[[work]]\nid = "a"\ntitle = "T"\nkind = "digest"', "digest_of"),
            ('[[work]]\nid = "a"\ntitle = "T"\nkind = "digest"\ndigest_of = "b"', "which has no record"),
            ('[[work]]\nid = "a"\ntitle = "T"\nissued = "May 2026"', "YYYY-MM"),
            ('[[work]]\nid = "a"\ntitle = "T"\ndoi = ""', "leave it out"),
            ('[[work]]\nid = "a"\ntitle = "T"\nauthors = "Kim"', "is a list"),
            ('[[work]]\nid = "a"\ntitle = "T"\nauthors = [{ name = "Kim" }]', "family"),
            ('[[work]]\nid = "a"\ntitle = "T"\n[[work]]\nid = "a"\ntitle = "U"', "two records with the id 'a'"),
        ],
    )
    def test_faults(self, text: str, says: str) -> None:
        """Each fault is one line that names the file and says what to write."""
        with pytest.raises(CatalogError, match=says) as caught:
            parse_catalog(text, "corpus/catalog.toml")
        assert "corpus/catalog.toml" in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_not_text(self, tmp_path: Path) -> None:
        """A catalogue that is not UTF-8 is named."""
        (tmp_path / "catalog.toml").write_bytes(b"\xff\xfe")
        with pytest.raises(CatalogError, match="UTF-8"):
            read_catalog(tmp_path)

    def test_own_catalogue(self, root: Path) -> None:
        """The project's own catalogue is read without fault, and its digests restate its papers."""
        works = {w.id: w for w in read_catalog(root / "corpus")}
        assert all(works[w.digest_of].kind == "paper" for w in works.values() if w.digest_of)


class TestDiscover:
    def touch(self, root: Path, *names: str) -> None:
        for name in names:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(name)

    def test_files(self, tmp_path: Path) -> None:
        """Documents are found; the catalogue, READMEs and hidden files are not, and other kinds are named as left."""
        self.touch(tmp_path, "papers/a.pdf", "digests/b.md", "sources/deep/c.TXT", "d.txt", "catalog.toml")
        self.touch(tmp_path, "README.md", "papers/.e.pdf", ".git/f.txt", "papers/g.png")
        found = discover(tmp_path)
        assert found.left == (("papers/g.png", "another kind of file"),)
        assert {f.name: f.kind for f in found.files} == {
            "papers/a.pdf": "paper",
            "digests/b.md": "digest",
            "sources/deep/c.TXT": "source",
            "d.txt": "paper",
        }

    def test_added_paths(self, tmp_path: Path) -> None:
        """Added files and folders belong to the corpus, each file once, and a named file whatever its kind."""
        corpus, other = tmp_path / "corpus", tmp_path / "other"
        self.touch(corpus, "a.pdf")
        self.touch(other, "b.pdf", "c.docx", "sub/d.txt")
        found = discover(corpus, [other, other / "b.pdf", other / "c.docx", corpus / "a.pdf", tmp_path / "gone.pdf"])
        assert [Path(f.name).name for f in found.files] == ["b.pdf", "c.docx", "d.txt", "a.pdf"]

    def test_links_that_lead_out(self, tmp_path: Path) -> None:
        """A link is followed inside the corpus only, and named where it is not; one file is found once."""
        corpus = tmp_path / "corpus"
        self.touch(corpus, "a.txt")
        self.touch(tmp_path, "secret.txt", "folder/b.txt")
        (corpus / "out.txt").symlink_to(tmp_path / "secret.txt")
        (corpus / "folder").symlink_to(tmp_path / "folder")
        (corpus / "z.txt").symlink_to(corpus / "a.txt")
        found = discover(corpus)
        assert [f.name for f in found.files] == ["a.txt"]
        assert [name for name, _ in found.left] == ["folder", "out.txt"]

    def test_content_decides(self, tmp_path: Path) -> None:
        """A document under a name that says nothing is found by how it begins; a picture is read where it is named."""
        self.touch(tmp_path, "notes", "data.csv", "picture.png")
        (tmp_path / "report").write_bytes(b"%PDF-1.7 ...")
        (tmp_path / "page.old").write_bytes(b"\n<!DOCTYPE HTML><p>x")
        found = discover(tmp_path, [tmp_path / "picture.png"])
        assert {Path(f.name).name for f in found.files} == {"report", "page.old", "picture.png"}
        assert {name for name, reason in found.left if is_other(reason)} == {"notes", "data.csv", "picture.png"}

    def test_what_is_no_file(self, tmp_path: Path) -> None:
        """A pipe, a link to nowhere and a name that is no text are named with the reason, and never opened."""
        os.mkfifo(tmp_path / "pipe.pdf")
        (tmp_path / "lost.pdf").symlink_to(tmp_path / "nowhere.pdf")
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt")).write_text("x")
        found = discover(tmp_path)
        assert not found.files
        assert [reason.split(":")[0] for _, reason in found.left] == [
            "its name is not UTF-8",
            "a link that leads nowhere",
            "a device, a pipe or a socket, and no file",
        ]

    def test_no_folder(self, tmp_path: Path) -> None:
        """A corpus that is not there, or a file, is an error and not an empty corpus."""
        with pytest.raises(CorpusError, match="does not exist"):
            discover(tmp_path / "nowhere")
        self.touch(tmp_path, "a.txt")
        with pytest.raises(CorpusError, match="is not a folder"):
            discover(tmp_path / "a.txt")


class TestTwins:
    def read(self, name: str, text: str, media: str) -> ReadFile:
        file = SourceFile(name, name)
        return ReadFile(file, Work("x", "Minutes of the Harbour Committee"), media, name, shingles(text))

    def test_one_title_is_not_one_work(self) -> None:
        """Minutes of two days share their title and stay two; one text in two formats is one document."""
        march = "On 3 March the committee met, heard the engineer on dredging, and voted twenty new buoys for the bay."
        april = "On 7 April it met again. The budget of the lighthouse was cut by a tenth, and nobody objected to that."
        files = [
            self.read("march.pdf", f"{march} Page 1 of 1", "application/pdf"),
            self.read("march-again.txt", march, "text/plain"),
            self.read("april.html", april, "text/html"),
        ]
        assert twins(files) == {"march.pdf", "march-again.txt", "april.html"}
        placed = {p.name: p for p in assign(files, ())}
        assert placed["march.pdf"].work is not None
        assert placed["april.html"].work is not None
        assert placed["march-again.txt"].work is None


class TestRemember:
    def test_add_and_remove(self, tmp_path: Path) -> None:
        """Added paths are remembered once each, by their whole names, until they are removed."""
        state, path = tmp_path / "state", tmp_path / "a.pdf"
        path.write_text("")
        assert remember(state, [path, tmp_path / "x" / ".." / "a.pdf"][:1]) == (path,)
        assert remember(state, [tmp_path / "." / "a.pdf"]) == (path,)
        assert remembered(state) == (path,)
        path.unlink()
        assert remember(state, remove=[path]) == ()
        assert remembered(state) == ()

    def test_wrong_paths(self, tmp_path: Path) -> None:
        """A path that is not there cannot be added, and one that was not added cannot be removed."""
        with pytest.raises(CorpusError, match="no file or folder"):
            remember(tmp_path, [tmp_path / "nowhere.pdf"])
        with pytest.raises(UsageError, match="was not added"):
            remember(tmp_path, remove=[tmp_path / "nowhere.pdf"])
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("text", ["{", "[]", '{"paths": [1]}', '{"paths": 3}'])
    def test_damaged(self, tmp_path: Path, text: str) -> None:
        """A file of paths that cannot be read is named."""
        (tmp_path / "paths.json").write_text(text)
        with pytest.raises(ConfigError, match=r"paths\.json cannot be read"):
            remembered(tmp_path)


PAPER = Work("han-2026", "Korea's Evolving FDI Toward the U.S.: A Market–Technology Shift", issued="2026")
DIGEST = Work("han-2026-digest", "Digest: Korea's Evolving FDI", "digest", digest_of="han-2026")


class TestAssign:
    def test_by_name(self) -> None:
        """A file whose name is a record's id is that work, as the catalogue has it."""
        (found,) = assign([file("papers/han-2026.pdf", "What the file says", PDF)], [PAPER])
        assert found == Placement("papers/han-2026.pdf", PAPER, by="name")

    @pytest.mark.parametrize("title", ["KOREA’S evolving FDI toward the U.S.", PAPER.title.upper()])
    def test_by_title(self, title: str) -> None:
        """A file under another name is matched by its title, without case and punctuation, or by the main title."""
        assert placed([file("download (3).pdf", title, PDF)], [PAPER]) == {"download (3).pdf": "han-2026"}

    @pytest.mark.parametrize(
        "said",
        [
            Work("x", "cr 7 40", doi="https://doi.org/10.5555/CR.7.40"),
            Work("x", "Home", url="http://canal.example/a/7/#top"),
        ],
    )
    def test_by_doi_and_address(self, said: Work) -> None:
        """A file that gives the DOI or the address of a record is that record's document, whatever its title."""
        record = Work("holm-2011", "Tolls", "source", doi="10.5555/cr.7.40", url="https://www.canal.example/a/7")
        found = file("b.html", "", "text/html")
        (placement,) = assign([replace(found, work=said)], [record, PAPER])
        assert placement.work == record

    def test_front_of_a_site(self) -> None:
        """The address of a whole site is that of many works, and tells none."""
        record = Work("board", "Waterways", "source", url="https://canal.example/")
        found = file("b.html", "", "text/html")
        (placement,) = assign([replace(found, work=Work("b", "Home", url="https://canal.example"))], [record])
        assert placement.work is not None
        assert placement.work.id == "b"

    @pytest.mark.parametrize(
        ("issued", "authors", "id"),
        [
            ("2011", (), "trade-statistics"),
            (None, (Person("Canal Board"),), "trade-statistics"),
            ("2015", (), "b"),
            (None, (), "b"),
        ],
    )
    def test_source_of_a_common_title(self, issued: str | None, authors: tuple[Person, ...], id: str) -> None:
        """A source's short title tells it only with the author or the year; the same title of another year does not."""
        title = "Canal Trade Statistics"
        record = Work("trade-statistics", title, "source", authors=(Person("Canal Board"),), issued="2011")
        said = replace(file("b.pdf", title, PDF), work=Work("b", title, issued=issued, authors=authors))
        (placement,) = assign([said], [record])
        assert placement.work is not None
        assert placement.work.id == id

    def test_without_record(self) -> None:
        """Without a record the id is the slug of the name, and the title the file's own, or its name."""
        with_title, without = assign([file("a/IF10491.14.pdf", "A title"), file("b.txt")], [])
        assert with_title.work == Work("if10491-14", "A title")
        assert without.work == Work("b", "b")

    def test_pdf_before_text(self) -> None:
        """Two files of one work are one document, the PDF before the text."""
        files = [file("han-2026.txt"), file("han-2026.pdf", "", PDF)]
        found = {"han-2026.pdf": "han-2026", "han-2026.txt": "the same work as han-2026.pdf"}
        assert placed(files) == found
        assert placed(files, [PAPER]) == found

    def test_pdf_and_text_by_title(self) -> None:
        """A text under another name is the PDF's work where their long titles are the same."""
        title = "The new strategy of Korea"
        files = [file("x/notes.txt", title), file("y/paper.pdf", title, PDF)]
        assert placed(files) == {"y/paper.pdf": "paper", "x/notes.txt": "the same work as y/paper.pdf"}

    def test_short_titles_tell_nothing(self) -> None:
        """Two reports called the same are two works."""
        files = [file("2024.txt", "Annual Report"), file("2025.pdf", "Annual Report", PDF)]
        assert placed(files) == {"2024.txt": "2024", "2025.pdf": "2025"}

    def test_same_content(self) -> None:
        """A copy is skipped, and says of what."""
        files = [file("a.pdf", "", PDF, sha="1"), file("b.pdf", "", PDF, sha="1")]
        assert placed(files) == {"a.pdf": "a", "b.pdf": "the same content as a.pdf"}

    def test_same_name_elsewhere(self) -> None:
        """Two works whose files have one name have two ids."""
        files = [
            file("2024/report.pdf", "First title here now", PDF),
            file("2025/report.pdf", "Second title here now", PDF),
        ]
        assert placed(files) == {"2024/report.pdf": "report", "2025/report.pdf": "2025-report"}

    def test_paper_replaces_digest(self) -> None:
        """A held paper takes its digest's place; without it the digest stands."""
        digest = file("digests/han-2026-digest.md", "Digest", kind="digest")
        works = [PAPER, DIGEST]
        assert placed([digest], works) == {"digests/han-2026-digest.md": "han-2026-digest"}
        found = placed([digest, file("/elsewhere/han-2026.pdf", "", PDF)], works)
        assert found["/elsewhere/han-2026.pdf"] == "han-2026"
        assert found["digests/han-2026-digest.md"] == "the paper itself is held: /elsewhere/han-2026.pdf"

    def test_digest_with_its_papers_title(self) -> None:
        """A digest that bears its paper's title is not taken for the paper."""
        (found,) = assign([file("digests/mine.md", PAPER.title, kind="digest")], [PAPER, DIGEST])
        assert found.work is not None
        assert (found.work.id, found.work.kind) == ("mine", "digest")

    def test_ambiguous_title(self) -> None:
        """A title that two records bear matches neither."""
        works = [Work("a-1", "The same title twice"), Work("a-2", "The same title twice")]
        assert placed([file("x.pdf", "The same title twice", PDF)], works) == {"x.pdf": "x"}

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["a/x", "b/x", "a/y", "han-2026", "han-2026-digest"]),
                st.sampled_from([(".pdf", PDF), (".txt", TEXT), (".md", "text/markdown")]),
                st.sampled_from(["", PAPER.title, "One long enough title here", "Short"]),
                st.sampled_from(["1", "2", ""]),
            ),
            unique_by=lambda f: (f[0], f[1]),
        )
    )
    def test_every_file_has_one_place(self, given_: list[tuple[str, tuple[str, str], str, str]]) -> None:
        """Each file is placed or skipped with a reason, no two have one id, and the order does not matter."""
        files = [file(name + end, title, media, sha=sha) for name, (end, media), title, sha in given_]
        found = assign(files, [PAPER, DIGEST])
        assert [p.name for p in found] == [f.file.name for f in files]
        assert all((p.work is None) == bool(p.reason) for p in found)
        ids = [p.work.id for p in found if p.work]
        assert len(ids) == len(set(ids))
        assert placed(files[::-1], [PAPER, DIGEST]) == placed(files, [PAPER, DIGEST])


def test_normal_title() -> None:
    """Titles are compared by their words."""
    assert normal_title("  Korea’s “FDI”:\n2026* ") == "korea s fdi 2026"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a.example/x", "file:///etc/passwd", "data:text/html,x", "//a.example"]
)
def test_a_record_has_a_web_address_or_none(url: str) -> None:
    """It is shown as a link: no other scheme comes through the catalogue."""
    with pytest.raises(CatalogError, match="web address"):
        parse_catalog(f'[[work]]\nid = "a"\ntitle = "A"\nurl = "{url}"\n')
    assert (
        parse_catalog('[[work]]\nid = "a"\ntitle = "A"\nurl = "HTTPS://a.example/x"\n')[0].url == "HTTPS://a.example/x"
    )


class TestFetched:
    """A file that was fetched is the work that it was fetched for, whatever its page says of itself."""

    @pytest.mark.parametrize(
        "said",
        [
            pytest.param({"title": "Soup", "doi": "10.5555/other"}, id="doi"),
            pytest.param({"title": "Soup", "url": "https://treasury.example/budget/2024"}, id="address"),
            pytest.param({"title": "Annual Budget Speech of the Treasury"}, id="title"),
        ],
    )
    def test_it_poses_as_no_other_record(self, said: dict[str, Any]) -> None:
        """Neither where the cited work has a record nor where it has none; a file that a person put there may say what
        it is."""
        speech = Work(
            "speech", "Annual Budget Speech of the Treasury", kind="source", doi="10.5555/other",
            url="https://treasury.example/budget/2024",
        )  # fmt: skip
        soup = Work("soup", "Soup and Its Makers", kind="source")
        page = file("sources/soup.html", kind="source")
        page = replace(page, work=Work("soup", **said))
        fetched = {(page.file.name, page.sha256): "soup"}
        assert [p.work.id for p in assign([page], [speech]) if p.work] == ["speech"]
        assert [p.work.id for p in assign([page], [speech], fetched) if p.work] == ["soup"]
        assert [p.work for p in assign([page], [speech, soup], fetched)] == [soup]

    def test_it_takes_no_papers_place(self) -> None:
        """A fetched PDF of a paper's title does not push aside the paper that somebody has put there as text."""
        words = frozenset(range(40))
        own = replace(file("papers/keepers.md", "The Keepers of the Northern Coast"), shingles=words)
        came = replace(file("sources/w1.pdf", "The Keepers of the Northern Coast", PDF, kind="source"), shingles=words)
        fetched = {(came.file.name, came.sha256): "w1"}
        assert [p.work.id for p in assign([own, came], [], fetched) if p.work] == ["keepers", "w1"]
