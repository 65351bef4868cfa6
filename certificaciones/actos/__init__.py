"""El acto de certificar: facultad, cotejo, texto, libro, expedición, cancelación y entrega."""
