"""Pictures of text, read by tesseract."""

from assistant.backends.ocr.tesseract import RecognisedChars, RecognitionError, Tesseract, find_recogniser

__all__ = ["RecognisedChars", "RecognitionError", "Tesseract", "find_recogniser"]
