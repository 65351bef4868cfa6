"""El cuaderno de investigación: guardar, anotar, ordenar, sacar y borrar, sin cuenta y sin rastreo."""
