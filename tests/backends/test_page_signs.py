"""Sources are told from the walls before them, in English and Korean."""

from __future__ import annotations

import time

import pytest

from assistant.backends.web.page_signs import look, see
from assistant.errors import ParseError
from assistant.sources.walls import judge
from tests.backends.raw_pdf import line, raw_pdf
from tests.backends.wall_pages import PRICED, SOURCES, WALLS, english, page
from tests.backends.wall_pages_more import MISSED, MORE_SOURCES, MORE_WALLS


def wall(text: str) -> str | None:
    seen = look(text.encode(), "page")
    assert seen.signs is not None
    found = judge(seen.signs)
    return found.kind if found else None


@pytest.mark.parametrize(("kind", "text"), [pytest.param(k, t, id=f"{k}: {n}") for k, n, t in WALLS])
def test_a_wall_is_seen_and_named(kind: str, text: str) -> None:
    """By its words and fields, whatever the status says."""
    assert wall(text) == kind


@pytest.mark.parametrize("text", [pytest.param(t, id=n) for n, t in SOURCES])
def test_a_source_is_no_wall(text: str) -> None:
    """With banners, log-in boxes and newsletters around it, on log-ins and paywalls themselves, and short."""
    assert wall(text) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(t, id=n, marks=[pytest.mark.xfail(reason="missed still", strict=True)] if n in MISSED else [])
        for _, n, t in MORE_WALLS
    ],
)
def test_a_wall_in_other_words_is_seen(text: str) -> None:
    """Whatever it is called: what matters is that it is not kept as the source."""
    assert wall(text) is not None


@pytest.mark.parametrize("text", [pytest.param(t, id=n) for n, t in MORE_SOURCES])
def test_a_source_in_other_words_is_no_wall(text: str) -> None:
    """A source that is thrown away is as bad as a wall that is kept."""
    assert wall(text) is None


def test_a_part_named_as_a_paywall_counts_for_a_teaser_only() -> None:
    """Sites carry such a part on every page, and open it on some."""
    gate = "<div class='c-paywall c-paywall--hidden'></div>"
    assert wall(page("Yards", f"<article><h1>Yards</h1>{english(2)}</article>{gate}")) == "paywall"
    assert wall(page("Yards", f"<article><h1>Yards</h1>{english(12)}</article>{gate}")) is None
    assert wall(page("Yards", f"<article><h1>Yards</h1>{english(2)}</article>", PRICED)) == "paywall"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "picture"),
        (b"[1, 2]", "JSON"),
        (b"", "empty"),
        (b"PK\x03\x04" + bytes(99), "page"),
    ],
)
def test_what_is_no_document_is_named(data: bytes, words: str) -> None:
    """In the words of a ParseError, which the outcome hands on."""
    with pytest.raises(ParseError, match=words):
        look(data, "page")


@pytest.mark.parametrize(
    "text",
    [
        "please " * 20_000, "read the full " * 20_000, "subscribe to " * 20_000, "page file document article " * 10_000,
        "기사 전문 구독 " * 20_000, "you have read all the " * 10_000, "without requires need javascrip " * 10_000, "a" * 500_000,
        "page" + " word" * 100_000, "<p>" * 1000 + "cookie partners " * 10_000, "로그인 " * 50_000, "buy this " * 30_000,
    ],
)  # fmt: skip
def test_no_page_takes_long_to_judge(text: str) -> None:
    """Whoever serves a page writes what the patterns read."""
    seen = look(page("x", f"<p>{text}</p>").encode(), "page")
    assert seen.signs is not None
    began = time.process_time()
    judge(seen.signs)
    assert time.process_time() - began < 2.0


LEAVES = "<nav>" + "".join(f"<a href='/s{n}'>Section {n} of the Gazette</a> " for n in range(30)) + "</nav>"
STORIES = "".join(
    f"<article><h3>Story {n}</h3><p>The minister said on day {n} that the board had counted the towers of the coast "
    f"once more and found {n} of them dark.</p></article>"
    for n in range(12)
)
NOTICE = (
    "<p>We and our 842 partners store and access information on a device, such as unique IDs in cookies, to process "
    "personal data. You may accept or manage your choices by clicking below, and object where legitimate interest is "
    "used. These choices are signaled to our partners and will not affect browsing data.</p>"
)


@pytest.mark.parametrize(
    ("kind", "title", "body"),
    [
        ("not found", "Gazette", f"{LEAVES}<main><h1>Oops!</h1><p>This story is not here any more. Perhaps one of these helps:</p></main><aside>{STORIES}</aside>"),
        ("not found", "Gazette", f"{LEAVES}<h1>Seite nicht gefunden</h1><p>Die angeforderte Seite existiert nicht oder wurde verschoben. Bitte benutzen Sie die Suche oder kehren Sie zur Startseite zurück.</p>"),
        ("not found", "Gazette", f"{LEAVES}<h1>Page introuvable</h1><p>La page que vous cherchez n'existe pas ou a été déplacée. Revenez à la page d'accueil pour continuer.</p>"),
        ("not found", "エラー", f"{LEAVES}<h1>ページが見つかりません</h1><p>お探しのページは存在しないか、移動した可能性があります。検索をご利用いただくか、トップページにお戻りください。</p>"),
        ("not found", "提示", f"{LEAVES}<p>您访问的页面不存在或已被删除。请检查地址是否正确，或者返回首页继续浏览其他内容。如有疑问，请与网站管理员联系。谢谢您的理解与支持，欢迎再次光临本网站。</p>"),
        ("not found", "Search", f"{LEAVES}<h1>Search</h1><p>Your search for towers-of-the-coast returned 0 results. Try other words or fewer filters, or browse the list of subjects to the left.</p>"),
        ("log-in", "Anmelden", f"{LEAVES}<h1>Anmelden</h1><p>Bitte melden Sie sich an, um den Inhalt zu sehen. Noch kein Konto? Jetzt registrieren.</p><form><input type=email></form>"),
        ("log-in", "ログイン", f"{LEAVES}<h1>ログイン</h1><p>この記事を読むにはログインしてください。パスワードをお忘れの方はこちらから再設定できます。</p>"),
        ("log-in", "University", f"{LEAVES}<h1>Welcome</h1><p>Choose how you proceed with your university identity. Staff use the single identity; guests may use a code.</p><form><input name=user></form>"),
        ("robot check", "Request Rejected", "<p>The requested URL was rejected. Please consult with your administrator. Your support ID is: 1234567890123456789. Thank you for your patience while our staff look into this.</p>"),
        ("closed", "Gazette", "<h1>We'll be back soon</h1><p>We are carrying out scheduled maintenance on all of our services tonight. Sorry for the inconvenience; please come back in a few hours, when all is running again.</p>"),
        ("closed", "안내", "<h1>시스템 점검 안내</h1><p>보다 나은 서비스를 위해 시스템 점검을 실시합니다. 점검 시간에는 홈페이지를 이용하실 수 없습니다. 이용에 불편을 드려 죄송합니다.</p>"),
        ("cookies", "Gazette", NOTICE * 6 + "<button>Accept all</button>"),
        ("script", "Viewer", f"{LEAVES}<iframe src='/x.pdf'></iframe><p>Loading the document viewer; the file is shown above once your browser has loaded it completely.</p>"),
    ],
)  # fmt: skip
def test_a_wall_of_another_make_is_named(kind: str, title: str, body: str) -> None:
    """Among menus and other stories, in other languages, in many words, without a field for a password."""
    assert wall(page(title, body)) == kind


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("not found", b"Not Found"),
        ("not found", b"404 page not found. The page that you asked for does not exist on this server."),
        ("log-in", b"Please log in to continue reading this document. Your session has expired. Sign in to read on."),
        ("empty", b"ok"),
        ("log-in", raw_pdf(line("Please log in to download this document. Your session has expired."))),
        (None, raw_pdf(line("Chart 12"))),
        (None, ("The board counted the towers of the coast, and the page was not found in 1950. " * 20).encode()),
    ],
)
def test_a_few_lines_that_are_no_page_are_judged_too(kind: str | None, data: bytes) -> None:
    """A text or a PDF may be a notice; of a chart, a few words are all that can be read."""
    found = see(data, "page").wall
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize("data", [b'callback({"error": "login required"})', b"/**/ a.b([1])"])
def test_padded_data_is_no_document(data: bytes) -> None:
    """JSON in a call is for programs too."""
    with pytest.raises(ParseError, match="JSON"):
        look(data, "page")
