"""Lo que se pone a la vista en un cotejo: cada foja de la copia con su original, y lo que la máquina nota distinto."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.cache import cache

from archivo.objetos.puerta import FallaAislada, Limites, ejecutar, ruta_local
from certificaciones.actos.puerta import Certificacion, DocumentoCertificado, borrador_de, texto_de

LIMITES = Limites(cpu=15, tiempo=20)
UN_DIA = 86400
ANCHOS = (900, 1400, 2000)
COMPARABLES = ("application/pdf", "image/jpeg", "image/png", "image/webp", "image/tiff", "image/gif")


@dataclass(frozen=True)
class PaginaDeFoja:
    """Una cara de una foja: su página en la copia y, si se puede dibujar, la del original (las dos desde 1)."""

    en_la_copia: int
    del_original: int | None


@dataclass(frozen=True)
class Diferencias:
    """Rectángulos en milésimas de cada imagen, o las palabras que faltan en la copia de un texto. `aviso`: por qué no se comparó."""

    original: list[list[int]] = field(default_factory=list)
    copia: list[list[int]] = field(default_factory=list)
    palabras: list[str] = field(default_factory=list)
    aviso: str = ""

    @property
    def hay(self) -> bool:
        """¿Nota algo?"""
        return bool(self.original or self.palabras)


def _recordado(llave: str, hacer: Any) -> Any:
    guardado = cache.get(llave)
    if guardado is None:
        guardado = hacer()
        cache.set(llave, guardado, UN_DIA)
    return guardado


def _huella_de(ruta: Path) -> str:
    hecha = ruta.stat()
    return f"{ruta.stem}:{hecha.st_mtime_ns}:{hecha.st_size}"


def paginas_de_la_copia(certificacion: Certificacion) -> dict[int, list[int]]:
    """De cada foja, sus páginas en el borrador foliado."""
    ruta = borrador_de(certificacion)
    encargo = {"ruta": str(ruta)}
    leidas = _recordado(
        f"cotejo:fojas:{_huella_de(ruta)}",
        lambda: ejecutar("certificaciones.oficina.celda:fojas_de", encargo, LIMITES)["paginas"],
    )
    por_foja: dict[int, list[int]] = {}
    for n, foja in enumerate(leidas, 1):
        if foja:
            por_foja.setdefault(foja, []).append(n)
    return por_foja


def documento_de_la_foja(certificacion: Certificacion, foja: int) -> DocumentoCertificado | None:
    """El documento al que pertenece."""
    documentos = certificacion.documentos.select_related("item__area", "objeto")
    return next((d for d in documentos if d.foja_desde <= foja <= d.foja_hasta), None)


def caras_de(certificacion: Certificacion, documento: DocumentoCertificado, foja: int) -> list[PaginaDeFoja]:
    """Las caras de esa foja, en su orden."""
    copia = paginas_de_la_copia(certificacion).get(foja, [])
    originales = _paginas_del_original(documento, foja - documento.foja_desde)
    return [PaginaDeFoja(n, originales[i] if i < len(originales) else None) for i, n in enumerate(copia)]


def _paginas_del_original(documento: DocumentoCertificado, lugar: int) -> list[int]:
    objeto = documento.objeto
    if objeto is None or objeto.mime not in COMPARABLES:
        return []
    todas = list(documento.paginas or range(1, (objeto.paginas or 1) + 1))
    por_foja = 2 if documento.caras == DocumentoCertificado.Caras.AMBOS else 1
    return todas[lugar * por_foja : (lugar + 1) * por_foja]


def imagen_de_la_copia(certificacion: Certificacion, pagina: int, ancho: int) -> Path:
    """Un WebP de la página del borrador, al ancho de la lista que basta; se rehace si el borrador cambió. Lanza `FallaAislada`."""
    ruta = borrador_de(certificacion)
    justo = next((a for a in ANCHOS if a >= ancho), ANCHOS[-1])
    final = ruta.with_name(f"{certificacion.clave}-{ruta.stat().st_mtime_ns}-{pagina}-{justo}.webp")
    if not final.is_file():
        parcial = final.with_suffix(".parcial")
        encargo = {"ruta": str(ruta), "pagina": pagina, "destino": str(parcial), "ancho": justo}
        ejecutar("certificaciones.oficina.celda:dibujar", encargo, LIMITES)
        parcial.replace(final)
    return final


def comparar(certificacion: Certificacion, documento: DocumentoCertificado, cara: PaginaDeFoja) -> Diferencias:
    """Lo que la máquina nota entre el original y la copia de esa cara; se recuerda mientras el borrador no cambie."""
    llave = f"cotejo:dif:{_huella_de(borrador_de(certificacion))}:{cara.en_la_copia}"
    try:
        dicho = _recordado(llave, lambda: _comparar(certificacion, documento, cara))
    except FallaAislada as falla:
        return Diferencias(aviso=f"La máquina no pudo compararlas: {falla.motivo}")
    return Diferencias(**dicho)


def _comparar(certificacion: Certificacion, documento: DocumentoCertificado, cara: PaginaDeFoja) -> dict[str, Any]:
    if documento.objeto is None:
        return {"palabras": _palabras_que_faltan(certificacion, documento)}
    if cara.del_original is None:
        return {"aviso": "De este formato la máquina no compara imágenes: mire el original."}
    original = {"ruta": str(ruta_local(documento.objeto)), "pagina": cara.del_original, "mime": documento.objeto.mime}
    copia = {"ruta": str(borrador_de(certificacion)), "pagina": cara.en_la_copia, "mime": "application/pdf"}
    encargo = {"original": original, "copia": copia, "papel": certificacion.papel}
    return ejecutar("certificaciones.oficina.celda:comparar", encargo, LIMITES)


def _palabras_que_faltan(certificacion: Certificacion, documento: DocumentoCertificado) -> list[str]:
    """Las palabras del texto que conserva el archivo y no están en las fojas de la copia."""
    fojas = range(documento.foja_desde, documento.foja_hasta + 1)
    paginas = [n for foja in fojas for n in paginas_de_la_copia(certificacion).get(foja, [])]
    encargo = {"ruta": str(borrador_de(certificacion)), "paginas": paginas}
    copiado = " ".join(ejecutar("certificaciones.oficina.celda:textos_de", encargo, LIMITES)["textos"])
    faltan = Counter(_palabras(texto_de(documento.item))) - Counter(_palabras(copiado))
    return sorted(faltan)[:20]


def _palabras(texto: str) -> list[str]:
    """Sin puntuación ni guiones de corte: Typst parte palabras al final del renglón."""
    limpio = texto.replace("\u00ad", "").replace("-\r\n", "").replace("-\n", "").replace("\u2010", "-")
    return ["".join(c for c in p if c.isalnum()).lower() for p in limpio.split() if any(c.isalnum() for c in p)]
