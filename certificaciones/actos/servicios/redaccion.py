"""El texto de una certificación y todo lo que se imprime o adjunta de ella."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from archivo.identidad.puerta import institucion
from archivo.salidas import Institucion as InstitucionImpresa
from certificaciones.actos.codigos import en_grupos
from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.models import Certificacion, DocumentoCertificado
from certificaciones.actos.paginas import paginas_escritas
from certificaciones.actos.servicios.emision import Emision
from certificaciones.copia.puerta import Acta
from certificaciones.reglas.puerta import (
    PoliticaDeCertificacion,
    TextoDeCertificacion,
    fecha_en_letra,
    fojas_en_letra,
    nombre_de_fojas,
    redactar,
    textos_para,
)

PARTE_INTERESADA = "la parte interesada"
SIN_REFERENCIA = "su solicitud"
SIN_FINALIDAD = "los efectos legales a que haya lugar"
VERSION_DEL_ACTA = "1.0"


@dataclass(frozen=True)
class QuienCertifica:
    """Quien firma, como se imprime, y la facultad con que lo hace."""

    nombre: str
    cargo: str
    fundamento: str
    suplencia: str = ""
    facultad: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Redaccion:
    """El texto ya redactado y lo que de él se conserva."""

    parrafos: tuple[str, ...]
    lugar: str
    fecha_letra: str
    fojas_letra: str
    modelo: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)


def direccion_de(codigo: str) -> str:
    """La dirección completa de la consulta; en mayúsculas, que el QR lleva en menos espacio."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/verificar/{codigo}/".upper()


def institucion_impresa(area: str = "") -> InstitucionImpresa:
    """La institución como encabeza los impresos."""
    casa = institucion()
    return InstitucionImpresa(
        nombre=casa.nombre, area=area or casa.oficina, domicilio=casa.domicilio, sitio=casa.sitio, identidad=casa.identidad
    )


def lugar_de(certificacion: Certificacion) -> str:
    """Dónde se expide: lo que se escribió o el domicilio de la institución."""
    casa = institucion()
    return certificacion.lugar or casa.domicilio or casa.nombre


def modelo_de(certificacion: Certificacion, emitida: datetime) -> TextoDeCertificacion:
    """El modelo elegido o, sin elegir, el primero en uso para lo que se copia."""
    posibles = textos_para(certificacion.soporte, timezone.localdate(emitida))
    elegido = [t for t in posibles if not certificacion.modelo or t.clave == certificacion.modelo]
    if not elegido:
        raise ActoRechazado(
            f"No hay un modelo de texto en uso para «{certificacion.get_soporte_display()}». Registre uno en «Textos»."
        )
    return elegido[0]


def redactar_acto(
    certificacion: Certificacion, quien: QuienCertifica, emision: Emision, politica: PoliticaDeCertificacion
) -> Redaccion:
    """El texto con sus letras y fechas; `TextoRechazado` (de reglas) dice qué dato falta."""
    hoy, documentos = timezone.localdate(emision.momento), list(certificacion.documentos.all())
    fojas = certificacion.fojas + (1 if politica.cuenta_certificacion else 0)
    propias = {
        "certificador": quien.nombre, "cargo": quien.cargo, "suplencia": quien.suplencia, "fundamento": quien.fundamento,
        "institucion": institucion().nombre, "fojas_numero": f"{fojas:,}", "fojas_letra": fojas_en_letra(fojas),
        "nombre_de_fojas": nombre_de_fojas(fojas), "ambos_lados": _por_ambos_lados(documentos),
        "en_las_que_se_cuenta": "en las que se cuenta esta certificación" if politica.cuenta_certificacion else "",
        "rango": _rango(documentos), "descripcion": _descripcion(documentos), "expediente": _expedientes(documentos),
        "area": certificacion.area.nombre if certificacion.area else "", "solicitante": certificacion.peticionario or PARTE_INTERESADA,
        "referencia": certificacion.referencia or SIN_REFERENCIA, "finalidad": certificacion.finalidad or SIN_FINALIDAD,
        "lugar": lugar_de(certificacion), "fecha_letra": fecha_en_letra(hoy), "folio": emision.folio,
        "derechos": certificacion.derechos, "elaboro": certificacion.elaboro, "cotejador": certificacion.cotejador_nombre,
        "url": direccion_de(emision.codigo), "codigo": en_grupos(emision.codigo),
        "sha256": ", ".join(d.sha256 for d in documentos), "archivos": str(len(documentos)), "fojas_anexo": f"{fojas:,}",
    }  # fmt: skip
    modelo = modelo_de(certificacion, emision.momento)
    hecho = redactar(modelo, certificacion.variables | {c: v for c, v in propias.items() if v})
    return Redaccion(
        hecho.parrafos, propias["lugar"], propias["fecha_letra"], propias["fojas_letra"], hecho.modelo, hecho.variables
    )


def acta_de(certificacion: Certificacion, quien: QuienCertifica, redaccion: Redaccion, emision: Emision) -> Acta:
    """Lo impreso y adjunto del acto, para componer la copia."""
    ensayo = certificacion.es_de_ensayo
    documentos = list(certificacion.documentos.all())
    return Acta(
        folio=emision.folio,
        codigo=en_grupos(emision.codigo),
        url_verificacion=direccion_de(emision.codigo),
        institucion=institucion_impresa(certificacion.area.nombre if certificacion.area else ""),
        parrafos=redaccion.parrafos,
        lugar_y_fecha=f"{redaccion.lugar}, {redaccion.fecha_letra}.",
        certificador=quien.nombre,
        cargo=quien.cargo,
        emitida=emision.momento,
        cotejo=certificacion.cotejador_nombre,
        elaboro=certificacion.elaboro,
        derechos=certificacion.derechos,
        modo_de_firma="efirma" if ensayo else certificacion.firma_tipo,
        ensayo=ensayo or emision.de_prueba,
        version_publica=certificacion.version_publica,
        fojas=certificacion.fojas or None,
        tipo=certificacion.soporte,
        expediente=_expedientes(documentos),
        datos=datos_del_acta(certificacion, quien, redaccion, emision),
        segundo_codigo=en_grupos(emision.segundo_codigo),
    )


def datos_del_acta(certificacion: Certificacion, quien: QuienCertifica, redaccion: Redaccion, emision: Emision) -> dict[str, Any]:
    """Lo que guarda `acta.json`: el acto en forma legible por programas. Nada de quien la pidió ni del segundo código."""
    return {
        "version": VERSION_DEL_ACTA,
        "folio": emision.folio,
        "codigo": en_grupos(emision.codigo),
        "verificacion": direccion_de(emision.codigo),
        "ensayo": certificacion.es_de_ensayo or emision.de_prueba,
        "emitida": emision.emitida,
        "lugar": redaccion.lugar,
        "institucion": institucion().nombre,
        "certificador": {
            "nombre": quien.nombre,
            "cargo": quien.cargo,
            "fundamento": quien.fundamento,
            "suplencia": quien.suplencia,
        },
        "cotejo": certificacion.cotejador_nombre,
        "soporte": certificacion.soporte,
        "version_publica": certificacion.version_publica,
        "firma": emision.modo,
        "fojas": certificacion.fojas,
        "sustituye_a": certificacion.sustituye_a.folio if certificacion.sustituye_a else "",
        "texto": list(redaccion.parrafos),
        "documentos": [_documento_del_acta(d) for d in certificacion.documentos.all()],
    }


def _documento_del_acta(d: DocumentoCertificado) -> dict[str, Any]:
    return {
        "orden": d.orden, "titulo": d.descripcion, "nombre": d.nombre, "formato": d.mime, "sha256": d.sha256, "bytes": d.bytes,
        "paginas": paginas_escritas(d.paginas) or "todas", "caras": d.caras, "expediente": d.expediente_codigo, "legajo": d.legajo,
        "fojas_del_expediente": [d.foja_inicial, d.foja_final] if d.foja_inicial else None, "ejemplar": d.ejemplar, "elemento": d.item_clave,
    }  # fmt: skip


def _descripcion(documentos: Sequence[DocumentoCertificado]) -> str:
    nombres = list(dict.fromkeys(f"«{d.descripcion}»" for d in documentos))
    if len(nombres) > 6:
        return f"{len(nombres)} documentos que se enlistan en el anexo"
    return " y ".join([", ".join(nombres[:-1]), nombres[-1]] if len(nombres) > 1 else nombres)


def _expedientes(documentos: Sequence[DocumentoCertificado]) -> str:
    return ", ".join(dict.fromkeys(d.expediente_codigo for d in documentos if d.expediente_codigo))


def _rango(documentos: Sequence[DocumentoCertificado]) -> str:
    """«fojas 12 a 37 del legajo 2 de 3», si es un solo documento entero con fojas en papel."""
    if len(documentos) != 1 or not documentos[0].foja_inicial or documentos[0].paginas:
        return ""
    d = documentos[0]
    fojas = f"foja {d.foja_inicial}" if d.foja_inicial == d.foja_final else f"fojas {d.foja_inicial} a {d.foja_final}"
    return f"{fojas} del legajo {d.legajo}" if d.legajo else fojas


def _por_ambos_lados(documentos: Sequence[DocumentoCertificado]) -> str:
    fojas = sum(d.fojas for d in documentos if d.caras == DocumentoCertificado.Caras.AMBOS)
    if not fojas:
        return ""
    return f"{fojas_en_letra(fojas)} se {'encuentra impresa' if fojas == 1 else 'encuentran impresas'} por ambos lados"
