"""The page of sources against a scripted ledger, through Streamlit's own test runner: no browser, no network."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from assistant.errors import IndexMissingError
from assistant.sources.fetching import Outcome
from assistant.sources.ledger import Attempt, ledger
from assistant.types import Holding, Names, Naming, Person, Work
from assistant.ui import downloads, plot, sources_page, strings, strings_sources, style, works
from assistant.ui.evidence import STATES
from tests.ui import scripted
from tests.ui.pages import HOSTILE, inert, shown
from tests.ui.scripted import BOOK, PAPER, SOURCE, ScriptedAssistant, naming

OTHER = Work("other", "Another Paper", authors=(Person("임", "서연"),), issued="2025")
DEAD = Work("gone", "A Page that is Gone", kind="source", url="https://gone.example/", issued="2020", retrieval="web")
NAMES = Names(
    works=(SOURCE, BOOK, DEAD),
    namings=(
        naming("indicators"),
        naming("indicators", None, "other"),
        naming("a-book"),
        naming("gone"),
        naming(None, rivals=("indicators", "gone")),
    ),
    holdings=(Holding("indicators", "indicators", "id"),),
)
ATTEMPTS = {"gone": Attempt("gone", Outcome("dead", "https://gone.example/", "the page is gone (404)"), "2026-05-04")}


def script(opening: object) -> None:
    from assistant.ui import sources_page

    sources_page.page(opening)  # type: ignore[arg-type]  # AppTest runs this source alone: no names from here


def started(assistant: ScriptedAssistant, language: str | None = None) -> AppTest:
    app = AppTest.from_function(script, args=(lambda: assistant,), default_timeout=20)
    if language:
        app.session_state["language"] = language
    return app.run()


def rows(app: AppTest) -> list[str]:
    """The table's rows as words."""
    table = next((e.body for e in app.html if 'class="works"' in e.body), "")
    return [re.sub(r"<[^>]+>", " ", row) for row in table.split('<details class="work">')[1:]]


@pytest.fixture
def held() -> ScriptedAssistant:
    other = replace(scripted.document(OTHER), notes=())
    return ScriptedAssistant([scripted.document(), other, scripted.source()], {}, names=NAMES, attempts=ATTEMPTS)


def test_each_work_has_a_row_with_where_it_is_named_and_its_state(held: ScriptedAssistant) -> None:
    """A row says who wrote what, which notes name it, its state in sign and word, and what to do."""
    found = rows(started(held))
    assert len(found) == 3
    for part in ("World Bank 2024", "Indicators of Trade", "Bark and Kwak 2026: note 18; 임서연 2025: in the text"):
        assert part in found[0]
    assert re.search(r"● +held", found[0])
    assert re.search("□ +not retrievable", found[1])
    assert "Get the book" in found[1]
    assert re.search("✕ +address is dead", found[2])


def test_a_row_opens_on_the_note_and_what_can_be_done(held: ScriptedAssistant) -> None:
    """Opened, a row has the note's text with the words that name the work, doubts of reading, and the commands."""
    page = started(held)
    found = rows(page)
    assert any("<mark>World Bank</mark>" in e.body for e in page.html)
    assert "Read with doubt: issued" in found[0]
    assert "https://indicators.example/2024" in found[0]
    assert "Held as:" in found[0]
    assert "asked on 2026-05-04: the page is gone (404)" in found[2]
    assert "assistant ingest PATH" in found[2]
    fresh = ScriptedAssistant(held.documents[:2], {}, names=replace(NAMES, holdings=()))
    assert "assistant sources fetch indicators" in rows(started(fresh))[0]


@pytest.mark.parametrize(
    ("language", "with_address", "without"),
    [("en", "Can be fetched", "No address: add its file"), ("ko", "내려받을 수 있음", "주소 없음: 파일 추가하기")],
)
def test_what_has_no_address_is_not_said_to_be_fetched(language: str, with_address: str, without: str) -> None:
    """A work that is not held can be fetched where an address is known; else its file can be added."""
    bare = replace(SOURCE, id="bare", url=None, doi=None)
    made = Names(works=(SOURCE, bare), namings=(naming("indicators"), naming("bare")))
    found = rows(started(ScriptedAssistant([scripted.document()], {}, names=made), language))
    assert with_address in found[0]
    assert without not in found[0]
    assert without in found[1]
    assert with_address not in found[1]


@pytest.mark.parametrize(("language", "said"), [("en", "its title is not sure"), ("ko", "제목이 확실하지 않습니다")])
def test_an_unsure_title_is_said(language: str, said: str) -> None:
    """Where a title was only guessed from a note, the open row says so."""
    one = naming("indicators")
    assert one.reference is not None
    doubtful = replace(one, reference=replace(one.reference, unsure=("title",)))
    for namings, expected in (((doubtful,), True), ((one,), False)):
        made = Names(works=(replace(SOURCE, note=None),), namings=namings)
        found = rows(started(ScriptedAssistant([scripted.document()], {}, names=made), language))
        assert (said in found[0]) is expected


@pytest.mark.parametrize(("language", "said"), [("en", "another page"), ("ko", "다른 페이지가 옴")])
def test_another_page_came(language: str, said: str) -> None:
    """Where an address gave another page, the row says so, and that the file can be added."""
    made = Names(works=(SOURCE,), namings=(naming("indicators"),))
    outcome = Outcome("another page", "https://x.example/", "another page came: it does not name the work")
    attempts = {SOURCE.id: Attempt(SOURCE.id, outcome, "2026-05-04")}
    found = rows(started(ScriptedAssistant([scripted.document()], {}, names=made, attempts=attempts), language))
    assert said in found[0]
    assert "assistant ingest PATH" in found[0]


def test_coverage_has_an_honest_ceiling(held: ScriptedAssistant) -> None:
    """Coverage counts against what can be had, and says how much is beyond reach; a filter by document narrows it."""
    app = started(held)
    assert "1 of the 2 works that can be had are held; 3 are named." in shown(app)
    assert "1 is out of reach" in shown(app)
    app.selectbox(key="sources-document").select("other").run()
    assert "1 of the 1 works that can be had are held; 1 are named." in shown(app)
    assert len(rows(app)) == 1


def test_filters_narrow_the_table(held: ScriptedAssistant) -> None:
    """State, way to be had and words each narrow the table; the counts of states follow the other filters."""
    app = started(held)
    app.pills(key="sources-state").set_value(["dead"]).run()
    assert len(rows(app)) == 1
    assert "A Page that is Gone" in rows(app)[0]
    app.pills(key="sources-state").set_value([]).run()
    app.multiselect(key="sources-had").set_value(["book", "open"]).run()
    assert len(rows(app)) == 2
    app.text_input(key="sources-text").set_value("selby treaties").run()
    assert [("A Book on Treaties" in r) for r in rows(app)] == [True]
    assert list(app.pills(key="sources-state").options) == ["□ not retrievable 1"]
    app.text_input(key="sources-text").set_value("no such words").run()
    assert "No work fits these filters." in shown(app)
    assert not app.exception


def test_filters_stay_when_the_language_changes(held: ScriptedAssistant) -> None:
    """Changing the language changes words, not what was chosen."""
    app = started(held)
    app.pills(key="sources-state").set_value(["dead"]).run()
    app.selectbox(key="sources-document").select("paper").run()
    app.session_state["language"] = "ko"
    app.run()
    assert app.pills(key="sources-state").value == ["dead"]
    assert app.selectbox(key="sources-document").value == "paper"
    assert len(rows(app)) == 1


def test_the_table_can_be_ordered(held: ScriptedAssistant) -> None:
    """Most named first, or newest first."""
    app = started(held)
    app.selectbox(key="sources-order").select(2).run()
    assert ["World Bank" in rows(app)[0], "A Page" in rows(app)[1]] == [True, True]


def test_a_long_ledger_is_paged(held: ScriptedAssistant) -> None:
    """Of 1,500 works one page of fifty stands at a time, and every work is on one of them."""
    many = tuple(Work(f"w{n}", f"Work number {n}.", kind="source") for n in range(1500))
    held.names = Names(many, tuple(naming(w.id) for w in many))
    app = started(held)
    assert "1,500 of 1,500 works" in shown(app)
    assert len(rows(app)) == 50
    app.pagination[0].set_value(30).run()
    assert "Work number 1499." in rows(app)[-1]
    app.text_input(key="sources-text").set_value("1499").run()
    assert len(rows(app)) == 1
    assert not app.exception


def test_doubts_come_with_the_command_that_settles_them(held: ScriptedAssistant) -> None:
    """A note that may mean two works, and a file that may be a work, are asked about with their commands."""
    held.names = replace(NAMES, holdings=(Holding("gone", None, "title", ("other",)),))
    held.attempts = {}
    app = started(held)
    words = shown(app)
    assert "1 note does not make clear which work it means" in words
    assert "assistant sources match paper#18 gone" in words
    assert "assistant sources match paper#18 none" in words
    assert "assistant sources match other gone" in next(r for r in rows(app) if "A Page that is Gone" in r)


def test_the_filtered_bibliography_can_be_saved(held: ScriptedAssistant) -> None:
    """What is saved is what the filters leave, with its state; nothing is offered where nothing is left."""
    app = started(held)
    assert [b.label for b in app.download_button][:2] == ["Word", "Markdown"]
    chosen = [e for e in held.ledger.entries if e.state == "dead"]
    made = downloads.made(lambda: sources_page.sheet(chosen, held, strings.EN), "bibtex").decode()
    assert "A Page that is Gone" in made
    assert "Indicators of Trade" not in made
    app.text_input(key="sources-text").set_value("no such words").run()
    assert not app.download_button


def test_a_corpus_that_names_nothing_says_so() -> None:
    """Without a single cited work there is one sentence, and no empty table."""
    app = started(ScriptedAssistant([scripted.document()], {}))
    assert "name no works" in shown(app)
    assert not rows(app)


def test_without_an_index_it_says_what_to_run() -> None:
    """Without an index the page has one line and no traceback."""

    def opening() -> ScriptedAssistant:
        raise IndexMissingError("no index at 'index': run `assistant ingest` first")

    app = AppTest.from_function(script, args=(opening,), default_timeout=20).run()
    assert "run `assistant ingest` first" in shown(app)
    assert not app.exception


def test_the_page_speaks_korean(held: ScriptedAssistant) -> None:
    """With Korean chosen, the ledger's own English sentence is not shown; states and deeds are Korean."""
    app = started(held, "ko")
    words = shown(app)
    for part in (
        "구할 수 있는 2편 가운데 1편을 보유",
        "주소가 사라짐",
        "2026-05-04에 시도: 주소가 사라짐",
        "책 구하기",
    ):
        assert part in words
    assert not re.search(r"\b(asked on|note|held|works|Named in)\b", words)
    assert app.title[0].value == "출처"


@pytest.mark.parametrize("words", HOSTILE)
def test_foreign_text_draws_nothing(words: str) -> None:
    """Titles, authors, notes, ids, addresses, reasons and document names draw only their letters."""
    bad = Work(
        words, words, kind="source", authors=(Person(words),), container=words, publisher=words, issued=words, url=words,
        doi=words, volume=words,
    )  # fmt: skip
    paper = scripted.document(Work("paper", words, authors=(Person(words),)))
    paper = replace(paper, notes=(replace(paper.notes[0], text=words, number=words),))
    names = Names(
        (bad,),
        (Naming("paper", words, 0, words), Naming("paper", words, 0, None, None, (words,))),
        (Holding(words, None, "title", (words,)),),
    )
    held = ScriptedAssistant([paper], {}, names=names, works=())
    app = started(held)
    inert(app, words)
    app.segmented_control(key="sources-view").set_value("plot").run()
    inert(app, words)
    held.names = Names((bad,), (Naming("paper", words, 0, words),))
    held.attempts = {words: Attempt(words, Outcome("dead", words, words), words)}
    inert(started(held), words)


# ---------------------------------------------------------------- the plot


def drawn(found: plot.Plot) -> list[dict[str, object]]:
    """The values that a plot draws."""
    spec = found.chart.to_dict()
    values: list[dict[str, object]] = next(iter(spec["datasets"].values()))
    return values


def test_the_plot_shows_who_cites_what(held: ScriptedAssistant) -> None:
    """A point for each work and document that names it, with the notes beside it; the legend has signs and words."""
    app = started(held)
    app.segmented_control(key="sources-view").set_value("plot").run()
    assert not app.exception
    assert len(app.get("vega_lite_chart")) == 1
    found = plot.plot(held.ledger.entries, works.called(held.library, "en"), "en", ("", ""))
    assert found is not None
    points = {(str(r["work"])[:10], r["document"], r["note"]) for r in drawn(found)}
    assert ("World Bank", "Bark and Kwak 2026", "18") in points
    assert ("World Bank", "임서연 2025", "–") in points
    assert re.search("held.*address is dead.*not retrievable", shown(app).replace("\n", " "))


def test_a_plot_of_one_document_follows_its_notes() -> None:
    """For one document each note that names a work is a point, at its place."""
    names = Names((SOURCE,), (naming("indicators"), replace(naming("indicators", "20"), place=3)))
    found = plot.plot(ledger(names).entries, {"paper": "Bark"}, "en", ("Note", "Times"))
    assert found is not None
    assert [(v["place"], v["note"]) for v in drawn(found)] == [(0, ""), (3, "18, 20")]


def test_a_plot_of_many_works_keeps_the_most_named() -> None:
    """Of many works the most named are drawn, and works of one label stay apart."""
    many = tuple(Work(f"w{n}", "The Same Title", kind="source") for n in range(200))
    namings = [Naming("paper", str(n), n, w.id) for n, w in enumerate(many)]
    namings += [Naming("other", "1", 0, "w70")]
    found = plot.plot(ledger(Names(many, tuple(namings))).entries, {"paper": "A", "other": "B"}, "en", ("", ""))
    assert found is not None
    assert found.works == plot.MOST
    values = drawn(found)
    assert len({v["work"] for v in values}) == plot.MOST
    assert "B" in {v["document"] for v in values}  # the one that is named twice is not cut


def test_no_state_is_told_by_colour_alone() -> None:
    """Each state has a sign and a colour of its own, and every colour stands out on white and on a dark page."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert len(set(STATES.values())) == len(STATES) == len(set(style.COLOURS.values()))
    for colour in (*style.COLOURS.values(), *style.VERDICTS.values()):
        for ground in ("#ffffff", "#0e1117"):
            bright, dark = sorted((light(colour), light(ground)), reverse=True)
            assert (bright + 0.05) / (dark + 0.05) >= 3, (colour, ground)


# ---------------------------------------------------------------- words


def test_both_languages_have_the_same_blanks() -> None:
    """A text that is completed has as many blanks in Korean as in English."""
    for name in strings_sources.SourcesWords.__slots__:
        english, korean = getattr(strings_sources.EN, name), getattr(strings_sources.KO, name)
        assert type(english) is type(korean)
        if isinstance(english, str):
            assert len(re.findall(r"\{\d?\}", english)) == len(re.findall(r"\{\d?\}", korean)), name
            assert korean.strip()


def test_a_work_is_named_as_a_reader_would() -> None:
    """Two authors are joined, more are cut, a Korean name is whole, a work without author goes by its title."""
    people = (Person("Bark", "Taeho"), Person("Kwak"), Person("Han"))
    assert works.byline(replace(PAPER, authors=people), "en") == "Bark et al. 2026"
    assert works.byline(replace(PAPER, authors=people[:2]), "ko") == "Bark·Kwak 2026"
    assert works.byline(OTHER, "en") == "임서연 2025"
    assert works.byline(Work("w", "A Title"), "en") == "A Title"
