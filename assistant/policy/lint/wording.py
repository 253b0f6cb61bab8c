"""What was seen and what is asked, in both languages. A question to the author, never a verdict."""

from __future__ import annotations

from assistant.types import Language

_SAID: dict[str, dict[Language, tuple[str, str]]] = {
    "no_mark": {
        "en": ("Note {note} has no mark in the text.", "Where is note {note} called, or is it left from an earlier draft?"),
        "ko": ("주 {note}번을 가리키는 표시가 본문에 없습니다.", "주 {note}번은 어디에서 불러야 합니까? 이전 원고에서 남은 것입니까?"),
    },
    "no_marks": {
        "en": ("{n} of {all} notes have no mark that could be read in the text.",
               "Are the marks set in the text, or did the file lose them?"),
        "ko": ("주 {all}개 가운데 {n}개는 본문에서 표시를 읽을 수 없었습니다.", "본문에 주 표시가 있습니까? 파일에서 사라진 것은 아닙니까?"),
    },
    "double_mark": {
        "en": ("Note {note} is called {n} times.", "Is note {note} meant in all these places, or should one of them call another note?"),
        "ko": ("주 {note}번의 표시가 {n}번 나옵니다.", "모두 주 {note}번을 가리킵니까? 다른 주를 가리켜야 할 곳이 있습니까?"),
    },
    "order_after": {
        "en": ("The mark of note {note} stands behind that of note {other}.", "Should the notes be numbered in the order of their marks here?"),
        "ko": ("주 {note}번의 표시가 주 {other}번의 표시 뒤에 나옵니다.", "여기서 주의 번호는 표시 순서대로여야 하지 않습니까?"),
    },
    "order_before": {
        "en": ("The mark of note {note} stands before that of note {other}.", "Should the notes be numbered in the order of their marks here?"),
        "ko": ("주 {note}번의 표시가 주 {other}번의 표시 앞에 나옵니다.", "여기서 주의 번호는 표시 순서대로여야 하지 않습니까?"),
    },
    "no_note": {
        "en": ("The text has a mark {note}, and no note answers to it.", "Is a note {note} missing, or is this figure no mark?"),
        "ko": ("본문에 {note}번 표시가 있으나 그에 해당하는 주가 없습니다.", "주 {note}번이 빠졌습니까, 아니면 주 표시가 아닙니까?"),
    },
    "access_before": {
        "en": ("Note {note}: accessed {accessed}, published {issued}.", "Is one of the two dates a slip?"),
        "ko": ("주 {note}번: 접속일 {accessed}, 발행일 {issued}.", "두 날짜 가운데 하나를 잘못 적은 것은 아닙니까?"),
    },
    "access_after": {
        "en": ("Note {note}: accessed {accessed}, later than the document's own date ({own}).", "Is one of the two dates a slip?"),
        "ko": ("주 {note}번: 접속일({accessed})이 문서의 날짜({own})보다 늦습니다.", "두 날짜 가운데 하나를 잘못 적은 것은 아닙니까?"),
    },
    "access_year": {
        "en": ("Note {note}: accessed {accessed}; {n} other dates of access name the same day of {others}.",
               "Is {year} meant, or {others} as in the other notes?"),
        "ko": ("주 {note}번: 접속일 {accessed}. 다른 접속일 {n}건은 같은 날짜의 {others}년입니다.", "{year}년이 맞습니까, 아니면 다른 주와 같은 {others}년입니까?"),
    },
    "access_day": {
        "en": ("Note {note}: accessed {accessed}; {n} other dates of access are {usual}.", "Was this one accessed on another day, or is the date a slip?"),
        "ko": ("주 {note}번: 접속일 {accessed}. 다른 접속일 {n}건은 {usual}입니다.", "이 자료만 다른 날에 접속했습니까, 아니면 날짜를 잘못 적었습니까?"),
    },
    "access_far": {
        "en": ("Note {note}: accessed {accessed}, far from every other date of access.", "Is the year meant?"),
        "ko": ("주 {note}번: 접속일({accessed})이 다른 모든 접속일과 멀리 떨어져 있습니다.", "연도가 맞습니까?"),
    },
    "twice_title": {
        "en": ("One address, two titles: “{mine}” (note {note}) and “{theirs}” (note {other}).", "Is this one work, and which is its title?"),
        "ko": ("주소는 하나인데 제목이 둘입니다: “{mine}”(주 {note}), “{theirs}”(주 {other}).", "같은 자료입니까? 그렇다면 어느 제목이 맞습니까?"),
    },
    "twice_spacing": {
        "en": ("One title spelled in two ways: “{mine}” (note {note}) and “{theirs}” (note {other}).", "Which spelling is meant?"),
        "ko": ("한 제목의 표기가 둘입니다: “{mine}”(주 {note}), “{theirs}”(주 {other}).", "어느 표기로 통일합니까?"),
    },
    "twice_year": {
        "en": ("“{work}” is dated {mine} in note {note} and {theirs} in note {other}.", "Are these two editions, or is one date a slip?"),
        "ko": ("“{work}”의 날짜가 주 {note}번에는 {mine}, 주 {other}번에는 {theirs}입니다.", "서로 다른 판입니까, 아니면 한쪽을 잘못 적었습니까?"),
    },
    "twice_author": {
        "en": ("“{work}” is by {mine} in note {note} and by {theirs} in note {other}.", "Which author is meant, and are the names spelled alike?"),
        "ko": ("“{work}”의 저자가 주 {note}번에는 {mine}, 주 {other}번에는 {theirs}입니다.", "어느 쪽이 맞습니까? 같은 이름의 다른 표기입니까?"),
    },
    "twice_publisher": {
        "en": ("“{work}” is published by {mine} in note {note} and by {theirs} in note {other}.", "Which publisher is meant?"),
        "ko": ("“{work}”의 발행처가 주 {note}번에는 {mine}, 주 {other}번에는 {theirs}입니다.", "어느 발행처가 맞습니까?"),
    },
    "twice_container": {
        "en": ("“{work}” stands in {mine} in note {note} and in {theirs} in note {other}.", "Where did it appear?"),
        "ko": ("“{work}”의 수록처가 주 {note}번에는 {mine}, 주 {other}번에는 {theirs}입니다.", "어디에 실린 글입니까?"),
    },
    "institution": {
        "en": ("“{mine}” (note {note}) and “{theirs}” (note {other}).", "Is this one institution, and was it called so at each of the two dates?"),
        "ko": ("“{mine}”(주 {note}), “{theirs}”(주 {other}).", "같은 기관입니까? 각 시점의 명칭이 맞습니까?"),
    },
    "institution_spelled": {
        "en": ("One name spelled in two ways: “{mine}” (note {note}) and “{theirs}” (note {other}).", "Which spelling is meant?"),
        "ko": ("한 이름의 표기가 둘입니다: “{mine}”(주 {note}), “{theirs}”(주 {other}).", "어느 표기로 통일합니까?"),
    },
    "institution_source": {
        "en": ("Source lines name “{mine}” and “{theirs}”.", "Is this one institution, and which name is meant?"),
        "ko": ("자료 출처의 표기가 둘입니다: “{mine}”, “{theirs}”.", "같은 기관입니까? 어느 명칭으로 통일합니까?"),
    },
    "address_date": {
        "en": ("Note {note}: published {issued}; the address says {detail}.", "Which date is that of publication?"),
        "ko": ("주 {note}번: 발행일은 {issued}인데 주소에는 {detail}로 나옵니다.", "어느 날짜가 발행일입니까?"),
    },
    "address_twice": {
        "en": ("The address begins twice.", "What is the address?"),
        "ko": ("주소의 첫머리가 두 번 나옵니다.", "맞는 주소는 무엇입니까?"),
    },
    "address_scheme": {
        "en": ("The address begins with “{detail}”.", "Is http:// or https:// meant?"),
        "ko": ("주소의 첫머리: “{detail}”.", "http:// 또는 https://가 맞습니까?"),
    },
    "address_space": {
        "en": ("There is a space in the address.", "What is the address?"),
        "ko": ("주소 안에 빈칸이 있습니다.", "맞는 주소는 무엇입니까?"),
    },
    "address_host": {
        "en": ("“{detail}” is no name of a host.", "What is the address?"),
        "ko": ("주소의 서버 이름으로 볼 수 없습니다: “{detail}”.", "맞는 주소는 무엇입니까?"),
    },
    "address_tail": {
        "en": ("The address ends with “{detail}” inside its brackets.", "Does the mark belong to the address?"),
        "ko": ("괄호 안의 주소가 “{detail}”로 끝납니다.", "그 부호가 주소의 일부입니까?"),
    },
    "address_tracking": {
        "en": ("A remark: the address carries “{detail}”, which says how a reader came to the page.", "Can the address do without it?"),
        "ko": ("참고: 주소에 방문 경로를 나타내는 부분이 있습니다: “{detail}”.", "이 부분을 뺄 수 있습니까?"),
    },
    "address_doi": {
        "en": ("“{detail}” is not shaped as a doi (10.…/…).", "What is the doi?"),
        "ko": ("doi의 형식(10.…/…)이 아닙니다: “{detail}”.", "맞는 doi는 무엇입니까?"),
    },
    "old_year": {
        "en": ("The sentence speaks of {about}; the newest work of note {note}, “{work}”, is of {issued}.", "Does the source show what is said of {about}?"),
        "ko": ("문장은 {about}년을 말하는데, 주 {note}번에서 가장 최근인 자료는 “{work}”({issued}년)입니다.", "이 자료가 {about}년에 관한 내용을 보여 줍니까?"),
    },
    "old_now": {
        "en": ("The sentence says how things stand ({about}); the newest work of note {note}, “{work}”, is of {issued}.",
               "Does a source of {issued} still show it, or is a newer one at hand?"),
        "ko": ("문장은 현재의 일을 말하는데({about}), 주 {note}번에서 가장 최근인 자료는 “{work}”({issued}년)입니다.",
               "{issued}년 자료가 지금의 상황도 보여 줍니까, 아니면 더 최근 자료가 있습니까?"),
    },
}  # fmt: skip


def told(key: str, language: Language, **values: object) -> tuple[str, str]:
    """What was found, and the question, with the values put in."""
    found, question = _SAID[key][language]
    return found.format(**values), question.format(**values)
