import { z } from "zod";
import type { Language } from "../language.ts";
import { placeholderNames } from "./lint/prose.ts";

const text = z.string().trim().min(1).max(300);

/** placeholders.yaml: NAME in CAPITALS with a hyphen -> what it means, how to find it, an example. */
export const placeholdersSchema = z.record(
  z
    .string()
    .regex(
      /^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+$/,
      "a placeholder is CAPITALS with a hyphen: YOUR-DOMAIN",
    ),
  z.strictObject({ meaning: text, find: text, example: text }),
);

/** The translation of placeholders.yaml: the same names; an example may stay as it is. */
export const placeholderOverlaySchema = z.record(
  z.string(),
  z.strictObject({ meaning: text, find: text, example: text.optional() }),
);

/** company.yaml: how the helpdesk is reached, and values of placeholders for everybody, safe to stand in a command. */
export const companySchema = z.strictObject({
  telephone: z.string().trim().min(3).max(120).optional(),
  portal: z
    .url({ protocol: /^https?$/, error: "is not an address like https://help.example.com" })
    .optional(),
  placeholders: z
    .record(
      z.string(),
      z
        .string()
        .trim()
        .regex(
          /^[\p{L}\p{N} .,:@/\\_+()-]{1,120}$/u,
          "letters, digits, blanks and . , : @ / \\ _ + ( ) - only",
        ),
    )
    .default({}),
});

export type Placeholder = { name: string; meaning: string; find: string; example: string };
export type Placeholders = Record<Language, ReadonlyMap<string, Placeholder>>;

/** Puts the company's values in place of its placeholders. */
export function filler(values: Readonly<Record<string, string>>): (text: string) => string {
  const names = Object.keys(values);
  if (names.length === 0) return (text) => text;
  const known = new RegExp(`(?<![\\w-])(?:${names.join("|")})(?![\\w-])`, "g");
  return (text) => text.replace(known, (name) => values[name] ?? name);
}

/** The placeholders that stand in a text, in order, each once. */
export function placeholdersIn(
  text: string,
  declared: ReadonlyMap<string, Placeholder>,
): Placeholder[] {
  return [...new Set(placeholderNames(text))].flatMap((name) => declared.get(name) ?? []);
}
