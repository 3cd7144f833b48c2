"""Switchboard's core: who sells to your kind of client without competing with you, and why."""
