"""The unit that a caption, a line above a table or the head of a column gives."""

from __future__ import annotations

import re

from assistant.reading.roles import unit_of

_MONEY = (
    r"(?:(?:US|AU|CA|NZ|HK|[ACS])\$|(?:U\.S\. )?dollars|USD|KRW|EUR|JPY|CNY|GBP|AUD|CAD|NZD|CHF|SEK|NOK|DKK|[$€£¥₩])"
)
_SCALE = r"(?:thousands?|millions?|billions?|trillions?|[bmt]n|mill?\.?)"
_KOREAN = r"(?:[십백천]*[만억조]?\s?(?:원|(?:호주|캐나다)?\s?달러|불|유로|엔|위안|명|개|건|톤|가구|호|천명)|퍼센트)"
_PLAIN = (
    rf"(?:in\s+)?(?:(?:{_MONEY}\s?(?:(?:in\s)?{_SCALE}|[kmb]\b)?|{_SCALE}(?:\s+of\s+[\w.$ -]{{2,40}})?|current\s+{_MONEY})"
    r"|%(?:\s?(?:of|p)\b[^()]{0,40}|p)?|percent(?:age)?(?:\s(?:points?|of|change)\b[^()]{0,40})?"
    rf"|{_KOREAN}(?:\s?,\s?%)?|persons?|tons?|hectares?|\d{{4}}\s?=\s?100)"
)
_COUNTED = rf"(?:in\s+)?{_SCALE}(?:\s+[^\W\d][\w.$-]*){{1,3}}"
"""A scale with what is counted, as "thousand metric tons": only in brackets, where words are not a sentence's."""
_BRACKETED = re.compile(rf"[(\[（]\s*({_PLAIN}|{_COUNTED})\s*[)\]）]", re.IGNORECASE)
_WHOLE = re.compile(rf"[(\[（]?\s*({_PLAIN})\s*[)\]）]?", re.IGNORECASE)
_TAIL = re.compile(
    r",\s*((?:in\s+)?(?:thousands|millions|billions|trillions)\b[^,()]{0,40}|in\s+percent(?:age)?[^,()]{0,30}|percent(?:age)?)\s*$",
    re.IGNORECASE,
)
_SAID = re.compile(r"(?:units?|단위)\s*[:：]\s*([^()\[\]]{1,40}?)\s*[)\]]?\s*$", re.IGNORECASE)


_NAMES = {
    **dict.fromkeys(("us$", "usd", "$", "dollar", "달러", "미달러", "미국달러", "불"), "USD"), **dict.fromkeys(("krw", "₩", "won", "원"), "KRW"),
    **dict.fromkeys(("eur", "€", "euro", "유로"), "EUR"), **dict.fromkeys(("jpy", "¥", "yen", "엔"), "JPY"),
    **dict.fromkeys(("cny", "rmb", "yuan", "위안"), "CNY"), **dict.fromkeys(("gbp", "£", "pounds sterling", "파운드"), "GBP"),
    **dict.fromkeys(("a$", "au$", "aud", "australian dollar", "호주달러"), "AUD"), **dict.fromkeys(("c$", "ca$", "cad", "canadian dollar", "캐나다달러"), "CAD"),
    **dict.fromkeys(("nz$", "nzd"), "NZD"), **dict.fromkeys(("hk$", "hkd"), "HKD"), **dict.fromkeys(("s$", "sgd"), "SGD"),
    **dict.fromkeys(("chf", "swiss franc", "스위스프랑"), "CHF"), "sek": "SEK", "nok": "NOK", "dkk": "DKK",
}  # fmt: skip
_TIMES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "mn": 10**6, "mill": 10**6, "bn": 10**9, "tn": 10**12,
    "k": 10**3, "m": 10**6, "b": 10**9, "백": 100, "천": 10**3, "만": 10**4, "십만": 10**5, "백만": 10**6, "천만": 10**7, "억": 10**8,
    "십억": 10**9, "백억": 10**10, "천억": 10**11, "조": 10**12,
}  # fmt: skip
_WORD_SCALE = r"thousands?|millions?|billions?|trillions?|mn|mill\.?|bn|tn"
_ENGLISH = re.compile(
    rf"(?:(?P<one>{_WORD_SCALE})\s)?(?:of\s)?(?:(?:current|constant|nominal|real|\d{{4}})\s)*(?<![A-Za-z])"
    r"(?P<money>(?:US|AU|CA|NZ|HK|[ACS])\$|(?:USD|KRW|EUR|JPY|CNY|RMB|GBP|AUD|CAD|NZD|HKD|SGD|CHF|SEK|NOK|DKK)(?![A-Za-z])|[$€£¥₩]|"
    r"(?:(?:U\.S\.|Australian|Canadian)\s)?dollars?\b|pounds sterling\b|euros?\b|yen\b|yuan\b|Swiss francs?\b|won\b)"
    rf"(?:\s?(?:in\s)?(?P<two>(?:{_WORD_SCALE})\b|[kmb]\b))?",
    re.IGNORECASE,
)
_HANGUL = re.compile(
    r"(?<![가-힣])(?P<scale>[십백천]?[만억조]|[백천])?\s?(?P<money>(?:호주|캐나다|미국?|스위스)?\s?(?:달러|프랑)|불|원|유로|엔|위안|파운드)(?![가-힣])"
)
_SCALED = re.compile(rf"\b(?:in\s)?(?P<scale>{_WORD_SCALE})\b", re.IGNORECASE)
_COUNTS = re.compile(
    r"(?<![가-힣])(?P<scale>[십백천]?[만억조]|[백천])?\s?(?:(?P<people>명|인)|(?P<things>개소|개사|개|건|곳|호|가구|대|척|채)|(?P<tons>톤))(?![가-힣])"
    r"|\b(?P<persons>persons?|people|employees|workers)\b|\b(?P<tonnes>tonnes|metric tons|tons)\b|\b(?P<hectares>hectares)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"%|\bpercent(?:age)?\b|\bper cent\b|퍼센트", re.IGNORECASE)
_POINTS = re.compile(r"%\s?p\b|%\s?포인트|percentage points?", re.IGNORECASE)


def meaning(words: str, head: bool = False) -> tuple[str | None, int]:
    """The unit and the scale that the words of a unit give: `$ in millions`, `£ thousand`, `천 달러`, `명`. Of the `head` of a
    column only whole words count, and `won` only with its scale: `Seats won` and `직원 수` name no money.
    """
    words = " ".join(words.split())
    for m in _ENGLISH.finditer(words):
        scale = (m["one"] or m["two"] or "").lower().rstrip(".")
        if m["money"].lower() == "won" and not scale and words.lower() not in ("won", "korean won", "in won"):
            continue
        if not scale and (told := _SCALED.search(words)) is not None:
            scale = told["scale"].lower().rstrip(".")
        tens = re.search(rf"\b(10|100)\s(?:{_WORD_SCALE})\b", words, re.IGNORECASE)  # `KRW 100 million`
        if tens is not None and not scale:
            scale = words[tens.end(1) :].split()[0].lower()
        return _NAMES[_name(m["money"])], _TIMES.get(scale, _TIMES.get(scale.rstrip("s"), 1)) * (
            int(tens[1]) if tens else 1
        )
    if h := _HANGUL.search(words):
        return _NAMES[re.sub(r"\s", "", h["money"])], _TIMES.get(h["scale"] or "", 1)
    if _POINTS.search(words):
        return "points", 1
    if _PERCENT.search(words):
        return "percent", 1
    told = _SCALED.search(words)
    scale_only = _TIMES.get(told["scale"].lower().rstrip("s."), 1) if told is not None else 1
    if not head and (c := _COUNTS.search(words)) is not None:
        scale_only = _TIMES.get(c["scale"] or "", scale_only)
        unit = (
            "people"
            if c["people"] or c["persons"]
            else "hectares"
            if c["hectares"]
            else "kilograms"
            if c["tons"] or c["tonnes"]
            else "count"
        )
        return unit, scale_only * (1000 if unit == "kilograms" else 1)
    return None, scale_only


def _name(money: str) -> str:
    low = money.lower().replace("u.s. ", "")
    return low if low in _NAMES else low.rstrip("s")


def bracketed(text: str) -> tuple[str, ...]:
    """What stands in brackets and gives a unit, and what stands behind `unit:`."""
    found = [m[1].strip() for m in re.finditer(r"[(\[（]\s*([^()\[\]（）]{1,50}?)\s*[)\]）]", text)]
    said = [m[1].strip() for m in (_SAID.search(text),) if m is not None]
    return tuple(w for w in (*said, *found) if meaning(w) != (None, 1))


def unit_in(text: str) -> str | None:
    """The unit that the words give, if they give one; of several, the first."""
    text = " ".join(text.split())
    if not text:
        return None
    known = unit_of(text)
    if known:
        return known
    for form in (_SAID, _BRACKETED, _TAIL):
        found = form.search(text)
        if found and found[1].strip():
            return found[1].strip()
    return None


def is_unit(text: str) -> bool:
    """Whether a line says nothing but a unit."""
    text = " ".join(text.split())
    if not text or len(text) > 70:
        return False
    if _WHOLE.fullmatch(text) or _SAID.fullmatch(text.strip("()[]（） ")):
        return True
    known = unit_of(text)
    return known is not None and len(known) >= 0.6 * len(text.strip("()[]"))
