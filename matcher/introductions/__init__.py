"""An introduction within one transaction: its steps, what each side sees of the other, and what becomes of it."""
