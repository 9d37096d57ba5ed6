"""The model in numpy gives what the reference implementation gives."""

import numpy as np
import pytest

import sentence_model
from cityfolio.search.sentences import MiniLM

ARCHIVE = sentence_model.path()
ENCODER = MiniLM(archive=ARCHIVE) if ARCHIVE else None
pytestmark = pytest.mark.skipif(ENCODER is None, reason="python tools/sentence_model.py brings the model; it was not run")

SENTENCE = "Every non-emergency request residents made to the city since 2016."


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (SENTENCE, [0.107235, 0.020604, 0.077833, 0.010017], [-0.063860, 0.059938]),
        ("potholes", [0.044406, 0.068960, 0.069555, 0.103379], [0.105437, 0.028796]),
        ("Año nuevo – café €5, 北京", [0.026030, -0.010295, 0.017319, 0.028626], [-0.084821, -0.068472]),
    ],
    ids=["sentence", "word", "signs"],
)
def test_vectors_are_those_of_sentence_transformers(text, first, last):
    (vector,) = ENCODER.embed([text])

    # The figures are of sentence-transformers 6.2.0 on PyTorch 2.14.1. A GELU by tanh is as near to one by erf as this.
    assert vector[:4] == pytest.approx(first, abs=5e-4)
    assert vector[-2:] == pytest.approx(last, abs=5e-4)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)


def test_what_goes_through_together_does_not_change_a_vector():
    together = ENCODER.embed(["water", SENTENCE, "is the water safe", "", "parks"])
    alone = np.concatenate([ENCODER.embed([text]) for text in ("water", SENTENCE, "is the water safe", "", "parks")])

    assert together == pytest.approx(alone, abs=2e-6)


def test_a_long_text_is_read_from_its_beginning():
    assert ENCODER.embed(["tree " * 150]) == pytest.approx(ENCODER.embed(["tree " * 3000]))


def test_words_of_like_meaning_point_the_same_way():
    garbage, waste, police = ENCODER.embed(["garbage", "solid waste collection", "police officers"])

    assert garbage @ waste > garbage @ police + 0.2
