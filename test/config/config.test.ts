import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig, VARIABLES } from "../../adapters/config.ts";
import { ConfigError } from "../../adapters/config-error.ts";

const ID = "11111111-2222-3333-4444-555555555555";
const SLACK = {
  SLACK_BOT_TOKEN: "xoxb-1-canary",
  SLACK_SIGNING_SECRET: "canary0123456789canary0123456789",
};
const TEAMS = {
  MicrosoftAppId: ID,
  MicrosoftAppPassword: "canary~secret",
  MicrosoftAppTenantId: ID,
};

const HOOK = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;

type Env = Record<string, string>;

function refused(env: Env): ConfigError {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(env)}`);
}

function messageOf(env: Env): string {
  return refused(env).message;
}

describe("accepted", () => {
  test("nothing set: the playground on this computer, nothing written to the disk", () => {
    expect(readConfig({}).config).toEqual({
      host: "127.0.0.1",
      port: 3978,
      logLevel: "warn",
      language: "en",
      retentionDays: 180,
      redactHosts: [],
      playground: true,
      helpdesk: [],
      admins: [],
      answerCodesIn: [],
      drafts: "drafts",
    });
  });

  test("Slack by HTTP: a database file, metrics, no playground", () => {
    const { config } = readConfig({ ...SLACK, HOST: "0.0.0.0" });
    expect(config).toMatchObject({
      slack: { botToken: SLACK.SLACK_BOT_TOKEN, signingSecret: SLACK.SLACK_SIGNING_SECRET },
      database: { sqlite: "./hexdesk.db" },
      metricsPort: 9464,
      logLevel: "info",
      playground: false,
    });
    expect(config).not.toHaveProperty("teams");
  });

  test("Slack by Socket Mode needs no signing secret", () => {
    const { config } = readConfig({ SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" });
    expect(config.slack).toEqual({ botToken: "xoxb-1", appToken: "xapp-1" });
  });

  test("a single-tenant Teams bot answers its own tenant", () => {
    expect(readConfig(TEAMS).config.teams).toEqual({
      appId: ID,
      appPassword: TEAMS.MicrosoftAppPassword,
      tenantId: ID,
      appType: "SingleTenant",
      auth: "jwt",
      tenants: [ID],
      rsc: false,
    });
  });

  test("a managed identity needs no password", () => {
    const { MicrosoftAppPassword: _, ...rest } = TEAMS;
    const { config } = readConfig({ ...rest, MicrosoftAppType: "UserAssignedMSI" });
    expect(config.teams).toMatchObject({ appType: "UserAssignedMSI", appPassword: "" });
  });

  test("a secret from a file, without its line end", () => {
    const file = join(mkdtempSync(join(tmpdir(), "hexdesk-secret-")), "token");
    writeFileSync(file, "xoxb-from-file\n");
    const { SLACK_SIGNING_SECRET } = SLACK;
    const { config } = readConfig({ SLACK_SIGNING_SECRET, SLACK_BOT_TOKEN_FILE: file });
    expect(config.slack?.botToken).toBe("xoxb-from-file");
  });

  test("lists are split, blanks cut, empty values count as not set", () => {
    const { config } = readConfig({
      HELPDESK_MEMBERS: ` U012ABC, S9XYZ ,${ID},`,
      ANSWER_CODES_IN: "C1, 19:abc@thread.tacv2",
      SLACK_BOT_TOKEN: "",
      PORT: " ",
    });
    expect(config.helpdesk).toEqual(["U012ABC", "S9XYZ", ID]);
    expect(config.answerCodesIn).toEqual(["C1", "19:abc@thread.tacv2"]);
    expect(config.port).toBe(3978);
    expect(config).not.toHaveProperty("slack");
  });
});

test("two secrets of a webhook while they are exchanged; drafts beside the company's entries", () => {
  const { config } = readConfig({ HANDOVER_SECRET: `${HOOK}, ${HOOK}`, KNOWLEDGE_DIR: tmpdir() });
  expect(config).toMatchObject({ secret: `${HOOK}, ${HOOK}`, drafts: join(tmpdir(), "drafts") });
});

describe("refused, naming the setting", () => {
  const cases: [string, Env, string[]][] = [
    ["a word as port", { PORT: "http" }, ["PORT"]],
    ["a port out of range", { PORT: "65536" }, ["PORT"]],
    ["a negative port", { PORT: "-1" }, ["PORT"]],
    ["a port with a fraction", { PORT: "80.5" }, ["PORT"]],
    ["a metrics port that is neither number nor off", { METRICS_PORT: "none" }, ["METRICS_PORT"]],
    ["a host with a scheme", { HOST: "http://localhost" }, ["HOST"]],
    ["a log level that does not exist", { LOG_LEVEL: "verbose" }, ["LOG_LEVEL"]],
    ["a language that does not exist", { DEFAULT_LANGUAGE: "de" }, ["DEFAULT_LANGUAGE"]],
    ["a missing knowledge folder", { KNOWLEDGE_DIR: "/no/such/folder" }, ["KNOWLEDGE_DIR"]],
    ["a database nobody knows", { DATABASE_URL: "mysql://db/x" }, ["DATABASE_URL"]],
    ["a server without a database", { DATABASE_URL: "postgres://db" }, ["DATABASE_URL"]],
    ["a database without a name", { DATABASE_URL: "sqlite:" }, ["DATABASE_URL"]],
    ["a retention of no days", { RETENTION_DAYS: "0" }, ["RETENTION_DAYS"]],
    ["a public address without https", { PUBLIC_URL: "http://a.example" }, ["PUBLIC_URL"]],
    ["a playground that is maybe on", { PLAYGROUND: "maybe" }, ["PLAYGROUND"]],
    [
      "a playground for the network",
      { ...SLACK, PLAYGROUND: "on", HOST: "0.0.0.0" },
      ["PLAYGROUND"],
    ],
    ["routes that are not there", { HANDOVER_ROUTES: "/no/routes.yaml" }, ["HANDOVER_ROUTES"]],
    ["a secret without its mark", { HANDOVER_SECRET: "canary0123456789" }, ["HANDOVER_SECRET"]],
    ["a secret too short", { HANDOVER_SECRET: "whsec_Y2FuYXJ5" }, ["HANDOVER_SECRET"]],
    ["three secrets", { HANDOVER_SECRET: Array(3).fill(HOOK).join(",") }, ["HANDOVER_SECRET"]],
    ["drafts nowhere", { DRAFTS_DIR: "/no/drafts" }, ["DRAFTS_DIR"]],
    ["nothing at all to do", { PLAYGROUND: "off" }, ["PLAYGROUND"]],
    ["only the playground, for the network", { HOST: "0.0.0.0" }, ["HOST"]],
    ["members by e-mail", { HELPDESK_MEMBERS: "jo@example.com" }, ["HELPDESK_MEMBERS"]],
    ["members by name", { ADMIN_MEMBERS: "U012ABC, @jo" }, ["ADMIN_MEMBERS"]],
    ["a user token", { ...SLACK, SLACK_BOT_TOKEN: "xoxp-canary" }, ["SLACK_BOT_TOKEN"]],
    [
      "two tokens swapped",
      { SLACK_BOT_TOKEN: "xapp-canary", SLACK_APP_TOKEN: "xoxb-canary" },
      ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"],
    ],
    [
      "a token as signing secret",
      { ...SLACK, SLACK_SIGNING_SECRET: "xoxb-canary-canary-canary" },
      ["SLACK_SIGNING_SECRET"],
    ],
    ["a bot token alone", { SLACK_BOT_TOKEN: "xoxb-canary" }, ["SLACK_SIGNING_SECRET"]],
    ["an app token alone", { SLACK_APP_TOKEN: "xapp-canary" }, ["SLACK_BOT_TOKEN"]],
    [
      "a Slack API over http",
      { ...SLACK, SLACK_API_URL: "http://slack.example/api/" },
      ["SLACK_API_URL"],
    ],
    [
      "a Slack API with a password",
      { ...SLACK, SLACK_API_URL: "https://a:canary@slack.com/api/" },
      ["SLACK_API_URL"],
    ],
    ["an app id alone", { MicrosoftAppId: ID }, ["MicrosoftAppPassword", "MicrosoftAppTenantId"]],
    ["a tenant alone", { MicrosoftAppTenantId: ID }, ["MicrosoftAppId", "MicrosoftAppPassword"]],
    ["a name as app id", { ...TEAMS, MicrosoftAppId: "hexdesk" }, ["MicrosoftAppId"]],
    ["the id of a secret", { ...TEAMS, MicrosoftAppPassword: ID }, ["MicrosoftAppPassword"]],
    [
      "a tenant by name",
      { ...TEAMS, MicrosoftAppTenantId: "example.com" },
      ["MicrosoftAppTenantId"],
    ],
    ["a type that does not exist", { ...TEAMS, MicrosoftAppType: "Single" }, ["MicrosoftAppType"]],
    [
      "a multi-tenant bot for everybody",
      { MicrosoftAppId: ID, MicrosoftAppPassword: "canary", MicrosoftAppType: "MultiTenant" },
      ["TEAMS_TENANTS"],
    ],
    ["no authentication for the network", { TEAMS_AUTH: "none", HOST: "0.0.0.0" }, ["TEAMS_AUTH"]],
    ["no authentication beside an app id", { ...TEAMS, TEAMS_AUTH: "none" }, ["TEAMS_AUTH"]],
    [
      "a secret twice",
      { ...SLACK, SLACK_BOT_TOKEN_FILE: "/etc/hostname" },
      ["SLACK_BOT_TOKEN_FILE"],
    ],
    [
      "a secret file that is not there",
      { SLACK_BOT_TOKEN_FILE: "/no/such", SLACK_APP_TOKEN: "xapp-1" },
      ["SLACK_BOT_TOKEN_FILE"],
    ],
  ];
  test.each(cases)("%s", (_name, env, names) => {
    const error = refused(env);
    expect(error.problems.map(({ variable }) => variable)).toEqual(names);
    for (const { variable, wrong, where } of error.problems) {
      expect(error.message).toContain(`${variable} ${wrong}\n    ${where}`);
      expect(where.length).toBeGreaterThan(10);
    }
  });

  test("all at once, each setting once", () => {
    const env = Object.fromEntries(
      [...VARIABLES].filter((name) => !name.endsWith("_FILE")).map((name) => [name, "<canary>"]),
    );
    const names = refused(env).problems.map(({ variable }) => variable);
    const free = ["ANSWER_CODES_IN", "MicrosoftAppPassword"];
    expect(names.toSorted()).toEqual(
      Object.keys(env)
        .filter((name) => !free.includes(name))
        .toSorted(),
    );
  });

  test("a wrong value is never repeated: it may be a secret in the wrong place", () => {
    for (const name of VARIABLES.filter((each) => each !== "ANSWER_CODES_IN")) {
      const env = { SLACK_APP_TOKEN: "xapp-1", [name]: "xoxp-canary, <canary>" };
      expect(messageOf(env), name).not.toContain("canary");
    }
    for (const [name, env] of cases) expect(messageOf(env), name).not.toContain("canary");
  });
});

describe("warnings about names that look like ours", () => {
  test.each([
    ["SLACK_BOT_TOKN", "SLACK_BOT_TOKEN"],
    ["MICROSOFTAPPID", "MicrosoftAppId"],
    ["DATABSE_URL", "DATABASE_URL"],
    ["HELPDESK_MEMBER", "HELPDESK_MEMBERS"],
    ["SLACK_BOT_TOKEN_FILES", "SLACK_BOT_TOKEN_FILE"],
  ])("%s", (typo, meant) => {
    const { warnings } = readConfig({ [typo]: "canary" });
    expect(warnings).toEqual([`${typo} is not a setting. Did you mean ${meant}?`]);
  });

  test("one of our prefix without a neighbour is named, everything else is nobody's business", () => {
    const { warnings } = readConfig({
      SLACK_CLIENT_SECRET: "canary",
      HOSTNAME: "pc",
      PATH: "/bin",
      npm_config_cache: "x",
      HTTPS_PROXY: "http://proxy",
    });
    expect(warnings).toEqual(["SLACK_CLIENT_SECRET is not a setting of Hexdesk; it is ignored."]);
  });
});
