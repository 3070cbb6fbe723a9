"""
What words mean, as vectors: texts that are near in meaning are near as vectors.

The model is the one in the wheel of wordllama: a vector for each of 32,000 pieces of
words, of which a text has the mean. Its two files are read as they lie in the package,
whose own module would reach for the network and set up everybody's logging.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

SIZE = 256
TINY = np.finfo(np.float32).tiny
STORED = np.dtype("<f2")
MOST = 20_000
"""Characters of a text that are read; a passage has fewer."""


class Model(NamedTuple):
    pieces: Any
    vectors: NDArray[np.float16]


def vector(text: str) -> Vectors:
    """What a text means, of length one; zero where it has no words."""
    pieces, vectors = _model()
    ids = pieces.encode(text[:MOST], add_special_tokens=False).ids
    if not ids:
        return np.zeros(SIZE, np.float32)
    return unit(vectors[ids].mean(axis=0, dtype=np.float32))


def is_rare(word: str) -> bool:
    """Whether the model knows it by its parts alone, as it does most names."""
    pieces, _ = _model()
    return len(pieces.encode(word, add_special_tokens=False).ids) > 1


def unit(vectors: Vectors) -> Vectors:
    """The same directions, each of length one but those of no length."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    found: Vectors = vectors / np.maximum(lengths, TINY)
    return found


def packed(*vectors: Vectors) -> bytes:
    """Vectors as the database holds them in one row."""
    return b"".join(vector.astype(STORED).tobytes() for vector in vectors)


def unpacked(rows: Sequence[bytes | memoryview]) -> Vectors:
    """The vectors of several rows, one under another."""
    joined = np.frombuffer(b"".join(rows), STORED).reshape(-1, SIZE)
    return joined.astype(np.float32)


@cache
def _model() -> Model:
    folder = _folder()
    weights = load_file(folder / "weights" / f"l2_supercat_{SIZE}.safetensors")
    names = folder / "tokenizers" / "l2_supercat_tokenizer_config.json"
    pieces = Tokenizer.from_file(str(names))
    pieces.no_padding()
    pieces.no_truncation()
    return Model(pieces, weights["embedding.weight"])


def _folder() -> Path:
    """Where the package lies; finding it imports nothing of it."""
    found = find_spec("wordllama")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("The package wordllama is not installed.")
    return Path(found.origin).parent
