"""E1, E2 y E3 del dominio por la cara HTTP de la oficina."""

from datetime import UTC, datetime

import pytest
import time_machine

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import Edicion, Item, Relacion, guardar, publicar_programados, tipo_de
from archivo.identidad.puerta import ANONIMO
from archivo.oficina.direcciones import direccion
from tests.archivo.oficina.conftest import datos_de

pytestmark = pytest.mark.django_db
Boletin = tipo_de("boletin").modelo
NOVIEMBRE_23 = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""Las 18:00 del 23 en la Ciudad de México."""


@pytest.fixture
def hasta_122(serie, areas):
    """El último número dado en 2026 es el 122."""
    return Boletin.objects.create(
        titulo="El anterior", serie=serie, anio_numero=2026, numero=122, folio="No. 122/2026", numero_asignado=True, estado="publicado", acceso="publico",
        acceso_efectivo="publico", area=areas["CCS"],
    )  # fmt: skip


@pytest.fixture
def escribir(entrar, redactora, serie):
    """La redactora escribe un boletín por el formulario."""

    def capturar(**cambios):
        cliente = entrar(redactora)
        alta = direccion(Boletin, "add")
        pagina = cliente.get(alta)
        datos = datos_de(pagina.context["form"], pagina.context["anexos"])
        datos |= {"fecha_escrita": "2026-11-23", "serie": serie.pk, "acceso": "publico"} | cambios
        respuesta = cliente.post(alta, datos)
        assert respuesta.status_code == 302, (
            respuesta.context["form"].errors,
            respuesta.context["anexos"].relaciones.renglones.errors,
        )
        return Boletin.objects.order_by("-pk").first()

    return capturar


@pytest.fixture
def dar_paso(entrar):
    """Alguien oprime un botón del ciclo; devuelve el elemento y lo que se le dijo."""

    def dar(usuario, item, accion, motivo=""):
        cliente = entrar(usuario)
        respuesta = cliente.post(direccion(Boletin, "paso", item.pk, accion), {"motivo": motivo}, follow=True)
        item.refresh_from_db()
        return " ".join(str(m) for m in respuesta.context["messages"])

    return dar


def _visible_para_cualquiera(item):
    return Item.objects.visibles_para(ANONIMO).filter(pk=item.pk).exists()


def test_e1_la_redactora_publica_un_boletin_con_embargo(escribir, dar_paso, redactora, titular, hasta_122):
    with time_machine.travel(NOVIEMBRE_23, tick=False) as reloj:
        item = escribir(
            titulo="Arranca jornada de salud",
            embargo_hasta="2026-11-24T07:00",
            **{"ficha-balazos": "Habrá vacunas\nEntrada libre"},
        )
        assert item.estado == "borrador" and item.ficha["balazos"] == ["Habrá vacunas", "Entrada libre"]
        assert "revisión" in dar_paso(redactora, item, "enviar_a_revision")
        assert "corresponde a Titular" in dar_paso(redactora, item, "autorizar")
        assert item.estado == "en_revision" and item.folio == ""
        frase = dar_paso(titular, item, "autorizar")
        assert "No. 123/2026" in frase and "24/11/2026 a las 07:00" in frase
        assert (item.estado, item.folio) == ("programado", "No. 123/2026")
        assert not _visible_para_cualquiera(item)
        assert publicar_programados() == 0
        reloj.move_to(datetime(2026, 11, 24, 13, 0, 1, tzinfo=UTC))
        assert _visible_para_cualquiera(item)
        assert publicar_programados() == 1
        item.refresh_from_db()
        assert item.estado == "publicado"
    clases = list(Suceso.objects.filter(objeto=f"item:{item.clave}", resultado="hecho").values_list("clase", flat=True))
    esperadas = ["item.creado", "item.enviar_a_revision", "item.autorizar", "item.programar", "item.publicar"]
    assert [c for c in clases if c in esperadas] == esperadas
    assert Suceso.objects.filter(objeto=f"item:{item.clave}", resultado="rechazado", clase="item.autorizar").count() == 1


def test_e2_el_numero_cancelado_se_queda(escribir, dar_paso, redactora, titular, hasta_122, entrar):
    with time_machine.travel(NOVIEMBRE_23, tick=False):
        folios = []
        for titulo in ("El 123", "El 124", "El 125"):
            item = escribir(titulo=titulo)
            dar_paso(redactora, item, "enviar_a_revision")
            dar_paso(titular, item, "autorizar")
            if titulo == "El 124":
                assert "Escriba el motivo" in dar_paso(titular, item, "cancelar")
                assert "no se reutiliza" in dar_paso(titular, item, "cancelar", "Se duplicó")
            folios.append(item.folio)
        assert folios == ["No. 123/2026", "No. 124/2026", "No. 125/2026"]
        dar_paso(titular, item, "publicar")
        assert item.estado == "publicado"
        assert "no admite" in dar_paso(titular, item, "cancelar", "Ya no")
    lista = entrar(titular).get(direccion(Boletin, "list")).content.decode()
    assert "No. 124/2026 CANCELADO" in lista


def test_e3_la_fe_de_erratas_se_liga_y_no_toca_el_texto(escribir, dar_paso, redactora, titular, hasta_122, entrar):
    with time_machine.travel(NOVIEMBRE_23, tick=False):
        item = escribir(titulo="Arranca jornada de salud", cuerpo="")
        dar_paso(redactora, item, "enviar_a_revision")
        dar_paso(titular, item, "autorizar")
        dar_paso(titular, item, "publicar")
        cliente = entrar(redactora)
        pagina = cliente.get(direccion(Boletin, "edit", item.pk))
        enlace = pagina.context["fe_de_erratas_url"]
        assert enlace.endswith(f"corrige={item.clave}")
        alta = cliente.get(enlace)
        assert "Fe de erratas: No. 123/2026" in alta.content.decode()
        datos = datos_de(alta.context["form"], alta.context["anexos"], fecha_escrita="2026-11-23")
        datos |= {"correcciones-0-donde": "Párrafo 1", "correcciones-0-dice": "100", "correcciones-0-debe": "1,000"}
        assert cliente.post(enlace, datos).status_code == 302
    relacion = Relacion.objects.get()
    assert (relacion.destino_id, relacion.clase) == (item.pk, "fe_de_erratas_de")
    assert relacion.correcciones == [{"donde": "Párrafo 1", "dice": "100", "debe": "1,000"}]
    pagina = cliente.get(direccion(Boletin, "edit", item.pk))
    assert "Hablan de este documento" in pagina.content.decode()


def test_no_se_autoriza_lo_que_cambio_despues_de_leerlo(escribir, dar_paso, redactora, titular, entrar):
    with time_machine.travel(NOVIEMBRE_23, tick=False):
        item = escribir(titulo="Arranca jornada de salud")
        dar_paso(redactora, item, "enviar_a_revision")
        leida = item.version
        assert f'name="version" value="{leida}"' in entrar(titular).get(direccion(Boletin, "edit", item.pk)).content.decode()
        item.titulo = "Otro"
        guardar(item, Edicion(actor=redactora))
        paso = direccion(Boletin, "paso", item.pk, "autorizar")
        for version, estado in ((leida, "en_revision"), (item.version, "autorizado")):
            entrar(titular).post(paso, {"version": version})
            item.refresh_from_db()
            assert item.estado == estado


def test_el_embargo_se_cambia_aunque_este_autorizado_y_el_titulo_no(escribir, dar_paso, redactora, titular, hasta_122, entrar):
    with time_machine.travel(NOVIEMBRE_23, tick=False):
        item = escribir(titulo="Arranca jornada de salud", embargo_hasta="2026-11-24T07:00")
        dar_paso(redactora, item, "enviar_a_revision")
        dar_paso(titular, item, "autorizar")
        cliente = entrar(titular)
        edicion = direccion(Boletin, "edit", item.pk)
        pagina = cliente.get(edicion)
        datos = datos_de(pagina.context["form"], pagina.context["anexos"])
        cliente.post(edicion, datos | {"titulo": "Otro", "embargo_hasta": "2026-11-25T09:30"})
        item.refresh_from_db()
    assert item.titulo == "Arranca jornada de salud"
    assert item.embargo_hasta == datetime(2026, 11, 25, 15, 30, tzinfo=UTC)
