import { z } from "zod";

const text = z.string().optional().catch(undefined);
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item.nullable().catch(null))
    .catch([])
    .default([])
    .transform((items) => items.filter((one) => one !== null));

const account = z.object({ id: z.string().min(1), name: text, aadObjectId: text, role: text });

/**
 * The part of a Bot Framework activity that Hexdesk reads (schema 3.1, learn.microsoft.com, November 2026). What is
 * needed to answer must be there; anything else that is malformed counts as absent.
 */
const schema = z.object({
  type: z.string(),
  id: z.string().min(1).max(500),
  name: text,
  timestamp: text,
  serviceUrl: z.string().min(1).max(1_000),
  channelId: z.string(),
  from: account,
  recipient: account.extend({ isTargeted: z.boolean().optional().catch(undefined) }),
  conversation: z.object({
    id: z.string().min(1).max(1_000),
    conversationType: text,
    tenantId: text,
    isGroup: z.boolean().optional().catch(undefined),
  }),
  channelData: z
    .object({ tenant: z.object({ id: text }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  text,
  locale: text,
  replyToId: text,
  action: text,
  value: z.unknown().optional(),
  membersAdded: list(z.object({ id: z.string() })),
  entities: list(
    z.object({ type: z.string(), text: z.string(), mentioned: z.object({ id: z.string() }) }),
  ),
  attachments: list(
    z.object({
      contentType: z.string(),
      name: text,
      contentUrl: text,
      content: z.unknown().optional(),
    }),
  ),
});

export type TeamsActivity = z.infer<typeof schema>;

/** Reads an activity; undefined when it lacks what an answer needs. */
export function readActivity(value: unknown): TeamsActivity | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** The tenant that an activity comes from; empty when it names none. */
export function tenantOf(activity: Pick<TeamsActivity, "conversation" | "channelData">): string {
  return activity.conversation.tenantId ?? activity.channelData?.tenant?.id ?? "";
}
