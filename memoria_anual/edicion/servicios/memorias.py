"""Abrir una memoria, escribir sus capítulos, ponerle su corte y pasarla de un estado a otro."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from archivo.identidad.puerta import Area, Paso, Usuario, lector_de
from archivo.salidas import texto_llano
from memoria_anual.cortes.puerta import Corte, cortar
from memoria_anual.edicion.documento import mesa_de
from memoria_anual.edicion.estados import EDITAN
from memoria_anual.edicion.models import Capitulo, Memoria, PlantillaDeCapitulo
from memoria_anual.edicion.plantillas import asegurar_plantillas, cuerpo_para
from memoria_anual.edicion.resolucion import Bloque, resolver
from memoria_anual.edicion.servicios.permisos import (
    CambioDeMemoriaRechazado,
    anotar,
    con_constancia,
    exigir,
    puede_editar,
)
from memoria_anual.indicadores.puerta import Periodo

QUIEN_EDITA = "Integrar y escribir la memoria le toca a redacción o a quien es titular del área que la lleva."


@dataclass(frozen=True)
class MemoriaNueva:
    """Lo que hace falta para abrir una."""

    periodo: Periodo
    tipo: str = "anual"
    titulo: str = ""
    area: Area | None = None


TITULOS = {"anual": "Memoria anual de actividades", "trimestral": "Informe trimestral", "gestion": "Informe de gestión"}


@transaction.atomic
def abrir_memoria(nueva: MemoriaNueva, actor: Usuario | None) -> Memoria:
    """Abre la memoria de un periodo con los capítulos de la plantilla.

    Raises:
        CambioDeMemoriaRechazado: ya hay una de ese tipo y periodo, o no le toca.
    """
    memoria = Memoria(titulo=nueva.titulo or TITULOS[nueva.tipo], tipo=nueva.tipo, periodo=nueva.periodo.clave, area=nueva.area)
    exigir(actor, procede=lambda lector: puede_editar(lector, memoria), dicho=QUIEN_EDITA)
    try:
        with transaction.atomic():
            memoria.save()
    except IntegrityError as ya:
        raise CambioDeMemoriaRechazado(f"Ya hay una memoria de ese tipo para {nueva.periodo.nombre}. Ábrala en la lista.") from ya
    Capitulo.objects.bulk_create(capitulos_de_plantilla(memoria))
    anotar("memoria.abierta", memoria.objeto, actor, periodo=memoria.periodo, tipo=memoria.tipo)
    return memoria


def capitulos_de_plantilla(memoria: Memoria) -> list[Capitulo]:
    """Los capítulos con que empieza, sin guardar: los de la plantilla, cada uno con las cifras que le tocan."""
    asegurar_plantillas()
    return [
        Capitulo(
            memoria=memoria, orden=p.orden, titulo=p.titulo, entradilla=p.entradilla, origen=p.origen,
            cuerpo=p.cuerpo.get_prep_value() if p.cuerpo else cuerpo_para(p.orden),
        )
        for p in PlantillaDeCapitulo.objects.all()
    ]  # fmt: skip


def tomar_para_escribir(memoria: Memoria, actor: Usuario | None) -> Memoria:
    """La fila apartada, si se escribe y a esa persona le toca."""
    fila = Memoria.objects.select_for_update().get(pk=memoria.pk)
    exigir(actor, procede=lambda lector: puede_editar(lector, fila), dicho=QUIEN_EDITA)
    if not fila.situacion.se_escribe:
        raise CambioDeMemoriaRechazado(
            f"La memoria está {fila.situacion.nombre.lower()}: ya no se escribe. Pida que se devuelva con observaciones."
        )
    return fila


def anotar_editor(memoria: Memoria, actor: Usuario | None) -> None:
    """Quien escribe en ella no podrá autorizarla."""
    if actor is not None:
        memoria.editores.add(actor)


@con_constancia("memoria.capitulo_guardado")
@transaction.atomic
def guardar_capitulo(memoria: Memoria, actor: Usuario | None, capitulo: Capitulo, version: int | None = None) -> Capitulo:
    """Guarda un capítulo. `version`: la que se tenía a la vista.

    Raises:
        CambioDeMemoriaRechazado: la memoria ya no se escribe, no le toca, o alguien lo guardó antes.
    """
    tomar_para_escribir(memoria, actor)
    previo = Capitulo.objects.select_for_update().filter(pk=capitulo.pk).first()
    if previo is None:
        raise CambioDeMemoriaRechazado(
            "Otra persona quitó este capítulo mientras usted lo escribía. Copie lo suyo y agréguelo de nuevo."
        )
    if version is not None and previo.version != version:
        raise CambioDeMemoriaRechazado(
            "Otra persona guardó este capítulo mientras usted lo escribía. Copie lo suyo, ábralo de nuevo y compárelo."
        )
    antes = _huella(previo)
    capitulo.version, capitulo.orden = previo.version + 1, previo.orden
    capitulo.save()
    capitulo.save_revision(user=actor)
    anotar_editor(memoria, actor)
    cambios = {c: [antes.get(c), v] for c, v in _huella(capitulo).items() if antes.get(c) != v}
    anotar("memoria.capitulo_guardado", memoria.objeto, actor, capitulo=capitulo.orden, cambios=cambios)
    return capitulo


def _huella(capitulo: Capitulo) -> dict[str, Any]:
    return {
        "titulo": capitulo.titulo, "entradilla": capitulo.entradilla[:200], "bloques": len(capitulo.cuerpo), "sin_revisar": capitulo.sin_revisar,
    }  # fmt: skip


@con_constancia("memoria.corte_puesto")
@transaction.atomic
def poner_corte(memoria: Memoria, actor: Usuario | None, corte: Corte) -> Memoria:
    """Fija de qué corte salen las cifras; volver a cortar sólo se puede antes de autorizar.

    Raises:
        CambioDeMemoriaRechazado: es de otro periodo, o la memoria ya no se escribe.
    """
    fila = tomar_para_escribir(memoria, actor)
    if corte.periodo != fila.periodo:
        raise CambioDeMemoriaRechazado(
            f"El corte {corte.pk} es de {corte.nombre_de_periodo}; la memoria, de {fila.como_periodo.nombre}."
        )
    previo = fila.corte_id
    fila.corte = corte
    fila.save(update_fields=["corte"])
    anotar("memoria.corte_puesto", fila.objeto, actor, antes=previo, corte=corte.pk, hash=corte.hash)
    memoria.refresh_from_db()
    return memoria


@transaction.atomic
def revisar_corte(memoria: Memoria, actor: Usuario | None) -> None:
    """¿Se le puede poner otro corte?

    Raises:
        CambioDeMemoriaRechazado: ya no se escribe, o no le toca.
    """
    tomar_para_escribir(memoria, actor)


def cortar_y_poner(memoria: Memoria, actor: Usuario) -> Corte:
    """Corta ahora las cifras de su periodo, y la memoria las toma de ahí.

    Raises:
        CambioDeMemoriaRechazado: la memoria ya no se escribe.
        CorteImposible: el archivo cambia tanto que una cifra no se deja leer entera.
    """
    revisar_corte(memoria, actor)
    corte = cortar(memoria.como_periodo, actor, f"Para «{memoria}»")
    poner_corte(memoria, actor, corte)
    return corte


@con_constancia("memoria.datos_guardados")
@transaction.atomic
def guardar_datos(memoria: Memoria, actor: Usuario | None) -> Memoria:
    """Guarda el título y lo de la página legal (editor, ISBN, depósito legal).

    Raises:
        CambioDeMemoriaRechazado: ya no se escribe, o no le toca.
    """
    antes = tomar_para_escribir(memoria, actor)
    campos = ("titulo", "editor_responsable", "isbn", "deposito_legal")
    cambios = {c: [getattr(antes, c), getattr(memoria, c)] for c in campos if getattr(antes, c) != getattr(memoria, c)}
    memoria.save(update_fields=campos)
    anotar_editor(memoria, actor)
    anotar("memoria.datos_guardados", memoria.objeto, actor, cambios=cambios)
    return memoria


@dataclass(frozen=True)
class Repaso:
    """Lo que se halla al leerla antes de enviarla: las faltas lo impiden; los capítulos vacíos sólo se avisan."""

    faltas: Sequence[str] = ()
    vacios: Sequence[Capitulo] = ()


def repasar(memoria: Memoria, paso: Paso) -> Repaso:
    """Lo que impide enviar a revisión o autorizar, en frases que dicen qué hacer, y los capítulos que saldrían en blanco."""
    if paso.accion not in {"enviar_a_revision", "autorizar"}:
        return Repaso()
    if memoria.corte is None:
        return Repaso(["Falta el corte: corte las cifras del periodo y asígnelo."])
    vacios = []
    faltas = [
        f"Capítulo {c.orden}: hay párrafos de otra memoria que nadie ha revisado ({c.sin_revisar})."
        for c in memoria.capitulos.all() if c.sin_revisar
    ]  # fmt: skip
    mesa = mesa_de(memoria)
    for capitulo in memoria.capitulos.all():
        antes = len(mesa.avisos)
        vacios += [] if any(map(_dice_algo, resolver(capitulo.cuerpo, mesa))) else [capitulo]
        faltas += [f"Capítulo {capitulo.orden}: {aviso}" for aviso in mesa.avisos[antes:]]
    faltas += [
        f"Aportación de {a.area}: acéptela o devuélvala con observaciones."
        for a in memoria.aportaciones.filter(estado="entregada")
    ]
    return Repaso(faltas, vacios)


def _dice_algo(bloque: Bloque) -> bool:
    """¿Deja algo que leer? Un subtítulo sin nada abajo y un párrafo en blanco, no."""
    return bloque["tipo"] != "subtitulo" and (bloque["tipo"] != "parrafo" or bool(texto_llano(bloque["texto"]).strip()))


def pasos_de(memoria: Memoria, actor: Usuario) -> list[Paso]:
    """Los pasos que esa persona puede dar hoy."""
    lector = lector_de(actor)
    return [
        p
        for p in memoria.situacion.salidas
        if any(r.rol in p.roles and r.area_id in {None, memoria.area_id} for r in lector.roles)
    ]


@con_constancia("memoria.paso")
@transaction.atomic
def dar_paso(memoria: Memoria, actor: Usuario | None, accion: str, motivo: str = "") -> Memoria:
    """Pasa la memoria de estado. Publicar no es de aquí: congela y archiva (`publicacion.publicar`).

    Raises:
        CambioDeMemoriaRechazado: con todo lo que falta; el intento queda en la bitácora.
    """
    fila = Memoria.objects.select_for_update().get(pk=memoria.pk)
    paso = fila.situacion.paso(accion)
    if paso is None or accion == "publicar":
        raise CambioDeMemoriaRechazado(f"Una memoria {fila.situacion.nombre.lower()} no admite «{accion}».")
    repaso = revisar_paso(fila, paso, actor, motivo)
    _EFECTOS.get(accion, _nada)(fila, actor)
    fila.estado = paso.destino
    fila.save()
    vacios = {"vacios": [c.orden for c in repaso.vacios]} if repaso.vacios else {}
    anotar(f"memoria.{accion}", fila.objeto, actor, motivo.strip(), estado=fila.estado, **vacios)
    memoria.refresh_from_db()
    return memoria


def revisar_paso(fila: Memoria, paso: Paso, actor: Usuario | None, motivo: str) -> Repaso:
    """Quién, con qué motivo y qué falta.

    Raises:
        CambioDeMemoriaRechazado: algo lo impide.
    """
    if actor is not None and paso not in pasos_de(fila, actor):
        nombres = "redacción o titular" if paso.roles == EDITAN else "titular"
        raise CambioDeMemoriaRechazado(f"«{paso.nombre}» le toca a {nombres} del área que lleva la memoria.")
    if paso.pide_motivo and not motivo.strip():
        raise CambioDeMemoriaRechazado(f"Escriba el motivo de «{paso.nombre}».")
    if paso.exige_otra_persona and actor is not None and fila.editores.filter(pk=actor.pk).exists():
        raise CambioDeMemoriaRechazado(
            "Quien escribió en la memoria no puede autorizarla. Pídalo a otra persona titular, o a quien la supla."
        )
    repaso = repasar(fila, paso)
    if repaso.faltas:
        raise CambioDeMemoriaRechazado(" ".join(repaso.faltas))
    return repaso


def _nada(fila: Memoria, actor: Usuario | None) -> None:
    """Ese paso no tiene más efecto que el estado."""


def _autorizar(fila: Memoria, actor: Usuario | None) -> None:
    """Quien firma y cuándo; lo que no llegó se da por no entregado."""
    fila.autoriza, fila.autorizada_en = actor, timezone.now()
    fila.aportaciones.filter(estado__in=("solicitada", "en_captura", "con_observaciones")).update(estado="no_entregada")


def _observar(fila: Memoria, actor: Usuario | None) -> None:
    fila.autoriza, fila.autorizada_en = None, None


_EFECTOS = {"autorizar": _autorizar, "observar": _observar}
