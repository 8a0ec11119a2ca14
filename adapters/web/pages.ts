import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { Language } from "../../src/language.ts";

/** The page's files in memory, each by its route path. */
export type Pages = {
  paths: string[];
  load(): Promise<void>;
  /** Answers with a file; the page itself comes in `language`, with `words` filled in. */
  serve(
    path: string,
    language: Language,
    words: Record<string, string>,
    response: ServerResponse,
  ): void;
};

const types: Record<string, string> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

const files: Record<string, URL> = {
  "/": new URL("page/index.html", import.meta.url),
  "/write": new URL("page/write.html", import.meta.url),
  ...Object.fromEntries(
    [
      "page.css",
      "attach.css",
      "cards.css",
      "previews.css",
      "theme.js",
      "app.js",
      "api.js",
      "attach.js",
      "conversations.js",
      "drawer.js",
      "element.js",
      "icon.js",
      "log.js",
      "panel.js",
      "rail.js",
      "settings.js",
      "slack.js",
      "markdown.js",
      "mrkdwn.js",
      "teams.js",
      "words.js",
      "write.js",
      "write.css",
      "icon.svg",
    ].map((name) => [`/playground/${name}`, new URL(`page/${name}`, import.meta.url)]),
  ),
  ...Object.fromEntries(
    ["adaptivecards.min.js", "adaptivecards.css"].map((name) => [
      `/playground/${name}`,
      new URL(import.meta.resolve(`adaptivecards/dist/${name}`)),
    ]),
  ),
};

/** Reads the playground's files once; the browser build of adaptivecards is served from its package. */
export function createPages(): Pages {
  const loaded = new Map<string, Buffer>();
  return {
    paths: Object.keys(files),
    async load() {
      for (const [path, file] of Object.entries(files)) {
        loaded.set(path, await readFile(fileURLToPath(file)));
      }
    },
    serve(path, language, words, response) {
      const bytes = loaded.get(path) ?? Buffer.alloc(0);
      const extension = path.includes(".") ? path.slice(path.lastIndexOf(".") + 1) : "html";
      const body = extension === "html" ? fill(bytes.toString("utf8"), language, words) : bytes;
      response.writeHead(200, {
        "content-type": types[extension] ?? "application/octet-stream",
        "cache-control": "no-cache",
      });
      response.end(body);
    },
  };
}

/** Headers of every answer of the playground: only its own files run, nothing may frame or read it. */
export function protect(response: ServerResponse): void {
  response.setHeader(
    "content-security-policy",
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  response.setHeader("cross-origin-opener-policy", "same-origin");
}

/** Puts words where the markup names them: `data-word` for text, `data-word-<attribute>` for an attribute. */
function fill(html: string, language: Language, words: Record<string, string>): string {
  return html
    .replace(/<html lang="en"/, `<html lang="${language}"`)
    .replace(/(data-word="([\w-]+)")>…/g, (_, mark, key) => `${mark}>${quote(words[key] ?? "")}`)
    .replace(
      /data-word-([a-z-]+)="([\w-]+)"/g,
      (mark, attribute: string, key: string) => `${mark} ${attribute}="${quote(words[key] ?? "")}"`,
    );
}

function quote(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}
