import { webApi } from "@slack/bolt";
import type { PostBody } from "./offer.ts";

/**
 * Answers through a response_url, in private to the asker; `replace` puts the message in the place of the clicked one.
 * False when the address is used up or too old. Rejects with the Web API's own errors.
 */
export type Respond = (
  url: string,
  body: PostBody & { thread_ts?: string },
  replace: boolean,
) => Promise<boolean>;

const EXPIRED = ["expired_url", "used_url", "invalid_url"];

/** Only Slack's own hosts (or the host of `apiUrl`: tests, government cloud) are called; a call takes 10 seconds at most. */
export function createRespond(apiUrl: string | undefined): Respond {
  return async (url, body, replace) => {
    if (!isSlackHost(url, apiUrl)) return false;
    const { status, text } = await post(url, {
      ...body,
      response_type: "ephemeral",
      replace_original: replace,
    });
    const error = errorIn(text);
    if (EXPIRED.includes(error ?? "") || status === 404 || status === 410) return false;
    if (error) throw new webApi.WebAPIPlatformError({ ok: false, error, response_metadata: {} });
    if (status === 429) throw new webApi.WebAPIRateLimitedError(1);
    if (status >= 300) throw new webApi.WebAPIHTTPError(status, "", {});
    return true;
  };
}

async function post(url: string, body: unknown): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "error",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new webApi.WebAPIRequestError(error instanceof Error ? error : new Error("fetch failed"));
  }
}

function isSlackHost(url: string, apiUrl: string | undefined): boolean {
  const { protocol, host, hostname } = new URL(url);
  if (apiUrl && host === new URL(apiUrl).host) return true;
  return protocol === "https:" && /(^|\.)slack(-gov)?\.com$/.test(hostname);
}

/** Slack answers `ok`, a bare error name, or JSON with `ok` and `error`. */
function errorIn(text: string): string | undefined {
  try {
    const { ok, error } = JSON.parse(text) as { ok?: unknown; error?: unknown };
    return ok === false && typeof error === "string" ? error : undefined;
  } catch {
    const bare = text.trim();
    return bare !== "ok" && /^[a-z_]{2,60}$/.test(bare) ? bare : undefined;
  }
}
