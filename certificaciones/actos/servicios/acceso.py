"""Qué se puede copiar y para quién: la política de acceso del archivo, más lo que exige certificar."""

from collections.abc import Iterable, Sequence

from archivo.archivistica.puerta import Integracion
from archivo.catalogo.puerta import (
    NIVELES,
    Adjunto,
    Item,
    combinar,
    dejar_constancia_de_lectura,
    puede_ver_ficha,
    puede_ver_texto,
    tipo_de,
)
from archivo.identidad.puerta import Area, Lector, Usuario, lector_de
from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.models import Certificacion, DocumentoCertificado
from certificaciones.actos.servicios.fuentes import DocumentoPedido
from certificaciones.reglas.puerta import PoliticaDeCertificacion, TipoDeSoporte

VERSION_PUBLICA = "version_publica"
OCULTO = "Un documento que no está a su alcance"


def exigir_acceso(pedido: DocumentoPedido, certificacion: Certificacion, actor: Usuario) -> None:
    """Quien prepara debe poder leerlo; lo clasificado sólo sale en versión pública o a una autoridad con su oficio.

    Lo que la persona no puede ver se niega con la misma frase que lo que no existe. De lo clasificado queda constancia.
    """
    item, adjunto = pedido.item, pedido.adjunto
    if not puede_ver_texto(lector_de(actor), item, adjunto):
        raise ActoRechazado(f"No hay un documento «{item.clave}» que usted pueda copiar.")
    es_version = adjunto is not None and adjunto.rol == VERSION_PUBLICA
    if certificacion.version_publica and not es_version:
        raise ActoRechazado(
            f"La certificación es de versión pública y «{item.titulo}» no lo es: elija su archivo de versión pública."
        )
    _exigir_que_salga(item, adjunto, certificacion)
    dejar_constancia_de_lectura(item, actor, "copia certificada")


def _exigir_que_salga(item: Item, adjunto: Adjunto | None, certificacion: Certificacion) -> None:
    """Lo clasificado sólo sale en versión pública, o completo a una autoridad que lo pide por oficio."""
    nivel = NIVELES[combinar(item.acceso_efectivo, adjunto.acceso_efectivo if adjunto else "")]
    es_version = adjunto is not None and adjunto.rol == VERSION_PUBLICA
    if nivel.se_audita and not (es_version or (certificacion.a_autoridad and certificacion.referencia)):
        raise ActoRechazado(
            f"«{item.titulo}» es {nivel.nombre.lower()}: sólo se copia en versión pública, o completo a una autoridad, anotando su oficio."
        )


def exigir_que_salgan(documentos: Iterable[DocumentoCertificado], certificacion: Certificacion) -> None:
    """Lo mismo al firmar y al expedir: un documento puede clasificarse entre que se pidió y que se certifica."""
    for documento in documentos:
        _exigir_que_salga(documento.item, adjunto_de(documento), certificacion)


def adjunto_de(documento: DocumentoCertificado) -> Adjunto | None:
    """El archivo del elemento del que sale ese documento; None si sale de su texto. De varios, con `item__adjuntos` ya leídos."""
    suyos = (a for a in documento.item.adjuntos.all() if a.objeto_id == documento.objeto_id)
    return next(suyos, None) if documento.objeto_id else None


def exigir_que_lea(documentos: Iterable[DocumentoCertificado], usuario: Usuario) -> None:
    """Nadie certifica ni remite lo que no puede leer: `ActoRechazado`, sin nombrarlo."""
    lector = lector_de(usuario)
    for documento in documentos:
        if not puede_ver_texto(lector, documento.item, adjunto_de(documento)):
            raise ActoRechazado(
                f"{usuario} no puede leer el documento {documento.orden} de esta copia, por su nivel de acceso. Pida a la Unidad de "
                "Transparencia o al área que le den acceso, o que la atienda quien ya lo tiene."
            )


def ocultar_lo_ajeno(documentos: Iterable[DocumentoCertificado], lector: Lector) -> bool:
    """Quita de lo que se va a mostrar (no de la base) lo que nombra a documentos que esa persona no puede ver. ¿Ocultó algo?"""
    ajenos = [d for d in documentos if not puede_ver_ficha(lector, d.item)]
    for documento in ajenos:
        documento.titulo = documento.descripcion = OCULTO
        documento.nombre = documento.expediente_codigo = documento.sha256 = ""
    return bool(ajenos)


def integrar_en(documento: DocumentoCertificado) -> Area:
    """Anota en el documento el expediente donde está; `ActoRechazado` si no está en ninguno. Devuelve el área del expediente."""
    integracion = (
        Integracion.objects.vigentes()
        .filter(item=documento.item_id)
        .select_related("expediente", "expediente__area", "legajo")
        .first()
    )
    if integracion is None:
        raise ActoRechazado(
            f"«{documento.titulo}» no está en ningún expediente, y sólo se certifica lo que obra en ellos. Intégrelo primero."
        )
    expediente, legajo = integracion.expediente, integracion.legajo
    documento.integracion, documento.expediente = integracion, expediente
    documento.expediente_codigo, documento.ejemplar = expediente.codigo, integracion.ejemplar
    documento.foja_inicial, documento.foja_final = integracion.foja_inicial, integracion.foja_final
    documento.legajo = f"{legajo.n} de {expediente.legajos.count()}" if legajo else ""
    documento.area_clave = expediente.area.clave
    return expediente.area


def exigir_soporte(
    certificacion: Certificacion, documentos: Sequence[DocumentoCertificado], politica: PoliticaDeCertificacion
) -> None:
    """Que de esos ejemplares pueda decirse lo que el soporte elegido dice. Sólo del original se afirma que concuerda con él."""
    ejemplares = {d.ejemplar for d in documentos if d.ejemplar}
    if len(ejemplares) > 1:
        raise ActoRechazado(
            "Hay originales y copias entre los documentos: certifíquelos por separado, porque el texto no es el mismo."
        )
    exigidos: dict[str, TipoDeSoporte] = {
        Integracion.Ejemplar.COPIA_SIMPLE: TipoDeSoporte.COPIA_SIMPLE,
        Integracion.Ejemplar.COPIA_CERTIFICADA: TipoDeSoporte.COPIA_CERTIFICADA,
    }
    exigido = exigidos.get(next(iter(ejemplares), ""))
    if exigido and certificacion.soporte != exigido:
        raise ActoRechazado(f"En el expediente sólo obra {exigido.label.lower()}: elija «{exigido.label}» como lo que se copia.")
    if certificacion.soporte == TipoDeSoporte.COPIA_SIMPLE and not politica.certifica_copia_simple:
        raise ActoRechazado("La política vigente no permite certificar documentos de los que sólo hay copia simple.")
    _exigir_recorte(certificacion, documentos, politica)


def _exigir_recorte(
    certificacion: Certificacion, documentos: Sequence[DocumentoCertificado], politica: PoliticaDeCertificacion
) -> None:
    de_medio = certificacion.soporte == TipoDeSoporte.RECORTE
    if de_medio and not politica.certifica_recortes:
        raise ActoRechazado("La política vigente no permite certificar recortes ni grabaciones de medios.")
    ajeno = next((d for d in documentos if tipo_de(d.item.tipo).con_medio), None)
    if ajeno is not None and not de_medio:
        raise ActoRechazado(
            f"«{ajeno.titulo}» es de un medio: elija «{TipoDeSoporte.RECORTE.label}», que no certifica la veracidad de su contenido."
        )
