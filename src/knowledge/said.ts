import { CAPS } from "./thresholds.ts";
import type { Words } from "./words.ts";

const QUOTED = /["“«]([^"”»\n]{8,200})["”»]/g;
const CLAUSE = /^[^.!?;\n]{0,300}?(?=[.!?;](?:\s|$)|\n|$)/;

/**
 * What a person says that a program says, in their words: the quoted passages of more than one word; without any, what follows
 * "it says", "complains that" and the like to the end of the clause. Empty where nothing is reported.
 */
export function saidIn(whole: string, { says, turns }: Words): string {
  const text = whole.slice(0, CAPS.text);
  const quoted = [...text.matchAll(QUOTED)].map(([, words = ""]) => words.trim());
  const passages = quoted.filter((words) => words.includes(" "));
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
