"""OpenSearch 3 through opensearch-py."""

from __future__ import annotations

from typing import Any

import opensearchpy
from opensearchpy import OpenSearch

from search.backends.cluster.transport import CHECK, Call, Connection, Json, Unreachable, as_json, refusal

CONNECTIONS = 10  # kept open to each node, as the client of Elasticsearch does: its own default, one, makes threads dial again


class OpenSearchTransport(Connection[OpenSearch]):
    """`Transport` to OpenSearch."""

    name = "opensearch"

    def make(self) -> OpenSearch:
        options: dict[str, Any] = {
            "max_retries": len(self.address.nodes) - 1,
            "retry_on_timeout": False,
            "pool_maxsize": CONNECTIONS,
        }
        if self.address.user:
            options["http_auth"] = (self.address.user, self.address.password)
        if self.options.authority:
            options["ca_certs"] = self.options.authority
        return OpenSearch(list(self.address.nodes), **options)

    def call(self, call: Call) -> Json:
        params = {**(call.params or {}), "request_timeout": call.timeout}
        body = call.body.decode() if isinstance(call.body, bytes) else call.body
        try:
            answer = self.client().transport.perform_request(
                call.method, call.path, params=params, headers=call.headers, body=body
            )
        except (opensearchpy.ConnectionError, opensearchpy.SerializationError, ValueError) as error:
            raise Unreachable(f"OpenSearch does not answer ({type(error).__name__}). {CHECK}") from error
        except opensearchpy.TransportError as error:
            status = error.status_code if isinstance(error.status_code, int) else 500
            raise refusal(status, str(error.error)) from error
        return as_json(answer)

    def open_snapshot(self, index: str, keep: str, timeout: float) -> str:
        answer = self.call(Call("POST", f"/{index}/_search/point_in_time", timeout, params={"keep_alive": keep}))
        return str(answer["pit_id"])

    def close_snapshot(self, name: str, timeout: float) -> None:
        self.call(Call("DELETE", "/_search/point_in_time", timeout, {"pit_id": [name]}))

    def close(self) -> None:
        if client := self.forget():
            client.close()
