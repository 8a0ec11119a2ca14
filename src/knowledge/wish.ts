import { CAPS } from "./thresholds.ts";
import type { Words } from "./words.ts";

/**
 * True where somebody asks to be given or told something ("can you add me to the channel", "I need a second monitor") and
 * speaks of no trouble: a wish names the things that errors are about, and is none.
 */
export function isWish(whole: string, { wishes, troubles }: Words): boolean {
  const text = whole.slice(0, CAPS.text).replace(/['’]/g, "");
  return text.search(wishes) >= 0 && text.search(troubles) < 0;
}
