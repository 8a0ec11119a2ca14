import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { exportSPKI, type JWTPayload } from "jose";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { TeamsOptions } from "../../adapters/teams/options.ts";
import { createTeams } from "../../adapters/teams/start.ts";
import {
  APP_ID,
  type FakeTeams,
  type SignOptions,
  startFakeTeams,
  TENANT,
} from "../fakes/teams.ts";
import { mount, optionsFor, scriptedCore, startTeams } from "./harness.ts";

const now = () => Math.floor(Date.now() / 1000);
const token =
  (options: () => SignOptions) =>
  async (fake: FakeTeams): Promise<string> =>
    `Bearer ${await fake.sign(options())}`;
const claims = (make: () => JWTPayload) => token(() => ({ claims: make() }));

const REFUSED: Record<string, (fake: FakeTeams) => Promise<string | undefined>> = {
  "no header": async () => undefined,
  "an empty header": async () => "",
  "Basic credentials": async () => "Basic dXNlcjpwYXNz",
  garbage: async () => "Bearer garbage",
  "three letters with dots": async () => "Bearer a.b.c",
  "another signature": token(() => ({ key: "stranger" })),
  "a tampered payload": async (fake) => {
    const [head, , tail] = (await fake.sign()).split(".");
    const other = (await fake.sign({ claims: { aud: APP_ID, extra: "x" } })).split(".")[1];
    return `Bearer ${head}.${other}.${tail}`;
  },
  "the algorithm none": async (fake) => {
    const payload = (await fake.sign()).split(".")[1];
    return `Bearer ${encode({ alg: "none", typ: "JWT" })}.${payload}.x`;
  },
  "HS256 keyed with the public key": async (fake) => {
    const payload = (await fake.sign()).split(".")[1];
    const unsigned = `${encode({ alg: "HS256", kid: "own" })}.${payload}`;
    const pem = await exportSPKI(fake.publicKey as never);
    return `Bearer ${unsigned}.${createHmac("sha256", pem).update(unsigned).digest("base64url")}`;
  },
  "an unknown key": token(() => ({ key: "unpublished" })),
  "a time in the future": claims(() => ({ nbf: now() + 3_600 })),
  "an expired token": claims(() => ({ exp: now() - 600 })),
  "another audience": claims(() => ({ aud: "22222222-2222-4333-8444-555555555555" })),
  "another issuer": claims(() => ({ iss: "https://evil.example" })),
  "no service address": claims(() => ({ serviceurl: undefined })),
  "another service address": claims(() => ({ serviceurl: "http://127.0.0.1:1/" })),
  "the emulator's issuer": claims(() => ({
    iss: "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/",
    ver: "1.0",
    appid: APP_ID,
  })),
};

describe("who may call", () => {
  test("a token of Teams is let in, and the message is stored before the request ends", async () => {
    const { post, received, script, teams } = await startTeams();
    expect(await post(teams.says("personal", "0x80090311"))).toMatchObject({
      status: 200,
      text: "",
    });
    expect(received).toHaveLength(1);
    expect(script.wakes).toBe(1);
  });

  test.each(Object.entries(REFUSED))(
    "%s is refused with 401 and no word",
    async (_name, header) => {
      const { raw, received, fake, teams } = await startTeams();
      const authorization = await header(fake);
      const body = JSON.stringify(teams.says("personal", "0x80090311"));
      const answer = await raw(body, authorization === undefined ? {} : { authorization });
      expect(answer).toMatchObject({ status: 401, text: "" });
      expect(received).toEqual([]);
      expect(fake.calls).toEqual([]);
    },
  );

  test("a token that ran out less than five minutes ago is still good", async () => {
    const { raw, fake, teams } = await startTeams();
    const authorization = `Bearer ${await fake.sign({ claims: { exp: now() - 120 } })}`;
    const answer = await raw(JSON.stringify(teams.says("personal", "hi")), { authorization });
    expect(answer.status).toBe(200);
  });

  test.each([
    ["another channel", { channelId: "webchat" }],
    ["no channel", { channelId: undefined }],
    ["no service address in the activity", { serviceUrl: undefined }],
    ["a service address of another host", { serviceUrl: "https://evil.example/" }],
    ["a service address that is none", { serviceUrl: "ftp://127.0.0.1/" }],
    [
      "another tenant",
      { conversation: { id: "a:1", conversationType: "personal", tenantId: "other" } },
    ],
    ["no tenant", { conversation: { id: "a:1" }, channelData: {} }],
  ])("%s is refused even with a good token", async (_name, wrong) => {
    const { post, received, teams } = await startTeams();
    expect((await post({ ...teams.says("personal", "0x80090311"), ...wrong })).status).toBe(401);
    expect(received).toEqual([]);
  });

  test("keys that cannot be had are our trouble, not a refusal: 503", async () => {
    const { post, received, fake, teams } = await startTeams();
    fake.identity.works = false;
    expect((await post(teams.says("personal", "hi"))).status).toBe(503);
    fake.identity.works = true;
    expect((await post(teams.says("personal", "hi"))).status).toBe(200);
    expect(received).toHaveLength(1);
  });

  test("an identity service that never answers costs five seconds, not for ever", async () => {
    const { post, clock, fake, teams } = await startTeams();
    fake.identity.works = "hang";
    const waiting = post(teams.says("personal", "hi"));
    await new Promise((resolve) => setTimeout(resolve, 300));
    clock.advance(5_000);
    expect((await waiting).status).toBe(503);
  });

  test("a forged token writes nothing to the process's error output", async () => {
    const printed = vi.spyOn(console, "error").mockImplementation(() => {});
    onTestFinished(() => printed.mockRestore());
    const { raw, fake, teams } = await startTeams();
    const body = JSON.stringify(teams.says("personal", "hi"));
    await raw(body, { authorization: `Bearer ${await fake.sign({ key: "stranger" })}` });
    await raw(body, { authorization: `Bearer ${await fake.sign({ claims: { exp: 1 } })}` });
    expect(printed).not.toHaveBeenCalled();
    console.error("others still may");
    expect(printed).toHaveBeenCalledOnce();
  });

  test("a flood of bad requests is one line in the log a minute", async () => {
    const { raw, logged, clock } = await startTeams();
    for (let i = 0; i < 20; i++) await raw("{}", { authorization: "nonsense" });
    expect(logged.filter(({ event }) => event === "teams-request-refused")).toHaveLength(1);
    clock.advance(60_000);
    await raw("{}", { authorization: "nonsense" });
    expect(logged.at(-1)?.fields).toEqual({ reason: "no-token", before: 19 });
  });
});

describe("settings that guard the door", () => {
  test.each<[string, Partial<TeamsOptions>]>([
    ["no app id", { appId: "" }],
    ["an app id that is none", { appId: "hexdesk" }],
    ["no tenant", { tenants: [] }],
    ["no password", { appPassword: "" }],
    ["no tokens although there is an app id", { auth: "none" }],
  ])("%s stops the start", async (_name, wrong) => {
    const fake = await startFakeTeams();
    onTestFinished(fake.close);
    const { fake: _, ...production } = optionsFor(fake, wrong);
    expect(() => createTeams(production, scriptedCore().core)).toThrow();
  });

  test("the real configuration starts without network, and refuses what has no token", async () => {
    const fake = await startFakeTeams();
    onTestFinished(fake.close);
    const { fake: _, ...production } = optionsFor(fake);
    const { raw } = await mount(createTeams(production, scriptedCore().core), fake);
    expect((await raw("{}")).status).toBe(401);
  });

  test("an app id in capitals is the same app id", async () => {
    const { post, teams } = await startTeams({ appId: APP_ID.toUpperCase() });
    expect((await post(teams.says("personal", "hi"))).status).toBe(200);
  });
});

describe("without tokens (TEAMS_AUTH=none)", () => {
  const started = async () => {
    const rig = await startTeams({ auth: "none", appId: "", tenants: [] });
    return { ...rig, body: JSON.stringify(rig.teams.says("personal", "hi")) };
  };

  test("a program on this computer is let in", async () => {
    const { raw, body, received } = await started();
    expect((await raw(body)).status).toBe(200);
    expect(received).toHaveLength(1);
  });

  test.each([
    ["a web page's form", { "content-type": "text/plain" }],
    ["a forwarded request", { "x-forwarded-for": "203.0.113.9" }],
    ["a forwarded request of the newer kind", { forwarded: "for=203.0.113.9" }],
  ])("%s is refused", async (_name, headers: Record<string, string>) => {
    const { raw, body, received } = await started();
    expect((await raw(body, headers)).status).toBe(403);
    expect(received).toEqual([]);
  });

  test("a name that points here is refused", async () => {
    const { url, body } = await started();
    const { request } = await import("node:http");
    const status = await new Promise((resolve) => {
      const headers = { "content-type": "application/json", host: "rebound.example" };
      request(url, { method: "POST", headers }, (r) => resolve(r.resume().statusCode)).end(body);
    });
    expect(status).toBe(403);
  });

  test("answers go to this computer only", async () => {
    const { raw, teams } = await started();
    const activity = {
      ...teams.says("personal", "hi"),
      serviceUrl: "https://smba.trafficmanager.net/",
    };
    expect((await raw(JSON.stringify(activity))).status).toBe(401);
  });
});

test("the door is closed before the start and after the stop", async () => {
  const fake = await startFakeTeams();
  onTestFinished(fake.close);
  const platform = createTeams(optionsFor(fake), scriptedCore().core);
  const early = createServer((q, r) => platform.routes["POST /api/messages"]?.(q, r));
  await new Promise<void>((resolve) => early.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void early.close());
  const { port } = early.address() as { port: number };
  const ask = async () => {
    const headers = { "content-type": "application/json" };
    return (await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: "{}", headers }))
      .status;
  };
  expect(platform.ready()).toBe(false);
  expect(await ask()).toBe(503);
  await platform.start();
  expect(platform.ready()).toBe(true);
  expect(await ask()).toBe(401);
  await platform.stop();
  expect(platform.ready()).toBe(false);
  expect(await ask()).toBe(503);
});

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

test("the tenant's capitals do not matter", async () => {
  const { post, teams } = await startTeams({ tenants: [TENANT.toUpperCase()] });
  expect((await post(teams.says("personal", "hi"))).status).toBe(200);
});
