"""The pages' own style sheet: system fonts, no address, colours that follow the theme."""

from __future__ import annotations

from assistant.types import SourceState, Support

COLOURS: dict[SourceState, str] = {
    "held": "#2f6fc4",
    "not_held": "#b0640f",
    "dead": "#d0453b",
    "moved": "#a558a0",
    "blocked": "#8560c0",
    "ambiguous": "#0a8577",
    "not_retrievable": "#767676",
}
"""Of the signs of a work's state, here and in the plot: each three to one or more on white and on the dark theme. Each
state has a sign and a word of its own besides.
"""
VERDICTS: dict[Support, str] = {
    "contradicted": "#d0453b",
    "unsupported": "#b0640f",
    "partial": "#8a7300",
    "unchecked": "#767676",
    "supported": "#2e8540",
}
"""As the colours of states."""

SHEET = """
.stApp, .stApp button, .stApp textarea, .stApp p, .stApp h1, .stApp label {
    font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans KR", "Noto Sans CJK KR",
        "Malgun Gothic", "Apple SD Gothic Neo", sans-serif;
}
.stApp { word-break: keep-all; overflow-wrap: anywhere; }
.stMainBlockContainer { padding-top: 1rem; }
.stMainBlockContainer:has(.st-key-top-wide) { max-width: 84rem; }
.stApp [data-testid="stHeader"] { background: transparent; pointer-events: none; }
.st-key-pages { border-bottom: 1px solid #8a8a8a55; padding-bottom: .3rem; }
.stApp h1 { font-size: 1.5rem; padding: 0; }

/* What answers stays in sight while the conversation scrolls; on a phone too. */
[data-testid="stLayoutWrapper"]:has(> .st-key-status) {
    position: sticky; top: 0; z-index: 90; background: var(--st-background-color, Canvas);
}
.status { font-size: .875rem; line-height: 1.4; border-bottom: 1px solid currentColor; padding: .5rem 0 .35rem; }
.status summary { cursor: pointer; }
.status details > div { padding: .3rem 0 0 1rem; }
.status code { font-size: .85em; user-select: all; }

/* No faces: the one who asks is in bold on grey, and nobody pretends to be a person or a robot. */
[data-testid^="stChatMessageAvatar"] { display: none; }
[data-testid="stChatMessage"] { padding: .6rem .8rem; gap: 0; }
.stMainBlockContainer { padding-bottom: 4rem; }
[data-testid="stChatMessage"] .stVerticalBlock { gap: .75rem; }
[class*="st-key-line-"] .stHorizontalBlock { gap: .4rem; }
[class*="st-key-mark-"] button { min-height: 2.25rem; padding: .1rem .6rem; margin-top: .15rem; }
[class*="st-key-mark-"] button p { font-size: .875rem; font-variant-numeric: tabular-nums; }

.question { font-weight: 600; white-space: pre-wrap; }
.understood, .aside { font-size: .875rem; opacity: .85; }
.claim { line-height: 1.5; }
.claim .ours { font-style: italic; opacity: .85; }
.claim .doubt { font-size: .9rem; border-left: 3px solid currentColor; padding-left: .6rem; margin-top: .3rem; }
.within { font-size: .875rem; line-height: 1.45; }
.aside summary { cursor: pointer; }
.stApp details.aside ul { margin: .15rem 0 0; padding-left: 1.1rem; font-size: .875rem; }
.stApp details.aside li { margin: 0; font-size: .875rem; }
.differing { display: flex; gap: .35rem; font-size: .9rem; border-left: 3px solid #d0453b; padding-left: .6rem; margin-top: .3rem; }
.differing > strong { white-space: nowrap; }
.stApp .notice code, .stApp .abstention code { font-size: .85em; user-select: all; overflow-wrap: anywhere; }
.notice { font-size: .875rem; border-left: 3px solid currentColor; padding-left: .6rem; }

.abstention { border: 2px dashed currentColor; border-radius: .5rem; padding: .6rem .8rem; line-height: 1.5; }
.abstention strong { display: block; font-size: 1.05rem; }
.near { font-size: .875rem; line-height: 1.45; font-style: italic; }
.failure { border: 2px solid #b3261e; border-radius: .5rem; padding: .6rem .8rem; line-height: 1.5; }

.evidence { line-height: 1.5; font-size: .95rem; }
.evidence > div { margin-bottom: .5rem; }
.evidence-head { font-size: .85rem; line-height: 1.4; }
.evidence-text { white-space: pre-line; border-left: 3px solid #8a8a8a; padding-left: .7rem; }
.evidence mark { background: #ffe066; color: #111; padding: .05em 0; font-style: normal; }
.evidence-table { overflow-x: auto; word-break: normal; overflow-wrap: normal; }
.evidence-table table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; margin: 0; }
.evidence-caption { font-size: .85rem; line-height: 1.4; }
.evidence-table tr > :first-child { position: sticky; left: 0; background: var(--st-background-color, Canvas); }
.evidence-table th, .evidence-table td { border: 1px solid #8a8a8a; padding: .2rem .45rem; text-align: left; }
.evidence-table .quoted > :first-child { background: #fff7d6; color: #111; }
.evidence-table .quoted { background: #ffe06640; }
.evidence-notes { font-size: .875rem; padding-left: 1.1rem; margin: 0; }
.stApp .evidence-notes li { font-size: 1em; margin: 0 0 .25rem; }
.stApp .evidence-notes ul { list-style: none; padding: 0; margin: .25rem 0 0; font-size: 1em; }
.evidence code, .works code, .doubts code { font-size: .85em; user-select: all; overflow-wrap: anywhere; }

/* The second hop stands inside the first, a step to the right. */
.hop { border-top: 1px dashed #8a8a8a; padding: .6rem 0 0 .9rem; }
.hop > div { margin-bottom: .4rem; }
.more-hops summary { cursor: pointer; font-size: .875rem; }

.state { white-space: nowrap; }
.verdict { line-height: 1.45; }
.coverage { line-height: 1.5; }

/* The ledger: a line a work, that opens. */
.works { border-top: 1px solid #8a8a8a; line-height: 1.4; font-size: .95rem; }
.work { border-bottom: 1px solid #8a8a8a55; }
.work > summary, .work-heads {
    display: grid; grid-template-columns: minmax(0, 1fr) 16rem 13rem; gap: .2rem 1.25rem; padding: .45rem .25rem;
}
.work > summary { cursor: pointer; }
.work > summary:hover { background: #8a8a8a1a; }
.work-heads { font-size: .8rem; opacity: .8; border-bottom: 1px solid #8a8a8a; }
.work-name::before { content: "▸ "; }
.work[open] .work-name::before { content: "▾ "; }
.work-where { font-size: .875rem; }
.to-do { display: block; font-size: .8rem; opacity: .85; }
.work-more { padding: .2rem .25rem .8rem 1.3rem; display: grid; gap: .35rem; }
.stApp .work-more li, .stApp .doubts li { font-size: inherit; }
.work-more ul, .doubts ul { margin: 0; padding-left: 1.1rem; font-size: .9rem; }
.work-more mark, .doubts mark { background: #ffe066; color: #111; }
.doubts { border-left: 3px solid #0a8577; padding-left: .6rem; font-size: .95rem; line-height: 1.45; }
.doubts summary { cursor: pointer; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; font-size: .875rem; }

/* A sentence that was brought, with what was found on it. */
.statement { line-height: 1.5; white-space: pre-wrap; }
.said { display: flex; flex-wrap: wrap; gap: .2rem 1rem; font-size: .9rem; }
.stApp h3.group { font-size: .9rem; padding: .2rem 0 0; margin: 0; opacity: .85; }
.place { line-height: 1.45; font-size: .95rem; }

/* A sentence of a document beside its source. */
.audited { border: 1px solid #8a8a8a88; border-left: .35rem solid #767676; border-radius: .4rem; margin: 0 0 .8rem;
    padding: .55rem .9rem; line-height: 1.5; }
.beside { display: grid; grid-template-columns: 1fr 1fr; gap: .4rem 1.5rem; margin-top: .4rem; }
.beside > div { min-width: 0; }
.stApp .beside h3 { font-size: .8rem; padding: 0; margin: 0 0 .15rem; opacity: .85; font-weight: 600; }
.beside mark { background: #ffe066; color: #111; }
.beside details { font-size: .9rem; margin-top: .25rem; }
.beside summary { cursor: pointer; font-size: .8rem; opacity: .85; }
.quoted-words { white-space: pre-line; }

/* The views: rows that open on their place. */
.findings { border-top: 1px solid #8a8a8a; line-height: 1.45; font-size: .95rem; }
.finding { border-bottom: 1px solid #8a8a8a55; }
.finding > summary, .finding-heads { display: grid; gap: .2rem 1.25rem; padding: .5rem .25rem; }
.finding > summary { cursor: pointer; }
.finding > summary:hover { background: #8a8a8a1a; }
.finding > summary > span { min-width: 0; }
.finding > summary > :first-child::before { content: "▸ "; }
.finding[open] > summary > :first-child::before { content: "▾ "; }
.finding-heads { font-size: .8rem; opacity: .8; border-bottom: 1px solid #8a8a8a; }
.finding-more { padding: .2rem .25rem .9rem 1.3rem; display: grid; gap: .6rem; min-width: 0; }
.recommendations .finding > summary, .recommendations .finding-heads { grid-template-columns: 12rem minmax(0, 1fr) 7rem 11rem; }
.numbers .finding > summary, .numbers .finding-heads { grid-template-columns: 12rem minmax(0, 1fr) 8rem 12rem; }
.positions .finding > summary, .positions .finding-heads { grid-template-columns: 12rem minmax(0, 1fr) minmax(0, 1fr); }
.claims .finding > summary, .claims .finding-heads { grid-template-columns: minmax(0, 1fr) 16rem 11rem; }
.unsaid { font-size: .85rem; opacity: .85; font-style: italic; }
.said-there { display: block; margin-bottom: .3rem; font-size: .9rem; }
.relation { display: block; font-weight: 600; margin-top: .25rem; }
.facts { font-size: .9rem; }
.doubtful { border-left: .25rem solid #8560c0; padding: .2rem .9rem; margin: 0 0 1rem; line-height: 1.5; }
.doubtful .asked { font-weight: 600; }
.doubtful summary { cursor: pointer; font-size: .875rem; opacity: .85; }
.stApp h2.brief-title { font-size: 1.25rem; padding: .3rem 0; }
.stApp h3.brief-part { font-size: 1rem; padding: .6rem 0 0; margin: 0; }

@media (max-width: 45rem) {
    .findings .finding > summary { grid-template-columns: minmax(0, 1fr); }
    .finding-heads { display: none; }
    .work > summary { grid-template-columns: minmax(0, 1fr); }
    .work-heads { display: none; }
    .work-state { display: flex; flex-wrap: wrap; gap: 0 .8rem; align-items: baseline; }
    .beside { grid-template-columns: minmax(0, 1fr); }
}
"""
SHEET += "".join(f".state.{s.replace('_', '-')} .sign {{ color: {c}; }}\n" for s, c in COLOURS.items())
SHEET += "".join(
    f".verdict.{v} .sign {{ color: {c}; }} .audited.{v} {{ border-left-color: {c}; }}\n" for v, c in VERDICTS.items()
)
