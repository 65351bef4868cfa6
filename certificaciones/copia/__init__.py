"""La copia como documento: admitir la fuente, componer las hojas y ensamblar las fojas. Sin modelos."""
