"""What a receipt says of its reply as a whole, told anew from its sentences and quotations: the leads, the notices, the
answer as one text, of an abstention why. What cannot be told anew is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from assistant.answering import wording
from assistant.answering.gates.demands import Unmet, told
from assistant.answering.pieces import order
from assistant.answering.sourced import called, within
from assistant.errors import AssistantError
from assistant.pipeline import Assistant
from assistant.pipeline.replying import Retold, on_quotes
from assistant.policy.dates.replies import is_newer_lead
from assistant.policy.receipts.places import computed_of
from assistant.render import led, marks
from assistant.text import language_of
from assistant.types import Citation, Claim, Language, Verdict
from assistant.types.receipts import Checked, Reason, Receipt

ALWAYS = ("question", "made", "chosen", "confidence")
"""What the file says of itself."""


def recorded(assistant: Assistant, saved: Receipt, cited: Mapping[int, Citation]) -> tuple[Checked, tuple[str, ...]]:
    """The reply as a whole against what is told of its parts today, and the keys of what cannot be."""
    retelling = _Retelling(assistant, saved, cited)
    why = tuple(retelling.reasons())
    unchecked = tuple(dict.fromkeys((*ALWAYS, *retelling.unchecked)))
    return Checked("record", "answer", "changed" if why else "holds", why), unchecked


class _Retelling:
    def __init__(self, assistant: Assistant, saved: Receipt, cited: Mapping[int, Citation]) -> None:
        self._assistant = assistant
        self._saved = saved
        self._cited = cited
        self._reply: Mapping[str, Any] = saved.reply
        self.unchecked: list[str] = []

    def reasons(self) -> Iterator[Reason]:
        saved, reply = self._saved, self._reply
        language = language_of(saved.question)
        for key, now in (("question", saved.question), ("language", language), ("origin", saved.origin)):
            if reply.get(key) != now:
                yield Reason("said otherwise", (key, str(now), str(reply.get(key))[:200]))
        yield from self._understood()
        if reply["withheld"] or reply["faults"]:
            self.unchecked.append("withheld")
        if saved.model or any(p.recorded.get("translation") for p in saved.places):
            self.unchecked.append("model")
        claims = tuple(self._claims())
        standing = all(m in self._cited for c in claims for m in (c.citations or (0,)))
        standing = standing and len(self._cited) == len(saved.places)
        markers = list(order(claims)) if claims else sorted(p.marker for p in saved.places)
        if markers != [p.marker for p in saved.places] or markers != list(range(1, len(markers) + 1)):
            yield Reason("markers")
        notices = list(reply["notices"])
        if saved.status == "answered":
            body = " ".join(f"{led(c)} {marks(c)}" for c in claims)
            if reply["answer"] != "\n\n".join([body, *notices]):
                yield Reason("answer")
            if standing:
                yield from self._told(claims, notices, language)
        else:
            tail = "".join(f"\n\n{n}" for n in notices)
            detail = reply["answer"].removesuffix(tail)
            if not reply["answer"].endswith(tail) or (left := self._left(detail, language)) is None:
                yield Reason("answer")
            elif left:
                yield Reason("detail", (left[:200],))
            if len(self._cited) == len(saved.places):
                yield from self._noticed(notices, list(on_quotes(tuple(self._cited.values()), language)), language)

    def _understood(self) -> Iterator[Reason]:
        if self._saved.after or self._saved.model or self._saved.settings.get("model"):
            self.unchecked.append("understood")
            return
        now = self._assistant.prepare(self._saved.question).completed
        if now != self._reply["understood"]:
            yield Reason("said otherwise", ("understood", now, self._reply["understood"][:200]))

    def _claims(self) -> Iterator[Claim]:
        for c in self._saved.claims:
            own = [self._cited[m] for m in c.citations if m in self._cited]
            yield Claim(c.text, c.citations, Verdict(c.verdict), computed_of(c.computed, own), c.lead)

    # ------------------------------------------------------------ answers

    def _told(self, claims: tuple[Claim, ...], notices: list[str], language: Language) -> Iterator[Reason]:
        prepared = self._assistant.prepare(self._reply["understood"], origin=self._saved.origin)
        prepared = replace(prepared, asked=self._saved.question)
        first = [c for c in claims if not is_newer_lead(c.lead)]
        now = self._assistant.retold(prepared, first, tuple(self._cited.values()))
        leads = {(c.text, c.citations): c.lead for c in now.claims}
        for number, claim in enumerate(claims, start=1):
            lead = leads.get((claim.text, claim.citations))
            if lead is None or lead != claim.lead:
                yield Reason("lead", (str(number), lead or "-", claim.lead or "-"))
        yield from self._noticed(notices, list(now.notices), language, now)

    def _noticed(
        self, notices: list[str], now: list[str], language: Language, retold: Retold | None = None
    ) -> Iterator[Reason]:
        for lost in (n for n in now if n not in notices):
            yield Reason("notice lost", (lost,))
        if len(set(notices)) != len(notices) or [n for n in notices if n in now] != [n for n in now if n in notices]:
            yield Reason("notice order")
        for added in (n for n in notices if n not in now):
            if retold is not None and added in retold.may:
                self.unchecked.append("sources")
            elif self._saved.settings.get("model") and _of_a_model(added, self._saved.settings["model"], language):
                self.unchecked.append("model")
            else:
                yield Reason("notice added", (added[:200],))

    # ------------------------------------------------------------ abstentions

    def _left(self, detail: str, language: Language) -> str | None:
        """What of the reason for an abstention is not the assistant's own words; None where it does not begin with them."""
        reply = self._reply
        why = wording.reason(reply["reason"], language)
        if self._saved.within:
            figures = [int(f.replace(",", "")) for f in re.findall(r"\d[\d,]*", detail)[:2]]
            told_ = [wording.confined(a, b, language) for a in (*figures, 0) for b in figures]
            head = next((t for t in told_ if detail.startswith(t)), None)
            if head is None:
                return None if reply["reason"] != "not_a_question" else detail.removeprefix(why)
            self.unchecked.append("confined")
            detail = detail.removeprefix(head).strip()
            if not detail:
                return ""
        if not detail.startswith(why):
            return None
        rest = detail.removeprefix(why).strip()
        if self._saved.places:
            near = wording.nearest(language)
            if not rest.endswith(near):
                return rest or near
            rest = rest.removesuffix(near).strip()
        for strip in (self._lacking, self._unmet, self._pointed):
            rest = strip(rest, language).strip()
        return rest

    def _lacking(self, rest: str, language: Language) -> str:
        """Without the words of the question that the corpus is said not to mention."""
        before, _, after = wording.lacking(["\0"], language).partition("\0")
        if not rest.startswith(before):
            return rest
        asked = f"{self._saved.question} {self._reply['understood']}".casefold()
        at = rest.find(after, len(before))
        while at >= 0:
            names = rest[len(before) : at].split(", ")
            if all(n.strip().casefold() in asked for n in names):
                self.unchecked.append("missing")
                return rest[at + len(after) :]
            at = rest.find(after, at + 1)
        return rest

    def _unmet(self, rest: str, language: Language) -> str:
        """Without what the nearest places are said to speak of instead, in words that stand in them or in the question."""
        known = f"{self._saved.question} {self._reply['understood']} " + " ".join(
            w for c in self._cited.values() for w in (c.quote, c.title, *c.section, *c.headers)
        )
        figures = frozenset(re.findall(r"\d+", known))
        for demand in ("year", "place", "row", "kind"):
            said = told([Unmet(demand, "\1", "\2")], language)
            pattern = re.escape(said).replace("\1", r"([^.]{1,120}?)").replace("\2", r"([^.]{1,300}?)")
            if (m := re.match(pattern, rest)) and all(f in figures for g in m.groups() for f in re.findall(r"\d+", g)):
                self.unchecked.append("missing")
                rest = rest[m.end() :].strip()
        return rest

    def _pointed(self, rest: str, language: Language) -> str:
        """Without the note that is said to name a source."""
        for c in self._cited.values():
            try:
                document = self._assistant.document(c.document)
            except AssistantError:
                continue
            for place, note in enumerate(document.notes):
                if not called(note, c.span) and not within(note, c.span):
                    continue
                works = [w for w in self._assistant.hops.works(document, place) if w.state not in ("held", "ambiguous")]
                if works:
                    named = [e.work for w in works[:3] if (e := self._assistant.ledger.entry(w.id))]
                    said = wording.points(note.number, document.work.title, named, works[0], language)
                    if rest.startswith(said):
                        return rest.removeprefix(said)
        return rest


def _of_a_model(notice: str, model: str, language: Language) -> bool:
    """Whether a notice may be that the language model of the settings failed, or that nothing of it is shown."""
    name = model.partition(":")[2].partition("@")[0] or model
    ends = [wording.model_failed("failed", "", "", language, whole).split(". ", 1)[-1] for whole in (True, False)]
    return name in notice and any(notice.endswith(e) for e in ends)
