"""El lector de audio y video: pistas, duración y que de verdad se decodifique. Corre en el proceso aislado."""

from itertools import islice
from typing import Any

import av
from av.container import InputContainer
from av.stream import Stream

CUADROS_DE_PRUEBA = 4
CLASES = {"audio", "video"}


def leer(ruta: str) -> dict[str, Any]:
    """Devuelve `{"duracion", "pistas": [{"clase", "codec"}], "ancho", "alto", "decodifica"}`; la duración, en segundos o null.

    Lanza lo que FFmpeg lance si el archivo está dañado o incompleto.
    """
    with av.open(ruta) as contenedor:
        pistas = [p for p in contenedor.streams if p.type in CLASES and not _es_caratula(p)]
        video = next((p for p in contenedor.streams.video if p in pistas), None)
        return {
            "duracion": _duracion(contenedor, pistas),
            "pistas": [{"clase": p.type, "codec": p.codec_context.name if p.codec_context else ""} for p in pistas],
            "ancho": video.codec_context.width if video is not None else 0,
            "alto": video.codec_context.height if video is not None else 0,
            "decodifica": all(_decodifica(ruta, p.index) for p in pistas),
        }


def _es_caratula(pista: Stream) -> bool:
    return bool(pista.disposition & av.stream.Disposition.attached_pic)


def _duracion(contenedor: InputContainer, pistas: list[Stream]) -> float | None:
    if contenedor.duration:
        return round(contenedor.duration / av.time_base, 3)
    medidas = [float(p.duration * p.time_base) for p in pistas if p.duration and p.time_base]
    return round(max(medidas), 3) if medidas else None


def _decodifica(ruta: str, indice: int) -> bool:
    """¿Salen al menos un cuadro o un trozo de sonido de esa pista? Se abre aparte: cada pista se lee desde el principio."""
    with av.open(ruta) as contenedor:
        pista = contenedor.streams[indice]
        pista.codec_context.thread_count = 1
        return any(True for _ in islice(contenedor.decode(pista), CUADROS_DE_PRUEBA))
