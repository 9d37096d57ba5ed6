"""Clients for object stores, each with the credentials that its host's own tools would take."""

from __future__ import annotations

import configparser
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cityfolio import files
from cityfolio.frozen import replace
from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.target import Lacking, Refused
from cityfolio.publish.deploying.targets.store_errors import Plainly, secrets_in
from cityfolio.publish.deploying.targets.store_rights import (
    AZURE_KEYS,
    AZURE_SAS,
    GOOGLE_FILE,
    half_a_principal,
    lacking_letters,
    where_looked,
)

if TYPE_CHECKING:
    from obstore.store import ObjectStore

# A whole request, so as long as a part of a large file takes on a slow line.
OPTIONS = {"timeout": "300s", "connect_timeout": "10s", "pool_idle_timeout": "60s"}
PLAIN_HTTP = {"allow_http": True}
# Retries are this program's own: it counts requests, and says what it waits for.
NO_RETRIES = {"max_retries": 0}
KEYS = {"access_key_id": ("AWS_ACCESS_KEY_ID",), "secret_access_key": ("AWS_SECRET_ACCESS_KEY",),
        "session_token": ("AWS_SESSION_TOKEN",),
        "region": ("AWS_REGION", "AWS_DEFAULT_REGION"), "endpoint": ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")}
ELSEWHERE = ("AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
             "AWS_METADATA_ENDPOINT")
# What an address needs, and how it is written.
NEEDS = {"s3": ("the name of a bucket", "BUCKET/PATH"), "gs": ("the name of a bucket", "BUCKET/PATH"),
         "az": ("an account and a container", "ACCOUNT/CONTAINER/PATH")}
SECRET_MARKS = ("secret", "token", "sas", "account_key")
# What an Azure service principal is made of, by the names of the client's own settings.
PRINCIPAL = {"client_id": "AZURE_CLIENT_ID", "client_secret": "AZURE_CLIENT_SECRET", "tenant_id": "AZURE_TENANT_ID",
             "federated_token_file": "AZURE_FEDERATED_TOKEN_FILE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A bucket or container, or a folder in one."""

    scheme: str
    bucket: str
    prefix: str
    client: ObjectStore = field(repr=False)
    plainly: Plainly
    name: str = field(default="")


def store_at(address: str, around: Around) -> Store:
    """The object store at s3://BUCKET/PATH, gs://BUCKET/PATH or az://ACCOUNT/CONTAINER/PATH. Raises Refused."""
    scheme, first, path = _parts(address)
    try:
        import obstore.store as clients
        from obstore.exceptions import BaseError
    except ImportError as error:
        raise Lacking(f"object stores need the package {error.name}", "Install it: pip install 'cityfolio[deploy]'.") from error
    account, (bucket, _, prefix) = (first, path.partition("/")) if scheme == "az" else ("", (first, "", path))
    environment = around.environment
    has_signature = scheme == "az" and not any(environment.get(name) for name in AZURE_KEYS)      # a key is taken before it
    sas = next((environment[name] for name in AZURE_SAS if environment.get(name)), "") if has_signature else ""
    plainly = Plainly(scheme, bucket, secrets_in(environment), folder=prefix, looked=where_looked(scheme, environment),
                      letters=lacking_letters(sas))
    settings: Mapping[str, Callable[[Around], dict[str, Any]]] = {     # Any: as the client has it
        "az": partial(_azure, account), "gs": _google, "s3": partial(_amazon, plainly)}
    kinds: Mapping[str, Callable[..., ObjectStore]] = {"az": clients.AzureStore, "gs": clients.GCSStore, "s3": clients.S3Store}
    if lacks := half_a_principal(environment) if scheme == "az" else ():
        raise plainly.without_credentials(f"a service principal is set in part, without {' and '.join(lacks)}")
    try:
        client = kinds[scheme](bucket, prefix=prefix or None, **settings[scheme](around))
    except (BaseError, ValueError) as error:      # a key that is none, a file that is not there or cannot be read
        raise plainly.without_credentials(str(error)) from None
    return Store(scheme=scheme, bucket=bucket, prefix=prefix, client=client, name=address,
                 plainly=replace(plainly, secrets=(*plainly.secrets, *_told(client))))


def _parts(address: str) -> tuple[str, str, str]:
    """The scheme, what stands before the first slash, and the path. Raises Refused."""
    split = urlsplit(address)
    scheme, first, path = split.scheme, split.netloc, split.path.removeprefix("/").removesuffix("/")
    needs, form = NEEDS[scheme]
    if not first or "@" in first or split.query or split.fragment or (scheme == "az" and not path):
        raise Refused(f"{scheme}:// needs {needs}, and nothing else but a path", f"Write {scheme}://{form}.")
    if path and any(part in ("", ".", "..") for part in path.split("/")):
        raise Refused("the path in the address has an empty part, a dot or two dots, which a host of objects takes for names",
                      f"Write {scheme}://{form} with the path as it is, from the top.")
    return scheme, first, path


def _options(endpoint: str) -> dict[str, Any]:     # Any: as the client has it
    return {**OPTIONS, **(PLAIN_HTTP if endpoint.startswith("http:") else {})}


def _amazon(plainly: Plainly, around: Around) -> dict[str, Any]:     # Any: as the client has it
    """The environment, else a profile; roles of containers and web identities are found by the client itself."""
    said = {**_profile(around.environment), **_said(around.environment)}
    if around.endpoint:
        said["endpoint"] = around.endpoint
    has_key = "access_key_id" in said and "secret_access_key" in said
    if not has_key and not any(around.environment.get(name) for name in ELSEWHERE):
        raise plainly.without_credentials("there is no key")
    return {**said, "client_options": _options(said.get("endpoint", "")), "retry_config": NO_RETRIES}


def _said(environment: Mapping[str, str]) -> dict[str, str]:
    found = {key: next((environment[name] for name in names if environment.get(name)), "") for key, names in KEYS.items()}
    return {key: value for key, value in found.items() if value}


def _profile(environment: Mapping[str, str]) -> dict[str, str]:
    """What the files of the AWS command line say of a profile (its guide, "Configuration and credential file settings")."""
    home, profile = environment.get("HOME") or environment.get("USERPROFILE") or "", environment.get("AWS_PROFILE") or "default"
    if not home and not environment.get("AWS_SHARED_CREDENTIALS_FILE"):
        return {}
    shared = environment.get("AWS_SHARED_CREDENTIALS_FILE") or str(Path(home) / ".aws" / "credentials")
    config = environment.get("AWS_CONFIG_FILE") or str(Path(home) / ".aws" / "config")
    section = "default" if profile == "default" else f"profile {profile}"
    said = {**_section(config, section), **_section(shared, profile)}
    if not said and profile != "default":
        raise Refused(f'there is no profile "{profile}" in the files of the AWS command line', "Mend AWS_PROFILE.")
    names = {"access_key_id": "aws_access_key_id", "secret_access_key": "aws_secret_access_key",
             "session_token": "aws_session_token", "region": "region", "endpoint": "endpoint_url"}
    return {key: said[name] for key, name in names.items() if said.get(name)}


def _section(path: str, name: str) -> Mapping[str, str]:
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(files.read_bytes(Path(path)).decode())
    except (OSError, ValueError, configparser.Error):
        return {}
    return dict(parser.items(name)) if parser.has_section(name) else {}


def _google(around: Around) -> dict[str, Any]:     # Any: as the client has it
    """The client finds GOOGLE_APPLICATION_CREDENTIALS and what `gcloud auth application-default login` left."""
    found = around.environment.get(GOOGLE_FILE)
    config = {"config": {"google_application_credentials": found}} if found else {}
    return {**config, "client_options": _options(around.endpoint), "retry_config": NO_RETRIES}


def _azure(account: str, around: Around) -> dict[str, Any]:     # Any: as the client has it
    """A key of the account, a shared access signature, a service principal, the identity of a machine, or `az login`."""
    said: dict[str, Any] = {"account_name": account, "retry_config": NO_RETRIES}     # Any: as the client has it
    environment = around.environment
    for key, names in {"account_key": AZURE_KEYS, "sas_key": AZURE_SAS}.items():
        if found := next((environment[name] for name in names if environment.get(name)), ""):
            said[key] = found
    if around.endpoint:
        said["endpoint"] = around.endpoint
    said |= {key: environment[name] for key, name in PRINCIPAL.items() if environment.get(name)}
    if not said.keys() & {"account_key", "sas_key", "client_id"}:
        said["use_azure_cli"] = True
    return {**said, "client_options": _options(around.endpoint)}


def _told(client: ObjectStore) -> tuple[str, ...]:
    config: Mapping[str, Any] = getattr(client, "config", {})     # Any: as the client has it
    return tuple(str(value) for name, value in config.items() if any(mark in name for mark in SECRET_MARKS))
