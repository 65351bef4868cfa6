"""La solicitud detrás de una copia: quién pide, qué, cuánto cuesta y cómo se entrega."""
