"""Escenas de calle: obras, alumbrado, lluvia, escuela, cancha, consultorio, patio, mesa."""

from .lienzo import ALTO, ANCHO, Lienzo, mezclar

GRIS, CLARO, AMBAR = (86, 88, 90), (238, 234, 222), (232, 162, 48)


def calle(hoja: Lienzo) -> None:
    """Una calle en obra: máquina, cuadrilla y conos."""
    hoja.sol()
    hoja.caserio(560)
    hoja.caja(0, 560, ANCHO, ALTO - 560, mezclar(GRIS, hoja.paleta.suelo, 0.15))
    for n in range(5):
        hoja.figura([(660 + n * 4, 600 + n * 80), (700 + n * 6, 600 + n * 80), (712 + n * 8, 646 + n * 80), (656 + n * 3, 646 + n * 80)], CLARO)  # fmt: skip
    x = hoja.azar.randint(120, 720)
    hoja.redonda((x, 560, 330, 120), AMBAR, 16)
    hoja.redonda((x + 40, 470, 140, 110), AMBAR, 12)
    hoja.caja(x + 60, 488, 100, 70, mezclar(GRIS, (200, 220, 230), 0.5))
    for rueda in (70, 265):
        hoja.disco(x + rueda, 690, 58, (40, 40, 42))
        hoja.disco(x + rueda, 690, 24, CLARO)
    hoja.gente(800, 4, 230, 160 if x > 500 else 700, 760 if x > 500 else 1360)
    for cono in range(6):
        cx = 90 + cono * 250 + hoja.azar.randint(-30, 30)
        hoja.figura([(cx, 800), (cx + 34, 890), (cx - 34, 890)], (214, 96, 40))
        hoja.caja(cx - 16, 842, 32, 14, CLARO)


def noche(hoja: Lienzo) -> None:
    """Una calle de noche, con sus luminarias."""
    for _ in range(60):
        hoja.disco(hoja.azar.randint(0, ANCHO), hoja.azar.randint(0, 380), hoja.azar.choice((1, 2, 3)), (214, 218, 236))
    hoja.caserio(600)
    hoja.caja(0, 600, ANCHO, ALTO - 600, (44, 46, 56))
    for x in range(130 + hoja.azar.randint(0, 60), ANCHO, 330):
        hoja.figura([(x + 70, 250), (x - 130, 880), (x + 270, 880)], mezclar((44, 46, 56), (250, 226, 160), 0.3))
        hoja.caja(x - 5, 230, 10, 640, (24, 26, 32))
        hoja.raya([(x, 234), (x + 74, 222)], (24, 26, 32), 9)
        hoja.disco(x + 72, 238, 17, (255, 240, 196))
    hoja.gente(850, hoja.azar.randint(4, 7), 190)


def lluvia(hoja: Lienzo) -> None:
    """Una cuadrilla trabaja bajo la lluvia."""
    hoja.caserio(540)
    hoja.caja(0, 540, ANCHO, ALTO - 540, mezclar(hoja.paleta.suelo, (70, 84, 96), 0.6))
    for _ in range(9):
        x, y = hoja.azar.randint(0, ANCHO - 300), hoja.azar.randint(600, 900)
        hoja.trazo.ellipse(
            (x, y, x + hoja.azar.randint(160, 360), y + 34), fill=mezclar(hoja.paleta.cielo[0], (90, 110, 126), 0.45)
        )
    hoja.redonda((860, 470, 400, 190), (66, 112, 100), 14)
    hoja.disco(930, 670, 52, (36, 38, 40))
    hoja.disco(1180, 670, 52, (36, 38, 40))
    hoja.raya([(880, 560), (700, 600), (620, 760), (520, 810)], (40, 42, 44), 26)
    hoja.redonda((430, 806, 190, 40), (38, 40, 42), 10)
    for n in range(4):
        hoja.persona(300 + n * 130, 830, 250, (232, 190, 58))
    for _ in range(130):
        x, y = hoja.azar.randint(0, ANCHO), hoja.azar.randint(0, ALTO)
        hoja.raya([(x, y), (x - 9, y + 34)], (206, 216, 222), 2)


def escuela(hoja: Lienzo) -> None:
    """El patio de una escuela con su bandera y sus alumnos."""
    hoja.sol()
    hoja.suelo(590)
    hoja.edificio(180, 600, 1080, 330, mezclar(hoja.paleta.muro, hoja.vivo(), 0.2))
    hoja.caja(660, 430, 120, 170, mezclar(hoja.paleta.figura, (120, 84, 56), 0.5))
    hoja.caja(1330, 120, 10, 500, (60, 60, 62))
    for n, color in enumerate(((40, 110, 72), (240, 236, 226), (176, 44, 50))):
        hoja.caja(1200 + n * 44, 130, 44, 84, color)
    for fila in range(3):
        hoja.gente(720 + fila * 96, 9 + fila, 130 + fila * 20, 80 + fila * 20, 1360)


def cancha(hoja: Lienzo) -> None:
    """Un partido en una cancha de barrio."""
    hoja.sol()
    hoja.caserio(470)
    hoja.caja(0, 470, ANCHO, ALTO - 470, mezclar((82, 128, 104), hoja.vivo(), 0.12))
    for puntos in ([(40, 900), (260, 520), (1180, 520), (1400, 900), (40, 900)], [(720, 520), (720, 900)]):
        hoja.raya(puntos, CLARO, 7)
    hoja.trazo.ellipse((590, 630, 850, 770), outline=CLARO, width=7)
    for x in (120, 1310):
        hoja.caja(x, 300, 12, 420, (70, 72, 76))
        hoja.caja(x - 54, 300, 120, 84, CLARO)
        hoja.trazo.ellipse((x - 24, 376, x + 36, 396), outline=(214, 96, 40), width=6)
    uno, otro = hoja.vivo(), (236, 232, 222)
    for n in range(10):
        hoja.persona(hoja.azar.randint(240, 1200), hoja.azar.randint(650, 880), 190, uno if n % 2 else otro)
    hoja.disco(hoja.azar.randint(500, 900), hoja.azar.randint(420, 600), 20, (214, 112, 52))


def clinica(hoja: Lienzo) -> None:
    """Carpas de consulta y la fila de atención."""
    hoja.sol()
    hoja.suelo(560)
    hoja.arboleda(570, 6, 220)
    for n in range(3):
        x = 80 + n * 440
        hoja.caja(x, 470, 380, 250, (246, 244, 236))
        hoja.figura([(x - 26, 476), (x + 190, 320), (x + 406, 476)], mezclar((246, 244, 236), hoja.vivo(), 0.25))
        hoja.caja(x + 166, 384, 48, 14, (178, 42, 52))
        hoja.caja(x + 183, 367, 14, 48, (178, 42, 52))
        hoja.caja(x + 130, 560, 120, 160, mezclar(hoja.paleta.figura, CLARO, 0.45))
        hoja.persona(x + 190, 760, 210, (248, 248, 244))
    hoja.gente(890, hoja.azar.randint(7, 10), 220)


def patio(hoja: Lienzo) -> None:
    """Un patio con mesas, macetas y vecinos."""
    hoja.sol()
    hoja.suelo(540)
    for n in range(6):
        x = 30 + n * 240
        hoja.caja(x, 250, 26, 320, hoja.paleta.muro)
        hoja.trazo.pieslice((x + 10, 190, x + 270, 420), 180, 360, fill=mezclar(hoja.paleta.muro, hoja.paleta.figura, 0.25))
    hoja.caja(0, 190, ANCHO, 66, hoja.paleta.muro)
    for n in range(4):
        x = 120 + n * 330
        hoja.redonda((x, 740, 230, 22), (140, 96, 62), 6)
        hoja.caja(x + 20, 762, 12, 90, (110, 76, 52))
        hoja.caja(x + 198, 762, 12, 90, (110, 76, 52))
        for _ in range(3):
            hoja.redonda((x + hoja.azar.randint(8, 170), 700, 46, 42), hoja.vivo(), 8)
    hoja.gente(730, 8, 210)
    hoja.gente(920, 6, 240)


def mesa(hoja: Lienzo) -> None:
    """Una reunión alrededor de una mesa, ante una pantalla."""
    hoja.caja(0, 0, ANCHO, ALTO, mezclar(hoja.paleta.muro, (120, 112, 104), 0.35))
    hoja.redonda((400, 90, 640, 330), (236, 238, 236), 10)
    for n in range(5):
        alto = hoja.azar.randint(60, 220)
        hoja.caja(480 + n * 104, 380 - alto, 64, alto, hoja.paleta.vivos[n % 6])
    for lado in (90, 1150):
        hoja.caja(lado, 120, 200, 260, mezclar(hoja.paleta.cielo[1], CLARO, 0.5))
        hoja.caja(lado + 94, 120, 10, 260, hoja.paleta.muro)
    for n in range(6):
        hoja.persona(250 + n * 190, 720, 320)
    hoja.figura([(120, 640), (1320, 640), (1430, 800), (10, 800)], (132, 90, 60))
    hoja.caja(10, 800, 1420, 90, (104, 70, 48))
    for n in range(7):
        x = 200 + n * 160 + hoja.azar.randint(-20, 20)
        hoja.figura([(x, 690), (x + 80, 690), (x + 92, 730), (x - 8, 730)], CLARO)
