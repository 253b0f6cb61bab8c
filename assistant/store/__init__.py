"""The truth on disk: what was read, the generations that answer, and the writer's lock."""
