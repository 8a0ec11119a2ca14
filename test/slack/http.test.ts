import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { startSlack } from "./harness.ts";

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
