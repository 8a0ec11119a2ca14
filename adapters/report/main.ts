import process from "node:process";
import { parseArgs } from "node:util";
import { missesOf, reportOf } from "../../src/report.ts";
import { systemClock as clock } from "../clock.ts";
import { readConfig } from "../config.ts";
import { ConfigError } from "../config-error.ts";
import { readEnvironment } from "../environment.ts";
import { StartError } from "../start-error.ts";
import { openExisting } from "../state/open-existing.ts";
import { StateError } from "../state/state-error.ts";
import { readPeriod } from "./period.ts";
import { missLines, reportCsv, reportTable } from "./print.ts";

const USAGE = `Usage: npm run -s report -- [misses] [day|week|month] [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--csv|--json]
  Questions, answers, feedback and gaps of a period; the last 7 days when nothing is said.
  misses   prints refused answers as lines for test/questions instead`;

const OPTIONS = {
  from: { type: "string" },
  to: { type: "string" },
  csv: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** Composition root of `npm run report`. Reads only; may run while Hexdesk does. */
async function main(): Promise<void> {
  const { config } = readConfig(readEnvironment());
  const { values, positionals } = readArguments();
  const wantsMisses = positionals[0] === "misses";
  const [word, ...rest] = wantsMisses ? positionals.slice(1) : positionals;
  if (rest.length > 0) throw new StartError(USAGE);
  const period = readPeriod(word, values, clock.now());
  const state = await openExisting(config.database);
  try {
    const events = await state.events(period);
    const report = reportOf(events, period);
    const text = wantsMisses
      ? missLines(missesOf(events))
      : values.json
        ? JSON.stringify(report, undefined, 2)
        : values.csv
          ? reportCsv(report)
          : reportTable(report);
    process.stdout.write(text === "" ? "" : `${text}\n`);
  } finally {
    await state.close();
  }
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${USAGE}`);
  }
}

try {
  await main();
} catch (error) {
  const known = [ConfigError, StateError, StartError].some((kind) => error instanceof kind);
  if (!known) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 78;
}
