"""The chat page against a scripted assistant, through Streamlit's own test runner: no browser, no network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from assistant.citations import cite
from assistant.errors import IndexMissingError
from assistant.sources.sheets import sheet_of_reply
from assistant.types import (
    Block,
    Citation,
    CitedNote,
    Claim,
    Document,
    Exchange,
    Hop,
    Note,
    Reason,
    Reply,
    Section,
    Span,
    Support,
    Verdict,
    Work,
    WorkState,
)
from assistant.ui import ask_page, downloads, strings, strings_ask
from tests.ui import scripted
from tests.ui.pages import HOSTILE, inert, shown
from tests.ui.scripted import DIGEST, FTAS, ScriptedAssistant

QUESTION = "How many FTAs has South Korea concluded?"
KOREAN = "한국이 체결한 FTA는 몇 건인가요?"


def script(opening: object) -> None:
    from assistant.ui import ask_page

    ask_page.page(opening)  # type: ignore[arg-type]  # AppTest runs this source alone: no names from here


def started(assistant: ScriptedAssistant, language: str | None = None) -> AppTest:
    app = AppTest.from_function(script, args=(lambda: assistant,), default_timeout=20)
    if language:
        app.session_state["language"] = language
    return app.run()


def ask(app: AppTest, question: str) -> AppTest:
    return app.chat_input[0].set_value(question).run()


def press(app: AppTest, mark: str = "0-0-1") -> AppTest:
    return app.button(key=f"mark-{mark}").click().run()


@pytest.fixture
def paper() -> ScriptedAssistant:
    held = scripted.document()
    quoted = scripted.sentence(held)
    return ScriptedAssistant([held], {QUESTION: scripted.answer(QUESTION, [scripted.claim(quoted)], [quoted])})


@pytest.fixture
def digest() -> ScriptedAssistant:
    held = scripted.document(DIGEST, paged=False)
    quoted = scripted.sentence(held)
    return ScriptedAssistant([held], asked_both([scripted.claim(quoted)], [quoted]))


def asked_both(claims: Sequence[Claim], citations: Sequence[Citation]) -> dict[str, Reply]:
    """One answer, to the question in either language."""
    return {q: scripted.answer(q, claims, citations) for q in (QUESTION, KOREAN)}


def only(held: Document, claims: Sequence[Claim], citations: Sequence[Citation]) -> ScriptedAssistant:
    return ScriptedAssistant([held], asked_both(claims, citations))


# ---------------------------------------------------------------- the conversation


def test_the_start_offers_questions_in_both_languages(paper: ScriptedAssistant) -> None:
    """A first visit shows examples in English and Korean, and no conversation."""
    app = started(paper)
    labels = [b.label for b in app.button]
    assert any(re.search("[가-힣]", x) for x in labels)
    assert any(re.search("[a-z]", x) for x in labels)
    assert not app.chat_message
    assert not app.exception


def test_an_example_is_asked_when_pressed(paper: ScriptedAssistant) -> None:
    """Pressing an example asks it, and the examples make room for the conversation."""
    app = started(paper)
    app.button(key="example-0").click().run()
    assert paper.asked == [(strings.EN.examples[0], ())]
    assert [m.name for m in app.chat_message] == ["user", "assistant"]
    assert not [b for b in app.button if b.key and b.key.startswith("example")]


def test_the_conversation_stays_and_is_passed_on(paper: ScriptedAssistant) -> None:
    """Earlier exchanges stay on the page, the newest first, and are given to the next question."""
    app = ask(ask(started(paper), QUESTION), "And in 2020?")
    assert len(app.chat_message) == 4
    assert shown(app).index("And in 2020?") < shown(app).index(FTAS)
    assert paper.asked[1] == ("And in 2020?", (Exchange(QUESTION, f"{FTAS} [1]"),))
    app.run()
    assert len(app.chat_message) == 4
    assert len(paper.asked) == 2


def test_a_new_conversation_forgets(paper: ScriptedAssistant) -> None:
    """'New conversation' clears the page and what follow-ups lean on."""
    app = ask(started(paper), QUESTION)
    app.button(key="new").click().run()
    assert not app.chat_message
    ask(app, "And in 2020?")
    assert paper.asked[-1][1] == ()


def test_a_follow_up_shows_how_it_was_understood() -> None:
    """Where the question was completed from the conversation, the reader sees what was answered."""
    held = scripted.document()
    quoted = scripted.sentence(held)
    reply = scripted.answer("And in 2024?", [scripted.claim(quoted)], [quoted], understood="And in 2024? [FTAs]")
    app = ask(started(ScriptedAssistant([held], {"And in 2024?": reply})), "And in 2024?")
    assert "Understood as: And in 2024? [FTAs]" in shown(app)


def test_an_understood_question_can_be_put_right() -> None:
    """The reader changes what was understood, and it is asked as it stands, leaning on nothing."""
    held = scripted.document()
    quoted = scripted.sentence(held)
    reply = scripted.answer("And in 2024?", [scripted.claim(quoted)], [quoted], understood="And in 2024? [FTAs]")
    asked = ScriptedAssistant([held], {"And in 2024?": reply})
    app = ask(started(asked), "And in 2024?")
    assert app.text_input(key="meant-0-text").value == "And in 2024? [FTAs]"
    app.text_input(key="meant-0-text").input("How many FTAs were there in 2024?")
    next(b for b in app.button if b.label == "Ask this").click()
    app.run()
    assert asked.asked[-1][:2] == ("How many FTAs were there in 2024?", ())


def test_only_what_can_be_leaned_on_is_history() -> None:
    """Errors and small talk are no history; the last five exchanges are."""
    held = scripted.document()
    talk: Reply = replace(scripted.abstention("hello", ()), reason="not_a_question")
    fine = [scripted.abstention(f"question {n}", [scripted.sentence(held)]) for n in range(7)]
    turns = [
        ask_page.Turn("hello", talk),
        ask_page.Turn("x", "an error"),
        *(ask_page.Turn(r.question, r) for r in fine),
    ]
    assert [e.question for e in ask_page.history(turns)] == [f"question {n}" for n in range(2, 7)]


# ---------------------------------------------------------------- marks and evidence


def test_a_mark_opens_and_closes_the_cited_passage(paper: ScriptedAssistant) -> None:
    """One press shows the sentence marked in its context with its place; another hides it."""
    app = ask(started(paper), QUESTION)
    assert app.button(key="mark-0-0-1").label == "\\[1\\] p. 3 ▾"
    assert "Trade grew" not in shown(app)
    press(app)
    assert any(f"<mark>{FTAS}</mark>" in e.body for e in app.html)
    words = shown(app)
    for part in (
        "Trade grew for decades.",
        "It took twenty years. …",
        "Paper: A New External Strategy",
        "Taeho Bark, Dongchul Kwak, 2026",
        "p. 3 to p. 4",
        "Structural Changes › Trade Policy",
        "Relayed: rests on a note",
        "Note 18: World Bank, World Development Indicators.",
    ):
        assert part in words
    assert "Few have more" not in words
    press(app)
    assert "Trade grew" not in shown(app)


def test_a_digest_is_never_taken_for_the_paper(digest: ScriptedAssistant) -> None:
    """A digest's answer carries its notice; its evidence says digest, no pages, and which notes it lacks."""
    app = press(ask(started(digest), QUESTION))
    words = shown(app)
    assert app.button(key="mark-0-0-1").label == "\\[1\\] digest ▴"
    assert "This quotes our own digest" in words
    assert "Our digest: A New External Strategy" in words
    assert "Taeho Bark, Dongchul Kwak, 2026" in words
    assert "a digest has no pages" in words
    assert "Note 18: number only" in words


def test_a_table_cell_is_shown_in_its_table() -> None:
    """For a table, the whole table is shown with the quoted row and the one cell marked, and the cell is named."""
    held = scripted.document()
    quoted = scripted.cell(held)
    app = press(ask(started(only(held, [scripted.claim(quoted)], [quoted])), QUESTION))
    table = next(e.body for e in app.html if "<table>" in e.body)
    assert re.findall(r"<mark>(.*?)</mark>", table) == ["6,512 (38.4%)"]
    assert table.count('<tr class="quoted">') == 1
    assert "Chemicals" in table
    assert "Table 2: row “Electrical Equipment”, column “2023” = 6,512 (38.4%) (USD million)" in shown(app)


def test_a_calculation_and_a_weak_verdict_are_said() -> None:
    """A computed claim shows its calculation, a claim that is only partly borne says so and why."""
    held = scripted.document()
    computed, quoted = scripted.calculated(held)
    weak = replace(computed, computed=None, verdict=Verdict("partial", "the year is not in the quote"))
    words = shown(ask(started(only(held, [computed, weak], [quoted])), QUESTION))
    assert "Calculated: 6512 - 5237 = 1275 USD million" in words
    assert "Only partly borne by its source: the year is not in the quote" in words
    assert "Supported by its source" not in words


def test_our_words_are_told_apart_from_the_quoted() -> None:
    """Who says it, and what a pronoun stands for, are set apart; brackets that the document has are its own."""
    held = scripted.document()
    quoted = replace(scripted.sentence(held), quote="It [sic] has concluded twenty-two FTAs.")
    claim = Claim("It [South Korea] [sic] has concluded twenty-two FTAs.", (1,), Verdict("supported"), lead="Bark")
    app = ask(started(only(held, [claim], [quoted])), QUESTION)
    drawn = next(e.body for e in app.html if "twenty-two" in e.body)
    assert "<strong>Bark: </strong>It " in drawn
    assert '<span class="ours">[South Korea]</span> [sic] has' in drawn


@pytest.mark.parametrize("reason", get_args(Reason))
def test_each_refusal_has_its_own_words(reason: Reason) -> None:
    """A reader sees from the heading which kind of refusal it is, in both languages."""
    for words in (strings_ask.EN, strings_ask.KO):
        assert len(set(words.refusals.values())) == len(get_args(Reason))
    reply = replace(scripted.abstention(QUESTION, ()), reason=reason)
    app = ask(started(ScriptedAssistant([scripted.document()], {QUESTION: reply})), QUESTION)
    assert f"⊘ {strings_ask.EN.refusals[reason]}" in shown(app)


def test_confidence_is_no_figure_on_the_page(paper: ScriptedAssistant) -> None:
    """How sure the gates are decides what is shown, and is itself not shown: a percentage would be taken for truth."""
    sure = replace(paper.replies[QUESTION], confidence=0.87654)
    words = shown(ask(started(replace(paper, replies={QUESTION: sure})), QUESTION))
    assert not re.search(r"0\.87|87(\.\d)?\s?%|88\s?%", words)


def test_a_quote_stays_true_when_another_index_answers(paper: ScriptedAssistant) -> None:
    """Evidence of an earlier answer is shown from the document that it was quoted from, though it is gone."""
    app = ask(started(paper), QUESTION)
    paper.documents = [scripted.document(Work(id="other", title="Another"))]
    press(app.run())
    assert not app.exception
    assert any(f"<mark>{FTAS}</mark>" in e.body for e in app.html)


# ---------------------------------------------------------------- the second hop


def hopping(*hops: Hop, works: Sequence[WorkState] = ()) -> ScriptedAssistant:
    paper = scripted.document()
    quoted = scripted.followed(paper, *hops, works=works)
    return replace(only(paper, [scripted.claim(quoted)], [quoted]), documents=[paper, scripted.source()])


WORKS = (
    WorkState("indicators", "held", "Indicators of Trade", "indicators"),
    WorkState(
        "gone", "dead", "A Page that is Gone", None, "asked in May: run `assistant sources`", "https://gone.example/"
    ),
)


def test_a_note_shows_the_works_that_it_names_and_their_state() -> None:
    """Under the note stands each work with its state, and where it is not held why, what to do and its address."""
    app = press(ask(started(hopping(works=WORKS)), QUESTION))
    words = shown(app)
    assert "● held · Indicators of Trade" in words
    assert "✕ address is dead · A Page that is Gone" in words
    assert "asked in May: run assistant sources" in words
    assert any("<code>https://gone.example/</code>" in e.body for e in app.html)
    korean = shown(press(ask(started(hopping(works=WORKS), "ko"), KOREAN)))
    assert "✕ 주소가 사라짐 · A Page that is Gone" in korean
    assert "다른 곳에서 찾아 파일을 추가하십시오" in korean
    assert "asked in May" not in korean


@pytest.mark.parametrize(
    ("support", "said"),
    [
        ("supported", "✓ The source says so"),
        ("partial", "◐ The source says a part of it: no year"),
        ("contradicted", "≠ The source says otherwise: no year"),
        ("unsupported", "? Not found in the source; this is its nearest passage: no year"),
        ("unchecked", "– Could not be checked against the source: no year"),
    ],
)
def test_the_second_hop_shows_the_source(support: Support, said: str) -> None:
    """Where a source is held, its words stand below the note, marked in their context, with place and verdict."""
    why = None if support == "supported" else "no year"
    app = press(ask(started(hopping(scripted.hop(support, why), works=WORKS)), QUESTION))
    words = shown(app)
    assert "The source itself (note 18)" in words
    assert said in words
    assert "Cited source: Indicators of Trade" in words
    assert "World Bank, 2024 · p. 1" in words
    assert any("What is counted here. <mark>The country has twenty-one FTAs" in e.body for e in app.html)


def test_of_many_sources_the_best_and_those_that_differ_stand_open() -> None:
    """A note that names many held works fills no screen: what neither leads nor differs is folded away."""
    many = [
        scripted.hop("supported"),
        scripted.hop("unchecked"),
        scripted.hop("contradicted", "x"),
        scripted.hop("partial"),
    ]
    app = press(ask(started(hopping(*many)), QUESTION))
    opened, _, folded = next(e.body for e in app.html if "more-hops" in e.body).partition("<details")
    assert "2 more sources behind it" in folded
    assert ("says so" in opened, "says otherwise" in opened, "Could not be checked" in opened) == (True, True, False)
    assert "says a part of it" in folded


def test_a_source_that_says_otherwise_is_said_with_the_claim() -> None:
    """Nobody needs to open a mark to learn that the source behind it differs; a source that agrees takes no room."""
    words = shown(ask(started(hopping(scripted.hop("contradicted", "twenty-one"))), QUESTION))
    assert "[1] ≠ The source says otherwise: twenty-one" in words
    assert "The source" not in shown(ask(started(hopping(scripted.hop())), QUESTION))


def test_the_origin_is_asked_for_by_a_switch(paper: ScriptedAssistant) -> None:
    """With 'cite the origin' on, the next question asks for it; off, it does not."""
    app = ask(started(paper), QUESTION)
    for on in (True, False):
        app.toggle(key="origin").set_value(on).run()
        ask(app, QUESTION)
    assert paper.origins == [False, True, False]


def test_an_abstention_for_a_source_that_is_not_held_says_so() -> None:
    """The heading says that a source is missing, and the command stands as code to be copied."""
    held = scripted.document()
    reply = replace(
        scripted.abstention(
            QUESTION, [scripted.followed(held, works=WORKS)], "Note 18: run `assistant sources fetch x`."
        ),
        reason="source_not_held",
    )
    app = ask(started(ScriptedAssistant([held], {QUESTION: reply})), QUESTION)
    assert "⊘ The source that may say this is not held" in shown(app)
    assert any("<code>assistant sources fetch x</code>" in e.body for e in app.html)


# ---------------------------------------------------------------- saving


def test_an_answer_can_be_saved_in_each_form(paper: ScriptedAssistant) -> None:
    """Behind one small button stand the forms; each is a file that holds the quote or names the work."""
    app = ask(started(paper), QUESTION)
    assert [b.label for b in app.download_button] == list(strings.EN.forms)
    sheet = sheet_of_reply(paper.replies[QUESTION], {"paper": scripted.PAPER})
    for form in downloads.FORMS:
        made = downloads.made(lambda: sheet, form)
        assert made.startswith(b"PK") if form == "word" else "New External Strategy" in made.decode()
    assert len(downloads.FORMS) == len(strings.EN.forms) == len(strings.KO.forms)


# ---------------------------------------------------------------- refusals and errors


def test_an_abstention_looks_different_and_shows_what_is_nearest() -> None:
    """A refusal has its own sign and words, the reason, what was withheld, and evidence to open."""
    held = scripted.document()
    reply = scripted.abstention(QUESTION, [scripted.sentence(held), scripted.cell(held, 2)])
    app = ask(started(ScriptedAssistant([held], {QUESTION: reply})), QUESTION)
    words = shown(app)
    assert any('class="abstention"' in e.body and 'role="note"' in e.body for e in app.html)
    assert "⊘ No answer in the documents" in words
    assert "The corpus does not say this." in words
    assert "Nearest passages (not an answer)" in words
    assert "2 sentences did not pass the check" in words
    press(app, "0-1-2")
    assert any("<table>" in e.body for e in app.html)


def test_a_missing_index_is_one_line_with_what_to_do() -> None:
    """Without an index the page says what to run; there is nothing to ask and no traceback."""

    def opening() -> ScriptedAssistant:
        raise IndexMissingError("no index at 'index': run `assistant ingest` first")

    app = AppTest.from_function(script, args=(opening,), default_timeout=20).run()
    assert "no index at 'index': run `assistant ingest` first" in shown(app).replace("&#x27;", "'")
    assert not app.chat_input
    assert not app.exception


def test_an_endless_question_is_one_line(paper: ScriptedAssistant) -> None:
    """An error of a question is shown in its turn; the page does not fill with the question, and goes on."""
    app = ask(started(paper), "x" * 100_000)
    assert "the question has 100,000 characters" in shown(app)
    assert len(shown(app)) < 3000
    assert not app.exception
    assert len(ask(app, QUESTION).chat_message) == 4


def test_a_blank_question_asks_nothing(paper: ScriptedAssistant) -> None:
    """White space alone is no question."""
    app = ask(started(paper), "  \n ")
    assert not paper.asked
    assert not app.chat_message


# ---------------------------------------------------------------- always in sight


def test_it_is_always_in_sight_what_answers(paper: ScriptedAssistant, digest: ScriptedAssistant) -> None:
    """Papers or digests, how to add the papers, the index, and that no model writes: at the start and later."""
    for app in (started(digest), ask(started(digest), QUESTION)):
        words = shown(app)
        assert "Answers quote our digest of 1 paper, not the papers." in words
        assert "assistant ingest PATH" in words
        assert "Index 3-0a1b2c3d" in words
        assert "No language model writes." in words
    words = shown(started(paper))
    assert "Answers quote 1 paper." in words
    assert "assistant ingest" not in words
    paper.documents = [scripted.document(), scripted.document(DIGEST, paged=False)]
    assert "Answers quote 1 paper and our digest of 1 paper." in shown(started(paper))
    paper.documents = []
    assert "The index holds no document." in shown(started(paper))


# ---------------------------------------------------------------- Korean


def test_a_reason_is_told_in_the_language_of_the_exchange() -> None:
    """Why a source says otherwise is said in Korean where it was asked in Korean, figures kept."""
    against = hopping(scripted.hop("contradicted", "the source says 21, not 22; another month: May, not June"))
    words = shown(press(ask(started(against), KOREAN)))
    assert "≠ 출처는 다르게 말함: 출처에는 21(22 아님); 다른 달: 5월(6월 아님)" in words
    assert "the source says" not in words


def test_a_difference_is_told_once_with_its_claim() -> None:
    """The notice on a citation stands with the claim that cites it, in the place of the page's own line; others below."""
    paper = hopping(scripted.hop("contradicted", "the source says 21, not 22"))
    told = replace(paper.replies[QUESTION], notices=("[1] is not what its source says: 21.", "On all of it."))
    words = shown(ask(started(replace(paper, replies={QUESTION: told})), QUESTION))
    assert words.count("is not what its source says") == 1
    assert "says otherwise" not in words
    assert "≠ [1] is not what its source says: 21." in words
    assert words.index("On all of it.") > words.index("is not what its source says")


def test_the_page_speaks_korean(digest: ScriptedAssistant) -> None:
    """With Korean chosen and asked in, all of the page's own words are Korean, evidence included."""
    app = press(ask(started(digest, "ko"), KOREAN))
    words = shown(app)
    for part in ("저희의 요약: ", "논문 1편에 대한 저희의 요약", "요약에는 쪽수가 없음", "주 18: 번호만 있음"):
        assert part in words
    assert app.title[0].value == strings.KO.title
    assert app.chat_input[0].placeholder == strings.KO.placeholder
    assert not re.search("Our digest|Section:|Note 18|No language", words)


def test_the_language_can_be_changed_in_the_conversation(paper: ScriptedAssistant) -> None:
    """Changing the language changes the page's words and keeps the conversation, each exchange in its own language."""
    app = ask(started(paper), QUESTION)
    app.session_state["language"] = "ko"
    app.run()
    assert app.title[0].value == strings.KO.title
    assert len(app.chat_message) == 2
    assert app.button(key="mark-0-0-1").label == "\\[1\\] p. 3 ▾"
    assert strings_ask.KO.refusals["not_in_corpus"] in shown(ask(app, KOREAN))


def test_a_korean_question_is_refused_in_korean(paper: ScriptedAssistant) -> None:
    """The assistant's own sentence is in the question's language, whatever the page's."""
    assert "자료에 없습니다." in shown(ask(started(paper), KOREAN))


@pytest.mark.parametrize(
    ("locale", "language"), [("ko", "ko"), ("ko-KR", "ko"), ("en-US", "en"), ("", "en"), (None, "en")]
)
def test_the_browser_chooses_the_first_language(locale: str | None, language: str) -> None:
    """A Korean browser starts in Korean, any other in English."""
    assert strings.for_locale(locale) == language


def test_both_languages_have_the_same_blanks() -> None:
    """A text that is completed has as many blanks in Korean as in English."""
    for name in strings.Strings.__slots__:
        english, korean = getattr(strings.EN, name), getattr(strings.KO, name)
        assert type(english) is type(korean)
        if isinstance(english, str) and name != "language":
            assert english.count("{}") == korean.count("{}"), name
            assert korean.strip()


# ---------------------------------------------------------------- foreign text


@pytest.mark.parametrize("words", HOSTILE)
def test_foreign_text_draws_nothing(words: str) -> None:
    """Title, section, note, page label, caption, claim, quote, question, verdict and error draw only their letters."""
    work = Work(id="bad", title=words)
    held = Document(
        work,
        words,
        (Block("paragraph", Span(0, len(words))),),
        sections=(Section((words, words), Span(0, len(words))),),
        notes=(Note(words, words, None, (1,)),),
    )
    quoted = replace(cite(held, Span(0, len(words)), 1), page_index=0, page_label=words)
    said = Hop(replace(quoted, kind="source"), Verdict("contradicted", words), words, words)
    noted = CitedNote(words, words, (WorkState(words, "dead", words, None, words, words),))
    quoted = replace(quoted, hops=(said,), notes=(noted,))
    claim = Claim(words, (1,), Verdict("partial", words))
    reply = replace(
        scripted.answer(QUESTION, [claim], [quoted]), question=words, understood=words + "?", notices=(words,)
    )
    refused = scripted.abstention(words, [quoted], detail=words)
    for outcome in (reply, refused):
        app = press(ask(started(ScriptedAssistant([held], {words: outcome}, works=(work,))), words))
        assert not app.exception
        inert(app, words)


def test_an_error_line_draws_nothing() -> None:
    """A path in an error's line is foreign text too."""

    def opening() -> ScriptedAssistant:
        raise IndexMissingError("no index at '![x](http://127.0.0.1:9/x.png)<img src=x>'")

    app = AppTest.from_function(script, args=(opening,), default_timeout=20).run()
    assert not app.error
    assert any("&lt;img src=x&gt;" in e.body for e in app.html)


# ---------------------------------------------------------------- the entry


def test_the_entry_says_what_to_do_without_an_index(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`app.py` as it stands, with no index: the real opening's error is one line, and says what to run."""
    monkeypatch.setenv("ASSISTANT_INDEX", str(tmp_path / "index"))
    app = AppTest.from_file(str(root / "app.py"), default_timeout=30).run()
    assert not app.exception
    assert "assistant ingest" in shown(app)
    assert not app.chat_input
