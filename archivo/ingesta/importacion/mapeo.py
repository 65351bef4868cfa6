"""De un renglón de tabla a una fila del contrato, según a qué campo va cada columna."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from archivo.catalogo.puerta import ESTADOS, NIVELES, FechaIlegible, leer_fecha, tipo_de, tipo_de_fila, todos_los_tipos
from archivo.ingesta.importacion.columnas import llano
from archivo.ingesta.importacion.filas import Fila, FilaIlegible, revisar
from archivo.ingesta.importacion.tablas import Renglon, Tabla
from archivo.ingesta.propuestas.fechas import MESES, proponer_fecha

_NUMERICA = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:[ T].*)?\Z")
_SIN_FECHA = {"s f", "sf", "sin fecha", "s d", "nd", "n d", "desconocida"}
_AFIRMA, _NIEGA = {"si", "x", "1", "true", "verdadero", "s"}, {"no", "0", "false", "falso", "n"}
_LOGICOS = {"extra.publicado", "extra.relevante"}
_LISTAS = {"archivos", "extra.temas"}
_VALORACIONES = {
    "positivo": "positiva", "positiva": "positiva", "amarillo": "positiva", "negativo": "negativa", "negativa": "negativa", "rojo": "negativa",
    "informativo": "informativa", "informativa": "informativa", "neutral": "informativa", "neutro": "informativa", "verde": "informativa",
}  # fmt: skip
_FORMULA = re.compile(r"'(?=[=+\-@])")


@dataclass(frozen=True)
class Mapeo:
    """A qué campo va cada columna («» = no se importa), qué valor llevan todas las filas y cómo se leen sus fechas."""

    columnas: tuple[str, ...]
    constantes: Mapping[str, str] = field(default_factory=dict)
    fechas: str = "dma"
    tipo: str = ""


@dataclass
class Traductor:
    """Convierte los renglones de una tabla. Sin columna de identificador, lo hace de lo que la fila dice; las iguales se numeran."""

    mapeo: Mapeo
    _repetidas: Counter[str] = field(default_factory=Counter)
    _opciones: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def filas(self, tabla: Tabla) -> Iterator[Fila | FilaIlegible]:
        """Las filas de la tabla, en orden."""
        for renglon in tabla.renglones:
            yield renglon if isinstance(renglon, FilaIlegible) else self.fila(renglon)

    def fila(self, renglon: Renglon) -> Fila | FilaIlegible:
        """La fila del contrato que corresponde a un renglón."""
        datos: dict[str, Any] = {"extra": {}}
        for clave, celda in zip(self.mapeo.columnas, renglon.celdas, strict=True):
            valor = _FORMULA.sub("", celda.strip(), count=1)
            if clave and valor:
                self._poner(datos, clave, valor)
        for clave, valor in self.mapeo.constantes.items():
            if clave and valor and _esta_vacio(datos, clave):
                self._poner(datos, clave, valor)
        _componer_fecha(datos)
        self._nombrar_opciones(datos)
        if "id" not in self.mapeo.columnas:
            datos["id"] = self._identificador(datos)
        return revisar(renglon.numero, datos, renglon.celdas)

    def _poner(self, datos: dict[str, Any], clave: str, valor: str) -> None:
        grupo, _, campo = clave.partition(".")
        if grupo == "medio":
            _poner_medio(datos["extra"], campo, valor)
        elif grupo == "fecha" and campo:
            datos.setdefault("_fecha", {})[campo] = valor
        elif grupo == "extra":
            datos["extra"][campo] = _convertir(clave, valor)
        else:
            datos[clave] = _CONVERSIONES[clave](valor, self.mapeo) if clave in _CONVERSIONES else _convertir(clave, valor)

    def _nombrar_opciones(self, datos: dict[str, Any]) -> None:
        """«Nota informativa» es la opción `nota` de la ficha: en una hoja se escriben los nombres, no las claves."""
        conocido = tipo_de_fila(datos.get("tipo", ""))
        codigo = self.mapeo.tipo or (conocido[0].codigo if conocido else "")
        if not codigo:
            return
        if codigo not in self._opciones:
            self._opciones[codigo] = _opciones_de(codigo)
        for campo in datos["extra"].keys() & self._opciones[codigo].keys():
            dicho = datos["extra"][campo]
            if isinstance(dicho, str):
                datos["extra"][campo] = self._opciones[codigo][campo].get(llano(dicho), dicho)

    def _identificador(self, datos: dict[str, Any]) -> str:
        senas = [str(datos.get(c) or "") for c in ("tipo", "titulo", "fecha", "url", "fuente")]
        senas += [str(datos["extra"].get(c) or "") for c in ("medio", "numero", "hora")]
        base = "tabla:" + hashlib.sha256("\x1f".join(senas).encode("utf-8", "replace")).hexdigest()[:24]
        self._repetidas[base] += 1
        return base if self._repetidas[base] == 1 else f"{base}-{self._repetidas[base]}"


def _opciones_de(codigo: str) -> dict[str, dict[str, str]]:
    """Por campo de la ficha que es una lista, el nombre llano de cada opción → su clave."""
    campos = tipo_de(codigo).ficha({}).fields.items()
    listas: Any = ((nombre, campo.choices) for nombre, campo in campos if isinstance(campo, forms.ChoiceField))
    return {n: {llano(str(nombre)): str(clave) for clave, nombre in opciones if clave} for n, opciones in listas}


def _esta_vacio(datos: dict[str, Any], clave: str) -> bool:
    return not (datos["extra"].get(clave[6:]) if clave.startswith("extra.") else datos.get(clave))


def _poner_medio(extra: dict[str, Any], clase: str, valor: str) -> None:
    """«Radio: Radio Fórmula» es el medio y su clase; «Radio: x», sólo la clase."""
    if llano(valor) in _NIEGA:
        return
    extra.setdefault("tipo_medio", clase)
    if llano(valor) not in _AFIRMA:
        extra.setdefault("medio", valor)


def _convertir(clave: str, valor: str) -> Any:
    if clave in _LISTAS:
        return [p.strip() for p in re.split(r"[;|\n]", valor) if p.strip()]
    if clave in _LOGICOS and llano(valor) in _AFIRMA | _NIEGA:
        return llano(valor) in _AFIRMA
    if clave == "extra.valoracion":
        return _VALORACIONES.get(llano(valor), valor)
    return valor


def fecha_de_celda(valor: str, orden: str) -> str:
    """Una fecha de hoja de cálculo como la entiende el catálogo: `22/11/2026` (según el orden), «22 de noviembre de 2026», «1994», «s/f».

    Lo que no se entiende queda tal cual: la fila entra y su fecha queda como dato por revisar.
    """
    if llano(valor) in _SIN_FECHA:
        return ""
    if cifras := _NUMERICA.match(valor):
        return _numerica(cifras, orden) or valor
    try:
        leer_fecha(valor)
    except FechaIlegible:
        propuesta, cita = proponer_fecha(valor)
        return propuesta if len(cita) >= len(valor) - 4 else valor
    return valor


def _numerica(cifras: re.Match[str], orden: str) -> str:
    dia, mes = (int(cifras[1]), int(cifras[2])) if orden == "dma" else (int(cifras[2]), int(cifras[1]))
    anio = int(cifras[3])
    if len(cifras[3]) == 2:
        anio += 2000 if anio <= date.today().year % 100 + 1 else 1900
    try:
        return date(anio, mes, dia).isoformat()
    except ValueError:
        return ""


def _componer_fecha(datos: dict[str, Any]) -> None:
    """Sin fecha, la que digan año, mes y día en sus columnas: hasta donde digan."""
    partes = datos.pop("_fecha", {})
    anio = partes.get("anio", "")
    if datos.get("fecha") or not re.fullmatch(r"\d{4}", anio):
        return
    mes, dia = _numero_de_mes(partes.get("mes", "")), partes.get("dia", "")
    datos["fecha"] = anio if not mes else f"{anio}-{mes:02}"
    if mes and dia.isdigit() and 1 <= int(dia) <= 31:
        datos["fecha"] += f"-{int(dia):02}"


def _numero_de_mes(texto: str) -> int:
    limpio = llano(texto)
    if limpio.isdigit():
        return int(limpio) if 1 <= int(limpio) <= 12 else 0
    return MESES.get(limpio, 0)


def _tipo(valor: str, mapeo: Mapeo) -> str:
    for tipo in todos_los_tipos():
        if llano(valor) in {llano(tipo.nombre), llano(tipo.nombre_plural)}:
            return tipo.codigo
    return valor.strip().lower().replace(" ", "_") if llano(valor) in _filas_conocidas() else valor


def _filas_conocidas() -> set[str]:
    return {llano(f) for t in todos_los_tipos() for f in t.filas}


def _acceso(valor: str, mapeo: Mapeo) -> str:
    return next((n.clave for n in NIVELES.values() if llano(valor) in {llano(n.nombre), llano(n.clave)}), valor)


def _estado(valor: str, mapeo: Mapeo) -> str:
    return next((e.clave for e in ESTADOS.values() if llano(valor) in {llano(e.nombre), llano(e.clave)}), valor)


def _fecha(valor: str, mapeo: Mapeo) -> str:
    return fecha_de_celda(valor, mapeo.fechas)


_CONVERSIONES: dict[str, Callable[[str, Mapeo], Any]] = {"tipo": _tipo, "acceso": _acceso, "estado": _estado, "fecha": _fecha}
