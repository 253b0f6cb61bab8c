"""Layouts of reports and what typesetters do to words, read from end to end."""

from __future__ import annotations

import time

from reportlab.pdfgen.canvas import Canvas

from assistant.backends.pdf import PdfParser
from assistant.reading import check
from assistant.reading.drafts import Draft, Verdict
from assistant.reading.joining import join_cut_sentences
from assistant.reading.lineends import Habits
from assistant.types import Document, Work
from tests.reading.pdfs import HEIGHT, LEFT, Draw, justified, pdf, prose, write


def read(data: bytes) -> Document:
    document = PdfParser().parse(data, Work(id="paper", title=""))
    check(document)
    return document


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, b.span.slice(document.text)) for b in document.blocks]


def test_narrow_letters_side_by_side_are_two() -> None:
    """A file that places every letter by itself keeps both letters of 'ill': the second is no shadow of the first."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for n in range(4):
            x = LEFT
            for letter in "All officials will call the IIII billing skills fully":
                canvas.drawString(x, HEIGHT - 100 - 12 * n, letter)
                x += canvas.stringWidth(letter, "Helvetica", 10)

    assert read(pdf(page)).text.count("All officials will call the IIII billing skills fully") == 4


def test_a_kerned_space_that_the_file_does_not_write_parts_words() -> None:
    """Between capitals that lean to one another kerning leaves little of a space: it parts the words all the same."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 10)
        for n, words in enumerate([("the NASA", "Authorization Act of the year"), ("was long VAST", "A mission")]):
            x = LEFT
            for word in words:
                canvas.drawString(x, HEIGHT - 100 - 12 * n, word)
                x += canvas.stringWidth(word, "Times-Roman", 10) + 1.4

    assert read(pdf(page)).text == "the NASA Authorization Act of the year was long VAST A mission"


def test_line_ends_in_compounds_and_citations() -> None:
    """A compound left open before 'or' keeps its space, a name in capitals its hyphen, and a number its brackets."""
    lines = [
        "The command has a structure of three levels, and two-",
        "or three-star generals lead its multidomain and Multi-",
        "Domain forces, which are named in 15 U.S.C. 4721(c)",
        '(4) of the code. It says that the President may "',
        "[w]henever it seems wise” do so, and no more than that.",
    ]

    def page(canvas: Canvas) -> None:
        write(canvas, lines)

    text = read(pdf(page)).text
    for words in ("two- or three-star", "Multi-Domain forces", "4721(c)(4) of", 'may "[w]henever'):
        assert words in text


def test_short_notes_behind_a_plain_heading_are_notes() -> None:
    """'Endnotes' set as the text is heads its notes, however short the first of them is."""

    def page(canvas: Canvas) -> None:
        y = write(canvas, justified(prose("tariff", 4) + " It fell.^1^ It rose again.^2^", 460))
        y = write(canvas, ["Endnotes"], top=y + 14)
        write(canvas, ["1. Lee, Ports (2001), 3.", "2. Smith, Harbours (1999), p. 41."], top=y + 4)

    document = read(pdf(page))
    assert [(n.number, n.text, len(n.marks)) for n in document.notes] == [
        ("1", "Lee, Ports (2001), 3.", 1),
        ("2", "Smith, Harbours (1999), p. 41.", 1),
    ]


def test_short_columns_at_the_end_are_columns_as_on_the_pages_before() -> None:
    """Two lines beside three on the last page are columns where the pages before have them."""

    def page(canvas: Canvas) -> None:
        write(canvas, justified(prose("export", 6), 220))
        write(canvas, justified(prose("import", 6), 220), x=320)

    left = [
        "The last page has three lines on its left side,",
        "of which this is the second, and this one here is",
        "the",
    ]
    right = ["third. What stands beside them comes after", "them, as on every other page of the paper."]

    def last(canvas: Canvas) -> None:
        write(canvas, left)
        write(canvas, right, x=320)

    assert read(pdf(page, last)).text.endswith(" ".join(left + right))


def test_columns_of_set_in_items_begin_at_their_bullets() -> None:
    """A right-hand column of items whose lines hang does not lose the lines with the bullets to the left."""
    left = justified(prose("export", 4), 210)
    items = [
        line
        for n in range(3)
        for line in ["• " + "An item begins here and goes on", "   over a second line", "   and a third."]
    ]

    def page(canvas: Canvas) -> None:
        write(canvas, left)
        for n, line in enumerate(items):
            write(canvas, [line.strip()], x=320 if line[0] == "•" else 331, top=90 + 13.2 * n)

    found = kinds(read(pdf(page)))
    assert found[0] == ("paragraph", prose("export", 4))
    assert found[1:] == [("list", "An item begins here and goes on over a second line and a third.")] * 3


def test_the_end_of_a_note_at_the_edge_is_no_footer() -> None:
    """What stands below the first line of a note is its end, though other pages end with the same words."""

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, justified(prose(f"tariff{number}", 3) + f" It fell.^{number}^", 460))
            write(canvas, [f"^{number}^ Lee, Ports ({2000 + number}), which is not", "available."], top=720, size=8)

        return draw

    notes = read(pdf(page(1), page(2), page(3))).notes
    assert [n.text for n in notes] == [f"Lee, Ports ({2000 + n}), which is not available." for n in (1, 2, 3)]


def test_numbers_of_notes_may_touch_their_words() -> None:
    """At the foot of a page '1Lee' and '2Smith' are notes, one each."""

    def page(canvas: Canvas) -> None:
        write(canvas, justified(prose("tariff", 3) + " It fell.^1^ It rose.^2^", 460))
        write(canvas, ["1Lee, Ports (2001), pp. 3-9.", "2Smith, Harbours (1999), p. 41."], top=700, size=8)

    notes = read(pdf(page)).notes
    assert [(n.number, n.text, len(n.marks)) for n in notes] == [
        ("1", "Lee, Ports (2001), pp. 3-9.", 1),
        ("2", "Smith, Harbours (1999), p. 41.", 1),
    ]


def test_a_title_that_running_heads_repeat_stays() -> None:
    """The title of the first page is kept though the heads of the others say the same, in small letters."""

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            if number == 1:
                write(canvas, ["Ports of the North"], top=110, size=18)
            else:
                write(canvas, ["Ports of the North"], top=50, size=9)
            write(canvas, justified(prose(f"tariff{number}", 5), 460), top=150)

        return draw

    document = read(pdf(page(1), page(2), page(3)))
    assert document.work.title == "Ports of the North"
    assert document.text.count("Ports of the North") == 1


def test_a_numbered_heading_is_no_title_but_a_number_may_stand_in_one() -> None:
    """'Chapter 1' heads a text; 'Section 122 of the Act' names one."""

    def page(head: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, [head], top=110, size=18)
            write(canvas, justified(prose("tariff", 5), 460), top=150)

        return draw

    assert kinds(read(pdf(page("Chapter 1 Introduction"))))[0][0] == "heading"
    assert kinds(read(pdf(page("Section 122 of the Trade Act"))))[0][0] == "title"


def test_many_raised_figures_take_one_pass() -> None:
    """Thousands of raised figures in one paragraph go back into the text at their places, in linear time."""
    count = 4000
    draft = Draft("paragraph", "m" * count, [0] * count, [(n + 1, "2") for n in range(count)])
    began = time.perf_counter()
    draft.settle(lambda before, at, label: Verdict(restored=True) if before.endswith("m") else Verdict())
    assert time.perf_counter() - began < 20
    assert draft.text == "m²" * count
    assert len(draft.places) == 2 * count
    assert not draft.marks


def test_kept_and_restored_figures_keep_their_places() -> None:
    """A mark behind a figure that went back into the text moves with it."""
    draft = Draft("paragraph", "5 km and more.", [0] * 14, [(4, "2"), (14, "1")])
    draft.settle(lambda before, at, label: Verdict((label,)) if before.endswith(".") else Verdict(restored=True))
    assert draft.text == "5 km² and more."
    assert draft.marks == [(15, "1")]


def test_a_file_of_running_heads_alone_is_not_empty() -> None:
    """Where every page says the same line and nothing else, the lines are the text."""

    def page(canvas: Canvas) -> None:
        write(canvas, ["Ministry of Trade and Ports"], top=50)

    assert read(pdf(page, page, page)).text.count("Ministry of Trade and Ports") == 3


def test_pages_with_running_heads_alone_are_named() -> None:
    """A page of which nothing is left but its head and number is named in the warnings."""

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, ["Ministry of Trade and Ports"], top=40, size=9)
            write(canvas, [str(number)], x=300, top=760, size=9)
            if number not in (2, 4):
                write(canvas, justified(prose(f"tariff{number}", 5), 460), top=120)

        return draw

    document = read(pdf(*map(page, range(1, 6))))
    assert document.warnings == ("pages 2, 4: nothing but running heads",)
    assert [p.label for p in document.pages] == ["1", "2", "3", "4", "5"]


def test_a_unit_below_a_caption_is_no_half_of_a_sentence() -> None:
    """A sentence that a figure cuts goes on past the line with the unit, which stays apart."""

    def page(canvas: Canvas) -> None:
        y = write(canvas, justified(prose("tariff", 3) + " After that the ministry said in its report that the", 460))
        y = write(canvas, ["Figure 1. Trade of the Ports"], top=y + 16, font="Times-Bold")
        y = write(canvas, ["(in millions of dollars)"], top=y, size=9)
        write(canvas, ["ports had lost all of it, and that no one would say why this was so."], top=y + 120)

    texts = [text for kind, text in kinds(read(pdf(page))) if kind == "paragraph"]
    assert texts[0].endswith(
        "said in its report that the ports had lost all of it, and that no one would say why this was so."
    )


def test_a_box_does_not_go_on_behind_the_running_text() -> None:
    """Words that end without a full stop in one box do not make an aside of the text before the next box."""
    drafts = [
        Draft(
            "paragraph",
            "Interagency Committee on the trade of the ports of the region and of their",
            [0] * 75,
            apart=True,
        ),
        Draft("paragraph", "The running text stands here and is a whole sentence.", [1] * 54),
        Draft("paragraph", "of the second box, which has nothing to do with the first.", [2] * 58, apart=True),
    ]
    drafts[0].breaks_after = True
    join_cut_sentences(drafts, Habits(), False)
    assert [d.kind for d in drafts] == ["paragraph"] * 3


def test_a_column_may_end_behind_an_article() -> None:
    """However short the first half, 'peaked at' goes on in the next column, even with a capital or a figure."""

    def page(canvas: Canvas) -> None:
        left = justified(prose("export", 4), 220)
        y = write(canvas, left)
        write(canvas, ["      The surplus of the ports peaked at"], top=y)
        write(
            canvas,
            ["$40 in 2011. " + line if not n else line for n, line in enumerate(justified(prose("import", 4), 160))],
            x=320,
        )

    assert "peaked at $40 in 2011." in read(pdf(page)).text
