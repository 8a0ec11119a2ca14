import { TEAMS_LIMITS } from "./limits.ts";

/** True for an address that may become a link: https, of ordinary length. */
export function isWebAddress(url: string): boolean {
  return url.length <= TEAMS_LIMITS.url && URL.parse(url)?.protocol === "https:";
}
