"""Servidores que no son lo que dicen: ausentes, lentos o que contestan a medias."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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
