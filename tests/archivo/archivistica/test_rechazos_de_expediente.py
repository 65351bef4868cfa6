"""Lo que una persona pidió y no procedió queda en la bitácora, aunque el cambio se haya deshecho."""

from datetime import date

import pytest
from django.urls import reverse

from archivo.archivistica.expedientes.apertura import corregir_expediente
from archivo.archivistica.expedientes.cierre import cerrar_expediente, reabrir_expediente
from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.expedientes.foliacion import foliar
from archivo.archivistica.expedientes.integracion import Documento, abrir_legajo, integrar, ordenar, reclasificar
from archivo.auditoria.puerta import Resultado, Suceso
from tests import fabricas
from tests.archivo.archivistica import mundo

DE_LA_PERSONA = Suceso.objects.filter(resultado=Resultado.RECHAZADO).order_by("id")


def rechazo(accion):
    """La clase, el objeto y la razón del único suceso que deja una acción rechazada."""
    antes = set(DE_LA_PERSONA.all().values_list("pk", flat=True))
    with pytest.raises(ExpedienteRechazado) as razon:
        accion()
    [suceso] = DE_LA_PERSONA.exclude(pk__in=antes)
    assert suceso.detalle["razon"] == str(razon.value)
    return suceso


@pytest.mark.usefixtures("cada_base")
def test_cada_accion_rechazada_deja_un_suceso_y_ningun_cambio():
    ajena, exp, otro = fabricas.persona("archivo_tramite", en=fabricas.area("Obras")), mundo.expediente(), mundo.expediente()
    foliada = mundo.integrados(exp, 1)[0]
    propia = fabricas.persona("archivo_tramite", en=exp.area)
    nuevo = Documento(mundo.con_archivo(dia=date(2026, 2, 1)))
    casos = (
        ("integrado", lambda: integrar(exp, [nuevo], ajena)),
        ("legajo_abierto", lambda: abrir_legajo(exp, ajena)),
        ("reordenado", lambda: ordenar(exp, [], propia)),
        ("foliado", lambda: foliar(foliada, Documento(foliada.item), propia)),
        ("corregido", lambda: corregir_expediente(exp, {"titulo": "Varios"}, propia)),
        ("cerrado", lambda: cerrar_expediente(otro, fabricas.persona("archivo_tramite", en=otro.area))),
        ("reabierto", lambda: reabrir_expediente(exp, propia, "porque sí")),
    )
    for clase, accion in casos:
        suceso = rechazo(accion)
        assert suceso.clase == f"expediente.{clase}"
        assert suceso.objeto in {f"expediente:{exp.clave}", f"expediente:{otro.clave}"}
        assert suceso.actor in {ajena, propia} or clase == "cerrado"
    exp.refresh_from_db()
    assert (exp.total_documentos, exp.estado) == (1, "abierto")
    assert DE_LA_PERSONA.get(clase="expediente.reabierto").motivo == "porque sí"


@pytest.mark.django_db
def test_reclasificar_rechazado_a_medio_camino_deja_un_solo_suceso():
    exp, destino = mundo.expediente(), mundo.expediente()
    fila = mundo.integrados(exp, 1)[0]
    mundo.integrados(destino, 1)
    cerrar_expediente(destino, None)
    suceso = rechazo(
        lambda: reclasificar(fila, Documento(fila.item), destino, "Acuerdo 9", fabricas.persona("archivo_tramite", en=exp.area))
    )
    assert (suceso.clase, suceso.motivo) == ("expediente.reclasificado", "Acuerdo 9")
    fila.refresh_from_db()
    assert fila.retirada_en is None


@pytest.mark.django_db
def test_abrir_rechazado_dice_el_titulo_y_lo_del_sistema_no_se_anota():
    persona = fabricas.persona("archivo_tramite")
    suceso = rechazo(lambda: mundo.expediente(actor=persona, titulo="Varios"))
    assert (suceso.clase, suceso.objeto, suceso.detalle["titulo"]) == ("expediente.abierto", "expediente:", "Varios")
    with pytest.raises(ExpedienteRechazado):
        mundo.expediente(titulo="Varios")
    assert DE_LA_PERSONA.count() == 1


@pytest.mark.django_db
def test_la_historia_lo_muestra_solo_a_quien_lleva_el_expediente(client):
    exp = mundo.expediente()
    mundo.integrados(exp, 1)
    propia = fabricas.persona("archivo_tramite", en=exp.area)
    rechazo(lambda: ordenar(exp, [], propia))
    historia = reverse("oficina_expediente_historia", args=[exp.clave])
    for persona, lo_ve in ((propia, True), (fabricas.persona("redaccion", en=exp.area), False)):
        client.force_login(persona)
        pagina = client.get(historia).content.decode()
        assert "Se integraron documentos" in pagina
        assert ("(rechazado)" in pagina) is lo_ve
