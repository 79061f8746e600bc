import { join } from "node:path";
import type { AskAnswer, AskOrder } from "./loads/ask.ts";
import type { PostReportAnswer, PostReportOrder } from "./loads/post-report.ts";
import { type BenchHub, startBenchHub } from "./parts/hub.ts";
import { runLoad } from "./parts/load.ts";
import { describeMachine } from "./parts/machine.ts";
import { atMost, type Cell, printOutcome } from "./parts/outcome.ts";
import { type ReportFormat, temporaryFolder, writeReportFile } from "./parts/report-files.ts";
import { addRuns, copyFindings, copyTests, settle, type Stored, storedOf, withClient } from "./parts/stored.ts";

const stored = Number(process.env["BENCH_STORED"] ?? "1000000");
const rounds = Number(process.env["BENCH_ROUNDS"] ?? "40");
/** A query that takes longer is asked less often, but five times at least. */
const secondsAQuery = 10;
/** Answers without a single item are smaller. */
const emptyBytes = 300;
const goals = { p95Ms: 200, kb: 200 };

/** One repository has a tenth of all, of each kind; the others have a tenth of that. */
const largest = Math.round(stored / 10);
const ordinary = Math.max(1, Math.round(stored / 100));
const recordsOfReport = Math.min(10_000, ordinary);
const runs = Math.round(stored / 50);

type Filled = { findings: number; tests: number; trivy: Stored; eslint: Stored; junit: Stored };
type Question = { name: string; path: string; page?: number; findsNothing?: true };

/** How long lists take, and how large their answers are, with as much stored as a large team has after years. */
async function main(): Promise<void> {
  const hub = await startBenchHub();
  try {
    const machine = await describeMachine(hub.connection);
    const token = await hub.createToken(["webhook:write", "webhook:read"]);
    const filled = await fill(hub, token);
    const questions = questionsOf(filled);
    const answers = await runLoad<AskAnswer>("ask", {
      url: hub.url,
      token,
      paths: questions.map(({ path, page }) => ({ path, ...(page !== undefined && { page }) })),
      atLeast: 5,
      atMost: rounds,
      seconds: secondsAQuery,
    } satisfies AskOrder);
    mustFind(questions, answers);
    const worst = (of: (answer: AskAnswer[number]) => number) => {
      const values = answers.map(of);
      const value = Math.max(...values);
      return { value, name: questions[values.indexOf(value)]?.name ?? "" };
    };
    const slowest = worst((answer) => answer.p95Ms);
    const heaviest = worst((answer) => answer.bytes / 1e3);
    printOutcome({
      name: "lists",
      machine,
      columns: ["list", "p50 ms", "p95 ms", "KB", "asked"],
      rows: answers.map(({ p50Ms, p95Ms, bytes, count }, index): Cell[] => [questions[index]?.name ?? "", p50Ms, p95Ms, bytes / 1e3, count]),
      goals: [
        atMost(`slowest p95: ${slowest.name}`, slowest.value, goals.p95Ms, "ms"),
        atMost(`largest answer: ${heaviest.name}`, heaviest.value, goals.kb, "KB"),
        atMost("lists over the time", answers.filter((answer) => answer.p95Ms > goals.p95Ms).length, 0, `of ${answers.length}`),
      ],
      notes: [
        `${filled.findings} findings, half Trivy's and half ESLint's, and ${filled.tests} results of tests; one repository has a tenth of them, the others a hundredth or less each; ${runs} runs besides. One request after another, bytes before compression.`,
      ],
    });
  } finally {
    await hub.stop();
  }
}

async function fill(hub: BenchHub, token: string): Promise<Filled> {
  const folder = await temporaryFolder();
  try {
    for (const format of ["trivy", "eslint", "junit"] as const) await post(hub, token, folder.path, format);
  } finally {
    await folder.remove();
  }
  return withClient(hub.connection, async (client) => {
    const sources = {
      trivy: await storedOf(client, "bench/trivy"),
      eslint: await storedOf(client, "bench/eslint"),
      junit: await storedOf(client, "bench/junit"),
    };
    const sizeOf = async (table: string) => (await client.query<{ count: number }>(`select count(*)::int as count from ${table}`)).rows[0]?.count ?? 0;
    const trivy = await copyFindings(client, sources.trivy, "bench/large", largest / 2);
    const eslint = await copyFindings(client, sources.eslint, "bench/large", largest / 2);
    for (let number = 0; (await sizeOf("findings")) < stored; number++) {
      for (const source of [sources.trivy, sources.eslint]) await copyFindings(client, source, `bench/repository-${number}`, ordinary / 2);
    }
    const junit = await copyTests(client, sources.junit, "bench/large", Math.ceil(largest / recordsOfReport));
    for (let number = 0; (await sizeOf("test_results")) < stored; number++) await copyTests(client, sources.junit, `bench/repository-${number}`, 10);
    await addRuns(client, sources.trivy, runs);
    await settle(client);
    return { findings: await sizeOf("findings"), tests: await sizeOf("test_results"), trivy, eslint, junit };
  });
}

async function post(hub: BenchHub, token: string, folder: string, format: ReportFormat): Promise<void> {
  const file = await writeReportFile(join(folder, format), format, { records: recordsOfReport });
  const query = { repository: `bench/${format}`, branch: "main", default_branch: "main", commit_hash: "c".repeat(40), status: "completed" };
  const { answer } = await runLoad<PostReportAnswer>("post-report", { url: hub.url, token, path: file.path, query } satisfies PostReportOrder);
  if (answer.status !== "completed") throw new Error(`${format} was not taken: ${JSON.stringify(answer)}`);
}

/** An empty list is fast, and measures nothing. */
function mustFind(questions: readonly Question[], answers: AskAnswer): void {
  for (const [index, { name, findsNothing }] of questions.entries()) {
    if ((answers[index]?.bytes ?? 0) < emptyBytes && findsNothing !== true) throw new Error(`nothing was found for: ${name}`);
  }
}

/** As the pages ask, with the 200 findings and 50 runs that these fetch at once. */
function questionsOf({ trivy, eslint, junit }: Filled): Question[] {
  const findings = "/api/cicd/findings?limit=200&state=open";
  const facets = "/api/cicd/findings/facets?state=open";
  const large = "repository=bench/large";
  const seen = "change=new&change=reopened&change=unchanged";
  const tests = "/api/cicd/tests?limit=200";
  return [
    { name: "findings", path: findings },
    { name: "findings, page 20", path: findings, page: pageWithin(stored) },
    { name: "findings, critical and high", path: `${findings}&severity=critical&severity=high` },
    { name: "findings by a word", path: `${findings}&q=overflow` },
    { name: "findings by a word that none has", path: `${findings}&q=nowhere-to-be-found`, findsNothing: true },
    { name: "findings of a repository", path: `${findings}&${large}` },
    { name: "findings of a repository, page 20", path: `${findings}&${large}`, page: pageWithin(largest) },
    { name: "findings of a repository, fixable Trivy's", path: `${findings}&${large}&scan_type=trivy&fixable=true` },
    { name: "findings of a repository by a word", path: `${findings}&${large}&q=overflow` },
    { name: "findings of a scan, Trivy", path: `/api/cicd/findings?limit=200&scan_id=${trivy.scanId}&${seen}` },
    { name: "findings of a scan, ESLint", path: `/api/cicd/findings?limit=200&scan_id=${eslint.scanId}&${seen}` },
    { name: "facets", path: facets },
    { name: "facets, critical", path: `${facets}&severity=critical` },
    { name: "facets of a repository", path: `${facets}&${large}` },
    { name: "facets of a repository, critical", path: `${facets}&${large}&severity=critical` },
    { name: "facets of a repository by a word", path: `${facets}&${large}&q=overflow` },
    { name: "facets of a scan, Trivy", path: `/api/cicd/findings/facets?scan_id=${trivy.scanId}&${seen}` },
    { name: "facets of a scan, ESLint", path: `/api/cicd/findings/facets?scan_id=${eslint.scanId}&${seen}` },
    { name: "tests", path: tests },
    { name: "tests of a repository", path: `${tests}&${large}` },
    { name: "tests of a repository, failed", path: `${tests}&${large}&outcome=failed&outcome=error` },
    { name: "tests of a repository, slowest", path: `${tests}&${large}&sort=slow` },
    { name: "tests of a repository by a word", path: `${tests}&${large}&q=overflow` },
    { name: "tests of a scan", path: `${tests}&scan_id=${junit.scanId}` },
    { name: "facets of tests", path: "/api/cicd/tests/facets" },
    { name: "facets of tests of a repository", path: `/api/cicd/tests/facets?${large}` },
    { name: "equal errors of a scan", path: `/api/cicd/scans/${junit.scanId}/test-errors` },
    { name: "suites of a scan", path: `/api/cicd/scans/${junit.scanId}/test-suites` },
    { name: "upgrades of a scan", path: `/api/cicd/scans/${trivy.scanId}/upgrades` },
    { name: "runs", path: "/api/cicd/runs?limit=50" },
    { name: "runs, page 20", path: "/api/cicd/runs?limit=50", page: pageWithin(runs) },
    { name: "runs, failed", path: "/api/cicd/runs?limit=50&status=Failed" },
    { name: "runs by a word", path: "/api/cicd/runs?limit=50&q=Change+number+77" },
    { name: "runs of a repository", path: `/api/cicd/runs?limit=50&${large}` },
    { name: "board", path: "/api/cicd/board" },
    { name: "board of a repository", path: `/api/cicd/board?${large}` },
    { name: "repositories", path: "/api/cicd/repositories?limit=200" },
    { name: "a run", path: `/api/cicd/runs/${trivy.runId}` },
    { name: "a scan", path: `/api/cicd/scans/${trivy.scanId}` },
  ];
}

/** The twentieth, where there is so much. */
function pageWithin(count: number): number {
  return Math.max(1, Math.min(20, Math.floor(count / 500)));
}

await main();
