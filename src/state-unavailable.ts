/** The store cannot do what was asked just now; `reason` says why in one word of the log and of /readyz. */
export class StateUnavailable extends Error {
  override name = "StateUnavailable";
  readonly reason: string;

  constructor(reason: string, options?: { cause: unknown }) {
    super(`the store is not available: ${reason}`, options);
    this.reason = reason;
  }
}
