import { fold } from "./fold.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";
import type { Message } from "./message.ts";

/** How far back a report looks: 24 hours, 7 days, 30 days. */
export const PERIODS = ["day", "week", "month"] as const;

/** One of these. */
export type Period = (typeof PERIODS)[number];

/** What the helpdesk may ask beside errors. `about` is a code, a name or an entry's id, as written. */
export type Command =
  | { do: "report"; period: Period }
  | { do: "incidents" }
  | { do: "declare"; about: string; sentence: string }
  | { do: "end"; incident: string };

/** What begins a command, in the words of one language: data in knowledge/locales/<language>/commands.yaml. */
export type CommandWords = Record<
  "report" | Period | "incident" | "incident_end" | "incidents",
  readonly string[]
>;

const LONGEST = 700;
const FIRST_WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/u;
const DECLARED = /^(?<about>[^"“”«»]{1,100})["“”«](?<sentence>[^"“”«»]{3,300})["“”»]\s*$/u;

/**
 * The command that a whole text is, in any language; undefined for everything else. An incident needs its sentence in
 * quotes, so that a question which begins with "incident" stays a question.
 */
function readCommand(text: string, knowledge: Knowledge): Command | undefined {
  const whole = text.trim();
  if (whole.length > LONGEST || !beginsLikeOne(whole, knowledge)) return undefined;
  const words = knowledge.languages.map((language) => knowledge.commands(language));
  const said = fold(whole);
  const any = (key: keyof CommandWords) => words.flatMap((each) => each[key].map(fold));
  if (any("incidents").includes(said)) return { do: "incidents" };
  const id = /\bIN-\d{1,9}$/i.exec(whole)?.[0];
  if (id && any("incident_end").includes(fold(whole.slice(0, -id.length)))) {
    return { do: "end", incident: id.toUpperCase() };
  }
  for (const start of any("report").sort((a, b) => b.length - a.length)) {
    if (said === start) return { do: "report", period: "week" };
    const asked = said.startsWith(`${start} `) ? said.slice(start.length + 1) : undefined;
    const period = PERIODS.find((each) => asked !== undefined && any(each).includes(asked));
    if (period) return { do: "report", period };
  }
  return declared(whole, any("incident"));
}

const firsts = new WeakMap<Knowledge, ReadonlySet<string>>();

/** True when the first word is that of a command: nearly no message's is. */
function beginsLikeOne(text: string, knowledge: Knowledge): boolean {
  const known = firsts.get(knowledge) ?? firstWords(knowledge);
  firsts.set(knowledge, known);
  return known.has(fold(FIRST_WORD.exec(text.slice(0, 40))?.[0] ?? ""));
}

function firstWords(knowledge: Knowledge): ReadonlySet<string> {
  const words = knowledge.languages.map((language) => knowledge.commands(language));
  const starts = words.flatMap((each) => [
    ...each.report,
    ...each.incident,
    ...each.incident_end,
    ...each.incidents,
  ]);
  return new Set(starts.map((start) => fold(start).split(" ")[0] ?? ""));
}

/** The command of a message that is addressed to Hexdesk. */
export function commandOf(message: Message, knowledge: Knowledge): Command | undefined {
  const isSaid = message.addressed && !message.action && !message.timer && !message.lookup;
  return isSaid ? readCommand(message.text, knowledge) : undefined;
}

function declared(text: string, starts: readonly string[]): Command | undefined {
  const found = DECLARED.exec(text)?.groups;
  const { about = "", sentence = "" } = found ?? {};
  const said = fold(about);
  const start = starts
    .filter((each) => said.startsWith(`${each} `))
    .sort((a, b) => b.length - a.length)[0];
  if (start === undefined) return undefined;
  const rest = about.trim().split(/\s+/u).slice(start.split(" ").length).join(" ");
  return rest === "" ? undefined : { do: "declare", about: rest, sentence: sentence.trim() };
}
