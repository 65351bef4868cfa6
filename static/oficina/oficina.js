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
