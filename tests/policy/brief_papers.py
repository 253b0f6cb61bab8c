"""Three invented papers that briefs are made of: two English ones that differ, and a Korean one."""

from __future__ import annotations

from pathlib import Path

from assistant import wiring
from assistant.config import Settings
from assistant.pipeline import Assistant

QUAYS = """# Night Berths and the Ports of Marenland

Ilse Quay

May 2025

## Introduction

The ports of Marenland face a growing problem: carriers wait longer each year for a berth at night. This paper examines how night berths are given out and what their scarcity costs exporters. Waiting time at night rose from nine hours in 2015 to thirty-one hours in 2024.[^1]

## What waiting costs

Our analysis shows that each hour of waiting at night lowers the timber exports of Marenland by 0.4 percent. In 2024 the ports handled 412,000 containers, of which 38 percent came at night. For example, the carrier Nordline left the port of Selby in 2022.

## Three steps

To shorten the wait, this paper proposes three steps: 1) auctioning night berths to carriers; 2) opening a second pilot station; and 3) lowering the fees of small exporters. The government should auction night berths every spring through the Harbour Board. The Harbour Board must open a second pilot station at Selby by 2027. Carriers should report their arrival two days ahead.

## Conclusion

In sum, night berths are scarce because they are given away, and auctions would give them to those who need them. The ministry should spend the revenue on the pilot station.

[^1]: Harbour Board, “Waiting Times at Public Ports” (2024).
"""
SLOTS = """# Sharing the Harbours: A Case against Auctions

Jonas Orrin

2024

## The question

This study asks whether night berths should be auctioned. Auctions would favour large carriers over small ones. The ports of Marenland handled 398,000 containers in 2023.

## What to do

The government should give night berths to small carriers by lot. The ministry should also pay for a rail line to Selby. Taken together, sharing keeps more carriers in the country than selling does.
"""
FISHING = """# 해송시 수산업의 전환과 지원 정책

김바다

2025년 3월

## 서론

해송시의 수산업은 어획량 감소와 인력 고령화라는 두 가지 문제를 겪어 왔다. 본 연구는 해송시 수산업의 구조 변화를 분석하는 것을 목적으로 한다. 2024년 해송시의 어획량은 4만 2천 톤으로 2010년보다 38% 줄었다.

## 정책 방향

정부는 스마트 양식 설비를 도입하는 어가에 설치비의 절반을 지원해야 한다. 수협은 공동 브랜드를 만들어 수출 판로를 넓혀야 한다.

## 결론

종합하면 해송시 수산업의 위기는 양식과 수출 중심으로 전환할 때 극복할 수 있다.
"""


def opened(root: Path, *, korean: bool = False) -> Assistant:
    """The assistant over the two English papers, or over the Korean one, with the small embedder of the tests."""
    held = {"fishing": FISHING} if korean else {"quays": QUAYS, "slots": SLOTS}
    folder = root / "corpus" / "papers"
    folder.mkdir(parents=True)
    for name, text in held.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    settings = Settings(corpus=root / "corpus", index=root / "index", state=root / "state", embedder="hashing")
    wiring.ingest(settings)
    return wiring.open_assistant(settings)
