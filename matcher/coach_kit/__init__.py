"""A coach's kit: what it may hold, its hash, its file, and what changed from one version to the next."""
