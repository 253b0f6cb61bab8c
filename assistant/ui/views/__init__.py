"""The page of views for officials: a brief, recommendations, numbers, positions, claims and the notes of documents."""
