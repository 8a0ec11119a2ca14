import { request as httpRequest } from "node:http";
import { type Rig, startRig } from "./rig.ts";
import { fullCard, scriptedCore } from "./script.ts";

type Json = Record<string, unknown> & { posts: Record<string, unknown>[] };
type Answer = { status: number; headers: Record<string, unknown>; text: string; json: Json };

/** The session of the person who asks. */
export const session = "session-0123456789";

/** A core for the routes: some words fail, stay silent or lead elsewhere; anything else gets a card and a note. */
export function routesCore() {
  return scriptedCore((message) => {
    if (message.text === "boom") throw new Error("secret detail");
    if (message.text === "thanks") return [];
    if (message.text === "private") return [{ to: { kind: "dm" }, card: fullCard() }];
    if (message.action?.do === "failed") {
      return [{ mode: { update: message.card ?? "" }, card: fullCard() }];
    }
    return [{ card: fullCard() }, { to: { kind: "asker" }, card: fullCard("es") }];
  });
}

/** A playground and a client that sends exactly the headers it is told. */
export async function startCalls(core: Parameters<typeof startRig>[0]) {
  const rig: Rig & { close(): Promise<void> } = await startRig(core);
  let n = 0;

  /** The headers of the playground's own page. */
  function local(more: Record<string, string> = {}): Record<string, string> {
    const host = `127.0.0.1:${rig.port}`;
    return { host, origin: `http://${host}`, "content-type": "application/json", ...more };
  }

  /** One request with exactly these headers. */
  function call(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string | Buffer,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        { host: "127.0.0.1", port: rig.port, method, path, headers, setHost: false, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            const isJson = String(response.headers["content-type"]).startsWith("application/json");
            const json = isJson ? JSON.parse(text) : {};
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
          });
        },
      );
      request.on("error", reject);
      request.end(body);
    });
  }

  /** Asks as the page does. */
  function ask(question: Record<string, unknown>, headers: Record<string, string> = {}) {
    const whole = { id: `question-${++n}`, session, text: "0x80090311", ...question };
    return call("POST", "/playground/questions", local(headers), JSON.stringify(whole));
  }

  return { rig, local, call, ask };
}
