"""Hace las letras de los impresos (TTF) a partir de los paquetes npm de Fontsource (woff2, licencia OFL).

No se usa al ejecutar Acervo: los TTF que produce están en esta carpeta. Sirve para rehacerlos con otra versión.

    npm install @fontsource/faustina @fontsource/noto-sans @fontsource/source-code-pro \\
                @fontsource/noto-sans-math @fontsource/noto-sans-symbols-2
    pip install fonttools brotli
    python construir.py node_modules/@fontsource

Un mismo corte partido en varios archivos (latin, latin-ext…) no sirve: Typst elige uno solo por familia y peso;
por eso se unen. Las fechas internas quedan fijas para que el archivo salga idéntico cada vez.
"""

import sys
from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.subset import Options as OpcionesDeRecorte
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

CORTES = {
    "faustina": ("400-normal", "400-italic", "600-normal", "600-italic", "700-normal"),
    "noto-sans": ("400-normal", "400-italic", "600-normal", "700-normal"),
    "source-code-pro": ("400-normal", "600-normal"),
}
NOMBRES = {"faustina": "Faustina", "noto-sans": "Noto Sans", "source-code-pro": "Source Code Pro"}
PARTES = {
    "faustina": ("latin", "latin-ext"),
    "noto-sans": ("latin", "latin-ext", "greek"),
    "source-code-pro": ("latin", "latin-ext"),
}
ROTULOS = {400: "", 600: "SemiBold", 700: "Bold"}
FECHA_FIJA = 3_800_000_000
#: Signos que los textos oficiales traen y ninguna letra de lectura tiene: flechas, operadores, figuras, viñetas.
SIGNOS = {
    "noto-sans-math": ("latin", [*range(0x2190, 0x2200), *range(0x2200, 0x22FF), *range(0x2150, 0x2190)]),
    "noto-sans-symbols-2": ("symbols", [*range(0x2500, 0x2800), *range(0x1F4C0, 0x1F4D0)]),
}


def a_ttf(origen: Path, destino: Path) -> Path:
    """Descomprime un woff2 en un TTF que las demás herramientas leen."""
    fuente = TTFont(origen)
    fuente.flavor = None
    fuente.save(destino)
    return destino


def unir(paquete: str, corte: str, archivos: Path, salida: Path) -> TTFont:
    """Une las partes de un corte y le añade el guion y el espacio fino que no se separan."""
    partes = [a_ttf(archivos / f"{paquete}-{parte}-{corte}.woff2", salida / f"_{parte}.ttf") for parte in PARTES[paquete]]
    opciones = Options()
    opciones.drop_tables = ["DSIG", "STAT", "MATH"]
    fuente = Merger(options=opciones).merge([str(parte) for parte in partes])
    for tabla in fuente["cmap"].tables:
        if tabla.isUnicode():
            tabla.cmap.setdefault(0x2011, tabla.cmap[0x2D])
            tabla.cmap.setdefault(0x202F, tabla.cmap[0xA0])
    for parte in partes:
        parte.unlink()
    return fuente


def nombrar(fuente: TTFont, familia: str, peso: int, cursiva: bool) -> None:
    """Escribe familia, peso y estilo de modo que Typst los distinga."""
    rotulo, estilo = ROTULOS[peso], "Italic" if cursiva else "Regular"
    nombres = {
        1: f"{familia} {rotulo}".strip(),
        2: estilo,
        4: " ".join(f"{familia} {rotulo} {estilo}".split()),
        6: f"{familia}-{rotulo}{estilo if cursiva or not rotulo else ''}".replace(" ", ""),
        16: familia,
        17: f"{rotulo} {'Italic' if cursiva else ''}".strip() or "Regular",
    }
    for numero in (1, 2, 4, 6, 16, 17, 25):
        fuente["name"].removeNames(nameID=numero)
    for numero, valor in nombres.items():
        fuente["name"].setName(valor, numero, 3, 1, 0x409)
    fuente["OS/2"].usWeightClass = peso
    marcas = fuente["OS/2"].fsSelection & ~0b1100001
    negra = peso == 700
    normal = 0x40 if peso == 400 and not cursiva else 0
    fuente["OS/2"].fsSelection = marcas | cursiva | (0x20 if negra else 0) | normal
    fuente["head"].macStyle = (2 if cursiva else 0) | (1 if negra else 0)


def guardar(fuente: TTFont, destino: Path) -> None:
    """Guarda con fecha fija: dos construcciones dan los mismos bytes."""
    fuente["head"].created = fuente["head"].modified = FECHA_FIJA
    fuente.recalcTimestamp = False
    fuente.save(destino)


def recortar(paquete: str, raiz: Path, salida: Path) -> None:
    """Deja de una letra de signos solo los que hacen falta."""
    parte, codigos = SIGNOS[paquete]
    fuente = TTFont(raiz / paquete / "files" / f"{paquete}-{parte}-400-normal.woff2")
    fuente.flavor = None
    opciones = OpcionesDeRecorte()
    opciones.layout_features = []
    opciones.drop_tables += ["MATH", "STAT", "DSIG"]
    recorte = Subsetter(options=opciones)
    recorte.populate(unicodes=codigos)
    recorte.subset(fuente)
    guardar(fuente, salida / f"{paquete}-400-normal.ttf")


def main(raiz: Path, salida: Path) -> None:
    """Rehace todas las letras en la carpeta de salida."""
    for paquete, cortes in CORTES.items():
        for corte in cortes:
            fuente = unir(paquete, corte, raiz / paquete / "files", salida)
            peso, estilo = corte.split("-")
            nombrar(fuente, NOMBRES[paquete], int(peso), estilo == "italic")
            guardar(fuente, salida / f"{paquete}-{corte}.ttf")
    for paquete in SIGNOS:
        recortar(paquete, raiz, salida)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent)
