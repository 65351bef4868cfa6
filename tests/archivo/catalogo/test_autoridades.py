from datetime import date

import pytest

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import (
    Autoridad,
    CambioRechazado,
    Edicion,
    Mencion,
    Organismo,
    Persona,
    RelacionDeAutoridad,
    autoridades,
    guardar,
)
from archivo.catalogo.servicios.difusion import EN_EL_MOMENTO
from archivo.indexacion.models import CambioIndice
from archivo.tareas.puerta import Trabajo
from tests.fabricas import elemento, persona

pytestmark = pytest.mark.django_db
Cambio = autoridades.Cambio


@pytest.fixture
def actora():
    return persona("redaccion")


def _persona(nombre, **campos):
    return Persona.objects.create(nombre=nombre, **campos)


def _organismo(nombre, **campos):
    return Organismo.objects.create(nombre=nombre, **campos)


def _mencionar(item, autoridad, papel="persona"):
    return Mencion.objects.create(item=item, autoridad=autoridad, papel=papel)


def _cambio(actora, **mas):
    return Cambio(actora, **mas)


def test_proponer_halla_la_misma_sin_acentos_ni_mayusculas(actora):
    hallada = _persona("Ángela Núñez")
    assert autoridades.proponer("persona", "  ANGELA   NUNEZ ", actora).pk == hallada.pk
    assert Autoridad.objects.count() == 1


def test_proponer_halla_por_una_variante(actora):
    imss = _organismo("Instituto Mexicano del Seguro Social")
    imss.nombres.create(nombre="IMSS", clase="sigla")
    assert autoridades.proponer("organismo", "imss", actora).pk == imss.pk


def test_lo_desconocido_se_propone_por_verificar_y_queda_anotado(actora):
    nueva = autoridades.proponer("lugar", "Iztacalco", actora)
    assert (nueva.clase, nueva.por_verificar) == ("lugar", True)
    assert Suceso.objects.filter(clase="autoridad.propuesta", objeto=f"autoridad:{nueva.clave}").count() == 1


def test_dos_homonimas_distinguidas_no_se_confunden(actora):
    _persona("Juan Pérez", distincion="1915-1980")
    joven = _persona("Juan Pérez", distincion="1960-")
    assert autoridades.halladas("persona", "Juan Pérez (1960-)") == [Autoridad.objects.get(pk=joven.pk)]
    ambigua = autoridades.proponer("persona", "Juan Pérez", actora)
    assert ambigua.por_verificar
    assert Autoridad.objects.count() == 3


def test_un_lote_de_nombres_cuesta_pocas_consultas(actora, django_assert_max_num_queries):
    _persona("Ana Ruiz")
    nombres = [f"Persona Número {n}" for n in range(50)] + ["ana ruiz"]
    with django_assert_max_num_queries(70):
        hechas = autoridades.proponer_varias("persona", nombres, actora)
    assert len({a.pk for a in hechas.values()}) == 51


@pytest.mark.parametrize("nombre", ["", "  ", "…", "x" * 301])
def test_un_nombre_que_no_sirve_lo_dice(nombre, actora):
    with pytest.raises(CambioRechazado, match="no sirve como nombre"):
        autoridades.proponer("persona", nombre, actora)


def test_renombrar_conserva_el_nombre_anterior_con_sus_fechas(actora):
    sep = _organismo("Secretaría de Programación", desde="1976")
    autoridades.renombrar(sep, "Secretaría de Hacienda", "1992-02-21", _cambio(actora))
    sep = Autoridad.objects.prefetch_related("nombres").get(pk=sep.pk)
    assert autoridades.nombre_en(sep, date(1985, 1, 1)) == "Secretaría de Programación"
    assert autoridades.nombre_en(sep, date(1992, 2, 21)) == "Secretaría de Hacienda"
    assert autoridades.nombre_en(sep, None) == "Secretaría de Hacienda"
    assert [(n.nombre, n.clase) for n in sep.nombres.all()] == [
        ("Secretaría de Programación", "anterior"),
        ("Secretaría de Hacienda", "autorizado"),
    ]


def test_renombrar_dos_veces_encadena_las_fechas(actora):
    cuerpo = _organismo("Uno")
    autoridades.renombrar(cuerpo, "Dos", "1990", _cambio(actora))
    autoridades.renombrar(cuerpo, "Tres", "2000", _cambio(actora))
    nombres = [autoridades.nombre_en(cuerpo, date(anio, 6, 1)) for anio in (1980, 1995, 2010)]
    assert nombres == ["Uno", "Dos", "Tres"]


def test_renombrar_avisa_a_la_busqueda(actora):
    cuerpo = _organismo("Uno")
    item = elemento()
    _mencionar(item, cuerpo, "dependencia")
    CambioIndice.objects.all().delete()
    autoridades.renombrar(cuerpo, "Dos", "1990", _cambio(actora))
    assert set(CambioIndice.objects.values_list("item_id", flat=True)) == {item.pk}


def test_con_miles_de_elementos_el_aviso_es_un_trabajo(actora, monkeypatch):
    monkeypatch.setattr("archivo.catalogo.servicios.difusion.EN_EL_MOMENTO", 1)
    cuerpo = _organismo("Uno")
    for _ in range(2):
        _mencionar(elemento(), cuerpo, "dependencia")
    CambioIndice.objects.all().delete()
    autoridades.renombrar(cuerpo, "Dos", "1990", _cambio(actora))
    assert not CambioIndice.objects.exists()
    assert Trabajo.objects.get().descripcion == "Actualizar la búsqueda de lo que lleva «Dos»"
    assert EN_EL_MOMENTO == 5_000


def test_no_hay_dos_vivas_iguales(actora):
    _persona("Ana Ruiz")
    otra = Persona(nombre="Ana Ruiz")
    with pytest.raises(CambioRechazado, match="qué la distingue"):
        autoridades.guardar_autoridad(otra, _cambio(actora))


def test_la_sucesion_no_forma_circulos(actora):
    una, dos, tres = (_organismo(n) for n in ("Una", "Dos", "Tres"))
    autoridades.emparentar(autoridades.Parentesco(una, "antecesora", dos), _cambio(actora))
    autoridades.emparentar(autoridades.Parentesco(dos, "antecesora", tres), _cambio(actora))
    with pytest.raises(CambioRechazado, match="círculo"):
        autoridades.emparentar(autoridades.Parentesco(tres, "antecesora", una), _cambio(actora))
    autoridades.emparentar(autoridades.Parentesco(tres, "asociada", una), _cambio(actora))
    assert RelacionDeAutoridad.objects.count() == 3


class TestFundir:
    @pytest.fixture
    def mundo(self):
        buena, mala = _persona("Ana Ruiz López"), _persona("Ruiz Lopez Ana")
        mala.nombres.create(nombre="Anita Ruiz", clase="variante")
        los_dos, solo_mala = elemento(), elemento()
        _mencionar(los_dos, buena)
        _mencionar(los_dos, mala)
        _mencionar(solo_mala, mala)
        _mencionar(solo_mala, mala, "autor")
        return buena, mala, los_dos, solo_mala

    def test_todo_pasa_a_la_vigente_y_la_otra_queda_como_remision(self, mundo, actora):
        buena, mala, los_dos, solo_mala = mundo
        autoridades.fundir(mala, buena, _cambio(actora))
        mala.refresh_from_db()
        assert mala.fundida_en_id == buena.pk
        assert autoridades.vigente(mala).pk == buena.pk
        assert set(buena.menciones.values_list("item_id", "papel")) == {
            (los_dos.pk, "persona"),
            (solo_mala.pk, "persona"),
            (solo_mala.pk, "autor"),
        }
        assert {n.nombre for n in buena.nombres.all()} == {"Ruiz Lopez Ana", "Anita Ruiz"}

    def test_la_previa_dice_lo_que_va_a_pasar(self, mundo):
        buena, mala, *_ = mundo
        previa = autoridades.previa_de_fusion(mala, buena)
        assert (previa.menciones, previa.repetidas, previa.nombres) == (2, 1, ("Ruiz Lopez Ana", "Anita Ruiz"))

    def test_deshacer_devuelve_a_cada_una_lo_suyo(self, mundo, actora):
        buena, mala, *_ = mundo
        antes = {a.pk: set(a.menciones.values_list("item_id", "papel")) for a in (buena, mala)}
        nombres = {a.pk: set(a.nombres.values_list("nombre", flat=True)) for a in (buena, mala)}
        fusion = autoridades.fundir(mala, buena, _cambio(actora))
        autoridades.deshacer_fusion(fusion, _cambio(actora))
        mala.refresh_from_db()
        assert mala.fundida_en_id is None
        assert {a.pk: set(a.menciones.values_list("item_id", "papel")) for a in (buena, mala)} == antes
        assert {a.pk: set(a.nombres.values_list("nombre", flat=True)) for a in (buena, mala)} == nombres
        with pytest.raises(CambioRechazado, match="ya se deshizo"):
            autoridades.deshacer_fusion(fusion, _cambio(actora))

    def test_las_relaciones_se_mudan_sin_repetirse_ni_apuntarse_a_si_mismas(self, actora):
        buena, mala, tercera = (_organismo(n) for n in ("Buena", "Mala", "Tercera"))
        for origen, clase, destino in [
            (mala, "antecesora", buena),
            (mala, "superior", tercera),
            (buena, "superior", tercera),
            (tercera, "asociada", mala),
        ]:
            autoridades.emparentar(autoridades.Parentesco(origen, clase, destino), _cambio(actora))
        antes = set(RelacionDeAutoridad.objects.values_list("origen", "clase", "destino"))
        fusion = autoridades.fundir(mala, buena, _cambio(actora))
        assert set(RelacionDeAutoridad.objects.values_list("origen", "clase", "destino")) == {
            (buena.pk, "superior", tercera.pk),
            (tercera.pk, "asociada", buena.pk),
        }
        autoridades.deshacer_fusion(fusion, _cambio(actora))
        assert set(RelacionDeAutoridad.objects.values_list("origen", "clase", "destino")) == antes

    def test_sin_sentido_se_rechaza(self, actora):
        una, otra = _persona("Una"), _organismo("Otra")
        with pytest.raises(CambioRechazado, match="misma clase"):
            autoridades.fundir(una, otra, _cambio(actora))
        with pytest.raises(CambioRechazado, match="consigo misma"):
            autoridades.fundir(una, una, _cambio(actora))

    def test_la_fundida_ya_no_se_elige_y_su_nombre_lleva_a_la_vigente(self, mundo, actora):
        buena, mala, *_ = mundo
        autoridades.fundir(mala, buena, _cambio(actora))
        assert [o.valor for o in autoridades.elegir_autoridad(["persona"], "anita").opciones] == ["Ana Ruiz López"]
        assert autoridades.proponer("persona", "Ruiz Lopez Ana", actora).pk == buena.pk


class TestElegir:
    def test_primero_las_que_empiezan_asi_y_luego_las_que_lo_llevan(self):
        for nombre in ("Mario López", "Mariana Cruz", "Ana Marín", "Luis Soto"):
            _persona(nombre)
        assert [o.valor for o in autoridades.elegir_autoridad(["persona"], "mari").opciones] == [
            "Mariana Cruz",
            "Mario López",
            "Ana Marín",
        ]

    def test_en_cualquier_orden_y_sin_acentos(self):
        _persona("Andrés Núñez Peña")
        _persona("Andrés Peña")
        assert [o.valor for o in autoridades.elegir_autoridad(["persona"], "pena nu").opciones] == ["Andrés Núñez Peña"]

    def test_dice_por_que_otro_nombre_se_hallo(self):
        imss = _organismo("Instituto Mexicano del Seguro Social")
        imss.nombres.create(nombre="IMSS", clase="sigla")
        (opcion,) = autoridades.elegir_autoridad(["organismo"], "imss").opciones
        assert opcion.detalle == "también «IMSS»"

    def test_por_paginas_salen_todas_una_vez(self):
        for n in range(40):
            _persona(f"Sol {n:02}" if n % 2 else f"Rey {n:02} Sol")
        vistas, desde = [], ""
        while True:
            tramo = autoridades.elegir_autoridad(["persona"], "sol", desde)
            vistas += [o.valor for o in tramo.opciones]
            desde = tramo.siguiente
            if not desde:
                break
        assert len(vistas) == len(set(vistas)) == 40

    @pytest.mark.parametrize("desde", ["x", "1|", "2|a|999999999999999999999", "|||", "1|a|-3"])
    def test_una_llave_rara_empieza_por_el_principio(self, desde):
        _persona("Ana")
        assert len(autoridades.elegir_autoridad(["persona"], "ana", desde).opciones) == 1


def test_las_menciones_de_un_elemento_se_fijan_y_se_anotan(actora):
    una, dos = _persona("Una"), _persona("Dos")
    item = elemento(actor=actora)
    guardar(item, Edicion(actora, menciones={"persona": [una, dos]}))
    guardar(item, Edicion(actora, menciones={"persona": [dos]}))
    assert [m.autoridad_id for m in item.menciones.all()] == [dos.pk]
    detalle = Suceso.objects.filter(clase="item.corregido").latest("pk").detalle
    assert detalle["menciones"] == {"persona": [["Una", "Dos"], ["Dos"]]}
