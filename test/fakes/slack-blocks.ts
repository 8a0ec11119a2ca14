import { z } from "zod";

const id = z.string().min(1).max(255);
const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/[<>]/g, "&lt;").length;
const length = (max: number) =>
  z
    .string()
    .min(1)
    .refine((text) => escaped(text) <= max, `longer than ${max} characters`);

const plainText = (max: number) =>
  z.strictObject({
    type: z.literal("plain_text"),
    text: length(max),
    emoji: z.boolean().optional(),
  });
const mrkdwn = z.strictObject({
  type: z.literal("mrkdwn"),
  text: z.string().min(1).max(3000).refine(isInert, "an unescaped mention"),
  verbatim: z.boolean().optional(),
});
const webAddress = z
  .string()
  .max(3000)
  .regex(/^https?:\/\/\S+$/);

const style = z
  .strictObject({ bold: z.boolean().optional(), code: z.boolean().optional() })
  .optional();
const richElement = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string().min(1).max(3000), style }),
  z.strictObject({ type: z.literal("link"), url: webAddress, text: z.string().min(1), style }),
  z.strictObject({ type: z.literal("usergroup"), usergroup_id: z.string().regex(/^S[A-Z0-9]+$/) }),
  z.strictObject({ type: z.literal("user"), user_id: z.string().regex(/^[UW][A-Z0-9]+$/) }),
  z.strictObject({ type: z.literal("emoji"), name: z.string().regex(/^[a-z0-9_+-]+$/) }),
]);
const richSection = z.strictObject({
  type: z.literal("rich_text_section"),
  elements: z.array(richElement).min(1),
});
const richPart = z.discriminatedUnion("type", [
  richSection,
  z.strictObject({
    type: z.literal("rich_text_list"),
    style: z.enum(["bullet", "ordered"]),
    elements: z.array(richSection).min(1),
  }),
  z.strictObject({ type: z.literal("rich_text_quote"), elements: z.array(richElement).min(1) }),
  z.strictObject({
    type: z.literal("rich_text_preformatted"),
    elements: z.array(richElement).min(1),
  }),
]);

const button = z
  .strictObject({
    type: z.literal("button"),
    action_id: id,
    text: plainText(75),
    value: z.string().max(2000).optional(),
    url: webAddress.optional(),
    style: z.enum(["primary", "danger"]).optional(),
  })
  .refine((b) => b.value !== undefined || b.url !== undefined, "a button that does nothing");
const thumb = z.strictObject({
  text: plainText(75),
  accessibility_label: z.string().max(75).optional(),
  value: z.string().min(1).max(2000),
});

const block = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("header"), block_id: id, text: plainText(150) }),
  z.strictObject({ type: z.literal("divider"), block_id: id }),
  z.strictObject({
    type: z.literal("context"),
    block_id: id,
    elements: z
      .array(z.union([plainText(3000), mrkdwn]))
      .min(1)
      .max(10),
  }),
  z.strictObject({
    type: z.literal("actions"),
    block_id: id,
    elements: z.array(button).min(1).max(25),
  }),
  z.strictObject({
    type: z.literal("context_actions"),
    block_id: id,
    elements: z
      .array(
        z.strictObject({
          type: z.literal("feedback_buttons"),
          action_id: id,
          positive_button: thumb,
          negative_button: thumb,
        }),
      )
      .min(1)
      .max(5),
  }),
  z.strictObject({
    type: z.literal("rich_text"),
    block_id: id,
    elements: z.array(richPart).min(1),
  }),
]);

const blocks = z.array(block).min(1).max(50);

/**
 * What Slack would say against a message: the first faults, as `path: reason`; empty when it would be taken. Covers the
 * blocks that the renderer uses and the rules across them (counts, unique ids, sum of text; facts of November 2026).
 */
export function blockFaults(message: { text?: unknown; blocks?: unknown }): string[] {
  const text = typeof message.text === "string" ? message.text : "";
  const own = [
    ...(text.trim() === "" ? ["text: missing"] : []),
    ...(text.length > 40_000 ? ["text: too long"] : []),
    ...(isInert(text) ? [] : ["text: an unescaped mention"]),
  ];
  if (message.blocks === undefined) return own;
  const parsed = blocks.safeParse(message.blocks);
  if (!parsed.success) {
    return [...own, ...parsed.error.issues.map((i) => `/blocks/${i.path.join("/")}: ${i.message}`)];
  }
  const blockIds = parsed.data.map((b) => b.block_id);
  const actionIds = parsed.data.flatMap((b) =>
    b.type === "actions" || b.type === "context_actions" ? b.elements.map((e) => e.action_id) : [],
  );
  return [
    ...own,
    ...(new Set(blockIds).size < blockIds.length ? ["/blocks: block_id used twice"] : []),
    ...(new Set(actionIds).size < actionIds.length ? ["/blocks: action_id used twice"] : []),
    ...(textLength(parsed.data) > 12_000 ? ["/blocks: msg_blocks_too_long"] : []),
  ];
}

/** Every text of a message's blocks, for searching. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "text" && typeof inner === "string" ? [inner] : textsOf(inner),
  );
}

/** Characters of all texts as Slack gets them, addresses of links apart: what it escapes itself counts escaped. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum, inner) => sum + textLength(inner), 0);
  if (typeof value !== "object" || value === null) return 0;
  const { type, text, ...rest } = value as Record<string, unknown>;
  const inner = Object.values(rest).reduce<number>((sum, part) => sum + textLength(part), 0);
  if (typeof text !== "string") return inner + textLength(text);
  const shown = text.replace(/<https?:[^<>|\s]+\|/g, "<");
  return inner + (type === "mrkdwn" ? shown.length : escaped(text));
}

/** In mrkdwn only `<http…|label>` may stand in angle brackets; every other one has to be an entity. */
function isInert(text: string): boolean {
  return !/[<>]/.test(text.replace(/<https?:\/\/[^<>|\s]+(\|[^<>]*)?>/g, ""));
}
