"""Lo que se entrega: documentado, sin secretos, sin rutas de una máquina y con licencias compatibles."""

import re
from importlib import metadata

import pytest

from tests.proyecto.fuentes import PAQUETES, RAIZ, en_git

DOCUMENTOS = RAIZ / "docs"
LEIDA = re.compile(r"""(?:entorno\.\w+|environ(?:\.get)?|getenv|texto)[(\[]\s*["'](ACERVO_[A-Z_]+)""")
VARIABLE = re.compile(r"\bACERVO_[A-Z_]+\b")
SECRETO = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{20}|AKIA[0-9A-Z]{16}|SECRET_KEY\s*=\s*[\"'][^\"']{12,}|"
    r"gh[pousr]_[A-Za-z0-9]{36}|xox[abp]-[0-9A-Za-z-]{20}"
)
RUTA_DE_UNA_MAQUINA = re.compile(r"/(work|root|home/\w+|Users/\w+)/\w")
ANFITRION_DE_PAQUETES = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|repo1\.maven|proxy\.golang|\bproxy\.\w+\.(internal|local)"
)
TEXTO = {".py", ".md", ".txt", ".toml", ".html", ".css", ".js", ".sh", ".yaml", ".yml", ".typ", ".json", ".in", ""}


def textos():
    for ruta in en_git():
        if ruta.suffix in TEXTO:
            yield ruta, ruta.read_text(errors="replace")


def hallados(patron, salvo=()):
    propia = "tests/proyecto/test_entrega.py"
    return [
        f"{ruta.relative_to(RAIZ)}: {hallado.group(0)[:60]}"
        for ruta, texto in textos()
        if str(ruta.relative_to(RAIZ)) not in {propia, *salvo}
        for hallado in patron.finditer(texto)
    ]


def documentacion():
    return "\n".join(ruta.read_text() for ruta in [*sorted(DOCUMENTOS.rglob("*.md")), RAIZ / "README.md"] if ruta.exists())


def test_cada_variable_esta_en_los_ajustes():
    leidas = {v for paquete in PAQUETES for ruta in (RAIZ / paquete).rglob("*.py") for v in LEIDA.findall(ruta.read_text())}
    documentadas = set(VARIABLE.findall((DOCUMENTOS / "ajustes.md").read_text()))
    internas = {"ACERVO_PROCESO_PADRE", "ACERVO_PRUEBAS_BASE"}
    assert len(leidas) > 10
    assert leidas - internas <= documentadas, sorted(leidas - internas - documentadas)


def test_cada_variable_documentada_existe():
    usadas = {v for ruta, texto in textos() if ruta.suffix != ".md" for v in VARIABLE.findall(texto)}
    sobran = set(VARIABLE.findall((DOCUMENTOS / "ajustes.md").read_text())) - usadas
    assert not sobran, sorted(sobran)


def ordenes():
    return sorted(
        ruta.stem
        for paquete in PAQUETES
        for ruta in (RAIZ / paquete).rglob("management/commands/*.py")
        if not ruta.stem.startswith("_")
    )


@pytest.mark.parametrize("orden", ordenes())
def test_cada_orden_esta_documentada(orden):
    assert re.search(rf"(`|manage\.py ){orden}\b", documentacion()), f"Falta explicar la orden «{orden}» en docs/."


@pytest.mark.parametrize("juego", sorted(RAIZ.glob("requirements/*.txt")), ids=lambda ruta: ruta.stem)
def test_los_candados_llevan_huellas_y_ninguna_direccion(juego):
    texto = juego.read_text()
    assert "://" not in texto
    assert "index-url" not in texto
    fijados = re.findall(r"^([A-Za-z0-9][\w.-]*)==[^\\\n]+(\\?)$", texto, re.MULTILINE)
    assert fijados
    assert all(sigue for _, sigue in fijados), "Hay paquetes sin huella."


def test_no_hay_secretos():
    assert not hallados(SECRETO)


def test_no_hay_rutas_de_una_maquina():
    assert not hallados(RUTA_DE_UNA_MAQUINA)


def test_no_hay_direcciones_de_indices_de_paquetes():
    assert not hallados(ANFITRION_DE_PAQUETES)


def licencia(paquete):
    datos = metadata.metadata(paquete)
    clasificadas = [c for c in datos.get_all("Classifier") or [] if c.startswith("License ::")]
    return " ".join([datos.get("License-Expression") or "", *clasificadas, (datos.get("License") or "")[:80]])


def test_ninguna_licencia_impide_la_nuestra():
    """BSD-3-Clause: lo que se importa no puede ser GPL ni AGPL (LGPL sí: se usa como biblioteca aparte). Con varias a elegir, basta una."""
    nombres = re.findall(r"^([A-Za-z0-9][\w.-]*)==", (RAIZ / "requirements/produccion.txt").read_text(), re.MULTILINE)
    prohibida = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|Affero|GNU General Public", re.IGNORECASE)
    instalados = {d.metadata["Name"].lower().replace("_", "-") for d in metadata.distributions()}
    faltas = [
        f"{n}: {licencia(n)}"
        for n in nombres
        if n.lower() in instalados and all(prohibida.search(opcion) for opcion in licencia(n).split(" OR "))
    ]
    assert not faltas, faltas
