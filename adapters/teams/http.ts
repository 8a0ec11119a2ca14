import type { IncomingMessage, ServerResponse } from "node:http";
import { TEAMS_LIMITS } from "./limits.ts";

/** A status, and for an invoke the JSON that answers it. */
export type HttpAnswer = { status: number; body?: unknown };

/**
 * Reads a request's JSON object; a number is the status that refuses it: 413 over 256 KiB, 400 for anything but an
 * object. The rest of a refused body is not read.
 */
export async function readJson(
  request: IncomingMessage,
): Promise<Record<string, unknown> | number> {
  const body = await readBody(request);
  if (body === undefined) return 413;
  try {
    const value: unknown = JSON.parse(body);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : 400;
  } catch {
    return 400;
  }
}

/** The body as text, an aborted one as far as it came; undefined when it is too long. */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= TEAMS_LIMITS.requestBytes) return;
      request.pause();
      resolve(undefined);
    });
    request.on("close", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
  });
}

/** Answers once; what went wrong is never told to the caller. */
export function respond(response: ServerResponse, { status, body }: HttpAnswer): void {
  if (response.headersSent) return;
  response.statusCode = status;
  if (status === 413) response.setHeader("connection", "close");
  if (status === 503) response.setHeader("retry-after", "5");
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.end(JSON.stringify(body));
}

/**
 * True for a request of this computer itself, made by a program: without tokens, a web page or a forwarded request must
 * not pass.
 */
export function isLocalRequest({ socket, headers }: IncomingMessage): boolean {
  const isLoopback = /^(?:::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? "");
  const isForwarded = "x-forwarded-for" in headers || "forwarded" in headers;
  const isJson = /^application\/json\b/i.test(headers["content-type"] ?? "");
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  return isLoopback && !isForwarded && isJson && /^(?:127\.[\d.]+|localhost|\[::1\])$/.test(host);
}
