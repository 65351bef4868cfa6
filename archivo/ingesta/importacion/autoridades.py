"""Lo que las filas nombran y el catálogo ya conoce o debe conocer: áreas y series. Con memoria durante una importación."""

from django.utils.text import slugify

from archivo.catalogo.puerta import SerieDeNumeracion, serie_de
from archivo.identidad.puerta import Area


class Autoridades:
    """Encuentra o da de alta áreas («por verificar») y series por su nombre."""

    def __init__(self) -> None:
        self._areas: dict[str, Area] = {}
        self._series: dict[str, SerieDeNumeracion] = {}

    def area(self, nombre: str) -> Area | None:
        """El área con ese nombre exacto; si no existe, una nueva por verificar."""
        limpio = " ".join(nombre.split())[:300]
        if not limpio:
            return None
        if limpio not in self._areas:
            self._areas[limpio] = Area.objects.filter(nombre=limpio).order_by("pk").first() or self._alta(limpio)
        return self._areas[limpio]

    def _alta(self, nombre: str) -> Area:
        base = slugify(nombre).upper()[:32] or "AREA"
        clave, n = base, 1
        while Area.objects.filter(clave=clave).exists():
            n += 1
            clave = f"{base}-{n}"
        return Area.objects.create(clave=clave, nombre=nombre, por_verificar=True)

    def serie(self, clave: str) -> SerieDeNumeracion | None:
        """La serie con esa clave; None si la clave es «»."""
        if not clave:
            return None
        if clave not in self._series:
            self._series[clave] = serie_de(clave)
        return self._series[clave]

    def olvidar(self) -> None:
        """Vacía la memoria: la transacción que las dio de alta se deshizo."""
        self._areas.clear()
        self._series.clear()
