import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { readSecrets } from "../../adapters/handover/sign.ts";
import { createWebhook } from "../../adapters/handover/webhook.ts";
import { createTeams } from "../../adapters/teams/start.ts";
import type { Route } from "../../src/handover/routes.ts";
import { startFakeTeams, TENANT } from "../fakes/teams.ts";
import { BEN, CONVERSATIONS, type Json, teamsActivities } from "../fakes/teams-activities.ts";
import { startWorkspace, words } from "../slack/workspace.ts";
import { contentOf, mount, optionsFor, until } from "../teams/harness.ts";
import { wordsOf } from "../teams/person.ts";

const SECRET = `whsec_${Buffer.alloc(32, 3).toString("base64")}`;

const TEAMS_DESK: Route = {
  name: "desk",
  title: "IT in Teams",
  place: { platform: "teams", tenant: TENANT, conversation: CONVERSATIONS.channel },
  areas: ["*"],
};
const TICKETS: Route = {
  name: "tickets",
  title: "Ticket system",
  place: { platform: "webhook", tenant: "", conversation: "tickets" },
  areas: ["*"],
};

/** A receiver that answers with these statuses, then with 204. */
async function ticketSystem(statuses: number[]) {
  const got: { type: string; id: unknown }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      got.push({ type: JSON.parse(body).type, id: request.headers["webhook-id"] });
      response.writeHead(statuses.shift() ?? 204, { "retry-after": "1" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const webhook = createWebhook({
    hooks: { tickets: { url, isPrivate: true } },
    secrets: readSecrets(SECRET),
    source: "urn:test",
    clock: { now: Date.now },
    random: () => 0,
  });
  return { got, webhook };
}

describe("somebody asks in Slack", () => {
  test("and the helpdesk answers in Teams", async () => {
    const fake = await startFakeTeams();
    const teams = teamsActivities(fake.serviceUrl);
    const services = { [TENANT]: fake.serviceUrl };
    let post: Awaited<ReturnType<typeof mount>>["post"] | undefined;
    const space = await startWorkspace("mention", {
      routes: [TEAMS_DESK],
      platforms: (core) => {
        const platform = createTeams(optionsFor(fake, { services }), core);
        void mount(platform, fake).then((mounted) => {
          post = mounted.post;
        });
        return [platform];
      },
    });
    onTestFinished(() => fake.close());
    await until(() => post !== undefined, "Teams");

    const question = await space.say("<@UBOT> winrm from home says 0x80090311");
    const answer = await space.posts(1);
    await space.click(answer, /Ask a person/);
    await until(() => words(answer.blocks).includes("Send this to a person?"), "the preview");
    await space.click(answer, "Send");

    const made = () => fake.calls.filter(({ path }) => path.endsWith("/v3/conversations"));
    await until(() => made().length === 1, "a thread in the channel");
    const card = contentOf(made()[0]?.body.activity);
    expect(wordsOf(card)).toContain("begin with @Hexdesk");
    expect(JSON.stringify(card)).toContain("https://test.slack.com/archives/C1/");
    expect(made()[0]?.body.channelData).toEqual({
      channel: { id: CONVERSATIONS.channel },
      tenant: { id: TENANT },
    });

    const root = "1763700000001";
    const inThread = (activity: Json): Json => ({
      ...activity,
      from: BEN,
      conversation: {
        ...(activity.conversation as Json),
        id: `${CONVERSATIONS.channel};messageid=${root}`,
      },
    });
    const take = dataOf(card, "Take it");
    await post?.(inThread(teams.clicks("channel", take, root)));
    const hears = (text: string) =>
      until(() => words(space.ours().at(-1)?.blocks).includes(text), `Slack: ${text}`);
    await hears("Ben has your case now (IT in Teams).");
    await until(() => fake.calls.some(({ method }) => method === "PUT"), "the card to be updated");

    await post?.(inThread(teams.says("channel", "Which VPN client is it?")));
    await hears("Which VPN client is it?");
    expect(space.ours().at(-1)?.thread_ts).toBe(question.ts);
    await space.say("the new one", { thread: question.ts });
    await until(
      () => fake.calls.some(({ body }) => wordsOf(contentOf(body)).includes("the new one")),
      "the answer in Teams",
    );
    const relayed = fake.calls.at(-1);
    expect(relayed?.path).toContain(`${CONVERSATIONS.channel};messageid=${root}`);
  });

  test("and the ticket system hears of it although it fails first", async () => {
    const { got, webhook } = await ticketSystem([503, 500]);
    const space = await startWorkspace("mention", {
      routes: [TICKETS],
      platforms: () => [webhook],
    });
    await space.say("<@UBOT> winrm from home says 0x80090311");
    const answer = await space.posts(1);
    await space.click(answer, /Ask a person/);
    await until(() => words(answer.blocks).includes("Send this to a person?"), "the preview");
    await space.click(answer, "Send");
    await until(() => got.length === 3, "the third attempt");
    expect(new Set(got.map(({ id }) => id)).size).toBe(1);
    expect(got[0]?.type).toBe("hexdesk.handover.requested");
    expect(words(answer.blocks)).toContain("is with people");
  }, 15_000);

  test("and is asked whether to send it again when the ticket system breaks off", async () => {
    const { got, webhook } = await ticketSystem([504]);
    const space = await startWorkspace("mention", {
      routes: [TICKETS],
      platforms: () => [webhook],
    });
    await space.say("<@UBOT> winrm from home says 0x80090311");
    const answer = await space.posts(1);
    await space.click(answer, /Ask a person/);
    await until(() => words(answer.blocks).includes("Send this to a person?"), "the preview");
    await space.click(answer, "Send");
    const told = await space.posts(2);
    expect(words(told.blocks)).toContain("I could not confirm that Ticket system got it");
    expect(got).toHaveLength(1);
    await space.click(told, "Send again");
    await until(() => got.length === 2, "the second event");
    expect(got[0]?.id).not.toBe(got[1]?.id);
    expect(space.failures.splice(0)).toEqual(["delivery.given-up"]);
  });
});

/** What a button of an Adaptive Card sends. */
function dataOf(card: unknown, title: string): unknown {
  let found: unknown;
  JSON.stringify(card, (_key, value) => {
    if (value?.type === "Action.Execute" && value.title === title) found = value.data;
    return value;
  });
  return found;
}
