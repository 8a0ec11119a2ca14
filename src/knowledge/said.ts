import { CAPS } from "./thresholds.ts";
import type { Words } from "./words.ts";

/** A letter or a digit beside a mark makes it no quote: 24" is a size. */
const QUOTED = /(?<![\p{L}\p{N}])["“«](?=\S)([^"“”«»\n]{1,200})["”»](?![\p{L}\p{N}])/gu;
const SHORTEST = 8;
/** Characters before a word such as "says" in which its speaker stands. */
const SPEAKER = 60;
const CLAUSE = /^[^.!?;\n]{0,300}?(?=[.!?;](?:\s|$)|\n|$)/;

/**
 * What a person says that a program says, in their words: the quoted passages of more than one word; without any, what follows
 * "it says", "complains that" and the like to the end of the clause. Empty where nothing is reported.
 */
export function saidIn(whole: string, { says, turns }: Words): string {
  const text = whole.slice(0, CAPS.text);
  const quoted = [...text.matchAll(QUOTED)].map(([, words = ""]) => words.trim());
  const passages = quoted.filter((words) => words.length >= SHORTEST && words.includes(" "));
  if (passages.length > 0) return passages.join("\n");
  return [...text.matchAll(says)]
    .map((report) => {
      const rest = text.slice(report.index + report[0].length);
      const clause = CLAUSE.exec(rest)?.[0] ?? "";
      const turn = clause.search(turns);
      return turn < 0 ? clause : clause.slice(0, turn);
    })
    .join("\n");
}

/** True where people speak and no program does: "my boss said that …", but not "she says that it says …". */
export function isPeopleTalk(whole: string, { says, talks, reasons, people }: Words): boolean {
  const text = whole.slice(0, CAPS.text);
  const told = [...text.matchAll(says)].filter(([word]) => !reasons.has(word.toLowerCase()));
  const isPerson = (at: number) => people.test(text.slice(Math.max(0, at - SPEAKER), at));
  const isTalk = told.length > 0 || text.search(talks) >= 0;
  return isTalk && told.every(({ index }) => isPerson(index));
}
