import { IntakeAnswer } from "@sentinal/contract";
import { z } from "zod";

const Verdict = z.enum(["passed", "failed", "none"]);

/** The gate as any hub tells it: metrics that are not known here yet are shown as they are. */
const SentGate = z.object({
  verdict: Verdict,
  conditions: z.array(z.object({ metric: z.string(), at_most: z.number(), actual: z.number(), verdict: Verdict })),
});
export type SentGate = z.infer<typeof SentGate>;

/**
 * The hub's answer to a report, as senders read it: pinned in workflows, they outlive many hubs. `gate` is null where the
 * repository has none, and absent where the hub does not tell.
 */
export const SentAnswer = IntakeAnswer.extend({ gate: SentGate.nullish() });
export type SentAnswer = z.infer<typeof SentAnswer>;
