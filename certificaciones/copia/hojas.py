"""Las hojas que compone Typst: certificación, anexo de huellas, documentos sin archivo y la franja de cada foja."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import segno

from archivo.salidas import Hojas, Recursos, componer_hojas, datos_de_institucion, texto_llano

from .contrato import Acta, CajaDeFirma, CopiaImposible
from .foliado import Compuesto
from .ingreso import Admitida

CUALQUIER_MOMENTO = datetime(2000, 1, 1, tzinfo=UTC)
CUERPOS = (12.4, 11.6, 10.8, 10.0)
DOCUMENTOS_EN_LA_HOJA = 6
ALTO_DE_CARTA = 792.0
PASOS = (
    ["Calcule la huella de cada uno: ", {"t": "sha256sum"}, " en Linux, ", {"t": "shasum -a 256"}, " en macOS, ",
     {"t": "certutil -hashfile archivo SHA256"}, " en Windows. Debe ser igual a la de la tabla."],
    ["La huella del conjunto es la de la lista anterior, en su orden: ", {"t": "sha256sum archivos | sha256sum"}, "."],
    ["Con el código de la primera hoja, la página de verificación dice si la copia sigue vigente. No pide ni guarda sus datos."],
)  # fmt: skip
CON_ADJUNTOS = "Si recibió la copia en PDF, los archivos copiados vienen adjuntos, sin cambio alguno. Guárdelos en una carpeta."
SIN_ADJUNTOS = "Los archivos copiados no van dentro de este PDF. Pídalos a quien emitió la copia y guárdelos en una carpeta."
ALGUNOS_ADJUNTOS = (
    "Si recibió la copia en PDF, los archivos que la tabla señala como adjuntos vienen dentro, sin cambio alguno; los demás pídalos a "
    "quien la emitió. Guárdelos en una carpeta."
)
NOTA_DE_FIRMA = (
    "La firma electrónica abarca el archivo completo, incluidos los adjuntos, y no admite cambios posteriores. El PDF contiene el "
    "certificado de quien firma, la respuesta OCSP que acredita que no estaba revocado y un sello de tiempo RFC 3161: puede "
    "comprobarse sin conexión, con cualquier lector de PDF que valide firmas."
)
NOTA_FINAL = "La consulta en línea acredita la existencia del registro; no sustituye a la copia certificada."


@dataclass(frozen=True, slots=True)
class Renglon:
    """Un documento en la certificación y en el anexo; `fojas` ya en palabras («3 a 7»)."""

    n: int
    titulo: str
    nombre: str
    expediente: str
    fojas: str
    sha256: str
    bytes: int
    rutas: tuple[str, ...]
    avisos: tuple[str, ...]
    adjunto: bool = False

    def como_dict(self) -> dict[str, Any]:
        """La forma que lee la plantilla."""
        adjunto = ("Va adjunto.",) if self.adjunto else ()
        return {
            "n": self.n,
            "titulo": self.titulo,
            "nombre": self.nombre,
            "expediente": self.expediente,
            "fojas": self.fojas,
            "sha256": self.sha256,
            "bytes": f"{self.bytes:,} bytes",
            "rutas": [*self.rutas, *adjunto],
            "avisos": list(self.avisos),
        }


@dataclass(frozen=True, slots=True)
class Legajo:
    """Lo que la certificación dice de los documentos: sus renglones, cuántas fojas son y la huella de todos."""

    renglones: tuple[Renglon, ...]
    fojas: int

    @property
    def huella(self) -> str:
        """La que da `sha256sum archivos | sha256sum`, en el orden de la lista."""
        lista = "".join(f"{r.sha256}  {r.nombre}\n" for r in self.renglones)
        return hashlib.sha256(lista.encode()).hexdigest()


def cadena_original(acta: Acta, legajo: Legajo) -> str:
    """`||1.0|folio|tipo|fecha|institución|cargo|certificado|fojas|huella|expediente||`, sin datos de quien pide.

    Un dato que no hay se escribe «sin …»: un campo vacío parecería borrado.
    """
    certificado = acta.numero_de_certificado or ("firma electrónica" if acta.electronica else "firma autógrafa")
    partes = (
        "1.0", acta.folio, acta.tipo or "sin tipo", acta.emitida.isoformat(timespec="seconds"), acta.institucion.nombre, acta.cargo,
        certificado, legajo.fojas, legajo.huella, acta.expediente or "sin expediente",
    )  # fmt: skip
    cadena = "||" + "|".join(" ".join(str(p).replace("|", " ").split()) for p in partes) + "||"
    return unicodedata.normalize("NFC", cadena)


def _qr(direccion: str) -> list[str]:
    """Corrección Q y la menor versión que alcance: se lee en una fotocopia."""
    codigo = segno.make(direccion, error="q", micro=False, boost_error=False)
    return ["".join("1" if punto else "0" for punto in fila) for fila in codigo.matrix_iter(border=4)]


def _verificacion(direccion: str) -> dict[str, str]:
    """La dirección como se enlaza y el sitio como se escribe (sin el código, que va aparte)."""
    partes = urlsplit(direccion)
    tramos = [t for t in partes.path.split("/") if t]
    sitio = "/".join([partes.netloc.lower(), *(t.lower() for t in tramos[:-1])])
    return {"url": direccion, "enlace": f"{partes.scheme.lower()}://{sitio}/", "sitio": sitio}


def _parrafos(acta: Acta) -> list[dict[str, Any]]:
    """Los párrafos del acto; el que dice sólo «CERTIFICA», aun espaciado, se compone como la palabra entre filetes."""

    def es_la_palabra(texto: Any) -> bool:
        return texto_llano(texto).replace(" ", "").strip(":.").upper() == "CERTIFICA"

    return [{"certifica": es_la_palabra(t), "texto": "" if es_la_palabra(t) else t} for t in acta.parrafos]


def _resumen(acta: Acta, fojas: int) -> str:
    if acta.resumen:
        return acta.resumen
    return f"{'Una foja útil' if fojas == 1 else f'{fojas:,} fojas útiles'}. {acta.lugar_y_fecha.rstrip('.')}."


def _primer_paso(legajo: Legajo) -> str:
    adjuntos = sum(r.adjunto for r in legajo.renglones)
    return SIN_ADJUNTOS if not adjuntos else CON_ADJUNTOS if adjuntos == len(legajo.renglones) else ALGUNOS_ADJUNTOS


def _de_la_comprobacion(acta: Acta, legajo: Legajo) -> dict[str, Any]:
    """Lo que acompaña a la firma y lo que permite comprobar la copia."""
    pie = (("Elaboró", acta.elaboro), ("Cotejó", acta.cotejo), ("Derechos", acta.derechos))
    return {
        "pie_de_firma": [f"{rotulo}: {valor}" for rotulo, valor in pie if valor],
        "huella_del_conjunto": legajo.huella,
        "qr": _qr(acta.url_verificacion),
        **_verificacion(acta.url_verificacion),
        "cadena_original": cadena_original(acta, legajo),
        "sello_digital": acta.sello_digital,
        "pasos": [[_primer_paso(legajo)], *PASOS],
        "nota_de_firma": NOTA_DE_FIRMA,
        "nota_final": NOTA_FINAL,
    }


def _del_acto(acta: Acta, legajo: Legajo, recursos: Recursos) -> dict[str, Any]:
    return {
        "documento": {
            "titulo": f"{acta.titulo} {acta.folio}",
            "descripcion": _resumen(acta, legajo.fojas),
            "claves": ["copia certificada", acta.folio, acta.codigo],
        },
        "institucion": datos_de_institucion(acta.institucion, recursos),
        "folio": acta.folio,
        "codigo": acta.codigo,
        "segundo_codigo": acta.segundo_codigo,
        "titulo": acta.titulo,
        "resumen": _resumen(acta, legajo.fojas),
        "parrafos": _parrafos(acta),
        "n": legajo.fojas,
        "documentos": [renglon.como_dict() for renglon in legajo.renglones],
        "electronica": acta.electronica,
        "ensayo": acta.ensayo,
        "certificador": acta.certificador,
        "cargo": acta.cargo,
        "lugar_y_fecha": acta.lugar_y_fecha.rstrip("."),
        **_de_la_comprobacion(acta, legajo),
    }


def _compuesto(n: int, fuentes: Sequence[int], admitidas: Sequence[Admitida]) -> dict[str, Any]:
    primera = admitidas[fuentes[0]]
    if primera.clase == "texto":
        nota = "Texto conservado en el archivo, compuesto para esta copia."
        return {"n": n, "titulo": primera.fuente.titulo, "nota": nota, "bloques": list(primera.texto), "archivos": []}
    archivos = [
        {
            "n": i + 1,
            "titulo": a.fuente.titulo,
            "nombre": a.nombre,
            "bytes": f"{a.bytes:,} bytes",
            "mime": a.fuente.mime,
            "sha256": a.sha256,
        }
        for i, a in ((i, admitidas[i]) for i in fuentes)
    ]
    nota = "Las grabaciones no tienen facsímil: cada una se identifica por su huella SHA-256."
    return {"n": n, "titulo": "Relación de grabaciones y sus huellas", "nota": nota, "bloques": [], "archivos": archivos}


def _paginas_de_compuestos(hojas: Hojas, grupos: Sequence[tuple[int, ...]]) -> list[Compuesto]:
    inicio = {m["n"]: int(m["pagina"]) for m in hojas.valores if m["clase"] == "texto"}
    fin = {m["n"]: int(m["pagina"]) for m in hojas.valores if m["clase"] == "fin"}
    return [Compuesto(grupo, fin[n] - inicio[n] + 1) for n, grupo in enumerate(grupos)]


def contar_compuestos(grupos: Sequence[tuple[int, ...]], admitidas: Sequence[Admitida]) -> list[Compuesto]:
    """Cuántas páginas ocupa cada documento que compone Typst; no depende del acto."""
    if not grupos:
        return []
    datos = {
        "documento": {"titulo": "Cuenta", "descripcion": "", "claves": []},
        "institucion": {"nombre": "", "identidad": {}, "veda": False},
        "cuerpo_pt": CUERPOS[0],
        "solo_textos": True,
        "en_la_hoja": DOCUMENTOS_EN_LA_HOJA,
        "ensayo": False,
        "documentos": [],
        "textos": [_compuesto(n, grupo, admitidas) for n, grupo in enumerate(grupos)],
    }
    return _paginas_de_compuestos(componer_hojas("copia_certificacion", datos, {}, CUALQUIER_MOMENTO, "<marca>"), grupos)


@dataclass(frozen=True, slots=True)
class Certificacion:
    """Las hojas compuestas de un tomo: el PDF, cuántas son antes de los documentos compuestos y dónde va la firma."""

    pdf: bytes
    hojas: int
    compuestos: tuple[Compuesto, ...]
    caja: CajaDeFirma


def _caja(marca: Mapping[str, Any]) -> CajaDeFirma:
    x, alto = float(marca["x"]), float(marca["alto"])
    y = ALTO_DE_CARTA - float(marca["y"])
    return CajaDeFirma(int(marca["pagina"]), round(x, 3), round(y - alto, 3), round(x + float(marca["ancho"]), 3), round(y, 3))


def certificacion(
    acta: Acta, legajo: Legajo, admitidas: Sequence[Admitida], grupos: Sequence[tuple[int, ...]], extra: Mapping[str, Any]
) -> Certificacion:
    """La hoja con su anexo y los documentos compuestos. El texto y la firma caben en la primera hoja, o no se hace.

    `extra`: `tomo` (`n`, `de`, `desde`, `hasta`) o None, y `carta` (para imprimirse por ambas caras). Lanza `CopiaImposible`.
    """
    recursos = Recursos()
    datos = {
        **_del_acto(acta, legajo, recursos),
        **extra,
        "solo_textos": False,
        "textos": [_compuesto(n, grupo, admitidas) for n, grupo in enumerate(grupos)],
    }
    for en_la_hoja, cuerpo in ((m, c) for m in (DOCUMENTOS_EN_LA_HOJA, 0) for c in CUERPOS):
        intento = {**datos, "en_la_hoja": en_la_hoja, "cuerpo_pt": cuerpo}
        hojas = componer_hojas("copia_certificacion", intento, recursos, acta.emitida, "<marca>")
        marca = next(m for m in hojas.valores if m["clase"] == "caja")
        if marca["pagina"] == 1:
            ultima = max(int(m["pagina"]) for m in hojas.valores if m["clase"] in {"hojas", "dorso"})
            return Certificacion(hojas.pdf, ultima, tuple(_paginas_de_compuestos(hojas, grupos)), _caja(marca))
    raise CopiaImposible(
        "El texto de la certificación no cabe en una hoja junto con la firma. Abrévielo o reparta los documentos."
    )
