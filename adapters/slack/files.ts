import type { Platform } from "../../src/platform.ts";
import { download } from "../download.ts";

/** Whose token opens files, where the Web API is (a test, the government cloud), and how long a file may take. */
export type FileAccess = { botToken: string; apiUrl?: string; timeoutMs: number };

/**
 * Opens files that were posted in Slack, with the bot token, which goes to Slack's own hosts alone. Without the scope
 * files:read Slack answers with its sign-in page or a redirect to it (November 2026), which rejects.
 */
export function createOpenFile(access: FileAccess): NonNullable<Platform["openFile"]> {
  return async (file) => {
    const url = URL.parse(file.url);
    if (!url || !isSlacks(url, access.apiUrl)) throw new Error("not an address of Slack");
    const headers = { authorization: `Bearer ${access.botToken}` };
    try {
      return await download(url, { headers, timeoutMs: access.timeoutMs });
    } catch (cause) {
      const { message } = cause as Error;
      const hint = REFUSALS.includes(message) ? "; is the scope files:read granted?" : "";
      throw new Error(message + hint, { cause });
    }
  };
}

const REFUSALS = ["a page came instead of the file", "sent to another place", "status 403"];
const LOOPBACK = ["127.0.0.1", "[::1]", "localhost"];

function isSlacks(url: URL, apiUrl: string | undefined): boolean {
  const api = URL.parse(apiUrl ?? "https://slack.com");
  if (!api || url.username || url.password) return false;
  if (LOOPBACK.includes(api.hostname)) return url.origin === api.origin;
  const domain = api.hostname.endsWith("slack-gov.com") ? ".slack-gov.com" : ".slack.com";
  return url.protocol === "https:" && url.port === "" && url.hostname.endsWith(domain);
}
