import { z } from "zod";

/** The words of a post without Slack's markup, and the people (other than the bot) and whether the bot it mentions. */
export type Plain = { text: string; mentions: string[]; mentionsBot: boolean };

const element = z.object({
  type: z.string(),
  text: z.string().optional(),
  url: z.string().optional(),
  user_id: z.string().optional(),
  name: z.string().optional(),
  unicode: z.string().optional(),
  fallback: z.string().optional(),
  style: z.object({ code: z.boolean().optional() }).optional(),
});
const part = z.object({
  type: z.string(),
  elements: z.array(z.unknown()),
  style: z.unknown().optional(),
});
const richText = z.object({ type: z.literal("rich_text"), elements: z.array(part) });
const post = z.object({
  text: z.string().nullish(),
  blocks: z.array(z.unknown()).nullish(),
  attachments: z
    .array(
      z.object({
        text: z.string().nullish(),
        is_share: z.boolean().nullish(),
        is_msg_unfurl: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

/**
 * Reads a post: from its rich text where the client sent that (code stays fenced, quotes keep their mark), else from its mrkdwn text; forwarded messages follow. Entities are decoded, mentions taken out, links reduced to their label and,
 * where it says something else, the address in brackets.
 */
export function plainText(raw: unknown, botUserId: string): Plain {
  const parsed = post.safeParse(raw);
  if (!parsed.success) return { text: "", mentions: [], mentionsBot: false };
  const seen = new Set<string>();
  const { text, blocks, attachments } = parsed.data;
  const rich = z
    .array(richText)
    .min(1)
    .safeParse(blocks ?? []);
  const own = rich.success
    ? rich.data.flatMap((block) => block.elements.map((p) => partText(p, seen))).join("\n")
    : mrkdwnText(text ?? "", seen);
  const forwarded = (attachments ?? [])
    .filter((a) => a.is_share || a.is_msg_unfurl)
    .map((a) => mrkdwnText(a.text ?? "", new Set()));
  const mentionsBot = seen.delete(botUserId);
  return {
    text: [own, ...forwarded].join("\n").trim(),
    mentions: [...seen],
    mentionsBot,
  };
}

function partText(raw: z.infer<typeof part>, seen: Set<string>): string {
  const inner = raw.elements.map((item) => {
    const nested = part.safeParse(item);
    return nested.success ? partText(nested.data, seen) : elementText(item, seen);
  });
  if (raw.type === "rich_text_preformatted") return `\`\`\`\n${inner.join("")}\n\`\`\``;
  if (raw.type === "rich_text_quote") return inner.join("").replace(/^/gm, "> ");
  if (raw.type !== "rich_text_list") return inner.join("");
  return inner
    .map((item, i) => `${raw.style === "ordered" ? `${i + 1}.` : "-"} ${item}`)
    .join("\n");
}

function elementText(raw: unknown, seen: Set<string>): string {
  const parsed = element.safeParse(raw);
  if (!parsed.success) return "";
  const { type, text, url, user_id, name, unicode, fallback, style } = parsed.data;
  switch (type) {
    case "text":
      return style?.code && text ? `\`${text}\`` : (text ?? "");
    case "link":
      return linkText(url ?? "", text);
    case "user":
      if (user_id) seen.add(user_id);
      return "";
    case "emoji":
      return unicode ? fromUnicode(unicode) : `:${name ?? ""}:`;
    case "date":
      return fallback ?? "";
    default:
      return "";
  }
}

function mrkdwnText(text: string, seen: Set<string>): string {
  return text
    .replace(/<([@#!][^<>]*|(?:https?:|mailto:|tel:)[^<>]*)>/g, (_, token: string) => {
      const bar = token.indexOf("|");
      const target = bar < 0 ? token : token.slice(0, bar);
      const label = bar < 0 ? undefined : token.slice(bar + 1);
      if (target.startsWith("@")) {
        seen.add(target.slice(1));
        return "";
      }
      if (target.startsWith("#")) return label ? `#${label}` : "";
      if (target.startsWith("!date^")) return label ?? "";
      if (target.startsWith("!")) return "";
      return linkText(target, label);
    })
    .replace(/&(lt|gt|amp);/g, (_, name: string) => ENTITIES[name] ?? "");
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&" };

function linkText(url: string, label: string | undefined): string {
  if (!label) return url.replace(/^(mailto|tel):/, "");
  return /^https?:/.test(url) && !url.includes(label) ? `${label} (${url})` : label;
}

function fromUnicode(hex: string): string {
  const points = hex.split("-").map((point) => Number.parseInt(point, 16));
  return points.every((point) => point > 0 && point <= 0x10ffff)
    ? String.fromCodePoint(...points)
    : "";
}
