"""El papel y las figuras con que se dibujan las escenas: cielo, árboles, personas, edificios."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageOps

ANCHO, ALTO = 1440, 960
FINAL = (960, 640)
Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Paleta:
    """Los colores de una hora del día."""

    cielo: tuple[Color, Color]
    suelo: Color
    lejos: Color
    muro: Color
    follaje: tuple[Color, ...]
    figura: Color
    vivos: tuple[Color, ...]


_VIVOS = ((196, 62, 58), (222, 164, 62), (58, 128, 116), (92, 84, 150), (214, 112, 72), (70, 118, 168))
PALETAS = (
    Paleta(((168, 200, 214), (236, 236, 214)), (150, 158, 120), (142, 164, 158), (226, 210, 180),
           ((84, 116, 82), (104, 136, 88), (70, 100, 84)), (44, 48, 52), _VIVOS),
    Paleta(((226, 178, 128), (246, 226, 184)), (166, 138, 100), (176, 142, 118), (232, 200, 158),
           ((112, 112, 70), (134, 122, 72), (96, 98, 72)), (52, 42, 40), _VIVOS),
    Paleta(((182, 190, 196), (222, 222, 218)), (140, 146, 136), (158, 166, 168), (208, 204, 194),
           ((88, 108, 96), (104, 122, 104), (78, 96, 92)), (48, 52, 58), _VIVOS),
    Paleta(((132, 176, 206), (214, 230, 232)), (164, 160, 128), (128, 152, 168), (238, 222, 196),
           ((74, 122, 92), (96, 146, 100), (64, 104, 86)), (38, 46, 54), _VIVOS),
)  # fmt: skip
NOCHE = Paleta(((24, 32, 56), (62, 66, 92)), (48, 52, 62), (40, 46, 66), (74, 72, 86),
               ((32, 52, 52), (40, 62, 58), (28, 44, 50)), (16, 18, 28), _VIVOS)  # fmt: skip


def mezclar(uno: Color, otro: Color, parte: float) -> Color:
    """Color a una parte (0 a 1) del camino entre dos."""
    r, g, b = (round(a + (z - a) * parte) for a, z in zip(uno, otro, strict=True))
    return r, g, b


@cache
def _vineta() -> Image.Image:
    radio = Image.radial_gradient("L").resize(FINAL)
    return ImageOps.invert(radio.point(lambda v: max(0, v - 120) // 2)).convert("RGB")


@cache
def _degradado() -> Image.Image:
    return Image.linear_gradient("L").resize((ANCHO, ALTO))


class Lienzo:
    """Una hoja de 1440 × 960 con su paleta; las medidas son en puntos de esa hoja."""

    def __init__(self, azar: Random, paleta: Paleta | None = None) -> None:
        self.azar = azar
        self.paleta = paleta or azar.choice(PALETAS)
        arriba, abajo = self.paleta.cielo
        self.imagen = ImageOps.colorize(_degradado(), arriba, abajo)
        self.trazo = ImageDraw.Draw(self.imagen)

    def vivo(self) -> Color:
        """Un color vivo, para toldos y ropa."""
        return self.azar.choice(self.paleta.vivos)

    def caja(self, x: float, y: float, ancho: float, alto: float, color: Color) -> None:
        """Rectángulo desde su esquina superior izquierda."""
        self.trazo.rectangle((x, y, x + ancho, y + alto), fill=color)

    def redonda(self, zona: tuple[float, float, float, float], color: Color, radio: float) -> None:
        """Rectángulo de esquinas redondas; la zona es (x, y, ancho, alto)."""
        x, y, ancho, alto = zona
        self.trazo.rounded_rectangle((x, y, x + ancho, y + alto), radio, fill=color)

    def disco(self, x: float, y: float, radio: float, color: Color) -> None:
        """Círculo por su centro."""
        self.trazo.ellipse((x - radio, y - radio, x + radio, y + radio), fill=color)

    def figura(self, puntos: Sequence[tuple[float, float]], color: Color) -> None:
        """Polígono relleno."""
        self.trazo.polygon(puntos, fill=color)

    def raya(self, puntos: Sequence[tuple[float, float]], color: Color, grueso: int = 4) -> None:
        """Línea quebrada."""
        self.trazo.line(puntos, fill=color, width=grueso, joint="curve")

    def suelo(self, y: float) -> None:
        """Cerros al fondo y piso desde la altura dada."""
        x = -100.0
        while x < ANCHO + 200:
            radio = self.azar.randint(180, 340)
            self.disco(x, y + radio * 0.72, radio, mezclar(self.paleta.lejos, self.paleta.cielo[1], 0.35))
            x += radio * 0.9
        self.caja(0, y, ANCHO, ALTO - y, self.paleta.suelo)
        self.figura(
            [(0, ALTO), (ANCHO * 0.3, y), (ANCHO * 0.62, y), (ANCHO, ALTO)],
            mezclar(self.paleta.suelo, (255, 255, 255), 0.12),
        )

    def sol(self) -> None:
        """El sol, alto y a un lado."""
        x, y = self.azar.randint(150, ANCHO - 150), self.azar.randint(90, 200)
        for radio, parte in ((120, 0.25), (80, 0.5), (50, 0.85)):
            self.disco(x, y, radio, mezclar(self.paleta.cielo[0], (255, 248, 224), parte))

    def arbol(self, x: float, y: float, alto: float) -> None:
        """Un árbol con el pie en (x, y)."""
        self.caja(x - alto * 0.04, y - alto * 0.45, alto * 0.08, alto * 0.45, mezclar(self.paleta.figura, (120, 84, 56), 0.6))
        for dx, dy, radio in ((-0.2, 0.55, 0.22), (0.2, 0.55, 0.22), (0, 0.75, 0.26), (0, 0.5, 0.24)):
            self.disco(x + dx * alto, y - dy * alto, radio * alto, self.azar.choice(self.paleta.follaje))

    def arboleda(self, y: float, cuantos: int, alto: float) -> None:
        """Fila de árboles a lo ancho."""
        for n in range(cuantos):
            x = ANCHO * (n + 0.5) / cuantos + self.azar.randint(-40, 40)
            self.arbol(x, y + self.azar.randint(-8, 8), alto * self.azar.uniform(0.8, 1.2))

    def persona(self, x: float, y: float, alto: float, color: Color | None = None) -> None:
        """Una persona de pie en (x, y): piernas, cuerpo y cabeza, sin rasgos."""
        ropa = color or mezclar(self.paleta.figura, self.vivo(), self.azar.uniform(0.35, 0.9))
        piel = self.azar.choice(((150, 104, 78), (172, 124, 94), (128, 88, 68)))
        self.caja(x - alto * 0.09, y - alto * 0.42, alto * 0.07, alto * 0.42, self.paleta.figura)
        self.caja(x + alto * 0.02, y - alto * 0.42, alto * 0.07, alto * 0.42, self.paleta.figura)
        self.redonda((x - alto * 0.14, y - alto * 0.8, alto * 0.28, alto * 0.44), ropa, alto * 0.08)
        self.disco(x, y - alto * 0.9, alto * 0.1, piel)
        self.trazo.pieslice(
            (x - alto * 0.11, y - alto * 1.02, x + alto * 0.11, y - alto * 0.8), 180, 360, fill=self.paleta.figura
        )

    def gente(self, y: float, cuantas: int, alto: float, desde: float = 60, hasta: float = ANCHO - 60) -> None:
        """Personas repartidas a lo ancho, con estaturas distintas."""
        for n in range(cuantas):
            x = desde + (hasta - desde) * (n + self.azar.uniform(0.2, 0.8)) / cuantas
            self.persona(x, y + self.azar.randint(-14, 14), alto * self.azar.uniform(0.78, 1.1))

    def publico(self, y: float) -> None:
        """Cabezas y hombros de espaldas, en dos filas."""
        for fila, claridad in ((0, 0.25), (60, 0.0)):
            color = mezclar(self.paleta.figura, self.paleta.suelo, claridad)
            for x in range(-20, ANCHO + 60, 92):
                cabeza = x + self.azar.randint(-16, 16) + fila // 2
                self.disco(cabeza, y + fila, 30, color)
                self.redonda((cabeza - 44, y + fila + 30, 88, ALTO), color, 26)

    def edificio(self, x: float, y: float, ancho: float, alto: float, color: Color) -> None:
        """Fachada con ventanas; (x, y) es su esquina inferior izquierda."""
        self.caja(x, y - alto, ancho, alto, color)
        self.caja(x - 8, y - alto - 12, ancho + 16, 18, mezclar(color, self.paleta.figura, 0.35))
        columnas, filas = max(1, int(ancho // 110)), max(1, int(alto // 130))
        for fila in range(filas):
            for columna in range(columnas):
                vx = x + ancho * (columna + 0.5) / columnas - 26
                self.caja(vx, y - alto + 34 + fila * 120, 52, 66, mezclar(color, self.paleta.figura, 0.62))

    def caserio(self, y: float) -> None:
        """Casas y edificios a lo ancho."""
        x = -20.0
        while x < ANCHO:
            ancho = self.azar.randint(150, 300)
            tinte = mezclar(self.paleta.muro, self.vivo(), self.azar.uniform(0.05, 0.35))
            self.edificio(x, y, ancho, self.azar.randint(150, 330), tinte)
            x += ancho + self.azar.randint(0, 20)

    def toldo(self, x: float, y: float, ancho: float, alto: float) -> None:
        """Toldo a rayas, con el borde ondulado."""
        uno, franjas = self.vivo(), 6
        paso = ancho / franjas
        for n in range(franjas):
            color = uno if n % 2 == 0 else (244, 238, 222)
            self.figura([(x + n * paso, y + alto), (x + (n + 1) * paso, y + alto), (x + 18 + (n + 1) * (paso - 6), y), (x + 18 + n * (paso - 6), y)], color)  # fmt: skip
            self.disco(x + (n + 0.5) * paso, y + alto, paso / 2, color)

    def papel_picado(self, y: float) -> None:
        """Una tira de papel picado de lado a lado."""
        self.raya([(x, y + 46 * (1 - ((x - 720) / 720) ** 2)) for x in range(0, ANCHO + 1, 60)], self.paleta.figura, 3)
        for n, x in enumerate(range(20, ANCHO, 96)):
            alto = y + 46 * (1 - ((x + 34 - 720) / 720) ** 2)
            color = self.paleta.vivos[n % len(self.paleta.vivos)]
            self.figura([(x, alto), (x + 72, alto), (x + 72, alto + 62), (x + 54, alto + 48), (x + 36, alto + 64), (x + 18, alto + 48), (x, alto + 62)], color)  # fmt: skip
            self.disco(x + 36, alto + 28, 11, mezclar(color, (255, 255, 255), 0.65))

    def jpeg(self) -> bytes:
        """La hoja terminada: con viñeta, reducida a 960 × 640 y en JPEG."""
        lista = ImageChops.multiply(self.imagen.resize(FINAL, Image.Resampling.BILINEAR), _vineta())
        salida = io.BytesIO()
        lista.save(salida, "JPEG", quality=80)
        return salida.getvalue()
