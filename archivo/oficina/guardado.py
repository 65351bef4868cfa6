"""Guardar lo que se capturó: una transacción, por los servicios del catálogo, con su versión."""

from django.db import transaction

from archivo.catalogo.puerta import CambioRechazado, Edicion, Item, dejar_constancia_de_rechazo, guardar
from archivo.identidad.puerta import Usuario
from archivo.oficina.formularios.anexos import Anexos
from archivo.oficina.formularios.descripcion import medio_escrito, menciones_escritas, nombres_por_papel
from archivo.oficina.formularios.item import ItemForm
from archivo.oficina.formularios.selectores import autoridad_de
from archivo.oficina.versiones import Diferencia, asegurar_version, diferencias, guardar_version, nombres_mencionados

REVISADOS = frozenset({"titulo", "ficha", "fecha_por_verificar", "numero_por_verificar"})
"""Lo pendiente que se resuelve cuando una persona guarda la captura."""
_DE_WAGTAIL = ("locked", "locked_at", "locked_by_id", "latest_revision_id")


class EdicionSimultanea(CambioRechazado):
    """Otra persona guardó el elemento mientras se editaba. `actual` es lo guardado; `diferencias`, en qué se aparta lo capturado."""

    def __init__(self, actual: Item, distintas: list[Diferencia]) -> None:
        super().__init__(
            "Otra persona guardó este documento mientras usted lo editaba. No se perdió nada: lo suyo sigue en el formulario y lo de ella "
            "está en la historia. Compare las diferencias y guarde de nuevo si lo suyo es lo que debe quedar."
        )
        self.actual = actual
        self.diferencias = distintas


def guardar_captura(form: ItemForm, anexos: Anexos, actor: Usuario) -> Item:
    """Guarda el elemento con su texto, sus temas, sus relaciones y lo que se dice de sus archivos.

    Raises:
        EdicionSimultanea: cambió desde que se abrió.
        CambioRechazado: el catálogo no admite el cambio; la frase dice por qué. Nada quedó guardado, y lo que un servicio anotó de
            ese intento se deshizo también: quien llama lo anota ya fuera de toda transacción, con `anotar_rechazo`.
    """
    item, nuevo, previa = form.instance, form.instance.pk is None, form.instance.latest_revision_id
    try:
        return _guardar_todo(item, form, anexos, actor)
    except CambioRechazado:
        item.latest_revision_id = previa
        if nuevo:
            item.pk, item._state.adding = None, True
        raise


def anotar_rechazo(item: Item, actor: Usuario, razon: CambioRechazado) -> None:
    """Deja en la bitácora lo que no procedió. Que otra persona guardara antes no es una negativa."""
    if not isinstance(razon, EdicionSimultanea):
        dejar_constancia_de_rechazo(item, actor, razon)


@transaction.atomic
def _guardar_todo(item: Item, form: ItemForm, anexos: Anexos, actor: Usuario) -> Item:
    if item.pk:
        actual = _tomar_sin_pisar(item, form)
        if not _cambia(actual, form) and not anexos.has_changed():
            return item
        asegurar_version(actual)
        item.latest_revision_id = actual.latest_revision_id
    guardar(item, _edicion_de(form, actor))
    anexos.guardar(item, actor)
    item.refresh_from_db()
    guardar_version(item, actor)
    return item


def _edicion_de(form: ItemForm, actor: Usuario) -> Edicion:
    """Lo escrito como el catálogo lo pide. El medio y las autoridades desconocidas se dan de alta aquí."""
    limpio = form.cleaned_data
    llano = form.texto.modo == "llano"
    texto = form.cuerpo_cambiado()
    nombre_del_medio = medio_escrito(form)
    if nombre_del_medio is not None:
        form.instance.medio = autoridad_de(nombre_del_medio, ("medio",), actor) if nombre_del_medio else None
    return Edicion(
        actor=actor,
        cuerpo_html=None if llano else texto,
        texto=texto if llano else None,
        temas=None if form.fields["temas_escritos"].disabled else limpio["temas_escritos"],
        menciones=menciones_escritas(form, actor),
        motivo=limpio.get("motivo", ""),
    )


def _tomar_sin_pisar(item: Item, form: ItemForm) -> Item:
    """Aparta la fila y la devuelve como está. Quien guarda da por revisado lo que se propuso."""
    actual = type(item)._default_manager.select_for_update().get(pk=item.pk)
    if actual.version != form.cleaned_data.get("version_cargada"):
        raise EdicionSimultanea(actual, _en_que_difieren(actual, form))
    for campo in _DE_WAGTAIL:
        setattr(item, campo, getattr(actual, campo))
    if item.clase_de_estado.se_edita:
        item.pendientes = [p for p in actual.pendientes if p not in REVISADOS]
    return actual


def _cambia(actual: Item, form: ItemForm) -> bool:
    """¿Hay algo que guardar?"""
    return form.instance.pendientes != actual.pendientes or bool(_en_que_difieren(actual, form))


def _en_que_difieren(actual: Item, form: ItemForm) -> list[Diferencia]:
    temas = sorted(actual.temas.values_list("nombre", flat=True))
    menciones = nombres_mencionados(actual)
    guardado = actual.serializable_data() | {"_temas": temas, "_cuerpo": form.texto.valor, "_menciones": menciones}
    cuerpo = form.cuerpo_cambiado()
    propio = form.instance.serializable_data() | {
        "_temas": sorted(form.cleaned_data.get("temas_escritos") or []),
        "_cuerpo": form.texto.valor if cuerpo is None else cuerpo,
        "_menciones": menciones | {papel: sorted(nombres) for papel, nombres in nombres_por_papel(form).items()},
    }
    medio = medio_escrito(form)
    if medio is not None:
        propio["_medio"], guardado["_medio"] = medio, str(actual.medio or "")
    return diferencias(form.tipo, guardado, propio)
