import { readFileSync } from "node:fs";
import type { Problem } from "./config-error.ts";

/** Settings whose value may also stand in a file that NAME_FILE names (Docker and Kubernetes secrets). */
export const SECRETS = [
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_APP_TOKEN",
  "MicrosoftAppPassword",
  "DATABASE_URL",
  "HANDOVER_SECRET",
] as const;

type Env = Record<string, string | undefined>;

/** The environment without empty values, with every secret read from its file. White space around a value is cut. */
export function readSecrets(env: Env): { env: Env; problems: Problem[] } {
  const problems: Problem[] = [];
  const read: Env = {};
  for (const [name, value] of Object.entries(env)) {
    const trimmed = value?.trim();
    if (trimmed) read[name] = trimmed;
  }
  for (const name of SECRETS) {
    const file = read[`${name}_FILE`];
    if (file === undefined) continue;
    const complain = (wrong: string) =>
      problems.push({
        variable: `${name}_FILE`,
        wrong,
        where: "Name a readable text file that holds nothing but the value.",
      });
    if (read[name] !== undefined) {
      complain(`and ${name} are both set.`);
      continue;
    }
    try {
      const value = readFileSync(file, "utf8").trim();
      if (value === "") complain("names an empty file.");
      else read[name] = value;
    } catch (error) {
      complain(`names a file that cannot be read (${(error as NodeJS.ErrnoException).code}).`);
    }
  }
  return { env: read, problems };
}
