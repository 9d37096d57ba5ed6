"""Secrets are found by the forms of their issuers; digests, identifiers, pictures and examples of manuals are left alone.

What looks like a secret is put together here, so that no file of this project looks as if it held one.
"""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from cityfolio.privacy.secret_signs import passes_checksum
from cityfolio.privacy.secrets import LARGE_BYTES, secret_findings, sightings_in_page

DRAWN = "q7Zr2LwX9vKcT4mYpB8nHdGs3JfAeUk6RtVxWzCy1MoP5iQbNhDgSjFl0aEuKrTv"   # letters as if by chance
CAPITALS = "Q7ZR2LWX4VKCT5MY"
PUBLISHED_TOKEN = "ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq17"           # revoked, and known for its checksum


def signed(head: str, claims: str) -> str:
    parts = (urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in (head, claims))
    return ".".join([*parts, DRAWN[:43]])


HEAD = '{"alg":"HS256","typ":"JWT"}'


SECRETS = {
    "a private key": ("private-key", f"-----BEGIN RSA PRIVATE KEY-----\n{DRAWN}\n"),
    "a private key within a JSON text": ("private-key", rf'"-----BEGIN PRIVATE KEY-----\n{DRAWN}'),
    "a private key of OpenPGP": ("private-key", f"-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 2\n\n{DRAWN}\n"),
    "a key of AWS": ("access-key", "AKIA" + CAPITALS),
    "a key of Google": ("access-key", "AIza" + DRAWN[:35]),
    "a key of an Azure account": ("access-key", f"AccountKey={(DRAWN + DRAWN)[:86]}=="),
    "a signature for Azure": ("access-key", f"https://x.example.gov/a?sv=2022-11-02&sig={DRAWN[:43]}%3D"),
    "a token of Google": ("token", "ya29." + DRAWN),
    "a token of GitHub": ("token", PUBLISHED_TOKEN),
    "a token of GitLab": ("token", "glpat-" + DRAWN[:20]),
    "a token of Slack": ("token", "xoxb-" + DRAWN[:30]),
    "a live key of Stripe": ("token", "sk_live_" + DRAWN[:24]),
    "a key of SendGrid": ("token", f"SG.{DRAWN[:22]}.{DRAWN[:43]}"),
    "a token of npm": ("token", "npm_" + DRAWN[:36]),
    "a token of PyPI": ("token", "pypi-AgE" + DRAWN),
    "a signed token": ("token", signed(HEAD, '{"sub":"parks","exp":1}')),
    "an address with a password": ("password", "sftp://parks:Vq7-rT2kXw9e@files.example.gov/trees"),
    "the password of a connection": ("password", '"Server=db;User Id=gis;Password=Vq7-rT2kXw9e;"'),
    "a password in YAML": ("password", "password: Vq7-rT2kXw9e"),
    "a key in a script": ("password", f'API_KEY = "{DRAWN[:24]}"'),
    "a key in JSON": ("password", f'  "clientSecret": "{DRAWN[:24]}",'),
}
HARMLESS = {
    "a digest": f"sha256: {sha256(b'trees').hexdigest()}",
    "an identifier": f"id: {UUID(bytes=sha256(b'trees').digest()[:16])}",
    "a picture in a text": f"![Oak](data:image/png;base64,{b64encode(b'AKIA' + bytes(range(256)) * 20).decode()})",
    "a picture that holds the letters of a key": f"data:image/png;base64,{DRAWN}AKIA{CAPITALS}{DRAWN}",
    "the label of a key without a key": "Begins with -----BEGIN PRIVATE KEY----- and ends with another line.",
    "a public key": f"-----BEGIN PUBLIC KEY-----\n{DRAWN}\n",
    "the key in the manual of AWS": "AKIA" + "IOSFODNN7" + "EXAMPLE",
    "a token with a wrong checksum": PUBLISHED_TOKEN[:-1] + "8",
    "the token in every introduction": signed(HEAD, '{"sub":"1234567890"}'),
    "a token that nobody signed": signed('{"alg":"none","typ":"JWT"}', '{"sub":"parks","exp":1}'),
    "an address with a port": "https://gis.example.gov:8443/arcgis/rest/services/@latest",
    "an address with a place for a password": "postgres://user:${PASSWORD}@db.example.gov/gis",
    "a password that is to be filled in": "password: changeme-2026!",
    "a password from the environment": 'password: "{{ env.PASSWORD }}"',
    "a password in a sentence": "password: ask the help desk at City Hall",
    "a word beside the name": "token: required",
    "a column about keys": "secretary: Vq7-rT2kXw9e",
    "a row of a table": "1,Vq7-rT2kXw9e,password,AKIA\n",
    "a path as a secret": "client_secret: /run/secrets/gis-2026",
    "two sentences": "He said: sig=none. SG.1 and SG.2 are seats; eyJafjallajokull.volcano.erupted.",
}


@pytest.mark.parametrize(("kind", "text"), SECRETS.values(), ids=SECRETS)
def test_a_secret_is_found_and_its_kind_told(kind: str, text: str) -> None:
    found = secret_findings(text.encode())

    assert [each.kind for each in found] == [kind]


@pytest.mark.parametrize("beside", [b"https://data.example.gov/ <a@b.gov>\n", b"\xff\xfe\x00 \n"], ids=["addresses", "bytes"])
@pytest.mark.parametrize("text", [text for _, text in SECRETS.values()], ids=SECRETS)
def test_a_secret_is_found_in_a_large_page_as_in_a_small_one(text: str, beside: bytes) -> None:
    body = beside * (2 * LARGE_BYTES // len(beside)) + text.encode() + b"\n" + beside * 10

    found = [[each.finding.why for each in sightings_in_page(page)] for page in (text.encode(), body)]
    assert found[0] == found[1]


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_only_looks_like_a_secret_is_left_alone(text: str) -> None:
    assert secret_findings(text.encode()) == ()


def test_a_secret_is_told_by_its_line_and_letter_and_never_quoted() -> None:
    text = f"caf\u00e9: 1\n  k\u00e9y: {PUBLISHED_TOKEN}\n"

    (found,) = secret_findings(text.encode())

    assert (found.line, found.column) == (2, 8)
    assert PUBLISHED_TOKEN[:8] not in found.why


def test_secrets_are_told_in_the_order_of_the_lines() -> None:
    text = f"password: Vq7-rT2kXw9e\n{PUBLISHED_TOKEN}\n{'AKIA' + CAPITALS}\npwd: Vq7-rT2kXw9e"

    assert [each.line for each in secret_findings(text.encode())] == [1, 2, 3, 4]


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", min_size=36, max_size=36))
def test_hardly_any_other_36_letters_have_the_checksum_of_a_token(letters: str) -> None:
    assert not passes_checksum(b"ghp_" + letters.encode())


@given(st.binary(max_size=2_000))
def test_bytes_of_any_kind_can_be_searched(body: bytes) -> None:
    assert isinstance(secret_findings(body), tuple)


@pytest.mark.parametrize("text", ["eyJ" + "a" * 300_000, "-----BEGIN PRIVATE KEY-----" + " \n" * 200_000, "://" + "a" * 300_000,
                                  "password" * 50_000, "password: " + " " * 300_000, "://:" * 80_000],
                         ids=["a token", "a key", "an address", "words", "blanks", "addresses"])
def test_a_text_that_nearly_fits_for_long_is_done_with(text: str) -> None:
    assert secret_findings(text.encode()) == ()
