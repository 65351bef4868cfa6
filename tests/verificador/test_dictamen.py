"""El dictamen de una copia: auténtica, alterada o sin prueba, y lo que no se pudo comprobar dicho con su nombre."""

import base64
import hashlib
import json
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.certificaciones.registro.fabricas import AutoridadDeSellos
from tests.verificador.fabricas import COPIA, caso, con_prueba, nota_de
from verificador import dictamen as modulo
from verificador.__main__ import main
from verificador.cadena import texto_de_renovacion
from verificador.dictamen import Medios, examinar
from verificador.empaque import empaquetado
from verificador.nota import Llave, TextoInvalido, leer_llave
from verificador.prueba import Sello, leer_prueba

HORA = datetime(2026, 11, 22, 12, tzinfo=UTC)
AUTORIDAD = AutoridadDeSellos(vence=HORA + timedelta(days=400), momento=HORA)
RENOVADORA = AutoridadDeSellos(vence=HORA + timedelta(days=4000), momento=HORA + timedelta(days=300))


def sellar(texto, autoridad, algoritmo="sha256"):
    return Sello(texto, autoridad(hashlib.new(algoritmo, texto.encode()).digest(), algoritmo))


@pytest.fixture
def dado(tmp_path):
    return caso(tmp_path)


@pytest.fixture
def sellado(dado):
    return con_prueba(dado, sellos=(sellar(dado.prueba.nota, AUTORIDAD),))


def salidas(dado, **medios):
    hecho = examinar(dado.copia, dado.prueba, Medios(dado.llave, **medios))
    return hecho, {c.que: c.salida for c in hecho.comprobaciones}


def test_una_copia_intacta_es_autentica_y_dice_lo_que_no_comprobo(dado):
    hecho, que = salidas(dado)
    assert (hecho.resultado, hecho.folio, hecho.ensayo) == ("autentica", "CC/00004/2026", False)
    assert [que[c] for c in ("archivo", "hoja", "punto")] == ["bien"] * 3
    assert que["tiempo"] == que["estado"] == "sin_comprobar"


def test_una_de_ensayo_lo_dice(tmp_path):
    assert salidas(caso(tmp_path, "ensayos"))[0].ensayo


def test_cada_byte_cambiado_se_detecta(dado):
    azar = random.Random(5)
    for lugar in [0, len(COPIA) - 1, *(azar.randrange(len(COPIA)) for _ in range(60))]:
        alterada = bytearray(COPIA)
        alterada[lugar] ^= 1 << azar.randrange(8)
        dado.copia.write_bytes(alterada)
        assert salidas(dado)[0].resultado == "alterada"
    dado.copia.write_bytes(COPIA + b"\n%%EOF\n")
    assert salidas(dado)[0].resultado == "alterada"


def test_una_hoja_cambiada_para_que_coincida_no_llega_a_la_raiz(dado):
    hoja = dado.prueba.hoja.replace(b'"fojas": 3', b'"fojas": 4')
    hecho, que = salidas(con_prueba(dado, hoja=hoja))
    assert (hecho.resultado, que["hoja"]) == ("sin_prueba", "mal")


def test_una_nota_firmada_por_otra_llave_o_de_otro_registro_no_vale(dado):
    falsa = nota_de(dado.prueba.punto, Ed25519PrivateKey.generate())
    assert salidas(con_prueba(dado, nota=falsa))[1]["punto"] == "mal"
    ajena = replace(dado, llave=Llave("otro.mx/registro/expedidas", dado.llave.publica))
    assert salidas(ajena)[1]["punto"] == "mal"


def test_el_sello_de_tiempo_se_comprueba_hasta_su_raiz(sellado):
    assert salidas(sellado, ahora=HORA)[1]["tiempo"] == "sin_comprobar"
    hecho, que = salidas(sellado, raices=[AUTORIDAD.raiz], ahora=HORA)
    assert que["tiempo"] == "bien"
    assert "2026-11-22 a las 12:00:00 UTC" in next(c.detalle for c in hecho.comprobaciones if c.que == "tiempo")
    assert salidas(sellado, raices=[RENOVADORA.raiz], ahora=HORA)[1]["tiempo"] == "sin_comprobar"


def test_un_sello_de_otro_texto_alterado_o_vencido_esta_mal(sellado):
    token = sellado.prueba.sellos[0].token
    for sello in (Sello("otro", token), Sello(sellado.prueba.nota, token[:-3] + b"abc"), Sello("x", b"no")):
        assert salidas(con_prueba(sellado, sellos=(sello,)), ahora=HORA)[1]["tiempo"] == "mal"
    assert salidas(sellado, ahora=HORA + timedelta(days=500))[1]["tiempo"] == "mal"


def test_la_cadena_de_sellos_sigue_valiendo_cuando_el_primero_vence(sellado):
    primero = sellado.prueba.sellos[0]
    texto = texto_de_renovacion(sellado.llave.nombre, 9, "00", [primero.token])
    renovado = con_prueba(sellado, sellos=(primero, sellar(texto, RENOVADORA, "sha512")))
    raices = [AUTORIDAD.raiz, RENOVADORA.raiz]
    assert salidas(renovado, raices=raices, ahora=HORA + timedelta(days=500))[1]["tiempo"] == "bien"
    ajena = con_prueba(sellado, sellos=(primero, sellar("acervo/renovacion@v1\nsello 00\n", RENOVADORA, "sha512")))
    assert salidas(ajena, raices=raices, ahora=HORA)[1]["tiempo"] == "mal"
    tardia = AutoridadDeSellos(vence=HORA + timedelta(days=4000), momento=HORA + timedelta(days=401))
    tarde = con_prueba(sellado, sellos=(primero, sellar(texto, tardia, "sha512")))
    assert salidas(tarde, ahora=HORA + timedelta(days=500))[1]["tiempo"] == "mal"


def test_el_espejo_dice_si_se_cancelo(dado):
    cancelada = json.dumps({"folio": "CC/00004/2026", "t": "cancelacion"})
    assert salidas(dado, hojas=dado.hojas)[0].estado == "vigente"
    assert salidas(dado, hojas=[*dado.hojas, cancelada])[0].estado == "cancelada"
    assert salidas(dado, hojas=[dado.hojas[1], *dado.hojas[1:]])[1]["estado"] == "mal"
    with pytest.raises(TextoInvalido, match="JSON"):
        salidas(dado, hojas=[*dado.hojas, "{"])


def test_sin_bibliotecas_dice_que_no_comprobo(sellado, monkeypatch):
    monkeypatch.setattr(modulo, "comprobar_sello", None)
    monkeypatch.setattr(modulo, "revisar_firma", None)
    hecho, que = salidas(sellado)
    assert (hecho.resultado, que["tiempo"], que["firma"]) == ("autentica", "sin_comprobar", "sin_comprobar")
    assert any("instale pyhanko" in c.detalle for c in hecho.comprobaciones)


@pytest.fixture
def papeles(dado, tmp_path):
    """Los archivos, como llegan por correo."""
    (tmp_path / "copia.prueba").write_text(dado.prueba.como_texto())
    (tmp_path / "registro.llave").write_text(dado.llave.como_texto() + "\n")
    (tmp_path / "hojas.jsonl").write_text("\n".join(dado.hojas) + "\n")
    return tmp_path, [str(dado.copia), "--prueba", str(tmp_path / "copia.prueba"), "--llave", str(tmp_path / "registro.llave")]


def test_la_prueba_y_la_llave_escritas_se_leen_igual(dado):
    assert leer_prueba(dado.prueba.como_texto()) == dado.prueba
    assert leer_prueba(dado.prueba.como_texto().replace("\n", "\r\n")) == dado.prueba
    assert leer_llave(dado.llave.como_texto()) == dado.llave


def test_la_orden_dice_y_sale(papeles, capsys):
    carpeta, argumentos = papeles
    assert main([*argumentos, "--json", "--hojas", str(carpeta / "hojas.jsonl")]) == 0
    assert json.loads(capsys.readouterr().out)["estado"] == "vigente"
    (carpeta / "copia.pdf").write_bytes(COPIA[:-1])
    assert main(argumentos) == 1
    assert "CC/00004/2026: ALTERADA" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("prueba", "llave", "dice"),
    [("no hay", None, "No se puede leer"), ("vacia", None, "tlog-proof@v1"), (None, "a+b+c", "base64"), (None, "vacia", "vacío")],
)
def test_lo_que_no_sirve_sale_con_dos_y_dice_que_hacer(papeles, capsys, prueba, llave, dice):
    carpeta, argumentos = papeles
    (carpeta / "vacia").write_text("")
    if prueba:
        argumentos[2] = str(carpeta / prueba)
    if llave:
        argumentos[4] = llave if "+" in llave else str(carpeta / llave)
    assert main(argumentos) == 2
    assert dice in capsys.readouterr().err


def test_un_solo_archivo_corre_con_cualquier_python_sin_bibliotecas(papeles):
    carpeta, argumentos = papeles
    (carpeta / "verificador.pyz").write_bytes(empaquetado())
    orden = [sys.executable, "-I", "-S", str(carpeta / "verificador.pyz"), *argumentos, "--json"]
    hecho = subprocess.run(orden, capture_output=True, text=True, cwd=carpeta, check=False)
    assert hecho.returncode == 0, hecho.stderr
    assert json.loads(hecho.stdout)["resultado"] == "autentica"
    assert base64.b64encode(empaquetado.__wrapped__()) == base64.b64encode(empaquetado())
