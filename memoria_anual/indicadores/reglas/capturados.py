"""Lo que el archivo no puede contar: se captura cada mes, con su fuente, y así se marca."""

from memoria_anual.indicadores.captura import fuente_capturada
from memoria_anual.indicadores.declaracion import Indicador, Medida, Origen, Semantica
from memoria_anual.indicadores.registro import registrar_indicador

_CAPTURADO = "Se captura: el archivo no tiene de dónde contarlo. Sólo suma las mediciones que caben enteras en el periodo."

for _clave, _nombre, _unidad, _cuenta, _capitulo in (
    ("RED", "Publicaciones en redes", "publicaciones", "Publicaciones propias en redes sociales, por red.", 6),
    ("QUE", "Quejas captadas", "quejas", "Quejas captadas en medios y redes.", 13),
    ("QUE-T", "Quejas turnadas", "quejas", "De las captadas, las turnadas a la autoridad competente.", 13),
    ("QUE-R", "Quejas con respuesta", "quejas", "De las turnadas, las que la autoridad respondió.", 13),
    ("ARC-T", "Expedientes transferidos", "expedientes", "Expedientes cuya transferencia se aceptó.", 14),
):
    registrar_indicador(
        Indicador(
            clave=_clave,
            nombre=_nombre,
            unidad=_unidad,
            cuenta=f"{_cuenta} {_CAPTURADO}",
            base="Los días que dice cada medición.",
            medida=Medida.SUMA,
            fuente=fuente_capturada(_clave),
            origen=Origen.CAPTURA,
            capitulo=_capitulo,
        )
    )

registrar_indicador(
    Indicador(
        clave="RED-S",
        nombre="Seguidores en redes",
        unidad="seguidores",
        cuenta=f"Los de la última medición del periodo, por red. {_CAPTURADO}",
        base="El último día de cada medición.",
        semantica=Semantica.EXISTENCIA,
        medida=Medida.SUMA,
        fuente=fuente_capturada("RED-S", ultima=True),
        origen=Origen.CAPTURA,
        capitulo=6,
    )
)
