import { buildEntry } from "./build-entry.ts";
import { check } from "./complaint.ts";
import type { Entry } from "./entry.ts";
import type { Problem } from "./error.ts";
import { type LintContext, lintEntry } from "./lint.ts";
import { proseOf } from "./prose-tree.ts";
import { entrySchema } from "./schema.ts";
import { readYaml } from "./yaml.ts";

/** An entry that somebody writes: what is wrong with it, and how it would look as far as it can be read. */
export type Tried = { problems: Problem[]; entry?: Entry };

/** Makes the check of one entry's text, by the rules for a company's entries, without touching what is loaded. */
export function entryTrial(
  context: LintContext,
  fill: (text: string) => string,
): (text: string) => Tried {
  const company: LintContext = { ...context, room: "company" };
  return (text) => {
    const { doc, problems } = readYaml("entry.yaml", new TextEncoder().encode(text));
    if (!doc) return { problems };
    const { value: raw, problems: mistakes } = check(doc, entrySchema);
    if (!raw) return { problems: [...problems, ...mistakes] };
    const language = raw.language ?? "en";
    const faults = lintEntry(raw, language, company).map(({ at, text: fault }) => ({
      file: doc.file,
      line: doc.line(at),
      text: fault,
    }));
    const prose = proseOf(raw);
    const entry = buildEntry(raw, { prose, language, all: [prose], fill });
    return { problems: [...problems, ...mistakes, ...faults], entry };
  };
}
