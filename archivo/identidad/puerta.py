"""La puerta de identidad: lo único que los demás pisos usan de aquí."""

from archivo.identidad.codigos import codigo_nuevo, huella_de_codigo
from archivo.identidad.cuentas import (
    CuentaNueva,
    NombramientoNuevo,
    PermisoNegado,
    SuplenciaNueva,
    dar_de_alta,
    dar_enlace,
    nombrar,
    quienes_suplen_a,
    reactivar,
    registrar_suplencia,
    suspender,
    terminar_nombramiento,
    terminar_suplencia,
)
from archivo.identidad.cuentas_de_fallas import contar, cuentas_de
from archivo.identidad.frenos import DemasiadosIntentos, Freno, lugar_de
from archivo.identidad.gente import gente_de
from archivo.identidad.lector import ANONIMO, Lector, RolVigente, lector_de
from archivo.identidad.models import Area, EnlaceDeAcceso, Institucion, Nombramiento, Suplencia, Usuario
from archivo.identidad.pasos import ConPasos, Paso
from archivo.identidad.permisos import conceder, sincronizar_grupos
from archivo.identidad.roles import ROLES, Circulo, Rol
from archivo.identidad.servicios import DatoInutilizable, crear_usuario, enlace_para, institucion, persona_llamada
from archivo.identidad.signals import permiso_cambiado, permiso_negado

__all__ = [
    "ANONIMO",
    "ROLES",
    "Area",
    "Circulo",
    "ConPasos",
    "CuentaNueva",
    "DatoInutilizable",
    "DemasiadosIntentos",
    "EnlaceDeAcceso",
    "Freno",
    "Institucion",
    "Lector",
    "Nombramiento",
    "NombramientoNuevo",
    "Paso",
    "PermisoNegado",
    "Rol",
    "RolVigente",
    "Suplencia",
    "SuplenciaNueva",
    "Usuario",
    "codigo_nuevo",
    "conceder",
    "contar",
    "crear_usuario",
    "cuentas_de",
    "dar_de_alta",
    "dar_enlace",
    "enlace_para",
    "gente_de",
    "huella_de_codigo",
    "institucion",
    "lector_de",
    "lugar_de",
    "nombrar",
    "permiso_cambiado",
    "permiso_negado",
    "persona_llamada",
    "quienes_suplen_a",
    "reactivar",
    "registrar_suplencia",
    "sincronizar_grupos",
    "suspender",
    "terminar_nombramiento",
    "terminar_suplencia",
]
