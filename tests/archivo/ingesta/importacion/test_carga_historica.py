"""E25: cargar el acervo histórico — fechas parciales, «S/N», archivos que faltan, filas malas, repetir, morir a la mitad y deshacer."""

import csv
import json
import os
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError

from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo.puerta import Edicion, Item, RelacionNueva, fijar_acceso, guardar, relacionar
from archivo.ingesta.importacion import lote as lotes
from archivo.ingesta.puerta import FilaImportada, Importacion
from tests import fabricas
from tests.servidores.espera import hasta_que

RAIZ = Path(__file__).resolve().parents[4]
ENCABEZADO = ["Identificador", "Título", "Fecha", "Dependencia", "Número", "Texto", "Archivos"]
FECHAS = ["06/05/1994", "1994", "marzo de 1994", "s/f", "ca. 1987", "1994-13-45"]


def historico(cuantas, malas=()):
    for n in range(1, cuantas + 1):
        numero = "S/N" if n % 3 == 0 else str(n)
        ident = "" if n in malas else f"h:{n}"
        yield [
            ident,
            f"Boletín {n}",
            FECHAS[n % len(FECHAS)],
            f"Dirección {n % 7}",
            numero,
            f"Texto {n}",
            "falta.pdf" if n == 5 else "",
        ]


@pytest.fixture
def escribir(tmp_path):
    def hacer(filas, nombre="historico.csv"):
        ruta = tmp_path / nombre
        with ruta.open("w", encoding="cp1252", newline="") as archivo:
            csv.writer(archivo, delimiter=";").writerows([ENCABEZADO, *filas])
        return ruta

    return hacer


def orden(*args, **kwargs):
    salida, codigo = StringIO(), 0
    try:
        call_command(*args, "--json", stdout=salida, stderr=StringIO(), **kwargs)
    except SystemExit as fin:
        codigo = fin.code
    return codigo, json.loads(salida.getvalue())


def importar(ruta, *opciones):
    return orden("importar", str(ruta), "--tipo", "boletin", *opciones)


@pytest.mark.django_db
class TestCarga:
    def test_entra_lo_bueno_y_lo_malo_se_dice_en_orden_con_su_fila(self, escribir):
        codigo, r = importar(escribir(historico(300, malas={40, 41, 299})))
        assert (codigo, r["creadas"], r["rechazadas"]) == (1, 297, 3)
        assert [(e["fila"], e["campo"]) for e in r["errores"]] == [(6, "archivos"), (41, "id"), (42, "id"), (300, "id")]

    def test_las_fechas_parciales_y_los_sin_numero_se_conservan(self, escribir):
        importar(escribir(historico(12)))
        precisiones = {i.id_externo: i.fecha_parcial.precision for i in Item.objects.all()}
        assert [precisiones[f"h:{n}"] for n in (6, 1, 2, 3)] == ["dia", "anio", "mes", "desconocida"]
        assert Item.objects.get(id_externo="h:5").fecha_texto == "1994-13-45"
        assert not any("numero_repetido" in i.pendientes for i in Item.objects.filter(numero_texto="S/N"))

    def test_repetir_no_crea_ni_cambia_nada(self, escribir):
        ruta = escribir(historico(60))
        importar(ruta)
        _, r = importar(ruta)
        assert (r["creadas"], r["actualizadas"], r["sin_cambio"]) == (0, 0, 60)
        assert Importacion.objects.last().filas.count() == 0

    def test_con_todo_o_nada_no_queda_ni_una(self, escribir):
        codigo, r = importar(escribir(historico(60, malas={30})), "--todo-o-nada")
        assert (codigo, r["creadas"], r["rechazadas"], Item.objects.count()) == (1, 0, 1, 0)

    def test_el_ensayo_dice_lo_mismo_y_no_deja_nada(self, escribir):
        ruta = escribir(historico(60, malas={30}))
        _, ensayo = importar(ruta, "--ensayo")
        assert (Item.objects.count(), Importacion.objects.count()) == (0, 0)
        _, real = importar(ruta)
        assert {c: ensayo[c] for c in ("creadas", "rechazadas", "errores")} == {
            c: real[c] for c in ("creadas", "rechazadas", "errores")
        }

    def test_una_fila_que_la_base_no_admite_no_detiene_a_las_demas(self, escribir, monkeypatch):
        crear = lotes.crear_lote

        def fragil(lote, actor, motivo):
            if any(n.item.id_externo == "h:37" for n in lote):
                raise DataError("valor demasiado largo")
            crear(lote, actor, motivo)

        monkeypatch.setattr(lotes, "crear_lote", fragil)
        _, r = importar(escribir(historico(60)))
        assert (r["creadas"], r["rechazadas"]) == (59, 1)
        assert [e["fila"] for e in r["errores"] if e["campo"] != "archivos"] == [38]


@pytest.mark.django_db
class TestDeshacer:
    def test_deshacer_deja_el_archivo_como_estaba_y_repetir_lo_trae_otra_vez(self, escribir):
        ruta = escribir(historico(40))
        _, r = importar(ruta)
        uno = Item.objects.get(id_externo="h:1")
        codigo, d = orden("importaciones", "deshacer", str(r["importacion"]), motivo="equivocada")
        assert (codigo, d["quitada"], Item.objects.count()) == (0, 40, 0)
        constancia = FilaImportada.objects.get(numero=2).constancia
        assert (constancia["clave"], constancia["id"], constancia["titulo"]) == (uno.clave, "h:1", "Boletín 1")
        assert "equivocada" in sucesos_de(f"item:{uno.clave}").last().motivo
        _, otra = importar(ruta)
        assert otra["creadas"] == 40

    def test_lo_actualizado_vuelve_a_como_estaba_con_su_texto(self, escribir):
        importar(escribir([["h:1", "Antes", "1994", "Obras", "7", "Texto de antes", ""]]))
        antes = Item.objects.get()
        _, r = importar(escribir([["h:1", "Después", "2001", "Salud", "8", "Otro", ""]]))
        assert r["actualizadas"] == 1
        orden("importaciones", "deshacer", str(r["importacion"]))
        item = Item.objects.get()
        assert (item.titulo, item.fecha, item.area, item.ficha) == (antes.titulo, antes.fecha, antes.area, antes.ficha)
        assert item.paginas.get().texto == "Texto de antes"

    def test_los_temas_de_la_fila_se_suman_a_los_que_tenia_y_al_deshacer_se_van(self, tmp_path):
        ruta = tmp_path / "temas.csv"
        ruta.write_text("id,Título,Temas,Lugar\nh:1,Uno,Agua,Taxco\n", encoding="utf-8")
        importar(ruta)
        ruta.write_text("id,Título,Temas,Lugar\nh:1,Uno,Salud; Obras; obras; —,Iguala\n", encoding="utf-8")
        _, r = importar(ruta)
        item = Item.objects.get()
        assert (sorted(t.nombre for t in item.temas.all()), item.lugar) == (["Agua", "Obras", "Salud"], "Iguala")
        orden("importaciones", "deshacer", str(r["importacion"]))
        item = Item.objects.get()
        assert ([t.nombre for t in item.temas.all()], item.lugar) == (["Agua"], "Taxco")

    def test_deshechas_en_orden_la_segunda_y_la_primera_no_queda_nada(self, escribir):
        _, primera = importar(escribir([["h:1", "Antes", "1994", "", "", "", ""]]))
        _, segunda = importar(escribir([["h:1", "Después", "1994", "", "", "", ""]]))
        for r in (segunda, primera):
            assert orden("importaciones", "deshacer", str(r["importacion"]))[0] == 0
        assert Item.objects.count() == 0

    def test_lo_publicado_se_retira_y_vuelve_al_importar_otra_vez(self, escribir):
        ruta = escribir([["h:1", "Uno", "1994", "", "", "", ""]])
        _, r = importar(ruta, "--publicar", "--acceso", "publico")
        _, d = orden("importaciones", "deshacer", str(r["importacion"]))
        assert (d["retirada"], Item.objects.get().estado) == (1, "retirado")
        importar(ruta, "--publicar", "--acceso", "publico")
        assert Item.objects.get().estado == "publicado"

    def test_lo_tocado_despues_y_lo_enlazado_se_quedan_y_se_dice_por_que(self, escribir):
        _, r = importar(escribir(historico(4)))
        fijar_acceso(Item.objects.get(id_externo="h:1"), "reservado", None)
        relacionar(fabricas.boletin(), RelacionNueva(Item.objects.get(id_externo="h:2"), "responde_a"), None)
        codigo, d = orden("importaciones", "deshacer", str(r["importacion"]))
        assert (codigo, d["quitada"], d["conservada"]) == (1, 2, 2)
        assert set(FilaImportada.objects.filter(suerte="conservada").values_list("motivo", flat=True)) == {
            "Alguien lo cambió después de importarlo.",
            "Otro documento remite a él.",
        }

    def test_prever_no_escribe(self, escribir):
        _, r = importar(escribir(historico(4)))
        _, d = orden("importaciones", "deshacer", str(r["importacion"]), ensayo=True)
        assert (d["quitada"], Item.objects.count()) == (4, 4)

    def test_listar_las_dice_de_la_ultima_a_la_primera(self, escribir):
        importar(escribir(historico(2)))
        _, r = orden("importaciones", "listar")
        assert [(i["archivo"], i["creadas"], i["estado"]) for i in r["importaciones"]] == [("historico.csv", 2, "terminada")]

    def test_deshacer_lo_que_no_existe_dice_que_hacer(self):
        with pytest.raises(CommandError, match="importaciones listar"):
            call_command("importaciones", "deshacer", "999")


@pytest.mark.django_db
class TestFacultades:
    @pytest.fixture
    def obras(self):
        return fabricas.area("Obras")

    def test_quien_importa_en_un_area_no_escribe_en_otra_ni_da_de_alta_areas(self, escribir, obras):
        fabricas.persona("redaccion", en=obras, nombre="ana")
        fabricas.area("Salud")
        filas = [["h:1", "A", "1994", "Obras", "", "", ""], ["h:2", "B", "1994", "Salud", "", "", ""],
                 ["h:3", "C", "1994", "Nueva", "", "", ""], ["h:4", "D", "1994", "", "", "", ""]]  # fmt: skip
        _, r = importar(escribir(filas), "--como", "ana")
        assert [(e["fila"], e["campo"]) for e in r["errores"]] == [(3, "dependencia"), (4, "dependencia")]
        assert {i.area for i in Item.objects.all()} == {obras}

    @pytest.mark.parametrize(
        ("rol", "opciones", "dice"),
        [
            ("auditoria", (), "no tiene un rol"),
            ("archivo_tramite", ("--acceso", "publico"), "Interno"),
            ("redaccion", ("--publicar",), "titular"),
        ],
    )
    def test_lo_que_un_rol_no_puede_se_dice_antes_de_empezar(self, escribir, rol, opciones, dice):
        fabricas.persona(rol, nombre="ana")
        with pytest.raises(CommandError, match=dice):
            importar(escribir(historico(2)), "--como", "ana", *opciones)
        assert Item.objects.count() == 0

    def test_lo_que_no_puede_ver_ni_se_cambia_ni_se_dice_de_quien_es(self, escribir, obras):
        ajeno = fabricas.elemento(area=fabricas.area("Salud"), acceso="reservado", titulo="Secreto", id_externo="h:1")
        fabricas.persona("redaccion", en=obras, nombre="ana")
        _, r = importar(escribir([["h:1", "Mío", "1994", "Obras", "", "", ""]]), "--como", "ana")
        assert r["errores"][0]["campo"] == "id" and "Secreto" not in r["errores"][0]["motivo"]
        assert Item.objects.get(pk=ajeno.pk).titulo == "Secreto"

    def test_importar_no_desclasifica(self, escribir, obras):
        fabricas.elemento(area=obras, acceso="reservado", id_externo="h:1")
        fabricas.persona("redaccion", en=obras, nombre="ana")
        _, r = importar(escribir([["h:1", "Abierto", "1994", "Obras", "", "", ""]]), "--como", "ana", "--acceso", "publico")
        assert (r["errores"][0]["campo"], Item.objects.get().acceso) == ("acceso", "reservado")

    def test_solo_se_marca_duplicado_de_lo_que_se_puede_ver(self, escribir, obras):
        texto = "Palabras que se repiten. " * 20
        guardar(fabricas.elemento(area=fabricas.area("Salud"), acceso="reservado", titulo="Uno"), Edicion(None, texto=texto))
        fabricas.persona("redaccion", en=obras, nombre="ana")
        importar(escribir([["h:1", "Uno", "1994", "Obras", "", texto, ""]]), "--como", "ana")
        assert Item.objects.get(id_externo="h:1").duplicado_de is None


def test_matada_a_la_mitad_no_deja_media_fila_y_repetir_termina(base_sqlite, escribir, tmp_path):
    """Un proceso de verdad muere con kill −9 entre dos lotes; repetir acaba y deshacer la primera quita lo que alcanzó a meter."""
    ruta = escribir([[f"h:{n}", f"Boletín {n}", "1994", "", "", "Texto " * 60, ""] for n in range(1, 2001)])
    ambiente = os.environ | {
        "DJANGO_SETTINGS_MODULE": "archivo.settings.desarrollo",
        "ACERVO_DATOS": str(tmp_path / "datos"),
        "ACERVO_BASE": base_sqlite.url,
    }
    proceso = subprocess.Popen([sys.executable, "manage.py", "importar", str(ruta), "--tipo", "boletin"], cwd=RAIZ, env=ambiente)
    hasta_que(lambda: proceso.poll() is not None or Item.objects.exists(), 60, "que entre el primer lote")
    proceso.send_signal(signal.SIGKILL)
    proceso.wait()
    entraron = Item.objects.count()
    assert 0 < entraron < 2000 and entraron % 500 == 0
    assert FilaImportada.objects.count() == entraron
    _, r = importar(ruta)
    assert (r["sin_cambio"], r["creadas"], Item.objects.count()) == (entraron, 2000 - entraron, 2000)
