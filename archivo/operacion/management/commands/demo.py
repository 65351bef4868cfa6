"""Orden `demo`: prepara, siembra si hace falta y sirve."""

from typing import Any

from archivo.identidad.puerta import Usuario, crear_usuario, enlace_para
from archivo.operacion import frases
from archivo.operacion.management.commands import servir
from archivo.operacion.preparacion import esta_vacio, poner_indice_al_dia, preparar, sembrar_muestra
from archivo.operacion.servicio import direccion

PERSONAS = {"demo": ("administracion", "titular"), "demo-redaccion": ("redaccion",)}

ALTA = "python manage.py usuarios crear NOMBRE --rol administracion (imprime un enlace de un solo uso)."


class Command(servir.Command):
    """Un archivo vacío se siembra con la muestra; uno que ya tiene elementos se sirve como está."""

    help = "Prepara y sirve el archivo de ACERVO_DATOS; si está vacío lo siembra con la muestra."

    def handle(self, *args: Any, anfitrion: str, puerto: int, **opciones: Any) -> None:
        """Abre el puerto sólo cuando ya se puede buscar."""
        frases.exigir_puerto_libre(anfitrion, puerto)
        with frases.claras():
            preparar(muestra=False, avisar=self.stderr.write)
            if esta_vacio():
                self._crear_personas()
                sembrar_muestra(self.stderr.write)
            self.stderr.write("Poniendo el índice al día…")
            poner_indice_al_dia()
        self.stderr.write("Arrancando web, trabajador e indizador…")
        super().handle(*args, anfitrion=anfitrion, puerto=puerto, **opciones)

    def _crear_personas(self) -> None:
        for nombre, roles in PERSONAS.items():
            for rol in roles:
                crear_usuario(nombre, rol)

    def _ya_contesta(self, anfitrion: str, puerto: int) -> None:
        raiz = direccion(anfitrion, puerto).rstrip("/")
        for nombre in PERSONAS:
            persona = Usuario.objects.filter(username=nombre).first()
            if persona is not None:
                self.stdout.write(f"Entrar una sola vez como «{nombre}»: {raiz}{enlace_para(persona)}")
        if not Usuario.objects.filter(is_active=True, nombramientos__rol="administracion").exists():
            self.stdout.write(f"Nadie administra este archivo todavía. Para entrar: {ALTA}")
        super()._ya_contesta(anfitrion, puerto)
