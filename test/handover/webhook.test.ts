import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { readSecrets } from "../../adapters/handover/sign.ts";
import { createWebhook, type WebhookOptions } from "../../adapters/handover/webhook.ts";
import type { Card, Delivery } from "../../src/card.ts";
import type { Outgoing } from "../../src/state.ts";

const KEY = Buffer.alloc(32, 7).toString("base64");
const OTHER = Buffer.alloc(32, 9).toString("base64");
const NOW = Date.parse("2026-11-21T10:00:00Z");

type Got = { headers: IncomingMessage["headers"]; body: string; path: string };
type Answer = (response: ServerResponse, n: number) => void;

/** A receiver on loopback that keeps what comes and answers by a script. */
async function receiver(answer: Answer = (response) => response.writeHead(204).end()) {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      got.push({ headers: request.headers, body, path: request.url ?? "" });
      answer(response, got.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

function hookTo(url: string, more: Partial<WebhookOptions> = {}) {
  const webhook = createWebhook({
    hooks: { tickets: { url, isPrivate: true } },
    secrets: readSecrets(`whsec_${KEY}`),
    source: "https://hexdesk.example.com",
    clock: { now: () => NOW },
    random: () => 0.5,
    timeoutMs: 500,
    ...more,
  });
  onTestFinished(() => webhook.stop());
  return webhook;
}

const card: Card = {
  title: "HD-1001 · 0x80090311",
  blocks: [{ type: "text", inlines: ["VPN ¿qué?"] }],
  buttons: [],
  language: "es",
};

function outgoing(more: Partial<Delivery> = {}, attempt = 1): Outgoing {
  return {
    delivery: {
      id: "delivery-1",
      to: {
        kind: "address",
        address: { platform: "webhook", tenant: "", conversation: "tickets" },
      },
      mode: "post",
      repeat: "never",
      card,
      event: {
        type: "hexdesk.handover.requested",
        at: NOW,
        case: "HD-1001",
        status: "waiting",
        question: "VPN ¿qué?",
        codes: ["0x80090311"],
      },
      ...more,
    },
    source: {
      id: "m1",
      address: { platform: "slack", tenant: "T1", conversation: "C1", thread: "1" },
      surface: "channel",
      asker: "U1",
    },
    attempt,
    unknown: false,
  };
}

/** What a receiver does with its copy of the secret (standardwebhooks.com). */
function isSigned({ headers, body }: Got, key: string): boolean {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const wanted = createHmac("sha256", Buffer.from(key, "base64")).update(signed).digest();
  return String(headers["webhook-signature"])
    .split(" ")
    .map((each) => each.split(","))
    .some(([version, mac]) => {
      const given = Buffer.from(mac ?? "", "base64");
      return version === "v1" && given.length === wanted.length && timingSafeEqual(given, wanted);
    });
}

describe("an event", () => {
  test("is a signed CloudEvent that a receiver can check", async () => {
    const { got, url } = await receiver();
    expect(await hookTo(url).send(outgoing())).toEqual({ ok: true });
    const [first] = got;
    expect(got).toHaveLength(1);
    expect(first?.headers["content-type"]).toBe("application/cloudevents+json; charset=utf-8");
    expect(first?.headers["webhook-id"]).toBe("delivery-1");
    expect(first?.headers["webhook-timestamp"]).toBe(String(NOW / 1000));
    expect(first && isSigned(first, KEY)).toBe(true);
    expect(first && isSigned(first, OTHER)).toBe(false);
    expect(first && isSigned({ ...first, body: `${first.body} ` }, KEY)).toBe(false);
    expect(JSON.parse(first?.body ?? "")).toEqual({
      specversion: "1.0",
      id: "delivery-1",
      source: "https://hexdesk.example.com",
      type: "hexdesk.handover.requested",
      subject: "HD-1001",
      time: "2026-11-21T10:00:00.000Z",
      datacontenttype: "application/json",
      data: {
        case: "HD-1001",
        status: "waiting",
        question: "VPN ¿qué?",
        codes: ["0x80090311"],
        text: "HD-1001 · 0x80090311\n\nVPN ¿qué?",
        time: "2026-11-21T10:00:00.000Z",
        language: "es",
      },
    });
  });

  test("is signed with both secrets while they are exchanged", async () => {
    const { got, url } = await receiver();
    await hookTo(url, { secrets: readSecrets(`whsec_${KEY}, whsec_${OTHER}`) }).send(outgoing());
    expect(got.map((each) => [isSigned(each, KEY), isSigned(each, OTHER)])).toEqual([[true, true]]);
  });

  test("stays under 20 kB, whatever it holds", async () => {
    const { got, url } = await receiver();
    const long = "ñ".repeat(500);
    const steps = Array.from({ length: 60 }, () => ({ title: long, result: long, at: NOW }));
    const blocks: Card["blocks"] = [{ type: "text", inlines: ["ñ".repeat(50_000)] }];
    const event = { ...outgoing().delivery.event, steps } as NonNullable<Delivery["event"]>;
    expect(await hookTo(url).send(outgoing({ event, card: { ...card, blocks } }))).toEqual({
      ok: true,
    });
    expect(Buffer.byteLength(got[0]?.body ?? "")).toBeLessThan(20_000);
    expect(JSON.parse(got[0]?.body ?? "").data.question).toBe("VPN ¿qué?");
  });

  test("is not made of a card that carries none", async () => {
    const { got, url } = await receiver();
    const { event: _, ...bare } = outgoing().delivery;
    expect(await hookTo(url).send({ ...outgoing(), delivery: bare })).toEqual({ ok: true });
    expect(got).toEqual([]);
  });
});

describe("an answer", () => {
  const answers: [number, Record<string, string>, object][] = [
    [200, {}, { ok: true }],
    [202, {}, { ok: true }],
    [400, {}, { ok: false, unknown: false, reason: "http_400" }],
    [401, {}, { ok: false, unknown: false, reason: "http_401" }],
    [410, {}, { ok: false, unknown: false, reason: "http_410" }],
    [302, { location: "http://127.0.0.1:1/" }, { ok: false, unknown: false, reason: "http_302" }],
    [500, {}, { ok: false, unknown: false, retryAfterMs: 1_500, reason: "http_500" }],
    [
      429,
      { "retry-after": "7" },
      { ok: false, unknown: false, retryAfterMs: 7_000, reason: "http_429" },
    ],
    [
      503,
      { "retry-after": "Sat, 21 Nov 2026 10:00:20 GMT" },
      { ok: false, unknown: false, retryAfterMs: 20_000, reason: "http_503" },
    ],
    [
      503,
      { "retry-after": "86400" },
      { ok: false, unknown: false, retryAfterMs: 60_000, reason: "http_503" },
    ],
    [
      503,
      { "retry-after": "soon" },
      { ok: false, unknown: false, retryAfterMs: 1_500, reason: "http_503" },
    ],
    [502, {}, { ok: false, unknown: true, retryAfterMs: 1_500, reason: "http_502" }],
    [504, {}, { ok: false, unknown: true, retryAfterMs: 1_500, reason: "http_504" }],
  ];
  test.each(answers)("%i %o", async (status, headers, expected) => {
    const { got, url } = await receiver((response) => response.writeHead(status, headers).end());
    expect(await hookTo(url).send(outgoing())).toEqual(expected);
    expect(got).toHaveLength(1);
  });

  test("asks for the same wait each time, with jitter: the worker doubles it", async () => {
    const { url } = await receiver((response) => response.writeHead(500).end());
    const waits = await Promise.all(
      [1, 2, 6].map((attempt) => hookTo(url).send(outgoing({}, attempt))),
    );
    expect(waits.map((each) => Reflect.get(each, "retryAfterMs"))).toEqual([1_500, 1_500, 1_500]);
    const { send } = hookTo(url, { random: () => 0 });
    expect(await send(outgoing())).toMatchObject({ retryAfterMs: 1_000 });
  });

  test("that never comes is unknown", async () => {
    const { url } = await receiver(() => {});
    expect(await hookTo(url).send(outgoing())).toMatchObject({ ok: false, unknown: true });
  });

  test("that is cut off is unknown", async () => {
    const { url } = await receiver((response) => response.destroy());
    expect(await hookTo(url).send(outgoing())).toMatchObject({ ok: false, unknown: true });
  });

  test("of endless length is not read to its end", async () => {
    let written = 0;
    const { url } = await receiver((response) => {
      response.writeHead(200);
      const part = Buffer.alloc(16_384);
      const pour = () => {
        while (!response.destroyed && written < 50_000_000) {
          written += part.length;
          if (!response.write(part)) {
            response.once("drain", pour);
            return;
          }
        }
      };
      pour();
    });
    expect(await hookTo(url).send(outgoing())).toEqual({ ok: true });
    expect(written).toBeLessThan(10_000_000);
  });

  test("by nobody is known not to have arrived", async () => {
    const { url } = await receiver();
    const closed = url.replace(/:\d+/, ":1");
    expect(await hookTo(closed).send(outgoing())).toMatchObject({
      ok: false,
      unknown: false,
      retryAfterMs: 1_500,
      reason: "ECONNREFUSED",
    });
  });
});

describe("an address that is not public", () => {
  const literals = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0",
    "10.0.0.1",
    "100.64.1.1",
    "169.254.169.254",
    "168.63.129.16",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[ff02::1]",
    "[2001:db8::1]",
    "localhost",
    "LOCALHOST.",
    "app.localhost",
    "１２７.０.０.１",
  ];
  test.each(literals)("%s is refused before anything is sent", async (host) => {
    const { send } = hookTo("", {
      hooks: { tickets: { url: `https://${host}/`, isPrivate: false } },
    });
    expect(await send(outgoing())).toEqual({ ok: false, unknown: false, reason: "EFORBIDDEN" });
  });

  test.each([
    "127.0.0.1",
    "169.254.169.254",
    "10.9.8.7",
    "::1",
    "::ffff:10.0.0.1",
    "fe80::1%eth0",
    "fd00::1",
  ])("%s behind a name is refused at the moment of connecting", async (address) => {
    const family = address.includes(":") ? 6 : 4;
    const { send } = hookTo("", {
      hooks: { tickets: { url: "https://tickets.example.com/", isPrivate: false } },
      resolve: (_name, done) => done(null, [{ address, family }]),
    });
    expect(await send(outgoing())).toEqual({ ok: false, unknown: false, reason: "EFORBIDDEN" });
  });

  test("a name that changes between two look-ups is looked up once, and that address is used", async () => {
    const asked: string[] = [];
    const { send } = hookTo("", {
      hooks: { tickets: { url: "https://tickets.example.com:1/", isPrivate: false } },
      resolve: (name, done) => {
        asked.push(name);
        done(null, [{ address: asked.length === 1 ? "127.0.0.1" : "8.8.8.8", family: 4 }]);
      },
    });
    expect(await send(outgoing())).toMatchObject({ reason: "EFORBIDDEN" });
    expect(asked).toEqual(["tickets.example.com"]);
  });
});
