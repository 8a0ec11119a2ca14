import type { Knowledge } from "../src/knowledge/knowledge.ts";
import { readQuestions } from "../test/questions/question.ts";
import { decideOnce } from "./decide-once.ts";
import { medianOf } from "./median.ts";
import { table } from "./table.ts";

const ROUNDS = 20;

/** The median time of one question from its text to the decision; targets: 50 µs with a code, 2,000 µs for a symptom. */
export function codes(knowledge: Knowledge): string {
  const all = readQuestions().filter(({ thread }) => thread.length === 0);
  const kinds = Map.groupBy(all, ({ kind }) => kind);
  const rows = [...kinds].map(([kind, questions]) => [
    kind,
    String(questions.length),
    medianOf(questions, ROUNDS, ({ text }) => decideOnce(knowledge, text)).toFixed(1),
  ]);
  const coded = all.filter(({ kind }) => !["symptom", "nothing"].includes(kind));
  const median = medianOf(coded, ROUNDS, ({ text }) => decideOnce(knowledge, text)).toFixed(1);
  return table(
    ["question", "n", "median µs"],
    [["all with a code", String(coded.length), median], ...rows],
  );
}
