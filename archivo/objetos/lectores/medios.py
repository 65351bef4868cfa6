"""El cuadro con que se presenta un video. Corre en el proceso aislado."""

import av
from PIL import Image

PARTE = 0.1
A_LO_MAS = 10.0


def cuadro(ruta: str, destino: str, ancho: int, pixeles: int) -> dict[str, int]:
    """Escribe un WebP con un cuadro de la primera décima parte del video, a lo más de ese ancho, sin metadatos."""
    with av.open(ruta) as contenedor:
        pista = contenedor.streams.video[0]
        pista.codec_context.thread_count = 1
        segundos = min(A_LO_MAS, (contenedor.duration or 0) / av.time_base * PARTE)
        if segundos >= 1:
            contenedor.seek(int(segundos * av.time_base))
        elegido = next(iter(contenedor.decode(pista)), None)
        if elegido is None:
            raise ValueError("del video no sale ningún cuadro")
        imagen = elegido.to_image()
    escala = min(1.0, ancho / imagen.width, (pixeles / (imagen.width * imagen.height)) ** 0.5)
    medida = (max(1, round(imagen.width * escala)), max(1, round(imagen.height * escala)))
    chica = imagen.resize(medida, Image.Resampling.LANCZOS)
    chica.save(destino, "WEBP", quality=82, method=2)
    return {"ancho": chica.width, "alto": chica.height}
