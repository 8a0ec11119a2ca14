import type { ServiceClientCredentialsFactory } from "botframework-connector";
import { describe, expect, test } from "vitest";
import type { Button, Card } from "../../src/card.ts";
import type { FakeTeams } from "../fakes/teams.ts";
import { CONVERSATIONS } from "../fakes/teams-activities.ts";
import { card, outgoing, startTeams } from "./harness.ts";

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
    [500, {}, { unknown: true, blind: true, retryAfterMs: 2_000 }],
    [502, {}, { unknown: true, blind: true, retryAfterMs: 2_000 }],
    [503, {}, { unknown: true, blind: true, retryAfterMs: 2_000 }],
    [504, {}, { unknown: true, blind: true, retryAfterMs: 2_000 }],
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

  test("a card that cannot be rendered is given up at once, and logged", async () => {
    const { platform, fake, logged } = await startTeams();
    const broken = { ...card(), blocks: undefined as unknown as Card["blocks"] };
    const sent = await platform.send(outgoing(fake, "channel", { card: broken }));
    expect(sent).toEqual({ ok: false, unknown: false, reason: "unrenderable" });
    expect(fake.calls).toEqual([]);
    expect(logged.map(({ event }) => event)).toContain("teams-unrenderable");
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
