"""Brief: a page for an official, of the documents' own sentences, on a document or a question."""

from assistant.policy.brief.lines import numbered
from assistant.policy.brief.making import Maker
from assistant.policy.brief.wording import composed_notice, title_of

__all__ = ["Maker", "composed_notice", "numbered", "title_of"]
