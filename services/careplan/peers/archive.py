"""The national archive over HTTP: a document is put under its OID, as often as need be."""

from pathlib import Path

import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.exceptions import TimeoutError as TooSlow

from services.careplan.domain.plan_versions.publication import Document, Failure, NotPublished

_TOO_MANY, _SERVER_ERROR = 429, 500


class HttpArchive:
    """`PUT <url>/documents/<oid>`; whatever but a 2xx answer in time is a failure. Redirects are not followed."""

    def __init__(
        self,
        url: str,
        *,
        seconds: float,
        ca_file: Path | None = None,
        certificate_file: Path | None = None,
        key_file: Path | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._pool = urllib3.PoolManager(
            num_pools=1,
            retries=False,
            timeout=urllib3.Timeout(connect=seconds, read=seconds),
            cert_reqs="CERT_REQUIRED",
            ca_certs=_text(ca_file),
            cert_file=_text(certificate_file),
            key_file=_text(key_file),
        )

    def put(self, document: Document) -> None:
        """Keep the document under its OID, in place of what was there; refuses with `NotPublished`."""
        try:
            answer = self._pool.request(
                "PUT",
                f"{self._url}/documents/{document.oid}",
                body=document.body.encode(),
                headers={"Content-Type": "application/json", "Connection": "close"},
                redirect=False,
                preload_content=False,
            )
        except HTTPError as error:
            # The library takes a refused connection for a kind of time-out.
            if isinstance(error, TooSlow) and not isinstance(error, NewConnectionError):
                raise NotPublished(Failure.TIMEOUT) from None
            raise NotPublished(Failure.UNREACHABLE) from None
        answer.close()
        if answer.status >= _SERVER_ERROR or answer.status == _TOO_MANY:
            raise NotPublished(Failure.UNAVAILABLE)
        if not 200 <= answer.status < 300:
            raise NotPublished(Failure.REJECTED)


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)
