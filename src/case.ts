import type { Language } from "./language.ts";
import type { Address } from "./message.ts";

/** A step that was tried: its result id ("worked", "failed" and "cannot" are built in), by whom and when. */
export type Tried = { entry: string; step: string; result: string; by: string; at: number };

/**
 * One problem of one person. `version` rises with every commit and decides who wins of two simultaneous clicks.
 * `position` says what the owner was last asked: a step's result, the place it was seen, which candidate, or whether the
 * problem is gone.
 */
export type Case = {
  id: string;
  version: number;
  address: Address;
  owner: { id: string; name?: string };
  language: Language;
  status: "open" | "resolved" | "handed-over" | "muted";
  /** The codes this case is about, as pasted, 0x%08X; the first is the one in work. Empty for a symptom. */
  codes: string[];
  entry?: string;
  context?: string;
  position: { at: "step"; step: string; cause: string } | { at: "choice" } | { at: "verify" } | { at: "none" };
  tried: Tried[];
  /** Causes that were left behind, so that `next-cause` moves on. */
  causesDone: string[];
  /** Entries and codes the owner said are not the problem. */
  rejected: string[];
  /** Delivery id of the card that shows the current question. */
  card?: string;
  /** Steps after which the one hint was given. */
  hinted: string[];
  /** People who said that they help the owner: their words and clicks count, with their name. */
  helpers: string[];
  openedAt: number;
  updatedAt: number;
};
