"""A small corpus for audits, invented: two papers whose notes name sources, some of which they misstate.

`PLANTED` says what an audit has to find: the words of a sentence of the paper and the verdicts that are right on it.
A test module takes the fixtures with `pytest_plugins = ["tests.audited", "tests.sample"]`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import wiring
from assistant.config import DEFAULT_EMBEDDER, Settings
from assistant.types import Support
from tests.sample import Sample, link_models

CATALOG = """
[[work]]
id = "brandt-2025"
title = "Freight Rail and the Northern Mines of Varland"
authors = [{ family = "Brandt", given = "Nils" }]
issued = "2025"

[[work]]
id = "railway-bureau-2023"
kind = "source"
type = "report"
title = "Annual Report on Freight Railways"
authors = [{ family = "Varland Railway Bureau" }]
issued = "2023"

[[work]]
id = "mining-survey-2022"
kind = "source"
type = "report"
title = "Survey of the Northern Mines"
authors = [{ family = "Varland Mining Office" }]
issued = "2022"

[[work]]
id = "harbour-news-2021"
kind = "source"
type = "article-newspaper"
title = "Ore Ships Leave Half Empty as Quay Closes"
container = "Harbour News"
issued = "2021"

[[work]]
id = "olsen-2019"
kind = "source"
type = "book"
title = "Rails Across the Snow"
authors = [{ family = "Olsen", given = "Tora" }]
issued = "2019"
retrieval = "book"

[[work]]
id = "yun-2025"
title = "바란국 철도 화물 정책의 평가"
language = "ko"
authors = [{ family = "윤", given = "서진" }]
issued = "2025"

[[work]]
id = "cheoldo-2023"
kind = "source"
type = "report"
title = "철도 화물 통계 연보"
language = "ko"
authors = [{ family = "바란국 철도청" }]
issued = "2023"
"""

PAPER = """# Freight Rail and the Northern Mines of Varland

Nils Brandt

## Freight

Freight trains carried 42 million tons of ore in 2022.[^1] The railway charged mining companies nine crowns for each ton of ore.[^2] Freight traffic on the northern line fell by twelve percent between 2019 and 2022.[^3] The bureau opened the tunnel at Kolm in 2016.[^4] Passenger trains have no right of way over ore trains on the northern line.[^5] According to the bureau, it employed 3,100 drivers, while its guards numbered 280.[^14] In 2022 ore trains carried 42 million tons, while the pensions of the drivers were paid by the state.[^15]

## Mines

The northern mines employ 5,400 workers,[^6] and two thirds of these workers live in company towns.[^7] Most of the copper of the northern mines is sold to Norland.[^8] All of the iron is shipped to Japan.[^13] The survey praises the mines for their schools of music.[^9] The quay at Selm was closed for repairs in March 2021.[^10] A history of the line tells how it was built by convicts.[^11]

**Table 1. Output of the Northern Mines (Unit: thousand tons)**

| Ore | 2020 | 2021 | 2022 |
|---|---|---|---|
| Copper | 210 | 236 | 248 |
| Iron | 3,150 | 3,320 | 3,610 |
| Silver | 1.2 | 1.4 | 1.5 |

Source: Varland Mining Office, *Survey of the Northern Mines* (2022).

The author holds that a second track is needed before 2030. This view is shared by few.[^12]

[^1]: Varland Railway Bureau, *Annual Report on Freight Railways* (2023).
[^2]: Varland Railway Bureau, *Annual Report on Freight Railways* (2023).
[^3]: Varland Railway Bureau, *Annual Report on Freight Railways* (2023).
[^4]: Varland Railway Bureau, *Annual Report on Freight Railways* (2023).
[^5]: Varland Railway Bureau, *Annual Report on Freight Railways* (2023).
[^6]: Varland Mining Office, *Survey of the Northern Mines* (2022).
[^7]: Ibid.
[^8]: According to the survey, zinc was mined until 1994. See Varland Mining Office, *Survey of the Northern Mines* (2022).
[^9]: Varland Mining Office, *Survey of the Northern Mines* (2022).
[^10]: “Ore Ships Leave Half Empty as Quay Closes,” *Harbour News*, April 2, 2021.
[^11]: Tora Olsen, *Rails Across the Snow* (Selm: North Press, 2019).
[^12]: It should be said that opinions on this differ widely among engineers.
[^14]: Varland Railway Bureau, *Annual Report on Freight Railways* (2023).
[^15]: Varland Railway Bureau, *Annual Report on Freight Railways* (2023).
[^13]: Varland Mining Office, *Survey of the Northern Mines* (2022).
"""

RAILWAY = """# Annual Report on Freight Railways

Varland Railway Bureau

## Traffic

In 2022 the freight trains of the country carried 42 million tons of ore, which was more than in any year before. Freight traffic on the northern line grew by twelve percent between 2019 and 2022. Timber trains ran on the southern line only.

## Tariffs and works

Mining companies paid the railway a charge of six crowns for each ton of ore. The bureau opened the tunnel at Kolm in 2018, after nine years of digging. On the northern line passenger trains have no right of way over ore trains.

## Staff

The bureau employed 3,100 drivers and 820 guards. Their pensions are paid by the state, and their uniforms are sewn in Selm.
"""

MINES = """# Survey of the Northern Mines

Varland Mining Office

## Workers

The northern mines employed 5,400 workers at the time of the survey. Two thirds of the workers lived in towns that belong to the companies. Wages were paid every second week.

## Sales

Most of the copper from the northern mines was sold to Estmark, and some of it was smelted at home. All of the iron was shipped to Finland. Zinc was mined until 1994.

## Safety

**Table 4. Output by Ore (Unit: million tons)**

| Year | Copper | Iron |
|---|---|---|
| 2020 | 0.210 | 3.15 |
| 2021 | 0.236 | 3.23 |
| 2022 | 0.248 | 3.61 |

The survey counted nineteen accidents, none of which was fatal. Inspectors visited every pit twice a year and asked for better lamps in three of them.
"""

NEWS = """# Ore Ships Leave Half Empty as Quay Closes

Harbour News, April 2, 2021

The quay at Selm was closed in March 2021 so that its piles could be repaired. Ore ships left half empty, since the smaller quay cannot load them fully. The harbour master expects the work to last until summer.
"""

KOREAN_PAPER = """# 바란국 철도 화물 정책의 평가

윤서진

## 화물 수송

2022년 철도 화물 수송량은 3,850만 톤을 기록하였다.[^1] 같은 해 화물 열차의 정시 운행률은 71퍼센트에 그쳤다.[^2] 북부선의 화물 운임은 2021년에 인상되었다.[^3] 남부선의 컨테이너 수송은 전년보다 감소하였다.[^4]

[^1]: 바란국 철도청, 『철도 화물 통계 연보』, 2023.
[^2]: 바란국 철도청, 『철도 화물 통계 연보』, 2023.
[^3]: 바란국 철도청, 『철도 화물 통계 연보』, 2023.
[^4]: 바란국 철도청, 『철도 화물 통계 연보』, 2023.
"""

KOREAN_SOURCE = """# 철도 화물 통계 연보

바란국 철도청

## 수송 실적

2022년 철도 화물 수송량은 3,850만 톤으로 집계되었다. 화물 열차의 정시 운행률은 2022년에 91퍼센트였다. 남부선의 컨테이너 수송은 전년보다 증가하였다.

## 운임

북부선의 화물 운임은 2021년에 인상되었다. 여객 운임은 그대로 유지되었다.
"""

FILES = {
    "catalog.toml": CATALOG,
    "papers/brandt-2025.md": PAPER,
    "papers/yun-2025.md": KOREAN_PAPER,
    "sources/railway-bureau-2023.md": RAILWAY,
    "sources/mining-survey-2022.md": MINES,
    "sources/harbour-news-2021.md": NEWS,
    "sources/cheoldo-2023.md": KOREAN_SOURCE,
}

FAITHFUL: tuple[Support, ...] = ("supported", "partial")
MISSED: tuple[Support, ...] = ("unsupported", "unchecked")
PLANTED: dict[str, dict[str, tuple[Support, ...]]] = {
    "brandt-2025": {
        "Freight trains carried 42 million tons": FAITHFUL,
        "nine crowns for each ton": ("contradicted",),
        "fell by twelve percent": ("contradicted",),
        "opened the tunnel at Kolm in 2016": ("contradicted",),
        "no right of way": FAITHFUL,
        "guards numbered 280": ("contradicted",),
        "pensions of the drivers": FAITHFUL,
        "employ 5,400 workers": FAITHFUL,
        "two thirds of these workers": FAITHFUL,
        "sold to Norland": ("contradicted", "partial"),
        "shipped to Japan": ("contradicted",),
        "schools of music": MISSED,
        "closed for repairs in March 2021": FAITHFUL,
        "zinc was mined until 1994": FAITHFUL,
        "Copper": ("supported",),
        "Iron": ("contradicted",),
        "Silver": ("unchecked",),
    },
    "yun-2025": {
        "3,850만 톤": FAITHFUL,
        "71퍼센트": ("contradicted",),
        "2021년에 인상": FAITHFUL,
        "감소하였다": ("contradicted",),
    },
}
"""What is right on each sentence that rests on a held source. An invented country is not in the lexicon of places: that
the source does not speak of Norland is all that can be said."""


def write_audited(root: Path, files: dict[str, str] | None = None) -> Settings:
    """The corpus in `root/corpus`, not yet ingested."""
    for name, content in (files or FILES).items():
        path = root / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return Settings(corpus=root / "corpus", index=root / "index", state=root / "state", embedder=DEFAULT_EMBEDDER)


@pytest.fixture(scope="session")
def audited(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The corpus with its index under the default embedder. Not to be changed by a test."""
    root = tmp_path_factory.mktemp("audited")
    settings = write_audited(root)
    link_models(models, settings.index)
    wiring.ingest(settings)
    return Sample(root, settings)
