/** Time, injected: `now` in milliseconds since 1970; `sleep` resolves early when `signal` aborts and never rejects. */
export type Clock = { now(): number; sleep(ms: number, signal?: AbortSignal): Promise<void> };
