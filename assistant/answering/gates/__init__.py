"""Whether there is an answer: is the subject in the corpus at all, and is what is asked said."""
