// Wagtail hace de cada bloque una región y la nombra con su título: dos listas con el mismo indicador, o dos gráficas iguales, quedan
// como una sola para quien escucha. Aquí se dice además dentro de qué bloque está cada una y, si aun así se repite, cuál es.
(() => {
  const BLOQUE = 'section.w-panel--nested[id^="block-"]';
  const titulo = (seccion) => seccion.querySelector('[data-panel-heading]').textContent.replace(/[\s*]+/g, ' ').trim();

  function nombrar(cuerpo) {
    const vistos = new Map();
    for (const seccion of cuerpo.querySelectorAll(BLOQUE)) {
      const afuera = seccion.parentElement.closest(BLOQUE);
      const nombre = afuera ? `${titulo(seccion)}, en ${titulo(afuera)}` : titulo(seccion);
      const veces = (vistos.get(nombre) || 0) + 1;
      vistos.set(nombre, veces);
      seccion.removeAttribute('aria-labelledby');
      seccion.setAttribute('aria-label', veces > 1 ? `${nombre} (${veces})` : nombre);
    }
  }

  document.addEventListener('DOMContentLoaded', () => {
    const cuerpo = document.getElementById('panel-cuerpo-content');
    if (!cuerpo) return;
    nombrar(cuerpo);
    new MutationObserver(() => nombrar(cuerpo)).observe(cuerpo, { childList: true, characterData: true, subtree: true });
  });
})();
