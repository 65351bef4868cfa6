"""Las versiones de un elemento (revisiones de Wagtail) y en qué difieren, con su ficha, sus temas y su cuerpo."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from wagtail.admin.compare import diff_text
from wagtail.models import Revision

from archivo.catalogo.puerta import ISAD_DEL_ITEM, FechaParcial, Item, TipoDeItem, a_texto, autoridades
from archivo.identidad.puerta import Usuario
from archivo.oficina.formularios.campos import fecha_escrita
from archivo.oficina.formularios.item import LARGO_CON_EDITOR

DESCRIPTIVOS = (
    "titulo", "resumen", "autor", "area", "medio", "lugar", "fecha", "fecha_hasta", "fecha_texto", "hora", "acceso", "embargo_hasta", "serie", "numero_texto",
    "categoria_documental", "soporte", "tradicion", "fuente", "url", "notas",
)  # fmt: skip
_NOMBRADOS = tuple(c for c in DESCRIPTIVOS if not c.startswith("fecha"))


def guardar_version(item: Item, usuario: Usuario | None) -> Revision:
    """Guarda cómo está el elemento. El cuerpo va si mide hasta 20,000 caracteres; si no, sólo su huella."""
    html = item.cuerpo.html if hasattr(item, "cuerpo") else ""
    contenido = item.serializable_data() | {
        "_temas": sorted(item.temas.values_list("nombre", flat=True)),
        "_menciones": nombres_mencionados(item),
        "_medio": str(item.medio or ""),
        "_cuerpo": html if len(html) <= LARGO_CON_EDITOR else None,
        "_huella": item.huella_texto,
    }
    revision = Revision.objects.create(
        content_object=item,
        base_content_type=item.get_base_content_type(),
        user=usuario,
        content=contenido,
        object_str=item.titulo[:255],
    )
    Item.objects.filter(pk=item.pk).update(latest_revision=revision)
    item.latest_revision = revision
    return revision


def nombres_mencionados(item: Item) -> dict[str, list[str]]:
    """Papel → nombres de las autoridades del elemento."""
    return {papel: sorted(str(a) for a in halladas) for papel, halladas in autoridades.menciones_de(item).items()}


def asegurar_version(item: Item) -> None:
    """Guarda el estado anterior a la primera corrección de lo que llegó sin versiones (una importación, un lote)."""
    if item.latest_revision_id is None:
        guardar_version(item, None)


def contenido_actual(item: Item) -> dict[str, Any]:
    """El contenido de la versión vigente; si no hay, el del elemento."""
    return item.latest_revision.content if item.latest_revision else item.serializable_data()


def recuperar(item: Item, revision: Revision) -> Item:
    """El elemento con la descripción de una versión anterior, sin guardar. Estado, folio y acceso efectivo no vuelven atrás."""
    dato = revision.as_object()
    for campo in DESCRIPTIVOS:
        setattr(item, campo, getattr(dato, campo))
    item.ficha, item.descripcion = dato.ficha, dato.descripcion
    return item


@dataclass(frozen=True)
class Diferencia:
    """Un rasgo que cambió, con el antes y el después listos para mostrar."""

    field_label: str
    antes: str
    despues: str
    is_field: bool = True

    def htmldiff(self) -> SafeString:
        """Lo quitado y lo puesto, marcados."""
        return diff_text(self.antes, self.despues).to_html()


def _texto(valor: Any) -> str:
    if isinstance(valor, list):
        return "\n".join(str(v) for v in valor)
    return "" if valor is None else str(valor)


def _valor(modelo: type[Item], campo: str, valor: Any) -> str:
    columna = modelo._meta.get_field(campo)
    if columna.choices:
        return dict(columna.choices).get(valor, _texto(valor))
    if columna.is_relation and valor:
        return str(columna.related_model._default_manager.filter(pk=valor).first() or valor)
    return _texto(valor)


def _fecha(contenido: dict[str, Any]) -> str:
    dias = [Item._meta.get_field(c).to_python(contenido.get(c)) for c in ("fecha", "fecha_hasta")]
    return fecha_escrita(FechaParcial(dias[0], dias[1], contenido.get("fecha_texto") or ""))


def _cuerpo(contenido: dict[str, Any]) -> str:
    html = contenido.get("_cuerpo")
    if html is None and contenido.get("_huella"):
        return f"(texto de más de 20,000 caracteres; huella {contenido['_huella'][:12]})"
    return a_texto(html or "")


def _puntos_de_acceso(contenido: dict[str, Any]) -> dict[str, str]:
    menciones = contenido.get("_menciones") or {}
    rasgos = {rotulo: _texto(menciones.get(papel)) for papel, rotulo in autoridades.NOMBRES_DE_PAPEL.items()}
    # «Autor» y «Lugar» son también lo transcrito: los puntos de acceso se dicen aparte.
    medio = {"Medio": _texto(contenido["_medio"])} if "_medio" in contenido else {}
    return medio | {f"{rotulo} (punto de acceso)": v for rotulo, v in rasgos.items()}


def rasgos_de(tipo: TipoDeItem, contenido: dict[str, Any]) -> dict[str, str]:
    """La descripción de una versión como rótulo → texto: columnas, fecha, cada campo de la ficha, temas y cuerpo."""
    modelo = tipo.modelo
    rasgos = {str(modelo._meta.get_field(c).verbose_name).capitalize(): _valor(modelo, c, contenido.get(c)) for c in _NOMBRADOS}
    rasgos["Fecha"] = _fecha(contenido)
    ficha = contenido.get("ficha") or {}
    for clave, campo in tipo.ficha.base_fields.items():
        opciones = dict(getattr(campo, "choices", []))
        valor = ficha.get(clave)
        rasgos[str(campo.label or clave)] = str(opciones.get(valor, "")) if opciones else _texto(valor)
    rasgos["Temas"] = _texto(contenido.get("_temas"))
    rasgos |= _puntos_de_acceso(contenido)
    descripcion = contenido.get("descripcion") or {}
    rasgos |= {f"{e.nombre} ({e.numero})": _texto(descripcion.get(e.clave)) for e in ISAD_DEL_ITEM}
    rasgos["Texto"] = _cuerpo(contenido)
    return rasgos


def diferencias(tipo: TipoDeItem, antes: dict[str, Any], despues: dict[str, Any]) -> list[Diferencia]:
    """Los rasgos que cambiaron entre dos contenidos de versión, en el orden del formulario."""
    viejos, nuevos = rasgos_de(tipo, antes), rasgos_de(tipo, despues)
    return [Diferencia(rotulo, viejos[rotulo], nuevos[rotulo]) for rotulo in viejos if viejos[rotulo] != nuevos[rotulo]]
