"""El ensayo: la copia certificada completa, con claves de prueba, en un libro y un registro aparte, sin validez.

No necesita solicitud, expediente, facultad, cotejo, red ni configuración: sirve para ver qué saldría y para probar la instalación.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Usuario
from certificaciones.actos import codigos
from certificaciones.actos.models import Certificacion
from certificaciones.actos.servicios.asiento import asentar_emision
from certificaciones.actos.servicios.composicion import componer_tomos, contar, firmar_tomos, medido, pki_de_ensayo
from certificaciones.actos.servicios.emision import Emision
from certificaciones.actos.servicios.expedicion import campos_fijos, nueva_emision
from certificaciones.actos.servicios.folios import Arriendo, arrendado, renovar
from certificaciones.actos.servicios.fuentes import documento_de, pedidos_de
from certificaciones.actos.servicios.libros import libro_de_ensayo
from certificaciones.actos.servicios.obra import barrer, obra_de
from certificaciones.actos.servicios.redaccion import QuienCertifica, Redaccion, acta_de, direccion_de, lugar_de
from certificaciones.reglas.puerta import fecha_en_letra, fojas_en_letra, nombre_de_fojas

SIN_VALIDEZ = "SIN VALIDEZ"
QUIEN_ENSAYA = QuienCertifica(
    nombre="María Ñúñez de Ensayo",
    cargo="Servidora pública de ensayo",
    fundamento="ninguno: es un ensayo del sistema",
    facultad={"tipo": "ensayo"},
)


@dataclass(frozen=True)
class EnsayoHecho:
    """Un ensayo expedido y los segundos de cada paso."""

    certificacion: Certificacion
    pasos: dict[str, float]


def ensayar(item: Item, paginas: tuple[int, ...] | None = None, actor: Usuario | None = None) -> EnsayoHecho:
    """Expide un ensayo de los documentos de un elemento. `ActoRechazado` dice por qué algo no puede copiarse."""
    barrer()
    pasos: dict[str, float] = {}
    with medido(pasos, "reunir"):
        certificacion = _reunir(item, paginas, actor)
    inicio = time.perf_counter()
    with (
        arrendado(libro_de_ensayo(timezone.localdate().year), certificacion.clave, actor) as arriendo,
        obra_de(arriendo.testigo),
    ):
        pasos["arrendar"] = round(time.perf_counter() - inicio, 4)
        emitida = _expedir(certificacion, arriendo, pasos, actor)
    return EnsayoHecho(emitida, pasos)


@transaction.atomic
def _reunir(item: Item, paginas: tuple[int, ...] | None, actor: Usuario | None) -> Certificacion:
    certificacion = Certificacion(
        firma_tipo=Certificacion.Firma.ENSAYO, creado_por=actor, area=item.area, pago_acreditado=True, estado="borrador"
    )
    documentos = [documento_de(p, certificacion, n) for n, p in enumerate(pedidos_de(item, paginas), 1)]
    cuenta = contar(documentos)
    certificacion.fojas, certificacion.paginas = cuenta.fojas, cuenta.paginas
    certificacion.save()
    for documento in documentos:
        documento.certificacion = certificacion
        documento.save()
    return certificacion


def _expedir(certificacion: Certificacion, arriendo: Arriendo, pasos: dict[str, float], actor: Usuario | None) -> Certificacion:
    emision = nueva_emision(certificacion, arriendo, actor)
    emision.pasos = pasos
    redaccion = _redactar(certificacion, emision)
    acta = acta_de(certificacion, QUIEN_ENSAYA, redaccion, emision)
    with medido(pasos, "componer"):
        componer_tomos(certificacion, acta, emision)
    renovar(arriendo)
    pki = pki_de_ensayo()
    with medido(pasos, "firmar"):
        firmar_tomos(emision, pki.firmante(), pki.servicios(), redaccion.lugar)
    renovar(arriendo)
    emision.campos |= campos_fijos(QUIEN_ENSAYA, redaccion) | {
        "institucion": {"nombre": acta.institucion.nombre, "area": acta.institucion.area},
        "acta": dict(acta.datos),
    }
    return asentar_emision(emision, actor)


def _redactar(certificacion: Certificacion, emision: Emision) -> Redaccion:
    """Un texto que no se puede confundir con una certificación: dice de entrada y de salida que es un ensayo."""
    fojas, letra = certificacion.fojas, fojas_en_letra(certificacion.fojas)
    fecha = fecha_en_letra(timezone.localdate(emision.momento))
    titulos = list(dict.fromkeys(d.descripcion for d in certificacion.documentos.all()))
    lugar = lugar_de(certificacion)
    de_que = f"«{titulos[0]}»" if len(titulos) == 1 else f"«{titulos[0]}» y otros {len(titulos) - 1} documentos"
    parrafos = (
        f"ENSAYO {SIN_VALIDEZ}. {QUIEN_ENSAYA.nombre}, {QUIEN_ENSAYA.cargo}, con claves de prueba,",
        "CERTIFICA",
        f"Que la presente copia de ensayo, constante de {letra} ({fojas:,}) {nombre_de_fojas(fojas)}, se hizo de {de_que}.",
        "No fue cotejada por nadie y carece de todo efecto legal.",
        f"Se hace en {lugar}, {fecha}. Ensayo folio {emision.folio}. {SIN_VALIDEZ}.",
    )
    return Redaccion(parrafos, lugar, fecha, letra)


def ruta_de_prueba(copia: Path) -> Path:
    """Dónde se deja la prueba del registro de una copia: junto a ella."""
    return copia.with_name(f"{copia.name}.prueba")


def resumen(hecho: EnsayoHecho, copia: Path, segundos: float) -> dict[str, object]:
    """Lo que la orden responde."""
    c = hecho.certificacion
    return {
        "folio": c.folio, "codigo": codigos.en_grupos(c.codigo or ""), "fojas": c.fojas, "sha256": c.sha256, "ruta": str(copia),
        "prueba": str(ruta_de_prueba(copia)), "segundos": round(segundos, 3), "paginas": c.paginas, "rutas": c.rutas,
        "tomos": [t["sha256"] for t in c.tomos], "verificacion": direccion_de(c.codigo or ""), "pasos": hecho.pasos,
    }  # fmt: skip
