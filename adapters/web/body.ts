import type { IncomingMessage } from "node:http";
import { limits } from "./limits.ts";

/** A request's JSON, or why there is none: larger than the limit, or not JSON in UTF-8 (or too slow to arrive). */
export type Body = { value: unknown } | { problem: "too-large" | "bad" };

/** Reads a JSON body of at most `limits.bodyBytes`; never rejects. */
export function readBody(request: IncomingMessage): Promise<Body> {
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) return Promise.resolve({ problem: "bad" });
  if (Number(request.headers["content-length"] ?? 0) > limits.bodyBytes) {
    return Promise.resolve({ problem: "too-large" });
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => resolve({ problem: "bad" }), limits.bodyMs);
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.bodyBytes) return finish({ problem: "too-large" });
      chunks.push(chunk);
    });
    request.on("end", () => finish(parse(Buffer.concat(chunks))));
    request.on("error", () => finish({ problem: "bad" }));
    request.on("close", () => finish({ problem: "bad" }));

    function finish(body: Body): void {
      clearTimeout(timer);
      request.removeAllListeners("data");
      request.resume();
      resolve(body);
    }
  });
}

function parse(bytes: Buffer): Body {
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch {
    return { problem: "bad" };
  }
}
