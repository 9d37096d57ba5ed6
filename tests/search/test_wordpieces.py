"""Text is cut into pieces as the model's makers cut it."""

import pytest

from cityfolio.search.wordpieces import WordPieces

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "pot", "##hole", "##s", "potato", "cafe", "a", "5", "%", ",", "北", "京"]
PIECES = WordPieces({piece: number for number, piece in enumerate(VOCABULARY)})


def cut(text: str, most: int = 100) -> list[str]:
    """The pieces themselves, without the marks at both ends."""
    first, *between, last = [VOCABULARY[number] for number in PIECES.cut(text, most)]
    assert (first, last) == ("[CLS]", "[SEP]")
    return between


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Potholes", ["pot", "##hole", "##s"]),
        ("potato pot", ["potato", "pot"]),
        ("Café", ["cafe"]),
        ("5%,a", ["5", "%", ",", "a"]),
        ("北京", ["北", "京"]),
        ("po\u00adt\u200b", ["pot"]),
        ("potx a", ["[UNK]", "a"]),
        ("a" * 101, ["[UNK]"]),
        (" \n\t", []),
        ("\udc80a\x00", ["a"]),
    ],
    ids=["parts", "longest first", "accent", "punctuation", "Chinese", "invisible", "unknown", "too long", "empty", "no text"],
)
def test_text_is_cut_into_the_longest_known_pieces(text, pieces):
    assert cut(text) == pieces


def test_a_long_text_ends_where_the_model_stops_reading():
    assert cut("potholes a a a", most=6) == ["pot", "##hole", "##s", "a"]
