import type { Inline, Shell } from "../card.ts";
import type { Family } from "../codes/reading.ts";
import type { Language } from "../language.ts";

/** Who can carry out a step. `developer` is a kind of admin for what may be shown. */
export type Who = "user" | "helpdesk" | "admin" | "developer";

/** What the asker sees after a step, and where it leads: a step id, `verify`, `escalate` or `next-cause`. */
export type StepResult = { id: string; title: string; seen: string[]; next: string };

export type Step = {
  id: string;
  title: string;
  who: Who;
  risk: "read-only" | "reversible" | "disruptive";
  practice?: Inline[];
  do: Inline[][];
  run: { shell: Shell; command: string; expect: Inline[] }[];
  results: StepResult[];
  /** How to take it back; "not-needed" steps give the reason here. Reversible steps only. */
  undo?: Inline[];
  /** Disruptive steps only. */
  warn?: Inline[];
  noUndo?: Inline[];
  /** Step to offer to somebody who cannot run this one. */
  otherwise?: string;
  sources: string[];
};

export type Cause = {
  id: string;
  likelihood: "common" | "possible" | "rare";
  title: string;
  why: Inline[];
  signs: Inline[][];
  steps: string[];
  sources: string[];
};

/** A place where the error is met; its `causes` come first. `cues` are words of the question that name it. */
export type Context = {
  id: string;
  title: string;
  cues: string[];
  causes: string[];
  note?: Inline[];
  sources: string[];
};

/**
 * Wrong advice seen on the web. `cues` are word groups, each "a b c": all of its words near each other mean that somebody
 * pasted or asks about the claim. `danger` warns them even without a code.
 */
export type Myth = {
  id: string;
  claim: Inline[];
  correction: Inline[];
  danger: boolean;
  cues: string[];
  sources: string[];
};

export type EntryCode = { value: string; family: Family; symbol: string | null; label?: string };

/** An entry in one language: prose merged from the overlay, facts from the entry. */
export type Entry = {
  id: string;
  /** Language of the prose; differs from the wished one where no translation exists. */
  language: Language;
  title: string;
  status: "draft" | "reviewed" | "field-tested" | "retired";
  /** ISO date. */
  reviewed: string;
  area: string;
  replacedBy?: string;
  codes: EntryCode[];
  aliases: { names: string[]; phrases: string[] };
  questions: string[];
  summary: Inline[];
  background?: Inline[];
  developers?: Inline[];
  /** Asked as buttons when the question did not say where the error was seen and the order depends on it. */
  contexts: Context[];
  causes: Cause[];
  steps: Record<string, Step>;
  verify: Inline[][];
  escalate: { when: Inline[]; attach: Inline[][] };
  myths: Myth[];
  related: {
    code: string;
    relation: "same-event" | "same-cause" | "often-with" | "confused-with";
    note?: Inline[];
  }[];
  references: { id: string; title: string; url?: string }[];
};

/** One line about a code (tier 2). */
export type Meaning = {
  value: number;
  family: Family;
  symbol: string;
  meaning: string;
  phrases: string[];
};
