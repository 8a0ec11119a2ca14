import { createHmac } from "node:crypto";

/** An HTTP answer as Slack sees it. */
export type Seen = { status: number; body: string };

/**
 * Slack's side of the HTTP receiver: really signed events, commands, clicks and shortcuts for one workspace. Ids are
 * counted up; every field may be overridden.
 */
export function slackRequests(url: string, secret: string, team = "T1") {
  let n = 0;
  const next = () => String(++n).padStart(3, "0");

  async function send(
    body: string,
    type: "application/json" | "application/x-www-form-urlencoded",
    headers: Record<string, string> = {},
  ): Promise<Seen> {
    const timestamp = headers["x-slack-request-timestamp"] ?? String(Math.floor(Date.now() / 1000));
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": type,
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": sign(secret, timestamp, body),
        ...headers,
      },
      body,
    });
    return { status: response.status, body: await response.text() };
  }

  const interaction = (fields: object, reply: string) => ({
    team: { id: team, domain: "test" },
    user: { id: "U1", username: "ana", team_id: team },
    channel: { id: "C1", name: "help" },
    api_app_id: "A1",
    trigger_id: `trigger.${next()}`,
    response_url: reply,
    ...fields,
  });
  const form = (payload: object) => new URLSearchParams({ payload: JSON.stringify(payload) });

  return {
    send,
    /** The envelope of an event, with `event` inside. */
    envelope: (event: object, rest: object = {}) => ({
      type: "event_callback",
      team_id: team,
      api_app_id: "A1",
      event_id: `Ev${next()}`,
      event_time: 1_763_700_000,
      authorizations: [
        {
          enterprise_id: null,
          team_id: team,
          user_id: "UBOT",
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      event,
      ...rest,
    }),
    /** A post as Slack describes it in an event. */
    post: (fields: object = {}) => ({
      type: "app_mention",
      user: "U1",
      text: "<@UBOT> 0x80090311",
      ts: `1763700000.${next()}`,
      channel: "C1",
      ...fields,
    }),
    event(envelope: object, headers: Record<string, string> = {}): Promise<Seen> {
      return send(JSON.stringify(envelope), "application/json", headers);
    },
    commandBody: (reply: string, fields: Record<string, string> = {}) => ({
      command: "/hexdesk",
      text: "0x80090311",
      team_id: team,
      channel_id: "C1",
      channel_name: "help",
      user_id: "U1",
      user_name: "ana",
      trigger_id: `trigger.${next()}`,
      response_url: reply,
      is_enterprise_install: "false",
      ...fields,
    }),
    command(reply: string, fields: Record<string, string> = {}): Promise<Seen> {
      const body = new URLSearchParams(this.commandBody(reply, fields));
      return send(body.toString(), "application/x-www-form-urlencoded");
    },
    clickBody: (reply: string, value: string, fields: object = {}) =>
      interaction(
        {
          type: "block_actions",
          container: { type: "message", message_ts: "1763700001.000100", channel_id: "C1" },
          message: { ts: "1763700001.000100", thread_ts: "1763700000.000100" },
          actions: [{ type: "button", action_id: "result.answer.0", block_id: "answer.0", value }],
          ...fields,
        },
        reply,
      ),
    click(reply: string, value: string, fields: object = {}): Promise<Seen> {
      const body = form(this.clickBody(reply, value, fields));
      return send(body.toString(), "application/x-www-form-urlencoded");
    },
    shortcutBody: (reply: string, message: object, fields: object = {}) =>
      interaction(
        { type: "message_action", callback_id: "explain_error", message, ...fields },
        reply,
      ),
    shortcut(reply: string, message: object, fields: object = {}): Promise<Seen> {
      const body = form(this.shortcutBody(reply, message, fields));
      return send(body.toString(), "application/x-www-form-urlencoded");
    },
  };
}

function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}
