import type { Notation } from "./number.ts";
import type { Surroundings } from "./surroundings.ts";

/** A number found in a text, before it is taken or left. `prefixed` is true after 0x (or &H, or with an h at its end). */
export type Seen = {
  notation: Notation;
  value: number;
  digits: number;
  prefixed: boolean;
  run: string;
  /** Written as two groups of four digits. */
  paired?: boolean;
};

/** What the whole message says: whether a table knows the value, and what stands in the same line. */
export type Evidence = {
  known: boolean;
  bare: boolean;
  bugcheck: boolean;
  /** Words about ESENT stand in the text: its numbers are negative. */
  database: boolean;
  /** The text has several lines, so that small numbers are mostly not codes. */
  log: boolean;
  failing: boolean;
  /** The word before it names the component of one of its names ("VPN 809"). */
  namedBefore: boolean;
  /** The next word, lower case. */
  next: string;
  /** What is between the last word and the number, and what follows the number. */
  opening(): string;
  closing: string;
  nextIsUnit: boolean;
};

/** Exit codes of processes that Linux ended: 128 and the number of SIGINT, SIGABRT, SIGKILL, SIGSEGV, SIGTERM. */
const signals = new Set([130, 134, 137, 139, 143]);

/** A label's end: `failed: 1603`, `rc=1603`, `failed (1603)`. */
const labelled = /(?::\s+|[=([]\s*)$/;

/**
 * Whether a number is taken as an error code; "topic" when only words about Windows anywhere in the text can tell. The rules
 * stand in the order of how sure the writing is.
 */
export function isCode(seen: Seen, around: Surroundings, evidence: Evidence): boolean | "topic" {
  if (evidence.bare && (seen.prefixed || !around.glued)) return true;
  if (seen.prefixed) return acceptHex(seen, around, evidence);
  if (around.glued) return false;
  if (seen.notation === "neg") return acceptNegative(seen, around, evidence);
  if (seen.notation === "bare8") return acceptBare8(seen, around, evidence);
  if (seen.notation === "short")
    return around.stop || (around.cue === "strong" && evidence.bugcheck && seen.digits <= 3);
  return acceptDecimal(seen, around, evidence);
}

function acceptHex(seen: Seen, around: Surroundings, evidence: Evidence): boolean | "topic" {
  if (evidence.closing.startsWith("`")) return false;
  if (seen.value === 0 || (seen.value >= 0xffff0000 && !evidence.database)) return false;
  if (around.cue === "strong") return true;
  if ((seen.value & 0xfffffff) === 0) return false;
  const plausible = evidence.known && seen.value >= 0x80000000;
  if (around.address && !plausible) return false;
  if (around.denied && seen.value <= 0xffffff) return false;
  if (around.argument && (seen.value <= 0xffffff || !evidence.known)) return false;
  if (seen.value <= 0xffffff) {
    if (around.label) return false;
    if (around.cue === "weak") return true;
    if (!evidence.known || (evidence.log && !evidence.failing)) return false;
    return seen.digits >= 3 || "topic";
  }
  if (seen.value < 0x80000000) return evidence.known;
  return (
    evidence.known ||
    !around.label ||
    around.cue !== "none" ||
    /^[8cd]/i.test(seen.value.toString(16))
  );
}

function acceptNegative(seen: Seen, around: Surroundings, evidence: Evidence): boolean {
  if (seen.value < 0x80000000) return false;
  if (seen.value >= 0xffff0000) {
    return (around.cue !== "none" || evidence.database) && evidence.known && seen.digits >= 3;
  }
  if (around.cue === "strong") return evidence.known;
  return (
    evidence.known || (seen.value >= 0x80000000 && seen.value < 0xe0000000 && around.cue !== "none")
  );
}

function acceptBare8(seen: Seen, around: Surroundings, evidence: Evidence): boolean | "topic" {
  const letters = /[a-f]/i.test(seen.run);
  if (around.denied) return false;
  if (seen.paired && around.cue === "none" && !letters) return false;
  if (around.address && !(letters && evidence.known && seen.value >= 0x80000000)) return false;
  if (around.cue === "strong") return seen.value >= 0x80000000 || evidence.known;
  if (around.label && seen.value <= 0xffffff) return false;
  if (seen.value <= 0xffffff) return around.cue === "weak" && evidence.known;
  const broker = seen.value >>> 20 === 0xcaa;
  if (!evidence.known && !broker) return around.cue === "weak" && seen.value >= 0x80000000;
  if (broker) return "topic";
  if (letters || around.cue === "weak") return true;
  return around.label ? false : "topic";
}

function acceptDecimal(seen: Seen, around: Surroundings, evidence: Evidence): boolean | "topic" {
  if (around.denied || evidence.nextIsUnit || seen.value === 0) return false;
  if (seen.digits === 10) {
    return evidence.known && seen.value >= 0x80000000 && seen.value < 0xffff0000;
  }
  if (!evidence.known && around.cue !== "strong") return false;
  if (seen.digits > 7) return false;
  if (!evidence.known) return "topic";
  const opening = evidence.opening();
  const exit = /exit|salida/.test(opening);
  if (exit && (seen.value <= 2 || signals.has(seen.value))) return false;
  if (around.cue === "strong") return true;
  if (around.cue === "weak") {
    const isPlain = !around.vague || seen.digits >= 6 || labelled.test(opening);
    return seen.digits >= 3 && isPlain;
  }
  if (seen.digits < 3) return false;
  if (evidence.namedBefore) return true;
  if (/^(?:error|err)$/.test(evidence.next)) return true;
  return (
    evidence.failing && labelled.test(opening) && /^\s*(?:[\])."',;]|$|\n)/.test(evidence.closing)
  );
}
