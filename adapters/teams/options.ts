import type { ServiceClientCredentialsFactory } from "botframework-connector";
import type { Bot } from "../../src/bot.ts";
import type { Clock } from "../../src/clock.ts";
import type { Logger } from "../../src/log.ts";

/**
 * One bot registration. `tenants` are answered, no others; empty only with `auth` "none", which is for a server that
 * listens on loopback. `rsc` says that Teams delivers every message, not mentions alone.
 */
export type TeamsOptions = {
  appId: string;
  appPassword: string;
  tenantId: string;
  appType: "SingleTenant" | "MultiTenant" | "UserAssignedMSI";
  auth: "jwt" | "none";
  tenants: string[];
  rsc: boolean;
  /** Service addresses of tenants that no message named yet. */
  services?: Readonly<Record<string, string>>;
  /** People by Entra object id or Teams id. */
  helpdesk: string[];
  admins: string[];
  /** A stand-in for Microsoft's identity service and connector on loopback; no setting leads here. */
  fake?: {
    metadataUrl: string;
    credentials: ServiceClientCredentialsFactory;
    timeoutMs?: number;
  };
};

/** What the adapter needs of the rest. */
export type TeamsCore = {
  bot: Pick<
    Bot,
    "receive" | "answer" | "sent" | "failed" | "wake" | "phrases" | "languages" | "languageFor"
  >;
  clock: Clock;
  ids: () => string;
  log: Logger;
};
