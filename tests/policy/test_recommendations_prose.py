"""What a document recommends in the turns of official prose, in note style, and under headings of advice."""

from __future__ import annotations

import pytest

from assistant.backends.text_files import MarkdownParser
from assistant.policy.recommendations import chosen, recommendations
from assistant.types import Document, Work
from assistant.types.policy import Recommendation, Strength


def document(text: str, title: str = "Ferries of Marenland") -> Document:
    return MarkdownParser().parse(text.encode(), Work(id="x", title=title))


def found(text: str) -> tuple[Recommendation, ...]:
    """What is recommended in a text that gives advice (its first sentence does)."""
    return recommendations(document(f"# Ferries\n\nThis paper proposes a plan for ferries.\n\n{text}\n"))[1:]


def korean(text: str) -> tuple[Recommendation, ...]:
    return recommendations(document(f"# 마렌랜드의 연락선\n\n{text}\n", "마렌랜드의 연락선"))


def actor(r: Recommendation) -> str | None:
    return r.actor.text if r.actor else None


@pytest.mark.parametrize(
    ("sentence", "strength", "who", "action"),
    [
        ("Ministers are urged to publish the timetable.", "should", "Ministers", "publish the timetable"),
        ("Parliament is invited to review the fares.", "should", "Parliament", "review the fares"),
        ("The Harbour Service might be asked to share its berths.", "could", "Harbour Service", "share its berths"),
        ("It is recommended that the harbour board close the old pier.", "should", "harbour board", "close the old pier"),
        ("It is suggested that fares be frozen for a year.", "should", None, "fares be frozen for a year"),
        ("The harbour board will need to hire two pilots.", "should", "harbour board", "hire two pilots"),
        ("Consideration could be given to a winter fare.", "considering", None, "a winter fare"),
        ("Councils may wish to name a ferry officer.", "could", "Councils", "name a ferry officer"),
        ("We would caution against fines in the first year.", "should", None, "caution against fines in the first year"),
        ("It would be a mistake to sell the old ferry.", "should", None, "a mistake to sell the old ferry"),
        ("Operators had better publish delays.", "should", "Operators", "publish delays"),
        ("There is a strong case for moving the depot.", "should", None, "moving the depot"),
        ("A review of the fares is long overdue.", "should", None, "A review of the fares is long overdue"),
        ("The most pressing task is to repair the slipway.", "should", None, "repair the slipway"),
        ("We would urge the Ministry of Transport to delay the sale.", "should", "Ministry of Transport", "delay the sale"),
        ("Let the date be no later than 2040.", "should", None, "the date be no later than 2040"),
        ("The ministry should name a body that passengers can complain to.", "should", "ministry", "name a body that passengers can complain to"),
    ],
)  # fmt: skip
def test_official_prose_is_read(sentence: str, strength: Strength, who: str | None, action: str) -> None:
    """The usual turns of memoranda and reports, with who is addressed; advice against something keeps its denial."""
    (r,) = found(sentence)
    assert (r.voice, r.strength, actor(r), r.action.text) == ("own", strength, who, action)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nothing in this section requires primary legislation.",
        "There is no need to amend the Ferry Act.",
        "Nobody needs to register again.",
        "None of the piers has to close.",
        "The board no longer needs to hold a reserve.",
        "It is never necessary to book ahead.",
        "Passengers need to wait an hour at the pier.",
        "Under the Ferry Act 2031, operators must insure each boat, and the Harbour Service has to report each June.",
        "It is suggested that the fall was caused by fog.",
        "The new boat should arrive in May.",
        "Loans are overdue.",
        "Visitors are asked to show a card.",
        "This note advises the Ferry Council.",
    ],
)
def test_denied_needs_and_facts_are_no_advice(sentence: str) -> None:
    """That nothing is needed, what the law asks, how things are for users, and what is supposed recommend nothing."""
    assert found(sentence) == ()


def test_against_one_is_told_with_what_it_is_against() -> None:
    """Where the object is a pronoun the action holds the words that it refers to."""
    (r,) = found("No case has been made for a second pier, and we advise against one.")
    assert r.action.text == "No case has been made for a second pier, and we advise against one"


def test_what_is_suggested_by_nobody_named_is_not_the_documents() -> None:
    """`It has been suggested` is heard somewhere; a body that issued the document speaks for it."""
    (r,) = found("It has been suggested that the board sell the pier.")
    assert (r.voice, r.said_by) == ("reported", "")
    memo = "# Ferries\n\nFerry Policy Unit, 3 May 2031\n\nThe Unit recommends that the ministry lower fares. The Union recommends that the ministry raise wages."
    assert [(r.voice, r.said_by) for r in recommendations(document(memo))] == [("own", ""), ("reported", "The Union")]


def test_an_actor_is_inherited_only_by_what_refers_to_it() -> None:
    """A sentence with a subject of its own is not given to whoever was named before."""
    rs = found("The harbour board must publish its accounts. It should also hire pilots. Fines should be lowered.")
    assert [actor(r) for r in rs] == ["harbour board", "harbour board", None]
    ko = korean("항만공사는 자료를 공개해야 한다. 또한 도선사를 늘려야 한다. 성급한 매각은 피해야 한다.")
    assert [actor(r) for r in ko] == ["항만공사", "항만공사", None]


def test_items_name_their_actors() -> None:
    """In brackets, before `to`, behind `by`; all imperatives under a heading of advice, also above a subheading."""
    text = (
        "## Recommendations\n\n### Boats\n\n1. Publish the plan by June (Department for Ferries).\n2. Agree the lease with the yard.\n"
        "3. Do not extend the old contract.\n4. The Treasury to confirm the sum.\n5. Islands to be consulted throughout.\n"
        "6. Traffic rose in 2030.\n\n### Background\n\n- Agree the lease\n"
    )
    assert [(actor(r), r.action.text) for r in found(text)] == [
        ("Department for Ferries", "Publish the plan by June"), (None, "Agree the lease with the yard"),
        (None, "Do not extend the old contract"), ("Treasury", "confirm the sum"),
        (None, "Islands to be consulted throughout"),
    ]  # fmt: skip
    opened = found(
        "The following are recommended:\n\n- a grant for skippers, paid by the Harbour Skills Board;\n- a second pier.\n"
    )
    assert [(actor(r), r.action.text) for r in opened] == [
        ("Harbour Skills Board", "a grant for skippers, paid by the Harbour Skills Board"), (None, "a second pier"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "strength", "who", "action"),
    [
        ("해양부는 운임을 내리기 바란다.", "should", "해양부", "운임을 내리"),
        ("해양수산부는 운임을 20% 인하하기 바람.", "should", "해양수산부", "운임을 20% 인하"),
        ("각 섬에 구명정을 두 척씩 배치하도록 하자.", "should", None, "각 섬에 구명정을 두 척씩 배치"),
        ("예산 당국은 사용처를 먼저 점검하였으면 한다.", "should", "예산 당국", "사용처를 먼저 점검"),
        ("야간 운항을 줄이는 것도 하나의 대안이 될 수 있다.", "could", None, "야간 운항을 줄이는 것"),
        ("선착장 정비가 무엇보다 시급하다.", "must", None, "선착장 정비"),
        ("노후 선박의 교체가 급선무이다.", "must", None, "노후 선박의 교체"),
        ("운임 동결을 해마다 재검토함이 타당하다.", "should", None, "운임 동결을 해마다 재검토함"),
        ("국회에는 섬 교통 특별위원회의 설치를 제안한다.", "should", "국회", "섬 교통 특별위원회의 설치"),
        ("섬 지역에는 연락선 네 척을 더 배치할 것을 권고한다.", "should", None, "섬 지역에는 연락선 네 척을 더 배치할 것"),
        ("운임 위원은 정부가 아니라 주민이 추천해야 한다.", "should", "주민", "추천"),
        ("노동부와 해양수산부는 자료를 함께 관리하기 바란다.", "should", "노동부와 해양수산부", "자료를 함께 관리"),
        ("각 도는 민간 회사가 포기한 항로를 직접 운영할 필요가 있다.", "should", "각 도", "민간 회사가 포기한 항로를 직접 운영"),
        ("결항을 주민이 확인할 수 있게 해야 한다.", "should", None, "결항을 주민이 확인할 수 있게"),
        ("해양수산부는 항만법을 연내에 개정할 것.", "should", "해양수산부", "항만법을 연내에 개정"),
    ],
)  # fmt: skip
def test_korean_official_prose_is_read(sentence: str, strength: Strength, who: str | None, action: str) -> None:
    """Endings of reports and note style; whom a proposal addresses is no speaker, and a topic outranks a subject inside."""
    (r,) = korean(sentence)
    assert (r.voice, r.strength, actor(r), r.action.text) == ("own", strength, who, action)


@pytest.mark.parametrize(
    "sentence",
    [
        "새 선착장을 지을 필요는 없다.",
        "추가 예산은 필요하지 않다.",
        "모든 섬에 부두가 있어야 하는 것은 아니다.",
        "운임을 반드시 내려야 한다고 보기는 어렵다.",
        "공사에는 앞으로 6개월이 필요하다.",
        "수리에는 두 달이 더 필요하다.",
        "이 추정치는 새 통계가 나오면 수정되어야 할 것임.",
        "안개가 걷혀야 배가 뜬다.",
        "이용객은 내년에 두 배로 증가할 것.",
    ],
)
def test_korean_denied_needs_and_amounts_are_no_advice(sentence: str) -> None:
    """`필요는 없다`, what something takes, the document's own figures, and what will come about."""
    assert korean(sentence) == ()


def test_korean_speakers() -> None:
    """Whoever is quoted says it; a quotation mark belongs to nobody's name, and `이상` of a number is no condition."""
    quoted, party = korean(
        '반면 선주협회는 "정부가 부두를 세워야 한다"고 촉구한 바 있다.\n\n어민 단체는 운임을 내려야 한다고 거듭 주장한다.'
    )
    assert (quoted.voice, quoted.said_by, actor(quoted)) == ("reported", "선주협회", "정부")
    assert (party.voice, party.said_by) == ("reported", "어민 단체")
    (r,) = korean("정부는 위원의 3분의 1 이상 주민으로 위촉해야 한다.")
    assert r.condition is None


def test_korean_items_under_headings_of_advice_at_any_depth() -> None:
    """Who should act in brackets, rows of a timetable, and verbal nouns; a subheading of another kind ends it."""
    text = (
        "## 3. 제언\n\n### 3.1 선박\n\n- (교육부) 도선사 과정을 신설할 것\n- 노후 선박 감축 비율 상향\n- 선박은 모두 12척임\n\n"
        "### 3.2 향후 일정\n\n1. 2031년 10월: 공청회 개최 (해양수산부)\n2. 2032년 이후: 본사업으로 전환\n\n### 3.3 현황\n\n- 선착장 정비 추진\n"
    )
    assert [(actor(r), r.action.text) for r in korean(text)] == [
        ("교육부", "도선사 과정을 신설"), (None, "노후 선박 감축 비율 상향"), ("해양수산부", "공청회 개최"), (None, "본사업으로 전환"),
    ]  # fmt: skip


def test_a_body_is_asked_for_by_its_name() -> None:
    """`Treasury`, `Home Office`, `보건복지부` find what is asked of them and of no other ministry; `government` finds all."""
    rs = found(
        "The Treasury should fund it. The Home Office should issue visas. The Department of Health should train staff."
    )
    asked = {
        name: [actor(r) for r in chosen(rs, actor=name)]
        for name in ("Treasury", "Home Office", "Department of Health", "government")
    }
    assert asked == {
        "Treasury": ["Treasury"], "Home Office": ["Home Office"], "Department of Health": ["Department of Health"],
        "government": ["Treasury", "Home Office", "Department of Health"],
    }  # fmt: skip
    ko = korean("보건복지부는 병원을 늘려야 한다. 교육부는 교사를 늘려야 한다. 국회에는 법 개정을 제안한다.")
    assert [actor(r) for r in chosen(ko, actor="보건복지부")] == ["보건복지부"]
    assert [actor(r) for r in chosen(ko, actor="국회")] == ["국회"]
