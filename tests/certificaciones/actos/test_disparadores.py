"""Lo expedido no cambia, ni por los modelos ni por SQL, en SQLite y en PostgreSQL; los folios no dejan huecos."""

import pytest
from django.db import DatabaseError, connection, transaction

from archivo.auditoria.puerta import HistoriaInmutable
from certificaciones.actos.models import (
    ActoInmutable,
    Certificacion,
    Cotejo,
    DocumentoCertificado,
    Entrega,
    LibroInmutable,
    MarcaDeCotejo,
)
from tests.certificaciones.actos.fabricas import borrador, expedida, expedir_a_mano, libro

pytestmark = pytest.mark.usefixtures("cada_base")


def _sql_rechazado(orden: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(orden)
    except DatabaseError:
        return True
    return False


def test_una_expedida_no_cambia_por_los_modelos():
    emitida = Certificacion.objects.get(pk=expedida(libro()).pk)
    emitida.texto = "otro texto"
    with pytest.raises(ActoInmutable, match="cancélela o sustitúyala"):
        emitida.save()
    with pytest.raises(ActoInmutable):
        emitida.delete()
    with pytest.raises(ActoInmutable):
        Certificacion.objects.filter(pk=emitida.pk).update(texto="otro")
    with pytest.raises(ActoInmutable):
        Certificacion.objects.all().delete()


@pytest.mark.parametrize("columna", ["texto", "folio", "sha256", "estado", "codigo"])
def test_una_expedida_no_cambia_por_sql(columna):
    emitida = expedida(libro())
    assert _sql_rechazado(f"UPDATE actos_certificacion SET {columna} = 'x' WHERE id = {emitida.pk}")
    assert _sql_rechazado(f"DELETE FROM actos_certificacion WHERE id = {emitida.pk}")
    assert Certificacion.objects.get(pk=emitida.pk).folio == "CC/00001/2026"


def test_las_partes_de_una_expedida_no_cambian_por_los_modelos():
    documento = DocumentoCertificado.objects.get(certificacion=expedida(libro()))
    documento.titulo = "otro"
    with pytest.raises(ActoInmutable):
        documento.save()
    with pytest.raises(ActoInmutable):
        documento.delete()
    with pytest.raises(ActoInmutable):
        DocumentoCertificado.objects.update(titulo="otro")


def test_las_partes_de_una_expedida_no_cambian_por_sql():
    acto = borrador()
    documento = acto.documentos.get()
    cotejo = Cotejo.objects.create(certificacion=acto, cotejador_nombre="Noé", huella="0" * 64, fojas=1)
    MarcaDeCotejo.objects.create(cotejo=cotejo, documento=documento, foja=1)
    expedir_a_mano(acto, libro(), 1)
    for tabla, columna in (("documentocertificado", "titulo"), ("cotejo", "motivo"), ("marcadecotejo", "motivo")):
        assert _sql_rechazado(f"UPDATE actos_{tabla} SET {columna} = 'x'"), tabla
        assert _sql_rechazado(f"DELETE FROM actos_{tabla}"), tabla
    assert _sql_rechazado(
        "INSERT INTO actos_marcadecotejo (cotejo_id, documento_id, foja, conforme, motivo, momento) "
        f"VALUES ({cotejo.pk}, {documento.pk}, 2, {'true' if connection.vendor == 'postgresql' else 1}, '', '2026-11-22 10:00:00')"
    )


def test_un_borrador_si_se_corrige():
    acto = borrador()
    acto.finalidad = "los efectos legales a que haya lugar"
    acto.save()
    acto.documentos.update(titulo="Otro título")
    assert acto.documentos.get().titulo == "Otro título"
    assert Certificacion.objects.filter(pk=acto.pk).update(motivo="") == 1


def test_los_folios_de_un_libro_van_seguidos():
    del_anio = libro()
    expedida(del_anio, 1)
    with pytest.raises(DatabaseError, match="el que sigue"), transaction.atomic():
        expedida(del_anio, 3)
    with pytest.raises(DatabaseError), transaction.atomic():
        expedida(del_anio, 1)
    assert expedida(del_anio, 2).folio == "CC/00002/2026"


def test_un_libro_cerrado_no_da_folios_ni_cambia():
    cerrado = libro()
    expedida(cerrado, 1)
    cerrado.cerrado_en = cerrado.abierto_en
    cerrado.save()
    with pytest.raises(DatabaseError, match="cerrado"), transaction.atomic():
        expedida(cerrado, 2)
    assert _sql_rechazado(f"UPDATE actos_librocertificacion SET cerrado_en = NULL WHERE id = {cerrado.pk}")
    with pytest.raises(LibroInmutable):
        cerrado.delete()
    assert _sql_rechazado(f"DELETE FROM actos_librocertificacion WHERE id = {cerrado.pk}")


def test_un_libro_abierto_conserva_prefijo_y_anio():
    abierto = libro()
    assert _sql_rechazado(f"UPDATE actos_librocertificacion SET prefijo = 'XX' WHERE id = {abierto.pk}")
    assert _sql_rechazado(f"UPDATE actos_librocertificacion SET anio = 2027 WHERE id = {abierto.pk}")


def test_lo_posterior_solo_se_agrega_y_da_el_estado():
    emitida = expedida(libro())
    assert (emitida.estado_actual, emitida.clase_de_estado.se_consulta) == ("expedida", "vigente")
    entrega = Entrega.objects.create(certificacion=emitida, recibe="Ana", identificacion="INE")
    assert Certificacion.objects.con_situacion().get(pk=emitida.pk).estado_actual == "entregada"
    assert Certificacion.objects.get(pk=emitida.pk).estado_actual == "entregada"
    with pytest.raises(HistoriaInmutable):
        entrega.save()
    assert _sql_rechazado("UPDATE actos_entrega SET recibe = 'otra'")
    assert _sql_rechazado("DELETE FROM actos_entrega")


def _copiada(columnas: dict[str, str], de: int) -> str:
    """Un INSERT que copia esa fila cambiando algunas columnas."""
    todas = [c.column for c in Certificacion._meta.concrete_fields]
    valores = ", ".join(columnas.get(c, c) for c in todas)
    return f"INTO actos_certificacion ({', '.join(todas)}) SELECT {valores} FROM actos_certificacion WHERE id = {de}"


@pytest.mark.parametrize("conflicto", ["id", "clave", "codigo", "folio"])
def test_una_expedida_no_se_reemplaza_con_otra_fila(conflicto):
    emitida, otra = expedida(libro()), borrador()
    robado = {conflicto: f"(SELECT {conflicto} FROM actos_certificacion WHERE id = {emitida.pk})"}
    orden = "INSERT OR REPLACE " if connection.vendor == "sqlite" else "INSERT "
    assert _sql_rechazado(orden + _copiada({"id": "987654", "clave": "'zzzzzzzzzzzz'"} | robado, otra.pk))
    if connection.vendor == "sqlite":
        valor = robado[conflicto]
        assert _sql_rechazado(f"UPDATE OR REPLACE actos_certificacion SET {conflicto} = {valor} WHERE id = {otra.pk}")
    assert Certificacion.objects.get(pk=emitida.pk).folio == "CC/00001/2026"
    assert Certificacion.objects.filter(estado="expedida").count() == 1
