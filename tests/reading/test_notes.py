"""Notes and the places that call them: raised, in brackets, plain, by symbols; on one page, over two, chapter by chapter."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from assistant.backends.pdf import PdfParser
from assistant.backends.text_files import MarkdownParser, PlainTextParser
from assistant.reading import check
from assistant.reading.roles import note_number
from assistant.types import Document, Work
from tests.reading.pdfs import LEFT, RIGHT, TOP, Draw, justified, pdf, prose, write

FULL = RIGHT - LEFT
SOURCES = ["Smith, Ports (2019), p. 4.", "Lee, Docks (2020), pp. 7-19.", "Chen, Piers (2021).", "Weber, Canals (2022)."]


def read(data: bytes) -> Document:
    document = PdfParser().parse(data, Work(id="paper", title=""))
    check(document)
    return document


def called(document: Document) -> list[tuple[str, str | None, list[str]]]:
    """Of each note its number, its words, and the word before each of its marks."""
    return [(n.number, n.text, [document.text[:m].split()[-1] for m in n.marks]) for n in document.notes]


def body(canvas: Canvas, words: str, top: float = TOP, size: float = 11) -> float:
    return write(canvas, justified(words, FULL, size), top=top, size=size)


def with_list(calls: list[str], entries: list[str], heading: str = "References", size: float = 11) -> Draw:
    def page(canvas: Canvas) -> None:
        words = zip(("ships", "docks", "piers", "canals"), calls, strict=False)
        y = body(canvas, " ".join(f"{prose(word, 2)[:-1]} beyond {word}{call}" for word, call in words))
        y = write(canvas, [heading], top=y + 20, size=14, font="Helvetica-Bold")
        write(canvas, entries, top=y + 4, size=size)

    return page


def test_bracketed_calls_are_tied_to_a_numbered_list() -> None:
    """'[2]' leaves the text where a list of references has these numbers; several numbers call several entries."""
    page = with_list([" [1].", " [2], [3].", " [1, 3].", " [4]."], [f"[{i}] {s}" for i, s in enumerate(SOURCES, 1)])
    document = read(pdf(page))
    assert called(document) == [
        ("1", SOURCES[0], ["ships", "piers"]),
        ("2", SOURCES[1], ["docks"]),
        ("3", SOURCES[2], ["docks,", "piers"]),
        ("4", SOURCES[3], ["canals"]),
    ]
    assert "[" not in document.text


def test_a_bracketed_call_that_the_sentence_needs_stays() -> None:
    """'as shown in [2]' keeps its words, and is tied all the same."""
    page = with_list(
        [" [1].", ", as it is shown in [2].", " [3]."], [f"[{i}] {s}" for i, s in enumerate(SOURCES[:3], 1)]
    )
    document = read(pdf(page))
    assert "as it is shown in [2]." in document.text
    assert [len(n.marks) for n in document.notes] == [1, 1, 1]


def test_calls_in_parentheses_are_told_from_enumerations() -> None:
    """'(2)' behind a sentence is a call; '(1) ships; (2) docks' in one is not."""
    calls = [". (1)", ", namely (1) ships, and (2) docks. (2)", ". (3)"]
    document = read(pdf(with_list(calls, [f"({i}) {s}" for i, s in enumerate(SOURCES[:3], 1)], "Notes")))
    assert "namely (1) ships, and (2) docks." in document.text
    assert [(n.number, len(n.marks)) for n in document.notes] == [("1", 1), ("2", 1), ("3", 1)]


def test_plain_figures_behind_a_full_stop_are_calls_where_the_notes_count_with_them() -> None:
    """'tariffs.2 The' loses its figure only because notes 1 to 4 are called so, in order."""
    page = with_list([".1", ".2", ".3", ".4"], [f"{i} {s}" for i, s in enumerate(SOURCES, 1)], "Endnotes")
    document = read(pdf(page))
    assert called(document) == [
        (str(i), s, [f"{word}."])
        for i, (s, word) in enumerate(zip(SOURCES, ("ships", "docks", "piers", "canals"), strict=True), 1)
    ]


def test_no_figure_leaves_a_text_without_notes() -> None:
    """Amounts, sections, powers and citations stay as they are where no note answers to them."""
    words = (
        "It rose by 3.2 percent in 2020. See [12] and (3) on this.4 The G20 met; 10^6^ tons of CO2 on 40 km^2^ remain."
    )
    document = read(pdf(lambda c: body(c, f"{words} {prose('trade')}")))
    assert words.replace("^6^", "⁶").replace("^2^", "²") in document.text
    assert document.notes == ()
    assert document.loose_marks == ()


def test_a_raised_figure_without_its_note_is_named_as_loose() -> None:
    """A mark whose note the file lacks stays in the text and is counted; an ordinal's letters are not."""

    def page(canvas: Canvas) -> None:
        y = body(canvas, "Exports grew.^1^ On the 21^st^ day they fell.^2^ Nobody knows why.^9^ " + prose("trade"))
        y = write(canvas, ["Endnotes"], top=y + 14, size=14, font="Helvetica-Bold")
        write(canvas, [f"^{i}^ {s}" for i, s in enumerate(SOURCES[:2], 1)], top=y + 4, size=9)

    document = read(pdf(page))
    assert [s.slice(document.text) for s in document.loose_marks] == ["⁹"]
    assert "21st day" in document.text.replace("21 st", "21st")


def test_symbols_call_the_notes_of_their_own_page() -> None:
    """Numbers and symbols that begin anew on each page call the note at the foot of that page."""

    def page(subject: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            body(canvas, f"{prose(subject, 4)} So it was said.^*^ And so it went.^†^ {prose(subject, 2)}")
            write(canvas, [f"^*^ First of {subject}.", f"^†^ Second of {subject}."], top=690, size=8.5)

        return draw

    document = read(pdf(page("ships"), page("docks")))
    assert called(document) == [
        ("*", "First of ships.", ["said."]),
        ("†", "Second of ships.", ["went."]),
        ("*", "First of docks.", ["said."]),
        ("†", "Second of docks.", ["went."]),
    ]
    assert [document.page_at(n.marks[0]).index for n in document.notes] == [0, 0, 1, 1]  # type: ignore[union-attr]


def test_numbers_that_begin_anew_on_each_page_are_tied_by_page() -> None:
    """Note 1 of the second page is not called from the first, though its sentence goes on there."""

    def first(canvas: Canvas) -> None:
        body(canvas, prose("ships", 4) + " This is the first of two claims^1^ in one sentence that runs to the")
        write(canvas, ["^1^ Of the first page."], top=690, size=8.5)

    def second(canvas: Canvas) -> None:
        body(canvas, "next page and makes the second claim^1^ there. " + prose("docks", 4))
        write(canvas, ["^1^ Of the second page."], top=690, size=8.5)

    assert called(read(pdf(first, second))) == [
        ("1", "Of the first page.", ["claims"]),
        ("1", "Of the second page.", ["claim"]),
    ]


def test_a_footnote_goes_on_at_the_foot_of_the_next_page() -> None:
    """What the page cut of a note is put back to it."""

    def first(canvas: Canvas) -> None:
        body(canvas, prose("ships", 6) + " It was so.^1^")
        write(canvas, ["^1^ Smith says of the matter that he does not know, and that the"], top=700, size=8.5)

    def second(canvas: Canvas) -> None:
        body(canvas, prose("docks", 6) + " And it was not.^2^")
        write(canvas, ["committee never asked him. He adds no more.", "^2^ Lee, Docks (2020)."], top=690, size=8.5)

    document = read(pdf(first, second))
    assert [n.text for n in document.notes] == [
        "Smith says of the matter that he does not know, and that the committee never asked him. He adds no more.",
        "Lee, Docks (2020).",
    ]


def test_notes_below_a_short_rule_may_be_as_large_as_the_text() -> None:
    """The rule parts notes from text where the size does not."""

    def page(canvas: Canvas) -> None:
        y = body(canvas, prose("ships", 4) + " It was so.^1^ And so.^2^ " + prose("ships", 2))
        canvas.line(LEFT, 792 - 640, LEFT + 140, 792 - 640)
        write(canvas, ["^1^ Smith, Ports (2019).", "^2^ Lee, Docks (2020)."], top=max(y, 654))

    assert [(n.number, n.text, len(n.marks)) for n in read(pdf(page)).notes] == [
        ("1", "Smith, Ports (2019).", 1),
        ("2", "Lee, Docks (2020).", 1),
    ]


def test_endnotes_of_two_chapters_at_the_end_are_tied_round_by_round() -> None:
    """Where all notes stand at the end and the numbers begin anew, the second round is the second chapter's."""

    def page(canvas: Canvas) -> None:
        y = TOP
        for chapter in ("Ships", "Docks"):
            y = write(canvas, [chapter], top=y + 14, size=14, font="Helvetica-Bold")
            y = body(canvas, f"{prose(chapter, 2)} One claim of {chapter}.^1^ Another of {chapter}.^2^", top=y + 4)
        y = write(canvas, ["Notes"], top=y + 14, size=14, font="Helvetica-Bold")
        entries = [f"^{n}^ Note {n} on {chapter}." for chapter in ("Ships", "Docks") for n in (1, 2)]
        write(canvas, entries, top=y + 4, size=9)

    assert called(read(pdf(page))) == [
        ("1", "Note 1 on Ships.", ["Ships."]),
        ("2", "Note 2 on Ships.", ["Ships."]),
        ("1", "Note 1 on Docks.", ["Docks."]),
        ("2", "Note 2 on Docks.", ["Docks."]),
    ]


def test_korean_marks_with_a_parenthesis() -> None:
    """A raised '1)' is a mark, its parenthesis too."""

    def page(canvas: Canvas) -> None:
        body(canvas, prose("ships", 4) + " It was so^1)^ and so.^2)^ " + prose("ships", 2))
        write(canvas, ["1) Smith, Ports (2019).", "2) Lee, Docks (2020)."], top=690, size=8.5)

    document = read(pdf(page))
    assert called(document) == [("1", "Smith, Ports (2019).", ["so"]), ("2", "Lee, Docks (2020).", ["so."])]
    assert ")" not in document.text.split("Smith", 1)[0]


def test_an_author_note_with_a_symbol_stays_an_aside() -> None:
    """A note that only the names call is no note of the text."""

    def page(canvas: Canvas) -> None:
        write(canvas, ["The Wealth of Ports"], size=18, font="Helvetica-Bold")
        write(canvas, ["By Ann Lee^*^"], top=120)
        body(canvas, prose("ships"), top=150)
        write(canvas, ["^*^ Professor of Economics."], top=690, size=8.5)

    document = read(pdf(page))
    assert document.notes == ()
    assert ("aside", "Professor of Economics.") in [(b.kind, b.span.slice(document.text)) for b in document.blocks]
    assert [str(a) for a in document.work.authors] == ["Ann Lee"]


def test_bracketed_calls_in_plain_text() -> None:
    """Plain text knows them as well."""
    text = f"On Ports\n\n{prose('ships', 3)} It was so [1]. And so [2].\n\nReferences\n\n[1] Smith, Ports (2019).\n\n[2] Lee (2020).\n"
    document = PlainTextParser().parse(text.encode(), Work("t", ""))
    check(document)
    assert "It was so. And so." in document.text
    assert [(n.number, len(n.marks)) for n in document.notes] == [("1", 1), ("2", 1)]


def test_footnotes_of_markdown_have_a_section_of_their_own() -> None:
    """Definitions behind the last section do not take its path."""
    text = f"# On Ports\n\n## Ships\n\n{prose('ships', 2)}[^1]\n\n## Docks\n\n{prose('docks', 2)}[^2]\n\n[^1]: Smith (2019).\n[^2]: Lee (2020).\n"
    document = MarkdownParser().parse(text.encode(), Work("m", ""))
    check(document)
    first = document.notes[0].span
    assert first is not None
    assert document.section_at(first.start) != ("Docks",)


def test_marks_that_a_browser_prints_hardly_smaller() -> None:
    """A figure of five sixths of the size, a third of it above the baseline, is a mark, also before its note."""

    def raised(canvas: Canvas, before: str, mark: str, after: str, y: float, size: float) -> None:
        at = LEFT
        for part, scale, rise in ((before, 1.0, 0.0), (mark, 0.833, 0.36 * size), (after, 1.0, 0.0)):
            canvas.setFont("Times-Roman", size * scale)
            canvas.drawString(at, y + rise, part)
            at += canvas.stringWidth(part, "Times-Roman", size * scale)

    def page(canvas: Canvas) -> None:
        write(canvas, ["Ports and Docks of the Coast"], size=20, top=80)
        raised(canvas, "The port of the city was built by the state in that year.", "1", " It grew.", 660, 12)
        raised(
            canvas, "The docks of the city were built by the town somewhat later.", "2,3", " They grew too.", 645, 12
        )
        write(canvas, justified(prose("dock", 9), FULL, 12), size=12, top=170)
        for i, words in enumerate(SOURCES[:3]):
            raised(canvas, "", str(i + 1), f" {words}", 100 - 14 * i, 8)

    document = read(pdf(page))
    assert document.work.title == "Ports and Docks of the Coast"
    assert called(document) == [
        ("1", SOURCES[0], ["year."]),
        ("2", SOURCES[1], ["later."]),
        ("3", SOURCES[2], ["later."]),
    ]
    assert "that year. It grew." in document.text


def test_a_note_that_is_longer_than_the_text() -> None:
    """Where one note fills pages, the size of the notes is not taken for that of the text."""
    long = justified(prose("pier", 44), FULL, 8)

    def page(words: str, notes: list[str]) -> Draw:
        def draw(canvas: Canvas) -> None:
            body(canvas, words)
            write(canvas, notes, top=730 - 9.6 * len(notes), size=8)

        return draw

    text = [f"{prose('port', 5)}^1^ {prose('dock', 3)}^2^", f"{prose('canal', 5)}^3^ {prose('lock', 3)}^4^"]
    document = read(
        pdf(
            page(text[0], [f"^1^ {SOURCES[0]}", f"^2^ {long[0]}", *long[1:38]]),
            page("", long[38:]),
            page(text[1], [f"^3^ {SOURCES[2]}", f"^4^ {SOURCES[3]}"]),
        )
    )
    assert [n.number for n in document.notes] == ["1", "2", "3", "4"]
    assert document.notes[1].text == prose("pier", 44)
    assert [document.text[:m].split()[-1] for n in document.notes for m in n.marks] == ["met."] * 4


def test_an_entry_behind_the_end_of_one_that_the_page_has_cut() -> None:
    """The first entry that begins on a page stays apart from the full lines above it, which end the one before."""
    calls = " ".join(f"The port of {1990 + i} was larger than expected [{i}]." for i in range(1, 7))
    long = justified(f"[3] {prose('pier', 2)}", 400)
    long[-1] = long[-1].removesuffix(".") + " in the hall of the town."
    entries = [f"[{n}] {SOURCES[n % 4]}" for n in (1, 2, 4, 5, 6)]

    def first(canvas: Canvas) -> None:
        body(canvas, f"{calls} {prose('dock', 12)}")
        write(canvas, ["Notes"], top=660, size=14, font="Helvetica-Bold")
        write(canvas, [*entries[:2], long[0]], top=690)

    def second(canvas: Canvas) -> None:
        write(canvas, [*long[1:], *entries[2:]])

    notes = read(pdf(first, second)).notes
    assert [n.number for n in notes] == ["1", "2", "3", "4", "5", "6"]
    assert notes[3].text == SOURCES[0]


def test_a_gap_behind_a_mark_without_a_space() -> None:
    """Words that only a gap parts from the mark before them are parted in the text; what stands close is not."""

    def page(canvas: Canvas) -> None:
        at = write(canvas, ["The port was built by the state.^1^"])
        canvas.drawString(
            LEFT + canvas.stringWidth("The port was built by the state.", "Times-Roman", 11) + 6, 702, "It"
        )
        write(canvas, [*justified(prose("dock", 4), FULL), "The pier^2^, and the lock, were old."], top=at + 20)
        write(canvas, [f"^{i + 1}^ {SOURCES[i]}" for i in range(2)], top=700, size=8)

    def first(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        page(canvas)

    document = read(pdf(first))
    assert "the state. It" in document.text
    assert "The pier, and" in document.text


def test_notes_beyond_the_thousandth() -> None:
    """Numbers of four digits are those of notes where the notes have counted so far; '2019' is none elsewhere."""
    assert note_number("2019. A year") is None
    assert note_number("1000. Smith", last=999) == ("1000", 6)

    def page(first: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            numbers = range(first, min(first + 50, 1003))
            body(canvas, " ".join(f"The port grew.^{n}^" for n in numbers) + " " + prose("dock", 6))
            write(canvas, [f"{n}. Smith, Ports, p. {n}." for n in numbers], top=300, size=8)

        return draw

    notes = read(pdf(*[page(n) for n in range(1, 1003, 50)])).notes
    assert [n.number for n in notes] == [str(n) for n in range(1, 1003)]
    assert all(n.text == f"Smith, Ports, p. {n.number}." and len(n.marks) == 1 for n in notes)


def test_the_end_of_a_note_high_on_the_next_page() -> None:
    """Below the short rule stands the end of a note that the page before began, however high the notes reach there."""
    long = justified(f"^1^ {prose('pier', 8)}", FULL, 8)

    def first(canvas: Canvas) -> None:
        body(canvas, f"{prose('port', 20)}^1^ {prose('dock', 10)}")
        canvas.line(LEFT, 792 - 680, LEFT + 140, 792 - 680)
        write(canvas, long[:3], top=690, size=8)

    def second(canvas: Canvas) -> None:
        end = body(canvas, f"{prose('canal', 12)}^2^")
        canvas.line(LEFT, 792 - end - 4, LEFT + 140, 792 - end - 4)
        write(canvas, [*long[3:], *justified(f"^2^ {prose('lock', 40)}", FULL, 8)], top=end + 16, size=8)

    document = read(pdf(first, second))
    assert [(n.number, n.text) for n in document.notes] == [("1", prose("pier", 8)), ("2", prose("lock", 40))]
