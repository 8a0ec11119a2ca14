import { randomUUID } from "node:crypto";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { createBot } from "../src/bot.ts";
import type { Card } from "../src/card.ts";
import { KnowledgeError } from "../src/knowledge/error.ts";
import type { Logger } from "../src/log.ts";
import type { Platform } from "../src/platform.ts";
import type { StateStore } from "../src/state.ts";
import { systemClock as clock } from "./clock.ts";
import { type Config, readConfig } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { createDeadLetters, type DeadLetters } from "./dead-letters.ts";
import { readEnvironment } from "./environment.ts";
import { createDrafts } from "./handover/drafts.ts";
import { readHandover } from "./handover/read.ts";
import type { ReadRoutes } from "./handover/routes.ts";
import { readSecrets } from "./handover/sign.ts";
import { type HttpServer, serve } from "./http.ts";
import { openKnowledge } from "./knowledge.ts";
import { createLogger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { onSignals } from "./signals.ts";
import { StartError } from "./start-error.ts";
import { openState } from "./state/open.ts";
import { StateError } from "./state/state-error.ts";
import { type Health, healthRoutes } from "./web/health.ts";
import { metricsRoute } from "./web/metrics.ts";
import type { Writing } from "./web/write.ts";
import { requestUrls, welcome } from "./welcome.ts";

/** Exit code for what the operator has to mend before another start makes sense (EX_CONFIG of sysexits.h). */
const MUST_BE_MENDED = 78;

/** How long a text that was answered may still stand in the database's log at most. */
const PURGE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Composition root of the server. With `--check` it loads settings, knowledge, database and adapters, says so and ends
 * before a platform is asked; with `--drafts` it shows entries with status draft too.
 */
async function main(): Promise<void> {
  const flags = readFlags();
  const { config, warnings } = readConfig(readEnvironment());
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
  const log = createLogger({ level: config.logLevel });
  const { state, trouble } = await openState(config.database, { clock, log });
  const metrics =
    config.metricsPort === undefined ? undefined : (await import("./metrics.ts")).createMetrics();
  const letters = createDeadLetters(state);
  metrics?.database(() => trouble() === undefined);
  metrics?.deadLetters(letters.count);
  const knowledge = openKnowledge({
    extra: config.knowledge,
    drafts: flags.drafts,
    log,
    onLoad: (entries) => metrics?.knowledge(entries),
  });
  const handover = readHandover(config, knowledge.current());
  let platforms: Platform[] = [];
  const bot = createBot({
    knowledge: knowledge.current,
    state,
    clock,
    ids: randomUUID,
    log,
    defaultLanguage: config.language,
    hosts: config.redactHosts,
    channelMode: ({ conversation }) =>
      config.answerCodesIn.some((id) => id === "*" || id === conversation) ? "codes" : "mention",
    routes: handover.routes,
    linkTo: (address) => platforms.find(({ name }) => name === address.platform)?.linkTo?.(address),
    saveDraft: createDrafts(config.drafts, randomUUID),
    observe: (decision, message, seconds) => {
      letters.seen(message);
      metrics?.decided(decision, message.address.platform, seconds);
    },
  });
  let end: (error: unknown, exitCode: number) => void = () => {};
  const writing: Writing = {
    knowledge: knowledge.current,
    ...(config.knowledge
      ? { save: createDrafts(join(config.knowledge, "entries"), randomUUID) }
      : {}),
  };
  const fatal = (reason: string) => end(new StartError(reason), MUST_BE_MENDED);
  platforms = (
    await createPlatforms(config, handover, { bot, clock, ids: randomUUID, log, fatal, writing })
  ).map((platform) => metrics?.counting(platform) ?? platform);
  if (flags.check) {
    await state.close();
    const names = platforms.map(({ name }) => name).join(", ");
    process.stdout.write(
      `All is well: ${knowledge.current().entryIds.length} entries, ${names}.\n`,
    );
    return;
  }

  let accepting = false;
  const started: { stop(): Promise<void> }[] = [];
  end = onSignals({
    log,
    now: clock.now,
    reload: knowledge.reload,
    async stop() {
      accepting = false;
      for (const part of started.toReversed()) await part.stop();
      await state.close();
    },
  });

  await Promise.all(platforms.map(start));
  await state.recover();
  started.push(bot.run(platforms));
  started.push(knowledge.watch());
  started.push(purging(state, letters, config, log));
  const parts = { platforms, metrics, log, accepting: () => accepting, trouble, letters };
  const server = await listen(config, parts);
  started.push({ stop: () => stopIntake(platforms, server.all) });
  accepting = true;
  log.info("started", { port: server.port, platforms: platforms.map((p) => p.name).join(",") });
  const connected = config.slack !== undefined || config.teams !== undefined;
  process.stdout.write(connected ? "" : welcome(server.port, config.database));
  for (const line of requestUrls(config)) process.stdout.write(`${line}\n`);
}

function readFlags(): { check: boolean; drafts: boolean } {
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({ options: { check: flag, drafts: flag } }).values;
  } catch {
    throw new StartError("usage: npm start -- [--check] [--drafts]");
  }
}

type Core = {
  bot: ReturnType<typeof createBot>;
  clock: typeof clock;
  ids: () => string;
  log: Logger;
  fatal(reason: string): void;
  writing: Writing;
};

/** The adapters are loaded only where they are configured: the vendors' libraries take long to load. */
async function createPlatforms(
  config: Config,
  { hooks, services }: ReadRoutes,
  { writing, ...core }: Core,
): Promise<Platform[]> {
  const people = { helpdesk: config.helpdesk, admins: config.admins };
  const platforms: Platform[] = [];
  if (config.slack) {
    const { createSlack } = await import("./slack/start.ts");
    platforms.push(createSlack({ ...config.slack, ...people }, core));
  }
  if (config.teams) {
    const { createTeams } = await import("./teams/start.ts");
    platforms.push(createTeams({ ...config.teams, ...people, services }, core));
  }
  if (config.playground) {
    const { createWeb } = await import("./web/start.ts");
    const { renderSlack } = await import("./slack/render.ts");
    const { renderTeams } = await import("./teams/render.ts");
    const previews = { slack: renderSlack, teams: (card: Card) => renderTeams(card) };
    platforms.push(createWeb({ ...core, previews, writing }, core.bot));
  }
  if (Object.keys(hooks).length > 0) {
    const { createWebhook } = await import("./handover/webhook.ts");
    const source = config.publicUrl ?? "urn:hexdesk";
    const secrets = readSecrets(config.secret ?? "");
    platforms.push(createWebhook({ hooks, secrets, source, clock, random: Math.random }));
  }
  return platforms;
}

async function start(platform: Platform): Promise<void> {
  try {
    await platform.start();
  } catch (error) {
    throw new StartError(textOf(error), { cause: error });
  }
}

function purging(state: StateStore, letters: DeadLetters, { retentionDays }: Config, log: Logger) {
  const purge = async () => {
    try {
      const count = await state.purge(clock.now() - retentionDays * DAY_MS);
      if (count > 0) log.info("purged", { count });
      await letters.read();
    } catch (error) {
      log.error("purge.failed", {}, error);
    }
  };
  const timer = setInterval(() => void purge(), PURGE_MS);
  void purge();
  return { stop: async () => clearInterval(timer) };
}

async function listen(
  config: Config,
  parts: Omit<Health, "platforms"> & {
    platforms: Platform[];
    metrics: Metrics | undefined;
    log: Logger;
  },
): Promise<{ port: number; all: HttpServer[] }> {
  const { platforms, metrics, log } = parts;
  const health = healthRoutes({ ...parts, platforms: () => platforms });
  const routes = Object.assign({}, health, ...platforms.map((platform) => platform.routes));
  const main = await serve({ host: config.host, port: config.port, routes, setting: "PORT", log });
  if (!metrics || config.metricsPort === undefined) return { port: main.port, all: [main] };
  const port = config.metricsPort;
  const second = await serve({
    host: "127.0.0.1",
    port,
    routes: metricsRoute(metrics.registry),
    setting: "METRICS_PORT",
    log,
  });
  return { port: main.port, all: [main, second] };
}

async function stopIntake(platforms: Platform[], servers: HttpServer[]): Promise<void> {
  const closed = servers.map((server) => server.stop());
  await Promise.all(platforms.map((platform) => platform.stop()));
  await Promise.all(closed);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  await main();
} catch (error) {
  const known = [ConfigError, KnowledgeError, StateError, StartError];
  if (!known.some((kind) => error instanceof kind)) throw error;
  process.stderr.write(`${textOf(error)}\n`);
  process.exit(MUST_BE_MENDED);
}
