"""An audit as a page of its own: no script, nothing from a network, readable on a phone and on paper.

Every foreign word passes `plain` and is escaped; the page's own policy forbids scripts and addresses besides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from assistant.render import plain
from assistant.render.audit import (
    WORST_FIRST,
    audit_language,
    compared,
    differences,
    only_near,
    rests_on,
    standing,
    summary,
    where,
    worst_first,
)
from assistant.render.lines import cell_said, columns_said
from assistant.types import Audit, AuditLine, Citation, Language, Span, Support

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "audit": "Audit of sources",
        "compared": "Compared with held sources ({s}): {n} times a sentence or a table row.",
        "not_held": "Sentences that rest on works that are not held: {n}, on {w} works.",
        "nothing": "No sentence of it rests on a note that names a held work: there is nothing to compare.",
        "paper": "What the document says",
        "source": "What the source says",
        "nearest": "Nearest in the source",
        "none": "Nothing in the source could be set beside it.",
        "unheld": "The source is not held.",
        "note": "note {}",
        "named": "named in the text",
        "why": "Why",
        "contradicted": "Differs from the source",
        "unsupported": "Not found in the source",
        "partial": "Partly supported",
        "unchecked": "Could not be checked",
        "supported": "Supported",
        "others": "Source not held",
        "honest": "Found by rules and measured likeness, without a language model. “Not found” is not “wrong”: the author "
        "may have judged, summed up or read another edition. Each quote stands word for word in the stored document.",
        "made": "Made from index {}.",
    },
    "ko": {
        "audit": "출처 대조",
        "compared": "보유한 출처 {s}건과 문장·표의 행을 {n}회 대조했습니다.",
        "not_held": "그 밖에 {n}개 문장은 보유하지 않은 문헌 {w}건에 근거합니다.",
        "nothing": "보유한 문헌을 가리키는 각주가 달린 문장이 없어 대조할 것이 없습니다.",
        "paper": "문서의 문장",
        "source": "출처의 문장",
        "nearest": "출처에서 가장 가까운 대목",
        "none": "출처에서 견줄 대목을 찾지 못했습니다.",
        "unheld": "출처를 보유하고 있지 않습니다.",
        "note": "각주 {}",
        "named": "본문에서 언급",
        "why": "이유",
        "contradicted": "출처와 다름",
        "unsupported": "출처에서 찾지 못함",
        "partial": "일부만 뒷받침됨",
        "unchecked": "확인할 수 없음",
        "supported": "뒷받침됨",
        "others": "보유하지 않은 출처",
        "honest": "언어 모형 없이 규칙과 유사도로 판정했습니다. ‘찾지 못함’은 ‘틀림’이 아닙니다. 저자의 판단이나 계산이거나 "
        "다른 판본일 수 있습니다. 인용문은 저장된 문서의 글자 그대로입니다.",
        "made": "색인 {} 기준.",
    },
}
_SIGN: dict[Support, str] = {
    "contradicted": "≠", "unsupported": "?", "partial": "◐", "unchecked": "–", "supported": "✓",
}  # fmt: skip
"""A sign beside each colour: nobody needs to tell colours apart."""

_STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--dim:#57606a;--page:#fff;--rule:#d0d7de;--soft:#f6f8fa;--mark:#ffe08a;
--contradicted:#b42318;--unsupported:#9a5b00;--partial:#7a6200;--unchecked:#57606a;--supported:#1a7f37}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9aa4af;--page:#0d1117;--rule:#30363d;--soft:#161b22;
--mark:#6b5200;--contradicted:#ff8a80;--unsupported:#f0b25a;--partial:#e3c84f;--unchecked:#9aa4af;--supported:#6fd08c}}
*{box-sizing:border-box}body{margin:0 auto;max-width:64rem;padding:1rem;color:var(--ink);background:var(--page);
font:16px/1.5 system-ui,"Noto Sans KR","Malgun Gothic","Apple SD Gothic Neo",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.4rem;line-height:1.3;margin:.2rem 0}h2{font-size:1.1rem;margin:2rem 0 .5rem}.dim{color:var(--dim);font-size:.875rem}
ul.sum{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.4rem .6rem}ul.sum a{display:block;color:inherit;text-decoration:none;
border:1px solid var(--rule);border-radius:.5rem;padding:.3rem .7rem}
article{border:1px solid var(--rule);border-left:.35rem solid var(--dim);border-radius:.4rem;margin:.8rem 0;padding:.6rem .9rem;break-inside:avoid}
.two{display:grid;grid-template-columns:1fr 1fr;gap:1rem}.two h3{font-size:.8rem;margin:.2rem 0;color:var(--dim);font-weight:600}
blockquote{margin:0;unicode-bidi:isolate;white-space:pre-line}mark{background:var(--mark);color:inherit;padding:0 .1em}
.why{margin:.5rem 0 0}b{font-weight:600}
@media(max-width:40rem){.two{grid-template-columns:1fr;gap:.4rem}}
@media print{body{max-width:none;font-size:10.5pt}article{border-color:#999}a{color:inherit}mark{text-decoration:underline;print-color-adjust:exact}}
""" + "".join(f"article.{v}{{border-left-color:var(--{v})}}.{v} .sign{{color:var(--{v})}}" for v in WORST_FIRST)


def audit_page(audit: Audit, lines: Sequence[AuditLine]) -> str:
    """The page, in the language of the document's sentences."""
    language = audit_language(audit)
    say = _WORDS[language]
    title = _safe(audit.title)
    body = [
        f'<header><p class="dim">{say["audit"]}</p><h1>{title}</h1><p class="dim">{_safe(audit.document)}</p></header>',
        *_head(audit, lines, say),
    ]
    heading = ""
    for n, line in enumerate(worst_first(lines), start=1):
        key = line.verdict.support if compared(line) else "others"
        if key != heading:
            heading = key
            body.append(f'<h2 id="{key}">{say[key]}</h2>')
        body.append(_article(n, line, say, language))
    body.append(
        f'<footer class="dim"><p>{say["honest"]}</p><p>{_safe(say["made"].format(audit.provenance.index))}</p></footer>'
    )
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{say['audit']}: {title}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _head(audit: Audit, lines: Sequence[AuditLine], say: dict[str, str]) -> list[str]:
    s = summary(audit)
    if not s.compared and not s.not_held:
        return [f"<p>{say['nothing']}</p>"]
    out = (
        [f"<p>{say['compared'].format(n=s.compared, s=s.sources)}</p>"] if s.compared else [f"<p>{say['nothing']}</p>"]
    )
    there = {line.verdict.support for line in lines if compared(line)}
    shown = []
    for v, n in s.verdicts.items():
        if n:
            link = f'href="#{v}"' if v in there else ""
            shown.append(f'<li class="{v}"><a {link}><span class="sign">{_SIGN[v]}</span> <b>{n}</b> {say[v]}</a></li>')
    out += [f'<ul class="sum">{"".join(shown)}</ul>'] if shown else []
    if s.not_held:
        out.append(f'<p class="dim">{say["not_held"].format(n=s.not_held, w=s.works_not_held)}</p>')
    return out


def _article(n: int, line: AuditLine, say: dict[str, str], language: Language) -> str:
    from assistant.stance.reasons import in_language  # here: a question loads no judge

    verdict = line.verdict.support
    note = _safe(rests_on(line, say["note"], say["named"]))
    sign = _SIGN[verdict] if compared(line) else "–"
    said = say[verdict] if compared(line) else say["others"]
    work = _safe(line.work.title or line.work.id)
    paper, source = line.citation.quote, line.hop.citation.quote if line.hop else ""
    differs = verdict in ("contradicted", "partial")
    why = line.verdict.why
    left = _marked(paper, differences(paper, source, why) if differs and source else ())
    if line.hop is not None:
        over = say["nearest"] if only_near(line) else say["source"]
        right = _quote(_marked(source, differences(source, paper, why) if differs else ()), line.hop.citation, standing)
    else:
        over, right = say["source"], f'<p class="dim">{say["none"] if compared(line) else say["unheld"]}</p>'
    reason = f'<p class="why"><b>{say["why"]}:</b> {_safe(in_language(why, language))}</p>' if why else ""
    return (
        f'<article class="{verdict}"><p class="dim"><span class="sign">{sign} <b>{said}</b></span> · {n} · {note} → {work}</p>'
        f'<div class="two"><section><h3>{say["paper"]}</h3>{_quote(left, line.citation, where)}</section>'
        f"<section><h3>{over}</h3>{right}</section></div>{reason}</article>"
    )


def _quote(words: str, c: Citation, where: Callable[[Citation], str]) -> str:
    """Marked words with their place; of a table's row the cell that is meant, or what its columns are called, besides."""
    named = cell_said(c) or (f"({columns})" if (columns := columns_said(c)) else "")
    over = f'<p class="dim">{_safe(named)}</p>' if named else ""
    return f'{over}<blockquote dir="auto">“{words}”</blockquote><p class="dim">{_safe(where(c))}</p>'


def _marked(text: str, spans: Sequence[Span]) -> str:
    out, at = [], 0
    for span in spans:
        out += [_safe(text[at : span.start]), f"<mark>{_safe(span.slice(text))}</mark>"]
        at = span.end
    return "".join([*out, _safe(text[at:])]).replace("\t", " | ")


def _safe(text: str) -> str:
    return escape(plain(text), quote=True)
