"""La lectura óptica: nunca detiene la entrada, se reanuda página por página y lo leído se encuentra en su página."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from PIL import Image, ImageDraw, ImageFont

from archivo.catalogo.puerta import Item, Pagina
from archivo.indexacion.puerta import poner_al_dia
from archivo.ingesta import optica
from archivo.ingesta.encargos_opticos import leer_adjunto
from archivo.objetos.puerta import FallaAislada
from archivo.tareas import cola, ejecucion
from archivo.tareas.puerta import Encargo, Trabajo, drenar

PRIMERA = "El presupuesto municipal fue votado hoy"
SEGUNDA = "Comienza la jornada en Iztacalco"
con_motor = pytest.mark.skipif(optica.tessdata() is None, reason="falta el paquete del sistema tesseract-ocr-spa")


def hoja(texto):
    """Una página en blanco con un renglón, como la deja un escáner."""
    imagen = Image.new("L", (1700, 600), "white")
    ImageDraw.Draw(imagen).text((120, 240), texto, fill="black", font=ImageFont.load_default(54))
    return imagen


def escaneo(*textos):
    """Un PDF cuyas páginas son imágenes."""
    salida = io.BytesIO()
    primera, *otras = [hoja(t) for t in textos]
    primera.save(salida, "PDF", resolution=200, save_all=True, append_images=otras)
    return salida.getvalue()


def _en_png(texto):
    salida = io.BytesIO()
    hoja(texto).save(salida, "PNG")
    return salida.getvalue()


@pytest.fixture
def sin_motor(monkeypatch):
    monkeypatch.setattr(optica, "tessdata", lambda: None)


@pytest.fixture
def lector_fingido(monkeypatch, tmp_path):
    """Un lector que anota qué página se le pidió; la 2 se puede hacer fallar."""
    pedidas = []

    def leer(funcion, argumentos, limites):
        pedidas.append(argumentos["pagina"])
        if argumentos["pagina"] in leer.fallan:
            raise FallaAislada("tiempo")
        return {"texto": f"texto de la página {argumentos['pagina']}", "confianza": 90}

    leer.fallan, leer.pedidas = set(), pedidas
    monkeypatch.setattr(optica, "tessdata", lambda: tmp_path)
    monkeypatch.setattr(optica, "ejecutar", leer)
    return leer


@con_motor
def test_un_escaneo_se_lee_despues_de_entrar_y_se_encuentra_en_su_pagina(ingerir, client):
    ingreso = ingerir(escaneo(PRIMERA, SEGUNDA), publicar=True, acceso="publico")
    item = Item.objects.get(pk=ingreso.item_id)
    assert ingreso.estado == "aceptado" and "ocr" in item.pendientes
    drenar()
    paginas = list(item.paginas.order_by("n"))
    assert [p.lectura for p in paginas] == ["ocr", "ocr"] and min(p.confianza for p in paginas) >= 60
    assert "presupuesto municipal" in paginas[0].texto and "Iztacalco" in paginas[1].texto
    item.refresh_from_db()
    adjunto = item.adjuntos.get()
    assert "ocr" not in item.pendientes and adjunto.datos["ocr"]["paginas"] == 2
    assert len(adjunto.avisos) == 1 and adjunto.avisos[0].startswith("Leído por máquina, puede tener errores: 2 de 2")
    poner_al_dia()
    hallado = client.get("/buscar/", {"q": "Iztacalco"}).content.decode()
    assert f"{item.get_absolute_url()}pagina/2" in hallado
    pagina = client.get(f"{item.get_absolute_url()}pagina/2/").content.decode()
    assert "leído por máquina, puede tener errores" in pagina


@con_motor
def test_una_imagen_suelta_de_un_documento_gana_su_pagina_y_una_fotografia_no(ingerir):
    documento, foto = (
        ingerir(_en_png(t), "hoja.png", tipo=c).item for c, t in (("documento", PRIMERA), ("audiovisual", SEGUNDA))
    )
    drenar()
    assert [p.lectura for p in documento.paginas.all()] == ["ocr"] and "municipal" in documento.paginas.get().texto
    assert not foto.paginas.exists()
    assert "ocr" not in Item.objects.get(pk=documento.pk).pendientes


def test_sin_motor_entra_igual_conserva_el_pendiente_y_la_salud_dice_como_instalarlo(ingerir, sin_motor):
    item = ingerir(escaneo(PRIMERA)).item
    item.refresh_from_db()
    assert "ocr" in item.pendientes and not Encargo.objects.exists()
    assert "tesseract-ocr-spa" in optica.estado()["aviso"] and optica.estado()["por_leer"] == 1
    with pytest.raises(CommandError, match="tesseract-ocr-spa"):
        call_command("ocr", "pendientes")


def test_la_orden_lee_lo_que_esperaba(ingerir, lector_fingido, capsys):
    item = ingerir(escaneo("a", "b", "c")).item
    Encargo.objects.all().delete()
    call_command("ocr", "pendientes", "--json")
    assert json.loads(capsys.readouterr().out) == {"archivos": 1, "paginas": 3, "fallas": 0}
    call_command("ocr", "pendientes", "--json")
    assert json.loads(capsys.readouterr().out)["archivos"] == 0
    assert lector_fingido.pedidas == [1, 2, 3] and item.paginas.filter(lectura="ocr").count() == 3


def test_lo_ya_leido_no_se_vuelve_a_leer_aunque_el_proceso_muera(ingerir, lector_fingido):
    adjunto = ingerir(escaneo("a", "b", "c")).item.adjuntos.get()
    pedidas = []

    def parar(hechas, total):
        pedidas.append((hechas, total))
        return hechas == 1

    assert optica.leer(adjunto.pk, parar).faltan == 2
    assert optica.leer(adjunto.pk).leidas == 2
    assert lector_fingido.pedidas == [1, 2, 3]
    assert optica.leer(adjunto.pk).leidas == 0


def test_un_texto_que_llego_antes_nunca_se_pisa(ingerir, lector_fingido):
    adjunto = ingerir(escaneo("a", "b")).item.adjuntos.get()
    Pagina.objects.filter(adjunto=adjunto, n_en_archivo=1).update(texto="transcrita a mano", lectura="texto")
    optica.leer(adjunto.pk)
    assert [p.texto for p in adjunto.paginas.order_by("n")] == ["transcrita a mano", "texto de la página 2"]


def test_la_pagina_que_no_se_pudo_se_dice_y_se_puede_repetir(ingerir, lector_fingido):
    lector_fingido.fallan = {2}
    item = ingerir(escaneo("a", "b", "c")).item
    drenar()
    trabajo = Trabajo.objects.get()
    assert trabajo.fallidos == 1 and trabajo.fallas.get().referencia == "página 2"
    item.refresh_from_db()
    assert "ocr" in item.pendientes and any("no pudo leer: 1" in a for a in item.adjuntos.get().avisos)
    lector_fingido.fallan = set()
    call_command("ocr", "pendientes")
    item.refresh_from_db()
    assert "ocr" not in item.pendientes and not any("no pudo" in a for a in item.adjuntos.get().avisos)


def test_un_archivo_largo_cede_el_turno_y_el_intento_no_cuenta(ingerir, lector_fingido, monkeypatch):
    monkeypatch.setattr(optica, "TURNO", -1.0)
    ingerir(escaneo("a", "b"))
    encargo = cola.tomar("prueba")
    antes = encargo.desde
    ejecucion.correr(encargo)
    encargo.refresh_from_db()
    assert encargo.prioridad < 0 and encargo.intentos == 0 and encargo.desde > antes and not encargo.terminado
    monkeypatch.setattr(optica, "TURNO", 60.0)
    drenar()
    assert Pagina.objects.filter(lectura="ocr").count() == 2


def test_leer_lo_que_ya_no_esta_no_falla(db):
    assert leer_adjunto.call(999) == {"leidas": 0, "faltan": 0, "fallas": 0}
