import type { Action } from "./action.ts";
import { withAttached } from "./attached.ts";
import type { Case } from "./case.ts";
import { readCodes } from "./codes/read.ts";
import type { Extraction, FoundCode } from "./codes/reading.ts";
import { fold } from "./fold.ts";
import type { Context, Entry, StepResult } from "./knowledge/entry.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";
import { naturalWords } from "./language.ts";
import type { Message } from "./message.ts";

/** What people say in a running case, by the names in knowledge/locales/<language>/talk.yaml. */
export type FollowUp =
  | "worked"
  | "failed"
  | "cannot"
  | "next"
  | "person"
  | "resolved"
  | "unresolved"
  | "reopen"
  | "stop"
  | "thanks"
  | "help"
  | "greeting"
  | "repeat"
  | "not_mine";

/** What a message wants, before anything is looked up. `chatter` was not meant for the bot. */
export type Intent =
  | { kind: "button"; action: Action }
  | { kind: "stale-button" }
  | { kind: "result"; result: StepResult; quote: string }
  | { kind: "follow-up"; act: FollowUp }
  | { kind: "context"; context: Context; words: string }
  | { kind: "codes"; extraction: Extraction }
  /** A code inside pasted output of a running case: a result of the step, or a new problem? */
  | { kind: "code-or-result"; extraction: Extraction }
  | { kind: "symptom" }
  | { kind: "thread" }
  | { kind: "empty" }
  | { kind: "chatter" };

const FOLLOW_UP_WORDS = 12;
const BARE_WORDS = 4;
const PASTED_WORDS = 12;

/**
 * Reads what a message wants, in this order: button; in a running case the current step's `seen` texts, then words, then
 * codes; else codes, then words, then a symptom. `entry` is the case's entry in the language of the case.
 */
export function readIntent(
  message: Message,
  at: Case | undefined,
  entry: Entry | undefined,
  knowledge: Knowledge,
): Intent {
  if (message.action) return { kind: "button", action: message.action };
  const text = message.text.trim();
  if (message.card && text === "") return { kind: "stale-button" };

  const own = readCodes(text, knowledge.catalog, { bare: isLookup(message) });
  const extraction = withAttached(own, message.attached ?? []);
  const step = at?.position.at === "step" ? entry?.steps[at.position.step] : undefined;
  const seen = step && readResult(text, step.results);
  if (seen) return { kind: "result", ...seen };
  const act = readFollowUp(text, knowledge);
  const isBare = !at && isInThread(message) && (act === "help" || act === "greeting");
  if (isBare) return { kind: "thread" };
  const hasCode = at ? extraction.codes.some(isKnown) : extraction.codes.length > 0;
  if (act && !hasCode) return { kind: "follow-up", act };

  if (!message.addressed && !at && !extraction.codes.some(isKnown)) return { kind: "chatter" };
  if (extraction.codes.length > 0) {
    return step && (own.codes.length === 0 || isPasted(text, extraction))
      ? { kind: "code-or-result", extraction }
      : { kind: "codes", extraction };
  }
  const context = at && entry && readContext(text, entry);
  if (context) return { kind: "context", ...context };
  if (!/[\p{L}\p{N}]/u.test(text))
    return isInThread(message) ? { kind: "thread" } : { kind: "empty" };
  if (isInThread(message) && naturalWords(text).length <= BARE_WORDS) return { kind: "thread" };
  return { kind: "symptom" };
}

/** The context whose cue occurs in the text, with the cue as written; the longest cue wins. */
export function readContext(
  text: string,
  entry: Entry,
): { context: Context; words: string } | undefined {
  const plain = ` ${fold(text.slice(0, 16_000))} `;
  const hits = entry.contexts.flatMap((context) =>
    context.cues
      .filter((cue) => plain.includes(` ${fold(cue)} `))
      .map((cue) => ({ context, words: cue })),
  );
  return hits.sort((a, b) => b.words.length - a.words.length)[0];
}

/** The act that a short text names; the longest matching word group of any language wins. */
function readFollowUp(text: string, knowledge: Knowledge): FollowUp | undefined {
  const plain = fold(text.slice(0, 400));
  if (plain === "" || plain.split(" ").length > FOLLOW_UP_WORDS) return undefined;
  const padded = ` ${plain} `;
  let best: { act: string; length: number } | undefined;
  for (const language of knowledge.languages) {
    for (const [act, groups] of Object.entries(knowledge.locale(language).followUps)) {
      for (const group of groups) {
        const matches = isSingleWord(group) ? plain === group : padded.includes(` ${group} `);
        if (matches && group.length > (best?.length ?? 0)) best = { act, length: group.length };
      }
    }
  }
  return best?.act as FollowUp | undefined;
}

/** True for a code that cannot be meant otherwise (0x + 8 digits, or a full symbol) and that the name table knows. */
export function isKnown(code: FoundCode): boolean {
  return code.certain && code.readings.length > 0;
}

function readResult(
  text: string,
  results: StepResult[],
): { result: StepResult; quote: string } | undefined {
  const lower = text.slice(0, 16_000).toLowerCase();
  const hits = results.flatMap((result) =>
    result.seen
      .map((seen) => ({ result, seen, at: lower.indexOf(seen.toLowerCase()) }))
      .filter((hit) => hit.at >= 0),
  );
  const best = hits.sort((a, b) => b.seen.length - a.seen.length)[0];
  return best && { result: best.result, quote: lineAround(text, best.at) };
}

function lineAround(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return text
    .slice(start, end < 0 ? undefined : end)
    .trim()
    .slice(0, 160);
}

function isLookup(message: Message): boolean {
  return message.surface === "slash" || naturalWords(message.text).length === 0;
}

function isInThread(message: Message): boolean {
  const { addressed, surface, address, startsThread } = message;
  return addressed && surface === "channel" && address.thread !== undefined && !startsThread;
}

function isPasted(text: string, extraction: Extraction): boolean {
  if (text.includes("?")) return false;
  const words = text.split(/\s+/u).length - extraction.codes.length;
  return text.includes("\n") || words > PASTED_WORDS;
}

function isSingleWord(group: string): boolean {
  return !group.includes(" ");
}
