"""The embedded engine: tantivy, one folder per generation, one writer, readers that open by themselves."""

from search.backends.tantivy.engine import TantivyEngine

__all__ = ["TantivyEngine"]
