import type { z } from "zod";
import type { Problem } from "./error.ts";
import type { Doc } from "./yaml.ts";

/**
 * Parses a document with a schema; a mismatch becomes problems in an author's words, with the line of each. `list` is the
 * file that says which fields there are.
 */
export function check<T>(
  doc: Doc,
  schema: z.ZodType<T>,
  list = "knowledge/README.md",
): { value?: T; problems: Problem[] } {
  const parsed = schema.safeParse(doc.value);
  if (parsed.success) return { value: parsed.data, problems: [] };
  return { problems: parsed.error.issues.flatMap((issue) => complaints(doc, issue, list)) };
}

function complaints(doc: Doc, issue: z.core.$ZodIssue, list: string): Problem[] {
  const at = (path: readonly PropertyKey[], text: string): Problem => ({
    file: doc.file,
    line: doc.line(path),
    text: `${placeName(path)}${text}`,
  });
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => at([...issue.path, key], unknownField(key, list)));
    case "invalid_key":
      return [
        at(
          issue.path,
          `not a good id: ${issue.issues[0]?.message ?? "lower case words with hyphens"}`,
        ),
      ];
    case "invalid_union":
      return issue.errors.length === 0
        ? [at([...issue.path, "risk"], "`risk` is read-only, reversible or disruptive")]
        : issue.errors
            .flat()
            .flatMap((inner) =>
              complaints(doc, { ...inner, path: [...issue.path, ...inner.path] }, list),
            );
    case "invalid_value":
      return [
        at(
          issue.path,
          `must be ${issue.values
            .map(String)
            .join(", ")
            .replace(/, ([^,]*)$/, " or $1")}`,
        ),
      ];
    case "invalid_type":
      return [at(issue.path, wrongType(issue.expected, valueAt(doc.value, issue.path)))];
    case "too_big":
      return [
        at(
          issue.path,
          issue.message.startsWith("Too big")
            ? `too long: ${issue.maximum} is the most`
            : issue.message,
        ),
      ];
    case "too_small":
      return [
        at(
          issue.path,
          issue.message.startsWith("Too small")
            ? `too short: ${issue.minimum} is the least`
            : issue.message,
        ),
      ];
    default:
      return [at(issue.path, issue.message)];
  }
}

function wrongType(expected: string, value: unknown): string {
  if (value === undefined) return "is missing";
  if (expected === "string" && typeof value === "object" && !Array.isArray(value))
    return "this text became a field because of a colon followed by a blank: put the whole text in double quotes";
  if (expected === "string")
    return "one text is expected here and this is a list: does the text begin with [ or - ? Put it in double quotes";
  if (expected === "array" && value === "")
    return "is empty: give it a list, each item on a line with `- `, or leave the field out";
  if (expected === "array")
    return "a list is expected here: each item on its own line, beginning with `- `";
  return "fields are expected here, each on its own line as `name: text`";
}

function unknownField(key: string, list: string): string {
  if (/\s/.test(key))
    return "is a text that became a field because of its colon: put the whole text in double quotes";
  return `is no field that is known here (see ${list} for the list): remove it or mend its spelling`;
}

function placeName(path: readonly PropertyKey[]): string {
  const name = path
    .map((part) => (typeof part === "number" ? `[${part + 1}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
  return name === "" ? "" : `\`${name}\` `;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const part of path)
    at = typeof at === "object" && at !== null ? Reflect.get(at, part) : undefined;
  return at;
}
