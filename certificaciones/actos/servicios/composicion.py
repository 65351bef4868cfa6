"""Contar y componer la copia, y firmarla con las claves que están a la mano del servidor."""

import base64
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from django.conf import settings

from archivo.objetos.puerta import ObjetoAusente, SinEspacio, espacio_a_la_vista, ruta_local
from archivo.salidas import ErrorDeImpreso
from certificaciones import firma
from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.models import Certificacion, DocumentoCertificado
from certificaciones.actos.servicios.emision import Emision, TomoEnObra
from certificaciones.actos.servicios.fuentes import fuente_de
from certificaciones.actos.servicios.obra import carpeta_de
from certificaciones.copia.puerta import Acta, CopiaImposible, Cuenta, FuenteRechazada, Papel, componer, contar_fojas


@contextmanager
def medido(pasos: dict[str, float], nombre: str) -> Iterator[None]:
    """Anota cuántos segundos tomó un paso."""
    inicio = time.perf_counter()
    try:
        yield
    finally:
        pasos[nombre] = round(pasos.get(nombre, 0) + time.perf_counter() - inicio, 4)


@contextmanager
def rechazos_dichos() -> Iterator[None]:
    """Lo que la composición no puede copiar fielmente, o no cabe en el disco, dicho como los demás rechazos."""
    try:
        with espacio_a_la_vista():
            yield
    except FuenteRechazada as rechazo:
        raise ActoRechazado(f"No se puede copiar {rechazo}") from rechazo
    except CopiaImposible as imposible:
        raise ActoRechazado(f"No se puede componer la copia: {imposible}") from imposible
    except (ErrorDeImpreso, ObjetoAusente, SinEspacio) as falla:
        raise ActoRechazado(str(falla)) from falla


def contar(documentos: Sequence[DocumentoCertificado]) -> Cuenta:
    """Cuenta las fojas y anota en cada documento, sin guardar, las que le tocan y cómo se reprodujo."""
    with rechazos_dichos():
        cuenta = contar_fojas([fuente_de(d) for d in documentos])
    for documento, de_fuente in zip(documentos, cuenta.por_fuente, strict=True):
        documento.fojas, documento.foja_desde = de_fuente.fojas, de_fuente.foja_inicial
        documento.ruta = " ".join(de_fuente.rutas)[:600]
        if de_fuente.firmas and documento.objeto:
            documento.dictamen = firma.firmas_que_trae(ruta_local(documento.objeto), _en_quien_se_confia())[:600]
    return cuenta


def _en_quien_se_confia() -> firma.Confianza:
    """Las autoridades de la casa y, por si el original es una copia de ensayo, las de ensayo."""
    return firma.confianza_de_la_casa().unir(pki_de_ensayo().confianza)


def componer_tomos(certificacion: Certificacion, acta: Acta, emision: Emision) -> None:
    """Compone la copia sin firma en la obra de la emisión y anota en ella sus tomos, rutas y cadena original."""
    fuentes = [fuente_de(d) for d in certificacion.documentos.select_related("objeto", "item")]
    salida = carpeta_de(emision.testigo) / "copia.pdf"
    with rechazos_dichos():
        hecha = componer(acta, fuentes, salida, papel=cast("Papel", certificacion.papel))
    emision.tomos = [
        TomoEnObra(t.numero, str(t.ruta), t.foja_inicial, t.foja_final, t.paginas, t.sha256, t.sha256) for t in hecha.tomos
    ]
    emision.campos |= {
        "fojas": hecha.fojas,
        "paginas": sum(t.paginas for t in hecha.tomos),
        "rutas": list(hecha.rutas),
        "cadena_original": hecha.cadena_original,
        "sha256_sin_firma": hecha.tomos[0].sha256,
    }
    emision.pasos |= {f"componer.{paso}": round(s, 4) for paso, s in hecha.pasos.items()}


def constancia_de(hecha: firma.FirmaHecha) -> dict[str, Any]:
    """Lo que de una firma se guarda con la certificación."""
    return {
        "numero_de_certificado": hecha.numero_de_certificado,
        "titular": hecha.titular,
        "momento": hecha.momento.isoformat(),
        "certificado": base64.b64encode(hecha.certificado).decode(),
        "ocsp": base64.b64encode(hecha.ocsp).decode(),
        "sello_digital": hecha.sello_digital,
        "sello_de_tiempo": base64.b64encode(hecha.sello_de_tiempo).decode(),
    }


def firmar_tomos(emision: Emision, firmante: firma.Firmante, servicios: firma.Servicios, lugar: str = "") -> None:
    """Firma cada tomo. Lo que lance la firma (`SelloPendiente`, `CertificadoRechazado`…) pasa tal cual: no se expidió nada."""
    for tomo in emision.tomos:
        sin_firma = Path(tomo.ruta)
        firmada = sin_firma.with_name(f"firmada-{tomo.numero}.pdf")
        hecha = firma.firmar(sin_firma, firmada, firmante, servicios, lugar)
        tomo.ruta, tomo.sha256, tomo.firma = str(firmada), hecha.sha256, constancia_de(hecha)


def pki_de_ensayo() -> firma.PkiDeEnsayo:
    """Las claves de ensayo de esta instalación: sus raíces se conservan para verificar los ensayos otro día."""
    return firma.pki_de_ensayo(Path(settings.ACERVO_DATOS) / "llaves" / "ensayo")
