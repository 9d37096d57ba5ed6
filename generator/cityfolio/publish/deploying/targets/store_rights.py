"""What whoever deploys to an object store is told: where credentials were looked for, and the least right that is needed.

The names are those of the hosts: for S3 the actions of its "Actions, resources, and condition keys"; for Google Cloud Storage
the roles of its IAM and "IAM permissions for XML requests", which is how large files are sent; for Azure "Assign an Azure role
for access to blob data" and the permissions of "Create a service SAS".
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs

import orjson

S3_OBJECT_ACTIONS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")
GOOGLE_ROLE = "roles/storage.objectUser"
GOOGLE_PERMISSIONS = ("storage.objects.create", "storage.objects.delete", "storage.objects.get", "storage.objects.list",
                      "storage.multipartUploads.create", "storage.multipartUploads.abort")
AZURE_ROLE = "Storage Blob Data Contributor"
AZURE_LETTERS: Mapping[str, str] = {"r": "read", "c": "create", "w": "write", "d": "delete", "l": "list"}
AZURE_KEYS = ("AZURE_STORAGE_ACCOUNT_KEY", "AZURE_STORAGE_KEY")
AZURE_SAS = ("AZURE_STORAGE_SAS_KEY", "AZURE_STORAGE_SAS_TOKEN")
AZURE_PRINCIPAL = ("AZURE_CLIENT_ID", "AZURE_TENANT_ID")
AZURE_PROOFS = ("AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE")
GOOGLE_FILE = "GOOGLE_APPLICATION_CREDENTIALS"
HOSTS: Mapping[str, str] = {"s3": "S3", "gs": "Google Cloud Storage", "az": "Azure Blob Storage"}


def least_right(scheme: str, bucket: str, folder: str = "") -> str:
    """How to grant what a deploy needs, and nothing beyond it."""
    return {"s3": _amazon_right, "gs": _google_right, "az": _azure_right}[scheme](bucket, folder)


def policy(bucket: str, folder: str = "") -> str:
    """The policy of IAM that allows a deploy to a bucket, or to a folder in one."""
    objects = f"arn:aws:s3:::{bucket}/{folder}/*" if folder else f"arn:aws:s3:::{bucket}/*"
    statements = [{"Effect": "Allow", "Action": S3_OBJECT_ACTIONS, "Resource": objects},
                  {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": f"arn:aws:s3:::{bucket}"}]
    return orjson.dumps({"Version": "2012-10-17", "Statement": statements}).decode()


def where_looked(scheme: str, environment: Mapping[str, str]) -> str:
    """Each place where credentials were looked for, and what was found there. No value of any of them is told."""
    return "; ".join({"s3": _amazon_places, "gs": _google_places, "az": _azure_places}[scheme](environment))


def how_to_give(scheme: str) -> str:
    """What to set or run, so that credentials are found."""
    return {
        "s3": "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE for a profile of ~/.aws/credentials. On a "
              "virtual machine that has a role of its own, set AWS_METADATA_ENDPOINT=http://169.254.169.254.",
        "gs": f"Set {GOOGLE_FILE} to the file with the key of a service account, or run "
              "`gcloud auth application-default login`.",
        "az": "Set AZURE_STORAGE_SAS_TOKEN or AZURE_STORAGE_ACCOUNT_KEY, or AZURE_CLIENT_ID, AZURE_TENANT_ID and one of "
              "AZURE_CLIENT_SECRET and AZURE_FEDERATED_TOKEN_FILE, or run `az login`.",
    }[scheme]


def half_a_principal(environment: Mapping[str, str]) -> tuple[str, ...]:
    """What an Azure service principal lacks that is set in part; nothing where it is whole, or where none is meant.

    An AZURE_CLIENT_ID alone is the identity of a machine, which is asked for there.
    """
    given = [name for name in (*AZURE_PRINCIPAL, *AZURE_PROOFS) if environment.get(name)]
    if not given or given == ["AZURE_CLIENT_ID"] or any(environment.get(name) for name in (*AZURE_KEYS, *AZURE_SAS)):
        return ()
    proof = () if any(name in given for name in AZURE_PROOFS) else (" or ".join(AZURE_PROOFS),)
    return (*(name for name in AZURE_PRINCIPAL if name not in given), *proof)


def lacking_letters(token: str) -> str:
    """The permissions that a shared access signature does not have, by their letters in its field `sp`."""
    said = parse_qs(token.lstrip("?")).get("sp", [""])[0]
    return "".join(letter for letter in AZURE_LETTERS if said and letter not in said)


def _amazon_right(bucket: str, folder: str) -> str:
    objects = f"arn:aws:s3:::{bucket}/{folder}/*" if folder else f"arn:aws:s3:::{bucket}/*"
    return (f"Grant {', '.join(S3_OBJECT_ACTIONS[:-1])} and {S3_OBJECT_ACTIONS[-1]} on {objects}, and s3:ListBucket on "
            f"arn:aws:s3:::{bucket}, to the key that is used. As a policy: {policy(bucket, folder)}")


def _google_right(bucket: str, folder: str) -> str:
    return (f"Grant the role Storage Object User ({GOOGLE_ROLE}) on the bucket {bucket} to the account that is used: "
            f"gcloud storage buckets add-iam-policy-binding gs://{bucket} --member=serviceAccount:NAME --role={GOOGLE_ROLE}. "
            f"For a role of your own, {', '.join(GOOGLE_PERMISSIONS)} are enough.")


def _azure_right(bucket: str, folder: str) -> str:
    letters = ", ".join(f"{letter} ({word})" for letter, word in AZURE_LETTERS.items())
    return (f"Grant the role {AZURE_ROLE} on the container {bucket} to the account that is used (Owner and Contributor may "
            f"not read or write blobs): az role assignment create --role '{AZURE_ROLE}' --assignee NAME --scope "
            f"/subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.Storage/storageAccounts/ACCOUNT/blobServices/default/"
            f"containers/{bucket}. A shared access signature for the container needs {letters}: sp=rcwdl.")


def _amazon_places(environment: Mapping[str, str]) -> list[str]:
    home = environment.get("HOME") or environment.get("USERPROFILE") or ""
    shared = environment.get("AWS_SHARED_CREDENTIALS_FILE") or (str(Path(home) / ".aws" / "credentials") if home else "")
    profile = environment.get("AWS_PROFILE") or "default"
    of_file = f"has no key for the profile {profile}" if _is_there(shared) else "is not there"
    return [*_set_or_not(environment, ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")),
            f"{shared or '~/.aws/credentials'} {of_file}",
            *_set_or_not(environment, ("AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"))]


def _google_places(environment: Mapping[str, str]) -> list[str]:
    """The order of "How Application Default Credentials works"."""
    named, login = environment.get(GOOGLE_FILE, ""), google_login(environment)
    if named:
        return [f"{GOOGLE_FILE} names {named}, which is {'' if _is_there(named) else 'not '}there"]
    if _is_there(login):
        return [f"{GOOGLE_FILE} is not set", f"{login} is there"]
    return [f"{GOOGLE_FILE} is not set", f"{login} is not there", "this machine gave no token of an account of its own"]


def google_login(environment: Mapping[str, str]) -> str:
    """The file that `gcloud auth application-default login` leaves."""
    home, roaming = environment.get("HOME") or "~", environment.get("APPDATA", "")
    folder = Path(roaming) / "gcloud" if roaming else Path(home) / ".config" / "gcloud"
    return str(folder / "application_default_credentials.json")


def _azure_places(environment: Mapping[str, str]) -> list[str]:
    """The order in which the client takes them: a key or a signature, a service principal, the machine's own identity, `az`."""
    keys = [name for name in (*AZURE_KEYS, *AZURE_SAS) if environment.get(name)]
    if keys:
        return _set_or_not(environment, tuple(keys))
    principal = (*AZURE_PRINCIPAL, *AZURE_PROOFS)
    places = [f"not set: {AZURE_KEYS[0]}, {AZURE_SAS[1]}", *_set_or_not(environment, principal)]
    given = [name for name in principal if environment.get(name)]
    if not given:
        return [*places, "`az`, which gave no token"]
    return [*places, "this machine, which gave no token of an identity of its own"] if given == ["AZURE_CLIENT_ID"] else places


def _set_or_not(environment: Mapping[str, str], names: tuple[str, ...]) -> list[str]:
    there = [name for name in names if environment.get(name)]
    absent = [name for name in names if name not in there]
    return [*([f"set: {', '.join(there)}"] if there else []), *([f"not set: {', '.join(absent)}"] if absent else [])]


def _is_there(path: str) -> bool:
    return bool(path) and Path(path).is_file()
