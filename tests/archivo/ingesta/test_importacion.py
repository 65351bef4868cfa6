"""Importar filas por su cara pública: la orden y su JSON."""

import gzip
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo.puerta import Cuerpo, Edicion, Item, guardar
from archivo.identidad.puerta import Area, Nombramiento
from tests import fabricas

pytestmark = pytest.mark.django_db


def fila(ident="a:1", **datos):
    base = {"id": ident, "tipo": "comunicado", "titulo": "Título", "fecha": "2024-05-06", "autor": None, "dependencia": "Obras"}
    return base | {"texto": "Texto.", "fuente": "x", "url": None, "extra": {}} | datos


@pytest.fixture
def importar(tmp_path):
    def correr(filas, *opciones, nombre="filas.jsonl"):
        archivo = tmp_path / nombre
        contenido = "".join((f if isinstance(f, str) else json.dumps(f)) + "\n" for f in filas).encode()
        archivo.write_bytes(gzip.compress(contenido) if nombre.endswith(".gz") else contenido)
        salida = StringIO()
        codigo = 0
        try:
            call_command("importar", str(archivo), "--json", *opciones, stdout=salida, stderr=StringIO())
        except SystemExit as fin:
            codigo = fin.code
        except CommandError as error:
            return error.returncode, str(error)
        return codigo, json.loads(salida.getvalue())

    return correr


def test_por_omision_borrador_e_interno(importar):
    codigo, r = importar([fila()])
    item = Item.objects.get()
    assert (codigo, r["filas"], r["creadas"]) == (0, 1, 1)
    assert (item.estado, item.acceso, item.id_externo) == ("borrador", "interno", "a:1")
    assert sucesos_de(f"item:{item.clave}").get().motivo == "Importación de filas.jsonl"


def test_publicar_y_acceso_salvo_lo_que_la_fila_dice_de_menos(importar):
    filas = [fila("a:1"), fila("a:2", acceso="reservado"), fila("a:3", extra={"publicado": False}), fila("a:4", acceso="publico")]
    importar(filas, "--publicar", "--acceso", "publico")
    assert {i.id_externo: (i.estado, i.acceso) for i in Item.objects.all()} == {
        "a:1": ("publicado", "publico"),
        "a:2": ("publicado", "reservado"),
        "a:3": ("borrador", "publico"),
        "a:4": ("publicado", "publico"),
    }


def test_la_fila_no_puede_abrir_mas_de_lo_pedido(importar):
    importar([fila(acceso="publico")], "--publicar", "--acceso", "interno")
    assert Item.objects.get().acceso == "interno"


def test_lo_que_esta_en_revision_no_vuelve_a_borrador_por_una_fila(importar):
    importar([fila()])
    Item.objects.update(estado="en_revision")
    _, r = importar([fila(titulo="Otro")])
    item = Item.objects.get()
    assert (r["actualizadas"], item.titulo, item.estado) == (1, "Otro", "en_revision")
    assert "estado" not in sucesos_de(f"item:{item.clave}").order_by("id").last().detalle


def test_repetir_no_crea_nada(importar):
    importar([fila("a:1"), fila("a:2")])
    codigo, r = importar([fila("a:1"), fila("a:2")])
    assert (codigo, r["creadas"], r["sin_cambio"]) == (0, 0, 2)


def test_lo_que_cambia_se_actualiza_y_conserva_su_clave(importar):
    importar([fila()])
    clave = Item.objects.get().clave
    _, r = importar([fila(titulo="Otro", texto="Texto nuevo")])
    item = Item.objects.get()
    assert (r["actualizadas"], item.titulo, item.clave, item.version) == (1, "Otro", clave, 2)
    assert item.paginas.get().texto == "Texto nuevo"


def test_lo_publicado_no_retrocede_a_borrador(importar):
    importar([fila()], "--publicar", "--acceso", "publico")
    importar([fila(titulo="Otro")])
    assert Item.objects.get().estado == "publicado"


def test_lo_autorizado_con_folio_no_retrocede_ni_cambia_de_texto(importar):
    importar([fila()])
    Item.objects.update(estado="autorizado", numero_asignado=True)
    importar([fila(titulo="Otro", texto="Otro texto")])
    item = Item.objects.get()
    assert (item.estado, item.titulo, item.paginas.get().texto) == ("autorizado", "Otro", "Texto.")


def test_lo_que_se_escribio_en_la_oficina_sobrevive_a_otra_carga(importar):
    importar([fila(texto="")])
    item = Item.objects.get()
    item.ficha |= {"vocero": "Ana"}
    guardar(item, Edicion(actor=None, cuerpo_html="<p>Redactado aquí</p>", temas=["Agua"]))
    importar([fila(titulo="Otro", texto="", extra={"hora": "10:00"})])
    item = Item.objects.get()
    assert (item.titulo, item.ficha) == ("Otro", {"vocero": "Ana", "extra": {"hora": "10:00"}})
    assert [t.nombre for t in item.temas.all()] == ["Agua"]
    assert item.paginas.get().texto == "Redactado aquí" and Cuerpo.objects.get().html == "<p>Redactado aquí</p>"


def test_repetir_cuelga_los_archivos_que_una_interrupcion_dejo_sin_colgar(importar, tmp_path):
    con_archivo = fila(archivos=["nota.txt"])
    codigo, _ = importar([con_archivo])
    assert (codigo, Item.objects.get().adjuntos.count()) == (1, 0)
    (tmp_path / "nota.txt").write_text("Una nota de prueba con palabras.")
    for _vez in range(2):
        codigo, r = importar([con_archivo])
        assert (codigo, r["sin_cambio"], Item.objects.get().adjuntos.count()) == (0, 1, 1)


def test_solo_se_rechaza_lo_ilegible_y_el_tipo_desconocido(importar):
    filas = ["{roto", "[1]", fila("", titulo="sin id"), fila("a:9", tipo="pergamino"), fila("a:1"), fila("a:2", titulo=[1])]
    codigo, r = importar(filas)
    assert (codigo, r["filas"], r["creadas"], r["rechazadas"]) == (1, 6, 1, 5)
    assert [(e["fila"], e["campo"]) for e in r["errores"]] == [(1, ""), (2, ""), (3, "id"), (4, "tipo"), (6, "titulo")]
    assert all(e["motivo"] for e in r["errores"])


def test_el_tipo_dado_vale_para_todas(importar):
    codigo, _ = importar([fila(tipo="pergamino"), fila("a:2", tipo="ley")], "--tipo", "boletin")
    assert codigo == 0
    assert {i.tipo for i in Item.objects.all()} == {"boletin"}


def test_una_ley_importada_es_una_norma_y_lo_demas_no_se_supone(importar):
    importar([fila("a:1", tipo="ley"), fila("a:2", tipo="constitucion"), fila("a:3", tipo="publicacion_oficial")])
    assert [i.ficha.get("clase") for i in Item.objects.order_by("id_externo")] == ["norma", "norma", None]


@pytest.mark.parametrize("opciones", [("--tipo", "pergamino"), ("--acceso", "secreto"), ("--como", "nadie")])
def test_una_opcion_inutilizable_no_escribe_nada(importar, opciones):
    codigo, frase = importar([fila()], *opciones)
    assert codigo == 2
    assert opciones[1] in frase
    assert not Item.objects.exists()


def test_un_archivo_que_no_esta():
    with pytest.raises(CommandError, match="Revise la ruta") as error:
        call_command("importar", "/no/existe.jsonl", "--json")
    assert error.value.returncode == 2


def test_un_gzip_cortado_dice_que_esta_incompleto(tmp_path):
    archivo = tmp_path / "f.jsonl.gz"
    archivo.write_bytes(gzip.compress(json.dumps(fila()).encode() * 500)[:-20])
    with pytest.raises(CommandError, match="incompleto"):
        call_command("importar", str(archivo), "--json")


def test_lo_que_falta_se_acepta_y_se_anota(importar):
    importar(
        [fila(titulo="", fecha=None, dependencia=None, texto="Uno dos tres"), fila("a:2", titulo=None, texto="", fecha="ayer")]
    )
    primero, segundo = Item.objects.order_by("pk")
    assert primero.titulo == "Uno dos tres"
    assert primero.pendientes == ["titulo", "fecha", "area"]
    assert (segundo.titulo, segundo.fecha, segundo.fecha_texto) == ("Sin título (a:2)", None, "ayer")


def test_fechas_parciales(importar):
    importar([fila("a:1", fecha="1872"), fila("a:2", fecha="1987-03")])
    assert [i.fecha_parcial.precision for i in Item.objects.order_by("pk")] == ["anio", "mes"]


def test_una_dependencia_desconocida_queda_por_verificar(importar):
    conocida = fabricas.area("Obras")
    importar([fila("a:1"), fila("a:2", dependencia=" Salud  Pública "), fila("a:3", dependencia="Salud Pública")])
    nueva = Area.objects.get(nombre="Salud Pública")
    assert nueva.por_verificar
    assert [i.area for i in Item.objects.order_by("pk")] == [conocida, nueva, nueva]
    assert "area_por_verificar" in Item.objects.get(id_externo="a:2").pendientes


def test_los_numeros_historicos_se_conservan_y_los_repetidos_se_marcan(importar):
    importar([fila(f"a:{n}", extra={"numero": numero}) for n, numero in enumerate(["045", "45 bis", "S/N", "045"])])
    items = Item.objects.order_by("pk")
    assert [(i.numero, i.folio) for i in items] == [
        (45, "No. 045/2024"),
        (None, "No. 45 bis/2024"),
        (None, "No. S/N/2024"),
        (45, "No. 045/2024"),
    ]
    assert ["numero_repetido" in i.pendientes for i in items] == [False, False, False, True]
    assert not any(i.numero_asignado for i in items)


def test_los_duplicados_se_marcan_y_no_se_tiran(importar):
    largo = "Un texto suficientemente largo para compararlo. " * 10
    importar([fila("a:1", texto=largo), fila("a:2", texto=largo.upper()), fila("a:3")])
    importar([fila("a:4", texto=largo)], nombre="otro.jsonl")
    primero = Item.objects.get(id_externo="a:1")
    assert {i.id_externo for i in primero.duplicados.all()} == {"a:2", "a:4"}


def test_el_ensayo_cuenta_y_no_escribe(importar):
    _, r = importar([fila("a:1"), fila("a:2", dependencia="Nueva")], "--ensayo")
    assert r["creadas"] == 2
    assert not Item.objects.exists()
    assert not Area.objects.filter(nombre="Nueva").exists()


def test_un_id_repetido_en_el_archivo_se_rechaza(importar):
    codigo, r = importar([fila("a:1"), fila("a:1", titulo="Otro")])
    assert (codigo, r["creadas"], r["rechazadas"]) == (1, 1, 1)
    assert r["errores"][0]["campo"] == "id"


def test_se_lee_comprimido(importar):
    assert importar([fila()], nombre="filas.jsonl.gz")[1]["creadas"] == 1


@pytest.mark.parametrize("rara", ["\x00", "\ud800", "‮", "'; DROP TABLE", "<script>", "é" * 5000])
def test_textos_hostiles_entran_enteros_o_se_rechazan_con_razon(importar, rara):
    codigo, r = importar([fila(titulo=f"a{rara}b", texto=f"c{rara}d", autor=rara, dependencia=rara)])
    assert r["creadas"] + r["rechazadas"] == 1
    assert codigo == (1 if r["rechazadas"] else 0)


def test_el_texto_largo_se_parte(importar):
    importar([fila(texto="\n".join(f"Párrafo {n} del documento largo." for n in range(2000)))])
    assert Item.objects.get().partes > 5


def test_lo_escrito_por_una_persona_en_la_bitacora(importar):
    ana = fabricas.persona("archivo_tramite", nombre="ana")
    importar([fila()], "--como", "ana")
    assert Item.objects.get().creado_por == ana


def test_el_detalle_dice_que_fue_de_cada_fila(importar, tmp_path):
    importar([fila("a:1")])
    detalle = tmp_path / "detalle.jsonl"
    importar([fila("a:1"), fila("a:2"), "{roto", fila("a:3", tipo="pergamino")], "--detalle", str(detalle))
    renglones = {r["fila"]: r for r in map(json.loads, detalle.read_text().splitlines())}
    assert {n: r["resultado"] for n, r in renglones.items()} == {1: "sin_cambio", 2: "creada", 3: "rechazada", 4: "rechazada"}
    assert renglones[2]["clave"] == Item.objects.get(id_externo="a:2").clave
    assert renglones[4]["motivo"]


def test_el_detalle_que_no_se_puede_escribir_no_importa_nada(importar):
    codigo, frase = importar([fila()], "--detalle", "/no/existe/detalle.jsonl")
    assert codigo == 2
    assert "Elija otra ruta" in frase
    assert not Item.objects.exists()


def test_lo_cancelado_sigue_cancelado_aunque_la_fila_vuelva_con_otro_estado(importar):
    importar([fila(numero="1", extra={"publicado": False})])
    Item.objects.update(estado="cancelado")
    codigo, r = importar([fila(titulo="Título corregido")], "--publicar", "--acceso", "publico")
    item = Item.objects.get()
    assert (codigo, r["actualizadas"], item.estado, item.titulo) == (0, 1, "cancelado", "Título corregido")
    assert not Item.objects.publicos().exists()


def test_un_rol_vale_en_su_area_y_no_en_la_de_otro_rol(importar):
    """Redacta en Obras y monitorea en Salud: ni boletines de Salud ni recortes de Obras."""
    obras, salud = fabricas.area("Obras"), fabricas.area("Salud")
    persona = fabricas.persona("redaccion", en=obras)
    Nombramiento.objects.create(usuario=persona, rol="monitoreo", area=salud)
    filas = [
        fila(f"{area}:{tipo}", tipo=tipo, dependencia=area)
        for area in ("Obras", "Salud")
        for tipo in ("comunicado", "nota_prensa")
    ]
    codigo, r = importar(filas, "--como", persona.username)
    assert (codigo, sorted(Item.objects.values_list("id_externo", flat=True))) == (
        1,
        ["Obras:comunicado", "Obras:nota_prensa", "Salud:nota_prensa"],
    )
    assert [(e["id"], e["campo"]) for e in r["errores"]] == [("Salud:comunicado", "tipo")]
    assert "no crea ahí" in r["errores"][0]["motivo"]
