import { afterAll, describe, expect, test } from "vitest";
import { limits } from "../../adapters/web/limits.ts";
import type { Message } from "../../src/message.ts";
import { routesCore, session, startCalls } from "./calls.ts";

const core = routesCore();
const { rig, local, call, ask } = await startCalls(core);
afterAll(() => rig.close());

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
  const slow = await startCalls({
    ...core,
    answer: async (message) => {
      await gate;
      return core.answer(message);
    },
  });
  try {
    const waiting = Array.from({ length: limits.inFlight }, () => slow.ask({}));
    await expect.poll(async () => (await slow.ask({})).status).toBe(503);
    release();
    for (const answer of await Promise.all(waiting)) expect(answer.status).toBe(200);
    expect((await slow.ask({})).status).toBe(200);
  } finally {
    await slow.rig.close();
  }
});
