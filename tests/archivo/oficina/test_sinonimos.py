"""Los sinónimos de búsqueda: quién los cambia, qué se admite y qué hallan desde ese momento."""

import pytest
from django.urls import reverse

from archivo.auditoria.puerta import Suceso
from archivo.identidad.puerta import lector_de
from archivo.indexacion.puerta import GrupoDeSinonimos, poner_al_dia
from archivo.oficina.hallazgos import de_cualquier_tipo
from tests import fabricas

pytestmark = pytest.mark.django_db
NOMBRES = "SEDESOL\nSecretaría de  Desarrollo Social\n\nSecretaría de Bienestar"


def pantalla(nombre, *args):
    return reverse(f"grupodesinonimos:{nombre}", args=args)


def test_lo_que_se_agrega_vale_desde_la_siguiente_busqueda(entrar, titular, client):
    item = fabricas.publico(titulo="Informe de la Secretaría de Bienestar")
    fabricas.publico(titulo="Informe de otra secretaría")
    poner_al_dia()
    assert item.get_absolute_url() not in client.get("/buscar/", {"q": "sedesol"}).content.decode()
    cliente = entrar(titular)
    assert cliente.post(pantalla("add"), {"expresiones": NOMBRES}).status_code == 302
    grupo = GrupoDeSinonimos.objects.get()
    assert grupo.lista() == ["SEDESOL", "Secretaría de Desarrollo Social", "Secretaría de Bienestar"]
    pagina = client.get("/buscar/", {"q": "informe sedesol"}).content.decode()
    assert item.get_absolute_url() in pagina and "<mark>Secretaría de Bienestar</mark>" in pagina
    cliente.post(pantalla("edit", grupo.pk), {"expresiones": "OMS\nOrganización Mundial de la Salud"})
    assert item.get_absolute_url() not in client.get("/buscar/", {"q": "sedesol"}).content.decode()
    assert "OMS = Organización" in cliente.get(pantalla("index")).content.decode()
    cliente.post(pantalla("delete", grupo.pk))
    clases = Suceso.objects.filter(clase__startswith="sinonimos.").order_by("pk").values_list("clase", flat=True)
    assert list(clases) == ["sinonimos.creada", "sinonimos.cambiada", "sinonimos.borrada"]


def test_valen_tambien_en_las_listas_de_la_oficina_y_al_elegir_un_elemento(entrar, titular):
    item = fabricas.elemento("publicacion", titulo="Informe de la Secretaría de Bienestar", estado="publicado")
    fabricas.elemento("publicacion", titulo="Informe de otra secretaría", estado="publicado")
    poner_al_dia()
    cliente = entrar(titular)

    def hallados():
        return [i.pk for i in cliente.get("/admin/elementos/publicacion/?q=informe+sedesol").context["object_list"]]

    def elegibles():
        return [i.pk for i in de_cualquier_tipo("sedesol", lector_de(titular), 9)[0]]

    assert (len(hallados()), elegibles()) == (2, [])  # sin sinónimos, «sedesol» no está y basta «informe»
    GrupoDeSinonimos.objects.create(expresiones=NOMBRES)
    assert hallados() == elegibles() == [item.pk]


@pytest.mark.parametrize(
    "mal", ["", "SEDESOL", "SEDESOL\nsedesol", "a\n***", "a\n" + "palabra " * 9, "\n".join(f"e{n}" for n in range(13))]
)
def test_un_grupo_que_no_sirve_no_se_guarda(entrar, titular, mal):
    respuesta = entrar(titular).post(pantalla("add"), {"expresiones": mal})
    assert (respuesta.status_code, GrupoDeSinonimos.objects.count()) == (200, 0)


def test_quien_redacta_no_los_cambia(entrar, redactora):
    cliente = entrar(redactora)
    assert cliente.get(pantalla("index")).status_code in {302, 403}
    cliente.post(pantalla("add"), {"expresiones": NOMBRES})
    assert not GrupoDeSinonimos.objects.exists()
