import { afterAll, describe, expect, test } from "vitest";
import type { Message } from "../../src/message.ts";
import { routesCore, session, startCalls } from "./calls.ts";
import { startRig } from "./rig.ts";
import { fullCard, outgoingOf } from "./script.ts";

const core = routesCore();
const { rig, local, call, ask } = await startCalls(core);
afterAll(() => rig.close());

function last(): Message | undefined {
  return core.asked.at(-1);
}

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
