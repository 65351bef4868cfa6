"""La publicación oficial impresa: gaceta, informe, manual, folleto, programa."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from .arbol import Bloque, normalizar
from .compositor import Avisar, anotar_en_bitacora, componer
from .datos import Capitulo, DatosDePublicacion
from .errores import RecursoAusente
from .piezas import Recursos, datos_de_enlace, datos_de_institucion


class _Fotos:
    """Las fotografías de la publicación, cada una guardada una sola vez aunque se repita."""

    def __init__(self, datos: DatosDePublicacion, recursos: Recursos) -> None:
        self._fotos, self._recursos = datos.fotos, recursos
        self._puestas: dict[str, dict[str, Any]] = {}

    def __call__(self, clave: str) -> dict[str, Any]:
        if clave not in self._fotos:
            raise RecursoAusente(f"El texto menciona la fotografía «{clave}», que no se entregó. Adjúntela o quítela.")
        if clave not in self._puestas:
            self._puestas[clave] = self._recursos.con_foto(self._fotos[clave])
        return self._puestas[clave]


def _bloques(bloques: Sequence[Bloque], fotos: _Fotos) -> list[Bloque]:
    return [b if b["tipo"] != "foto" else {**b, **fotos(b["foto"])} for b in normalizar(bloques)]


def _capitulo(n: int, capitulo: Capitulo, fotos: _Fotos) -> dict[str, Any]:
    return {
        "n": n,
        "titulo": capitulo.titulo,
        "entradilla": capitulo.entradilla,
        "bloques": _bloques(capitulo.bloques, fotos),
    }


def _documento(datos: DatosDePublicacion) -> dict[str, Any]:
    nombre = datos.titulo if not datos.numero else f"{datos.titulo}, {datos.numero}"
    return {
        "titulo": nombre,
        "descripcion": datos.entradilla or f"{datos.tipo} de {datos.institucion.nombre}",
        "claves": [datos.tipo, *datos.temas],
    }


def publicacion_pdf(datos: DatosDePublicacion, fecha: date, avisar: Avisar = anotar_en_bitacora) -> bytes:
    """PDF de la publicación, con portada, página legal, índice y capítulos según su estilo.

    `fecha` es la de los metadatos. Lanza `FaltaTextoAlternativo`, `ImagenNoAdmitida`, `RecursoAusente`,
    `ArbolInvalido` o `ComposicionImposible`.
    """
    recursos = Recursos()
    fotos = _Fotos(datos, recursos)
    hoja = {
        "documento": _documento(datos),
        "institucion": datos_de_institucion(datos.institucion, recursos),
        "tipo": datos.tipo,
        "titulo": datos.titulo,
        "fecha": datos.fecha.isoformat()[:10],
        "estilo": datos.estilo,
        "numero": datos.numero,
        "periodo": datos.periodo,
        "entradilla": datos.entradilla,
        "codigo": datos.codigo,
        "temas": list(datos.temas),
        "legales": [[rotulo, valor] for rotulo, valor in datos.legales if valor],
        "aviso": datos.aviso,
        "marca": datos.marca,
        "portada": recursos.con_foto(datos.portada) if datos.portada else None,
        "capitulos": [_capitulo(n, c, fotos) for n, c in enumerate(datos.capitulos, 1)],
        **datos_de_enlace(datos.enlace),
    }
    return componer("publicacion", hoja, recursos, fecha, avisar)
