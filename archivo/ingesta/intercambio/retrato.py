"""Lo que hay aquí, dicho como unidad de descripción: como llegó, con lo que la oficina cambió después."""

from typing import Any

from archivo.archivistica.puerta import Expediente, NivelClasificacion
from archivo.catalogo.puerta import FechaParcial, Item, Visibilidad, puede_ver_texto, tipo_de
from archivo.identidad.puerta import Lector
from archivo.ingesta.intercambio.campos import campos_de_clase, campos_de_expediente, campos_de_item
from archivo.ingesta.intercambio.fechas import evento_de, principal
from archivo.ingesta.intercambio.niveles import DOCUMENTO, EXPEDIENTE
from archivo.ingesta.intercambio.nombrados import nombre_limpio
from archivo.ingesta.intercambio.unidad import Evento, Objeto, Punto, Unidad
from archivo.ingesta.models import UnidadRecibida

_EN_ISAD = {
    "alcance": "alcance",
    "asunto": "alcance",
    "resumen": "alcance",
    "notas": "nota_archivero",
    "nota_archivero": "nota_archivero",
}
_CLASE_DEL_PAPEL = {"persona": "persona", "retratada": "persona", "dependencia": "organismo", "lugar": "lugar"}
_ATOM_FISICO = {"physicalObjectName": "caja", "physicalObjectLocation": "ubicacion"}


def de_clase(nivel: NivelClasificacion, base: UnidadRecibida | None) -> Unidad:
    """Una clase del cuadro. Las recibidas salen como llegaron: no se modifican (LGA 18)."""
    unidad = _de_base(base) if base else Unidad(id=nivel.codigo, nivel=nivel.nivel, codigo=nivel.clave)
    unidad.nivel = nivel.nivel
    if base is None and nivel.cuadro.estado in {"vigente", "sustituido"}:
        unidad.publicacion = "publicada"
    _poner_lo_distinto(unidad, nivel, campos_de_clase(unidad))
    return unidad


def de_expediente(expediente: Expediente, base: UnidadRecibida | None) -> Unidad:
    """Un expediente, con sus fechas, sus fojas y su lugar."""
    unidad = _de_base(base) if base else Unidad(id=expediente.clave, codigo=expediente.codigo)
    unidad.nivel = EXPEDIENTE
    _poner_lo_distinto(unidad, expediente, campos_de_expediente(unidad, expediente.fecha_apertura))
    if base is None:
        cierre = expediente.fecha_cierre or expediente.fecha_apertura
        unidad.eventos = [e for e in (evento_de(FechaParcial(expediente.fecha_apertura, cierre)),) if e]
        if expediente.total_fojas:
            unidad.isad.setdefault("volumen", f"{expediente.total_fojas} {expediente.regla.unidades}")
        unidad.otros |= {columna: v for columna, campo in _ATOM_FISICO.items() if (v := getattr(expediente, campo))}
    return unidad


def de_item(item: Item, base: UnidadRecibida | None, lector: Lector) -> Unidad:
    """Un documento, con quienes nombra y los archivos que ese lector puede abrir."""
    unidad = _de_base(base) if base else Unidad(id=item.clave, codigo=item.folio)
    unidad.nivel = unidad.nivel or DOCUMENTO
    if base is None and item.tipo != DOCUMENTO:
        unidad.puntos.append(Punto("genero", tipo_de(item.tipo).nombre))
    _poner_lo_distinto(unidad, item, campos_de_item(unidad))
    unidad.puntos = _puntos(item, unidad)
    unidad.objetos = _objetos(item, unidad, lector)
    if item.estado != "borrador" or not unidad.publicacion:
        visible = item.clase_de_estado.visibilidad is Visibilidad.PUBLICA and item.acceso_efectivo == "publico"
        unidad.publicacion = "publicada" if visible else "borrador"
    return unidad


def _de_base(base: UnidadRecibida) -> Unidad:
    unidad = Unidad.de_dict(base.recibido)
    unidad.id = base.id_externo
    return unidad


def _poner_lo_distinto(unidad: Unidad, cosa: Any, como_llego: dict[str, Any]) -> None:
    """Lo que cambió aquí sustituye a lo que llegó; lo que sigue igual sale con las palabras de origen, aunque no cupieran."""
    for campo, valor in como_llego.items():
        actual = getattr(cosa, campo)
        if actual == valor:
            continue
        if campo in {"titulo", "nombre"}:
            unidad.titulo = str(actual)
        elif campo in _EN_ISAD:
            _isad(unidad, {_EN_ISAD[campo]: str(actual)})
        elif campo == "descripcion":
            _isad(unidad, {c: str(actual.get(c, "")) for c in {*valor, *actual}})
        elif campo == "fecha_parcial":
            _fechar(unidad, actual)
        elif campo == "autor":
            _firmar(unidad, str(actual))


def _isad(unidad: Unidad, nuevos: dict[str, str]) -> None:
    unidad.isad |= nuevos
    unidad.isad = {clave: texto for clave, texto in unidad.isad.items() if texto}
    if "historia_institucional" in nuevos:
        for evento in unidad.eventos:
            evento.historia = ""


def _fechar(unidad: Unidad, fecha: FechaParcial) -> None:
    nuevo = evento_de(fecha) or Evento()
    actual = principal(unidad.eventos)
    if actual is None:
        if nuevo != Evento():
            unidad.eventos.insert(0, nuevo)
        return
    actual.texto, actual.desde, actual.hasta = nuevo.texto, nuevo.desde, nuevo.hasta


def _firmar(unidad: Unidad, autor: str) -> None:
    """El autor cambió: los productores que llegaron ya no son ésos."""
    for evento in unidad.eventos:
        evento.actor = evento.clase_de_actor = evento.historia = ""
    unidad.eventos = [e for e in unidad.eventos if e.texto or e.desde or e.hasta]
    nombres = [n.strip() for n in autor.split(";") if n.strip()]
    if len(nombres) == 1 and len(unidad.eventos) == 1:
        unidad.eventos[0].actor = nombres[0]
    else:
        unidad.eventos += [Evento(actor=n) for n in nombres]


def _puntos(item: Item, unidad: Unidad) -> list[Punto]:
    """Los puntos que siguen vivos, con su forma de origen; los nuevos, al final. Lo que la oficina quitó no sale."""
    vivos = {nombre_limpio(t.nombre): Punto("tema", t.nombre) for t in item.temas.all()}
    for mencion in sorted(item.menciones.all(), key=lambda m: m.pk):
        if mencion.papel in _CLASE_DEL_PAPEL:
            nombre = mencion.autoridad.nombre
            vivos.setdefault(nombre_limpio(nombre), Punto(_CLASE_DEL_PAPEL[mencion.papel], nombre))
    de_origen = [p for p in unidad.puntos if p.clase == "genero" or nombre_limpio(p.nombre) in vivos]
    dichos = {nombre_limpio(p.nombre) for p in de_origen}
    return de_origen + [p for nombre, p in vivos.items() if nombre not in dichos]


def _objetos(item: Item, unidad: Unidad, lector: Lector) -> list[Objeto]:
    if not puede_ver_texto(lector, item):
        return []
    dichos = {o.ruta.rsplit("/", 1)[-1] for o in unidad.objetos}
    propios = [
        Objeto(a.nombre, a.pie)
        for a in sorted(item.adjuntos.all(), key=lambda a: (a.orden, a.pk))
        if a.nombre not in dichos and puede_ver_texto(lector, item, a)
    ]
    return unidad.objetos + propios
