from tests.memoria_anual.edicion.conftest import autorizada, boletines, ccs, escribir, memoria, redactora, titular

__all__ = ["autorizada", "boletines", "ccs", "escribir", "memoria", "redactora", "titular"]
