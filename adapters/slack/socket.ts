import { type Logger as SdkLogger, SocketModeReceiver } from "@slack/bolt";
import { EnvHttpProxyAgent } from "undici";
import type { Clock } from "../../src/clock.ts";
import { outcomeOf } from "./outcome.ts";

/** A Socket Mode receiver that keeps itself connected, and says whether it is. */
export type Socket = { receiver: SocketModeReceiver; connected(): boolean };

/** App-level token errors after which no reconnect can succeed (docs.slack.dev apps.connections.open, November 2026). */
const HOPELESS = [
  "not_authed",
  "invalid_auth",
  "account_inactive",
  "token_revoked",
  "not_allowed_token_type",
  "user_removed_from_team",
  "team_disabled",
];

const LONGEST_PAUSE_MS = 10_000;

/**
 * Builds the receiver, with client options of its own, and reconnects for it: at once, then every 1 to 10 seconds.
 * socket-mode 3.1.0 would wait 5 seconds first and end the process on a refusal. `lost` is called when the app-level
 * token stopped working.
 */
export function createSocket(
  options: { appToken: string; apiUrl?: string | undefined; timeoutMs: number },
  { clock, logger, lost }: { clock: Clock; logger: SdkLogger; lost: (reason: string) => void },
): Socket {
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger,
    autoReconnectEnabled: false,
    ...(isProxied() ? { dispatcher: new EnvHttpProxyAgent({ allowH2: false }) } : {}),
    installerOptions: {
      clientOptions: {
        timeout: options.timeoutMs,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
      },
    },
  });
  const { client } = receiver;
  let connected = false;
  let stopped = false;
  client.on("connected", () => {
    connected = true;
  });
  client.on("disconnecting", () => {
    stopped = true;
  });
  client.on("disconnected", () => {
    if (connected && !stopped) void reconnect();
    connected = false;
  });

  async function reconnect(): Promise<void> {
    for (let failed = 0; !stopped; failed++) {
      await clock.sleep(Math.min(failed * 1_000, LONGEST_PAUSE_MS));
      try {
        await client.start();
        return;
      } catch (error) {
        const { reason } = outcomeOf(error);
        if (HOPELESS.includes(reason)) {
          lost(reason);
          return;
        }
        logger.warn(`no Socket Mode connection (${reason})`);
      }
    }
  }

  const emit = client.emit.bind(client);
  client.emit = (event, ...args) =>
    emit(event, ...(event === "ws_message" ? [withEvent(args[0]), args[1]] : args));
  return { receiver, connected: () => connected };
}

/** socket-mode opens its WebSocket with a dispatcher of its own, which the process-wide proxy setting does not reach. */
function isProxied(): boolean {
  return ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].some(
    (name) => process.env[name],
  );
}

/** `app_rate_limited` comes without an inner event, for which socket-mode 3.1.0 dies: it is given one. */
function withEvent(data: unknown): unknown {
  if (typeof data !== "string" || !data.includes('"app_rate_limited"')) return data;
  try {
    const envelope = JSON.parse(data) as { type?: unknown; payload?: { event?: unknown } };
    if (envelope.type !== "events_api" || !envelope.payload || envelope.payload.event) return data;
    envelope.payload.event = { type: "app_rate_limited" };
    return JSON.stringify(envelope);
  } catch {
    return data;
  }
}
