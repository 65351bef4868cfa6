// Ingresar archivos: uno por uno, con su avance y su veredicto. Sin guion, el formulario manda todos juntos.
(() => {
  "use strict";
  const formulario = document.querySelector("[data-ingreso]");
  if (!formulario) return;
  const cola = document.querySelector("[data-cola]");
  const renglones = cola.querySelector("[data-renglones]");
  const resumen = cola.querySelector("[data-resumen]");
  const estadoUrl = (id) => formulario.dataset.estadoUrl.replace("/0/", `/${id}/`);
  const cuenta = { total: 0, listos: 0 };

  const decir = () => {
    resumen.textContent = `Con veredicto: ${cuenta.listos} de ${cuenta.total}.`;
  };

  const renglonDe = (archivo) => {
    const li = document.createElement("li");
    const nombre = document.createElement("span");
    nombre.textContent = archivo.name;
    const barra = document.createElement("progress");
    barra.max = 100;
    barra.value = 0;
    barra.setAttribute("aria-label", `Avance de ${archivo.name}`);
    const dicho = document.createElement("span");
    dicho.textContent = "En espera";
    li.append(nombre, barra, dicho);
    renglones.append(li);
    return { nombre, barra, dicho };
  };

  const mostrar = (partes, ingreso) => {
    partes.barra.value = ingreso.terminado ? 100 : 90;
    const enlace = document.createElement("a");
    enlace.href = ingreso.elemento || ingreso.url;
    enlace.textContent = ingreso.nombre;
    partes.nombre.replaceChildren(enlace);
    partes.dicho.textContent = ingreso.motivo ? `${ingreso.estado_nombre}. ${ingreso.motivo}` : ingreso.estado_nombre;
  };

  const seguir = async (partes, ingreso) => {
    let ultimo = ingreso;
    let pausa = 700;
    while (!ultimo.terminado) {
      await new Promise((listo) => setTimeout(listo, pausa));
      pausa = Math.min(pausa * 1.4, 5000);
      const respuesta = await fetch(estadoUrl(ultimo.id), { headers: { Accept: "application/json" } });
      if (!respuesta.ok) throw new Error("No se pudo preguntar cómo va. Véalo en «Archivos ingresados».");
      ultimo = await respuesta.json();
      mostrar(partes, ultimo);
    }
    cuenta.listos += 1;
    decir();
  };

  const enviar = (archivo, partes, datos) =>
    new Promise((listo, falla) => {
      datos.delete("archivos");
      datos.append("archivos", archivo, archivo.name);
      const peticion = new XMLHttpRequest();
      peticion.open("POST", formulario.action);
      peticion.setRequestHeader("Accept", "application/json");
      peticion.upload.addEventListener("progress", (evento) => {
        if (!evento.lengthComputable) return;
        partes.barra.value = (evento.loaded / evento.total) * 80;
        partes.dicho.textContent = "Enviando";
      });
      peticion.addEventListener("load", () => {
        let cuerpo = {};
        try {
          cuerpo = JSON.parse(peticion.responseText);
        } catch {
          cuerpo = { errores: ["El servidor no respondió como se esperaba. Vuelva a intentarlo."] };
        }
        if (peticion.status === 200 && cuerpo.ingresos) listo(cuerpo.ingresos[0]);
        else falla(new Error((cuerpo.errores || ["No se recibió."]).join(" ")));
      });
      peticion.addEventListener("error", () => falla(new Error("Se perdió la conexión. El archivo no se recibió: vuelva a enviarlo.")));
      peticion.send(datos);
    });

  const ingresar = async (archivos) => {
    if (!archivos.length) return;
    cola.hidden = false;
    cuenta.total += archivos.length;
    decir();
    const tareas = [...archivos].map((archivo) => ({ archivo, partes: renglonDe(archivo) }));
    const esperas = [];
    for (const { archivo, partes } of tareas) {
      try {
        const ingreso = await enviar(archivo, partes, new FormData(formulario));
        mostrar(partes, ingreso);
        esperas.push(seguir(partes, ingreso));
      } catch (error) {
        partes.dicho.textContent = error.message;
        cuenta.listos += 1;
        decir();
      }
    }
    await Promise.allSettled(esperas);
  };

  alRecibirArchivos(formulario, ingresar);
})();
