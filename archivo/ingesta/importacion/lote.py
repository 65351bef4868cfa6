"""Catalogar un lote de filas traducidas: cuáles son nuevas, cuáles traen cambios y qué tenían antes."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from archivo.catalogo.puerta import (
    Cuerpo,
    Item,
    ItemDeLote,
    Pagina,
    Tema,
    actualizar_lote,
    crear_lote,
    proponer_temas,
    resolver_temas,
)
from archivo.ingesta.importacion.filas import FilaRechazada
from archivo.ingesta.importacion.opciones import OpcionesDeImportacion
from archivo.ingesta.importacion.traduccion import Traducida

CAMPOS_DE_FILA = (
    "titulo", "resumen", "autor", "area", "lugar", "medio", "fecha", "fecha_hasta", "fecha_texto", "hora", "acceso", "estado", "serie", "numero", "anio_numero",
    "numero_texto", "folio", "ficha", "fuente", "url", "huella_fila", "huella_texto", "pendientes", "tipo",
)  # fmt: skip
_COLUMNAS = tuple(campo.attname for campo in Item._meta.concrete_fields if campo.name in CAMPOS_DE_FILA)
_NO_RETROCEDEN = {"autorizado", "programado", "publicado", "archivado", "retirado", "cancelado"}
_SIN_NUMERO = re.compile(r"(?:s\s*[/.]?\s*n\.?|sin n[uú]mero)\Z", re.IGNORECASE)
Rechazar = Callable[[Traducida, FilaRechazada], None]


@dataclass(frozen=True)
class Hecho:
    """Qué fue de las filas de un lote. `antes`: pk → los campos (y el texto, si cambió) que tenía lo actualizado."""

    creada: list[Traducida]
    actualizada: list[Traducida]
    sin_cambio: list[Traducida]
    antes: dict[int, dict[str, Any]] = field(default_factory=dict)

    def por_resultado(self) -> dict[str, list[Traducida]]:
        """Las filas de cada resultado."""
        return {"creada": self.creada, "actualizada": self.actualizada, "sin_cambio": self.sin_cambio}


def catalogar(traducidas: Sequence[Traducida], opciones: OpcionesDeImportacion, motivo: str, rechazar: Rechazar) -> Hecho:
    """Crea lo nuevo y actualiza lo que cambió, con las reglas y la constancia de siempre. Se llama dentro de una transacción."""
    existentes = {i.id_externo: i for i in Item.objects.select_for_update().filter(id_externo__in=[t.id for t in traducidas])}
    admitidas = list(_admitidas(traducidas, existentes, opciones, rechazar))
    nuevas = [t for t in admitidas if t.id not in existentes]
    conocidas = [t for t in admitidas if t.id in existentes]
    distintas = [t for t in conocidas if existentes[t.id].huella_fila != t.item.huella_fila]
    iguales = [t for t in conocidas if existentes[t.id].huella_fila == t.item.huella_fila]
    _marcar_duplicados(nuevas, opciones)
    _marcar_numeros_repetidos(nuevas)
    if nuevas:
        temas = _temas_de(nuevas)
        crear_lote([ItemDeLote(t.item, t.texto, _sin_repetir(temas[n] for n in t.temas)) for t in nuevas], opciones.actor, motivo)
        _enlazar_repetidas_del_lote(nuevas)
    antes = _actualizar(distintas, existentes, opciones, motivo) if distintas else {}
    for t in iguales:
        t.item = existentes[t.id]
    return Hecho(nuevas, distintas, iguales, antes)


def _admitidas(
    traducidas: Iterable[Traducida], existentes: dict[Any, Item], opciones: OpcionesDeImportacion, rechazar: Rechazar
) -> Iterable[Traducida]:
    for t in traducidas:
        try:
            if t.id in existentes:
                opciones.facultades.revisar_cambio(existentes[t.id], t.item)
            opciones.facultades.revisar_fila(t.item, t.fila.datos["dependencia"])
        except FilaRechazada as rechazo:
            rechazar(t, rechazo)
            continue
        yield t


def _actualizar(
    distintas: list[Traducida], existentes: dict[Any, Item], opciones: OpcionesDeImportacion, motivo: str
) -> dict[int, dict[str, Any]]:
    previos = [existentes[t.id] for t in distintas]
    con_cuerpo = _con_texto_propio(previos)
    antes = _fotografiar(distintas, previos, con_cuerpo)
    temas = _sumar_temas(distintas, existentes, antes)
    for t in distintas:
        t.item = _volcar(t.item, existentes[t.id], con_cuerpo)
    lote = [ItemDeLote(t.item, t.texto, temas.get(t.item.pk), conserva_texto=t.item.pk in con_cuerpo) for t in distintas]
    actualizar_lote(lote, opciones.actor, motivo)
    return antes


def _fotografiar(distintas: list[Traducida], previos: list[Item], con_texto_propio: set[int]) -> dict[int, dict[str, Any]]:
    """Lo que cada uno tenía, para deshacer: sus campos, y el texto sólo si la fila trae otro."""
    textos: dict[int, str] = {}
    paginas = Pagina.objects.filter(item__in=previos, adjunto__isnull=True).order_by("item_id", "n")
    for item_id, texto in paginas.values_list("item_id", "texto"):
        textos[item_id] = textos.get(item_id, "") + texto
    antes = {}
    for t, previo in zip(distintas, previos, strict=True):
        campos: dict[str, Any] = {n: getattr(previo, n) for n in _COLUMNAS}
        campos["version"] = previo.version
        if previo.pk not in con_texto_propio and textos.get(previo.pk, "") != t.texto:
            campos["texto"] = textos.get(previo.pk, "")
        antes[previo.pk] = campos
    return antes


def _temas_de(traducidas: list[Traducida]) -> dict[str, Tema]:
    """Los temas que nombran, por cualquiera de sus nombres; los que no existen se dan de alta, como al capturar."""
    nombres = dict.fromkeys(n for t in traducidas for n in t.temas)
    conocidos = resolver_temas(nombres) if nombres else {}
    return conocidos | {n: proponer_temas([n])[0] for n in nombres if n not in conocidos}


def _sin_repetir(temas: Iterable[Tema]) -> list[Tema]:
    """Dos nombres pueden ser el mismo tema."""
    return list({tema.pk: tema for tema in temas}.values())


def _sumar_temas(
    distintas: list[Traducida], existentes: dict[Any, Item], antes: dict[int, dict[str, Any]]
) -> dict[int, list[Tema]]:
    """Los de la fila se suman a los que el elemento tenía, que quedan anotados en `antes`."""
    nombrados = _temas_de(distintas)
    sumados = {}
    for t in distintas:
        if t.temas:
            previo = existentes[t.id]
            suyos = list(previo.temas.all())
            antes[previo.pk]["temas"] = [tema.pk for tema in suyos]
            sumados[previo.pk] = _sin_repetir((*suyos, *(nombrados[n] for n in t.temas)))
    return sumados


def _con_texto_propio(existentes: list[Item]) -> set[int]:
    """Aquellos cuyo texto no se toca: tienen folio dado aquí, o se redactaron en la oficina."""
    redactados = Cuerpo.objects.filter(item__in=existentes).values_list("item_id", flat=True)
    return {i.pk for i in existentes if i.numero_asignado} | set(redactados)


def _volcar(nuevo: Item, existente: Item, con_texto_propio: set[int]) -> Item:
    """Pone en el existente lo que trae la fila. Lo que está en revisión, ya se autorizó o tiene folio dado aquí no retrocede.

    Lo cancelado sigue cancelado: de ahí no se sale por ningún paso, y menos sin constancia.

    Lo que se retiró al deshacer una importación (por eso quedó sin huella) vuelve si la fila lo pide.
    """
    vuelve = existente.estado == "retirado" and not existente.huella_fila
    fijo = (existente.estado in _NO_RETROCEDEN and not vuelve) or existente.numero_asignado
    conservar = {"estado"} if fijo or _devolveria(existente, nuevo) else set()
    if existente.numero_asignado:
        conservar |= {"serie", "numero", "anio_numero", "numero_texto", "folio"}
    if existente.pk in con_texto_propio:
        conservar.add("huella_texto")
    conservar |= {campo for campo in ("resumen", "medio", "lugar") if not getattr(nuevo, campo)}
    de_la_oficina = {c: v for c, v in existente.ficha.items() if c != "extra"}
    for campo in CAMPOS_DE_FILA:
        if campo not in conservar:
            setattr(existente, campo, getattr(nuevo, campo))
    existente.ficha = de_la_oficina | existente.ficha
    return existente


def _devolveria(existente: Item, nuevo: Item) -> bool:
    """De revisión a borrador sólo vuelve por quien autoriza, con motivo y constancia («Devolver con observaciones»)."""
    return existente.estado == "en_revision" and nuevo.estado == "borrador"


def _marcar_duplicados(nuevas: list[Traducida], opciones: OpcionesDeImportacion) -> None:
    """Sólo contra lo que quien importa puede ver: de lo demás no se dice que existe."""
    huellas = {t.item.huella_texto for t in nuevas if t.item.huella_texto}
    visibles = Item.objects.all() if opciones.actor is None else Item.objects.visibles_para(opciones.facultades.lector)
    previos: dict[str, Item] = {}
    for item in visibles.filter(huella_texto__in=huellas).only("pk", "huella_texto").order_by("-pk"):
        previos[item.huella_texto] = item
    for traducida in nuevas:
        if traducida.item.huella_texto in previos:
            traducida.item.duplicado_de = previos[traducida.item.huella_texto]


def _enlazar_repetidas_del_lote(nuevas: list[Traducida]) -> None:
    primeras: dict[str, Item] = {}
    for t in nuevas:
        huella = t.item.huella_texto
        if huella and t.item.duplicado_de_id is None and primeras.setdefault(huella, t.item) is not t.item:
            Item.objects.filter(pk=t.item.pk).update(duplicado_de=primeras[huella])


def _clave_de_numero(item: Item) -> tuple[int | None, int | None, str]:
    return (item.serie_id, item.anio_numero, item.numero_texto)


def _marcar_numeros_repetidos(nuevas: list[Traducida]) -> None:
    con_numero = [t.item for t in nuevas if t.item.folio and not _SIN_NUMERO.match(t.item.numero_texto)]
    if not con_numero:
        return
    textos = {i.numero_texto for i in con_numero}
    vistos = {
        _clave_de_numero(i) for i in Item.objects.filter(numero_texto__in=textos).only("serie_id", "anio_numero", "numero_texto")
    }
    for item in con_numero:
        if _clave_de_numero(item) in vistos:
            item.pendientes.append("numero_repetido")
        vistos.add(_clave_de_numero(item))
