/* La mesa de cotejo con el teclado: 1 sí, 2 no, 3 no se lee, Ctrl Enter guarda, flechas cambian de foja. Las dos hojas se mueven juntas. */
(() => {
  "use strict";
  const forma = document.querySelector("[data-cot-forma]");
  if (!forma) return;
  const valores = { 1: "si", 2: "no", 3: "nv" };
  const observacion = forma.querySelector("#observacion");

  const elegir = (tecla) => {
    const opcion = forma.querySelector(`input[name="concuerda"][value="${valores[tecla]}"]`);
    opcion.checked = true;
    opcion.focus();
    if (tecla === "2") observacion.focus();
  };

  document.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      forma.requestSubmit(forma.querySelector("button:not([name])"));
      return;
    }
    const escribe = e.target.closest("input:not([type=radio]), textarea, select, [contenteditable]");
    if (escribe || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key in valores) {
      e.preventDefault();
      elegir(e.key);
    } else if ((e.key === "ArrowLeft" || e.key === "ArrowRight") && !e.target.closest(".cot-lienzo, input")) {
      const enlace = forma.querySelector(`[data-cot-tecla="${e.key}"]`);
      if (enlace) enlace.click();
    }
  });

  document.querySelectorAll("[data-cot-mesa]").forEach((mesa) => {
    const hojas = [...mesa.querySelectorAll(".cot-lienzo")];
    let manda = null;
    const proporcion = (en, que) => (que === "y" ? en.scrollTop / (en.scrollHeight - en.clientHeight || 1) : en.scrollLeft / (en.scrollWidth - en.clientWidth || 1));
    hojas.forEach((hoja) => {
      hoja.addEventListener("pointerenter", () => { manda = hoja; });
      hoja.addEventListener("focus", () => { manda = hoja; });
      hoja.addEventListener("scroll", () => {
        if (manda !== hoja) return;
        hojas.filter((otra) => otra !== hoja).forEach((otra) => {
          otra.scrollTop = proporcion(hoja, "y") * (otra.scrollHeight - otra.clientHeight);
          otra.scrollLeft = proporcion(hoja, "x") * (otra.scrollWidth - otra.clientWidth);
        });
      }, { passive: true });
    });
  });

  const llave = `cotejo:${location.pathname}:${forma.elements.foja.value}`;
  if (!observacion.value) observacion.value = sessionStorage.getItem(llave) || "";
  observacion.addEventListener("input", () => sessionStorage.setItem(llave, observacion.value));
  forma.addEventListener("submit", () => sessionStorage.removeItem(llave));
})();
