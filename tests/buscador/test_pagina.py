"""La página de búsqueda ante lo hostil, lo grande y lo que falla; y su HTML."""

from html.parser import HTMLParser

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db

HOSTILES = ['"', '""', "*", "**", "~", "-", "(", ")", "((((", "a:", ":", "año:", "fecha:..", "[a TO b]", "\\", "/.*/", "NOT", "AND OR", "O O O",
            "x" * 10_000, "palabra " * 2_000, "\x00", "a\x00b", "\u202eabc", "🎉", "🎉 fiesta", "ﬁn", "İ", "%", "' OR 1=1 --", "<script>alert(1)</script>",
            "{{ 7*7 }}", "{% load %}", "(" * 3000, '"' * 3001, "a~ " * 500, "a* " * 500, "\ud800", "año:1e999", "fecha:9999-99-99", "numero:-1"]  # fmt: skip


@pytest.mark.parametrize("tanda", range(4))
def test_ninguna_consulta_rompe_la_pagina(client, acervo, tanda):
    for texto in HOSTILES[tanda::4]:
        segura = texto.encode("utf-8", "surrogatepass")
        respuesta = client.get("/buscar/", {"q": segura})
        assert respuesta.status_code == 200
        assert "<script>alert" not in respuesta.content.decode()
        assert client.get("/buscar/sugerencias/", {"q": segura}).status_code == 200
        assert client.get("/buscar/", {"q": segura, "formato": "rss"}).status_code == 200
        assert client.get(acervo[0].get_absolute_url(), {"q": segura}).status_code == 200


def test_el_numero_de_consultas_no_depende_de_los_resultados(client, acervo):
    client.get("/buscar/")
    with CaptureQueriesContext(connection) as sin_nada:
        client.get("/buscar/", {"q": "ornitorrinco"})
    with CaptureQueriesContext(connection) as con_varios:
        pagina = client.get("/buscar/", {"q": "vacunación", "tamano": "50"})
    assert len(sin_nada) == len(con_varios) <= 8
    assert "<mark>" in pagina.content.decode()


def test_sin_motor_la_pagina_lo_dice_y_la_orden_sale_con_dos(client):
    respuesta = client.get("/buscar/", {"q": "vacunación"})
    assert respuesta.status_code == 503
    assert respuesta["Retry-After"] == "60"
    assert "El problema es nuestro, no de lo que usted escribió" in respuesta.content.decode()
    assert "Volver a intentar «vacunación»" in respuesta.content.decode()
    assert client.get("/buscar/sugerencias/", {"q": "vac"}).json() == {"sugerencias": []}
    with pytest.raises(CommandError, match="indice reconstruir") as error:
        call_command("buscar", "vacunación", "--json")
    assert error.value.returncode == 2


def test_las_sugerencias_completan_la_ultima_palabra(client, acervo):
    halladas = client.get("/buscar/sugerencias/", {"q": "boletín vac"}).json()["sugerencias"]
    assert halladas[0] == {"texto": "boletín vacunación", "total": 10}
    assert client.get("/buscar/sugerencias/", {"q": ""}).json() == {"sugerencias": []}


class _Revisor(HTMLParser):
    VACIOS = {"meta", "link", "input", "img", "br", "path", "rect", "circle", "hr"}

    def __init__(self):
        super().__init__()
        self.abiertos, self.ids, self.faltas, self.etiquetas, self.campos = [], [], [], set(), []

    def handle_starttag(self, tag, attrs):
        dados = dict(attrs)
        if "id" in dados:
            self.ids.append(dados["id"])
        if tag == "label" and "for" in dados:
            self.etiquetas.add(dados["for"])
        if tag in {"input", "select"} and dados.get("type") not in {"hidden", "checkbox"}:
            self.campos.append(dados.get("id"))
        if tag == "img" and "alt" not in dados:
            self.faltas.append("img sin alt")
        if tag not in self.VACIOS:
            self.abiertos.append(tag)

    def handle_startendtag(self, tag, attrs):
        if tag not in self.VACIOS:
            self.faltas.append(f"<{tag}/>")

    def handle_endtag(self, tag):
        if not self.abiertos or self.abiertos.pop() != tag:
            self.faltas.append(f"</{tag}> sin abrir")


@pytest.mark.parametrize(
    "direccion",
    [
        "/",
        "/buscar/?q=vacunación&area=Obras",
        "/buscar/?q=xyzzyqw&anio=1990",
        "/buscar/?q=vacunación&tamano=50",
        "/ayuda/",
        "/nada/",
    ],
)
def test_el_html_cierra_lo_que_abre_y_rotula_sus_campos(client, acervo, direccion):
    revisor = _Revisor()
    revisor.feed(client.get(direccion).content.decode())
    assert revisor.faltas == []
    assert revisor.abiertos == []
    assert len(revisor.ids) == len(set(revisor.ids))
    assert set(revisor.campos) <= revisor.etiquetas
