import { z } from "zod";
import type { JobFacts } from "./diagnosis.ts";

const text = z.string().max(100_000);
const Facts = z.object({
  conclusion: text.nullish(),
  runnerName: text.nullish(),
  jobCount: z.int().min(0).optional(),
  steps: z
    .array(z.object({ name: text, number: z.int(), conclusion: text.nullable(), startedAt: text.nullable(), completedAt: text.nullable() }))
    .max(10_000)
    .optional(),
  annotations: z
    .array(z.object({ level: text, message: text, path: text.optional(), line: z.int().optional() }))
    .max(10_000)
    .optional(),
});

/** What GitHub answers to `GET /repos/{owner}/{repo}/actions/jobs/{job_id}`. */
const GitHubJob = z.object({
  conclusion: text.nullish(),
  runner_name: text.nullish(),
  steps: z
    .array(
      z.object({ name: text, number: z.int(), conclusion: text.nullish(), started_at: text.nullish(), completed_at: text.nullish() }).transform((step) => ({
        name: step.name,
        number: step.number,
        conclusion: step.conclusion ?? null,
        startedAt: step.started_at ?? null,
        completedAt: step.completed_at ?? null,
      })),
    )
    .max(10_000)
    .optional(),
});

/** Facts of a job from JSON: `JobFacts`, or a job as GitHub's REST API answers it. What else stands there is passed over. */
export function readFacts(json: string): { readonly facts: JobFacts } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return { problem: `It is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (typeof value === "object" && value !== null && "runner_name" in value) {
    const job = GitHubJob.safeParse(value);
    return job.success ? { facts: factsOfJob(job.data) } : { problem: problemOf(job.error) };
  }
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0 && !Object.keys(Facts.shape).some((name) => name in value))
    return {
      problem: `It tells none of ${Object.keys(Facts.shape).join(", ")}`,
    };
  const facts = Facts.safeParse(value);
  return facts.success ? { facts: withoutAbsent(facts.data) } : { problem: problemOf(facts.error) };
}

function problemOf({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "it is wrong"}`.replace(/^: /, "");
}

function factsOfJob({ conclusion, runner_name: runnerName, steps }: z.output<typeof GitHubJob>): JobFacts {
  return withoutAbsent({ conclusion, runnerName, steps });
}

/** As `JobFacts` has it: what is not known is left out. */
function withoutAbsent(facts: z.output<typeof Facts>): JobFacts {
  const { conclusion, runnerName, jobCount, steps, annotations } = facts;
  return {
    ...(conclusion === undefined ? {} : { conclusion }),
    ...(runnerName === undefined ? {} : { runnerName }),
    ...(jobCount === undefined ? {} : { jobCount }),
    ...(steps === undefined ? {} : { steps }),
    ...(annotations === undefined
      ? {}
      : {
          annotations: annotations.map(({ level, message, path, line }) =>
            Object.assign({ level, message }, path === undefined ? null : { path }, line === undefined ? null : { line }),
          ),
        }),
  };
}
