"""Los dibujos de 16 × 16 de la interfaz, en línea: no cuestan peticiones y toman el color del texto."""

ICONOS: dict[str, str] = {
    "documento": "M3 1.5h7l3 3v10H3zM10 1.5v3h3M5.5 7.5h5M5.5 10h5M5.5 12.3h3",
    "publicacion": "M8 3.5C6 2 3.5 2 1.5 2.5v10.5c2-.5 4.5-.5 6.5 1 2-1.5 4.5-1.5 6.5-1V2.5C12.5 2 10 2 8 3.5zM8 3.5v10.5",
    "expediente": "M1.5 13.5v-10h5l1.5 2h6.5v8zM1.5 8h13",
    "foto": "M1.5 3h13v10.5h-13zM1.5 11l4-4 3 3 2-2 4 4M9.5 6a1 1 0 1 0 2 0a1 1 0 1 0-2 0",
    "lupa": "M2.5 7a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M10.5 10.5l4 4",
    "abierto": "M3 7.5h10v7H3zM5 7.5v-3a3 3 0 0 1 5.8-1M8 10v2",
    "cerrado": "M3 7.5h10v7H3zM5 7.5v-3a3 3 0 0 1 6 0v3M8 10v2",
    "edificio": "M2.5 14.5v-12h7v12M9.5 7h4v7.5M1 14.5h14M5 5.5h2M5 8.5h2M5 11.5h2",
    "derechos": "M1.5 8a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M10.3 6.3a3 3 0 1 0 0 3.4",
    "reloj": "M1.5 8a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M8 4v4l2.7 2",
    "escudo": "M8 1.5l5.5 2v4.5c0 3.5-2.5 5.5-5.5 6.5-3-1-5.5-3-5.5-6.5v-4.5zM5.5 8l2 2 3.5-4",
    "bajar": "M8 1.5v9M4 7l4 4 4-4M2 14h12",
    "cuaderno": "M3.5 1.5h9v13h-9zM1.5 4.5h2M1.5 8h2M1.5 11.5h2M6.5 5h3.5",
    "rss": "M2.5 13.5h.01M2.5 8.5a5 5 0 0 1 5 5M2.5 3.5a10 10 0 0 1 10 10",
    "inicio": "M1.5 8L8 2l6.5 6M3.5 7v7h9V7",
}
DE_WAGTAIL = {"doc-full": "documento", "doc-empty": "publicacion", "image": "foto", "folder": "expediente"}
DE_ACCESO = {
    "publico": "abierto",
    "interno": "edificio",
    "restringido_derechos": "derechos",
    "reservado": "reloj",
    "confidencial": "escudo",
}
CLASE_DE_ACCESO = {"restringido_derechos": "derechos"}
