import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createBot } from "../../src/bot.ts";
import { type Card, toPlainText } from "../../src/card.ts";
import { loadCatalog } from "../../src/codes/catalog.ts";
import { KnowledgeError } from "../../src/knowledge/error.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import type { Role } from "../../src/message.ts";
import { renderSlack } from "../slack/render.ts";
import { createMemoryState } from "../state/memory.ts";
import { renderTeams } from "../teams/render.ts";
import { ask, type Question } from "./ask.ts";
import { runBatch } from "./batch.ts";

const USAGE = `usage: npm run -s ask -- [--more | --json | --slack | --teams] [--role user|helpdesk|admin] [--locale es] "question"
       npm run -s ask -- --batch [--render] < questions.jsonl
`;

/** Composition root of `npm run ask`: the bot in the terminal, with nothing stored and nothing sent. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      more: { type: "boolean" },
      json: { type: "boolean" },
      slack: { type: "boolean" },
      teams: { type: "boolean" },
      batch: { type: "boolean" },
      render: { type: "boolean" },
      role: { type: "string", default: "user" },
      locale: { type: "string" },
    },
  });
  if (!values.batch && positionals.length === 0) {
    process.stderr.write(USAGE);
    return 64;
  }
  const bot = createTerminalBot();
  const render = {
    slack: (card: Card) => renderSlack(card),
    teams: (card: Card) => renderTeams(card),
  };
  if (values.batch) {
    const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
    await runBatch(
      lines,
      (line) => process.stdout.write(`${line}\n`),
      bot,
      values.render ? render : undefined,
    );
    return 0;
  }
  const question: Question = {
    id: "1",
    text: positionals.join(" "),
    surface: "dm",
    role: values.role as Role,
    thread: [],
    ...(values.locale ? { locale: values.locale } : {}),
  };
  const { cards, ...answered } = await ask(bot, question);
  const output = values.json
    ? JSON.stringify(
        { ...answered, text: cards.map((card) => toPlainText(card)).join("\n\n") },
        null,
        2,
      )
    : values.slack
      ? JSON.stringify(
          cards.map((card) => renderSlack(card)),
          null,
          2,
        )
      : values.teams
        ? JSON.stringify(
            cards.map((card) => renderTeams(card)),
            null,
            2,
          )
        : cards.map((card) => toPlainText(card, values.more)).join("\n\n");
  process.stdout.write(`${output}\n`);
  return 0;
}

function createTerminalBot() {
  const folder = fileURLToPath(new URL("../../knowledge/", import.meta.url));
  const extra = process.env.KNOWLEDGE_DIR;
  const catalog = loadCatalog(join(folder, "codes"));
  const knowledge = loadKnowledge({ folder, catalog, ...(extra ? { extra } : {}) });
  const clock = { now: () => Date.now(), sleep: async () => {} };
  return createBot({
    knowledge: () => knowledge,
    state: createMemoryState({ clock }),
    clock,
    ids: randomUUID,
    log: { info: () => {}, warn: () => {}, error: logError },
    defaultLanguage: process.env.DEFAULT_LANGUAGE === "es" ? "es" : "en",
    channelMode: () => "codes",
  });
}

function logError(
  event: string,
  _fields?: Record<string, string | number | boolean>,
  cause?: unknown,
): void {
  process.stderr.write(`${event}: ${cause instanceof Error ? cause.stack : String(cause)}\n`);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof KnowledgeError) && !isUsageError(error)) throw error;
  process.stderr.write(`${error.message}\n${isUsageError(error) ? USAGE : ""}`);
  process.exitCode = isUsageError(error) ? 64 : 78;
}

function isUsageError(error: unknown): error is Error {
  return (
    error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")
  );
}
