"""Puntos de acceso, selectores e ISAD(G) por la cara HTTP de la oficina."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archivo.catalogo.puerta import Autoridad, Item, Lugar, Medio, Organismo, Persona, Tema, tipo_de, vocabulario
from archivo.identidad.puerta import Area
from archivo.indexacion.puerta import asegurar, poner_al_dia
from archivo.oficina.direcciones import direccion
from tests import fabricas
from tests.archivo.oficina.conftest import datos_de

pytestmark = pytest.mark.django_db


def _corregir(cliente, item, **cambios):
    url = direccion(tipo_de(item.tipo).modelo, "edit", item.pk)
    pagina = cliente.get(url)
    respuesta = cliente.post(url, datos_de(pagina.context["form"], pagina.context["anexos"], **cambios))
    if respuesta.status_code != 302:
        return respuesta.context["form"].errors
    return Item.objects.get(pk=item.pk)


def _menciones(item):
    return {(m.papel, str(m.autoridad)) for m in item.menciones.select_related("autoridad")}


def test_lo_conocido_se_enlaza_y_lo_nuevo_queda_por_verificar(boletin, entrar, redactora):
    Persona.objects.create(nombre="Ángela Núñez")
    Organismo.objects.create(nombre="Instituto Mexicano del Seguro Social").nombres.create(nombre="IMSS", clase="sigla")
    item = _corregir(entrar(redactora), boletin, personas="angela nunez; Luis Vega", dependencias="IMSS", lugares="Iztacalco")
    assert _menciones(item) == {
        ("persona", "Ángela Núñez"),
        ("persona", "Luis Vega"),
        ("dependencia", "Instituto Mexicano del Seguro Social"),
        ("lugar", "Iztacalco"),
    }
    assert set(Autoridad.objects.filter(por_verificar=True).values_list("nombre", flat=True)) == {"Luis Vega", "Iztacalco"}


def test_guardar_sin_cambios_no_hace_otra_version(boletin, entrar, redactora):
    item = _corregir(entrar(redactora), boletin, personas="Luis Vega")
    assert _corregir(entrar(redactora), item).version == item.version


def test_un_nombre_de_varias_pide_cual(boletin, entrar, redactora):
    for distincion in ("1915-1980", "1960-"):
        Persona.objects.create(nombre="Juan Pérez", distincion=distincion)
    errores = _corregir(entrar(redactora), boletin, personas="Juan Pérez")
    assert "«Juan Pérez (1915-1980)»" in str(errores["personas"])
    item = _corregir(entrar(redactora), boletin, personas="Juan Pérez (1960-)")
    assert _menciones(item) == {("persona", "Juan Pérez (1960-)")}


def test_el_medio_de_un_recorte(entrar, titular):
    recorte = fabricas.elemento("recorte", ficha=tipo_de("recorte").ficha.ejemplo)
    item = _corregir(entrar(titular), recorte, medio_escrito="El Centinela")
    assert (item.medio.nombre, item.medio.clase, item.medio.por_verificar) == ("El Centinela", "medio", True)
    assert _corregir(entrar(titular), item, medio_escrito="").medio is None


def test_isad_se_guarda_se_muestra_y_se_compara(boletin, entrar, redactora):
    cliente = entrar(redactora)
    item = _corregir(cliente, boletin, **{"isad-historia_archivistica": "Rescatado del sótano en 1999."})
    assert item.descripcion == {"historia_archivistica": "Rescatado del sótano en 1999."}
    modelo = tipo_de("boletin").modelo
    comparacion = cliente.get(direccion(modelo, "revisions_compare", item.pk, "earliest", "latest")).content.decode()
    assert "Historia archivística (3.2.3)" in comparacion
    assert "Rescatado del sótano" in comparacion
    Item.objects.filter(pk=item.pk).update(estado="publicado", acceso="publico", acceso_efectivo="publico")
    publica = cliente.get(item.get_absolute_url()).content.decode()
    assert "Rescatado del sótano en 1999." in publica
    assert _corregir(cliente, item, **{"isad-historia_archivistica": ""}).descripcion == {}


def test_entre_muchas_areas_se_escribe_y_se_elige(entrar, titular, serie):
    for n in range(20):
        Area.objects.create(clave=f"X{n}", nombre=f"Área {n}")
    item = fabricas.boletin(area=Area.objects.get(clave="X3"))
    cliente = entrar(titular)
    pagina = cliente.get(direccion(tipo_de("boletin").modelo, "edit", item.pk)).content.decode()
    assert 'value="Área 3"' in pagina
    assert "Área 17" not in pagina
    assert _corregir(cliente, item, area="área 17").area.clave == "X17"
    assert "No encontramos el área" in str(_corregir(cliente, item, area="Nada")["area"])


class TestSelectores:
    def _pedir(self, cliente, que, **datos):
        return cliente.get(reverse(f"oficina_selector_{que}"), datos)

    def test_solo_la_oficina(self, client, django_user_model):
        Persona.objects.create(nombre="Ana Ruiz")
        for que in ("autoridades", "temas", "areas", "elementos"):
            assert self._pedir(client, que, q="a").status_code == 302
        client.force_login(django_user_model.objects.create_user("ciudadana", password="x"))
        assert self._pedir(client, "autoridades", q="ana").status_code == 302

    def test_da_las_de_su_clase_con_llave_para_seguir(self, entrar, redactora):
        for n in range(15):
            Persona.objects.create(nombre=f"Ana {n:02}")
        Lugar.objects.create(nombre="Ana María")
        cliente = entrar(redactora)
        primera = self._pedir(cliente, "autoridades", clase="persona", q="ana").json()
        segunda = self._pedir(cliente, "autoridades", clase="persona", q="ana", desde=primera["siguiente"]).json()
        assert len(primera["opciones"]) == 12
        assert [o["valor"] for o in segunda["opciones"]] == ["Ana 12", "Ana 13", "Ana 14"]
        assert segunda["siguiente"] == ""

    @pytest.mark.parametrize("datos", [{"q": "\0"}, {"q": "%_"}, {"clase": "x"}, {"desde": "2|\0|5"}, {"q": "ñ" * 5000}])
    def test_lo_raro_no_rompe(self, entrar, redactora, datos):
        for que in ("autoridades", "temas", "areas", "elementos"):
            assert self._pedir(entrar(redactora), que, **datos).status_code == 200

    def test_elementos_solo_los_visibles(self, entrar, redactora, areas):
        asegurar()
        suyo = fabricas.boletin(titulo="Pozo catorce terminado", area=areas["CCS"])
        fabricas.boletin(titulo="Pozo quince secreto", area=areas["OBR"], acceso="reservado")
        poner_al_dia()
        opciones = self._pedir(entrar(redactora), "elementos", q="pozo").json()["opciones"]
        assert [o["valor"] for o in opciones] == [suyo.clave]
        assert self._pedir(entrar(redactora), "elementos", q=suyo.clave).json()["opciones"][0]["texto"] == suyo.titulo


class TestPantallas:
    @pytest.fixture
    def ana(self):
        return Persona.objects.create(nombre="Ana Ruiz López", por_verificar=True)

    def test_lista_filtra_y_pagina(self, entrar, redactora, ana):
        for n in range(60):
            Medio.objects.create(nombre=f"Diario {n:02}")
        cliente = entrar(redactora)
        lista = reverse("oficina_autoridades")
        assert len(cliente.get(lista, {"clase": "medio"}).context["filas"]) == 50
        siguiente = cliente.get(lista, {"clase": "medio"}).context["siguiente"]
        assert len(cliente.get(lista + siguiente).context["filas"]) == 10
        assert cliente.get(lista, {"por_verificar": "1"}).context["filas"] == [Autoridad.objects.get(pk=ana.pk)]
        assert [a.nombre for a in cliente.get(lista, {"q": "lopez ana"}).context["filas"]] == ["Ana Ruiz López"]

    def test_quien_solo_lee_no_cambia(self, entrar, persona, ana):
        cliente = entrar(persona("auditora", "auditoria"))
        assert cliente.get(reverse("oficina_autoridad", args=[ana.clave])).status_code == 200
        editar = cliente.post(reverse("oficina_autoridad_editar", args=[ana.clave]), {"nombre": "X"})
        assert editar.status_code in {302, 403}
        ana.refresh_from_db()
        assert ana.nombre == "Ana Ruiz López"

    def test_alta_avisa_si_se_parece_y_luego_guarda(self, entrar, redactora, ana):
        cliente = entrar(redactora)
        url = reverse("oficina_autoridad_nueva", args=["persona"])
        datos = {"nombre": "Ana Ruiz Lopes", "nombres-TOTAL_FORMS": "1", "nombres-INITIAL_FORMS": "0"}
        datos |= {"nombres-0-nombre": "Anita", "nombres-0-clase": "variante"}
        assert b"se parece a" in cliente.post(url, datos).content
        assert cliente.post(url, datos | {"ya_las_vi": "1"}).status_code == 302
        assert [n.nombre for n in Autoridad.objects.get(nombre="Ana Ruiz Lopes").nombres.all()] == ["Anita"]

    def test_lo_propio_de_un_lugar_se_valida(self, entrar, redactora):
        url = reverse("oficina_autoridad_nueva", args=["lugar"])
        datos = {"nombre": "Iztacalco", "nombres-TOTAL_FORMS": "0", "nombres-INITIAL_FORMS": "0"}
        mal = entrar(redactora).post(url, datos | {"datos-coordenadas": "norte"})
        assert mal.status_code == 422
        assert b"latitud y la longitud" in mal.content
        entrar(redactora).post(url, datos | {"datos-coordenadas": "19.3953, -99.0977"})
        assert Autoridad.objects.get().datos == {"coordenadas": "19.3953, -99.0977"}

    def test_renombrar_verificar_y_enlazar(self, entrar, redactora):
        uno = Organismo.objects.create(nombre="Uno", por_verificar=True)
        dos = Organismo.objects.create(nombre="Dos")
        cliente = entrar(redactora)

        def hacer(que, **datos):
            cliente.post(reverse("oficina_autoridad_hacer", args=[uno.clave, que]), datos)

        hacer("verificar")
        hacer("renombrar", nuevo="Uno nuevo", desde="1990")
        hacer("enlazar", otra="Dos", enlace="sucesora")
        uno.refresh_from_db()
        assert (uno.nombre, uno.por_verificar) == ("Uno nuevo", False)
        assert [(r.origen_id, r.clase) for r in uno.relaciones_inversas.all()] == [(dos.pk, "antecesora")]
        registro = cliente.get(reverse("oficina_autoridad", args=[uno.clave])).content.decode()
        assert "Sucesora de" in registro

    def test_fundir_con_previa_y_deshacer(self, entrar, redactora, ana):
        otra = Persona.objects.create(nombre="Ana Ruiz Lopes")
        cliente = entrar(redactora)
        url = f"{reverse('oficina_autoridad_fundir', args=[otra.clave])}?en={ana.clave}"
        assert b"se puede deshacer" in cliente.get(url).content
        assert not Autoridad.objects.filter(fundida_en__isnull=False).exists()
        cliente.post(url, {"motivo": "Errata"})
        otra.refresh_from_db()
        assert otra.fundida_en_id == ana.pk
        cliente.post(reverse("oficina_fusion_deshacer", args=[otra.fusiones.get().pk]))
        otra.refresh_from_db()
        assert otra.fundida_en_id is None

    def test_las_pantallas_abren(self, entrar, redactora, titular, ana):
        Autoridad.objects.create(clase="persona", nombre="Ana Ruiz Lopes")
        cliente = entrar(redactora)
        for nombre, args in [
            ("oficina_duplicados", []),
            ("oficina_autoridad", [ana.clave]),
            ("oficina_autoridad_editar", [ana.clave]),
            ("oficina_autoridad_fundir", [ana.clave]),
        ]:
            assert cliente.get(reverse(nombre, args=args)).status_code == 200, nombre
        assert cliente.get(reverse("oficina_autoridad", args=["x"])).status_code == 404

    def test_el_vocabulario_se_ensaya_y_se_descarga(self, entrar, titular):
        cliente = entrar(titular)
        skos = b'<urn:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "Agua" .'
        pagina = cliente.post(reverse("oficina_vocabulario"), {"archivo": SimpleUploadedFile("v.ttl", skos), "ensayo": "on"})
        assert "1 nuevos" in pagina.content.decode()
        descarga = cliente.get(reverse("oficina_vocabulario_exportar", args=["turtle"]))
        assert descarga["Content-Type"] == "text/turtle"


class TestTemas:
    def test_se_edita_con_sinonimos_y_relaciones_y_se_reemplaza(self, entrar, titular):
        salud = Tema.objects.create(nombre="Salud")
        cliente = entrar(titular)
        url = reverse("tema:add")
        datos = {"nombre": "Vacunación", "alternas": "Inmunización\nVacunas", "ocultas": "bacunas", "amplios": "salud"}
        datos |= {"relacionados": "", "nota_alcance": "", "esquema": "", "notacion": "", "estado": "vigente"}
        assert cliente.post(url, datos).status_code == 302
        tema = Tema.objects.get(nombre="Vacunación")
        assert {e.texto for e in tema.etiquetas.all()} == {"Inmunización", "Vacunas", "bacunas"}
        assert vocabulario.vecindad(tema).amplios == (salud,)
        item = fabricas.boletin(temas=["Inmunización"])
        pagina = cliente.get(reverse("tema:edit", args=[tema.pk])).content.decode()
        assert reverse("oficina_tema_reemplazar", args=[tema.pk]) in pagina
        cliente.post(reverse("oficina_tema_reemplazar", args=[tema.pk]), {"por": "Salud"})
        assert [t.nombre for t in item.temas.all()] == ["Salud"]

    def test_un_circulo_se_dice_en_su_campo(self, entrar, titular):
        padre = Tema.objects.create(nombre="Padre")
        hijo = Tema.objects.create(nombre="Hijo")
        vocabulario.guardar_tema(hijo, vocabulario.CambioDeTema(None, vocabulario.TerminoEscrito(amplios=[padre])))
        datos = {"nombre": "Padre", "alternas": "", "ocultas": "", "amplios": "Hijo", "relacionados": "", "estado": "vigente"}
        respuesta = entrar(titular).post(reverse("tema:edit", args=[padre.pk]), datos)
        assert "está debajo" in str(respuesta.context["form"].errors["amplios"])
