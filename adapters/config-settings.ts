import { statSync } from "node:fs";
import { z } from "zod";
import { LANGUAGES } from "../src/knowledge/languages.ts";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Every setting by its name in the environment, checked one by one; a message says what is wrong without repeating the
 * value. Checks that need two settings are in config.ts.
 */
export const settings = z.object({
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, "is not an address or a host name.")
    .default("127.0.0.1"),
  PORT: port().default(3978),
  PUBLIC_URL: z.url({ protocol: /^https$/, error: "is not an https address." }).optional(),
  LOG_LEVEL: z
    .enum(["info", "warn", "error", "silent"], "is not one of info, warn, error, silent.")
    .optional(),
  DEFAULT_LANGUAGE: z.enum(LANGUAGES, `is not one of ${LANGUAGES.join(", ")}.`).default("en"),
  KNOWLEDGE_DIR: z.string().refine(isFolder, "is not a folder that exists.").optional(),
  DATABASE_URL: z
    .string()
    .refine(
      isDatabase,
      "is neither sqlite: with a file name, nor postgres:// with a database, nor memory:.",
    )
    .optional(),
  RETENTION_DAYS: number(1, 3650).default(180),
  REDACT_HOST_PATTERNS: hostPatterns(),
  METRICS_PORT: z.literal("off").or(port()).optional(),
  PLAYGROUND: onOff().optional(),
  HELPDESK_MEMBERS: members(),
  ADMIN_MEMBERS: members(),
  ANSWER_CODES_IN: list(),
  HANDOVER_ROUTES: z.string().refine(isFile, "is not a file that exists.").optional(),
  HANDOVER_SECRET: z
    .string()
    .refine(
      isSecret,
      "is not whsec_ and the base64 of 24 to 64 bytes (or two of them with a comma).",
    )
    .optional(),
  DRAFTS_DIR: z.string().refine(isFolder, "is not a folder that exists.").optional(),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-/, "is not a bot token: that one starts with xoxb-.")
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(
      /^(?!xox|xapp-).{16,}$/,
      "is a token or too short; the signing secret has 32 characters.",
    )
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-/, "is not an app-level token: that one starts with xapp-.")
    .optional(),
  SLACK_API_URL: z
    .string()
    .refine(isSafeUrl, "is not an https address (http is allowed on this computer only).")
    .optional(),
  MicrosoftAppId: z.string().regex(guid, "is not an application (client) id.").optional(),
  MicrosoftAppPassword: z
    .string()
    .refine((text) => !guid.test(text), "is the id of a client secret; its value is needed.")
    .optional(),
  MicrosoftAppTenantId: z.string().regex(guid, "is not a directory (tenant) id.").optional(),
  MicrosoftAppType: z
    .enum(
      ["SingleTenant", "MultiTenant", "UserAssignedMSI"],
      "is not one of SingleTenant, MultiTenant, UserAssignedMSI.",
    )
    .default("SingleTenant"),
  TEAMS_AUTH: z.enum(["jwt", "none"], "is not one of jwt, none.").default("jwt"),
  TEAMS_TENANTS: list().refine(
    (ids) => ids.every((id) => guid.test(id)),
    "holds something that is not a tenant id.",
  ),
  TEAMS_RSC: onOff().default(false),
});

/** The name of a setting, as it stands in the environment. */
export type SettingName = keyof typeof settings.shape;

/** Where the right value of a setting is found. */
export const WHERE: Record<SettingName, string> = {
  HOST: "Use 127.0.0.1, or 0.0.0.0 behind a reverse proxy that ends TLS.",
  PORT: "Use a whole number from 1 to 65535, for example 3978; 0 takes any free port.",
  PUBLIC_URL:
    "Use the address under which Slack or Teams reaches this host, for example https://hexdesk.example.com.",
  LOG_LEVEL: "Leave it out for info (warn when only the playground runs).",
  DEFAULT_LANGUAGE: `Use ${LANGUAGES.join(" or ")}.`,
  KNOWLEDGE_DIR:
    "Name the folder that holds your company's own entries; knowledge/README.md says how it is laid out.",
  DATABASE_URL:
    "Use sqlite:./hexdesk.db (leave it out for that), or postgres://USER:PASSWORD@HOST:5432/DATABASE; special characters in the password as %XX.",
  RETENTION_DAYS: "Use a whole number of days from 1 to 3650; leave it out for 180.",
  REDACT_HOST_PATTERNS:
    "List how your computers are named, separated by commas, for example FIN-*,*-DC01: up to 50 patterns of at least 3 letters, digits, dots or hyphens beside the *.",
  METRICS_PORT: "Use a whole number from 1 to 65535, or off.",
  PLAYGROUND: "Use on or off; on needs HOST 127.0.0.1.",
  HELPDESK_MEMBERS:
    "List ids, separated by commas: Slack member (U…, W…) or user group (S…) ids, Teams users by their Entra object id.",
  ADMIN_MEMBERS:
    "List ids, separated by commas: Slack member (U…, W…) or user group (S…) ids, Teams users by their Entra object id.",
  HANDOVER_ROUTES: "Name the YAML file of your hand-over routes; README.md shows one.",
  HANDOVER_SECRET: `Make one: node -p "'whsec_' + crypto.randomBytes(32).toString('base64')"; the receiver of the webhook needs the same.`,
  DRAFTS_DIR:
    "Name the folder for saved drafts; leave it out for drafts in KNOWLEDGE_DIR or in the folder Hexdesk is started in.",
  ANSWER_CODES_IN: "List channel ids, separated by commas, or * for every channel.",
  SLACK_BOT_TOKEN:
    "https://api.slack.com/apps > your app > OAuth & Permissions > Bot User OAuth Token.",
  SLACK_SIGNING_SECRET:
    "https://api.slack.com/apps > your app > Basic Information > App Credentials > Signing Secret.",
  SLACK_APP_TOKEN:
    "https://api.slack.com/apps > your app > Basic Information > App-Level Tokens, with scope connections:write.",
  SLACK_API_URL: "Leave it out for slack.com; government cloud: https://slack-gov.com/api/.",
  MicrosoftAppId: "https://portal.azure.com > your Azure Bot > Configuration > Microsoft App ID.",
  MicrosoftAppPassword:
    "https://portal.azure.com > your Azure Bot > Configuration > Manage Password > Client secrets, column Value.",
  MicrosoftAppTenantId:
    "https://portal.azure.com > your Azure Bot > Configuration > App Tenant ID.",
  MicrosoftAppType: "https://portal.azure.com > your Azure Bot > Configuration > Bot Type.",
  TEAMS_AUTH: "Leave it out; none is for Microsoft's Agents Playground on this computer.",
  TEAMS_TENANTS: "https://entra.microsoft.com > Overview > Tenant ID; several separated by commas.",
  TEAMS_RSC: "Use on if you installed the Teams package with resource-specific consent, else off.",
};

function number(from: number, to: number) {
  const wrong = `is not a whole number from ${from} to ${to}.`;
  return z
    .string()
    .regex(/^\d{1,6}$/, wrong)
    .transform(Number)
    .refine((n) => n >= from && n <= to, wrong);
}

function port() {
  return number(0, 65_535);
}

function onOff() {
  return z.stringbool({
    truthy: ["on", "true", "yes", "1"],
    falsy: ["off", "false", "no", "0"],
    error: "is neither on nor off.",
  });
}

function list() {
  return z
    .string()
    .default("")
    .transform((text) =>
      text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    );
}

function members() {
  return list().refine(
    (ids) => ids.every((id) => /^[UWS][A-Z0-9]{2,}$/.test(id) || guid.test(id)),
    "holds something that is not an id (a name or an e-mail address?).",
  );
}

function hostPatterns() {
  return list().refine(
    (patterns) =>
      patterns.length <= 50 &&
      patterns.every(
        (pattern) =>
          /^[A-Za-z0-9.*-]{3,63}$/.test(pattern) &&
          pattern.replaceAll("*", "").length >= 3 &&
          pattern.split("*").length <= 5,
      ),
    "holds something that is no pattern of computers' names.",
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isDatabase(text: string): boolean {
  if (/^(sqlite:.+|memory:)$/.test(text)) return true;
  const url = URL.parse(text);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && /^\/[^/]+$/.test(url.pathname);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isSecret(text: string): boolean {
  const parts = text.split(/[\s,]+/).filter((part) => part !== "");
  const isOne = (part: string) => {
    const bytes = Buffer.from(part.slice("whsec_".length), "base64").length;
    return /^whsec_[A-Za-z0-9+/]+=*$/.test(part) && bytes >= 24 && bytes <= 64;
  };
  return parts.length >= 1 && parts.length <= 2 && parts.every(isOne);
}

function isSafeUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
}

/** True for a name or address of this computer itself. */
export function isLoopback(host: string): boolean {
  return (
    host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host)
  );
}
