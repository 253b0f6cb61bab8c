"""Fetching from the web, politely and safely: the only door to the network."""
