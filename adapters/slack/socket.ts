import { type Logger as SdkLogger, SocketModeReceiver, webApi } from "@slack/bolt";
import type { Clock } from "../../src/clock.ts";

/** A Socket Mode receiver that survives what socket-mode 3.1.0 does not, and says whether it is connected. */
export type Socket = { receiver: SocketModeReceiver; connected(): boolean };

/** App-level token errors after which no reconnect can succeed (docs.slack.dev apps.connections.open, November 2026). */
const HOPELESS = [
  "not_authed",
  "invalid_auth",
  "account_inactive",
  "token_revoked",
  "user_removed_from_team",
  "team_disabled",
];

/** Milliseconds: socket-mode 3.1.0 waits this long before it reconnects, and for a pong (5 s by default). */
const PING_TIMEOUT_MS = 2_000;

/**
 * Builds the receiver with client options of its own: shared ones would be given the socket's 100 retries, and few
 * retries would end reconnecting. `lost` is called once when the app-level token stopped working.
 */
export function createSocket(
  options: { appToken: string; apiUrl?: string | undefined },
  { clock, logger, lost }: { clock: Clock; logger: SdkLogger; lost: (reason: string) => void },
): Socket {
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger,
    clientPingTimeout: PING_TIMEOUT_MS,
    installerOptions: {
      clientOptions: options.apiUrl ? { slackApiUrl: options.apiUrl } : {},
    },
  });
  const { client } = receiver;
  let connected = false;
  let everConnected = false;
  client.on("connected", () => {
    connected = everConnected = true;
  });
  client.on("close", () => {
    connected = false;
  });

  const start = client.start.bind(client);
  client.start = async () => {
    try {
      return await start();
    } catch (error) {
      if (!everConnected) throw error;
      const reason = error instanceof webApi.WebAPIPlatformError ? error.data.error : "";
      if (HOPELESS.includes(reason)) {
        lost(reason);
        return { ok: false };
      }
      await clock.sleep(PING_TIMEOUT_MS);
      return await client.start();
    }
  };

  const emit = client.emit.bind(client);
  client.emit = (event, ...args) =>
    emit(event, ...(event === "ws_message" ? [withEvent(args[0]), args[1]] : args));
  return { receiver, connected: () => connected };
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
