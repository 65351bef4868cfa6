"""Deshacer e importar sobre lo que otros cuidan: expedientes cerrados, quién retira y quién escribió el texto."""

from contextlib import suppress
from datetime import date

import pytest
from django.core.management import call_command

from archivo.archivistica.puerta import Documento, cerrar_expediente, integrar, por_verificar, verificar_expedientes
from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import Item, TransicionRechazada, transitar
from archivo.ingesta.importacion.deshacer import deshacer
from archivo.ingesta.puerta import FilaImportada, Importacion
from tests import fabricas
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.django_db


@pytest.fixture
def importar(tmp_path):
    def correr(*filas, como=None, publicar=False, encabezado="id;Título;Fecha;Texto;Dependencia", tipo="boletin"):
        ruta = tmp_path / "filas.csv"
        ruta.write_text("\n".join([encabezado, *filas]), encoding="utf-8")
        mas = ["--como", como.username] if como else []
        try:
            call_command(
                "importar",
                str(ruta),
                "--json",
                "--tipo",
                tipo,
                *mas,
                *(["--publicar", "--acceso", "publico"] if publicar else []),
            )
        except SystemExit as fin:
            raise AssertionError(Importacion.objects.latest("pk").recuento) from fin
        return Importacion.objects.latest("pk")

    return correr


def test_deshacer_no_toca_lo_de_un_expediente_cerrado_ni_se_detiene_por_ello(importar):
    importar("a:1;Uno;2026-02-01;Antes;", "a:2;Dos;2026-02-02;Antes;", "a:3;Tres;2026-02-03;Antes;", publicar=True)
    segunda = importar(
        "a:1;Uno;2026-02-01;Después;", "a:2;Dos;2026-02-09;Después;", "a:3;Tres;2026-02-03;Después;", publicar=True
    )
    cerrado = mundo.expediente(fabricas.area("Obras"), soporte="digital")
    integrar(cerrado, [Documento(Item.objects.get(id_externo="a:2"))], None)
    cerrar_expediente(cerrado, None, date(2026, 3, 1))
    cuentas = deshacer(segunda.pk, None, "equivocada")
    assert (cuentas["restaurada"], cuentas["conservada"]) == (2, 1)
    queda = FilaImportada.objects.get(importacion=segunda, suerte="conservada")
    assert queda.item.id_externo == "a:2" and "expediente cerrado" in queda.motivo
    assert {i.id_externo: i.paginas.get().texto for i in Item.objects.all()} == {"a:1": "Antes", "a:2": "Después", "a:3": "Antes"}
    assert not verificar_expedientes(por_verificar(cerrado.clave)).fallas


def test_lo_que_se_retira_al_deshacer_lo_retira_quien_puede_y_queda_a_su_nombre(importar):
    hecha = importar("a:1;Uno;2026-02-01;Texto;", publicar=True)
    sin_facultad, titular = fabricas.persona("monitoreo"), fabricas.persona("titular")
    assert deshacer(hecha.pk, sin_facultad)["conservada"] == 1
    assert Item.objects.get().estado == "publicado"
    FilaImportada.objects.update(suerte=FilaImportada.Suerte.VIGENTE, version=Item.objects.get().version)
    assert deshacer(hecha.pk, titular)["retirada"] == 1
    assert Suceso.objects.get(clase="item.retirar", resultado="hecho").actor_id == titular.pk


def test_quien_reescribe_el_texto_importando_no_lo_autoriza(importar):
    area = fabricas.area("Obras")
    autora, titular = fabricas.persona("redaccion", en=area), fabricas.persona("titular")
    importar("a:1;Uno;2026-02-01;Lo que escribió la autora;Obras", como=autora)
    importar("a:1;Uno;2026-02-01;Lo que escribió el titular;Obras", como=titular)
    item = transitar(Item.objects.get(), "enviar_a_revision", autora)
    assert item.paginas.get().texto == "Lo que escribió el titular"
    with pytest.raises(TransicionRechazada, match="no puede autorizarlo"):
        transitar(Item.objects.get(), "autorizar", titular)


@pytest.mark.parametrize(
    ("rol", "queda"), [("archivo_concentracion", "publico"), ("archivo_historico", "publico"), ("redaccion", "reservado")]
)
def test_importar_no_clasifica_por_quien_no_fija_el_acceso(importar, rol, queda):
    importar("a:1;Uno;2026-02-01;Texto;", publicar=True, tipo="documento")
    con_acceso = "id;Título;Fecha;Texto;Dependencia;Acceso"
    with suppress(AssertionError):
        importar("a:1;Otro;2026-02-01;Texto;;reservado", como=fabricas.persona(rol), encabezado=con_acceso, tipo="documento")
    assert Item.objects.get().acceso == queda
    assert Importacion.objects.latest("pk").recuento["rechazadas"] == (queda == "publico")
