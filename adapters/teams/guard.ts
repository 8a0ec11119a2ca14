import type { Activity } from "botbuilder";
import {
  type AuthenticateRequestResult,
  AuthenticationError,
  BotFrameworkAuthentication,
  type ClaimsIdentity,
  type ConnectorClient,
  type ConnectorFactory,
  type UserTokenClient,
} from "botframework-connector";
import { cachedFactory } from "./connector.ts";

/**
 * Who may call: the expected issuer (undefined without tokens), service addresses, and tenants (empty: every one). Calls
 * to Teams wait for `timeoutMs` at most.
 */
export type Policy = {
  issuer: string | undefined;
  isServiceUrl(url: URL): boolean;
  tenants: readonly string[];
  timeoutMs: number;
};

const UNAUTHORIZED = 401;

/** Errors of the token library that mean "this token is not good" and would otherwise be answered as a fault of ours. */
const BAD_TOKEN = new Set([
  "JsonWebTokenError",
  "NotBeforeError",
  "TokenExpiredError",
  "SyntaxError",
]);

/**
 * The SDK's authentication with its gaps closed: foreign channels, service addresses and tenants are refused, bad
 * signatures are refusals and no faults, and tokens of other issuers (the emulator's) do not count. It hands out cached,
 * repaired clients.
 */
export class GuardedAuthentication extends BotFrameworkAuthentication {
  readonly #inner: BotFrameworkAuthentication;
  readonly #policy: Policy;
  readonly #clients = new Map<string, Promise<ConnectorClient>>();

  constructor(inner: BotFrameworkAuthentication, policy: Policy) {
    super();
    this.#inner = inner;
    this.#policy = policy;
  }

  override async authenticateRequest(
    activity: Activity,
    header: string,
  ): Promise<AuthenticateRequestResult> {
    const { issuer, isServiceUrl, tenants } = this.#policy;
    if (activity.channelId !== "msteams") refuse("channel");
    const url = URL.parse(String(activity.serviceUrl));
    if (!url || !isServiceUrl(url)) refuse("service-url");
    const tenant = tenantIn(activity);
    if (tenants.length > 0 && !tenants.includes(tenant)) refuse("tenant");
    const result = await this.#verify(activity, header);
    const iss = result.claimsIdentity.getClaimValue("iss");
    if (issuer !== undefined && iss !== issuer) refuse("issuer");
    return { ...result, connectorFactory: this.createConnectorFactory(result.claimsIdentity) };
  }

  async #verify(activity: Activity, header: string): Promise<AuthenticateRequestResult> {
    try {
      return await this.#inner.authenticateRequest(activity, header);
    } catch (error) {
      if (error instanceof Error && BAD_TOKEN.has(error.name)) refuse("token");
      throw error;
    }
  }

  override async authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    refuse("streaming");
  }

  override createConnectorFactory(claims: ClaimsIdentity): ConnectorFactory {
    const inner = this.#inner.createConnectorFactory(claims);
    return cachedFactory(inner, this.#clients, this.#policy.timeoutMs);
  }

  /** Hexdesk signs nobody in; the SDK would build a client for it in every turn. */
  override async createUserTokenClient(): Promise<UserTokenClient> {
    return {} as UserTokenClient;
  }
}

function tenantIn(activity: Activity): string {
  const named: unknown = activity.conversation?.tenantId ?? activity.channelData?.tenant?.id;
  return typeof named === "string" ? named.toLowerCase() : "";
}

function refuse(reason: string): never {
  throw new AuthenticationError(reason, UNAUTHORIZED);
}
