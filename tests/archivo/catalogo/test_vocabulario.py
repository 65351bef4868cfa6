import json

import pytest
from django.core.management import CommandError, call_command

from archivo.catalogo.puerta import CambioRechazado, Edicion, Tema, guardar, terminos_buscables, vocabulario
from archivo.indexacion.models import CambioIndice
from tests.fabricas import elemento

pytestmark = pytest.mark.django_db
TURTLE = b"""
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix e: <http://ejemplo.org/t/> .
e:lista a skos:ConceptScheme ; skos:prefLabel "Materias"@es .
e:salud a skos:Concept ; skos:prefLabel "Salud"@es, "Health"@en ; skos:inScheme e:lista ; skos:narrower e:vacunas .
e:vacunas a skos:Concept ; skos:prefLabel "Vacunaci\xc3\xb3n"@es ; skos:altLabel "Inmunizaci\xc3\xb3n"@es ;
  skos:hiddenLabel "bacunacion"@es ; skos:related e:epidemia ; skos:notation "614.4" ; skos:scopeNote "Campa\xc3\xb1as y dosis."@es .
e:epidemia a skos:Concept ; skos:prefLabel "Epidemias"@es .
e:peste a skos:Concept ; skos:prefLabel "Pestes"@es ; owl:deprecated true ; dct:isReplacedBy e:epidemia .
"""


def _cambio(**escrito):
    return vocabulario.CambioDeTema(None, vocabulario.TerminoEscrito(**escrito))


def _tema(nombre, **escrito):
    return vocabulario.guardar_tema(Tema(nombre=nombre), _cambio(**escrito))


def test_un_sinonimo_vale_por_su_termino():
    vacunas = _tema("Vacunación", alternas=["Inmunización"], ocultas=["bacunas"])
    temas = vocabulario.proponer_temas(["INMUNIZACION", "bacunas", "vacunación", "Otro"])
    assert [t.nombre for t in temas] == ["Vacunación", "Otro"]
    assert temas[0].pk == vacunas.pk
    assert temas[1].estado == "por_verificar"


def test_guardar_un_elemento_resuelve_sinonimos_y_se_busca_por_ellos():
    _tema("Vacunación", alternas=["Inmunización"])
    item = elemento()
    guardar(item, Edicion(None, temas=["inmunización"]))
    assert [t.nombre for t in item.temas.all()] == ["Vacunación"]
    assert "Inmunización" in terminos_buscables(item)


def test_cambiar_los_sinonimos_avisa_a_la_busqueda():
    tema = _tema("Vacunación")
    item = elemento(temas=["Vacunación"])
    CambioIndice.objects.all().delete()
    vocabulario.guardar_tema(tema, _cambio(alternas=["Inmunización"]))
    assert set(CambioIndice.objects.values_list("item_id", flat=True)) == {item.pk}


def test_reemplazar_un_termino_mueve_sus_elementos_y_lo_deja_como_sinonimo():
    viejo, nuevo = _tema("Basura", alternas=["Desperdicios"]), _tema("Residuos sólidos")
    uno, los_dos = elemento(temas=["Basura"]), elemento(temas=["Basura", "Residuos sólidos"])
    assert vocabulario.fundir_tema(viejo, nuevo, _cambio()) == 2
    for item in (uno, los_dos):
        assert [t.nombre for t in item.temas.all()] == ["Residuos sólidos"]
    viejo.refresh_from_db()
    assert (viejo.estado, viejo.reemplazado_por_id) == ("en_desuso", nuevo.pk)
    assert {e.texto for e in nuevo.etiquetas.all()} == {"Basura", "Desperdicios"}
    assert vocabulario.proponer_temas(["basura"])[0].pk == nuevo.pk


def test_el_reemplazo_no_da_vueltas():
    uno, otro = _tema("Uno"), _tema("Otro")
    vocabulario.fundir_tema(uno, otro, _cambio())
    with pytest.raises(CambioRechazado):
        vocabulario.fundir_tema(otro, uno, _cambio())


def test_la_jerarquia_no_forma_circulos():
    abuelo = _tema("Abuelo")
    padre = _tema("Padre", amplios=[abuelo])
    hijo = _tema("Hijo", amplios=[padre])
    with pytest.raises(CambioRechazado, match="está debajo"):
        vocabulario.guardar_tema(abuelo, _cambio(amplios=[hijo]))
    assert vocabulario.vecindad(padre) == vocabulario.Vecindad((abuelo,), (hijo,), ())


def test_relacionado_lo_es_en_los_dos_sentidos():
    uno = _tema("Uno")
    otro = _tema("Otro", relacionados=[uno])
    assert vocabulario.vecindad(uno).relacionados == (otro,)
    assert vocabulario.vecindad(otro).relacionados == (uno,)


def test_elegir_ofrece_por_sinonimo_y_nunca_lo_que_esta_en_desuso():
    _tema("Vacunación", alternas=["Inmunización"])
    viejo = _tema("Inmunidad vieja")
    vocabulario.fundir_tema(viejo, _tema("Salud"), _cambio())
    opciones = vocabulario.elegir_tema("inmu").opciones
    assert {(o.valor, o.detalle) for o in opciones} == {
        ("Vacunación", "en lugar de «Inmunización»"),
        ("Salud", "en lugar de «Inmunidad vieja»"),
    }


class TestSkos:
    def test_entra_con_sinonimos_jerarquia_y_reemplazos(self):
        hecho = vocabulario.importar_vocabulario(TURTLE, "turtle", None)
        assert (hecho.terminos, hecho.creados, hecho.rechazados) == (4, 4, 0)
        vacunas = Tema.objects.get(nombre="Vacunación")
        assert {(e.texto, e.clase) for e in vacunas.etiquetas.all()} == {("Inmunización", "alterna"), ("bacunacion", "oculta")}
        assert (vacunas.notacion, vacunas.nota_alcance) == ("614.4", "Campañas y dosis.")
        vecinos = vocabulario.vecindad(vacunas)
        assert [t.nombre for t in vecinos.amplios] == ["Salud"]
        assert [t.nombre for t in vecinos.relacionados] == ["Epidemias"]
        assert Tema.objects.get(nombre="Salud").esquema == "Materias"
        peste = Tema.objects.get(nombre="Pestes")
        assert (peste.estado, peste.reemplazado_por.nombre) == ("en_desuso", "Epidemias")

    def test_repetirlo_no_cambia_nada(self):
        vocabulario.importar_vocabulario(TURTLE, "turtle", None)
        otra = vocabulario.importar_vocabulario(TURTLE, "turtle", None)
        assert (otra.creados, otra.actualizados, otra.sin_cambio) == (0, 0, 4)

    def test_en_ensayo_solo_cuenta(self):
        hecho = vocabulario.importar_vocabulario(TURTLE, "turtle", None, ensayo=True)
        assert hecho.creados == 4
        assert not Tema.objects.exists()

    @pytest.mark.parametrize("formato", ["turtle", "xml", "json-ld"])
    def test_sale_y_vuelve_igual(self, formato):
        vocabulario.importar_vocabulario(TURTLE, "turtle", None)
        antes = self._retrato()
        datos = vocabulario.exportar_vocabulario(formato)
        Tema.objects.all().update(reemplazado_por=None)
        Tema.objects.all().delete()
        hecho = vocabulario.importar_vocabulario(datos, formato, None)
        assert hecho.rechazados == 0
        assert self._retrato() == antes

    def _retrato(self):
        return {
            t.nombre: (
                t.uri,
                t.notacion,
                t.estado,
                t.esquema,
                t.nota_alcance,
                tuple(sorted((e.texto, e.clase) for e in t.etiquetas.all())),
                tuple(x.nombre for x in vocabulario.vecindad(t).amplios),
                tuple(x.nombre for x in vocabulario.vecindad(t).relacionados),
                t.reemplazado_por.nombre if t.reemplazado_por else "",
            )
            for t in Tema.objects.all()
        }

    @pytest.mark.parametrize(
        ("datos", "formato", "frase"),
        [
            (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x">]><r>&a;</r>', "xml", "DOCTYPE"),
            (b'<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>', "xml", "DOCTYPE"),
            (b"<r>", "xml", "bien formado"),
            (b'{"@context": "http://169.254.169.254/contexto", "@id": "a"}', "json-ld", "@context"),
            (b'{"@graph": [{"@context": ["file:///etc/passwd"]}]}', "json-ld", "@context"),
            (b"[" * 100_000, "json-ld", "JSON"),
            (b"esto no es turtle", "turtle", "no se puede leer"),
            (b"", "turtle", "ningún término"),
            (b"x" * 20_000_001, "turtle", "20 MB"),
        ],
    )
    def test_lo_hostil_o_roto_se_rechaza_con_una_frase(self, datos, formato, frase):
        with pytest.raises(vocabulario.VocabularioIlegible, match=frase):
            vocabulario.importar_vocabulario(datos, formato, None)

    def test_una_bomba_de_entidades_no_crece(self):
        bomba = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
            f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
        )
        with pytest.raises(vocabulario.VocabularioIlegible):
            vocabulario.importar_vocabulario(f"{bomba}]><r>&j;</r>".encode(), "xml", None)

    def test_un_circulo_se_rechaza_y_lo_demas_entra(self):
        datos = b"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <urn:a> skos:prefLabel "A" ; skos:broader <urn:b> . <urn:b> skos:prefLabel "B" ; skos:broader <urn:a> ."""
        hecho = vocabulario.importar_vocabulario(datos, "turtle", None)
        assert (hecho.creados, hecho.rechazados) == (2, 1)
        assert "debajo" in hecho.errores[0]["motivo"]


class TestOrden:
    def test_importar_y_exportar(self, tmp_path, capsys):
        entrada, salida = tmp_path / "v.ttl", tmp_path / "v.rdf"
        entrada.write_bytes(TURTLE)
        call_command("vocabulario", "importar", str(entrada), "--json")
        assert json.loads(capsys.readouterr().out)["creados"] == 4
        call_command("vocabulario", "exportar", str(salida), "--json")
        assert b"prefLabel" in salida.read_bytes()

    @pytest.mark.parametrize("nombre", ["v.txt", "no-existe.ttl"])
    def test_lo_inutilizable_sale_con_dos(self, tmp_path, nombre):
        with pytest.raises(CommandError) as error:
            call_command("vocabulario", "importar", str(tmp_path / nombre))
        assert error.value.returncode == 2
