"""A small corpus about an invented country, written by the tests, and indexes of it built through wiring.

A test module takes the fixtures with `pytest_plugins = ["tests.sample"]`. The indexes are shared: a test that
ingests makes its own with `write_corpus`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from assistant import config, wiring
from assistant.config import DEFAULT_EMBEDDER, Settings
from assistant.pipeline import Assistant

ROOT = Path(__file__).resolve().parents[1]

CATALOG = """
[[work]]
id = "quay-2024"
title = "Harbours and Export Growth in Marenland"
authors = [{ family = "Quay", given = "Ilse" }]
container = "Marenland Policy Review"
issued = "2024"

[[work]]
id = "orrin-vale-2025"
title = "Tidal Power for the Outer Islands"
authors = [{ family = "Orrin", given = "Jonas" }, { family = "Vale", given = "Mira" }]
issued = "2025"

[[work]]
id = "tern-2023"
title = "School Meals and Rural Incomes in Marenland"
authors = [{ family = "Tern", given = "Paula" }]

[[work]]
id = "tern-2023-digest"
kind = "digest"
digest_of = "tern-2023"
title = "Digest: School Meals and Rural Incomes in Marenland"
"""

QUAY = """# Harbours and Export Growth in Marenland

Ilse Quay

## Introduction

Marenland depends on the sea for nearly all of its trade. The port of Selby handles sixty-one percent of the country's container traffic.[^1] Before the harbour reform of 2016, a ship waited nine days for a berth at Selby on average.

## The harbour reform

The reform of 2016 placed all four public ports under one Harbour Board, because rival port offices had kept building the same cranes twice. Average waiting time fell to thirty-one hours by 2021.[^2] Exporters of timber gained most from the shorter wait.

The Harbour Board pursues three objectives. First, it lowers the fees that small exporters pay. Second, it publishes the waiting time of every ship. Third, it dredges the inner channel every second year.

### Exports by sector

**Table 1. Exports of Marenland by Sector (Unit: USD million)**

| Sector | 2020 | 2021 | 2022 |
|---|---|---|---|
| Timber | 410 | 468 | 533 |
| Fish products | 287 | 279 | 301 |
| Glassware | 96 | 120 | 154 |

Source: Marenland Customs Office.

**Figure 1. Container Traffic of Selby, 2005-2022**

Glassware grew fastest of the three sectors, while fish products stood nearly still.

## Conclusion

The author recommends that the Harbour Board auction night berths to carriers. Lower fees alone would not bring new shipping lines to Marenland.

[^1]: Marenland Customs Office, "Yearbook of Ports" (2023).
[^2]: Harbour Board, "Waiting Times at Public Ports" (2022).
"""

DIGEST = """# Digest: School Meals and Rural Incomes in Marenland

This text is a digest, in our own words, of the paper by Paula Tern. It is not the paper itself.

## The meal programme

The school meal programme of Marenland began in 2011 in forty villages. By 2020 it served 182,000 pupils on every school day.[^4] Kitchens must buy at least half of their vegetables from farms in the same district.

## Effects on incomes

Farms that sell to school kitchens earned twelve percent more than their neighbours did. The paper finds no effect on the incomes of fishing households.
"""

KOREAN = """마렌란드의 수산업 정책

서론

마렌란드의 어선은 모두 1,240척이며 대부분 연안에서 조업한다. 정부는 2019년에 어획량 할당제를 도입하였다.

정책의 효과

할당제 도입 이후 대구의 자원량은 3년 만에 27퍼센트 증가하였다. 그러나 소규모 어가의 소득은 늘어나지 않았다.
"""

TIDAL_1 = (
    "The outer islands of Marenland burn imported diesel for most of their electricity. A kilowatt hour costs"
    " forty-four cents on the islands and eleven cents on the mainland. In 2023 the government chose the strait of"
    " Hollin for a first tidal plant, since its current is the strongest of the country. The plant at Hollin has a"
    " capacity of eighteen megawatts. It was paid for by a bond that the islands themselves issued."
)
CUT = (
    "The ministry of energy expects that a second plant near Brack will halve the diesel imports of the outer",
    "islands by the year 2032, provided that the cable to the mainland is laid in time.",
)
TIDAL_2 = (
    "The authors propose a common reserve fund for repairs, because no single island could bear the loss of a"
    " turbine. Fishing crews lose access to about two percent of their grounds. They receive a yearly compensation"
    " of 310 crowns for each boat."
)
MEALS_1 = (
    "Marenland's school meal programme started in 2011 with forty villages. In 2020 a total of 182,000 pupils ate a"
    " school meal on every school day. Local kitchens have to purchase no less than half of their vegetables from"
    " farms of the same district."
)
MEALS_2 = (
    "Farms with contracts for school kitchens earned twelve percent more than neighbouring farms without one."
    " Fishing households saw no change of income that could be told from chance."
)


def paper_pdf(title: str, authors: str, heading: str, first: str, second: str, cut: tuple[str, str] | None) -> bytes:
    """Two pages with printed numbers 7 and 8; `cut` is a sentence that goes on over the page break."""
    from reportlab.pdfgen.canvas import Canvas

    from tests.reading.pdfs import LEFT, RIGHT, justified, pdf, write

    width = RIGHT - LEFT

    def page_one(canvas: Canvas) -> None:
        y = write(canvas, [title], size=18, font="Times-Bold", leading=30)
        y = write(canvas, [authors], top=y, size=11, leading=30)
        y = write(canvas, [heading], top=y, size=14, font="Times-Bold", leading=24)
        y = write(canvas, justified(first, width), top=y) + 12
        if cut:
            write(canvas, justified(cut[0], width), top=y)
        write(canvas, ["7"], x=300, top=740, size=9)

    def page_two(canvas: Canvas) -> None:
        y = 90.0
        if cut:
            y = write(canvas, justified(cut[1], width), top=y) + 12
        write(canvas, justified(second, width), top=y)
        write(canvas, ["8"], x=300, top=740, size=9)

    return pdf(page_one, page_two, title=title, author=authors)


def write_corpus(root: Path) -> Path:
    """`corpus/` and, outside of it, `added/tern-2023.pdf`: the paper that the digest stands for."""
    corpus = root / "corpus"
    files: dict[str, str | bytes] = {
        "corpus/catalog.toml": CATALOG,
        "corpus/papers/quay-2024.md": QUAY,
        "corpus/papers/orrin-vale-2025.pdf": paper_pdf(
            "Tidal Power for the Outer Islands", "Jonas Orrin and Mira Vale", "The first plant", TIDAL_1, TIDAL_2, CUT
        ),
        "corpus/papers/fisheries-ko.txt": KOREAN,
        "corpus/digests/tern-2023-digest.md": DIGEST,
        "added/tern-2023.pdf": paper_pdf(
            "School Meals and Rural Incomes in Marenland", "Paula Tern", "The programme", MEALS_1, MEALS_2, None
        ),
    }
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return corpus


@dataclass(frozen=True)
class Sample:
    """A folder with a corpus, its index and the state, and the settings that name them."""

    root: Path
    settings: Settings

    @property
    def corpus(self) -> Path:
        return self.settings.corpus

    @property
    def index(self) -> Path:
        return self.settings.index

    def open(self, warm: bool = False) -> Assistant:
        return wiring.open_assistant(self.settings, warm=warm)

    def environment(self) -> dict[str, str]:
        """What makes a child process, or a command that reads the environment, use this sample."""
        s = self.settings
        named = {"corpus": s.corpus, "index": s.index, "state": s.state, "embedder": s.embedder}
        return {f"{config.PREFIX}{name.upper()}": str(value) for name, value in named.items()}


def make(root: Path, embedder: str = "hashing") -> Sample:
    """A fresh sample in `root`, not yet ingested."""
    write_corpus(root)
    return Sample(root, Settings(corpus=root / "corpus", index=root / "index", state=root / "state", embedder=embedder))


def link_models(models: Path, index: Path) -> None:
    """Give a new index the default model's export, so that ingest need not make it."""
    shutil.copytree(models, index / "models")


def ingested(root: Path, embedder: str = "hashing", models: Path | None = None) -> Sample:
    made = make(root, embedder)
    if models:
        link_models(models, made.index)
    wiring.ingest(made.settings)
    return made


@pytest.fixture(scope="session")
def hashed(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample corpus under the hashing embedder: fast. Not to be changed by a test."""
    return ingested(tmp_path_factory.mktemp("hashed"))


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the default model's export: the project's own where it is, else made once for all workers.

    In a child process, because torch would stay in this one.
    """
    from assistant.backends.embedders import DEFAULT_SHA256, EXPORT_FILE, default_model_folder, read_model_folder

    name = read_model_folder(default_model_folder(), DEFAULT_SHA256, verify=False).fingerprint
    own = ROOT / "index" / "models"
    if (own / name / EXPORT_FILE).is_file():
        yield own
        return
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "models"
    with FileLock(f"{shared}.lock"):
        if not (shared / name / EXPORT_FILE).is_file():
            make_it = "import sys; from pathlib import Path; from assistant.backends.embedders import open_embedder; "
            make_it += "open_embedder(sys.argv[1], 'onnx', Path(sys.argv[2]))"
            command = [sys.executable, "-c", make_it, DEFAULT_EMBEDDER, str(shared)]
            subprocess.run(command, check=True, cwd=ROOT, timeout=300)
    yield shared


@pytest.fixture(scope="session")
def embedded(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample corpus under the default embedder. Not to be changed by a test."""
    return ingested(tmp_path_factory.mktemp("embedded"), DEFAULT_EMBEDDER, models)
