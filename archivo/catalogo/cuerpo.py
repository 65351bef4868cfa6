"""El cuerpo redactado: HTML limpio de entrada, texto llano para buscar."""

from html.parser import HTMLParser

import nh3

ETIQUETAS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "b", "em", "i", "a", "br"}
_BLOQUES = {"p", "h2", "h3", "h4", "li", "blockquote", "br", "ul", "ol"}


def limpiar(html: str) -> str:
    """El HTML con sólo las etiquetas del cuerpo; sin guiones, estilos ni atributos salvo `href`."""
    return nh3.clean(
        html, tags=ETIQUETAS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )


class _ALlano(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.piezas: list[str] = []

    def handle_data(self, data: str) -> None:
        self.piezas.append(data)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in _BLOQUES:
            self.piezas.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOQUES:
            self.piezas.append("\n")


def a_texto(html: str) -> str:
    """El texto llano de un cuerpo: un renglón por bloque, en blanco entre bloques."""
    lector = _ALlano()
    lector.feed(html)
    lector.close()
    renglones = [" ".join(r.split()) for r in "".join(lector.piezas).split("\n")]
    return "\n\n".join(r for r in renglones if r)
