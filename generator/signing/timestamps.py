"""Time stamps: the address of an authority comes in, what asks it goes out (RFC 3161 over HTTP)."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from generator.errors import SigningError

SECONDS = 20
MOST_BYTES = 200_000
_TYPE = "application/timestamp-query"


class WebTimeStamper(TimeStamper):
    """Asks an authority for time stamps; one request each, no cookies, no names, no keys."""

    def __init__(self, url: str) -> None:
        if not url.startswith(("http://", "https://")):
            raise SigningError("sign-stamp-address", url=url)
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return the authority's answer. Raises `SigningError` when there is none."""
        return await asyncio.to_thread(self._ask, req.dump())

    def _ask(self, query: bytes) -> tsp.TimeStampResp:
        request = urllib.request.Request(self._url, query, {"Content-Type": _TYPE})  # noqa: S310 - http only
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                content = answer.read(MOST_BYTES)
            response = tsp.TimeStampResp.load(content, strict=True)
            status = response["status"]["status"].native
        except (OSError, urllib.error.URLError, ValueError) as error:
            raise SigningError("sign-no-stamp", url=self._url, reason=error) from error
        if status not in {"granted", "granted_with_mods"}:
            raise SigningError("sign-no-stamp", url=self._url, reason=status)
        return response
