"""Vectors of texts: close when the meaning is, the same each time, from files that are checked."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import Unavailable
from matcher.knowledge.embedding import DIMENSIONS, available, checked, embed

NO_NETWORK = """
import socket
def refuse(*_):
    raise AssertionError("asked the network")
socket.socket.connect = socket.getaddrinfo = refuse
from matcher.knowledge.embedding import embed
print(embed(["hello"]).shape)
"""
NO_LIBRARY = """
import sys
sys.modules["tokenizers"] = None
from matcher.knowledge.embedding import embed
from matcher.errors import Unavailable
from matcher.knowledge.meaning import understand
found = understand("my roof is leaking", {})
print(found.mode, found.guesses[0].service)
try:
    embed(["hello"])
except Unavailable as error:
    print(error.sentence)
"""


def test_meaning_is_close() -> None:
    """A sentence is closer to one of the same meaning than to one that shares its words."""
    asked, same, other = embed(["my roof is leaking", "water comes through the ceiling", "my dog is sleeping"])
    assert asked @ same > asked @ other


@settings(max_examples=25)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_neighbours_change_nothing(texts: list[str]) -> None:
    """Any texts get unit vectors, each the same as if it had come alone."""
    vectors = embed(texts)
    assert vectors.shape == (len(texts), DIMENSIONS)
    assert vectors.dtype == np.float32
    for text, vector in zip(texts, vectors, strict=True):
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
        assert np.allclose(embed([text])[0], vector, atol=1e-6)


def test_changed_file_is_refused(tmp_path: Path) -> None:
    """A file that is not exactly the one we know is not used, nor one that is not there."""
    path = tmp_path / "model.onnx"
    path.write_bytes(b"weights")
    known = "9f31f8b54e2a73a8ae64b3a5ab1fa4c8f20a0d1d2c1b1e2c3f3d6d0e7b5c2a10"
    with pytest.raises(Unavailable, match="missing or changed"):
        checked(path, known)
    with pytest.raises(Unavailable, match="missing or changed"):
        checked(tmp_path / "absent.onnx", known)


def test_right_file_is_taken(tmp_path: Path) -> None:
    """A file with the known digest is used, and those installed here are right."""
    path = tmp_path / "nothing"
    path.touch()
    assert checked(path, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") == path
    assert available()


def test_offline() -> None:
    """Nothing is asked of the network."""
    done = subprocess.run([sys.executable, "-c", NO_NETWORK], capture_output=True, text=True, check=False)
    assert done.stdout == "(1, 384)\n", done.stderr


def test_nothing_is_reported(tmp_path: Path) -> None:
    """The library below leaves no file with a number of this machine, and none where we stand, to report us by."""
    code = "from matcher.knowledge.embedding import embed; embed(['hello']); import time; time.sleep(2)"
    places = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[1])}
    subprocess.run([sys.executable, "-B", "-c", code], cwd=tmp_path, env=places, check=True)
    assert list(tmp_path.rglob("*")) == []


def test_without_the_extra() -> None:
    """Where a library of the extra is missing, texts are compared by words, and the vectors say what to install."""
    done = subprocess.run([sys.executable, "-c", NO_LIBRARY], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[0] == "words roofer", done.stderr
    assert "pip install 'switchboard[semantic]'" in done.stdout
