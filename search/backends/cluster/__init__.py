"""Elasticsearch 9 and OpenSearch 3: one engine, one compiler, two thin transports."""

from search.backends.cluster.engine import ClusterEngine, open_cluster

__all__ = ["ClusterEngine", "open_cluster"]
