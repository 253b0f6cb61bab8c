"""The chat: a question, an answer whose every sentence opens its evidence, or a refusal that says why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import streamlit as st

from assistant.errors import AssistantError
from assistant.protocols import Asker, LanguageModel, Library
from assistant.render import answer_string
from assistant.sources.ledger import Ledger
from assistant.sources.sheets import sheet_of_reply
from assistant.stance.reasons import particles
from assistant.types import (
    Abstention,
    Answer,
    Citation,
    Claim,
    Document,
    Exchange,
    Reply,
    Within,
    Work,
    WorkKind,
)
from assistant.ui import confining, downloads, evidence, frame, marks, writer
from assistant.ui.confining import Confined
from assistant.ui.evidence import Shown
from assistant.ui.foreign import Markup, Part, draw, element, letters, told
from assistant.ui.strings import LANGUAGES, Strings, counted
from assistant.ui.strings_ask import WORDS
from assistant.wiring import exporting

REMEMBERED = 5
"""Exchanges that a follow-up question is completed from."""
LONGEST_SHOWN = 600
"""Characters of a question that are shown: one too long to be answered need not fill the page."""


Receipt = Callable[[Reply, Sequence[str], Within], bytes]
"""Makes the receipt of a reply, from the questions before it and what confined it."""


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
    def alone(self) -> Asker:
        """The same without its model: nothing is sent to it."""
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
    confined: Confined | None = None
    asked_model: str = ""
    """The language model that was to write, or ''."""
    withdrawn: int = 0
    """Sentences that were in sight while the model wrote, and are no part of the reply."""
    receipt: bytes | None = None


def page(open_assistant: Callable[[], Grounded], receipt: Receipt | None = None) -> None:
    """The whole page. `open_assistant` is called at each run and is expected to be cached; `receipt` makes what
    `assistant verify` replays.

    The newest exchange stands first, below the input: a mark then opens downwards and nothing moves
    under the finger. At the end of a page Streamlit would scroll the mark away from what it opened.
    """
    words = frame.begin(0, "centered")
    turns: list[Turn] = st.session_state.setdefault("turns", [])
    assistant = frame.opened(open_assistant, words)
    if assistant is None:
        return
    library = assistant.library
    held = [library.document(id).work for id in library.document_ids()]
    alone = bool(assistant.model and st.session_state.get("alone"))
    with st.container(key="status"):
        _status(assistant, held, alone, words)
    with st.container():  # in a container it stays here; else it is pinned below and holds the page at its end
        asked = st.chat_input(words.placeholder) or st.session_state.pop("example", None)
        corrected = st.session_state.pop("corrected", None)
        asked = asked or corrected
    with st.container(key="how", horizontal=True, vertical_alignment="center"):
        origin = st.toggle(words.cite_origin, key="origin", persist_state="session", help=words.cite_origin_means)
        if assistant.model:
            mine = WORDS[words.language]
            st.toggle(mine.alone, key="alone", persist_state="session", help=mine.alone_means)
        within = confining.control(held, words.language)
        if turns:
            st.button(words.new_conversation, key="new", on_click=_start_anew)
    confined = confining.confined(within, held)
    confining.status(confined, words.language)
    if asked and not asked.strip():
        asked = None
    start = st.empty()
    if not turns and not asked:
        with start.container():
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
            turns.append(_asked(assistant, asked, before, How(origin, alone, confined, receipt), words))
        st.rerun()


def _start_anew() -> None:
    st.session_state["turns"] = []
    marks.close("")


def _status(assistant: Grounded, held: Sequence[Work], alone: bool, words: Strings) -> None:
    """Whether papers or digests answer, from which index, and which model writes, or that none does."""
    if not held:
        draw(element("div", words.nothing_held, name="status"))
        return
    of_kind = Counter(w.kind for w in held)
    forms: dict[WorkKind, tuple[str, str]] = {"paper": words.papers, "digest": words.digests, "source": words.sources}
    named = words.joined.join(counted(form, of_kind[kind]) for kind, form in forms.items() if of_kind[kind])
    only_digests = of_kind["digest"] and not of_kind["paper"]
    short = particles((words.digests_only if only_digests else words.answers_from).format(named))
    more = [*map(_line, writer.about(assistant.model, alone, words))]
    more.append(element("div", words.index.format(assistant.index)))
    if of_kind["digest"]:
        more.insert(0, element("div", words.add_papers, " ", element("code", "assistant ingest PATH")))
    writes = writer.short(assistant.model, alone, words)
    draw(
        element(
            "div",
            element("details", element("summary", element("b", short), " ", writes), *more),
            name="status",
        )
    )


def _line(words: str) -> Markup:
    return element("div", words)


def _examples(words: Strings) -> None:
    draw(element("p", words.intro))
    for number, example in enumerate(words.examples):
        st.button(example, key=f"example-{number}", on_click=_choose, args=(example,))


def _choose(example: str) -> None:
    st.session_state["example"] = example


@dataclass(frozen=True, slots=True)
class How:
    """How the next question is asked."""

    origin: bool
    alone: bool
    """Without the language model."""
    confined: Confined
    receipt: Receipt | None = None


def _asked(assistant: Grounded, question: str, turns: Sequence[Turn], how: How, words: Strings) -> Turn:
    """The exchange; while it is made, a model's sentences are shown as they are verified, each with its marks."""
    shown = st.empty()
    model = assistant.model if not how.alone else None
    asker: Asker = assistant.alone if how.alone else assistant
    try:
        with st.spinner(words.looking):
            told = writer.followed(
                asker.stream(question, history(turns), origin=how.origin, within=how.confined.within), shown, words
            )
        reply = told.reply
        cited = reply.citations if isinstance(reply, Answer) else reply.nearest
        sources = marks.quoted(cited, assistant.document, assistant.library)
        return Turn(
            question,
            reply,
            sources,
            exporting.records(assistant.library, assistant.ledger),
            how.confined,
            model.name if model else "",
            told.withdrawn,
            how.receipt(reply, [e.question for e in history(turns)], how.confined.within) if how.receipt else None,
        )
    except AssistantError as error:
        return Turn(question, str(error), confined=how.confined)


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
        confining.told(turn.confined, reply.language)
        reply = replace(reply, notices=tuple(writer.head(reply, turn.withdrawn, turn.asked_model, own)))
        if isinstance(reply, Answer):
            notices = _answer(number, reply, turn.sources, own)
        else:
            _abstention(number, reply, turn.sources, own)
            notices = list(reply.notices)
        writer.foot(reply, own)
        for notice in notices:
            draw(element("div", told(notice), name="notice"))
        whole = turn.outcome
        downloads.popover(f"{number}", lambda: sheet_of_reply(whole, turn.records), words, receipt=turn.receipt)


def _understood(number: int, understood: str, words: Strings) -> None:
    """What the question was taken to mean, and a line in which it can be put right and asked anew."""
    with st.container(key=f"understood-{number}", gap=None):
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
            element("div", *_said(claim, mine), *_judged(claim, mine, about, words), name="claim"),
            mine,
            sources,
            words,
        )
    return left


_OURS = re.compile(r"\[[^\[\]]+\]")
"""Words in brackets in a quoted sentence: ours, where the quotes have them not."""


def _said(claim: Claim, cited: Sequence[Citation]) -> list[Part]:
    """The words of a claim, told apart from ours: who says it, and what a pronoun stands for."""
    parts: list[Part] = [element("strong", f"{claim.lead}: ")] if claim.lead else []
    at = 0
    for m in _OURS.finditer(claim.text):
        if not any(m[0] in c.quote for c in cited):
            parts += [claim.text[at : m.start()], element("span", m[0], name="ours")]
            at = m.end()
    return [*parts, claim.text[at:]]


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
                evidence.sign("⚠"),
                element("strong", words.verdicts[claim.verdict.support]),
                evidence.because(claim.verdict, words),
                name=f"doubt verdict {claim.verdict.support}",
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
    draw(
        element(
            "div",
            element("strong", "⊘ ", WORDS[words.language].refusals[abstention.reason]),
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
