import type { Message } from "../../src/message.ts";

/** The keys under which a message may come again: its id and its dedupe keys, apart for each platform and tenant. */
export function seenKeys({ id, dedupe, address }: Message): string[] {
  const scope = `${encodeURIComponent(address.platform)}/${encodeURIComponent(address.tenant)}/`;
  return [...new Set([id, ...dedupe])].map((key) => scope + key);
}
