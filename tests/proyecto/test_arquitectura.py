"""La casa: una puerta por piso, archivos y funciones breves, ningún cajón de sastre."""

import ast
import re

import pytest

from tests.proyecto.fuentes import CON_PISOS, RAIZ, Fuente, de_las_medidas, de_las_pruebas, del_producto

MAX_LINEAS_DE_ARCHIVO = 300
MAX_LINEAS_DE_FUNCION = 30
SIN_PUERTA = {"archivo.registros", "archivo.settings"}
QUE_EXIGEN = {"raises", "expect"}
NOMBRES_VEDADOS = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py"}
PISOS_CON_MODELOS = sorted(f"{casa}.{p.parent.name}" for casa in CON_PISOS for p in RAIZ.glob(f"{casa}/*/puerta.py"))


def listar(faltas):
    return "\n" + "\n".join(faltas)


def test_ningun_archivo_pasa_de_trescientas_lineas():
    largos = [f"{f.nombre}: {len(f.lineas)}" for f in del_producto() + de_las_pruebas() if len(f.lineas) > MAX_LINEAS_DE_ARCHIVO]
    assert not largos, listar(largos)


def lineas_de(funcion):
    """Las líneas de una función, con su docstring y sin sus decoradores."""
    return funcion.end_lineno - funcion.lineno + 1


def test_ninguna_funcion_pasa_de_treinta_lineas():
    largas = [
        f"{fuente.nombre}:{nodo.lineno} {nodo.name}: {lineas_de(nodo)}"
        for fuente in (*del_producto(), *de_las_pruebas(), *de_las_medidas())
        for nodo in ast.walk(fuente.arbol)
        if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef) and lineas_de(nodo) > MAX_LINEAS_DE_FUNCION
    ]
    assert not largas, listar(largas)


def exige_algo(funcion):
    """¿Afirma algo en su propio cuerpo: un `assert`, un `raises` o un `expect`? Lo que afirme otra función no se ve al leerla."""
    llamadas = (n.func for n in ast.walk(funcion) if isinstance(n, ast.Call))
    nombres = {getattr(f, "attr", getattr(f, "id", "")) for f in llamadas}
    return bool(QUE_EXIGEN & nombres) or any(isinstance(n, ast.Assert) for n in ast.walk(funcion))


def test_ninguna_prueba_deja_de_exigir():
    mudas = [
        f"{fuente.nombre}:{nodo.lineno} {nodo.name}"
        for fuente in de_las_pruebas()
        for nodo in ast.walk(fuente.arbol)
        if isinstance(nodo, ast.FunctionDef) and nodo.name.startswith("test_") and not exige_algo(nodo)
    ]
    assert not mudas, listar(mudas)


def test_no_hay_cajones_de_sastre():
    vedados = [f.nombre for f in del_producto() if f.ruta.name in NOMBRES_VEDADOS or "core" in f.ruta.relative_to(RAIZ).parts]
    assert not vedados, listar(vedados)


def entra_por_la_puerta(importado, de):
    """¿Es el propio piso, la puerta de otro, o algo que no es de la casa?"""
    partes = importado.split(".")
    if partes[0] == "search":
        return de == "search" or importado == "search"
    if partes[0] == "buscador":
        return de == "buscador" or importado in {"buscador", "buscador.puerta"}
    if partes[0] not in CON_PISOS or len(partes) == 1:
        return True
    piso = ".".join(partes[:2])
    return piso == de or piso in SIN_PUERTA or partes[2:] == ["puerta"] or (len(partes) == 2 and piso not in PISOS_CON_MODELOS)


def test_cada_piso_entra_a_los_demas_por_su_puerta():
    saltos = [
        f"{fuente.nombre}:{linea} importa {importado}"
        for fuente in del_producto()
        for linea, importado in fuente.importados()
        if not entra_por_la_puerta(importado, fuente.piso)
    ]
    assert not saltos, listar(saltos)


@pytest.mark.parametrize("piso", PISOS_CON_MODELOS)
def test_cada_piso_con_modelos_tiene_puerta_que_dice_lo_que_da(piso):
    puerta = Fuente(RAIZ.joinpath(*piso.split("."), "puerta.py"))
    destinos = [d for n in puerta.arbol.body for d in (n.targets if isinstance(n, ast.Assign) else [getattr(n, "target", None)])]
    assert "__all__" in [d.id for d in destinos if isinstance(d, ast.Name)]


def test_nadie_pregunta_por_el_tipo_fuera_de_los_tipos():
    """Lo que depende del tipo se declara en su tipo: comparar `tipo` en otra parte es una excepción escondida."""
    compara = re.compile(r"""\btipo(_clave|\.clave)?\s*(==|!=)\s*["']|["']\s*(==|!=)\s*\w*\.?tipo\b""")
    faltas = [
        f"{fuente.nombre}:{n} {linea.strip()}"
        for fuente in del_producto()
        if not fuente.modulo.startswith("archivo.catalogo.tipos")
        for n, linea in enumerate(fuente.lineas, 1)
        if compara.search(linea)
    ]
    assert not faltas, listar(faltas)


def test_no_queda_nada_a_medias():
    pendiente = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
    faltas = [
        f"{fuente.nombre}:{n} {linea.strip()}"
        for fuente in del_producto()
        for n, linea in enumerate(fuente.lineas, 1)
        if pendiente.search(linea)
    ]
    assert not faltas, listar(faltas)


def test_las_pruebas_no_duermen():
    dormidas = [
        f"{fuente.nombre}:{nodo.lineno}"
        for fuente in de_las_pruebas()
        if fuente.ruta.name.startswith(("test_", "conftest"))
        for nodo in ast.walk(fuente.arbol)
        if isinstance(nodo, ast.Call) and ast.unparse(nodo.func) in {"time.sleep", "sleep"}
    ]
    assert not dormidas, listar(dormidas)
