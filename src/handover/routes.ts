import type { Language } from "../language.ts";
import type { Address } from "../message.ts";
import type { Hours } from "./hours.ts";

/** One place to which cases go: a channel, a webhook (conversation = the route's name), or the playground's helpdesk. */
export type Route = {
  name: string;
  /** What askers call it. */
  title: string;
  place: Address;
  /** Areas of entries; "*" is every case. Empty: only reached as another route's `next`. */
  areas: readonly string[];
  /** The language of its cards; the default language when absent. */
  language?: Language;
  /** The platform's id of a group or person that is mentioned once, when the card comes. */
  tag?: string;
  hours?: Hours;
  /** Milliseconds after which the asker is told that nobody took the case yet. */
  remindAfter?: number;
  /** The route that gets the case then. */
  next?: string;
  /** Where to call when nobody takes the case. */
  telephone?: string;
  /** Set when it serves only the cases of one platform. */
  only?: string;
};

/** The routes of a case, in the order of the file: those that name its area, and those for every area. */
export function routesFor(
  routes: readonly Route[],
  { area, platform }: { area: string | undefined; platform: string },
): Route[] {
  return routes.filter(
    ({ areas, only }) =>
      (only === undefined || only === platform) &&
      areas.some((each) => each === "*" || each === area),
  );
}
