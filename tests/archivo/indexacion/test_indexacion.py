"""Del catálogo al índice y de vuelta: la búsqueda sólo encuentra lo que la persona puede ver."""

import json
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from archivo.catalogo.puerta import AdjuntoNuevo, Edicion, Item, adjuntar, fijar_acceso, guardar, transitar
from archivo.identidad.puerta import ANONIMO, lector_de
from archivo.indexacion import servicios
from archivo.indexacion.models import CambioIndice
from archivo.indexacion.puerta import ambito_de, campos_de_consulta, motor, poner_al_dia, reconstruir, verificar
from archivo.objetos.puerta import guardar as guardar_objeto
from search import Facet, SearchRequest, parse
from tests import fabricas

pytestmark = pytest.mark.django_db


def buscar(texto, lector=ANONIMO, **opciones):
    return motor().search(SearchRequest(ambito_de(lector), parse(texto, campos_de_consulta()), **opciones))


def claves(texto, lector=ANONIMO):
    return {h.key for h in buscar(texto, lector).hits}


def test_lo_publicado_se_encuentra_y_lo_demas_no():
    visible = fabricas.publico(titulo="Jornada zarzuplex")
    fabricas.boletin(titulo="Borrador zarzuplex")
    fabricas.publico(titulo="Reservado zarzuplex", acceso="reservado")
    poner_al_dia()
    assert claves("zarzuplex") == {visible.clave}
    assert buscar("zarzuplex", facets=(Facet("tipo"),)).total == 1


def test_cada_quien_encuentra_lo_suyo():
    obras, salud = fabricas.area("Obras"), fabricas.area("Salud")
    borrador = fabricas.boletin(titulo="Zarzuplex uno", area=obras)
    interno = fabricas.publico(titulo="Zarzuplex dos", acceso="interno", area=obras)
    reservado = fabricas.publico(titulo="Zarzuplex tres", acceso="reservado", area=salud)
    poner_al_dia()
    ver = lambda rol, en=None: claves("zarzuplex", lector_de(fabricas.persona(rol, en=en)))  # noqa: E731
    assert ver("redaccion", obras) == {borrador.clave, interno.clave}
    assert ver("redaccion", salud) == {interno.clave, reservado.clave}
    assert ver("titular") == ver("auditoria") == {borrador.clave, interno.clave, reservado.clave}
    assert ver("unidad_transparencia") == {interno.clave, reservado.clave}
    assert ver("administracion") == set()


def test_un_original_mas_cerrado_no_se_cuenta_como_archivo():
    item = fabricas.publico(titulo="Zarzuplex")
    objeto = guardar_objeto(BytesIO(b"original cerrado"), mime="application/pdf", paginas=1)
    adjuntar(item, AdjuntoNuevo(objeto=objeto, nombre="a.pdf", paginas=["uno"], acceso="reservado"), None)
    poner_al_dia()
    contar = lambda lector: [v.value for v in buscar("zarzuplex", lector, facets=(Facet("con_archivo"),)).facets["con_archivo"]]  # noqa: E731
    assert contar(ANONIMO) == contar(lector_de(fabricas.persona("cotejo"))) == ["no"]
    assert contar(lector_de(fabricas.persona("titular"))) == ["si"]


def test_la_revocacion_vale_antes_de_indexar():
    item = fabricas.publico(titulo="Zarzuplex")
    poner_al_dia()
    fijar_acceso(item, "reservado", None)
    assert claves("zarzuplex") == set()
    assert buscar("", facets=(Facet("tipo"),)).facets["tipo"] == ()
    poner_al_dia()
    assert claves("zarzuplex") == set()
    assert claves("zarzuplex", lector_de(fabricas.persona("titular"))) == {item.clave}


def test_un_adjunto_mas_restringido_que_su_elemento():
    obras = fabricas.area("Obras")
    item = fabricas.publico(titulo="Informe", area=obras, texto="Texto abierto.")
    objeto = guardar_objeto(BytesIO(b"%PDF-1.4 x"), mime="application/pdf", paginas=1)
    adjuntar(item, AdjuntoNuevo(objeto, "anexo.pdf", acceso="reservado", paginas=["Contenido quimbolan"]), None)
    poner_al_dia()
    de_obras, de_fuera = (
        lector_de(fabricas.persona("redaccion", en=obras)),
        lector_de(fabricas.persona("redaccion", en=fabricas.area())),
    )
    assert claves("quimbolan", de_obras) == {item.clave}
    assert claves("quimbolan", de_fuera) == claves("quimbolan") == set()
    for lector in (de_obras, de_fuera, ANONIMO):
        assert buscar("abierto", lector).total == 1


def test_restringido_por_derechos_muestra_ficha_y_no_texto():
    item = fabricas.publico(titulo="Nota de periódico", acceso="restringido_derechos", texto="Cuerpo quimbolan")
    poner_al_dia()
    assert claves("periódico") == {item.clave}
    assert claves("quimbolan") == set()
    assert claves("quimbolan", lector_de(fabricas.persona("monitoreo"))) == {item.clave}


def test_de_lo_restringido_no_se_cuentan_area_lugar_ni_autor():
    area = fabricas.area("Obras")
    item = fabricas.publico(
        titulo="Nota", acceso="restringido_derechos", autor="Zarzuplex", lugar="Zarzuplex", area=area, resumen="Sumario"
    )
    poner_al_dia()
    assert claves("zarzuplex") == set()
    assert claves("sumario") == {item.clave}
    facetas = buscar("", facets=(Facet("area"), Facet("lugar"), Facet("tipo"))).facets
    assert (facetas["area"], facetas["lugar"], facetas["tipo"][0].count) == ((), (), 1)


def test_el_embargo_entra_al_indice_a_su_hora():
    hora = timezone.now() + timedelta(hours=2)
    item = fabricas.publico(titulo="Zarzuplex", embargo_hasta=hora)
    poner_al_dia()
    assert claves("zarzuplex") == set()
    with time_machine.travel(hora + timedelta(minutes=1)):
        poner_al_dia()
        assert claves("zarzuplex") == {item.clave}


def test_poner_al_dia_sin_indice_lo_rehace_entero():
    antes = [fabricas.publico(titulo=f"Zarzuplex {n}") for n in range(3)]
    poner_al_dia()
    motor().forget_everything()
    nuevo = fabricas.publico(titulo="Zarzuplex nuevo")
    poner_al_dia()
    assert claves("zarzuplex") == {item.clave for item in (*antes, nuevo)}
    assert verificar().diferencias == 0


def test_lo_deshecho_no_deja_rastro_en_la_cola():
    with pytest.raises(RuntimeError), transaction.atomic():
        fabricas.publico()
        raise RuntimeError
    assert not CambioIndice.objects.exists()


def test_verificar_encuentra_lo_que_falta_y_lo_que_sobra():
    item, otro = fabricas.publico(), fabricas.publico()
    poner_al_dia()
    assert verificar().diferencias == 0
    Item.objects.filter(pk=item.pk).update(version=9)
    assert verificar().diferencias == 2
    Item.objects.filter(pk=otro.pk).update(acceso_efectivo="reservado")
    assert verificar().diferencias == 3
    reconstruir()
    assert verificar().diferencias == 0


def test_reconstruir_cambia_de_generacion_y_conserva_lo_encolado():
    item = fabricas.publico(titulo="Zarzuplex")
    poner_al_dia()
    antes = servicios.estado().generacion
    item.titulo = "Quimbolán"
    guardar(item, Edicion(actor=None))
    reconstruir()
    assert servicios.estado().generacion != antes
    assert claves("quimbolán") == {item.clave}
    assert not CambioIndice.objects.exists()


def test_un_elemento_borrado_desaparece():
    item = fabricas.publico(titulo="Zarzuplex")
    poner_al_dia()
    pk = item.pk
    Item.objects.get(pk=pk).delete()
    assert claves("zarzuplex") == set()
    poner_al_dia()
    assert verificar().diferencias == 0


def test_repetir_un_cambio_no_hace_dano():
    item = fabricas.publico(titulo="Zarzuplex")
    poner_al_dia()
    for _ in range(3):
        CambioIndice.objects.create(item_id=item.pk)
    poner_al_dia()
    assert buscar("zarzuplex").total == 1


def test_la_orden_indice_y_sus_claves():
    fabricas.publico(texto="renglón\n" * 3000)
    estados = {}
    for accion in ("poner-al-dia", "estado", "verificar", "reconstruir"):
        salida = StringIO()
        call_command("indice", accion, "--json", stdout=salida)
        estados[accion] = json.loads(salida.getvalue())
        assert set(estados[accion]) == {"motor", "generacion", "elementos", "paginas", "pendientes", "rechazados", "diferencias"}
    assert estados["verificar"]["diferencias"] == 0
    assert (estados["estado"]["elementos"], estados["estado"]["pendientes"]) == (1, 0)
    assert estados["estado"]["paginas"] > 1


def test_la_orden_sale_con_uno_si_hay_diferencias():
    item = fabricas.publico()
    poner_al_dia()
    Item.objects.filter(pk=item.pk).update(version=5)
    with pytest.raises(SystemExit) as fin:
        call_command("indice", "verificar", "--json", stdout=StringIO())
    assert fin.value.code == 1


def test_un_numero_autorizado_se_encuentra_por_folio():
    redactora, titular = fabricas.persona("redaccion"), fabricas.persona("titular")
    item = fabricas.boletin(actor=redactora, titulo="Zarzuplex")
    for accion, actor in (("enviar_a_revision", redactora), ("autorizar", titular), ("publicar", titular)):
        transitar(item, accion, actor)
    poner_al_dia()
    assert claves("número:1") == {item.clave}


def test_el_nombre_del_tipo_y_de_la_serie_tambien_se_buscan():
    boletin, publicacion = (
        fabricas.publico(titulo="Zarzuplex"),
        fabricas.elemento("publicacion", estado="publicado", titulo="Zarzuplex dos"),
    )
    poner_al_dia()
    assert claves("boletines") == claves("boletín zarzuplex") == {boletin.clave}
    assert claves("publicaciones oficiales") == {publicacion.clave}
