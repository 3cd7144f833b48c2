"""Readers of one line about a client: each finds its part and takes it out of what is left to read."""
