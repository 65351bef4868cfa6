"""La regla en memoria, la condición SQL y la tabla escrita a mano dicen lo mismo, para todo rol, nivel y estado."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from archivo.catalogo.acceso import NIVELES, combinar, puede_ver_ficha, puede_ver_texto
from archivo.catalogo.models import Item
from archivo.identidad.puerta import ANONIMO, ROLES, lector_de
from tests import fabricas

pytestmark = pytest.mark.django_db

EN_SITIO = {"publicado", "archivado"}
DE_AREA = {
    "titular",
    "redaccion",
    "monitoreo",
    "fotografia_video",
    "diseno",
    "archivo_tramite",
    "archivo_concentracion",
    "archivo_historico",
}
DE_OFICINA = set(ROLES) - {"administracion"}
TRANSPARENCIA = {"unidad_transparencia", "comite_transparencia"}


def _esperado(rol, nivel, estado, *, del_area, texto):
    """La tabla de D6 escrita de otra manera."""
    if estado in EN_SITIO and (nivel == "publico" or (nivel == "restringido_derechos" and not texto)):
        return True
    if rol is None or rol == "administracion":
        return False
    if rol == "auditoria":
        return True
    if nivel == "confidencial":
        return rol in TRANSPARENCIA and estado in EN_SITIO | {"retirado"}
    if rol in DE_AREA and del_area:
        return True
    if estado not in EN_SITIO | {"retirado"}:
        return False
    return rol in (TRANSPARENCIA if nivel == "reservado" else DE_OFICINA)


@pytest.mark.parametrize("del_area", [True, False])
def test_matriz_de_rol_nivel_y_estado(del_area):
    area, otra = fabricas.area("Obras"), fabricas.area("Salud")
    estados = ("borrador", "en_revision", "autorizado", "publicado", "archivado", "retirado", "cancelado")
    items = [fabricas.elemento(acceso=n, estado=e, area=area) for n, e in product(NIVELES, estados)]
    lectores = {None: ANONIMO} | {r: lector_de(fabricas.persona(r, en=area if del_area else otra)) for r in ROLES}
    for rol, lector in lectores.items():
        visibles = set(Item.objects.visibles_para(lector).values_list("pk", flat=True))
        for item in items:
            caso = (rol, item.acceso, item.estado, del_area)
            esperado = _esperado(rol, item.acceso, item.estado, del_area=del_area, texto=False)
            assert puede_ver_ficha(lector, item) == esperado, caso
            assert (item.pk in visibles) == esperado, caso
            con_texto = _esperado(rol, item.acceso, item.estado, del_area=del_area, texto=True)
            assert puede_ver_texto(lector, item) == con_texto, caso


def test_un_rol_sin_area_vale_en_todas():
    item = fabricas.elemento(acceso="reservado", estado="publicado", area=fabricas.area())
    assert puede_ver_ficha(lector_de(fabricas.persona("redaccion")), item)


def test_el_embargo_abre_solo_y_solo_a_su_hora():
    hora = timezone.now() + timedelta(hours=1)
    item = fabricas.publico(embargo_hasta=hora)
    assert not puede_ver_ficha(ANONIMO, item)
    assert not Item.objects.publicos().exists()
    assert puede_ver_ficha(ANONIMO, item, ahora=hora + timedelta(seconds=1))


def test_lo_programado_sin_embargo_espera_a_que_lo_publiquen():
    item = fabricas.boletin(estado="programado")
    assert not puede_ver_ficha(ANONIMO, item)
    assert not Item.objects.publicos().exists()
    Item.objects.filter(pk=item.pk).update(embargo_hasta=timezone.now() - timedelta(seconds=1))
    item.refresh_from_db()
    assert puede_ver_ficha(ANONIMO, item)
    assert Item.objects.publicos().get() == item


def test_un_rol_vencido_deja_de_valer():
    ayer = timezone.localdate() - timedelta(days=1)
    item = fabricas.elemento(acceso="interno", estado="publicado")
    assert not puede_ver_ficha(lector_de(fabricas.persona("redaccion", hasta=ayer)), item)


def test_una_cuenta_desactivada_lee_como_cualquiera():
    persona = fabricas.persona("auditoria")
    persona.is_active = False
    assert lector_de(persona) == ANONIMO


@pytest.mark.parametrize(
    ("niveles", "resultado"), [(("publico", "reservado"), "reservado"), (("interno", ""), "interno"), ((), "publico")]
)
def test_combinar_exige_todos(niveles, resultado):
    assert combinar(*niveles) == resultado


def test_combinar_es_la_interseccion_columna_por_columna():
    """También «reservado» con «confidencial»: nombrar a alguien del área no le niega a transparencia ni abre al resto del área."""
    for a, b in product(NIVELES, NIVELES):
        junto = NIVELES[combinar(a, b)]
        assert junto.ficha == NIVELES[a].ficha & NIVELES[b].ficha, (a, b)
        assert junto.texto == NIVELES[a].texto & NIVELES[b].texto, (a, b)
        assert junto.se_audita == (NIVELES[a].se_audita or NIVELES[b].se_audita)
