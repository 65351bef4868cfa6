"""Los grupos del formulario, en el orden de las áreas de la ISAD(G)."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from archivo.catalogo.puerta import TipoDeItem
from archivo.oficina.formularios.item import FICHA, formulario_de


def _panel(campo: str | tuple[str, ...]) -> Panel:
    """Un campo, o varios en un renglón."""
    return FieldPanel(campo) if isinstance(campo, str) else FieldRowPanel([FieldPanel(c) for c in campo])


def _grupo(titulo: str, *campos: str | tuple[str, ...], plegado: bool = False) -> MultiFieldPanel:
    return MultiFieldPanel([_panel(campo) for campo in campos], heading=titulo, classname="collapsed" if plegado else "")


def paneles_de(tipo: TipoDeItem) -> ObjectList:
    """Identificación, contexto, contenido, lo propio del tipo, acceso, soporte y notas (ISAD(G) 3.1 a 3.6)."""
    numeracion = (("serie", "numero_texto"),) if tipo.se_numera else ()
    cuerpo = ("cuerpo",) if tipo.lleva_cuerpo else ()
    grupos = [
        _grupo("Identificación", "titulo", ("fecha_escrita", "hora"), *numeracion),
        _grupo("Contexto", "area", ("autor", "lugar")),
        _grupo("Contenido", "resumen", *cuerpo, "temas_escritos"),
        _grupo(f"Propio de {tipo.nombre.lower()}", *(f"{FICHA}-{campo}" for campo in tipo.ficha.base_fields)),
        _grupo("Acceso y publicación", ("acceso", "embargo_hasta")),
        _grupo("Soporte y procedencia", ("categoria_documental", "soporte", "tradicion"), ("fuente", "url"), plegado=True),
        _grupo("Notas y motivo", "notas", "motivo", plegado=True),
    ]
    return ObjectList([g for g in grupos if g.children], base_form_class=formulario_de(tipo))
