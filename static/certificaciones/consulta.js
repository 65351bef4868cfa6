// Compara un archivo con la huella registrada sin enviarlo: la calcula este navegador.
(() => {
  const zona = document.querySelector("[data-huellas]");
  if (!zona) return;
  const huellas = zona.dataset.huellas.split(" ");
  const entrada = zona.querySelector("input[type=file]");
  const respuesta = zona.querySelector("[data-respuesta]");
  zona.dataset.listo = "";

  const decir = (clase, titulo, texto) => {
    respuesta.className = clase ? `aviso aviso--${clase}` : "";
    respuesta.replaceChildren(...[titulo, texto].filter(Boolean).map((parte) => {
      const p = document.createElement("p");
      p.textContent = parte;
      return p;
    }));
  };

  const comparar = async (archivo) => {
    if (!archivo) return;
    if (!window.crypto?.subtle) {
      decir("ojo", "No se pudo comparar", "Este navegador sólo calcula huellas en páginas seguras (https). Calcule la huella en su equipo y compárela con la de abajo.");
      return;
    }
    decir("", "", `Calculando la huella de «${archivo.name}»…`);
    try {
      const resumen = await crypto.subtle.digest("SHA-256", await archivo.arrayBuffer());
      const huella = [...new Uint8Array(resumen)].map((b) => b.toString(16).padStart(2, "0")).join("");
      if (huellas.includes(huella)) decir("bien", "Coincide", "Su archivo es idéntico, byte por byte, al que se registró.");
      else decir("mal", "No coincide", `Su archivo no es el que se registró: cambió al menos un byte. Pudo ser al volver a guardarlo o al imprimirlo a PDF. Si lo recibió así, avise al archivo. Su huella es ${huella}.`);
    } catch {
      decir("mal", "No se pudo leer el archivo", "Elíjalo de nuevo; si está en una memoria o en la red, cópielo antes a su equipo.");
    }
  };

  entrada.addEventListener("change", () => comparar(entrada.files[0]));
  zona.addEventListener("submit", (evento) => { evento.preventDefault(); comparar(entrada.files[0]); });
  zona.addEventListener("dragover", (evento) => { evento.preventDefault(); zona.dataset.encima = ""; });
  zona.addEventListener("dragleave", () => delete zona.dataset.encima);
  zona.addEventListener("drop", (evento) => {
    evento.preventDefault();
    delete zona.dataset.encima;
    comparar(evento.dataTransfer.files[0]);
  });
})();
