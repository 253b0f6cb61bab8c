"""The policy of fetching: where a link has led, how long to wait, what is recorded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.sources.fetching import FetchLimits, Pace, Record, back_off, retry_after, verdict, whither


@pytest.mark.parametrize(
    ("asked", "final", "where"),
    [
        ("a.org/x/y", "a.org/x/y", "there"),
        ("a.org/x/y", "www.a.org/x/z", "there"),
        ("a.org/x/y", "a.org/", "home"),
        ("a.org/x/y", "a.org/en/", "home"),
        ("a.org/x/y", "b.org/", "home"),
        ("a.org/", "a.org/en/index.html", "there"),
        ("a.org", "www.a.org/", "there"),
        ("doi.org/10.1/x", "journal.example/article/7", "there"),
        ("doi.org/10.1/x", "journal.example/login", "login"),
        ("old.go.kr/board/view.do", "new.go.kr/board/view.do", "there"),
        ("www.mofa.go.kr/a/b", "overseas.mofa.go.kr/c/d", "there"),
        ("stat.go.kr/a/b", "mofa.go.kr/c/d", "elsewhere"),
        ("a.co.uk/a", "b.co.uk/c", "elsewhere"),
        ("a.org/papers/long-title-of-2012.pdf", "b.org/files/long-title-of-2012.pdf", "there"),
        ("a.org/x.pdf", "b.org/y/x.pdf", "elsewhere"),
        ("a.org/x", "a.org/404.html", "gone"),
        ("a.org/error/404-study", "a.org/error/404-study.html", "there"),
        ("a.org/x", "login.a.org/z", "login"),
        ("a.org/x", "a.org/sso/start", "login"),
        ("a.org/studies/login", "a.org/studies/login/full.html", "there"),
        ("a.org/x", "a.org/accounts/national.html", "there"),
        ("8.8.8.8/x/y", "8.8.4.8/z/z", "elsewhere"),
    ],
)
def test_where_a_link_has_led(asked: str, final: str, where: str) -> None:
    """The same place, a start page, a log-in, an error page, or another site."""

    def place(text: str) -> tuple[str, str]:
        host, _, path = text.partition("/")
        return host, "/" + path

    assert whither(place(asked), place(final)) == where


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("17", 17.0), (" 0 ", 0.0), ("999999999999999", 999999999.0), ("Sun, 22 Nov 2026 00:01:00 GMT", 60.0),
        ("Sun, 22 Nov 2020 00:01:00 GMT", 0.0), ("Sun, 22 Nov 2026 09:01:00 +0900", 60.0), ("-5", None), ("soon", None),
        ("", None), (None, None), ("1.5", None), ("١٧", None),
    ],
)  # fmt: skip
def test_retry_after_is_a_number_or_a_date(value: str | None, seconds: float | None) -> None:
    """What is neither is not heard."""
    assert retry_after(value, datetime(2026, 11, 22, tzinfo=UTC)) == seconds


def test_attempts_back_off_within_bounds() -> None:
    """Longer each time, no longer than is asked for or bearable, and not for ever."""
    limits = FetchLimits(attempts=4, delay=2.0, wait=10.0)
    assert [back_off(n, None, limits) for n in (1, 2, 3, 4)] == [4.0, 8.0, 10.0, None]
    assert back_off(1, 9.0, limits) == 9.0
    assert back_off(1, 1.0, limits) == 4.0
    assert back_off(1, 11.0, limits) is None


def test_a_host_waits_for_its_pause_and_no_other_does() -> None:
    """The pause counts from the end of the last request."""
    slept: list[float] = []
    times = iter([5.0, 6.0, 6.0, 9.0, 9.5])
    pace = Pace(lambda: next(times), slept.append)
    with pace.turn("a.org", 2.0):
        pass
    with pace.turn("a.org", 2.0):
        assert slept == [1.0]
    with pace.turn("b.org", 2.0):
        assert slept == [1.0]


def test_a_record_is_read_back_or_refused() -> None:
    """What stands on disk may have been edited."""
    record = Record("a", "b", "2026-11-22", 200, "c" * 64, 7, "text/html", archived="2019-03-04")
    assert Record.from_json(record.as_json()) == record
    for wrong in (
        {},
        {**record.as_json(), "size": "7"},
        {**record.as_json(), "more": "x"},
        {**record.as_json(), "status": True},
    ):
        with pytest.raises(ValueError, match="no record"):
            Record.from_json(wrong)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(200, None), (206, None), (401, "blocked"), (403, "blocked"), (404, "dead"), (410, "dead"), (451, "blocked"),
     (429, "failed"), (503, "failed"), (418, "failed"), (204, "failed")],
)  # fmt: skip
def test_a_status_means_one_thing(status: int, kind: str | None) -> None:
    """And says what can be done."""
    said = verdict(status)
    assert (said[0] if said else None) == kind
    assert said is None or ": " in said[1]
