import { describe, expect, it } from "vitest";
import { encodeReply } from "../../adapters/slack/reply.ts";
import type { Failure } from "../fakes/slack.ts";
import { card, outgoing, startSlack } from "./harness.ts";

const useful = {
  label: "Useful",
  style: "quiet",
  action: { v: 1, do: "useful", lang: "en" },
} as const;
const useless = {
  label: "Not useful",
  style: "quiet",
  action: { v: 1, do: "not-useful", lang: "en" },
} as const;

describe("posting", () => {
  it("posts blocks and text into the thread, with the delivery's id and without previews", async () => {
    const { platform, fake } = await startSlack();
    const result = await platform.send(outgoing());
    expect(fake.posts).toMatchObject([
      {
        channel: "C1",
        thread_ts: "1763700000.000100",
        text: "Title\n\nHello",
        metadata: { event_type: "hexdesk_delivery", event_payload: { id: "delivery-1" } },
      },
    ]);
    expect(fake.made("chat.postMessage")[0]).toMatchObject({
      unfurl_links: "false",
      unfurl_media: "false",
    });
    expect(result).toEqual({ ok: true, ref: `C1:${fake.posts[0]?.ts}` });
  });

  it("starts a thread in a channel and says where it is", async () => {
    const { platform, fake } = await startSlack();
    const address = { platform: "slack", tenant: "T1", conversation: "C9" };
    const result = await platform.send(outgoing({ to: { kind: "address", address } }));
    const ts = fake.posts[0]?.ts;
    expect(result).toEqual({ ok: true, ref: `C9:${ts}`, address: { ...address, thread: ts } });
  });

  it("starts a direct conversation with the asker and says where it is", async () => {
    const { platform, fake } = await startSlack();
    const result = await platform.send(outgoing({ to: { kind: "dm" } }));
    const ts = fake.posts[0]?.ts;
    expect(result).toMatchObject({
      ok: true,
      address: { platform: "slack", tenant: "T1", conversation: "DU1", thread: ts },
    });
  });

  it.each([
    [
      "another platform",
      { kind: "address", address: { platform: "teams", tenant: "t", conversation: "c" } },
    ],
    ["a route nobody resolved", { kind: "route", route: "identity" }],
  ] as const)("refuses %s for good", async (_, to) => {
    const { platform, fake } = await startSlack();
    expect(await platform.send(outgoing({ to }))).toMatchObject({ ok: false, unknown: false });
    expect(fake.posts).toEqual([]);
  });

  it("replaces a post in place", async () => {
    const { platform, fake } = await startSlack();
    const first = await platform.send(outgoing());
    const ref = first.ok ? first.ref : undefined;
    const second = await platform.send(
      outgoing({ mode: { update: "delivery-1" }, card: card("Done") }, { updates: ref ?? "" }),
    );
    expect(second).toEqual({ ok: true, ref });
    expect(fake.posts).toMatchObject([{ text: "Title\n\nDone", edits: 1 }]);
  });

  it("posts anew when the post to replace is gone", async () => {
    const { platform, fake } = await startSlack();
    const result = await platform.send(
      outgoing({ mode: { update: "delivery-1" } }, { updates: "C1:9.9" }),
    );
    expect(fake.posts).toHaveLength(1);
    expect(result).toEqual({ ok: true, ref: `C1:${fake.posts[0]?.ts}` });
  });
});

describe("showing something to the asker alone", () => {
  it("uses the response_url while it lives, inside the thread", async () => {
    const { platform, fake, clock } = await startSlack();
    const reply = fake.replyTo();
    const source = { reply: encodeReply(reply.url, clock.now()) };
    const result = await platform.send(outgoing({ to: { kind: "asker" } }, { source }));
    expect(result).toEqual({ ok: true });
    expect(reply.got).toMatchObject([
      { response_type: "ephemeral", replace_original: false, thread_ts: "1763700000.000100" },
    ]);
    expect(fake.posts).toEqual([]);
  });

  it.each(["used up at Slack", "older than half an hour"])(
    "posts an ephemeral message when the response_url is %s",
    async (how) => {
      const { platform, fake, clock } = await startSlack();
      const reply = fake.replyTo();
      const source = { reply: encodeReply(reply.url, clock.now()) };
      if (how === "used up at Slack") reply.expire();
      else clock.advance(31 * 60_000);
      expect(await platform.send(outgoing({ to: { kind: "asker" } }, { source }))).toEqual({
        ok: true,
      });
      expect(reply.got).toEqual([]);
      expect(fake.ephemerals).toMatchObject([
        { channel: "C1", user: "U1", thread_ts: "1763700000.000100" },
      ]);
    },
  );

  it("writes a direct message when the bot is not in that channel", async () => {
    const { platform, fake } = await startSlack();
    fake.state.absentFrom.add("C1");
    const result = await platform.send(outgoing({ to: { kind: "asker" } }));
    expect(result.ok).toBe(true);
    expect(fake.posts).toMatchObject([{ channel: "DU1" }]);
  });

  it("answers in the thread of a direct conversation, where everything is private", async () => {
    const { platform, fake } = await startSlack();
    const address = { platform: "slack", tenant: "T1", conversation: "D5", thread: "1.2" };
    await platform.send(outgoing({ to: { kind: "asker" } }, { source: { address } }));
    expect(fake.posts).toMatchObject([{ channel: "D5", thread_ts: "1.2" }]);
  });

  it("replaces an ephemeral card through the response_url of its click", async () => {
    const { platform, fake, clock } = await startSlack();
    const reply = fake.replyTo();
    const source = { reply: encodeReply(reply.url, clock.now()), card: "C1:1.2:hidden" };
    await platform.send(
      outgoing({ mode: { update: "delivery-0" }, to: { kind: "asker" } }, { source }),
    );
    expect(reply.got).toMatchObject([{ replace_original: true }]);
    expect(fake.made("chat.update")).toEqual([]);
  });

  it("calls no response_url outside Slack", async () => {
    const { platform, fake, clock } = await startSlack();
    const source = { reply: encodeReply("http://169.254.169.254/latest", clock.now()) };
    expect(await platform.send(outgoing({ to: { kind: "asker" } }, { source }))).toEqual({
      ok: true,
    });
    expect(fake.ephemerals).toHaveLength(1);
  });

  it("says in private that it is not in the channel where a card was to be posted", async () => {
    const { platform, fake, clock } = await startSlack();
    fake.state.absentFrom.add("C1");
    const reply = fake.replyTo();
    const source = { reply: encodeReply(reply.url, clock.now()) };
    const result = await platform.send(outgoing({}, { source }));
    expect(result).toEqual({ ok: false, unknown: false, reason: "not_in_channel" });
    expect(reply.got).toMatchObject([{ text: "en slack.not-in-channel" }]);
  });
});

describe("when Slack refuses the blocks", () => {
  it("does without the thumbs where they are not known, and keeps both answers", async () => {
    const { platform, fake } = await startSlack();
    fake.state.refusedBlocks.add("context_actions");
    await platform.send(outgoing({ card: card("Hello", { buttons: [useful, useless] }) }));
    expect(fake.posts).toHaveLength(1);
    expect(JSON.stringify(fake.posts[0]?.blocks)).toContain("not-useful.quiet.1");
  });

  it("falls back to text alone, with the words of the buttons", async () => {
    const { platform, fake } = await startSlack();
    fake.state.refusedBlocks.add("rich_text");
    await platform.send(
      outgoing({ card: card("Use <tags> & all", { buttons: [useful, useless] }) }),
    );
    expect(fake.posts).toMatchObject([
      { text: "Title\n\nUse &lt;tags&gt; &amp; all\n\n[1 Useful] [2 Not useful]" },
    ]);
    expect(fake.posts[0]?.blocks).toBeUndefined();
    expect(fake.made("chat.postMessage").at(-1)).toMatchObject({ mrkdwn: "false" });
  });

  it("does so through a response_url as well", async () => {
    const { platform, fake, clock } = await startSlack();
    const reply = fake.replyTo();
    fake.fail("response_url", { error: "invalid_blocks" });
    const source = { reply: encodeReply(reply.url, clock.now()) };
    await platform.send(outgoing({ to: { kind: "asker" } }, { source }));
    expect(reply.got).toMatchObject([{ text: "Title\n\nHello" }]);
    expect(reply.got[0]).not.toHaveProperty("blocks");
  });
});

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
