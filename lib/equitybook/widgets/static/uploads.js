/** Send a file to the server with progress and a way to stop; then what is imported from it. */
import { headers, talk, understand, Unreachable, url } from "./server.js";

/**
 * Send one file. `onprogress` hears shares from 0 to 1; `signal` stops it.
 * Resolves to the server's proposal. Throws what `talk` throws; an AbortError when stopped.
 */
export function sendFile(file, { kind, sheet = "", headerRow = "", onprogress = () => {}, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url("api/uploads"));
    const named = { "X-File-Name": encodeURIComponent(file.name), "X-Kind": kind, "Content-Type": "application/octet-stream" };
    if (sheet) named["X-Sheet"] = encodeURIComponent(sheet);
    if (headerRow) named["X-Header-Row"] = String(headerRow);
    for (const [name, value] of Object.entries(headers(named))) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onprogress(total ? loaded / total : 0);
    request.onerror = () => reject(new Unreachable("the connection was lost."));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    request.onload = () => {
      try {
        resolve(understand(request.status, false, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** What an import with these choices would do: {proposal, error?} or {proposal, rows, counts, …}. */
export function rehearse(upload, mapping) {
  return talk("POST", "api/imports", { body: { upload, mapping, mode: "replace", dry_run: true }, patience: 60000 });
}

/** Import for good; resolves to the report with its batch. */
export function importRows(upload, mapping, mode) {
  return talk("POST", "api/imports", { body: { upload, mapping, mode, dry_run: false }, patience: 120000 });
}

/** Forget an upload that is not wanted. */
export function forget(upload) {
  return talk("POST", "api/imports", { body: { upload, mapping: {}, mode: "cancel" } });
}

/** Take an import back. */
export function takeBack(batch) {
  return talk("POST", "api/undo", { body: { batch }, patience: 60000 });
}
