"""Crear personas usuarias y darles acceso sin que nadie conozca su contraseña."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from archivo.identidad.codigos import codigo_nuevo, huella_de_codigo
from archivo.identidad.models import Area, EnlaceDeAcceso, Institucion, Nombramiento, Usuario
from archivo.identidad.roles import ROLES
from archivo.identidad.signals import permiso_cambiado

VIGENCIA_DEL_ENLACE = timedelta(days=7)
CLAVES_QUE_SE_DICEN = 20


class DatoInutilizable(ValueError):
    """Lo que se pidió no se puede hacer; el mensaje dice qué escribir."""


def persona_llamada(nombre: str) -> Usuario | None:
    """La persona usuaria de ese nombre; vacío es nadie.

    Raises:
        DatoInutilizable: no existe; la frase dice con qué orden se crea.
    """
    persona = Usuario.objects.filter(username=nombre).first() if nombre else None
    if nombre and persona is None:
        raise DatoInutilizable(
            f"No existe la persona usuaria «{nombre}». Créela con: manage.py usuarios crear {nombre} --rol ROL"
        )
    return persona


@transaction.atomic
def crear_usuario(nombre: str, rol: str, area: str = "") -> Usuario:
    """Crea (o completa) una cuenta con un rol. Sin contraseña utilizable: se fija con `enlace_para`."""
    if rol not in ROLES:
        raise DatoInutilizable(f"No existe el rol «{rol}». Use uno de: {', '.join(ROLES)}.")
    del_area = Area.objects.filter(clave=area).first() if area else None
    if area and del_area is None:
        raise DatoInutilizable(f"No existe un área con la clave «{area}». {_las_que_hay()}")
    usuario, nuevo = Usuario.objects.get_or_create(username=nombre, defaults={"is_active": True})
    if nuevo:
        usuario.set_unusable_password()
        usuario.save(update_fields=["password"])
    _, dado = Nombramiento.objects.get_or_create(usuario=usuario, rol=rol, area=del_area)
    if dado:
        detalle = {"rol": rol, "area": str(del_area or "toda la institución")}
        permiso_cambiado.send(
            sender=Usuario,
            clase="nombramiento.dado",
            usuario=usuario,
            actor=None,
            motivo="Orden «usuarios crear»",
            detalle=detalle,
        )
    return usuario


def _las_que_hay() -> str:
    """Las claves de área que se pueden escribir: las primeras, y cuántas más hay."""
    claves = list(Area.objects.filter(vigente_hasta__isnull=True).order_by("clave").values_list("clave", flat=True))
    if not claves:
        return "Todavía no hay áreas: deje vacía el área para toda la institución, o dé de alta una."
    resto = len(claves) - CLAVES_QUE_SE_DICEN
    mas = f" y {resto} más (están en Áreas)" if resto > 0 else ""
    return f"Use una de: {', '.join(claves[:CLAVES_QUE_SE_DICEN])}{mas}."


@transaction.atomic
def enlace_para(usuario: Usuario) -> str:
    """La ruta de un enlace de un solo uso (`/entrar/<código>/`) que vence en siete días. Los anteriores sin usar vencen ya."""
    codigo, ahora = codigo_nuevo(), timezone.now()
    EnlaceDeAcceso.objects.filter(usuario=usuario, usado__isnull=True, caduca__gt=ahora).update(caduca=ahora)
    EnlaceDeAcceso.objects.create(usuario=usuario, huella=huella_de_codigo(codigo), caduca=ahora + VIGENCIA_DEL_ENLACE)
    return f"/entrar/{codigo}/"


def enlace_vigente(codigo: str) -> EnlaceDeAcceso | None:
    """El enlace si existe, no se ha usado, no ha vencido y la cuenta sigue activa."""
    return (
        EnlaceDeAcceso.objects.select_related("usuario")
        .filter(huella=huella_de_codigo(codigo), usado__isnull=True, caduca__gt=timezone.now(), usuario__is_active=True)
        .first()
    )


@transaction.atomic
def usar_enlace(codigo: str, contrasena: str) -> Usuario | None:
    """Fija la contraseña y gasta el enlace, y los demás de la cuenta; None si ya no sirve (otra persona lo usó antes)."""
    ahora = timezone.now()
    gastados = EnlaceDeAcceso.objects.filter(huella=huella_de_codigo(codigo), usado__isnull=True, caduca__gt=ahora).update(
        usado=ahora
    )
    if not gastados:
        return None
    usuario = EnlaceDeAcceso.objects.select_related("usuario").get(huella=huella_de_codigo(codigo)).usuario
    usuario.set_password(contrasena)
    usuario.save(update_fields=["password"])
    EnlaceDeAcceso.objects.filter(usuario=usuario, usado__isnull=True).update(usado=ahora)
    return usuario


def institucion() -> Institucion:
    """La institución dueña del archivo (hay una)."""
    return Institucion.objects.order_by("pk").first() or Institucion(clave="AE", nombre="Alcaldía Ejemplo")
