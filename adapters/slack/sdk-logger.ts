import { LogLevel, type Logger as SdkLogger } from "@slack/bolt";
import type { Logger } from "../../src/log.ts";

/**
 * Our log in the shape the SDK wants: warnings and errors only, since its lower levels print message texts; one clipped
 * line each, tokens masked.
 */
export function createSdkLogger(log: Logger): SdkLogger {
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts) => log.warn("slack-sdk", { detail: detailOf(parts) }),
    error: (...parts) => log.error("slack-sdk", { detail: detailOf(parts) }),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}

function detailOf(parts: unknown[]): string {
  return parts
    .map((part) => (part instanceof Error ? `${part.name}: ${part.message}` : String(part)))
    .join(" ")
    .replace(/x(?:ox[a-z]|app)-[\w-]+/gi, "x***")
    .slice(0, 200);
}
