import type { WordRole } from "./codes/cues.ts";
import { fold } from "./fold.ts";
import { isDenied } from "./follow-up.ts";
import type { Found, Knowledge } from "./knowledge/knowledge.ts";

const LONGEST_TEXT = 16_000;

/**
 * So many words of a question, but for those like "error", must fit where it names another program or system: "nginx: bad
 * gateway" is no Windows Update.
 */
const LEAST = { elsewhere: 3, systems: 4 };

/**
 * What a text is about instead of Windows: another operating system or another program, where few of its words are what was
 * found. Undefined when it names something that belongs to Windows, when what was found is about that system as well, and when
 * the system is only compared with ("it works on my Mac").
 */
export function otherThanWindows(
  text: string,
  found: Found,
  knowledge: Knowledge,
): "systems" | "elsewhere" | undefined {
  const { words, ours } = knowledge.catalog.cues;
  const has = (role: WordRole) => (word: string) => words.get(word)?.roles.has(role) === true;
  const plain = ` ${fold(text.slice(0, LONGEST_TEXT))} `;
  if (ours.some((phrase) => plain.includes(` ${phrase} `))) return undefined;
  const matched = new Set(found.words.flatMap((word) => fold(word).split(" ")));
  const telling = found.words.filter((word) => !has("cues")(fold(word))).length;
  const systems = clausesOf(text.slice(0, LONGEST_TEXT), has("parts"))
    .filter((clause) => isDenied(clause, knowledge) || !clause.split(" ").some(has("well")))
    .flatMap((clause) => clause.split(" ").filter(has("systems")));
  if (systems.length > 0 && !systems.some((word) => matched.has(word))) {
    return telling < LEAST.systems ? "systems" : undefined;
  }
  const isOther = plain.split(" ").some(has("elsewhere"));
  return isOther && telling < LEAST.elsewhere ? "elsewhere" : undefined;
}

/** A text's clauses, folded: parted at its marks and at words such as "but". */
function clausesOf(text: string, isPart: (word: string) => boolean): string[] {
  return text.split(/[.,;:!?()\n]/u).flatMap((piece) => {
    const clauses: string[][] = [[]];
    for (const word of fold(piece).split(" ")) {
      if (isPart(word)) clauses.push([]);
      else clauses.at(-1)?.push(word);
    }
    return clauses.map((words) => words.join(" "));
  });
}
