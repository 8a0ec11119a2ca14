import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../adapters/web/limits.ts";
import type { Message } from "../../src/message.ts";
import { type Rig, startRig } from "./rig.ts";
import { fullCard, outgoingOf, scriptedCore } from "./script.ts";

const session = "session-0123456789";
const core = scriptedCore((message) => {
  if (message.text === "boom") throw new Error("secret detail");
  if (message.text === "thanks") return [];
  if (message.text === "private") return [{ to: { kind: "dm" }, card: fullCard() }];
  if (message.action?.do === "failed") {
    return [{ mode: { update: message.card ?? "" }, card: fullCard() }];
  }
  return [{ card: fullCard() }, { to: { kind: "asker" }, card: fullCard("es") }];
});
let rig: Rig & { close(): Promise<void> };
let n = 0;

beforeAll(async () => {
  rig = await startRig(core);
});
afterAll(() => rig.close());

type Answer = { status: number; headers: Record<string, unknown>; text: string; json: Json };
type Json = Record<string, unknown> & { posts: Record<string, unknown>[] };

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

function local(more: Record<string, string> = {}): Record<string, string> {
  const host = `127.0.0.1:${rig.port}`;
  return { host, origin: `http://${host}`, "content-type": "application/json", ...more };
}

function ask(question: Record<string, unknown>, headers: Record<string, string> = {}) {
  const whole = { id: `question-${++n}`, session, text: "0x80090311", ...question };
  return call("POST", "/playground/questions", local(headers), JSON.stringify(whole));
}

function last(): Message | undefined {
  return core.asked.at(-1);
}

describe("a question", () => {
  test("becomes a message and comes back as rendered posts", async () => {
    const { status, json } = await ask({ locale: "es", role: "helpdesk" });
    expect(status).toBe(200);
    expect(last()).toMatchObject({
      from: { id: session, locale: "es", role: "helpdesk" },
      address: { platform: "web", conversation: session },
      surface: "web",
      addressed: true,
      text: "0x80090311",
    });
    expect(json).toMatchObject({ kind: "step", thread: last()?.address.thread });
    expect(json.posts.map((post) => post.place)).toEqual(["thread", "note"]);
    expect(json.posts[0]?.html).toContain("No domain controller could be reached");
    expect(json.posts[1]).toMatchObject({ language: "es", slack: { blocks: [] } });
    expect(json.posts[1]?.html).toContain(">Copiar<");
    expect(core.delivered.slice(-2).map((each) => each.ref)).toEqual(
      json.posts.map((post) => post.ref),
    );
  });

  test("starts a thread, and a reply stays in it", async () => {
    const first = await ask({});
    const second = await ask({});
    const reply = await ask({ thread: first.json.thread });
    expect(second.json.thread).not.toBe(first.json.thread);
    expect(reply.json.thread).toBe(first.json.thread);
    expect(last()?.address.thread).toBe(first.json.thread);
  });

  test("that arrives twice is asked once and answered the same", async () => {
    const before = core.asked.length;
    const [one, two] = await Promise.all([
      ask({ id: "the-same-question" }),
      ask({ id: "the-same-question" }),
    ]);
    expect(core.asked.length).toBe(before + 1);
    expect(two.text).toBe(one.text);
  });

  test("of the bot's silence has no posts", async () => {
    const { status, json } = await ask({ text: "thanks" });
    expect([status, json.kind, json.posts]).toEqual([200, "silent", []]);
  });

  test("that leads to a private conversation reports its new thread", async () => {
    const { json } = await ask({ text: "private" });
    const post = json.posts[0];
    expect(post?.place).toBe("private");
    expect(post?.thread).not.toBe(json.thread);
    expect(core.delivered.at(-1)?.thread).toBe(post?.thread);
  });

  test.each(["", "   ", "\u0000\u001B[2J", "x".repeat(900_000)])(
    "with odd text reaches the bot as it is (%#)",
    async (text) => {
      expect((await ask({ text })).status).toBe(200);
      expect(last()?.text).toBe(text);
    },
  );
});

describe("a click", () => {
  const action = { v: 1, do: "failed", entry: "0x80090311", lang: "en" };

  test("brings its action and its card, and the answer takes the card's place", async () => {
    const first = await ask({});
    const ref = first.json.posts[0]?.ref;
    const { json } = await ask({ action: JSON.stringify(action), card: ref, text: "" });
    expect(last()).toMatchObject({ action, card: ref });
    expect(json.posts[0]?.ref).toBe(ref);
  });

  test.each([
    "{}",
    "not json",
    JSON.stringify({ ...action, v: 2 }),
    JSON.stringify({ ...action, do: "delete" }),
    JSON.stringify({ ...action, extra: 1 }),
    `{"__proto__":{"v":1,"do":"help","lang":"en"}}`,
    "x".repeat(600),
    42,
    null,
  ])("with the forged value %j arrives without an action", async (forged) => {
    const { status } = await ask({ action: forged, card: "d1", text: "" });
    expect(status).toBe(200);
    expect(last()).toMatchObject({ card: "d1", text: "" });
    expect(last()?.action).toBeUndefined();
  });
});

describe("a bad request is refused in the person's language", () => {
  const url = "/playground/questions";

  test("a body above 1 MB, announced or not", async () => {
    const large = JSON.stringify({ id: "large-one", session, text: "x".repeat(limits.bodyBytes) });
    const announced = await call("POST", url, local({ "accept-language": "es" }), large);
    expect(announced.status).toBe(413);
    expect(announced.json.error).toContain("más de 1 MB");
    const chunked = await call("POST", url, local({ "transfer-encoding": "chunked" }), large);
    expect(chunked.status).toBe(413);
    expect(chunked.json.error).toContain("more than 1 MB");
  });

  test.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["nothing", ""],
    ["a missing session", JSON.stringify({ id: "question-x" })],
    ["a session that is a path", JSON.stringify({ id: "question-x", session: "../../../etc" })],
    ["an unknown role", JSON.stringify({ id: "question-x", session, role: "root" })],
    ["a text that is a number", JSON.stringify({ id: "question-x", session, text: 5 })],
    ["an unknown field", JSON.stringify({ id: "question-x", session, tenant: "other" })],
    ["bytes that are not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ])("%s", async (_name, body) => {
    const before = core.asked.length;
    const { status, json } = await call("POST", url, local({ "accept-language": "es-ES" }), body);
    expect(status).toBe(400);
    expect(json.error).toContain("no ha podido leer");
    expect(core.asked.length).toBe(before);
  });

  test("a form of another content type", async () => {
    const headers = local({ "content-type": "text/plain" });
    const body = JSON.stringify({ id: "question-y", session, text: "x" });
    expect((await call("POST", url, headers, body)).status).toBe(400);
  });
});

test("a failure is told with a reference that stands in the log, without its cause", async () => {
  const { status, text, json } = await ask({ text: "boom" }, { "accept-language": "es" });
  expect(status).toBe(500);
  expect(json.error).toMatch(/referencia: [0-9a-f]{8}$/);
  expect(text).not.toContain("secret");
  expect(rig.errors.at(-1)).toContain("secret detail");
});

test("too many questions at once are refused and then served again", async () => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = await startRig({
    ...core,
    answer: async (message) => {
      await gate;
      return core.answer(message);
    },
  });
  const before = rig;
  rig = slow;
  try {
    const waiting = Array.from({ length: limits.inFlight }, () => ask({}));
    await expect.poll(async () => (await ask({})).status).toBe(503);
    release();
    for (const answer of await Promise.all(waiting)) expect(answer.status).toBe(200);
    expect((await ask({})).status).toBe(200);
  } finally {
    rig = before;
    await slow.close();
  }
});

describe("who may ask", () => {
  test("of 30 combinations of Host and Origin only the page's own two pass", async () => {
    const { port } = rig;
    const hosts = [
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      `evil.example:${port}`,
      "127.0.0.1",
      `127.0.0.1:${port + 1}`,
      `127.0.0.1.evil.example:${port}`,
    ];
    const origins = ["own", undefined, "null", "http://evil.example", `https://127.0.0.1:${port}`];
    const passed: string[] = [];
    for (const host of hosts) {
      for (const origin of origins) {
        const sent = origin === "own" ? `http://${host}` : origin;
        const headers = {
          host,
          "content-type": "application/json",
          ...(sent ? { origin: sent } : {}),
        };
        const body = JSON.stringify({ id: `matrix-${++n}`, session, text: "x" });
        const { status } = await call("POST", "/playground/questions", headers, body);
        expect([200, 403]).toContain(status);
        if (status === 200) passed.push(`${host} ${origin}`);
      }
    }
    expect(passed).toEqual([`127.0.0.1:${port} own`, `localhost:${port} own`]);
  });

  test("the page on one name may not be used from the other", async () => {
    const headers = local({ origin: `http://localhost:${rig.port}` });
    expect((await call("POST", "/playground/questions", headers, "{}")).status).toBe(403);
  });

  test.each(["x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via"])(
    "nobody behind a proxy (%s)",
    async (name) => {
      expect((await call("GET", "/", local({ [name]: "1" }))).status).toBe(403);
    },
  );

  test("no other site reads the page's files or its events", async () => {
    const { host = "" } = local();
    const cross = { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
    expect((await call("GET", "/playground/app.js", cross)).status).toBe(403);
    expect((await call("GET", `/playground/events?session=${session}`, cross)).status).toBe(403);
    const navigation = { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect((await call("GET", "/", navigation)).status).toBe(200);
  });

  test("a refusal is said in the reader's language", async () => {
    const { json } = await call("GET", "/", { host: "evil.example", "accept-language": "es" });
    expect(json.error).toContain("solo responde en el equipo");
  });
});

describe("the page", () => {
  test("comes in the reader's language with a policy that lets only its own files run", async () => {
    const { host = "" } = local();
    const { status, headers, text } = await call("GET", "/", { host, "accept-language": "es" });
    expect(status).toBe(200);
    expect(text).toContain('<html lang="es"');
    expect(text).toContain("¿Qué dice Windows?");
    expect(text).not.toContain(">…<");
    expect(text).not.toMatch(/<script(?![^>]* src="\/playground\/)|style="|\son\w+=/);
    const policy = String(headers["content-security-policy"]);
    for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toContain("unsafe");
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });

  test("has every file that it names", async () => {
    const { host = "" } = local();
    const keys = Object.keys(rig.platform.routes).filter((key) =>
      key.startsWith("GET /playground/"),
    );
    const files = keys.map((key) => key.slice(4)).filter((path) => /\.\w+$/.test(path));
    const texts = new Map<string, string>();
    for (const path of ["/", ...files]) {
      const { status, text } = await call("GET", path, { host });
      expect([path, status, text.length > 0]).toEqual([path, 200, true]);
      texts.set(path, text);
    }
    const named = [...texts]
      .filter(([path]) => !path.includes("adaptivecards"))
      .flatMap(([, text]) => [
        ...[...text.matchAll(/"(\/playground\/[\w.-]+\.\w+)"/g)].map(([, path = ""]) => path),
        ...[...text.matchAll(/from "\.\/([\w.-]+)"/g)].map(([, name]) => `/playground/${name}`),
      ]);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !texts.has(path))).toEqual([]);
  });
});

describe("what comes later", () => {
  function later(id: string) {
    const message = last();
    if (!message) throw new Error("nothing was asked");
    return outgoingOf(message, { card: fullCard() }, id);
  }

  /** Opens a stream; `read` gives the posts of as many events, when they are there, and ends it. */
  async function follow(of: string) {
    const response = await fetch(`${rig.url}playground/events?session=${of}`);
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    return {
      async read(count: number): Promise<{ ref: string }[]> {
        let text = "";
        for (;;) {
          const found = [...text.matchAll(/^data: (.*)$/gm)].map(([, line = "{}"]) =>
            JSON.parse(line),
          );
          if (found.length >= count && text !== "") {
            await reader?.cancel();
            return found;
          }
          text += decoder.decode((await reader?.read())?.value, { stream: true });
        }
      },
    };
  }

  test("waits for the page and then follows at once", async () => {
    await ask({});
    expect(await rig.platform.send(later("later-1"))).toEqual({ ok: true, ref: "later-1" });
    const page = await follow(session);
    await rig.platform.send(later("later-2"));
    expect((await page.read(2)).map((post) => post.ref)).toEqual(["later-1", "later-2"]);
  });

  test("reaches every page of the session and nobody else's", async () => {
    await ask({});
    const pages = [await follow(session), await follow(session)];
    const other = await follow("somebody-else");
    await rig.platform.send(later("later-4"));
    await ask({ session: "somebody-else" });
    await rig.platform.send(later("later-5"));
    for (const page of pages) expect(await page.read(1)).toMatchObject([{ ref: "later-4" }]);
    expect(await other.read(1)).toMatchObject([{ ref: "later-5" }]);
  });

  test("does not hold up a server that stops", async () => {
    const own = await startRig(core);
    const stream = await fetch(`${own.url}playground/events?session=${session}`);
    await own.close();
    expect(await stream.text()).toBe("retry: 2000\n\n");
    expect(own.platform.ready()).toBe(false);
  });

  test("is for a session only", async () => {
    const { host = "" } = local();
    expect((await call("GET", "/playground/events", { host })).status).toBe(400);
    expect((await call("GET", "/playground/events?session=x", { host })).status).toBe(400);
  });

  test("a private post from the outbox opens a thread and says which", async () => {
    await ask({});
    const message = last();
    if (!message) throw new Error("nothing was asked");
    const outgoing = outgoingOf(message, { to: { kind: "dm" }, card: fullCard() }, "later-3");
    const sent = await rig.platform.send(outgoing);
    if (!sent.ok) throw new Error("not sent");
    expect(sent.address?.conversation).toBe(session);
    expect(sent.address?.thread).not.toBe(message.address.thread);
  });
});
