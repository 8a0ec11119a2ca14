import type { Action } from "./action.ts";
import type { Cause, Entry } from "./knowledge/entry.ts";
import type { Language } from "./language.ts";
import type { Address, Person } from "./message.ts";

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
  position:
    | { at: "step"; step: string; cause: string }
    | { at: "choice" }
    | { at: "verify" }
    /** Whether to send it to a person: `back` is the step it came from, `note` what the asker added. */
    | { at: "handover"; back?: { step: string; cause: string }; note?: string }
    | { at: "none" };
  tried: Tried[];
  /** Causes that were left behind, so that `next-cause` moves on. */
  causesDone: string[];
  /** Entries and codes the owner said are not the problem. */
  rejected: string[];
  /** Delivery id of the card that shows the current question. */
  card?: string;
  /** The version at which that card was made: what its buttons carry. A silent change leaves them valid. */
  asked?: number;
  /** People are talking in the thread: Hexdesk waits until it is mentioned or clicked. */
  quiet?: true;
  /** What that card's buttons do, in their order: people also name a button by its number. */
  options: Action[];
  /** Steps after which the one hint was given. */
  hinted: string[];
  /** People who said that they help the owner: their words and clicks count, with their name. */
  helpers: string[];
  /** The asker's words, redacted, 500 characters at most. */
  question?: string;
  /** Where the case was handed over to, and who took it. */
  handover?: Handover;
  /** Id of the incident that the case is attached to. */
  incident?: string;
  openedAt: number;
  updatedAt: number;
};

/**
 * A hand-over to people: the cards posted for it, one a route, and what the asker added to the question. `desk` is the
 * thread in which the agent works; `step` the one that stood open; `link` leads people to the asker's thread; `asks` says
 * that the agent was asked what solved it, `resolution` is the answer. Times in milliseconds since 1970.
 */
export type Handover = {
  at: number;
  status: "waiting" | "taken" | "done";
  cards: { route: string; delivery: string }[];
  /** Routes that could not be reached, so that the asker may send it there again. */
  unreached?: string[];
  notes?: string[];
  agent?: Person & { name?: string };
  takenAt?: number;
  desk?: Address;
  step?: string;
  link?: string;
  reminded?: true;
  asks?: true;
  resolution?: string;
  /** Where the draft of an entry was saved. */
  saved?: string;
};

/** What a case's owner is asked next. */
export type Position = Case["position"];

/** Where a step's outcome leads: another position, or out of the entry to a person. */
export type Next = Position | { at: "escalate" };

/** True for a case about a code or an entry; false for words that nothing was found for. */
export function hasSubject(at: Case | undefined): boolean {
  return at !== undefined && (at.entry !== undefined || at.codes.length > 0);
}

/** The causes of an entry in the order for one context: the context's first, the others as in the file. */
export function causesInOrder(entry: Entry, context: string | undefined): Cause[] {
  const first = entry.contexts.find((c) => c.id === context)?.causes;
  if (!first) return entry.causes;
  const rank = (cause: Cause) => {
    const i = first.indexOf(cause.id);
    return i < 0 ? first.length : i;
  };
  return entry.causes.toSorted((a, b) => rank(a) - rank(b));
}

/** True when knowing where the error is seen would change the first step. */
export function contextMatters(entry: Entry): boolean {
  const usual = entry.causes[0]?.id;
  return entry.contexts.some(({ causes: [first = usual] }) => first !== usual);
}

/** The first thing to ask in a case: the first untried step of its likeliest cause. */
export function firstPosition(
  entry: Entry,
  at: Pick<Case, "context" | "tried" | "causesDone">,
): Next {
  for (const cause of causesInOrder(entry, at.context)) {
    if (at.causesDone.includes(cause.id)) continue;
    const step = cause.steps.find((id) => !wasTried(entry, at, id));
    if (step) return { at: "step", step, cause: cause.id };
  }
  return { at: "escalate" };
}

/**
 * Where a case goes after `result` of the step it stands at: the result's own `next`, else the defaults (worked: verify;
 * failed: the cause's following step, the next cause, a person; cannot: the step's `otherwise`, else a check is left out and
 * a change goes to a person; skip: on).
 * A step that was tried before is not asked again: its earlier result decides. Returns the causes left behind as well,
 * one of them the cause that a result jumps out of.
 */
export function advance(
  entry: Entry,
  at: Case,
  result: string,
): { next: Next; causesDone: string[] } {
  if (at.position.at !== "step") return { next: at.position, causesDone: at.causesDone };
  return follow(entry, at, at.position.step, result, at.position.cause, at.causesDone, 0);
}

function follow(
  entry: Entry,
  at: Case,
  stepId: string,
  result: string,
  causeId: string,
  causesDone: string[],
  depth: number,
): { next: Next; causesDone: string[] } {
  const target = targetOf(entry, stepId, result, causeId);
  if (target === "verify") return { next: { at: "verify" }, causesDone };
  if (target === "escalate") return { next: { at: "escalate" }, causesDone };
  if (target === "next-cause") {
    const done = [...new Set([...causesDone, causeId])];
    return { next: firstPosition(entry, { ...at, causesDone: done }), causesDone: done };
  }
  const earlier = at.tried.findLast((t) => t.entry === entry.id && t.step === target);
  if (earlier && depth < 20) {
    return follow(entry, at, target, earlier.result, causeId, causesDone, depth + 1);
  }
  const cause = causeOf(entry, target, causeId);
  const done = cause === causeId ? causesDone : [...new Set([...causesDone, causeId])];
  return { next: { at: "step", step: target, cause }, causesDone: done };
}

function targetOf(entry: Entry, stepId: string, result: string, causeId: string): string {
  const step = entry.steps[stepId];
  if (!step) return "escalate";
  const own = step.results.find((r) => r.id === result);
  if (own) return own.next;
  if (result === "worked") return "verify";
  if (result === "cannot" && step.otherwise) return step.otherwise;
  if (result === "cannot" && step.risk !== "read-only") return "escalate";
  const steps = entry.causes.find((c) => c.id === causeId)?.steps ?? [];
  return steps[steps.indexOf(stepId) + 1] ?? "next-cause";
}

function causeOf(entry: Entry, stepId: string, current: string): string {
  const holds = (cause: Cause | undefined) => cause?.steps.includes(stepId) === true;
  if (holds(entry.causes.find((c) => c.id === current))) return current;
  return entry.causes.find(holds)?.id ?? current;
}

function wasTried(entry: Entry, at: Pick<Case, "tried">, stepId: string): boolean {
  return at.tried.some((t) => t.entry === entry.id && t.step === stepId);
}
