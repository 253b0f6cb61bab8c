"""Which part of a web page is its article: menus, banners, link lists and comments are left out.

Nothing of an article may be lost, so an element goes only for what it is (`nav`, a role, a name such as `share`) while
it holds little of the page's prose, and a part is chosen only where what is outside of it holds next to none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from assistant.backends.html.notes import Notes
from assistant.backends.html.tree import HEADINGS, is_within

_CONTROLS = frozenset(
    "button select option optgroup textarea iframe object embed video audio canvas svg map progress meter applet "
    "frameset area".split()
)
_ROLES = frozenset(
    "navigation banner contentinfo complementary search menu menubar toolbar dialog alertdialog tablist alert status "
    "button doc-toc doc-pagelist".split()
)
_STRONG = frozenset(
    "nav navbar navigation navi navbox gnb lnb snb tnb menu menus submenu breadcrumb breadcrumbs crumbs cookie cookies "
    "consent gdpr share shares sharing sharebar sharedaddy social socials sns addtoany addthis disqus comments "
    "commentlist respond newsletter subscribe subscription signup login signin advert adverts advertisement ad ads adsbygoogle "
    "sponsored sponsor pagination paginate paging pager prevnext skip skiplink skiplinks skipnav masthead topbar utility "
    "toolbar popup modal lightbox overlay editsection catlinks tagcloud toc printfooter noprint jump satisfaction "
    "sitemap familysite quickmenu searchform searchbox donate paywall copyright skipnavigation accessibility indicators".split()
)
_WEAK = frozenset(
    "header footer sidebar aside related recommend recommended recommendations recirc popular trending promo promos widget "
    "widgets banner print tags tag teaser teasers links more readmore rail secondary bottom author-box byline-box partners "
    "carousel slider ticker rss feedback survey contact tools meta hatnote siblings prev next comment feed follow".split()
)
_PROSE_ENDS = frozenset(".!?。…:;”\"')）」』다음함임됨")
_BLOCKS = frozenset(
    "p div li dd dt td th tr table tbody thead tfoot ul ol dl section article main body blockquote pre figure figcaption "
    "caption h1 h2 h3 h4 h5 h6 header footer aside nav form fieldset address details summary hr br center".split()
)


@dataclass(slots=True)
class _Weight:
    """What an element holds."""

    text: int = 0
    linked: int = 0
    prose: int = 0
    """Characters of running text and of table cells outside of links."""
    links: int = 0


@dataclass(slots=True)
class Article:
    """The part of the page to read, and the elements in it to leave out."""

    root: etree._Element
    left_out: set[etree._Element] = field(default_factory=set)
    sure: bool = True
    """The page itself says which part this is."""

    def leaves_out(self, element: etree._Element) -> bool:
        return any(above in self.left_out for above in (element, *element.iterancestors()))


def find_article(body: etree._Element, notes: Notes) -> Article:
    """The article of a page; the whole body where nothing stands out."""
    keeping = {a for e in (*notes.entries, *notes.starts) for a in (e, *e.iterancestors())}
    called = {a for link in notes.calls for a in (link, *link.iterancestors())}
    weights = _weigh(body)
    total = weights[body]
    left_out: set[etree._Element] = set()
    for element in _outermost(body, lambda e: _is_furniture(e, weights, total, keeping)):
        left_out.add(element)
        lost = weights[element]
        for above in element.iterancestors():
            if above not in weights:
                break
            held = weights[above]
            held.text, held.linked = held.text - lost.text, held.linked - lost.linked
            held.prose, held.links = held.prose - lost.prose, held.links - lost.links
    root, sure = _root(body, weights, left_out)
    # The notes that the article calls belong to it wherever they stand.
    while root is not body and root in called and not all(is_within(e, root) for e in (*notes.entries, *notes.starts)):
        root = next(root.iterancestors())
    left_out |= _link_lists(root, weights, left_out, keeping)
    return Article(root, left_out, sure)


def whole_page(body: etree._Element) -> Article:
    """All of a page but its menus and controls, where no part of it is an article."""
    return Article(body, {e for e in body.iter(etree.Element) if e.tag in _CONTROLS or e.tag == "nav"}, sure=False)


def _weigh(body: etree._Element) -> dict[etree._Element, _Weight]:
    weights: dict[etree._Element, _Weight] = {}
    stack: list[tuple[_Weight, bool, list[str]]] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            in_link = element.tag == "a" or bool(stack and stack[-1][1])
            opens = element.tag in _BLOCKS or not stack
            if opens and stack:
                _say(stack[-1][2], stack[-1][0], element.getparent())
            stack.append((_Weight(links=int(element.tag == "a")), in_link, [] if opens else stack[-1][2]))
            _hear(element.text, stack[-1])
            continue
        weight, _, said = stack.pop()
        if not stack or element.tag in _BLOCKS:
            _say(said, weight, element)
        weights[element] = weight
        if stack:
            above = stack[-1][0]
            above.text, above.linked = above.text + weight.text, above.linked + weight.linked
            above.prose, above.links = above.prose + weight.prose, above.links + weight.links
            _hear(element.tail if element is not body else None, stack[-1])
    return weights


def _hear(text: str | None, state: tuple[_Weight, bool, list[str]]) -> None:
    if not text or text.isspace():
        return
    size = len(" ".join(text.split()))
    if not any(c.isalnum() for c in text):
        return  # what parts links in a row
    state[0].text += size
    if state[1]:
        state[0].linked += size
        state[2].append("")
    else:
        state[2].append(text)


def _say(said: list[str], weight: _Weight, element: etree._Element | None) -> None:
    """Adds what a block said to its prose, if it is prose."""
    if not said or element is None:
        return
    text = " ".join(" ".join(said).split())
    linked = "" in said
    del said[:]
    cell = element.tag in ("td", "th") and not linked
    if element.tag in HEADINGS:
        return
    if cell or len(text) > 60 or (len(text) > 20 and text[-1] in _PROSE_ENDS):
        weight.prose += len(text)


def _outermost(body: etree._Element, chosen: object) -> Iterator[etree._Element]:
    assert callable(chosen)
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        if element is not body and chosen(element):
            walk.skip_subtree()
            yield element


def _is_furniture(
    element: etree._Element, weights: dict[etree._Element, _Weight], total: _Weight, keeping: set[etree._Element]
) -> bool:
    tag = element.tag
    if element in keeping or tag in ("html", "body", "main", "wbr") or tag in HEADINGS:
        return False
    if tag in _CONTROLS:
        return True
    weight = weights[element]
    share = weight.prose / max(total.prose, 1)
    dense = weight.linked > 0.4 * max(weight.text, 1)
    if tag == "nav" or element.get("role") in _ROLES:
        return share < 0.5
    inside = _is_inside(element)
    if tag in ("header", "footer"):
        return share < 0.3 and (not inside or (dense and tag == "footer"))
    if tag == "aside":
        return share < 0.3 and (not inside or dense)
    if tag == "form":
        return weight.prose < 200 and share < 0.2 and not _holds_table(element)
    if tag not in ("div", "section", "ul", "ol", "dl", "table", "p", "span", "article", "figure", "li", "td", "a"):
        return False
    names = _names(element)
    if not names:
        return False
    if names & _STRONG:
        return share < 0.3 and (
            dense or weight.prose < 400 or bool(names & {"comments", "disqus", "commentlist", "respond"})
        )
    if names & _WEAK and tag not in ("article", "td", "a", "span", "li"):
        return share < 0.2 and (dense or weight.prose < 120) and not (inside and not dense)
    return False


def _names(element: etree._Element) -> set[str]:
    """The words of an element's id and classes."""
    given = f"{element.get('id') or ''} {element.get('class') or ''}"[:300]
    if given == " ":
        return set()
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", given).lower()
    return set(re.split(r"[-_\s:]+", apart)) - {""} | set(apart.split())


def _is_inside(element: etree._Element) -> bool:
    return any(a.tag in ("article", "main") or a.get("role") in ("main", "article") for a in element.iterancestors())


def _holds_table(element: etree._Element) -> bool:
    return next(element.iter("table"), None) is not None


def _root(
    body: etree._Element, weights: dict[etree._Element, _Weight], left_out: set[etree._Element]
) -> tuple[etree._Element, bool]:
    total = max(weights[body].prose, 1)
    root, sure = body, False
    mains = [e for e in body.iter(etree.Element) if e.tag == "main" or e.get("role") == "main"]
    main = max(mains, key=lambda e: weights[e].prose, default=None)
    if main is not None and weights[main].prose >= 0.4 * total and weights[main].text:
        root, sure = main, True
    articles = [
        e
        for e in root.iter(etree.Element)
        if (e.tag == "article" or e.get("role") == "article" or "articlebody" in (e.get("itemprop") or "").lower())
        and e is not root
    ]
    best = max(articles, key=lambda e: weights[e].prose, default=None)
    if best is not None and weights[best].prose >= (0.8 if sure else 0.5) * max(weights[root].prose, 1):
        # The outermost of those that hold the same words.
        above = next((a for a in best.iterancestors() if a in articles), None)
        root, sure = above if above is not None else best, True
    while True:
        heavy = [
            c for c in root if c in weights and c not in left_out and weights[c].prose >= 0.98 * weights[root].prose
        ]
        if (
            len(heavy) != 1
            or not weights[root].prose
            or heavy[0].tag not in ("div", "section", "article", "main", "form", "center")
        ):
            return root, sure
        if any(
            e.tag in HEADINGS or e.tag == "table"
            for c in root
            if c is not heavy[0] and c not in left_out
            for e in c.iter(etree.Element)
        ):
            return root, sure
        root = heavy[0]


def _link_lists(
    root: etree._Element,
    weights: dict[etree._Element, _Weight],
    left_out: set[etree._Element],
    keeping: set[etree._Element],
) -> set[etree._Element]:
    """Lists of nothing but links, before the first running text or behind the last; and tables of contents."""
    if weights[root].prose < 300:
        return set()
    found: set[etree._Element] = set()
    before: list[tuple[etree._Element, int]] = []
    walk = etree.iterwalk(root, events=("start",))
    passed = 0
    for _, element in walk:
        weight = weights.get(element)
        if weight is None or element in left_out:
            walk.skip_subtree()
            continue
        if element is root or element in keeping or not weight.text:
            continue
        if (
            element.tag in ("ul", "ol", "div", "section", "dl", "table", "p", "center")
            and weight.linked >= 0.85 * weight.text
        ):
            walk.skip_subtree()
            if weight.links >= 3 and weight.text < 60 * weight.links:
                inner = [a for a in element.iter("a") if a.get("href")]
                if inner and all((a.get("href") or "").startswith("#") for a in inner):
                    found.add(element)
                else:
                    before.append((element, passed))
            continue
        passed += weight.prose - sum(weights[child].prose for child in element if child in weights)
    return found | {element for element, at in before if at == 0 or at >= passed}
