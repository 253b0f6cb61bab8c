"""Whose a figure is: told by another (`the Institute puts it at`, `학회는 … 추정함`), or of the document's own making."""

from __future__ import annotations

import re

from assistant.types import Document, Span

_NAME = (
    r"(?:[A-Z][\w.&'\u2019-]*(?:\s(?:for|of|and|on|the|in)(?=\s(?:the\s)?[A-Z]))*(?:\sthe(?=\s[A-Z]))?\s)*[A-Z][\w.&-]*"
)
_PUTS = re.compile(
    rf"(?:^|[;:.]\s|,\s|\b(?:and|but|while|whereas)\s)(?:[Tt]he\s)?(?P<who>{_NAME}),?(?:\s[^,;:.]{{0,40}},)?\s(?:has\s|had\s|have\s|recently\s|itself\s)?"
    r"(?:put|puts|estimate[sd]?|reckon(?:s|ed)?|report(?:s|ed)|calculate[sd]?|project(?:s|ed)|forecasts?|say|says|said|state[sd]?|claim(?:s|ed)?|find|finds|found)\s"
)
_NO_NAME = re.compile(
    r"(?:An?|The|This|That|These|Those|It|They|He|She|We|One|Some|Most|Many|Both|Its|Their|Our|In|By|As|For|There|Which|Who|I)\b"
)
_GOVERNS = re.compile(r"[;:]|\.\s|\b(?:while|whereas|but)\b|,\s(?:and\s)?(?:we|our|this|the paper)\b", re.IGNORECASE)
_PUTS_KO = re.compile(
    r"(?:^|[\s,(])(?P<who>[가-힣A-Za-z·]{2,20}(?:학회|협회|연구원|연구소|은행|위원회|재단|센터|기구|공단|공사|대학교|부|청|처|IMF|OECD))(?:은|는|이|가)\s"
)
_VERB_KO = re.compile(r"(?:추정|추산|집계|발표|전망|보고|밝|파악|예측|산정|분석)(?:하|함|한|했|됨|되|혔|힌|히)")
_GAUGED_KO = re.compile(
    r"(?P<who>[가-힣A-Za-z·]{2,20}(?:학회|협회|연구원|연구소|은행|위원회|재단|센터|기구|공단|공사))\s(?:추산|추정|집계|조사|자료|통계)"
)
_OURS = re.compile(
    r"\b(?:our|(?:\w+['\u2019]s )?own|the authors?['\u2019]s?)\s(?:\w+\s){0,2}(?:survey|estimates?|calculations?|analysis|data|sample|model)\b|\b[Ww]e (?:estimate|find|calculate|surveyed|put|project)\b"
    r"|본 (?:연구|보고서|연구원)(?:의|는|은|이|에서)"
)


def is_ours(text: str) -> bool:
    """Whether a sentence says that its figure is of the document's own making: `our survey`, `we estimate`."""
    return _OURS.search(text) is not None


def said_by(document: Document, text: str, figure: Span) -> str:
    """Who tells a figure, where the sentence names another than the document's own author as its teller; else ''."""
    for m in reversed(list(_PUTS.finditer(text, 0, figure.start))):
        if _GOVERNS.search(text, m.end(), figure.start):
            continue
        if _NO_NAME.match(m["who"]):
            continue
        return "" if _author(document, m["who"]) or is_ours(text) else m["who"]
    for m in reversed(list(_PUTS_KO.finditer(text, 0, figure.start))):
        verb = _VERB_KO.search(text, figure.end)
        if (
            verb is None
            or re.search(r"[가-힣](?:고|며|지만|으나),?\s", text[figure.end : verb.start()])
            or _author(document, m["who"])
        ):
            continue
        return m["who"]
    told = _GAUGED_KO.search(text, 0, figure.start)
    if told is not None and not _author(document, told["who"]):
        return told["who"]
    return ""


def made_here(document: Document, source: str) -> bool:
    """Whether the source line of a table names whoever wrote the document."""
    m = re.match(r"\(?(?:Sources?|자료|출처)\s?[:：]\s?(?P<who>[^,;.(]{4,60})", source)
    return m is not None and _author(document, m["who"].strip())


def _author(document: Document, name: str) -> bool:
    """Whether a name is an author's, the publisher's, or stands in the byline, above the first heading of the text."""
    own = name.strip().removeprefix("the ").removeprefix("The ").casefold()
    if any(own in str(person).casefold() for person in document.work.authors):
        return True
    heading = next((b.span.start for b in document.blocks if b.kind == "heading"), 0)
    top = " ".join(document.text[: min(heading, 600)].split()).casefold()
    return len(own) > 3 and own in top
