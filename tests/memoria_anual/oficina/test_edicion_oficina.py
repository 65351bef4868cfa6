"""La edición de la memoria por sus pantallas: quién entra, qué se guarda y qué se dice cuando no procede."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import Item
from archivo.tareas.puerta import Trabajo, drenar
from memoria_anual.edicion.puerta import (
    AportacionDeArea,
    Capitulo,
    EdicionPublicada,
    Memoria,
    dar_paso,
    pedir_aportaciones,
)
from memoria_anual.indicadores.puerta import justificar, programar
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


def test_que_cambio_dice_tambien_lo_que_un_bloque_escoge(como, redactora, memoria, escribir):
    escribir(("cifras", {"claves": ["BOL", "COB"]}), ("cita", {"texto": "Informar.", "quien": "Ana", "cargo": ""}))
    capitulo = escribir(("cifras", {"claves": ["BOL", "ENT"]}), ("cita", {"texto": "Informar.", "quien": "Eva", "cargo": ""}))
    cambios = como(redactora).get(reverse("memoria_capitulo_cambios", args=[capitulo.pk])).content.decode()
    assert "<del>[Indicadores: BOL · COB]</del>" in cambios and "<ins>[Indicadores: BOL · ENT]</ins>" in cambios
    assert "<ins>[Cita: Informar. · Eva]</ins>" in cambios


def test_la_memoria_del_anio_trae_lo_que_se_justifico_de_cada_trimestre(como, redactora, memoria, escribir):
    programar("BOL", (2026, 1), Decimal(9), redactora)
    programar("BOL", (2026, 2), Decimal(9), redactora)
    justificar("BOL", (2026, 1), "Hubo veda.", redactora)
    capitulo = escribir(("metas", {"titulo": "Metas"}))
    previa = como(redactora).get(reverse("memoria_capitulo_previa", args=[capitulo.pk])).content.decode()
    assert "Trimestre 1: Hubo veda." in previa and ">18<" in previa


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
    leida = como(redactora).get(direccion).content.decode()
    assert f'<a href="/elemento/{boletines[0].clave}/">{boletines[0].titulo}</a>' in leida
    navegador = como(persona)
    assert navegador.get(reverse("memoria_ver", args=[memoria.pk])).status_code == 200
    assert navegador.post(reverse("memoria_corte_de", args=[memoria.pk])).status_code == 404
    como(redactora).post(reverse("memoria_aportacion_mover", args=[aportacion.pk, "devolver"]), {"motivo": "Falta la meta"})
    assert "Falta la meta" in como(persona).get(direccion).content.decode()
    assert AportacionDeArea.objects.get(pk=aportacion.pk).estado == "con_observaciones"


def test_de_las_pruebas_de_una_aportacion_se_nombran_las_que_quien_lee_puede_ver(como, redactora, memoria, boletines):
    aportacion = pedir_aportaciones(memoria, redactora, [fabricas.area("Obras")], PLAZO)[0]
    aportacion.pruebas.set(boletines[:2])
    AportacionDeArea.objects.update(estado="entregada", linea="Bacheo")
    Item.objects.filter(pk=boletines[0].pk).update(acceso_efectivo="confidencial", titulo="Canario")
    leida = como(redactora).get(reverse("memoria_aportacion", args=[aportacion.pk])).content.decode()
    assert boletines[1].titulo in leida and "Canario" not in leida
    assert "Cita 2; los demás no le toca verlos." in leida


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


def lugares(memoria):
    return {c.titulo: c.orden for c in memoria.capitulos.all()}


def test_los_capitulos_se_agregan_se_cambian_de_lugar_y_se_quitan(como, redactora, memoria, escribir):
    navegador = como(redactora)
    navegador.post(reverse("memoria_capitulo_agregar", args=[memoria.pk]), {"titulo": "Premios"})
    assert lugares(memoria)["Premios"] == 18
    capitulo = memoria.capitulos.get(titulo="Premios")
    lugar = reverse("memoria_capitulo_lugar", args=[capitulo.pk])
    navegador.post(lugar, {"accion": "subir"})
    assert (lugares(memoria)["Premios"], lugares(memoria)["Anexos"]) == (17, 18)
    navegador.post(reverse("memoria_capitulo_lugar", args=[memoria.capitulos.get(orden=1).pk]), {"accion": "subir"})
    assert sorted(lugares(memoria).values()) == list(range(1, 19))
    escribir(parrafo("Nada que decir."), n=9)
    navegador.post(reverse("memoria_capitulo_lugar", args=[memoria.capitulos.get(orden=9).pk]), {"accion": "quitar"})
    assert "Campañas" not in lugares(memoria) and sorted(lugares(memoria).values()) == list(range(1, 18))
    quitado = Suceso.objects.get(clase="memoria.capitulo_quitado", resultado="hecho")
    assert quitado.detalle["decia"][-1] == "Nada que decir."


def test_no_se_agrega_sin_titulo_ni_se_queda_sin_capitulos(como, redactora, memoria):
    navegador = como(redactora)
    vacio = navegador.post(reverse("memoria_capitulo_agregar", args=[memoria.pk]), {"titulo": " "}, follow=True)
    assert "Escriba el título" in vacio.content.decode()
    memoria.capitulos.exclude(orden=1).delete()
    unico = reverse("memoria_capitulo_lugar", args=[memoria.capitulos.get().pk])
    assert "al menos un capítulo" in navegador.post(unico, {"accion": "quitar"}, follow=True).content.decode()


def test_auditoria_comenta_en_la_vista_previa_y_quien_edita_lo_atiende(como, redactora, memoria):
    capitulo = memoria.capitulos.get(orden=1)
    previa = reverse("memoria_capitulo_previa", args=[capitulo.pk])
    auditora = como(fabricas.persona("auditoria", nombre="oic"))
    respuesta = auditora.post(reverse("memoria_comentar", args=[capitulo.pk]), {"texto": "Falta la fuente."}, follow=True)
    assert respuesta.redirect_chain[-1][0] == previa and "Falta la fuente." in respuesta.content.decode()
    comentario = capitulo.comentarios.get()
    assert auditora.post(reverse("memoria_atender", args=[comentario.pk])).status_code == 404
    como(redactora).post(reverse("memoria_atender", args=[comentario.pk]))
    assert "Atendido" in como(redactora).get(previa).content.decode()


def test_se_compara_con_la_version_que_se_elija(como, redactora, escribir):
    for dicho in ("Uno.", "Dos.", "Tres."):
        capitulo = escribir(parrafo(dicho))
    direccion = reverse("memoria_capitulo_cambios", args=[capitulo.pk])
    ultima = como(redactora).get(direccion)
    assert "<del>Dos.</del>" in ultima.content.decode()
    primera = ultima.context["previas"][-1]
    assert "<del>Uno.</del>" in como(redactora).get(direccion, {"con": primera.pk}).content.decode()
    assert "<del>Dos.</del>" in como(redactora).get(direccion, {"con": "x"}).content.decode()


def test_a_quien_integra_se_le_recuerda_lo_que_no_llega(como, redactora, memoria):
    aportacion = pedir_aportaciones(memoria, redactora, [fabricas.area("Obras")], PLAZO)[0]
    bandeja = como(redactora).get("/admin/bandeja/").content.decode()
    assert "No han entregado" not in bandeja
    aportacion.vence = timezone.localdate() - timedelta(days=1)
    aportacion.save()
    bandeja = como(redactora).get("/admin/bandeja/").content.decode()
    assert "No han entregado: Obras." in bandeja


def test_un_capitulo_en_blanco_se_avisa_antes_de_enviarla_y_queda_anotado(como, redactora, memoria, escribir):
    escribir(parrafo("Algo que leer."), n=2)
    escribir(("subtitulo", "Nada más"), parrafo(" "), n=3)
    navegador = como(redactora)
    pagina = navegador.get(reverse("memoria_ver", args=[memoria.pk]))
    vacios = [c.orden for c in pagina.context["repaso"].vacios]
    assert vacios[:2] == [1, 3] and "Estos capítulos saldrían en blanco" in pagina.content.decode()
    navegador.post(reverse("memoria_paso", args=[memoria.pk, "enviar_a_revision"]))
    assert Suceso.objects.get(clase="memoria.enviar_a_revision").detalle["vacios"] == vacios


def test_del_borrador_se_descargan_los_seis_archivos(como, redactora, memoria):
    navegador = como(redactora)
    pagina = navegador.get(reverse("memoria_ver", args=[memoria.pk])).content.decode()
    nombres = []
    for formato in ("pdf", "docx", "xlsx", "csv", "relacion.csv", "resumen.pdf"):
        direccion = reverse("memoria_borrador", args=[memoria.pk, formato])
        assert f'href="{direccion}"' in pagina
        nombres.append(navegador.get(direccion)["Content-Disposition"].split('"')[1])
    assert nombres == [
        f"memoria-2026{fin}" for fin in (".pdf", ".docx", "-cifras.xlsx", "-cifras.csv", "-relacion.csv", "-resumen.pdf")
    ]
