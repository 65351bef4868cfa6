"""SIGKILL en cada paso de una expedición: o quedó expedida con su documento, o no se consumió folio ni quedó más que basura que se barre."""

import json
import os
import signal
from pathlib import Path

import pytest

from archivo.objetos.integridad import huerfanos
from archivo.objetos.puerta import ObjetoDigital, barrer_parciales, revisar
from certificaciones.actos.models import Certificacion
from certificaciones.actos.servicios.obra import barrer
from certificaciones.copia.obra import CARPETA, UN_DIA, en_obra
from tests.certificaciones.actos.emisor import BYTES, LUGARES, LUGARES_REALES, POCOS
from tests.certificaciones.actos.mundo import con_pdf
from tests.certificaciones.actos.test_folios_a_la_vez import fallas_de_las_copias, fallas_del_libro, lanzar


def archivos_en(carpeta):
    return {ruta.relative_to(carpeta) for ruta in Path(carpeta).rglob("*") if ruta.is_file()}


def muertes(base, datos, *argumentos):
    """Qué pasó al morir en cada paso y qué folio tuvo la siguiente; si el emisor falló, sus errores."""
    proceso = lanzar(base, datos, *argumentos)
    salida, errores = proceso.communicate(timeout=600)
    hecho = json.loads(salida) if proceso.returncode == 0 else {"muertes": errores[-800:], "siguiente": ""}
    return hecho["muertes"], hecho["siguiente"][:13]


def lo_que_no_se_barre(datos, antes):
    """Los archivos nuevos que quedan tras barrer como pasado el plazo, aparte de los del depósito que nadie nombra."""
    for resto in [*(datos / "certificaciones" / "obra").glob("*"), *(datos / CARPETA).glob("*")]:
        vieja = resto.stat().st_mtime - 2 * UN_DIA
        os.utime(resto, (vieja, vieja))
    barrer()
    with en_obra():
        barrer_parciales(datos / "objetos" / ".parciales", antiguedad=-1)
    sueltos, de_la_casa = set(huerfanos()), {"llaves", "claves"}
    nuevos = archivos_en(datos) - antes
    return sorted(str(ruta) for ruta in nuevos if ruta.name not in sueltos and not de_la_casa & set(ruta.parts))


def morir_componiendo(base, datos, *resto):
    """Muere en esos pasos de una copia entera: qué pasó en cada uno, qué folio siguió, qué no se barre y cuántos objetos hay de más."""
    clave = con_pdf(2).clave
    originales, antes = ObjetoDigital.objects.count(), archivos_en(datos)
    hecho = muertes(base, datos, clave, "morir", *resto)
    suyos = {Path("objetos", c.sha256[:2], c.sha256[2:4], c.sha256) for c in expedidas()}
    return *hecho, lo_que_no_se_barre(datos, antes | suyos), ObjetoDigital.objects.count() - originales


def expedidas():
    return Certificacion.objects.expedidas()


def sin_folio(pasos):
    return {paso: [signal.SIGKILL, 0, 1] for paso in pasos}


def test_muere_en_cada_paso_y_no_se_consume_folio(cada_base, settings):
    assert muertes(cada_base, settings.ACERVO_DATOS, BYTES, "morir") == (sin_folio(LUGARES), "ENSAYO/00001/")
    assert fallas_del_libro(1) == []


def test_muere_componiendo_o_firmando_y_no_se_consume_folio(base_sqlite, settings):
    hecho = morir_componiendo(base_sqlite, settings.ACERVO_DATOS, "pocos")
    assert hecho == (sin_folio(POCOS), "ENSAYO/00001/", [], 1)
    assert fallas_del_libro(1) + fallas_de_las_copias() == []


@pytest.mark.lento
def test_muere_en_cada_paso_de_componer_y_firmar_y_no_se_consume_folio(cada_base, settings):
    hecho = morir_componiendo(cada_base, settings.ACERVO_DATOS)
    assert hecho == (sin_folio(LUGARES_REALES), "ENSAYO/00001/", [], 1)
    assert fallas_del_libro(1) + fallas_de_las_copias() == []


def test_muere_ya_expedida_y_queda_con_su_documento(cada_base, settings):
    proceso = lanzar(cada_base, settings.ACERVO_DATOS, BYTES, 1000, 1)
    primero = proceso.stdout.readline()
    os.killpg(proceso.pid, signal.SIGKILL)
    _, errores = proceso.communicate(timeout=30)
    assert primero.startswith("ENSAYO/00001/"), errores[-800:]
    assert fallas_del_libro(expedidas().count()) == []
    assert [c.folio for c in expedidas() if revisar(c.objeto).motivo] == []
