"""Un elemento que el índice no acepta: no detiene a los demás, se dice por qué y se vuelve a intentar."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from archivo.catalogo.puerta import Item, fijar_acceso
from archivo.identidad.puerta import ANONIMO
from archivo.indexacion import documentos, rechazos, reconstruccion
from archivo.indexacion.models import CambioIndice
from archivo.indexacion.motor import ambito_de, motor
from archivo.indexacion.obreros import ConstruccionInterrumpida
from archivo.indexacion.puerta import asegurar, campos_de_consulta, estado, poner_al_dia, reconstruir, verificar
from search import SearchRequest, parse
from search.backends.cluster import sources
from tests import fabricas

pytestmark = pytest.mark.django_db


def claves(texto):
    return {h.key for h in motor().search(SearchRequest(ambito_de(ANONIMO), parse(texto, campos_de_consulta()))).hits}


@pytest.fixture
def descompuesto(monkeypatch):
    """Descompone la preparación de un elemento; al llamar a lo que devuelve, se compone."""
    leer = documentos._leer

    def descomponer(item):
        def fallar(otro):
            if otro.pk == item.pk:
                raise KeyError("tipo_que_ya_no_existe")
            return leer(otro)

        monkeypatch.setattr(documentos, "_leer", fallar)
        return lambda: monkeypatch.setattr(documentos, "_leer", leer)

    return descomponer


def test_lo_que_no_se_puede_preparar_no_detiene_a_los_demas_y_entra_cuando_se_puede(descompuesto):
    asegurar()
    malo = fabricas.publico(titulo="Zarzuplex malo")
    poner_al_dia()
    componer = descompuesto(malo)
    buenos = {fabricas.publico(titulo=f"Zarzuplex {n}").clave for n in range(5)}
    Item.objects.filter(pk=malo.pk).update(version=malo.version + 1)
    CambioIndice.objects.create(item_id=malo.pk)
    poner_al_dia()
    assert claves("zarzuplex") == buenos
    fila = CambioIndice.objects.get()
    assert (fila.item_id, fila.motivo, fila.intentos) == (malo.pk, "KeyError", 1)
    assert fila.desde > timezone.now()
    assert (estado().pendientes, estado().rechazados, verificar().diferencias) == (0, 1, 2)
    with time_machine.travel(fila.desde + timedelta(seconds=1)):
        poner_al_dia()
        otra = CambioIndice.objects.get()
        assert otra.intentos == 2 and otra.desde - timezone.now() > timedelta(minutes=4)
    componer()
    CambioIndice.objects.create(item_id=malo.pk)
    poner_al_dia()
    assert claves("zarzuplex") == buenos | {malo.clave}
    assert (CambioIndice.objects.count(), verificar().diferencias) == (0, 0)


def test_la_orden_de_poner_al_dia_lo_intenta_sin_esperar(descompuesto):
    asegurar()
    componer = descompuesto(malo := fabricas.publico(titulo="Zarzuplex"))
    poner_al_dia()
    salida = StringIO()
    call_command("indice", "estado", stdout=salida)
    assert "no aceptó 1 elementos" in salida.getvalue()
    componer()
    salida = StringIO()
    call_command("indice", "poner-al-dia", "--json", stdout=salida)
    assert json.loads(salida.getvalue())["rechazados"] == 0
    assert claves("zarzuplex") == {malo.clave}


def test_lo_revocado_que_no_se_puede_indexar_sigue_oculto(descompuesto):
    asegurar()
    item = fabricas.publico(titulo="Zarzuplex")
    poner_al_dia()
    descompuesto(item)
    fijar_acceso(item, "reservado", None)
    poner_al_dia()
    assert (claves("zarzuplex"), CambioIndice.objects.revocadas()) == (set(), {item.clave})
    Item.objects.get(pk=item.pk).delete()
    poner_al_dia()
    assert (CambioIndice.objects.count(), verificar().diferencias) == (0, 0)


def test_rehacer_aparta_lo_que_no_se_puede_y_pone_en_uso_lo_demas(descompuesto):
    asegurar()
    malo, bueno = fabricas.publico(titulo="Zarzuplex malo"), fabricas.publico(titulo="Zarzuplex")
    componer = descompuesto(malo)
    antes = motor().health().generation
    assert reconstruir().rechazados == 1
    assert (claves("zarzuplex"), motor().health().generation != antes) == ({bueno.clave}, True)
    componer()
    assert (reconstruir().rechazados, verificar().diferencias) == (0, 0)


def test_si_casi_todo_se_rechaza_no_se_cambia_de_indice(descompuesto, monkeypatch):
    monkeypatch.setattr(reconstruccion, "TOLERABLES", 0)
    asegurar()
    item = fabricas.publico(titulo="Zarzuplex")
    poner_al_dia()
    antes = motor().health().generation
    descompuesto(item)
    with pytest.raises(CommandError, match="no aceptó 1 de 1") as error:
        call_command("indice", "reconstruir")
    assert "sigue igual" in str(error.value)
    assert (motor().health().generation, claves("zarzuplex")) == (antes, {item.clave})


def test_con_demasiados_rechazos_no_se_lee_lo_que_falta(descompuesto, monkeypatch):
    monkeypatch.setattr(reconstruccion, "TOLERABLES", 0)
    asegurar()
    descompuesto(fabricas.publico(titulo="Zarzuplex"))
    alcanzado = []
    with pytest.raises(ConstruccionInterrumpida):
        reconstruir(lambda hechos, total: alcanzado.append(hechos))
    assert alcanzado == []


def test_si_se_corta_al_cambiar_de_indice_se_sabe_lo_que_le_falta(descompuesto, monkeypatch):
    """Aunque el corte sea justo después de que el nuevo entre en uso."""
    asegurar()
    componer = descompuesto(malo := fabricas.publico(titulo="Zarzuplex malo"))
    with motor().writer() as abierto:
        escritor = type(abierto)
    activar = escritor.activate

    def activar_y_morir(self, generacion):
        activar(self, generacion)
        raise KeyboardInterrupt

    monkeypatch.setattr(escritor, "activate", activar_y_morir)
    with pytest.raises(KeyboardInterrupt):
        reconstruir()
    assert [fila.item_id for fila in CambioIndice.objects.rechazados()] == [malo.pk]
    componer()
    call_command("indice", "poner-al-dia", stdout=StringIO())
    assert claves("zarzuplex") == {malo.clave}


def test_lo_que_espera_conserva_desde_cuando(descompuesto):
    asegurar()
    descompuesto(fabricas.publico(titulo="Zarzuplex malo"))
    poner_al_dia()
    primera = CambioIndice.objects.get()
    with time_machine.travel(primera.desde + timedelta(seconds=1)):
        poner_al_dia()
    segunda = CambioIndice.objects.get()
    assert (segunda.creado, segunda.intentos) == (primera.creado, 2)


def test_de_cuantos_sean_se_pregunta_por_partes(monkeypatch):
    """Lo que cambió durante una construcción larga no cabe en una sola pregunta a la base."""
    monkeypatch.setattr(rechazos, "POR_CONSULTA", 2)
    asegurar()
    malos = [fabricas.publico(titulo=f"Zarzuplex {n}") for n in range(3)]
    for malo in malos:
        CambioIndice.objects.create(item_id=malo.pk, intentos=1, motivo="antes")
    rechazos.concluir([], rechazos.Escrito({m.pk for m in malos}, {malos[0].pk: "otra vez"}))
    quedan = CambioIndice.objects.rechazados()
    assert [(f.item_id, f.motivo, f.intentos) for f in quedan] == [(malos[0].pk, "otra vez", 2)]


def test_una_carpeta_que_no_se_puede_escribir_se_dice(monkeypatch):
    def sin_permiso():
        raise PermissionError(13, "Permission denied", "indice")

    monkeypatch.setattr("archivo.indexacion.servicios.verificar", sin_permiso)
    with pytest.raises(CommandError, match="permisos") as error:
        call_command("indice", "verificar")
    assert error.value.returncode == 2


def test_quien_administra_lo_ve_en_su_bandeja(descompuesto, client):
    asegurar()
    malo = fabricas.publico(titulo="Zarzuplex malo")
    descompuesto(malo)
    poner_al_dia()
    administradora = fabricas.persona("administracion")
    client.force_login(administradora)
    pagina = client.get(reverse("oficina_bandeja")).content.decode()
    assert "con este motivo: «KeyError»" in pagina and malo.titulo in pagina
    CambioIndice.objects.create(item_id=malo.pk + 1, intentos=1, motivo="cita lo reservado")
    assert "cita lo reservado" not in client.get(reverse("oficina_bandeja")).content.decode()
    client.force_login(fabricas.persona("archivo_tramite"))
    assert "El índice no lo acepta" not in client.get(reverse("oficina_bandeja")).content.decode()


@pytest.mark.motores
def test_lo_que_rechaza_el_servidor_espera_con_su_motivo(externo, monkeypatch):
    malo = fabricas.publico(titulo="Zarzuplex malo")
    poner_al_dia()
    bueno = fabricas.publico(titulo="Zarzuplex")
    Item.objects.filter(pk=malo.pk).update(version=malo.version + 1)
    CambioIndice.objects.create(item_id=malo.pk)
    componer = sources.item_source

    def con_defecto(fila, *datos, **lo_demas):
        ficha = componer(fila, *datos, **lo_demas)
        return ficha | {"order": "no es un número"} if ficha["key"] == malo.clave else ficha

    monkeypatch.setattr(sources, "item_source", con_defecto)
    poner_al_dia()
    assert claves("zarzuplex") == {bueno.clave}
    assert "parsing_exception" in CambioIndice.objects.get().motivo
    assert reconstruir().rechazados == 1
    assert claves("zarzuplex") == {bueno.clave}
    monkeypatch.setattr(sources, "item_source", componer)
    call_command("indice", "poner-al-dia", "--json", stdout=StringIO())
    assert (claves("zarzuplex"), verificar().diferencias) == ({bueno.clave, malo.clave}, 0)
