/** Something wrong in a knowledge file: what is wrong and how to mend it, in English. `line` counts from 1. */
export type Problem = { file: string; line: number; text: string };

/** Thrown at the start and at a reload; lists every problem that was found, one a line, as "file:line: text". */
export class KnowledgeError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(problemText);
    const count = lines.length === 1 ? "one problem" : `${lines.length} problems`;
    super(`The knowledge has ${count}:\n${lines.join("\n")}`);
    this.name = "KnowledgeError";
    this.problems = problems;
  }
}

/** One line that an author can jump to. */
export function problemText(problem: Problem): string {
  return `${problem.file}:${problem.line}: ${problem.text}`;
}
