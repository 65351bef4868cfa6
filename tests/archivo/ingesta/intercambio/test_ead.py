"""EAD ajeno: lo peligroso no se abre, lo que mezcla marcas y texto se entiende, y nada se pierde callado."""

import pytest

from archivo.ingesta.intercambio import xml_seguro
from archivo.ingesta.intercambio.servicio import leer
from archivo.ingesta.puerta import ArchivoInutilizable

EAD = """<ead{ns}><eadheader><eadid>MX-1</eadid><filedesc><titlestmt><titleproper>Fondo</titleproper></titlestmt></filedesc></eadheader>
<archdesc level="fonds"><did><unittitle>Fondo</unittitle><unitid>F</unitid></did>{mas}</archdesc></ead>"""


def _ead(mas="", ns=""):
    return EAD.format(mas=mas, ns=ns)


def _leer(ruta):
    return leer(ruta, ruta.name)


RISAS = """<?xml version="1.0"?><!DOCTYPE ead [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>"""
EXTERNA = """<?xml version="1.0"?><!DOCTYPE ead [<!ENTITY x SYSTEM "file:///etc/passwd">]>"""
DE_PARAMETRO = """<?xml version="1.0"?><!DOCTYPE ead [<!ENTITY % x SYSTEM "http://192.0.2.1/x.dtd"> %x;]>"""


@pytest.mark.parametrize("prologo", [RISAS, EXTERNA, DE_PARAMETRO])
def test_un_doctype_que_declara_entidades_no_se_abre(xml_de, prologo):
    with pytest.raises(ArchivoInutilizable, match="declara entidades"):
        _leer(xml_de(prologo + _ead("<scopecontent><p>&d;</p></scopecontent>")))


def test_un_doctype_que_solo_nombra_su_dtd_se_abre_sin_ir_por_ella(xml_de):
    prologo = '<!DOCTYPE ead PUBLIC "+//ISBN 1-931666-00-8//DTD ead.dtd//EN" "http://192.0.2.1/ead.dtd">'
    leido = _leer(xml_de(prologo + _ead("<scopecontent><p>Espacio&nbsp;duro &copy;</p></scopecontent>")))
    assert leido.unidades[0].isad["alcance"] == "Espacio duro ©"


@pytest.mark.parametrize(
    ("contenido", "frase"),
    [
        ('<?xml version="1.0" encoding="UTF-8"?><ead>ñ</ead>'.encode("latin-1"), "codificación"),
        (b"<ead><archdesc></ead>", "no es XML bien formado"),
        (b"<html><body/></html>", "no es EAD"),
        (b'<ead xmlns="urn:otra:cosa"><archdesc/></ead>', "espacio de nombres"),
        (b"<ead><eadheader/></ead>", "archdesc"),
        (b"<a>" * 400 + b"</a>" * 400, "fuera de toda medida"),
    ],
)
def test_lo_que_no_se_puede_leer_dice_por_que(xml_de, contenido, frase):
    with pytest.raises(ArchivoInutilizable, match=frase):
        _leer(xml_de(contenido))


def test_un_archivo_enorme_se_rechaza_sin_leerlo(xml_de, monkeypatch):
    monkeypatch.setattr(xml_seguro, "BYTES_MAXIMOS", 100)
    with pytest.raises(ArchivoInutilizable, match="Divídalo"):
        _leer(xml_de(_ead()))


@pytest.mark.parametrize("ns", ["", ' xmlns="urn:isbn:1-931666-22-9"'])
def test_el_contenido_mixto_queda_como_texto_y_se_avisa(xml_de, ns):
    mas = """<scopecontent><head>Alcance</head><p>Cartas de <persname>Ana García</persname>, a
      mano.<lb/>Y copias.</p><list><item>Una</item><item>Dos</item></list></scopecontent>
      <accessrestrict><p>Reservado</p></accessrestrict><prefercite><p>Citar así.</p></prefercite>"""
    leido = _leer(xml_de(_ead(mas, ns)))
    unidad = leido.unidades[0]
    assert unidad.isad["alcance"] == "Alcance\n\nCartas de Ana García, a mano.\nY copias.\n\nUna\n\nDos"
    assert unidad.otros == {"prefercite": "Citar así."}
    assert sorted(a.campo for a in leido.avisos) == ["persname", "prefercite"]


def test_componentes_numerados_fechas_y_objetos(xml_de):
    mas = """<dsc><c01 level="series" id="s1"><did><unittitle>Serie</unittitle><unitid>F/S</unitid>
      <unitdate normal="1986/1998" datechar="creation">1986 a 1998</unitdate><physdesc><extent>3 cajas</extent></physdesc>
      <origination><corpname>Sindicato</corpname></origination></did>
      <c02 level="item"><did><unittitle>Foto</unittitle>
      <dao xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="fotos/1.jpg" xlink:title="Uno"/></did>
      <controlaccess><controlaccess><subject>Huelgas</subject></controlaccess><geogname>Almería</geogname></controlaccess></c02></c01></dsc>"""
    serie, foto = _leer(xml_de(_ead(mas))).unidades[1:]
    assert (serie.id, serie.codigo, serie.nivel, serie.madre) == ("s1", "F/S", "serie", "1")
    evento = serie.eventos[0]
    assert (evento.texto, evento.desde, evento.hasta, evento.actor, evento.clase_de_actor) == (
        "1986 a 1998",
        "1986",
        "1998",
        "Sindicato",
        "organismo",
    )
    assert serie.isad["volumen"] == "3 cajas"
    assert (foto.madre, foto.objetos[0].ruta, foto.objetos[0].titulo) == ("s1", "fotos/1.jpg", "Uno")
    assert [(p.clase, p.nombre) for p in foto.puntos] == [("tema", "Huelgas"), ("lugar", "Almería")]


def test_un_nivel_propio_conserva_su_nombre(xml_de):
    leido = _leer(xml_de(_ead('<dsc><c level="otherlevel" otherlevel="legado"><did><unittitle>X</unittitle></did></c></dsc>')))
    assert (leido.unidades[1].nivel_original, leido.unidades[1].nivel) == ("legado", "expediente")
    assert any("legado" in a.motivo for a in leido.avisos)
