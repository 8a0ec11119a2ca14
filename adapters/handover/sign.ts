import { createHmac } from "node:crypto";

/** The secrets of HANDOVER_SECRET: one, or two while they are exchanged; each `whsec_` and the base64 of 24 to 64 bytes. */
export function readSecrets(text: string): Buffer[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== "")
    .map((part) => Buffer.from(part.slice("whsec_".length), "base64"));
}

/**
 * The headers by which a receiver knows an event as ours (standardwebhooks.com, version 1, November 2026): one signature
 * for each secret. `at` in milliseconds since 1970.
 */
export function signedHeaders(
  id: string,
  at: number,
  body: string,
  secrets: readonly Buffer[],
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const signatures = secrets.map(
    (secret) =>
      `v1,${createHmac("sha256", secret).update(`${id}.${timestamp}.${body}`).digest("base64")}`,
  );
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}
