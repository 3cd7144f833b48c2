"""Readers of what people write: one line about a client, of which each takes its part; trades; selling words."""
