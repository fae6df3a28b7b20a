/** Talk to the server the page came from, and say plainly what went wrong when it does not answer. */

const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");

/** The path everything is served under; ends with "/". */
export const base = new URL(config.baseUrl || "/", location.href).pathname.replace(/\/?$/, "/");

/** What the server says about this page: town, cycle, person… Empty in JupyterLab. */
export const facts = config.equitybook ?? {};

/** Under whose name this browser keeps things: one person of one town, whoever else signs in here. */
export const owner = `${facts.cohort ?? ""}:${facts.community ?? ""}:${facts.username ?? ""}`;

/** The kernel behind this page, where Voilà started one. */
export const kernelId = config.kernelId ?? "";

/** Where a person signs in again. */
export const signInUrl = facts.sign_in_url ?? `${base}sign-in`;

/** The name of a person of this town, where the page knows it; otherwise how they sign in. */
export function nameOf(username) {
  return facts.names?.[username] ?? username;
}

/** The server could not be reached, or stumbled: try again later. */
export class Unreachable extends Error {}

/** The session has ended: sign in again, then try again. */
export class SignedOut extends Error {}

/** The server answered with a reason: trying again will not help. */
export class Refused extends Error {
  constructor(sentence, status) {
    super(sentence);
    this.status = status;
  }
}

export function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

export function url(path, query = {}) {
  const search = new URLSearchParams(query).toString();
  return `${base}equitybook/${path}${search ? `?${search}` : ""}`;
}

/** Headers every request carries: the token against forged requests, and JupyterLab's own token where there is one. */
export function headers(extra = {}) {
  return { "X-XSRFToken": cookie("_xsrf"), ...(config.token ? { Authorization: `token ${config.token}` } : {}), ...extra };
}

/**
 * GET or POST JSON. Resolves to the answer's JSON.
 * Throws Unreachable, SignedOut or Refused, each with a sentence for the page.
 */
export async function talk(method, path, { query, body, keepalive = false, patience = 20000 } = {}) {
  const options = { method, headers: headers(body === undefined ? {} : { "Content-Type": "application/json" }), credentials: "same-origin", keepalive };
  if (body !== undefined) options.body = JSON.stringify(body);
  if (!keepalive) options.signal = AbortSignal.timeout(patience);
  let answer;
  try {
    answer = await fetch(url(path, query), options);
  } catch {
    throw new Unreachable("The connection was lost.");
  }
  return understand(answer.status, answer.redirected, await answer.text().catch(() => ""));
}

/** Turn a raw answer into JSON or one of the three errors. */
export function understand(status, redirected, text) {
  let content = null;
  try {
    content = JSON.parse(text);
  } catch { /* a page instead of JSON: handled below */ }
  if (status === 401 || status === 403 || (redirected && content === null)) {
    throw new SignedOut(content?.error ?? "You are signed out.");
  }
  if (status >= 500 || status === 408 || status === 429 || status === 0) {
    throw new Unreachable(content?.error ?? "The server did not answer.");
  }
  if (status >= 400) throw new Refused(content?.error ?? `The server refused (${status}).`, status);
  if (content === null) throw new Unreachable("The answer could not be read.");
  return content;
}
