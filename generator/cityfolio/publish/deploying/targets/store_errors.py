"""What an object store answers when it does not do what was asked, in words, and without a secret."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from cityfolio.publish.deploying.target import Refused

T = TypeVar("T")
STATUS = re.compile(r"status code: (\d{3})")
CODE = re.compile(r"<Code>([^<]{1,100})</Code>")
MESSAGE = re.compile(r"<Message>([^<]{1,500})</Message>")
SECRET_NAMES = re.compile(r"SECRET|TOKEN|PASSWORD|ACCESS_KEY|ACCOUNT_KEY|SAS|CONNECTION_STRING|CREDENTIAL")
SHORTEST_SECRET = 8
PASSING_STATUSES = {"408", "425", "429", "500", "502", "503", "504"}
# What S3 answers with status 400 or 403 to a request that was damaged on its way.
PASSING_CODES = {"RequestTimeout", "IncompleteBody", "BadDigest", "XAmzContentSHA256Mismatch", "SlowDown", "InternalError"}
# The least that a deploy needs, in the words of each host.
RIGHTS: Mapping[str, str] = {
    "s3": "Grant s3:GetObject, s3:PutObject and s3:DeleteObject on arn:aws:s3:::{bucket}/*, and s3:ListBucket on "
          "arn:aws:s3:::{bucket}, to the key that is used.",
    "gs": "Grant the role Storage Object User (roles/storage.objectUser) on the bucket {bucket} to the account that is used.",
    "az": "Grant the role Storage Blob Data Contributor on the container {bucket} to the account that is used.",
}


@dataclass(frozen=True, slots=True)
class Plainly:
    """Turns what the client raises into `Refused`."""

    scheme: str
    bucket: str
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def ask(self, act: Callable[[], T]) -> T:
        """Do something at the host. Raises Refused; FileNotFoundError and what conditional requests raise pass through."""
        from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError

        try:
            return act()
        except (AlreadyExistsError, PreconditionError, FileNotFoundError):
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
        return Refused(without(f"the host answered: {said}", self.secrets), self._fix(type(error).__name__, status, code),
                       is_passing=is_passing)

    def _fix(self, kind: str, status: str, code: str) -> str:
        if code == "NoSuchBucket":
            return f"Make the bucket {self.bucket} first, or mend its name."
        if code in ("SignatureDoesNotMatch", "InvalidAccessKeyId"):
            return "The key and its secret do not belong together, or are not known there: look at the credentials."
        if kind in ("PermissionDeniedError", "UnauthenticatedError") or status in ("401", "403"):
            return RIGHTS[self.scheme].format(bucket=self.bucket)
        if status in ("301", "307", "400"):
            return "Check the region (AWS_REGION) and the endpoint."
        return "Deploy again: only what is missing is sent."


def secrets_in(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The values of an environment that nobody may read in a message."""
    return tuple(value for name, value in environment.items()
                 if SECRET_NAMES.search(name.upper()) and len(value) >= SHORTEST_SECRET)


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
