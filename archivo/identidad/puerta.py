"""La puerta de identidad: lo único que los demás pisos usan de aquí."""

from archivo.identidad.gente import gente_de
from archivo.identidad.lector import ANONIMO, Lector, RolVigente, lector_de
from archivo.identidad.models import Area, EnlaceDeAcceso, Institucion, Nombramiento, Usuario
from archivo.identidad.permisos import conceder, sincronizar_grupos
from archivo.identidad.roles import ROLES, Circulo, Rol
from archivo.identidad.servicios import DatoInutilizable, crear_usuario, enlace_para, institucion

__all__ = [
    "ANONIMO",
    "ROLES",
    "Area",
    "Circulo",
    "DatoInutilizable",
    "EnlaceDeAcceso",
    "Institucion",
    "Lector",
    "Nombramiento",
    "Rol",
    "RolVigente",
    "Usuario",
    "conceder",
    "crear_usuario",
    "enlace_para",
    "gente_de",
    "institucion",
    "lector_de",
    "sincronizar_grupos",
]
