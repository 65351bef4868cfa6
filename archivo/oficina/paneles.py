"""Los grupos del formulario, en el orden de las áreas de la ISAD(G)."""

from collections.abc import Sequence

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from archivo.catalogo.puerta import TipoDeItem
from archivo.oficina.formularios.descripcion import MEDIO, nombres_en_isad, papeles_de
from archivo.oficina.formularios.item import FICHA, formulario_de


def _panel(campo: str | tuple[str, ...]) -> Panel:
    """Un campo, o varios en un renglón."""
    return FieldPanel(campo) if isinstance(campo, str) else FieldRowPanel([FieldPanel(c) for c in campo])


def _grupo(titulo: str, *campos: str | tuple[str, ...], plegado: bool = False) -> MultiFieldPanel:
    return MultiFieldPanel([_panel(campo) for campo in campos], heading=titulo, classname="collapsed" if plegado else "")


def _propios(tipo: TipoDeItem) -> list[MultiFieldPanel]:
    """La ficha del tipo en los grupos y renglones que declara; lo que no reparte va al primero."""
    dichos = {c for renglones in tipo.ficha.grupos.values() for renglon in renglones for c in renglon}
    sueltos = [(c,) for c in tipo.ficha.base_fields if c not in dichos]
    grupos = dict(tipo.ficha.grupos) or {"": ()}
    primero = next(iter(grupos))
    grupos[primero] = (*grupos[primero], *sueltos)
    nombre = f"Propio de {tipo.nombre.lower()}"
    return [_grupo(titulo or nombre, *(_renglon(r) for r in renglones)) for titulo, renglones in grupos.items() if renglones]


def _renglon(campos: Sequence[str]) -> str | tuple[str, ...]:
    nombres = tuple(f"{FICHA}-{campo}" for campo in campos)
    return nombres if len(nombres) > 1 else nombres[0]


def paneles_de(tipo: TipoDeItem) -> ObjectList:
    """Identificación, contexto, contenido, lo propio del tipo, acceso, soporte y notas (ISAD(G) 3.1 a 3.6).

    Lo que publicó un medio se identifica por el medio y su dirección: van con la fecha, que es lo primero que se copia.
    """
    numeracion = (("serie", "numero_texto"),) if tipo.se_numera else ()
    cuerpo = ("cuerpo",) if tipo.lleva_cuerpo else ()
    procedencia = "fuente" if tipo.con_medio else ("fuente", "url")
    grupos = [
        _grupo("Identificación", "titulo", ("fecha_escrita", "hora"), *((MEDIO, "url") if tipo.con_medio else ()), *numeracion),
        _grupo("Contexto", "area", ("autor", "lugar")),
        _grupo("Contenido", "resumen", *cuerpo, "temas_escritos"),
        _grupo("Puntos de acceso", *papeles_de(tipo)),
        *_propios(tipo),
        _grupo("Acceso y publicación", ("acceso", "embargo_hasta")),
        _grupo("Soporte y procedencia", ("categoria_documental", "soporte", "tradicion"), procedencia, plegado=True),
        _grupo("Descripción archivística (ISAD-G)", *nombres_en_isad(), plegado=True),
        _grupo("Notas y motivo", "notas", "motivo", plegado=True),
    ]
    return ObjectList([g for g in grupos if g.children], base_form_class=formulario_de(tipo))
