"""Lo que las filas nombran y el catálogo ya conoce o debe conocer: áreas y series. Con memoria durante una importación."""

from typing import Any

from django.db.models import Q
from django.utils.text import slugify

from archivo.catalogo.puerta import Autoridad, SerieDeNumeracion, proponer_autoridad, serie_de
from archivo.identidad.puerta import Area
from archivo.ingesta.importacion.filas import FilaRechazada
from archivo.ingesta.importacion.permisos import SISTEMA, Facultades


class Autoridades:
    """Encuentra o da de alta áreas («por verificar») y series por su nombre. Quien importa sólo en su área no da de alta otras."""

    def __init__(self, facultades: Facultades = SISTEMA) -> None:
        self.facultades = facultades
        self._areas: dict[str, Area] = {}
        self._series: dict[str, SerieDeNumeracion] = {}
        self._medios: dict[str, Autoridad] = {}
        self._dichas: dict[str, SerieDeNumeracion | None] = {}

    def area(self, nombre: str) -> Area | None:
        """El área con ese nombre exacto; si no existe, una nueva por verificar. Sin nombre, la única de quien importa, o ninguna.

        Raises:
            FilaRechazada: no existe y quien importa sólo lo hace en sus áreas.
        """
        limpio = " ".join(nombre.split())[:300]
        if not limpio and self.facultades.area_unica is None:
            return None
        if limpio not in self._areas:
            self._areas[limpio] = self._buscar(limpio) or self._alta(limpio)
        return self._areas[limpio]

    def _buscar(self, nombre: str) -> Area | None:
        if not nombre:
            return Area.objects.get(pk=self.facultades.area_unica or 0)
        return Area.objects.filter(nombre=nombre).order_by("pk").first()

    def _alta(self, nombre: str) -> Area:
        if self.facultades.areas is not None:
            raise FilaRechazada("dependencia", f"Su nombramiento no abarca «{nombre}», y ningún área se llama así.")
        base = slugify(nombre).upper()[:32] or "AREA"
        clave, n = base, 1
        while Area.objects.filter(clave=clave).exists():
            n += 1
            clave = f"{base}-{n}"
        return Area.objects.create(clave=clave, nombre=nombre, por_verificar=True)

    def medio(self, nombre: str) -> Autoridad | None:
        """El medio que se llama así, con cualquiera de sus nombres; si no existe, uno nuevo por verificar."""
        dicho = " ".join(nombre.split())[:300]
        if not dicho:
            return None
        if dicho not in self._medios:
            self._medios[dicho] = proponer_autoridad("medio", dicho, self.facultades.usuario)
        return self._medios[dicho]

    def serie(self, clave: str) -> SerieDeNumeracion | None:
        """La serie con esa clave; None si la clave es «»."""
        if not clave:
            return None
        if clave not in self._series:
            self._series[clave] = serie_de(clave)
        return self._series[clave]

    def serie_dicha(self, nombre: Any) -> SerieDeNumeracion | None:
        """La serie que la fila nombra, por su clave o su nombre; None si no nombra ninguna que exista."""
        dicho = nombre.strip() if isinstance(nombre, str) else ""
        if not dicho or len(dicho) > 120:
            return None
        if dicho not in self._dichas:
            self._dichas[dicho] = (
                SerieDeNumeracion.objects.filter(Q(clave=dicho.lower()) | Q(nombre__iexact=dicho)).order_by("pk").first()
            )
        return self._dichas[dicho]

    def olvidar(self) -> None:
        """Vacía la memoria: la transacción que las dio de alta se deshizo."""
        self._areas.clear()
        self._series.clear()
        self._dichas.clear()
        self._medios.clear()
