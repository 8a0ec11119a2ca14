import { z } from "zod";

const id = z.string().min(1).max(64);
const team = z.object({ id }).nullish();

/** The envelope of an Events API request, as far as it is read (docs.slack.dev, November 2026). */
export const eventEnvelope = z.object({
  team_id: id.nullish(),
  event_id: z.string().min(1).max(255),
  authorizations: z
    .array(
      z.object({
        team_id: id.nullish(),
        enterprise_id: id.nullish(),
        is_enterprise_install: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

const file = z.object({
  name: z.string().nullish(),
  size: z.number().nullish(),
  mimetype: z.string().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
});

/** A post in a conversation, as `message` and `app_mention` events and message shortcuts carry it. */
export const slackPost = z.object({
  subtype: z.string().nullish(),
  user: id.nullish(),
  bot_id: z.string().nullish(),
  bot_profile: z.unknown().optional(),
  app_id: z.string().nullish(),
  ts: id,
  thread_ts: id.nullish(),
  client_msg_id: z.string().max(255).nullish(),
  edited: z.unknown().optional(),
  hidden: z.boolean().nullish(),
  files: z.array(file).nullish(),
});

/** A post event: the post, where it stands and which event it is. */
export const postEvent = slackPost.extend({
  type: z.enum(["message", "app_mention"]),
  channel: id,
  channel_type: z.string().nullish(),
});

/** A slash command. */
export const slashCommand = z.object({
  team_id: id.nullish(),
  enterprise_id: id.nullish(),
  is_enterprise_install: z.union([z.boolean(), z.stringbool()]).nullish(),
  channel_id: id,
  user_id: id,
  user_name: z.string().nullish(),
  text: z.string().nullish(),
  trigger_id: z.string().min(1).max(255),
  response_url: z.url(),
});

const interaction = z.object({
  team,
  enterprise: team,
  is_enterprise_install: z.boolean().nullish(),
  user: z.object({ id, username: z.string().nullish(), name: z.string().nullish() }),
  channel: z.object({ id, name: z.string().nullish() }),
  trigger_id: z.string().min(1).max(255),
  response_url: z.url(),
});

/** A click on one of our buttons. */
export const blockActions = interaction.extend({
  container: z.object({
    message_ts: id,
    thread_ts: id.nullish(),
    is_ephemeral: z.boolean().nullish(),
  }),
  message: z.object({ thread_ts: id.nullish() }).nullish(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().nullish() })).min(1),
});

/** The message shortcut "Explain this error". */
export const messageAction = interaction.extend({ message: slackPost });
