"""Whose credentials are taken for an object store, and what is said when there are none or they do not suffice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cityfolio.publish.deploying.addresses import Around, kind_of, target_at
from cityfolio.publish.deploying.target import Refused
from cityfolio.publish.deploying.targets.store_clients import store_at
from cityfolio.publish.deploying.targets.store_errors import Plainly, secrets_in
from cityfolio.publish.deploying.targets.store_rights import HOSTS, lacking_letters, policy, where_looked
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


def test_without_credentials_it_is_told_where_they_were_looked_for_and_how_to_give_some(tmp_path: Path):
    found = refusal("s3://bucket", HOME=str(tmp_path), AWS_ACCESS_KEY_ID="half of a key")

    assert found.says == (
        "no credentials for S3 could be used: there is no key. Looked for: set: AWS_ACCESS_KEY_ID; not set: "
        f"AWS_SECRET_ACCESS_KEY; {tmp_path}/.aws/credentials is not there; not set: AWS_WEB_IDENTITY_TOKEN_FILE, "
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
    assert found.fix.startswith("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE")
    assert "Grant s3:GetObject" in found.fix


def test_a_file_of_keys_without_the_one_that_is_wanted_is_told(home: Path):
    (home / ".aws" / "credentials").write_text("[publisher]\nregion = eu-west-1\n")

    assert f"{home}/.aws/credentials has no key for the profile default" in refusal("s3://bucket", HOME=str(home)).says


def test_a_file_of_google_that_is_not_there_is_told(tmp_path: Path):
    found = refusal("gs://bucket", GOOGLE_APPLICATION_CREDENTIALS=str(tmp_path / "key.json"))

    assert found.says.endswith(f"GOOGLE_APPLICATION_CREDENTIALS names {tmp_path}/key.json, which is not there")
    assert found.fix.startswith("Set GOOGLE_APPLICATION_CREDENTIALS to the file with the key of a service account, or run")
    assert "Grant the role Storage Object User (roles/storage.objectUser) on the bucket bucket" in found.fix


def test_a_file_of_google_that_cannot_be_used_is_told_without_what_it_holds(tmp_path: Path):
    (tmp_path / "key.json").write_text(f'{{"type": "service_account", "private_key": "{HIDDEN}"}}')

    found = refusal("gs://bucket", GOOGLE_APPLICATION_CREDENTIALS=str(tmp_path / "key.json"))

    assert found.says.startswith("no credentials for Google Cloud Storage could be used: ")
    assert HIDDEN not in found.says + found.fix


def test_what_google_looks_for_is_told_in_its_order(tmp_path: Path):
    login = f"{tmp_path}/.config/gcloud/application_default_credentials.json"

    assert where_looked("gs", {"HOME": str(tmp_path)}) == (
        f"GOOGLE_APPLICATION_CREDENTIALS is not set; {login} is not there; this machine gave no token of an account of its own")


@pytest.mark.parametrize(("environment", "lacks"), [
    ({"AZURE_CLIENT_ID": "publisher", "AZURE_CLIENT_SECRET": HIDDEN}, "AZURE_TENANT_ID"),
    ({"AZURE_CLIENT_ID": "publisher", "AZURE_TENANT_ID": "city"}, "AZURE_CLIENT_SECRET or AZURE_FEDERATED_TOKEN_FILE"),
    ({"AZURE_TENANT_ID": "city", "AZURE_FEDERATED_TOKEN_FILE": "/run/token"}, "AZURE_CLIENT_ID"),
], ids=["the tenant", "the secret", "the client"])
def test_what_an_azure_principal_lacks_is_named(environment: dict[str, str], lacks: str):
    found = refusal("az://account/container", **environment)

    assert f"a service principal is set in part, without {lacks}. Looked for: " in found.says
    assert "az role assignment create --role 'Storage Blob Data Contributor'" in found.fix
    assert HIDDEN not in found.says


def test_an_azure_principal_that_is_whole_is_taken():
    found = config("az://account/container", AZURE_CLIENT_ID="publisher", AZURE_TENANT_ID="city", AZURE_CLIENT_SECRET=HIDDEN)

    assert (found["client_id"], found["tenant_id"], "use_azure_cli" in found) == ("publisher", "city", False)


def test_a_key_of_azure_that_is_none_is_told():
    found = refusal("az://account/container", AZURE_STORAGE_ACCOUNT_KEY="!not Base64!")

    assert found.says.endswith("Looked for: set: AZURE_STORAGE_ACCOUNT_KEY")
    assert "!not Base64!" not in found.says


@pytest.mark.parametrize(("scheme", "said", "where"), [
    ("gs", "Error performing token request: Error performing GET http://169.254.169.254/computeMetadata?audience=x in 3ms",
     "GOOGLE_APPLICATION_CREDENTIALS is not set"),
    ("az", "'az account get-access-token' command failed: Please run 'az login' to setup account.", "`az`, which"),
], ids=["Google", "Azure"])
def test_a_host_that_gives_no_token_is_no_right_that_is_missing(scheme: str, said: str, where: str):
    store = Plainly(scheme, "bucket", looked=where_looked(scheme, {}))

    found = store.refusal(obstore.exceptions.GenericError(f"{said} - Server returned non-2xx status code: 403: no"))

    assert found.says.startswith(f"no credentials for {HOSTS[scheme]} could be used: ")
    assert where in found.says
    assert (found.is_passing, "audience" in found.says) == (False, False)


def test_a_token_that_could_not_be_asked_for_now_is_asked_for_again():
    store = Plainly("az", "container", looked=where_looked("az", {}))
    said = "Error performing token request: Error performing POST https://login.microsoftonline.com/x - HTTP error: sending"

    assert store.refusal(obstore.exceptions.GenericError(said)).is_passing


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
        f"arn:aws:s3:::bucket, to the key that is used. As a policy: {policy('bucket')}")


def test_the_policy_for_a_folder_of_a_bucket_allows_no_other():
    assert json.loads(policy("bucket", "portal")) == {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
         "Resource": "arn:aws:s3:::bucket/portal/*"},
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::bucket"}]}


@pytest.mark.parametrize(("scheme", "right"), {
    "gs": "roles/storage.objectUser", "az": "Storage Blob Data Contributor",
}.items())
def test_the_role_that_is_missing_is_named_in_the_hosts_words(scheme: str, right: str):
    error = obstore.exceptions.PermissionDeniedError("Server returned non-2xx status code: 403 Forbidden: ")

    assert right in Plainly(scheme, "bucket").refusal(error).fix


@pytest.mark.parametrize(("token", "letters"), {
    "?sv=2022-11-02&sp=rl&sig=x": "cwd", "sp=racwdl&sig=x": "", "sv=2022-11-02&si=policy&sig=x": "",
}.items())
def test_the_permissions_that_a_signature_lacks_are_read_from_it(token: str, letters: str):
    assert lacking_letters(token) == letters


@pytest.mark.parametrize("address", ["s3://site/a//b", "s3://site/../x", "s3://site//x", "gs://site/./x", "az://city/site/a//b"])
def test_a_path_that_a_host_of_objects_would_take_for_names_is_no_address(address: str):
    assert refusal(address, **KEYS).says.startswith("the path in the address has an empty part, a dot or two dots")


@pytest.mark.parametrize(("address", "form"), {
    "s3://": "s3://BUCKET/PATH", "gs://": "gs://BUCKET/PATH", "az://": "az://ACCOUNT/CONTAINER/PATH",
    "az://city": "az://ACCOUNT/CONTAINER/PATH", "az://city/": "az://ACCOUNT/CONTAINER/PATH", "s3://site/a?b": "s3://BUCKET/PATH",
}.items())
def test_an_address_that_lacks_a_part_is_told_how_it_is_written(address: str, form: str):
    assert refusal(address, **KEYS).fix == f"Write {form}."


def test_a_bucket_that_does_not_exist_is_told():
    assert answered("404", "NoSuchBucket").fix == "Make the bucket bucket first, or mend its name."


def test_no_secret_is_told_even_where_the_server_repeats_it():
    found = answered("400", "Odd", f"you sent {HIDDEN}")

    assert HIDDEN not in found.says
