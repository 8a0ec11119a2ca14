import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { createTalk, type Heard } from "../talk.ts";
import type { Question } from "./question.ts";
import { type Verdict, verdictOn } from "./verdict.ts";

/** A question, what the bot said, and how that did. */
export type Scored = { question: Question; heard: Heard; verdict: Verdict };

/** Shares in per cent of one kind of question in one language; `n` is their number. */
export type Rates = Record<"n" | "hit1" | "hit3" | "wrong" | "choices" | "abstained", number>;

/** Asks the bot every question, each in a conversation of its own. */
export async function score(
  knowledge: Knowledge,
  questions: readonly Question[],
): Promise<Scored[]> {
  const scored: Scored[] = [];
  for (const question of questions) {
    const talk = createTalk(knowledge, question.surface, "codes");
    for (const { text } of question.thread) await talk.say(text);
    const heard = await talk.say(question.text);
    scored.push({ question, heard, verdict: verdictOn(question, heard) });
  }
  return scored;
}

/** The rates of each group of questions, "en symptom" for example. */
export function ratesByGroup(scored: readonly Scored[]): Map<string, Rates> {
  const groups = Map.groupBy(scored, ({ question }) => `${question.lang} ${question.kind}`);
  return new Map([...groups].map(([name, rows]) => [name, ratesOf(rows)]));
}

/** The rates as a table of text. */
export function tableOf(rates: ReadonlyMap<string, Rates>): string {
  const columns = ["n", "hit1", "hit3", "wrong", "choices", "abstained"] as const;
  const head = ["".padEnd(14), ...columns.map((name) => name.padStart(10))].join("");
  const rows = [...rates].map(([name, row]) =>
    [name.padEnd(14), ...columns.map((column) => cell(column, row[column]))].join(""),
  );
  return [head, ...rows, ""].join("\n");
}

function cell(column: keyof Rates, value: number): string {
  return (column === "n" ? String(value) : `${value.toFixed(1)} %`).padStart(10);
}

function ratesOf(rows: readonly Scored[]): Rates {
  const share = (is: (verdict: Verdict) => boolean) =>
    (100 * rows.filter(({ verdict }) => is(verdict)).length) / rows.length;
  return {
    n: rows.length,
    hit1: share(({ first }) => first),
    hit3: share(({ third }) => third),
    wrong: share(({ wrong }) => wrong),
    choices: share(({ choices }) => choices),
    abstained: share(({ abstained }) => abstained),
  };
}
