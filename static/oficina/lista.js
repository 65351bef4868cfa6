// Filtros de la lista: ofrece los valores que existen para cada campo, con el <datalist> del navegador. Alt+N escribe otro.
(() => {
  "use strict";
  const direccion = document.currentScript.dataset.valoresUrl;
  const esperas = new Map();
  const ofrecer = async (caja) => {
    const lista = document.getElementById(`valores-${caja.dataset.valores}`);
    if (!lista) return;
    const busca = new URLSearchParams({ campo: caja.dataset.valores, q: caja.value.trim() });
    const respuesta = await fetch(`${direccion}?${busca}`, { headers: { Accept: "application/json" } });
    if (!respuesta.ok) return;
    const { valores } = await respuesta.json();
    lista.replaceChildren(
      ...valores.map(([valor, cuantos]) => {
        const opcion = document.createElement("option");
        opcion.value = valor;
        opcion.label = `${valor} (${cuantos.toLocaleString("es-MX")})`;
        return opcion;
      }),
    );
  };
  const pronto = (evento) => {
    const caja = evento.target;
    if (!(caja instanceof HTMLInputElement) || !caja.dataset.valores) return;
    clearTimeout(esperas.get(caja));
    const plazo = setTimeout(() => ofrecer(caja).catch(() => undefined), evento.type === "focusin" ? 0 : 150);
    esperas.set(caja, plazo);
  };
  document.addEventListener("focusin", pronto);
  document.addEventListener("input", pronto);
  document.addEventListener("keydown", (evento) => {
    if (!evento.altKey || evento.ctrlKey || evento.key.toLowerCase() !== "n") return;
    const nuevo = document.querySelector("main a[href$='/add/']");
    if (!nuevo) return;
    evento.preventDefault();
    nuevo.click();
  });
})();
