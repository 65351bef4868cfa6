"""La sala de quien audita: sólo con su enlace, sólo lo que su acceso abre, y lo que marca ni se cambia ni se pierde."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from archivo.auditoria.puerta import Suceso
from archivo.identidad.puerta import Freno
from archivo.objetos.puerta import ObjetoAusente
from archivo.salidas import ComposicionImposible
from memoria_anual.consulta import sala as vistas
from memoria_anual.cortes.puerta import cortar
from memoria_anual.edicion import generacion
from memoria_anual.edicion.puerta import MarcaDeAuditoria, SalaDeAuditoria, SalaNueva, abrir_sala, poner_corte
from tests import fabricas

pytestmark = pytest.mark.django_db
NUEVA = {"auditor": "Órgano Interno de Control", "referencia": "AUD/7/2026", "acceso": "publico", "dias": "30"}


@pytest.fixture(autouse=True)
def sin_intentos():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sala(memoria, redactora, client):
    """Una sala de lo público, y su dirección."""
    _, codigo = abrir_sala(memoria, redactora, SalaNueva("Órgano Interno de Control"))
    return f"/memoria/auditoria/{codigo}/"


def abierta_por(client, persona, memoria, **cambios):
    client.force_login(persona)
    return client.post(reverse("memoria_sala_abrir", args=[memoria.pk]), NUEVA | cambios)


def test_la_oficina_la_abre_y_el_enlace_se_dice_una_vez(client, redactora, memoria):
    respuesta = abierta_por(client, redactora, memoria)
    enlace = respuesta.context["enlace"]
    codigo = enlace.rstrip("/").rpartition("/")[2]
    assert enlace in respuesta.content.decode()
    assert enlace not in client.get(reverse("memoria_evidencia", args=[memoria.pk])).content.decode()
    guardada = SalaDeAuditoria.objects.get()
    assert codigo not in {guardada.testigo, str(guardada)} and len(guardada.testigo) == 64
    client.logout()
    pagina = client.get(enlace)
    assert "AUD/7/2026" in pagina.content.decode() and pagina["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in pagina["Cache-Control"]
    clases = list(Suceso.objects.filter(objeto=memoria.objeto, clase__startswith="memoria.sala").values_list("clase", flat=True))
    assert sorted(clases) == ["memoria.sala_abierta", "memoria.sala_consultada"]


def test_lo_interno_solo_lo_abre_la_titular_y_entonces_se_nombra(client, redactora, titular, memoria):
    negada = abierta_por(client, redactora, memoria, acceso="interno")
    assert negada.status_code == 422 and "le toca a quien es titular" in negada.content.decode()
    enlace = abierta_por(client, titular, memoria, acceso="interno").context["enlace"]
    client.logout()
    lista = client.get(f"{enlace}cifra/BOL/").content.decode()
    assert "Boletín canario" in lista and "este acceso no abre" not in lista
    assert "Boletín canario" in b"".join(client.get(f"{enlace}cifra/BOL.csv").streaming_content).decode()


def test_la_de_lo_publico_cuenta_lo_interno_y_no_lo_nombra(client, sala):
    lista = client.get(f"{sala}cifra/BOL/").content.decode()
    assert "Boletín de 9" in lista and "hay 1 elemento que este acceso no abre" in lista and "canario" not in lista
    assert "canario" not in b"".join(client.get(f"{sala}cifra/BOL.csv").streaming_content).decode()
    assert client.get(f"{sala}memoria.pdf").content.startswith(b"%PDF")
    assert client.get(f"{sala}cifra/NOHAY/").status_code == 404


def test_el_borrador_se_compone_una_vez_por_version_y_con_freno(client, sala, memoria, monkeypatch):
    hechas = []
    monkeypatch.setattr(generacion, "memoria_pdf", lambda documento: hechas.append(documento["titulo"]) or b"%PDF-hecha")
    monkeypatch.setattr(vistas, "AL_LEER", Freno("salas_pdf", tope=3, ventana=60))
    assert [client.get(f"{sala}memoria.pdf").content for _ in range(2)] == [b"%PDF-hecha"] * 2
    assert len(hechas) == 1
    type(memoria).objects.filter(pk=memoria.pk).update(titulo="Otro título")
    client.get(f"{sala}memoria.pdf")
    assert len(hechas) == 2 and hechas[-1] == "Otro título"
    assert len([llave for llave in cache._cache if "memoria-borrador" in llave]) == 1
    frenada = client.get(f"{sala}memoria.pdf")
    assert frenada.status_code == 429 and "Espere" in frenada.content.decode()


@pytest.mark.parametrize(
    "falla", [ComposicionImposible("memoria", "tardó más de 60 segundos"), ObjetoAusente("No están sus bytes.")]
)
def test_si_el_pdf_no_se_puede_dar_se_dice_y_lo_demas_sigue(client, sala, memoria, redactora, monkeypatch, falla):
    def fallar(documento):
        raise falla

    monkeypatch.setattr(generacion, "memoria_pdf", fallar)
    sin_pdf = client.get(f"{sala}memoria.pdf")
    assert (sin_pdf.status_code, "siguen en la sala" in sin_pdf.content.decode()) == (503, True)
    client.force_login(redactora)
    oficina = client.get(reverse("memoria_borrador", args=[memoria.pk, "pdf"]), follow=True)
    assert escape(str(falla)) in oficina.content.decode()


def test_marca_con_nota_y_la_oficina_la_ve_en_su_cifra(client, sala, redactora, memoria):
    sin_nota = client.post(f"{sala}cifra/BOL/", {"resultado": "con_observacion", "nota": " ", "quien": "Eva Ruiz"})
    assert sin_nota.status_code == 422 and "Escriba qué observa" in sin_nota.content.decode()
    assert client.post(f"{sala}cifra/BOL/", {"resultado": "otra", "nota": "", "quien": "Eva"}).status_code == 422
    datos = {"resultado": "con_observacion", "nota": "Falta el de mayo.", "quien": "Eva Ruiz"}
    assert client.post(f"{sala}cifra/BOL/", datos).url == f"{sala}#cifra-BOL"
    client.post(f"{sala}cifra/BOL/", {"resultado": "conforme", "nota": "Ya lo vi.", "quien": "Eva Ruiz"})
    assert [m.resultado for m in MarcaDeAuditoria.objects.all()] == ["con_observacion", "conforme"]
    assert "1 de " in client.get(sala).content.decode()
    client.force_login(redactora)
    oficina = client.get(reverse("memoria_evidencia", args=[memoria.pk])).content.decode()
    assert "Ya lo vi." in oficina and "Eva Ruiz" in oficina and "Falta el de mayo." not in oficina
    assert Suceso.objects.get(clase="memoria.cifra_conforme").detalle["valor"] == "5"


def test_si_la_cifra_cambia_la_marca_dice_que_era_de_la_de_antes(client, sala, redactora, memoria, ccs):
    client.post(f"{sala}cifra/BOL/", {"resultado": "conforme", "nota": "", "quien": "Eva"})
    fabricas.publico(area=ccs, dia=memoria.como_periodo.desde, titulo="Uno más")
    poner_corte(memoria, redactora, cortar(memoria.como_periodo))
    pagina = client.get(sala).content.decode()
    assert "Cambió: decía 5" in pagina and "Cifras: 0 de" in pagina


def test_cerrada_vencida_o_inventada_da_la_misma_pagina(client, sala, redactora, memoria, titular):
    _, vencida = abrir_sala(memoria, redactora, SalaNueva("Otro", plazo=timedelta(seconds=-1)))
    de_la_sala = SalaDeAuditoria.objects.order_by("pk").first()
    client.force_login(redactora)
    cierre = reverse("memoria_sala_cerrar", args=[de_la_sala.pk])
    client.post(cierre, {"motivo": ""})
    assert client.get(sala).status_code == 200
    client.post(cierre, {"motivo": "Terminó la revisión"})
    client.logout()
    paginas = [
        client.get(r) for r in (sala, f"/memoria/auditoria/{vencida}/", "/memoria/auditoria/inventada/", f"{sala}cifra/BOL/")
    ]
    assert {p.status_code for p in paginas} == {404} and len({p.content for p in paginas}) == 1
    assert client.post(f"{sala}cifra/BOL/", {"resultado": "conforme", "quien": "Eva"}).status_code == 404
    assert Suceso.objects.get(clase="memoria.sala_cerrada", resultado="hecho").motivo == "Terminó la revisión"


def test_quien_prueba_enlaces_al_azar_se_queda_sin_entrar(client, sala):
    for n in range(40):
        client.get(f"/memoria/auditoria/azar{n}/")
    assert client.get(sala).status_code == 404


def test_ni_por_la_base_se_cambia_una_marca(client, sala):
    client.post(f"{sala}cifra/BOL/", {"resultado": "conforme", "nota": "", "quien": "Eva"})
    marca = MarcaDeAuditoria.objects.get()
    assert marca.momento <= timezone.now() and marca.quien == "Eva"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE edicion_marcadeauditoria SET resultado = 'con_observacion' WHERE id = %s", [marca.pk])


def test_quien_no_lleva_la_memoria_ni_abre_ni_cierra(client, memoria, sala):
    ajena = fabricas.persona("redaccion", en=fabricas.area("Obras"), nombre="ajena")
    assert abierta_por(client, ajena, memoria).status_code == 404
    cierre = reverse("memoria_sala_cerrar", args=[SalaDeAuditoria.objects.get().pk])
    assert client.post(cierre, {"motivo": "x"}).status_code == 404
