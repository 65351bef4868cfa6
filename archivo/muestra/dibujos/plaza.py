"""Escenas de plaza y campo: mercado, feria, kiosco, foro, parque, pozo, tanque, biblioteca."""

from .lienzo import ALTO, ANCHO, Lienzo, mezclar

CLARO, MADERA, HIERRO = (240, 234, 220), (138, 96, 62), (78, 84, 88)


def mercado(hoja: Lienzo) -> None:
    """Puestos de fruta bajo la nave del mercado."""
    hoja.caja(0, 0, ANCHO, 330, mezclar(hoja.paleta.muro, HIERRO, 0.45))
    for x in range(0, ANCHO + 1, 180):
        hoja.figura([(x - 90, 330), (x, 90), (x + 90, 330)], mezclar(hoja.paleta.cielo[1], CLARO, 0.4))
        hoja.raya([(x - 90, 330), (x, 90), (x + 90, 330)], HIERRO, 6)
    hoja.caja(0, 330, ANCHO, ALTO - 330, mezclar(hoja.paleta.suelo, (120, 108, 96), 0.5))
    for n in range(4):
        x = 20 + n * 360
        hoja.toldo(x, 350, 320, 90)
        hoja.persona(x + 160, 640, 210)
        hoja.caja(x + 10, 590, 300, 150, MADERA)
        for fila in range(2):
            color = hoja.vivo()
            for fruta in range(9):
                hoja.disco(
                    x + 34 + fruta * 31,
                    590 + fila * 34 + hoja.azar.randint(-5, 3),
                    19,
                    mezclar(color, CLARO, hoja.azar.uniform(0, 0.25)),
                )
    hoja.gente(930, hoja.azar.randint(6, 9), 260)


def feria(hoja: Lienzo) -> None:
    """Una feria con puestos y papel picado."""
    hoja.sol()
    hoja.caserio(520)
    hoja.caja(0, 520, ANCHO, ALTO - 520, hoja.paleta.suelo)
    hoja.papel_picado(60)
    hoja.papel_picado(170)
    for n in range(5):
        x = 10 + n * 290
        hoja.caja(x + 16, 500, 10, 250, HIERRO)
        hoja.caja(x + 244, 500, 10, 250, HIERRO)
        hoja.toldo(x, 430, 270, 80)
        hoja.persona(x + 135, 690, 190)
        hoja.caja(x + 16, 650, 240, 110, mezclar(CLARO, hoja.vivo(), 0.3))
    hoja.gente(910, hoja.azar.randint(9, 12), 230)


def kiosco(hoja: Lienzo) -> None:
    """El kiosco de la plaza, con su herrería."""
    hoja.sol()
    hoja.suelo(620)
    hoja.arboleda(630, 8, 260)
    x = hoja.azar.randint(560, 880)
    techo = mezclar(hoja.vivo(), hoja.paleta.figura, 0.35)
    hoja.figura([(x - 330, 380), (x, 190), (x + 330, 380)], techo)
    hoja.figura([(x - 90, 236), (x, 150), (x + 90, 236)], mezclar(techo, CLARO, 0.2))
    hoja.disco(x, 146, 14, techo)
    hoja.caja(x - 310, 380, 620, 26, CLARO)
    for columna in range(6):
        hoja.caja(x - 290 + columna * 113, 406, 16, 270, CLARO)
    hoja.gente(660, 5, 170, x - 240, x + 240)
    for barra in range(40):
        hoja.caja(x - 286 + barra * 14.6, 610, 5, 70, HIERRO)
    hoja.caja(x - 340, 680, 680, 70, hoja.paleta.muro)
    hoja.gente(900, hoja.azar.randint(7, 11), 220)


def foro(hoja: Lienzo) -> None:
    """Un foro con músicos y público."""
    hoja.caja(0, 560, ANCHO, ALTO, hoja.paleta.suelo)
    hoja.papel_picado(40)
    hoja.caja(320, 200, 800, 400, mezclar(hoja.paleta.figura, hoja.vivo(), 0.35))
    for luz in range(5):
        x = 400 + luz * 160
        hoja.figura(
            [(x, 210), (x - 90, 600), (x + 90, 600)], mezclar(mezclar(hoja.paleta.figura, hoja.vivo(), 0.3), (255, 240, 190), 0.3)
        )
        hoja.disco(x, 208, 18, (255, 244, 206))
    for musico in range(5):
        hoja.persona(440 + musico * 140, 610, 240)
    hoja.caja(280, 600, 880, 70, MADERA)
    hoja.publico(760)


def parque(hoja: Lienzo) -> None:
    """Un parque con sendero, bancas y árboles."""
    hoja.sol()
    hoja.suelo(520)
    verde = hoja.paleta.follaje[1]
    hoja.caja(0, 520, ANCHO, ALTO - 520, mezclar(verde, hoja.paleta.suelo, 0.4))
    hoja.figura([(520, ALTO), (690, 520), (760, 520), (1040, ALTO)], mezclar(hoja.paleta.suelo, CLARO, 0.5))
    hoja.arboleda(540, 9, 240)
    for x in (180, 1140):
        hoja.arbol(x + hoja.azar.randint(-40, 40), 760, 460)
        hoja.caja(x + 60, 780, 190, 16, MADERA)
        hoja.caja(x + 74, 796, 10, 50, HIERRO)
        hoja.caja(x + 226, 796, 10, 50, HIERRO)
    for _ in range(40):
        hoja.disco(hoja.azar.randint(0, ANCHO), hoja.azar.randint(860, 950), 9, hoja.vivo())
    hoja.gente(820, hoja.azar.randint(6, 9), 210, 420, 1080)


def pozo(hoja: Lienzo) -> None:
    """La torre de perforación de un pozo."""
    hoja.sol()
    hoja.suelo(650)
    x = hoja.azar.randint(520, 900)
    for lado in (-1, 1):
        hoja.raya([(x + lado * 150, 760), (x + lado * 34, 130)], HIERRO, 16)
    for n in range(7):
        y, medio = 760 - n * 90, 150 - n * 16.5
        hoja.raya([(x - medio, y), (x + medio, y)], HIERRO, 9)
        hoja.raya([(x - medio, y), (x + medio - 16, y - 90)], HIERRO, 6)
    hoja.caja(x - 52, 108, 104, 34, (214, 162, 58))
    hoja.caja(x - 8, 140, 16, 620, mezclar(HIERRO, CLARO, 0.4))
    hoja.redonda((x + 210, 640, 260, 120), (66, 112, 132), 12)
    hoja.raya([(x, 770), (x - 180, 800), (x - 420, 800)], (66, 112, 132), 30)
    for chorro in range(4):
        hoja.raya([(x - 420, 800), (x - 470 - chorro * 22, 850 + chorro * 16)], (168, 204, 216), 10)
    hoja.gente(870, 7, 220)


def tanque(hoja: Lienzo) -> None:
    """Un tanque elevado de agua."""
    hoja.sol()
    hoja.suelo(690)
    hoja.caserio(700)
    x = hoja.azar.randint(480, 960)
    for pata in (-130, -46, 46, 130):
        hoja.raya([(x + pata, 800), (x + pata * 0.72, 380)], HIERRO, 18)
    for y in (500, 640):
        hoja.raya([(x - 128, y), (x + 128, y)], HIERRO, 9)
    cuerpo = mezclar(hoja.vivo(), CLARO, 0.45)
    hoja.redonda((x - 180, 180, 360, 210), cuerpo, 40)
    hoja.trazo.ellipse((x - 180, 140, x + 180, 240), fill=mezclar(cuerpo, CLARO, 0.35))
    hoja.caja(x - 180, 300, 360, 22, mezclar(cuerpo, hoja.paleta.figura, 0.35))
    hoja.gente(900, hoja.azar.randint(6, 9), 210)


def biblioteca(hoja: Lienzo) -> None:
    """Estantes llenos y lectores en las mesas."""
    hoja.caja(0, 0, ANCHO, ALTO, mezclar(hoja.paleta.muro, MADERA, 0.25))
    for estante in range(3):
        y = 60 + estante * 180
        hoja.caja(0, y + 150, ANCHO, 18, MADERA)
        x = 14
        while x < ANCHO - 30:
            ancho, alto = hoja.azar.randint(15, 34), hoja.azar.randint(90, 145)
            tono = mezclar(hoja.vivo(), hoja.paleta.muro, hoja.azar.uniform(0.1, 0.6))
            hoja.caja(x, y + 150 - alto, ancho, alto, tono)
            x += ancho + hoja.azar.choice((1, 1, 2, 26))
    hoja.caja(0, 620, ANCHO, ALTO, mezclar(hoja.paleta.suelo, (112, 96, 82), 0.5))
    for n in range(3):
        x = 40 + n * 480
        hoja.persona(x + 110, 790, 290)
        hoja.persona(x + 290, 790, 280)
        hoja.redonda((x, 740, 400, 34), MADERA, 8)
        hoja.caja(x + 30, 774, 18, 140, MADERA)
        hoja.caja(x + 352, 774, 18, 140, MADERA)
        for libro in (70, 240):
            hoja.figura([(x + libro, 740), (x + libro + 44, 722), (x + libro + 88, 740)], CLARO)
