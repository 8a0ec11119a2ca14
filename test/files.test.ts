import { describe, expect, test } from "vitest";
import { createMemoryState } from "../adapters/state/memory.ts";
import { createBot } from "../src/bot.ts";
import { toPlainText } from "../src/card.ts";
import type { FileRef, Message } from "../src/message.ts";
import type { Platform } from "../src/platform.ts";
import { knowledge } from "./fixtures/knowledge.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

async function* chunks(...texts: string[]) {
  for (const text of texts) yield utf8(text);
}

function fileNamed(name: string): FileRef {
  return { name, size: 10, mimetype: "text/plain", url: `https://files.example/${name}` };
}

/** A platform whose files are opened by `open`; everything it posts and every file that was asked for is kept. */
function platformOf(open?: Platform["openFile"]) {
  const said: string[] = [];
  const opened: string[] = [];
  const platform: Platform = {
    name: "test",
    routes: {},
    start: async () => {},
    ready: () => true,
    stop: async () => {},
    send: async ({ delivery }) => {
      said.push(toPlainText(delivery.card));
      return { ok: true, ref: delivery.id };
    },
    readThread: async () => [{ from: { id: "ben" }, text: "0x80070005", mine: false }],
    ...(open
      ? {
          openFile: (file, address) => {
            opened.push(file.name);
            return open(file, address);
          },
        }
      : {}),
  };
  return { platform, said, opened };
}

/** Lets the worker answer messages, one after the other; resolves once every answer is posted. */
async function work(
  { platform, said }: ReturnType<typeof platformOf>,
  messages: Partial<Message>[],
) {
  said.length = 0;
  const logged: unknown[] = [];
  let n = 0;
  const clock = {
    now: () => 1_000,
    sleep: (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve())),
  };
  const decided: string[] = [];
  const bot = createBot({
    knowledge: () => knowledge,
    state: createMemoryState({ clock }),
    clock,
    ids: () => `id-${String(++n).padStart(6, "0")}`,
    log: {
      info: () => {},
      warn: (event, fields) => void logged.push([event, fields]),
      error: (event, _fields, cause) => void logged.push([event, cause]),
    },
    defaultLanguage: "en",
    channelMode: () => "codes",
    observe: ({ kind }) => void decided.push(kind),
  });
  const running = bot.run([platform]);
  for (const message of messages) {
    n += 1;
    await bot.receive({
      id: `m-${n}`,
      dedupe: [`m-${n}`],
      at: 1_000,
      from: { id: "ana", role: "user" },
      address: { platform: "test", tenant: "t", conversation: "c", thread: "1" },
      surface: "dm",
      addressed: true,
      text: "",
      files: [],
      ...message,
    });
    bot.wake();
    const count = messages.indexOf(message) + 1;
    await until(() => decided.length === count);
  }
  await until(() => said.length === decided.filter((kind) => kind !== "silent").length);
  await running.stop();
  return { decided, logged };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe("the files of a message", () => {
  test("are opened by the worker and answered with file and line", async () => {
    const there = platformOf(async () => chunks("start\nfailed ", "0x80090311\n"));
    await work(there, [{ files: [fileNamed("app.log")] }]);
    expect(there.said.join()).toContain("(app.log, line 2)");
  });

  test("are opened before the thread is read for what they may say", async () => {
    const there = platformOf(async () => chunks("0x80090311\n"));
    await work(there, [{ surface: "channel", files: [fileNamed("app.log")] }]);
    expect(there.said.join()).toContain("(app.log, line 1)");
    expect(there.said.join()).not.toContain("0x80070005");
  });

  test("that cannot be opened, hold no text or are too many are named; the others count", async () => {
    const there = platformOf(async ({ name }) => {
      if (name === "refused.log") throw new Error("status 403");
      if (name === "picture.txt") return chunks("\0\u0001\0\u0002");
      return chunks("0x80090311");
    });
    const names = ["refused.log", "picture.txt", "good.log", "fourth.log"];
    const { logged } = await work(there, [{ files: names.map(fileNamed) }]);
    expect(there.said.join()).toContain("(good.log, line 1)");
    expect(there.said.join()).toContain("I could not read refused.log, picture.txt, fourth.log.");
    expect(there.opened).toEqual(names.slice(0, 3));
    expect(logged).toEqual([
      ["file.unread", { platform: "test", reason: "status 403" }],
      ["file.unread", { platform: "test", reason: "no text" }],
    ]);
  });

  test("whose stream breaks off are not read", async () => {
    async function* broken() {
      yield utf8("0x80090311\n");
      throw new Error("the connection was lost");
    }
    const there = platformOf(async () => broken());
    const { decided } = await work(there, [{ files: [fileNamed("app.log")] }]);
    expect(decided).toEqual(["help"]);
    expect(there.said.join()).toContain("I could not read app.log.");
  });

  test("are named where the platform cannot open files", async () => {
    const there = platformOf();
    await work(there, [{ files: [fileNamed("app.log")] }]);
    expect(there.said.join()).toContain("I could not read app.log.");
  });

  test("of people who talk to each other are not opened", async () => {
    const there = platformOf(async () => chunks("0x80070005"));
    const files = [fileNamed("app.log")];
    const aside: Partial<Message> = { surface: "channel", addressed: false, files };
    await work(there, [
      { surface: "channel", text: "0x80090311" },
      { ...aside, from: { id: "ben", role: "user" }, text: "here, Carla" },
    ]);
    expect(there.opened).toEqual([]);
    await work(there, [
      { surface: "channel", text: "0x80090311" },
      { ...aside, text: "this is what it says" },
    ]);
    expect(there.opened).toEqual(["app.log"]);
  });
});
