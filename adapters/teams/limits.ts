/**
 * What Teams accepts. Sources: learn.microsoft.com, "Format cards", "Rate limiting for bots" and "Message extensions",
 * read November 2026. Sizes in bytes of UTF-8 JSON: Teams refuses a message near 100 KB of UTF-16 and a message
 * extension's result over 28 KB, so cards stay at 24 KB. Lengths count UTF-16 units.
 */
export const TEAMS_LIMITS = {
  cardBytes: 24 * 1024,
  requestBytes: 256 * 1024,
  title: 200,
  text: 4_000,
  code: 4_000,
  label: 80,
  /** Two lines in the narrow list of a message extension. */
  previewTitle: 40,
  speak: 800,
  summary: 200,
  /** More primary actions than six move into the overflow menu by themselves. */
  primaryActions: 6,
  foldsPerRow: 4,
  buttons: 24,
  url: 2_000,
} as const;

/** A click or a look-up is answered in its request; Teams gives up on a message extension after 5 seconds. */
export const INVOKE_BUDGET_MS = 2_000;

/** The longest wait for one outgoing request; the SDK has none of its own. */
export const SEND_TIMEOUT_MS = 8_000;

/** The longest wait for Microsoft's signing keys. */
export const KEYS_TIMEOUT_MS = 5_000;
