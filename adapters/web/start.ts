import type { IncomingMessage, ServerResponse } from "node:http";
import type { Language } from "../../src/language.ts";
import type { Platform, Route } from "../../src/platform.ts";
import { readBody } from "./body.ts";
import { isLocal } from "./guard.ts";
import { limits } from "./limits.ts";
import { createMailbox } from "./mailbox.ts";
import { createPages, protect } from "./pages.ts";
import { toPost } from "./post.ts";
import { type Core, createQuestions, type WebOptions } from "./questions.ts";
import { readQuestion } from "./receive.ts";
import { isToken } from "./token.ts";
import { createUploads, type UploadProblem } from "./uploads.ts";
import { wordsOf } from "./words.ts";
import { createWriting, readWriteRequest } from "./write.ts";

/**
 * The playground: a chat page on loopback where the same bot answers, with previews of Slack and Teams. A question is
 * answered in its own response; what comes later reaches the page through a stream of events.
 */
export function createWeb(options: WebOptions, core: Core): Platform {
  const pages = createPages();
  const mailbox = createMailbox();
  const uploads = createUploads(core);
  const answer = createQuestions(options, core, { uploads, postToDesk: mailbox.postToDesk });
  const { previews, clock } = options;
  const writing = createWriting(options.writing, {
    previews,
    phrases: core.phrases,
    now: clock.now,
  });
  let inFlight = 0;
  let ready = false;

  /** A route that does work: a few at a time, and a failure is told with its number. */
  function working(run: (...args: [...Parameters<Route>, Language]) => Promise<void>): Route {
    return async (request, response) => {
      const language = languageOf(request, core.languages);
      if (inFlight >= limits.inFlight) {
        refuse(response, 503, language, "busy");
        return;
      }
      inFlight++;
      try {
        await run(request, response, language);
      } catch (cause) {
        const incident = options.ids().slice(0, 8);
        options.log.error("web.failed", { incident }, cause);
        refuse(response, 500, language, "failed", { id: incident });
      } finally {
        inFlight--;
      }
    };
  }

  const ask = working(async (request, response, language) => {
    const body = await readBody(request);
    const question = "value" in body ? readQuestion(body.value) : undefined;
    if (question) send(response, 200, await answer(question));
    else if ("problem" in body && body.problem === "too-large") {
      refuse(response, 413, language, "too-large");
    } else refuse(response, 400, language, "bad");
  });

  const upload = working(async (request, response, language) => {
    const read = await uploads.receive(request);
    request.resume();
    if (typeof read === "string") refuse(response, uploadStatus[read], language, read);
    else send(response, 200, { name: read.name });
  });

  const write = working(async (request, response, language) => {
    const body = await readBody(request);
    const wanted = "value" in body ? readWriteRequest(body.value) : undefined;
    if (wanted) send(response, 200, await writing(wanted, language));
    else
      refuse(
        response,
        "problem" in body && body.problem === "too-large" ? 413 : 400,
        language,
        "bad",
      );
  });

  function listen(request: IncomingMessage, response: ServerResponse): void {
    const session = new URL(request.url ?? "/", "http://localhost").searchParams.get("session");
    const language = languageOf(request, core.languages);
    if (!isToken(session)) refuse(response, 400, language, "bad");
    else if (!mailbox.open(session, response)) refuse(response, 503, language, "busy");
  }

  function refuse(
    response: ServerResponse,
    status: number,
    language: Language,
    reason: "busy" | "too-large" | "bad" | "failed" | "refused" | UploadProblem,
    params?: Record<string, string>,
  ): void {
    if (status === 413 || status === 403) response.setHeader("connection", "close");
    send(response, status, { error: core.phrases(language, `playground.error.${reason}`, params) });
  }

  function guarded(route: Route): Route {
    return (request, response) => {
      protect(response);
      if (isLocal(request)) route(request, response);
      else refuse(response, 403, languageOf(request, core.languages), "refused");
    };
  }

  const routes: Record<string, Route> = {
    "POST /playground/questions": ask,
    "POST /playground/files": upload,
    "POST /playground/entries": write,
    "GET /playground/events": listen,
    "GET /playground/words.json": (_request, response) => {
      const words = core.languages.map((language) => [language, wordsOf(core.phrases, language)]);
      send(response, 200, Object.fromEntries(words));
    },
  };
  for (const path of pages.paths) {
    routes[`GET ${path}`] = (request, response) => {
      const language = languageOf(request, core.languages);
      pages.serve(path, language, wordsOf(core.phrases, language), response);
    };
  }

  return {
    name: "web",
    routes: Object.fromEntries(Object.entries(routes).map(([key, run]) => [key, guarded(run)])),
    async start() {
      await pages.load();
      ready = true;
    },
    ready: () => ready,
    async send(outgoing) {
      try {
        const sent = toPost(outgoing, options.ids(), core.phrases, options.previews);
        if (sent.post.place === "route") mailbox.postToDesk(sent.post);
        else mailbox.post(sent.session, sent.post);
        const { ref } = sent.post;
        return sent.address ? { ok: true, ref, address: sent.address } : { ok: true, ref };
      } catch (cause) {
        options.log.error("web.failed", { delivery: outgoing.delivery.id }, cause);
        return { ok: false, unknown: false, reason: "the card could not be rendered" };
      }
    },
    async stop() {
      ready = false;
      mailbox.close();
    },
  };
}

const uploadStatus = { "file-too-large": 413, "file-not-text": 415, bad: 400 } as const;

/** The first language of Accept-Language that Hexdesk speaks; the page sends the one that the person chose. */
function languageOf(request: IncomingMessage, languages: Language[]): Language {
  for (const wish of (request.headers["accept-language"] ?? "").split(",").slice(0, 10)) {
    const name = wish.trim().slice(0, 2).toLowerCase();
    const found = languages.find((language) => language === name);
    if (found) return found;
  }
  return languages[0] ?? "en";
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return;
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(body));
}
