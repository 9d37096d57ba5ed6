"""What an object store answers when it does not do what was asked, in words, and without a secret."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from cityfolio.publish.deploying.target import Refused
from cityfolio.publish.deploying.targets.store_rights import HOSTS, how_to_give, least_right

T = TypeVar("T")
STATUS = re.compile(r"status code: (\d{3})")
CODE = re.compile(r"<Code>([^<]{1,100})</Code>")
MESSAGE = re.compile(r"<Message>([^<]{1,500})</Message>")
SECRET_NAMES = re.compile(r"SECRET|TOKEN|PASSWORD|ACCESS_KEY|ACCOUNT_KEY|SAS|CONNECTION_STRING|CREDENTIAL|STORAGE_KEY")
PLACES = re.compile(r"_FILE$|_URI$|^GOOGLE_APPLICATION_CREDENTIALS$|^AWS_CONTAINER_CREDENTIALS")     # where one is, not one
SHORTEST_SECRET = 8
PASSING_STATUSES = {"408", "425", "429", "500", "502", "503", "504"}
# What S3 answers with status 400 or 403 to a request that was damaged on its way.
PASSING_CODES = {"RequestTimeout", "IncompleteBody", "BadDigest", "XAmzContentSHA256Mismatch", "SlowDown", "InternalError"}
# The container itself is not there; of an object that is not there the client makes a FileNotFoundError too.
NO_BUCKET = ("NoSuchBucket", "ContainerNotFound", "The specified bucket does not exist")
KEY_CODES = {"SignatureDoesNotMatch", "InvalidAccessKeyId", "AuthenticationFailed", "InvalidAuthenticationInfo", "ExpiredToken"}
# How the client begins to say that it got no token to ask with.
METADATA = "169.254.169.254"     # answers in virtual machines alone; elsewhere nobody ever does
QUERY = re.compile(r"Generic \w+ error: |\?\S+")
NO_TOKEN = ("Error performing token request", "az account get-access-token", "Error reading federated token file")


@dataclass(frozen=True, slots=True)
class Plainly:
    """Turns what the client raises into `Refused`."""

    scheme: str
    bucket: str
    secrets: tuple[str, ...] = field(default=(), repr=False)
    folder: str = ""
    looked: str = ""                 # where credentials were looked for
    letters: str = ""                # the permissions that a shared access signature lacks

    def ask(self, act: Callable[[], T]) -> T:
        """Do something at the host. Raises Refused; FileNotFoundError and what conditional requests raise pass through."""
        from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError

        try:
            return act()
        except FileNotFoundError as error:
            if any(mark in str(error) for mark in NO_BUCKET):
                raise self._no_bucket() from None
            raise
        except (AlreadyExistsError, PreconditionError):
            raise
        except BaseError as error:
            raise self.refusal(error) from None     # the traceback of the client quotes whole requests

    def refusal(self, error: Exception) -> Refused:
        """What was refused, why, and what would help."""
        text = str(error).partition("\n\nDebug source")[0]
        status, code = _first(STATUS, text), _first(CODE, text)
        is_cut = not status and ("HTTP error" in text or "error decoding" in text or "body error" in text)
        is_passing = is_cut or status in PASSING_STATUSES or code in PASSING_CODES
        said = " ".join(part for part in (status, code, _first(MESSAGE, text)) if part) or _short(text)
        if any(mark in text for mark in NO_TOKEN):
            is_passing = status in PASSING_STATUSES or (is_cut and METADATA not in text)
            return self.without_credentials(text, is_passing=is_passing)
        return Refused(without(f"the host answered: {said}", self.secrets), self._fix(type(error).__name__, status, code),
                       is_passing=is_passing)

    def without_credentials(self, text: str, *, is_passing: bool = False) -> Refused:
        """No credentials were found, or none that could be used: what the client says of it, and where they were looked for."""
        said = without(_short(QUERY.sub("", text.partition("\n\nDebug source")[0])), self.secrets)
        fix = f"{how_to_give(self.scheme)} {least_right(self.scheme, self.bucket, self.folder)}"
        says = f"no credentials for {HOSTS[self.scheme]} could be used: {said.rstrip('.')}. Looked for: {self.looked}"
        return Refused(says, fix, is_passing=is_passing)

    def _no_bucket(self) -> Refused:
        kind = "container" if self.scheme == "az" else "bucket"
        return Refused(f"there is no {kind} {self.bucket}", f"Make the {kind} {self.bucket} first, or mend its name.")

    def _fix(self, kind: str, status: str, code: str) -> str:
        if code in NO_BUCKET:
            return self._no_bucket().fix
        if code in KEY_CODES:
            return ("The key and its secret do not belong together, are not known there, or are over: look at the credentials. "
                    f"Looked for: {self.looked}")
        if kind in ("PermissionDeniedError", "UnauthenticatedError") or status in ("401", "403"):
            lacks = f"The shared access signature lacks {', '.join(self.letters)} in sp. " if self.letters else ""
            looked = f" Looked for: {self.looked}" if self.looked else ""
            return lacks + least_right(self.scheme, self.bucket, self.folder) + looked
        if status in ("301", "307", "400"):
            return "Check the region (AWS_REGION) and the endpoint."
        return "Deploy again: only what is missing is sent."


def secrets_in(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The values of an environment that nobody may read in a message."""
    return tuple(value for name, value in environment.items()
                 if SECRET_NAMES.search(name.upper()) and not PLACES.search(name.upper()) and len(value) >= SHORTEST_SECRET)


def without(text: str, secrets: Iterable[str]) -> str:
    """A text with every secret struck out."""
    for secret in secrets:
        text = text.replace(secret, "[secret]")
    return text


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1].strip() if found else ""


def _short(text: str) -> str:
    return " ".join(text.split())[:300]
