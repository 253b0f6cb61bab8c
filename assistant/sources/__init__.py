"""From a sentence to the source behind it: notes and the works they name, the ledger, fetching, exports."""
