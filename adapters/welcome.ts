import type { Config, DatabaseChoice } from "./config.ts";

/** What a person reads at the start when nothing but the playground runs: its address, and how to go on; `database` is
 * where cases are kept, if anywhere. */
export function welcome(port: number, database: DatabaseChoice | undefined): string {
  return `
Hexdesk is running. Ask it about a Windows error: http://127.0.0.1:${port}/

  In the terminal   npm run -s ask -- "0x80090311"
  Connect Slack     set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN)
  Connect Teams     set MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId
                    in a file named .env; README.md leads through both.

${database === undefined ? "Nothing is stored: this is the playground alone." : `Cases are kept in ${"sqlite" in database ? database.sqlite : "PostgreSQL"}.`} Stop it with Ctrl+C.
`;
}

/** The addresses that Slack and Azure must be told, when the public address of this host is known. */
export function requestUrls({ publicUrl, slack, teams }: Config): string[] {
  if (publicUrl === undefined) return [];
  return [
    ...(slack && !slack.appToken ? [`Slack request URL: ${publicUrl}/slack/events`] : []),
    ...(teams ? [`Teams messaging endpoint: ${publicUrl}/api/messages`] : []),
  ];
}
