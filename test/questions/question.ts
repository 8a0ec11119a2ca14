import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const expected = z.strictObject({
  code: z.string().regex(/^0x[0-9A-F]{8}$/),
  symbol: z.string(),
  family: z.enum(["hresult", "win32", "ntstatus", "bugcheck", "wininet", "msi", "ras", "other"]),
});

const schema = z.strictObject({
  id: z.string(),
  lang: z.enum(["en", "es"]),
  kind: z.enum([
    "sentence",
    "bare",
    "mangled",
    "decimal",
    "symbol",
    "log",
    "several",
    "follow-up",
    "symptom",
    "unknown",
    "nothing",
  ]),
  text: z.string().min(1),
  surface: z.enum(["dm", "slash"]).default("dm"),
  thread: z.array(z.strictObject({ role: z.literal("user"), text: z.string() })).default([]),
  expect: z.array(expected),
  match: z.enum(["any", "all"]),
  reason: z.string().min(1),
});

/** A code that is a right answer. */
export type Expected = z.infer<typeof expected>;

/**
 * One question and its right answers: `any` of them, or `all`. A question of kind `unknown` holds a code that no table
 * knows, one of kind `nothing` is no Windows error; neither has an answer.
 */
export type Question = z.infer<typeof schema>;

/** The questions of both languages; throws ZodError when a line has another shape. */
export function readQuestions(): Question[] {
  return ["en", "es"].flatMap((language) =>
    lines(`${language}.jsonl`).map((line) => schema.parse(JSON.parse(line))),
  );
}

/** Ordinary channel talk, one message a line; a backslash and an n stand for a line break. */
export function readChatter(): string[] {
  return lines("chatter.txt").map((line) => line.replaceAll("\\n", "\n"));
}

function lines(name: string): string[] {
  return readFileSync(join(import.meta.dirname, name), "utf8")
    .split("\n")
    .filter(Boolean);
}
