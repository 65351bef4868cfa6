"""Sin motor de búsqueda: el folio y las palabras del título, preguntados a la base.

No hay facetas, ni texto, ni orden por relevancia: es lo bastante para encontrar el documento que ya se conoce. El título se
busca entre lo más reciente, para que la base no recorra un archivo entero cuando más se la necesita.
"""

from django.db.models import CharField, Lookup, Q

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Lector
from archivo.portal.puerta import leer_consulta
from buscador import hallazgos
from buscador.folios import folio_de
from buscador.respuesta import Resultado
from search import fold

RECIENTES = 100_000
CUANTOS = 20
PALABRAS = 6
_MAS_CANDIDATOS = 4  # el comodín en lugar de las vocales trae de más; se revisan en Python
_SIN_VOCALES = str.maketrans(dict.fromkeys("aeiouáéíóúüàèìòùâêîôûnñ%\\", "_"))


@CharField.register_lookup
class Como(Lookup):
    """`campo__como=patrón`: LIKE sin distinguir mayúsculas; `%` y `_` son comodines."""

    lookup_name = "como"

    def as_sql(self, compiler, connection):
        """El SQL de cada base."""
        izquierda, de_izquierda = self.process_lhs(compiler, connection)
        derecha, de_derecha = self.process_rhs(compiler, connection)
        orden = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
        return f"{izquierda} {orden} {derecha}", (*de_izquierda, *de_derecha)


def por_folio_y_titulo(texto: str, lector: Lector) -> list[Resultado]:
    """Hasta veinte elementos que esa persona puede ver, con ese folio o esas palabras en el título; lo más nuevo primero."""
    visibles = Item.objects.visibles_para(lector)
    claves = list(visibles.filter(_del_folio(texto)).order_by("-pk").values_list("clave", flat=True)[:CUANTOS])
    claves += [c for c in _del_titulo(texto, lector) if c not in claves]
    return hallazgos.resultados(claves[:CUANTOS], {}, leer_consulta(texto), lector)


def _del_folio(texto: str) -> Q:
    limpio = " ".join(texto.split())
    pedido = Q(folio=limpio) | Q(clave=limpio.lower()) if limpio else Q(pk__in=[])
    leido = folio_de(limpio)
    if leido is None:
        return pedido
    numero, anio = leido
    return pedido | (Q(numero=numero, anio_numero=anio) if anio else Q(numero=numero))


def _del_titulo(texto: str, lector: Lector) -> list[str]:
    """Claves con todas las palabras en el título, sin reparar en acentos ni mayúsculas."""
    palabras = [p for p in (fold(trozo) for trozo in texto.split()) if len(p) > 1][:PALABRAS]
    if not palabras:
        return []
    ultimo = Item.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    filas = Item.objects.visibles_para(lector).filter(pk__gt=ultimo - RECIENTES)
    for palabra in palabras:
        filas = filas.filter(titulo__como=f"%{palabra.translate(_SIN_VOCALES)}%")
    candidatos = filas.order_by("-pk").values_list("clave", "titulo")[: CUANTOS * _MAS_CANDIDATOS]
    return [clave for clave, titulo in candidatos if all(p in _doblado(titulo) for p in palabras)]


def _doblado(titulo: str) -> str:
    return " ".join(fold(trozo) for trozo in titulo.split())
