import { parseProse, proseCode, proseFault } from "../prose.ts";
import type { Fault } from "./fault.ts";
import type { Placed } from "./texts.ts";

const WITH_MARKS = new Set(
  "summary background developers note why signs practice do expect undo warn no_undo verify when attach claim correction".split(
    " ",
  ),
);
const WITHOUT_MARKS = new Set(["title", "label"]);
const PLACEHOLDER = /(?<![\w%$\\-])[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+(?![\w-])/g;
const NO_PLACEHOLDER =
  /^(?:S-\d|UTF-\d|KB-?\d|MS-|WS-|X-|ISO-|RFC-|CVE-|SHA-\d|AES-|TLS-|RC4-|NT-|IPV)/;

/**
 * Checks the marks of every prose, that titles (they are buttons and headings) have none, and that every placeholder in a
 * command or in `code` is declared. `texts` are those of an entry or of an overlay.
 */
export function lintProse(texts: readonly Placed[], placeholders: ReadonlySet<string>): Fault[] {
  return texts.flatMap((placed) => [...marks(placed), ...undeclared(placed, placeholders)]);
}

/** The names of placeholders in a text: CAPITALS with a hyphen (YOUR-DOMAIN), SIDs and the like left out. */
export function placeholderNames(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)]
    .map((m) => m[0])
    .filter((name) => !NO_PLACEHOLDER.test(name));
}

function marks({ at, field, text }: Placed): Fault[] {
  if (WITH_MARKS.has(field)) {
    const fault = proseFault(text);
    return fault ? [{ at, text: fault }] : [];
  }
  if (!WITHOUT_MARKS.has(field) || parseProse(text).every((part) => typeof part === "string"))
    return [];
  return [{ at, text: "a title or label is shown plain: leave out ` and **" }];
}

function undeclared({ at, field, text }: Placed, declared: ReadonlySet<string>): Fault[] {
  const codes = field === "command" ? [text] : WITH_MARKS.has(field) ? proseCode(text) : [];
  const names = [...new Set(codes.flatMap(placeholderNames))].filter((name) => !declared.has(name));
  return names.map((name) => ({
    at,
    text: `the placeholder ${name} is not declared: add it to placeholders.yaml with meaning, find and example`,
  }));
}
