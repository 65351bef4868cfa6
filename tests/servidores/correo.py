"""Un servidor de correo de verdad, en esta máquina: habla SMTP (RFC 5321) y guarda lo que recibe."""

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default


class _Sesion(socketserver.StreamRequestHandler):
    """Una conexión: contesta lo necesario para recibir cartas."""

    def handle(self) -> None:
        self._decir("220 pruebas")
        while orden := self.rfile.readline().decode().strip():
            verbo = orden[:4].upper()
            if verbo == "DATA":
                self._decir("354 adelante")
                self._recibir()
            self._decir("221 adiós" if verbo == "QUIT" else "250 bien")
            if verbo == "QUIT":
                return

    def _recibir(self) -> None:
        renglones = iter(self.rfile.readline, b".\r\n")
        cuerpo = b"".join(r[1:] if r.startswith(b"..") else r for r in renglones)
        self.server.cartas.append(email.message_from_bytes(cuerpo, policy=default))

    def _decir(self, renglon: str) -> None:
        self.wfile.write(f"{renglon}\r\n".encode())


class ServidorDeCorreo(socketserver.ThreadingTCPServer):
    """`cartas`: lo que ha recibido, en orden. `direccion`: como se escribe en ACERVO_CORREO."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, puerto: int = 0) -> None:
        self.cartas: list[EmailMessage] = []
        super().__init__(("127.0.0.1", puerto), _Sesion)

    @property
    def direccion(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def servidor_de_correo(puerto: int = 0) -> Iterator[ServidorDeCorreo]:
    """Uno encendido mientras dura el `with`; después, en ese puerto nadie contesta."""
    with ServidorDeCorreo(puerto) as servidor:
        hilo = threading.Thread(target=servidor.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        hilo.start()
        yield servidor
        servidor.shutdown()
        hilo.join()
