"""Grounding tests: cases, measures, runner, report. Pure functions over replies."""
