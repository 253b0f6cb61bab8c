"""One reading of an address, and no machine that is not on the public web."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.backends.web.addresses import PORTS, AddressError, follow, not_public, parse_address

NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254 168.63.129.16
169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170 192.0.0.192 192.0.2.1
192.31.196.1 192.52.193.1 192.88.99.1 192.168.1.1 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1
224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b::808:808 64:ff9b:1::a00:1 100::1 100:0:0:1::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2
2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe::1 2002:808:808::1 2620:4f:8000::1 3ffe::1
3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::5efe:a00:1 fec0::1 ff02::1 ff0e::1
2a00:1450::5efe:7f00:1 2a00:1450::200:5efe:a00:1 4000::1 8000::1 1::1
""".split()
PUBLIC = "1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1 192.167.1.1 198.17.0.1 198.20.0.1 223.255.255.255 2001:4860:4860::8888 2606:4700::1111 2a00:1450:4001::200e 2400:cb00::1 2003::1"


@pytest.mark.parametrize("number", NOT_PUBLIC)
def test_a_number_that_no_public_server_has_is_named(number: str) -> None:
    """Loopback, private, link, metadata, carrier, multicast, reserved, documentation, and IPv4 in each of its wraps."""
    assert not_public(ip_address(number))


@pytest.mark.parametrize("number", PUBLIC.split())
def test_a_number_beside_the_walls_is_public(number: str) -> None:
    """The networks end where they end."""
    assert not_public(ip_address(number)) is None


def test_pythons_own_word_is_not_enough() -> None:
    """The reason for a list of our own: `is_global` lets some of these through."""
    assert [n for n in NOT_PUBLIC if ip_address(n).is_global]


def test_a_zone_is_a_link() -> None:
    """An address with an interface in it is never on the web."""
    assert not_public(ip_address("2606:4700::1111%eth0")) == "the link"


@pytest.mark.parametrize(
    "text",
    [
        "http://a\\@b.org/", "http://a.org\\.b.org/", "http:\\\\a.org/", "http://user@a.org/", "http://user:word@a.org/",
        "http://a.org@b.org/", "http://a.org:80@b.org/", "http://a.org#@b.org@c.org/".replace("#", "%23"),
        "ftp://a.org/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "gopher://a.org/", "a.org/x",
        "//a.org/", "http:a.org", "http:/a.org", "http:///a.org", "http://", "http://:80/", "https://?x", "http://#x",
        "http://a.org\t/", "http://a.org/\nx", "http://a.org/\r\nHost: b.org", " http://a.org/", "http://a.org/ b",
        "http://a.org/\x00", "http://a.org/\x7f", "http://a\u00ad.org/", "http://a.org/\u200b", "http://a.org/\u202e",
        "http://a.org:22/", "http://a.org:0/", "http://a.org:65536/", "http://a.org:080/", "http://a.org:+80/",
        "http://a.org:80:80/", "http://a.org:/", "http://a.org:８０/", "http://a.org:6379/", "http://a.org: 80/",
        "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://0177.0.0.1/", "http://127.1/",
        "http://0x7f.0.0.1/", "http://127.0.0.0x1/", "http://1.2.3/", "http://1.2.3.4.5/", "http://256.1.1.1/",
        "http://1.2.3.4./", "http://01.2.3.4/", "http://a.0x1/", "http://１２７.0.0.1/", "http://①②⑦.⓪.⓪.①/",
        "http://127。0。0。1/", "http://ｅxample.org/", "http://a。org/", "http://a．org/", "http://\u212a.org/", "http://ℬ.org/",
        "http://a.org℀/", "http://ﬀ.org/", "http://a..org/", "http://.a.org/", "http://a.org./", "http://-a.org/",
        "http://a-.org/", "http://a_b.org/", "http://a%2eorg/", "http://a%00.org/", "http://a!b.org/", "http://a*b.org/",
        "http://xn--a.org/", "http://xn--.org/", "http://xn--google.com-.org/", "http://localhost/", "http://LOCALHOST/",
        "http://intranet/", "http://a.localhost/", "http://printer.local/", "http://x.internal/", "http://a.home.arpa/",
        "http://metadata.google.internal/", "http://[::1/", "http://[::1]x/", "http://[fe80::1%25eth0]/", "http://[v1.a]/",
        "http://[1.2.3.4]/", "http://[::1]:99/", "http://[:::]/", "http://[]/", "http://]/", "http://[::1]@a.org/",
        "http://" + "a." * 130 + "org/", "http://" + "a" * 64 + ".org/", "http://a.org/" + "x" * 2000,
        "http://a.org;b.org/", "http://a.org,b.org/", "http://a.org|b/", "http://<a.org>/", "http://{a}.org/",
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_refused(text: str) -> None:
    """Backslashes, users, odd ports, numbers in other writings, letters that turn into others, control characters."""
    with pytest.raises(AddressError):
        parse_address(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTP://Example.ORG:80/A?b=C#d", "http://example.org/A?b=C"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://example.org:8443/a b".replace(" ", "%20"), "https://example.org:8443/a%20b"),
        ("http://example.org/a/./b/../c", "http://example.org/a/c"),
        ("http://example.org/../../etc", "http://example.org/etc"),
        ("http://example.org/a/%2E%2e/b", "http://example.org/b"),
        ("http://example.org/a/..", "http://example.org/"),
        ("http://example.org//b.org/", "http://example.org//b.org/"),
        ("http://example.org?x=http://b.org/@c", "http://example.org/?x=http://b.org/@c"),
        ("http://example.org/가?나=다", "http://example.org/%EA%B0%80?%EB%82%98=%EB%8B%A4"),
        ("http://한국.kr/", "http://xn--3e0b707e.kr/"),
        ("http://xn--3e0b707e.kr/", "http://xn--3e0b707e.kr/"),
        ("http://8.8.8.8/x", "http://8.8.8.8/x"),
        ("http://[2606:4700:0:0::1111]/x", "http://[2606:4700::1111]/x"),
        ('http://example.org/<"{x}|^`>', "http://example.org/%3C%22%7Bx%7D%7C%5E%60%3E"),
        ("http://example.org/10.1000/xyz(1)2;3", "http://example.org/10.1000/xyz(1)2;3"),
    ],
)
def test_a_plain_address_has_one_form(text: str, read: str) -> None:
    """The form that is sent, recorded and compared; reading it again changes nothing."""
    assert str(parse_address(text)) == read
    assert str(parse_address(read)) == read


@pytest.mark.parametrize(
    ("location", "read"),
    [
        (b"/c", "http://example.org/c"),
        (b"c", "http://example.org/a/c"),
        (b"../c", "http://example.org/c"),
        (b"?x=1", "http://example.org/a/b?x=1"),
        (b"#top", "http://example.org/a/b?q"),
        (b"//other.org/x", "http://other.org/x"),
        (b"https://other.org/x", "https://other.org/x"),
        ("/가 나".encode(), "http://example.org/%EA%B0%80%20%EB%82%98"),
        (b"/caf\xe9", "http://example.org/caf%C3%A9"),
    ],
)
def test_a_redirect_is_read_from_where_it_stands(location: bytes, read: str) -> None:
    """By the same reader; spaces and other letters, which servers do send, are escaped."""
    assert str(follow(parse_address("http://example.org/a/b?q"), location)) == read


@pytest.mark.parametrize(
    "location",
    [b"file:///etc/passwd", b"javascript:x", b"\\\\b.org/", b"/\\b.org", b"///b.org", b"http:b.org", b"//u@b.org/",
     b"/a\tb", b"/a\x00b", b"gopher://b.org/", b"https://localhost/", b"http://b.org:25/", b"data:,x"],
)  # fmt: skip
def test_a_redirect_is_refused_as_any_address(location: bytes) -> None:
    """Redirects are what an attacker writes."""
    with pytest.raises(AddressError):
        follow(parse_address("http://example.org/a/b?q"), location)


_PIECES = st.sampled_from(
    ["http://", "https://", "HTTP:", "//", "/", "\\", "@", ":", ":80", ":443", "#", "?", "%2e", "%", "..", ".", "a.org", "b.org",
     "127.0.0.1", "0x7f", "[::1]", "[", "]", "xn--", "\t", " ", "\u200b", "。", "가", "user", "&", "=", ";", "é", "1", "-", "_"]
)  # fmt: skip


@given(
    st.one_of(
        st.lists(_PIECES, max_size=12).map("".join),
        st.lists(_PIECES, max_size=10).map(lambda p: "http://" + "".join(p)),
    )
)
def test_others_read_what_is_sent_as_it_is_read_here(text: str) -> None:
    """Whatever gets through is in a form in which two other parsers find the same host and port."""
    try:
        read = parse_address(text)
    except AddressError:
        return
    assert parse_address(str(read)) == read
    assert str(read).isascii()
    split, url = urlsplit(str(read)), httpx.URL(str(read))
    assert (split.hostname, split.port or PORTS[split.scheme]) == (read.host, read.port)
    assert (url.host if ":" in url.host else url.raw_host.decode(), url.port or PORTS[url.scheme]) == (
        read.host,
        read.port,
    )
    assert split.username is None
    assert url.userinfo == b""
