"""Originales inmutables por SHA-256, sus derivados y la verificación de que siguen íntegros."""
