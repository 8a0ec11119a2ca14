import { describe, expect, it } from "vitest";
import type { Failure } from "../fakes/slack.ts";
import { outgoing, startSlack } from "./harness.ts";

describe("reading a thread", () => {
  const address = { platform: "slack", tenant: "T1", conversation: "C1", thread: "" };

  it("gives the root and the last 20 posts, ours marked, other bots left out", async () => {
    const { platform, fake } = await startSlack();
    const root = fake.say("C1", "U2", "We get &lt;0x80090311&gt; since today");
    for (let i = 1; i <= 30; i++) fake.say("C1", "U3", `line ${i}`, root.ts);
    Object.assign(fake.say("C1", "UOTHER", "beep", root.ts), { bot_id: "BOTHER" });
    await platform.send(outgoing({}, { source: { address: { ...address, thread: root.ts } } }));
    const lines = await platform.readThread?.({ ...address, thread: root.ts });
    if (!Array.isArray(lines)) throw new Error("the thread was not read");
    expect(lines[0]).toEqual({
      from: { id: "U2" },
      text: "We get <0x80090311> since today",
      mine: false,
    });
    expect(lines.at(-1)).toMatchObject({ mine: true, from: { id: "UBOT" } });
    expect(lines.map((line) => line.text)).not.toContain("beep");
    expect(lines).toHaveLength(1 + 20);
  });

  it.each([
    ["without the scope", { error: "missing_scope" }],
    ["when Slack does not answer", { hang: "before" }],
    ["in a channel that is gone", { error: "channel_not_found" }],
  ] as [string, Failure][])("is unreadable %s", async (_, failure) => {
    const { platform, fake } = await startSlack();
    fake.fail("conversations.replies", failure, failure, failure);
    expect(await platform.readThread?.({ ...address, thread: "1.2" })).toBe("unreadable");
  });
});
