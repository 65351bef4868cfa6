// La página de firma: abre la clave una vez y firma, una tras otra, las copias elegidas. Se detiene en la primera que falla.
(() => {
  "use strict";
  const raiz = document.querySelector("[data-firma]");
  if (!raiz) return;
  const parte = (nombre) => raiz.querySelector(`[data-${nombre}]`);
  const OCIOSA = 5 * 60 * 1000;
  const estado = { obrero: null, certificado: "", cola: [], ocupada: false, reloj: 0 };
  let numero = 0;
  const esperas = new Map();

  // ── El obrero ──
  const contratar = () => {
    estado.obrero = new Worker(raiz.dataset.obrero);
    estado.obrero.onmessage = ({ data }) => {
      const espera = esperas.get(data.id);
      esperas.delete(data.id);
      if (data.error) espera.no(new Error(data.error));
      else espera.si(data.dato);
    };
    estado.obrero.onerror = () => esperas.forEach((espera) => espera.no(new Error("La parte que firma no pudo cargarse. Recargue la página.")));
  };
  const mandar = (orden, datos = {}, entregados = []) =>
    new Promise((si, no) => {
      numero += 1;
      esperas.set(numero, { si, no });
      estado.obrero.postMessage({ id: numero, orden, ...datos }, entregados);
    });
  const borrarClave = (dicho) => {
    clearTimeout(estado.reloj);
    if (estado.obrero) {
      estado.obrero.postMessage({ id: 0, orden: "cerrar" });
      estado.obrero.terminate();
    }
    estado.obrero = null;
    estado.certificado = "";
    esperas.clear();
    if (dicho) decir(dicho);
    pintar();
  };
  const vigilarOcio = () => {
    clearTimeout(estado.reloj);
    if (!estado.obrero) return;
    estado.reloj = setTimeout(() => {
      if (!estado.ocupada) borrarClave("Pasaron cinco minutos sin firmar: la clave se borró. Ábrala otra vez para seguir.");
    }, OCIOSA);
  };

  // ── La oficina ──
  const preguntar = async (direccion, cuerpo) => {
    let respuesta;
    try {
      respuesta = await fetch(direccion, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": raiz.dataset.csrf, Accept: "application/json" },
        body: JSON.stringify(cuerpo),
      });
    } catch {
      throw new Error("No hay conexión con la oficina. Lo que ya se firmó quedó firmado; cuando vuelva, siga con las que faltan.");
    }
    if (respuesta.redirected) throw new Error("Su sesión venció. Entre otra vez en otra pestaña y siga aquí con las que faltan.");
    const dato = await respuesta.json().catch(() => ({}));
    if (!respuesta.ok) throw new Error(dato.error || `La oficina contestó con un error (${respuesta.status}). Vuelva a intentarlo.`);
    return dato;
  };

  // ── Lo que se ve ──
  const decir = (texto, clase = "") => {
    const dicho = parte("dicho");
    dicho.className = `firma__dicho ${clase}`;
    dicho.textContent = texto;
  };
  const renglones = () => [...raiz.querySelectorAll("[data-copia]")];
  const elegidas = () => renglones().filter((renglon) => renglon.querySelector("input").checked && !renglon.dataset.folio);
  const pintar = () => {
    const cuantas = elegidas().length;
    const abierta = Boolean(estado.obrero);
    const seguir = `Seguir con ${cuantas === 1 ? "la que falta" : `las ${cuantas} que faltan`}`;
    const abrir = `Abrir la clave y firmar ${cuantas === 1 ? "1 copia" : `${cuantas} copias`}`;
    parte("firmar").textContent = cuantas === 0 ? "Elija qué copias firmar" : abierta ? seguir : abrir;
    parte("firmar").disabled = estado.ocupada || cuantas === 0;
    parte("terminar").hidden = !abierta;
    parte("terminar").disabled = estado.ocupada;
    parte("efirma").disabled = abierta || estado.ocupada;
    parte("abierta").hidden = !abierta;
    renglones().forEach((renglon) => {
      renglon.querySelector("input").disabled = estado.ocupada || Boolean(renglon.dataset.folio);
    });
  };
  const anotar = (renglon, clase, texto) => {
    const situacion = renglon.querySelector("[data-situacion]");
    situacion.className = `firma__situacion ${clase}`;
    situacion.textContent = texto;
  };
  const enGrupos = (huella) => huella.match(/.{4}/g).join(" ");
  const mostrarHuella = (renglon, pedida) => {
    const detalle = renglon.querySelector("[data-detalle]");
    const huella = document.createElement("p");
    huella.className = "cifrado";
    huella.textContent = pedida.huellas.map(enGrupos).join(" · ");
    const ver = document.createElement("a");
    ver.href = pedida.copia;
    ver.target = "_blank";
    ver.rel = "noopener";
    ver.textContent = `Ver la copia ${pedida.folio} sin firmar (se abre aparte)`;
    const rotulo = document.createElement("p");
    rotulo.className = "rotulo";
    rotulo.textContent = `Folio ${pedida.folio} · SHA-256 de la copia que va a firmar`;
    detalle.replaceChildren(rotulo, huella, ver);
    return detalle;
  };
  const decidir = (detalle) =>
    new Promise((decidida) => {
      const caja = document.createElement("p");
      caja.className = "fila";
      const elegir = (valor) => {
        clearTimeout(reloj);
        caja.remove();
        decidida(valor);
      };
      const reloj = setTimeout(() => elegir(false), OCIOSA);
      const boton = (texto, clase, valor) => {
        const hecho = document.createElement("button");
        hecho.type = "button";
        hecho.className = `boton boton--ch ${clase}`;
        hecho.textContent = texto;
        hecho.addEventListener("click", () => elegir(valor));
        return hecho;
      };
      caja.append(boton("Firmar esta copia", "", true), boton("No firmarla ahora", "boton--2", false));
      detalle.append(caja);
      caja.firstElementChild.focus();
    });
  const mostrarExpedida = (renglon, hecha) => {
    renglon.dataset.folio = hecha.folio;
    const detalle = renglon.querySelector("[data-detalle]");
    const liga = document.createElement("a");
    liga.href = hecha.direccion;
    liga.textContent = `Abrir la certificación ${hecha.folio}`;
    const huella = document.createElement("p");
    huella.className = "cifrado";
    huella.textContent = enGrupos(hecha.sha256);
    const rotulo = document.createElement("p");
    rotulo.className = "rotulo";
    rotulo.textContent = "SHA-256 de la copia firmada";
    detalle.replaceChildren(rotulo, huella, liga);
    if (hecha.segundo_codigo) {
      const codigo = document.createElement("p");
      codigo.className = "aviso";
      codigo.textContent = `Código para consultar las fojas: ${hecha.segundo_codigo}. Está en la carátula y no se volverá a mostrar.`;
      detalle.append(codigo);
    }
    anotar(renglon, "firma__situacion--bien", `Firmada con sello de tiempo de ${hecha.momento}`);
  };

  // ── Firmar ──
  const abrirClave = async () => {
    const [cer, key] = ["cer", "key"].map((nombre) => parte(nombre).files[0]);
    const contrasena = parte("contrasena").value;
    parte("contrasena").value = "";
    if (!cer || !key || !contrasena) throw new Error("Elija su .cer y su .key y escriba la contraseña de la clave.");
    if (!globalThis.crypto?.subtle) throw new Error("Este navegador no puede firmar aquí: abra la oficina por https.");
    const bytes = new Uint8Array(await cer.arrayBuffer());
    if (bytes.length > 20000 || key.size > 20000) throw new Error("Uno de los archivos es demasiado grande para ser de una e.firma.");
    const certificado = btoa(String.fromCharCode(...bytes));
    const dicho = await preguntar(raiz.dataset.certificado, { certificado });
    const cifrada = await key.arrayBuffer();
    contratar();
    const datos = { forge: raiz.dataset.forge, cer: bytes.buffer, key: cifrada, contrasena, publica: dicho.publica };
    await mandar("abrir", datos, [cifrada]);
    parte("key").value = "";
    estado.certificado = certificado;
    parte("titular").textContent = `${dicho.titular} · certificado ${dicho.numero} · vence el ${dicho.vence}`;
  };
  const firmarUna = async (renglon) => {
    anotar(renglon, "", "Componiendo la copia y preguntando por su certificado…");
    const pedida = await preguntar(raiz.dataset.preparar, { clave: renglon.dataset.copia, certificado: estado.certificado });
    let puesta = false;
    try {
      const detalle = mostrarHuella(renglon, pedida);
      if (parte("una-por-una").checked) {
        anotar(renglon, "", "Revise la copia y decida");
        if (!(await decidir(detalle))) throw new Error("Decidió no firmarla ahora.");
      }
      anotar(renglon, "", "Firmando y pidiendo el sello de tiempo…");
      const firmas = [];
      for (const atributos of pedida.atributos) firmas.push(await mandar("firmar", { atributos }));
      puesta = true;
      mostrarExpedida(renglon, await preguntar(raiz.dataset.completar, { testigo: pedida.testigo, firmas }));
    } catch (error) {
      if (!puesta) await preguntar(raiz.dataset.abandonar, { testigo: pedida.testigo }).catch(() => {});
      throw error;
    }
  };
  const firmarElegidas = async () => {
    const cola = elegidas();
    let hechas = 0;
    for (const renglon of cola) {
      decir(`Firmando ${hechas + 1} de ${cola.length}…`);
      renglon.scrollIntoView({ block: "nearest" });
      try {
        await firmarUna(renglon);
      } catch (error) {
        anotar(renglon, "firma__situacion--mal", error.message);
        const quedan = cola.length - hechas;
        throw new Error(`Se detuvo: ${error.message} Se firmaron ${hechas}; ${quedan === 1 ? "falta 1" : `faltan ${quedan}`}.`);
      }
      hechas += 1;
    }
    return hechas;
  };
  const empezar = async () => {
    estado.ocupada = true;
    pintar();
    try {
      if (!estado.obrero) {
        decir("Abriendo la clave en este equipo…");
        await abrirClave();
      }
      pintar();
      const hechas = await firmarElegidas();
      estado.ocupada = false;
      const dicho = hechas === 1 ? "Se firmó 1 copia." : `Se firmaron ${hechas} copias.`;
      borrarClave(`${dicho} La clave se borró de este equipo.`);
      parte("dicho").classList.add("firma__dicho--bien");
    } catch (error) {
      estado.ocupada = false;
      if (estado.obrero && !estado.certificado) borrarClave();
      decir(error.message, "firma__dicho--mal");
      vigilarOcio();
    }
    pintar();
    parte("dicho").focus();
  };

  parte("formulario").addEventListener("submit", (suceso) => {
    suceso.preventDefault();
    if (!estado.ocupada) empezar();
  });
  parte("terminar").addEventListener("click", () => borrarClave("La clave se borró de este equipo."));
  renglones().forEach((renglon) => renglon.querySelector("input").addEventListener("change", pintar));
  addEventListener("pagehide", () => borrarClave());
  addEventListener("beforeunload", (suceso) => {
    if (estado.ocupada) suceso.preventDefault();
  });
  parte("formulario").hidden = false;
  pintar();
})();
