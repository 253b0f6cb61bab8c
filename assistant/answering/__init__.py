"""Hits -> Reply: choose what answers, or abstain with a reason."""
