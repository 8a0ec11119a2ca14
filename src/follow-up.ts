import { fold } from "./fold.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";

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
  | "done"
  | "okay"
  | "wait"
  | "explain"
  | "not_mine"
  | "send"
  | "not_send"
  | "useful"
  | "not_useful"
  | "yes"
  | "no";

/** A word group that says an act; `order` is small for long groups. */
type Group = { act: FollowUp; words: string[]; order: number };
type Talk = {
  /** By first word. */
  groups: ReadonlyMap<string, readonly Group[]>;
  fillers: ReadonlySet<string>;
  negations: ReadonlySet<string>;
};

const LONGEST = 400;
const MOST_WORDS = 16;
/** What a question can ask for; "did it work?" reports nothing. */
const ASKED: ReadonlySet<FollowUp> = new Set([
  "next",
  "person",
  "help",
  "repeat",
  "explain",
  "greeting",
  "okay",
]);
/** What "not" turns into its opposite. */
const OPPOSITE: Partial<Record<FollowUp, FollowUp>> = {
  worked: "failed",
  resolved: "unresolved",
  yes: "no",
};
/** Said beside anything else: they decide only when nothing else was said; of several of them the later one here. */
const WEAK: readonly FollowUp[] = ["okay", "thanks", "greeting", "no", "yes", "done"];

const talks = new WeakMap<Knowledge, Talk>();

/**
 * The act that a short text says, clause by clause. A word group counts only where it is nearly all of its clause: what
 * stands beside it must be filler. "Not" turns success into failure and makes anything else unclear; a question reports no
 * result. Undefined when the text says something else.
 */
export function readFollowUp(text: string, knowledge: Knowledge): FollowUp | undefined {
  if (text.length > LONGEST) return undefined;
  const talk = talkOf(knowledge);
  const acts = (text.match(/[^.,;:!?¡¿\n]+[?]?/gu) ?? []).map((clause) => readClause(clause, talk));
  if (acts.some((act) => act === "other")) return undefined;
  const said = acts.filter((act) => act !== undefined && act !== "other");
  return said.toSorted((a, b) => weightOf(b) - weightOf(a))[0];
}

/** The place, from 1, that a text names and nothing else: "2", "the second one", "opción 2". */
export function readOrdinal(text: string, knowledge: Knowledge): number | undefined {
  const ordinals = knowledge.languages.map((language) => knowledge.locale(language).ordinals);
  const fillers = talkOf(knowledge).fillers;
  const words = fold(text.slice(0, 60))
    .split(" ")
    .filter((word) => word !== "" && !fillers.has(word));
  const [word] = words;
  if (words.length !== 1 || word === undefined) return undefined;
  if (/^\d{1,2}$/.test(word)) return Number(word) || undefined;
  const place = ordinals
    .map((list) => list.findIndex((forms) => forms.split(" ").includes(word)))
    .find((i) => i >= 0);
  return place === undefined ? undefined : place + 1;
}

/** True when a text holds a word that denies, in any language. */
export function isDenied(text: string, knowledge: Knowledge): boolean {
  const { negations } = talkOf(knowledge);
  return fold(text)
    .split(" ")
    .some((word) => negations.has(word));
}

function talkOf(knowledge: Knowledge): Talk {
  const talk = talks.get(knowledge) ?? readTalk(knowledge);
  talks.set(knowledge, talk);
  return talk;
}

function readTalk(knowledge: Knowledge): Talk {
  const locales = knowledge.languages.map((language) => knowledge.locale(language));
  const fillers = new Set(locales.flatMap((locale) => locale.fillers.map(fold)));
  const groups = locales
    .flatMap((locale) => Object.entries(locale.followUps))
    .flatMap(([act, texts]) =>
      texts.map((text) => ({ act: act as FollowUp, words: fold(text).split(" ") })),
    )
    .sort((a, b) => b.words.length - a.words.length || weightOf(b.act) - weightOf(a.act))
    .map((group, order) => ({ ...group, order }));
  return {
    groups: Map.groupBy(groups, ({ words }) => words[0] ?? ""),
    fillers,
    negations: new Set(locales.flatMap((locale) => locale.negations.map(fold))),
  };
}

/** How much an act says beside others: the strong ones all the same, the first of them counts. */
function weightOf(act: FollowUp): number {
  const weak = WEAK.indexOf(act);
  return weak < 0 ? WEAK.length : weak;
}

/** What one clause says: an act, nothing (fillers only), or something else. */
function readClause(clause: string, talk: Talk): FollowUp | "other" | undefined {
  const words = fold(clause)
    .split(" ")
    .filter((word) => word !== "");
  if (words.length > MOST_WORDS) return "other";
  const asks = clause.trimEnd().endsWith("?");
  const groups = [...new Set(words)].flatMap((word) => talk.groups.get(word) ?? []);
  for (const { act, words: group } of groups.sort((a, b) => a.order - b.order)) {
    const at = indexOfGroup(words, group);
    if (at < 0) continue;
    const beside = [...words.slice(0, at), ...words.slice(at + group.length)];
    const denied =
      beside.some((word) => talk.negations.has(word)) &&
      !group.some((word) => talk.negations.has(word));
    const others = beside.filter((word) => !talk.fillers.has(word) && !talk.negations.has(word));
    if (others.length > 0) continue;
    if (asks && !ASKED.has(act)) return "other";
    return denied ? (OPPOSITE[act] ?? "other") : act;
  }
  return words.every((word) => talk.fillers.has(word)) ? undefined : "other";
}

function indexOfGroup(words: readonly string[], group: readonly string[]): number {
  return words.findIndex((_, at) => group.every((word, i) => words[at + i] === word));
}
