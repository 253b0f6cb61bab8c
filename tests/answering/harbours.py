"""Two papers and a survey about invented harbours that differ, count with different scopes and lean on what they said."""

from __future__ import annotations

from assistant.types import Person
from tests.answering.libraries import chain, paper

WHARF = """
## The Lantern Strategy

In 2019 the ministry of Velmark adopted the Lantern Strategy for Small Harbours. This strategy moved dredging money from the capital to the fishing towns. It also pays half of every new quay.

The strategy rests on three pillars. Together they are meant to last ten years.

First, the state dredges each inner channel every second year. The work is done in winter.

Second, fishing towns may keep their landing fees. They spend them on quays and cranes.

Third, a harbour school trains pilots in Brack.

The harbour school now trains sixty pilots a year. This means that the pilot shortage of the north will end.

## Landings

Landings at Brack rose from 41,000 tonnes in 2018 to 52,500 tonnes in 2022. Landings at Heron Quay were 23,400 tonnes in 2022. The large fleets landed 31,000 tonnes of herring in 2022. All fleets together landed 64,000 tonnes of herring in 2022.

The dredging of 2021 lowered accidents at Brack by nine percent. Pilots should be hired by the towns.

Table 1. Landings of fish by port (thousand tonnes)

| Port | 2018 | 2020 | 2022 |
|---|---|---|---|
| Brack | 41.0 | 44.2 | 52.5 |
| Heron Quay | 25.1 | 24.0 | 23.4 |
| Selby | 12.6 | 13.3 | 15.9 |
| Total | 78.7 | 81.5 | 91.8 |

Table 2. Net income of port offices (USD million)

| Port | 2020 | 2021 |
|---|---|---|
| Brack | -3.1 | 5.2 |
| Selby | 1.4 | -0.6 |

Table 3. Unemployment in harbour towns (percent)

| Town | 2020 | 2022 |
|---|---|---|
| Brack | 7.4 | 5.9 |
| Selby | 6.1 | 6.6 |
"""
PILOT = """
## Accidents and pilots

The dredging of 2021 lowered accidents at Brack by four percent. Pilots should be hired by the ministry, because small towns cannot pay them.

Landings of herring recently fell at Selby. Currently forty boats fish from Selby.
"""
KOREAN = """
## 등대 전략

정부는 2019년에 소규모 어항을 위한 등대 항만 전략을 채택하였다. 이 전략은 준설 예산을 수도에서 어촌으로 옮겼다. 어촌은 입항료를 자체 재원으로 쓸 수 있게 되었다. 이는 어촌의 부두 건설을 앞당겼다.

정부는 세 가지 과제를 추진한다. 모두 10년 안에 끝낼 계획이다.

첫째, 안쪽 수로를 2년마다 준설한다.

둘째, 어촌이 입항료를 보유하도록 한다.

셋째, 도선사 학교를 세운다.

현재 도선사 학교의 정원은 60명이다.

표 1. 항구별 어획량 (단위: 억 원)

| 항구 | 2020 | 2022 |
|---|---|---|
| 가람항 | 1,250 | 1,430 |
| 나루항 | 980 | 910 |
| 합계 | 2,230 | 2,340 |
"""
WHARF_PAPER = paper(
    "wharf-2023",
    "Small Harbours of Velmark",
    WHARF,
    authors=(Person("Wharf", "Ida"), Person("Sound", "Per")),
    issued="2023-05",
)
PILOT_PAPER = paper(
    "pilot-2022", "Pilots and Accidents in Velmark", PILOT, authors=(Person("Pilot", "Ann"),), issued="2022"
)
KOREAN_PAPER = paper("deungdae-2024", "마렌란드 어항 정책", KOREAN, authors=(Person("나루", "해"),), issued="2024-03")
ENGLISH = chain(WHARF_PAPER, PILOT_PAPER)
HANGUL = chain(KOREAN_PAPER)
