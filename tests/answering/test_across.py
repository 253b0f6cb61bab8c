"""English questions over documents of which one is Korean and one English."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import wiring
from assistant.config import Settings
from assistant.pipeline import Assistant
from assistant.types import Answer, Reply
from tests.sample import link_models

pytest_plugins = ["tests.sample"]

KOREAN = """# 동해 조력발전 사업 보고서

한울연구소, 2022년 6월

동해 조력발전소는 2017년에 착공되었다. 총사업비는 8,700억 원이다.

시민 단체는 갯벌 훼손을 이유로 사업에 반대하였다. 정부는 어민에게 보상금 95억 원을 지급하였다.

해저 케이블은 노르웨이에서 수입되었다.
"""
ENGLISH = """# The Tram of Sorrel

By Ada Finch, 2021

The council of Sorrel opposed the tram. Its cost was put at 40 million crowns.

The bakers of Sorrel were paid compensation of 3 million crowns. Rails were imported from Belgium.
"""


@pytest.fixture(scope="module")
def mixed(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Both documents under the default embedder, which reads English alone."""
    root = tmp_path_factory.mktemp("mixed")
    documents = root / "corpus" / "documents"
    documents.mkdir(parents=True)
    (documents / "tidal.md").write_text(KOREAN, encoding="utf-8")
    (documents / "tram.md").write_text(ENGLISH, encoding="utf-8")
    settings = Settings(corpus=root / "corpus", index=root / "index", state=root / "state")
    link_models(models, settings.index)
    wiring.ingest(settings)
    return wiring.open_assistant(settings, warm=True)


def _first(reply: Reply) -> str:
    return reply.citations[0].quote if isinstance(reply, Answer) else f"refused: {reply.detail}"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How much compensation did fishermen get?", "95억 원"),
    ],
)
def test_the_korean_sentence_goes_first(mixed: Assistant, question: str, said: str) -> None:
    """A Korean sentence that holds what is asked goes before an English one on something else."""
    assert said in _first(mixed.ask(question))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who opposed the tram?", "The council of Sorrel"),
        ("How much compensation were the bakers paid?", "3 million crowns"),
    ],
)
def test_the_english_sentence_stays(mixed: Assistant, question: str, said: str) -> None:
    """Where the English sentence is the one asked for, no Korean one takes its place."""
    assert said in _first(mixed.ask(question))
