"""E4 del dominio por la cara HTTP: la monitorista captura prensa, radio y un duplicado, y el testigo escaneado se lee."""

from datetime import date

import pytest

from archivo.catalogo.puerta import Adjunto, Item, puede_ver_texto, tipo_de
from archivo.identidad.puerta import ANONIMO
from archivo.indexacion.puerta import poner_al_dia
from archivo.ingesta import optica
from archivo.ingesta.puerta import Pedido, procesar, recibir
from archivo.oficina.direcciones import direccion
from archivo.tareas.puerta import drenar
from tests.archivo.ingesta.test_optica import con_motor, escaneo
from tests.archivo.oficina.conftest import de_la_ficha

pytestmark = pytest.mark.django_db
DIA = date(2026, 11, 20)
Recorte = tipo_de("recorte").modelo
RADIO = {
    "tipo_medio": "radio",
    "programa": "Noticiero 88.1",
    "conductor": "Ana Ruiz",
    "valoracion": "negativa",
    "seccion": "",
    "pagina": "",
}


def test_lo_nuevo_nace_con_el_acceso_de_su_tipo_y_nadie_lo_abre_mas_de_lo_que_su_rol_puede(
    capturar, entrar, monitorista, persona
):
    campo = entrar(monitorista).get(direccion(Recorte, "add")).context["form"]["acceso"]
    assert campo.value() == "restringido_derechos"
    fotografa = persona("fotografa", "fotografia_video", area="CCS")
    modelo = tipo_de("audiovisual").modelo
    cerrado = entrar(fotografa).get(direccion(modelo, "add")).context["form"]["acceso"]
    assert cerrado.field.disabled and cerrado.value() == "interno"
    respuesta = capturar(fotografa, modelo, titulo="Foto", **de_la_ficha("audiovisual"), acceso="publico")
    assert respuesta.status_code == 302 and modelo.objects.get().acceso == "interno"


class TestE4:
    """La monitorista captura prensa, radio y un duplicado."""

    def prensa(self, capturar, monitorista, **cambios):
        datos = {
            "titulo": "Abren un parque",
            "fecha_escrita": str(DIA),
            "medio_escrito": "El Diario",
            "url": "https://diario.example/nota",
        }
        return capturar(monitorista, Recorte, **datos | de_la_ficha("recorte", valoracion="positiva") | cambios)

    def radio(self, capturar, monitorista, **ficha):
        datos = {
            "titulo": "Comentan las obras",
            "fecha_escrita": str(DIA),
            "medio_escrito": "Noticiero 88.1",
            "resumen": "Crítica.",
        }
        return capturar(monitorista, Recorte, **datos | de_la_ficha("recorte", **RADIO | ficha))

    @pytest.mark.parametrize("falta", ["hora_inicio", "duracion"])
    def test_la_radio_sin_hora_o_sin_duracion_no_se_guarda(self, capturar, monitorista, falta):
        completa = {"hora_inicio": "07:15", "duracion": "00:03:20"}
        respuesta = self.radio(capturar, monitorista, **completa | {falta: ""})
        assert respuesta.status_code == 200 and not Recorte.objects.exists()
        assert [c for c in respuesta.context["form"].errors if c == f"ficha-{falta}"]
        assert self.radio(capturar, monitorista, **completa).status_code == 302

    def test_la_misma_direccion_con_rastreo_avisa_y_muestra_las_dos(self, capturar, monitorista):
        assert self.prensa(capturar, monitorista).status_code == 302
        con_rastreo = "https://diario.example/nota?utm_source=x"
        respuesta = self.prensa(capturar, monitorista, titulo="Inauguran espacio verde", url=con_rastreo)
        texto = respuesta.content.decode()
        assert respuesta.status_code == 200 and Recorte.objects.count() == 1
        assert "Abren un parque" in texto and "Inauguran espacio verde" in texto

    def test_una_palabra_solo_dicha_en_la_transcripcion_halla_la_nota(self, capturar, entrar, monitorista):
        dicho = {
            "hora_inicio": "07:15",
            "duracion": "00:03:20",
            "transcripcion": "habló de la glorieta",
            "transcripcion_estado": "revisada",
        }
        assert self.radio(capturar, monitorista, **dicho).status_code == 302
        poner_al_dia()
        pagina = entrar(monitorista).get("/buscar/", {"q": "glorieta"})
        assert "Comentan las obras" in pagina.content.decode()

    @con_motor
    def test_el_testigo_escaneado_se_lee_y_nadie_de_fuera_lo_ve(self, capturar, client, monitorista, tmp_path):
        assert self.prensa(capturar, monitorista, resumen="Se abre un parque.").status_code == 302
        nota = Recorte.objects.get()
        testigo = tmp_path / "testigo.pdf"
        testigo.write_bytes(escaneo("El parque tiene juegos de madera"))
        procesar(
            recibir(testigo, testigo.name, Pedido(actor=monitorista, destino=Item.objects.get(pk=nota.pk), rol="original")).pk
        )
        drenar()
        adjunto = Adjunto.objects.get()
        assert not optica.se_lee(adjunto) and "juegos de madera" in nota.paginas.get(lectura="ocr").texto
        client.post(direccion(Recorte, "paso", nota.pk, "incorporar"), {"motivo": ""})
        nota.refresh_from_db()
        assert nota.estado == "publicado" and nota.acceso_efectivo == "restringido_derechos"
        client.logout()
        pagina = client.get(nota.get_absolute_url())
        texto = pagina.content.decode()
        assert pagina.status_code == 200 and "Abren un parque" in texto and "Se abre un parque." in texto and "El Diario" in texto
        assert "juegos de madera" not in texto and testigo.name not in texto
        assert not puede_ver_texto(ANONIMO, nota, adjunto)
        for direccion_cerrada in (
            f"{nota.get_absolute_url()}archivo/{adjunto.objeto.sha256}/",
            f"{nota.get_absolute_url()}pagina/1/",
        ):
            assert client.get(direccion_cerrada).status_code in {403, 404}
