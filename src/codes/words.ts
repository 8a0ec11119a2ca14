import type { ContextPhrase, Cue, Cues, WordRole } from "./cues.ts";

/** A word of the text: lower case, with what it does to numbers near it; `number` marks an accepted code. */
export type Word = {
  text: string;
  start: number;
  end: number;
  roles: ReadonlySet<WordRole>;
  code: boolean;
};

/** Where the words stand that name a component (by component), another system, or the web; positions ascend. */
export type Places = Map<string, { at: number; words: string }[]>;

/** The words just before the scanner's position, within one clause, and everything noted on the way. */
export type Memory = {
  recent: Word[];
  places: Places;
  /** A word of failure was seen in this line. */
  failing: boolean;
  /** Positions of words about Windows or trouble; only whether there is one matters. */
  topic: boolean;
};

const plainWord: Cue = { roles: new Set(), phrases: [] };
const KEPT = 8;

/** An empty memory for a new text. */
export function newMemory(): Memory {
  return { recent: [], places: new Map(), failing: false, topic: false };
}

/**
 * Takes one more word in: its roles, and the component phrases that end with it. `colon` says that ":" follows: "make:" is
 * a program, "make" a verb.
 */
export function remember(
  memory: Memory,
  text: string,
  start: number,
  end: number,
  cues: Cues,
  colon: boolean,
): void {
  const word = cues.words.get(text) ?? plainWord;
  const label = colon ? cues.words.get(`${text}:`) : undefined;
  const roles = label && label.roles.size > 0 ? label.roles : word.roles;
  if (memory.recent.length === KEPT) memory.recent.shift();
  memory.recent.push({ text, start, end, roles, code: false });
  if (roles.size > 0) {
    if (roles.has("fail")) memory.failing = true;
    if (roles.has("topic") || roles.has("fail")) memory.topic = true;
    if (roles.has("elsewhere") || roles.has("systems"))
      note(memory.places, "elsewhere", start, text);
    if (roles.has("web")) note(memory.places, "web", start, text);
  }
  matchPhrases(memory, word.phrases, start);
  if (label) matchPhrases(memory, label.phrases, start);
}

/** Notes an accepted code, so that "1722 and 1753" reads both. */
export function rememberCode(memory: Memory, start: number, end: number): void {
  if (memory.recent.length === KEPT) memory.recent.shift();
  memory.recent.push({ text: "", start, end, roles: plainWord.roles, code: true });
}

/** Forgets the clause; `line` says that the line ended too. */
export function endClause(memory: Memory, line: boolean): void {
  memory.recent.length = 0;
  if (line) memory.failing = false;
}

/** The components that words near a span name, each with the nearest naming words. Reach: 240 before, 160 after. */
export function contextAt(places: Places, start: number, end: number): Map<string, string> {
  const found = new Map<string, string>();
  for (const [component, list] of places) {
    const words = nearest(list, start, end);
    if (words !== undefined) found.set(component, words);
  }
  return found;
}

const BEFORE = 240;
const AFTER = 160;

function nearest(
  list: readonly { at: number; words: string }[],
  start: number,
  end: number,
): string | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.at ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const before = list[low - 1];
  if (before && before.at >= start - BEFORE) return before.words;
  const after = list[low];
  return after && after.at <= end + AFTER ? after.words : undefined;
}

function matchPhrases(memory: Memory, phrases: readonly ContextPhrase[], start: number): void {
  const { recent } = memory;
  for (const { words, components } of phrases) {
    const from = recent.length - words.length;
    if (from < 0) continue;
    if (!words.slice(0, -1).every((word, i) => recent[from + i]?.text === word)) continue;
    memory.topic = true;
    const text = words.join(" ").replace(/:$/, "");
    for (const component of components) note(memory.places, component, start, text);
  }
}

function note(places: Places, component: string, at: number, words: string): void {
  const list = places.get(component);
  if (list) list.push({ at, words });
  else places.set(component, [{ at, words }]);
}
