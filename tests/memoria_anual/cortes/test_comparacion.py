"""Comparar un corte con ahora, o con otro, dice exactamente qué cambió y por qué."""

from datetime import date

import pytest

from archivo.catalogo.puerta import Edicion, FechaParcial, Item, Relacion, guardar, transitar
from memoria_anual.cortes.puerta import CambioDeCifra, comparar, cortar
from memoria_anual.indicadores.puerta import leer_periodo
from tests.fabricas import boletin, elemento, persona
from tests.memoria_anual.generado import sembrar

pytestmark = pytest.mark.django_db
ANIO = leer_periodo("2025")


def _de(clave: str, cifras: tuple[CambioDeCifra, ...]) -> CambioDeCifra:
    return next(c for c in cifras if c.clave == clave)


def test_sin_cambios_no_hay_diferencias() -> None:
    sembrar(300, 21)
    corte = cortar(ANIO)
    assert comparar(corte).distintas == ()
    assert comparar(corte, cortar(ANIO)).distintas == ()


def test_retirar_uno_difiere_en_ese_y_dice_por_que() -> None:
    quedan = [boletin(estado="publicado", dia=date(2025, 3, n)) for n in (1, 2, 3)]
    corte = cortar(ANIO)
    titular = persona("titular")
    transitar(quedan[1], "retirar", titular, motivo="Datos personales a la vista")
    distintas = comparar(corte).distintas
    assert {c.clave for c in distintas} == {"BOL", "IMP"}
    bol = _de("BOL", distintas)
    (salio,) = bol.salieron
    assert (bol.antes, bol.despues, salio.clave, bol.entraron, bol.cambiaron) == (3, 2, quedan[1].clave, (), ())
    assert salio.motivo == "Pasó de «publicado» a «retirado». Motivo: Datos personales a la vista"
    assert salio.quien == str(titular) and salio.cuando is not None


def test_lo_nuevo_entra_con_su_fecha_de_incorporacion() -> None:
    corte = cortar(ANIO)
    nuevo = boletin(estado="publicado", dia=date(2025, 6, 1))
    (entro,) = _de("BOL", comparar(corte).distintas).entraron
    assert entro.clave == nuevo.clave and entro.motivo.startswith("Se incorporó el ")


def test_lo_que_cambia_de_fecha_sale_del_periodo() -> None:
    movido = boletin(estado="publicado", dia=date(2025, 6, 1))
    corte = cortar(ANIO)
    movido.fecha_parcial = FechaParcial(date(2024, 6, 1), date(2024, 6, 1))
    guardar(movido, Edicion(actor=None))
    (salio,) = _de("BOL", comparar(corte).distintas).salieron
    assert "Su fecha pasó de 01/06/2025 a 01/06/2024, fuera del periodo." in salio.motivo


def test_lo_que_ya_estaba_y_se_publica_despues_entra_por_su_suceso() -> None:
    borrador = elemento("recorte", dia=date(2025, 6, 1))
    corte = cortar(ANIO)
    Item.objects.filter(pk=borrador.pk).update(estado="publicado")
    (entro,) = _de("NOT", comparar(corte).distintas).entraron
    assert entro.motivo == "Ya estaba en el archivo y desde entonces cumple la regla."


def test_lo_que_deja_de_cumplir_la_regla_la_cita() -> None:
    uno, otro = (boletin(estado="publicado", dia=date(2025, 6, n)) for n in (1, 2))
    corte = cortar(ANIO)
    Relacion.objects.create(origen=otro, destino=uno, clase="fe_de_erratas_de")
    distintas = comparar(corte).distintas
    assert [e.clave for e in _de("BOL", distintas).salieron] == [otro.clave]
    assert _de("BOL", distintas).salieron[0].motivo.startswith("Dejó de cumplir la regla: Cada boletín")
    assert [e.clave for e in _de("FER", distintas).entraron] == [otro.clave]


def test_lo_que_ya_no_existe_lo_dice() -> None:
    quitado = boletin(estado="publicado", dia=date(2025, 6, 1))
    corte = cortar(ANIO)
    Item.objects.filter(pk=quitado.pk).delete()
    assert _de("BOL", comparar(corte).distintas).salieron[0].motivo == "Ya no está en el archivo."


def test_lo_corregido_que_sigue_contando_se_dice_como_cambio() -> None:
    nota = elemento("audiovisual", estado="publicado", dia=date(2025, 6, 1), ficha={"clase": "video", "duracion": "00:01:00"})
    corte = cortar(ANIO)
    Item.objects.filter(pk=nota.pk).update(titulo="Otro título", ficha={"clase": "video", "duracion": "00:03:00"})
    distintas = comparar(corte).distintas
    assert "el título" in _de("VID", distintas).cambiaron[0].motivo
    minutos = _de("VID-M", distintas)
    assert (minutos.antes, minutos.despues) == (1, 3)
    assert "lo que aporta: 60 → 180" in minutos.cambiaron[0].motivo


def test_entre_dos_cortes_solo_cuenta_lo_que_paso_entre_ellos() -> None:
    uno = boletin(estado="publicado", dia=date(2025, 3, 1))
    primero = cortar(ANIO)
    transitar(uno, "retirar", persona("titular"), motivo="Primero")
    segundo = cortar(ANIO)
    transitar(Item.objects.get(pk=uno.pk), "reponer", persona("titular"), motivo="Segundo")
    salio = _de("BOL", comparar(primero, segundo).distintas).salieron[0]
    assert "Motivo: Primero" in salio.motivo
    assert [e.clave for e in _de("BOL", comparar(segundo).distintas).entraron] == [uno.clave]
    assert comparar(primero).distintas == ()
