"""La e.firma en el navegador: en una petición se compone y se dice qué firmar; en la otra se comprueba y se expide.

Entre las dos, el folio sigue arrendado y el estado vive en la carpeta de la emisión: sirve una vez y no lleva secretos de nadie.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from archivo.identidad.puerta import Usuario
from certificaciones import firma
from certificaciones.actos import codigos
from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.models import Certificacion, LibroCertificacion, ReservaDeFolio
from certificaciones.actos.servicios.asiento import asentar_emision
from certificaciones.actos.servicios.composicion import constancia_de, rechazos_dichos
from certificaciones.actos.servicios.emision import Emision
from certificaciones.actos.servicios.expedicion import (
    Expedida,
    componer_emision,
    exigir_que_se_expida,
    nueva_emision,
    o_pendiente_de_sello,
)
from certificaciones.actos.servicios.folios import Arriendo, arrendar, renovar, soltar
from certificaciones.actos.servicios.libros import libro_abierto
from certificaciones.actos.servicios.obra import barrer, carpeta_de, quitar

_EMISION, _PETICIONES = "emision.json", "peticiones.json"
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class PorFirmar:
    """Lo que el navegador necesita: por cada tomo, la huella de la copia sin firma (la que se muestra) y los bytes que firma."""

    testigo: str
    folio: str
    huellas: tuple[str, ...]
    atributos: tuple[bytes, ...]
    vence: str
    copia: Path


def preparar_firma(
    certificacion: Certificacion, actor: Usuario, certificado: bytes, esperado: firma.Titular | None = None
) -> PorFirmar:
    """Arrienda el folio, compone la copia y dice qué se firma. `certificado`: el .cer en DER (nunca la clave).

    `esperado` es quien debe ser el titular, si se conocen su RFC o CURP. Volver a llamarla anula la petición anterior.
    """
    barrer()
    if certificacion.firma_tipo != Certificacion.Firma.EFIRMA:
        raise ActoRechazado("Esta certificación no se firma con e.firma: cambie el modo de firma o expídala como está.")
    exigir_que_se_expida(certificacion, actor)
    arriendo = arrendar(libro_abierto(timezone.localdate().year), certificacion.clave, actor)
    try:
        emision = nueva_emision(certificacion, arriendo, actor)
        with o_pendiente_de_sello(certificacion, actor):
            leido = firma.leer_certificado(certificado)
            emision.de_prueba = firma.es_de_prueba(leido)
            lugar = componer_emision(certificacion, emision, actor)
            peticiones = _pedir(emision, leido, esperado)
        emision.campos["lugar"] = lugar
        return _dejar_listo(arriendo, emision, peticiones)
    except BaseException:
        soltar(arriendo.testigo)
        quitar(arriendo.testigo)
        raise


def _pedir(emision: Emision, certificado: object, esperado: firma.Titular | None) -> list[firma.PeticionDeFirma]:
    servicios = firma.servicios_de_la_casa()
    return [
        firma.pedir(Path(t.ruta), Path(t.ruta).with_name(f"trabajo-{t.numero}.pdf"), certificado, servicios, esperado)
        for t in emision.tomos
    ]


def _dejar_listo(arriendo: Arriendo, emision: Emision, peticiones: list[firma.PeticionDeFirma]) -> PorFirmar:
    renovar(arriendo)
    obra = carpeta_de(arriendo.testigo)
    with rechazos_dichos():
        emision.guardar(obra / _EMISION)
        (obra / _PETICIONES).write_text(json.dumps([p.estado() for p in peticiones]))
    vence = ReservaDeFolio.objects.get(testigo=arriendo.testigo).vence
    return PorFirmar(
        testigo=arriendo.testigo,
        folio=emision.folio,
        huellas=tuple(p.huella for p in peticiones),
        atributos=tuple(p.atributos for p in peticiones),
        vence=timezone.localtime(vence).isoformat(timespec="seconds"),
        copia=Path(emision.tomos[0].ruta),
    )


def _leer(testigo: str, actor: Usuario) -> tuple[Emision, list[firma.PeticionDeFirma]]:
    """Lo que se dejó listo, si es de esa persona; no dice si existe la de otra."""
    vencida = ActoRechazado("La petición de firma venció, ya se usó o no es suya. Abra la certificación y firme otra vez.")
    if not testigo or not set(testigo) <= _HEX:
        raise vencida
    obra = carpeta_de(testigo)
    try:
        emision = Emision.leer(obra / _EMISION)
        estados = json.loads((obra / _PETICIONES).read_text())
    except (FileNotFoundError, ValueError) as error:
        raise vencida from error
    if emision.actor_id != actor.pk:
        raise vencida
    return emision, [firma.PeticionDeFirma.de_estado(e) for e in estados]


def completar_firma(testigo: str, firmas: list[bytes], actor: Usuario) -> Expedida:
    """Pone las firmas que hizo el navegador, una por tomo y en orden, y expide. Una petición sirve una sola vez."""
    emision, peticiones = _leer(testigo, actor)
    certificacion = Certificacion.objects.get(clave=emision.certificacion)
    arriendo = Arriendo(LibroCertificacion.objects.get(pk=emision.libro_id), emision.consecutivo, testigo)
    try:
        renovar(arriendo)
        exigir_que_se_expida(certificacion, actor)
        if len(firmas) != len(peticiones):
            raise ActoRechazado(f"La copia tiene {len(peticiones)} archivos y llegaron {len(firmas)} firmas. Firme otra vez.")
        with o_pendiente_de_sello(certificacion, actor):
            _completar(emision, peticiones, firmas)
        renovar(arriendo)
        hecha = asentar_emision(emision, actor)
    finally:
        soltar(testigo)
        quitar(testigo)
    return Expedida(hecha, codigos.en_grupos(emision.segundo_codigo), emision.pasos)


def _completar(emision: Emision, peticiones: list[firma.PeticionDeFirma], firmas: list[bytes]) -> None:
    servicios = firma.servicios_de_la_casa()
    for tomo, peticion, hecha_en_navegador in zip(emision.tomos, peticiones, firmas, strict=True):
        salida = Path(tomo.ruta).with_name(f"firmada-{tomo.numero}.pdf")
        hecha = firma.completar(peticion, hecha_en_navegador, salida, servicios)
        tomo.ruta, tomo.sha256, tomo.firma = str(salida), hecha.sha256, constancia_de(hecha)


def abandonar_firma(testigo: str, actor: Usuario) -> None:
    """Deja libre el folio de una petición que no se completará (se cerró la ventana, se canceló el lote)."""
    emision, _ = _leer(testigo, actor)
    soltar(emision.testigo)
    quitar(emision.testigo)
