"""La puerta de registro: asentar lo que se expide y probarlo a cualquiera."""

from certificaciones.registro.asientos import asentar
from certificaciones.registro.constancias import (
    asientos_desde,
    cadena_de_sellos,
    prueba_de,
    prueba_de_continuidad,
    punto_de_control,
    punto_que_prueba,
)
from certificaciones.registro.errores import ErrorDeRegistro, HojaInvalida, LlavePerdida, SinSelloDeTiempo
from certificaciones.registro.llaves import llave_publica
from certificaciones.registro.models import Asiento, PuntoDeControl, Registro, SelloDeTiempo
from certificaciones.registro.sellos import sellar_y_renovar
from certificaciones.registro.teselas import hojas_de_tesela, tesela
from certificaciones.registro.verificacion import Falla, Informe, verificar_registros
from verificador.sello import SelloInvalido, SelloLeido, leer_sello

__all__ = [
    "Asiento",
    "ErrorDeRegistro",
    "Falla",
    "HojaInvalida",
    "Informe",
    "LlavePerdida",
    "PuntoDeControl",
    "Registro",
    "SelloDeTiempo",
    "SelloInvalido",
    "SelloLeido",
    "SinSelloDeTiempo",
    "asentar",
    "asientos_desde",
    "cadena_de_sellos",
    "hojas_de_tesela",
    "leer_sello",
    "llave_publica",
    "prueba_de",
    "prueba_de_continuidad",
    "punto_de_control",
    "punto_que_prueba",
    "sellar_y_renovar",
    "tesela",
    "verificar_registros",
]
