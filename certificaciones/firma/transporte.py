"""Cómo llegan las peticiones a las autoridades: por HTTP, con tiempo límite y sin seguir desvíos."""

from collections.abc import Callable

import requests

from .errores import SelloPendiente

#: Manda los bytes de la petición y devuelve los de la respuesta.
Transporte = Callable[[bytes], bytes]
_RESPUESTA_MAXIMA = 4 * 1024 * 1024


def por_http(url: str, tipo: str, espera: float, credenciales: tuple[str, str] | None = None) -> Transporte:
    """Transporte a una dirección. `tipo` es el de la petición («application/ocsp-request»); `espera`, en segundos.

    Todo lo que salga mal (red, tiempo, código, tamaño) es `SelloPendiente`.
    """

    def mandar(peticion: bytes) -> bytes:
        try:
            with requests.post(
                url,
                data=peticion,
                headers={"Content-Type": tipo},
                auth=credenciales,
                timeout=(espera, espera),
                allow_redirects=False,
                stream=True,
            ) as respuesta:
                cuerpo = respuesta.raw.read(_RESPUESTA_MAXIMA + 1, decode_content=True)
                codigo = respuesta.status_code
        except (requests.RequestException, OSError) as error:
            raise SelloPendiente(
                f"No contestó {url} ({type(error).__name__}). Se reintentará; avise si no se arregla."
            ) from error
        if codigo != requests.codes.ok or len(cuerpo) > _RESPUESTA_MAXIMA:
            raise SelloPendiente(f"{url} contestó con un error (código {codigo}, {len(cuerpo)} bytes). Se reintentará.")
        return bytes(cuerpo)

    return mandar
