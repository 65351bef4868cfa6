"""Versiones, comparación, recuperación, edición simultánea y vista previa."""

import json
from io import BytesIO

import pytest

from archivo.catalogo.models.derechos import ConDerechos
from archivo.catalogo.puerta import AdjuntoNuevo, Cuerpo, Edicion, Item, adjuntar, guardar, tipo_de
from archivo.objetos.puerta import guardar as guardar_objeto
from archivo.oficina.direcciones import direccion
from archivo.oficina.formularios.campos import CuerpoWidget
from archivo.oficina.versiones import DESCRIPTIVOS
from tests.archivo.oficina.conftest import datos_de

pytestmark = pytest.mark.django_db
Boletin = tipo_de("boletin").modelo


def editor(html):
    """Lo que mandaría el editor con ese texto."""
    return CuerpoWidget().format_value(html)


@pytest.fixture
def corregir(entrar, redactora):
    """Abre la captura de un boletín y la manda con cambios."""

    def enviar(item, usuario=None, datos=None, **cambios):
        cliente = entrar(usuario or redactora)
        edicion = direccion(Boletin, "edit", item.pk)
        if datos is None:
            pagina = cliente.get(edicion)
            datos = datos_de(pagina.context["form"], pagina.context["anexos"])
        return cliente.post(edicion, datos | cambios)

    return enviar


def test_la_comparacion_incluye_ficha_temas_y_cuerpo(corregir, boletin, entrar, redactora):
    cambios = {
        "titulo": "Arranca la jornada",
        "temas_escritos": "Salud",
        "ficha-balazos": "Uno\nDos",
        "cuerpo": editor("<p>Hay muchas vacunas.</p>"),
    }
    assert corregir(boletin, **cambios, fecha_escrita="2026-01").status_code == 302
    historia = entrar(redactora).get(direccion(Boletin, "history", boletin.pk))
    versiones = historia.context["versiones"]
    assert len(versiones) == 2 and versiones[0].vigente
    comparacion = entrar(redactora).get(direccion(Boletin, "revisions_compare", boletin.pk, "earliest", "latest"))
    cambios = {d.field_label: (d.antes, d.despues) for d in comparacion.context["comparison"]}
    assert cambios["Título"] == ("Arranca jornada de salud", "Arranca la jornada")
    assert cambios["Balazos"] == ("", "Uno\nDos")
    assert cambios["Temas"] == ("", "Salud")
    assert cambios["Texto"] == ("Hay vacunas.", "Hay muchas vacunas.")
    assert cambios["Fecha"] == ("", "2026-01")
    assert set(cambios) == {"Título", "Balazos", "Temas", "Texto", "Fecha"}
    assert "Se corrigió la descripción" in historia.content.decode()


def test_guardar_sin_tocar_el_texto_no_lo_cambia(corregir, boletin):
    Cuerpo.objects.filter(item_id=boletin.pk).update(html="<p>Con <strong>fuerza</strong><br>y salto</p><ul><li>a</li></ul>")
    assert corregir(boletin, titulo="Otro").status_code == 302
    assert Cuerpo.objects.get(item_id=boletin.pk).html == "<p>Con <strong>fuerza</strong><br>y salto</p><ul><li>a</li></ul>"


def test_guardar_sin_cambios_no_escribe_nada(corregir, boletin):
    version = boletin.version
    assert corregir(boletin).status_code == 302
    boletin.refresh_from_db()
    assert (boletin.version, boletin.revisions.count()) == (version, 0)


def test_guardar_da_por_revisado_lo_que_se_propuso(corregir, boletin):
    Item.objects.filter(pk=boletin.pk).update(pendientes=["titulo", "fecha_por_verificar", "numero_repetido", "fecha"])
    corregir(boletin, fecha_escrita="1987")
    boletin.refresh_from_db()
    assert boletin.pendientes == ["numero_repetido"]


def test_el_cuerpo_largo_se_edita_como_html_y_no_va_a_las_versiones(corregir, boletin, entrar, redactora):
    largo = "<p>" + "palabra " * 3000 + "</p>"
    guardar(boletin, Edicion(actor=redactora, cuerpo_html=largo))
    pagina = entrar(redactora).get(direccion(Boletin, "edit", boletin.pk))
    assert pagina.context["form"].texto.modo == "llano_html"
    assert corregir(boletin, titulo="Otro").status_code == 302
    boletin.refresh_from_db()
    assert boletin.latest_revision.content["_cuerpo"] is None
    assert len(json.dumps(boletin.latest_revision.content)) < 20_000


def test_el_texto_llano_importado_vuelve_igual(corregir, areas, serie, redactora):
    llano = "Primera línea\n\n  con sangría\nÚltima"
    item = guardar(Boletin(titulo="Importado", area=areas["CCS"]), Edicion(actor=redactora, texto=llano))
    huella = item.huella_texto
    assert corregir(item, titulo="Corregido").status_code == 302
    item.refresh_from_db()
    assert item.huella_texto == huella and item.paginas.get().texto == llano


def test_dos_personas_a_la_vez(corregir, boletin, entrar, redactora, titular):
    cliente = entrar(redactora)
    pagina = cliente.get(direccion(Boletin, "edit", boletin.pk))
    de_ella = datos_de(pagina.context["form"], pagina.context["anexos"])
    assert corregir(boletin, titular, titulo="El de la titular", resumen="Suyo").status_code == 302
    choque = corregir(boletin, redactora, de_ella, titulo="El de la redactora")
    assert choque.status_code == 200
    texto = choque.content.decode()
    assert "Otra persona guardó este documento" in texto and "El de la titular" in texto and "El de la redactora" in texto
    boletin.refresh_from_db()
    assert boletin.titulo == "El de la titular"
    datos = datos_de(choque.context["form"], choque.context["anexos"])
    assert corregir(boletin, redactora, datos).status_code == 302
    boletin.refresh_from_db()
    assert boletin.titulo == "El de la redactora"
    titulos = [r.content["titulo"] for r in boletin.revisions.order_by("id")]
    assert titulos == ["Arranca jornada de salud", "El de la titular", "El de la redactora"]


def test_recuperar_una_version_no_mueve_el_estado(corregir, boletin, entrar, redactora):
    corregir(boletin, titulo="Segundo", cuerpo=editor("<p>Segundo texto.</p>"))
    Item.objects.filter(pk=boletin.pk).update(estado="en_revision")
    cliente = entrar(redactora)
    primera = boletin.revisions.order_by("id").first()
    vuelta = direccion(Boletin, "revisions_revert", boletin.pk, primera.pk)
    pagina = cliente.get(vuelta)
    assert pagina.status_code == 200
    assert cliente.post(vuelta, datos_de(pagina.context["form"], pagina.context["anexos"])).status_code == 302
    boletin.refresh_from_db()
    assert (boletin.titulo, boletin.estado) == ("Arranca jornada de salud", "en_revision")
    assert Cuerpo.objects.get(item_id=boletin.pk).html == "<p>Hay vacunas.</p>"


def test_lo_apartado_por_otra_persona_no_se_guarda(corregir, boletin, entrar, titular):
    entrar(titular).post(direccion(Boletin, "lock", boletin.pk))
    assert corregir(boletin, titulo="Intento").status_code == 200
    boletin.refresh_from_db()
    assert (boletin.titulo, boletin.locked) == ("Arranca jornada de salud", True)


def test_la_vista_previa_muestra_lo_que_no_se_ha_guardado(boletin, entrar, redactora):
    cliente = entrar(redactora)
    for previa, captura in (
        (direccion(Boletin, "preview_on_edit", boletin.pk), direccion(Boletin, "edit", boletin.pk)),
        (direccion(Boletin, "preview_on_add"), direccion(Boletin, "add")),
    ):
        pagina = cliente.get(captura)
        datos = datos_de(pagina.context["form"], titulo="Todavía no", cuerpo=editor("<p>Texto por guardar.</p>"))
        assert cliente.post(previa, datos).json() == {"is_valid": True, "is_available": True}
        vista = cliente.get(previa)
        assert vista.status_code == 200
        assert "frame-ancestors 'self'" in vista["Content-Security-Policy"] and vista["X-Frame-Options"] == "SAMEORIGIN"
        assert "Todavía no" in vista.content.decode() and "Texto por guardar." in vista.content.decode()
    boletin.refresh_from_db()
    assert boletin.titulo == "Arranca jornada de salud"


def test_lo_hostil_se_guarda_limpio_o_se_rechaza(corregir, boletin):
    assert corregir(boletin, cuerpo="{no es json").status_code == 200
    for raro in ("[]", "1", '{"blocks": 3}', '{"blocks": [{"type": "atomic"}], "entityMap": {}}'):
        assert corregir(boletin, cuerpo=raro).status_code in {200, 302}
    malo = editor("<p>hola</p>").replace("hola", "<script>alert(1)</script>")
    respuesta = corregir(boletin, titulo='"><script>alert(1)</script>', cuerpo=malo, **{"ficha-balazos": "x" * 5000})
    assert respuesta.status_code == 200 and "<script>alert(1)" not in respuesta.content.decode()
    assert "Acorte este balazo" in respuesta.content.decode()
    assert corregir(boletin, titulo='"><script>alert(1)</script>', cuerpo=malo).status_code == 302
    assert "<script>" not in Cuerpo.objects.get(item_id=boletin.pk).html


def test_los_errores_dicen_que_escribir(corregir, boletin):
    respuesta = corregir(boletin, fecha_escrita="ayer", titulo="")
    errores = respuesta.context["form"].errors
    assert "No entendemos la fecha «ayer»" in errores["fecha_escrita"][0] and "titulo" in errores
    respuesta = corregir(boletin, fecha_escrita="2099-01-01")
    assert "posterior a hoy" in respuesta.context["form"].errors["fecha_escrita"][0]
    respuesta = corregir(boletin, **{"relacion-0-clase": "alcance_de", "relacion-0-destino": "999/1999"})
    assert "No encontramos" in respuesta.content.decode()


def test_lo_que_se_recupera_es_todo_lo_descriptivo():
    """Los derechos no vuelven atrás con la descripción: un consentimiento no se da ni se quita recuperando una versión."""
    de_derechos = {f.name for f in ConDerechos._meta.get_fields()}
    propias = {f.name for f in Item._meta.fields if f.editable} - {"id", "locked", "locked_at", "locked_by", "latest_revision"}
    propias -= de_derechos
    assert propias <= set(DESCRIPTIVOS) | {"ficha"}, propias - set(DESCRIPTIVOS)


def test_se_describen_las_fotografias(corregir, boletin, redactora):
    objeto = guardar_objeto(BytesIO(b"una foto"), mime="image/jpeg")
    adjunto = adjuntar(boletin, AdjuntoNuevo(objeto=objeto, nombre="foto.jpg", rol="fotografia"), redactora)
    boletin.refresh_from_db()
    campos = {f"adjunto-{adjunto.pk}-pie": "La jornada", f"adjunto-{adjunto.pk}-alternativa": "Una fila de gente"}
    assert corregir(boletin, **campos).status_code == 302
    adjunto.refresh_from_db()
    assert (adjunto.pie, adjunto.alternativa) == ("La jornada", "Una fila de gente")
