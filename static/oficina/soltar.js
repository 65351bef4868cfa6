// Lo común a las pantallas que reciben archivos: se mandan con el botón o soltándolos en su zona. Las que suben uno por uno lo usan.
globalThis.alRecibirArchivos = (formulario, recibir) => {
  "use strict";
  const entrada = formulario.querySelector("input[type=file]");
  const zona = formulario.querySelector("[data-soltar]");
  formulario.querySelector("[data-con-guion]").hidden = false;
  formulario.addEventListener("submit", (evento) => {
    if (!entrada.files.length) return;
    evento.preventDefault();
    recibir([...entrada.files]).finally(() => {
      entrada.value = "";
    });
  });
  ["dragenter", "dragover"].forEach((nombre) =>
    zona.addEventListener(nombre, (evento) => {
      evento.preventDefault();
      zona.classList.add("of-soltar--encima");
    }),
  );
  ["dragleave", "drop"].forEach((nombre) => zona.addEventListener(nombre, () => zona.classList.remove("of-soltar--encima")));
  zona.addEventListener("drop", (evento) => {
    evento.preventDefault();
    recibir([...evento.dataTransfer.files]);
  });
};
