import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Answered } from "../../src/answered.ts";
import { createBot } from "../../src/bot.ts";
import { type Card, toPlainText } from "../../src/card.ts";
import { loadCatalog } from "../../src/codes/catalog.ts";
import { KnowledgeError } from "../../src/knowledge/error.ts";
import { LANGUAGES } from "../../src/knowledge/languages.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { readEnvironment } from "../environment.ts";
import { renderSlack } from "../slack/render.ts";
import { StartError } from "../start-error.ts";
import { createMemoryState } from "../state/memory.ts";
import { renderTeams } from "../teams/render.ts";
import { ask, type Question } from "./ask.ts";
import { runBatch } from "./batch.ts";

const USAGE = `usage: npm run -s ask -- [options] "question"
         --more                unfold causes, sources and details
         --json, --slack, --teams   print the answer as JSON, Block Kit or an Adaptive Card
         --role user|helpdesk|admin, --locale es, --drafts (show entries with status draft)
       npm run -s ask -- --batch [--render] < questions.jsonl
`;

const OPTIONS = {
  more: { type: "boolean" },
  json: { type: "boolean" },
  slack: { type: "boolean" },
  teams: { type: "boolean" },
  batch: { type: "boolean" },
  render: { type: "boolean" },
  drafts: { type: "boolean" },
  role: { type: "string" },
  locale: { type: "string" },
} as const;

const ROLES = ["user", "helpdesk", "admin"] as const;

/** Composition root of `npm run ask`: the bot in the terminal, with nothing stored and nothing sent. Returns the exit code. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  const role = ROLES.find((known) => known === (values.role ?? "user"));
  if ((!values.batch && positionals.length === 0) || !role) {
    process.stderr.write(USAGE);
    return 64;
  }
  const bot = createTerminalBot(values.drafts === true);
  if (values.batch) {
    const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
    const render = {
      slack: (card: Card) => renderSlack(card),
      teams: (card: Card) => renderTeams(card),
    };
    const write = (line: string) => process.stdout.write(`${line}\n`);
    await runBatch(lines, write, bot, values.render ? render : undefined);
    return 0;
  }
  const question: Question = {
    id: "1",
    text: positionals.join(" "),
    surface: "dm",
    role,
    thread: [],
    ...(values.locale ? { locale: values.locale } : {}),
  };
  process.stdout.write(`${format(await ask(bot, question), values)}\n`);
  return 0;
}

type Flags = { more?: boolean; json?: boolean; slack?: boolean; teams?: boolean };

function format({ cards, ...answered }: Answered & { cards: Card[] }, flags: Flags): string {
  const print = (value: unknown) => JSON.stringify(value, null, 2);
  if (flags.slack) return print(cards.map((card) => renderSlack(card)));
  if (flags.teams) return print(cards.map((card) => renderTeams(card)));
  const text = cards.map((card) => toPlainText(card, flags.more)).join("\n\n");
  return flags.json ? print({ ...answered, text }) : text;
}

function createTerminalBot(drafts: boolean) {
  const folder = fileURLToPath(new URL("../../knowledge/", import.meta.url));
  const { KNOWLEDGE_DIR: extra, DEFAULT_LANGUAGE: wished } = readEnvironment();
  const catalog = loadCatalog(join(folder, "codes"));
  const knowledge = loadKnowledge({ folder, catalog, drafts, ...(extra ? { extra } : {}) });
  const clock = { now: () => Date.now(), sleep: async () => {} };
  return createBot({
    knowledge: () => knowledge,
    state: createMemoryState({ clock }),
    clock,
    ids: randomUUID,
    log: { info: () => {}, warn: () => {}, error: logError },
    defaultLanguage: LANGUAGES.find((language) => language === wished) ?? "en",
    channelMode: () => "codes",
    mostAnswers: Number.POSITIVE_INFINITY,
  });
}

function logError(
  event: string,
  _fields?: Record<string, string | number | boolean>,
  cause?: unknown,
): void {
  process.stderr.write(`${event}: ${cause instanceof Error ? cause.stack : String(cause)}\n`);
}

function isUsageError(error: unknown): error is Error {
  return (
    error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")
  );
}

try {
  process.exitCode = await main();
} catch (error) {
  const usage = isUsageError(error);
  const known = usage || error instanceof KnowledgeError || error instanceof StartError;
  if (!known) throw error;
  process.stderr.write(`${error.message}\n${usage ? USAGE : ""}`);
  process.exitCode = usage ? 64 : 78;
}
