import type { ServiceClientCredentialsFactory } from "botframework-connector";
import { describe, expect, test } from "vitest";
import type { Button } from "../../src/card.ts";
import type { FakeTeams } from "../fakes/teams.ts";
import { TENANT } from "../fakes/teams.ts";
import { ANA, CONVERSATIONS } from "../fakes/teams-activities.ts";
import { card, contentOf, outgoing, startTeams } from "./harness.ts";

const THREAD = `${CONVERSATIONS.channel};messageid=1763700000000`;
const asks: Button = {
  label: "It worked",
  style: "primary",
  action: { v: 1, do: "worked", case: "HD-1001", rev: 1, lang: "en" },
};
const post = (conversation: string) => `/teams/v3/conversations/${conversation}/activities`;
const only = (fake: FakeTeams) => {
  expect(fake.calls).toHaveLength(1);
  return fake.calls[0] as (typeof fake.calls)[number];
};

describe("where a delivery goes", () => {
  test.each([
    ["personal", CONVERSATIONS.personal],
    ["groupChat", CONVERSATIONS.groupChat],
    ["channel", THREAD],
  ] as const)(
    "to the thread, %s: one signed post, in no way a reply to a made-up id",
    async (scope, conversation) => {
      const { platform, fake } = await startTeams();
      const sent = await platform.send(outgoing(fake, scope));
      const call = only(fake);
      expect(call).toMatchObject({ method: "POST", path: post(conversation), query: "" });
      expect(call.authorization).toBe("Bearer of-the-bot");
      expect(call.body).not.toHaveProperty("replyToId");
      expect(call.body).not.toHaveProperty("text");
      expect(call.body).toMatchObject({
        type: "message",
        summary: "Title",
        attachments: [{ contentType: "application/vnd.microsoft.card.adaptive" }],
      });
      expect(sent).toMatchObject({ ok: true });
    },
  );

  test("the address of a post is the thread that a case lives in", async () => {
    const { platform, fake } = await startTeams();
    const addresses = [];
    for (const scope of ["personal", "groupChat", "channel"] as const) {
      const sent = await platform.send(outgoing(fake, scope));
      addresses.push(sent.ok && sent.address);
    }
    const place = { platform: "teams", tenant: TENANT };
    expect(addresses).toEqual([
      { ...place, conversation: CONVERSATIONS.personal },
      { ...place, conversation: CONVERSATIONS.groupChat, thread: ANA.id },
      { ...place, conversation: CONVERSATIONS.channel, thread: "1763700000000" },
    ]);
  });

  test("to the asker: a targeted message in a channel, an ordinary one in a personal chat", async () => {
    const { platform, fake } = await startTeams();
    await platform.send(outgoing(fake, "channel", { to: { kind: "asker" } }));
    await platform.send(outgoing(fake, "personal", { to: { kind: "asker" } }));
    const [hidden, open] = fake.calls;
    expect(hidden).toMatchObject({ path: post(THREAD), query: "?isTargetedActivity=true" });
    expect(hidden?.body.recipient).toEqual({ id: ANA.id, isTargeted: true });
    expect(open?.query).toBe("");
    expect(open?.body).not.toHaveProperty("recipient");
  });

  test("a refused targeted message goes to the thread, after a slash command to the personal chat", async () => {
    const { platform, fake } = await startTeams();
    const private_ = outgoing(fake, "channel", { to: { kind: "asker" } });
    fake.script.push({ status: 403 });
    expect(await platform.send(private_)).toMatchObject({ ok: true });
    expect(fake.calls[1]).toMatchObject({ path: post(THREAD), query: "" });
    fake.calls.length = 0;
    fake.script.push({ status: 400 }, { status: 400 });
    const slash = { ...private_, source: { ...private_.source, surface: "slash" as const } };
    expect(await platform.send(slash)).toMatchObject({ ok: true });
    const chats = fake.calls.filter(({ query }) => query === "").map(({ path }) => path);
    expect(chats[0]).toBe("/teams/v3/conversations");
    expect(chats[1]).toMatch(/^\/teams\/v3\/conversations\/a:chat-\d+\/activities$/);
  });

  test("privately: opens the personal chat, and says where the case lives now", async () => {
    const { platform, fake } = await startTeams();
    const sent = await platform.send(outgoing(fake, "channel", { to: { kind: "dm" } }));
    expect(fake.calls[0]).toMatchObject({
      path: "/teams/v3/conversations",
      body: { members: [{ id: ANA.id }], tenantId: TENANT, isGroup: false },
    });
    expect(sent).toMatchObject({ ok: true, address: { conversation: "a:chat-1" } });
    expect(sent.ok && sent.address).not.toHaveProperty("thread");
  });

  test("to a channel: a new thread, whose id becomes the address", async () => {
    const { platform, fake } = await startTeams();
    const address = { platform: "teams", tenant: TENANT, conversation: CONVERSATIONS.channel };
    const sent = await platform.send(
      outgoing(fake, "channel", { to: { kind: "address", address } }),
    );
    const call = only(fake);
    expect(call.path).toBe("/teams/v3/conversations");
    expect(call.body).toMatchObject({
      isGroup: true,
      channelData: { channel: { id: CONVERSATIONS.channel } },
      activity: { type: "message", attachments: [{}] },
    });
    const thread = sent.ok ? sent.address?.thread : "";
    expect(thread).toMatch(/^\d{13}$/);
    fake.calls.length = 0;
    const reply = { ...address, thread: thread ?? "" };
    await platform.send(outgoing(fake, "personal", { to: { kind: "address", address: reply } }));
    expect(only(fake).path).toBe(post(`${CONVERSATIONS.channel};messageid=${thread}`));
  });

  test("from another platform: the service address last seen for the tenant is used", async () => {
    const { platform, fake, post: arrive, teams } = await startTeams();
    await arrive(teams.says("personal", "hi"));
    const address = { platform: "teams", tenant: TENANT, conversation: CONVERSATIONS.groupChat };
    const elsewhere = { ...outgoing(fake, "personal").source, reply: "https://hooks.slack.com/x" };
    const foreign = {
      ...elsewhere,
      address: { ...address, platform: "slack", conversation: "C1" },
    };
    const delivery = { to: { kind: "address" as const, address } };
    expect(
      await platform.send(outgoing(fake, "personal", delivery, { source: foreign })),
    ).toMatchObject({
      ok: true,
    });
    expect(only(fake).path).toBe(post(CONVERSATIONS.groupChat));
  });

  test("an address of another platform, and a route, are refused for good", async () => {
    const { platform, fake } = await startTeams();
    const address = { platform: "slack", tenant: "T1", conversation: "C1" };
    for (const to of [
      { kind: "address", address } as const,
      { kind: "route", route: "it" } as const,
    ]) {
      const sent = await platform.send(outgoing(fake, "personal", { to }));
      expect(sent).toMatchObject({ ok: false, unknown: false });
      expect(sent).not.toHaveProperty("retryAfterMs");
    }
    expect(fake.calls).toEqual([]);
  });

  test("the buttons of a group chat's card name the thread of its owner, and only there", async () => {
    const { platform, fake } = await startTeams();
    const delivery = { card: card("x", { buttons: [asks] }) };
    for (const scope of ["personal", "groupChat", "channel"] as const) {
      await platform.send(outgoing(fake, scope, delivery));
    }
    const threads = fake.calls.map(
      ({ body }) => /"thread":"([^"]+)"/.exec(JSON.stringify(body))?.[1],
    );
    expect(threads).toEqual([undefined, ANA.id, undefined]);
  });
});

describe("how to answer where only mentions arrive", () => {
  const delivery = { card: card("x", { buttons: [asks] }) };
  const lastLine = ({ calls }: FakeTeams) =>
    (contentOf(calls.at(-1)?.body).body as { inlines?: { text: string }[] }[]).at(-1)?.inlines?.[0]
      ?.text;

  test.each([
    ["groupChat", false, true],
    ["channel", false, true],
    ["personal", false, false],
    ["groupChat", true, false],
    ["channel", true, false],
  ] as const)("%s, consent to read %s: the line is there: %s", async (scope, rsc, isThere) => {
    const { platform, fake } = await startTeams({ rsc });
    await platform.send(outgoing(fake, scope, delivery));
    expect(lastLine(fake) === "en teams.hint").toBe(isThere);
  });

  test("a card that asks nothing has no such line", async () => {
    const { platform, fake } = await startTeams();
    await platform.send(outgoing(fake, "channel"));
    expect(JSON.stringify(fake.calls)).not.toContain("teams.hint");
  });
});

describe("updates", () => {
  const change = (fake: FakeTeams, updates: string) =>
    outgoing(fake, "channel", { mode: { update: "d0" } }, { updates });

  test("a post is replaced where it stands", async () => {
    const { platform, fake } = await startTeams();
    const first = await platform.send(outgoing(fake, "channel"));
    const ref = first.ok ? (first.ref ?? "") : "";
    expect(await platform.send(change(fake, ref))).toEqual({ ok: true, ref });
    expect(fake.calls[1]).toMatchObject({
      method: "PUT",
      path: `${post(THREAD)}/post-1`,
      query: "",
    });
  });

  test("a private post is replaced privately", async () => {
    const { platform, fake } = await startTeams();
    const first = await platform.send(outgoing(fake, "channel", { to: { kind: "asker" } }));
    await platform.send(change(fake, first.ok ? (first.ref ?? "") : ""));
    expect(fake.calls[1]).toMatchObject({ method: "PUT", query: "?isTargetedActivity=true" });
    expect(fake.calls[1]?.body).not.toHaveProperty("recipient");
  });

  test.each([404, 403])("a post that is gone (%s) is posted anew", async (status) => {
    const { platform, fake } = await startTeams();
    const ref = JSON.stringify({ conversation: THREAD, id: "gone", hidden: false });
    fake.script.push({ status });
    expect(await platform.send(change(fake, ref))).toMatchObject({ ok: true });
    expect(fake.calls.map(({ method }) => method)).toEqual(["PUT", "POST"]);
  });

  test("an update may be repeated whatever happened to it", async () => {
    const { platform, fake } = await startTeams();
    const ref = JSON.stringify({ conversation: THREAD, id: "p", hidden: false });
    fake.script.push("drop", { status: 502 });
    for (let i = 0; i < 2; i++) {
      expect(await platform.send(change(fake, ref))).toMatchObject({ ok: false, unknown: false });
    }
    expect(fake.calls).toHaveLength(2);
  });
});

test("ten sends at once share one client and one token request", async () => {
  const made = { clients: 0, tokens: 0 };
  const credentials = {
    isValidAppId: async () => true,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => {
      made.clients += 1;
      return {
        getToken: async () => {
          made.tokens += 1;
          await new Promise((resolve) => setTimeout(resolve, 20));
          return "shared";
        },
        async signRequest(request: { headers: { set(name: string, value: string): void } }) {
          request.headers.set("authorization", `Bearer ${await this.getToken()}`);
          return request;
        },
      };
    },
  } as unknown as ServiceClientCredentialsFactory;
  const { platform, fake } = await startTeams({
    fake: { metadataUrl: "http://127.0.0.1:1/", credentials },
  });
  await Promise.all(Array.from({ length: 10 }, () => platform.send(outgoing(fake, "personal"))));
  expect(made).toEqual({ clients: 1, tokens: 1 });
  expect(new Set(fake.calls.map(({ authorization }) => authorization))).toEqual(
    new Set(["Bearer shared"]),
  );
});

describe("when Teams says no", () => {
  test.each([
    [429, { "retry-after": "7" }, { unknown: false, retryAfterMs: 7_000 }],
    [429, { "retry-after": "86400" }, { unknown: false, retryAfterMs: 60_000 }],
    [429, {}, { unknown: false, retryAfterMs: 1_000 }],
    [412, {}, { unknown: false, retryAfterMs: 1_000 }],
    [500, {}, { unknown: true, retryAfterMs: 2_000 }],
    [502, {}, { unknown: true, retryAfterMs: 2_000 }],
    [503, {}, { unknown: true, retryAfterMs: 2_000 }],
    [504, {}, { unknown: true, retryAfterMs: 2_000 }],
  ])("%s %j: asked once, then %j", async (status, headers, outcome) => {
    const { platform, fake } = await startTeams();
    fake.script.push({ status, headers: headers as Record<string, string> });
    const sent = await platform.send(outgoing(fake, "channel"));
    expect(sent).toEqual({ ok: false, reason: `http_${status}`, status, ...outcome });
    expect(fake.calls).toHaveLength(1);
  });

  test.each([401, 403, 404, 405])("%s: given up at once", async (status) => {
    const { platform, fake } = await startTeams();
    fake.script.push({ status });
    const sent = await platform.send(outgoing(fake, "channel"));
    expect(sent).toEqual({ ok: false, unknown: false, reason: `http_${status}`, status });
    expect(fake.calls).toHaveLength(1);
  });

  test("a dropped connection leaves it open whether the post exists", async () => {
    const { platform, fake } = await startTeams();
    fake.script.push("drop");
    const sent = await platform.send(outgoing(fake, "channel"));
    expect(sent).toMatchObject({ ok: false, unknown: true });
    expect(fake.calls).toHaveLength(1);
  });

  test("a server that never answers is given up, and leaves it open", async () => {
    const { platform, fake } = await startTeams();
    fake.script.push("hang");
    const sent = await platform.send(outgoing(fake, "channel"));
    expect(sent).toMatchObject({ ok: false, unknown: true });
    expect(fake.calls).toHaveLength(1);
  });

  test("a server that is not there has surely posted nothing", async () => {
    const { platform, fake } = await startTeams();
    await fake.close();
    const sent = await platform.send(outgoing(fake, "channel"));
    expect(sent).toMatchObject({
      ok: false,
      unknown: false,
      retryAfterMs: 2_000,
      reason: "ECONNREFUSED",
    });
  });

  test.each([400, 413])("a card that is refused (%s) is sent as words", async (status) => {
    const { platform, fake, logged } = await startTeams();
    fake.script.push({ status });
    const hostile = card("<at>All</at> [x](https://evil.example) 0x80090311", { buttons: [asks] });
    expect(await platform.send(outgoing(fake, "channel", { card: hostile }))).toMatchObject({
      ok: true,
    });
    const [, words] = fake.calls;
    expect(words?.body).toMatchObject({ type: "message", textFormat: "plain" });
    expect(words?.body).not.toHaveProperty("attachments");
    expect(words?.body.text).toContain("0x80090311");
    expect(words?.body.text).toContain("[1 It worked]");
    expect(words?.body.text).not.toContain("<at>");
    expect(logged.map(({ event }) => event)).toContain("teams-card-refused");
  });

  test("a post whose outcome is unknown is marked when it is sent again", async () => {
    const { platform, fake } = await startTeams();
    await platform.send(outgoing(fake, "channel", {}, { unknown: true, attempt: 2 }));
    expect(JSON.stringify(only(fake).body)).toContain("en teams.repeated");
  });

  test("what calls a person is not sent again", async () => {
    const { platform, fake } = await startTeams();
    const call = outgoing(fake, "channel", { repeat: "never" }, { unknown: true, attempt: 2 });
    expect(await platform.send(call)).toMatchObject({ ok: false, unknown: true });
    expect(fake.calls).toEqual([]);
  });
});
