import { z } from "zod";

const text = z.string().trim().min(1, "this text is empty").max(4000);
const texts = z.array(text).max(40);
const own = z.array(z.string().trim().min(1).max(200)).max(60).optional();

/**
 * The prose of an entry in one language: the entry's tree with prose fields only, maps by id, lists without ids by
 * position. `aliases`, `questions` and `cues` are the language's own lists. `of` is the hash of the English prose that
 * was translated.
 */
export const overlaySchema = z.strictObject({
  of: z.string().optional(),
  title: text,
  aliases: z.strictObject({ names: own, phrases: own }).optional(),
  questions: own,
  summary: text,
  background: text.optional(),
  developers: text.optional(),
  codes: z.record(z.string(), z.strictObject({ label: text })).optional(),
  contexts: z
    .record(z.string(), z.strictObject({ title: text, cues: own, note: text.optional() }))
    .optional(),
  causes: z.record(z.string(), z.strictObject({ title: text, why: text, signs: texts.optional() })),
  steps: z.record(
    z.string(),
    z.strictObject({
      title: text,
      practice: text.optional(),
      do: texts.optional(),
      run: z.array(z.strictObject({ expect: text })).optional(),
      results: z
        .record(
          z.string(),
          z.strictObject({ title: text.max(75, "a result is a button: 75 characters at most") }),
        )
        .optional(),
      undo: text.optional(),
      warn: text.optional(),
      no_undo: text.optional(),
    }),
  ),
  verify: texts,
  escalate: z.strictObject({ when: text, attach: texts.optional() }),
  myths: z
    .record(z.string(), z.strictObject({ claim: text, correction: text, cues: own }))
    .optional(),
  related: z.record(z.string(), z.strictObject({ note: text })).optional(),
});

export type Overlay = z.infer<typeof overlaySchema>;
