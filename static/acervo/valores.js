// Acota la lista de valores de un filtro mientras se escribe. Sin este guion lo hace el botón «Mostrar».
(() => {
  "use strict";
  const ESPERA = 200;
  const forma = document.querySelector("form[data-valores]");
  if (!forma) return;
  let reloj = 0, pedido = null;

  async function acotar() {
    if (pedido) pedido.abort();
    pedido = new AbortController();
    const datos = new URLSearchParams(new FormData(forma));
    try {
      const respuesta = await fetch(`${forma.dataset.valores}?${datos}`, { signal: pedido.signal });
      if (!respuesta.ok) return;
      const otra = new DOMParser().parseFromString(await respuesta.text(), "text/html").querySelector("form[data-valores]");
      // El renglón que anuncia cuántos son se queda: un lector de pantalla sólo dice lo que cambia dentro de él.
      if (otra) for (const parte of ["#lista", "[role=status]"]) {
        forma.querySelector(parte).replaceChildren(...otra.querySelector(parte).childNodes);
      }
    } catch (falla) {
      if (falla.name !== "AbortError") throw falla;
    }
  }

  document.getElementById("contiene").addEventListener("input", () => {
    clearTimeout(reloj);
    reloj = setTimeout(acotar, ESPERA);
  });
  document.getElementById("por").addEventListener("change", acotar);

  // La dirección de los resultados no lleva lo que sólo sirve aquí.
  forma.addEventListener("submit", (e) => {
    if (!e.submitter || !("ver" in e.submitter.dataset)) return;
    for (const campo of ["contiene", "por"]) forma.elements[campo].disabled = true;
    addEventListener("pageshow", () => ["contiene", "por"].forEach((c) => { forma.elements[c].disabled = false; }), { once: true });
  });
})();
