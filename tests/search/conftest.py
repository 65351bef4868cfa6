"""Las aserciones del contrato se explican como las de cualquier prueba."""

import pytest

for parte in ("base", "cercania", "escritura", "exactitud", "lectura", "orden", "paginas", "sinonimos", "tramos"):
    pytest.register_assert_rewrite(f"tests.search.contrato_{parte}")
