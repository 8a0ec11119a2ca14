import { shorten } from "./shorten.ts";
import type { Turn } from "./turn.ts";

const LONGEST_READ = 40_000;

/**
 * The text of a turn without personal data and secrets, the form in which it may be kept: so many characters at most, with
 * "…" behind them where that is not all.
 */
export function safeText({ env, message }: Turn, longest: number): string {
  const masked = env.redact(message.text.slice(0, LONGEST_READ)).text.trim();
  const { text, whole } = shorten(masked, longest);
  return whole === undefined ? text : `${text.trimEnd()}…`;
}
