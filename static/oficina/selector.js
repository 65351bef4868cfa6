// Selector: convierte una caja de texto en un combobox (patrón ARIA 1.2) con fichas para lo elegido.
// La caja original sigue siendo lo que se envía: nombres separados por punto y coma. Sin este guión, se escribe igual.
(() => {
  "use strict";
  const PAUSA = 120;
  let cuenta = 0;

  const nuevo = (etiqueta, clase, texto) => {
    const nodo = document.createElement(etiqueta);
    if (clase) nodo.className = clase;
    if (texto) nodo.textContent = texto;
    return nodo;
  };

  class Selector {
    constructor(original) {
      this.original = original;
      this.varios = original.dataset.selector === "varios";
      this.crea = original.dataset.selectorCrea === "si";
      this.textos = JSON.parse(original.dataset.selectorTextos || "{}");
      this.serie = ++cuenta;
      this.opciones = [];
      this.siguiente = "";
      this.activa = -1;
      this.espera = 0;
      this.pedido = null;
      this.construir();
      this.leer();
      this.oir();
    }

    get base() {
      return `selector-${this.serie}`;
    }

    construir() {
      const rotulo = document.querySelector(`label[for="${CSS.escape(this.original.id)}"]`);
      const nombre = rotulo ? rotulo.textContent.replace(/\*/g, "").trim() : "opciones";
      this.caja = nuevo("div", "of-selector");
      this.fichas = nuevo("ul", "of-selector__fichas");
      this.fichas.setAttribute("aria-label", `${nombre}: lo elegido`);
      this.entrada = nuevo("input", "of-selector__entrada");
      this.entrada.type = "text";
      this.entrada.autocomplete = "off";
      this.entrada.disabled = this.original.disabled;
      const atributos = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${this.base}-lista` };
      Object.entries(atributos).forEach(([clave, valor]) => this.entrada.setAttribute(clave, valor));
      for (const clave of ["aria-describedby", "aria-invalid", "aria-required"]) {
        if (this.original.hasAttribute(clave)) this.entrada.setAttribute(clave, this.original.getAttribute(clave));
      }
      this.lista = nuevo("ul", "of-selector__lista");
      this.lista.id = `${this.base}-lista`;
      this.lista.setAttribute("role", "listbox");
      this.lista.setAttribute("aria-label", nombre);
      this.lista.hidden = true;
      this.aviso = nuevo("p", "w-sr-only");
      this.aviso.setAttribute("role", "status");
      this.caja.append(this.fichas, this.entrada, this.lista, this.aviso);
      this.entrada.id = this.original.id;
      this.original.removeAttribute("id");
      this.original.type = "hidden";
      this.original.after(this.caja);
    }

    oir() {
      this.entrada.addEventListener("input", () => this.alEscribir());
      this.entrada.addEventListener("keydown", (evento) => this.alTeclear(evento));
      this.entrada.addEventListener("focus", () => this.pedirPronto());
      this.entrada.addEventListener("blur", () => this.alSalir());
      this.lista.addEventListener("mousedown", (evento) => evento.preventDefault());
      this.lista.addEventListener("click", (evento) => {
        const renglon = evento.target.closest("[role=option]");
        if (renglon) this.tomar(Number(renglon.dataset.lugar));
      });
      // Un borrador recuperado o el botón «atrás» cambian el campo que se envía: las fichas lo siguen.
      this.original.addEventListener("change", (evento) => {
        if (evento.isTrusted || !this.escribiendo) this.leer();
      });
    }

    leer() {
      const piezas = this.original.value.split(";").map((p) => p.trim()).filter(Boolean);
      this.elegidos = this.varios ? [...new Set(piezas)] : piezas.slice(0, 1);
      this.entrada.value = "";
      this.pintar();
    }

    escribir() {
      const suelto = this.entrada.value.trim();
      const todo = suelto && !this.elegidos.includes(suelto) ? [...this.elegidos, suelto] : this.elegidos;
      this.original.value = (this.varios ? todo : todo.slice(-1)).join("; ");
      this.escribiendo = true;
      this.original.dispatchEvent(new Event("input", { bubbles: true }));
      this.original.dispatchEvent(new Event("change", { bubbles: true }));
      this.escribiendo = false;
    }

    pintar() {
      this.fichas.replaceChildren(
        ...this.elegidos.map((valor, lugar) => {
          const ficha = nuevo("li", "of-selector__ficha");
          ficha.append(nuevo("span", "", this.textos[valor] || valor));
          if (!this.entrada.disabled) {
            const quitar = nuevo("button", "of-selector__quitar", "×");
            quitar.type = "button";
            quitar.setAttribute("aria-label", `Quitar ${this.textos[valor] || valor}`);
            quitar.addEventListener("click", () => this.quitar(lugar));
            ficha.append(quitar);
          }
          return ficha;
        }),
      );
      this.fichas.hidden = this.elegidos.length === 0;
    }

    quitar(lugar) {
      const [valor] = this.elegidos.splice(lugar, 1);
      this.pintar();
      this.escribir();
      this.decir(`Se quitó ${this.textos[valor] || valor}.`);
      this.entrada.focus();
    }

    elegir(opcion) {
      this.textos[opcion.valor] = opcion.texto;
      if (!this.varios) this.elegidos = [opcion.valor];
      else if (!this.elegidos.includes(opcion.valor)) this.elegidos.push(opcion.valor);
      this.entrada.value = "";
      this.pintar();
      this.escribir();
      this.cerrar();
      this.decir(`Elegido: ${opcion.texto}.`);
    }

    alEscribir() {
      const piezas = this.varios ? this.entrada.value.split(";") : [this.entrada.value];
      if (piezas.length > 1) {
        this.entrada.value = piezas.pop();
        piezas.map((p) => p.trim()).filter(Boolean).forEach((p) => this.elegir({ valor: p, texto: p }));
      }
      this.escribir();
      this.pedirPronto();
    }

    alTeclear(evento) {
      const abierta = !this.lista.hidden;
      const hacer = {
        ArrowDown: () => (abierta ? this.mover(1) : this.pedir()),
        ArrowUp: () => abierta && this.mover(-1),
        Enter: () => {
          if (abierta && this.activa >= 0) this.tomar(this.activa);
          else if (this.entrada.value.trim()) this.fijarEscrito();
          else return false;
          return true;
        },
        Escape: () => {
          if (!abierta) return false;
          this.cerrar();
          return true;
        },
        Backspace: () => {
          if (this.entrada.value || !this.elegidos.length) return false;
          this.quitar(this.elegidos.length - 1);
          return true;
        },
      }[evento.key];
      if (!hacer || evento.isComposing || evento.ctrlKey || evento.metaKey || evento.altKey) return;
      if (hacer() !== false) {
        evento.preventDefault();
        if (evento.key === "Escape") evento.stopPropagation();
      }
    }

    fijarEscrito() {
      const escrito = this.entrada.value.trim();
      const igual = this.opciones.find((o) => !o.nueva && o.texto.toLocaleLowerCase("es") === escrito.toLocaleLowerCase("es"));
      if (igual) this.elegir(igual);
      else if (this.crea) this.elegir({ valor: escrito, texto: escrito });
    }

    alSalir() {
      if (this.crea) this.fijarEscrito();
      this.cerrar();
    }

    pedirPronto() {
      clearTimeout(this.espera);
      this.espera = setTimeout(() => this.pedir(), PAUSA);
    }

    async pedir(desde = "") {
      if (this.pedido) this.pedido.abort();
      this.pedido = new AbortController();
      const consulta = new URLSearchParams({ q: this.entrada.value.trim(), desde });
      if (this.original.dataset.selectorClases) consulta.set("clase", this.original.dataset.selectorClases);
      try {
        const respuesta = await fetch(`${this.original.dataset.selectorUrl}?${consulta}`, {
          headers: { Accept: "application/json" },
          signal: this.pedido.signal,
        });
        if (!respuesta.ok) throw new Error(String(respuesta.status));
        this.recibir(await respuesta.json(), desde);
      } catch (error) {
        if (error.name !== "AbortError") {
          this.cerrar();
          this.decir("No pudimos traer la lista. Puede escribir el nombre completo.");
        }
      }
    }

    recibir({ opciones, siguiente, aviso = "" }, desde) {
      if (document.activeElement !== this.entrada) return;
      const antes = desde ? this.opciones.filter((o) => !o.nueva && !o.mas) : [];
      const libres = opciones.filter((o) => !this.elegidos.includes(o.valor));
      this.opciones = [...antes, ...libres];
      this.siguiente = siguiente;
      const escrito = this.entrada.value.trim();
      const hay = this.opciones.some((o) => o.texto.toLocaleLowerCase("es") === escrito.toLocaleLowerCase("es"));
      if (siguiente) this.opciones.push({ mas: true, texto: "Mostrar más…" });
      if (this.crea && escrito && !hay) this.opciones.push({ nueva: true, valor: escrito, texto: `Dar de alta «${escrito}», por verificar` });
      this.activa = desde ? antes.length : -1;
      this.mostrar();
      const cuantas = this.opciones.filter((o) => !o.mas && !o.nueva).length;
      const dicho = cuantas ? `${cuantas} opciones${siguiente ? ", y hay más" : ""}. Use las flechas.` : aviso ? "" : "Ninguna se llama así.";
      this.decir(`${dicho} ${aviso}`.trim());
    }

    mostrar() {
      const renglones = this.opciones.map((opcion, lugar) => {
        const renglon = nuevo("li", `of-selector__opcion${opcion.nueva || opcion.mas ? " of-selector__opcion--accion" : ""}`);
        renglon.id = `${this.base}-${lugar}`;
        renglon.dataset.lugar = String(lugar);
        renglon.setAttribute("role", "option");
        renglon.append(nuevo("span", "", opcion.texto));
        if (opcion.detalle) renglon.append(nuevo("span", "of-selector__detalle", opcion.detalle));
        return renglon;
      });
      this.lista.replaceChildren(...renglones);
      this.lista.hidden = renglones.length === 0;
      this.entrada.setAttribute("aria-expanded", String(!this.lista.hidden));
      this.marcar();
    }

    mover(paso) {
      const total = this.opciones.length;
      this.activa = this.activa < 0 && paso < 0 ? total - 1 : (this.activa + paso + total) % total;
      this.marcar();
    }

    marcar() {
      [...this.lista.children].forEach((renglon, lugar) => {
        const es = lugar === this.activa;
        renglon.setAttribute("aria-selected", String(es));
        if (es) renglon.scrollIntoView({ block: "nearest" });
      });
      if (this.activa >= 0) this.entrada.setAttribute("aria-activedescendant", `${this.base}-${this.activa}`);
      else this.entrada.removeAttribute("aria-activedescendant");
    }

    tomar(lugar) {
      const opcion = this.opciones[lugar];
      if (opcion.mas) this.pedir(this.siguiente);
      else this.elegir(opcion.nueva ? { valor: opcion.valor, texto: opcion.valor } : opcion);
    }

    cerrar() {
      clearTimeout(this.espera);
      if (this.pedido) this.pedido.abort();
      this.lista.hidden = true;
      this.activa = -1;
      this.entrada.setAttribute("aria-expanded", "false");
      this.entrada.removeAttribute("aria-activedescendant");
    }

    decir(frase) {
      this.aviso.textContent = frase;
    }
  }

  const montar = (donde) => donde.querySelectorAll("input[data-selector]:not([type=hidden])").forEach((caja) => new Selector(caja));
  const empezar = () => montar(document);
  document.addEventListener("acervo:renglon", (aviso) => montar(aviso.target));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", empezar);
  else empezar();
})();
