import { type Activity, ConfigurationBotFrameworkAuthentication } from "botbuilder";
import { AuthenticationError, type BotFrameworkAuthentication } from "botframework-connector";
import type { Clock } from "../../src/clock.ts";
import { GuardedAuthentication } from "./guard.ts";
import { KEYS_TIMEOUT_MS, SEND_TIMEOUT_MS } from "./limits.ts";
import type { TeamsOptions } from "./options.ts";
import { quietly } from "./quiet.ts";

/** Who sent a request: somebody allowed, somebody not, or unknown because Microsoft's keys cannot be had now. */
export type Verdict = { ok: true } | { ok: false; status: 401 | 503; reason: string };

const ISSUER = "https://api.botframework.com";

/** Service addresses of Teams, public and government cloud, as Microsoft's Agents SDK lists them (November 2026). */
const SERVICES = [
  "botframework.com",
  "smba.trafficmanager.net",
  "teams.microsoft.com",
  "teams.microsoft.us",
];

/**
 * The SDK's authentication behind the guard. Throws when a setting is missing without which the SDK would let everybody
 * in: an empty app id switches its checks off.
 */
export function createGuard(options: TeamsOptions): GuardedAuthentication {
  const tenants = options.tenants.map((id) => id.toLowerCase());
  const { fake } = options;
  if (options.auth === "none") {
    if (options.appId !== "") throw new Error("Teams: TEAMS_AUTH=none cannot stand with an app id");
    const open = new ConfigurationBotFrameworkAuthentication({});
    return new GuardedAuthentication(open, {
      issuer: undefined,
      isServiceUrl: isLocal,
      tenants,
      timeoutMs: SEND_TIMEOUT_MS,
    });
  }
  if (!GUID.test(options.appId)) throw new Error("Teams: the app id is missing or no GUID");
  if (tenants.length === 0) throw new Error("Teams: no tenant is allowed to call");
  const isServiceUrl = fake ? isLocal : isTeams;
  return new GuardedAuthentication(fake ? faked(fake) : real(options), {
    issuer: ISSUER,
    isServiceUrl,
    tenants,
    timeoutMs: fake?.timeoutMs ?? SEND_TIMEOUT_MS,
  });
}

/** Checks a request's token and origin; never rejects, and answers within 5 seconds. */
export async function authenticate(
  guard: GuardedAuthentication,
  activity: unknown,
  header: string,
  clock: Clock,
): Promise<Verdict> {
  const timer = new AbortController();
  const late = clock.sleep(KEYS_TIMEOUT_MS, timer.signal).then(() => KEYS_LATE);
  const ask = () => guard.authenticateRequest(activity as Activity, header);
  const checked = quietly(ask).then(
    (): Verdict => ({ ok: true }),
    (error: unknown) => verdictOf(error),
  );
  const verdict = await Promise.race([checked, late]);
  timer.abort();
  return verdict;
}

const KEYS_LATE: Verdict = { ok: false, status: 503, reason: "keys-timeout" };
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function verdictOf(error: unknown): Verdict {
  const isRefusal = error instanceof AuthenticationError;
  if (isRefusal && !error.message.startsWith("Failed to load")) {
    return {
      ok: false,
      status: 401,
      reason: /^[a-z-]+$/.test(error.message) ? error.message : "token",
    };
  }
  return { ok: false, status: 503, reason: "keys-unreachable" };
}

function real(options: TeamsOptions): BotFrameworkAuthentication {
  const isManaged = options.appType === "UserAssignedMSI";
  return new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: options.appId,
    MicrosoftAppTenantId: options.tenantId,
    MicrosoftAppType: options.appType,
    ...(isManaged ? {} : { MicrosoftAppPassword: options.appPassword }),
  });
}

function faked(fake: NonNullable<TeamsOptions["fake"]>): BotFrameworkAuthentication {
  return new ConfigurationBotFrameworkAuthentication(
    {
      ToChannelFromBotLoginUrl: "https://login.microsoftonline.com/botframework.com",
      ToChannelFromBotOAuthScope: ISSUER,
      ToBotFromChannelTokenIssuer: ISSUER,
      OAuthUrl: ISSUER,
      ToBotFromChannelOpenIdMetadataUrl: fake.metadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: fake.metadataUrl,
      CallerId: "urn:botframework:azure",
    },
    fake.credentials,
    { requiredEndorsements: [] },
  );
}

function isTeams(url: URL): boolean {
  const host = url.hostname;
  return (
    url.protocol === "https:" &&
    SERVICES.some((service) => host === service || host.endsWith(`.${service}`))
  );
}

function isLocal({ protocol, hostname }: URL): boolean {
  return /^https?:$/.test(protocol) && /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/.test(hostname);
}
