"""A grounded policy assistant: every sentence it shows can be checked in one click."""

__version__ = "0.1.0"
