"""El árbol de clases: claves, niveles, orden y lo que no se deja hacer."""

import pytest

from archivo.archivistica.arbol import PROFUNDIDAD_MAXIMA, DatosDeClase
from archivo.archivistica.claves import orden_natural
from archivo.archivistica.servicios import versiones
from archivo.archivistica.servicios.clases import activar, cambiar_clase, quitar_clase
from archivo.archivistica.servicios.errores import InstrumentoRechazado
from archivo.auditoria.puerta import Suceso
from tests.archivo.archivistica import cuadros

pytestmark = pytest.mark.django_db


def codigos(cuadro):
    return list(cuadro.niveles.en_orden().values_list("codigo", flat=True))


def test_el_codigo_es_el_camino_y_el_orden_el_natural():
    cuadro = cuadros.borrador(series=("9C.10", "9C.2", "9C.7"))
    assert codigos(cuadro) == ["AE", "AE/9C", "AE/9C/9C.2", "AE/9C/9C.7", "AE/9C/9C.10"]


@pytest.mark.parametrize(
    "en_orden",
    [
        ["9C.2", "9C.10"],
        ["1C", "2C", "10C"],
        ["S1", "S2", "S11"],
        ["9C", "9C.1", "9CA"],
        ["A", "A-1", "A-1.2", "AB"],
        ["09C", "10C"],
    ],
)
def test_orden_natural_de_las_claves(en_orden):
    assert sorted(en_orden, key=orden_natural) == en_orden


@pytest.mark.parametrize("clave", ["", "9c", "9C..1", "9C 1", "A/B", "DEMASIADOLARGA1"])
def test_una_clave_mal_escrita_se_rechaza(clave):
    cuadro = cuadros.borrador()
    with pytest.raises(InstrumentoRechazado, match="clave"):
        cuadros.clase(cuadro, cuadros.de(cuadro, "9C"), "serie", clave)


def test_la_forma_de_las_claves_es_dato_de_cada_version():
    cuadro = cuadros.borrador()
    cuadro.patron_de_clave = r"^\d+[a-z]*$"
    cuadro.save()
    assert cuadros.clase(cuadro, cuadros.de(cuadro, "9C"), "serie", "12b").codigo == "AE/9C/12b"


def test_no_hay_dos_hermanas_con_la_misma_clave():
    cuadro = cuadros.borrador()
    with pytest.raises(InstrumentoRechazado, match=r"Ya hay una clase 9C\.7"):
        cuadros.clase(cuadro, cuadros.de(cuadro, "9C"), "serie", "9C.7")


@pytest.mark.parametrize(("nivel", "bajo"), [("fondo", "9C"), ("seccion", "9C"), ("seccion", "9C.7"), ("serie", "9C.7")])
def test_un_nivel_no_cuelga_de_otro_mas_estrecho_ni_igual(nivel, bajo):
    cuadro = cuadros.borrador()
    with pytest.raises(InstrumentoRechazado, match="no puede depender"):
        cuadros.clase(cuadro, cuadros.de(cuadro, bajo), nivel, "X1")


def test_los_niveles_intermedios_se_repiten_hasta_siete_de_fondo():
    cuadro = cuadros.borrador()
    madre = cuadros.de(cuadro, "9C.7")
    for n in range(4, PROFUNDIDAD_MAXIMA + 1):
        madre = cuadros.clase(cuadro, madre, "subserie", f"S{n}")
    with pytest.raises(InstrumentoRechazado, match="8 niveles"):
        cuadros.clase(cuadro, madre, "subserie", "S8")


def test_cambiar_la_clave_de_una_seccion_cambia_los_codigos_de_lo_que_contiene():
    cuadro = cuadros.borrador()
    cambiar_clase(cuadros.de(cuadro, "9C"), DatosDeClase("seccion", "12S", "Comunicación"), None)
    assert codigos(cuadro) == ["AE", "AE/12S", "AE/12S/9C.7", "AE/12S/9C.10"]


def test_solo_el_borrador_se_edita():
    cuadro = cuadros.vigente()
    with pytest.raises(InstrumentoRechazado, match="sólo se lee"):
        cuadros.clase(cuadro, cuadros.de(cuadro, "9C"), "serie", "9C.99")
    with pytest.raises(InstrumentoRechazado, match="sólo se lee"):
        quitar_clase(cuadros.de(cuadro, "9C.7"), None)
    with pytest.raises(InstrumentoRechazado, match="sólo se lee"):
        cuadros.ficha_completa(cuadros.de(cuadro, "9C.7"), cuadros.fabricas.area())


def test_lo_recibido_no_se_modifica():
    with pytest.raises(InstrumentoRechazado, match=r"art\. 18"):
        cuadros.clase(cuadros.recibido(), None, "fondo", "AY")


def test_no_se_quita_una_clase_con_hijas_ni_con_antecedente():
    cuadro = cuadros.vigente()
    nueva = versiones.nueva_version(None)
    with pytest.raises(InstrumentoRechazado, match="dependen otras"):
        quitar_clase(cuadros.de(nueva, "9C"), None)
    with pytest.raises(InstrumentoRechazado, match="Fusiónela"):
        quitar_clase(cuadros.de(nueva, "9C.7"), None)
    quitar_clase(cuadros.clase(nueva, cuadros.de(nueva, "9C"), "serie", "9C.30"), None)
    assert len(codigos(nueva)) == len(codigos(cuadro))


def test_una_serie_vigente_se_cierra_a_expedientes_nuevos_con_motivo():
    cuadro = cuadros.vigente()
    serie = cuadros.de(cuadro, "9C.7")
    with pytest.raises(InstrumentoRechazado, match="por qué"):
        activar(serie, activa=False, motivo=" ", actor=None)
    activar(serie, activa=False, motivo="Ya no se produce", actor=None)
    abiertas = type(serie).objects.para_clasificar(cuadro.vigente_desde)
    assert [n.clave for n in abiertas] == ["9C.10"]
    assert Suceso.objects.filter(clase="cuadro.clase_cerrada", objeto=f"cuadro:{cuadro.pk}").count() == 1


def test_el_orden_del_arbol_es_el_mismo_en_las_dos_bases(cada_base):
    cuadro = cuadros.borrador(series=("9C.10", "9C.2", "9C.1", "9C"))
    seccion = cuadros.de(cuadro, "AE")
    for clave in ("9C-A", "10C", "9CA"):
        cuadros.clase(cuadro, seccion, "seccion", clave)
    esperado = ["AE", "AE/9C", "AE/9C/9C", "AE/9C/9C.1", "AE/9C/9C.2", "AE/9C/9C.10", "AE/9C-A", "AE/9CA", "AE/10C"]
    assert codigos(cuadro) == esperado
