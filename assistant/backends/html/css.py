"""As much of CSS as it takes to know what of a page is seen: the sheets in the page, the cascade, lengths, colours.

A sheet that lies beside the page is not fetched. Selectors that are not understood (states) match nothing.
"""

from __future__ import annotations

import base64
import colorsys
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from lxml import etree

MAX_SHEET = 2_000_000
MAX_RULES = 20_000
MAX_TESTS = 1_500_000
"""How often a selector is held against an element of one page."""
SCREEN_WIDTH = 1280
"""Of the reader, in pixels, where a sheet asks."""
PROPERTIES = frozenset(
    "display visibility opacity content-visibility position left right top bottom margin-left margin-top margin "
    "text-indent clip clip-path width height max-width max-height overflow overflow-x overflow-y font-size font color "
    "-webkit-text-fill-color background background-color background-image transform filter zoom scale translate rotate "
    "inset line-height white-space mask mask-image".split()
)
Colour = tuple[int, int, int]
Declared = Mapping[str, tuple[str, bool]]
"""Property -> (value in lower case, important)."""

_DECLARATION = re.compile(
    r"""([-\w]+)\s*+:\s*+((?:[^;"'()]++|"[^"]*+"?|'[^']*+'?|\((?:[^()"']++|"[^"]*+"?|'[^']*+'?)*+\)?|\))*+)"""
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_LENGTH = re.compile(
    r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,2})?)\s*(px|em|rem|ex|ch|pt|pc|cm|mm|in|vw|vh|vmin|vmax|%)?$"
)
_VARIABLE = re.compile(r"var\(\s*(--[-\w]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
_DATA_SHEET = re.compile(r"data:text/css(?:;(?!base64)[^,;]*)*(;base64)?,(.*)", re.DOTALL | re.IGNORECASE)
_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?(?:"([^"]*)"|'([^']*)'|([^\s"')]+))""", re.IGNORECASE)
_MOST_CUSTOM = 200
"""Characters of a custom property (longer ones hold pictures), and how many of them a rule may have."""
_MOST_STEPS = 5
_PIXELS = {"px": 1.0, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "pt": 1.333, "pc": 16.0, "cm": 37.8, "mm": 3.78,
           "in": 96.0, "vw": 12.8, "vh": 8.0, "vmin": 8.0, "vmax": 12.8, "%": 12.8}  # fmt: skip
_NAMED: dict[str, Colour] = {
    "white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255),
    "yellow": (255, 255, 0), "silver": (192, 192, 192), "gray": (128, 128, 128), "grey": (128, 128, 128),
    "navy": (0, 0, 128), "maroon": (128, 0, 0), "purple": (128, 0, 128), "teal": (0, 128, 128), "olive": (128, 128, 0),
    "lime": (0, 255, 0), "aqua": (0, 255, 255), "cyan": (0, 255, 255), "fuchsia": (255, 0, 255), "orange": (255, 165, 0),
    "snow": (255, 250, 250), "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255), "floralwhite": (255, 250, 240),
    "whitesmoke": (245, 245, 245), "mintcream": (245, 255, 250), "azure": (240, 255, 255), "aliceblue": (240, 248, 255),
    "seashell": (255, 245, 238), "honeydew": (240, 255, 240), "lavenderblush": (255, 240, 245), "linen": (250, 240, 230),
    "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211), "gainsboro": (220, 220, 220), "darkgray": (169, 169, 169),
    "lightyellow": (255, 255, 224), "beige": (245, 245, 220), "brown": (165, 42, 42), "pink": (255, 192, 203),
    "gold": (255, 215, 0), "darkblue": (0, 0, 139), "darkred": (139, 0, 0), "darkgreen": (0, 100, 0),
}  # fmt: skip


def unescaped(text: str) -> str:
    """CSS text without its escapes: `d\\69splay` is `display`."""
    if "\\" not in text:
        return text

    def letter(match: re.Match[str]) -> str:
        code = int(match[1], 16) if match[1] else 0
        return match[2] or "" if not match[1] else chr(code) if 0 < code < 0xD800 else " "

    return _ESCAPE.sub(letter, text)


@lru_cache(maxsize=2048)
def declarations(style: str) -> Declared:
    """The declarations of a style attribute or a rule that bear on what is seen; of two the last one holds."""
    found: dict[str, tuple[str, bool]] = {}
    for match in _DECLARATION.finditer(unescaped(_COMMENT.sub(" ", style))):
        name, value = match[1].lower(), match[2].strip().lower()
        custom = name.startswith("--") and len(value) <= _MOST_CUSTOM and len(found) < _MOST_CUSTOM
        if not value or not (custom or name in PROPERTIES):
            continue
        important = value.endswith("important") and "!" in value
        if important:
            value = value[: value.rindex("!")].strip()
        if important or name not in found or not found[name][1]:
            found.pop(name, None)  # the order of shorthands and longhands counts
            found[name] = (value, important)
    return found


def resolved(declared: Mapping[str, str], above: Mapping[str, str]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The declarations with custom properties (`--x`, `var(--x)`) replaced by what they stand for, and the custom
    properties that the element hands on. What is not known leaves its property out, or a background unknown."""
    own = {name: value for name, value in declared.items() if name.startswith("--")}
    if not own and not any("var(" in value for value in declared.values()):
        return declared, above
    variables = {**above, **own} if own and len(above) <= 10 * _MOST_CUSTOM else above
    found: dict[str, str] = {}
    for name, value in declared.items():
        if name in own:
            continue
        for _ in range(_MOST_STEPS):
            if "var(" not in value or len(value) > 10 * _MOST_CUSTOM:
                break
            value = _VARIABLE.sub(lambda m: variables.get(m[1], (m[2] or "").strip() or "?"), value)
        if "var(" in value or "?" in value:
            if name.startswith("background"):
                found[name] = "url()"
            continue
        found[name] = value
    return found, variables


def in_address(address: str) -> str | None:
    """The sheet that an address holds itself (`data:text/css,…`); None where it lies elsewhere."""
    match = _DATA_SHEET.match(address.strip())
    if match is None:
        return None
    if not match[1]:
        return unquote(match[2])
    try:
        return base64.b64decode(unquote(match[2]), validate=False).decode("utf-8", "replace")
    except ValueError:
        return ""


def length(value: str, font_size: float = 16.0) -> float | None:
    """Pixels, percentages taken of the screen; None where the value is no length."""
    value = value.strip()
    if value.startswith("calc("):
        value = value[5:].removesuffix(")").strip()
    match = _LENGTH.match(value)
    if match is None:
        return None
    number, unit = float(match[1]), match[2]
    if unit is None:
        return number if number == 0 else None
    return number * (font_size if unit in ("em", "ch") else _PIXELS[unit])


def colour(value: str) -> Colour | None:
    """Red, green, blue of a colour; None where it is not known."""
    value = value.strip()
    if value in _NAMED:
        return _NAMED[value]
    if re.fullmatch(r"#[0-9a-f]{3,8}", value):
        digits = value[1:]
        if len(digits) in (3, 4):
            digits = "".join(d * 2 for d in digits)
        return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)) if len(digits) in (6, 8) else None
    match = re.fullmatch(r"(rgb|hsl)a?\(([^()]{1,80})\)", value)
    parts = re.findall(r"[-+]?[\d.]+%?", match[2]) if match else []
    if match is None or len(parts) < 3:
        return None
    try:
        if match[1] == "hsl":
            hue, full, light = (float(p.rstrip("%")) for p in parts[:3])
            red, green, blue = colorsys.hls_to_rgb(hue % 360 / 360, min(light, 100) / 100, min(full, 100) / 100)
            return round(red * 255), round(green * 255), round(blue * 255)
        numbers = [float(p[:-1]) * 2.55 if p.endswith("%") else float(p) for p in parts[:3]]
    except ValueError:
        return None
    red, green, blue = (min(255, max(0, round(n))) for n in numbers)
    return red, green, blue


def is_clear(value: str) -> bool:
    """Whether a colour is fully transparent."""
    if value == "transparent" or re.fullmatch(r"#[0-9a-f]{3}0|#[0-9a-f]{6}0[0-9a-f]", value):
        return True
    match = re.fullmatch(r"(?:rgb|hsl)a?\([^()]*?[,/]\s*(0?\.?\d+)(%?)\s*\)", value)
    if match is None or ("/" not in value and value.count(",") < 3):
        return False
    return float(match[1]) <= (5 if match[2] else 0.05)


@lru_cache(maxsize=50_000)
def place_of(element: etree._Element, same_kind: bool, from_end: bool) -> int:
    """Which of its siblings an element is, counted from 1. Asked for by every rule that counts, so kept: whoever
    asks clears the cache when the page is done."""
    place = 1
    for other in element.itersiblings(preceding=not from_end):
        place += not same_kind or other.tag == element.tag
        if place > _MOST_SIBLINGS:
            break
    return place


@dataclass(frozen=True, slots=True)
class _Pseudo:
    """`:not(.a, .b)`, `:is(p, li)`, `:nth-of-type(2n+1)`."""

    name: str
    choices: tuple[_Compound, ...] = ()
    step: int = 0
    first: int = 0

    def matches(self, element: etree._Element) -> bool:
        if self.name == "root":
            return element.getparent() is None
        if self.choices:
            return any(choice.matches(element) for choice in self.choices) == (self.name != "not")
        place = place_of(element, self.name.endswith("of-type"), "last" in self.name)
        if place > _MOST_SIBLINGS:
            return False
        beyond = place - self.first
        return beyond == 0 if self.step == 0 else beyond % self.step == 0 and beyond // self.step >= 0


def _pseudo(name: str, argument: str | None) -> _Pseudo | None:
    """None where it is not understood."""
    if name == "root":
        return _Pseudo(name)
    if name in ("first-child", "last-child", "first-of-type", "last-of-type"):
        return _Pseudo(name, first=1)
    argument = argument or ""
    if name in ("nth-child", "nth-of-type", "nth-last-child", "nth-last-of-type"):
        argument = argument.lower().replace(" ", "")
        argument = {"odd": "2n+1", "even": "2n"}.get(argument, argument)
        match = re.fullmatch(r"(?:([-+]?\d{0,5})n)?([-+]?\d{1,5})?", argument)
        if match is None or not argument:
            return None
        step = 0 if match[1] is None else int(match[1] + "1") if match[1] in ("", "+", "-") else int(match[1])
        return _Pseudo(name, step=step, first=int(match[2] or 0))
    if name not in ("not", "is", "where", "matches"):
        return None
    choices = []
    for text in _listed(argument):
        selector = _selector(text)
        if selector is None or len(selector) != 1:
            return None
        choices.append(selector[0])
    return _Pseudo(name, tuple(choices)) if choices else None


def _listed(selectors: str) -> list[str]:
    """The selectors of a list; a comma within brackets parts none."""
    return [part for part in _LISTED.findall(selectors) if part.strip()] if "(" in selectors else selectors.split(",")


@dataclass(frozen=True, slots=True)
class _Compound:
    """One element of a selector: `p.note#x[open]`."""

    tag: str
    id: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...]
    combinator: str
    """What ties it to the one before it: ' ', '>', '+', '~'."""
    pseudos: tuple[_Pseudo, ...] = ()

    def matches(self, element: etree._Element) -> bool:
        if self.tag and element.tag != self.tag:
            return False
        if self.id and element.get("id") != self.id:
            return False
        if self.classes and not self.classes <= set((element.get("class") or "").split()):
            return False
        if not all(_attribute_matches(element.get(name), sign, value) for name, sign, value in self.attributes):
            return False
        return all(pseudo.matches(element) for pseudo in self.pseudos)


def _attribute_matches(found: str | None, sign: str, value: str) -> bool:
    if found is None:
        return False
    match sign:
        case "":
            return True
        case "=":
            return found == value
        case "~=":
            return value in found.split()
        case "^=":
            return bool(value) and found.startswith(value)
        case "$=":
            return bool(value) and found.endswith(value)
        case "*=":
            return bool(value) and value in found
    return found == value or found.startswith(value + "-")


@dataclass(frozen=True, slots=True)
class _Rule:
    selector: tuple[_Compound, ...]
    rank: tuple[int, int, int, int]
    declared: Declared


_SIMPLE = re.compile(
    r"""\*|(?P<tag>[a-zA-Z][\w-]*)|\#(?P<id>(?:[\w-]|[^\x00-\x7f]|\\.)+)|\.(?P<class>(?:[\w-]|[^\x00-\x7f]|\\.)+)
    |\[\s*(?P<name>[\w:-]+)\s*(?:(?P<sign>[~|^$*]?=)\s*(?P<value>"[^"]*"|'[^']*'|[^\]\s]+)\s*)?[is]?\s*\]
    |:(?P<pseudo>[a-z][a-z-]*)(?:\((?P<argument>(?:[^()]|\([^()]*\))*)\))?""",
    re.VERBOSE,
)
_LISTED = re.compile(r"(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+")
_MOST_SIBLINGS = 1_000
_MOST_NESTED = 6


def _selector(text: str) -> tuple[_Compound, ...] | None:
    """The compounds of a selector from left to right; None where it is not understood."""
    found: list[_Compound] = []
    position, combinator = 0, ""
    text = text.strip()
    if not text or len(text) > 400:
        return None
    while position < len(text):
        tag = id = ""
        classes: set[str] = set()
        attributes: list[tuple[str, str, str]] = []
        pseudos: list[_Pseudo] = []
        start = position
        while part := _SIMPLE.match(text, position):
            position = part.end()
            if part["tag"]:
                tag = part["tag"].lower()
            elif part["id"]:
                id = unescaped(part["id"])
            elif part["class"]:
                classes.add(unescaped(part["class"]))
            elif part["name"]:
                attributes.append((part["name"].lower(), part["sign"] or "", (part["value"] or "").strip("\"'")))
            elif part["pseudo"]:
                pseudo = _pseudo(part["pseudo"], part["argument"])
                if pseudo is None:
                    return None
                pseudos.append(pseudo)
        if position == start:
            return None
        if any(p.name == "not" for p in pseudos) and (
            tag in ("html", "body") or any(p.name == "root" for p in pseudos)
        ):
            return None  # what scripts set on the whole page is not known
        found.append(_Compound(tag, id, frozenset(classes), tuple(attributes), combinator, tuple(pseudos)))
        between = re.compile(r"\s*([>+~])\s*|\s+").match(text, position)
        if between is None:
            return tuple(found) if position == len(text) else None
        combinator = between[1] or " "
        position = between.end()
    return None


@dataclass(slots=True)
class Sheets:
    """The rules of a page's own style sheets."""

    rules: int = 0
    tests: int = 0
    cut: bool = False
    """Some rules were not read or not held against every element: there are too many."""
    external: bool = False
    """The page also uses sheets that lie elsewhere."""
    _by_id: dict[str, list[_Rule]] = field(default_factory=dict)
    _by_class: dict[str, list[_Rule]] = field(default_factory=dict)
    _by_tag: dict[str, list[_Rule]] = field(default_factory=dict)

    def add(self, sheet: str, depth: int = 0) -> None:
        if len(sheet) > MAX_SHEET:
            sheet, self.cut = sheet[:MAX_SHEET], True
        sheet = _COMMENT.sub(" ", sheet)
        if depth < _MOST_NESTED:
            for match in _IMPORT.finditer(sheet):
                if (imported := in_address(match[1] or match[2] or match[3])) is not None:
                    self.add(imported, depth + 1)
        for selectors, body in _rules(sheet):
            declared = declarations(body)
            if not declared:
                continue
            for text in _listed(selectors):
                selector = _selector(text)
                if selector is None:
                    continue
                if self.rules >= MAX_RULES:
                    self.cut = True
                    return
                self.rules += 1
                rank = (
                    sum(bool(c.id) for c in selector),
                    sum(len(c.classes) + len(c.attributes) + len(c.pseudos) for c in selector),
                    sum(bool(c.tag) for c in selector),
                    self.rules,
                )
                last, rule = selector[-1], _Rule(selector, rank, declared)
                if last.id:
                    self._by_id.setdefault(last.id, []).append(rule)
                elif last.classes:
                    self._by_class.setdefault(min(last.classes), []).append(rule)
                else:
                    self._by_tag.setdefault(last.tag, []).append(rule)

    def declared(self, element: etree._Element, inline: str | None) -> Mapping[str, str]:
        """What holds for an element of its own: the page's rules and its style attribute, by the cascade."""
        if not self.rules:
            return {name: value for name, (value, _) in declarations(inline).items()} if inline else {}
        best: dict[str, tuple[tuple[bool, bool, tuple[int, int, int, int]], str]] = {}
        own = []
        for rule in self._candidates(element):
            if self.tests >= MAX_TESTS:
                self.cut = True
                break
            if self._holds(rule, element):
                own.append((rule.rank, rule.declared, False))
        if inline:
            own.append(((0, 0, 0, 0), declarations(inline), True))
        for rank, declared, is_inline in own:
            for name, (value, important) in declared.items():
                weight = (important, is_inline, rank)
                if name not in best or best[name][0] <= weight:
                    best.pop(name, None)
                    best[name] = (weight, value)
        return {name: value for name, (_, value) in sorted(best.items(), key=lambda item: item[1][0])}

    def _candidates(self, element: etree._Element) -> Iterator[_Rule]:
        if (id := element.get("id")) is not None:
            yield from self._by_id.get(id, ())
        for name in set((element.get("class") or "").split()[:50]):
            yield from self._by_class.get(name, ())
        yield from self._by_tag.get(element.tag, ())
        yield from self._by_tag.get("", ())

    def _holds(self, rule: _Rule, element: etree._Element) -> bool:
        self.tests += 1
        here: etree._Element | None = element
        compounds = list(rule.selector)
        last = compounds.pop()
        if not last.matches(element):
            return False
        combinator = last.combinator
        while compounds:
            compound = compounds.pop()
            while True:
                self.tests += 1
                assert here is not None
                here = here.getparent() if combinator in " >" else here.getprevious()
                if here is None:
                    return False
                if compound.matches(here):
                    break
                if combinator in ">+" or self.tests >= MAX_TESTS:
                    return False
            combinator = compound.combinator
        return True


_BRACE = re.compile(r"[{}]")
_AT_STATEMENT = re.compile(r"(?:\s*@[^{};]*;|\s*<!--|\s*-->)+")


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of the rules that hold on a screen."""
    position = 0
    while (start := sheet.find("{", position)) >= 0:
        # The brace that closes a group of rules is passed over as it comes.
        head = sheet[position:start].strip("} \n\t\r\f")
        if statement := _AT_STATEMENT.match(head):
            head = head[statement.end() :].strip()
        if head.startswith("@"):
            name = (re.match(r"@[\w-]*", head) or [""])[0][1:].lower()
            if name in ("supports", "layer", "container") or (name == "media" and _on_screen(head[6:])):
                position = start + 1
                continue
        end = _closing(sheet, start)
        if not head.startswith("@"):
            yield from _nested(head, sheet[start + 1 : end], 0)
        position = end + 1


def _nested(selectors: str, body: str, depth: int) -> Iterator[tuple[str, str]]:
    """A rule, and the rules that stand in it."""
    if "{" not in body:
        yield selectors, body
        return
    own: list[str] = []
    inner: list[tuple[str, str]] = []
    position = 0
    while (start := body.find("{", position)) >= 0:
        before = max(body.rfind(";", position, start) + 1, position)
        own.append(body[position:before])
        end = _closing(body, start)
        inner.append((body[before:start].strip(), body[start + 1 : end]))
        position = end + 1
    own.append(body[position:])
    yield selectors, ";".join(own)
    if depth >= _MOST_NESTED:
        return
    parents = [parent.strip() for parent in _listed(selectors)[:20]]
    for head, part in inner:
        if head.startswith("@"):
            name = (re.match(r"@[\w-]*", head) or [""])[0][1:].lower()
            if name in ("supports", "layer", "container") or (name == "media" and _on_screen(head[6:])):
                yield from _nested(selectors, part, depth + 1)
            continue
        heads = _listed(head)[:20]
        whole = [h.replace("&", p) if "&" in h else f"{p} {h.strip()}" for p in parents for h in heads]
        text = ",".join(whole)
        if len(text) <= 10_000:
            yield from _nested(text, part, depth + 1)


def _closing(sheet: str, start: int) -> int:
    depth = 0
    for brace in _BRACE.finditer(sheet, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return len(sheet)


def on_screen(media: str | None) -> bool:
    """Whether a sheet for these media is used on a screen."""
    return not media or _on_screen(media)


def _on_screen(query: str) -> bool:
    return any(_one_query(part.strip().lower()) for part in query.split(","))


def _one_query(query: str) -> bool:
    negated = query.startswith("not ")
    holds = not re.match(r"(?:only |not )?(?:print|speech|aural|braille|handheld|tty|projection|embossed)\b", query)
    for feature, value in re.findall(r"\(\s*([\w-]+)\s*(?::\s*([^()]*))?\)", query):
        size = length(value) if value else None
        if feature == "min-width" and size is not None:
            holds = holds and size <= SCREEN_WIDTH
        elif feature == "max-width" and size is not None:
            holds = holds and size >= SCREEN_WIDTH
        else:
            holds = False
    return holds != negated
