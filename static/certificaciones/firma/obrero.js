// Abre la clave de la e.firma y firma, en un hilo aparte y sin red. Sólo firma los atributos de una firma PAdES hecha con ese certificado.
"use strict";
self.window = self;

const OID = {
  contenido: "1.2.840.113549.1.9.3",
  resumen: "1.2.840.113549.1.9.4",
  certificado: "1.2.840.113549.1.9.16.2.47",
  proteccion: "1.2.840.113549.1.9.52",
};
const RSA = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
let clave = null;
let huellaDelCertificado = "";

class Aviso extends Error {}

const aBytes = (base64) => Uint8Array.from(atob(base64), (letra) => letra.charCodeAt(0));
const aBase64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const aBinario = (bytes) => bytes.reduce((texto, byte) => texto + String.fromCharCode(byte), "");

const NO_ES_CLAVE = "El archivo .key no es una clave de e.firma. Elija el que termina en .key, junto a su .cer.";

const leerCifrada = (bytes) => {
  try {
    const leida = forge.asn1.fromDer(forge.util.createBuffer(aBinario(bytes)));
    if (forge.asn1.derToOid(leida.value[0].value[0].value).startsWith("1.2.840.113549.1")) return leida;
  } catch {
    throw new Aviso(NO_ES_CLAVE);
  }
  throw new Aviso(NO_ES_CLAVE);
};

const descifrar = (cifrada, contrasena) => {
  const leida = leerCifrada(cifrada);
  let abierta = null;
  try {
    abierta = forge.pki.decryptPrivateKeyInfo(leida, contrasena);
  } catch (error) {
    if (/not a supported|Unsupported|Cannot read/i.test(error.message)) throw new Aviso(NO_ES_CLAVE);
  }
  if (!abierta) {
    throw new Aviso("La contraseña no abre esa clave. Revise mayúsculas y que sea la de la clave privada, no la del portal del SAT.");
  }
  const der = forge.asn1.toDer(abierta).getBytes();
  return Uint8Array.from(der, (letra) => letra.charCodeAt(0));
};

const corresponde = async (publica) => {
  const reto = crypto.getRandomValues(new Uint8Array(32));
  const prueba = await crypto.subtle.sign(RSA, clave, reto);
  const delCertificado = await crypto.subtle.importKey("spki", aBytes(publica), RSA, false, ["verify"]);
  return crypto.subtle.verify(RSA, delCertificado, prueba, reto);
};

const abrir = async ({ forge: direccion, cer, key, contrasena, publica }) => {
  importScripts(direccion);
  const abierta = descifrar(new Uint8Array(key), contrasena);
  new Uint8Array(key).fill(0);
  try {
    clave = await crypto.subtle.importKey("pkcs8", abierta, RSA, false, ["sign"]);
  } catch {
    throw new Aviso("La clave no es RSA, que es lo que usa la e.firma.");
  } finally {
    abierta.fill(0);
  }
  if (!(await corresponde(publica))) {
    clave = null;
    throw new Aviso("El .key y el .cer no son de la misma e.firma. Elija los dos de la misma carpeta.");
  }
  huellaDelCertificado = aBinario(new Uint8Array(await crypto.subtle.digest("SHA-256", cer)));
};

// Los atributos firmados de una firma PAdES, y nada más: el servidor no puede hacer que se firme otra cosa.
const sonAtributos = (bytes) => {
  const raiz = forge.asn1.fromDer(forge.util.createBuffer(aBinario(bytes)));
  if (raiz.type !== forge.asn1.Type.SET || forge.asn1.toDer(raiz).getBytes() !== aBinario(bytes)) return false;
  const atributos = new Map(raiz.value.map((par) => [forge.asn1.derToOid(par.value[0].value), par.value[1]]));
  const admitidos = new Set(Object.values(OID));
  const completos = [OID.contenido, OID.resumen, OID.certificado].every((oid) => atributos.has(oid));
  if (!completos || ![...atributos.keys()].every((oid) => admitidos.has(oid))) return false;
  const resumen = atributos.get(OID.resumen).value[0].value;
  return resumen.length === 32 && forge.asn1.toDer(atributos.get(OID.certificado)).getBytes().includes(huellaDelCertificado);
};

const firmar = async ({ atributos }) => {
  if (!clave) throw new Aviso("La clave ya se borró. Ábrala otra vez para seguir.");
  const bytes = aBytes(atributos);
  if (!sonAtributos(bytes)) throw new Aviso("Lo que se pidió firmar no es una copia certificada con su certificado. No se firmó.");
  return aBase64(await crypto.subtle.sign(RSA, clave, bytes));
};

const cerrar = async () => {
  clave = null;
  huellaDelCertificado = "";
};

const ORDENES = { abrir, firmar, cerrar };

self.onmessage = async ({ data: { id, orden, ...datos } }) => {
  try {
    self.postMessage({ id, dato: await ORDENES[orden](datos) });
  } catch (error) {
    const dicho = error instanceof Aviso ? error.message : "No se pudo usar la clave en este navegador. Pruebe con otro o avise a soporte.";
    self.postMessage({ id, error: dicho });
  }
};
