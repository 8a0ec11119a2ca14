/** What happened to a hand-over, for machines: the types of the events that a webhook gets. */
export type HandoverEventType =
  | "hexdesk.handover.requested"
  | "hexdesk.handover.taken"
  | "hexdesk.handover.updated"
  | "hexdesk.handover.resolved"
  | "hexdesk.handover.closed"
  | "hexdesk.handover.reopened";

/**
 * One event about a case for another program. Texts are redacted; `at` in milliseconds since 1970. What the asker said and
 * tried stands in the first event of a hand-over only.
 */
export type HandoverEvent = {
  type: HandoverEventType;
  at: number;
  case: string;
  status: "waiting" | "taken" | "done" | "closed";
  asker?: string;
  agent?: string;
  question?: string;
  notes?: string[];
  codes?: string[];
  entry?: { id: string; title: string; area: string };
  resolution?: string;
  steps?: { title: string; result: string; at: number }[];
  thread?: string;
};
