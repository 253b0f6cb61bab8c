"""Small PDFs with one oddity each, drawn with reportlab at exact places."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = letter
LEFT, RIGHT, TOP = 72.0, WIDTH - 72.0, 90.0

Draw = Callable[[Canvas], object]


def pdf(*pages: Draw, password: str | None = None, title: str | None = None, author: str | None = None) -> bytes:
    """A PDF of these pages."""
    out = io.BytesIO()
    encrypt = None
    if password is not None:
        from reportlab.lib.pdfencrypt import StandardEncryption

        encrypt = StandardEncryption(password)
    canvas = Canvas(out, pagesize=letter, encrypt=encrypt)
    if title:
        canvas.setTitle(title)
    if author:
        canvas.setAuthor(author)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def write(
    canvas: Canvas,
    lines: Sequence[str],
    x: float = LEFT,
    top: float = TOP,
    size: float = 11,
    font: str = "Times-Roman",
    leading: float | None = None,
) -> float:
    """Lines one below the other, the first baseline `top` points from the top; `^12^` is set raised.
    Returns where the next line would stand."""
    y = top
    for line in lines:
        at = x
        for position, part in enumerate(line.split("^")):
            raised = position % 2 == 1
            part_size = size * 0.6 if raised else size
            canvas.setFont(font, part_size)
            canvas.drawString(at, HEIGHT - y + (size * 0.35 if raised else 0), part)
            at += canvas.stringWidth(part, font, part_size)
        y += leading or size * 1.2
    return y


def justified(words: str, width: float, size: float = 11, font: str = "Times-Roman") -> list[str]:
    """Words broken into lines no wider than `width`."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines: list[str] = []
    for word in words.split():
        if lines and stringWidth(f"{lines[-1]} {word}".replace("^", ""), font, size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def prose(subject: str, sentences: int = 6) -> str:
    """Plain sentences that can be told apart."""
    return " ".join(
        f"The {subject} of year {1990 + i} was larger than anything that the committee had expected before it met."
        for i in range(sentences)
    )
