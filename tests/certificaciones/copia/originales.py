"""Originales inventados: limpios, raros y hostiles, hechos en el momento."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String
from PIL import Image

ROJO = b"1 0 0 rg 60 60 120 80 re f "
TRAMA = b"0.1 0.2 0.2 RG 2 w 40 40 532 712 re S " + b"".join(b"%d 100 m %d 690 l S " % (x, 600 - x) for x in range(90, 540, 30))


def pdf(*contenidos: bytes, caja: tuple[float, ...] = (0, 0, 612, 792), **pagina: object) -> pikepdf.Pdf:
    """Un PDF con una página por contenido."""
    documento = pikepdf.new()
    for contenido in contenidos or (TRAMA,):
        hoja = Dictionary(
            Type=Name.Page, MediaBox=Array([*caja]), Resources=Dictionary(), Contents=documento.make_stream(contenido), **pagina
        )
        documento.pages.append(pikepdf.Page(documento.make_indirect(hoja)))
    return documento


def guardar(documento: pikepdf.Pdf, ruta: Path, **opciones: object) -> Path:
    """Lo escribe, siempre con los mismos bytes."""
    documento.save(ruta, **({"deterministic_id": True} if "encryption" not in opciones else {}), **opciones)
    return ruta


def jpeg(ancho: int = 850, alto: int = 1100, modo: str = "L") -> bytes:
    """Una imagen con figuras reconocibles."""
    imagen = Image.new("RGB", (ancho, alto), "white")
    imagen.paste((180, 30, 40), (ancho // 8, alto // 8, ancho // 2, alto // 3))
    imagen.paste((20, 60, 50), (ancho // 2, alto // 2, ancho * 7 // 8, alto * 3 // 4))
    salida = io.BytesIO()
    imagen.convert(modo).save(salida, "JPEG", quality=85)
    return salida.getvalue()


def escaneo(paginas: int = 1, ancho: float = 612, alto: float = 792) -> pikepdf.Pdf:
    """Un PDF de páginas digitalizadas, cada una con una imagen distinta."""
    documento = pikepdf.new()
    crudo = jpeg()
    for n in range(paginas):
        imagen = documento.make_stream(
            crudo[:2] + b"\xff\xfe\x00\x0a%08d" % n + crudo[2:],
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=850,
            Height=1100,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        documento.add_blank_page(page_size=(ancho, alto))
        documento.pages[-1].obj.Resources = Dictionary(XObject=Dictionary(Im=imagen))
        documento.pages[-1].obj.Contents = documento.make_stream(b"q %f 0 0 %f 0 0 cm /Im Do Q" % (ancho, alto))
    return documento


def con_herencia() -> pikepdf.Pdf:
    """Recursos, caja y giro vienen del árbol de páginas, no de la página."""
    documento = pikepdf.new()
    forma = documento.make_stream(ROJO + TRAMA, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 612, 792]))
    hoja = documento.make_indirect(Dictionary(Type=Name.Page, Contents=documento.make_stream(b"/F Do")))
    documento.Root.Pages.Kids = Array([hoja])
    documento.Root.Pages.Count = 1
    documento.Root.Pages.MediaBox = Array([0, 0, 612, 792])
    documento.Root.Pages.Rotate = 90
    documento.Root.Pages.Resources = Dictionary(XObject=Dictionary(F=forma))
    hoja.Parent = documento.Root.Pages
    return documento


def con_capa(*, apagada: bool) -> pikepdf.Pdf:
    """Un rectángulo rojo en una capa; apagada, no se ve."""
    documento = pdf(TRAMA + b"/OC /C0 BDC q 1 0 0 rg 150 500 200 100 re f Q EMC")
    capa = documento.make_indirect(Dictionary(Type=Name.OCG, Name=String("Borrador")))
    orden = Dictionary(Order=Array([capa]), **({"OFF": Array([capa])} if apagada else {}))
    documento.Root.OCProperties = Dictionary(OCGs=Array([capa]), D=orden)
    documento.pages[0].obj.Resources.Properties = Dictionary(C0=capa)
    return documento


def activo() -> pikepdf.Pdf:
    """Con todo lo que no debe pasar a la copia: código, lanzamiento de programas, enlaces, envío y un adjunto."""
    documento = pdf()
    pagina = documento.pages[0].obj
    documento.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    acciones = (Dictionary(S=Name.Launch, F=String("calc.exe")), Dictionary(S=Name.URI, URI=String("http://malo.invalid")))
    pagina.Annots = Array([documento.make_indirect(_enlace(accion)) for accion in acciones])
    pagina.AA = Dictionary(O=Dictionary(S=Name.SubmitForm, F=String("http://malo.invalid")))
    documento.attachments["programa.exe"] = b"MZ"
    return documento


def _enlace(accion: Object) -> Object:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 100, 100]), A=accion)


def con_sello(*, con_apariencia: bool) -> pikepdf.Pdf:
    """Un sello puesto como anotación: con su dibujo guardado, o confiado al visor."""
    documento = pdf()
    sello = Dictionary(
        Type=Name.Annot, Subtype=Name.Square, Rect=Array([300, 300, 500, 400]), F=4, C=Array([1, 0, 0]), IC=Array([1, 0, 0])
    )
    if con_apariencia:
        dibujo = documento.make_stream(
            b"1 0 0 rg 0 0 200 100 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 100])
        )
        sello.AP = Dictionary(N=dibujo)
    documento.pages[0].obj.Annots = Array([documento.make_indirect(sello)])
    return documento


def firmado() -> pikepdf.Pdf:
    """Con un campo de firma lleno (no válida: aquí sólo importa que está)."""
    documento = pdf()
    firma = documento.make_indirect(Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=String("00")))
    campo = documento.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("Firma"), V=firma, Rect=Array([0, 0, 0, 0]), F=132)
    )
    documento.Root.AcroForm = Dictionary(Fields=Array([campo]), SigFlags=3)
    documento.pages[0].obj.Annots = Array([campo])
    return documento


def bomba() -> pikepdf.Pdf:
    """Un contenido de 400 MB que ocupa 400 kB."""
    documento = pdf()
    compresor = zlib.compressobj(9)
    datos = b"".join([*(compresor.compress(b" " * (1 << 24)) for _ in range(25)), compresor.flush()])
    flujo = pikepdf.Stream(documento, b"")
    flujo.write(datos, filter=Name.FlateDecode)
    documento.pages[0].obj.Contents = documento.make_indirect(flujo)
    return documento


def risas() -> pikepdf.Pdf:
    """Formas que llaman a formas: diez a la doce dibujos."""
    documento = pdf(b"/X Do")
    anterior: Object | None = None
    for _ in range(12):
        forma = documento.make_stream(b"/X Do " * 10 if anterior is not None else b"0 0 9 9 re f")
        forma.Type, forma.Subtype, forma.BBox = Name.XObject, Name.Form, Array([0, 0, 612, 792])
        if anterior is not None:
            forma.Resources = Dictionary(XObject=Dictionary(X=anterior))
        anterior = forma
    documento.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=anterior))
    return documento


def _catalogo(clave: str, valor: Callable[[pikepdf.Pdf], object]) -> pikepdf.Pdf:
    documento = pdf()
    documento.Root[clave] = valor(documento)
    return documento


def xfa() -> pikepdf.Pdf:
    """Un formulario dinámico."""
    return _catalogo("/AcroForm", lambda d: Dictionary(Fields=Array(), XFA=d.make_stream(b"<xdp:xdp/>")))


def portafolio() -> pikepdf.Pdf:
    """Una carpeta de archivos disfrazada de documento."""
    return _catalogo("/Collection", lambda d: Dictionary(Type=Name.Collection, View=Name.D))


def sin_apariencias() -> pikepdf.Pdf:
    """Un formulario lleno cuyos campos no guardan cómo se ven."""
    documento = pdf()
    letra = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    campo = documento.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("campo"),
            V=String("VALOR DEL CAMPO"),
            DA=String("/Helv 24 Tf 0 g"),
            Rect=Array([100, 500, 500, 560]),
            F=4,
        )
    )
    documento.pages[0].obj.Annots = Array([campo])
    documento.Root.AcroForm = Dictionary(
        Fields=Array([campo]), NeedAppearances=True, DA=String("/Helv 24 Tf 0 g"), DR=Dictionary(Font=Dictionary(Helv=letra))
    )
    return documento
