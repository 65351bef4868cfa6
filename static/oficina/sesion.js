// La mesa de luz con teclado y la fotografía en grande. Sin guion todo se hace con casillas y botones.
(() => {
  "use strict";
  const mesa = document.querySelector("[data-mesa]");
  const una = document.querySelector("[data-una]");

  if (una) {
    una.querySelectorAll("[data-usar]").forEach((boton) => {
      boton.type = "button";
      boton.addEventListener("click", () => {
        const campo = document.getElementById(boton.dataset.usar);
        campo.value = boton.dataset.texto;
        campo.focus();
      });
    });
    let tocado = false;
    una.addEventListener("input", () => {
      tocado = true;
    });
    una.addEventListener("submit", () => {
      tocado = false;
    });
    addEventListener("beforeunload", (evento) => {
      if (tocado) evento.preventDefault();
    });
  }
  if (!mesa) return;

  const hoja = mesa.querySelector("[data-hoja]");
  const fotos = [...hoja.querySelectorAll("[data-foto]")];
  const casilla = (foto) => foto.querySelector("input[name=fotos]");
  const cuantas = mesa.querySelectorAll("[data-cuantas]");
  const aviso = mesa.querySelector("[data-aviso]");
  let ultima = -1;
  mesa.querySelectorAll("[data-con-guion]").forEach((parte) => {
    parte.hidden = false;
  });
  mesa.querySelectorAll("[data-sin-guion]").forEach((parte) => parte.remove());

  const decir = (texto) => {
    if (aviso) aviso.textContent = texto;
  };
  const marcadas = () => fotos.filter((foto) => casilla(foto).checked);
  const contar = () => {
    const n = marcadas().length;
    cuantas.forEach((dicho) => {
      dicho.textContent = n ? `(${n})` : "";
    });
    mesa.querySelector(".ses-salto")?.classList.toggle("ses-salto--fijo", n > 0);
    return n;
  };
  const marcar = (cuales, valor) => {
    cuales.forEach((foto) => {
      casilla(foto).checked = valor;
    });
    decir(`Marcadas: ${contar()}.`);
  };
  const marcarHasta = (i, valor) => {
    const [desde, hasta] = ultima < 0 ? [i, i] : [Math.min(ultima, i), Math.max(ultima, i)];
    marcar(fotos.slice(desde, hasta + 1), valor);
  };

  const columnas = () => {
    const alto = fotos[0].offsetTop;
    const n = fotos.findIndex((foto) => foto.offsetTop !== alto);
    return n < 0 ? fotos.length : n;
  };
  const ir = (i) => {
    const destino = fotos[Math.min(Math.max(i, 0), fotos.length - 1)];
    casilla(destino).focus();
    destino.scrollIntoView({ block: "nearest" });
  };

  const seleccionar = async (cuales, valor) => {
    const datos = new FormData();
    datos.append("csrfmiddlewaretoken", mesa.querySelector("[name=csrfmiddlewaretoken]").value);
    datos.append("accion", valor ? "seleccionar" : "quitar_seleccion");
    cuales.forEach((foto) => datos.append("fotos", casilla(foto).value));
    try {
      const respuesta = await fetch(location.href, { method: "POST", body: datos, headers: { Accept: "application/json" } });
      const cuerpo = await respuesta.json();
      if (!respuesta.ok) throw new Error(cuerpo.errores.join(" "));
      fotos.forEach((foto) => {
        const dicha = cuerpo.fotos[foto.dataset.foto];
        if (!dicha) return;
        casilla(foto).value = dicha.valor;
        foto.querySelector("input[name=pagina]").value = dicha.valor;
        foto.classList.toggle("ses-foto--elegida", dicha.seleccionada);
        foto.querySelector("[data-elegida]").hidden = !dicha.seleccionada;
      });
      const total = document.querySelector("[data-seleccionadas]");
      if (total) total.textContent = cuerpo.seleccionadas;
      decir(cuerpo.mensaje);
    } catch (error) {
      decir(`No se guardó. ${error.message}`);
      alertar(`No se guardó. ${error.message} Vuelva a abrir la mesa.`);
    }
  };
  const alertar = (texto) => {
    const caja = document.createElement("p");
    caja.className = "of-aviso";
    caja.setAttribute("role", "alert");
    caja.textContent = texto;
    mesa.before(caja);
  };

  const moverse = {
    ArrowLeft: (i) => i - 1,
    ArrowRight: (i) => i + 1,
    ArrowUp: (i) => i - columnas(),
    ArrowDown: (i) => (i + columnas() < fotos.length ? i + columnas() : i),
    Home: () => 0,
    End: () => fotos.length - 1,
  };
  const hacer = {
    x: (foto, i, mayus) => {
      const valor = mayus ? true : !casilla(foto).checked;
      if (mayus) marcarHasta(i, valor);
      else marcar([foto], valor);
      ultima = i;
    },
    a: () => marcar(fotos, true),
    Escape: () => marcar(fotos, false),
    s: (foto) => {
      const cuales = contar() ? marcadas() : [foto];
      seleccionar(cuales, !foto.classList.contains("ses-foto--elegida"));
    },
    d: () => document.getElementById("ses-describir")?.focus(),
    "?": () => document.querySelector("[data-a11y-dialog-show=keyboard-shortcuts-dialog]")?.click(),
    Enter: (foto) => location.assign(foto.querySelector(".ses-abrir").href),
  };
  hoja.addEventListener("keydown", (evento) => {
    if (evento.ctrlKey || evento.altKey || evento.metaKey) return;
    const foto = evento.target.closest("[data-foto]");
    if (!foto || !evento.target.matches("input[name=fotos]")) return;
    const i = fotos.indexOf(foto);
    const tecla = evento.key.length === 1 ? evento.key.toLowerCase() : evento.key;
    if (moverse[tecla]) ir(Math.max(moverse[tecla](i), 0));
    else if (hacer[tecla]) hacer[tecla](foto, i, evento.shiftKey);
    else return;
    evento.preventDefault();
  });
  hoja.addEventListener("click", (evento) => {
    if (!evento.target.matches("input[name=fotos]")) return;
    const i = fotos.indexOf(evento.target.closest("[data-foto]"));
    if (evento.shiftKey) marcarHasta(i, evento.target.checked);
    ultima = i;
    contar();
  });
  mesa.querySelector("[data-todas]")?.addEventListener("click", () => marcar(fotos, true));
  mesa.querySelector("[data-ninguna]")?.addEventListener("click", () => marcar(fotos, false));
  contar();
})();
