"""A fetched document is the work that it was fetched for; of another, which its page claims to be, a person is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.sources.holding import Held, Works, holdings
from assistant.types import Holding, Person, Work

SPEECH = Work(
    "speech", "Annual Budget Speech of the Treasury to Parliament", kind="source", authors=(Person("Finch", "Ada"),),
    issued="2024", doi="10.5555/other", url="https://treasury.example/budget/2024/speech",
)  # fmt: skip


@pytest.mark.parametrize("field", ["doi", "url", "title"])
def test_a_claim_of_a_fetched_page_is_asked_about(field: str) -> None:
    """Its address is cited no longer, and it says by DOI, address or title that it is another work: a file that a person
    added is believed, a fetched one is doubtful."""
    work = Work("soup", "Soup and Its Makers", kind="source")
    if field == "doi":
        work = replace(work, doi=SPEECH.doi)
    elif field == "url":
        work = replace(work, url=SPEECH.url)
    else:
        work = replace(work, title=SPEECH.title, authors=SPEECH.authors, issued=SPEECH.issued)
    page = Held("soup", work, "", (work.title,))

    def found(fetched: dict[str, tuple[str, ...]]) -> Holding:
        (one,) = holdings(Works([SPEECH], {"speech": {"towers"}}, {}, fetched, {}, {}), [page])
        return one

    added = found({})
    assert (added.document, added.by) == ("soup", field)
    came = found({"soup": ("https://gone.example/soup",)})
    assert (came.document, came.rivals) == (None, ("soup",))
    meant = found({"soup": (SPEECH.url or "",)})
    assert (meant.document, meant.by) == ("soup", "fetched")
