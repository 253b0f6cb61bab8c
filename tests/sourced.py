"""A small corpus of papers that rest on notes, and of some of the sources that the notes name.

What the sources say is set beside each note: one bears its sentence, one gives another number, one says nothing of it,
one is not held, one could be either of two works, one only comments, one carries the sentence before it too. A paper and a source are Korean; a digest has its notes by number.
"""

from __future__ import annotations

from pathlib import Path

from assistant import wiring
from assistant.config import DEFAULT_EMBEDDER, Settings
from tests.sample import Sample, link_models

CATALOG = """
[[work]]
id = "quay-2024"
title = "Harbours and Export Growth in Marenland"
authors = [{ family = "Quay", given = "Ilse" }]
issued = "2024"

[[work]]
id = "orrin-2025"
title = "Pay at Sea"
authors = [{ family = "Orrin", given = "Jonas" }]
issued = "2025"
cites = ["customs-2023"]

[[work]]
id = "tern-2023"
title = "School Meals and Rural Incomes in Marenland"
authors = [{ family = "Tern", given = "Paula" }]
issued = "2023"

[[work]]
id = "tern-2023-digest"
kind = "digest"
digest_of = "tern-2023"
title = "Digest: School Meals and Rural Incomes in Marenland"

[[work]]
id = "customs-2023"
kind = "source"
type = "report"
title = "Yearbook of Ports and Container Traffic"
authors = [{ family = "Marenland Customs Office" }]
issued = "2023"
url = "https://customs.example/yearbook"

[[work]]
id = "board-2022"
kind = "source"
type = "report"
title = "Waiting Times at the Public Ports"
authors = [{ family = "Harbour Board" }]
issued = "2022"

[[work]]
id = "vale-2020"
kind = "source"
type = "book"
title = "A History of the Timber Coast"
authors = [{ family = "Vale", given = "Mira" }]
issued = "2020"
retrieval = "book"

[[work]]
id = "lights-2019"
kind = "source"
type = "report"
title = "Lighthouses and Pilotage of the Northern Coast"
authors = [{ family = "Pilotage Office" }]
issued = "2019"

[[work]]
id = "salt-2017"
kind = "source"
type = "report"
title = "Annual Report of the Salt Guild"
authors = [{ family = "Salt Guild" }]
issued = "2017"

[[work]]
id = "salt-2018"
kind = "source"
type = "report"
title = "Annual Report of the Salt Guild"
authors = [{ family = "Salt Guild" }]
issued = "2018"

[[work]]
id = "fleet-2021-ko"
kind = "source"
type = "report"
title = "연근해 어선 등록 현황"
authors = [{ family = "마렌란드 수산청" }]
issued = "2021"
language = "ko"

[[work]]
id = "meals-ministry-2020"
kind = "source"
type = "report"
title = "Annual Count of School Kitchens and Pupils"
authors = [{ family = "Ministry of Schools" }]
issued = "2020"
named_by = ["tern-2023#4"]
"""

CATALOG += """
[[work]]
id = "gulf-2024"
title = "Herring in the Gulf of Orla"
authors = [{ family = "Sprat", given = "Nora" }]
issued = "2024"

[[work]]
id = "landings-2023"
kind = "source"
type = "report"
title = "Landings of the Fishing Fleet"
authors = [{ family = "Orla Fisheries Office" }]
issued = "2023"
"""

GULF = """# Herring in the Gulf of Orla

Nora Sprat

## Landings

Herring boats of the gulf landed 41,000 tonnes in 2023. The value of these landings was 30 million crowns.[^1] Nets are mended by hand.

The fleet of sprat boats counts 212 hulls. By the count of 2023, the oldest of the 212 was built in 1950.[^2] Pilots are few.

[^1]: Orla Fisheries Office, "Landings of the Fishing Fleet" (2023).
[^2]: Orla Fisheries Office, "Landings of the Fishing Fleet" (2023).
"""

QUAY = """# Harbours and Export Growth in Marenland

Ilse Quay

## Introduction

Marenland depends on the sea for nearly all of its trade. The port of Selby handled sixty-one percent of the country's container traffic in 2022.[^1] Average waiting time for a berth at the public ports fell to thirty-one hours in 2021.[^2] Barges on the inland canals carry mostly gravel and salt.[^3]

Sawmills along the coast employed about nine thousand people in 1950.[^4] The crews of deep-sea trawlers signed a new wage agreement in 2018.[^5] Registered fishing vessels numbered 1,240 in 2021.[^6] We find that lower fees alone bring no new shipping lines.[^7]

Trade through Selby rose by 12 percent in 2022,[^8] while Brack lost its only container crane to a storm in 2019.[^9] Salt pans near Hollin yield most of the salt of the country.[^10]

**Table 1. Container Traffic by Port (Unit: thousand containers)**

| Port | 2021 | 2022 |
|---|---|---|
| Selby | 402 | 450 |
| Brack | 118 | 121 |

Source: Marenland Customs Office, "Yearbook of Ports and Container Traffic" (2023).

[^1]: Marenland Customs Office, "Yearbook of Ports and Container Traffic" (2023).
[^2]: Harbour Board, "Waiting Times at the Public Ports" (2022).
[^3]: Pilotage Office, "Lighthouses and Pilotage of the Northern Coast" (2019).
[^4]: Mira Vale, "A History of the Timber Coast" (2020).
[^5]: Marenland Seafarers' Union, "Wage Agreements in the Deep-Sea Fisheries" (2018).
[^6]: 마렌란드 수산청, 「연근해 어선 등록 현황」 (2021).
[^7]: Fees are quoted here without the harbour tax.
[^8]: Marenland Customs Office, "Yearbook of Ports and Container Traffic" (2023).
[^9]: Harbour Board, "Waiting Times at the Public Ports" (2022).
[^10]: Salt Guild, "Annual Report of the Salt Guild," Selby.
"""

ORRIN = """# Pay at Sea

Jonas Orrin

## Wages

The crews of deep-sea trawlers signed a new wage agreement in 2018.[^1] Selby handled sixty-one percent of the container traffic in 2022 (Marenland Customs Office, 2023).

[^1]: Ilse Quay, "Harbours and Export Growth in Marenland" (2024).
"""

KOREAN = """# 마렌란드의 수산업 정책

## 서론

마렌란드에 등록된 연근해 어선은 2021년에 1,240척이다.[^1] 할당제 도입 이후 대구의 자원량은 3년 만에 27퍼센트 증가하였다.[^2]

[^1]: 마렌란드 수산청, 「연근해 어선 등록 현황」 (2021).
[^2]: 마렌란드 수산청, 「연근해 어선 등록 현황」 (2021).
"""

DIGEST = """# Digest: School Meals and Rural Incomes in Marenland

This text is a digest, in our own words, of the paper by Paula Tern.

## The meal programme

By 2020 the school meal programme served 182,000 pupils on every school day.[^4]
"""

SOURCES = {
    "landings-2023": """# Landings of the Fishing Fleet

Orla Fisheries Office

## Herring

In 2023 the herring boats of the gulf landed 41,000 tonnes. The value of the landings was 25 million crowns.

The fleet of sprat boats counts 212 hulls.
""",
    "customs-2023": """# Yearbook of Ports and Container Traffic

Marenland Customs Office

## Shares of the ports

In 2022 the port of Selby handled sixty-one percent of the container traffic of the country. The port of Brack stood second with sixteen percent.

Trade through Selby rose by 12 percent in 2022. Customs officers inspected one container in forty.

**Table 3. Containers by Port (Unit: thousand containers)**

| Port | 2021 | 2022 |
|---|---|---|
| Selby | 402 | 450 |
| Brack | 118 | 121 |
""",
    "board-2022": """# Waiting Times at the Public Ports

Harbour Board

## Results

The average waiting time for a berth at the public ports fell to forty-three hours in 2021. Night berths were auctioned twice.
""",
    "lights-2019": """# Lighthouses and Pilotage of the Northern Coast

Pilotage Office

## The lights

Every lighthouse of the northern coast was fitted with electric lamps by 2009. A pilot boards each tanker at the outer buoy.
""",
    "fleet-2021-ko": """# 연근해 어선 등록 현황

마렌란드 수산청

## 등록 현황

2021년에 등록된 연근해 어선은 1,240척이다. 할당제 도입 이후 대구의 자원량은 3년 만에 17퍼센트 증가하였다.
""",
    "meals-ministry-2020": """# Annual Count of School Kitchens and Pupils

Ministry of Schools

## The count of 2020

In 2020 the school meal programme served 182,000 pupils on every school day. There were 2,300 kitchens.
""",
}


def write_sourced(corpus: Path) -> None:
    """The papers, the digest and the held sources below `corpus`."""
    files = {
        "catalog.toml": CATALOG,
        "papers/quay-2024.md": QUAY,
        "papers/orrin-2025.md": ORRIN,
        "papers/gulf-2024.md": GULF,
        "papers/fisheries-ko.md": KOREAN,
        "digests/tern-2023-digest.md": DIGEST,
        **{f"sources/{id}.md": text for id, text in SOURCES.items()},
    }
    for name, content in files.items():
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def sourced(root: Path, models: Path, embedder: str = DEFAULT_EMBEDDER) -> Sample:
    """The corpus in `root`, ingested."""
    write_sourced(root / "corpus")
    made = Sample(root, Settings(corpus=root / "corpus", index=root / "index", state=root / "state", embedder=embedder))
    link_models(models, made.index)
    wiring.ingest(made.settings)
    return made
