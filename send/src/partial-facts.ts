import type { RunFacts } from "@sentinal/contract";

/** What one source knows of a run. */
export type PartialFacts = Partial<RunFacts>;

/** Facts without those that nobody knows. */
export function withoutAbsent(facts: { [Name in keyof RunFacts]?: RunFacts[Name] | undefined }): PartialFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
