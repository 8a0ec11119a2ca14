import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Failure } from "../fakes/slack.ts";
import { slackRequests } from "../fakes/slack-requests.ts";
import { outgoing, startSlack, until } from "./harness.ts";

const slack = slackRequests("", "");
const CLICK = JSON.stringify({ v: 1, do: "worked", lang: "en" });
const start = () => startSlack({ appToken: "xapp-1" });

describe("Socket Mode", () => {
  it("connects with the app-level token, needs no route, and answers like HTTP", async () => {
    const { platform, fake, received } = await start();
    expect(platform.routes).toEqual({});
    expect(platform.ready()).toBe(true);
    const open = fake.calls.filter((call) => call.method === "apps.connections.open");
    expect(open.map((call) => call.token)).toEqual(["xapp-1"]);

    const reply = fake.replyTo().url;
    await fake.envelope("events_api", slack.envelope(slack.post()));
    await fake.envelope("slash_commands", slack.commandBody(reply));
    await fake.envelope("interactive", slack.clickBody(reply, CLICK));
    expect(fake.acked).toHaveLength(3);
    expect(received.map((m) => m.surface)).toEqual(["channel", "slash", "channel"]);
    await platform.send(outgoing());
    expect(fake.calls.at(-1)?.token).toBe("xoxb-T1");
  });

  it("acknowledges an event only after it was stored", async () => {
    const { fake, received, script } = await start();
    script.store = "fails";
    const envelope = slack.envelope(slack.post());
    expect(await fake.envelope("events_api", envelope, 150)).toBeUndefined();
    expect(fake.acked).toEqual([]);
    script.store = "works";
    expect(await fake.envelope("events_api", envelope)).toEqual({});
    expect(await fake.envelope("events_api", envelope)).toEqual({});
    expect(received).toHaveLength(1);
  });

  it("answers a command that cannot be stored", async () => {
    const { fake, script } = await start();
    script.store = "fails";
    const answer = await fake.envelope("slash_commands", slack.commandBody(fake.replyTo().url));
    expect(answer).toMatchObject({
      response_type: "ephemeral",
      text: "es slack.incident incident-1",
    });
  });

  it("lives through the rate limit notice, which comes without an event", async () => {
    const { fake, received } = await start();
    const notice = { type: "app_rate_limited", team_id: "T1", minute_rate_limited: 1_763_700_000 };
    expect(await fake.envelope("events_api", notice)).toEqual({});
    await fake.envelope("events_api", slack.envelope(slack.post()));
    expect(received).toHaveLength(1);
  });

  it.each(["refresh_requested", "warning", "too_many_websockets"])(
    "comes back after a disconnect for %s and loses nothing",
    async (reason) => {
      const { platform, fake, received } = await start();
      const [socket] = fake.sockets;
      socket?.send(JSON.stringify({ type: "disconnect", reason }));
      await until(() => fake.made("apps.connections.open").length === 2, "the reconnect");
      await until(() => platform.ready() && fake.sockets.size === 1, "the new connection");
      await fake.envelope("events_api", slack.envelope(slack.post()));
      expect(received).toHaveLength(1);
    },
  );

  it.each<[string, Failure]>([
    ["an error", { error: "internal_error" }],
    ["a bad gateway", { status: 502 }],
    ["silence", { hang: "before" }],
    ["a dropped connection", { drop: "before" }],
    ["429", { status: 429, headers: { "retry-after": "1" } }],
  ])("keeps trying when the connection broke and Slack answers with %s", async (_, failure) => {
    const { platform, fake, clock, received } = await start();
    fake.fail("apps.connections.open", failure, failure);
    for (const socket of fake.sockets) socket.terminate();
    await until(() => !platform.ready(), "the break");
    const timer = setInterval(() => clock.advance(1_000), 5);
    await until(() => platform.ready(), "the reconnect");
    clearInterval(timer);
    await fake.envelope("events_api", slack.envelope(slack.post()));
    expect(received).toHaveLength(1);
  });

  it("says so, once, when the app-level token was revoked, instead of dying", async () => {
    const { platform, fake, fatal } = await start();
    fake.fail("apps.connections.open", { error: "invalid_auth" });
    for (const socket of fake.sockets) socket.terminate();
    await until(() => fatal.length > 0, "the report");
    expect(fatal).toEqual([expect.stringMatching(/invalid_auth.*api\.slack\.com\/apps/)]);
    expect(platform.ready()).toBe(false);
  });

  it("says at the start which token is wrong", async () => {
    await expect(startSlack({ appToken: "xapp-wrong" })).rejects.toThrow(
      /SLACK_APP_TOKEN.*invalid_auth.*connections:write/,
    );
  });

  it("goes through the proxy of the environment, the WebSocket too", async () => {
    const tunnels: string[] = [];
    const proxy = createServer();
    proxy.on("connect", (request, socket, head) => {
      tunnels.push(request.url ?? "");
      const [host, port] = (request.url ?? "").split(":");
      const upstream = connect(Number(port), host, () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.write(head);
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on("error", () => socket.destroy());
      socket.on("error", () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      vi.unstubAllEnvs();
      proxy.close();
    });
    vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    vi.stubEnv("NO_PROXY", "");
    const { platform, fake, received } = await start();
    expect(platform.ready()).toBe(true);
    await fake.envelope("events_api", slack.envelope(slack.post()));
    expect(received).toHaveLength(1);
    expect(new Set(tunnels)).toEqual(new Set([new URL(fake.apiUrl).host]));
    expect(tunnels.length).toBeGreaterThanOrEqual(2);
  });
});
