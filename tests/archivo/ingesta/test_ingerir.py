import json
import os

import pytest
from django.core.management import CommandError, call_command

from archivo.catalogo.puerta import Item
from archivo.ingesta import tuberia
from archivo.ingesta.puerta import Ingreso
from archivo.objetos.puerta import SinEspacio
from tests import fabricas
from tests.muestras import fabrica

pytestmark = pytest.mark.django_db
CLAVES = {"ruta", "sha256", "bytes", "mime", "estado", "motivo", "clave", "paginas"}


@pytest.fixture
def carpeta(tmp_path):
    raiz = tmp_path / "entregas"
    (raiz / "b").mkdir(parents=True)
    (raiz / "a.pdf").write_bytes(fabrica.pdf(["uno", "dos"]))
    (raiz / "b" / "copia.pdf").write_bytes(fabrica.pdf(["uno", "dos"]))
    (raiz / "b" / "cifrado.pdf").write_bytes(fabrica.pdf_cifrado())
    (raiz / "z.csv").write_bytes(b"a,b\n1,2\n")
    return raiz


def _ingerir(capsys, *argumentos):
    codigo = 0
    try:
        call_command("ingerir", *map(str, argumentos), "--json")
    except SystemExit as salida:
        codigo = salida.code
    return codigo, [json.loads(renglon) for renglon in capsys.readouterr().out.splitlines()]


def test_una_carpeta_da_un_renglon_por_archivo_en_orden_estable(capsys, carpeta):
    codigo, veredictos = _ingerir(capsys, carpeta)
    assert codigo == 1
    assert [os.path.relpath(v["ruta"], carpeta) for v in veredictos] == ["a.pdf", "z.csv", "b/cifrado.pdf", "b/copia.pdf"]
    assert [v["estado"] for v in veredictos] == ["aceptado", "rechazado", "cuarentena", "duplicado"]
    assert all(set(v) >= CLAVES for v in veredictos)
    primero, tabla, cifrado, copia = veredictos
    assert (primero["paginas"], primero["mime"], primero["motivo"]) == (2, "application/pdf", None)
    assert copia["clave"] == primero["clave"] == Item.objects.get().clave
    assert (cifrado["clave"], tabla["clave"], tabla["paginas"]) == (None, None, None)
    assert cifrado["motivo"]
    assert tabla["motivo"]


def test_repetir_la_orden_no_crea_nada(capsys, carpeta):
    _ingerir(capsys, carpeta)
    _, veredictos = _ingerir(capsys, carpeta)
    assert [v["estado"] for v in veredictos] == ["duplicado", "rechazado", "cuarentena", "duplicado"]
    assert Item.objects.count() == 1


def test_todo_bien_sale_con_cero(capsys, carpeta):
    codigo, veredictos = _ingerir(capsys, carpeta / "a.pdf", "--tipo", "boletin", "--publicar", "--acceso", "publico")
    assert (codigo, len(veredictos)) == (0, 1)
    item = Item.objects.publicos().get()
    assert (item.tipo, item.clave) == ("boletin", veredictos[0]["clave"])


def test_la_ruta_se_puede_abrir_desde_donde_corrio(capsys, carpeta, monkeypatch):
    monkeypatch.chdir(carpeta)
    _, veredictos = _ingerir(capsys, "b", "a.pdf")
    assert all(os.path.exists(v["ruta"]) for v in veredictos)  # noqa: PTH110


@pytest.mark.parametrize(
    "argumentos",
    [["no-existe.pdf"], ["{carpeta}", "--tipo", "nada"], ["{carpeta}", "--acceso", "nada"], ["{carpeta}", "--como", "nadie"]],
)
def test_lo_inutilizable_sale_con_dos_y_no_escribe(carpeta, argumentos):
    with pytest.raises(CommandError) as error:
        call_command("ingerir", *[a.format(carpeta=carpeta) for a in argumentos], "--json")
    assert error.value.returncode == 2
    assert not Ingreso.objects.exists()


def test_nombres_que_no_son_utf8_enlaces_y_tubos(capsys, tmp_path):
    raiz = tmp_path / "raros"
    raiz.mkdir()
    raro = os.fsencode(raiz) + b"/mal\xff\n.pdf"
    with open(raro, "wb") as archivo:  # noqa: PTH123
        archivo.write(fabrica.pdf(["raro"]))
    (raiz / "enlace.pdf").symlink_to(os.fsdecode(raro))
    os.mkfifo(raiz / "tubo.pdf")
    codigo, veredictos = _ingerir(capsys, raiz)
    por_nombre = {os.path.basename(v["ruta"]): v for v in veredictos}  # noqa: PTH119
    assert codigo == 1
    assert por_nombre["enlace.pdf"]["estado"] == por_nombre["tubo.pdf"]["estado"] == "rechazado"
    (bueno,) = [v for v in veredictos if v["estado"] == "aceptado"]
    assert os.fsencode(bueno["ruta"]) == raro


def test_como_una_persona_solo_ve_sus_duplicados(capsys, carpeta):
    fabricas.persona("redaccion", en=fabricas.area(), nombre="rita")
    _ingerir(capsys, carpeta / "a.pdf", "--acceso", "reservado")
    _, (como_rita,) = _ingerir(capsys, carpeta / "a.pdf", "--como", "rita")
    assert como_rita["estado"] == "aceptado"
    _, (otra_vez,) = _ingerir(capsys, carpeta / "b" / "copia.pdf", "--como", "rita")
    assert (otra_vez["estado"], otra_vez["clave"]) == ("duplicado", como_rita["clave"])


def test_un_disco_lleno_no_detiene_a_los_demas(capsys, carpeta, monkeypatch):
    real, veces = tuberia.guardar_objeto, []

    def lleno_la_primera(ruta, **opciones):
        veces.append(ruta)
        if len(veces) == 1:
            raise SinEspacio("No hay espacio en el disco del archivo.")
        return real(ruta, **opciones)

    monkeypatch.setattr(tuberia, "guardar_objeto", lleno_la_primera)
    _, veredictos = _ingerir(capsys, carpeta)
    assert (veredictos[0]["estado"], "espacio" in veredictos[0]["motivo"]) == ("rechazado", True)
    assert veredictos[-1]["estado"] == "aceptado"
