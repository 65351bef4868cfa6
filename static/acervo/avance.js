// Pregunta cada pocos segundos cómo va una descarga. Sin este guion lo hace el botón «Ver si ya está».
(() => {
  "use strict";
  const CADA = 3000, LO_MAS = 60000;  // milisegundos; cada falla seguida dobla la espera
  let fallas = 0;

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

  function mostrar(aqui, pagina) {
    const otro = pagina.getElementById("avance");
    if (!otro) return false;
    decir(aqui, otro);
    if ("sigue" in otro.dataset) avanzar(aqui, otro);
    else {
      document.title = pagina.title;
      terminar(aqui, otro);
    }
    return true;
  }

  function anunciar(aqui, texto) {
    const estado = aqui.querySelector("[role=status]");
    (estado.querySelector("label") || estado).textContent = texto;
  }

  // El enlace venció o ya no existe: no hay nada que esperar. Queda lo que la página del servidor dice y ofrece.
  function dejar(aqui, pagina) {
    const titulo = pagina.querySelector("main h1"), dicho = pagina.querySelector("main .entrada");
    const estado = aqui.querySelector("[role=status]"), enfocado = aqui.contains(document.activeElement);
    delete aqui.dataset.sigue;
    while (estado.nextElementSibling) estado.nextElementSibling.remove();
    estado.textContent = dicho ? dicho.textContent : "Este enlace ya no sirve. Repita la búsqueda y pida la descarga otra vez.";
    aqui.querySelector("h1").textContent = document.title = titulo ? titulo.textContent : "Esa descarga ya no está";
    while (dicho && dicho.nextElementSibling) aqui.append(dicho.nextElementSibling);
    const salida = aqui.querySelector("a.boton");
    if (enfocado && salida) salida.focus();
  }

  async function preguntar() {
    const aqui = document.getElementById("avance");
    if (!aqui || !("sigue" in aqui.dataset)) return;
    const respuesta = await fetch(location.href).catch(() => null);
    const pagina = new DOMParser().parseFromString(respuesta ? await respuesta.text().catch(() => "") : "", "text/html");
    if (respuesta && [404, 410].includes(respuesta.status)) {
      dejar(aqui, pagina);
      return;
    }
    const bien = respuesta && respuesta.ok && mostrar(aqui, pagina);
    fallas = bien ? 0 : fallas + 1;
    if (fallas > 1) anunciar(aqui, "No pudimos preguntar cómo va. Seguimos intentando; su descarga no se pierde.");
    setTimeout(preguntar, Math.min(CADA * 2 ** fallas, LO_MAS));
  }

  setTimeout(preguntar, CADA);
})();
