"""Abrir y cerrar libros de certificaciones."""

from datetime import date
from io import BytesIO

from django.db import IntegrityError, transaction
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import Institucion, Usuario, institucion, lector_de
from archivo.objetos.puerta import guardar
from archivo.salidas import ComposicionImposible, Recursos, componer, datos_de_institucion
from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.estados import CERTIFICAN
from certificaciones.actos.models import LibroCertificacion, ReservaDeFolio
from certificaciones.actos.servicios.redaccion import institucion_impresa
from certificaciones.reglas.puerta import fecha_en_letra

PREFIJO_DE_ENSAYO = "ENSAYO"


def _exigir_quien_lleva(actor: Usuario, que: str) -> None:
    if not lector_de(actor).tiene(*CERTIFICAN):
        raise ActoRechazado(f"{que} el libro corresponde a quien certifica o a la persona titular.")


def _anotar(clase: str, libro: LibroCertificacion, actor: Usuario | None, **detalle: object) -> None:
    registrar(SucesoNuevo(f"libro.{clase}", f"libro:{libro.prefijo}-{libro.anio}", actor=actor, detalle=detalle))


def _la_institucion() -> Institucion:
    casa = institucion()
    if casa.pk is None:
        casa, _ = Institucion.objects.get_or_create(clave=casa.clave, defaults={"nombre": casa.nombre})
    return casa


@transaction.atomic
def abrir_libro(anio: int, prefijo: str, actor: Usuario) -> LibroCertificacion:
    """Abre el libro del año; `ActoRechazado` si ya hay uno abierto o el prefijo ya se usó ese año."""
    _exigir_quien_lleva(actor, "Abrir")
    limpio = prefijo.strip().upper()
    if not limpio.replace("-", "").isalnum() or limpio == PREFIJO_DE_ENSAYO:
        raise ActoRechazado("El prefijo del libro lleva letras, cifras o guiones: «CC» da folios CC/00001/2026.")
    abierto = LibroCertificacion.objects.abiertos().filter(anio=anio, registro=LibroCertificacion.Registro.EXPEDIDAS).first()
    if abierto:
        raise ActoRechazado(f"Ya está abierto {abierto}. Ciérrelo con su acta antes de abrir otro de {anio}.")
    try:
        with transaction.atomic():
            libro = LibroCertificacion.objects.create(institucion=_la_institucion(), anio=anio, prefijo=limpio, abierto_por=actor)
    except IntegrityError as error:
        raise ActoRechazado(f"El prefijo {limpio} ya se usó en {anio} y sus folios se repetirían. Elija otro.") from error
    _anotar("abierto", libro, actor, prefijo=limpio, anio=anio)
    return libro


def libro_abierto(anio: int) -> LibroCertificacion:
    """El libro que da folios ese año; `ActoRechazado` si no se ha abierto."""
    libro = LibroCertificacion.objects.abiertos().filter(anio=anio, registro=LibroCertificacion.Registro.EXPEDIDAS).first()
    if libro is None:
        raise ActoRechazado(f"No hay un libro de certificaciones abierto de {anio}. Ábralo en «Libro» antes de expedir.")
    return libro


def libro_de_ensayo(anio: int) -> LibroCertificacion:
    """El libro de los ensayos de ese año; se abre solo."""
    registro = LibroCertificacion.Registro.ENSAYOS
    abiertos = LibroCertificacion.objects.abiertos().filter(anio=anio, registro=registro)
    if libro := abiertos.first():
        return libro
    try:
        with transaction.atomic():
            return LibroCertificacion.objects.create(
                institucion=_la_institucion(), anio=anio, prefijo=PREFIJO_DE_ENSAYO, registro=registro
            )
    except IntegrityError:
        return abiertos.get()


@transaction.atomic
def cerrar_libro(libro: LibroCertificacion, actor: Usuario) -> LibroCertificacion:
    """Cierra el libro con su acta: primer y último folio, cuántas se expidieron, se cancelaron y se sustituyeron."""
    _exigir_quien_lleva(actor, "Cerrar")
    libro = LibroCertificacion.objects.select_for_update().get(pk=libro.pk)
    if libro.cerrado_en is not None:
        raise ActoRechazado(f"{libro} ya está cerrado.")
    if ReservaDeFolio.objects.filter(libro=libro, vence__gt=timezone.now()).exists():
        raise ActoRechazado(f"Alguien está expidiendo en {libro}. Espere a que termine y vuelva a cerrarlo.")
    ReservaDeFolio.objects.filter(libro=libro).delete()
    libro.acta, libro.cerrado_en, libro.cerrado_por = _acta_de(libro, actor), timezone.now(), actor
    libro.objeto_acta = guardar(BytesIO(_acta_pdf(libro)), mime="application/pdf")
    libro.save()
    _anotar("cerrado", libro, actor, **libro.acta)
    return libro


def _acta_pdf(libro: LibroCertificacion) -> bytes:
    """El acta para imprimirse y firmarse. `ActoRechazado` si no se puede componer: sin acta no se cierra."""
    acta, recursos = libro.acta, Recursos()
    rotulos = {
        "Primer folio": "primer_folio", "Último folio": "ultimo_folio", "Expedidas": "expedidas", "Canceladas": "canceladas",
        "Sustituidas": "sustituidas",
    }  # fmt: skip
    hoja = {
        "documento": {"titulo": f"Acta de cierre del libro {libro.prefijo} {libro.anio}", "descripcion": str(acta["texto"])},
        "institucion": datos_de_institucion(institucion_impresa(), recursos),
        "libro": str(libro),
        "texto": str(acta["texto"]),
        "renglones": [[rotulo, str(acta[campo]) or "Ninguno"] for rotulo, campo in rotulos.items()],
    }
    try:
        return componer("acta_de_cierre", hoja, recursos, date.fromisoformat(str(acta["fecha"])))
    except ComposicionImposible as error:
        raise ActoRechazado(f"No se pudo componer el acta y {libro} sigue abierto: {error}") from error


def _acta_de(libro: LibroCertificacion, actor: Usuario) -> dict[str, object]:
    expedidas = libro.certificaciones.expedidas()
    folios = list(expedidas.order_by("consecutivo").values_list("folio", flat=True))
    canceladas, sustituidas = (expedidas.filter(**{f"{c}__isnull": False}).count() for c in ("cancelacion", "sustitucion"))
    rango = f"del {folios[0]} al {folios[-1]}" if folios else "sin folios"
    hoy = timezone.localdate()
    texto = (
        f"{libro.institucion.nombre}, {fecha_en_letra(hoy)}. Se cierra el libro {libro.prefijo} {libro.anio}, {rango}: {len(folios)} certificaciones "
        f"expedidas, {canceladas} canceladas y {sustituidas} sustituidas. Cierra: {actor}."
    )
    return {
        "primer_folio": folios[0] if folios else "",
        "ultimo_folio": folios[-1] if folios else "",
        "expedidas": len(folios),
        "canceladas": canceladas,
        "sustituidas": sustituidas,
        "fecha": hoy.isoformat(),
        "texto": texto,
    }
