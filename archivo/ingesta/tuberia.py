"""El camino de un archivo: reconocer → detectar → inspeccionar → derivar → describir → catalogar.

Cada paso se puede repetir: hasta el último no existe nada a la vista, y el último es una sola transacción. Un paso detiene el
camino lanzando un `Veredicto`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from archivo.catalogo.puerta import (
    Adjunto,
    AdjuntoNuevo,
    Edicion,
    Item,
    adjuntar,
    es_sesion_fotografica,
    guardar,
    leer_fecha,
    puede_ver_texto,
    tipo_de,
)
from archivo.identidad.puerta import lector_de
from archivo.ingesta import formatos
from archivo.ingesta.encargos_opticos import encargar_lectura
from archivo.ingesta.inspeccion import INSPECTORES, Lectura
from archivo.ingesta.models import Ingreso
from archivo.ingesta.propuestas import Propuesta, proponer
from archivo.ingesta.veredictos import Cuarentena, Rechazo, YaEstaba
from archivo.objetos.puerta import DerivadoImposible, FallaAislada, Limites, ObjetoDigital, ejecutar, rehacer_miniatura
from archivo.objetos.puerta import guardar as guardar_objeto

DETECCION = Limites(cpu=5, tiempo=6)
CON_MINIATURA = formatos.IMAGENES | formatos.VIDEOS | {formatos.PDF}


@dataclass
class Caso:
    """Un archivo en camino: lo que los pasos van sabiendo de él."""

    ingreso: Ingreso
    ruta: Path
    mime: str = ""
    lectura: Lectura = field(default_factory=lambda: Lectura(""))
    objeto: ObjetoDigital | None = None
    propuesta: Propuesta = field(default_factory=Propuesta)
    avisos: list[str] = field(default_factory=list)


def adjunto_a_la_vista(ingreso: Ingreso) -> Adjunto | None:
    """Un adjunto con los mismos bytes cuyo archivo puede leer quien ingresa; sin persona (órdenes del sistema), cualquiera."""
    candidatos = Adjunto.objects.filter(objeto__sha256=ingreso.sha256).select_related("item", "item__area").order_by("pk")
    if ingreso.destino_id:
        candidatos = candidatos.filter(item_id=ingreso.destino_id, rol=ingreso.rol)
    if ingreso.actor is None:
        return candidatos.first()
    lector = lector_de(ingreso.actor)
    return next((a for a in candidatos.iterator() if puede_ver_texto(lector, a.item, a)), None)


def reconocer(caso: Caso) -> None:
    """¿Ya está? Sólo se dice a quien puede ver dónde; para los demás el camino sigue exactamente igual que con uno nuevo."""
    if adjunto := adjunto_a_la_vista(caso.ingreso):
        raise YaEstaba(adjunto)


def _razon_de_formato(nombre: str, mime: str) -> None:
    if mime in formatos.PELIGROSOS:
        raise Cuarentena(
            f"Por dentro es {formatos.PELIGROSOS[mime]}, que no se admite. Entregue el documento en PDF, imagen o texto."
        )
    if mime == formatos.TEXTO and formatos.contradice_al_nombre(nombre, mime):
        raise Cuarentena(
            "Por dentro es texto suelto y su nombre dice otra cosa: no se puede abrir así. Consiga otra copia del original."
        )
    if mime == formatos.TEXTO and formatos.no_es_texto_corrido(nombre):
        raise Rechazo(
            "Todavía no se recibe este formato (datos o código en texto). Entregue el documento en PDF, imagen o texto corrido."
        )
    if mime in formatos.RECIBIDOS:
        return
    if formatos.es_formato_conocido(mime):
        raise Rechazo(
            f"Todavía no se recibe este formato ({mime}). Entréguelo en PDF, imagen (JPEG, PNG, WebP, TIFF, GIF) o texto."
        )
    raise Cuarentena(
        "No se reconoce qué es por su contenido: puede estar dañado. Ábralo con el programa que lo hizo y expórtelo a PDF."
    )


def detectar(caso: Caso) -> None:
    """Qué es por su contenido, si se recibe y si no es dos cosas a la vez."""
    nombre = caso.ingreso.nombre
    if formatos.es_de_sistema(nombre):
        raise Rechazo("Es un archivo del sistema operativo, no un documento. Puede ignorarlo.")
    vista = ejecutar("archivo.ingesta.lectores.deteccion:detectar", {"ruta": str(caso.ruta)}, DETECCION)
    encubierto = vista["mime"] == formatos.DESCONOCIDO and vista["cabecera_pdf"] > 0
    caso.mime = caso.ingreso.mime = formatos.PDF if encubierto else vista["mime"]
    _razon_de_formato(nombre, caso.mime)
    es_pdf = caso.mime == formatos.PDF
    if (vista["cabecera_pdf"] >= 0 and not es_pdf) or vista["termina_en_zip"]:
        raise Cuarentena("Es dos tipos de archivo a la vez, algo que sólo se hace para engañar. Consiga otra copia del original.")
    if es_pdf and vista["cabecera_pdf"] > 0 and not vista["antes_en_blanco"]:
        caso.avisos.append("Lleva datos ajenos antes del comienzo del PDF.")
    if formatos.contradice_al_nombre(nombre, caso.mime):
        caso.avisos.append(f"Su nombre termina como otro formato; por dentro es {caso.mime}.")
    if _entra_en_un_album(caso.ingreso) and caso.mime not in formatos.IMAGENES:
        raise Rechazo(
            "En un álbum sólo entran fotografías (JPEG, PNG, WebP, TIFF). Agregue esto como anexo, desde «Ingresar archivos»."
        )
    tipo = tipo_de(caso.ingreso.tipo)
    if not caso.ingreso.destino_id and caso.mime not in tipo.mimes:
        raise Rechazo(f"El tipo «{tipo.nombre}» no recibe este formato ({caso.mime}). Elija otro tipo o agréguelo como anexo.")


def inspeccionar(caso: Caso) -> None:
    """Abrirlo con su lector de verdad, contrastar y sacar el texto de cada página."""
    try:
        caso.lectura = INSPECTORES[caso.mime](caso.ruta)
    except FallaAislada as falla:
        raise Cuarentena(f"{falla.motivo} Puede estar dañado o hecho para estorbar: consiga otra copia del original.") from falla
    caso.ingreso.paginas = caso.lectura.paginas
    caso.avisos += caso.lectura.avisos


def derivar(caso: Caso) -> None:
    """Guardar el original y dejar hecha su miniatura. Todavía nada lo muestra.

    La miniatura se hace aunque exista: lo que tarda no debe decir si alguien más tenía ya el archivo.
    """
    caso.objeto = guardar_objeto(caso.ruta, mime=caso.mime, paginas=caso.lectura.paginas)
    if caso.objeto.sha256 != caso.ingreso.sha256:
        raise Cuarentena("Los bytes cambiaron mientras se procesaba. Vuelva a ingresarlo; si se repite, revise el disco.")
    if caso.mime in CON_MINIATURA:
        try:
            rehacer_miniatura(caso.objeto)
        except DerivadoImposible as imposible:
            caso.avisos.append(f"No se pudo hacer su miniatura: {imposible}")


def describir(caso: Caso) -> None:
    """Proponer título, fecha y número a partir de lo que el documento dice."""
    lectura = caso.lectura
    texto = lectura.textos[0] if lectura.textos else ""
    propuesta = proponer(nombre=caso.ingreso.nombre, titulo=lectura.titulo, renglones=lectura.renglones, texto=texto)
    caso.propuesta = propuesta.con_la_toma(lectura.datos.get("toma") or {})


def _item_nuevo(caso: Caso) -> Item:
    ingreso, propuesta = caso.ingreso, caso.propuesta
    tipo = tipo_de(ingreso.tipo)
    pendientes = ["titulo"] + [f"{c}_por_verificar" for c in ("fecha", "numero") if getattr(propuesta, c)]
    if not tipo.ficha(data={}).is_valid():
        pendientes.append("ficha")
    item = tipo.modelo(
        titulo=propuesta.titulo, acceso=ingreso.acceso, area=ingreso.area, numero_texto=propuesta.numero, pendientes=pendientes
    )
    item.fecha_parcial = leer_fecha(propuesta.fecha)
    if tipo.ficha_de_archivo is not None:
        item.ficha = tipo.ficha_de_archivo(caso.mime, caso.lectura.datos)
    if ingreso.publicar:
        item.estado, item.publicado_en = tipo.estado_publico, timezone.now()
    return guardar(item, Edicion(actor=ingreso.actor, motivo="Ingreso de archivo"))


def _entra_en_un_album(ingreso: Ingreso) -> bool:
    return ingreso.destino is not None and ingreso.rol == "fotografia" and es_sesion_fotografica(ingreso.destino)


def _acceso_en_su_album(ingreso: Ingreso) -> str:
    """Las fotografías de un álbum entran con el nivel pedido y se abren una por una; en lo demás, el del documento."""
    return ingreso.acceso if _entra_en_un_album(ingreso) else ""


@transaction.atomic
def catalogar(caso: Caso) -> None:
    """En una sola transacción: el elemento (o el anexo del elemento pedido), su adjunto, sus páginas y el veredicto."""
    ingreso, lectura = caso.ingreso, caso.lectura
    assert caso.objeto is not None  # noqa: S101 - lo deja el paso derivar
    objeto = ObjetoDigital.objects.select_for_update().get(pk=caso.objeto.pk)
    if adjunto := adjunto_a_la_vista(ingreso):
        raise YaEstaba(adjunto)
    item = ingreso.destino or _item_nuevo(caso)
    nuevo = AdjuntoNuevo(
        objeto=objeto,
        nombre=ingreso.nombre,
        rol=ingreso.rol,
        paginas=lectura.textos,
        lectura=lectura.lectura,
        avisos=caso.avisos,
        datos=lectura.datos,
        acceso=_acceso_en_su_album(ingreso),
    )
    encargar_lectura(adjuntar(item, nuevo, ingreso.actor), ingreso.actor)
    ingreso.estado, ingreso.objeto, ingreso.item = Ingreso.Estado.ACEPTADO, objeto, item
    ingreso.ruta = ""
    ingreso.avisos, ingreso.propuestas = caso.avisos, caso.propuesta.como_dict()
    ingreso.save()


PASOS: tuple[Callable[[Caso], None], ...] = (reconocer, detectar, inspeccionar, derivar, describir, catalogar)


def recorrer(ingreso: Ingreso) -> None:
    """Lleva un ingreso por todos los pasos. Lanza `Veredicto` si no se acepta."""
    caso = Caso(ingreso, ingreso.archivo)
    for paso in PASOS:
        paso(caso)
