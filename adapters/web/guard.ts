import type { IncomingMessage } from "node:http";

const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);
const forwarding = /^(x-forwarded-.*|x-real-ip|forwarded|via)$/;

/**
 * Whether a request comes from this computer's own browser and page: loopback on both ends, the Host that the page is
 * served under, no proxy in between, and, when it changes something, the page's own Origin. Stops DNS rebinding and
 * requests that another site makes.
 */
export function isLocal(request: IncomingMessage): boolean {
  const { remoteAddress, localAddress, localPort } = request.socket;
  if (!loopback.has(remoteAddress ?? "") || !loopback.has(localAddress ?? "")) return false;
  if (Object.keys(request.headers).some((name) => forwarding.test(name))) return false;

  const host = request.headers.host ?? "";
  if (host !== `127.0.0.1:${localPort}` && host !== `localhost:${localPort}`) return false;

  const { origin } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (origin !== undefined) return origin === `http://${host}`;
  const reading = request.method === "GET" || request.method === "HEAD";
  const navigation = request.headers["sec-fetch-mode"] === "navigate";
  return reading && (navigation || site === undefined || site === "same-origin" || site === "none");
}
