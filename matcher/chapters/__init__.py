"""The chapters of `Network`, each a class on one subject; every door reaches them through `Network`."""
