"""The action API of a CKAN (https://docs.ckan.org/en/2.11/api/), as much of it as a mirror needs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from cityfolio.plugins import Refused

PAGE = 500
SECONDS = 60
HERE = ("127.0.0.1", "localhost", "::1")
LONGEST_MESSAGE = 300


class Staying(HTTPRedirectHandler):
    """Follows no redirect: the token would go along to wherever it leads."""

    def redirect_request(self, *_: Any) -> None:    # Any: urllib's signature
        """None says that the answer is to be taken as it is."""


@dataclass(frozen=True, slots=True)
class Api:
    """A CKAN at an address."""

    address: str
    token: str = field(repr=False)

    @classmethod
    def at(cls, address: str, token: str) -> Api:
        """The one at an address. Raises Refused for an address that a token must not be sent to."""
        parts = urlsplit(address)
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.fragment:
            raise Refused(f'"{address}" is not the address of a CKAN', "Write ckan-mirror:https://ckan.example.gov.")
        if parts.scheme == "http" and parts.hostname not in HERE:
            raise Refused("a token is not sent without encryption", "Write https:// in the address.")
        return cls(address.rstrip("/"), token)

    def packages(self) -> Iterator[dict[str, Any]]:     # Any: JSON
        """Every package that the token may see."""
        start = 0
        while found := self.asked("current_package_list_with_resources", limit=PAGE, offset=start):
            yield from found
            start += len(found)

    def asked(self, action: str, **query: int) -> Any:     # Any: JSON
        """What an action that changes nothing answers."""
        return self._answer(Request(f"{self._url(action)}{f'?{urlencode(query)}' if query else ''}", headers=self._headers()))

    def tell(self, action: str, said: Mapping[str, Any]) -> None:     # Any: JSON
        """Have something changed."""
        if not self.token:
            raise Refused("there is no token in the environment", "Set CKAN_API_TOKEN to a token of a user of that CKAN.")
        body = json.dumps(said).encode()
        self._answer(Request(self._url(action), data=body, headers={**self._headers(), "Content-Type": "application/json"}))

    def _url(self, action: str) -> str:
        return f"{self.address}/api/3/action/{action}"

    def _headers(self) -> dict[str, str]:
        return {"Authorization": self.token} if self.token else {}

    def _answer(self, request: Request) -> Any:     # Any: JSON
        action = request.full_url.rpartition("/")[2].partition("?")[0]
        try:
            with build_opener(Staying).open(request, timeout=SECONDS) as answer:
                said = json.loads(answer.read())
        except HTTPError as error:
            raise Refused(f"{self.address} answered {error.code} to {action}: {_reason(error)}",
                          "Look at the rights of the token, and whether the address is that of the CKAN itself.") from error
        except (URLError, OSError) as error:
            raise Refused(f"{self.address} cannot be reached: {getattr(error, 'reason', error)}", is_passing=True) from error
        except ValueError:
            raise Refused(f"{self.address} answers {action} with something that is not JSON") from None
        if not isinstance(said, dict) or said.get("success") is not True:
            raise Refused(f"{self.address} did not do {action}: {json.dumps(said)[:LONGEST_MESSAGE]}")
        return said.get("result")


def _reason(error: HTTPError) -> str:
    return " ".join(error.read(LONGEST_MESSAGE).decode("utf-8", "replace").split()) or str(error.reason)
