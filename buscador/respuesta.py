"""Lo que se contesta: la misma respuesta para la página, la orden y el canal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archivo.catalogo.puerta import Item
from archivo.portal.puerta import Segmentos
from search import Snippet


@dataclass(frozen=True)
class PaginaHallada:
    """Una página (o parte) del elemento en que aparece lo buscado. `n` es la de su dirección."""

    n: int
    fragmento: Snippet
    n_en_archivo: int | None = None
    archivo: str = ""


@dataclass(frozen=True)
class Resultado:
    """Un elemento hallado, tal como lo ve quien buscó."""

    item: Item
    titulo: Segmentos
    fragmento: Snippet
    paginas: Sequence[PaginaHallada] = ()
    tiene_miniatura: bool = False

    def como_dict(self) -> dict[str, Any]:
        """La forma del contrato."""
        item = self.item
        return {
            "clave": item.clave,
            "id_externo": item.id_externo,
            "tipo": item.tipo,
            "titulo": item.titulo,
            "fecha": fecha_de(item),
            "acceso": item.acceso_efectivo,
            "url": item.get_absolute_url(),
            "fragmento": self.fragmento.text,
            "paginas": [{"pagina": p.n, "fragmento": p.fragmento.text} for p in self.paginas],
        }


def fecha_de(item: Item) -> str | None:
    """La fecha en ISO 8601 con la precisión que tiene: día, mes o año; si abarca más, «1980/1989» (EDTF)."""
    fecha = item.fecha_parcial
    if fecha.desde is None or fecha.hasta is None:
        return None
    corte = {"dia": 10, "mes": 7, "anio": 4}.get(fecha.precision)
    return fecha.desde.isoformat()[:corte] if corte else f"{fecha.desde.year}/{fecha.hasta.year}"


@dataclass(frozen=True)
class ValorDeFaceta:
    """Un valor de un campo, cuántos de la lista lo tienen y si está puesto como filtro."""

    valor: str
    etiqueta: str
    total: int
    puesto: bool = False


@dataclass(frozen=True)
class Respuesta:
    """La respuesta a una petición. `modo`: `todas` o `algunas` de las palabras."""

    total: int
    modo: str
    resultados: Sequence[Resultado]
    facetas: Mapping[str, Sequence[ValorDeFaceta]]
    correccion: str | None
    milisegundos: int
    otro_modo: str | None = None
    salidas: Sequence["Salida"] = field(default_factory=list)

    def como_dict(self) -> dict[str, Any]:
        """La forma del contrato: nunca repite lo que se preguntó."""
        return {
            "total": self.total,
            "modo": self.modo,
            "resultados": [r.como_dict() for r in self.resultados],
            "facetas": {c: [{"valor": v.valor, "total": v.total} for v in vs if v.total] for c, vs in self.facetas.items()},
            "correccion": self.correccion,
            "milisegundos": self.milisegundos,
        }


@dataclass(frozen=True)
class Salida:
    """Un siguiente paso cuando no se encontró nada: qué quitar o qué probar, y cuántos habría."""

    clase: str
    texto: str
    total: int
    filtros: Mapping[str, tuple[str, ...]]
    rotulo: str = ""
