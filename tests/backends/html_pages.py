"""Web pages of many kinds, written for the tests: each with what must be read of it and what must not."""

from __future__ import annotations

from dataclasses import dataclass

PROSE = (
    "The ministry will publish the list of projects by the end of March, and review it twice a year.",
    "Investment in semiconductor plants rose to 41.3 trillion won, nearly half of all spending on equipment.",
    "Officials said that the rules would apply to contracts signed after the law takes effect in July.",
    "Small firms may apply for a longer period of transition where they show that costs would be excessive.",
    "An evaluation by the national audit office is due two years after the first payments have been made.",
)


@dataclass(frozen=True)
class Sample:
    """`kept` stands in the text in this order; nothing of `gone` does."""

    html: str
    kept: tuple[str, ...]
    gone: tuple[str, ...]


PRESS_RELEASE = Sample(
    f"""<!doctype html><html lang="en-US"><head><title>Commerce Sets Rules for Chip Grants | Department of Trade</title>
<meta property="og:site_name" content="Department of Trade"><meta property="article:published_time" content="2024-03-05T09:00:00-05:00">
<script>var tracking = "do not read";</script><style>.usa-banner-x {{ color: blue }}</style></head><body>
<a class="usa-skipnav" href="#main-content">Skip to main content</a>
<section class="usa-banner" aria-label="Official website"><header>An official website of the government</header></section>
<header class="site-header"><div class="logo"><a href="/">Department of Trade</a></div>
<nav><ul><li><a href="/about">About us</a></li><li><a href="/news">Newsroom</a></li></ul></nav></header>
<main id="main-content"><div class="breadcrumb"><a href="/">Home</a> / <a href="/news">Press releases</a></div>
<h1>Commerce Sets Rules for Chip Grants</h1><p class="date">FOR IMMEDIATE RELEASE</p><p>Tuesday, March 5, 2024</p>
<div class="share-buttons"><a href="#">Share on X</a> <a href="#">Email this</a></div>
<p>{PROSE[0]} {PROSE[1]}</p><h2>Who may apply</h2><ul><li>Firms that build plants</li><li>Suppliers:<ul><li>of gases</li><li>of
masks</li></ul></li></ul><blockquote><p>“We keep our word,” the secretary said.</p></blockquote>
<ol><li>Register by April.</li><li>Send the form.</li></ol><p>{PROSE[2]}</p>
<figure><img src="x.png" alt="A picture of a plant"><figcaption>A plant in the north.</figcaption></figure></main>
<aside class="related"><h2>Related releases</h2><ul><li><a href="/1">Another release</a></li></ul></aside>
<footer><p>Contact the webmaster. 1401 Main Street.</p><a href="/privacy">Privacy</a></footer>
<div id="cookie-consent">We use cookies to improve this site. <button>Accept</button></div></body></html>""",
    (
        "Commerce Sets Rules for Chip Grants", "FOR IMMEDIATE RELEASE", "March 5, 2024", PROSE[0], "Who may apply",
        "Firms that build plants", "Suppliers:", "of gases", "of masks", "“We keep our word,”", "1. Register by April.",
        "2. Send the form.", PROSE[2], "A plant in the north.",
    ),
    (
        "Skip to", "official website", "About us", "Newsroom", "Press releases", "Share on", "Email this", "Related", "Another",
        "webmaster", "Privacy", "cookies", "Accept", "do not read", "picture of",
    ),
)  # fmt: skip

WIKI = Sample(
    f"""<!DOCTYPE html><html class="client-nojs" lang="en"><head><title>Chip law - Freepedia</title></head>
<body class="mediawiki"><div id="mw-navigation"><ul><li><a href="/r">Random article</a></li></ul></div>
<div id="content" class="mw-body" role="main"><h1 id="firstHeading">Chip law</h1><div id="siteSub">From Freepedia, the free reference</div>
<div id="jump-to-nav" class="mw-jump">Jump to: <a href="#mw-head">navigation</a></div>
<div id="mw-content-text"><table class="infobox"><caption>Chip law</caption><tr><th scope="row">Enacted</th><td>2022</td></tr>
<tr><th scope="row">Budget</th><td>$52.7 billion</td></tr></table>
<p>The <b>Chip law</b> pays for plants.<sup id="cite_ref-a_1-0" class="reference"><a href="#cite_note-a-1">[1]</a></sup> It was passed
in 2022.<sup id="cite_ref-2" class="reference"><a href="#cite_note-2"><span>[</span>2<span>]</span></a></sup> {PROSE[1]}</p>
<div id="toc" class="toc"><h2>Contents</h2><ul><li><a href="#History">1 History</a></li><li><a href="#Aim">2 Aim</a></li></ul></div>
<h2><span class="mw-headline" id="History">History</span><span class="mw-editsection">[<a href="/e">edit</a>]</span></h2>
<p>{PROSE[3]}<sup id="cite_ref-a_1-1" class="reference"><a href="#cite_note-a-1">[1]</a></sup></p>
<h2><span class="mw-headline" id="References">References</span></h2>
<div class="reflist"><ol class="references"><li id="cite_note-a-1"><span class="mw-cite-backlink">^ <a href="#cite_ref-a_1-0"><sup><i><b>a</b></i></sup></a>
<a href="#cite_ref-a_1-1"><sup><i><b>b</b></i></sup></a></span> <span class="reference-text">Smith, J. <i>Plants and pay</i>, 2023.</span></li>
<li id="cite_note-2"><span class="mw-cite-backlink"><b><a href="#cite_ref-2">^</a></b></span> <span class="reference-text">Public Law 1.</span></li></ol></div></div>
<div id="catlinks" class="catlinks"><a href="/c">Categories</a>: <a href="/d">Laws</a></div></div>
<div id="footer" role="contentinfo"><ul><li>This page was last edited in May.</li></ul></div></body></html>""",
    (
        "Chip law", "Enacted\t2022", "Budget\t$52.7 billion", "The Chip law pays for plants. It was passed in 2022.", PROSE[1], "History",
        PROSE[3], "References", "Smith, J. Plants and pay, 2023.", "Public Law 1.",
    ),
    ("Random article", "Jump to", "Contents", "1 History", "edit", "Categories", "last edited", "[1]", "[2]", "^"),
)  # fmt: skip

NEWS = Sample(
    f"""<html lang="en"><head><title>Chip plants get billions – The Daily Paper</title><meta property="og:site_name" content="The Daily Paper">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","name":"The Daily Paper"}},
{{"@type":"NewsArticle","headline":"Chip plants get billions","datePublished":"2023-11-02T08:00:00Z","author":[{{"@type":"Person","name":"Jane Doe"}},
{{"@type":"Organization","name":"The Wire"}}]}}]}}</script></head><body><div class="page has-sidebar"><div class="topbar">Subscribe now for $1</div>
<div class="wrapper"><article class="post"><header><h1>Chip plants get billions</h1><p class="standfirst">Half of the money goes to two firms.</p>
<div class="byline">By Jane Doe</div></header><div class="article-body"><p>{PROSE[0]}</p><div class="ad-slot"><p>Advertisement</p></div>
<p>{PROSE[1]}</p><div class="newsletter-signup"><p>Get our newsletter every day.</p></div><h2>What comes next</h2><p>{PROSE[2]}</p>
<aside class="pullquote">An aside that belongs to the article.</aside><p>{PROSE[3]}</p></div>
<footer><div class="tags"><a href="/t/1">Chips</a> <a href="/t/2">Trade</a></div></footer></article>
<div class="sidebar"><h3>Most read</h3><ul><li><a href="/x">Ten things about soup</a></li><li><a href="/y">Weather today</a></li></ul></div></div>
<section class="comments" id="comments"><h3>3 comments</h3><p>I think that this is a very good law indeed, said no one ever before.</p></section>
<div class="related-stories"><a href="/z">More on chips and fish and other things</a></div></div></body></html>""",
    (
        "Chip plants get billions",
        "Half of the money",
        "By Jane Doe",
        PROSE[0],
        PROSE[1],
        "What comes next",
        PROSE[2],
        "An aside that",
        PROSE[3],
    ),
    ("Subscribe now", "Advertisement", "newsletter", "Most read", "soup", "comments", "very good law", "fish", "Trade"),
)

BLOG = Sample(
    f"""<html><body><div id="header"><a href="/">My blog</a></div><div id="menu"><a href="/a">Archive</a> <a href="/b">About me</a></div>
<div class="entry"><h2 class="entry-title">Notes on a law</h2>{PROSE[0]}<br><br>{PROSE[1]}<br/><br/><b>A bold heading</b><br><br>{PROSE[2]}
<p>Energy is mc<sup>2</sup>, water is H<sub>2</sub>O, and the 4<sup>th</sup> quarter ends.</p></div>
<div class="pager"><a href="/p">Older posts</a> <a href="/n">Newer posts</a></div><div id="footer">Powered by a machine</div></body></html>""",
    ("Notes on a law", PROSE[0], PROSE[1], "A bold heading", PROSE[2], "mc², water is H₂O, and the 4th quarter"),
    ("My blog", "Archive", "About me", "Older", "Powered"),
)

REPORT = Sample(
    f"""<html lang="en"><head><meta charset="utf-8"><title>R40000</title><meta name="citation_title" content="Chips: Law and Money">
<meta name="citation_author" content="Doe, Jane"><meta name="citation_author" content="Kim Minsu"><meta name="citation_publication_date" content="2023/04/25">
</head><body><div class="Report"><h1>Chips: Law and Money</h1><div class="toc"><ol><li><a href="#s1">Summary</a></li><li><a href="#s2">Aim</a></li>
<li><a href="#s3">Tables</a></li></ol></div><h2 id="s1">Summary</h2><p>{PROSE[0]}<a class="footnote-ref" href="#fn1" id="ref1"><sup>1</sup></a> {PROSE[1]}
<sup><a href="#fn2" id="ref2">2</a>,<a href="#fn3" id="ref3">3</a></sup></p><h2 id="s2">Aim</h2><p>{PROSE[2]}</p>
<p class="caption"><b>Table 1. Spending</b></p><p>(in billions of dollars)</p>
<table><thead><tr><th rowspan="2">Program</th><th colspan="2">Year</th></tr><tr><th>2022</th><th>2023</th></tr></thead>
<tbody><tr><td>Grants</td><td>5.0</td><td>19.0</td></tr><tr><td>Loans<sup><a href="#fn3">3</a></sup></td><td colspan="2">75.0</td></tr></tbody>
<tfoot><tr><td colspan="3">Source: Own data.</td></tr></tfoot></table><p>{PROSE[3]}</p>
<section class="footnotes" role="doc-endnotes"><h2>Footnotes</h2><ol><li id="fn1"><p>First source, p. 3. <a href="#ref1" class="footnote-back">↩</a></p></li>
<li id="fn2"><p>Second source.</p><p>With two paragraphs. <a href="#ref2">↩︎</a></p></li><li id="fn3"><p>Third source.<a href="#ref3">Back</a></p></li></ol></section>
</div></body></html>""",
    (
        "Chips: Law and Money", "Summary", PROSE[0], PROSE[1], "Aim", PROSE[2], "Table 1. Spending", "Program\tYear\t\n\t2022\t2023",
        "Grants\t5.0\t19.0", "Loans\t75.0\t", "Source: Own data.", PROSE[3], "Footnotes", "First source, p. 3.",
        "Second source. With two paragraphs.", "Third source.",
    ),
    ("↩", "Back", "year.1", "equipment.2"),
)  # fmt: skip

KOREAN = Sample(
    """<html lang="ko"><head><title>보도자료 | 산업부</title></head><body><div id="wrap"><div id="gnb"><ul><li><a href="/1">정책정보</a></li>
<li><a href="/2">알림마당</a></li></ul></div><div id="container"><div class="lnb"><a href="/3">보도자료</a><a href="/4">공지사항</a></div>
<div class="board_view"><table class="view" width="100%"><tr><td class="title"><strong>반도체 투자 지원 계획 발표</strong></td></tr>
<tr><td><table width="100%"><tr><td>담당부서</td><td>반도체과</td><td>등록일</td><td>2024-05-02</td></tr></table></td></tr>
<tr><td class="cont"><div>□ 정부는 반도체 산업의 경쟁력을 높이기 위하여 26조원 규모의 지원 계획을 발표하였다.<br>
○ 금융 지원은 17조원이며, 산업은행을 통하여 저리로 대출한다.<br>&nbsp; - 기반시설에는 2조 5천억원을 투자한다.<br><br>
□ 관계 부처는 6월까지 세부 계획을 마련하고, 국회와 협의하여 법률을 개정할 예정이다.<sup>1)</sup></div>
<table border="1"><caption class="blind">표 설명</caption><tbody><tr><td>구분</td><td>2023년</td><td>2024년</td></tr><tr><td>금융</td><td>10.0</td><td>17.0</td></tr>
<tr><td>인력</td><td>1.2</td><td>5.0</td></tr></tbody></table><p><sup>1)</sup> 조세특례제한법 제24조를 말한다.</p></td></tr></table></div>
<div class="satisfaction"><p>이 페이지의 정보에 만족하십니까?</p></div></div><div id="footer"><address>세종특별자치시 한누리대로 402</address></div></div></body></html>""",
    (
        "반도체 투자 지원 계획 발표", "반도체과", "2024-05-02", "정부는 반도체 산업의 경쟁력을 높이기 위하여 26조원 규모의 지원 계획을 발표하였다.",
        "금융 지원은 17조원이며, 산업은행을 통하여 저리로 대출한다.", "기반시설에는 2조 5천억원을 투자한다.", "법률을 개정할 예정이다.",
        "구분\t2023년\t2024년", "금융\t10.0\t17.0", "조세특례제한법 제24조를 말한다.",
    ),
    ("정책정보", "알림마당", "공지사항", "만족하십니까", "한누리대로", "1)", "표 설명"),
)  # fmt: skip

TABLE_ONLY = Sample(
    """<html><body><table><tr><th>Country</th><th>2022</th></tr><tr><td>Korea</td><td>4.1</td></tr><tr><td>Japan</td><td>3.9</td></tr>
</table></body></html>""",
    ("Country\t2022\nKorea\t4.1\nJapan\t3.9",),
    (),
)

SOUP = Sample(
    f"""<html><head><title>Soup</title></head><body><font face="Arial"><center><a href="1">Home</a> | <a href="2">News</a> | <a href="3">Links</a></center><br>
<font size="5">A page of the nineties</font><br><br>{PROSE[0]}<br>{PROSE[1]}<p>{PROSE[2]}<p>{PROSE[3]}<hr>{PROSE[4]}
<center><a href="1">Home</a> | <a href="4">Mail</a> | <a href="5">Guests</a></center></font></body></html>""",
    ("A page of the nineties", *PROSE),
    ("Guests",),
)

XHTML = Sample(
    f"""<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en"><head><title/><script src="a.js"/></head>
<body><h1>On&#160;law</h1><p><a id="p1"/>{PROSE[0]}<a epub:type="noteref" href="#n1">*</a></p><p>{PROSE[1]} &lt;x&gt;</p>
<aside epub:type="footnote" id="n1"><p>* A note of its own.</p></aside></body></html>""",
    ("On law", PROSE[0], PROSE[1] + " <x>", "A note of its own."),
    ("*",),
)

SAMPLES = {
    "press release": PRESS_RELEASE, "wiki": WIKI, "news": NEWS, "blog": BLOG, "report": REPORT, "korean": KOREAN,
    "table only": TABLE_ONLY, "soup": SOUP, "xhtml": XHTML,
}  # fmt: skip
