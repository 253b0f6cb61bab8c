"""The notes of a web page and the places that call them: by links, else by raised or bracketed figures.

A call is a link that looks like a mark and leads to a place further down; the block around that place is the note. A
link in a note that leads back is not text. Where nothing is linked, a raised figure calls the next block that begins
with the same figure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from assistant.backends.html.tree import HEADINGS, is_within, words_of
from assistant.reading.markup import Call
from assistant.reading.roles import heads_notes

MAX_CALLS = 10_000
_BLOCKS = frozenset(
    "p li div dd dt td th tr aside section article blockquote figcaption body main footer ol ul dl".split()
)
_CLIMBED = frozenset({"li", "dd", "aside", "tr"})
_MARK = re.compile(
    r"[\[(〔]?\s*(?:(?P<word>notes?|fn|footnote|ref|주|각주|미주)\s*\.?\s*)?(?P<label>\d{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§¶#]{1,4})\s*[\])〕.]{0,2}",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[\[(〔].*[\])〕]|.*\)")
_RAISED = re.compile(r"\s*[\[(]?\s*주?\s*(\d{1,3}(?:\s*,\s*\d{1,3})*|[*†‡§¶]{1,3})\s*[\])]?\s*")
_ARROWS = re.compile(r"[\s^↑↩⏎↵⤴⬆▲⇑←\ufe0e\ufe0f.,()\[\]]*")
_BACK_WORDS = re.compile(r"(?:jump|go)?\s*(?:back|up|return)(?:\s+(?:up|to|back).{0,30})?|본문으로|위로", re.IGNORECASE)
_NOTE_NAME = re.compile(r"(?:^|[-_\s])_?(?:s?d?foot|end|fn|ftn|edn|cite|ref|note|각주|미주)", re.IGNORECASE)
_LEADING = re.compile(r"\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)]|주?\s?(\d{1,3})\))\s*(?=\S)")
_PERMALINK = re.compile(r"[#¶🔗⚓]\ufe0f?|§")
_PUNCTUATION = re.compile(r"[\s,;\[\]()–-]*")


@dataclass(slots=True)
class Notes:
    """Where notes are called and where they stand, by elements of the tree."""

    calls: dict[etree._Element, tuple[Call, ...]] = field(default_factory=dict)
    entries: dict[etree._Element, str] = field(default_factory=dict)
    """A note is all of this element: its label."""
    starts: dict[etree._Element, str] = field(default_factory=dict)
    """A note begins at this element and ends with the paragraph, or where the next begins."""
    dropped: set[etree._Element] = field(default_factory=set)
    """Links that lead back, and what stands around them."""
    numbers: dict[str, str] = field(default_factory=dict)
    """Of each label, what the calls of it show."""
    plain: dict[str, str] = field(default_factory=dict)
    """Number -> label of notes that are called by a figure in square brackets in the running text."""

    def holds(self, element: etree._Element) -> bool:
        return element in self.entries or element in self.starts


def find_notes(root: etree._Element) -> Notes:
    """The notes of a page; brackets around a call are taken out of the tree."""
    notes = Notes()
    order = {element: i for i, element in enumerate(root.iter(etree.Element))}
    for link in root.iter("a"):
        # What a heading offers to be linked by.
        if (link.get("href") or "").startswith("#") and _PERMALINK.fullmatch(words_of(link, 10)):
            notes.dropped.add(link)
    _linked(root, order, notes)
    _unlinked(root, order, notes)
    return notes


def _linked(root: etree._Element, order: dict[etree._Element, int], notes: Notes) -> None:
    places: dict[str, etree._Element] = {}
    for element in order:
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                places.setdefault(name, element)
    links: list[tuple[etree._Element, str, etree._Element]] = []
    backs: list[tuple[etree._Element, etree._Element]] = []
    for link in root.iter("a"):
        place = (
            places.get(unquote((link.get("href") or "").rpartition("#")[2]))
            if "#" in (link.get("href") or "")
            else None
        )
        if place is None or len(links) >= MAX_CALLS:
            continue
        shown = words_of(link, 40)
        mark = _MARK.fullmatch(shown)
        if (
            order[place] > order[link]
            and mark
            and not is_within(link, place)
            and (_is_strong(link) or _BRACKETED.fullmatch(shown) or _is_bracketed(link))
        ):
            links.append((link, (f"{mark['word']} " if mark["word"] else "") + mark["label"], place))
        elif order[place] < order[link]:
            backs.append((link, place))
    targets = {place for _, _, place in links}
    held: Counter[etree._Element] = Counter()
    for place in targets:
        held[place] += 1
        held.update(place.iterancestors())
    calling = {ancestor for link, _, _ in links for ancestor in link.iterancestors()}
    labels: dict[etree._Element, str | None] = {}
    for link, shown, place in links:
        if place not in labels:
            sure = _is_strong(link) or _begins_with(_block(place), shown) or _begins_with(place, shown)
            labels[place] = (
                f"#{order[place]}" if sure and _enter(place, f"#{order[place]}", held, calling, notes) else None
            )
        if (label := labels[place]) is not None:
            number = notes.numbers.setdefault(label, shown)
            notes.calls[link] = (Call(label, number),)
            _unbracket(link)
    around = set(notes.calls) | {
        a for link in notes.calls for a in link.iterancestors("sup", "span", "b", "i", "em", "strong", "small")
    }
    for link, place in backs:
        entry = next((a for a in link.iterancestors() if a in notes.entries), None)
        if entry is None and not any(_block(s) is _block(link) for s in notes.starts):
            continue
        shown = words_of(link, 40)
        leads_back = place in around or any(c in notes.calls for c in place.iter("a"))
        if _is_back(link, shown) or (leads_back and _MARK.fullmatch(shown)):
            _drop(link, entry, notes)


def _is_strong(link: etree._Element) -> bool:
    """Whether the markup says that a link is the call of a note."""
    words = " ".join(link.get(name) or "" for name in ("role", "epub:type", "class", "rel", "style")).lower()
    if "noteref" in words or "footnote" in words or "fnref" in words:
        return True
    if any(child.tag == "sup" for child in link):
        return True
    above = link.getparent()
    while above is not None and above.tag not in _BLOCKS:
        if above.tag == "sup" or "footnote" in (above.get("class") or "").lower():
            return True
        above = above.getparent()
    return False


def _is_bracketed(link: etree._Element) -> bool:
    """Whether brackets stand around a link."""
    before, above = link.getprevious(), link.getparent()
    ahead = (before.tail if before is not None else above.text if above is not None else None) or ""
    return (ahead[-1:], (link.tail or "")[:1]) in (("[", "]"), ("(", ")"))


def _is_back(link: etree._Element, shown: str) -> bool:
    words = " ".join(link.get(name) or "" for name in ("role", "epub:type", "class", "rev")).lower()
    return "back" in words or bool(_ARROWS.fullmatch(shown)) or bool(_BACK_WORDS.fullmatch(shown.strip(" ()[]↑↩")))


def _enter(
    place: etree._Element, label: str, held: Counter[etree._Element], calling: set[etree._Element], notes: Notes
) -> bool:
    """Finds the extent of the note at a place. False where no note can stand there."""
    entry = _block(place)
    if entry is None or place.tag in HEADINGS or any(a.tag in HEADINGS for a in place.iterancestors()):
        return False
    if held[entry] > 1 or entry in calling or entry.tag in ("body", "main", "article", "section"):
        behind = _empty_before(place)
        if behind is None:
            notes.starts[place] = label
            return True
        entry = behind
    if any(child.tag in HEADINGS for child in entry.iter(etree.Element)) or entry in notes.entries:
        return False
    if len(words_of(entry, 12)) <= 6:
        above, behind = entry.getparent(), entry.getnext()
        if above is not None and held[above] == 1 and above not in calling and above.tag in _BLOCKS - {"body", "main"}:
            entry = above
        elif behind is not None and behind.tag in ("dd", "div", "p", "td"):
            entry.append(behind)
    for above in entry.iterancestors():
        named = _NOTE_NAME.search(f"{above.get('id') or ''} {above.get('class') or ''}") and above.tag in (
            "div",
            "section",
        )
        if not (above.tag in _CLIMBED or named) or held[above] > 1 or above in calling:
            break
        if any(child.tag in HEADINGS for child in above.iter(etree.Element)):
            break
        entry = above
    notes.entries[entry] = label
    return True


def _empty_before(place: etree._Element) -> etree._Element | None:
    """The block right behind an empty anchor."""
    while place.tag not in _BLOCKS:
        if words_of(place, 3) or (place.tail or "").strip():
            return None
        behind = place.getnext()
        if behind is not None:
            return behind if behind.tag in _BLOCKS else None
        above = place.getparent()
        if above is None:
            return None
        place = above
    behind = place.getnext() if not words_of(place, 3) else None
    return behind if behind is not None and behind.tag in _BLOCKS else None


def _begins_with(block: etree._Element | None, shown: str) -> bool:
    """Whether a block says that it is the note of this mark: by its first figure, its place in a list, or its name."""
    if block is None:
        return False
    if block.tag == "li" and shown.isdigit():
        return True
    if words_of(block, 60).lstrip("[(〔^↑ ").split(" ")[0].rstrip("])〕.:,") == shown:
        return True
    return _NOTE_NAME.search(f"{block.get('id') or ''} {block.get('class') or ''}") is not None


def _drop(link: etree._Element, entry: etree._Element | None, notes: Notes) -> None:
    """Leaves a link back out, with whatever only stands around such links."""
    notes.dropped.add(link)
    above = link.getparent()
    while above is not None and above is not entry and above.tag not in _BLOCKS:
        rest = [above.text or "", *(child.tail or "" for child in above)]
        whole = all(c in notes.dropped or not words_of(c, 3) for c in above)
        if not whole or not _ARROWS.fullmatch("".join(rest)):
            break
        notes.dropped.add(above)
        above = above.getparent()


def _unbracket(link: etree._Element) -> None:
    """Takes away what stands around a call in the text: brackets, and commas among raised calls."""
    raised = next((a for a in link.iterancestors("sup") if len(words_of(a, 60)) < 50), None)
    if raised is not None:
        for element in raised.iter(etree.Element):
            if element.text and element is not link and _PUNCTUATION.fullmatch(element.text):
                element.text = None
            if element.tail and element is not raised and _PUNCTUATION.fullmatch(element.tail):
                element.tail = None
        link = raised
    before, above = link.getprevious(), link.getparent()
    if above is None or not link.tail or link.tail[0] not in "])":
        return
    opening = "[" if link.tail[0] == "]" else "("
    ahead = (before.tail if before is not None else above.text) or ""
    if not ahead.endswith(opening):
        return
    link.tail = link.tail[1:]
    if before is not None:
        before.tail = ahead[:-1]
    else:
        above.text = ahead[:-1]


def _unlinked(root: etree._Element, order: dict[etree._Element, int], notes: Notes) -> None:
    taken = {a for link in notes.calls for a in link.iterancestors("sup")}
    leading: dict[str, list[tuple[int, etree._Element]]] = {}
    raised: list[tuple[etree._Element, list[str]]] = []
    for sup in root.iter("sup"):
        if sup in taken or sup in notes.dropped or len(raised) >= MAX_CALLS:
            continue
        match = _RAISED.fullmatch(words_of(sup, 40))
        block = _block(sup)
        if match is None or block is None or any(a in notes.entries for a in sup.iterancestors()):
            continue
        labels = re.split(r"\s*,\s*", match[1])
        if _opens(block, sup) and len(labels) == 1:
            leading.setdefault(labels[0], []).append((order[sup], sup))
        else:
            raised.append((sup, labels))
    if not notes.calls:
        for number, block in _listed(root, order):
            leading.setdefault(number, []).append((order[block], block))
            leading[number].sort(key=lambda pair: pair[0])
            if number not in notes.plain and block.tag != "li":
                notes.plain[number] = f"#{order[block]}"
    called: dict[etree._Element, str] = {}
    for sup, labels in raised:
        found = [next((p for at, p in leading.get(n, ()) if at > order[sup]), None) for n in labels]
        if any(place is None for place in found):
            continue
        made = []
        for number, place in zip(labels, found, strict=True):
            assert place is not None
            called[place] = f"#{order[place]}"
            notes.numbers[called[place]] = number
            made.append(Call(called[place], number))
        notes.calls[sup] = tuple(made)
    for place, label in called.items():
        if place.tag == "sup":
            block = _block(place)
            assert block is not None
            own = sum(1 for other in called if _block(other) is block)
            notes.dropped.add(place)
            if own == 1 and block.tag != "body":
                notes.entries.setdefault(block, label)
            else:
                notes.starts[place] = label
        else:
            notes.entries.setdefault(place, label)
    _plainly(root, order, notes)


def _listed(root: etree._Element, order: dict[etree._Element, int]) -> Iterator[tuple[str, etree._Element]]:
    """(number, block) of the notes that stand behind a heading such as 'Endnotes'."""
    open_ = False
    for element in order:
        if element.tag in HEADINGS or (element.tag in ("p", "strong", "b") and len(words_of(element, 40)) < 30):
            text = words_of(element, 60)
            if heads_notes(text):
                open_ = True
                continue
            open_ = open_ and element.tag not in HEADINGS
        if not open_:
            continue
        if element.tag == "li":
            above = element.getparent()
            if above is not None and above.tag == "ol":
                yield str(above.index(element) + 1), element
        elif element.tag in ("p", "div", "dd", "td") and not any(c.tag in _BLOCKS for c in element):
            match = _LEADING.match(words_of(element, 20) + "x")
            if match:
                yield next(g for g in match.groups() if g), element


def _plainly(root: etree._Element, order: dict[etree._Element, int], notes: Notes) -> None:
    """Keeps those bracketed figures that the text before the notes calls."""
    if not notes.plain:
        return
    by_label = {f"#{i}": element for element, i in order.items()}
    first = min(order[by_label[label]] for label in notes.plain.values())
    seen: set[str] = set()
    for element, at in order.items():
        if at >= first:
            break
        for text in (element.text, element.tail):
            seen.update(re.findall(r"(?<=\S)\[(\d{1,3})\]", text or ""))
    notes.plain = {number: label for number, label in notes.plain.items() if number in seen}
    for number, label in notes.plain.items():
        notes.numbers[label] = number
        notes.entries.setdefault(by_label[label], label)


def _opens(block: etree._Element, sup: etree._Element) -> bool:
    """Whether a raised figure is the first that a block says, and words follow it."""
    element = sup
    while element is not block:
        above, before = element.getparent(), element.getprevious()
        if above is None or (above.text or "").strip():
            return False
        while before is not None:
            if words_of(before, 3) or (before.tail or "").strip():
                # Behind a line break another note may begin in the same paragraph.
                return before.tag == "br" and not (before.tail or "").strip()
            before = before.getprevious()
        element = above
    return len(words_of(block, 30)) > len(words_of(sup, 30)) + 3


def _block(element: etree._Element | None) -> etree._Element | None:
    while element is not None and element.tag not in _BLOCKS:
        element = element.getparent()
    return element
