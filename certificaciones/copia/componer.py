"""De las fuentes y el acta a la copia sin firmar: admitir, foliar, componer las hojas y ensamblar, por tomos si hace falta."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from .contrato import Acta, CajaDeFirma, CopiaCompuesta, CopiaImposible, Cuenta, CuentaDeFuente, Fuente, Huella, Papel, Tomo
from .foliado import repartir
from .hojas import cadena_original
from .legajo import Expediente, legajo_de, preparar
from .obra import en_obra
from .taller import Relojes, Taller


def _cuenta_de(n: int, expediente: Expediente) -> CuentaDeFuente:
    parte, admitida = expediente.de(n), expediente.admitidas[n]
    inicial, final = parte.fojas
    suya = n == parte.fuentes[0]
    return CuentaDeFuente(
        admitida.nombre,
        inicial,
        final,
        final - inicial + 1 if suya else 0,
        len(parte.caras) if suya else 0,
        admitida.rutas,
        admitida.firmas,
    )


def contar_fojas(fuentes: Sequence[Fuente]) -> Cuenta:
    """Cuántas fojas tendrá la copia y por qué camino se copia cada fuente. Lanza `FuenteRechazada` o `CopiaImposible`.

    Prepara todo como `componer`, así que lo que aquí se cuenta es lo que sale. Las grabaciones seguidas comparten las fojas de su
    relación: se cuentan en la primera.
    """
    with en_obra() as carpeta:
        expediente = preparar(fuentes, carpeta)
    por_fuente = tuple(_cuenta_de(n, expediente) for n in range(len(fuentes)))
    rutas = tuple(f"{c.nombre}: {ruta}" for c in por_fuente for ruta in c.rutas)
    return Cuenta(expediente.fojas, sum(c.paginas for c in por_fuente), por_fuente, rutas)


def _rutas_de_tomos(salida: Path, cuantos: int) -> list[Path]:
    return [salida, *(salida.with_name(f"{salida.stem}-tomo-{n}{salida.suffix}") for n in range(2, cuantos + 1))]


def _exigir(acta: Acta, expediente: Expediente) -> None:
    if acta.emitida.tzinfo is None:
        raise CopiaImposible("La fecha de emisión no dice su huso horario. Dé la hora local con su huso.")
    if acta.fojas is not None and acta.fojas != expediente.fojas:
        raise CopiaImposible(
            f"El texto dice {acta.fojas} fojas y son {expediente.fojas}. Redáctelo de nuevo con la cuenta correcta."
        )


def componer(acta: Acta, fuentes: Sequence[Fuente], salida: Path, papel: Papel = "foja") -> CopiaCompuesta:
    """Escribe en `salida` la copia sin firmar; los mismos datos dan siempre los mismos bytes.

    `papel="carta"` es la que se imprime, por ambas caras: todo cabe en carta y cada dorso en blanco dice «SIN TEXTO». Más de mil
    fojas o 250 MiB se reparten en tomos (`salida`, `…-tomo-2.pdf`). Lanza `FuenteRechazada`, `CopiaImposible` o los errores de
    los impresos.
    """
    relojes = Relojes()
    with en_obra() as carpeta:
        with relojes.paso("ingreso"):
            expediente = preparar(fuentes, carpeta)
        _exigir(acta, expediente)
        taller = Taller(acta, expediente, legajo_de(acta, expediente), papel, carpeta, relojes)
        reparto = repartir(expediente.partes)
        tomos, cajas = [], []
        for n, (partes, ruta) in enumerate(zip(reparto, _rutas_de_tomos(salida, len(reparto)), strict=True), 1):
            desde, hasta = partes[0].fojas[0], partes[-1].fojas[1]
            numero = {"n": n, "de": len(reparto), "desde": desde, "hasta": hasta} if len(reparto) > 1 else None
            paginas, hojas = taller.tomo(partes, ruta, numero)
            with relojes.paso("huella"):
                tomos.append(Tomo(n, len(reparto), ruta, desde, hasta, paginas, _sha256(ruta)))
            cajas.append(hojas.caja)
    return _resultado(taller, tuple(tomos), cajas[0])


def _resultado(taller: Taller, tomos: tuple[Tomo, ...], caja: CajaDeFirma) -> CopiaCompuesta:
    legajo = taller.legajo
    return CopiaCompuesta(
        ruta=tomos[0].ruta,
        fojas=legajo.fojas,
        paginas=tomos[0].paginas,
        sha256=tomos[0].sha256,
        huellas=tuple(Huella(r.nombre, r.sha256, r.bytes, r.adjunto) for r in legajo.renglones),
        huella_del_conjunto=legajo.huella,
        cadena_original=cadena_original(taller.acta, legajo),
        rutas=tuple(f"{r.nombre}: {ruta}" for r in legajo.renglones for ruta in r.rutas),
        caja_de_firma=caja,
        tomos=tomos,
        norma={"a": "3a", "b": "3b"}.get(taller.nivel, ""),
        pasos=taller.relojes.pasos,
        memoria=taller.memoria,
    )


def _sha256(ruta: Path) -> str:
    with ruta.open("rb") as archivo:
        return hashlib.file_digest(archivo, "sha256").hexdigest()
