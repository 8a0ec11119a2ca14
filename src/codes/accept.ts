import type { Notation } from "./number.ts";
import type { Surroundings } from "./surroundings.ts";

/** A number found in a text, before it is taken or left. `prefixed` is true after 0x (or &H, or with an h at its end). */
export type Seen = {
  notation: Notation;
  value: number;
  digits: number;
  prefixed: boolean;
  run: string;
};

/** What the whole message says: whether a table knows the value, and what stands in the same line. */
export type Evidence = {
  known: boolean;
  bare: boolean;
  bugcheck: boolean;
  failing: boolean;
  topic: boolean;
  /** The next word, lower case. */
  next: string;
  /** What is between the last word and the number, and what follows the number. */
  opening: string;
  closing: string;
  nextIsUnit: boolean;
};

/** Whether a number is taken as an error code. The rules stand in the order of how sure the writing is. */
export function isCode(seen: Seen, around: Surroundings, evidence: Evidence): boolean {
  if (evidence.bare) return true;
  if (seen.prefixed) return acceptHex(seen, around, evidence);
  if (around.glued) return false;
  if (seen.notation === "neg") return acceptNegative(seen, around, evidence);
  if (seen.notation === "bare8") return acceptBare8(seen, around, evidence);
  if (seen.notation === "short")
    return around.stop || (around.cue === "strong" && evidence.bugcheck && seen.digits <= 3);
  return acceptDecimal(seen, around, evidence);
}

function acceptHex(seen: Seen, around: Surroundings, evidence: Evidence): boolean {
  if (evidence.closing.startsWith("`")) return false;
  if (around.cue === "strong") return seen.value !== 0;
  if (seen.value === 0 || seen.value === 0xffffffff || (seen.value & 0xfffffff) === 0) return false;
  if (around.address || (around.denied && seen.value <= 0xffffff)) return false;
  if (around.argument && (seen.value <= 0xffffff || !evidence.known)) return false;
  if (seen.value <= 0xffffff) return !around.label && (evidence.known || around.cue === "weak");
  if (seen.value < 0x80000000) return evidence.known;
  return (
    evidence.known ||
    !around.label ||
    around.cue !== "none" ||
    /^[8cd]/i.test(seen.value.toString(16))
  );
}

function acceptNegative(seen: Seen, around: Surroundings, evidence: Evidence): boolean {
  if (around.cue === "strong") return evidence.known;
  if (seen.value < 0x80000000) return false;
  if (seen.value >= 0xffff0000) return around.cue !== "none" && evidence.known && seen.digits >= 3;
  return (
    evidence.known || (seen.value >= 0x80000000 && seen.value < 0xe0000000 && around.cue !== "none")
  );
}

function acceptBare8(seen: Seen, around: Surroundings, evidence: Evidence): boolean {
  if (around.denied || around.address) return false;
  if (around.cue === "strong") return seen.value >= 0x80000000 || evidence.known;
  if (around.label && seen.value <= 0xffffff) return false;
  if (seen.value <= 0xffffff) return around.cue === "weak" && evidence.known;
  if (!evidence.known) return around.cue === "weak" && seen.value >= 0x80000000;
  return /[a-f]/i.test(seen.run) || around.cue === "weak" || evidence.topic || evidence.failing;
}

function acceptDecimal(seen: Seen, around: Surroundings, evidence: Evidence): boolean {
  if (around.denied || evidence.nextIsUnit || seen.value === 0) return false;
  if (seen.digits === 10) return evidence.known && seen.value >= 0x80000000;
  if (!evidence.known && around.cue !== "strong") return false;
  if (seen.digits > 7) return false;
  if (around.cue === "strong") return seen.value > 2 || !/exit|salida/.test(evidence.opening);
  if (around.cue === "weak") return seen.digits >= 3 && !around.label;
  if (seen.digits < 3) return false;
  if (/^(?:error|err)$/.test(evidence.next)) return true;
  return (
    evidence.failing &&
    /[:=(]\s*$/.test(evidence.opening) &&
    /^\s*(?:[\])."',;]|$|\n)/.test(evidence.closing)
  );
}
