import type { Message, Timer } from "./message.ts";

/**
 * A message that nobody sends: it waits until `at` (milliseconds since 1970), then it is decided like any other. Its sender
 * is Hexdesk itself; `address` is where the case lives that it is about. The same `id` comes once.
 */
export function timerMessage(
  timer: Timer,
  { id, at, address, surface }: Pick<Message, "id" | "at" | "address" | "surface">,
): Message {
  return {
    id,
    dedupe: [],
    at,
    from: { id: "hexdesk", role: "user" },
    address,
    surface,
    addressed: true,
    text: "",
    files: [],
    timer,
  };
}
