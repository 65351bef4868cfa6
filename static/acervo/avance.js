// Pregunta cada pocos segundos cómo va una descarga. Sin este guion lo hace el botón «Ver si ya está».
(() => {
  "use strict";
  const CADA = 3000;
  const partes = ["h1", "[role=status]", "progress"];

  async function preguntar() {
    const aqui = document.getElementById("avance");
    if (!aqui || !("sigue" in aqui.dataset)) return;
    const respuesta = await fetch(location.href).catch(() => null);
    const pagina = respuesta && new DOMParser().parseFromString(await respuesta.text(), "text/html");
    const otro = pagina && pagina.getElementById("avance");
    if (otro && !("sigue" in otro.dataset)) {
      document.title = pagina.title;
      aqui.replaceWith(otro);
      return;
    }
    // Mientras sigue, sólo cambian las cifras: el foco no se mueve.
    const mismas = otro && partes.every((p) => Boolean(aqui.querySelector(p)) === Boolean(otro.querySelector(p)));
    if (mismas) for (const p of partes) aqui.querySelector(p)?.replaceWith(otro.querySelector(p));
    else if (otro) aqui.replaceWith(otro);
    setTimeout(preguntar, CADA);
  }

  setTimeout(preguntar, CADA);
})();
