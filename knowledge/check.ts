import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KnowledgeError, problemText } from "../src/knowledge/error.ts";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { lostQuestions } from "./lost-questions.ts";

/**
 * `npm run check:knowledge` or `npm run check:knowledge -- 0x80070005`: checks only the knowledge, all of it or what
 * belongs to the named entries, and prints each problem as file:line: text. Ends with 1 when there is one.
 */
const folder = import.meta.dirname;
const wanted = process.argv.slice(2);
const concerns = (text: string) => wanted.length === 0 || wanted.some((id) => text.includes(id));
const problems = found().filter(concerns);
process.stdout.write(problems.map((problem) => `${problem}\n`).join(""));
process.stdout.write(
  problems.length === 0 ? "The knowledge is in order.\n" : `${problems.length} to mend.\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

function found(): string[] {
  try {
    const knowledge = loadKnowledge({ folder, drafts: true });
    const lost = lostQuestions(knowledge).filter(({ id }) => concerns(id));
    return [...knowledge.warnings.map(problemText), ...lost.map(lostText)].map(inFolder);
  } catch (error) {
    if (error instanceof KnowledgeError) return error.problems.map(problemText).map(inFolder);
    throw error;
  }
}

function lostText({ id, language, question, found }: ReturnType<typeof lostQuestions>[number]) {
  const file = language === "en" ? `entries/${id}.yaml` : `locales/${language}/${id}.yaml`;
  const lines = readFileSync(join(folder, file), "utf8").split("\n");
  const line = lines.findIndex((one) => one.includes(question)) + 1;
  return `${file}:${line}: "${question}" finds ${found ?? "nothing"} first`;
}

function inFolder(problem: string): string {
  return `knowledge/${problem}`;
}
