"""¿Es este archivo una copia expedida aquí, sin cambios? El archivo puede ser cualquier cosa: nunca hace fallar a quien pregunta."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from certificaciones import firma
from certificaciones.actos.models import Certificacion, EjemplarFirmado
from certificaciones.actos.servicios.composicion import pki_de_ensayo
from certificaciones.actos.servicios.constancias import asiento_de
from certificaciones.actos.servicios.senales import senales_de
from certificaciones.registro.puerta import ErrorDeRegistro, prueba_de
from verificador.prueba import leer_prueba

VIGENTE, CANCELADA, SUSTITUIDA, ALTERADA, DESCONOCIDA = "vigente", "cancelada", "sustituida", "alterada", "desconocida"


@dataclass(frozen=True)
class Veredicto:
    """Lo que se sabe de un archivo: vigente, cancelada, sustituida, alterada o desconocida, y por qué."""

    resultado: str
    certificacion: Certificacion | None = None
    motivos: tuple[str, ...] = ()
    sha256: str = ""
    tomo: int = 0

    @property
    def folio(self) -> str:
        """El de la copia que es, o que dice ser; «» si no se sabe."""
        return (self.certificacion.folio or "") if self.certificacion else ""

    def como_dict(self) -> dict[str, object]:
        """La forma de la orden en JSON."""
        ensayo = bool(self.certificacion and self.certificacion.es_de_ensayo)
        return {
            "resultado": self.resultado,
            "ensayo": ensayo,
            "folio": self.folio or None,
            "motivos": list(self.motivos),
            "sha256": self.sha256,
        }


def huella_de(ruta: Path) -> str:
    """SHA-256 del archivo, por trozos."""
    with ruta.open("rb") as archivo:
        return hashlib.file_digest(archivo, "sha256").hexdigest()


def expedida_con(sha256: str) -> tuple[Certificacion | None, int]:
    """La certificación que se entregó con esa huella y el número de tomo (0 si es única); (None, 0) si ninguna."""
    expedidas = Certificacion.objects.expedidas().select_related("libro")
    if unica := expedidas.filter(sha256=sha256).first():
        return unica, 1 if unica.tomos else 0
    for partida in expedidas.exclude(tomos=[]).filter(tomos__icontains=sha256):
        return partida, next(t["tomo"] for t in partida.tomos if t["sha256"] == sha256)
    return None, 0


def situacion_de(certificacion: Certificacion) -> tuple[str, tuple[str, ...]]:
    """Vigente, cancelada o sustituida, con la frase que lo explica."""
    actual = certificacion.clase_de_estado.se_consulta
    motivos = []
    if hasattr(certificacion, "cancelacion"):
        motivos.append(certificacion.cancelacion.texto)
    if hasattr(certificacion, "sustitucion"):
        motivos.append(f"Sustituida por {certificacion.sustitucion.sustituta.folio}.")
    return actual, tuple(motivos)


def verificar_archivo(ruta: Path, prueba: str = "") -> Veredicto:
    """El veredicto de un archivo. Sólo lanza `OSError` si no se puede abrir."""
    sha256 = huella_de(ruta)
    certificacion, tomo = expedida_con(sha256)
    if certificacion is None:
        return _no_expedida(ruta, sha256)
    fallas = [*_fallas_del_registro(certificacion, sha256), *_fallas_de_la_firma(certificacion, ruta)]
    if prueba:
        fallas += _fallas_de_la_prueba(prueba, certificacion)
    if fallas:
        return Veredicto(ALTERADA, certificacion, tuple(fallas), sha256, tomo)
    situacion, motivos = situacion_de(certificacion)
    return Veredicto(situacion, certificacion, motivos, sha256, tomo)


def _no_expedida(ruta: Path, sha256: str) -> Veredicto:
    digitalizado = EjemplarFirmado.objects.filter(sha256=sha256).select_related("certificacion").last()
    if digitalizado:
        situacion, motivos = situacion_de(digitalizado.certificacion)
        aviso = "Es la digitalización del ejemplar firmado que conserva el archivo."
        return Veredicto(situacion, digitalizado.certificacion, (aviso, *motivos), sha256)
    dice_ser = _la_que_dice_ser(ruta)
    if dice_ser is None:
        return Veredicto(DESCONOCIDA, None, ("Ninguna copia expedida aquí tiene la huella de este archivo.",), sha256)
    motivo = f"Lleva el folio y el código de {dice_ser.folio}, pero sus bytes no son los que se expidieron."
    return Veredicto(ALTERADA, dice_ser, (motivo,), sha256)


def _la_que_dice_ser(ruta: Path) -> Certificacion | None:
    senales = senales_de(ruta)
    if not senales.codigos and not senales.folios:
        return None
    expedidas = Certificacion.objects.expedidas()
    return expedidas.filter(codigo__in=senales.codigos).first() or expedidas.filter(folio__in=senales.folios).first()


def _fallas_del_registro(certificacion: Certificacion, sha256: str) -> list[str]:
    """Que el registro, encadenado y firmado, diga lo mismo que la fila: así se nota una fila cambiada por fuera."""
    asiento = asiento_de(certificacion)
    if asiento is None:
        return ["El registro no tiene el asiento de esta copia."]
    try:
        prueba = leer_prueba(prueba_de(asiento))
    except (ErrorDeRegistro, ValueError, LookupError) as error:
        return [f"El registro no puede probar el asiento de esta copia: {error}"]
    hoja = prueba.datos()
    huellas = {hoja.get("sha256"), *hoja.get("tomos", ())}
    if hoja.get("folio") != certificacion.folio or sha256 not in huellas:
        return ["Lo asentado en el registro no es este archivo: la base de datos fue alterada."]
    return []


def _fallas_de_la_firma(certificacion: Certificacion, ruta: Path) -> list[str]:
    if certificacion.firma_tipo == Certificacion.Firma.AUTOGRAFA:
        return []
    confianza = pki_de_ensayo().confianza if certificacion.es_de_ensayo else firma.confianza_de_la_casa()
    dictamen = firma.validar(ruta, confianza)
    return [] if dictamen.valida else list(dictamen.motivos)


def _fallas_de_la_prueba(texto: str, certificacion: Certificacion) -> list[str]:
    """Que la prueba que trae la persona sea de esta copia y el registro la haya dado."""
    try:
        hoja = leer_prueba(texto).datos()
    except (ValueError, LookupError) as error:
        return [f"La prueba no se puede leer: {error}"]
    if hoja.get("folio") != certificacion.folio or hoja.get("sha256") != certificacion.sha256:
        return [f"La prueba es de {hoja.get('folio', 'otra copia')}, no de este archivo."]
    asiento = asiento_de(certificacion)
    if asiento is None or leer_prueba(texto).hoja != asiento.hoja.encode():
        return ["La prueba no es la que dio este registro."]
    return []
