import { setTimeout as wait } from "node:timers/promises";
import { systemClock as clock } from "../../adapters/clock.ts";
import { openState } from "../../adapters/state/open.ts";
import type { StateStore } from "../../src/state.ts";
import { type FakeSlack, startFakeSlack } from "../fakes/slack.ts";
import { seeded } from "../fixtures/seeded.ts";
import { type Conversation, converse } from "./conversations.ts";
import { endInstance, type Instance, startInstance, until } from "./process.ts";

/** What the harness saw after the last start; every list holds threads and is empty when the contract was kept. */
export type ProcessFindings = {
  asked: number;
  clicked: number;
  lostAnswers: string[];
  doubledAnswers: string[];
  lostCases: string[];
  lostClicks: string[];
  doubledClicks: string[];
  unfinished: number;
};

type Options = {
  kills: number;
  seed: number;
  /** DATABASE_URL of the instances. */
  database: string;
  instances: number;
  /** Mutants: Slack's history cannot be read; what was sent once counts as taken. */
  history?: boolean;
  ackEarly?: boolean;
  patienceMs?: number;
};

const PATIENCE_MS = 240_000;

/**
 * Plays Slack for the real process, of which one instance after the other is killed at random moments: while it starts,
 * after an acknowledgement, right after a post that it does not know about yet. Then lets the last ones finish and compares.
 */
export async function processKills(options: Options): Promise<ProcessFindings> {
  const random = seeded(options.seed);
  const fake = await startFakeSlack();
  fake.state.history = options.history ?? true;
  let posts = 0;
  fake.hooks.done = async (method) => {
    if (method === "chat.postMessage" || method === "chat.update") posts += 1;
    await wait(random() * 8);
  };
  const start = () => {
    const { database } = options;
    return startInstance({ database, slackApi: fake.apiUrl, botToken: fake.botToken });
  };
  const instances = Array.from({ length: options.instances }, start);
  const urls = () => instances.flatMap(({ url, ended }) => (url && !ended ? [url] : []));
  const { ackEarly = false, patienceMs = PATIENCE_MS } = options;
  const crowd = converse({ fake, urls, random, ackEarly, patienceMs });

  for (let kill = 0; kill < options.kills; kill += 1) {
    const at = Math.floor(random() * instances.length);
    const victim = instances[at];
    if (!victim) continue;
    await moment(victim, random, { acks: crowd.acks, posts: () => posts });
    await endInstance(victim, "SIGKILL");
    instances[at] = start();
  }

  const conversations = await crowd.end();
  for (const instance of instances) await endInstance(instance, "SIGTERM");
  const findings = await compare(options.database, fake, conversations);
  await fake.close();
  return findings;
}

/** Waits for a random moment of an instance's life. */
async function moment(
  instance: Instance,
  random: () => number,
  seen: { acks(): number; posts(): number },
): Promise<void> {
  if (random() < 0.12) {
    await wait(random() * 2_500);
    return;
  }
  await until(() => instance.url !== undefined, 30_000);
  const what = random() < 0.5 ? seen.acks : seen.posts;
  const target = what() + 1 + Math.floor(random() * 6);
  await until(() => what() >= target, 3_000);
  await wait(random() * 10);
}

async function compare(
  database: string,
  fake: FakeSlack,
  conversations: readonly Conversation[],
): Promise<ProcessFindings> {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const choice = database.startsWith("sqlite:")
    ? { sqlite: database.slice("sqlite:".length) }
    : { postgres: database };
  const { state } = await openState(choice, { clock, log });
  const clicks = new Map<string, number>();
  for (const event of await state.events({ from: 0, what: ["step.result"] })) {
    clicks.set(event.case ?? "", (clicks.get(event.case ?? "") ?? 0) + 1);
  }
  const answers = (ts: string) =>
    fake.posts.filter((post) => post.thread_ts === ts && post.user === "UBOT").length;
  const clicksIn = async (ts: string) => clicks.get((await caseIn(state, ts))?.id ?? "") ?? 0;
  const asked = conversations.filter((each) => each.asked).map(({ ts }) => ts);
  const clicked = conversations.filter((each) => each.clicked).map(({ ts }) => ts);
  const findings = {
    asked: asked.length,
    clicked: clicked.length,
    lostAnswers: asked.filter((ts) => answers(ts) === 0),
    doubledAnswers: asked.filter((ts) => answers(ts) > 1),
    lostCases: await those(asked, async (ts) => (await caseIn(state, ts)) === undefined),
    lostClicks: await those(clicked, async (ts) => (await clicksIn(ts)) === 0),
    doubledClicks: await those(clicked, async (ts) => (await clicksIn(ts)) > 1),
    unfinished: await unfinished(state),
  };
  await state.close();
  return findings;
}

function caseIn(state: StateStore, thread: string) {
  return state.loadCase({ platform: "slack", tenant: "T1", conversation: "C1", thread });
}

async function those(
  threads: readonly string[],
  fits: (ts: string) => Promise<boolean>,
): Promise<string[]> {
  const found: string[] = [];
  for (const ts of threads) if (await fits(ts)) found.push(ts);
  return found;
}

async function unfinished(state: StateStore): Promise<number> {
  let left = 0;
  while (await state.claim("test", 60_000)) left += 1;
  while (await state.nextDelivery("test", 60_000)) left += 1;
  return left;
}
