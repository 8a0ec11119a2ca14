import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createLogger } from "../../adapters/log.ts";
import { createMetrics } from "../../adapters/metrics.ts";
import { openSqliteState } from "../../adapters/state/sqlite.ts";
import { createBot } from "../../src/bot.ts";
import type { Message, Surface } from "../../src/message.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import { createRandom, GENERATORS } from "./generators.ts";

const folder = mkdtempSync(join(tmpdir(), "hexdesk-canary-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SURFACES: Surface[] = ["dm", "group", "channel", "slash", "web", "terminal"];

/** What people write around it: a question, a description that nothing fits, an unknown code, a pasted result. */
const SENTENCES: ((secret: string) => string)[] = [
  (secret) => `I get 0x80090311 with ${secret} since Monday`,
  (secret) => `the coffee machine on floor three sings at night ${secret}`,
  (secret) => `0x8ABC0DEF appears beside ${secret}`,
  (secret) => `Getting DC name failed: Status = 1355 0x54b ERROR_NO_SUCH_DOMAIN ${secret}`,
  (secret) => `not my problem. ${secret}`,
  (secret) => `human please ${secret}`,
];

test("what people should not have posted is in no file, log line or metric", async () => {
  const random = createRandom(4);
  const clock = { now: () => Date.parse("2026-11-21T10:00:00Z"), sleep: async () => {} };
  const state = await openSqliteState({ path: join(folder, "hexdesk.db"), clock });
  const metrics = createMetrics();
  const logged: string[] = [];
  let n = 0;
  const bot = createBot({
    knowledge: () => knowledge,
    state,
    clock,
    ids: () => `id-${String(++n).padStart(6, "0")}`,
    log: createLogger({ level: "info", write: (line) => logged.push(line) }),
    defaultLanguage: "en",
    channelMode: () => "codes",
    observe: (decision, message, seconds) =>
      metrics.decided(decision, message.address.platform, seconds),
  });
  const canaries: string[] = [];
  let answers = 0;
  for (const surface of SURFACES) {
    for (const [kind, make] of Object.entries(GENERATORS)) {
      const { text, hidden } = make(random);
      canaries.push(hidden);
      n += 1;
      const sentence = SENTENCES[n % SENTENCES.length] ?? String;
      const message: Message = {
        id: `m-${n}`,
        dedupe: [`m-${n}`],
        at: clock.now(),
        from: { id: `anna-${n}`, role: "helpdesk" },
        address: { platform: "test", tenant: "t", conversation: surface, thread: kind },
        surface,
        addressed: true,
        text: sentence(text),
        files: [],
        ...(n % 5 === 0
          ? { text: "", thread: [{ from: { id: "ben" }, text: sentence(text), mine: false }] }
          : {}),
      };
      const answered = await bot.answer(message);
      for (const { delivery } of answered?.outgoing ?? []) {
        answers += 1;
        await bot.sent(delivery.id, `ref-${n}`);
      }
    }
  }
  expect(answers).toBeGreaterThan(canaries.length / 2);
  const events = await state.events({ from: 0 });
  expect(events.filter(({ what }) => what === "gap.not-found").length).toBeGreaterThan(20);
  await state.purge(0);
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
  const kept = [...files, ...logged, await metrics.registry.metrics()].join("\n");
  await state.close();
  expect(kept).toContain("[password]");
  expect(kept.length).toBeGreaterThan(10_000);
  expect(
    canaries.filter((canary) => kept.includes(Buffer.from(canary).toString("latin1"))),
  ).toEqual([]);
});
