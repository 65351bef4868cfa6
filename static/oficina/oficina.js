// Donde el panel de al lado no cabe junto a la hoja, empieza cerrado aunque se haya dejado abierto en otra.
(() => {
  "use strict";
  if (!matchMedia("(max-width: 1439px)").matches) return;
  try {
    localStorage.removeItem("wagtail:side-panel-open");
  } catch {
    return; // sin almacén, Wagtail tampoco lo abre
  }
})();

// Temas: ofrece los que existen para el último fragmento escrito, con el <datalist> del navegador.
(() => {
  "use strict";
  const direccion = document.currentScript.dataset.temasUrl;
  const caja = document.querySelector("[data-temas]");
  const lista = document.getElementById("temas-conocidos");
  if (!caja || !lista || !direccion) return;
  let espera = 0;
  const ofrecer = async () => {
    const corte = caja.value.lastIndexOf(";") + 1;
    const antes = caja.value.slice(0, corte);
    const principio = caja.value.slice(corte).trim();
    const respuesta = await fetch(`${direccion}?q=${encodeURIComponent(principio)}`, { headers: { Accept: "application/json" } });
    if (!respuesta.ok) return;
    const { temas } = await respuesta.json();
    lista.replaceChildren(
      ...temas.map((tema) => {
        const opcion = document.createElement("option");
        opcion.value = antes ? `${antes} ${tema}` : tema;
        return opcion;
      }),
    );
  };
  const pronto = () => {
    clearTimeout(espera);
    espera = setTimeout(() => ofrecer().catch(() => lista.replaceChildren()), 150);
  };
  caja.addEventListener("input", pronto);
  caja.addEventListener("focus", pronto, { once: true });
})();
