"""PDF files: what pdfium and pypdf say, without what no reader sees."""

from assistant.backends.pdf.parser import PdfParser

__all__ = ["PdfParser"]
