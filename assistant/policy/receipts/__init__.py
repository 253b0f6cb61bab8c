"""Receipts: what a reply rested on, read from a file that nobody vouches for, and checked again."""
