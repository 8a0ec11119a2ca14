/** What happened to a hand-over, for machines: the types of the events that a webhook gets. */
export type HandoverEventType =
  | "hexdesk.handover.requested"
  | "hexdesk.handover.taken"
  | "hexdesk.handover.answered"
  | "hexdesk.handover.resolved"
  | "hexdesk.handover.closed"
  | "hexdesk.handover.reopened";

/**
 * One event about a case for another program. Texts are redacted; `at` in milliseconds since 1970. `steps` and `question`
 * stand in the first event of a hand-over only.
 */
export type HandoverEvent = {
  type: HandoverEventType;
  at: number;
  case: string;
  status: "waiting" | "taken" | "done" | "closed";
  asker?: string;
  agent?: string;
  question?: string;
  note?: string;
  codes?: string[];
  entry?: { id: string; title: string; area: string };
  language?: string;
  steps?: { title: string; result: string; at: number }[];
  attach?: string[];
  thread?: string;
  text?: string;
};
