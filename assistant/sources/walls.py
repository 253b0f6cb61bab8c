"""Telling a page that holds the source from one that stands before it: a log-in, a paywall, a notice of cookies.

Judged by what a reader would see and by the fields of forms, never by status or headers: walls come with "200 OK".
A sentence alone decides nothing, since articles are written on cookies and log-ins too: a wall is short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

WallKind = Literal["log-in", "paywall", "cookies", "robot check", "script", "not found", "closed", "empty"]
"""`closed`: for maintenance, for a while."""


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
    """Whether the page leaves it open that all may read it."""
    gated: bool = False
    """Whether a part of it is named as a paywall."""
    frames: int = 0
    """Parts that show another page or a file."""


@dataclass(frozen=True, slots=True)
class Wall:
    kind: WallKind
    why: str
    """What gave it away, to follow 'the page'."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a fetched file was seen to be, by its content."""

    type: str
    """The media type."""
    wall: Wall | None = None
    """What it is instead of the source: of a web page, and of a text of a few lines."""
    onward: str | None = None
    """Where a page without text of its own sends its reader at once, as it stands in the page."""
    paper: str | None = None
    """Where a page on a publication says that its PDF lies, as it stands in the page."""
    title: str = ""
    """What it calls itself: a window's name, or a file's own field."""
    headings: str = ""
    text: str = ""
    """What is seen of it, cut; of a file of pages, the first ones. Empty where no text was found."""
    doubt: str | None = None
    """Why it is not taken for the work that was asked for, as a sentence that ends in what to do; told by whoever knows
    the work."""


_SHORT, _TEASER = 1600, 4000
"""Sizes in Latin letters: a notice is shorter than the one, an article that is shown whole longer than the other."""
_LEAST = 120
"""Some twenty words: no source is shorter, and notices in words of their own are."""
_LOUD = 0.12
"""How much of a short text the sentences of a notice are, where no title or heading is one."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_THING = r"(?:page|file|document|article|resource|content|url|item|record|publication|report|site|website|link)"
_NOT_FOUND = _any(
    rf"\b{_THING}\b(?:\s+\w+){{0,5}}?\s+(?:(?:was|were|is|are|be|has been|have been|could|can)\s+)?(?:not (?:be )?found|removed|deleted|withdrawn)\b",
    rf"\b{_THING}\b[^.]{{0,40}}\b(?:no longer (?:available|exists?|online)|(?:does|do)(?:n['’]t| not) exist|is (?:not available|unavailable))",
    r"\b(?:can['’]?t|cannot|couldn['’]t|could not|unable to|didn['’]t) (?:find|locate) (?:the|that|this|your|what|any)\b",
    r"\b(?:error|http|code)\s*(?:404|410)\b|\b(?:404|410)\s*[-–—:|.]?\s*(?:error|not found|gone|page)",
    r"\bnothing (?:here|(?:was|is|at|found|to see)\b.{0,20}(?:here|address|found))|\b(?:invalid|unknown|bad) (?:identifier|item|handle|url|address|link|request)\b",
    r"\bdoes not (?:correspond|match|point) to\b|\b(?:moved or|moved, ) ?(?:deleted|removed|renamed)|\blink you followed\b",
    r"\bdomain (?:name )?(?:is|may be) for sale|\bbuy this domain|\bget this domain|\bdomain has expired|\bparked (?:free|domain|page)",
    r"(?:페이지|게시물|게시글|문서|주소|자료|파일|글|항목|정보|화면|콘텐츠)(?:가|이|를|을|는|은)?\s*(?:찾을\s*수\s*없|존재하지\s*않|삭제\s*되|없습니다)",
    r"존재하지\s*않는\s*\S+|(?:사라졌|없어졌|옮겨졌)(?:거나|습니다)|삭제(?:되었거나|된\s*\S+\s*(?:입니다|이거나))|잘못된\s*(?:주소|경로|접근|요청|url)",
    r"(?:서비스|운영|홈페이지|사이트)(?:가|이|를|을)?\s*(?:\S+\s*)?(?:종료|폐쇄|중단)(?:되|하|합)",
    rf"\b(?:{_THING}|story|post)\b[^.]{{0,20}}\b(?:is|are) (?:not|no longer) here\b|\b(?:returned|found|showing) (?:0|no|zero) (?:results|matches|items|records|hits)\b",
    r"\b(?:0|no|zero) (?:results|matches|items|records|hits) (?:were )?(?:found|for|match)|\bdid not match any\b|검색\s*결과가\s*없",
    r"\b(?:seite|dokument|datei|artikel|inhalt)\b[^.]{0,50}\b(?:nicht gefunden|existiert nicht|nicht (?:mehr )?(?:verfügbar|vorhanden))",
    r"\b(?:page|document|article|fichier|contenu)\b[^.]{0,50}(?:introuvable|n['’]existe (?:pas|plus)|n['’]est (?:pas|plus) disponible|a été (?:supprimée?|déplacée?))",
    r"\b(?:página|pagina|documento|archivo|artículo)\b[^.]{0,50}\b(?:no (?:se ha )?(?:encontrad[ao]|existe|disponible)|não (?:foi )?(?:encontrad[ao]|existe)|non (?:è stata )?(?:trovat[ao]|esiste))",
    r"(?:ページ|文書|記事|ファイル|コンテンツ)[^。]{0,16}(?:見つかり|存在しな|存在しません|削除され|ございません|ありません)|(?:页面|頁面|网页|網頁|文章|文件|内容)[^。]{0,12}(?:不存在|找不到|未找到|已被?删除|已被?刪除|无法访问)|(?:找不到|未找到)[^。]{0,10}(?:页面|頁面|网页|網頁|文件|内容)",
)
_NOT_FOUND_TITLE = _any(
    r"^\W*(?:error\s*)?(?:404|410)\b", r"\bnot found\W*$", "찾을 수 없", r"\bunavailable\W*$", r"^\W*오류",
    r"\bnicht gefunden\b", r"\bintrouvable\b", r"\b(?:no encontrad|non trovat|não encontrad)[ao]\b", "見つかりません", r"^\W*エラー\W*$",
)  # fmt: skip
_SORRY = _any(
    r"^\W*(?:oops|whoops|uh[- ]?oh|sorry|we['’]re sorry|hmm+)\b",
    r"^\W*(?:죄송|申し訳|抱歉|désolée?s?\b|oups\b|hoppla\b)",
)
"""A heading of an apology: of the page, not of one of the stories below it."""
_CLOSED = _any(
    r"\b(?:scheduled|planned|routine|under|undergoing|for|emergency) maintenance\b|\bmaintenance (?:mode|window|work|break)\b|\b(?:be|come) back (?:soon|shortly|in a few|later)",
    r"\btemporarily (?:unavailable|closed|offline|out of service|down)|\bwartungsarbeiten\b|\bmaintenance (?:programmée|en cours)|\ben maintenance\b|\bmantenimiento\b",
    r"(?:시스템|서버|서비스|홈페이지|정기)\s*(?:점검|작업)|점검\s*(?:중|시간|안내)|メンテナンス|系统维护|系統維護|维护中",
)
_LOGIN = _any(
    r"\b(?:please|must|need to|have to|required to|continue|in order|to (?:view|open|read|access|continue|see))\b[^.]{0,30}\b(?:log|sign)(?:ged|ed)?[ -]?(?:in|on)\b",
    r"\b(?:log|sign)[ -]?(?:in|on) (?:to|with|required|using|below|or)\b|\bforgot(?:ten)?(?: your)? password|\bcreate (?:an? )?(?:new )?account",
    r"\b(?:for|to) (?:registered )?(?:members|users) only|\bmembers[- ]only (?:area|page|content)|\bauthentication (?:is )?required",
    r"\b(?:institutional|library|proxy) (?:log|sign)[ -]?in|\bthrough your (?:institution|library|organi[sz]ation)|\bsession (?:has )?(?:expired|timed out)",
    r"\b(?:restricted|protected)\b[^.]{0,30}\.? (?:please )?(?:log|sign)[ -]?in\b|\brequires? (?:a|your) [^.]{0,30}\b(?:password|account|log[ -]?in)\b",
    r"로그인(?:이|을|하|해|\s*후|\s*하)|회원\s*(?:전용|만|가입)|아이디\s*(?:찾기|저장|와|로)|비밀번호\s*(?:찾기|재설정)|권한이\s*없|인증서\s*로그인|(?:공동|간편|본인)\s*인증",
    r"\b(?:university|institutional|single|federated|organi[sz]ation(?:al)?) identity\b|\b(?:choose|select|find) your (?:institution|organi[sz]ation|identity provider|university)",
    r"\b(?:bitte )?(?:melden sie sich an|anmelden,? um|loggen sie sich ein)|\bnoch kein konto\b|\bpasswort vergessen|\bconnectez-vous|\bmot de passe (?:oublié)|\binici[ae] sesión|\beffettua(?:re)? (?:il login|l['’]accesso)",
    r"ログイン(?:して|が必要|してください|後)|パスワードを?(?:お忘れ|忘れ)|会員登録|请(?:先)?登[录錄]|請(?:先)?登入|忘记密码|忘記密碼|登录后|登入後",
)
_LOGIN_TITLE = _any(
    r"^\W*(?:member |user |account |customer |staff )?(?:log|sign)[ -]?(?:in|on)\b", r"\b(?:log|sign)[ -]?(?:in|on)\W*$",
    "로그인", "single sign-on", r"^\W*authentication\b", r"^\W*(?:anmeld(?:en|ung)|connexion|se connecter|iniciar sesión|accedi|login)\b",
    r"^\W*(?:ログイン|登录|登入|登錄)",
)  # fmt: skip
_ROBOT = _any(
    r"\b(?:verify|confirm|prove|check|make|making)\w*\s+(?:sure\s+)?(?:that\s+)?(?:if\s+)?you(?:['’]re| are)\s+(?:not\s+)?(?:an? )?(?:human|robot|bot|real)",
    r"\b(?:are you|not) an? (?:robot|bot)\b|\bhuman verification|\bchecking (?:your browser|if the site connection is secure)|\bcaptcha",
    r"\bunusual (?:traffic|activity)|\bjust a moment|\battention required|\baccess (?:to this page )?(?:has been |is |was )?denied",
    r"\b(?:think|thought|suspect\w*|believe) (?:that )?you (?:are|were|might be|may be) an? (?:ro)?bot|\bpermission to access\b",
    r"\byou have been blocked|\brequest (?:was )?(?:blocked|unsuccessful)|\btoo many requests|\bddos protection|\bverifying (?:you are|your)",
    r"\b(?:requested url|request) (?:was|has been|is) (?:rejected|denied|refused)|\brequest rejected|\b(?:support|incident|ray|event) id\b\W|\breference #?\d",
    r"\b(?:complete|pass|perform\w*) (?:the|a) (?:security|human) (?:check|verification)|\bagainst (?:bots|scraping|robots)",
    r"자동\s*(?:등록|입력|접속)\s*방지|보안\s*문자|비정상적인\s*(?:접근|트래픽|요청|접속)|접[근속]이?\s*(?:차단|거부|제한)(?:되|하)|로봇이\s*(?:아닙|아님)|(?:차단|제한)\s*되었습니다|(?:보이는|그림의?)\s*문자를?\s*입력",
)
_SCRIPT = _any(
    r"\b(?:enable|turn on|activate|allow|requires?|need(?:s|ed)?|without|disabled|support)\b[^.]{0,60}\b(?:java ?script|js)\b",
    r"\bjava ?script\b[^.]{0,60}\b(?:enabled?|disabled|required|turned (?:on|off)|not (?:supported|available))",
    r"자바\s*스크립트|javascript를\s*(?:사용|활성|허용)|스크립트를\s*(?:사용|활성|허용)",
)
_COOKIES = _any(
    r"\bcookies?\b|\bconsent\b|\bpartners\b.{0,60}\b(?:data|personal|use)|\bgdpr\b|\byour privacy\b|\bprivacy (?:settings|choices|preferences)",
    r"\b(?:accept|reject|manage|agree|allow) (?:to )?(?:all|and|preferences|options|choices|settings)|\btracking technologies",
    r"쿠키|개인정보\s*(?:수집|처리|이용)|(?:이용|수집|제공|약관)에?\s*동의|동의(?:합니다|하고|하지|함|해|하시)|(?:모두|전체)\s*(?:동의|허용|거부)",
)
_ADDRESSED = _any(
    r"\b(?:we|our|us)\b[^.]{0,80}\b(?:partners?|advertisers?|vendors?|third parties)\b|\byour (?:device|consent|choices?|preferences|privacy|browsing|browser|personal data)\b",
    r"\bby clicking\b|\bclick(?:ing)? (?:below|accept|agree)|\byou (?:may|can) (?:accept|refuse|reject|manage|withdraw|object|change)\b|\bnos partenaires\b|\bunsere partner\b|\bihre (?:einwilligung|zustimmung)",
)
"""What a notice of cookies says to its reader, and an article on cookies does not."""
_PART = r"(?:full|whole|entire|complete|rest of (?:the|this))"
_TEXT = r"(?:article|story|text|report|paper|document|content|post|chapter|version|issue)"
_READ = r"(?:read|access|view|unlock|get|see|keep reading|continue|download)"
_PAY = r"(?:subscri\w+|purchas\w+|buy|log[ -]?in|sign[ -]?(?:in|up)|regist\w+|member\w*|pay|account|institution\w*|trial|upgrade)"
_PAYWALL = _any(
    rf"\b{_PAY}\b[^.]{{0,40}}\b(?:to|and) (?:instantly )?{_READ}\b|\b(?:continue|keep) reading\b[^.]{{0,50}}\b{_PAY}\b",
    rf"\b{_READ} (?:the |this )?{_PART} {_TEXT}\b[\s\S]{{0,40}}\b(?:subscri|buy|purchas|member|trial|upgrade|\$)",
    rf"\b(?:finish reading|want to (?:read|see) more|to read on)\b|\bunlock (?:\w+ ){{0,2}}{_TEXT}\b|\b(?:monthly|article|free) limit\b|\brequires? an? (?:\w+ )?(?:subscription|membership)|\b(?:must|have to) (?:subscribe|be a member)|\brestricted to (?:\w+ )?(?:members|subscribers)|\bpay[- ]per[- ]view|\bsubscription (?:is )?(?:required|content|prices)|\bsubscribe for full access",
    r"\balready an? (?:\w+ )?subscriber|\b(?:subscribers?|members?)[ -](?:exclusive|only (?:content|article|story))",
    rf"\b(?:this|the) {_TEXT} (?:is |available |reserved )*(?:only |exclusively )?(?:for|to) (?:\w+ )?(?:subscribers|members)|\bavailable to (?:\w+ )?(?:subscribers|members) only",
    r"\b(?:subscribers|members) only\b\W*(?:$|\n|start|subscribe|sign|log)",
    rf"\b(?:buy|purchase|rent) (?:this |a |an )?(?:{_TEXT}|pdf|access|instant access|options)\b|\b{_TEXT}:? (?:eur|usd|gbp|[$€£])|\barticle pdf\b[^.]{{0,30}}(?:usd|us\$|\$|€|£)|\b(?:short[- ]term|24|48)[ -]?(?:hours?)? access\b",
    r"\byou(?:['’]ve| have) (?:reached|used|read) (?:your|all|the)\b[^.]{0,40}\b(?:free|limit)|\bfree articles? (?:left|remaining)",
    r"\b(?:do|does) not (?:currently )?have access|\bcheck (?:if you have )?access\b|\bget access\b|\brestore content access|\bpreview of subscription",
    r"\b(?:log|sign)[ -]?in (?:via|through|with) your (?:institution|library)|\baccess (?:through|via) your (?:institution|library|organi[sz]ation)",
    r"(?:기사|전문|원문|본문|콘텐츠|논문|자료)[^.\n]{0,25}(?:구독|유료|결제|구매|멤버십|회원)[^.\n]{0,25}(?:이용|보|읽|열람|제공|공개|가능|필요|하세요|하십시오|전용|입니다)",
    r"(?:구독|결제|유료\s*회원|멤버십|회원\s*가입|로그인)[^.\n]{0,30}(?:전문|전체|이어서|계속|나머지|끝까지)[^.\n]{0,20}(?:보|읽|이용|열람)",
    r"(?:나머지|전문|끝까지|이어서)[^.\n]{0,30}(?:구독|유료|멤버십|회원)(?:에게|만|이|은)|회원이\s*되시면[^.\n]{0,30}(?:읽|보|이용|열람)|구독\s*기관|이용권|유료\s*(?:다운로드|열람|이용|회원)|장바구니",
    r"(?:구독자|유료\s*회원|프리미엄\s*회원|정회원|회원)\s*(?:전용|에게만)|(?:구독|결제|구매)\s*후\s*(?:에\s*)?(?:이용|열람|보|읽)|이미\s*구독",
    r"무료\s*기사[^.\n]{0,20}(?:모두|소진|초과)|(?:논문|원문|기사)\s*구매|구매하기|기관\s*인증|(?:은|는)\s*유료(?:입니다|로)",
)
_SENTENCE = re.compile(r"[^.!?。\n]+[.!?。]?")


def judge(signs: Signs) -> Wall | None:
    """The wall that a page is; None for a page that may hold the source."""
    text = signs.text if len(signs.text) < 20_000 else signs.text[:12_000] + "\n" + signs.text[-8_000:]
    article = weight(signs.article)
    body = signs.article or text
    named = [signs.title, *signs.headings[:2]]
    notice = article < _SHORT / 2
    """So little that it may be nothing but a notice."""
    if notice and (any(_NOT_FOUND_TITLE.search(n) or _NOT_FOUND.search(n) for n in named) or _loud(body, _NOT_FOUND)):
        return Wall("not found", "says that what was asked for is not there")
    if signs.headings and any(_SORRY.search(h) for h in signs.headings[:1]) and _NOT_FOUND.search(text[: 2 * _TEASER]):
        return Wall("not found", "says that what was asked for is not there, among other stories")
    if notice and _share(body, _CLOSED) >= 2 * _LOUD and (any(map(_CLOSED.search, named)) or _loud(body, _CLOSED)):
        return Wall("closed", "says that the site is closed for a while")
    if notice and (any(_ROBOT.search(n) for n in named) or _loud(body, _ROBOT)):
        return Wall("robot check", "asks for a sign that a person reads it, or keeps programs out")
    if notice and _is_login(signs, article, body, named):
        return Wall("log-in", "asks for a log-in")
    if _is_paywall(signs, article, text):
        return Wall("paywall", "shows a beginning, and the rest to those who pay or subscribe")
    seen = weight(text)
    if (seen < _SHORT / 4 and _SCRIPT.search(signs.unscripted)) or (notice and _loud(body, _SCRIPT)):
        return Wall("script", "shows its text only to browsers that run its scripts")
    if article < _SHORT and max(_share(body, _COOKIES), _share(" . ".join(named), _COOKIES) * notice) >= 0.5:
        return Wall("cookies", "speaks of cookies and consent, and of nothing else")
    if article < 2 * _TEASER and min(_share(body, _COOKIES), _share(body, _ADDRESSED) * 1.5) >= 0.5:
        return Wall("cookies", "speaks of cookies and consent, and of nothing else")
    if signs.frames and article < _SHORT / 4:
        return Wall("script", "shows its text in a frame, which is a page of its own")
    if min(seen, article or seen) < _LEAST:
        if signs.scripts:
            return Wall("script", "shows its text only to browsers that run its scripts")
        return Wall("empty", "holds next to no text")
    return None


def judge_lines(text: str, *, whole: bool = True) -> Wall | None:
    """The wall that a text without markup is, where it is no longer than a notice. `whole`: it is all that the file says;
    of a scan or a form, a few words may be all that can be read."""
    if weight(text) >= _SHORT / 2:
        return None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = judge(Signs(headings=tuple(lines[:1]), text=text, article=text))
    return found if whole or found is None or found.kind not in ("empty", "script", "cookies") else None


def weight(text: str) -> int:
    """How much a text says, in Latin letters: a Hangul syllable says as much as two and a half."""
    letters = sum(c.isalnum() for c in text)
    hangul = sum("가" <= c <= "힣" or "一" <= c <= "鿿" for c in text)
    return letters + hangul * 3 // 2


def _is_login(signs: Signs, article: int, body: str, named: list[str]) -> bool:
    """A field for a password with next to no text is enough; without one the page must speak of little else."""
    titled = any(_LOGIN_TITLE.search(n) for n in named)
    if signs.passwords:
        return titled or article < _SHORT / 8 or _loud(body, _LOGIN)
    return (titled or _share(body, _LOGIN) >= 0.3) and article < _SHORT / 4


def _is_paywall(signs: Signs, article: int, text: str) -> bool:
    """A call to subscribe may stand beside any article: here it stands where the article breaks off, or nearly alone."""
    if article >= _TEASER:
        return False
    if not signs.free or _PAYWALL.search(signs.article[-400:]):
        return not signs.passwords or article > _SHORT / 4 or not signs.free
    if signs.gated and article < _SHORT and not signs.passwords:
        return True
    asks = {m.group().lower() for m in _PAYWALL.finditer(text)}
    return bool(asks) and (article < _SHORT / 2 or (len(asks) > 1 and article < _SHORT)) and not signs.passwords


def _loud(text: str, pattern: re.Pattern[str]) -> bool:
    return _share(text, pattern) >= _LOUD


def _share(text: str, pattern: re.Pattern[str]) -> float:
    """How much of a text its sentences with the pattern are."""
    sentences = [s.strip() for s in _SENTENCE.findall(text) if s.strip()]
    whole = sum(map(weight, sentences))
    return sum(weight(s) for s in sentences if pattern.search(s)) / whole if whole else 0.0
