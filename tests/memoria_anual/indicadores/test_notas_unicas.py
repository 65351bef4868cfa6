"""Las notas únicas, contadas leyendo sólo lo de su periodo, son las de la regla lenta que recorre todo el archivo."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archivo.catalogo.puerta import Item, Relacion
from memoria_anual.indicadores.puerta import cifra, desglose, leer_periodo, lista
from memoria_anual.indicadores.reglas.monitoreo import repetidas

NOTA = st.tuples(
    st.dates(date(2024, 11, 1), date(2026, 2, 1)) | st.none(),
    st.sampled_from(("publicado", "archivado", "borrador", "retirado")),
    st.sampled_from(("recorte", "recorte", "recorte", "boletin")),
)


def regla_lenta(desde: date, hasta: date) -> set[int]:
    """Todas menos la primera de cada grupo, juntando los grupos de dos en dos hasta que ninguno se toque."""
    cuentan = {
        i.pk: (i.fecha, i.pk)
        for i in Item.objects.filter(tipo="recorte", fecha__isnull=False)
        if i.estado in {"publicado", "archivado"}
    }
    grupos = [set(par) for par in Relacion.objects.filter(clase="nota_madre").values_list("origen_id", "destino_id")]
    juntos: list[set[int]] = []
    for grupo in grupos:
        tocan = [g for g in juntos if g & grupo]
        juntos = [g for g in juntos if not g & grupo] + [grupo.union(*tocan)]
    repiten = {d for g in juntos for d in sorted(cuentan[pk] for pk in g if pk in cuentan)[1:]}
    return {pk for dia, pk in repiten if desde <= dia <= hasta}


class NotasUnicasTest(TestCase):
    @settings(max_examples=20, deadline=None)
    @given(st.lists(NOTA, min_size=2, max_size=10), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=10))
    def test_las_repetidas_son_las_de_la_regla_lenta(self, notas: list, pares: list) -> None:
        hechas = Item.objects.bulk_create(
            Item(tipo=tipo, titulo=f"Nota {n}", fecha=dia, fecha_hasta=dia, estado=estado)
            for n, (dia, estado, tipo) in enumerate(notas)
        )
        lazos = {(hechas[a % len(hechas)].pk, hechas[b % len(hechas)].pk) for a, b in pares}
        Relacion.objects.bulk_create(Relacion(origen_id=a, destino_id=b, clase="nota_madre") for a, b in lazos if a != b)
        for clave in ("2025", "2025-T1"):
            periodo = leer_periodo(clave)
            esperadas = regla_lenta(periodo.desde, periodo.hasta)
            assert repetidas(periodo).keys() == esperadas
            impactos, unicas = lista("NOT", periodo), lista("NOT-U", periodo)
            assert unicas == [r for r in impactos if r.objeto_id not in esperadas]
            c = cifra("NOT-U", periodo)
            assert c.anterior == len(lista("NOT-U", periodo.anterior))
            assert c.valor == c.elementos == len(unicas) == c.lectura.totales.elementos
            assert sum(p.elementos for p in desglose(c, "medio")) == len(unicas)
