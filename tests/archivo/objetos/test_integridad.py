import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from archivo.auditoria.puerta import Suceso
from archivo.objetos.puerta import ObjetoDigital, guardar, ruta_local

pytestmark = pytest.mark.django_db


def _tres():
    return [guardar(io.BytesIO(contenido * 5000)) for contenido in (b"uno", b"dos", b"tres")]


def _verificar(capsys, *opciones):
    codigo = 0
    try:
        call_command("integridad", "verificar", "--json", *opciones)
    except SystemExit as salida:
        codigo = salida.code
    return codigo, json.loads(capsys.readouterr().out)


def _voltear_un_bit(ruta):
    ruta.chmod(0o600)
    crudo = bytearray(ruta.read_bytes())
    crudo[len(crudo) // 2] ^= 1
    ruta.write_bytes(crudo)


def _cortar(ruta):
    ruta.chmod(0o600)
    ruta.write_bytes(ruta.read_bytes()[:-1])


def test_todo_bien(capsys):
    _tres()
    codigo, informe = _verificar(capsys, "--todo")
    assert codigo == 0
    assert informe == {"revisados": 3, "correctos": 3, "sin_revisar": 0, "fallas": [], "huerfanos": []}


@pytest.mark.parametrize(
    ("danar", "motivo"),
    [(_voltear_un_bit, "el contenido cambió"), (_cortar, "debe medir 15000"), (lambda ruta: ruta.unlink(), "falta el archivo")],
)
def test_encuentra_cada_dano_y_deja_constancia(capsys, danar, motivo):
    _, danado, _ = _tres()
    danar(ruta_local(danado))
    codigo, informe = _verificar(capsys, "--todo")
    assert codigo == 1
    assert (informe["revisados"], informe["correctos"]) == (3, 2)
    (falla,) = informe["fallas"]
    assert falla["sha256"] == danado.sha256
    assert falla["ruta"].endswith(danado.sha256)
    assert motivo in falla["motivo"]
    danado.refresh_from_db()
    assert danado.integridad == "falla"
    assert Suceso.objects.filter(clase="objeto.falla", objeto=f"objeto:{danado.sha256}").count() == 1


def test_sin_todo_solo_los_que_nadie_reviso_en_noventa_dias(capsys):
    uno, dos, _ = _tres()
    ahora = timezone.now()
    ObjetoDigital.objects.filter(pk=uno.pk).update(verificado_en=ahora - timedelta(days=89))
    ObjetoDigital.objects.filter(pk=dos.pk).update(verificado_en=ahora - timedelta(days=91))
    _, informe = _verificar(capsys)
    assert (informe["revisados"], informe["sin_revisar"]) == (2, 1)
    _, otra_vez = _verificar(capsys)
    assert (otra_vez["revisados"], otra_vez["sin_revisar"]) == (0, 3)


def test_dice_lo_que_nadie_registro_sin_contarlo_como_falla(capsys, settings):
    _tres()
    ajeno = settings.ACERVO_DATOS / "objetos" / "zz" / "ajeno"
    restos = settings.ACERVO_DATOS / "objetos" / "ab" / "ab"
    restos.mkdir(parents=True, exist_ok=True)
    (restos / ("ab" * 32)).write_bytes(b"x")
    ajeno.parent.mkdir(parents=True)
    ajeno.write_bytes(b"x")
    codigo, informe = _verificar(capsys, "--todo")
    assert codigo == 0
    assert informe["huerfanos"] == ["ab" * 32]


def test_en_llano_dice_que_hacer(capsys):
    uno, *_ = _tres()
    ruta_local(uno).unlink()
    with pytest.raises(SystemExit) as salida:
        call_command("integridad", "verificar", "--todo")
    visto = capsys.readouterr()
    assert salida.value.code == 1
    assert "FALLA" in visto.out
    assert "respaldo" in visto.err
