import { z } from "zod";
import type { Bot } from "../../src/bot.ts";
import { type Card, toPlainText } from "../../src/card.ts";
import { ask, type Question } from "./ask.ts";

/** Renderers of the platforms, handed in by the composition root. */
export type Renderers = { slack(card: Card): unknown; teams(card: Card): unknown };

const schema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  text: z.string(),
  surface: z.enum(["dm", "slash", "channel"]).default("dm"),
  locale: z.string().optional(),
  role: z.enum(["user", "helpdesk", "admin"]).default("user"),
  thread: z.array(z.object({ role: z.enum(["user", "bot"]), text: z.string() })).default([]),
});

/**
 * Batch mode: reads JSON Lines, writes one JSON line for each, in order. A malformed line gets `{"id", "error"}` and does
 * not stop the rest. With renderers each line carries what Slack and Teams would show.
 */
export async function runBatch(
  lines: AsyncIterable<string>,
  write: (line: string) => void,
  bot: Bot,
  renderers: Renderers | undefined,
): Promise<void> {
  let n = 0;
  for await (const line of lines) {
    n += 1;
    if (line.trim() === "") continue;
    write(JSON.stringify(await answerLine(line, n, bot, renderers)));
  }
}

async function answerLine(line: string, n: number, bot: Bot, renderers: Renderers | undefined) {
  let raw: unknown;
  try {
    raw = JSON.parse(line.replace(/^\uFEFF/, ""));
  } catch {
    return { id: null, error: `line ${n} is not JSON` };
  }
  const id = raw !== null && typeof raw === "object" && "id" in raw ? raw.id : null;
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      id,
      error: `line ${n}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim(),
    };
  }
  const { locale, ...rest } = parsed.data;
  const question: Question = { ...rest, id: `${n}/${rest.id}`, ...(locale ? { locale } : {}) };
  const { cards, kind, answers, alternatives, language } = await ask(bot, question);
  return {
    id,
    kind,
    answers,
    alternatives,
    language,
    text: cards.map((card) => toPlainText(card)).join("\n\n"),
    ...(renderers
      ? { slack: rendered(cards, renderers.slack), teams: rendered(cards, renderers.teams) }
      : {}),
  };
}

function rendered(cards: Card[], render: (card: Card) => unknown): unknown {
  return cards.length === 1 && cards[0] ? render(cards[0]) : cards.map(render);
}
