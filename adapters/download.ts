/**
 * Opens the bytes at an address as a stream. Follows no redirect, takes no page for a file, and ends after `timeoutMs` in
 * all. Rejects, and so does the stream, with a reason that does not quote the address.
 */
export async function download(
  url: URL,
  { headers = {}, timeoutMs }: { headers?: Record<string, string>; timeoutMs: number },
): Promise<AsyncIterable<Uint8Array>> {
  const response = await open(url, headers, timeoutMs);
  const type = response.headers.get("content-type") ?? "";
  const reason = response.ok
    ? /^\s*text\/html\b/i.test(type) && "a page came instead of the file"
    : `status ${response.status}`;
  if (!reason && response.body) return response.body;
  await response.body?.cancel();
  throw new Error(reason || "no content");
}

async function open(url: URL, headers: Record<string, string>, ms: number): Promise<Response> {
  try {
    return await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(ms) });
  } catch (cause) {
    throw new Error(reasonOf(cause), { cause });
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "no connection";
  if (cause.name === "TimeoutError") return "no answer in time";
  const inner = cause.cause instanceof Error ? cause.cause.message : "";
  return inner === "unexpected redirect" ? "sent to another place" : "no connection";
}
