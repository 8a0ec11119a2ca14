import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { load } from "js-yaml";
import type { Core } from "../../adapters/web/questions.ts";
import { createWeb } from "../../adapters/web/start.ts";
import type { Card } from "../../src/card.ts";
import type { Language, Phrases } from "../../src/language.ts";
import type { Platform } from "../../src/platform.ts";
import { knowledge } from "../fixtures/knowledge.ts";

/** A playground on a free port of loopback, as the server mounts it. */
export type Rig = { url: string; port: number; platform: Platform; errors: string[] };

type Options = Parameters<typeof createWeb>[0];

/** Starts a playground over a core; `close` ends it. */
export async function startRig(
  core: Core,
  previews: Options["previews"] = plainPreviews,
  writing: Options["writing"] = { knowledge: () => knowledge },
): Promise<Rig & { close(): Promise<void> }> {
  const errors: string[] = [];
  const platform = createWeb(
    {
      previews,
      writing,
      clock: { now: () => Date.parse("2026-11-21T10:00:00Z"), sleep: async () => {} },
      ids: randomUUID,
      log: {
        info() {},
        warn() {},
        error: (event, _fields, cause) => errors.push(`${event} ${cause}`),
      },
    },
    core,
  );
  await platform.start();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const route = platform.routes[`${request.method} ${path}`];
    if (route) route(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    platform,
    errors,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await platform.stop();
      await closed;
    },
  };
}

/** The playground's own phrases, as its files have them. */
export const playgroundPhrases: Phrases = (language, key, params = {}) => {
  let found: unknown = trees[language];
  for (const part of key.split(".")) {
    found = typeof found === "object" && found !== null ? Reflect.get(found, part) : undefined;
  }
  if (typeof found !== "string") throw new Error(`no phrase ${language} ${key}`);
  return found.replace(/\{(\w+)\}/g, (_, name) => String(params[name]));
};

/** The tree of playground.yaml. */
export const trees: Record<Language, unknown> = { en: read("en"), es: read("es") };

function read(language: Language): unknown {
  const file = new URL(`../../knowledge/locales/${language}/playground.yaml`, import.meta.url);
  return load(readFileSync(file, "utf8"));
}

const plainPreviews = {
  slack: (card: Card) => ({ text: card.title, blocks: [] }),
  teams: (card: Card) => ({ type: "AdaptiveCard", version: "1.5", body: [], speak: card.title }),
};
