"""E20: la memoria anual, de abrirla a que nada de lo que pase después la altere."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import Item, transitar
from archivo.identidad.puerta import ANONIMO
from archivo.indexacion.puerta import asegurar, poner_al_dia
from memoria_anual.edicion.puerta import (
    AportacionDeArea,
    CambioDeMemoriaRechazado,
    EdicionPublicada,
    LoAportado,
    Memoria,
    ajustar_cifra,
    capturar_aportacion,
    dar_paso,
    documento_actual,
    mover_aportacion,
    pedir_aportaciones,
    publicar,
)
from tests import fabricas
from tests.memoria_anual.edicion.conftest import parrafo

pytestmark = pytest.mark.django_db
PLAZO = timezone.localdate() + timedelta(days=20)


@pytest.fixture
def dependencias(db):
    areas = [fabricas.area(f"Dependencia {n}") for n in range(1, 7)]
    return {area: fabricas.persona("titular", en=area, nombre=f"titular{area.pk}") for area in areas}


def entregan(memoria, redactora, dependencias, boletines):
    """Cinco entregan y se les acepta; la sexta, no."""
    pedidas = pedir_aportaciones(memoria, redactora, dependencias, PLAZO)
    for n, (aportacion, persona) in enumerate(zip(pedidas[:5], dependencias.values(), strict=False)):
        pruebas = [boletines[0].clave] if n else []
        capturar_aportacion(
            aportacion, persona, LoAportado("Bacheo", "300 calles", f"Se taparon baches en {n + 1} colonias.", pruebas)
        )
        mover_aportacion(aportacion, persona, "entregar")
        mover_aportacion(aportacion, redactora, "aceptar")
    return pedidas


def bloques(documento, tipo):
    return [b for c in documento["capitulos"] for b in c["bloques"] if b["tipo"] == tipo]


@pytest.fixture
def publicada(memoria, redactora, titular, dependencias, boletines, escribir):
    """La memoria entera: cinco aportaciones de seis, una cifra ajustada, autorizada por otra persona y publicada."""
    asegurar()
    pedidas = entregan(memoria, redactora, dependencias, boletines)
    escribir(parrafo("Se emitieron {{cifra:BOL}} boletines, {{cifra:BOL:variacion}} que en 2025."))
    ajustar_cifra(memoria, redactora, "ENT", Decimal(2), "Dos ruedas de prensa de febrero cuyo registro llegó después del corte.")
    dar_paso(memoria, redactora, "enviar_a_revision")
    dar_paso(memoria, titular, "autorizar")
    assert AportacionDeArea.objects.get(pk=pedidas[5].pk).estado == "no_entregada"
    return publicar(memoria, titular)


def test_las_cifras_son_las_del_corte_y_la_ajustada_lo_dice(publicada):
    texto = bloques(publicada.contenido, "parrafo")[0]["texto"]
    dicho = [t if isinstance(t, str) else t["t"] for t in texto]
    assert dicho == ["Se emitieron ", "5", " boletines, ", "150 % más", " que en 2025."]
    ajustada = next(c for c in publicada.contenido["cifras"] if c["clave"] == "ENT")
    assert (ajustada["valor"], ajustada["contado"]) == ("2", "0")
    assert "Dato ajustado: el sistema cuenta 0." in ajustada["nota"]


def test_lo_que_no_llego_y_lo_que_no_se_prueba_se_dicen(publicada):
    dichas = bloques(publicada.contenido, "aportacion")
    assert [b.get("dicho") for b in dichas] == [None] * 5 + ["No entregada."]
    assert [b["sin_prueba"] for b in dichas[:5]] == [True, False, False, False, False]
    assert "Entregaron 5 de 6" in publicada.contenido["colofon"]["aportaciones"]


def test_sale_en_todos_sus_formatos_y_es_publicacion_oficial_que_se_busca_hasta_la_pagina(publicada, client):
    nombres = [a.nombre for a in publicada.archivos.all()]
    assert [n.rpartition(".")[2] for n in nombres] == ["pdf", "docx", "xlsx", "csv", "csv", "pdf"]
    poner_al_dia()
    oficial = Item.objects.get(pk=publicada.item_id)
    dicho = (oficial.tipo, oficial.estado, oficial.acceso_efectivo, oficial.ficha["clase"])
    assert dicho == ("publicacion", "publicado", "publico", "memoria")
    hallado = client.get("/buscar/", {"q": '"baches en 2 colonias"'}).content.decode()
    assert oficial.titulo in hallado and f"/elemento/{oficial.clave}/pagina/" in hallado


def test_lo_que_pase_despues_no_altera_lo_publicado(autorizada, titular, boletines, ccs, client):
    asegurar()
    edicion = publicar(autorizada, titular)
    antes = client.get("/memoria/2026/").content
    transitar(Item.objects.get(pk=boletines[0].pk), "retirar", None, "Prueba")
    fabricas.publico(area=ccs, titulo="Uno más de 2026")
    assert client.get("/memoria/2026/").content == antes
    assert documento_actual(Memoria.objects.get(pk=autorizada.pk)) == EdicionPublicada.objects.get(pk=edicion.pk).contenido
    lista = client.get("/memoria/2026/cifra/BOL/").content.decode()
    assert "5 elementos" in lista and "Boletín de 9" in lista
    assert "hay 2 elementos que usted no puede" in lista
    assert "Boletín canario" not in lista and f"/elemento/{boletines[0].clave}/" not in lista
    assert publicar(autorizada, titular).pk == edicion.pk and EdicionPublicada.objects.count() == 1


def test_quien_escribe_no_autoriza_y_el_intento_queda_en_la_bitacora(memoria, titular, redactora, escribir):
    escribir(parrafo("Hola."), quien=titular)
    dar_paso(memoria, redactora, "enviar_a_revision")
    with pytest.raises(CambioDeMemoriaRechazado, match="no puede autorizarla"):
        dar_paso(memoria, titular, "autorizar")
    assert Suceso.objects.filter(clase="memoria.paso", resultado="rechazado", actor=titular).count() == 1
    otra = fabricas.persona("titular", en=memoria.area, nombre="otra")
    assert dar_paso(memoria, otra, "autorizar").autoriza == otra


def test_no_se_publica_sin_autorizar_ni_se_escribe_lo_autorizado(memoria, titular, redactora, escribir):
    with pytest.raises(CambioDeMemoriaRechazado, match="primero se autoriza"):
        publicar(memoria, titular)
    dar_paso(memoria, redactora, "enviar_a_revision")
    dar_paso(memoria, titular, "autorizar")
    with pytest.raises(CambioDeMemoriaRechazado, match="ya no se escribe"):
        escribir(parrafo("Tarde."))
    assert not Item.objects.visibles_para(ANONIMO).filter(tipo="publicacion").exists()
