"""The one process from which tests fork others: it has imported and read already whatever these need."""

from multiprocessing import get_context

FORKS = get_context("forkserver")  # Python has one such process, so what it reads ahead is said in one place
FORKS.set_forkserver_preload(["tests.read_ahead", "tests.killing"])
