"""The entry with its pages over a real index, and the opening of the assistant: no browser, no network."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant import config, wiring
from assistant.policy.receipts import reading
from assistant.ui import opening, strings
from assistant.wiring.receipts import replayed
from tests.sample import Sample, ingested
from tests.ui.pages import shown

pytest_plugins = ["tests.sample"]


@pytest.fixture
def app(root: Path, hashed: Sample, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    for name, value in hashed.environment().items():
        monkeypatch.setenv(name, value)
    return AppTest.from_file(str(root / "app.py"), default_timeout=60)


def linked(app: AppTest) -> list[str]:
    """The names of the pages as the page itself links them."""
    return [e.proto.label for e in app.get("page_link")]


def test_all_pages_are_named_on_each_in_the_chosen_language(app: AppTest) -> None:
    """The pages are links at the top, which a phone shows too; the language chosen on one holds on all."""
    app.run()
    assert not app.exception
    assert linked(app) == list(strings.EN.pages[:1] + strings.EN.pages[-1:] + strings.EN.pages[1:-1])
    app.segmented_control(key="switch").set_value("ko").run()
    assert linked(app) == list(strings.KO.pages[:1] + strings.KO.pages[-1:] + strings.KO.pages[1:-1])
    assert app.session_state["language"] == "ko"


def test_the_entry_answers_from_the_index(app: AppTest) -> None:
    """A question is answered through the real chain, and its mark opens on the words of the document."""
    app.run()
    app.chat_input[0].set_value("How many days did a ship wait for a berth at Selby before the reform?").run()
    assert not app.exception
    mark = next(b for b in app.button if b.key and b.key.startswith("mark-0-0"))
    mark.click().run()
    assert any("<mark>" in e.body and "nine days" in e.body for e in app.html)


def test_an_answer_comes_with_its_receipt(app: AppTest, hashed: Sample) -> None:
    """The receipt that the page offers beside the forms is one that `verify` replays, and all of it holds."""
    app.run()
    app.chat_input[0].set_value("How many days did a ship wait for a berth at Selby before the reform?").run()
    assert "Receipt" in [b.label for b in app.download_button]
    (turn,) = app.session_state["turns"]
    assert replayed(config.load(), reading.read(turn.receipt)).holds


def sources() -> None:
    from assistant.ui import sources_page
    from assistant.ui.opening import open_once

    sources_page.page(lambda: open_once().assistant)


def evidence() -> None:
    from assistant.ui import evidence_page
    from assistant.ui.opening import open_once

    evidence_page.page(lambda: open_once().assistant)


def audit() -> None:
    from assistant.ui import audit_page
    from assistant.ui.opening import open_once

    audit_page.page(lambda: open_once().assistant)


def test_each_page_works_over_a_real_index(app: AppTest) -> None:
    """Ledger, evidence and audit run through the real assistant."""
    page = AppTest.from_function(sources, default_timeout=60).run()
    assert not page.exception
    assert "Yearbook of Ports" in shown(page)
    page = AppTest.from_function(evidence, default_timeout=60).run()
    page.text_area(key="text").set_value("The port of Selby handles sixty-one percent of container traffic.")
    page.button[0].click().run()
    assert not page.exception
    assert "sixty-one percent of the country" in shown(page)
    page = AppTest.from_function(audit, default_timeout=60).run()
    page.selectbox(key="audit-document").select("quay-2024").run()
    page.button(key="audit-run").click().run()
    assert not page.exception
    assert "rest on" in shown(page)


def test_a_ledger_that_changed_is_opened_again_without_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An attempt to fetch publishes no generation: the ledger is read anew, and what is costly stays open."""
    sample = ingested(tmp_path)
    for name, value in sample.environment().items():
        monkeypatch.setenv(name, value)
    first = opening.open_once()
    assert opening.open_once() is first
    entry = first.assistant.ledger.entries[0]
    folder = wiring.memory(sample.settings)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fetches.json").write_text(json.dumps({"works": {}}), encoding="utf-8")
    second = opening.open_once()
    assert second is not first
    assert second.assistant.library is first.assistant.library
    assert second.assistant.embedder is first.assistant.embedder
    assert second.assistant.ledger.entry(entry.work.id) == entry
    os.utime(folder / "fetches.json", ns=(1, 1))
    assert opening.open_once() is not second
