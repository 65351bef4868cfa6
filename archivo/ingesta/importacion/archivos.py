"""Los archivos que una fila trae junto a ella."""
