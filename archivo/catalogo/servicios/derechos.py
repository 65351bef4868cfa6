"""Derechos de terceros: titular, licencia y su plazo, y el consentimiento de quien aparece."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo import acceso
from archivo.catalogo.aportes import fijar_efectivos
from archivo.catalogo.models import Adjunto, Consentimiento, Item
from archivo.catalogo.servicios.accesos import combinar_adjuntos, efectivo_de, recalcular_acceso
from archivo.catalogo.servicios.ciclo import registrar_guardia
from archivo.catalogo.servicios.edicion import se_cerro
from archivo.catalogo.servicios.errores import CambioRechazado
from archivo.catalogo.signals import elementos_cambiados
from archivo.identidad.puerta import Paso, Usuario
from archivo.objetos.puerta import ObjetoDigital

PUBLICADO = "publicado"


@dataclass(frozen=True)
class Derechos:
    """Lo que se sabe de los derechos de un elemento o de un archivo."""

    menores: bool = False
    consentimiento: str = Consentimiento.NO_REQUIERE
    documento: ObjetoDigital | None = None
    hasta: date | None = None
    titular: str = ""
    licencia: str = ""
    nota: str = ""

    @classmethod
    def de(cls, cosa: Item | Adjunto) -> "Derechos":
        """Los que tiene hoy."""
        textos = {c: cosa.derechos.get(c, "") for c in ("titular", "licencia", "nota")}
        return cls(cosa.menores, cosa.consentimiento, cosa.consentimiento_objeto, cosa.derechos_hasta, **textos)

    def como_detalle(self) -> dict[str, Any]:
        """Listo para la bitácora, sin vacíos."""
        dicho = {
            "menores": self.menores, "consentimiento": str(self.consentimiento), "documento": self.documento and self.documento.sha256,
            "hasta": self.hasta and self.hasta.isoformat(), "titular": self.titular, "licencia": self.licencia, "nota": self.nota,
        }  # fmt: skip
        return {clave: valor for clave, valor in dicho.items() if valor}


def _revisar(derechos: Derechos) -> None:
    if derechos.menores and derechos.consentimiento == Consentimiento.OTORGADO and derechos.documento is None:
        raise CambioRechazado("Adjunte el documento en que se otorgó el consentimiento: con menores de edad no basta decirlo.")


@transaction.atomic
def fijar_derechos(cosa: Item | Adjunto, derechos: Derechos, actor: Usuario | None, motivo: str = "") -> bool:
    """Guarda los derechos de un elemento o de uno de sus archivos y recalcula quién lo lee; dice si cambió algo.

    Raises:
        CambioRechazado: falta el documento del consentimiento de menores.
    """
    _revisar(derechos)
    if derechos == Derechos.de(cosa):
        return False
    item = cosa.item if isinstance(cosa, Adjunto) else cosa
    antes = Item.objects.get(pk=item.pk)
    cerrados = _aplicar(cosa, derechos)
    Item.objects.filter(pk=item.pk).update(version=F("version") + 1, acceso_efectivo=item.acceso_efectivo)
    sobre = {"sha256": cosa.objeto.sha256} if isinstance(cosa, Adjunto) else {}
    registrar(
        SucesoNuevo(
            clase="item.derechos_fijados", objeto=f"item:{item.clave}", actor=actor, motivo=motivo, detalle=sobre | derechos.como_detalle()
        )
    )  # fmt: skip
    elementos_cambiados.send(sender=Item, ids=[item.pk], revoca=cerrados or se_cerro(antes, item))
    return True


def _aplicar(cosa: Item | Adjunto, derechos: Derechos) -> bool:
    """Escribe los derechos y el acceso que resulta; dice si el archivo quedó más cerrado."""
    cosa.menores, cosa.consentimiento = derechos.menores, derechos.consentimiento
    cosa.consentimiento_objeto, cosa.derechos_hasta = derechos.documento, derechos.hasta
    cosa.derechos = {c: v for c in ("titular", "licencia", "nota") if (v := getattr(derechos, c))}
    campos = ["menores", "consentimiento", "consentimiento_objeto", "derechos_hasta", "derechos"]
    if isinstance(cosa, Item):
        fijar_efectivos([cosa])
        cosa.save(update_fields=campos)
        combinar_adjuntos([cosa])
        return False
    previo, cosa.acceso_efectivo = cosa.acceso_efectivo, efectivo_de(cosa, cosa.item)
    cosa.save(update_fields=[*campos, "acceso_efectivo"])
    return acceso.ORDEN.index(cosa.acceso_efectivo) > acceso.ORDEN.index(previo)


@registrar_guardia
def sin_consentimiento_no_se_publica(item: Item, paso: Paso, actor: Usuario | None) -> str:
    """Con menores reconocibles sin consentimiento, el elemento no pasa a publicado (LGDNNA arts. 76-80)."""
    if paso.destino == PUBLICADO and item.menores and item.consentimiento != Consentimiento.OTORGADO:
        return "Aparecen menores de edad reconocibles y falta el consentimiento. Adjúntelo en «Derechos» antes de publicar."
    return ""


def revisar_vigencias() -> int:
    """Cierra las obras cuya licencia venció ayer o antes. Se puede repetir. Devuelve en cuántos elementos cambió el acceso."""
    hoy = timezone.localdate()
    vencidos = Q(derechos_hasta__lt=hoy, acceso_efectivo="publico") | Q(
        adjuntos__derechos_hasta__lt=hoy, adjuntos__acceso_efectivo="publico"
    )
    ids = Item.objects.filter(vencidos).values_list("pk", flat=True).distinct()
    return recalcular_acceso(list(ids), None, "Venció la licencia")
