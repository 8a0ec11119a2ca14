import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createMemoryState } from "../adapters/state/memory.ts";
import { openSqliteState } from "../adapters/state/sqlite.ts";
import { type BotOptions, createBot } from "../src/bot.ts";
import { toPlainText } from "../src/card.ts";
import type { Message } from "../src/message.ts";
import type { Platform, SendResult } from "../src/platform.ts";
import type { Failure, Outgoing } from "../src/state.ts";
import { knowledge } from "./fixtures/knowledge.ts";

const clock = {
  now: () => Date.now(),
  sleep: (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};

let n = 0;

function bot(over: Partial<BotOptions> = {}) {
  const errors: string[] = [];
  const state = over.state ?? createMemoryState({ clock });
  const options: BotOptions = {
    knowledge: () => knowledge,
    state,
    clock,
    ids: () => `id-${String(++n).padStart(8, "0")}`,
    log: {
      info: () => {},
      warn: () => {},
      error: (event, fields) => errors.push(`${event} ${JSON.stringify(fields)}`),
    },
    defaultLanguage: "en",
    channelMode: () => "mention",
    ...over,
  };
  return { bot: createBot(options), state, errors };
}

function message(text: string, rest: Partial<Message> = {}): Message {
  const id = `m${++n}`;
  return {
    id,
    dedupe: [id],
    at: clock.now(),
    from: { id: "ana", role: "user" },
    address: { platform: "fake", tenant: "t", conversation: "c", thread: id },
    surface: "channel",
    addressed: true,
    text,
    files: [],
    ...rest,
  };
}

function platform(send: (outgoing: Outgoing) => SendResult): Platform & { sent: Outgoing[] } {
  const sent: Outgoing[] = [];
  return {
    name: "fake",
    routes: {},
    sent,
    start: async () => {},
    ready: () => true,
    send: async (outgoing) => {
      sent.push(outgoing);
      return send(outgoing);
    },
    stop: async () => {},
  };
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !holds(); i++) await clock.sleep(10);
  expect(holds()).toBe(true);
}

const running: { stop(): Promise<void> }[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const worker of running.splice(0)) await worker.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe("what is not meant for the bot", () => {
  test("a thousand channel messages leave no trace in the database file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hexdesk-"));
    folders.push(folder);
    const state = await openSqliteState({ path: join(folder, "a.db"), clock });
    const { bot: hexdesk } = bot({ state });
    for (let i = 0; i < 1_000; i++) {
      const text = `canary-${i} lunch, 0x80090311 again, see you`;
      expect(await hexdesk.receive(message(text, { addressed: false }))).toBe("ignored");
    }
    await state.close();
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name)).includes("canary-")).toBe(false);
    }
  });

  test("a channel in mode off is not answered even when the bot is mentioned", async () => {
    const { bot: hexdesk } = bot({ channelMode: () => "off" });
    expect(await hexdesk.receive(message("0x80090311"))).toBe("ignored");
  });
});

describe("a message that is meant for the bot", () => {
  test("is answered once, however often it comes", async () => {
    const { bot: hexdesk } = bot();
    const fake = platform(() => ({ ok: true, ref: "r" }));
    running.push(hexdesk.run([fake]));
    const question = message("0x80090311");
    expect(await hexdesk.receive(question)).toBe("new");
    expect(await hexdesk.receive(question)).toBe("duplicate");
    hexdesk.wake();
    await until(() => fake.sent.length > 0);
    await clock.sleep(50);
    expect(fake.sent).toHaveLength(1);
  });

  test("that is answered inside a request is not taken by the worker", async () => {
    const { bot: hexdesk } = bot();
    const fake = platform(() => ({ ok: true }));
    running.push(hexdesk.run([fake]));
    for (let i = 0; i < 30; i++) {
      hexdesk.wake();
      const answered = await hexdesk.answer(
        message("0x80090311", { from: { id: `ana${i}`, role: "user" } }),
      );
      hexdesk.wake();
      expect(answered?.outgoing).toHaveLength(1);
    }
    expect(fake.sent).toHaveLength(0);
  });

  test("whose answer the platform refuses for a long while is answered later", async () => {
    const { bot: hexdesk } = bot();
    let tries = 0;
    const fake = platform(() => {
      tries += 1;
      return tries < 9
        ? { ok: false, retryAfterMs: 1, unknown: false, reason: "busy" }
        : { ok: true };
    });
    running.push(hexdesk.run([fake]));
    await hexdesk.receive(message("0x80090311"));
    while (tries < 9) {
      hexdesk.wake();
      await clock.sleep(5);
    }
  });

  test("whose answer can never be posted does not hold up the next one", async () => {
    const { bot: hexdesk, errors } = bot();
    const fake = platform(({ delivery }) =>
      toPlainText(delivery.card).includes("SEC_E_NO_AUTHENTICATING_AUTHORITY")
        ? { ok: false, unknown: true, reason: "TypeError" }
        : { ok: true },
    );
    const first = message("0x80090311");
    await hexdesk.receive(first);
    await hexdesk.receive(message("0x80070005", { address: first.address }));
    running.push(hexdesk.run([fake]));
    await until(() => fake.sent.length === 2);
    expect(errors).toEqual([expect.stringContaining("delivery.given-up")]);
  });

  test.each([0, -5, Number.NaN])(
    "is not posted again at once where a platform asks for a wait of %s",
    async (retryAfterMs) => {
      const memory = createMemoryState({ clock });
      const waits: number[] = [];
      const state = {
        ...memory,
        failed: async (id: string, failure: Failure) => {
          waits.push("retryAt" in failure ? failure.retryAt - clock.now() : Number.NaN);
          await memory.failed(id, failure);
        },
      };
      const { bot: hexdesk } = bot({ state });
      const refused = { ok: false, retryAfterMs, unknown: false, reason: "busy" } as const;
      running.push(hexdesk.run([platform(() => refused)]));
      await hexdesk.receive(message("0x80090311"));
      hexdesk.wake();
      await until(() => waits.length === 1);
      expect(waits[0]).toBeGreaterThan(1_000);
    },
  );

  test("whose answer may be posted once more by every try is tried six times", async () => {
    const { bot: hexdesk, errors } = bot();
    let tries = 0;
    const fake = platform(() => {
      tries += 1;
      return { ok: false, retryAfterMs: 1, unknown: true, blind: true, reason: "http_504" };
    });
    running.push(hexdesk.run([fake]));
    await hexdesk.receive(message("0x80090311"));
    while (!errors.some((line) => line.startsWith("delivery.given-up"))) {
      hexdesk.wake();
      await clock.sleep(5);
    }
    expect(tries).toBe(6);
  });

  test("that makes the program fail gets an apology with the number that is in the log", async () => {
    const broken = new Proxy(knowledge, {
      get: (target, key) =>
        key === "search"
          ? () => {
              throw new Error("search is broken");
            }
          : Reflect.get(target, key),
    });
    const { bot: hexdesk, errors } = bot({ knowledge: () => broken });
    const answered = await hexdesk.answer(message("my printer prints only on one side"));
    const text = toPlainText(answered?.outgoing[0]?.delivery.card as never);
    const incident = /number: (\S+)\./.exec(text)?.[1];
    expect(answered?.kind).toBe("error");
    expect(incident).toBeTruthy();
    expect(errors.join()).toContain(incident);
    expect(text).not.toContain("search is broken");
  });

  test("of a person who asked for Spanish once is answered in Spanish from then on", async () => {
    const { bot: hexdesk } = bot();
    await hexdesk.answer(message("0x80090311 en español"));
    expect((await hexdesk.answer(message("0x80070005")))?.language).toBe("es");
  });

  test("that took the process down five times is set aside with an apology, and its thread goes on", async () => {
    const memory = createMemoryState({ clock });
    const state = {
      ...memory,
      claim: async (owner: string, leaseMs: number) => {
        const claimed = await memory.claim(owner, leaseMs);
        return claimed?.message.text === "poison" ? { ...claimed, attempt: 6 } : claimed;
      },
    };
    const { bot: hexdesk, errors } = bot({ state });
    const fake = platform(() => ({ ok: true, ref: "r" }));
    const poison = message("poison");
    await hexdesk.receive(poison);
    await hexdesk.receive(message("0x80090311", { address: poison.address }));
    running.push(hexdesk.run([fake]));
    await until(() => fake.sent.length === 2);
    const [first, second] = fake.sent.map(({ delivery }) => toPlainText(delivery.card));
    expect(first).toContain("Something went wrong on my side");
    expect(second).toContain("SEC_E_NO_AUTHENTICATING_AUTHORITY");
    expect(errors.join()).toContain("message.set-aside");
  });

  test("whose answer took the process down too often is not tried again", async () => {
    const memory = createMemoryState({ clock });
    const state = {
      ...memory,
      nextDelivery: async (owner: string, leaseMs: number, of?: string) => {
        const next = await memory.nextDelivery(owner, leaseMs, of);
        return next && { ...next, attempt: 65 };
      },
    };
    const { bot: hexdesk, errors } = bot({ state });
    const fake = platform(() => ({ ok: true, ref: "r" }));
    running.push(hexdesk.run([fake]));
    await hexdesk.receive(message("0x80090311"));
    hexdesk.wake();
    await until(() => errors.some((line) => line.startsWith("delivery.given-up")));
    expect(fake.sent).toEqual([]);
  });
});
