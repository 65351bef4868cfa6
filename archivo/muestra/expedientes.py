"""Expedientes de muestra: uno cerrado con su índice y dos en trámite, por los mismos servicios que usa una oficina."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from archivo.archivistica.puerta import Documento, Expediente, NivelClasificacion, abrir_expediente, cerrar_expediente, integrar
from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Area, Usuario, crear_usuario

_FISICA = {
    "parte_fisica": "Carpeta",
    "parte_fisica_cantidad": 1,
    "edificio": "Archivo de trámite",
    "pasillo": "2",
    "anaquel": "B",
}


@dataclass(frozen=True, slots=True)
class _Modelo:
    """Qué reúne un expediente: la serie, los tipos de sus documentos y sus fechas. Con `cierre`, queda cerrado."""

    serie: str
    titulo: str
    asunto: str
    tipo: str
    desde: date
    hasta: date
    fojas: int | None
    caja: str = ""
    cierre: date | None = None


_MODELOS = (
    _Modelo(
        "9C.7",
        "Boletines de prensa emitidos de enero a marzo de 2025",
        "Boletines del primer trimestre, con su versión firmada.",
        "boletin",
        date(2025, 1, 1),
        date(2025, 3, 31),
        1,
        "1",
        date(2025, 3, 31),
    ),
    _Modelo(
        "9C.7",
        "Boletines de prensa emitidos de abril a junio de 2025",
        "Boletines del segundo trimestre, con su versión firmada.",
        "boletin",
        date(2025, 4, 1),
        date(2025, 6, 30),
        1,
        "2",
    ),
    _Modelo(
        "9C.3",
        "Publicaciones e impresos institucionales de 2025",
        "Informes, gacetas y folletos publicados en el año.",
        "publicacion",
        date(2025, 1, 1),
        date(2025, 12, 31),
        0,
    ),
)


def sembrar_expedientes(progreso: Callable[[str], None]) -> int:
    """Abre los expedientes de muestra que falten y devuelve cuántos. Sin cuadro vigente con esas series, ninguno."""
    if Expediente.objects.exists():
        return 0
    progreso("Expedientes…")
    archivista = crear_usuario("archivo", "archivo_tramite")
    return sum(_sembrar(modelo, archivista) for modelo in _MODELOS)


def _sembrar(modelo: _Modelo, archivista: Usuario) -> int:
    serie = NivelClasificacion.objects.para_clasificar(modelo.desde).filter(clave=modelo.serie).first()
    items = _documentos(modelo)
    if serie is None or not items:
        return 0
    nuevo = Expediente(
        serie=serie,
        area=_area_de(items),
        responsable=archivista,
        titulo=modelo.titulo,
        asunto=modelo.asunto,
        fecha_apertura=modelo.desde,
        soporte=Expediente.Soporte.HIBRIDO if modelo.fojas else Expediente.Soporte.DIGITAL,
        caja=modelo.caja,
        **(_FISICA if modelo.fojas else {}),
    )
    expediente = abrir_expediente(nuevo, archivista)
    integrar(expediente, [Documento(i, fojas=modelo.fojas) for i in items], archivista)
    if modelo.cierre is not None:
        cerrar_expediente(expediente, archivista, modelo.cierre)
    return 1


def _documentos(modelo: _Modelo) -> list[Item]:
    """Los públicos del periodo: los demás siguen en trámite o los lee menos gente."""
    visibles = Item.objects.publicos().filter(
        tipo=modelo.tipo, fecha__range=(modelo.desde, modelo.hasta), fecha_hasta__lte=modelo.hasta
    )
    return list(visibles.filter(id_externo__startswith="muestra-").select_related("serie").order_by("fecha", "id")[:60])


def _area_de(items: Sequence[Item]) -> Area:
    """La que produjo más de ellos."""
    cuentas = Item.objects.filter(pk__in=[i.pk for i in items], area__isnull=False).values("area_id").annotate(n=Count("pk"))
    return Area.objects.get(pk=max(cuentas, key=lambda fila: (fila["n"], -fila["area_id"]))["area_id"])
