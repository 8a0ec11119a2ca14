/** One wrong setting: what is wrong, and where the right value is found. Never holds a value. */
export type Problem = { variable: string; wrong: string; where: string };

/** Settings that do not allow a start; the message lists every problem and ends the process with exit code 78. */
export class ConfigError extends Error {
  override name = "ConfigError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(describe(problems));
    this.problems = problems;
  }
}

function describe(problems: readonly Problem[]): string {
  const count =
    problems.length === 1 ? "one setting is wrong" : `${problems.length} settings are wrong`;
  const lines = problems.map(
    ({ variable, wrong, where }) => `  ${variable} ${wrong}\n    ${where}`,
  );
  return [
    `Hexdesk cannot start: ${count}.`,
    "",
    ...lines,
    "",
    "Every setting is explained in .env.example.",
  ].join("\n");
}
