"""From a sentence to the source behind it: notes and the works they name, the ledger, fetching, exports."""

from assistant.sources.matching import Match, match, same
from assistant.sources.references import NoteReading, read_note, references
from assistant.sources.works import works_of

__all__ = ["Match", "NoteReading", "match", "read_note", "references", "same", "works_of"]
