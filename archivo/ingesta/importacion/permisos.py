"""Quién importa qué: por tipo, por área y hasta qué nivel de acceso."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from archivo.catalogo.puerta import (
    ESTADOS,
    NIVELES,
    Item,
    Visibilidad,
    niveles_que_fija,
    puede_ver_ficha,
    se_audita,
    tipo_de,
    todos_los_tipos,
)
from archivo.identidad.puerta import Lector, RolVigente, lector_de
from archivo.ingesta.importacion.filas import FilaRechazada

MAS_ABIERTO = {
    "titular": "publico",
    "redaccion": "publico",
    "monitoreo": "restringido_derechos",
    "archivo_tramite": "interno",
    "archivo_concentracion": "interno",
    "archivo_historico": "publico",
    "coordinacion_archivos": "publico",
}
"""Rol que importa → lo más abierto que puede fijar. Los recortes tienen derechos de terceros; lo que entra al archivo de trámite o de
concentración lo abre después quien decide."""
PUBLICAN = ("titular",)
"""Llevar una carga al estado visible es autorizarla: lo hace quien autoriza."""
_ORDEN = list(NIVELES)


@dataclass(frozen=True)
class Facultades:
    """Lo que una persona puede importar. Sin persona es el sistema (la orden sin `--como`), que lo puede todo."""

    usuario: Any = None

    @cached_property
    def lector(self) -> Lector:
        """Quien lee."""
        return lector_de(self.usuario)

    @cached_property
    def roles(self) -> tuple[RolVigente, ...]:
        """Sus roles que importan."""
        return tuple(r for r in self.lector.roles if r.rol in MAS_ABIERTO)

    @cached_property
    def tipos(self) -> frozenset[str]:
        """Los tipos que puede crear."""
        nombres = ((t.codigo, t.modelo._meta) for t in todos_los_tipos())
        if self.usuario is None:
            return frozenset(codigo for codigo, _ in nombres)
        return frozenset(c for c, m in nombres if self.roles and self.usuario.has_perm(f"{m.app_label}.add_{m.model_name}"))

    @property
    def importa(self) -> bool:
        """¿Puede importar algo?"""
        return bool(self.tipos)

    @cached_property
    def areas(self) -> frozenset[int] | None:
        """Las áreas donde importa; None si en toda la institución."""
        suyas = [r.area_id for r in self.roles]
        return None if self.usuario is None or None in suyas else frozenset(a for a in suyas if a is not None)

    @property
    def area_unica(self) -> int | None:
        """La que llevan las filas que no dicen la suya, si sólo tiene una."""
        return next(iter(self.areas)) if self.areas is not None and len(self.areas) == 1 else None

    def _en(self, area_id: int | None) -> list[str]:
        return [r.rol for r in self.roles if r.area_id is None or r.area_id == area_id]

    def niveles(self) -> list[str]:
        """Los niveles de acceso que se le ofrecen."""
        if self.usuario is None:
            return _ORDEN
        return _ORDEN[min((_ORDEN.index(MAS_ABIERTO[r.rol]) for r in self.roles), default=len(_ORDEN)) :]

    def publica(self) -> bool:
        """¿Puede pedir que las filas queden a la vista?"""
        return self.usuario is None or any(r.rol in PUBLICAN for r in self.roles)

    def revisar_pedido(self, tipo: str, acceso: str, *, publicar: bool) -> None:
        """Antes de empezar. Lanza `ValueError` con la frase que dice qué no puede y a quién pedirlo."""
        if not self.importa:
            raise ValueError(f"«{self.usuario}» no tiene un rol que importe. Pídale un nombramiento a quien administra.")
        if tipo and tipo not in self.tipos:
            raise ValueError(f"Su rol no crea documentos de tipo «{tipo_de(tipo).nombre}». Elija otro tipo.")
        if acceso not in self.niveles():
            raise ValueError(
                f"Su rol no fija el acceso «{NIVELES[acceso].nombre}». Lo más abierto es «{NIVELES[self.niveles()[0]].nombre}»."
            )
        if publicar and not self.publica():
            raise ValueError("Llevar las filas al estado visible corresponde a quien es titular. Impórtelas como borradores.")

    def revisar_fila(self, item: Item, dependencia: str) -> None:
        """Lanza `FilaRechazada` si esa persona no puede dejar así el elemento."""
        if self.usuario is None:
            return
        tipo = tipo_de(item.tipo)
        if item.tipo not in self.tipos:
            raise FilaRechazada("tipo", f"Su rol no crea documentos de tipo «{tipo.nombre}».")
        de = f"de «{dependencia}»" if dependencia else "sin dependencia"
        if not self._en(item.area_id):
            raise FilaRechazada("dependencia", f"Su nombramiento no abarca documentos {de}.")
        roles = [r for r in self._en(item.area_id) if r in tipo.escriben]
        if not roles:
            raise FilaRechazada("tipo", f"Su nombramiento no crea ahí documentos de tipo «{tipo.nombre}»: son {de}.")
        abierto = min(_ORDEN.index(MAS_ABIERTO[r]) for r in roles)
        if _ORDEN.index(item.acceso) < abierto:
            raise FilaRechazada("acceso", f"Con su rol, lo más abierto es «{NIVELES[_ORDEN[abierto]].nombre}».")
        if ESTADOS[item.estado].visibilidad is not Visibilidad.AREA and not set(roles) & set(PUBLICAN):
            raise FilaRechazada("estado", "Dejarla a la vista corresponde a quien es titular.")

    def revisar_cambio(self, existente: Item, nuevo: Item) -> None:
        """Lanza `FilaRechazada` si esa persona no puede corregir con la fila un elemento que ya está."""
        if self.usuario is None:
            return
        escriben = tipo_de(existente.tipo).escriben
        if not puede_ver_ficha(self.lector, existente) or not set(self._en(existente.area_id)) & set(escriben):
            raise FilaRechazada(
                "id", "Ese identificador no está disponible. Use otro, o pida la importación a quien es de esa área."
            )
        if existente.tipo != nuevo.tipo:
            raise FilaRechazada("tipo", f"Ya está como «{tipo_de(existente.tipo).nombre}»; el tipo no se cambia importando.")
        if not existente.clase_de_estado.se_edita:
            raise FilaRechazada("estado", f"Ya está {existente.clase_de_estado.nombre.lower()} y su descripción no se cambia.")
        if se_audita(existente) and _ORDEN.index(nuevo.acceso) < _ORDEN.index(existente.acceso):
            raise FilaRechazada(
                "acceso", "Abrir lo reservado o confidencial pide motivo y a quien lo decide; no se hace importando."
            )
        if nuevo.acceso != existente.acceso and nuevo.acceso not in niveles_que_fija(self.lector, existente.area_id):
            raise FilaRechazada(
                "acceso",
                f"Está en «{NIVELES[existente.acceso].nombre}» y su rol no lo pasa a «{NIVELES[nuevo.acceso].nombre}». Escriba en la "
                "columna de acceso el que tiene.",
            )


SISTEMA = Facultades()
