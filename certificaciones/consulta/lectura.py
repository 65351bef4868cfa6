"""Lo que la página de verificación dice de una copia: los trece elementos, sin nada de quién la pidió ni de lo que nadie puede ver."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from archivo.catalogo.puerta import Adjunto, puede_ver_ficha, puede_ver_texto
from archivo.identidad.puerta import ANONIMO
from certificaciones.actos.puerta import Certificacion, DocumentoCertificado, codigo_en_grupos, expedida_con, normalizar_codigo
from certificaciones.consulta.firma_leida import FirmaLeida, leer_firma
from certificaciones.registro.puerta import Asiento, PuntoDeControl, SelloDeTiempo, punto_que_prueba
from certificaciones.reglas.puerta import TipoDeSoporte, fojas_utiles

ROTULOS = {"vigente": "VIGENTE", "cancelada": "CANCELADA", "sustituida": "SUSTITUIDA"}
HUSOS = {"America/Mexico_City": "del centro de México"}
CON_LO_POSTERIOR = ("libro", "cancelacion", "sustitucion__sustituta", "sustituye__sustituida", "objeto")


@dataclass(frozen=True)
class Huella:
    """La huella de un archivo que la página muestra, con su nombre para las personas."""

    rotulo: str
    sha256: str


@dataclass(frozen=True)
class Anotacion:
    """El asiento que le quitó efectos: cuándo y por qué (vacío si el porqué no puede publicarse)."""

    momento: datetime
    motivo: str


def adjunto_de(documento: DocumentoCertificado) -> Adjunto | None:
    """El archivo copiado, con su propio nivel de acceso: puede ser más cerrado que su documento. El más cerrado, si está dos veces."""
    if documento.objeto_id is None:
        return None
    suyos = [a for a in documento.item.adjuntos.all() if a.objeto_id == documento.objeto_id]
    return min(suyos, key=lambda a: puede_ver_texto(ANONIMO, documento.item, a), default=None)


@dataclass(frozen=True)
class CopiaConsultada:
    """Una copia expedida como la ve cualquiera que tenga su código."""

    acto: Certificacion
    documentos: list[DocumentoCertificado]
    asiento: Asiento | None
    punto: PuntoDeControl | None
    sello: SelloDeTiempo | None
    consultada: datetime = field(default_factory=timezone.localtime)

    @property
    def codigo(self) -> str:
        """El código como se imprime."""
        return codigo_en_grupos(self.acto.codigo or "")

    @property
    def ensayo(self) -> bool:
        """¿Es un ensayo, sin validez?"""
        return bool(self.acto.libro and self.acto.libro.es_de_ensayo)

    @cached_property
    def estado(self) -> str:
        """vigente, cancelada o sustituida; si fue las dos cosas, cancelada, y se dice por cuál otra."""
        if hasattr(self.acto, "cancelacion"):
            return "cancelada"
        return "sustituida" if hasattr(self.acto, "sustitucion") else "vigente"

    @property
    def rotulo(self) -> str:
        """El estado en grande."""
        return "SIN VALIDEZ" if self.ensayo else ROTULOS[self.estado]

    @property
    def sustituta(self) -> Certificacion | None:
        """La copia que ocupa su lugar."""
        return self.acto.sustitucion.sustituta if hasattr(self.acto, "sustitucion") else None

    @property
    def sustituida(self) -> Certificacion | None:
        """La copia cuyo lugar ocupa."""
        return self.acto.sustituye.sustituida if hasattr(self.acto, "sustituye") else None

    @cached_property
    def anotacion(self) -> Anotacion | None:
        """Cuándo y por qué dejó de tener efectos."""
        fila = getattr(self.acto, "cancelacion", None) or getattr(self.acto, "sustitucion", None)
        return Anotacion(fila.momento, self._publicable(fila.motivo)) if fila else None

    def _publicable(self, texto: str) -> str:
        """El texto, o nada si nombra a quien pidió la copia."""
        pidio = self.acto.peticionario.strip().casefold()
        return "" if pidio and not self.acto.a_autoridad and pidio in texto.casefold() else texto

    @property
    def consulta_del_papel(self) -> str:
        """Cómo se ven sus fojas: `no`, `con_codigo` (el segundo, impreso en la hoja de certificación) o `abierta`."""
        formas = {Certificacion.Consulta.PUBLICA: "abierta", Certificacion.Consulta.DOBLE_CODIGO: "con_codigo"}
        return formas.get(Certificacion.Consulta(self.acto.consulta), "no")

    @property
    def tipo(self) -> str:
        """Qué se copió, en palabras."""
        return str(TipoDeSoporte(self.acto.soporte).label)

    @cached_property
    def objeto(self) -> list[str]:
        """De qué es la copia: el título sólo de lo que cualquiera puede ver en el archivo."""
        return [self._decir(documento) for documento in self.documentos]

    def _decir(self, documento: DocumentoCertificado) -> str:
        if not puede_ver_ficha(ANONIMO, documento.item):
            return "Un documento que no está abierto al público"
        de = f", del expediente {documento.expediente_codigo}" if documento.expediente_codigo else ""
        return f"{documento.descripcion or documento.titulo}{de}"

    @property
    def fojas(self) -> str:
        """Las fojas en letra: «tres fojas útiles»."""
        return re.sub(r" \([\d,]+\)", "", fojas_utiles(self.acto.fojas))

    @property
    def fojas_en_letra(self) -> str:
        """Para decir cuántas deben ser: «tres fojas»."""
        return self.fojas.removesuffix(" útiles").removesuffix(" útil")

    @cached_property
    def huellas(self) -> list[Huella]:
        """La del PDF (o de cada tomo), la de cada original que cualquiera puede leer y la de los ejemplares firmados."""
        tomos = [Huella(f"Huella del tomo {t['tomo']} (SHA-256)", t["sha256"]) for t in self.acto.tomos]
        pdf = tomos or [Huella("Huella del PDF (SHA-256)", self.acto.sha256)]
        firmados = [
            Huella("Huella del ejemplar firmado y digitalizado (SHA-256)", e.sha256) for e in self.acto.ejemplares_firmados.all()
        ]
        return [*pdf, *firmados, *self._de_originales()]

    def _de_originales(self) -> list[Huella]:
        """De una versión pública no se dicen: la huella de un original breve deja comprobar lo que se adivine de él."""
        if self.acto.version_publica:
            return []
        legibles = (d for d in self.documentos if d.objeto_id and puede_ver_texto(ANONIMO, d.item, adjunto_de(d)))
        return [Huella(f"Huella del original: {d.titulo}", d.sha256) for d in legibles]

    @property
    def huellas_de_copia(self) -> list[str]:
        """Las que puede tener un archivo que sea la copia."""
        return [h.sha256 for h in self.huellas if "original" not in h.rotulo]

    @cached_property
    def firma(self) -> FirmaLeida | None:
        """La firma electrónica; nada si es autógrafa."""
        return leer_firma(self.acto.firma)

    @property
    def huso(self) -> str:
        """De dónde es la hora que se dice."""
        return HUSOS.get(timezone.get_default_timezone_name(), timezone.get_default_timezone_name())


def _expedidas() -> QuerySet[Certificacion]:
    documentos = DocumentoCertificado.objects.select_related("item", "item__area", "objeto").prefetch_related("item__adjuntos")
    relacionadas = Certificacion.objects.expedidas().select_related(*CON_LO_POSTERIOR)
    return relacionadas.prefetch_related(
        Prefetch("documentos", documentos.order_by("orden"), to_attr="los_documentos"), "ejemplares_firmados"
    )


def _con_su_asiento(acto: Certificacion) -> CopiaConsultada:
    registro = acto.libro.registro if acto.libro else ""
    lugar = acto.asiento or 0
    asiento = Asiento.objects.filter(registro=registro, indice=lugar).first()
    punto, sello = punto_que_prueba(registro, lugar)
    return CopiaConsultada(acto, acto.los_documentos, asiento, punto, sello)  # type: ignore[attr-defined]


def copia_con(codigo: str) -> CopiaConsultada | None:
    """La copia de ese código, escrito como sea; nada si no existe."""
    guardado = normalizar_codigo(codigo)
    acto = _expedidas().filter(codigo=guardado).first() if guardado else None
    return _con_su_asiento(acto) if acto else None


def asiento_con_huella(sha256: str) -> Asiento | None:
    """Lo último que el registro dice de un archivo con esa huella: la copia, uno de sus tomos o el ejemplar firmado."""
    huella = sha256.strip().lower().replace(" ", "")
    if len(huella) != 64 or not huella.isalnum():
        return None
    acto, _ = expedida_con(huella)
    acto = acto or Certificacion.objects.expedidas().select_related("libro").filter(ejemplares_firmados__sha256=huella).first()
    if acto is None or acto.libro is None:
        return None
    return Asiento.objects.filter(registro=acto.libro.registro, folio=acto.folio).order_by("-indice").first()
