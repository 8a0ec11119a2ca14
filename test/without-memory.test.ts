import { describe, expect, test } from "vitest";
import { createMemoryState } from "../adapters/state/memory.ts";
import { watchState } from "../adapters/state/watch.ts";
import type { Action } from "../src/action.ts";
import { createBot } from "../src/bot.ts";
import { toPlainText } from "../src/card.ts";
import type { Message } from "../src/message.ts";
import type { Platform, SendResult } from "../src/platform.ts";
import type { Outgoing, StateStore } from "../src/state.ts";
import { StateUnavailable } from "../src/state-unavailable.ts";
import { knowledge } from "./fixtures/knowledge.ts";

const full = Object.assign(new Error("database or disk is full"), { errcode: 13 });

/** A bot whose store fails with `broken` in the methods that `fails` names; its clock does not move by itself. */
function rig(fails: (method: string) => boolean) {
  let broken = false;
  let failing = false;
  let takes = false;
  const logged: string[] = [];
  const note = (event: string) => logged.push(event);
  const log = { info: note, warn: note, error: note };
  const naps: (() => void)[] = [];
  const clock = {
    now: () => 1_000_000,
    sleep: (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        naps.push(resolve);
        signal?.addEventListener("abort", () => resolve());
      }),
  };
  const memory = createMemoryState({ clock });
  const methods = Object.entries(memory).map(([name, method]) => [
    name,
    async (...args: never[]) => {
      if (broken && takes && name === "receive")
        await memory.receive(...(args as unknown as [Message]));
      if (broken && name !== "close" && fails(name)) throw full;
      return (method as (...args: never[]) => Promise<unknown>)(...args);
    },
  ]);
  const store = Object.fromEntries(methods) as StateStore;
  const { state, trouble } = watchState(store, {
    troubleOf: (error) => (error === full ? "database-full" : undefined),
    clock,
    log,
  });
  let n = 0;
  const bot = createBot({
    knowledge: () => knowledge,
    state,
    clock,
    ids: () => `id-${String(++n).padStart(8, "0")}`,
    log,
    defaultLanguage: "en",
    channelMode: () => "mention",
  });
  const sent: Outgoing[] = [];
  const platform: Platform = {
    name: "fake",
    routes: {},
    start: async () => {},
    ready: () => true,
    stop: async () => {},
    async send(outgoing): Promise<SendResult> {
      if (failing) return { ok: false, unknown: false, reason: "refused" };
      sent.push(outgoing);
      return { ok: true, ref: `post-${sent.length}` };
    },
  };
  const running = bot.run([platform]);
  const settle = async () => {
    for (let i = 0; i < 40; i += 1) {
      for (const wake of naps.splice(0)) wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return {
    bot,
    state,
    trouble,
    logged,
    settle,
    stop: async () => {
      const stopped = running.stop();
      await settle();
      await stopped;
      await state.close();
    },
    set broken(value: boolean) {
      broken = value;
    },
    /** The store takes messages although it says that it failed, as when the answer to a commit is lost. */
    set takes(value: boolean) {
      takes = value;
    },
    set failing(value: boolean) {
      failing = value;
    },
    texts: () => sent.map(({ delivery }) => toPlainText(delivery.card)),
    last: () => sent.at(-1)?.delivery.card,
  };
}

const message = (id: string, text: string, rest: Partial<Message> = {}): Message => ({
  id,
  dedupe: [id],
  at: 0,
  from: { id: "ana", role: "user" },
  address: { platform: "fake", tenant: "t", conversation: "c", thread: id },
  surface: "channel",
  addressed: true,
  text,
  files: [],
  ...rest,
});

const writes = (name: string) => !["loadCase", "findCase", "languageOf"].includes(name);
const everything = () => true;

describe.each([
  ["nothing can be written", writes],
  ["nothing can be read either", everything],
])("while %s", (_what, fails) => {
  test("a question gets its answer, with the word that it cannot be saved, once", async () => {
    const at = rig(fails);
    at.broken = true;
    expect(await at.bot.receive(message("m1", "0x80090311"))).toBe("new");
    expect(at.texts()).toHaveLength(1);
    expect(at.texts()[0]).toContain("SEC_E_NO_AUTHENTICATING_AUTHORITY");
    expect(at.texts()[0]).toContain("I can't save anything right now: the answer stands");
    expect(await at.bot.receive(message("m1", "0x80090311"))).toBe("duplicate");
    at.broken = false;
    await at.settle();
    expect(at.trouble()).toBeUndefined();
    expect(await at.bot.receive(message("m1", "0x80090311"))).toBe("duplicate");
    await at.settle();
    expect(at.texts()).toHaveLength(1);
    await at.stop();
  });

  test("a question that comes twice at the same moment is answered once", async () => {
    const at = rig(fails);
    at.broken = true;
    const twice = [1, 2].map(() => at.bot.receive(message("m1", "0x80090311")));
    expect((await Promise.all(twice)).toSorted()).toEqual(["duplicate", "new"]);
    expect(at.texts()).toHaveLength(1);
    await at.stop();
  });

  test("a question that was stored after all is not answered again", async () => {
    const at = rig(fails);
    at.takes = true;
    at.broken = true;
    await at.bot.receive(message("m1", "0x80090311"));
    at.broken = false;
    await at.settle();
    expect(at.texts()).toHaveLength(1);
    expect(await at.state.claim("w", 1000)).toBeUndefined();
    await at.stop();
  });

  test("its buttons work when the store is back", async () => {
    const at = rig(fails);
    at.broken = true;
    const question = message("m1", "0x80090311");
    await at.bot.receive(question);
    const button = at
      .last()
      ?.buttons.find((each) => "action" in each && each.action.do === "result");
    if (!button || !("action" in button)) throw new Error("no result button");
    const click = (id: string, action: Action) =>
      message(id, "", { address: question.address, action, card: "post-1" });
    await at.bot.receive(click("c1", button.action));
    expect(at.texts()[1]).toContain("nothing was changed. Please try again in a few minutes");
    at.broken = false;
    await at.settle();
    await at.bot.receive(click("c2", button.action));
    await at.settle();
    const opened = await at.state.loadCase(question.address);
    expect(opened?.tried).toHaveLength(1);
    expect(at.texts()).toHaveLength(3);
    await at.stop();
  });

  test("an answer inside a request is given too, and its report is no error", async () => {
    const at = rig(fails);
    at.broken = true;
    const answered = await at.bot.answer(message("m1", "0x80090311"));
    expect(answered).toMatchObject({ kind: "entry", outgoing: [{ attempt: 1 }] });
    await at.bot.sent(answered?.outgoing[0]?.delivery.id ?? "", "ref");
    expect(await at.bot.answer(message("m1", "0x80090311"))).toBeUndefined();
    await at.stop();
  });

  test("what needs a case is refused in words, in the asker's language", async () => {
    const at = rig(fails);
    at.broken = true;
    await at.bot.receive(message("m1", "me rindo, quiero hablar con una persona"));
    expect(at.texts()[0]).toContain("Ahora mismo no puedo guardar nada");
    await at.stop();
  });

  test("a message whose answer could not be posted is left to the platform to send again", async () => {
    const at = rig(fails);
    at.broken = true;
    at.failing = true;
    const question = message("m1", "0x80090311");
    await expect(at.bot.receive(question)).rejects.toThrow(StateUnavailable);
    at.failing = false;
    expect(await at.bot.receive(question)).toBe("new");
    expect(at.texts()).toHaveLength(1);
    await at.stop();
  });

  test("the log says it once, and once when it is over", async () => {
    const at = rig(fails);
    at.broken = true;
    for (let i = 0; i < 20; i += 1) await at.bot.receive(message(`m${i}`, "0x80090311"));
    await at.settle();
    at.broken = false;
    await at.settle();
    const about = at.logged.filter((event) => !event.startsWith("answered"));
    expect(about).toEqual(["database.trouble", "database.back"]);
    await at.stop();
  });
});

test("a follow-up that nobody can place waits for the store", async () => {
  const at = rig(everything);
  at.broken = true;
  const aside = message("m1", "that worked, thanks", { addressed: false });
  await expect(at.bot.receive(aside)).rejects.toThrow(StateUnavailable);
  expect(at.texts()).toEqual([]);
  await at.stop();
});
