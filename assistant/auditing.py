"""How faithfully a document reports its sources."""
