"""Describir juntas muchas fotografías, ordenarlas y contarlas (E7)."""

import pytest

from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo.models import Adjunto
from archivo.catalogo.puerta import (
    CambioRechazado,
    CambiosDeFotos,
    FotosCambiadas,
    RecuentoDeFotos,
    describir_varias,
    elementos_cambiados,
    fijar_acceso,
    huella_de_foto,
    mover_fotos,
    ordenar_fotos,
    recuentos_de_fotos,
)
from archivo.objetos.puerta import ObjetoDigital
from tests import fabricas

pytestmark = pytest.mark.django_db


def objeto(n, mime="image/jpeg"):
    return ObjetoDigital.objects.create(sha256=f"{n:064x}", bytes=1, mime=mime)


@pytest.fixture
def album():
    """Un álbum publicado de dieciocho fotografías internas; las dos primeras traen dicho su pie y su crédito."""
    return con_fotos(fabricas.elemento("audiovisual", estado="publicado", ficha={"clase": "album_fotografico"}), 18)


def con_fotos(item, cuantas):
    objetos = ObjetoDigital.objects.bulk_create(
        ObjetoDigital(sha256=f"{n:064x}", bytes=1, mime="image/jpeg") for n in range(cuantas)
    )
    toma = {"titulo": "Vacunación", "credito": "CCS / L. Soto"}
    Adjunto.objects.bulk_create(
        Adjunto(
            item=item, objeto=o, rol="fotografia", nombre=f"{n}.jpg", orden=n, acceso="interno", acceso_efectivo="interno",
            datos={"toma": toma} if n < 2 else {},
        )
        for n, o in enumerate(objetos)
    )  # fmt: skip
    return item


def ids(item, desde=0, hasta=None):
    return list(item.adjuntos.values_list("pk", flat=True)[desde:hasta])


def recuento(item):
    return recuentos_de_fotos([item.pk])[item.pk]


@pytest.fixture
def titular():
    return fabricas.persona("titular")


@pytest.fixture
def fotografa():
    return fabricas.persona("fotografia_video")


def test_e7_tomadas_seleccionadas_y_publicadas_se_cuentan_aparte(album, fotografa, titular):
    assert recuento(album) == RecuentoDeFotos(18, 0, 0)
    describir_varias(album, ids(album, 0, 9), CambiosDeFotos(seleccionada=True), fotografa)
    describir_varias(album, ids(album, 0, 2), CambiosDeFotos(menores=True), fotografa)
    describir_varias(album, ids(album, 0, 6), CambiosDeFotos(acceso=""), titular)
    assert recuento(album) == RecuentoDeFotos(18, 9, 4)
    otorgado = CambiosDeFotos(consentimiento="otorgado")
    with pytest.raises(CambioRechazado, match="adjunte el documento"):
        describir_varias(album, ids(album, 0, 2), otorgado, fotografa)
    con_documento = CambiosDeFotos(consentimiento="otorgado", documento=objeto(99, "application/pdf"))
    assert describir_varias(album, ids(album, 0, 2), con_documento, fotografa) == 2
    assert recuento(album) == RecuentoDeFotos(18, 9, 6)


def test_un_album_que_no_es_publico_no_tiene_publicadas_y_lo_que_no_es_foto_no_cuenta(album, titular):
    describir_varias(album, ids(album), CambiosDeFotos(acceso=""), titular)
    Adjunto.objects.create(item=album, objeto=objeto(500, "application/pdf"), rol="anexo", nombre="lista.pdf")
    assert recuento(album) == RecuentoDeFotos(18, 0, 18)
    fijar_acceso(album, "interno", titular)
    assert recuento(album) == RecuentoDeFotos(18, 0, 0)
    assert recuentos_de_fotos([]) == {}


def test_lo_propio_de_una_foto_no_se_pisa_si_no_se_pide(album, fotografa):
    primera, *_ = ids(album)
    Adjunto.objects.filter(pk=primera).update(pie="Brigada en la plaza")
    comun = CambiosDeFotos(textos={"pie": "Jornada de salud"})
    assert describir_varias(album, ids(album), comun, fotografa) == 17
    assert Adjunto.objects.get(pk=primera).pie == "Brigada en la plaza"
    assert describir_varias(album, ids(album), CambiosDeFotos(textos={"pie": "Jornada de salud"}, sustituir=True), fotografa) == 1
    assert not album.adjuntos.exclude(pie="Jornada de salud").exists()


def test_lo_que_trae_la_foto_se_copia_solo_donde_se_pide_y_lo_escrito_gana(album, fotografa):
    assert describir_varias(album, ids(album), CambiosDeFotos(de_la_toma=["pie", "credito"]), fotografa) == 2
    assert list(album.adjuntos.exclude(pie="").values_list("pie", "credito")) == [("Vacunación", "CCS / L. Soto")] * 2
    escrito = CambiosDeFotos(textos={"pie": "Otro"}, de_la_toma=["pie"], sustituir=True)
    describir_varias(album, ids(album, 0, 1), escrito, fotografa)
    assert album.adjuntos.first().pie == "Otro"


def test_queda_un_suceso_por_foto_un_aviso_y_las_consultas_no_crecen(album, fotografa, django_assert_max_num_queries):
    avisos = []
    elementos_cambiados.connect(receptor := lambda **k: avisos.append((k["ids"], k["revoca"])), weak=False)
    try:
        with django_assert_max_num_queries(40) as pocas:
            describir_varias(album, ids(album, 0, 2), CambiosDeFotos(seleccionada=True), fotografa)
        with django_assert_max_num_queries(40) as muchas:
            describir_varias(album, ids(album), CambiosDeFotos(textos={"credito": "CCS"}), fotografa)
    finally:
        elementos_cambiados.disconnect(receptor)
    assert avisos == [([album.pk], False)] * 2
    assert len(muchas) <= len(pocas)
    sucesos = sucesos_de(f"item:{album.clave}").filter(clase="item.adjunto_descrito")
    assert sucesos.count() == 20
    assert sucesos.last().detalle["credito"] == ["", "CCS"]


def test_si_otra_persona_cambio_una_no_se_toca_ninguna(album, fotografa, titular):
    vistas = {a.pk: huella_de_foto(a) for a in album.adjuntos.all()[:3]}
    describir_varias(album, [list(vistas)[1]], CambiosDeFotos(textos={"pie": "De la titular"}), titular)
    mia = CambiosDeFotos(textos={"pie": "De la fotógrafa"}, sustituir=True, vistas=vistas)
    with pytest.raises(FotosCambiadas, match=r"«1\.jpg»") as choque:
        describir_varias(album, vistas, mia, fotografa)
    assert choque.value.nombres == ["1.jpg"]
    assert list(album.adjuntos.exclude(pie="").values_list("pie", flat=True)) == ["De la titular"]
    assert sucesos_de(f"item:{album.clave}").filter(resultado="rechazado").count() == 1


def test_cerrar_una_foto_revoca(album, titular):
    avisos = []
    describir_varias(album, ids(album, 0, 1), CambiosDeFotos(acceso=""), titular)
    elementos_cambiados.connect(receptor := lambda **k: avisos.append(k["revoca"]), weak=False)
    describir_varias(album, ids(album, 0, 1), CambiosDeFotos(consentimiento="pendiente"), titular)
    elementos_cambiados.disconnect(receptor)
    assert avisos == [True]


def test_quien_fotografia_no_fija_el_acceso_y_lo_reservado_se_abre_con_motivo(album, fotografa, titular):
    with pytest.raises(CambioRechazado, match="corresponde a"):
        describir_varias(album, ids(album), CambiosDeFotos(acceso=""), fotografa)
    describir_varias(album, ids(album, 0, 1), CambiosDeFotos(acceso="reservado"), titular)
    with pytest.raises(CambioRechazado, match="motivo"):
        describir_varias(album, ids(album, 0, 1), CambiosDeFotos(acceso="interno"), titular)
    redactora = fabricas.persona("redaccion")
    with pytest.raises(CambioRechazado, match="desclasificarlo"):
        describir_varias(album, ids(album, 0, 1), CambiosDeFotos(acceso="interno", motivo="Ya"), redactora)
    assert describir_varias(album, ids(album, 0, 1), CambiosDeFotos(acceso="interno", motivo="Oficio 4/2026"), titular) == 1


def test_mientras_el_album_es_interno_quien_fotografia_aparta_las_que_saldran_con_el(album, fotografa, titular):
    fijar_acceso(album, "interno", titular)
    assert describir_varias(album, ids(album, 0, 3), CambiosDeFotos(acceso=""), fotografa) == 3
    fijar_acceso(album, "publico", titular)
    assert recuento(album) == RecuentoDeFotos(18, 0, 3)


def test_sin_marcadas_o_con_una_ajena_no_se_hace_nada(album, fotografa):
    otro = con_otra_foto()
    with pytest.raises(CambioRechazado, match="ninguna"):
        describir_varias(album, [], CambiosDeFotos(seleccionada=True), fotografa)
    with pytest.raises(CambioRechazado, match="ya no está"):
        describir_varias(album, [*ids(album, 0, 1), otro], CambiosDeFotos(seleccionada=True), fotografa)
    assert not Adjunto.objects.filter(seleccionada=True).exists()


def con_otra_foto():
    return Adjunto.objects.create(item=fabricas.publico(), objeto=objeto(700), rol="fotografia", nombre="ajena.jpg").pk


def test_mover_las_marcadas_conserva_su_orden(album, fotografa):
    antes = ids(album)
    assert mover_fotos(album, [antes[5], antes[3]], 1, fotografa) == 6
    assert ids(album, 0, 6) == [antes[3], antes[5], antes[0], antes[1], antes[2], antes[4]]
    mover_fotos(album, [antes[3]], 999, fotografa)
    assert ids(album)[-1] == antes[3]
    assert mover_fotos(album, [antes[3]], 999, fotografa) == 0
    assert sucesos_de(f"item:{album.clave}").filter(clase="item.adjuntos_ordenados").count() == 2
    with pytest.raises(CambioRechazado, match="Marque"):
        mover_fotos(album, [con_otra_foto()], 1, fotografa)


def test_ordenar_por_nombre_y_por_la_hora_de_la_camara(album, fotografa):
    nombres = lambda: list(album.adjuntos.values_list("nombre", flat=True))  # noqa: E731
    mover_fotos(album, ids(album, 10, 11), 2, fotografa)
    assert nombres()[:3] == ["0.jpg", "10.jpg", "1.jpg"]
    ordenar_fotos(album, "nombre", fotografa)
    assert nombres()[1:4] == ["1.jpg", "2.jpg", "3.jpg"]
    Adjunto.objects.filter(nombre="7.jpg").update(datos={"toma": {"fecha": "2026-11-20T09:00:00"}})
    Adjunto.objects.filter(nombre="4.jpg").update(datos={"toma": {"fecha": "2026-11-20T10:00:00"}})
    ordenar_fotos(album, "toma", fotografa)
    assert nombres()[:3] == ["7.jpg", "4.jpg", "0.jpg"]
    with pytest.raises(CambioRechazado, match="por nombre"):
        ordenar_fotos(album, "tamaño", fotografa)
