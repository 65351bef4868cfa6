"""Elasticsearch 9 through elasticsearch-py."""

from __future__ import annotations

from typing import Any

import elasticsearch
from elasticsearch import Elasticsearch

from search.backends.cluster.transport import CHECK, Call, Connection, Json, Unreachable, as_json, refusal


class ElasticTransport(Connection[Elasticsearch]):
    """`Transport` to Elasticsearch."""

    name = "elasticsearch"

    def make(self) -> Elasticsearch:
        options: dict[str, Any] = {"max_retries": len(self.address.nodes) - 1, "retry_on_timeout": False}
        if self.address.user:
            options["basic_auth"] = (self.address.user, self.address.password)
        if self.options.authority:
            options["ca_certs"] = self.options.authority
        return Elasticsearch(list(self.address.nodes), **options)

    def call(self, call: Call) -> Json:
        client = self.client().options(request_timeout=call.timeout)
        try:
            answer = client.perform_request(call.method, call.path, params=call.params, headers=call.headers, body=call.body)
        except elasticsearch.ApiError as error:
            raise refusal(error.status_code, str(error.error)) from error
        except elasticsearch.UnsupportedProductError as error:
            raise Unreachable(f"What answers is not Elasticsearch. {CHECK}") from error
        except (elasticsearch.TransportError, elasticsearch.SerializationError, ValueError) as error:
            raise Unreachable(f"Elasticsearch does not answer ({type(error).__name__}). {CHECK}") from error
        return as_json(answer.body)

    def open_snapshot(self, index: str, keep: str, timeout: float) -> str:
        return str(self.call(Call("POST", f"/{index}/_pit", timeout, params={"keep_alive": keep}))["id"])

    def close_snapshot(self, name: str, timeout: float) -> None:
        self.call(Call("DELETE", "/_pit", timeout, {"id": name}))

    def close(self) -> None:
        if client := self.forget():
            client.close()
