import { z } from "zod";
import { LANGUAGES } from "../../src/knowledge/languages.ts";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const line = z.string().trim().min(1, "is empty").max(120);
const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "lower case words with hyphens, like it-helpdesk")
  .max(40);
const yes = z.enum(["yes", "no"]).transform((word) => word === "yes");
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time like "08:00"')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "mon-fri", "sat" or "mon-thu, sat" as numbers, 0 for Sunday. */
const days = z.string().transform((text, context) => {
  const found = text.split(",").map((part) => rangeOf(part.trim().toLowerCase()));
  if (found.every((each) => each !== undefined)) return [...new Set(found.flat())];
  context.addIssue("is not a list of days like mon-fri or mon-thu, sat");
  return z.NEVER;
});

const hours = z.strictObject({
  days,
  from: time,
  to: time,
  zone: z.string().refine(isZone, "is not a time zone like Europe/Madrid or America/New_York"),
});

const teams = z.strictObject({
  tenant: z.string().regex(guid, "is not a directory (tenant) id"),
  channel: z
    .string()
    .regex(
      /^19:[^;\s]+@thread\.(tacv2|skype)$/,
      "is not the id of a channel: in Teams take Get link to channel; the id is the decoded part that begins with 19: and ends with @thread.tacv2 (a group chat has no threads and cannot be used)",
    ),
  service: z.url({ protocol: /^https$/, error: "is not an https address" }).optional(),
});

const route = z.strictObject({
  title: line.optional(),
  slack: z
    .string()
    .regex(
      /^[CG][A-Z0-9]{2,}$/,
      "is not a channel id: in Slack open the channel's details; the id stands at the end and begins with C",
    )
    .optional(),
  teams: teams.optional(),
  webhook: z.string().max(2000).optional(),
  allow_private: yes.optional(),
  playground: yes.optional(),
  areas: z.preprocess(asList, z.array(line).max(60)).default([]),
  language: z.enum(LANGUAGES).optional(),
  tag: z
    .string()
    .regex(/^[SUW][A-Z0-9]{2,}$/, "is not the id of a Slack user group (S…) or member (U…)")
    .optional(),
  hours: hours.optional(),
  remind_after: z
    .string()
    .regex(/^[1-9]\d{0,3}[mhd]$/, "is not a time span like 15m, 2h or 1d")
    .transform((text) => Number(text.slice(0, -1)) * (UNITS[text.slice(-1)] ?? 0))
    .optional(),
  next: name.optional(),
  telephone: line.optional(),
});

/** The file of routes: name -> route. All scalars are strings, as YAML's failsafe schema leaves them. */
export const routesSchema = z.record(name, route);

/** One route as it is written. */
export type RawRoute = z.infer<typeof route>;

function rangeOf(text: string): number[] | undefined {
  const [first = "", last = first, more] = text.split("-").map((part) => part.trim());
  const from = DAYS.indexOf(first);
  const to = DAYS.indexOf(last);
  if (from < 0 || to < 0 || more !== undefined) return undefined;
  const length = ((to - from + 7) % 7) + 1;
  return Array.from({ length }, (_, i) => (from + i) % 7);
}

function isZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }) !== undefined && text.includes("/");
  } catch {
    return false;
  }
}

function asList(value: unknown): unknown {
  return typeof value === "string" ? [value] : value;
}
