"""What we know of trades and words, read from `data/`: the same for every installation."""
