"""Web pages written for the purpose: walls as sites put them up, and sources that look a little like walls."""

from __future__ import annotations

NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li><li><a href='/about'>About us</a></li></ul></nav>"
FOOT = "<footer><p>© Institute. All rights reserved. <a href='/privacy'>Privacy</a> <a href='/cookies'>Cookies</a></p></footer>"
KNAV = "<div id='gnb'><ul><li><a href='/'>홈</a></li><li><a href='/login'>로그인</a></li><li><a href='/join'>회원가입</a></li><li><a href='/map'>사이트맵</a></li></ul></div>"
KFOOT = "<div id='footer'><a href='/privacy'>개인정보처리방침</a><p>우편번호 30109 세종특별자치시 갈매로</p></div>"


def page(title: str, body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>"


def english(paragraphs: int) -> str:
    """An article of so many paragraphs."""
    topics = "steel cement shipping fertiliser textiles machinery electronics chemicals power coal".split()
    return "".join(
        f"<p>In the {n + 1}. year of the programme the output of {topics[n % 10]} rose by {n + 3} percent, which the ministry "
        f"put down to cheap credit. Firms that had missed their export target of {n * 40 + 100} million dollars lost their "
        "licence to import, and the bank called in what it had lent them before the winter.</p>"
        for n in range(paragraphs)
    )


def korean(paragraphs: int) -> str:
    topics = "철강 시멘트 해운 비료 섬유 기계 전자 화학 전력 석탄".split()
    return "".join(
        f"<p>계획 {n + 1}차 연도에 {topics[n % 10]} 생산은 {n + 3}퍼센트 늘었고, 상공부는 그 까닭을 낮은 금리의 정책 금융에서 찾았다. "
        f"수출 목표 {n * 40 + 100}백만 달러를 채우지 못한 기업은 수입 허가를 잃었으며, 은행은 겨울이 오기 전에 대출을 거두어들였다.</p>"
        for n in range(paragraphs)
    )


BANNER = "<div class='cc-banner' role='dialog'><p>We use cookies to make this site work better. <button>Accept all</button><button>Manage preferences</button></p></div>"
KBANNER = "<div class='cookie'><p>이 사이트는 쿠키를 사용합니다. 계속 이용하시면 쿠키 사용에 동의하는 것으로 봅니다. <button>동의</button></p></div>"
LOGIN_BOX = "<form action='/login'><input name='id'><input type='password' name='pw'><button>Log in</button></form>"
KLOGIN_BOX = "<form action='/login'><label>아이디</label><input name='id'><label>비밀번호</label><input type='password' name='pw'><button>로그인</button></form>"
NEWSLETTER = "<aside class='newsletter'><h3>Stay informed</h3><p>Subscribe to our newsletter for a weekly digest of our work.</p><form><input type='email'><button>Subscribe</button></form></aside>"
PRICED = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x", "isAccessibleForFree": false}</script>'

WALLS: list[tuple[str, str, str]] = [
    ("log-in", "english form", page("Sign in - Research Portal", NAV + "<main><h1>Sign in</h1><form><label>Email</label><input type='email'><label>Password</label><input type='password'><a href='/forgot'>Forgot your password?</a><button>Continue</button></form><p>New here? Create an account.</p></main>" + FOOT)),
    ("log-in", "english single sign-on", page("Single sign-on", "<h1>Choose your organisation</h1><p>To continue to the library please sign in with your institution. Sign in using one of the accounts below.</p><select><option>University</option></select>")),
    ("log-in", "english members", page("Members area", NAV + "<h1>This area is for members only</h1><p>You must be logged in to view this document. Please log in to continue, or register.</p>" + LOGIN_BOX + FOOT)),
    ("log-in", "english expired session", page("Document server", "<h2>Your session has expired</h2><p>Please sign in again to open the document.</p><form><input name='user'><input type='password' name='p'></form>")),
    ("log-in", "korean form", page("로그인 | 정책자료실", KNAV + "<div id='content'><h2>로그인</h2>" + KLOGIN_BOX + "<p><a>아이디 찾기</a> <a>비밀번호 찾기</a> <a>회원가입</a></p></div>" + KFOOT)),
    ("log-in", "korean members", page("연구보고서 원문", KNAV + "<div id='content'><p>회원만 이용할 수 있는 서비스입니다. 로그인 후 이용해 주시기 바랍니다.</p>" + KLOGIN_BOX + "</div>" + KFOOT)),
    ("log-in", "korean no right", page("알림", "<p>해당 자료를 볼 수 있는 권한이 없습니다. 로그인이 필요한 서비스입니다.</p><a href='/login'>로그인하기</a>")),
    ("paywall", "english teaser", page("Yards at sea - The Daily", NAV + "<article><h1>Yards at sea</h1>" + english(2) + "<div><h3>To continue reading, subscribe today</h3><p>Get unlimited access for $1 a week. Already a subscriber? Log in.</p></div></article>" + FOOT)),
    ("paywall", "english marked", page("Yards at sea", "<article><h1>Yards at sea</h1>" + english(3) + "</article>", PRICED)),
    ("paywall", "english journal", page("Credit and yards | Journal", NAV + "<main><h1>Credit and yards</h1><h2>Abstract</h2>" + english(1) + "<div><p>This is a preview of subscription content. Access through your institution.</p><p>Buy article PDF USD 39.95. Price includes VAT.</p></div><h2>References</h2><ul><li>Lane, A. (1999)</li></ul></main>" + FOOT)),
    ("paywall", "english rent", page("Credit and yards", "<main><h1>Credit and yards</h1><p>Abstract</p>" + english(1) + "<p>Get access to the full version of this article.</p><p>Purchase this article: 48 hours access to article PDF.</p></main>")),
    ("paywall", "english meter", page("Yards", "<article><h1>Yards at sea</h1>" + english(1) + "<p>You have read all of your free articles this month. Register for more.</p></article>")),
    ("paywall", "korean teaser", page("바다 위의 조선소 - 신문", KNAV + "<div class='article'><h1>바다 위의 조선소</h1>" + korean(2) + "<p>이 기사는 유료 회원 전용 기사입니다. 구독하시면 기사 전문을 보실 수 있습니다.</p></div>" + KFOOT)),
    ("paywall", "korean buy", page("정책금융과 조선업", KNAV + "<div><h1>정책금융과 조선업</h1><h3>초록</h3>" + korean(1) + "<p>논문 구매 6,000원</p><p>원문을 보시려면 결제가 필요합니다.</p></div>" + KFOOT)),
    ("paywall", "korean subscriber", page("조선소", "<article><h1>바다 위의 조선소</h1>" + korean(1) + "<p>구독자 전용 콘텐츠입니다. 이미 구독 중이신가요? 로그인</p></article>")),
    ("cookies", "english interstitial", page("Before you continue", "<h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our services. If you choose to accept all, we will also use cookies and data to personalise content. You can manage your privacy settings at any time.</p><button>Accept all</button><button>Reject all</button>")),
    ("cookies", "english partners", page("Your choice", "<div><h2>We value your privacy</h2><p>We and our 812 partners store and access personal data on your device. Some partners process your data without asking for consent, relying on legitimate interest.</p><p>You may accept all or manage options.</p></div>")),
    ("cookies", "korean consent", page("안내", "<h1>쿠키 사용 안내</h1><p>더 나은 서비스를 위하여 쿠키를 사용합니다. 계속하시려면 쿠키 사용에 동의해 주십시오.</p><button>모두 동의</button><button>모두 거부</button>")),
    ("cookies", "english cookies off", page("Cookies required", "<h1>Cookies required</h1><p>Your browser does not accept cookies. To view this content please enable cookies and reload the page.</p>")),
    ("robot check", "english moment", page("Just a moment...", "<h1>site.example</h1><h2>Checking if the site connection is secure</h2><p>Enable JavaScript and cookies to continue</p>")),
    ("robot check", "english captcha", page("Are you a robot?", "<p>We have detected unusual activity from your network. To continue, please confirm that you are not a robot.</p>")),
    ("robot check", "english denied", page("Access Denied", "<h1>Access Denied</h1><p>You don't have permission to access this document on this server. Reference #18.2f</p>")),
    ("robot check", "korean", page("자동접속 방지", "<h2>자동 접속 방지</h2><p>비정상적인 접근이 감지되었습니다. 아래 보안문자를 입력해 주세요.</p><input><button>확인</button>")),
    ("robot check", "korean blocked", page("안내", "<p>귀하의 접속은 보안 정책에 의해 차단되었습니다. 관리자에게 문의하시기 바랍니다.</p>")),
    ("script", "english shell", page("Data Explorer", "<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div><script src='/a.js'></script>")),
    ("script", "english bare shell", page("Statistics", "<div id='app'></div><script src='/a.js'></script><script src='/b.js'></script>")),
    ("script", "english message", page("Library", NAV + "<main><p>This page requires JavaScript. Please turn on JavaScript in your browser and try again.</p></main>" + FOOT)),
    ("script", "korean shell", page("통계포털", "<noscript>이 페이지를 보려면 자바스크립트를 활성화해야 합니다.</noscript><div id='wrap'></div><script src='/a.js'></script>")),
    ("script", "korean message", page("자료실", KNAV + "<div><p>본 서비스는 자바스크립트를 사용합니다. 브라우저 설정에서 스크립트를 허용해 주세요.</p></div>" + KFOOT)),
    ("not found", "english plain", page("404 Not Found", "<center><h1>404 Not Found</h1></center><hr><center>nginx</center>")),
    ("not found", "english kind", page("Page not found | Institute", NAV + "<main><h1>Sorry, we can't find that page</h1><p>The page you were looking for may have been moved or deleted. Try the search, or go back to the home page.</p></main>" + FOOT)),
    ("not found", "english removed", page("Institute", NAV + "<main><p>The document you requested is no longer available on this site.</p></main>" + FOOT)),
    ("not found", "english parked", page("oldthinktank.example", "<h1>oldthinktank.example</h1><p>This domain is for sale. Buy this domain today.</p><ul><li>Loans</li><li>Insurance</li></ul>")),
    ("not found", "korean plain", page("오류안내", KNAV + "<div><h2>페이지를 찾을 수 없습니다.</h2><p>요청하신 페이지의 주소가 변경되었거나 삭제되어 찾을 수 없습니다.</p></div>" + KFOOT)),
    ("not found", "korean post", page("보도자료 | 산업통상자원부", KNAV + "<div><p>존재하지 않는 게시물입니다.</p></div>" + KFOOT)),
    ("not found", "korean wrong", page("알림", "<p>잘못된 접근입니다. 이전 페이지로 돌아갑니다.</p>")),
    ("empty", "nothing", page("", "<div></div>")),
]  # fmt: skip

SOURCES: list[tuple[str, str]] = [
    ("english article", page("Yards at sea", NAV + "<article><h1>Yards at sea</h1>" + english(12) + "</article>" + FOOT)),
    ("english with a banner of cookies", page("Yards at sea", BANNER + NAV + "<article><h1>Yards at sea</h1>" + english(8) + "</article>" + FOOT)),
    ("english short with a banner", page("Notice 12", BANNER + NAV + "<article><h1>Notice 12</h1>" + english(2) + "</article>" + FOOT)),
    ("english with a log-in box", page("Yards at sea", NAV + LOGIN_BOX + "<article><h1>Yards at sea</h1>" + english(6) + "</article>" + FOOT)),
    ("english short with a log-in box", page("Notice 12", LOGIN_BOX + NAV + "<article><h1>Notice 12 on tariffs</h1>" + english(3) + "</article>" + FOOT)),
    ("english with a newsletter", page("Yards at sea", NAV + "<article><h1>Yards at sea</h1>" + english(8) + "</article>" + NEWSLETTER + FOOT)),
    ("english short with a newsletter", page("Yards at sea", NAV + "<article><h1>Yards at sea</h1>" + english(4) + "</article>" + NEWSLETTER + FOOT)),
    ("english on log-ins", page("How ministries log in", "<article><h1>How ministries log in</h1><p>Most ministries ask their staff to sign in with a card. Those who forget their password wait for two days.</p>" + english(8) + "</article>")),
    ("english on cookies", page("What cookies cost", "<article><h1>What cookies cost</h1><p>Cookies are small files. Consent is asked for every cookie since 2018. Partners share data.</p>" + english(8) + "</article>")),
    ("english on paywalls", page("Paywalls and the public", "<article><h1>Paywalls and the public</h1><p>Readers who subscribe to continue reading pay ten dollars a month.</p>" + english(14) + "</article>")),
    ("english on missing records", page("Records not found: archives of the yards", "<article><h1>What archives lost</h1><p>The file could not be found in 1984, and the page was removed from the register.</p>" + english(10) + "</article>")),
    ("english data table", page("Exports by year", "<h1>Exports by year</h1><table><tr><th>Year</th><th>Exports</th></tr>" + "".join(f"<tr><td>{y}</td><td>{y * 3 - 5000} million dollars</td></tr>" for y in range(1960, 2000)) + "</table>")),
    ("english press release", page("Ministry opens yard", NAV + "<main><h1>Ministry opens yard</h1><p>5 May 1974. The minister opened the second dock of the yard at Ulsan today. The dock can hold ships of a million tonnes, and has cost forty billion won, of which the state lent half. The first hull will be laid in June, the minister said.</p><p>Contact: press office.</p></main>" + FOOT)),
    ("english with a noscript", page("Yards at sea", "<noscript>Please enable JavaScript to see comments.</noscript><article><h1>Yards at sea</h1>" + english(6) + "</article><script src='/x.js'></script>")),
    ("english open but marked", page("Yards at sea", "<article><h1>Yards at sea</h1>" + english(20) + "</article>", PRICED)),
    ("english law", page("Promotion Act", "<h1>Shipbuilding Industry Promotion Act</h1><p>Article 1 (Purpose) The purpose of this Act is to promote shipbuilding.</p><p>Article 2 (Access) Access to the register may be denied where security requires.</p><p>Article 3 (Consent) The consent of the Minister is required for the import of hulls.</p>" + english(3))),
    ("korean article", page("바다 위의 조선소", KNAV + "<div class='article'><h1>바다 위의 조선소</h1>" + korean(10) + "</div>" + KFOOT)),
    ("korean with a log-in box", page("바다 위의 조선소", KNAV + KLOGIN_BOX + "<div class='article'><h1>바다 위의 조선소</h1>" + korean(6) + "</div>" + KFOOT)),
    ("korean short press release", page("보도자료 | 산업통상자원부", KNAV + "<div id='content'><h3>울산 제2도크 준공</h3><p>상공부는 오늘 울산 조선소 제2도크의 준공식을 열었다. 제2도크는 백만 톤급 선박을 수용할 수 있으며 공사비 400억 원 가운데 절반은 정부가 융자하였다.</p><p>장관은 6월에 첫 선박을 기공한다고 밝혔다. 문의: 공보관실</p></div>" + KFOOT)),
    ("korean with a banner", page("조선업 육성 방안", KBANNER + KNAV + "<div id='content'><h1>조선업 육성 방안</h1>" + korean(4) + "</div>" + KFOOT)),
    ("korean on consent", page("개인정보 보호법 해설", "<article><h1>개인정보 보호법 해설</h1><p>개인정보 처리자는 정보주체의 동의를 받아야 한다.</p>" + korean(9) + "</article>")),
    ("korean on subscriptions", page("신문 구독의 경제학", "<article><h1>신문 구독의 경제학</h1><p>유료 회원만 기사 전문을 읽을 수 있게 한 신문이 늘고 있다.</p>" + korean(12) + "</article>")),
    ("korean law", page("조선공업진흥법", "<h1>조선공업진흥법</h1><p>제1조(목적) 이 법은 조선공업의 진흥을 도모함을 목적으로 한다.</p><p>제2조(등록의 취소) 등록하지 아니한 자의 접근을 제한할 수 있다.</p>" + korean(4))),
    ("korean table", page("연도별 수출", "<h1>연도별 수출</h1><table>" + "".join(f"<tr><td>{y}년</td><td>{y * 3 - 5000}백만 달러</td></tr>" for y in range(1960, 2000)) + "</table>")),
]  # fmt: skip
