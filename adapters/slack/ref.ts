/**
 * A post as the state keeps it: channel and timestamp; `hidden` marks an ephemeral one, which only its response_url can
 * change. The text form is `C1:1700.1` or `C1:1700.1:hidden`.
 */
export type PostRef = { channel: string; ts: string; hidden: boolean };

/** The text form of a post's reference. */
export function encodeRef({ channel, ts, hidden }: PostRef): string {
  return hidden ? `${channel}:${ts}:hidden` : `${channel}:${ts}`;
}

/** Reads a reference; undefined when there is none or it is not ours. */
export function readRef(text: string | undefined): PostRef | undefined {
  const [channel, ts, mark] = (text ?? "").split(":");
  return channel && ts ? { channel, ts, hidden: mark === "hidden" } : undefined;
}
