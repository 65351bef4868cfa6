"""Cómo se escribe un rango de fojas."""


def rango_escrito(desde: int, hasta: int) -> str:
    """«1–3»; de una sola foja, «1»."""
    return str(desde) if desde == hasta else f"{desde}–{hasta}"
