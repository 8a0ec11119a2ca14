import pino from "pino";
import type { Logger } from "../src/log.ts";
import { privacyWords } from "../src/redact/words.ts";
import { createRedactor } from "../src/redact.ts";

type Fields = Record<string, string | number | boolean>;

/** Fields that may be logged; any other is left out and its name noted, because it might hold what somebody wrote. */
export const LOG_FIELDS: ReadonlySet<string> = new Set(
  "attempt before blocks bot case channel code count delivery detail entries group incident kind message page platform platforms port reason seconds signal tenant".split(
    " ",
  ),
);

const SECRET = /xox[a-z]-\S+|xapp-\S+|xwfp-\S+|Bearer\s+\S+|eyJ[\w-]+\.[\w-]+\.[\w-]*/gi;
const LONGEST = 300;

/** Fields hold no sentences: the words of the languages, which are not loaded yet, are not needed. */
const redact = createRedactor({ words: privacyWords([]) });

/**
 * Writes one JSON line an event to standard output. Of an error its class, code and call sites are logged, never its
 * message: messages may quote what somebody wrote. `write` takes the lines in tests.
 */
export function createLogger(options: {
  level: "info" | "warn" | "error" | "silent";
  write?: (line: string) => void;
}): Logger {
  const settings = { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const out = pino(settings, options.write ? { write: options.write } : standardOutput());
  return {
    info: (event, fields) => out.info(allowed(fields), event),
    warn: (event, fields) => out.warn(allowed(fields), event),
    error: (event, fields, cause) =>
      out.error({ ...allowed(fields), ...(cause === undefined ? {} : describe(cause)) }, event),
  };
}

/** Does not wait for a reader that is slow; what it cannot take is dropped rather than kept in memory. */
function standardOutput(): pino.DestinationStream {
  const stream = pino.destination({ dest: 1, sync: false, maxLength: 1_000_000 });
  process.on("exit", () => stream.flushSync());
  return stream;
}

function allowed(fields: Fields = {}): Record<string, unknown> {
  const kept = Object.entries(fields).filter(([name]) => LOG_FIELDS.has(name));
  const left = Object.keys(fields).filter((name) => !LOG_FIELDS.has(name));
  const entries = kept.map(([name, value]) => [
    name,
    typeof value === "string" ? scrub(value) : value,
  ]);
  return { ...Object.fromEntries(entries), ...(left.length > 0 ? { left_out: left } : {}) };
}

function scrub(text: string): string {
  return redact(text.slice(0, LONGEST * 4).replace(SECRET, "[removed]")).text.slice(0, LONGEST);
}

function describe(cause: unknown): Record<string, unknown> {
  if (!(cause instanceof Error)) return { error: typeof cause };
  const code = "errcode" in cause ? cause.errcode : "code" in cause ? cause.code : undefined;
  return {
    error: cause.name,
    ...(typeof code === "string" || typeof code === "number" ? { error_code: code } : {}),
    at: callSites(cause.stack),
    ...(cause.cause instanceof Error ? { cause: describe(cause.cause) } : {}),
  };
}

function callSites(stack = ""): string[] {
  const root = new URL("..", import.meta.url);
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim().slice(3).replaceAll(root.href, "").replaceAll(root.pathname, ""));
}
