"""Lo que todo paso comparte: comprobar que se puede dar, quién lo da y dejar constancia."""

from typing import Any

from archivo.auditoria.puerta import Suceso, SucesoNuevo, registrar
from archivo.identidad.puerta import ROLES, Lector, Paso, Usuario, lector_de
from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.models import Certificacion


def anotar(clase: str, certificacion: Certificacion, actor: Usuario | None, motivo: str = "", **detalle: Any) -> Suceso:
    """Un suceso `certificacion.<clase>` en la transacción en curso."""
    objeto = f"certificacion:{certificacion.clave}"
    if certificacion.folio:
        detalle = {"folio": certificacion.folio} | detalle
    return registrar(SucesoNuevo(f"certificacion.{clase}", objeto, actor=actor, motivo=motivo, detalle=detalle))


def ejerce(lector: Lector, roles: tuple[str, ...], area_id: int | None) -> bool:
    """¿Ejerce alguno de esos roles en toda la institución o en esa área? Sin área, en cualquiera."""
    return lector.tiene(*roles, area_id=area_id)


def exigir_rol(paso: Paso, actor: Usuario, area_id: int | None) -> None:
    """Lanza `ActoRechazado` si la persona no ejerce un rol que dé ese paso."""
    if not ejerce(lector_de(actor), paso.roles, area_id):
        quienes = ", ".join(ROLES[r].nombre for r in paso.roles)
        raise ActoRechazado(f"«{paso.nombre}» corresponde, en el área de los documentos, a: {quienes}. Pídalo a quien lo ejerza.")


def exigir_paso(certificacion: Certificacion, accion: str, actor: Usuario, motivo: str = "") -> Paso:
    """El paso, si procede desde el estado actual, la persona puede darlo y trae el motivo que pida."""
    clase = certificacion.clase_de_estado
    paso = clase.paso(accion)
    if paso is None:
        posibles = ", ".join(f"«{p.nombre}»" for p in clase.salidas)
        resto = f"sólo procede {posibles}" if posibles else "ya no procede nada"
        raise ActoRechazado(f"{certificacion} está en «{clase.nombre}»: desde ahí {resto}.")
    exigir_rol(paso, actor, certificacion.area_id)
    if paso.pide_motivo and not motivo.strip():
        raise ActoRechazado(f"Para «{paso.nombre}» escriba el motivo: queda en el libro.")
    return paso


def pasos_para(certificacion: Certificacion, actor: Usuario) -> list[Paso]:
    """Los pasos que esa persona puede dar ahora, para ofrecerlos."""
    lector = lector_de(actor)
    return [p for p in certificacion.clase_de_estado.salidas if ejerce(lector, p.roles, certificacion.area_id)]


def en_turno(certificacion: Certificacion) -> Certificacion:
    """La certificación como está ahora, bloqueada hasta el fin de la transacción en curso."""
    return Certificacion.objects.select_for_update().get(pk=certificacion.pk)
