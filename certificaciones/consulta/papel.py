"""Cotejar una copia en papel: ver sus fojas a 100 puntos por pulgada y con marca, si quien certificó lo permitió.

Una foja de lo que nadie debe ver fuera de su expediente no se muestra: en su lugar va una ficha de cotejo, con lo que se puede
contar en el papel sin que la página diga qué dice.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO

from django.core import signing
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from archivo.catalogo.puerta import combinar, puede_ver_texto
from archivo.identidad.puerta import ANONIMO
from archivo.objetos.puerta import DerivadoImposible, ObjetoDigital, imagen_de_pagina, palabras_de_pagina
from certificaciones.actos.puerta import DocumentoCertificado, es_el_segundo
from certificaciones.consulta.lectura import CopiaConsultada, adjunto_de

PERMISO = "acervo.fojas"
DURA = 30 * 60
"""Segundos que se pueden ver las fojas después de escribir el segundo código."""
POR_TRAMO = 12
ANCHO_CARTA = 850
"""Una hoja carta a 100 puntos por pulgada."""
NUNCA = frozenset({"reservado", "confidencial"})


@dataclass(frozen=True)
class FojaConsultada:
    """Una foja copiada: su imagen o, si no puede mostrarse, su ficha de cotejo, con las palabras que se cuentan en ella."""

    numero: int
    rotulo: str
    se_muestra: bool
    palabras: int | None = None
    documento: str = ""


def permiso_con(copia: CopiaConsultada, segundo: str) -> str | None:
    """Un permiso firmado y breve para ver las fojas, si ése es el segundo código; no contiene ninguno de los dos."""
    if not es_el_segundo(segundo, copia.acto.segundo_codigo):
        return None
    return signing.dumps(copia.acto.pk, salt=PERMISO)


def permite(copia: CopiaConsultada, permiso: str | None) -> bool:
    """¿Puede ver las fojas quien trae ese permiso?"""
    if copia.consulta_del_papel != "con_codigo":
        return copia.consulta_del_papel == "abierta"
    try:
        return bool(permiso) and signing.loads(permiso or "", salt=PERMISO, max_age=DURA) == copia.acto.pk
    except signing.BadSignature:
        return False


def _paginas_de(documento: DocumentoCertificado) -> int:
    """Cuántas páginas de la copia ocupa un documento."""
    if documento.paginas:
        return len(documento.paginas)
    de_su_archivo = documento.objeto.paginas if documento.objeto else None
    return de_su_archivo or documento.fojas


def _divulgable(copia: CopiaConsultada, documento: DocumentoCertificado) -> bool:
    """Abierta a cualquiera, sólo lo público; con el segundo código, que sólo tiene quien recibió la copia, también lo interno."""
    if copia.acto.version_publica:
        return True
    adjunto = adjunto_de(documento)
    if copia.consulta_del_papel == "abierta":
        return puede_ver_texto(ANONIMO, documento.item, adjunto)
    return combinar(documento.item.acceso_efectivo, adjunto.acceso_efectivo if adjunto else "") not in NUNCA


def _duenos(copia: CopiaConsultada) -> list[DocumentoCertificado | None]:
    """De qué documento es cada página de lo copiado, en orden. La hoja de certificación y su anexo, que van antes, no se muestran.

    Si no se puede saber de quién es cada una (tomos, caras, reversos) y algún documento no debe verse, son de nadie: van con ficha.
    """
    duenos: list[DocumentoCertificado | None] = [d for d in copia.documentos for _ in range(_paginas_de(d))]
    seguras = copia.acto.papel == "foja" and all(d.caras == DocumentoCertificado.Caras.ANVERSO for d in copia.documentos)
    cuadra = not copia.acto.tomos and 0 < len(duenos) < copia.acto.paginas
    if cuadra and (seguras or all(_divulgable(copia, d) for d in copia.documentos)):
        return duenos
    return [None] * copia.acto.fojas


def cuantas(copia: CopiaConsultada) -> int:
    """Cuántas fojas o páginas se consultan."""
    return len(_duenos(copia))


def fojas(copia: CopiaConsultada, desde: int) -> list[FojaConsultada]:
    """Hasta `POR_TRAMO` páginas de lo copiado, de la `desde` (desde 1) en adelante."""
    duenos = _duenos(copia)
    return [_foja(copia, numero, duenos) for numero in range(max(1, desde), min(len(duenos), desde + POR_TRAMO - 1) + 1)]


def _foja(copia: CopiaConsultada, numero: int, duenos: list[DocumentoCertificado | None]) -> FojaConsultada:
    documento = duenos[numero - 1]
    rotulo = f"{'Foja' if len(duenos) == copia.acto.fojas else 'Página'} {numero} de {len(duenos)}"
    if documento is None:
        return FojaConsultada(numero, rotulo, se_muestra=False)
    if _divulgable(copia, documento):
        return FojaConsultada(numero, rotulo, se_muestra=True)
    palabras = _palabras(copia, numero + copia.acto.paginas - len(duenos))
    return FojaConsultada(numero, rotulo, se_muestra=False, palabras=palabras, documento=f"documento {documento.orden}")


def _objeto_y_pagina(copia: CopiaConsultada, numero: int) -> tuple[ObjetoDigital, int]:
    for objeto in copia.acto.objetos_de_tomos():
        if numero <= (objeto.paginas or 0):
            return objeto, numero
        numero -= objeto.paginas or 0
    raise DerivadoImposible("La copia no tiene esa página.")


def _palabras(copia: CopiaConsultada, numero: int) -> int | None:
    try:
        return len(palabras_de_pagina(*_objeto_y_pagina(copia, numero))) or None
    except DerivadoImposible:
        return None


def imagen(copia: CopiaConsultada, numero: int) -> bytes:
    """La página como JPEG a 100 puntos por pulgada y con la marca de la consulta. `DerivadoImposible` si no puede mostrarse."""
    duenos = _duenos(copia)
    if not 1 <= numero <= len(duenos) or not _foja(copia, numero, duenos).se_muestra:
        raise DerivadoImposible("Esa página no se muestra.")
    pagina = numero + copia.acto.paginas - len(duenos)
    with Image.open(imagen_de_pagina(*_objeto_y_pagina(copia, pagina), ANCHO_CARTA)) as origen:
        hoja = origen.convert("RGB")
    hoja.thumbnail((ANCHO_CARTA, 4 * ANCHO_CARTA))
    destino = BytesIO()
    _marcar(hoja, f"CONSULTA · {copia.acto.folio} · {timezone.localtime():%d/%m/%Y %H:%M}").save(
        destino, "JPEG", quality=72, subsampling=0
    )
    return destino.getvalue()


@cache
def _letra() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """La letra de la marca, leída una vez por proceso."""
    return ImageFont.load_default(size=30)


def _marcar(hoja: Image.Image, texto: str) -> Image.Image:
    """La marca de agua, repetida en diagonal."""
    letra = _letra()
    franja = Image.new("RGBA", (int(letra.getlength(texto)) + 60, 50), (154, 21, 38, 0))
    ImageDraw.Draw(franja).text((30, 6), texto, font=letra, fill=(154, 21, 38, 88))
    girada = franja.rotate(32, expand=True, resample=Image.Resampling.BICUBIC)
    for y in range(-girada.height // 2, hoja.height, girada.height // 2):
        for x in range(-girada.width // 2, hoja.width, girada.width):
            hoja.paste(girada, (x, y), girada)
    return hoja
