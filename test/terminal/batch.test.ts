import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createMemoryState } from "../../adapters/state/memory.ts";
import { runBatch } from "../../adapters/terminal/batch.ts";
import { createBot } from "../../src/bot.ts";
import { knowledge } from "../fixtures/knowledge.ts";

async function batch(lines: string[], render = false): Promise<Record<string, unknown>[]> {
  const clock = { now: () => 0, sleep: async () => {} };
  const bot = createBot({
    knowledge: () => knowledge,
    state: createMemoryState({ clock }),
    clock,
    ids: randomUUID,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    defaultLanguage: "en",
    channelMode: () => "codes",
  });
  const out: Record<string, unknown>[] = [];
  const input = (async function* () {
    yield* lines;
  })();
  const renderers = render ? { slack: () => "S", teams: () => "T" } : undefined;
  await runBatch(input, (line) => out.push(JSON.parse(line)), bot, renderers);
  return out;
}

test("one line in, one line out, in order, whatever the lines hold", async () => {
  const out = await batch([
    '{"id":"a","text":"0x80090311"}',
    "not json",
    '{"id":"c"}',
    "",
    '\uFEFF{"id":5,"text":"¿qué es 0x80070005 en mi equipo?","locale":"es"}',
  ]);
  expect(out.map((line) => line.id)).toEqual(["a", null, "c", 5]);
  expect(out[0]).toMatchObject({
    kind: "entry",
    language: "en",
    answers: [{ entry: "0x80090311" }],
  });
  expect(out[1]?.error).toContain("line 2");
  expect(out[2]?.error).toContain("text");
  expect(out[3]).toMatchObject({ kind: "entry", language: "es" });
});

test("two questions with one id do not share a thread; the same thread does", async () => {
  const out = await batch([
    '{"id":"a","text":"0x80090311"}',
    '{"id":"a","text":"it worked"}',
    '{"id":"b","text":"human","thread":[{"role":"user","text":"0x80090311"},{"role":"bot","text":"…"}]}',
  ]);
  expect(out[1]?.kind).toBe("help");
  expect(out[2]).toMatchObject({ kind: "handover", answers: [{ code: "0x80090311" }] });
});

test("a channel that nobody addressed the bot in gets an answer only for an unmistakable code", async () => {
  const out = await batch([
    '{"id":"a","text":"lunch?","surface":"channel"}',
    '{"id":"b","text":"seeing 0x80090311 again","surface":"channel"}',
    '{"id":"c","text":"error 5 again","surface":"channel"}',
  ]);
  expect(out.map((line) => line.kind)).toEqual(["silent", "entry", "silent"]);
});

test("with renderers each line carries what the platforms show", async () => {
  const [line] = await batch(['{"id":"a","text":"0x80090311"}'], true);
  expect(line).toMatchObject({ slack: "S", teams: "T" });
});
