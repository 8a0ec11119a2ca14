import { describe, expect, it } from "vitest";
import { encodeReply } from "../../adapters/slack/reply.ts";
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
