// Subir las fotografías de una sesión, una por una: lo que ya está se salta, lo que se corta se reanuda solo. Sin guion, van juntas.
(() => {
  "use strict";
  const formulario = document.querySelector("[data-sesion-subir]");
  if (!formulario) return;
  const envio = document.querySelector("[data-envio]");
  const parte = (nombre) => envio.querySelector(`[data-${nombre}]`);
  const espera = (ms) => new Promise((listo) => setTimeout(listo, ms));
  const cuenta = { total: 0, listas: 0, estaban: 0 };
  const fallidas = new Map();
  const vivos = new Map();
  let desde = 0;
  let ocupado = false;
  let mirando = false;

  const decir = () => {
    const fuera = fallidas.size;
    parte("barra").max = cuenta.total || 1;
    parte("barra").value = cuenta.listas;
    const piezas = [`${cuenta.listas} de ${cuenta.total}`];
    if (cuenta.estaban) piezas.push(`ya estaban ${cuenta.estaban}`);
    if (fuera) piezas.push(fuera === 1 ? "1 no entró" : `${fuera} no entraron`);
    parte("dicho").textContent = `${piezas.join("; ")}.`;
    parte("reintentar").hidden = ocupado || ![...fallidas.values()].some((f) => f.archivo);
  };
  const falla = (nombre, motivo, archivo) => {
    const renglon = document.createElement("li");
    const fuerte = document.createElement("strong");
    fuerte.textContent = nombre;
    renglon.append(fuerte, ` ${motivo}`);
    fallidas.get(nombre)?.renglon.remove();
    parte("fallas").append(renglon);
    fallidas.set(nombre, { renglon, archivo });
    cuenta.listas += 1;
    decir();
  };

  const huella = async (archivo) => {
    if (!globalThis.crypto?.subtle) return "";
    const suma = await crypto.subtle.digest("SHA-256", await archivo.arrayBuffer());
    return [...new Uint8Array(suma)].map((b) => b.toString(16).padStart(2, "0")).join("");
  };
  const pedir = async (cola = "") => {
    const respuesta = await fetch(formulario.dataset.avance + cola, { headers: { Accept: "application/json" } });
    return respuesta.ok ? respuesta.json() : { ingresos: [], conocidas: [] };
  };

  // Sin red se espera y se repite; un «no» del servidor es definitivo.
  const enviar = async (archivo) => {
    for (let pausa = 1000; ; pausa = Math.min(pausa * 2, 30000)) {
      const datos = new FormData(formulario);
      datos.delete("archivos");
      datos.append("archivos", archivo, archivo.name);
      try {
        const respuesta = await fetch(formulario.action, { method: "POST", body: datos, headers: { Accept: "application/json" } });
        if (respuesta.status < 500) {
          parte("conexion").hidden = true;
          const cuerpo = await respuesta.json().catch(() => ({ errores: ["La sesión se cerró o el servidor no lo admitió. Vuelva a entrar."] }));
          if (!respuesta.ok || !cuerpo.ingresos) throw new RangeError((cuerpo.errores || ["No se recibió."]).join(" "));
          return cuerpo.ingresos[0];
        }
      } catch (error) {
        if (error instanceof RangeError) throw error;
      }
      parte("conexion").hidden = false;
      await espera(pausa);
    }
  };

  const seguir = async () => {
    if (mirando) return;
    mirando = true;
    for (let pausa = 700; vivos.size; pausa = Math.min(pausa * 1.3, 4000)) {
      await espera(pausa);
      const { ingresos } = await pedir(`?desde=${desde}`).catch(() => ({ ingresos: [] }));
      ingresos.filter((i) => i.terminado && vivos.has(i.id)).forEach((i) => anotar(i));
    }
    mirando = false;
    const { conocidas } = await pedir().catch(() => ({ conocidas: [] }));
    const hay = document.querySelector("[data-hay]");
    if (conocidas.length) hay.textContent = `${conocidas.length} fotografías.`;
  };
  const anotar = (ingreso) => {
    const archivo = vivos.get(ingreso.id);
    vivos.delete(ingreso.id);
    if (ingreso.estado === "aceptado" || ingreso.estado === "duplicado") {
      cuenta.listas += 1;
      cuenta.estaban += ingreso.estado === "duplicado" ? 1 : 0;
      decir();
    } else falla(archivo.name, `${ingreso.estado_nombre}: ${ingreso.motivo}`, archivo);
  };

  const subir = async (archivos) => {
    if (!archivos.length) return;
    envio.hidden = false;
    cuenta.total += archivos.length;
    ocupado = true;
    decir();
    const conocidas = new Set((await pedir().catch(() => ({ conocidas: [] }))).conocidas);
    for (const archivo of archivos) {
      try {
        if (conocidas.has(await huella(archivo))) {
          cuenta.listas += 1;
          cuenta.estaban += 1;
          decir();
          continue;
        }
        const ingreso = await enviar(archivo);
        desde ||= ingreso.id;
        vivos.set(ingreso.id, archivo);
        if (ingreso.terminado) anotar(ingreso);
        else seguir();
      } catch (error) {
        falla(archivo.name, error.message, archivo);
      }
    }
    ocupado = false;
    decir();
  };

  alRecibirArchivos(formulario, subir);
  parte("reintentar").querySelector("button").addEventListener("click", () => {
    const otra = [...fallidas.values()].filter((f) => f.archivo);
    otra.forEach((f) => {
      f.renglon.remove();
      fallidas.delete(f.archivo.name);
    });
    cuenta.total -= otra.length;
    cuenta.listas -= otra.length;
    subir(otra.map((f) => f.archivo));
  });
  addEventListener("beforeunload", (evento) => {
    if (ocupado) evento.preventDefault();
  });
})();
