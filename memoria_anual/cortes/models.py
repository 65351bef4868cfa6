"""Un corte: las cifras de un periodo y lo que las formaba, tal como estaban. Sólo se agrega; también lo impide la base."""

from django.db import models
from django.utils import timezone

from archivo.auditoria.puerta import Historia
from archivo.identidad.puerta import Usuario
from memoria_anual.indicadores.puerta import Periodo, leer_periodo


class Corte(Historia):
    """El momento en que se congelaron las cifras. `hash`: SHA-256 del JSON canónico de todo lo congelado (docs/indicadores.md)."""

    periodo = models.CharField("periodo", max_length=30, db_index=True)
    desde = models.DateField("desde")
    hasta = models.DateField("hasta")
    momento = models.DateTimeField("momento", default=timezone.now)
    motivo = models.CharField("motivo", max_length=300, blank=True)
    actor = models.ForeignKey(Usuario, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quién")
    formato = models.PositiveSmallIntegerField("versión del formato", default=1)
    elementos_total = models.PositiveIntegerField("elementos", default=0)
    hash = models.CharField("huella", max_length=64, unique=True)

    class Meta:
        verbose_name = "corte"
        verbose_name_plural = "cortes"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"Corte {self.pk} · {self.nombre_de_periodo}"

    @property
    def nombre_de_periodo(self) -> str:
        """El periodo, como se dice."""
        return self.como_periodo.nombre

    @property
    def como_periodo(self) -> Periodo:
        """El periodo con los días que tenía al cortar, aunque después cambie el año de gobierno."""
        return Periodo(self.desde, self.hasta, leer_periodo(self.periodo).clave)

    def cifra(self, clave: str) -> "CifraDeCorte | None":
        """La cifra de ese indicador, o None si no se cortó."""
        return self.cifras.filter(clave=clave).first()


class CifraDeCorte(Historia):
    """El valor de un indicador y la lista que lo forma.

    `lista` son los lugares (`ElementoDeCorte.n`) de sus renglones, en orden; `pesos`, cuánto aporta cada uno (vacía: uno cada
    uno). `regla` copia lo declarado: `cuenta`, `excluye`, `base`, `origen`. `desgloses`: nombre → `[{clave, rotulo, valor, elementos}]`.
    """

    corte = models.ForeignKey(Corte, models.PROTECT, related_name="cifras")
    orden = models.PositiveSmallIntegerField("lugar")
    clave = models.CharField("clave", max_length=20)
    nombre = models.CharField("nombre", max_length=150)
    unidad = models.CharField("unidad", max_length=40)
    semantica = models.CharField("semántica", max_length=12)
    medida = models.CharField("medida", max_length=12)
    regla = models.JSONField("regla", default=dict)
    valor = models.DecimalField("valor", max_digits=20, decimal_places=2, null=True)
    anterior = models.DecimalField("un año antes", max_digits=20, decimal_places=2, null=True)
    anterior_capturado = models.BooleanField("el anterior se tecleó", default=False)
    numerador = models.DecimalField("numerador", max_digits=20, decimal_places=4, null=True)
    denominador = models.DecimalField("denominador", max_digits=20, decimal_places=4, null=True)
    elementos = models.PositiveIntegerField("elementos", default=0)
    capturada = models.BooleanField("se tecleó", default=False)
    nota = models.CharField("nota", max_length=500, blank=True)
    desgloses = models.JSONField("desgloses", default=dict)
    lista = models.JSONField("lista", default=list)
    pesos = models.JSONField("pesos", default=list)

    class Meta:
        verbose_name = "cifra de un corte"
        verbose_name_plural = "cifras de un corte"
        ordering = ("orden",)
        constraints = [models.UniqueConstraint(fields=["corte", "clave"], name="cifra_unica_en_corte")]

    def __str__(self) -> str:
        return f"{self.clave} = {self.valor}"


class ElementoDeCorte(Historia):
    """Una cosa contada, como estaba al cortar. `clase` y `objeto_id` dicen qué fila era; `clave`, cómo la conoce la gente."""

    corte = models.ForeignKey(Corte, models.PROTECT, related_name="elementos")
    n = models.PositiveIntegerField("lugar")
    clase = models.CharField("clase", max_length=20)
    objeto_id = models.BigIntegerField("fila")
    clave = models.CharField("clave", max_length=120)
    tipo = models.CharField("tipo", max_length=30, blank=True)
    titulo = models.CharField("título", max_length=1000)
    folio = models.CharField("folio", max_length=120, blank=True)
    fecha = models.DateField("fecha", null=True)
    estado = models.CharField("estado", max_length=30, blank=True)
    area = models.CharField("área", max_length=200, blank=True)
    acceso = models.CharField("acceso", max_length=25, blank=True)

    class Meta:
        verbose_name = "elemento de un corte"
        verbose_name_plural = "elementos de un corte"
        ordering = ("n",)
        constraints = [models.UniqueConstraint(fields=["corte", "n"], name="elemento_lugar_unico")]

    def __str__(self) -> str:
        return f"{self.clave} {self.titulo}"


class ComparacionHecha(models.Model):
    """Lo que cambió desde un corte hasta otro (`con`) o hasta `momento`. Se rehace cuando se pide: no es historia.

    `cifras` son sólo las que cambiaron: `[{clave, nombre, antes, despues, regla_distinta, solo_en, entraron, salieron, cambiaron}]`, las
    tres últimas, cuántos (están en `cambios`); antes y después, texto decimal o null.
    """

    corte = models.ForeignKey(Corte, models.PROTECT, related_name="comparaciones")
    con = models.ForeignKey(Corte, models.PROTECT, null=True, related_name="+")
    momento = models.DateTimeField("momento", default=timezone.now)
    cifras = models.JSONField("cifras", default=list)
    terminada = models.BooleanField("terminada", default=False)

    class Meta:
        verbose_name = "comparación de un corte"
        verbose_name_plural = "comparaciones de cortes"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.corte} y {self.con or 'lo de ahora'}"


class CambioHallado(models.Model):
    """Una cosa que entró, salió o cambió en una cifra. `que`: `entro`, `salio` o `cambio`; `n`: su lugar entre ellas, desde 0."""

    comparacion = models.ForeignKey(ComparacionHecha, models.CASCADE, related_name="cambios")
    cifra = models.CharField("cifra", max_length=20)
    que = models.CharField("qué", max_length=10)
    n = models.PositiveIntegerField("lugar")
    clase = models.CharField("clase", max_length=20)
    objeto_id = models.BigIntegerField("fila")
    clave = models.CharField("clave", max_length=120)
    titulo = models.CharField("título", max_length=1000)
    motivo = models.TextField("motivo")
    quien = models.CharField("quién", max_length=300, blank=True)

    class Meta:
        verbose_name = "cambio hallado"
        verbose_name_plural = "cambios hallados"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["comparacion", "cifra", "que", "n"], name="cambio_lugar_unico")]

    def __str__(self) -> str:
        return f"{self.clave} {self.titulo}"

    @property
    def contado(self) -> "CambioHallado":
        """Lo contado, con lo que hace falta para saber quién lo ve."""
        return self
