"""Which people are one and the same: columns of people in, groups with reasons out. Pure, in NumPy and rapidfuzz."""
