"""La política de certificación que rige un día."""

from datetime import date

from certificaciones.reglas.models import PoliticaDeCertificacion


def politica_vigente(dia: date) -> PoliticaDeCertificacion:
    """La registrada que rige ese día o, sin ninguna, la prudente: otra persona coteja y no se certifican copias simples."""
    vigente = PoliticaDeCertificacion.objects.select_related("tabulador", "calendario").vigentes(dia).first()
    return vigente or PoliticaDeCertificacion(vigente_desde=dia)
