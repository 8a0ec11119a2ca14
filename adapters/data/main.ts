import process from "node:process";
import type { Person } from "../../src/message.ts";
import type { StateStore } from "../../src/state.ts";
import { readConfig } from "../config.ts";
import { ConfigError } from "../config-error.ts";
import { readEnvironment } from "../environment.ts";
import { StartError } from "../start-error.ts";
import { openExisting } from "../state/open-existing.ts";
import { StateError } from "../state/state-error.ts";

const USAGE = `Usage: npm run data -- export|erase PLATFORM USER [TENANT]
  export   prints everything that is kept about a person, as JSON
  erase    forgets a person and says how many rows were changed
  PLATFORM is slack, teams or web; USER the platform's id of the person (Slack: U…; Teams: 29:…);
  TENANT the Slack team (T…) or Teams tenant, needed only when the id is known in several.`;

/** Composition root of `npm run data`: what is kept about one person, for the person who asks for it. May run beside the server. */
async function main(): Promise<void> {
  const { config } = readConfig(readEnvironment());
  const [act, platform, id, tenant, ...rest] = process.argv.slice(2);
  const known = (act === "export" || act === "erase") && /^(slack|teams|web)$/.test(platform ?? "");
  if (!known || !platform || !id || rest.length > 0) throw new StartError(USAGE);
  const state = await openExisting(config.database);
  try {
    const person = { platform, tenant: tenant ?? (await onlyTenant(state, platform, id)), id };
    await (act === "export" ? exportTo(state, person) : erase(state, person));
  } finally {
    await state.close();
  }
}

async function onlyTenant(state: StateStore, platform: string, id: string): Promise<string> {
  const [tenant, ...others] = await state.tenantsOf(platform, id);
  if (tenant === undefined) throw new StartError(`nothing is kept about ${id} on ${platform}.`);
  if (others.length === 0) return tenant;
  throw new StartError(
    `${id} is known in several tenants: ${[tenant, ...others].join(", ")}. Add one of them to the command.`,
  );
}

async function exportTo(state: StateStore, person: Person): Promise<void> {
  const kept = await state.exportPerson(person);
  process.stdout.write(`${JSON.stringify({ person, ...kept }, undefined, 2)}\n`);
}

async function erase(state: StateStore, person: Person): Promise<void> {
  const { cases } = await state.exportPerson(person);
  const drafts = cases.flatMap(({ handover }) => handover?.saved ?? []);
  const changed = await state.erasePerson(person);
  const lines = [
    `${changed} rows changed; nothing is kept about ${person.id} any more, but in backups.`,
    "What was posted stays where it was posted: remove it there.",
    ...(drafts.length > 0
      ? [`Drafts saved from their cases, for you to look at: ${drafts.join(", ")}`]
      : []),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

try {
  await main();
} catch (error) {
  const known = [ConfigError, StateError, StartError].some((kind) => error instanceof kind);
  if (!known) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 78;
}
