"""Ninguna lista de memorias, cortes o cifras pregunta más a la base por tener más renglones."""

import itertools
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from memoria_anual.cortes.puerta import Corte
from memoria_anual.edicion.models import AjusteDeCifra, AportacionDeArea, Comentario, Memoria
from memoria_anual.edicion.puerta import MarcaDeAuditoria, SalaNueva, abrir_sala, cifras_de, marcar
from memoria_anual.indicadores.puerta import IndicadorPropio, MedicionCapturada, MetaTrimestral
from tests import fabricas
from tests.consultas import las_que_crecen
from tests.memoria_anual.edicion.conftest import boletines, ccs, memoria, redactora, titular

__all__ = ["boletines", "ccs", "memoria", "redactora", "titular"]
pytestmark = pytest.mark.django_db
_numero = itertools.count(1)


def test_las_listas_de_la_oficina(client, redactora, ccs):
    def llenar(cuantas):
        for n in itertools.islice(_numero, cuantas):
            quien, area = fabricas.persona("titular"), fabricas.area()
            anio = 1900 + n
            otra = Memoria.objects.create(periodo=str(anio), area=area, estado="en_revision", autoriza=quien)
            AportacionDeArea.objects.create(memoria=otra, area=ccs, vence=timezone.localdate())
            Corte.objects.create(
                periodo=f"{anio}-T1", desde=date(anio, 1, 1), hasta=date(anio, 3, 31), actor=quien, hash=f"{n:064d}"
            )
            MedicionCapturada.objects.create(
                indicador="RED",
                concepto=f"red {n}",
                desde=date(anio, 1, 1),
                hasta=date(anio, 1, 31),
                valor=n,
                fuente="Informe",
                actor=quien,
            )
            IndicadorPropio.objects.create(clave=f"PROPIO{n}", nombre="Uno", cuenta="Lo que sea", texto="agua", creado_por=quien)

    client.force_login(fabricas.persona("titular", nombre="todo"))
    nombres = ("memoria_lista", "memoria_cortes", "memoria_mediciones", "memoria_propios", "wagtailadmin_home")
    assert las_que_crecen(client, {n: reverse(n) for n in nombres}, llenar) == {}


def aportar(memoria):
    """Una dependencia más entregó, con un documento que lo prueba; da su clave."""
    aportada = AportacionDeArea.objects.create(
        memoria=memoria, area=fabricas.area(), vence=timezone.localdate(), estado="aceptada", linea="Bacheo", texto="Se hizo."
    )
    prueba = fabricas.publico(area=memoria.area)
    aportada.pruebas.set([prueba])
    return prueba.clave


def citar(capitulo, claves, otra):
    """Una fotografía y un hecho más, en los dos bloques de siempre."""
    claves.append(otra)
    foto, hecho = {"pie": "", "credito": "", "alternativa": ""}, {"fecha": "2026-01-07", "titulo": "Hecho", "texto": ""}
    capitulo.cuerpo = [
        *(b for b in capitulo.cuerpo.get_prep_value() if b["type"] not in {"galeria", "cronologia"}),
        {"type": "galeria", "value": {"titulo": "Fotos", "fotos": [foto | {"elemento": c} for c in claves]}},
        {"type": "cronologia", "value": {"titulo": "Hechos", "hechos": [hecho | {"elemento": c} for c in claves]}},
    ]
    capitulo.save()


def test_una_memoria_de_muchas_dependencias_con_muchas_marcas(client, memoria, redactora):
    sala, codigo = abrir_sala(memoria, redactora, SalaNueva("Órgano Interno de Control"))
    cifras, suyas = cifras_de(memoria), []
    capitulo, anexos = memoria.capitulos.first(), memoria.capitulos.last()

    def llenar(cuantas):
        for n in itertools.islice(_numero, cuantas):
            citar(anexos, suyas, aportar(memoria))
            MetaTrimestral.objects.create(indicador=cifras[n % len(cifras)]["clave"], anio=2026, trimestre=1, programado=n)
            quien = fabricas.persona("redaccion", en=memoria.area)
            AjusteDeCifra.objects.create(memoria=memoria, clave=f"X{n}", valor=n, justificacion="Se contó mal", autor=quien)
            Comentario.objects.create(capitulo=capitulo, autor=quien, texto="Falta decir más.")
            otra, _ = abrir_sala(memoria, quien, SalaNueva(f"Despacho {n}"))
            for cual in (sala, otra):
                marcar(cual, cifras[n % len(cifras)], MarcaDeAuditoria(resultado="conforme", nota="", quien=f"Quien {n}"))

    client.force_login(redactora)
    de_memoria = {n: reverse(n, args=[memoria.pk]) for n in ("memoria_ver", "memoria_evidencia")}
    de_capitulo = {n: reverse(n, args=[capitulo.pk]) for n in ("memoria_capitulo", "memoria_capitulo_previa")}
    de_capitulo |= {
        f"anexos-{c.orden}": reverse("memoria_capitulo_previa", args=[c.pk]) for c in memoria.capitulos.filter(orden__gte=15)
    }
    direcciones = de_memoria | de_capitulo | {"sala": f"/memoria/auditoria/{codigo}/"}
    assert las_que_crecen(client, direcciones, llenar) == {}
