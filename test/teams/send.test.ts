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
