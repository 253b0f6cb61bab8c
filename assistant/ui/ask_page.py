"""The chat: a question, an answer whose every sentence opens its evidence, or a refusal that says why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.errors import AssistantError
from assistant.protocols import Asker, LanguageModel, Library
from assistant.render import answer_string, led
from assistant.sources.ledger import Ledger
from assistant.sources.sheets import sheet_of_reply
from assistant.types import (
    Abstention,
    Answer,
    Citation,
    Claim,
    Document,
    Event,
    Exchange,
    Finished,
    Reply,
    Said,
    Work,
    WorkKind,
)
from assistant.ui import downloads, evidence, frame, marks
from assistant.ui.evidence import Shown
from assistant.ui.foreign import Markup, Part, draw, element, letters, told
from assistant.ui.strings import LANGUAGES, Strings, counted
from assistant.wiring import exporting
from assistant.wiring.models import stays_here

REMEMBERED = 5
"""Exchanges that a follow-up question is completed from."""
LONGEST_SHOWN = 600
"""Characters of a question that are shown: one too long to be answered need not fill the page."""


class Grounded(Asker, Protocol):
    """What the page needs of the assistant: it answers, and shows what it answers from."""

    @property
    def library(self) -> Library: ...

    @property
    def index(self) -> str:
        """Names the generation that answers."""
        ...

    @property
    def model(self) -> LanguageModel | None:
        """What writes the answers, where a model does."""
        ...

    @property
    def ledger(self) -> Ledger: ...

    def document(self, id: str) -> Document: ...


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of the conversation and what came of it: a reply with what it quotes, or an error's line."""

    question: str
    outcome: Reply | str
    sources: Mapping[str, Shown] = field(default_factory=dict)
    records: Mapping[str, Work] = field(default_factory=dict)
    """The works as they were recorded: an export names them."""


def page(open_assistant: Callable[[], Grounded]) -> None:
    """The whole page. `open_assistant` is called at each run and is expected to be cached.

    The newest exchange stands first, below the input: a mark then opens downwards and nothing moves
    under the finger. At the end of a page Streamlit would scroll the mark away from what it opened.
    """
    words = frame.begin(0, "centered")
    turns: list[Turn] = st.session_state.setdefault("turns", [])
    assistant = frame.opened(open_assistant, words)
    if assistant is None:
        return
    with st.container(key="status"):
        _status(assistant, words)
    with st.container():  # in a container it stays here; else it is pinned below and holds the page at its end
        asked = st.chat_input(words.placeholder) or st.session_state.pop("example", None)
        corrected = st.session_state.pop("corrected", None)
        asked = asked or corrected
    with st.container(key="how", horizontal=True, vertical_alignment="center"):
        origin = st.toggle(
            words.cite_origin, key="origin", persist_state="session", help=words.cite_origin_means, width="stretch"
        )
        if turns:
            st.button(words.new_conversation, key="new", on_click=_start_anew)
    if asked and not asked.strip():
        asked = None
    if not turns and not asked:
        _examples(words)
    now = st.container()
    for number, turn in reversed(list(enumerate(turns))):
        _turn(number, turn, words)
    if asked:
        with now, st.chat_message("user"):
            _question(asked, words)
        with now:
            # A question that was put right is asked as it stands: it is to lean on nothing.
            before = () if asked == corrected else turns
            turns.append(_asked(assistant, asked, before, origin, words))
        st.rerun()


def _start_anew() -> None:
    st.session_state["turns"] = []
    marks.close("")


def _status(assistant: Grounded, words: Strings) -> None:
    """Whether papers or digests answer, from which index, and which model writes, or that none does."""
    library = assistant.library
    held = Counter(library.document(id).work.kind for id in library.document_ids())
    if not held:
        draw(element("div", words.nothing_held, name="status"))
        return
    forms: dict[WorkKind, tuple[str, str]] = {"paper": words.papers, "digest": words.digests, "source": words.sources}
    named = words.joined.join(counted(form, held[kind]) for kind, form in forms.items() if held[kind])
    only_digests = held["digest"] and not held["paper"]
    short = (words.digests_only if only_digests else words.answers_from).format(named)
    model = assistant.model
    writes = words.model.format(model.name) if model else words.no_model
    more = [*map(_line, _about_model(model, words)), element("div", words.index.format(assistant.index))]
    if held["digest"]:
        more.insert(0, element("div", words.add_papers, " ", element("code", "assistant ingest PATH")))
    draw(
        element(
            "div",
            element("details", element("summary", element("b", short), " ", writes), *more),
            name="status",
        )
    )


def _line(words: str) -> Markup:
    return element("div", words)


def _about_model(model: LanguageModel | None, words: Strings) -> list[str]:
    """What a model does, and what text it is sent, and where."""
    if model is None:
        return [words.no_model_means]
    sent = words.model_stays if stays_here(model) else words.model_sends
    return [sent.format(model.where), words.model_means]


def _examples(words: Strings) -> None:
    draw(element("p", words.intro))
    for number, example in enumerate(words.examples):
        st.button(example, key=f"example-{number}", on_click=_choose, args=(example,))


def _choose(example: str) -> None:
    st.session_state["example"] = example


def _asked(assistant: Grounded, question: str, turns: Sequence[Turn], origin: bool, words: Strings) -> Turn:
    """The exchange; while it is made, a model's sentences are shown as they are verified, each with its marks."""
    shown = st.empty()
    try:
        with st.spinner(words.looking):
            reply = _followed(assistant.stream(question, history(turns), origin=origin), shown)
        cited = reply.citations if isinstance(reply, Answer) else reply.nearest
        sources = marks.quoted(cited, assistant.document, assistant.library)
        return Turn(question, reply, sources, exporting.records(assistant.library, assistant.ledger))
    except AssistantError as error:
        return Turn(question, str(error))


def _followed(events: Iterator[Event], place: DeltaGenerator) -> Reply:
    """The reply at the end of the events."""
    told: list[Markup] = []
    for event in events:
        if isinstance(event, Said):
            marked = "".join(f"[{m}]" for m in event.claim.citations)
            told.append(element("div", f"{event.claim.text} {marked}", name="claim"))
            with place.container():
                draw(*told)
        elif isinstance(event, Finished):
            place.empty()
            return event.reply
    raise AssertionError("an answer ends with its reply")


def history(turns: Sequence[Turn]) -> tuple[Exchange, ...]:
    """The last exchanges that a question can lean on, as they were understood."""
    replies = [t.outcome for t in turns if not isinstance(t.outcome, str)]
    told = [r for r in replies if not (isinstance(r, Abstention) and r.reason == "not_a_question")]
    return tuple(Exchange(r.understood, answer_string(r)) for r in told[-REMEMBERED:])


@st.fragment
def _turn(number: int, turn: Turn, words: Strings) -> None:
    """One exchange; a fragment, so that opening a mark draws nothing else anew. All of it speaks the language of its
    question, in which the reply's own sentences were made: a half of it in each language would read badly.
    """
    with st.chat_message("user"):
        _question(turn.question, words)
    with st.chat_message("assistant"):
        if isinstance(turn.outcome, str):
            frame.failure(turn.outcome, words)
            return
        reply = turn.outcome
        own = LANGUAGES[reply.language]
        if reply.understood != reply.question:
            _understood(number, reply.understood, own)
        if isinstance(reply, Answer):
            notices = _answer(number, reply, turn.sources, own)
        else:
            _abstention(number, reply, turn.sources, own)
            notices = list(reply.notices)
        if wrote := reply.provenance.model:
            draw(element("div", own.written_by.format(wrote), name="aside"))
        if reply.withheld:
            draw(element("div", counted(own.withheld, reply.withheld), name="aside"))
        for notice in notices:
            draw(element("div", told(notice), name="notice"))
        downloads.popover(f"{number}", lambda: sheet_of_reply(reply, turn.records), words)


def _understood(number: int, understood: str, words: Strings) -> None:
    """What the question was taken to mean, and a line in which it can be put right and asked anew."""
    draw(element("div", words.understood.format(understood), name="understood"))
    with st.popover(words.correct, type="tertiary"), st.form(f"meant-{number}", border=False):
        st.text_input(words.meant, value=letters(understood), key=f"meant-{number}-text", max_chars=LONGEST_SHOWN)
        if st.form_submit_button(words.ask_again):
            st.session_state["corrected"] = st.session_state[f"meant-{number}-text"]
            st.rerun()


def _question(question: str, words: Strings) -> None:
    cut = len(question) - LONGEST_SHOWN
    shown = question if cut <= 0 else question[:LONGEST_SHOWN] + words.not_shown.format(f"{cut:,}")
    draw(element("div", shown, name="question"))


_ABOUT = re.compile(r"\[(\d+)\]")
"""The mark of the citation that a notice is about."""


def _answer(number: int, answer: Answer, sources: Mapping[str, Shown], words: Strings) -> list[str]:
    """The claims, each with the notices on what it cites; the notices that are on none of them are left."""
    cited = {c.marker: c for c in answer.citations}
    left = list(answer.notices)
    for place, claim in enumerate(answer.claims):
        about = [n for n in left if (m := _ABOUT.search(n)) and int(m[1]) in claim.citations]
        left = [n for n in left if n not in about]
        mine = [cited[m] for m in claim.citations]
        marks.marked(
            f"{number}-{place}",
            element("div", led(claim), *_judged(claim, mine, about, words), name="claim"),
            mine,
            sources,
            words,
        )
    return left


def _judged(claim: Claim, cited: Sequence[Citation], notices: Sequence[str], words: Strings) -> list[Part]:
    """What a reader must know of a claim beside its words: a calculation, a verdict short of support, what the notices on
    its citations say, above all that the source behind it says otherwise.
    """
    parts: list[Part] = []
    if c := claim.computed:
        result = " ".join(filter(None, [c.result, c.unit]))
        parts.append(element("div", words.calculation.format(c.expression, result), name="aside"))
    if claim.verdict.support != "supported":
        parts.append(
            element(
                "div",
                f"⚠ {words.verdicts[claim.verdict.support]}{evidence.because(claim.verdict, words)}",
                name="aside",
            )
        )
    told_of = {int(m[1]) for n in notices if (m := _ABOUT.search(n))}
    against = {c.marker for c in cited for h in c.hops if h.verdict.support == "contradicted"}
    for notice in notices:
        differs = (m := _ABOUT.search(notice)) is not None and int(m[1]) in against
        signed = [evidence.sign(evidence.SIGNS["contradicted"])] if differs else []
        parts.append(element("div", *signed, told(notice), name="differing" if differs else "aside"))
    return parts + _differing([c for c in cited if c.marker not in told_of], words)


def _differing(cited: Sequence[Citation], words: Strings) -> list[Part]:
    """That a source behind a quote says otherwise: nobody should have to open a mark to learn it."""
    against = [(c, h) for c in cited for h in c.hops if h.verdict.support == "contradicted"]
    return [
        element("div", element("strong", f"[{c.marker}] "), evidence.judged(h.verdict, words), name="differing")
        for c, h in against
    ]


def _abstention(number: int, abstention: Abstention, sources: Mapping[str, Shown], words: Strings) -> None:
    missing = abstention.reason == "source_not_held"
    draw(
        element(
            "div",
            element("strong", "⊘ ", words.source_not_held if missing else words.not_answered),
            told(abstention.detail),
            name="abstention",
            role="note",
        )
    )
    if abstention.nearest:
        draw(element("b", words.nearest))
    for place, near in enumerate(abstention.nearest):
        line = element("div", f"“{near.quote}”".replace("\t", " | "), name="near")
        marks.marked(f"{number}-{place}", line, [near], sources, words)
