"""Con qué se importa un instrumento, y qué puede quien lo importa."""

from dataclasses import dataclass

from archivo.catalogo.puerta import NIVELES
from archivo.identidad.puerta import Area, Usuario
from archivo.ingesta.concesiones import RECIBEN
from archivo.ingesta.importacion.permisos import Facultades

PERMISO_DE_IMPORTAR = "ingesta.add_instrumentorecibido"


class SinFacultad(ValueError):
    """Quien importa no puede pedir eso; el mensaje dice qué y a quién acudir."""


@dataclass(frozen=True)
class Opciones:
    """Lo que se pide. `acceso` es lo más abierto que entra; `fuente`, el nombre del instrumento si el archivo no lo trae.

    `parcial`: lo que no cabe se deja fuera y lo demás entra. Sin eso, es todo o nada.
    """

    acceso: str = "interno"
    publicar: bool = False
    area: Area | None = None
    fuente: str = ""
    actor: Usuario | None = None
    ensayo: bool = False
    parcial: bool = False

    def facultades(self) -> Facultades:
        """Lo que puede quien importa."""
        return Facultades(self.actor)

    def revisar(self) -> None:
        """Antes de empezar.

        Raises:
            SinFacultad: el nivel no existe, o esa persona no puede pedirlo.
        """
        if self.acceso not in NIVELES:
            raise SinFacultad(f"No existe el nivel de acceso «{self.acceso}». Use uno de: {', '.join(NIVELES)}.")
        if self.actor is None:
            return
        facultades = self.facultades()
        if not self.actor.has_perm(PERMISO_DE_IMPORTAR):
            raise SinFacultad(
                f"«{self.actor}» no importa descripciones. Corresponde al archivo histórico o a la coordinación de archivos."
            )
        if self.acceso not in facultades.niveles():
            raise SinFacultad(f"Con su rol no se fija el acceso «{NIVELES[self.acceso].nombre}». Elija uno más estrecho.")
        if self.publicar and not facultades.publica():
            raise SinFacultad("Llevar documentos a la vista corresponde a quien es titular. Impórtelos como borradores.")
        if self.area is not None and not facultades.lector.tiene(*RECIBEN, area_id=self.area.pk):
            raise SinFacultad(f"Su nombramiento no abarca «{self.area}».")
