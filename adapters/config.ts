import { join } from "node:path";
import type { Language } from "../src/language.ts";
import { ConfigError, type Problem } from "./config-error.ts";
import { readSecrets, SECRETS } from "./config-secrets.ts";
import { isLoopback, type SettingName, settings, WHERE } from "./config-settings.ts";
import { findTypos } from "./config-typos.ts";

/** How Hexdesk reaches a Slack workspace; with an app token by Socket Mode, else by HTTP. */
type SlackConfig = {
  botToken: string;
  signingSecret?: string;
  appToken?: string;
  apiUrl?: string;
};

/** How Hexdesk reaches Teams. `tenants` are the tenants that are answered; `auth` "none" is for loopback only. */
type TeamsConfig = {
  appId: string;
  appPassword: string;
  tenantId: string;
  appType: "SingleTenant" | "MultiTenant" | "UserAssignedMSI";
  auth: "jwt" | "none";
  tenants: string[];
  rsc: boolean;
};

/** Where state is kept: the path of a SQLite file, or the address of a PostgreSQL database. */
export type DatabaseChoice = { sqlite: string } | { postgres: string };

/** Everything the operator decides. `port` 0 takes any free port. */
export type Config = {
  host: string;
  port: number;
  publicUrl?: string;
  logLevel: "info" | "warn" | "error" | "silent";
  language: Language;
  /** Folder of the company's own entries. */
  knowledge?: string;
  /** Undefined keeps everything in memory. */
  database?: DatabaseChoice;
  retentionDays: number;
  /** How the company names its computers, `*` for any characters. */
  redactHosts: string[];
  metricsPort?: number;
  playground: boolean;
  helpdesk: string[];
  admins: string[];
  /** Ids of channels in mode `codes`; "*" is every channel. */
  answerCodesIn: string[];
  /** The file of hand-over routes, and the secrets that sign a webhook's events. */
  routes?: string;
  secret?: string;
  /** Folder for drafts of entries. */
  drafts: string;
  slack?: SlackConfig;
  teams?: TeamsConfig;
};

type Settings = ReturnType<typeof settings.parse>;

const MICROSOFT = ["MicrosoftAppId", "MicrosoftAppPassword", "MicrosoftAppTenantId"] as const;

/** Every name that is read from the environment. */
export const VARIABLES: readonly string[] = [
  ...Object.keys(settings.shape),
  ...SECRETS.map((name) => `${name}_FILE`),
];

/**
 * Reads the settings out of an environment. Without DATABASE_URL a connected Hexdesk uses sqlite:./hexdesk.db, and the
 * playground alone keeps everything in memory. Throws a ConfigError with every problem at once.
 */
export function readConfig(environment: Record<string, string | undefined>): {
  config: Config;
  warnings: string[];
} {
  const { env, problems } = readSecrets(environment);
  const parsed = settings.safeParse(env);
  const wrong = new Set<string>();
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = String(path[0]) as SettingName;
    if (!wrong.has(name)) problems.push(problem(name, message));
    wrong.add(name);
  }
  problems.push(...together(env).filter(({ variable }) => !wrong.has(variable)));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return { config: toConfig(parsed.data), warnings: findTypos(Object.keys(env), VARIABLES) };
}

/** What is wrong with settings that depend on each other; looks at which are set, not at what they hold. */
function together(env: Record<string, string | undefined>): Problem[] {
  const found: Problem[] = [];
  const has = (name: SettingName) => env[name] !== undefined || env[`${name}_FILE`] !== undefined;
  const need = (name: SettingName, wrong: string) => {
    if (!has(name)) found.push(problem(name, wrong));
  };
  const slack = has("SLACK_BOT_TOKEN") || has("SLACK_SIGNING_SECRET") || has("SLACK_APP_TOKEN");
  if (slack) {
    need("SLACK_BOT_TOKEN", "is missing; the other Slack settings need it.");
    if (!has("SLACK_APP_TOKEN")) {
      need("SLACK_SIGNING_SECRET", "is missing (or SLACK_APP_TOKEN, for Socket Mode).");
    }
  }
  const open = env.TEAMS_AUTH === "none";
  const teams = open || MICROSOFT.some((name) => has(name));
  if (teams && !open) {
    const type = env.MicrosoftAppType ?? "SingleTenant";
    need("MicrosoftAppId", "is missing; the other Teams settings need it.");
    if (type !== "UserAssignedMSI") need("MicrosoftAppPassword", "is missing.");
    if (type !== "MultiTenant") need("MicrosoftAppTenantId", `is missing; a ${type} bot needs it.`);
    else need("TEAMS_TENANTS", "is missing; a MultiTenant bot must know whom it may answer.");
  }
  const local = isLoopback(env.HOST ?? "127.0.0.1");
  if (open && !local) found.push(problem("TEAMS_AUTH", "is none, but HOST is not this computer."));
  if (open && has("MicrosoftAppId")) {
    found.push(problem("TEAMS_AUTH", "is none, but MicrosoftAppId is set."));
  }
  const playground = /^(on|true|yes|1)$/i.test(env.PLAYGROUND ?? "");
  if (playground && !local) {
    found.push(problem("PLAYGROUND", "is on, but HOST is not this computer."));
  }
  if (slack || teams || playground) return found;
  if (has("PLAYGROUND")) {
    found.push(problem("PLAYGROUND", "is off, and neither Slack nor Teams is connected."));
  } else if (!local) {
    found.push(
      problem(
        "HOST",
        "is not this computer, but only the playground would run, which serves no other.",
      ),
    );
  }
  return found;
}

function problem(variable: SettingName, wrong: string): Problem {
  return { variable, wrong, where: WHERE[variable] };
}

function toConfig(set: Settings): Config {
  const slack = slackConfig(set);
  const teams = teamsConfig(set);
  const connected = slack !== undefined || teams !== undefined;
  const database = set.DATABASE_URL ?? (connected ? "sqlite:./hexdesk.db" : "memory:");
  const metricsPort = set.METRICS_PORT ?? (connected ? 9464 : "off");
  return {
    host: set.HOST,
    port: set.PORT,
    logLevel: set.LOG_LEVEL ?? (connected ? "info" : "warn"),
    language: set.DEFAULT_LANGUAGE,
    retentionDays: set.RETENTION_DAYS,
    redactHosts: set.REDACT_HOST_PATTERNS,
    playground: set.PLAYGROUND ?? !connected,
    helpdesk: set.HELPDESK_MEMBERS,
    admins: set.ADMIN_MEMBERS,
    answerCodesIn: set.ANSWER_CODES_IN,
    drafts: set.DRAFTS_DIR ?? join(set.KNOWLEDGE_DIR ?? ".", "drafts"),
    ...(set.HANDOVER_ROUTES ? { routes: set.HANDOVER_ROUTES } : {}),
    ...(set.HANDOVER_SECRET ? { secret: set.HANDOVER_SECRET } : {}),
    ...(set.PUBLIC_URL ? { publicUrl: set.PUBLIC_URL.replace(/\/+$/, "") } : {}),
    ...(set.KNOWLEDGE_DIR ? { knowledge: set.KNOWLEDGE_DIR } : {}),
    ...(database === "memory:" ? {} : { database: databaseChoice(database) }),
    ...(metricsPort === "off" ? {} : { metricsPort }),
    ...(slack ? { slack } : {}),
    ...(teams ? { teams } : {}),
  };
}

function databaseChoice(url: string): DatabaseChoice {
  return url.startsWith("sqlite:") ? { sqlite: url.slice("sqlite:".length) } : { postgres: url };
}

function slackConfig(set: Settings): SlackConfig | undefined {
  if (!set.SLACK_BOT_TOKEN) return undefined;
  return {
    botToken: set.SLACK_BOT_TOKEN,
    ...(set.SLACK_SIGNING_SECRET ? { signingSecret: set.SLACK_SIGNING_SECRET } : {}),
    ...(set.SLACK_APP_TOKEN ? { appToken: set.SLACK_APP_TOKEN } : {}),
    ...(set.SLACK_API_URL ? { apiUrl: set.SLACK_API_URL } : {}),
  };
}

function teamsConfig(set: Settings): TeamsConfig | undefined {
  if (!set.MicrosoftAppId && set.TEAMS_AUTH !== "none") return undefined;
  const own = set.MicrosoftAppTenantId ? [set.MicrosoftAppTenantId] : [];
  return {
    appId: set.MicrosoftAppId ?? "",
    appPassword: set.MicrosoftAppPassword ?? "",
    tenantId: set.MicrosoftAppTenantId ?? "",
    appType: set.MicrosoftAppType,
    auth: set.TEAMS_AUTH,
    tenants: set.TEAMS_TENANTS.length > 0 ? set.TEAMS_TENANTS : own,
    rsc: set.TEAMS_RSC,
  };
}
