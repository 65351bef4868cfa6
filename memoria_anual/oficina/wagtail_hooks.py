"""Los ganchos de Wagtail de esta oficina, por asunto: al importarse se registran."""

from memoria_anual.oficina import ganchos_de_cifras as _ganchos_de_cifras  # noqa: F401
from memoria_anual.oficina import ganchos_de_edicion as _ganchos_de_edicion  # noqa: F401
