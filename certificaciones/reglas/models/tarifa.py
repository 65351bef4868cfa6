"""Cuánto cuesta: tabuladores con fecha y fundamento, y el valor de la UMA."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from certificaciones.reglas.models.vigencia import ConVigencia, VigenciaQuerySet, en_orden


class Tabulador(models.Model):
    """Un juego de tarifas de una misma norma, con su manera de redondear el total."""

    class Redondeo(models.TextChoices):
        """Cómo se ajusta el total."""

        LFD_6 = "lfd_6", "A pesos: de 1 a 50 centavos, hacia abajo; de 51 a 99, hacia arriba (LFD, art. 6)"
        NINGUNO = "ninguno", "Al centavo"

    clave = models.SlugField("clave", max_length=30, unique=True)
    nombre = models.CharField("nombre", max_length=200)
    redondeo = models.CharField("redondeo del total", max_length=10, choices=Redondeo, default=Redondeo.LFD_6)
    fundamento = models.TextField("fundamento", help_text="Norma que fija las cuotas.")
    es_muestra = models.BooleanField("valores de muestra", default=False, help_text="Nadie de la institución los ha revisado.")

    class Meta:
        verbose_name = "tabulador"
        verbose_name_plural = "tabuladores"
        ordering = ("clave",)

    def __str__(self) -> str:
        return self.nombre


class Tarifa(ConVigencia):
    """El precio de una unidad de algo entre dos fechas; sin monto ni factor todavía no puede cobrarse.

    `factor_uma` se multiplica por la UMA del día. La gratuidad sólo vale donde la norma la da: las hojas simples (LGTAIP 143).
    """

    class Concepto(models.TextChoices):
        """Qué se cobra."""

        COPIA_CERTIFICADA = "copia_certificada", "Copia certificada"
        COMPULSA = "compulsa", "Compulsa de documento"
        PLANO_CERTIFICADO = "plano_certificado", "Copia certificada de plano"
        OTRA_CERTIFICACION = "otra_certificacion", "Otra certificación o constancia"
        COPIA_SIMPLE = "copia_simple", "Copia simple"
        COPIA_TESTADA = "copia_testada", "Copia simple con partes testadas"
        DISCO = "disco", "Disco compacto"
        ENVIO = "envio", "Envío"

    class Unidad(models.TextChoices):
        """Qué se cuenta."""

        HOJA = "hoja", "hoja"
        DOCUMENTO = "documento", "documento"
        PLANO = "plano", "plano"
        DISCO = "disco", "disco"
        ENVIO = "envio", "envío"

    class Gratuidad(models.TextChoices):
        """Qué es gratis."""

        NINGUNA = "ninguna", "Nada"
        UMBRAL = "umbral", "Todo, si no pasa del límite; si pasa, se cobra todo"
        FRANQUICIA = "franquicia", "Siempre las primeras; se cobra lo que pase"

    tabulador = models.ForeignKey(Tabulador, models.PROTECT, related_name="tarifas", verbose_name="tabulador")
    concepto = models.CharField("concepto", max_length=30, choices=Concepto)
    unidad = models.CharField("unidad", max_length=12, choices=Unidad, default=Unidad.HOJA)
    monto = models.DecimalField("monto por unidad", max_digits=10, decimal_places=2, null=True, blank=True)
    factor_uma = models.DecimalField(
        "veces la UMA", max_digits=10, decimal_places=4, null=True, blank=True, help_text="En lugar del monto."
    )
    gratuidad = models.CharField("gratuidad", max_length=10, choices=Gratuidad, default=Gratuidad.NINGUNA)
    gratis = models.PositiveIntegerField("unidades gratuitas", default=0)
    fundamento = models.CharField("fundamento", max_length=300, help_text="Artículo y fracción.")

    objects = VigenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "tarifa"
        verbose_name_plural = "tarifas"
        ordering = ("tabulador", "concepto", "-vigente_desde")
        constraints = [
            en_orden("tarifa_con_fechas_en_orden"),
            models.UniqueConstraint(fields=["tabulador", "concepto", "vigente_desde"], name="tarifa_unica_por_fecha"),
            models.CheckConstraint(
                condition=Q(monto__isnull=True) | Q(factor_uma__isnull=True), name="tarifa_con_monto_o_con_factor"
            ),
            models.CheckConstraint(
                condition=(Q(monto__isnull=True) | Q(monto__gte=0)) & (Q(factor_uma__isnull=True) | Q(factor_uma__gte=0)),
                name="tarifa_sin_negativos",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_concepto_display()} ({self.tabulador.clave})"

    @property
    def tiene_precio(self) -> bool:
        """¿Se capturó el monto o el factor?"""
        return self.monto is not None or self.factor_uma is not None

    def cobradas(self, cantidad: int) -> int:
        """Cuántas de esas unidades se cobran."""
        if self.gratuidad == self.Gratuidad.UMBRAL:
            return 0 if cantidad <= self.gratis else cantidad
        if self.gratuidad == self.Gratuidad.FRANQUICIA:
            return max(0, cantidad - self.gratis)
        return cantidad

    def instantanea(self) -> dict[str, Any]:
        """La tarifa tal como estaba, para guardarla con la orden de pago."""
        return {
            "tabulador": self.tabulador.clave,
            "redondeo": self.tabulador.redondeo,
            "concepto": self.concepto,
            "unidad": self.unidad,
            "monto": None if self.monto is None else str(self.monto),
            "factor_uma": None if self.factor_uma is None else str(self.factor_uma),
            "gratuidad": self.gratuidad,
            "gratis": self.gratis,
            "fundamento": self.fundamento,
            "vigente_desde": self.vigente_desde.isoformat(),
            "vigente_hasta": self.vigente_hasta.isoformat() if self.vigente_hasta else None,
            "es_muestra": self.tabulador.es_muestra,
        }


class ValorUma(ConVigencia):
    """El valor diario de la unidad de medida y actualización, en pesos, entre dos fechas."""

    valor = models.DecimalField("valor diario", max_digits=8, decimal_places=2)
    fundamento = models.CharField("publicación", max_length=300, blank=True)
    es_muestra = models.BooleanField("valores de muestra", default=False, editable=False)

    objects = VigenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "valor de la UMA"
        verbose_name_plural = "valores de la UMA"
        ordering = ("-vigente_desde",)
        constraints = [
            en_orden("uma_con_fechas_en_orden"),
            models.CheckConstraint(condition=Q(valor__gt=Decimal(0)), name="uma_positiva"),
        ]

    def __str__(self) -> str:
        return f"${self.valor}"
