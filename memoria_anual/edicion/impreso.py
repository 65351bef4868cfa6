"""La memoria en papel: el PDF entero y la hoja de resumen, de su documento resuelto."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format

from archivo.catalogo.puerta import membrete
from archivo.objetos.puerta import ObjetoAusente, ObjetoDigital, abrir
from archivo.salidas import Foto, ImagenNoAdmitida, Recursos, componer, datos_de_enlace, datos_de_institucion
from memoria_anual.edicion.documento import principales
from memoria_anual.edicion.tablas import cifras_csv

CIFRAS_EN_EL_RESUMEN = 12
Avisar = Callable[[str], None]


def _abarca(documento: dict[str, Any]) -> str:
    """«1 de enero a 31 de diciembre de 2026», de los días del periodo."""
    desde, hasta = (date.fromisoformat(d) for d in documento["dias"])
    inicio = date_format(desde, r"j \d\e F") if desde.year == hasta.year else date_format(desde, r"j \d\e F \d\e Y")
    return f"{inicio} a {date_format(hasta, r'j \d\e F \d\e Y')}"


def datos_de_hoja(documento: dict[str, Any], recursos: Recursos) -> dict[str, Any]:
    """Lo común a los impresos."""
    corte = date_format(datetime.fromisoformat(documento["corte"]["momento"]), r"j \d\e F \d\e Y")
    return documento | {
        "institucion": datos_de_institucion(membrete(), recursos),
        "documento": {
            "titulo": f"{documento['titulo']}, {documento['nombre_de_periodo']}",
            "descripcion": f"{documento['tipo_nombre']} con cifras trazables al corte del {corte}.",
            "claves": [documento["tipo_nombre"].lower(), documento["periodo"], "indicadores"],
        },
        "abarca": _abarca(documento),
        **datos_de_enlace(documento["direccion"]),
    }


def memoria_pdf(documento: dict[str, Any]) -> bytes:
    """El PDF de la memoria (PDF/A-3a y PDF/UA-1), con sus cifras adjuntas. Mismo documento, mismos bytes."""
    recursos = Recursos()
    hoja = datos_de_hoja(documento, recursos)
    marca = "" if documento["estado"] in {"publicada", "archivada"} else "BORRADOR"
    hoja["capitulos"] = [c | {"bloques": [_pieza(b, recursos) for b in c["bloques"]]} for c in documento["capitulos"]]
    hoja |= {"marca": marca, "adjuntos": _adjuntos(documento)}
    return componer("memoria", hoja, recursos, dia_de(documento))


def dia_de(documento: dict[str, Any]) -> date:
    """La fecha del impreso: el día de su corte."""
    return date.fromisoformat(documento["corte"]["momento"][:10])


def _pieza(bloque: dict[str, Any], recursos: Recursos) -> dict[str, Any]:
    if bloque["tipo"] == "grafica":
        return {c: v for c, v in bloque.items() if c != "svg"} | {"archivo": _grafica(bloque["svg"], recursos)}
    if bloque["tipo"] == "galeria":
        return bloque | {"fotos": [p for f in bloque["fotos"] if (p := fotografia(f, recursos))]}
    return bloque


def _grafica(svg: str, recursos: Recursos) -> str:
    archivo = f"graficas/{len(recursos)}.svg"
    recursos[archivo] = svg.encode()
    return archivo


def fotografia(foto: dict[str, Any], recursos: Recursos) -> dict[str, Any] | None:
    """La foto puesta entre los recursos, reducida y sin posición; None si su original falta o no se puede leer."""
    objeto = ObjetoDigital.objects.filter(sha256=foto["sha256"]).first()
    if objeto is None:
        return None
    try:
        with abrir(objeto) as archivo:
            return recursos.con_foto(Foto(archivo.read(), foto["alt"], foto["pie"], foto["credito"], foto["clave"]))
    except (ObjetoAusente, ImagenNoAdmitida):
        return None


def _adjuntos(documento: dict[str, Any]) -> list[dict[str, str]]:
    """Lo que va dentro del PDF para las máquinas: las cifras y los capítulos."""
    capitulos = json.dumps(documento["capitulos"], ensure_ascii=False, sort_keys=True)
    return [
        {"nombre": "cifras.csv", "mime": "text/csv", "descripcion": "Todas las cifras del corte", "contenido": cifras_csv(documento).decode()},
        {"nombre": "capitulos.json", "mime": "application/json", "descripcion": "Capítulos y cifras, legibles por máquina", "contenido": capitulos},
    ]  # fmt: skip


def resumen_pdf(documento: dict[str, Any]) -> bytes:
    """Una hoja con las cifras principales y una gráfica: la primera que compara con el año anterior, si la hay."""
    recursos = Recursos()
    hoja = datos_de_hoja({c: v for c, v in documento.items() if c != "capitulos"}, recursos)
    bloques = [b for c in documento["capitulos"] for b in c["bloques"]]
    graficas = sorted((b for b in bloques if b["tipo"] == "grafica"), key=lambda b: not b["claves"])
    grafica = graficas[0] if graficas else None
    hoja |= {
        "cifras": principales(documento, CIFRAS_EN_EL_RESUMEN),
        "grafica": {"titulo": grafica["titulo"], "alt": grafica["alt"], "archivo": _grafica(grafica["svg"], recursos)} if grafica else None,
        "aportaciones": documento["colofon"]["aportaciones"],
    }  # fmt: skip
    return componer("memoria_resumen", hoja, recursos, dia_de(documento))
