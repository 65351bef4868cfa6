// Completa la última palabra de la caja de búsqueda. Sin este guion la caja funciona igual.
(() => {
  "use strict";
  const ESPERA = 180;
  let cuenta = 0;

  function lista(caja) {
    const ul = document.createElement("ul");
    ul.className = "sugerencias";
    ul.id = `sugerencias-${cuenta++}`;
    ul.setAttribute("role", "listbox");
    ul.setAttribute("aria-label", "Sugerencias");
    ul.hidden = true;
    caja.closest("form").append(ul);
    return ul;
  }

  function preparar(caja) {
    const ul = lista(caja);
    let reloj = 0, pedido = null, elegida = -1;
    caja.setAttribute("role", "combobox");
    caja.setAttribute("aria-autocomplete", "list");
    caja.setAttribute("aria-controls", ul.id);
    caja.setAttribute("aria-expanded", "false");

    function cerrar() {
      ul.hidden = true;
      elegida = -1;
      caja.setAttribute("aria-expanded", "false");
      caja.removeAttribute("aria-activedescendant");
    }

    function elegir(n) {
      const filas = [...ul.children];
      elegida = (n + filas.length) % filas.length;
      filas.forEach((fila, i) => fila.setAttribute("aria-selected", String(i === elegida)));
      caja.setAttribute("aria-activedescendant", filas[elegida].id);
    }

    function usar(texto) {
      caja.value = texto;
      cerrar();
      caja.form.requestSubmit();
    }

    function mostrar(sugerencias) {
      ul.replaceChildren(...sugerencias.map((s, i) => {
        const li = document.createElement("li");
        li.id = `${ul.id}-${i}`;
        li.setAttribute("role", "option");
        li.setAttribute("aria-selected", "false");
        li.textContent = s.texto;
        li.addEventListener("mousedown", (e) => { e.preventDefault(); usar(s.texto); });
        return li;
      }));
      elegida = -1;
      ul.hidden = sugerencias.length === 0;
      caja.setAttribute("aria-expanded", String(!ul.hidden));
    }

    async function pedir() {
      if (pedido) pedido.abort();
      pedido = new AbortController();
      const url = `${caja.dataset.sugerencias}?q=${encodeURIComponent(caja.value)}`;
      try {
        const respuesta = await fetch(url, { signal: pedido.signal, headers: { Accept: "application/json" } });
        mostrar(respuesta.ok ? (await respuesta.json()).sugerencias : []);
      } catch {
        cerrar();
      }
    }

    caja.addEventListener("input", () => {
      clearTimeout(reloj);
      if (caja.value.trim().length < 2) return cerrar();
      reloj = setTimeout(pedir, ESPERA);
    });
    caja.addEventListener("blur", cerrar);
    caja.addEventListener("keydown", (e) => {
      if (ul.hidden) return;
      if (e.key === "ArrowDown") { e.preventDefault(); elegir(elegida + 1); }
      else if (e.key === "ArrowUp") { e.preventDefault(); elegir(elegida - 1); }
      else if (e.key === "Escape") { e.preventDefault(); cerrar(); }
      else if (e.key === "Enter" && elegida >= 0) { e.preventDefault(); usar(ul.children[elegida].textContent); }
    });
  }

  document.querySelectorAll("input[data-sugerencias]").forEach(preparar);
})();
