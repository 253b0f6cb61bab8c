"""The page's own style sheet: system fonts, no address, colours that follow the theme."""

SHEET = """
.stApp, .stApp button, .stApp textarea, .stApp p, .stApp h1, .stApp label {
    font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans KR", "Noto Sans CJK KR",
        "Malgun Gothic", "Apple SD Gothic Neo", sans-serif;
}
.stApp { word-break: keep-all; overflow-wrap: anywhere; }
.stMainBlockContainer { padding-top: 2.5rem; }
.stApp [data-testid="stHeader"] { background: transparent; pointer-events: none; }
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
"""
