"""De claves a los datos que esa persona puede leer, por lotes y preguntando otra vez a la política de acceso."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import batched

from archivo.catalogo.puerta import NIVELES, Item, dejar_constancia_de_lista, leer_fecha, puede_ver_texto, tipo_de
from archivo.portal.puerta import Visita
from buscador.respuesta import fecha_de

LOTE = 500
COLUMNAS = {
    "clave": "Clave",
    "tipo": "Tipo",
    "folio": "Folio",
    "titulo": "Título",
    "fecha": "Fecha",
    "autor": "Autoría",
    "area": "Área",
    "medio": "Medio",
    "serie": "Serie",
    "temas": "Temas",
    "lugar": "Lugar",
    "clase": "Clase",
    "resumen": "Resumen",
    "acceso": "Acceso",
    "direccion": "Dirección",
}


@dataclass(frozen=True)
class Registro:
    """Un documento en una lista exportada. Vacío es «no se sabe o no se puede decir»; `fecha`, ISO 8601 con la precisión que tiene."""

    clave: str
    tipo: str
    folio: str
    titulo: str
    fecha: str
    autor: str
    area: str
    medio: str
    serie: str
    temas: tuple[str, ...]
    lugar: str
    clase: str
    resumen: str
    acceso: str
    direccion: str

    def como_dict(self) -> dict[str, object]:
        """Los mismos nombres que las columnas."""
        return asdict(self)

    @property
    def fecha_dicha(self) -> str:
        """La fecha como la lee una persona: «18 de agosto de 2026», «agosto de 2026»; vacía si no se sabe."""
        return leer_fecha(self.fecha).frase if self.fecha else ""

    def celdas(self) -> list[str]:
        """Una celda por columna."""
        return ["; ".join(valor) if isinstance(valor, tuple) else valor for valor in asdict(self).values()]


def registros(claves: Iterable[str], visita: Visita, base: str) -> Iterator[Registro]:
    """Los documentos de esas claves que esa persona puede ver hoy, en ese orden. De lo que lo exige se anota la lectura.

    `base`: el origen del sitio, sin diagonal final. Tres consultas por lote.
    """
    for lote in batched(claves, LOTE):
        filas = Item.objects.visibles_para(visita.lector).filter(clave__in=lote).select_related("area", "medio", "serie")
        items = {i.clave: i for i in filas.prefetch_related("nombradas", "temas")}
        en_orden = [items[c] for c in lote if c in items]
        dejar_constancia_de_lista(en_orden, visita.usuario, "exportacion", visita.ip)
        for item in en_orden:
            yield registro_de(item, visita, base)


def registro_de(item: Item, visita: Visita, base: str) -> Registro:
    """Lo que esa persona puede saber de ese documento: sin el texto, sólo su ficha mínima y, si su tipo la da, la cita."""
    completo = puede_ver_texto(visita.lector, item)
    citable = completo or tipo_de(item.tipo).cita_publica
    return Registro(
        clave=item.clave,
        tipo=tipo_de(item.tipo).nombre,
        folio=item.folio,
        titulo=item.titulo,
        fecha=fecha_de(item) or "",
        autor=item.autor if citable else "",
        area=item.area.nombre if completo and item.area else "",
        medio=item.medio.nombre if citable and item.medio else "",
        serie=item.serie.nombre if completo and item.serie else "",
        temas=tuple(t.nombre for t in item.temas.all()) if completo else (),
        lugar=item.lugar if completo else "",
        clase=_clase(item) if completo else "",
        resumen=item.resumen,
        acceso=NIVELES[item.acceso_efectivo].nombre,
        direccion=f"{base}{item.get_absolute_url()}",
    )


def _clase(item: Item) -> str:
    """Qué es dentro de su tipo («Gaceta», «Video»); vacío si su tipo no tiene clases."""
    campo = tipo_de(item.tipo).ficha.base_fields.get("clase")
    return str(dict(getattr(campo, "choices", ())).get(item.ficha.get("clase"), ""))
