import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { outgoing, startSlack, until } from "./harness.ts";

const CLICK = JSON.stringify({ v: 1, do: "worked", entry: "0x80090311", step: "s1", lang: "en" });

describe("what the HTTP receiver answers", () => {
  it("takes a signed mention, stores it and answers 200", async () => {
    const { slack, received, script } = await startSlack();
    const seen = await slack.event(slack.envelope(slack.post()));
    expect(seen).toEqual({ status: 200, body: "" });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      text: "0x80090311",
      addressed: true,
      surface: "channel",
      from: { id: "U1", role: "user" },
      address: { platform: "slack", tenant: "T1", conversation: "C1", thread: "1763700000.001" },
    });
    expect(script.wakes).toBeGreaterThan(0);
  });

  it.each([
    ["no signature", { "x-slack-signature": "" }],
    ["a wrong signature", { "x-slack-signature": "v0=00" }],
    ["an old timestamp", { "x-slack-request-timestamp": "1500000000" }],
    ["a timestamp that is no number", { "x-slack-request-timestamp": "soon" }],
  ])("refuses %s with 401 and does nothing", async (_, headers) => {
    const { slack, received } = await startSlack();
    const seen = await slack.event(slack.envelope(slack.post()), headers as never);
    expect(seen.status).toBe(401);
    expect(received).toEqual([]);
  });

  it("refuses a body that was changed after signing", async () => {
    const { slack, url, received } = await startSlack();
    const body = JSON.stringify(slack.envelope(slack.post()));
    const ts = String(Math.floor(Date.now() / 1000));
    const hex = createHmac("sha256", "secret-T1").update(`v0:${ts}:${body}`).digest("hex");
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-slack-request-timestamp": ts,
        "x-slack-signature": `v0=${hex}`,
      },
      body: body.replace("U1", "UADMIN"),
    });
    expect(response.status).toBe(401);
    expect(received).toEqual([]);
  });

  it("lets no payload ride on an unsigned ssl_check", async () => {
    const { url, received } = await startSlack();
    const smuggled = new URLSearchParams({
      ssl_check: "1",
      command: "/hexdesk",
      text: "0x80090311",
      team_id: "T1",
      user_id: "U1",
      channel_id: "C1",
      trigger_id: "t",
      response_url: "https://hooks.slack.com/x",
    });
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: smuggled.toString(),
    });
    expect(response.status).toBe(200);
    expect(received).toEqual([]);
  });

  it("answers Slack's address check with the challenge", async () => {
    const { slack } = await startSlack();
    const seen = await slack.event({ type: "url_verification", challenge: "abc" });
    expect(seen).toEqual({ status: 200, body: '{"challenge":"abc"}' });
  });

  it.each([
    ["no JSON", "{", 400],
    ["a megabyte and more", JSON.stringify({ text: "x".repeat(1_100_000) }), 413],
  ])("refuses %s", async (_, body, status) => {
    const { slack, received } = await startSlack();
    expect((await slack.send(body, "application/json")).status).toBe(status);
    expect(received).toEqual([]);
  });

  it.each([
    ["the rate limit notice", { type: "app_rate_limited", team_id: "T1", minute_rate_limited: 1 }],
    ["an unknown type", { type: "from_the_future", team_id: "T1" }],
    [
      "an unknown event",
      { type: "event_callback", team_id: "T1", event_id: "E1", event: { type: "x" } },
    ],
    ["a malformed post", { type: "event_callback", team_id: "T1", event: { type: "message" } }],
  ])("acknowledges %s at once", async (_, body) => {
    const { slack, received } = await startSlack();
    expect(await slack.event(body)).toEqual({ status: 200, body: "" });
    expect(received).toEqual([]);
  });

  it("acknowledges an unknown form payload", async () => {
    const { slack } = await startSlack();
    const body = new URLSearchParams({
      payload: JSON.stringify({
        type: "view_submission",
        view: {},
        team: { id: "T1" },
        user: { id: "U1" },
      }),
    });
    const seen = await slack.send(body.toString(), "application/x-www-form-urlencoded");
    expect(seen).toEqual({ status: 200, body: "" });
  });
});

describe("one post, one message", () => {
  it("takes a post that Slack sends four times once", async () => {
    const { slack, received } = await startSlack();
    const envelope = slack.envelope(slack.post());
    for (const retry of ["0", "1", "2", "3"]) {
      const seen = await slack.event(envelope, { "x-slack-retry-num": retry });
      expect(seen.status).toBe(200);
    }
    expect(received).toHaveLength(1);
  });

  it("takes a post whose first delivery never came", async () => {
    const { slack, received } = await startSlack();
    const headers = { "x-slack-retry-num": "3", "x-slack-retry-reason": "http_timeout" };
    await slack.event(slack.envelope(slack.post()), headers);
    expect(received).toHaveLength(1);
  });

  it.each([
    ["app_mention first", ["app_mention", "message"]],
    ["message first", ["message", "app_mention"]],
  ])("takes the mention and the message of one post once: %s", async (_, types) => {
    const { slack, received } = await startSlack();
    const post = slack.post();
    for (const type of types) {
      await slack.event(slack.envelope({ ...post, type, channel_type: "channel" }));
    }
    expect(received).toHaveLength(1);
    expect(received[0]?.addressed).toBe(true);
  });

  it("takes one gesture with two timestamps and one client_msg_id once", async () => {
    const { slack, received } = await startSlack();
    const client_msg_id = "b5a3c0de-0000-4000-8000-000000000001";
    await slack.event(slack.envelope(slack.post({ client_msg_id, ts: "1763700000.000001" })));
    await slack.event(slack.envelope(slack.post({ client_msg_id, ts: "1763700000.000002" })));
    expect(received).toHaveLength(1);
  });
});

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

describe("who and where", () => {
  it("drops everything of another installation", async () => {
    const { slack, fake, received } = await startSlack();
    const authorizations = [{ team_id: "T2", enterprise_id: null, is_enterprise_install: false }];
    await slack.event(slack.envelope(slack.post(), { authorizations }));
    await slack.command(fake.replyTo().url, { team_id: "T2" });
    await slack.click(fake.replyTo().url, CLICK, { team: { id: "T2" } });
    expect(received).toEqual([]);
  });

  it("never mixes two workspaces: tokens and addresses stay apart", async () => {
    const one = await startSlack({}, undefined, "T1");
    const two = await startSlack({}, undefined, "T2");
    for (const { slack } of [one, two, one, two]) await slack.event(slack.envelope(slack.post()));
    await Promise.all([one.platform.send(outgoing()), two.platform.send(outgoing())]);
    expect(new Set(one.fake.calls.map((call) => call.token))).toEqual(new Set(["xoxb-T1"]));
    expect(new Set(two.fake.calls.map((call) => call.token))).toEqual(new Set(["xoxb-T2"]));
    expect(one.received.map((m) => m.address.tenant)).toEqual(["T1", "T1"]);
    expect(two.received.map((m) => m.address.tenant)).toEqual(["T2", "T2"]);
  });

  it("is one installation for all workspaces of an organisation", async () => {
    const { slack, fake, received } = await startSlack({}, (f) => {
      f.state.enterprise = "E1";
    });
    const authorizations = [{ team_id: null, enterprise_id: "E1", is_enterprise_install: true }];
    await slack.event(slack.envelope(slack.post(), { authorizations }));
    await slack.command(fake.replyTo().url, { enterprise_id: "E1", is_enterprise_install: "true" });
    await slack.click(fake.replyTo().url, CLICK, {
      team: null,
      enterprise: { id: "E1" },
      is_enterprise_install: true,
    });
    expect(received.map((m) => m.address.tenant)).toEqual(["E1", "E1", "E1"]);
  });

  it("gives roles to listed people and to members of listed groups", async () => {
    const { slack, received } = await startSlack({ helpdesk: ["S1"], admins: ["UADMIN"] }, (f) => {
      f.state.groups.set("S1", ["U7"]);
    });
    for (const user of ["U7", "UADMIN", "U1"])
      await slack.event(slack.envelope(slack.post({ user })));
    expect(received.map((m) => m.from.role)).toEqual(["helpdesk", "admin", "user"]);
  });

  it("gives nobody a role through a group that cannot be read, and says so in the log", async () => {
    const { slack, received, logged } = await startSlack({ helpdesk: ["S9"] });
    await slack.event(slack.envelope(slack.post({ user: "U7" })));
    expect(received[0]?.from.role).toBe("user");
    expect(logged.map((line) => line.event)).toContain("slack-group-unreadable");
  });

  it("reads a group again after five minutes", async () => {
    const { slack, fake, received, clock } = await startSlack({ helpdesk: ["S1"] });
    fake.state.groups.set("S1", ["U7"]);
    clock.advance(301_000);
    await slack.event(slack.envelope(slack.post({ user: "U1" })));
    await slack.event(slack.envelope(slack.post({ user: "U7" })));
    await slack.event(slack.envelope(slack.post({ user: "U7" })));
    expect(received.at(-1)?.from.role).toBe("helpdesk");
  });
});

describe("starting and stopping", () => {
  it("says which token Slack refuses and where to get the right one, without showing it", async () => {
    const wrong = startSlack({ botToken: "xoxb-wrong" });
    await expect(wrong).rejects.toThrow(
      /SLACK_BOT_TOKEN: Slack refuses it \(invalid_auth\).*api\.slack\.com/,
    );
    await expect(wrong).rejects.not.toThrow(/xoxb-wrong/);
  });

  it("says so when Slack cannot be reached", async () => {
    const wrong = startSlack({ apiUrl: "http://127.0.0.1:1/api/" });
    await expect(wrong).rejects.toThrow(/could not be asked.*HTTPS_PROXY and SLACK_API_URL/);
  });

  it("is ready once started, and refuses requests with 503 when it stops", async () => {
    const { slack, platform } = await startSlack();
    expect(platform.ready()).toBe(true);
    await platform.stop();
    expect(platform.ready()).toBe(false);
    expect((await slack.event(slack.envelope(slack.post()))).status).toBe(503);
  });

  it("is no longer ready when the app was removed from the workspace", async () => {
    const { slack, platform, fatal } = await startSlack();
    await slack.event(slack.envelope({ type: "app_uninstalled" }));
    expect(platform.ready()).toBe(false);
    expect(fatal[0]).toMatch(/app_uninstalled.*api\.slack\.com\/apps/);
  });

  it("asks Slack who it is once, not on every event", async () => {
    const { slack, fake } = await startSlack();
    for (let i = 0; i < 5; i++) await slack.event(slack.envelope(slack.post()));
    expect(fake.made("auth.test")).toHaveLength(1);
  });
});
