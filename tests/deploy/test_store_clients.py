"""Whose credentials are taken for an object store, and what is said when there are none or they do not suffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.publish.deploying.addresses import Around, kind_of, target_at
from cityfolio.publish.deploying.target import Refused
from cityfolio.publish.deploying.targets.store_clients import store_at
from cityfolio.publish.deploying.targets.store_errors import Plainly, secrets_in
from deploy.small_sites import FIRST

obstore = pytest.importorskip("obstore", reason="obstore is not installed: pip install 'cityfolio[deploy]'")
HIDDEN = "a-secret-that-nobody-may-see"
KEYS = {"AWS_ACCESS_KEY_ID": "of the environment", "AWS_SECRET_ACCESS_KEY": HIDDEN}


def config(address: str = "s3://bucket", endpoint: str = "", **environment: str) -> dict[str, object]:
    """What a client was made with."""
    store = store_at(address, Around(now=lambda: FIRST, environment=environment, endpoint=endpoint))
    return dict(store.client.config)      # type: ignore[union-attr]


def refusal(address: str, **environment: str) -> Refused:
    """Why a client was not made."""
    with pytest.raises(Refused) as caught:
        config(address, **environment)
    return caught.value


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A person who has set up the AWS command line."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "credentials").write_text(
        f"[default]\naws_access_key_id = of the file\naws_secret_access_key = {HIDDEN}\n"
        f"[publisher]\naws_access_key_id = of the profile\naws_secret_access_key = {HIDDEN}\n")
    (tmp_path / ".aws" / "config").write_text("[profile publisher]\nregion = eu-west-1\nendpoint_url = https://storage.example.gov\n")
    return tmp_path


def test_the_key_of_the_environment_is_taken_before_that_of_a_file(home: Path):
    assert config(HOME=str(home), **KEYS)["access_key_id"] == "of the environment"


def test_the_default_profile_is_taken_where_the_environment_has_no_key(home: Path):
    assert config(HOME=str(home))["access_key_id"] == "of the file"


def test_a_profile_brings_its_key_its_region_and_its_server(home: Path):
    found = config(HOME=str(home), AWS_PROFILE="publisher")

    assert (found["access_key_id"], found["region"], found["endpoint"]) == ("of the profile", "eu-west-1",
                                                                            "https://storage.example.gov")


def test_the_server_that_is_named_is_spoken_to_before_any_other(home: Path):
    found = config(endpoint="https://r2.example.gov", HOME=str(home), AWS_PROFILE="publisher")

    assert found["endpoint"] == "https://r2.example.gov"


def test_a_profile_that_is_not_there_is_told(home: Path):
    assert refusal("s3://bucket", HOME=str(home), AWS_PROFILE="editor").says.startswith('there is no profile "editor"')


def test_without_credentials_it_is_told_how_to_give_some():
    found = refusal("s3://bucket")

    assert found.says == "no credentials for S3 were found"
    assert found.fix.startswith("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE")


def test_the_role_of_a_workload_needs_no_key():
    assert "access_key_id" not in config(AWS_WEB_IDENTITY_TOKEN_FILE="/var/run/token")


def test_an_account_of_azure_is_taken_with_its_key():
    found = config("az://account/container/sub", AZURE_STORAGE_ACCOUNT_KEY="a2V5")

    assert (found["account_name"], found["account_key"]) == ("account", "a2V5")


@pytest.mark.parametrize("address", ["s3://", "s3://key:secret@bucket", "s3://bucket?x=1", "az://account", "s3:bucket"])
def test_an_address_that_lacks_a_part_or_holds_a_secret_is_refused(address: str):
    assert refusal(address, **KEYS).fix.startswith("Write ")


@pytest.mark.parametrize(("address", "kind"), {
    "s3://bucket": "object_store", "gs://bucket": "object_store", "sftp://host/path": "sftp", "zip:site.zip": "archive",
    "git+https://example.gov/site.git#gh-pages": "git_branch", "netlify:site": "netlify", "cloudflare:project": "cloudflare",
    "/srv/www": "folder", "www": "folder", "./a:b": "folder", r"C:\www": "folder", "folder:/srv": "folder",
    "ftp://host/path": "",
}.items())
def test_an_address_tells_the_kind_of_its_target(address: str, kind: str):
    assert kind_of(address) == kind


def test_a_scheme_that_is_not_known_is_told_with_those_that_are():
    with pytest.raises(Refused) as caught:
        target_at("ftp://host/path", Around(now=lambda: FIRST))

    assert "sftp://HOST/PATH" in caught.value.fix


def answered(status: str, code: str = "", message: str = "") -> Refused:
    """What is told of an answer."""
    body = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>\n\nDebug source:\nAuthorization: {HIDDEN}"
    error = obstore.exceptions.GenericError(f"Error performing PUT - Server returned non-2xx status code: {status}: {body}")
    return Plainly("s3", "bucket", secrets_in(KEYS)).refusal(error)


@pytest.mark.parametrize("status", ["408", "429", "500", "502", "503", "504"])
def test_what_a_server_cannot_do_now_is_tried_again(status: str):
    assert answered(status).is_passing


@pytest.mark.parametrize("status", ["400", "401", "403", "404", "411"])
def test_what_a_server_will_not_do_is_not_tried_again(status: str):
    assert not answered(status).is_passing


def test_a_request_that_was_damaged_on_its_way_is_tried_again():
    assert answered("400", "BadDigest").is_passing


def test_a_right_that_is_missing_is_named_with_where_to_grant_it():
    assert answered("403", "AccessDenied").fix == (
        "Grant s3:GetObject, s3:PutObject and s3:DeleteObject on arn:aws:s3:::bucket/*, and s3:ListBucket on "
        "arn:aws:s3:::bucket, to the key that is used.")


def test_a_bucket_that_does_not_exist_is_told():
    assert answered("404", "NoSuchBucket").fix == "Make the bucket bucket first, or mend its name."


def test_no_secret_is_told_even_where_the_server_repeats_it():
    found = answered("400", "Odd", f"you sent {HIDDEN}")

    assert HIDDEN not in found.says
