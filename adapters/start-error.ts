/** The start is impossible as things are; the message says what to do, in plain words and without a stack trace. */
export class StartError extends Error {
  override name = "StartError";
}
