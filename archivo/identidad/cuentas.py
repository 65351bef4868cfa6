"""Administrar cuentas, nombramientos y suplencias. Todo cambio avisa, para que quede en la bitácora; también lo que se niega.

Administrar no da derecho al contenido: nadie se nombra ni se hace suplente a sí mismo, y quien administra por suplencia no
registra otras suplencias (una delegación no se delega).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from archivo.identidad.lector import lector_de
from archivo.identidad.models import Area, Nombramiento, Suplencia, Usuario
from archivo.identidad.roles import ROLES, choque
from archivo.identidad.servicios import enlace_para
from archivo.identidad.signals import permiso_cambiado, permiso_negado

ADMINISTRA = "administracion"


class PermisoNegado(Exception):
    """El cambio no procede; el mensaje dice por qué y qué hacer."""


@dataclass(frozen=True)
class CuentaNueva:
    """Los datos de una persona por dar de alta."""

    usuario: str
    nombre: str
    apellidos: str = ""
    correo: str = ""


@dataclass(frozen=True)
class NombramientoNuevo:
    """Un rol por dar, en un área (None: toda la institución) y entre dos fechas."""

    rol: str
    area: Area | None = None
    desde: date | None = None
    hasta: date | None = None


@dataclass(frozen=True)
class SuplenciaNueva:
    """Quién suple a quién, en qué nombramientos, cuándo, por qué y con qué fundamento."""

    ausente: Usuario
    suplente: Usuario
    nombramientos: Sequence[Nombramiento]
    desde: date
    hasta: date
    motivo: str
    fundamento: str


def _con_constancia[**P, T](servicio: Callable[P, T]) -> Callable[P, T]:
    """Lo que se niega se avisa fuera de la transacción que se deshizo."""

    @wraps(servicio)
    def vigilado(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            with transaction.atomic():
                return servicio(*args, **kwargs)
        except PermisoNegado as razon:
            persona = next((a for a in args if isinstance(a, Usuario)), None)
            clase = f"persona.{servicio.__name__}"
            permiso_negado.send(
                sender=Usuario, clase=clase, usuario=persona, actor=kwargs.get("actor"), motivo="", detalle={"razon": str(razon)}
            )
            raise

    return vigilado


def _avisar(clase: str, usuario: Usuario, actor: Usuario | None, motivo: str, **detalle: Any) -> None:
    permiso_cambiado.send(sender=Usuario, clase=clase, usuario=usuario, actor=actor, motivo=motivo, detalle=detalle)


def _exigir_otra(usuario: Usuario, actor: Usuario | None, que: str) -> None:
    if actor is not None and actor.pk == usuario.pk:
        raise PermisoNegado(f"Nadie {que} a sí mismo. Pídalo a otra persona que administre.")


@_con_constancia
def dar_de_alta(nueva: CuentaNueva, primero: NombramientoNuevo, *, actor: Usuario | None) -> tuple[Usuario, str]:
    """Crea la cuenta con su primer nombramiento; devuelve la persona y su enlace de un solo uso (no hay contraseña que dictar)."""
    if Usuario.objects.filter(username__iexact=nueva.usuario).exists():
        raise PermisoNegado(f"Ya hay una cuenta «{nueva.usuario}». Abra esa cuenta y agréguele el rol.")
    usuario = Usuario(username=nueva.usuario, first_name=nueva.nombre, last_name=nueva.apellidos, email=nueva.correo)
    usuario.set_unusable_password()
    usuario.save()
    _avisar("persona.creada", usuario, actor, "", cuenta=usuario.username, nombre=str(usuario))
    _nombrar(usuario, primero, actor, "Alta de la cuenta")
    return usuario, enlace_para(usuario)


@_con_constancia
def nombrar(usuario: Usuario, nuevo: NombramientoNuevo, *, actor: Usuario | None, motivo: str = "") -> Nombramiento:
    """Da un rol a otra persona.

    Raises:
        PermisoNegado: es para quien lo da, no se junta con otro que ya ejerce, ya lo tiene o las fechas están al revés.
    """
    return _nombrar(usuario, nuevo, actor, motivo)


def _nombrar(usuario: Usuario, nuevo: NombramientoNuevo, actor: Usuario | None, motivo: str) -> Nombramiento:
    _exigir_otra(usuario, actor, "se da un rol")
    if nuevo.rol not in ROLES:
        raise PermisoNegado(f"No existe el rol «{nuevo.rol}».")
    if nuevo.desde and nuevo.hasta and nuevo.hasta < nuevo.desde:
        raise PermisoNegado("La fecha en que termina es anterior a la que empieza.")
    if ajeno := choque(nuevo.rol, _roles_de_hoy_en_adelante(usuario)):
        raise PermisoNegado(
            f"{ROLES[nuevo.rol].nombre} no se junta con {ROLES[ajeno].nombre}: quien revisa no hace lo que revisa."
        )
    if usuario.nombramientos.vigentes().filter(rol=nuevo.rol, area=nuevo.area).exists():
        raise PermisoNegado("Ya ejerce ese rol ahí. Para cambiarle la fecha, termínelo y déselo de nuevo.")
    hecho, _ = Nombramiento.objects.update_or_create(
        usuario=usuario, rol=nuevo.rol, area=nuevo.area, defaults={"desde": nuevo.desde, "hasta": nuevo.hasta}
    )
    _avisar("nombramiento.dado", usuario, actor, motivo, **_como_detalle(hecho))
    return hecho


def _roles_de_hoy_en_adelante(usuario: Usuario) -> set[str]:
    """Los que ejerce o ejercerá, propios o por suplencia: dos que no se juntan tampoco se dejan para después."""
    hoy = timezone.localdate()
    sin_vencer = Nombramiento.objects.filter(Q(hasta__isnull=True) | Q(hasta__gte=hoy))
    supliendo = Suplencia.objects.filter(suplente=usuario, terminada__isnull=True, hasta__gte=hoy)
    return set(sin_vencer.filter(Q(usuario=usuario) | Q(suplencias__in=supliendo)).values_list("rol", flat=True))


def _como_detalle(nombramiento: Nombramiento) -> dict[str, Any]:
    fechas = {c: f.isoformat() for c in ("desde", "hasta") if (f := getattr(nombramiento, c))}
    return {"rol": nombramiento.rol, "area": str(nombramiento.area or "toda la institución")} | fechas


@_con_constancia
def terminar_nombramiento(usuario: Usuario, nombramiento: Nombramiento, *, actor: Usuario | None, motivo: str) -> None:
    """El rol deja de valer ya; queda escrito hasta cuándo valió."""
    if nombramiento.usuario_id != usuario.pk:
        raise PermisoNegado("Ese nombramiento es de otra persona.")
    _cuidar_la_ultima(usuario, nombramiento)
    nombramiento.hasta = timezone.localdate() - timedelta(days=1)
    if nombramiento.desde and nombramiento.desde > nombramiento.hasta:
        nombramiento.desde = nombramiento.hasta
    nombramiento.save(update_fields=["desde", "hasta"])
    _avisar("nombramiento.terminado", usuario, actor, motivo, **_como_detalle(nombramiento))


def _cuidar_la_ultima(usuario: Usuario, nombramiento: Nombramiento | None = None) -> None:
    """El archivo no se queda sin quien administre cuentas."""
    otras = Nombramiento.objects.vigentes().filter(rol=ADMINISTRA, usuario__is_active=True).exclude(usuario=usuario)
    administra = (
        nombramiento.rol == ADMINISTRA if nombramiento else usuario.nombramientos.vigentes().filter(rol=ADMINISTRA).exists()
    )
    if administra and not otras.exists():
        raise PermisoNegado("Es la única persona que administra. Nombre antes a otra.")


@_con_constancia
def suspender(usuario: Usuario, *, actor: Usuario | None, motivo: str) -> None:
    """La cuenta deja de entrar y de leer ya, con todo y las sesiones abiertas; sus nombramientos quedan escritos."""
    _exigir_otra(usuario, actor, "se suspende")
    _cuidar_la_ultima(usuario)
    usuario.is_active = False
    usuario.save(update_fields=["is_active"])
    _avisar("persona.suspendida", usuario, actor, motivo)


@_con_constancia
def reactivar(usuario: Usuario, *, actor: Usuario | None, motivo: str) -> None:
    """La cuenta vuelve a valer, con los nombramientos que sigan vigentes."""
    _exigir_otra(usuario, actor, "se reactiva")
    usuario.is_active = True
    usuario.save(update_fields=["is_active"])
    _avisar("persona.reactivada", usuario, actor, motivo)


@_con_constancia
def dar_enlace(usuario: Usuario, *, actor: Usuario | None) -> str:
    """Un enlace de un solo uso para poner contraseña. No se da a una cuenta suspendida."""
    if not usuario.is_active:
        raise PermisoNegado("La cuenta está suspendida. Reactívela antes de darle un enlace.")
    _avisar("persona.enlace_dado", usuario, actor, "")
    return enlace_para(usuario)


def _exigir_quien_suple(nueva: SuplenciaNueva, actor: Usuario | None) -> None:
    if nueva.ausente == nueva.suplente:
        raise PermisoNegado("Nadie se suple a sí mismo.")
    if actor is None:
        return
    _exigir_otra(nueva.suplente, actor, "se hace suplente")
    propios = {r.rol for r in lector_de(actor).roles if not r.por_ausencia_de}
    if ADMINISTRA not in propios and actor != nueva.ausente:
        raise PermisoNegado("Una suplencia la registra la persona que se ausenta o quien administra por derecho propio.")


def quienes_suplen_a(ausente: Usuario, actor: Usuario | None) -> QuerySet[Usuario]:
    """A quién se puede elegir: cuentas activas, ni ella ni quien lo anota, con roles que se junten con alguno de los suyos.

    Lo mismo que exige `registrar_suplencia`, para no ofrecer a quien se va a negar.
    """
    suyos = set(ausente.nombramientos.vigentes().values_list("rol", flat=True))
    ajenos = [r for r in ROLES if suyos and all(choque(suyo, {r}) for suyo in suyos)]
    hoy = timezone.localdate()
    sin_vencer = Nombramiento.objects.filter(Q(hasta__isnull=True) | Q(hasta__gte=hoy), rol__in=ajenos)
    supliendo = Suplencia.objects.filter(terminada__isnull=True, hasta__gte=hoy, nombramientos__in=sin_vencer)
    personas = Usuario.objects.filter(is_active=True, nombramientos__isnull=False).exclude(
        Q(pk__in=[ausente.pk, actor.pk if actor else 0])
        | Q(pk__in=sin_vencer.values("usuario"))
        | Q(pk__in=supliendo.values("suplente"))
    )
    return personas.distinct().order_by("first_name", "username")


def _exigir_que_se_pueda(nueva: SuplenciaNueva) -> None:
    if nueva.hasta < nueva.desde:
        raise PermisoNegado("La fecha en que termina es anterior a la que empieza.")
    if nueva.hasta < timezone.localdate():
        raise PermisoNegado("La suplencia ya habría terminado. Revise las fechas.")
    if not nueva.nombramientos or any(n.usuario_id != nueva.ausente.pk for n in nueva.nombramientos):
        raise PermisoNegado("Elija al menos un nombramiento propio de la persona ausente: una suplencia no se suple.")
    if not (nueva.motivo.strip() and nueva.fundamento.strip()):
        raise PermisoNegado("Escriba el motivo y el fundamento de la suplencia.")
    if not nueva.suplente.is_active:
        raise PermisoNegado("La cuenta de quien supliría está suspendida.")
    suyos = _roles_de_hoy_en_adelante(nueva.suplente)
    for nombramiento in nueva.nombramientos:
        if ajeno := choque(nombramiento.rol, suyos):
            raise PermisoNegado(f"Quien ejerce {ROLES[ajeno].nombre} no suple a {ROLES[nombramiento.rol].nombre}.")


@_con_constancia
def registrar_suplencia(nueva: SuplenciaNueva, *, actor: Usuario | None) -> Suplencia:
    """Anota una ausencia y quién la suple.

    Raises:
        PermisoNegado: quien la registra no puede, o los datos no bastan.
    """
    _exigir_quien_suple(nueva, actor)
    _exigir_que_se_pueda(nueva)
    hecha = Suplencia.objects.create(
        ausente=nueva.ausente, suplente=nueva.suplente, desde=nueva.desde, hasta=nueva.hasta, motivo=nueva.motivo,
        fundamento=nueva.fundamento, registrada_por=actor,
    )  # fmt: skip
    hecha.nombramientos.set(nueva.nombramientos)
    detalle = {"roles": [n.rol for n in nueva.nombramientos], "desde": nueva.desde.isoformat(), "hasta": nueva.hasta.isoformat()}
    partes = {"ausente": str(nueva.ausente), "fundamento": nueva.fundamento}
    _avisar("suplencia.registrada", nueva.suplente, actor, nueva.motivo, **detalle, **partes)
    return hecha


@_con_constancia
def terminar_suplencia(suplencia: Suplencia, *, actor: Usuario | None, motivo: str) -> None:
    """La persona volvió: la suplencia deja de valer ya."""
    suplencia.terminada = timezone.now()
    suplencia.save(update_fields=["terminada"])
    _avisar("suplencia.terminada", suplencia.suplente, actor, motivo, ausente=str(suplencia.ausente))
