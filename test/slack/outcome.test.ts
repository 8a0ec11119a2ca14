import { describe, expect, it } from "vitest";
import type { Card } from "../../src/card.ts";
import type { Failure } from "../fakes/slack.ts";
import { card, outgoing, startSlack } from "./harness.ts";

describe("how a failed call is understood", () => {
  const json = { "content-type": "application/json" };
  it.each<[string, Failure, { unknown: boolean; retryAfterMs?: number }]>([
    [
      "429 with a wait",
      { status: 429, headers: { "retry-after": "7" } },
      { unknown: false, retryAfterMs: 7_000 },
    ],
    ["429 without a wait", { status: 429 }, { unknown: false, retryAfterMs: 1_000 }],
    [
      "429 with an absurd wait",
      { status: 429, headers: { "retry-after": "86400" } },
      { unknown: false, retryAfterMs: 60_000 },
    ],
    ["ratelimited in a 200", { error: "ratelimited" }, { unknown: false, retryAfterMs: 1_000 }],
    ["500", { status: 500 }, { unknown: true, retryAfterMs: 2_000 }],
    ["503", { status: 503 }, { unknown: true, retryAfterMs: 2_000 }],
    ["400", { status: 400 }, { unknown: false }],
    [
      "a page of HTML",
      { status: 200, body: "<html>down</html>" },
      { unknown: true, retryAfterMs: 2_000 },
    ],
    [
      "a redirect",
      { status: 302, headers: { location: "http://127.0.0.1:1/" } },
      { unknown: true, retryAfterMs: 2_000 },
    ],
    ["an internal error", { error: "internal_error" }, { unknown: true, retryAfterMs: 2_000 }],
    ["a dropped connection", { drop: "before" }, { unknown: true, retryAfterMs: 2_000 }],
    [
      "a connection dropped after posting",
      { drop: "done" },
      { unknown: true, retryAfterMs: 2_000 },
    ],
    ["silence", { hang: "before" }, { unknown: true, retryAfterMs: 2_000 }],
    ["an archived channel", { error: "is_archived" }, { unknown: false }],
    ["a revoked token", { error: "token_revoked" }, { unknown: false }],
    [
      "an unparsable answer",
      { status: 200, headers: json, body: "{}" },
      { unknown: true, retryAfterMs: 2_000 },
    ],
  ])("%s", async (_, failure, expected) => {
    const { platform, fake } = await startSlack();
    fake.fail("chat.postMessage", failure);
    const result = await platform.send(outgoing());
    expect(result).toEqual({ ok: false, reason: expect.any(String), ...expected });
    expect(fake.made("chat.postMessage")).toHaveLength(1);
  });

  it("gives up a card that cannot be rendered: it never will be", async () => {
    const { platform, fake } = await startSlack();
    const broken = { ...card(), blocks: undefined as unknown as Card["blocks"] };
    expect(await platform.send(outgoing({ card: broken }))).toEqual({
      ok: false,
      unknown: false,
      reason: "TypeError",
    });
    expect(fake.made("chat.postMessage")).toEqual([]);
  });

  it("knows that a refused connection posted nothing", async () => {
    const { platform, fake } = await startSlack();
    await fake.close();
    expect(await platform.send(outgoing())).toMatchObject({
      ok: false,
      unknown: false,
      retryAfterMs: 2_000,
    });
  });

  it("does not let one channel's limit stop another channel", async () => {
    const { platform, fake } = await startSlack();
    fake.fail("chat.postMessage", { status: 429, headers: { "retry-after": "30" } });
    const other = { platform: "slack", tenant: "T1", conversation: "C2", thread: "1.2" };
    const results = [
      await platform.send(outgoing()),
      await platform.send(outgoing({}, { source: { address: other } })),
    ];
    expect(results.map((result) => result.ok)).toEqual([false, true]);
  });
});

describe("after an attempt whose outcome is unknown", () => {
  it.each([{ drop: "done" }, { hang: "done" }] as Failure[])(
    "finds what was posted and does not post it twice (%j)",
    async (failure) => {
      const { platform, fake } = await startSlack();
      fake.fail("chat.postMessage", failure);
      expect(await platform.send(outgoing())).toMatchObject({ ok: false, unknown: true });
      const again = await platform.send(outgoing({}, { attempt: 2, unknown: true }));
      expect(again).toEqual({ ok: true, ref: `C1:${fake.posts[0]?.ts}` });
      expect(fake.posts).toHaveLength(1);
    },
  );

  it("finds it in a long thread", async () => {
    const { platform, fake } = await startSlack();
    for (let i = 0; i < 250; i++) fake.say("C1", "U2", `line ${i}`, "1763700000.000100");
    fake.fail("chat.postMessage", { drop: "done" });
    await platform.send(outgoing());
    await platform.send(outgoing({}, { attempt: 2, unknown: true }));
    expect(fake.posts).toHaveLength(251);
  });

  it("finds a thread that it started, and says where it is", async () => {
    const { platform, fake } = await startSlack();
    const to = {
      kind: "address",
      address: { platform: "slack", tenant: "T1", conversation: "C9" },
    } as const;
    fake.fail("chat.postMessage", { drop: "done" });
    await platform.send(outgoing({ to }));
    const again = await platform.send(outgoing({ to }, { attempt: 2, unknown: true }));
    expect(again).toMatchObject({
      ok: true,
      address: { conversation: "C9", thread: fake.posts[0]?.ts },
    });
    expect(fake.posts).toHaveLength(1);
  });

  it("posts it plainly when it can see that it was not posted", async () => {
    const { platform, fake } = await startSlack();
    await platform.send(outgoing({}, { attempt: 2, unknown: true }));
    expect(fake.posts).toHaveLength(1);
    expect(JSON.stringify(fake.posts)).not.toContain("slack.repeated");
  });

  it("marks the repetition where history may not be read", async () => {
    const { platform, fake } = await startSlack();
    fake.state.history = false;
    await platform.send(outgoing({}, { attempt: 2, unknown: true }));
    expect(JSON.stringify(fake.posts[0]?.blocks)).toContain("en slack.repeated");
    fake.fail("chat.postMessage", { drop: "done" });
    const again = await platform.send(outgoing({}, { attempt: 3, unknown: true }));
    expect(again).toMatchObject({ ok: false, unknown: true, blind: true });
  });

  it("waits while Slack cannot say", async () => {
    const { platform, fake } = await startSlack();
    fake.fail("conversations.replies", { status: 429, headers: { "retry-after": "5" } });
    const result = await platform.send(outgoing({}, { attempt: 2, unknown: true }));
    expect(result).toEqual({
      ok: false,
      unknown: true,
      retryAfterMs: 5_000,
      reason: "ratelimited",
    });
    expect(fake.posts).toEqual([]);
  });

  it.each([true, false])(
    "never repeats what calls a person (history readable: %s)",
    async (readable) => {
      const { platform, fake } = await startSlack();
      fake.state.history = readable;
      const result = await platform.send(
        outgoing({ repeat: "never" }, { attempt: 2, unknown: true }),
      );
      expect(result).toMatchObject({ ok: false, unknown: true });
      expect(fake.posts).toEqual([]);
    },
  );

  it("repeats an edit freely", async () => {
    const { platform, fake } = await startSlack();
    await platform.send(outgoing());
    const updates = `C1:${fake.posts[0]?.ts}`;
    fake.fail("chat.update", { drop: "done" });
    const edit = outgoing({ mode: { update: "delivery-1" } }, { updates });
    expect(await platform.send(edit)).toMatchObject({ ok: false, unknown: true });
    expect(await platform.send({ ...edit, attempt: 2, unknown: true })).toMatchObject({ ok: true });
    expect(fake.posts).toHaveLength(1);
  });
});
