import { z } from "zod";

const text = z.string().min(1).max(4_001);
const label = z.string().min(1).max(80);
const https = z
  .string()
  .regex(/^https:/i)
  .max(2_000);
const look = {
  tooltip: z.string().min(31).max(80).optional(),
  mode: z.literal("secondary").optional(),
  style: z.enum(["positive", "destructive"]).optional(),
};
const common = {
  separator: z.literal(true).optional(),
  spacing: z.enum(["None", "Small"]).optional(),
};

const openUrl = z.strictObject({
  type: z.literal("Action.OpenUrl"),
  title: label,
  url: https,
  ...look,
});
const submit = z.strictObject({
  type: z.literal("Action.Submit"),
  title: label,
  data: z.strictObject({ hexdesk: z.object({ v: z.literal(1) }), thread: z.string().optional() }),
  ...look,
});
const execute = submit.extend({
  type: z.literal("Action.Execute"),
  verb: z.string().min(1).max(20),
  fallback: submit,
});
const toggle = z.strictObject({
  type: z.literal("Action.ToggleVisibility"),
  title: label,
  targetElements: z.array(z.string()).length(1),
});
const actionSet = z.strictObject({
  type: z.literal("ActionSet"),
  ...common,
  actions: z
    .array(z.discriminatedUnion("type", [openUrl, submit, execute, toggle]))
    .min(1)
    .refine((all) => all.filter((a) => !("mode" in a && a.mode)).length <= 6, "over six primary"),
});
const run = z.strictObject({
  type: z.literal("TextRun"),
  text,
  weight: z.literal("Bolder").optional(),
  fontType: z.literal("Monospace").optional(),
  isSubtle: z.boolean().optional(),
  size: z.literal("Small").optional(),
  selectAction: openUrl.pick({ type: true, url: true }).strict().optional(),
});
const richText = z.strictObject({
  type: z.literal("RichTextBlock"),
  ...common,
  inlines: z.array(run).min(1),
});
const heading = z.strictObject({
  type: z.literal("TextBlock"),
  ...common,
  text: z.string().min(1).max(402),
  wrap: z.literal(true),
  style: z.literal("heading"),
  weight: z.literal("Bolder"),
  size: z.literal("Medium"),
});
const container: z.ZodType = z.lazy(() =>
  z.strictObject({
    type: z.literal("Container"),
    ...common,
    items: z.array(element).min(1),
    style: z.enum(["emphasis", "accent", "warning", "attention"]).optional(),
    id: z.string().min(1).optional(),
    isVisible: z.literal(false).optional(),
  }),
);
const code = z.strictObject({
  type: z.literal("CodeBlock"),
  ...common,
  codeSnippet: z.string().min(1).max(4_000),
  language: z.enum(["PowerShell", "Dos", "PlainText"]),
  fallback: container,
});
const element: z.ZodType = z.lazy(() => z.union([richText, heading, container, code, actionSet]));

/** The part of Adaptive Cards 1.5 that the renderer may emit, and nothing else; every toggle must have its target. */
export const adaptiveSubset = z
  .strictObject({
    type: z.literal("AdaptiveCard"),
    $schema: z.literal("http://adaptivecards.io/schemas/adaptive-card.json"),
    version: z.literal("1.5"),
    lang: z.enum(["en", "es"]),
    speak: z.string().max(800),
    body: z.array(element),
  })
  .refine((card) => {
    const json = JSON.stringify(card);
    const ids = [...json.matchAll(/"id":"([^"]+)","isVisible":false/g)].map((hit) => hit[1]);
    const targets = [...json.matchAll(/"targetElements":\["([^"]+)"\]/g)].map((hit) => hit[1]);
    return new Set(ids).size === ids.length && targets.sort().join() === ids.sort().join();
  }, "a toggle without its target");
