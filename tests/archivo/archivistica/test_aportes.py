"""Lo que un expediente hace en los pisos de junto: acceso de sus documentos y filtro de la búsqueda."""

import pytest

from archivo.archivistica.expedientes.apertura import corregir_expediente
from archivo.archivistica.expedientes.aportes import expedientes_de
from archivo.archivistica.expedientes.integracion import Documento, integrar, reclasificar
from archivo.archivistica.models import Expediente
from archivo.catalogo.puerta import Item, puede_ver_ficha
from archivo.identidad.puerta import ANONIMO, lector_de
from archivo.indexacion.puerta import ambito_de, campos_de_consulta, motor, poner_al_dia
from search import Facet, In, SearchRequest, parse
from tests import fabricas
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.django_db


def efectivo(item):
    return Item.objects.get(pk=item.pk).acceso_efectivo


def test_el_nivel_del_expediente_limita_el_de_sus_documentos_y_al_salir_lo_suelta():
    reservado, publico = mundo.expediente(acceso="reservado"), mundo.expediente()
    item = mundo.con_archivo()
    [fila] = integrar(reservado, [Documento(item)], None)
    assert efectivo(item) == "reservado"
    reclasificar(fila, Documento(item), publico, "Acuerdo 2", None)
    assert efectivo(item) == "publico"
    corregir_expediente(publico, {"acceso": "interno"}, None)
    assert efectivo(item) == "interno"


def test_lo_confidencial_lo_lee_quien_esta_nombrado_en_el_expediente():
    area = fabricas.area("Comunicación")
    nombrada, otra = (fabricas.persona("redaccion", en=area) for _ in range(2))
    exp = mundo.expediente(area, acceso="confidencial")
    item = mundo.con_archivo(area=area)
    integrar(exp, [Documento(item)], None)
    corregir_expediente(exp, {}, None, nombradas=[nombrada])
    item = Item.objects.get(pk=item.pk)
    ven = [puede_ver_ficha(lector_de(p), item) for p in (nombrada, otra, fabricas.persona("unidad_transparencia"))]
    assert ven == [True, False, True]
    visibles = [Expediente.objects.visibles_para(lector_de(p)).count() for p in (nombrada, otra, fabricas.persona("auditoria"))]
    assert visibles == [1, 0, 1]


@pytest.mark.parametrize(
    ("acceso", "ven"),
    [
        ("publico", {"redaccion", "ajena", "transparencia", "auditoria"}),
        ("interno", {"redaccion", "ajena", "transparencia", "auditoria"}),
        ("reservado", {"redaccion", "transparencia", "auditoria"}),
        ("confidencial", {"transparencia", "auditoria"}),
    ],
)
def test_quien_ve_un_expediente_por_su_nivel(acceso, ven):
    area, obras = fabricas.area("Comunicación"), fabricas.area("Obras")
    mundo.expediente(area, acceso=acceso)
    personas = {
        "redaccion": fabricas.persona("redaccion", en=area),
        "ajena": fabricas.persona("redaccion", en=obras),
        "transparencia": fabricas.persona("unidad_transparencia"),
        "auditoria": fabricas.persona("auditoria"),
        "administracion": fabricas.persona("administracion"),
    }
    assert {n for n, p in personas.items() if Expediente.objects.visibles_para(lector_de(p)).exists()} == ven
    assert not Expediente.objects.visibles_para(ANONIMO).exists()


def hallados(lector, codigo):
    """Lo que ese lector halla al filtrar por expediente, y los expedientes que la faceta le cuenta."""
    respuesta = motor().search(
        SearchRequest(
            ambito_de(lector),
            parse("", campos_de_consulta()),
            filters={"expediente": In(frozenset({codigo}))},
            facets=(Facet("expediente"),),
        )
    )
    return {h.key for h in respuesta.hits}, {v.value for v in respuesta.facets["expediente"]}


def test_el_filtro_por_expediente_no_dice_lo_que_el_lector_no_ve():
    area = fabricas.area("Comunicación")
    archivista, ajena = fabricas.persona("archivo_tramite", en=area), fabricas.persona("redaccion", en=fabricas.area("Obras"))
    publico, interno = mundo.expediente(area), mundo.expediente(area, acceso="interno")
    uno, otro = mundo.con_archivo(area=area), mundo.con_archivo(area=area)
    integrar(publico, [Documento(uno)], None)
    integrar(interno, [Documento(otro)], None)
    poner_al_dia()
    de_oficina = [hallados(lector_de(p), interno.codigo)[0] for p in (archivista, ajena)]
    assert de_oficina == [{otro.clave}, {otro.clave}]
    assert hallados(ANONIMO, publico.codigo) == ({uno.clave}, {publico.codigo})
    assert hallados(ANONIMO, interno.codigo)[0] == set()
    corregir_expediente(interno, {"acceso": "reservado"}, None)
    poner_al_dia()
    assert hallados(lector_de(archivista), interno.codigo) == ({otro.clave}, {publico.codigo, interno.codigo})
    assert hallados(lector_de(ajena), interno.codigo) == (set(), {publico.codigo})


def test_un_documento_publico_no_dice_en_que_expediente_interno_esta():
    """El acceso se combina, así que sólo pasa si alguien lo escribe por fuera: el índice tampoco lo dice."""
    interno = mundo.expediente(acceso="interno")
    item = mundo.con_archivo()
    integrar(interno, [Documento(item)], None)
    Item.objects.filter(pk=item.pk).update(acceso_efectivo="publico")
    poner_al_dia()
    assert hallados(ANONIMO, interno.codigo) == (set(), set())


def test_los_elementos_sin_expediente_no_cuestan_mas_consultas(django_assert_num_queries):
    items = list(Item.objects.filter(pk__in=[mundo.con_archivo().pk for _ in range(3)]))
    with django_assert_num_queries(1):
        assert expedientes_de(items) == {}


def dentro_de(clase, lector):
    """Lo que ese lector halla dentro de una clase del cuadro, y las clases que la faceta le cuenta."""
    pedido = SearchRequest(ambito_de(lector), filters={"clasificacion": In(frozenset({clase}))}, facets=(Facet("clasificacion"),))
    respuesta = motor().search(pedido)
    return {h.key for h in respuesta.hits}, {v.value: v.count for v in respuesta.facets["clasificacion"]}


def test_se_busca_dentro_de_un_fondo_una_seccion_o_una_serie_y_nadie_sabe_de_mas():
    area = fabricas.area("Comunicación")
    abierto, reservado = mundo.expediente(area), mundo.expediente(area, serie=mundo.serie("9C.10.1"), acceso="reservado")
    uno, otro = mundo.con_archivo(area=area), mundo.con_archivo(area=area)
    integrar(abierto, [Documento(uno)], None)
    integrar(reservado, [Documento(otro)], None)
    poner_al_dia()
    archivista, ajena = fabricas.persona("archivo_tramite", en=area), fabricas.persona("redaccion", en=fabricas.area("Obras"))
    ambas = {"AE": 2, "AE/9C": 2, "AE/9C/9C.7": 1, "AE/9C/9C.10": 1, "AE/9C/9C.10/9C.10.1": 1}
    assert dentro_de("AE/9C", lector_de(archivista)) == ({uno.clave, otro.clave}, ambas)
    assert dentro_de("AE/9C/9C.10", lector_de(archivista)) == ({otro.clave}, ambas)
    assert dentro_de("AE/9C", lector_de(ajena)) == ({uno.clave}, {"AE": 1, "AE/9C": 1, "AE/9C/9C.7": 1})
    assert dentro_de("AE/9C/9C.10", ANONIMO) == (set(), {"AE": 1, "AE/9C": 1, "AE/9C/9C.7": 1})
