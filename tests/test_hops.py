"""Two hops over a small corpus of papers and sources: what stands behind a quote, and answers from there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from assistant import cli
from assistant.bearing import Bearings
from assistant.chain import Asked, ChainAsker
from assistant.citations import cite, locate
from assistant.hops import Hops
from assistant.pipeline import Assistant
from assistant.pipeline.replying import on_quotes
from assistant.render import reply_json
from assistant.render.reply import reply_text
from assistant.types import Abstention, Answer, Citation, Reply
from assistant.verification import in_place

if TYPE_CHECKING:
    from tests.sample import Sample

pytest_plugins = ["tests.sample"]

SELBY = "What share of container traffic did the port of Selby handle in 2022?"
WAIT = "How long was the average waiting time for a berth in 2021?"
BARGES = "What do barges on the inland canals carry?"
MILLS = "How many people did sawmills employ in 1950?"
RISE = "By how much did trade through Selby rise in 2022?"
BRACK = "What was the container traffic of Brack in 2021?"
MOST = "Which port had the most container traffic in 2022?"
PUPILS = "How many pupils did the school meal programme serve?"
SALT = "What do salt pans near Hollin yield?"
FEES = "What do lower fees bring?"
VESSELS_KO = "2021년에 등록된 연근해 어선은 몇 척인가?"
COD_KO = "대구의 자원량은 얼마나 증가하였나?"
MILLS_1980 = "How many people did sawmills employ in 1980?"
PERU = "What is the population of Peru?"
ALL = [SELBY, WAIT, BARGES, MILLS, RISE, BRACK, MOST, PUPILS, SALT, FEES, VESSELS_KO, COD_KO, MILLS_1980, PERU]


@pytest.fixture(scope="module")
def corpus(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    from tests.sourced import sourced

    return sourced(tmp_path_factory.mktemp("sourced"), models)


@pytest.fixture(scope="module")
def assistant(corpus: Sample) -> Assistant:
    return corpus.open()


def followed(assistant: Assistant, document: str, words: str) -> Citation:
    """The citation of a sentence, with what stands behind it."""
    held = assistant.document(document)
    (span,) = locate(held, words)
    (citation,) = assistant.hops.followed([cite(held, span, 1)])
    return citation


def answered(assistant: Assistant, question: str, origin: bool = False) -> Answer:
    reply = assistant.ask(question, origin=origin)
    assert isinstance(reply, Answer)
    for c in reply.citations:  # nothing is shown that does not stand in its place, in either hop
        for place in (c, *(h.citation for h in c.hops)):
            assert place.kind == "catalog" or in_place(place, assistant.document(place.document))
    return reply


# ---------------------------------------------------------------- what stands behind a quote


def test_the_source_says_so(assistant: Assistant) -> None:
    """A held source that bears the sentence is the second hop: its own words and place, the note and the work."""
    citation = followed(
        assistant, "quay-2024", "The port of Selby handled sixty-one percent of the country's container"
    )
    assert citation.notes == ()  # the mark stands behind the whole sentence
    citation = followed(
        assistant,
        "quay-2024",
        "The port of Selby handled sixty-one percent of the country's container traffic in 2022.",
    )
    (note,) = citation.notes
    (work,) = note.works
    assert (note.number, work.id, work.state, work.document) == ("1", "customs-2023", "held", "customs-2023")
    hop = citation.hop
    assert hop is not None
    assert (hop.verdict.support, hop.note, hop.work) == ("supported", "1", "customs-2023")
    assert (hop.citation.document, hop.citation.kind) == ("customs-2023", "source")
    assert hop.citation.quote.startswith("In 2022 the port of Selby handled sixty-one percent")
    assert in_place(hop.citation, assistant.document("customs-2023"))


def test_the_source_says_otherwise(assistant: Assistant) -> None:
    """A source with another figure contradicts, and the verdict names both."""
    citation = followed(
        assistant, "quay-2024", "Average waiting time for a berth at the public ports fell to thirty-one hours in 2021."
    )
    hop = citation.hop
    assert hop is not None
    assert hop.verdict.support == "contradicted"
    assert "forty-three" in (hop.verdict.why or "")
    assert "forty-three hours" in hop.citation.quote


def test_not_found_in_the_source(assistant: Assistant) -> None:
    """A source that says nothing of the sentence is shown at its nearest place, as not found."""
    hop = followed(assistant, "quay-2024", "Barges on the inland canals carry mostly gravel and salt.").hop
    assert hop is not None
    assert (hop.work, hop.verdict.support) == ("lights-2019", "unsupported")
    assert hop.citation.document == "lights-2019"


def test_not_held(assistant: Assistant) -> None:
    """Works that are not held are named with their state, and have no hop."""
    book = followed(assistant, "quay-2024", "Sawmills along the coast employed about nine thousand people in 1950.")
    assert [(w.id, w.state) for n in book.notes for w in n.works] == [("vale-2020", "not_retrievable")]
    union = followed(assistant, "quay-2024", "The crews of deep-sea trawlers signed a new wage agreement in 2018.")
    (work,) = union.notes[0].works
    assert (work.state, work.title) == ("not_held", "Wage Agreements in the Deep-Sea Fisheries")
    assert book.hops == union.hops == ()


def test_ambiguous(assistant: Assistant) -> None:
    """A note that could mean either of two works names both, as ambiguous."""
    citation = followed(assistant, "quay-2024", "Salt pans near Hollin yield most of the salt of the country.")
    (note,) = citation.notes
    assert {(w.id, w.state) for w in note.works} == {("salt-2017", "ambiguous"), ("salt-2018", "ambiguous")}
    assert citation.hops == ()


def test_a_note_that_comments(assistant: Assistant) -> None:
    """A note that only comments names no work, and its sentence stays the paper's own."""
    citation = followed(assistant, "quay-2024", "We find that lower fees alone bring no new shipping lines.")
    assert ([n.number for n in citation.notes], citation.notes[0].works) == (["7"], ())
    assert (citation.origin, citation.hops) == ("own", ())


def test_each_mark_has_its_own_clause(assistant: Assistant) -> None:
    """Of a sentence with two marks, each source is asked for the clause that its mark closes."""
    citation = followed(
        assistant,
        "quay-2024",
        "Trade through Selby rose by 12 percent in 2022, while Brack lost its only container crane to a storm in 2019.",
    )
    verdicts = {(h.note, h.work): h.verdict.support for h in citation.hops}
    assert verdicts == {("8", "customs-2023"): "supported", ("9", "board-2022"): "unsupported"}
    assert citation.hop is citation.hops[0]
    assert citation.hops[0].note == "8"


def test_a_note_of_the_next_sentence_carries_both(assistant: Assistant) -> None:
    """Where the next sentence leans on a quote or gives its figure, and has a note, its source is asked for the quote
    too; other sentences of the paragraph are left alone.
    """
    landed = followed(assistant, "gulf-2024", "Herring boats of the gulf landed 41,000 tonnes in 2023.")
    assert landed.notes == ()  # no mark stands in it
    (hop,) = landed.hops
    assert (hop.note, hop.by_note, hop.work, hop.verdict.support) == ("1", True, "landings-2023", "supported")
    assert hop.citation.quote.startswith("In 2023 the herring boats")
    assert followed(assistant, "gulf-2024", "Nets are mended by hand.").hops == ()
    (figure,) = followed(assistant, "gulf-2024", "The fleet of sprat boats counts 212 hulls.").hops
    assert (figure.note, figure.verdict.support) == ("2", "supported")  # the next sentence gives the same figure
    assert followed(assistant, "gulf-2024", "Pilots are few.").hops == ()


def test_digest(assistant: Assistant) -> None:
    """A digest knows its notes by number only; what they name is found all the same."""
    citation = followed(
        assistant, "tern-2023-digest", "By 2020 the school meal programme served 182,000 pupils on every school day."
    )
    assert citation.hop is not None
    assert (citation.hop.work, citation.hop.verdict.support) == ("meals-ministry-2020", "supported")


def test_korean_paper_and_source(assistant: Assistant) -> None:
    """A Korean sentence is looked for in a Korean source: one stands there, one has another figure."""
    same = followed(assistant, "fisheries-ko", "마렌란드에 등록된 연근해 어선은 2021년에 1,240척이다.").hop
    other = followed(assistant, "fisheries-ko", "할당제 도입 이후 대구의 자원량은 3년 만에 27퍼센트 증가하였다.").hop
    assert same is not None
    assert other is not None
    assert same.verdict.support in ("supported", "partial")
    assert other.verdict.support == "contradicted"
    assert "17퍼센트" in other.citation.quote


def test_english_paper_and_korean_source(assistant: Assistant) -> None:
    """Where only likeness of meaning could decide between two languages, it is not called supported by chance nor
    missing: the place with the figure is shown.
    """
    hop = followed(assistant, "quay-2024", "Registered fishing vessels numbered 1,240 in 2021.").hop
    assert hop is not None
    assert hop.verdict.support in ("supported", "partial", "unchecked")
    assert "1,240" in hop.citation.quote


def test_a_paper_that_another_cites(assistant: Assistant) -> None:
    """A held paper is a source too, where another paper's note names it."""
    citation = followed(assistant, "orrin-2025", "The crews of deep-sea trawlers signed a new wage agreement in 2018.")
    hop = citation.hop
    assert hop is not None
    assert (hop.work, hop.citation.kind, hop.verdict.support) == ("quay-2024", "paper", "supported")
    # What stands behind that paper's own sentence is said too, and not followed any further.
    assert [w.state for n in hop.citation.notes for w in n.works] == ["not_held"]
    assert hop.citation.hops == ()


def test_author_and_date(assistant: Assistant) -> None:
    """A sentence that names a cited work by author and year leads to it without a note."""
    words = "Selby handled sixty-one percent of the container traffic in 2022 (Marenland Customs Office, 2023)."
    citation = followed(assistant, "orrin-2025", words)
    assert citation.notes == ()
    assert citation.origin == "relayed"
    hop = citation.hop
    assert hop is not None
    assert (hop.note, hop.work, hop.citation.document) == ("", "customs-2023", "customs-2023")
    assert hop.verdict.support in ("supported", "partial")


def test_table_cell(assistant: Assistant) -> None:
    """A cell of a table whose source line names a held work leads to the cell of the same name there."""
    reply = answered(assistant, BRACK)
    (citation,) = reply.citations
    hop = citation.hop
    assert hop is not None
    assert (hop.verdict.support, hop.note, hop.work) == ("supported", "Table 1", "customs-2023")
    assert hop.citation.cell is not None
    assert (hop.citation.cell.row, hop.citation.cell.column, hop.citation.cell.text) == ("Brack", "2021", "118")


def test_a_note_that_is_quoted(assistant: Assistant) -> None:
    """A citation of a note's own words carries that note with its works."""
    reply = answered(assistant, "What does note 4 say?")
    assert [(n.number, [w.id for w in n.works]) for n in reply.citations[0].notes] == [("4", ["vale-2020"])]


def test_nothing_held_costs_nothing(hashed: Sample) -> None:
    """Where no source is held, no search is made for one."""
    plain = hashed.open()
    hops = Hops(plain.library, plain.ledger, cast(Bearings, None))
    held = plain.document("quay-2024")
    citations = [cite(held, b.span, 1) for b in held.blocks if b.kind == "paragraph"]
    assert any(c.notes for c in citations)
    assert all(not c.hops for c in hops.followed(citations))


# ---------------------------------------------------------------- answers


def test_the_paper_answers_and_the_source_stands_behind(assistant: Assistant) -> None:
    """Where a paper and its source say the same, the paper is quoted, once, with the source as its hop."""
    reply = answered(assistant, SELBY)
    assert {c.document for c in reply.citations} == {"quay-2024", "orrin-2025"}
    assert all(c.hop and c.hop.verdict.support == "supported" for c in reply.citations)
    assert reply.notices == ()


def test_a_source_that_is_named_speaks_first(assistant: Assistant) -> None:
    """A question for what the source says is answered by the source, where the paper that relays it differs."""
    reply = answered(assistant, "According to the Harbour Board, how long was the average waiting time in 2021?")
    assert reply.citations[0].document == "board-2022"
    assert "forty-three" in reply.claims[0].text


def test_a_source_of_common_words_is_no_scope(assistant: Assistant) -> None:
    """A question in the words of a source's title is not taken to ask for that source alone; its title is."""
    asked = assistant.prepare("What container traffic do the ports have, by the yearbook?")
    assert asked.scope is None
    named = assistant.prepare("What does the Yearbook of Ports and Container Traffic say of Brack?")
    assert set(named.scope or ()) == {"customs-2023", "quay-2024", "orrin-2025"}


def test_a_difference_is_told_unasked(assistant: Assistant) -> None:
    """An answer whose source says otherwise has a notice with the note and the work, in the question's language."""
    (notice,) = answered(assistant, WAIT).notices
    assert all(part in notice for part in ("[1]", "note 2", "Harbour Board", "forty-three"))
    korean = answered(assistant, COD_KO).notices
    assert any("각주 2" in n and "연근해 어선 등록 현황" in n for n in korean)


def test_origin_answers_from_the_source(assistant: Assistant) -> None:
    """Asked for the origin, the claim is the source's own words, cited first; all who relay them are cited behind."""
    reply = answered(assistant, SELBY, origin=True)
    (claim,) = reply.claims
    assert claim.text.startswith("In 2022 the port of Selby handled sixty-one percent")
    assert (claim.citations, claim.verdict.support) == ((1, 2, 3), "supported")
    assert [c.document for c in reply.citations] == ["customs-2023", "quay-2024", "orrin-2025"]
    assert reply.origin
    assert reply.notices == ()


def test_origin_from_a_digest_and_in_korean(assistant: Assistant) -> None:
    """The switch works from a digest's note and for Korean."""
    assert [c.document for c in answered(assistant, PUPILS, True).citations] == [
        "meals-ministry-2020",
        "tern-2023-digest",
    ]
    assert [c.document for c in answered(assistant, VESSELS_KO, True).citations] == ["fleet-2021-ko", "fisheries-ko"]


def test_origin_of_a_cell(assistant: Assistant) -> None:
    """A table's cell is answered from the source's cell; a calculation stays on the paper's rows."""
    reply = answered(assistant, BRACK, origin=True)
    assert [c.document for c in reply.citations] == ["customs-2023", "quay-2024"]
    assert reply.claims[0].text.startswith("Brack, 2021: 118")
    most = answered(assistant, MOST, origin=True)
    assert {c.document for c in most.citations} == {"quay-2024"}
    assert most.claims[0].computed is not None


def test_origin_that_says_otherwise(assistant: Assistant) -> None:
    """Where the source contradicts, its own words answer; the paper's follow by themselves, as what the paper says, and
    a notice names both figures. Nothing is called partial, and no citation stands under what it contradicts.
    """
    reply = answered(assistant, WAIT, origin=True)
    source, paper = reply.claims
    assert "forty-three" in source.text
    assert "thirty-one" in paper.text
    assert [(c.verdict.support, c.citations) for c in (source, paper)] == [("supported", (1,)), ("supported", (2,))]
    assert [c.document for c in reply.citations] == ["board-2022", "quay-2024"]
    (notice,) = reply.notices
    assert all(part in notice for part in ("[2]", "note 2", "Harbour Board", "forty-three", "thirty-one"))


def test_origin_of_a_sentence_without_a_note(assistant: Assistant) -> None:
    """With the switch, a claim whose neighbour's note carries it is answered from that source, and told once."""
    reply = answered(assistant, "How many tonnes did herring boats of the gulf land in 2023?", origin=True)
    assert reply.claims[0].text.startswith("In 2023 the herring boats of the gulf landed 41,000 tonnes")
    assert [c.document for c in reply.citations][:2] == ["landings-2023", "gulf-2024"]
    assert len({c.text for c in reply.claims}) == len(reply.claims)


@pytest.mark.parametrize("question", [SELBY, WAIT, VESSELS_KO, COD_KO, BRACK, "What do the landings say of herring?"])
def test_origin_tells_nothing_twice(assistant: Assistant, question: str) -> None:
    """A sentence of a source that answers by itself and also stands behind a paper's is told and cited once."""
    reply = answered(assistant, question, origin=True)
    assert len({" ".join(c.text.split()) for c in reply.claims}) == len(reply.claims)
    places = [(c.document, c.span, c.cell) for c in reply.citations]
    assert len(set(places)) == len(places)
    assert all(c.verdict.support == "supported" for c in reply.claims)


@pytest.mark.parametrize(
    ("question", "said"),
    [(BARGES, ("note 3", "Lighthouses", "not found")), (MILLS, ("note 4", "Vale", "not held")),
     (SALT, ("note 10", "Salt Guild", "not held"))],
)  # fmt: skip
def test_origin_that_is_not_there(assistant: Assistant, question: str, said: tuple[str, ...]) -> None:
    """The paper's sentence stays where its source is not held or does not say it, with a notice on note and work."""
    reply = answered(assistant, question, origin=True)
    assert [c.document for c in reply.citations] == ["quay-2024"]
    (notice,) = reply.notices
    assert all(part in notice for part in said)
    assert answered(assistant, question).notices == ()


def test_origin_of_one_clause(assistant: Assistant) -> None:
    """Where a source bears only a part of a sentence, its words come first and the sentence stays."""
    reply = answered(assistant, RISE, origin=True)
    texts = [c.text for c in reply.claims]
    assert "Trade through Selby rose by 12 percent in 2022." in texts
    assert any("storm" in t for t in texts)
    assert any("note 9" in n for n in reply.notices)


def test_own_finding_has_no_origin_elsewhere(assistant: Assistant) -> None:
    """The paper's own finding is answered as before, without a notice."""
    plain, origin = answered(assistant, FEES), answered(assistant, FEES, origin=True)
    assert origin.claims == plain.claims
    assert origin.notices == ()


def test_the_notice_on_language_fits_the_quotes(assistant: Assistant) -> None:
    """A notice says that quotes stay in their language where some or all are in another than the question's."""
    english = followed(assistant, "quay-2024", "Registered fishing vessels numbered 1,240 in 2021.")
    korean = followed(assistant, "fisheries-ko", "마렌란드에 등록된 연근해 어선은 2021년에 1,240척이다.")
    assert on_quotes([english], "en") == on_quotes([korean], "ko") == ()
    assert on_quotes([english], "ko") == ("인용문은 문서의 원문 그대로이므로 영어로 보입니다.",)
    assert on_quotes([english, korean], "ko") == ("영어 문서의 인용문은 원문 그대로 영어로 보입니다.",)
    (every,), (some,) = on_quotes([korean], "en"), on_quotes([english, korean], "en")
    assert every.startswith("The quotations are in Korean")
    assert some.startswith("Quotations from Korean documents")


def test_a_korean_notice_has_its_reason_in_korean(assistant: Assistant) -> None:
    """The figures of a difference stand in a Korean sentence."""
    (notice,) = (n for n in answered(assistant, COD_KO).notices if "각주 2" in n)
    assert "출처에는" in notice
    assert "17" in notice
    assert "27" in notice
    assert "the source" not in notice


# ---------------------------------------------------------------- abstentions


def test_abstention_names_the_note(assistant: Assistant) -> None:
    """Where a near sentence rests on a work that is not held, the abstention names note, document and work, says how
    it may be had, and shows the sentence first.
    """
    reply = assistant.ask(MILLS_1980)
    assert isinstance(reply, Abstention)
    assert reply.reason == "source_not_held"
    assert all(
        s in reply.detail for s in ("Note 4", "Harbours and Export Growth", "Vale", "(2020)", "a book", "ingest")
    )
    assert reply.nearest[0].quote.startswith("Sawmills along the coast")
    assert [w.id for n in reply.nearest[0].notes for w in n.works] == ["vale-2020"]


@pytest.mark.parametrize(
    "question",
    [PERU, "What is the capital of France?", "How many sawmills are there in Norway?", "페루의 인구는 얼마인가?"],
)
def test_other_subjects_have_no_pointer(assistant: Assistant, question: str) -> None:
    """A question on another subject or country is not sent to a source."""
    reply = assistant.ask(question)
    assert isinstance(reply, Abstention)
    assert reply.reason != "source_not_held"


def test_a_held_source_is_no_pointer(assistant: Assistant) -> None:
    """Where the near sentence's source is held, it has been looked at, and the corpus does not say it."""
    reply = assistant.ask("How long was the average waiting time for a berth in 1995?")
    assert isinstance(reply, Abstention)
    assert reply.reason != "source_not_held"


# ---------------------------------------------------------------- the same everywhere


def timeless(reply: Reply) -> Reply:
    return replace(reply, provenance=replace(reply.provenance, seconds=0.0))


@pytest.mark.parametrize("origin", [False, True])
def test_chain_gives_the_same_reply(assistant: Assistant, origin: bool) -> None:
    """The LlamaIndex engine gives the pipeline's reply, with and without the switch."""
    chain = ChainAsker(assistant)
    for question in ALL:
        assert timeless(chain.ask(question, origin=origin)) == timeless(assistant.ask(question, origin=origin))


def test_source_nodes_carry_the_hop(assistant: Assistant) -> None:
    """A node of LlamaIndex has works and hop in its metadata, and the switch travels in the query."""
    response: Any = ChainAsker(assistant).engine.query(Asked(WAIT, origin=True))
    source, node = response.source_nodes
    assert source.metadata["document"] == "board-2022"
    assert node.metadata["hop"]["verdict"] == "contradicted"
    assert node.metadata["notes"][0]["works"][0]["id"] == "board-2022"
    assert response.metadata["reply_json"]["origin"] is True


def test_json(assistant: Assistant) -> None:
    """The reply's JSON has the switch, the best hop as `hop`, all as `hops`, and each work's state."""
    made = json.loads(json.dumps(reply_json(answered(assistant, RISE))))
    assert made["origin"] is False
    two = next(c for c in made["citations"] if "storm" in c["quote"])
    assert two["hop"] == two["hops"][0]
    assert [(h["note"], h["document"], h["verdict"]) for h in two["hops"]] == [
        ("8", "customs-2023", "supported"),
        ("9", "board-2022", "unsupported"),
    ]
    hop = two["hop"]
    assert assistant.document("customs-2023").text[hop["start"] : hop["end"]] == hop["quote"]
    assert {"id", "state", "title", "document", "why", "url"} == set(two["notes"][0]["works"][0])


def test_text(assistant: Assistant) -> None:
    """For people: the works with their states under the note, and what the source says below, with its place."""
    text = reply_text(answered(assistant, WAIT))
    assert "→ Waiting Times at the Public Ports [board-2022]: held" in text
    assert "note 2, the source: says otherwise" in text
    assert "Waiting Times at the Public Ports (2022), Results" in text
    text = reply_text(answered(assistant, MILLS))
    assert "[vale-2020]: not held" in text


def test_command_and_batch(
    corpus: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`ask --origin` and a batch's `origin` field answer from the source; a field that is no boolean is an error line."""
    for name, value in corpus.environment().items():
        monkeypatch.setenv(name, value)
    assert cli.main(["ask", "--origin", "--json", SELBY]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["origin"], made["citations"][0]["document"]) == (True, "customs-2023")
    lines = [{"id": 1, "question": SELBY, "origin": True}, {"id": 2, "question": SELBY},
             {"id": 3, "question": SELBY, "origin": "yes"}]  # fmt: skip
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert cli.main(["ask", "--batch", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl")]) == 0
    one, two, three = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert (one["origin"], one["citations"][0]["document"]) == (True, "customs-2023")
    assert (two["origin"], two["citations"][0]["document"]) == (False, "quay-2024")
    assert (three["status"], three["origin"]) == ("error", False)
    assert set(three) == set(one)
