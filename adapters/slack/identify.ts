import type { App, webApi } from "@slack/bolt";
import { z } from "zod";
import type { Logger } from "../../src/log.ts";
import { outcomeOf, platformError } from "./outcome.ts";

/**
 * Who the token is: team id (or enterprise id of an org-wide installation), the bot's two ids, and the workspace's web
 * address, which ends with a slash.
 */
export type Identity = { tenant: string; userId: string; botId: string; url?: string };

/** Where an operator finds tokens and settings. */
export const APPS_PAGE = "https://api.slack.com/apps";

const identity = z.object({
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().nullish(),
  user_id: z.string(),
  bot_id: z.string(),
  url: z
    .string()
    .regex(/^https:\/\/[^\s/]+\/$/)
    .nullish()
    .catch(undefined),
});

/** Asks Slack who the bot token is; throws what is wrong with it and where to get the right one. */
export async function identify(client: webApi.WebClient, log: Logger): Promise<Identity> {
  try {
    const answer = await client.auth.test();
    const who = identity.parse(answer);
    const tenant = who.is_enterprise_install ? (who.enterprise_id ?? who.team_id) : who.team_id;
    log.info("slack-connected", { tenant, bot: who.user_id });
    const url = who.url ? { url: who.url } : {};
    return { tenant, userId: who.user_id, botId: who.bot_id, ...url };
  } catch (error) {
    const refused = platformError(error);
    const page = `${APPS_PAGE} > your app > OAuth & Permissions > Bot User OAuth Token`;
    throw new Error(
      refused
        ? `SLACK_BOT_TOKEN: Slack refuses it (${refused}). Copy the token (xoxb-…) from ${page}.`
        : `SLACK_BOT_TOKEN: Slack could not be asked (${outcomeOf(error).reason}). Check the network, HTTPS_PROXY and SLACK_API_URL; the token is at ${page}.`,
      { cause: error },
    );
  }
}

/** Opens the Socket Mode connection; throws what is wrong with the app-level token and where to get the right one. */
export async function connect(app: App): Promise<void> {
  try {
    await app.start();
  } catch (error) {
    const reason = platformError(error) ?? outcomeOf(error).reason;
    throw new Error(
      `SLACK_APP_TOKEN: no Socket Mode connection (${reason}). Create an app-level token (xapp-…) with the scope connections:write at ${APPS_PAGE} > your app > Basic Information, and enable Socket Mode.`,
      { cause: error },
    );
  }
}
