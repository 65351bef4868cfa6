"""Un tipo que el producto no trae, declarado aquí y en ningún otro lugar: así se prueba que basta con eso."""
