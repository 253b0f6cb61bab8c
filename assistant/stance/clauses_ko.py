"""Who does what to whom in Korean: clauses cut at their connectives, with places told by particles."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.stance.clauses import Frame
from assistant.types import Span

_END = re.compile(
    r"(?:[했았었였됐렸꿨졌냈났왔갔봤줬쳤켰썼겠]고|하고|되고|이고|않고|하며|되며|이며|[으하되이]며|면서|지만|으나|[는은한된인]데|했으나|"
    r"[아어해여]서|므로|니까|다|음|함|됨|임)[,.]?$"
)
_AGENT = re.compile(r"(?:에서는|에는|께서|이|가|은|는)[,]?$")
_TOPIC = re.compile(r"(?:은|는)[,]?$")
_PATIENT = re.compile(r"(?:을|를)[,]?$")
_OTHER = re.compile(r"(?:에게서|에게|에서|으로부터|로부터|부터|까지|으로|로|에|와|과|보다|한테)[,]?$")
_VERBAL = re.compile(
    r"(?:하는|되는|했던|지는|[가-힣]{2,}한|[가-힣]{2,}된|[가-힣]{2,}할|[가-힣]{2,}될|않은|않는|못한|있는|없는)$"
)
"""Words before a noun that look like a noun with a particle."""
_LIGHT = re.compile(
    r"^(?:않|못[하했한]|아니|없|있|했다|한다|하였다|하기|되었다|된다|것|수(?=$|는|도|가|없|있)|중(?:이|인)|위해|바(?=$|가|는|이)|"
    r"(?:계획|예정|방침|전망|가능성|검토)(?:이|인|을|중|[.]|$))"
)
_DENIED = re.compile(r"[지]\s?(?:는\s|도\s|를\s)?(?:않|못)|(?<![가-힣])(?:안|못)\s|(?:이|가|은|는|수)\s?없|못했|못하")
_PLANNED = re.compile(r"(?:[가-힣]\s|[할을될])?\s?(?:계획|예정|방침|전망|가능성|검토|추진\s?중|수\s?있)")
_PASSIVE = re.compile(r"(?:되었|됐|되고|되며|되지|받았|당했|된다|되는)")


@lru_cache(maxsize=4096)
def frames_ko(text: str) -> tuple[Frame, ...]:
    """The clauses of a Korean text in their order; a topic holds for the clauses behind it that have no subject."""
    words = [Span(*m.span()) for m in re.finditer(r"\S+", text)]
    found: list[Frame] = []
    start, shared = 0, None
    for n, span in enumerate(words):
        if not _END.search(span.slice(text)) and n + 1 < len(words):
            continue
        frame = _frame(text, words[start : n + 1], shared)
        if frame is not None:
            found.append(frame)
            shared = frame.patient if _passive(text, words[start : n + 1]) else frame.agent or shared
        start = n + 1
    return tuple(found)


def _passive(text: str, words: list[Span]) -> bool:
    return bool(_PASSIVE.search(text[words[-1].start : words[-1].end]))


def _frame(text: str, words: list[Span], shared: Span | None) -> Frame | None:
    tail = len(words) - 1
    while tail > 0 and _LIGHT.match(words[tail].slice(text)):
        tail -= 1
    verb = words[tail]
    if not re.search(r"[가-힣]", verb.slice(text)):
        return None
    subject: Span | None = None
    topic: Span | None = None
    patient: Span | None = None
    others: list[Span] = []
    begin = 0
    for n, span in enumerate(words[:tail]):
        word = span.slice(text)
        if _VERBAL.search(word):
            continue
        region = Span(words[begin].start, span.end)
        if _PATIENT.search(word):
            patient = patient or region
        elif _TOPIC.search(word):
            topic = topic or region
        elif _AGENT.search(word):
            subject = subject or region
        elif _OTHER.search(word):
            others.append(region)
        else:
            continue
        begin = n + 1
    if begin < tail:
        others.append(Span(words[begin].start, words[tail - 1].end))
    whole = text[verb.start : words[-1].end]
    planned = _PLANNED.search(text[verb.start : words[-1].end])
    agent = subject or topic or shared
    if subject is not None and topic is not None:
        others.append(topic)
    if _passive(text, [verb]) and patient is None:
        agent, patient = None, agent
    empty = bool(re.match(r"(?:이다|있|없|이며|이고)", verb.slice(text))) or bool(
        re.search(r"(?:이다|(?<!하)였다|이었다)[.]?$", verb.slice(text))
    )
    return Frame(
        verb,
        empty,
        agent,
        patient,
        tuple(others),
        "stated",
        planned.group().strip() if planned else "",
        bool(_DENIED.search(whole)),
    )
