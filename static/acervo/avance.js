// Pregunta cada pocos segundos cómo va una descarga. Sin este guion lo hace el botón «Ver si ya está».
(() => {
  "use strict";
  const CADA = 3000;

  // El renglón que lo anuncia se queda: un lector de pantalla sólo dice lo que cambia dentro de él.
  function decir(aqui, otro) {
    const estado = aqui.querySelector("[role=status]"), nuevo = otro.querySelector("[role=status]");
    if (estado.textContent !== nuevo.textContent) estado.replaceChildren(...nuevo.cloneNode(true).childNodes);
  }

  function avanzar(aqui, otro) {
    const barra = aqui.querySelector("progress"), nueva = otro.querySelector("progress");
    if (barra) barra.remove();
    if (nueva) aqui.querySelector("[role=status]").after(nueva);
  }

  function terminar(aqui, otro) {
    const estado = aqui.querySelector("[role=status]");
    const enfocado = aqui.contains(document.activeElement);
    delete aqui.dataset.sigue;
    aqui.querySelector("h1").textContent = otro.querySelector("h1").textContent;
    while (estado.nextElementSibling) estado.nextElementSibling.remove();
    while (otro.querySelector("[role=status]").nextElementSibling) aqui.append(otro.querySelector("[role=status]").nextElementSibling);
    if (enfocado) aqui.querySelector("a.boton").focus();
  }

  async function preguntar() {
    const aqui = document.getElementById("avance");
    if (!aqui || !("sigue" in aqui.dataset)) return;
    const respuesta = await fetch(location.href).catch(() => null);
    const pagina = respuesta && new DOMParser().parseFromString(await respuesta.text(), "text/html");
    const otro = pagina && pagina.getElementById("avance");
    if (otro) {
      decir(aqui, otro);
      if ("sigue" in otro.dataset) avanzar(aqui, otro);
      else {
        document.title = pagina.title;
        terminar(aqui, otro);
        return;
      }
    }
    setTimeout(preguntar, CADA);
  }

  setTimeout(preguntar, CADA);
})();
