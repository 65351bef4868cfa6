"""Las autoridades de fuera: lo que contestan mal, o no contestan, deja la copia pendiente; nunca una firma más débil."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from asn1crypto import ocsp, tsp

from certificaciones.firma import (
    CertificadoRechazado,
    FirmaRechazada,
    SelloPendiente,
    comprobar_sello,
    firmar,
    pki_de_ensayo,
    sellar_huella,
    validar,
)
from certificaciones.firma.estados import TIPO_DE_PETICION as DE_ESTADO
from certificaciones.firma.estados import ClienteDeEstados
from certificaciones.firma.sellos import TIPO_DE_PETICION as DE_SELLO
from certificaciones.firma.sellos import ClienteDeSellos
from certificaciones.firma.transporte import por_http

HUELLA = "ab" * 32


@contextmanager
def autoridad(responder: Callable[[bytes], bytes], codigo: int = 200) -> Iterator[tuple[str, list[str]]]:
    """Una autoridad en este equipo: su dirección y el tipo de cada petición que recibe."""
    tipos: list[str] = []

    class Atencion(BaseHTTPRequestHandler):
        def do_POST(self):
            tipos.append(self.headers["Content-Type"])
            cuerpo = responder(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(codigo)
            self.send_header("Content-Length", str(len(cuerpo)))
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            self.wfile.write(cuerpo)

        def log_message(self, *args):
            """Nada a la consola."""

    servidor = ThreadingHTTPServer(("127.0.0.1", 0), Atencion)
    hilo = threading.Thread(target=servidor.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    hilo.start()
    try:
        yield f"http://127.0.0.1:{servidor.server_port}/", tipos
    finally:
        servidor.shutdown()
        servidor.server_close()


def otra_huella(pki):
    """Una autoridad que sella otra cosa."""

    def responder(peticion):
        leida = tsp.TimeStampReq.load(peticion)
        leida["message_imprint"]["hashed_message"] = bytes(32)
        return pki.sellos.responder(leida.dump())

    return responder


def otro_azar(pki):
    """Una autoridad que repite una respuesta vieja."""
    guardada = []

    def responder(peticion):
        guardada.append(pki.sellos.responder(peticion))
        leida = tsp.TimeStampReq.load(peticion)
        leida["nonce"] = 7
        return pki.sellos.responder(leida.dump())

    return responder


def negado(pki):
    return lambda peticion: bytes.fromhex("30053003020102")


def basura(pki):
    return lambda peticion: b"<html>mantenimiento</html>"


@pytest.mark.parametrize("autoridad_mala", [otra_huella, otro_azar, negado, basura])
def test_un_sello_que_no_responde_a_la_peticion_no_sirve(pki, autoridad_mala):
    with pytest.raises(SelloPendiente):
        sellar_huella(HUELLA, ClienteDeSellos(autoridad_mala(pki)))


def test_por_http_se_firma_y_se_valida(papel, pki, tmp_path):
    with autoridad(pki.sellos.responder) as (tsa, sellados), autoridad(pki.estados.responder) as (estado, preguntados):
        servicios = pki.servicios()
        servicios.sellos = ClienteDeSellos(por_http(tsa, DE_SELLO, 5))
        servicios.estados = ClienteDeEstados(por_http(estado, DE_ESTADO, 5))
        firmar(papel, tmp_path / "copia.pdf", pki.firmante(), servicios)
    assert validar(tmp_path / "copia.pdf", pki.confianza).valida
    assert set(sellados) == {DE_SELLO}
    assert preguntados == [DE_ESTADO]


@pytest.mark.parametrize("codigo", [302, 404, 500, 503])
def test_un_codigo_que_no_es_exito_queda_pendiente(pki, codigo):
    with autoridad(pki.sellos.responder, codigo) as (url, _), pytest.raises(SelloPendiente, match=str(codigo)):
        sellar_huella(HUELLA, ClienteDeSellos(por_http(url, DE_SELLO, 5)))


def test_la_que_tarda_queda_pendiente():
    soltar = threading.Event()
    with autoridad(lambda peticion: (soltar.wait(5) and b"") or b"") as (url, _):
        with pytest.raises(SelloPendiente, match="No contestó"):
            sellar_huella(HUELLA, ClienteDeSellos(por_http(url, DE_SELLO, 0.2)))
        soltar.set()


def test_la_que_no_esta_queda_pendiente_y_no_hay_copia(papel, pki, tmp_path):
    servicios = pki.servicios()
    servicios.estados = ClienteDeEstados(por_http("http://127.0.0.1:1/", DE_ESTADO, 1))
    with pytest.raises(SelloPendiente, match="No contestó"):
        firmar(papel, tmp_path / "copia.pdf", pki.firmante(), servicios)
    assert not (tmp_path / "copia.pdf").exists()


def test_un_certificado_revocado_no_firma(papel, pki, tmp_path):
    pki.estados.revocar(pki.firmante().certificado)
    with pytest.raises(CertificadoRechazado, match="revocado"):
        firmar(papel, tmp_path / "copia.pdf", pki.firmante(), pki.servicios())


def estado_de_otro(pki):
    def responder(peticion):
        leida = ocsp.OCSPRequest.load(peticion)
        leida["tbs_request"]["request_list"][0]["req_cert"]["serial_number"] = 5
        return pki.estados.responder(leida.dump())

    return responder


def estado_sin_firma_buena(pki):
    def responder(peticion):
        cruda = bytearray(pki.estados.responder(peticion))
        respuesta = ocsp.OCSPResponse.load(bytes(cruda))
        firma = respuesta.basic_ocsp_response["signature"].native
        donde = bytes(cruda).index(firma)
        cruda[donde + 9] ^= 1
        return bytes(cruda)

    return responder


def ahora_no(pki):
    return lambda peticion: ocsp.OCSPResponse({"response_status": "try_later"}).dump()


@pytest.mark.parametrize("autoridad_mala", [estado_de_otro, estado_sin_firma_buena, ahora_no, basura])
def test_un_estado_que_no_prueba_nada_queda_pendiente(papel, pki, tmp_path, autoridad_mala):
    servicios = pki.servicios()
    servicios.estados = ClienteDeEstados(autoridad_mala(pki))
    with pytest.raises(SelloPendiente):
        firmar(papel, tmp_path / "copia.pdf", pki.firmante(), servicios)
    assert not (tmp_path / "copia.pdf").exists()


def test_el_sello_de_una_huella_se_comprueba_despues(pki):
    sello = sellar_huella(HUELLA, pki.servicios().sellos)
    dicho = comprobar_sello(sello, HUELLA, pki.confianza)
    assert "ensayo" in dicho.autoridad
    assert dicho.certificado_vence > dicho.momento
    with pytest.raises(FirmaRechazada):
        comprobar_sello(sello, "cd" * 32, pki.confianza)


def test_el_sello_de_otra_autoridad_no_vale(pki, tmp_path_factory):
    ajena = pki_de_ensayo(tmp_path_factory.mktemp("ajena"))
    with pytest.raises(FirmaRechazada):
        comprobar_sello(sellar_huella(HUELLA, ajena.servicios().sellos), HUELLA, pki.confianza)
