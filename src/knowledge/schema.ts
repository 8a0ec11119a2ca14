import { z } from "zod";
import { LANGUAGES } from "./languages.ts";

const id = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "an id is lower case words with hyphens: no-path")
  .max(48);
const text = z.string().trim().min(1, "this text is empty").max(4000);
const line = z.string().trim().min(1, "this text is empty").max(200);
const texts = z.array(text).max(40);
const lines = z.array(line).max(60);
const date = z.string().regex(/^20\d\d-[01]\d-[0-3]\d$/, "a date is written 2026-11-21");
const hex = z
  .string()
  .regex(/^0x[0-9A-F]{8}$/, "a code is written 0x and 8 digits, capitals: 0x80070005");
const sources = z.array(z.string()).max(20).default([]);

/** Ids of entries, which are their file names too. */
export const ENTRY_ID =
  /^(?:0x[0-9A-F]{8}|win32-\d{1,5}|stop-0x[0-9A-F]{1,8}|aadsts-\d{3,7}|[a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/;

const family = z.enum([
  "hresult",
  "win32",
  "ntstatus",
  "bugcheck",
  "wininet",
  "msi",
  "ras",
  "other",
]);

const code = z.strictObject({
  value: hex,
  family,
  symbol: line,
  label: line.optional(),
  source: z.string().optional(),
});

const context = z.strictObject({
  id,
  title: line,
  cues: lines.default([]),
  causes: z.array(id).default([]),
  note: text.optional(),
  sources,
});

const cause = z.strictObject({
  id,
  likelihood: z.enum(["common", "possible", "rare"]),
  title: line,
  why: text,
  signs: texts.default([]),
  steps: z.array(id).min(1, "a cause needs at least one step").max(20),
  sources,
});

const run = z.strictObject({
  shell: z.enum(["cmd", "powershell", "windows-powershell"]),
  command: z.string().trim().min(1).max(2000),
  expect: text,
});

const result = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, "a result id is lower case words with hyphens")
    .max(48),
  title: z.string().trim().min(1).max(75, "a result is a button: 75 characters at most"),
  seen: z
    .array(z.string().trim().min(3, "too short to be recognised safely").max(200))
    .max(30)
    .default([]),
  next: z.string(),
});

const stepShape = {
  title: line,
  who: z.enum(["user", "helpdesk", "admin", "developer"]),
  practice: text.optional(),
  do: texts.default([]),
  run: z.array(run).max(8).default([]),
  otherwise: id.optional(),
  sources,
};

const step = z.discriminatedUnion("risk", [
  z.strictObject({
    ...stepShape,
    risk: z.literal("read-only"),
    results: z
      .array(result)
      .min(1, "a read-only step needs its own results: what the asker may see")
      .max(8),
  }),
  z.strictObject({
    ...stepShape,
    risk: z.literal("reversible"),
    undo: text.refine(
      (t) => !/^(?:not[- ]needed|none|no)\.?$/i.test(t),
      "say why no undo is needed",
    ),
    results: z.array(result).max(8).default([]),
  }),
  z.strictObject({
    ...stepShape,
    risk: z.literal("disruptive"),
    warn: text,
    no_undo: text,
    results: z.array(result).max(8).default([]),
  }),
]);

const myth = z.strictObject({
  id,
  claim: text,
  correction: text,
  danger: z.enum(["yes", "no"]).default("no"),
  cues: lines.default([]),
  sources,
});

const reference = z.strictObject({
  id,
  title: line.optional(),
  url: z
    .string()
    .regex(/^https:\/\/[a-z0-9.-]+(?:\/[^\s"'<>\\^`{|}]*)?$/i, "an address begins with https://")
    .optional(),
  /** Company entries only, for `own-experience`: who saw it, and when. */
  by: line.optional(),
  date: date.optional(),
});

const relation = z.enum(["same-event", "same-cause", "often-with", "confused-with"]);

/** An entry as it is written; all scalars are strings, absent lists are empty. */
export const entrySchema = z.strictObject({
  id: z
    .string()
    .regex(
      ENTRY_ID,
      "an id is 0x80070005, win32-1603, stop-0x7B, aadsts-50126 or words-with-hyphens",
    ),
  /** Company entries only: the language they are written in, English when absent. */
  language: z.enum(LANGUAGES).optional(),
  title: line,
  status: z.enum(["draft", "reviewed", "field-tested", "retired"]),
  reviewed: date,
  area: id,
  replaced_by: z.string().regex(ENTRY_ID).optional(),
  codes: z.array(code).max(30).default([]),
  aliases: z
    .strictObject({ names: lines.default([]), phrases: lines.default([]) })
    .default({ names: [], phrases: [] }),
  questions: lines.default([]),
  summary: text,
  background: text.optional(),
  developers: text.optional(),
  contexts: z.array(context).max(12).default([]),
  causes: z.array(cause).min(1, "an entry needs at least one cause").max(20),
  steps: z.record(id, step),
  verify: texts.min(1, "say how to know that the problem is gone"),
  escalate: z.strictObject({ when: text, attach: texts.default([]) }),
  myths: z.array(myth).max(30).default([]),
  related: z
    .array(z.strictObject({ code: hex, relation, note: text.optional() }))
    .max(30)
    .default([]),
  references: z.array(reference).max(60).default([]),
});

/** A company's additions to a built-in entry: causes before and after, steps, a note, and ids to leave out. */
export const extensionSchema = z.strictObject({
  extends: z.string().regex(ENTRY_ID),
  language: z.enum(LANGUAGES).optional(),
  note: text.optional(),
  before: z.array(cause).max(20).default([]),
  after: z.array(cause).max(20).default([]),
  steps: z.record(id, step).default({}),
  references: z.array(reference).max(20).default([]),
  hide: z.array(id).max(40).default([]),
});

export type RawEntry = z.infer<typeof entrySchema>;
export type RawStep = z.infer<typeof step>;
export type RawExtension = z.infer<typeof extensionSchema>;
