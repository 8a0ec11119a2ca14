import { plainText } from "./inert.ts";

/** A mention inside a message: the literal text that stands for it, and who is meant. */
export type Mention = { id: string; text: string };

/**
 * What a person wrote: mentions of the bot removed, other mentions reduced to their names, entities decoded once. Line
 * breaks stay, because a pasted log needs them.
 */
export function readText(text: string, mentions: Mention[], botId: string): string {
  const own = new Set(mentions.filter(({ id }) => id === botId).map((mention) => mention.text));
  let rest = text;
  for (const mention of [...own].filter((word) => word !== "").slice(0, MOST_NAMES)) {
    rest = rest.replaceAll(mention, " ");
  }
  return tidy(decodeEntities(rest.replace(/<\/?at\b[^<>]{0,100}>/gi, "")));
}

const MOST_NAMES = 20;

/** The text of a message that Teams hands over as HTML: block ends become line breaks, tags go. */
export function htmlToText(html: string): string {
  const broken = html.replace(/<(?:br|\/p|\/div|\/li|\/tr|\/pre|\/h[1-6])\b[^<>]{0,100}>/gi, "\n");
  return tidy(decodeEntities(stripTags(broken)));
}

/** Takes out `<…>` in one pass; a `<` that starts no tag stays. */
function stripTags(html: string): string {
  let out = "";
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open < 0) break;
    out += html.slice(at, open);
    const isTag = /[a-z/!]/i.test(html.charAt(open + 1));
    const close = isTag ? html.indexOf(">", open) : -1;
    if (isTag && close < 0) return out;
    if (!isTag) out += "<";
    at = isTag ? close + 1 : open + 1;
  }
  return out + html.slice(at);
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi,
    (whole, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
      if (name) return ENTITIES[name.toLowerCase()] ?? whole;
      const point = decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}

const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

function tidy(text: string): string {
  return plainText(text)
    .replaceAll("\u00A0", " ")
    .replace(/[ \t]{2,}/g, (gap) => (gap.includes("\t") ? "\t" : " "))
    .trim();
}
