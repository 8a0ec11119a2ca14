/** How the app is reached: Slack calls a public address, or the app opens a connection (no address needed). */
export type SlackMode = "http" | "socket";

const REQUEST_URL = "https://hexdesk.example.com/slack/events";

/**
 * The app manifest that an operator pastes at https://api.slack.com/apps. Scopes are the least that works; the optional
 * ones let it follow plain replies in a channel's threads (`*:history`), open attached logs (`files:read`) and read user
 * groups as roles. Format: Slack's manifest schema 2.0.0 (slackapi/manifest-schema v0.5.0, June 2026).
 */
export function slackManifest(mode: SlackMode) {
  const url = mode === "http" ? { url: REQUEST_URL } : {};
  const requestUrl = mode === "http" ? { request_url: REQUEST_URL } : {};
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: "Hexdesk",
      description: "Explains Windows error codes and walks you to the fix, one safe step at a time",
      background_color: "#0b3d5c",
    },
    features: {
      bot_user: { display_name: "hexdesk", always_online: true },
      app_home: {
        home_tab_enabled: false,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      agent_view: {
        agent_description: "Paste a Windows error code or describe what happens.",
        suggested_prompts: [
          { title: "Explain a code", message: "What is 0x80090311?" },
          { title: "Describe a problem", message: "No domain controller when I connect from home" },
          { title: "Explicar un código", message: "¿Qué significa 0x80070005?" },
        ],
      },
      slash_commands: [
        {
          command: "/hexdesk",
          description: "Explain a Windows error code or a problem, only to you",
          usage_hint: "0x80090311 | what happens, in your words",
          should_escape: false,
          ...url,
        },
      ],
      shortcuts: [
        {
          name: "Explain this error",
          type: "message",
          callback_id: "explain_error",
          description: "Find the Windows error in this message and explain it, only to you",
        },
      ],
    },
    oauth_config: {
      scopes: {
        bot: ["app_mentions:read", "assistant:write", "chat:write", "commands", "im:history"],
        bot_optional: ["channels:history", "files:read", "groups:history", "usergroups:read"],
      },
    },
    settings: {
      event_subscriptions: {
        bot_events: [
          "app_mention",
          "app_uninstalled",
          "message.channels",
          "message.groups",
          "message.im",
          "tokens_revoked",
        ],
        ...requestUrl,
      },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: true,
      socket_mode_enabled: mode === "socket",
      token_rotation_enabled: false,
    },
  };
}
