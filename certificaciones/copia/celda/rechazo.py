"""Por qué un archivo no se copia: cada caso con su frase, que dice qué hacer."""

from typing import Any

MOTIVOS = {
    "vacio": "El archivo está vacío. Vuelva a obtenerlo de su origen y súbalo de nuevo.",
    "no_es_pdf": "El archivo no es un PDF, aunque su nombre lo diga. Consiga el PDF o la imagen del documento.",
    "clave": "El PDF pide contraseña para abrirse. Pida a quien lo dio una copia sin contraseña.",
    "danado": "El PDF está dañado o incompleto y puede faltarle una parte. Consiga un original íntegro; si no lo hay, ábralo, revise "
    "que se lea completo y confírmelo: se copiará la imagen de lo que se ve y la certificación lo dirá.",
    "incompleto": "El PDF está dañado y no se sabe cuántas páginas tiene. Consiga un original íntegro.",
    "sin_paginas": "El PDF no tiene páginas. Revise que sea el archivo correcto.",
    "no_coinciden": "Dos lectores cuentan distinto número de páginas en el PDF. Consiga un original íntegro.",
    "demasiadas": "El PDF tiene más páginas de las que una copia admite. Divídalo en varios archivos.",
    "xfa": "El PDF es un formulario dinámico (XFA) y sólo su programa lo muestra. Ábralo en Adobe Reader, imprímalo a PDF y suba "
    "el impreso junto con el original.",
    "portafolio": "El PDF es un portafolio: una carpeta con otros archivos dentro. Saque los archivos y pida la copia de cada uno.",
    "bomba": "El PDF se expande hasta un tamaño desmesurado al abrirlo y no se puede copiar sin riesgo. Consiga otro original.",
    "pagina_ausente": "Se pidió una página que el archivo no tiene. Revise el intervalo de páginas.",
    "imagen_danada": "La imagen está dañada o incompleta. Consiga el archivo íntegro o digitalice de nuevo.",
    "imagen_grande": "La imagen tiene demasiados puntos para copiarse. Redúzcala o divídala y consérvela junto al original.",
    "animada": "La imagen es animada y una foja sólo puede mostrar un instante. Certifíquela como grabación (audiovisual).",
    "formato": "De este formato no se puede hacer un facsímil. Conviértalo a PDF, súbalo junto al original y copie el PDF.",
}


class Rechazo(Exception):
    """El archivo no se copia. `clase` es una de `MOTIVOS`; `detalle` es para quien da soporte."""

    def __init__(self, clase: str, detalle: str = "", *, confirmable: bool = False) -> None:
        self.clase, self.detalle, self.confirmable = clase, detalle, confirmable
        super().__init__(MOTIVOS[clase])

    def como_dict(self) -> dict[str, Any]:
        """La forma en que sale del proceso aislado."""
        return {
            "clase": self.clase,
            "motivo": MOTIVOS[self.clase],
            "detalle": self.detalle[:300],
            "confirmable": self.confirmable,
        }


class NecesitaImagen(Exception):
    """El PDF no puede rehacerse fielmente por dentro; sí puede copiarse la imagen de lo que se ve. `razon` completa «porque…»."""

    def __init__(self, razon: str, detalle: str = "") -> None:
        self.razon, self.detalle, self.firmas = razon, detalle, 0
        super().__init__(razon)
