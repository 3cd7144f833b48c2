"""The commands of `switchboard` by subject; `cli` gives them their network."""
