"""A text, sentence by sentence, against the corpus."""
