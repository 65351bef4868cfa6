"""Abrir, integrar, cerrar y reabrir expedientes."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from archivo.archivistica.expedientes.apertura import abrir_expediente, corregir_expediente
from archivo.archivistica.expedientes.cierre import cerrar_expediente, reabrir_expediente, requisitos_de_cierre
from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.expedientes.integracion import Documento, abrir_legajo, fojas_de, integrar, ordenar, reclasificar
from archivo.archivistica.models import Expediente, Integracion, ReglaDeExpedientes, vence
from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo.puerta import Edicion, Item, guardar, tipo_de
from tests import fabricas
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("titulo", ["Varios", " DIVERSOS. ", "Generalidades", "Miscelanea", "Corto"])
def test_un_titulo_generico_o_muy_breve_no_se_admite(titulo):
    with pytest.raises(ExpedienteRechazado) as razon:
        mundo.expediente(titulo=titulo)
    assert "asunto" in str(razon.value) or "caracteres" in str(razon.value)
    assert not Expediente.objects.exists()


def test_el_codigo_sigue_la_plantilla_y_el_consecutivo_corre_por_serie_area_y_anio():
    area = fabricas.area("Comunicación")
    codigos = [mundo.expediente(area).codigo for _ in range(2)]
    codigos.append(mundo.expediente(area, fecha_apertura=date(2025, 3, 1)).codigo)
    codigos.append(mundo.expediente(area, serie=mundo.serie("9C.10.1")).codigo)
    assert codigos == ["AE/9C/9C.7/1/2026", "AE/9C/9C.7/2/2026", "AE/9C/9C.7/1/2025", "AE/9C/9C.10.1/1/2026"]


def test_dos_areas_de_la_misma_serie_no_repiten_codigo():
    codigos = {mundo.expediente(fabricas.area(n)).codigo for n in ("Comunicación", "Monitoreo", "Comunicación")}
    assert len(codigos) == 3


def test_una_clave_ya_dada_se_cambia_por_otra():
    primero = mundo.expediente()
    assert mundo.expediente(clave=primero.clave).clave != primero.clave


def test_la_plantilla_es_un_dato_con_fecha():
    mundo.cuadro()
    ReglaDeExpedientes.objects.create(
        nombre="SRE", vigente_desde=date(2026, 2, 1), plantilla_codigo="{fondo}.{seccion}.{serie}.{subserie}/{anio}/{consecutivo}"
    )
    antes = mundo.expediente(fecha_apertura=date(2026, 1, 31))
    despues = mundo.expediente(serie=mundo.serie("9C.10.1"), fecha_apertura=date(2026, 2, 1))
    assert (antes.codigo, despues.codigo) == ("AE/9C/9C.7/1/2026", "AE.9C.9C.10.9C.10.1/2026/1")


def test_una_serie_inactiva_o_con_subseries_no_admite_expedientes():
    serie = mundo.serie()
    serie.activa = False
    serie.save()
    for clase in (serie, mundo.serie("9C.10")):
        with pytest.raises(ExpedienteRechazado, match="no admite expedientes"):
            mundo.expediente(serie=clase)


def test_abre_el_archivo_de_tramite_de_su_area_y_nadie_mas():
    propia, ajena = fabricas.area("Comunicación"), fabricas.area("Obras")
    archivista = fabricas.persona("archivo_tramite", en=propia)
    assert mundo.expediente(propia, actor=archivista).codigo
    for persona, area in (
        (archivista, ajena),
        (fabricas.persona("titular"), propia),
        (fabricas.persona("administracion"), propia),
    ):
        with pytest.raises(ExpedienteRechazado, match="archivo de trámite"):
            mundo.expediente(area, actor=persona)


@pytest.mark.parametrize(
    ("paginas", "caras", "fojas"), [(1, "anverso", 1), (5, "anverso", 5), (5, "ambos", 3), (4, "ambos", 2), (0, "ambos", 1)]
)
def test_cada_pagina_es_una_foja_y_por_ambas_caras_cada_dos(paginas, caras, fojas):
    assert fojas_de(paginas, caras) == fojas


def test_se_integran_en_orden_cronologico_y_las_fojas_siguen():
    exp = mundo.expediente()
    tarde, temprano = mundo.con_archivo(3, dia=date(2026, 3, 1)), mundo.con_archivo(4, dia=date(2026, 2, 1))
    integrar(exp, [Documento(tarde), Documento(temprano, caras="ambos")], None)
    filas = list(exp.integraciones.en_orden().values_list("item_id", "foja_inicial", "foja_final"))
    assert filas == [(temprano.pk, 1, 2), (tarde.pk, 3, 5)]
    exp.refresh_from_db()
    assert (exp.total_fojas, exp.total_documentos) == (5, 2)


def test_en_uno_hibrido_solo_lo_que_esta_en_papel_lleva_fojas():
    exp = mundo.expediente(soporte="hibrido")
    digital, papel, a_mano = (
        mundo.con_archivo(2, soporte=s, dia=date(2026, 2, n)) for n, s in enumerate(("digital", "papel", "digital"), 1)
    )
    integrar(exp, [Documento(digital), Documento(papel), Documento(a_mano, fojas=4)], None)
    assert list(exp.integraciones.en_orden().values_list("foja_inicial", "foja_final")) == [(None, None), (1, 2), (3, 6)]


@pytest.mark.parametrize(("desde", "hasta", "dice"), [(100, 120, "traslapan"), (113, 120, "faltarían"), (111, 105, "al revés")])
def test_un_rango_que_no_sigue_a_la_ultima_foja_se_rechaza(desde, hasta, dice):
    exp = mundo.expediente()
    integrar(exp, [Documento(mundo.con_archivo(), foja_inicial=1, foja_final=110)], None)
    with pytest.raises(ExpedienteRechazado, match=dice):
        integrar(exp, [Documento(mundo.con_archivo(), foja_inicial=desde, foja_final=hasta)], None)
    assert exp.integraciones.count() == 1


def test_un_documento_esta_en_un_solo_expediente():
    uno, otro = mundo.expediente(), mundo.expediente()
    item = mundo.con_archivo()
    integrar(uno, [Documento(item)], None)
    for destino, dice in ((uno, "ya está en este"), (otro, "acuerdo de reclasificación")):
        with pytest.raises(ExpedienteRechazado, match=dice):
            integrar(destino, [Documento(item)], None)


def test_no_se_integra_lo_que_no_se_puede_ver():
    propia = fabricas.area("Comunicación")
    archivista = fabricas.persona("archivo_tramite", en=propia)
    exp = mundo.expediente(propia, actor=archivista)
    ajeno = mundo.con_archivo(area=fabricas.area("Obras"), acceso="reservado")
    with pytest.raises(ExpedienteRechazado, match="No encontramos"):
        integrar(exp, [Documento(ajeno)], archivista)


def test_reclasificar_pide_acuerdo_y_deja_constancia_en_los_dos():
    uno, otro = mundo.expediente(), mundo.expediente()
    primera, segunda, _ = mundo.integrados(uno)
    with pytest.raises(ExpedienteRechazado, match="acuerdo"):
        reclasificar(segunda, Documento(segunda.item), otro, " ", None)
    nueva = reclasificar(segunda, Documento(segunda.item), otro, "Acuerdo 3/2026", None)
    segunda.refresh_from_db()
    assert (nueva.expediente, nueva.viene_de, nueva.foja_inicial) == (otro, segunda, 1)
    assert segunda.acuerdo == "Acuerdo 3/2026"
    assert (segunda.foja_inicial, segunda.foja_final) == (2, 2)
    [siguiente] = integrar(uno, [Documento(mundo.con_archivo())], None)
    assert siguiente.foja_inicial == 4
    assert [s.clase for s in sucesos_de(f"expediente:{uno.clave}")][-2:] == ["expediente.reclasificado", "expediente.integrado"]
    assert primera.item_id in set(uno.integraciones.vigentes().values_list("item_id", flat=True))


def test_el_orden_cambia_y_las_fojas_no():
    exp = mundo.expediente()
    filas = mundo.integrados(exp)
    ordenar(exp, [filas[2].pk, filas[0].pk, filas[1].pk], None)
    assert list(exp.integraciones.en_orden().values_list("foja_inicial", flat=True)) == [3, 1, 2]
    ordenar(exp, None, None)
    assert list(exp.integraciones.en_orden().values_list("foja_inicial", flat=True)) == [1, 2, 3]
    with pytest.raises(ExpedienteRechazado, match="todos los documentos"):
        ordenar(exp, [filas[0].pk], None)


def faltas(exp, **opciones):
    return {r.nombre: r.falta for r in requisitos_de_cierre(exp, **opciones) if not r.cumple}


def test_la_lista_de_cierre_dice_cada_cosa_que_falta():
    exp = mundo.expediente(asunto="", edificio="", anaquel="", caja="")
    assert set(faltas(exp)) == {"Al menos un documento", "Carátula completa"}
    assert "el asunto, la ubicación del papel" in faltas(exp)["Carátula completa"]
    integrar(exp, [Documento(fabricas.boletin(dia=date(2026, 5, 1)), fojas=0)], None)
    dichas = faltas(exp, fecha_cierre=date(2026, 4, 1))
    assert "sin fojas" in dichas["Todos foliados"]
    assert "borrador" in dichas["Ninguno sin terminar"]
    assert "posterior a la fecha de cierre" in dichas["Fechas en orden"]
    with pytest.raises(ExpedienteRechazado):
        cerrar_expediente(exp, None)


def test_lo_fechado_antes_de_la_apertura_se_avisa_y_no_impide_cerrar():
    exp = mundo.expediente()
    mundo.integrados(exp, 1)
    aviso = {r.nombre: r.aviso for r in requisitos_de_cierre(exp)}
    assert not any(aviso.values())
    previo = mundo.con_archivo(dia=date(2025, 12, 30))
    integrar(exp, [Documento(previo)], None)
    fechas = next(r for r in requisitos_de_cierre(exp) if r.nombre == "Fechas en orden")
    assert fechas.cumple
    assert "05/01/2026" in fechas.aviso
    assert f"{previo.clave} (30/12/2025)." in fechas.aviso
    assert cerrar_expediente(exp, None, date(2026, 6, 30)).documentos == 2


def test_cerrar_guarda_la_valoracion_y_ya_no_entra_nada():
    exp = mundo.expediente()
    mundo.integrados(exp)
    indice = cerrar_expediente(exp, None, date(2026, 6, 30))
    exp.refresh_from_db()
    assert (exp.estado, exp.fecha_cierre, indice.version, indice.documentos) == ("cerrado", date(2026, 6, 30), 1, 3)
    assert (exp.valoracion["plazo_total"], exp.valoracion["destino_final"]) == (7.0, "historico")
    with pytest.raises(ExpedienteRechazado, match="no admite documentos"):
        integrar(exp, [Documento(mundo.con_archivo())], None)
    with pytest.raises(ExpedienteRechazado, match="no admite documentos"):
        abrir_legajo(exp, None)
    with pytest.raises(ExpedienteRechazado, match="Ya no se corrige"):
        corregir_expediente(exp, {"titulo": "Otro título más largo"}, None)
    assert corregir_expediente(exp, {"caja": "9"}, None).caja == "9"


def test_reabrir_pide_motivo_y_cerrar_otra_vez_hace_la_version_dos():
    exp = mundo.expediente()
    mundo.integrados(exp)
    primera = cerrar_expediente(exp, None)
    with pytest.raises(ExpedienteRechazado, match="motivo"):
        reabrir_expediente(exp, None, "  ")
    reabrir_expediente(exp, None, "Faltó un oficio")
    integrar(exp, [Documento(mundo.con_archivo())], None)
    segunda = cerrar_expediente(exp, None)
    assert (segunda.version, segunda.anterior, segunda.documentos) == (2, primera.huella, 4)
    assert sucesos_de(f"expediente:{exp.clave}").get(clase="expediente.reabierto").motivo == "Faltó un oficio"


def test_lo_congelado_de_un_documento_no_cambia_mientras_este_cerrado():
    exp = mundo.expediente()
    item = fabricas.publico(texto="El texto que se cerró.", dia=date(2026, 2, 1))
    integrar(exp, [Documento(item)], None)
    cerrar_expediente(exp, None)
    vivo = tipo_de(item.tipo).modelo.objects.get(pk=item.pk)
    vivo.resumen = "Se puede describir mejor"
    guardar(vivo, Edicion(actor=None, motivo="descripción"))
    with pytest.raises(ExpedienteRechazado, match="quedaron en el índice"):
        guardar(vivo, Edicion(actor=None, texto="Otro texto.", motivo="no debe"))
    assert Item.objects.get(pk=item.pk).paginas.get().texto == "El texto que se cerró."
    reabrir_expediente(exp, None, "Corregir")
    guardar(tipo_de(item.tipo).modelo.objects.get(pk=item.pk), Edicion(actor=None, texto="Otro texto.", motivo="ya"))


def test_la_base_impide_cambiar_fojas_borrar_e_integrar_a_lo_cerrado():
    exp = mundo.expediente()
    filas = mundo.integrados(exp)
    suelta = Integracion(expediente=exp, legajo=exp.legajos.get(), item=mundo.con_archivo(), orden=9, tipo_documental="x")
    suelta.foja_inicial = suelta.foja_final = 9

    def rechaza(accion):
        with pytest.raises(DatabaseError), transaction.atomic():
            accion()

    rechaza(suelta.save)
    rechaza(lambda: Integracion.objects.filter(pk=filas[0].pk).update(foja_final=2))
    rechaza(lambda: Integracion.objects.filter(pk=filas[0].pk).delete())
    rechaza(lambda: Expediente.objects.filter(pk=exp.pk).update(codigo="OTRO"))
    cerrar_expediente(exp, None)
    suelta.foja_inicial = suelta.foja_final = 4
    rechaza(suelta.save)
    rechaza(lambda: Integracion.objects.filter(pk=filas[0].pk).update(orden=7))


@pytest.mark.parametrize(
    ("cierre", "anios", "desde", "vencimiento"),
    [
        (date(2023, 6, 30), 2, "cierre", date(2025, 6, 30)),
        (date(2023, 6, 30), 7, "cierre", date(2030, 6, 30)),
        (date(2023, 6, 30), 2, "1_enero_siguiente", date(2026, 1, 1)),
        (date(2023, 6, 30), 7, "1_enero_siguiente", date(2031, 1, 1)),
        (date(2024, 2, 29), 1, "cierre", date(2025, 2, 28)),
        (date(2024, 8, 31), 0.5, "cierre", date(2025, 2, 28)),
        (date(2024, 12, 31), 1, "cierre", date(2025, 12, 31)),
    ],
)
def test_el_vencimiento_cuenta_anios_y_medios_anios(cierre, anios, desde, vencimiento):
    assert vence(cierre, anios, desde) == vencimiento


def test_no_se_abre_con_fecha_futura():
    with pytest.raises(ExpedienteRechazado, match="futura"):
        mundo.expediente(fecha_apertura=timezone.localdate() + timedelta(days=1))


def test_abrir_exige_una_regla_vigente():
    mundo.cuadro()
    ReglaDeExpedientes.objects.update(vigente_desde=date(2030, 1, 1))
    with pytest.raises(ExpedienteRechazado, match="Ninguna regla"):
        abrir_expediente(
            Expediente(serie=mundo.serie(), area=fabricas.area("C"), titulo="x" * 20, fecha_apertura=date(2026, 1, 1)), None
        )
