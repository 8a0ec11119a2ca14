import { z } from "zod";

const reply = z.object({
  url: z.string(),
  conversation: z.string(),
  bot: z.string(),
  tenant: z.string(),
  scope: z.enum(["personal", "groupChat", "channel"]),
});

/** What answering needs: service address, conversation id as Teams wrote it, the bot's id there, tenant and scope. */
export type Reply = z.infer<typeof reply>;

/** The text under which the core keeps a reply. */
export function encodeReply(value: Reply): string {
  return JSON.stringify(value);
}

/** Reads a kept reply; undefined when there is none of ours. */
export function readReply(text: string | undefined): Reply | undefined {
  return read(reply, text);
}

const ref = z.object({ conversation: z.string(), id: z.string(), hidden: z.boolean() });

/** A post of ours: where it is and its activity id; `hidden` when one person alone sees it. */
export type Ref = z.infer<typeof ref>;

/** The text under which the core keeps a post. */
export function encodeRef(value: Ref): string {
  return JSON.stringify(value);
}

/** Reads a kept post; undefined when there is none. */
export function readRef(text: string | undefined): Ref | undefined {
  return read(ref, text);
}

function read<Schema extends z.ZodType>(schema: Schema, text: string | undefined) {
  if (!text) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
