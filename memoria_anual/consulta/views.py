"""La memoria publicada: sus capítulos, la lista de lo que cuenta cada cifra y sus archivos. Todo sale de lo congelado."""

import re
from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archivo.identidad.puerta import lector_de
from archivo.objetos.puerta import ObjetoAusente, abrir
from memoria_anual.consulta.listas import Mirada, pagina_de_lista
from memoria_anual.cortes.puerta import CifraDeCorte, ElementoDeCorte
from memoria_anual.edicion.puerta import EdicionPublicada, capitulo_para_web, principales, relacion_csv

EN_LA_PORTADA = 9
_MES = re.compile(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])\Z")


def _edicion(periodo: str) -> EdicionPublicada:
    hallada = EdicionPublicada.objects.select_related("memoria", "item").filter(periodo=periodo).first()
    if hallada is None:
        raise Http404
    return hallada


def _comun(edicion: EdicionPublicada) -> dict[str, Any]:
    return {
        "edicion": edicion, "d": edicion.contenido, "seccion": "memoria", "archivos": edicion.archivos.select_related("objeto"),
        "base": reverse("memoria:portada", args=[edicion.periodo]),
    }  # fmt: skip


@require_safe
def memorias(request: HttpRequest) -> HttpResponse:
    """Las publicadas, la más reciente primero."""
    vistas: dict[str, EdicionPublicada] = {}
    for edicion in EdicionPublicada.objects.select_related("memoria").defer("contenido"):
        vistas.setdefault(edicion.periodo, edicion)
    ordenadas = sorted(vistas.values(), key=lambda e: e.periodo, reverse=True)
    return render(request, "memoria/memorias.html", {"ediciones": ordenadas, "seccion": "memoria"})


@require_safe
def portada(request: HttpRequest, periodo: str) -> HttpResponse:
    """Qué es, sobre qué corte, sus capítulos y sus cifras principales."""
    edicion = _edicion(periodo)
    unicas = principales(edicion.contenido, EN_LA_PORTADA)
    bloques = [{"tipo": "cifras", "cifras": unicas}] if unicas else []
    puestas = capitulo_para_web({"n": 0, "bloques": bloques}, reverse("memoria:portada", args=[periodo]))
    return render(request, "memoria/portada.html", _comun(edicion) | {"bloques": puestas["bloques"], "notas": puestas["notas"]})


@require_safe
def capitulo(request: HttpRequest, periodo: str, n: str) -> HttpResponse:
    """Un capítulo, con el de antes y el que sigue."""
    edicion = _edicion(periodo)
    capitulos: Sequence[dict[str, Any]] = edicion.contenido["capitulos"]
    lugar = next((i for i, c in enumerate(capitulos) if str(c["n"]) == n), None)
    if lugar is None:
        raise Http404
    comun = _comun(edicion)
    contexto = comun | {
        "capitulo": capitulo_para_web(capitulos[lugar], comun["base"]),
        "anterior": capitulos[lugar - 1] if lugar else None,
        "siguiente": capitulos[lugar + 1] if lugar + 1 < len(capitulos) else None,
    }
    return render(request, "memoria/capitulo.html", contexto)


def _cifra(edicion: EdicionPublicada, clave: str) -> tuple[dict[str, Any], CifraDeCorte]:
    dicha = next((c for c in edicion.contenido["cifras"] if c["clave"] == clave), None)
    corte = edicion.memoria.corte
    fila = corte.cifra(clave) if dicha and corte else None
    if dicha is None or fila is None:
        raise Http404
    return dicha, fila


def _del_mes(fila: CifraDeCorte, mes: str) -> list[int]:
    """Los lugares de la lista cuya fecha es de ese mes, en el orden de la lista."""
    anio, numero = int(mes[:4]), int(mes[5:])
    del_mes = set(
        ElementoDeCorte.objects.filter(corte_id=fila.corte_id, fecha__year=anio, fecha__month=numero).values_list("n", flat=True)
    )
    return [n for n in fila.lista if n in del_mes]


@require_safe
def cifra(request: HttpRequest, periodo: str, clave: str) -> HttpResponse:
    """La lista exacta de lo que cuenta una cifra, congelada: quien lee ve lo que puede ver, y cuánto no."""
    edicion = _edicion(periodo)
    dicha, fila = _cifra(edicion, clave)
    mes = request.GET.get("mes", "")
    mes = mes if _MES.match(mes) else ""
    fila.lista = _del_mes(fila, mes) if mes else fila.lista
    usuario = request.user if request.user.is_authenticated else None
    mirada = Mirada(lector_de(request.user), "memoria publicada", usuario)
    contexto = _comun(edicion) | {"cifra": dicha, "mes": mes} | pagina_de_lista(request, fila, mirada)
    return render(request, "memoria/cifra.html", contexto)


@require_safe
def lista_csv(request: HttpRequest, periodo: str, clave: str) -> StreamingHttpResponse:
    """La misma lista en CSV: sólo lo que cualquiera puede ver."""
    edicion = _edicion(periodo)
    _, fila = _cifra(edicion, clave)
    respuesta = StreamingHttpResponse(relacion_csv(fila.corte, [clave]), content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="memoria-{edicion.periodo}-{clave}.csv"'
    return respuesta


@require_safe
def archivo(request: HttpRequest, periodo: str, nombre: str) -> FileResponse:
    """Un archivo de la edición, tal como se publicó."""
    hallado = _edicion(periodo).archivos.select_related("objeto").filter(nombre=nombre).first()
    if hallado is None:
        raise Http404
    try:
        return FileResponse(
            abrir(hallado.objeto), as_attachment=not nombre.endswith(".pdf"), filename=nombre, content_type=hallado.mime
        )
    except ObjetoAusente as falta:
        raise Http404 from falta
