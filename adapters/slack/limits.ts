/**
 * What Slack accepts in one message. Sources: doc comments of @slack/types 3.2.0 and docs.slack.dev, read November 2026;
 * `messageText` is undocumented (bolt-js#2509 measured about 13,200 characters before `msg_blocks_too_long`).
 * Lengths count UTF-16 units of the escaped text, the strictest reading.
 */
export const SLACK_LIMITS = {
  blocks: 50,
  messageText: 12_000,
  notification: 4_000,
  header: 150,
  text: 3_000,
  actions: 25,
  label: 75,
  value: 2_000,
  url: 3_000,
} as const;

/** A response_url lives 30 minutes (docs.slack.dev, November 2026); one is kept for the way. */
export const REPLY_LIFETIME_MS = 29 * 60_000;
