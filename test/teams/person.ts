import { onTestFinished } from "vitest";
import { createMemoryState } from "../../adapters/state/memory.ts";
import type { TeamsOptions } from "../../adapters/teams/options.ts";
import { createTeams } from "../../adapters/teams/start.ts";
import { createBot } from "../../src/bot.ts";
import { startFakeTeams } from "../fakes/teams.ts";
import { ANA, type Json, type Scope, teamsActivities } from "../fakes/teams-activities.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import { contentOf, mount, optionsFor, until } from "./harness.ts";

/** A card as somebody sees it: its id, its words, and what its buttons send. */
export type Seen = {
  id: string;
  path: string;
  hidden: boolean;
  words: string;
  buttons: Map<string, unknown>;
};

/** The real bot behind the fake Teams, and a person in front of it who reads cards, types and clicks. */
export async function startPerson(scope: Scope, overrides: Partial<TeamsOptions> = {}) {
  const fake = await startFakeTeams();
  const failures: unknown[] = [];
  const log = {
    info: () => {},
    warn: () => {},
    error: (event: string, _fields?: object, cause?: unknown) => failures.push([event, cause]),
  };
  let n = 0;
  const ids = () => `delivery-${String(++n).padStart(6, "0")}`;
  const bot = createBot({
    knowledge: () => knowledge,
    state: createMemoryState({ clock }),
    clock,
    ids,
    log,
    defaultLanguage: "en",
    channelMode: () => "mention",
  });
  const platform = createTeams(optionsFor(fake, overrides), { bot, clock, ids, log });
  const worker = bot.run([platform]);
  const { post } = await mount(platform, fake);
  onTestFinished(async () => {
    await platform.stop();
    await worker.stop();
    await fake.close();
  });
  const teams = teamsActivities(fake.serviceUrl);

  /** Every post that is there, oldest first, as it looks after its updates. */
  function cards(): Seen[] {
    const seen: Seen[] = [];
    for (const { method, path, query, body, id } of fake.calls) {
      const look = { words: wordsOf(contentOf(body)), buttons: buttonsOf(contentOf(body)) };
      if (method === "POST") {
        seen.push({ id, path, hidden: query.includes("isTargetedActivity"), ...look });
      }
      const old = seen.find((one) => method === "PUT" && path.endsWith(`/${one.id}`));
      if (old) Object.assign(old, look);
    }
    return seen;
  }

  async function say(activity: Json, answers = true): Promise<Seen> {
    const before = fake.calls.filter(({ method }) => method === "POST").length;
    const { status } = await post(activity);
    if (status !== 200) throw new Error(`status ${status}`);
    if (answers) await until(() => cards().length > before, `an answer to ${activity.text}`);
    return newest();
  }

  /** Clicks a button of a card; resolves to what the click answered. */
  async function click(card: Seen, label: string, rest: Json = {}): Promise<Json> {
    const data = card.buttons.get(label);
    if (!data) throw new Error(`no button ${label} among ${[...card.buttons.keys()].join(" | ")}`);
    const { json } = await post(teams.clicks(scope, data, card.id, rest));
    return json;
  }

  function newest(): Seen {
    const last = cards().at(-1);
    if (!last) throw new Error("nothing was posted");
    return last;
  }

  return { fake, bot, platform, teams, post, cards, newest, say, click, failures, person: ANA };
}

const clock = {
  now: () => Date.now(),
  sleep: (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};

/** All words of an Adaptive Card, folded parts and small print included. */
export function wordsOf(content: unknown): string {
  const words: string[] = [];
  JSON.stringify(content, (key, value) => {
    if (key === "fallback") return undefined;
    if (["TextRun", "TextBlock"].includes(value?.type)) words.push(value.text.replace(/\\/g, ""));
    if (value?.type === "CodeBlock") words.push(value.codeSnippet);
    return value;
  });
  return words.join(" ");
}

function buttonsOf(content: unknown): Map<string, unknown> {
  const buttons = new Map<string, unknown>();
  JSON.stringify(content, (key, value) => {
    if (key === "fallback") return undefined;
    if (value?.type === "Action.Execute") buttons.set(value.title, value.data);
    return value;
  });
  return buttons;
}
