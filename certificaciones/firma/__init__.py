"""La firma de la copia: PAdES, e.firma, sellos de tiempo y su validación. Sin modelos."""
