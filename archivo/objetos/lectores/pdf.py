"""Una página de un PDF como imagen y como palabras con su lugar. Corre en el proceso aislado."""

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as crudo

PALABRAS_MAXIMAS = 20_000
UNIDAD = 100_000
LADO_DE_WEBP = 16_000
SEPARADORES = frozenset("\x00\t\n\x0b\x0c\r \u00a0\u2028\u2029")
GUION_DE_CORTE = frozenset("\ufffe\x02")


def dibujar(ruta: str, destino: str, pagina: int, ancho: int, pixeles: int) -> dict[str, int]:
    """Escribe en `destino` un WebP de la página (desde 1) con ese ancho, acotado a `pixeles`. Devuelve {"ancho","alto"}."""
    with pdfium.PdfDocument(ruta) as documento:
        hoja = documento[pagina - 1]
        base, alto = hoja.get_size()
        if base <= 0 or alto <= 0:
            raise ValueError("la página no tiene superficie")
        escala = min(ancho / base, (pixeles / (base * alto)) ** 0.5, LADO_DE_WEBP / max(base, alto))
        imagen = hoja.render(scale=escala, may_draw_forms=True, limit_image_cache=True).to_pil().convert("RGB")
        imagen.save(destino, "WEBP", quality=82, method=2)
    return {"ancho": imagen.width, "alto": imagen.height}


type Caja = tuple[float, float, float, float]


@dataclass
class _Palabra:
    """Una palabra que se va juntando letra por letra; caja en puntos de la página."""

    letras: list[str] = field(default_factory=list)
    caja: list[float] = field(default_factory=list)

    def agregar(self, letra: str, caja: Caja | None) -> None:
        """Suma una letra y ensancha la caja; sin caja (lo que sigue a un corte de renglón), sólo suma la letra."""
        self.letras.append(letra)
        if caja is None:
            return
        if not self.caja:
            self.caja = list(caja)
            return
        self.caja = [
            min(self.caja[0], caja[0]),
            min(self.caja[1], caja[1]),
            max(self.caja[2], caja[2]),
            max(self.caja[3], caja[3]),
        ]


def _relativa(hoja: Any, caja: list[float]) -> list[float]:
    """De puntos de la página a fracciones 0..1 del rectángulo visible, desde arriba a la izquierda (gira y recorta)."""
    esquinas: list[tuple[float, float]] = []
    for x, y in ((caja[0], caja[1]), (caja[2], caja[3])):
        px, py = ctypes.c_int(), ctypes.c_int()
        crudo.FPDF_PageToDevice(hoja, 0, 0, UNIDAD, UNIDAD, 0, x, y, px, py)
        esquinas.append((px.value / UNIDAD, py.value / UNIDAD))
    equis = sorted(min(max(e[0], 0.0), 1.0) for e in esquinas)
    yes = sorted(min(max(e[1], 0.0), 1.0) for e in esquinas)
    return [round(v, 4) for v in (equis[0], yes[0], equis[1], yes[1])]


def _letras(texto: Any) -> Any:
    """Cada letra visible con su caja holgada (alto del renglón); None donde hay separación.

    De una palabra cortada al final del renglón, la caja es la de su primera parte: una que abarcara las dos taparía ambos.
    """
    cortada = False
    for indice in range(texto.count_chars()):
        letra = chr(crudo.FPDFText_GetUnicode(texto, indice))
        if letra in GUION_DE_CORTE:
            cortada = True
        elif letra in SEPARADORES:
            cortada = False
            yield None
        elif not 0xD800 <= ord(letra) < 0xE000:
            yield letra, None if cortada else texto.get_charbox(indice, loose=True)


def palabras(ruta: str, pagina: int) -> list[list[Any]]:
    """Las palabras de la página: `[texto, x0, y0, x1, y1]` en fracciones 0..1, en orden de lectura del archivo."""
    listas: list[list[Any]] = []
    with pdfium.PdfDocument(ruta) as documento:
        hoja = documento[pagina - 1]
        actual = _Palabra()
        for letra in [*_letras(hoja.get_textpage()), None]:
            if letra is not None:
                actual.agregar(*letra)
                continue
            if actual.caja:
                listas.append(["".join(actual.letras), *_relativa(hoja, actual.caja)])
            actual = _Palabra()
            if len(listas) >= PALABRAS_MAXIMAS:
                break
    return listas
