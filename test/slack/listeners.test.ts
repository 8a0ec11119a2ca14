import { describe, expect, it } from "vitest";
import { startSlack, until } from "./harness.ts";

const CLICK = JSON.stringify({ v: 1, do: "worked", entry: "0x80090311", step: "s1", lang: "en" });

describe("when the message cannot be stored", () => {
  it("does not acknowledge an event, so that Slack sends it again", async () => {
    const { slack, received, script } = await startSlack();
    script.store = "fails";
    const envelope = slack.envelope(slack.post());
    expect((await slack.event(envelope)).status).toBe(500);
    script.store = "works";
    expect((await slack.event(envelope, { "x-slack-retry-num": "1" })).status).toBe(200);
    expect(received).toHaveLength(1);
  });

  it("tells the asker in private, with the incident id, when Slack will not send it again", async () => {
    const { slack, fake, script, logged } = await startSlack();
    script.store = "fails";
    const envelope = slack.envelope(slack.post());
    const seen = await slack.event(envelope, { "x-slack-retry-num": "3" });
    expect(seen.status).toBe(200);
    expect(fake.ephemerals).toMatchObject([
      {
        channel: "C1",
        user: "U1",
        thread_ts: "1763700000.001",
        text: "es slack.incident incident-1",
      },
    ]);
    expect(logged.map((line) => line.event)).toContain("slack-not-stored");
    expect(JSON.stringify(logged)).not.toContain("0x80090311");
  });

  it("stays quiet about a post that was not meant for it", async () => {
    const { slack, fake, script } = await startSlack();
    script.store = "fails";
    const post = slack.post({ type: "message", text: "lunch?", channel_type: "channel" });
    await slack.event(slack.envelope(post), { "x-slack-retry-num": "3" });
    expect(fake.ephemerals).toEqual([]);
  });

  it("answers a slash command with the incident id", async () => {
    const { slack, fake, script } = await startSlack();
    script.store = "fails";
    const seen = await slack.command(fake.replyTo().url);
    expect(seen.status).toBe(200);
    expect(JSON.parse(seen.body)).toEqual({
      response_type: "ephemeral",
      text: "es slack.incident incident-1",
    });
  });

  it("answers a slash command before Slack gives up on a store that hangs", async () => {
    const { slack, fake, script, clock } = await startSlack();
    script.store = "hangs";
    const answer = slack.command(fake.replyTo().url);
    const timer = setInterval(() => clock.advance(500), 5);
    const seen = await answer;
    clearInterval(timer);
    expect(seen.status).toBe(200);
    expect(seen.body).toContain("slack.incident");
  });

  it("answers a click with the incident id, in private, and leaves the card alone", async () => {
    const { slack, fake, script } = await startSlack();
    script.store = "fails";
    const reply = fake.replyTo();
    expect(await slack.click(reply.url, CLICK)).toEqual({ status: 200, body: "" });
    await until(() => reply.got.length > 0);
    expect(reply.got).toMatchObject([
      { text: "es slack.incident incident-1", response_type: "ephemeral", replace_original: false },
    ]);
  });

  it("falls back to an ephemeral post when the click's response_url is used up", async () => {
    const { slack, fake, script } = await startSlack();
    script.store = "fails";
    const reply = fake.replyTo();
    reply.expire();
    await slack.click(reply.url, CLICK);
    await until(() => fake.ephemerals.length > 0);
    expect(fake.ephemerals).toMatchObject([{ user: "U1", thread_ts: "1763700000.000100" }]);
  });
});

describe("commands, clicks and the shortcut", () => {
  it("takes a slash command as a private question of the channel", async () => {
    const { slack, fake, received, clock } = await startSlack();
    const reply = fake.replyTo();
    expect(await slack.command(reply.url)).toEqual({ status: 200, body: "" });
    expect(received).toMatchObject([
      {
        surface: "slash",
        addressed: true,
        text: "0x80090311",
        from: { id: "U1", name: "ana" },
        address: { conversation: "C1" },
        at: clock.now(),
      },
    ]);
    expect(received[0]?.address.thread).toBeUndefined();
    expect(received[0]?.reply).toContain(reply.url);
  });

  it("takes the command under whatever name the workspace gave it", async () => {
    const { slack, fake, received } = await startSlack();
    await slack.command(fake.replyTo().url, { command: "/windows-errors" });
    expect(received).toHaveLength(1);
  });

  it("takes a click with its action, card and thread", async () => {
    const { slack, fake, received } = await startSlack();
    await slack.click(fake.replyTo().url, CLICK);
    expect(received).toMatchObject([
      {
        action: { do: "worked", entry: "0x80090311", step: "s1" },
        card: "C1:1763700001.000100",
        surface: "channel",
        address: { conversation: "C1", thread: "1763700000.000100" },
        text: "",
      },
    ]);
  });

  it.each([
    ["forged", '{"v":1,"do":"delete-everything","lang":"en"}'],
    ["of another version", '{"v":7,"do":"worked","lang":"en"}'],
    ["not ours", "click_me_123"],
    ["too long", JSON.stringify({ v: 1, do: "worked", lang: "en", entry: "x".repeat(900) })],
  ])(
    "passes on a click whose value is %s without an action, so that it is called too old",
    async (_, value) => {
      const { slack, fake, received } = await startSlack();
      expect((await slack.click(fake.replyTo().url, value)).status).toBe(200);
      expect(received).toHaveLength(1);
      expect(received[0]).toMatchObject({ card: "C1:1763700001.000100", text: "" });
      expect(received[0]).not.toHaveProperty("action");
    },
  );

  it("only acknowledges a click on a link", async () => {
    const { slack, fake, received } = await startSlack();
    const actions = [{ type: "button", action_id: "link.answer.0", url: "https://example.com" }];
    expect((await slack.click(fake.replyTo().url, "", { actions })).status).toBe(200);
    expect(received).toEqual([]);
  });

  it("knows a click on an ephemeral card: its reference is hidden, it starts no thread", async () => {
    const { slack, fake, received } = await startSlack();
    await slack.click(fake.replyTo().url, CLICK, {
      container: { type: "message", message_ts: "1.2", channel_id: "C1", is_ephemeral: true },
      message: undefined,
    });
    expect(received[0]?.card).toBe("C1:1.2:hidden");
    expect(received[0]?.address.thread).toBeUndefined();
  });

  it("takes somebody's post through the shortcut as a private question of whoever used it", async () => {
    const { slack, fake, received } = await startSlack();
    const post = { type: "message", user: "U2", ts: "5.6", text: "failed with &lt;0x80090311&gt;" };
    expect((await slack.shortcut(fake.replyTo().url, post)).status).toBe(200);
    expect(received).toMatchObject([
      {
        surface: "slash",
        text: "failed with <0x80090311>",
        from: { id: "U1" },
        address: { conversation: "C1", thread: "5.6" },
      },
    ]);
  });
});
