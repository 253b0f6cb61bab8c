"""Telling a page that holds the source from one that stands before it: a log-in, a paywall, a notice of cookies.

Judged by what a reader would see and by the fields of forms, never by status or headers: walls come with "200 OK".
A sentence alone decides nothing, since articles are written on cookies and log-ins too: a wall is short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

WallKind = Literal["log-in", "paywall", "cookies", "robot check", "script", "not found", "empty"]


@dataclass(frozen=True, slots=True)
class Signs:
    """What is looked at of a web page."""

    title: str = ""
    """The name of the window."""
    headings: tuple[str, ...] = ()
    text: str = ""
    """All that is seen, menus and notices too."""
    article: str = ""
    """The article alone."""
    unscripted: str = ""
    """What is shown to a reader without JavaScript."""
    passwords: int = 0
    """Fields for a password that are seen or hidden."""
    scripts: int = 0
    free: bool = True
    """Whether the page says of itself that all may read it."""


@dataclass(frozen=True, slots=True)
class Wall:
    kind: WallKind
    why: str
    """What gave it away, to follow 'the page'."""


_SHORT, _TEASER = 1600, 4000
"""Sizes in Latin letters: a notice is shorter than the one, an article that is shown whole longer than the other."""

_NOT_FOUND = re.compile(
    r"\b(?:(?:page|file|document|article|resource|content|url)\s+(?:\w+\s+){0,4}?(?:(?:was|is|were|has been|be|could)\s+)?"
    r"(?:not\s+(?:be\s+)?found|no longer (?:available|exists?)|does(?:n['’]t| not) exist|removed|deleted)|error 404|404 error|http 404|"
    r"404\s*[-–—:|.]?\s*(?:page\s+)?not found|not found\b.{0,20}\b404|(?:can['’]?t|cannot|couldn['’]t|could not) find (?:the|that|this|your)\s+(?:\w+\s+)?page|"
    r"domain (?:name )?(?:is|may be) for sale|buy this domain|this domain has expired)"
    r"|페이지를\s*찾을\s*수\s*없|존재하지\s*않는\s*(?:페이지|게시물|게시글|문서|주소|글)|삭제되었거나|삭제된\s*(?:페이지|게시물|게시글|글)"
    r"|(?:페이지|게시물|게시글|문서|주소|자료)(?:가|이|를|을|는|은)?\s*(?:존재하지\s*않|삭제되었|없습니다)|잘못된\s*(?:주소|경로|접근)|서비스(?:가|를)?\s*종료",
    re.IGNORECASE,
)
_NOT_FOUND_TITLE = re.compile(r"^\W*(?:error\s*)?(?:404|410)\b|not found\W*$|찾을 수 없", re.IGNORECASE)
_LOGIN = re.compile(
    r"\b(?:(?:please|you (?:must|need to|have to)|required to|continue|in order)\s+(?:\w+\s+){0,4}?(?:log|sign)[ -]?in|(?:log|sign)[ -]?in (?:to|with|required|"
    r"using)|(?:forgot|reset)(?: your)? password|create an? (?:new )?account|members? only|institutional (?:log|sign)[ -]?in|"
    r"access through your institution|session (?:has )?(?:expired|timed out))"
    r"|로그인(?:이|을|하|해|\s*후|\s*하)|회원\s*(?:전용|만|가입)|아이디\s*(?:찾기|저장|와)|비밀번호\s*(?:찾기|재설정)|(?:권한|접근\s*권한)이\s*없",
    re.IGNORECASE,
)
_LOGIN_TITLE = re.compile(
    r"^\W*(?:member |user |account |customer )?(?:log|sign)[ -]?(?:in|on)\b|\b(?:log|sign)[ -]?in\W*$|로그인|single sign-on",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"\b(?:(?:verify|confirm|prove|check|make sure)\w*\s+(?:that\s+)?(?:you(?:['’]re| are)|if you are)\s+(?:a |not a )?(?:human|robot|bot)|(?:are you|not) a (?:robot|bot)\b|"
    r"checking (?:your browser|if the site connection is secure)|captcha|unusual (?:traffic|activity)|just a moment|"
    r"attention required|access (?:to this page )?(?:has been |is |was )?denied|you have been blocked|request (?:was )?(?:blocked|unsuccessful)|"
    r"ddos protection|verifying (?:you are human|your connection)|security (?:check|verification))"
    r"|자동\s*(?:등록|입력|접속)\s*방지|보안\s*문자|비정상적인\s*(?:접근|트래픽|요청)|접근이?\s*(?:차단|거부|제한)|로봇이\s*아닙니다|차단되었습니다",
    re.IGNORECASE,
)
_SCRIPT = re.compile(
    r"\b(?:enable|turn on|activate|allow|requires?|need(?:s|ed)?|without|disabled|support)\b[^.]{0,60}\bjava ?script\b"
    r"|\bjava ?script\b[^.]{0,60}\b(?:enabled?|disabled|required|turned (?:on|off)|not (?:supported|available))"
    r"|자바\s*스크립트|javascript를\s*(?:사용|활성|허용)|스크립트를\s*(?:사용|활성|허용)",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"\bcookies?\b|\bconsent\b|\bpartners\b.{0,60}\b(?:data|personal)|\bgdpr\b|\bprivacy (?:settings|choices|preferences)"
    r"|\b(?:accept|reject|manage) (?:all|preferences|options|choices|settings)|쿠키|개인정보\s*(?:수집|처리|이용)|동의(?:합니다|하고|하지|함|해)|모두\s*(?:동의|허용|거부)",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"\b(?:subscri(?:be|ption)\b[^.]{0,40}\b(?:to (?:continue|read|unlock|access|keep reading)|required|for full access)|(?:to )?(?:continue|keep) reading\b[^.]{0,50}\b(?:subscri|regist|log|sign|account|member|trial|pay)"
    r"|(?:read|access|view|unlock|get|see) (?:the |this )?(?:full|whole|entire|rest of (?:the|this)) (?:article|story|text|report|paper|document|content)\b[^.]{0,60}\b(?:subscri|purchas|log|sign|buy|member|pay|account|regist|institution|trial)"
    r"|(?:subscri\w+|purchas\w+|buy|log in|sign in|register|become a member|pay)\b[^.]{0,60}\b(?:read|access|view|unlock|get|see) (?:the |this )?(?:full|whole|entire|rest)\b"
    r"|already a (?:subscriber|member)|(?:subscribers?|members?)[ -](?:only|exclusive)|(?:this|the) (?:article|story|content|report) is (?:only |exclusively )?(?:for|available (?:only )?to) (?:\w+ )?(?:subscribers|members)"
    r"|(?:buy|purchase|rent) (?:this )?(?:article|chapter|pdf|access|instant access)|article pdf\W{0,5}(?:usd|us\$|\$|€|£)|you(?:['’]ve| have) (?:reached|used|read) (?:your|all|the)\b[^.]{0,40}\b(?:free|limit)|free articles? (?:left|remaining)"
    r"|check access|get access to the full|preview of subscription content)"
    r"|(?:기사|전문|본문|콘텐츠|논문|자료)[^.]{0,25}(?:구독|유료|결제|구매|멤버십|회원)[^.]{0,25}(?:이용|보|읽|열람|제공|공개|가능|필요|하세요|하십시오|전용)|(?:구독|결제|유료\s*회원|멤버십|회원\s*가입)[^.]{0,30}(?:전문|전체|이어서|계속|나머지)[^.]{0,15}(?:보|읽|이용|열람)"
    r"|(?:구독자|유료\s*회원|프리미엄\s*회원|정회원|유료)\s*(?:전용|만|에게만)|이미\s*구독|무료\s*기사[^.]{0,20}(?:모두|소진|초과)|논문\s*구매|원문\s*구매|유료\s*(?:기사|콘텐츠|서비스|논문)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?。\n]+[.!?。]?")


def judge(signs: Signs) -> Wall | None:
    """The wall that a page is; None for a page that may hold the source."""
    article = weight(signs.article)
    text = signs.text if len(signs.text) < 20_000 else signs.text[:12_000] + "\n" + signs.text[-8_000:]
    head = " · ".join((signs.title, *signs.headings[:3]))
    named = [signs.title, *signs.headings[:2]]
    if article < _SHORT:
        titled = any(_NOT_FOUND_TITLE.search(n) for n in named)
        if titled or _NOT_FOUND.search(head) or (article < _SHORT / 2 and _NOT_FOUND.search(signs.article or text)):
            return Wall("not found", "says that what was asked for is not there")
        if _ROBOT.search(head) or (article < _SHORT / 2 and _ROBOT.search(text)):
            return Wall("robot check", "asks for a sign that a person reads it, or keeps programs out")
        if _is_login(signs, article, text, named):
            return Wall("log-in", "asks for a log-in")
    if weight(text) < _SHORT / 4 and (_SCRIPT.search(text) or _SCRIPT.search(signs.unscripted)):
        return Wall("script", "shows its text only to browsers that run its scripts")
    if article < _SHORT and _SCRIPT.search(head + " " + signs.article) and weight(signs.article) < _SHORT / 3:
        return Wall("script", "shows its text only to browsers that run its scripts")
    if article < _SHORT and _share(signs.article or text, _COOKIES) >= 0.5:
        return Wall("cookies", "speaks of cookies and consent, and of nothing else")
    if _is_paywall(signs, article, text):
        return Wall("paywall", "shows a beginning, and the rest to those who pay or subscribe")
    if weight(text) < 60:
        if signs.scripts:
            return Wall("script", "shows its text only to browsers that run its scripts")
        return Wall("empty", "holds no text")
    return None


def weight(text: str) -> int:
    """How much a text says, in Latin letters: a Hangul syllable says as much as two and a half."""
    letters = sum(c.isalnum() for c in text)
    hangul = sum("가" <= c <= "힣" or "一" <= c <= "鿿" for c in text)
    return letters + hangul * 3 // 2


def _is_login(signs: Signs, article: int, text: str, named: list[str]) -> bool:
    if any(_LOGIN_TITLE.search(n) for n in named) and (signs.passwords or article < _SHORT / 2):
        return True
    asks = len(_LOGIN.findall(signs.article or text))
    if signs.passwords:
        return asks > 0 and article < _SHORT / 2
    return asks > 1 and article < _SHORT / 4


def _is_paywall(signs: Signs, article: int, text: str) -> bool:
    asks = {m.group().lower() for m in _PAYWALL.finditer(text)}
    if article >= _TEASER:
        return False
    if not signs.free and article < _TEASER:
        return True
    # A call to subscribe may stand beside any article: it must stand where the article breaks off, or be made twice.
    if any(_PAYWALL.search(part) for part in (signs.article[-600:],)):
        return True
    return len(asks) > 1 or (bool(asks) and article < _SHORT)


def _share(text: str, pattern: re.Pattern[str]) -> float:
    """How much of a text its sentences with the pattern are."""
    sentences = [s.strip() for s in _SENTENCE.findall(text) if s.strip()]
    whole = sum(map(weight, sentences))
    return sum(weight(s) for s in sentences if pattern.search(s)) / whole if whole else 0.0
