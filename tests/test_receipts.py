"""Receipts: what `ask --receipt` writes holds at once, and `verify` says what of it no longer does."""

from __future__ import annotations

import copy
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import cli, wiring
from assistant.backends.models import open_model
from assistant.backends.providers import Choice
from assistant.config import Settings
from assistant.errors import AssistantError, UsageError
from assistant.policy.receipts import reading
from assistant.policy.receipts.beside import otherwise
from assistant.policy.receipts.reading import digest
from assistant.policy.receipts.replaying import Replay
from assistant.render.receipt import reason_text
from assistant.store import generations
from assistant.types import Citation, Within
from assistant.types.receipts import Checked, Replayed
from assistant.verification import RULES
from assistant.wiring.receipts import Documents, follower, receipt, replayed
from tests.model_server import ModelServer, serving
from tests.sample import Sample
from tests.sourced import write_sourced
from tests.test_written import shown, sign

SELBY = "What share of the container traffic did the port of Selby handle in 2022?"
FELL = "How long was the average waiting time for a berth in 2021?"
CELL = "How many thousand containers did Brack handle in 2022?"
PERU = "What is the population of Peru?"
KOREAN = "2021년 마렌란드에 등록된 연근해 어선은 몇 척인가?"
WHO = "Who wrote the paper on harbours and export growth in Marenland?"
PAPER = "papers/quay-2024.md"
SENTENCE = "The port of Selby handled sixty-one percent of the country's container traffic in 2022."


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Papers with notes, and some of the sources that these name. Not to be changed by a test."""
    root = tmp_path_factory.mktemp("ports")
    write_sourced(root / "corpus")
    return ingested(root)


def ingested(root: Path) -> Sample:
    settings = Settings(corpus=root / "corpus", index=root / "index", state=root / "state", embedder="hashing")
    wiring.ingest(settings)
    return Sample(root, settings)


@pytest.fixture(scope="module")
def record(ports: Sample) -> dict[str, Any]:
    """The receipt of an answer that quotes a sentence with a held source. Not to be changed by a test."""
    return asked(ports, SELBY)


@dataclass(frozen=True)
class Reader:
    """The index, open."""

    held: Documents
    follow: Callable[[Citation], Citation]


@pytest.fixture(scope="module")
def reader(ports: Sample) -> Reader:
    assistant = ports.open()
    library = generations.current(ports.index).library()
    return Reader(Documents(library), follower(assistant))


def asked(sample: Sample, question: str) -> dict[str, Any]:
    assistant = sample.open()
    made: dict[str, Any] = json.loads(json.dumps(receipt(assistant, sample.settings, assistant.ask(question))))
    return made


def verified(sample: Sample, record: dict[str, Any]) -> Replayed:
    return replayed(sample.settings, reading.read(json.dumps(record).encode()))


def sealed(record: dict[str, Any]) -> dict[str, Any]:
    """As a forger would leave it: with a digest that fits."""
    return {**record, "digest": digest(record)}


def changed(sample: Sample, root: Path, file: str, edit: Callable[[str], str] | None) -> Sample:
    """The corpus with one file edited, or removed, and ingested anew."""
    shutil.copytree(sample.corpus, root / "corpus")
    path = root / "corpus" / file
    if edit is None:
        path.unlink()
    else:
        path.write_text(edit(path.read_text(encoding="utf-8") if path.exists() else ""), encoding="utf-8")
    return ingested(root)


def quotes(found: Replayed) -> list[Checked]:
    return [i for i in found.items if i.part == "citation"]


def standings(found: Replayed, part: str) -> set[str]:
    return {i.standing for i in found.items if i.part == part}


class TestFresh:
    @pytest.mark.parametrize("question", [SELBY, FELL, CELL, PERU, KOREAN, WHO])
    def test_holds(self, ports: Sample, question: str) -> None:
        """A receipt holds against the index that answered: answers, cells, the catalogue, abstentions, Korean."""
        record = asked(ports, question)
        found = verified(ports, record)
        assert [i for i in found.items if i.standing != "holds"] == []
        assert (found.holds, found.same, found.receipt.intact) == (True, True, True)
        parts = [i.part for i in found.items]
        assert parts.count("claim") == len(record["reply"]["claims"])
        assert parts.count("citation") == len(record["reply"]["citations"] or record["reply"]["nearest"])

    def test_all_that_it_rests_on(self, ports: Sample, record: dict[str, Any]) -> None:
        """It has the reply, the hashes of the cited documents and their sources, every held document and the settings."""
        cited = {c["document"] for c in record["reply"]["citations"]}
        behind = {h["document"] for c in record["reply"]["citations"] for h in c["hops"]}
        assert behind
        assert {d["id"] for d in record["documents"]} == cited | behind
        assert {h["id"] for h in record["corpus"]["held"]} == set(ports.open().library.document_ids())
        assert record["settings"]["fingerprint"] == ports.settings.fingerprint()
        assert record["reply"]["provenance"]["index"] == record["corpus"]["index"]

    @pytest.mark.parametrize("question", [SELBY, FELL, KOREAN])
    def test_origin(self, ports: Sample, question: str) -> None:
        """So does one of an answer told by the sources behind, and its question asked again is asked of them again."""
        assistant = ports.open()
        record = json.loads(json.dumps(receipt(assistant, ports.settings, assistant.ask(question, origin=True))))
        assert record["asked"]["origin"] is True
        saved = reading.read(json.dumps(record).encode())
        assert replayed(ports.settings, saved, Within).holds

    @pytest.mark.allow_hosts(["127.0.0.1"])
    def test_written(self, ports: Sample) -> None:
        """One of a reply that a model wrote names model and prompt, and holds without the model."""
        said = "In 2022 the port of Selby handled sixty-one percent of the container traffic."
        with serving(ModelServer(say=lambda body: (f"{said} [{sign(shown(body), SENTENCE)}]",))) as server:
            choice = Choice.read(f"compatible:scripted@{server.address}")
            assistant = replace(ports.open(), model=open_model(choice, 20.0, 400, environ={}))
            record = json.loads(json.dumps(receipt(assistant, ports.settings, assistant.ask(SELBY))))
        assert record["reply"]["claims"][0]["text"] == said
        saved = reading.read(json.dumps(record).encode())
        assert saved.model.startswith("compatible:scripted")
        assert record["reply"]["provenance"]["prompt"]
        found = replayed(ports.settings, saved, Within)
        *others, again = found.items
        assert {i.standing for i in others} == {"holds"}
        assert [r.key for r in again.reasons] == ["other sentences", "by a model"]

    def test_no_folders(self, ports: Sample, tmp_path: Path) -> None:
        """A receipt names no folder of the machine, also where a document was added from elsewhere."""
        other = tmp_path / "elsewhere" / "mills.md"
        other.parent.mkdir()
        other.write_text("# Mills\n\nThe windmills of Brack grind 700 tonnes of rye in a year.\n", encoding="utf-8")
        shutil.copytree(ports.corpus, tmp_path / "corpus")
        settings = replace(ports.settings, corpus=tmp_path / "corpus", index=tmp_path / "i", state=tmp_path / "s")
        wiring.ingest(settings, [other])
        written = json.dumps(asked(Sample(tmp_path, settings), "How much rye do the windmills of Brack grind?"))
        assert "mills.md" in written
        assert str(tmp_path) not in written


class TestNewer:
    def test_another_document(self, ports: Sample, record: dict[str, Any], tmp_path: Path) -> None:
        """A document more changes nothing that was quoted: all holds, and the corpus is said to be another."""
        newer = changed(ports, tmp_path, "papers/mills.md", lambda _: "# Mills\n\nWindmills grind rye.\n")
        found = verified(newer, record)
        assert (found.holds, found.same) == (True, False)
        assert [(r.key, r.words) for r in found.remarks] == [("other corpus", ("1", "0", "0")), ("same settings", ())]

    def test_moved(self, ports: Sample, record: dict[str, Any], tmp_path: Path) -> None:
        """Words that stand elsewhere by now are moved, with the place; the sentence they bear still holds."""
        newer = changed(
            ports, tmp_path, PAPER, lambda t: t.replace("Marenland depends", "In our days, Marenland depends")
        )
        found = verified(newer, record)
        assert not found.holds
        moved = next(i for i in quotes(found) if i.document == "quay-2024")
        assert moved.standing == "moved"
        assert moved.was is not None
        assert moved.now == moved.was.shift(len("In our days, "))
        assert moved.now.slice(newer.open().document("quay-2024").text) == SENTENCE
        assert standings(found, "claim") == {"holds"}
        assert "other file" in [r.key for i in found.items if i.document == "quay-2024" for r in i.reasons]

    def test_reworded(self, ports: Sample, record: dict[str, Any], tmp_path: Path) -> None:
        """Another number in the sentence: the quotation has changed, what stands there is said, the claim is lost."""
        newer = changed(ports, tmp_path, PAPER, lambda t: t.replace("sixty-one", "sixty-four"))
        found = verified(newer, record)
        first = next(i for i in quotes(found) if i.document == "quay-2024")
        assert first.standing == "changed"
        assert first.reasons[0].key == "near"
        assert "sixty-four percent" in first.reasons[0].words[0]
        assert "gone" in standings(found, "claim")

    def test_gone(self, ports: Sample, record: dict[str, Any], tmp_path: Path) -> None:
        """A document that is no longer held is gone, with its quotations and the sentences that rest on them."""
        found = verified(changed(ports, tmp_path, PAPER, None), record)
        assert {i.standing for i in found.items if "quay-2024" in (i.name, i.document)} == {"gone"}

    def test_renamed(self, ports: Sample, tmp_path: Path) -> None:
        """The same file under another name is found by its bytes; its quotations have moved to the new name."""
        record = asked(ports, KOREAN)
        shutil.copytree(ports.corpus, tmp_path / "corpus")
        papers = tmp_path / "corpus" / "papers"
        (papers / "fisheries-ko.md").rename(papers / "vessels.md")
        found = verified(ingested(tmp_path), record)
        assert ("moved", "vessels") in {(i.standing, i.document) for i in quotes(found)}
        assert any(r.key == "renamed" for i in found.items for r in i.reasons)
        assert "gone" not in standings(found, "citation")

    def test_source_differs(self, ports: Sample, record: dict[str, Any], tmp_path: Path) -> None:
        """Where the source behind a sentence says otherwise by now, the hop has changed and says how."""
        source = "sources/customs-2023.md"
        newer = changed(ports, tmp_path, source, lambda t: t.replace("handled sixty-one", "handled forty"))
        hops = [i for i in verified(newer, record).items if i.part == "hop"]
        assert any(r.key == "verdict" and r.words[1] == "contradicted" for i in hops for r in i.reasons)

    def test_source_gone(self, ports: Sample, record: dict[str, Any], tmp_path: Path) -> None:
        """Where the source is no longer held, the hop is gone and the quotation stands."""
        found = verified(changed(ports, tmp_path, "sources/customs-2023.md", None), record)
        assert standings(found, "hop") == {"gone"}
        assert any(r.key == "source state" for r in found.remarks)

    def test_note_changed(self, ports: Sample, record: dict[str, Any], tmp_path: Path) -> None:
        """Another note at the sentence is said, though its words stand where they stood."""
        newer = changed(ports, tmp_path, PAPER, lambda t: t.replace("in 2022.[^1]", "in 2022.[^7]"))
        first = next(i for i in quotes(verified(newer, record)) if i.document == "quay-2024")
        assert (first.standing, [r.key for r in first.reasons][-1]) == ("changed", "notes")


class TestForged:
    def test_altered(self, ports: Sample, record: dict[str, Any]) -> None:
        """Any change shows in the digest; the order and spacing of the file are no change."""
        altered = copy.deepcopy(record)
        altered["reply"]["answer"] = "Selby handled it all."
        found = verified(ports, altered)
        assert (found.receipt.intact, found.holds) == (False, False)
        assert verified(ports, dict(reversed(record.items()))).holds

    @pytest.mark.parametrize(
        ("part", "key", "value", "standing"),
        [
            ("claims", "text", "The port of Selby handled ninety percent of the traffic in 2022.", "claim"),
            ("claims", "verdict", "contradicted", "claim"),
            ("citations", "page_label", "12", "citation"),
            ("citations", "title", "Harbours of Peru", "citation"),
            ("citations", "notes", [], "citation"),
            ("citations", "section", ["Made up"], "citation"),
            ("citations", "origin", "neither", "citation"),
            ("citations", "cell", {"table": "1", "row": "a", "column": "b", "unit": None}, "citation"),
        ],
    )
    def test_forged(
        self, ports: Sample, record: dict[str, Any], part: str, key: str, value: object, standing: str
    ) -> None:
        """With a digest that fits, what was changed is found all the same: nothing is believed."""
        forged = copy.deepcopy(record)
        forged["reply"][part][0][key] = value
        found = verified(ports, sealed(forged))
        assert found.receipt.intact
        assert "changed" in standings(found, standing)

    def test_forged_quote(self, ports: Sample, record: dict[str, Any]) -> None:
        """Words of the same length that the document does not have do not stand."""
        forged = copy.deepcopy(record)
        place = forged["reply"]["citations"][0]
        place["quote"] = place["quote"][::-1]
        assert next(iter(quotes(verified(ports, sealed(forged))))).standing == "changed"

    def test_forged_hash(self, ports: Sample, record: dict[str, Any]) -> None:
        """Another hash of a file or of its text is said of the document."""
        for key, why in (("sha256", "other file"), ("text_sha256", "read otherwise")):
            forged = copy.deepcopy(record)
            forged["documents"][0][key] = "0" * 64
            first = verified(ports, sealed(forged)).items[0]
            assert (first.standing, [r.key for r in first.reasons]) == ("changed", [why])


def _put(record: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    made: Any = copy.deepcopy(record)
    at = made
    *before, last = [int(p) if p.isdecimal() else p for p in path.split("/")]
    for step in before:
        at = at[step]
    at[last] = value
    return sealed(made)


class TestHostile:
    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("receipt", 2), ("receipt", True), ("made", 5), ("asked", []), ("asked/question", ""),
            ("asked/question", "x" * 20_001), ("asked/after", [1]), ("asked/origin", "no"), ("asked/within", "all"),
            ("reply", None), ("reply/status", "error"), ("reply/claims", {}), ("reply/claims/0/citations", [True]),
            ("reply/claims/0/verdict", "true"), ("reply/claims/0/text", None), ("reply/claims/0/computed", "1+1"),
            ("reply/citations", [[]]), ("reply/citations/0/start", -1), ("reply/citations/0/end", 10**30),
            ("reply/citations/0/start", 1.5), ("reply/citations/0/marker", "1"), ("reply/citations/0/quote", " "),
            ("reply/citations/0/hops", "none"), ("reply/citations/0/document", {}), ("documents", [{}]),
            ("documents/0/file", ""), ("corpus/held", [{"id": "a"}]), ("corpus/content", None), ("program", "x"),
            ("reply/provenance", None), ("asked/question", "\ud800"), ("reply/claims", [{}] * 101),
            ("reply/claims/0/text", "x" * 5_001), ("reply/claims/0/citations", [1] * 101),
        ],
    )  # fmt: skip
    def test_form(self, record: dict[str, Any], path: str, value: object) -> None:
        """A wrong type, an offset out of bounds or too much of anything is one line that says what."""
        with pytest.raises(UsageError) as told:
            reading.read(json.dumps(_put(record, path, value)).encode())
        assert str(told.value).startswith("this is no receipt")
        assert "\n" not in str(told.value)
        assert len(str(told.value)) < 300

    @pytest.mark.parametrize(
        "data",
        [b"", b"\xff\xfe", b"null", b"[]", b"{}", b"{" * 100_000, b"[" * 100_000, b'{"receipt": NaN}',
         b'{"receipt": ' + b"9" * 10_000 + b"}", b'{"receipt": 1}'],
    )  # fmt: skip
    def test_no_json(self, data: bytes) -> None:
        """What is no JSON, nested without end, or of numbers without end, is one line."""
        with pytest.raises(UsageError, match="this is no receipt"):
            reading.read(data)

    def test_twice(self, record: dict[str, Any]) -> None:
        """Two citations under one marker are refused: a claim could choose."""
        with pytest.raises(UsageError, match="same marker"):
            reading.read(json.dumps(_put(record, "reply/citations", record["reply"]["citations"] * 2)).encode())

    def test_too_much_to_judge(self, record: dict[str, Any]) -> None:
        """Sentences and quotations that would take minutes to judge are refused before anything is judged."""
        forged = copy.deepcopy(record)
        reply, words = forged["reply"], "word " * 3_900
        reply["citations"] = [{**reply["citations"][0], "quote": words, "start": 0, "end": len(words)}]
        reply["claims"] = [{**reply["claims"][0], "text": "word " * 300, "citations": [1]}]
        reading.read(json.dumps(sealed(forged)).encode())
        reply["claims"] *= 2
        with pytest.raises(UsageError, match="too much"):
            reading.read(json.dumps(sealed(forged)).encode())
        reply["citations"] = [{**reply["citations"][0], "marker": m} for m in range(1, 6)]
        with pytest.raises(UsageError, match="more than 60,000 characters"):
            reading.read(json.dumps(sealed(forged)).encode())

    def test_far_out(self, ports: Sample, record: dict[str, Any]) -> None:
        """Offsets behind the end of the document find the words where they stand."""
        forged = copy.deepcopy(record)
        place = forged["reply"]["citations"][0]
        place["start"], place["end"] = 10**9, 10**9 + len(place["quote"])
        assert quotes(verified(ports, sealed(forged)))[0].standing == "moved"

    @given(data=st.data())
    def test_any_change(self, reader: Reader, record: dict[str, Any], data: st.DataObject) -> None:
        """Whatever is put anywhere, reading and replaying end in a finding or in one named error."""
        made = copy.deepcopy(record)
        at: Any = made
        while True:
            key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
            if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
                break
            at = at[key]
        junk = st.one_of(
            st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just([]), st.just({}),
            st.lists(st.integers(), max_size=3), st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
        )  # fmt: skip
        at[key] = data.draw(junk)
        refused = ""
        try:
            saved = reading.read(json.dumps(sealed(made)).encode())
            list(Replay(saved, reader.held, reader.follow, RULES).items())
        except AssistantError as error:
            refused = str(error)
        assert "\n" not in refused


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(ports: Sample, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `assistant` with these words on the sample."""
    for name, value in ports.environment().items():
        monkeypatch.setenv(name, value)

    def ran(*words: str | Path) -> Ran:
        status = cli.main([str(w) for w in words])
        return Ran(status, *capsys.readouterr())

    return ran


class TestCommand:
    def test_round(self, run: Run, tmp_path: Path) -> None:
        """`ask --receipt` writes, `verify` reads: all holds, also asked again, in words and as JSON."""
        file = tmp_path / "r.json"
        assert run("ask", SELBY, "--receipt", file).status == 0
        told = run("verify", file, "--again")
        assert told.status == 0
        assert "Everything that was checked holds." in told.out
        found = json.loads(run("verify", file, "--again", "--json").out)
        assert (found["holds"], found["same_corpus"]) == (True, True)
        assert {i["part"] for i in found["items"]} == {"document", "citation", "hop", "claim", "record", "reply"}

    def test_conversation(self, run: Run, tmp_path: Path) -> None:
        """What was asked before and what confined the question are part of it, and it is asked again so."""
        file = tmp_path / "r.json"
        run("ask", "And in 2021?", "--after", CELL, "--document", "quay-2024", "--receipt", file)
        asked = json.loads(file.read_text(encoding="utf-8"))["asked"]
        assert (asked["after"], asked["within"]) == ([CELL], {"document": ["quay-2024"]})
        assert run("verify", file, "--again").status == 0

    def test_falls(self, run: Run, tmp_path: Path, record: dict[str, Any]) -> None:
        """What does not hold gives 1, and Korean questions get Korean words."""
        file = tmp_path / "r.json"
        forged = copy.deepcopy(record)
        forged["reply"]["claims"][0]["text"] = "Selby handled 99 percent of it."
        file.write_text(json.dumps(forged), encoding="utf-8")
        told = run("verify", file)
        assert told.status == 1
        assert "ALTERED" in told.out
        assert "99 percent stands in no quotation" in " ".join(told.out.split())
        run("ask", KOREAN, "--receipt", file)
        assert "확인한 것은 모두 그대로입니다." in run("verify", file).out

    def test_again_differs(self, run: Run, tmp_path: Path, record: dict[str, Any]) -> None:
        """A reply that would be another today is said with --again, and only then."""
        file = tmp_path / "r.json"
        forged = _put(_put(record, "asked/question", PERU), "reply/question", PERU)
        file.write_text(json.dumps(_put(forged, "reply/understood", PERU)), encoding="utf-8")
        assert run("verify", file).status == 0
        told = run("verify", file, "--again", "--json")
        assert told.status == 1
        assert json.loads(told.out)["items"][-1]["reasons"] == ["status"]

    def test_confined_to_what_is_gone(self, run: Run, tmp_path: Path, record: dict[str, Any]) -> None:
        """Where the document that confined the question is gone, that is said beside all that was checked."""
        file = tmp_path / "r.json"
        file.write_text(json.dumps(_put(record, "asked/within", {"document": ["lost-1999"]})), encoding="utf-8")
        told = run("verify", file, "--again", "--json")
        assert told.status == 1
        *others, again = json.loads(told.out)["items"]
        assert {i["standing"] for i in others} == {"holds"}
        assert (again["part"], again["standing"], again["reasons"]) == ("reply", "gone", ["confined"])

    def test_no_model(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A model that is set is not opened: the checks need none."""
        file = tmp_path / "r.json"
        run("ask", SELBY, "--receipt", file)
        monkeypatch.setenv("ASSISTANT_MODEL", "nowhere:nothing")
        assert run("verify", file, "--again").status == 0

    def test_unusable(self, run: Run, tmp_path: Path) -> None:
        """A file that is missing, a folder or no receipt gives 2 and one line; a batch has no receipt."""
        (tmp_path / "no.json").write_text("{}", encoding="utf-8")
        for path in (tmp_path / "missing.json", tmp_path, tmp_path / "no.json", Path(os.devnull)):
            told = run("verify", path)
            assert (told.status, told.out, told.err.count("\n")) == (2, "", 1)
        told = run("ask", "--batch", tmp_path / "no.json", "--out", tmp_path / "o", "--receipt", tmp_path / "r")
        assert told.status == 2

    def test_control_characters(self, run: Run, tmp_path: Path, record: dict[str, Any]) -> None:
        """Words of the file reach the terminal without control characters."""
        file = tmp_path / "r.json"
        forged = _put(record, "asked/question", "What\x1b[31m is it?\u202e")
        forged["reply"]["citations"][0]["title"] = "\x1b]0;x\x07"
        file.write_text(json.dumps(sealed(forged)), encoding="utf-8")
        assert not set(run("verify", file).out) & set("\x1b\x07\u202e")


class TestWhole:
    """What a receipt says of the reply as a whole."""

    @pytest.mark.parametrize(
        ("path", "value", "why"),
        [
            ("reply/answer", "The levy was struck down. [1]", "answer"),
            ("reply/notices", ["All of this was struck down."], "notice added"),
            ("reply/claims/0/lead", "The President", "lead"),
            ("reply/understood", "What was struck down?", "said otherwise"),
            ("reply/language", "ko", "said otherwise"),
            ("documents", [], "not listed"),
            ("corpus/held", [], "held"),
            ("reply/provenance/embedder", "other", "corpus"),
            ("settings/hits", "999", "fingerprint"),
            ("reply/citations/0/basis", [], "basis"),
            ("reply/citations/0/recognised", 0.4, "recognised"),
            ("reply/citations/0/translation", "Struck down.", "translation"),
            ("reply/citations/0/hop", None, "first source"),
            ("documents/0/title", "Another", "title"),
            ("documents/0/file", "another.pdf", "file"),
            ("reply/claims/0/why", "struck down", "why"),
        ],
    )
    def test_forged(self, ports: Sample, record: dict[str, Any], path: str, value: object, why: str) -> None:
        """What is not read from a document is told anew and compared, also where the receipt has nothing there."""
        found = verified(ports, _put(record, path, value))
        assert not found.holds
        assert why in {r.key for i in found.items for r in i.reasons}

    @pytest.mark.parametrize(
        ("path", "value"),
        [("reply/claims", []), ("reply/citations", []), ("reply/reason", "unsupported"), ("reply/minister", "yes"),
         ("reply/confidence", 7), ("made", "yesterday"), ("corpus/extra", 1), ("reply/citations/0/said", "so")],
    )  # fmt: skip
    def test_refused(self, record: dict[str, Any], path: str, value: object) -> None:
        """An answer without a sentence or a citation is no receipt, nor is one with a field that nobody knows."""
        with pytest.raises(UsageError, match="this is no receipt"):
            reading.read(json.dumps(_put(record, path, value)).encode())

    def test_abstention(self, ports: Sample) -> None:
        """Why nothing was answered is told anew too, and an abstention is not made an answer."""
        record = asked(ports, PERU)
        forged = _put(record, "reply/answer", f"{record['reply']['answer']} Peru was struck down.")
        assert not verified(ports, forged).holds
        with pytest.raises(UsageError):
            reading.read(json.dumps(_put(_put(record, "reply/status", "answered"), "reply/reason", None)).encode())

    def test_unchecked(self, ports: Sample, record: dict[str, Any]) -> None:
        """What nothing here can check is said, always."""
        assert {"question", "made", "confidence", "chosen"} <= set(verified(ports, record).unchecked)

    def test_page_of_the_file(self) -> None:
        """Of a page whose printed number is the same, the place in the file is told."""
        made = {"page_index": 2, "page_label": "2", "pages": [2], "kind": "paper"}
        why = next(otherwise({"page_index": 1, "page_label": "2", "pages": [1]}, made, False))
        assert reason_text(why, "en") == "page 3 of the file, not 2"
        assert reason_text(why, "ko") == "파일의 2번째 쪽이 아니라 3번째 쪽입니다"

    def test_many_fields(self) -> None:
        """A file of very many fields is refused before it is parsed."""
        with pytest.raises(UsageError, match="fields"):
            reading.read(b'{"a":' + b'{"b":1},"c":' * 250_000 + b"1}")
