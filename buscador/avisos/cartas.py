"""Los correos de los avisos: texto llano, con su enlace de baja y sin rastreo."""

import re

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import ANONIMO, institucion
from archivo.salidas import carta, mandar_correo
from buscador.avisos.enlaces import BAJA, CONFIRMAR, direccion_completa, enlace_para
from buscador.models import BusquedaGuardada

_NI_PALABRA_NI_COMA = re.compile(r"[^\w\s«»,:]")


def mandar_confirmacion(guardada: BusquedaGuardada) -> None:
    """El correo que pide confirmar. No dice nada del archivo: quien no lo pidió sólo tiene que ignorarlo.

    De lo buscado van sólo las palabras: cualquiera puede pedir este correo para otra persona, y no lleva más enlaces que los nuestros.

    Raises:
        CorreoNoSalio: no salió.
    """
    valores = {
        "enlace": enlace_para(guardada, CONFIRMAR),
        "horas": settings.ACERVO_AVISOS_HORAS_PARA_CONFIRMAR,
        "nombre": _solo_palabras(guardada.nombre),
    }
    mandar_correo(_mensaje(guardada, "Confirme que quiere recibir avisos del archivo", "confirmar", valores))


def mandar_novedades(guardada: BusquedaGuardada) -> int:
    """Lo nuevo que cualquiera puede ver en este momento; devuelve cuántos documentos se anuncian, y con cero no escribe a nadie.

    Raises:
        CorreoNoSalio: no salió.
    """
    claves, total = guardada.por_enviar["claves"], guardada.por_enviar["total"]
    filas = {i.clave: i for i in Item.objects.visibles_para(ANONIMO).filter(clave__in=claves)}
    visibles = [filas[c] for c in claves if c in filas]
    if not visibles or not guardada.destino:
        return 0
    cuantos = total - len(claves) + len(visibles)
    items = visibles[: settings.ACERVO_AVISOS_POR_CORREO]
    documentos = [(i.titulo, i.fecha_texto or i.fecha, direccion_completa(i.get_absolute_url())) for i in items]
    valores = {
        "documentos": documentos,
        "total": cuantos,
        "mas": cuantos - len(items),
        "busqueda": direccion_completa(f"{reverse('buscador:buscar')}?{guardada.consulta}"),
    }
    asunto = f"{cuantos:,} documento{'s nuevos' if cuantos != 1 else ' nuevo'}: {guardada.nombre}"
    mandar_correo(_mensaje(guardada, asunto, "novedades", valores))
    return cuantos


def _solo_palabras(texto: str) -> str:
    """Sin signos con que un programa de correo haga un enlace: ni puntos, ni diagonales, ni arrobas."""
    return " ".join(_NI_PALABRA_NI_COMA.sub(" ", texto).split())


def _mensaje(guardada: BusquedaGuardada, asunto: str, cual: str, valores: dict[str, object]) -> EmailMessage:
    """Con identificador fijo por envío, para que un programa de correo junte los repetidos, y baja de un clic (RFC 8058)."""
    baja = enlace_para(guardada, BAJA)
    comunes = {"nombre": guardada.nombre, "baja": baja, "institucion": institucion().nombre}
    cuerpo = render_to_string(f"buscador/cartas/{cual}.txt", comunes | valores)
    vez = f"{guardada.enviado_en:%Y%m%d%H%M}" if guardada.enviado_en else "0"
    marca = f"busqueda-{guardada.pk}-{cual}-{vez}"
    cabeceras = {"List-Unsubscribe": f"<{baja}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return carta(" ".join(asunto.split())[:200], cuerpo, guardada.destino, marca=marca, cabeceras=cabeceras)
