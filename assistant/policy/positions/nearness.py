"""Whether a document that does not name a topic has its words all the same: apart, in another form, or inside a compound.

Then nobody may be said to be the only one who speaks of it.
"""

from __future__ import annotations

import re

from assistant.policy.positions.reading import Said, Side
from assistant.policy.positions.vocabulary import Topic, Words, root
from assistant.text import STOPWORDS, tokens

_SHORT = 4
"""A root as short as this is not looked for by itself."""


def near(topic: Topic, side: Side) -> Said | None:
    """The first sentence (else note, heading or row) that has the words of a form together in any order, a word of the same root,
    or, of a phrase that a document brought, its head; of Korean a compound that ends with or holds the word.
    """
    forms = [f for f in topic.english if f not in topic.cased]
    wanted = [roots for f in forms if (roots := _roots(f))]
    heads = {root(f[-1]) for f in forms if topic.coined and len(f) > 1 and not topic.cased and len(f[-1]) > _SHORT}
    inside = [re.compile(rf"(?<=[가-힣]{{2}}){re.escape(k)}") for k in topic.korean if len(k) > 1]
    for s in sorted(side.said, key=lambda x: not x.stated):
        if s.reference:
            continue
        seen = {root(t.text) for t in tokens(s.text)}
        if any(roots <= seen for roots in wanted) or (heads and heads & seen):
            return s
        if any(p.search(s.text) for p in inside):
            return s
    return None


def _roots(form: Words) -> frozenset[str]:
    """The roots that must all stand in one sentence; of a single word only one that bends: `retaliate`, `retaliation`."""
    kept = frozenset(root(w) for w in form if w not in STOPWORDS)
    if len(kept) == 1 and root(form[0]) == form[0]:
        return frozenset()
    return kept
