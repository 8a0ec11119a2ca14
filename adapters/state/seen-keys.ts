import type { Message } from "../../src/message.ts";

/** How long a dedupe key is kept at least, in milliseconds; Slack's last retry comes after about 5 minutes. */
export const SEEN_MS = 24 * 60 * 60 * 1000;

/** The keys under which a message may come again: its id and its dedupe keys, apart for each platform and tenant. */
export function seenKeys({ id, dedupe, address }: Message): string[] {
  const scope = `${encodeURIComponent(address.platform)}/${encodeURIComponent(address.tenant)}/`;
  return [...new Set([id, ...dedupe])].map((key) => scope + key);
}
