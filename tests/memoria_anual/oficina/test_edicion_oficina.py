"""La edición de la memoria por sus pantallas: quién entra, qué se guarda y qué se dice cuando no procede."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from archivo.tareas.puerta import Trabajo, drenar
from memoria_anual.edicion.puerta import AportacionDeArea, Capitulo, EdicionPublicada, Memoria, dar_paso, pedir_aportaciones
from tests import fabricas
from tests.memoria_anual.edicion.conftest import *  # noqa: F403 - las mismas personas y la misma memoria
from tests.memoria_anual.edicion.conftest import parrafo

pytestmark = pytest.mark.django_db
PLAZO = timezone.localdate() + timedelta(days=9)


@pytest.fixture
def como(client):
    def entrar(persona):
        client.force_login(persona)
        return client

    return entrar


def campos_de(respuesta, capitulo):
    """Lo que la hoja del capítulo enviaría tal como está."""
    form = respuesta.context["form"]
    cuerpo = {"cuerpo-count": "0"}
    return {
        "titulo": capitulo.titulo,
        "entradilla": capitulo.entradilla,
        "responsable": "",
        "version_vista": str(capitulo.version),
    } | (cuerpo if "cuerpo" in form.fields else {})


def test_se_abre_una_con_los_diecisiete_capitulos(como, redactora, ccs):
    navegador = como(redactora)
    respuesta = navegador.post(reverse("memoria_abrir"), {"tipo": "anual", "periodo": "2026", "area": ccs.pk}, follow=True)
    pagina = respuesta.content.decode()
    assert "17. Anexos" in pagina and "Todavía no tiene corte" in pagina
    repetida = navegador.post(reverse("memoria_abrir"), {"tipo": "anual", "periodo": "2026", "area": ccs.pk})
    assert repetida.status_code == 422 and "Ya hay una memoria" in repetida.content.decode()
    ilegible = navegador.post(reverse("memoria_abrir"), {"tipo": "anual", "periodo": "veintiséis", "area": ccs.pk})
    assert "No se entiende el periodo" in ilegible.content.decode()


def test_quien_no_la_lleva_ni_aporta_no_la_ve(como, memoria):
    ajena = como(fabricas.persona("redaccion", en=fabricas.area("Obras"), nombre="ajena"))
    capitulo = memoria.capitulos.first()
    for nombre, pk in (
        ("ver", memoria.pk),
        ("evidencia", memoria.pk),
        ("capitulo", capitulo.pk),
        ("capitulo_previa", capitulo.pk),
    ):
        assert ajena.get(reverse(f"memoria_{nombre}", args=[pk])).status_code == 404
    assert str(memoria) not in ajena.get(reverse("memoria_lista")).content.decode()


def test_un_capitulo_se_escribe_se_previsualiza_y_no_se_pisa(como, redactora, memoria, escribir):
    capitulo = escribir(parrafo("Van {{cifra:BOL}} boletines, y 348 teclados a mano."))
    navegador = como(redactora)
    hoja = navegador.get(reverse("memoria_capitulo", args=[capitulo.pk]))
    assert "Hay números escritos a mano: 348" in hoja.content.decode()
    previa = navegador.get(reverse("memoria_capitulo_previa", args=[capitulo.pk])).content.decode()
    assert f"/admin/memoria/cortes/{memoria.corte_id}/cifras/BOL/" in previa and ">5<" in previa
    datos = campos_de(hoja, capitulo) | {"titulo": "Presentación nueva"}
    assert navegador.post(reverse("memoria_capitulo", args=[capitulo.pk]), datos).status_code == 302
    assert Capitulo.objects.get(pk=capitulo.pk).titulo == "Presentación nueva"
    otra_vez = navegador.post(reverse("memoria_capitulo", args=[capitulo.pk]), datos | {"titulo": "Encima"})
    assert "Otra persona guardó este capítulo" in otra_vez.content.decode()
    assert Capitulo.objects.get(pk=capitulo.pk).titulo == "Presentación nueva"
    cambios = navegador.get(reverse("memoria_capitulo_cambios", args=[capitulo.pk])).content.decode()
    assert "<ins>Presentación nueva</ins>" in cambios and "348 teclados" in cambios


def test_una_dependencia_ve_lo_suyo_en_su_bandeja_y_lo_entrega(como, redactora, memoria, boletines):
    obras = fabricas.area("Obras")
    persona = fabricas.persona("titular", en=obras, nombre="obras")
    aportacion = pedir_aportaciones(memoria, redactora, [obras], PLAZO)[0]
    navegador = como(persona)
    assert f"{memoria}: Obras" in navegador.get("/admin/bandeja/").content.decode()
    direccion = reverse("memoria_aportacion", args=[aportacion.pk])
    mal = navegador.post(direccion, {"linea": "Bacheo", "texto": "Se tapó.", "pruebas": "noexiste0000", "entregar": "1"})
    assert mal.status_code == 422 and "No encontramos noexiste0000" in mal.content.decode()
    datos = {"linea": "Bacheo", "meta": "", "texto": "Se tapó.", "pruebas": boletines[0].clave, "entregar": "1"}
    assert navegador.post(direccion, datos).status_code == 302
    aportacion.refresh_from_db()
    assert (aportacion.estado, aportacion.entrega) == ("entregada", persona)
    assert navegador.get(reverse("memoria_ver", args=[memoria.pk])).status_code == 200
    assert navegador.post(reverse("memoria_corte_de", args=[memoria.pk])).status_code == 404
    como(redactora).post(reverse("memoria_aportacion_mover", args=[aportacion.pk, "devolver"]), {"motivo": "Falta la meta"})
    assert "Falta la meta" in como(persona).get(direccion).content.decode()
    assert AportacionDeArea.objects.get(pk=aportacion.pk).estado == "con_observaciones"


def test_publicar_es_un_trabajo_y_el_borrador_se_puede_ver_antes(como, titular, redactora, memoria):
    pdf = como(redactora).get(reverse("memoria_borrador", args=[memoria.pk, "pdf"]))
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    dar_paso(memoria, redactora, "enviar_a_revision")
    navegador = como(titular)
    navegador.post(reverse("memoria_paso", args=[memoria.pk, "autorizar"]))
    respuesta = navegador.post(reverse("memoria_paso", args=[memoria.pk, "publicar"]))
    trabajo = Trabajo.objects.get(objeto=f"memoria:{memoria.pk}")
    assert respuesta.url == trabajo.get_absolute_url()
    drenar()
    assert Memoria.objects.get(pk=memoria.pk).estado == "publicada"
    edicion = EdicionPublicada.objects.get(memoria=memoria)
    assert edicion.item.get_absolute_url() in navegador.get(reverse("memoria_ver", args=[memoria.pk])).content.decode()


def test_auditoria_lee_la_evidencia_y_no_cambia_nada(como, memoria):
    auditora = como(fabricas.persona("auditoria", nombre="oic"))
    pagina = auditora.get(reverse("memoria_evidencia", args=[memoria.pk])).content.decode()
    assert memoria.corte.hash in pagina and f"/admin/memoria/cortes/{memoria.corte_id}/cifras/BOL/" in pagina
    assert (
        auditora.post(
            reverse("memoria_ajuste", args=[memoria.pk]), {"clave": "BOL", "valor": "9", "justificacion": "x" * 30}
        ).status_code
        == 404
    )
    respuesta = auditora.post(reverse("memoria_paso", args=[memoria.pk, "enviar_a_revision"]), follow=True)
    assert "le toca a redacción" in respuesta.content.decode()
    assert Memoria.objects.get(pk=memoria.pk).estado == "en_edicion"


def test_desde_la_anterior_todo_queda_sin_revisar(como, redactora, memoria, escribir):
    escribir(parrafo("Van {{cifra:BOL}}."), ("cita", {"texto": "Una frase de entonces.", "quien": "", "cargo": ""}))
    como(redactora).post(reverse("memoria_duplicar", args=[memoria.pk]), {"periodo": "2027"})
    nueva = Memoria.objects.get(periodo="2027")
    primero = nueva.capitulos.get(orden=1)
    assert (nueva.viene_de, nueva.corte, [b.block_type for b in primero.cuerpo], primero.sin_revisar) == (
        memoria,
        None,
        ["parrafo"],
        1,
    )
