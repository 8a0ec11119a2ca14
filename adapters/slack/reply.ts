import { REPLY_LIFETIME_MS } from "./limits.ts";

/** The reply token of a message: a response_url with the time (milliseconds since 1970) until which it is tried. */
export function encodeReply(responseUrl: string, now: number): string {
  return `${now + REPLY_LIFETIME_MS} ${responseUrl}`;
}

/** The response_url of a reply token; undefined when there is none or it is too old. */
export function readReply(reply: string | undefined, now: number): string | undefined {
  const [until, url] = (reply ?? "").split(" ");
  return url && Number(until) > now ? url : undefined;
}
