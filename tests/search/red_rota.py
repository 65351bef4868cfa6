"""Servidores que no son lo que dicen: ausentes, lentos o que contestan a medias."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

A_MEDIAS = {
    "fragmento": {"timed_out": False, "_shards": {"total": 2, "failed": 1}, "hits": {"total": {"value": 0}, "hits": []}},
    "fuera de tiempo": {"timed_out": True, "_shards": {"failed": 0}, "hits": {"total": {"value": 0}, "hits": []}},
    "otra cosa": {"hola": "soy otro programa"},
}


def puerto_sin_nadie() -> int:
    """Un puerto de loopback en el que nadie atiende."""
    with socket.create_server(("127.0.0.1", 0)) as zocalo:
        return int(zocalo.getsockname()[1])


@contextmanager
def que_contesta(codigo: int, cuerpo: bytes, *, espera: float = 0.0, corta: bool = False) -> Iterator[int]:
    """El puerto de un servidor que a todo contesta eso, tarde (`espera`) o cortando a la mitad (`corta`)."""
    fin = threading.Event()

    class Atiende(BaseHTTPRequestHandler):
        def _contestar(self) -> None:
            fin.wait(espera)
            self.send_response(codigo)
            self.send_header("content-type", "application/json")
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("content-length", str(len(cuerpo)))
            self.end_headers()
            self.wfile.write(cuerpo[: len(cuerpo) // 2] if corta else cuerpo)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _contestar

        def log_message(self, *args: object) -> None:
            """En silencio."""

    servidor = ThreadingHTTPServer(("127.0.0.1", 0), Atiende)
    servidor.daemon_threads = True
    hilo = threading.Thread(target=servidor.serve_forever, kwargs={"poll_interval": 0.05})
    hilo.start()
    try:
        yield servidor.server_address[1]
    finally:
        fin.set()
        servidor.shutdown()
        hilo.join()
        servidor.server_close()


def en_json(dato: object) -> bytes:
    return json.dumps(dato).encode()


MANERAS = ("503", "muda", "corta", "cierra", "a ratos")


@dataclass
class Puente:
    """Delante de un servidor de verdad, y a veces estorbo.

    `manera`: «pasa», «503», «muda» (no contesta mientras dure), «corta» (media respuesta), «cierra» (cuelga sin decir nada) o «a
    ratos» (de cada tres, una 503).
    """

    puerto: int
    manera: str = "pasa"
    vistas: int = 0
    cambio: threading.Event = field(default_factory=threading.Event)

    def poner(self, manera: str) -> None:
        """Desde ahora se porta así; a quien esperaba se le cuelga."""
        self.manera = manera
        esperaban, self.cambio = self.cambio, threading.Event()
        esperaban.set()

    def estorbo(self) -> str:
        """Cómo se porta con la petición que acaba de llegar."""
        self.vistas += 1
        if self.manera == "a ratos":
            return "503" if self.vistas % 3 == 0 else "pasa"
        return self.manera


class _DelPuente(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, url: str) -> None:
        super().__init__(("127.0.0.1", 0), _Paso)
        self.lejos = urlsplit(url)
        self.puente = Puente(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Quien pedía ya no está: es lo que se prueba."""


class _Paso(BaseHTTPRequestHandler):
    """Una petición que cruza el puente."""

    protocol_version = "HTTP/1.1"
    server: _DelPuente

    def _pasar(self) -> None:
        cuerpo = self.rfile.read(int(self.headers.get("content-length") or 0))
        puente = self.server.puente
        como = puente.estorbo()
        if como == "muda":
            puente.cambio.wait(30)
        if como in {"muda", "cierra"}:
            self.close_connection = True
        elif como == "503":
            self._contestar(503, [("content-type", "application/json")], b'{"error": {"type": "cluster_block_exception"}}')
        else:
            self._contestar(*self._lejos(cuerpo), corta=como == "corta")

    def _lejos(self, cuerpo: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        conexion = http.client.HTTPConnection(self.server.lejos.hostname or "", self.server.lejos.port, timeout=60)
        try:
            conexion.request(self.command, self.path, cuerpo, dict(self.headers))
            respuesta = conexion.getresponse()
            return respuesta.status, respuesta.getheaders(), respuesta.read()
        finally:
            conexion.close()

    def _contestar(self, codigo: int, cabeceras: list[tuple[str, str]], cuerpo: bytes, *, corta: bool = False) -> None:
        self.send_response(codigo)
        for nombre, valor in cabeceras:
            if nombre.lower() not in {"content-length", "transfer-encoding", "connection"}:
                self.send_header(nombre, valor)
        self.send_header("content-length", str(len(cuerpo)))
        self.end_headers()
        self.wfile.write(cuerpo[: len(cuerpo) // 2] if corta else cuerpo)
        self.close_connection = self.close_connection or corta

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pasar

    def log_message(self, *args: object) -> None:
        """En silencio."""


@contextmanager
def puente_hacia(url: str) -> Iterator[Puente]:
    """Un puente en loopback hacia ese servidor."""
    servidor = _DelPuente(url)
    hilo = threading.Thread(target=servidor.serve_forever, kwargs={"poll_interval": 0.05})
    hilo.start()
    try:
        yield servidor.puente
    finally:
        servidor.puente.poner("cierra")
        servidor.shutdown()
        hilo.join()
        servidor.server_close()
