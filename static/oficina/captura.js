// Lo escrito no se pierde: una copia en este equipo mientras se captura, y nada se envía sin saber que la sesión sigue abierta.
// Va en todas las páginas de la oficina: también olvida las copias al guardar y al salir.
(() => {
  "use strict";
  const PREFIJO = "acervo:captura:";
  const VIDA = 7 * 24 * 60 * 60 * 1000;
  const NO_SE_COPIAN = new Set(["csrfmiddlewaretoken", "loaded_revision_id", "loaded_revision_created_at", "recuperar"]);
  const GALLETA = "of_guardado";
  const ESPERA = 8000;

  const leer = (clave) => {
    try {
      return JSON.parse(localStorage.getItem(clave) || "null");
    } catch {
      return null;
    }
  };
  const claves = () => {
    try {
      return Object.keys(localStorage).filter((clave) => clave.startsWith(PREFIJO));
    } catch {
      return [];
    }
  };
  const quitar = (clave) => {
    try {
      localStorage.removeItem(clave);
    } catch {
      return;
    }
  };

  const olvidar = () => {
    const galleta = document.cookie.split("; ").find((c) => c.startsWith(`${GALLETA}=`));
    const guardado = galleta ? galleta.slice(GALLETA.length + 1) : "";
    claves().forEach((clave) => {
      const copia = leer(clave);
      if (!copia || Date.now() - copia.cuando > VIDA || (guardado && copia.envio === guardado)) quitar(clave);
    });
    if (galleta) document.cookie = `${GALLETA}=; path=/; max-age=0; samesite=lax`;
  };
  olvidar();

  document.addEventListener(
    "submit",
    (evento) => {
      const accion = evento.target.getAttribute && evento.target.getAttribute("action");
      if (accion && accion.includes("/logout/")) claves().forEach(quitar);
    },
    true,
  );

  const zona = document.querySelector("[data-captura]");
  const formulario = zona && zona.closest("form");
  if (!formulario) return;

  const clave = `${PREFIJO}${zona.dataset.usuario}:${location.pathname}`;
  const cerrados = new Set(zona.dataset.nivelesCerrados.split(" "));
  const aviso = zona.querySelector("[data-aviso]");
  const texto = zona.querySelector("[data-aviso-texto]");
  const botonRecuperar = zona.querySelector("[data-recuperar]");
  const botonDescartar = zona.querySelector("[data-descartar]");
  const entrar = zona.querySelector("[data-entrar]");
  let tocado = zona.dataset.recuperada === "si";
  let revisado = false;
  let revisando = false;
  let inicial = "";
  let espera = 0;

  const decir = (frase, { recuperar = false, aEntrar = false } = {}) => {
    texto.textContent = frase;
    aviso.hidden = false;
    botonRecuperar.hidden = !recuperar;
    botonDescartar.hidden = !recuperar;
    entrar.hidden = !aEntrar;
    if (aEntrar) entrar.href = `${zona.dataset.entrarUrl}?next=${encodeURIComponent(zona.dataset.sesionUrl)}`;
  };
  const callar = () => {
    aviso.hidden = true;
  };

  const entradas = () =>
    [...new FormData(formulario).entries()].filter(([nombre, valor]) => typeof valor === "string" && !NO_SE_COPIAN.has(nombre));
  const escrito = () => JSON.stringify(entradas().filter(([nombre]) => nombre !== "envio"));
  const esCerrado = () => {
    const acceso = formulario.elements.namedItem("acceso");
    return zona.dataset.cerrado === "si" || Boolean(acceso && cerrados.has(acceso.value));
  };

  const copiar = () => {
    clearTimeout(espera);
    if (!tocado) return;
    if (esCerrado()) {
      quitar(clave);
      return;
    }
    const ahora = escrito();
    if (ahora === inicial) {
      quitar(clave);
      return;
    }
    const copia = { cuando: Date.now(), envio: formulario.elements.namedItem("envio").value, entradas: entradas() };
    try {
      localStorage.setItem(clave, JSON.stringify(copia));
    } catch {
      decir("En este equipo ya no cabe la copia de lo que escribe. Guarde seguido.");
    }
  };
  const pronto = () => {
    tocado = true;
    clearTimeout(espera);
    espera = setTimeout(copiar, 400);
  };
  ["input", "change", "keyup", "paste", "drop"].forEach((nombre) => formulario.addEventListener(nombre, pronto));
  window.addEventListener("pagehide", copiar);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && copiar());

  const devolver = (copia) => {
    const vuelta = document.createElement("form");
    vuelta.method = "post";
    vuelta.action = formulario.action;
    const poner = (nombre, valor) => {
      const campo = document.createElement("input");
      campo.type = "hidden";
      campo.name = nombre;
      campo.value = valor;
      vuelta.append(campo);
    };
    copia.entradas.forEach(([nombre, valor]) => poner(nombre, valor));
    poner("recuperar", "1");
    poner("csrfmiddlewaretoken", formulario.elements.namedItem("csrfmiddlewaretoken").value);
    document.body.append(vuelta);
    vuelta.submit();
  };

  const ofrecer = () => {
    const copia = leer(clave);
    if (!copia || tocado) return;
    if (JSON.stringify(copia.entradas.filter(([nombre]) => nombre !== "envio")) === inicial) {
      quitar(clave);
      return;
    }
    const cuando = new Intl.DateTimeFormat("es-MX", { dateStyle: "long", timeStyle: "short" }).format(copia.cuando);
    decir(`Hay algo que escribió aquí y no se guardó (${cuando}).`, { recuperar: true });
    botonRecuperar.addEventListener("click", () => devolver(copia), { once: true });
    botonDescartar.addEventListener(
      "click",
      () => {
        quitar(clave);
        callar();
      },
      { once: true },
    );
  };

  // El editor de texto acomoda su valor al abrirse: la copia se compara después.
  setTimeout(() => {
    if (!tocado) inicial = escrito();
    ofrecer();
  }, 300);

  const sesion = async () => {
    const corte = new AbortController();
    const reloj = setTimeout(() => corte.abort(), ESPERA);
    try {
      const respuesta = await fetch(zona.dataset.sesionUrl, {
        headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
        cache: "no-store",
        signal: corte.signal,
      });
      const cuerpo = respuesta.ok && !respuesta.redirected ? await respuesta.json() : null;
      if (!cuerpo) return respuesta.status >= 500 ? "caido" : "cerrada";
      if (String(cuerpo.usuario) !== zona.dataset.usuario) return "otra";
      formulario.elements.namedItem("csrfmiddlewaretoken").value = cuerpo.ficha;
      return "abierta";
    } catch {
      return "sin_red";
    } finally {
      clearTimeout(reloj);
    }
  };
  const FRASES = {
    sin_red: "No hay conexión con el archivo. No se guardó, y lo escrito sigue aquí: vuelva a guardar cuando regrese.",
    caido: "El archivo no responde. No se guardó, y lo escrito sigue aquí: vuelva a guardar en un momento.",
    cerrada: "Su sesión terminó. No se guardó, y lo escrito sigue aquí: entre en otra pestaña, regrese a ésta y guarde.",
    otra: "En este navegador entró otra persona. No se guardó: entre con su cuenta en otra pestaña, regrese a ésta y guarde.",
  };

  document.addEventListener(
    "submit",
    (evento) => {
      if (evento.target !== formulario || revisado) return;
      evento.preventDefault();
      evento.stopImmediatePropagation();
      if (revisando) return;
      revisando = true;
      tocado = true;
      copiar();
      const boton = evento.submitter;
      sesion().then((como) => {
        revisando = false;
        if (como !== "abierta") {
          decir(FRASES[como], { aEntrar: como === "cerrada" || como === "otra" });
          aviso.scrollIntoView({ block: "center" });
          return;
        }
        callar();
        revisado = true;
        formulario.requestSubmit(boton);
        setTimeout(() => {
          revisado = false;
        }, ESPERA);
      });
    },
    true,
  );
})();
