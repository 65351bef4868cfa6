// «Agregar otra relación»: copia el renglón en blanco. Sin este guión quedan los renglones vacíos que la página ya trae.
(() => {
  "use strict";
  const preparar = () => {
    const lista = document.getElementById("of-relaciones");
    const molde = document.getElementById("of-relacion-nueva");
    const boton = document.getElementById("of-relacion-otra");
    if (!lista || !molde || !boton) return;
    const total = document.getElementById(`id_${lista.dataset.relaciones}-TOTAL_FORMS`);
    boton.hidden = false;
    boton.addEventListener("click", () => {
      const caja = document.createElement("template");
      caja.innerHTML = molde.innerHTML.replaceAll("__prefix__", total.value);
      const renglon = caja.content.firstElementChild;
      total.value = String(Number(total.value) + 1);
      lista.append(renglon);
      renglon.dispatchEvent(new CustomEvent("acervo:renglon", { bubbles: true }));
      renglon.querySelector("select").focus();
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", preparar);
  else preparar();
})();
