"""Characters on pages -> drafts: columns, furniture, headings, notes, lists."""
