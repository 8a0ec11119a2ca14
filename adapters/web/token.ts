import { z } from "zod";

/** A session, thread, question or file id: 8 to 64 letters, digits, `-` and `_`. */
export const token = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);

/** Whether a value is such an id. */
export function isToken(value: unknown): value is string {
  return token.safeParse(value).success;
}
