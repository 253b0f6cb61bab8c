"""A citation as evidence to look at: the quoted words marked in their paragraph or table, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.labels import STAGES as HOW_FAR
from assistant.render.claims import goes_together, rests_on
from assistant.stance.reasons import in_language
from assistant.text import sentences
from assistant.types import Citation, Document, Hop, SourceState, Span, Support, Table, Verdict, Work, WorkState
from assistant.ui.foreign import Markup, Part, element, join, told
from assistant.ui.strings import Strings, counted, page_name
from assistant.ui.works import authors as named

AROUND = 2
"""Sentences shown on each side of a quote."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as it was when it was quoted: offsets stay true when another index answers later."""

    document: Document
    paper: Work
    """The work itself, or for a digest the paper that it stands in for: that has the authors and the date."""


def shown(document: Document, works: Iterable[Work]) -> Shown:
    of = document.work.digest_of
    return Shown(document, next((w for w in works if w.id == of), document.work) if of else document.work)


def view(citation: Citation, sources: Mapping[str, Shown], words: Strings) -> Markup:
    """All that is known of one citation, with what the sources behind it say."""
    source = sources[citation.document]
    return element(
        "div",
        heading(citation, source, words),
        *_cell(citation, words),
        context(citation, source.document),
        *([element("div", words.translation, citation.translation, name="aside")] if citation.translation else ()),
        *_notes(citation, words),
        *_hops(citation, sources, words),
        name="evidence",
    )


def context(citation: Citation, document: Document) -> Markup:
    """The quoted words marked where they stand: among sentences, or in their table."""
    if table := _table_of(citation, document):
        return element("div", *_table(citation, table))
    return _paragraph(citation, document)


def _hops(citation: Citation, sources: Mapping[str, Shown], words: Strings) -> Iterable[Markup]:
    """The sources behind a quote: the best in full; of the others those that differ, the rest folded away."""
    shown = [h for n, h in enumerate(citation.hops) if n == 0 or h.verdict.support == "contradicted"]
    folded = [h for h in citation.hops if h not in shown]
    yield from (hop(h, citation, sources, words) for h in shown)
    if folded:
        more = (hop(h, citation, sources, words) for h in folded)
        yield element("details", element("summary", counted(words.more_hops, len(folded))), *more, name="more-hops")


def hop(hop: Hop, of: Citation, sources: Mapping[str, Shown], words: Strings) -> Markup:
    """The second hop: what the source says of the sentence, and where."""
    c = hop.citation
    # What leads there is a note, a table, or (where the sentence itself names the work) nothing that has a number.
    lead = words.note_name.format(hop.note) if hop.by_note else hop.note
    source = sources[c.document]
    return element(
        "div",
        element("div", element("strong", words.hop, f" ({lead})" if lead else ""), name="hop-title"),
        judged(hop.verdict, words),
        heading(c, source, words),
        *_cell(c, words),
        context(c, source.document),
        name="hop",
    )


SIGNS: dict[Support, str] = {
    "supported": "✓",
    "partial": "◐",
    "contradicted": "≠",
    "unsupported": "?",
    "unchecked": "–",
}
"""A verdict is never told by its colour alone."""


def judged(verdict: Verdict, words: Strings) -> Markup:
    """Of a source: how it bears the sentence, and why."""
    return element(
        "div",
        element("strong", sign(SIGNS[verdict.support]), words.hop_verdicts[verdict.support]),
        because(verdict, words),
        name=f"verdict {verdict.support}",
    )


def because(verdict: Verdict, words: Strings) -> str:
    """The reason of a verdict behind a colon, in the page's language; '' where there is none."""
    return f": {in_language(verdict.why, words.language)}" if verdict.why else ""


def sign(character: str) -> Markup:
    """A sign before a word; its colour comes from what stands around it."""
    return join(element("span", character, name="sign"), " ")


def heading(citation: Citation, source: Shown, words: Strings) -> Markup:
    """What is quoted, by whom, where, and whose statement it is."""
    kind = words.kinds[citation.kind]
    title = source.paper.title if citation.kind == "digest" else citation.title
    lines = [element("div", element("strong", kind), ": ", title, name="evidence-title")]
    if citation.kind != "catalog":
        authors = named(source.paper.authors)
        date = citation.published or source.paper.issued or words.undated
        where = [", ".join(filter(None, [authors, date])), place(citation, source.document, words)]
        if citation.section:
            where.append(words.section.format(" › ".join(citation.section)))
        lines.append(element("div", " · ".join(filter(None, where))))
        lines.append(element("div", words.own if citation.origin == "own" else words.relayed))
        told = [rests_on(citation, words.language), goes_together(citation, words.language)]
        told += [HOW_FAR[citation.stage][words.language]] if citation.stage else []
        lines += [element("div", " · ".join(filter(None, told)))] if any(told) else []
    return element("div", *lines, name="evidence-head")


def place(citation: Citation, document: Document, words: Strings) -> str:
    """The pages that the quote touches, as printed and as counted in the file."""
    if citation.kind == "digest":
        return words.no_pages
    if citation.page_index is None:
        return ""
    first = page_name(words, citation.page_index, citation.page_label)
    last = max(citation.pages, default=citation.page_index)
    if last == citation.page_index:
        return first
    label = next((p.label for p in document.pages if p.index == last), None)
    return words.page_range.format(first, page_name(words, last, label))


def _paragraph(citation: Citation, document: Document) -> Markup:
    """The quote marked among the sentences around it."""
    text, quote = document.text, citation.span
    window = _around(quote, document)
    paragraphs = _context(quote, document)
    return element(
        "div",
        "… " if window.start > paragraphs[0].start else "",
        text[window.start : quote.start],
        element("mark", quote.slice(text)),
        text[quote.end : window.end],
        " …" if window.end < paragraphs[-1].end else "",
        name="evidence-text",
    )


def _context(quote: Span, document: Document) -> list[Span]:
    """The paragraphs that the quote stands in, and their neighbours in the section.

    So a list is seen with the sentence that announces it, and a sentence that is a paragraph is not seen alone.
    """
    flow = [b for b in document.blocks if b.kind in ("paragraph", "list") or b.span.overlaps(quote)]
    within = [n for n, b in enumerate(flow) if b.span.overlaps(quote)]
    if not within or any(flow[n].kind not in ("paragraph", "list") for n in within):
        return [flow[n].span for n in within] or [quote]
    section = document.section_at(quote.start)
    near = range(max(within[0] - 1, 0), min(within[-1] + 2, len(flow)))
    return [flow[n].span for n in near if n in within or document.section_at(flow[n].span.start) == section]


def _around(quote: Span, document: Document) -> Span:
    """The quote with a few sentences on each side."""
    near = [s for span in _context(quote, document) for s in sentences(document.text, span)]
    before = [s for s in near if s.end <= quote.start][-AROUND:]
    after = [s for s in near if s.start >= quote.end][:AROUND]
    # The quote may start or end inside a sentence: the rest of that one is shown too.
    start = before[0].start if before else min([quote.start, *(s.start for s in near if s.overlaps(quote))])
    end = after[-1].end if after else max([quote.end, *(s.end for s in near if s.overlaps(quote))])
    return Span(start, end)


def _table_of(citation: Citation, document: Document) -> Table | None:
    return next((t for t in document.tables if t.span.overlaps(citation.span)), None)


def _table(citation: Citation, table: Table) -> Iterable[Markup]:
    """The whole table with the quoted rows tinted and the cell that is meant marked."""
    unit = table.unit if table.unit and table.unit not in table.caption else None
    if caption := " · ".join(filter(None, [table.caption, unit])):
        yield element("div", element("strong", caption), name="evidence-caption")
    head = [element("tr", *(element("th", c.text) for c in table.header))] if table.header else []
    rows = []
    for row in table.rows:
        quoted = any(c.span.overlaps(citation.span) for c in row)
        cells = []
        for cell in row:
            meant = quoted and citation.cell is not None and cell.column == citation.cell.column
            inside: Part = element("mark", cell.text) if meant else cell.text
            cells.append(element("th" if cell.text == cell.row else "td", inside))
        rows.append(element("tr", *cells, name="quoted" if quoted else ""))
    whole = element("table", element("thead", *head), element("tbody", *rows))
    yield element("div", whole, name="evidence-table")


def _cell(citation: Citation, words: Strings) -> Iterable[Markup]:
    if cell := citation.cell:
        table = words.table.format(cell.table) if cell.table.isdecimal() else cell.table
        named = words.cell.format(table, cell.row, cell.column)
        value = " ".join(filter(None, [cell.text, f"({cell.unit})" if cell.unit else ""]))
        yield element("div", named, " = ", element("strong", value), name="evidence-cell")


def _notes(citation: Citation, words: Strings) -> Iterable[Markup]:
    if citation.notes:
        items = (
            element(
                "li",
                element("strong", words.note.format(n.number)),
                n.text or words.number_only,
                *([element("ul", *(_work(w, words) for w in n.works))] if n.works else []),
            )
            for n in citation.notes
        )
        yield element("ul", join(*items), name="evidence-notes")


def _work(work: WorkState, words: Strings) -> Markup:
    """A work that a note names: its state in sign and word, its title, what can be done, its address as text."""
    more: list[Part] = []
    if work.state != "held":
        # The ledger's sentence is in English; in Korean the page says in its own words what can be done.
        why = told(work.why) if work.why and words.language == "en" else words.to_do[work.state]
        more.append(element("div", why, name="aside"))
        if work.url:
            more.append(element("div", element("code", work.url), name="aside"))
    return element("li", state(work.state, words), " · ", work.title or work.id, *more)


STATES: dict[SourceState, str] = {
    "held": "●",
    "not_held": "○",
    "dead": "✕",
    "moved": "▷",
    "blocked": "⊘",
    "ambiguous": "◇",
    "not_retrievable": "□",
}
"""The sign of each state, here and in the plot."""


def state(state: SourceState, words: Strings) -> Markup:
    """A work's state: sign and word."""
    return element("span", sign(STATES[state]), words.states[state], name=f"state {state.replace('_', '-')}")
