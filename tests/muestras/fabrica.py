"""Archivos pequeños hechos al momento, buenos y hostiles. Ninguno se guarda en el repositorio."""

import io
import zipfile
import zlib
from collections.abc import Sequence

import av
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from pypdf import PdfReader, PdfWriter

CARTA = (612, 792)


def _cadena(texto: str) -> bytes:
    crudo = texto.encode("cp1252", "replace")
    return b"(" + crudo.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def _contenido(texto: str, cuerpo: int) -> bytes:
    renglones = texto.split("\n")
    partes = [b"BT /F1 %d Tf 72 720 Td" % cuerpo]
    partes += [_cadena(r) + b" Tj 0 -%d Td" % (cuerpo + 4) for r in renglones]
    return b" ".join([*partes, b"ET"])


def armar(objetos: Sequence[bytes], raiz: int = 1, extra: bytes = b"") -> bytes:
    """Un PDF con esos objetos (el primero es el 1), su tabla de referencias y su cola."""
    salida = io.BytesIO()
    salida.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    lugares = []
    for n, objeto in enumerate(objetos, 1):
        lugares.append(salida.tell())
        salida.write(b"%d 0 obj\n" % n + objeto + b"\nendobj\n")
    inicio = salida.tell()
    salida.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objetos) + 1))
    salida.write(b"".join(b"%010d 00000 n \n" % lugar for lugar in lugares))
    salida.write(b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objetos) + 1, raiz, extra, inicio))
    return salida.getvalue()


def pdf(
    paginas: Sequence[str] = ("Hola",),
    *,
    caja: tuple[float, float] = CARTA,
    giro: int = 0,
    cuenta: int | None = None,
    catalogo: bytes = b"",
    titulo: str = "",
    cuerpo: int = 12,
) -> bytes:
    """Un PDF con esos textos. `cuenta` falsea /Count; `catalogo` se añade al catálogo; `giro` en grados."""
    hijos = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(paginas)))
    objetos = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogo,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (hijos, len(paginas) if cuenta is None else cuenta),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    medidas = b"%.0f %.0f" % caja
    for i, texto in enumerate(paginas):
        flujo = zlib.compress(_contenido(texto, cuerpo))
        objetos.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s] /Rotate %d /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % (medidas, giro, 5 + 2 * i)
        )
        objetos.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(flujo) + flujo + b"\nendstream")
    if titulo:
        objetos.append(b"<< /Title " + _cadena(titulo) + b" >>")
        return armar(objetos, extra=b"/Info %d 0 R" % len(objetos))
    return armar(objetos)


def pdf_cifrado(contrasena: str = "secreta") -> bytes:
    """Cifrado con RC4; con contraseña vacía se abre solo, pero sigue cifrado."""
    escritor = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    escritor.encrypt(user_password=contrasena, owner_password="otra", algorithm="RC4-128")
    salida = io.BytesIO()
    escritor.write(salida)
    return salida.getvalue()


def pdf_con_javascript() -> bytes:
    """Abre con una acción JavaScript."""
    return pdf(catalogo=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")


def pdf_con_lanzador() -> bytes:
    """Abre con una acción que lanza un programa."""
    return pdf(catalogo=b"/OpenAction << /S /Launch /F (calc.exe) >>")


def pdf_bomba(megas: int) -> bytes:
    """Una página cuyo contenido mide `megas` MB al descomprimirse y mil veces menos comprimido: un mismo bloque repetido."""
    compresor = zlib.compressobj(9, zlib.DEFLATED, -15)
    bloque = compresor.compress(b"q Q " * (256 * 1024)) + compresor.flush(zlib.Z_FULL_FLUSH)
    flujo = b"\x78\x9c" + bloque * megas + b"\x03\x00"
    objetos = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(flujo) + flujo + b"\nendstream",
    ]
    return armar(objetos)


def imagen(formato: str = "JPEG", medida: tuple[int, int] = (64, 48), *, con_posicion: bool = False, cuadros: int = 1) -> bytes:
    """Una imagen de un color por cuadro; con posición, lleva GPS en su EXIF."""
    cuadros_hechos = [Image.new("RGB", medida, (40 * i % 255, 90, 160)) for i in range(cuadros)]
    opciones: dict[str, object] = {}
    if con_posicion:
        exif = Image.Exif()
        exif[0x010F] = "Cámara"
        exif.get_ifd(0x8825).update({1: "N", 2: (IFDRational(19), IFDRational(26), IFDRational(0))})
        opciones["exif"] = exif
    if cuadros > 1:
        opciones |= {"save_all": True, "append_images": cuadros_hechos[1:]}
    salida = io.BytesIO()
    cuadros_hechos[0].save(salida, formato, **opciones)
    return salida.getvalue()


def grabacion(formato: str = "wav", segundos: float = 1.0, *, con_video: bool = False) -> bytes:
    """Un tono, y si se pide, con un video de un color. `formato` es el contenedor de FFmpeg: wav, ogg, mp4, webm."""
    salida = io.BytesIO()
    codigos = {"wav": "pcm_s16le", "ogg": "libopus", "mp4": "aac", "webm": "libopus"}
    with av.open(salida, "w", format=formato) as contenedor:
        audio = contenedor.add_stream(codigos[formato], rate=48_000, layout="mono")
        video = contenedor.add_stream("libx264" if formato == "mp4" else "libvpx", rate=10) if con_video else None
        if video is not None:
            video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
            for _ in range(int(10 * segundos)):
                cuadro = av.VideoFrame.from_image(Image.new("RGB", (64, 48), (20, 90, 160)))
                contenedor.mux(video.encode(cuadro))
            contenedor.mux(video.encode(None))
        tono = av.AudioFrame(format="s16", layout="mono", samples=int(48_000 * segundos))
        tono.planes[0].update(bytes(tono.planes[0].buffer_size))
        tono.sample_rate = 48_000
        contenedor.mux(audio.encode(tono))
        contenedor.mux(audio.encode(None))
    return salida.getvalue()


def png_enorme(lado: int = 50_000) -> bytes:
    """Un PNG que dice medir lado × lado pixeles y pesa unos bytes."""

    def trozo(nombre: bytes, datos: bytes) -> bytes:
        return len(datos).to_bytes(4) + nombre + datos + zlib.crc32(nombre + datos).to_bytes(4)

    cabecera = lado.to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + trozo(b"IHDR", cabecera) + trozo(b"IDAT", zlib.compress(b"\0" * 1000)) + trozo(b"IEND", b"")


def un_zip() -> bytes:
    """Un ZIP con un archivo."""
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as paquete:
        paquete.writestr("hola.txt", "hola")
    return salida.getvalue()
