import { describe, expect, it } from "vitest";
import { EXPLAIN_SHORTCUT } from "../../adapters/slack/listeners.ts";
import { slackManifest } from "../../manifest/slack.ts";

const SCOPE_OF_EVENT: Record<string, string | undefined> = {
  app_mention: "app_mentions:read",
  "message.im": "im:history",
  "message.channels": "channels:history",
  "message.groups": "groups:history",
  app_uninstalled: undefined,
  tokens_revoked: undefined,
};

/** What the adapter calls, and the scope each call needs. */
const SCOPE_OF_CALL = {
  "chat.postMessage": "chat:write",
  "chat.update": "chat:write",
  "chat.postEphemeral": "chat:write",
  "conversations.replies": "channels:history",
  "GET url_private_download": "files:read",
  "usergroups.users.list": "usergroups:read",
};

describe.each(["http", "socket"] as const)("the Slack manifest for %s", (mode) => {
  const manifest = slackManifest(mode);
  const { features, settings, oauth_config } = manifest;
  const { bot, bot_optional } = oauth_config.scopes;

  it("is the file that operators paste (npm run golden writes it)", async () => {
    const file = `../../manifest/slack.${mode}.json`;
    await expect(inProjectStyle(manifest)).toMatchFileSnapshot(file);
  });

  it("asks for the scopes that its events, commands and calls need, and for no other", () => {
    const needed = [
      ...settings.event_subscriptions.bot_events.map((event) => {
        expect(Object.keys(SCOPE_OF_EVENT)).toContain(event);
        return SCOPE_OF_EVENT[event];
      }),
      ...Object.values(SCOPE_OF_CALL),
      ...(features.slash_commands.length + features.shortcuts.length > 0 ? ["commands"] : []),
      // the agent entry and its suggested prompts (facts of November 2026)
      ...(features.agent_view ? ["assistant:write"] : []),
    ].filter((scope) => scope !== undefined);
    expect(new Set([...bot, ...bot_optional])).toEqual(new Set(needed));
    expect(bot.filter((scope) => bot_optional.includes(scope))).toEqual([]);
  });

  it("leaves reading channels to the workspace's choice", () => {
    expect(bot.filter((scope) => /^(channels|groups|mpim):|^users:|:read$/.test(scope))).toEqual([
      "app_mentions:read",
    ]);
  });

  it("names the shortcut that the adapter listens to", () => {
    expect(features.shortcuts.map((shortcut) => shortcut.callback_id)).toEqual([EXPLAIN_SHORTCUT]);
  });

  it("uses the agent experience, with direct messages open", () => {
    expect(features).toHaveProperty("agent_view");
    expect(features).not.toHaveProperty("assistant_view");
    expect(features.app_home).toMatchObject({
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it("has addresses everywhere or nowhere", () => {
    const urls = JSON.stringify(manifest).match(/"https:[^"]+"/g) ?? [];
    expect(settings.socket_mode_enabled).toBe(mode === "socket");
    expect(urls).toEqual(
      mode === "http" ? Array(3).fill('"https://hexdesk.example.com/slack/events"') : [],
    );
  });

  it("keeps Slack's lengths", () => {
    const { name, description } = manifest.display_information;
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    expect(features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
    expect(features.agent_view.suggested_prompts.length).toBeLessThanOrEqual(4);
    for (const { command, description: text, usage_hint } of features.slash_commands) {
      expect(command).toMatch(/^\/[a-z0-9_-]{1,31}$/);
      expect(text.length).toBeLessThanOrEqual(2_000);
      expect(usage_hint.length).toBeLessThanOrEqual(1_000);
    }
    for (const shortcut of features.shortcuts) {
      expect(shortcut.name.length).toBeLessThanOrEqual(24);
      expect(shortcut.description.length).toBeLessThanOrEqual(150);
    }
  });
});

/** JSON as the project's formatter leaves it: a list of words on one line where it fits. */
function inProjectStyle(value: unknown): string {
  const lists = /^( *"\w+": )\[([^[\]{}]*)\](,?)$/gm;
  const text = JSON.stringify(value, null, 2).replace(lists, (whole, key, items, end) => {
    const line = `${key}[${items.trim().replace(/\s*\n\s*/g, " ")}]${end}`;
    return line.length <= 100 ? line : whole;
  });
  return `${text}\n`;
}
