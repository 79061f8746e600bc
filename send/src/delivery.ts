import { setTimeout as sleep } from "node:timers/promises";
import { Problem, type RunFacts, type ScanType } from "@sentinal/contract";
import { SentAnswer } from "./answer.ts";
import { callHub, type HubAnswer, HubUnreachable } from "./hub-client.ts";
import { reportQuery } from "./facts.ts";
import { isWorthCompressing, openFile, type ReportFile } from "./files.ts";
import { reportForm } from "./form.ts";
import type { Outcome, Refusal } from "./outcome.ts";
import { findPlaces } from "./places.ts";
import type { Progress } from "./progress.ts";
import { isPassing, pauseMs } from "./retries.ts";

export type Delivery = {
  hub: URL;
  token: string;
  facts: RunFacts;
  scanType: ScanType | null;
  format: string | null;
  /** The folder of the sources, whose lines are told by their hashes, see `findPlaces`; null: they are not told. */
  sources: string | null;
  /** Tries after the first one. */
  retries: number;
  /** How long the end of an import is waited for; 0: not at all. */
  waitMs: number;
  pause?: (ms: number) => Promise<unknown>;
};

type Result = { answer: SentAnswer } | { refusal: Refusal } | { unreachable: string } | { unreadable: string };

/** What the hub takes at most. */
const mostReportBytes = 1024 ** 3;
const firstPollMs = 300;
const mostPollMs = 3_000;

/** Sends one file and waits for its end. Sending twice is harmless: the hub knows the same bytes of the same run. Never throws for what the other side does. */
export async function deliver(file: ReportFile, delivery: Delivery, progress: Progress): Promise<Outcome> {
  const common = { name: file.name, formatName: file.formatName };
  const sent = await send(file, delivery, progress);
  if ("refusal" in sent) return { ...common, kind: "refused", refusal: sent.refusal };
  if ("unreachable" in sent) return { ...common, kind: "unreachable", reason: sent.unreachable };
  if ("unreadable" in sent) return { ...common, kind: "unreadable", reason: sent.unreadable };
  const answer = await waitForEnd(sent.answer, delivery, progress);
  switch (answer.status) {
    case "queued":
    case "running":
      return { ...common, kind: "accepted", answer };
    case "refused":
      return {
        ...common,
        kind: "refused",
        refusal: { status: 0, title: answer.warnings[0]?.message ?? "The report was refused while it was read.", problem: null },
      };
    case "failed":
      return { ...common, kind: "unreachable", reason: `The hub could not work the report in: ${answer.warnings[0]?.message ?? "it does not say why"}` };
    default:
      return { ...common, kind: "sent", answer };
  }
}

async function send(file: ReportFile, delivery: Delivery, progress: Progress): Promise<Result> {
  const pause = delivery.pause ?? sleep;
  const query = reportQuery(delivery.facts, delivery);
  const { sources } = delivery;
  const places = sources === null ? null : await findPlaces(file, sources, delivery.format, (bytes) => progress.looking(bytes));
  let isCompressed = isWorthCompressing(file);
  for (let attempt = 1; ; attempt++) {
    const answer = await post({ file, places, isCompressed }, query, delivery, progress);
    if (!("status" in answer)) {
      if ("unreadable" in answer) return answer;
      const retry = attempt <= delivery.retries ? pauseMs(attempt, undefined, new Date(), Math.random) : null;
      if (retry === null) return answer;
      progress.note(`${answer.unreachable} Trying again in ${seconds(retry)}.`);
      await pause(retry);
      continue;
    }
    if (isPassing(answer.status)) {
      const reason = `The hub answered ${answer.status}${titleOf(answer)}.`;
      const retry = attempt <= delivery.retries ? pauseMs(attempt, answer.headers["retry-after"], new Date(), Math.random) : null;
      if (retry === null) return { unreachable: reason };
      progress.note(`${reason} Trying again in ${seconds(retry)}.`);
      await pause(retry);
      continue;
    }
    // A report that repeats itself a lot looks like a bomb once it is compressed.
    if (answer.status === 413 && isCompressed && file.sizeBytes <= mostReportBytes && problemOf(answer)?.code === "inflated_too_large") {
      isCompressed = false;
      continue;
    }
    return resultOf(answer, delivery.hub);
  }
}

async function post(
  { file, places, isCompressed }: { file: ReportFile; places: Buffer | null; isCompressed: boolean },
  query: URLSearchParams,
  delivery: Delivery,
  progress: Progress,
): Promise<HubAnswer | { unreachable: string } | { unreadable: string }> {
  progress.restart();
  const report = openFile(file, isCompressed, (bytes) => progress.read(bytes));
  // In a form the hub tells gzip by the part's own first bytes.
  const form = places === null ? null : reportForm(places, report);
  const isEncoded = form === null && (isCompressed || file.isGzip);
  try {
    return await callHub({
      method: "POST",
      url: hubAddress(delivery.hub, "api/cicd/reports", query),
      headers: {
        authorization: `Bearer ${delivery.token}`,
        "content-type": form?.contentType ?? "application/octet-stream",
        ...(isEncoded && { "content-encoding": "gzip" }),
      },
      body: form?.body ?? report,
    });
  } catch (error) {
    if (error instanceof HubUnreachable) return { unreachable: error.message };
    if (error instanceof Error && "code" in error) return { unreadable: `${file.name} cannot be read (${String(error.code)}).` };
    throw error;
  }
}

function resultOf(answer: HubAnswer, hub: URL): Result {
  if (answer.status === 200 || answer.status === 202) {
    const parsed = SentAnswer.safeParse(jsonOf(answer.body));
    return parsed.success ? { answer: parsed.data } : { unreachable: `What answers at ${hub.href} is no Sentinal hub. Check the address.` };
  }
  if (answer.status >= 300 && answer.status < 400) {
    return {
      refusal: {
        status: answer.status,
        title: `The address redirects to ${answer.headers["location"] ?? "another one"}; set SENTINAL_API_URL to that.`,
        problem: null,
      },
    };
  }
  const problem = problemOf(answer);
  const title =
    problem?.title ??
    (answer.status === 404
      ? `There is no Sentinal hub at ${hub.href}. Check the address.`
      : `The server answered ${answer.status} without a reason; is there a proxy in between?`);
  return { refusal: { status: answer.status, title, problem } };
}

async function waitForEnd(first: SentAnswer, delivery: Delivery, progress: Progress): Promise<SentAnswer> {
  const pause = delivery.pause ?? sleep;
  const until = performance.now() + delivery.waitMs;
  let answer = first;
  for (let pollMs = firstPollMs; answer.status === "queued" || answer.status === "running"; pollMs = Math.min(mostPollMs, pollMs * 1.5)) {
    if (performance.now() + pollMs > until) return answer;
    progress.working();
    await pause(pollMs);
    answer = (await poll(answer, delivery)) ?? answer;
  }
  return answer;
}

/** How far the import is; null when the hub does not tell at the moment. */
async function poll(answer: SentAnswer, delivery: Delivery): Promise<SentAnswer | null> {
  const url = hubAddress(delivery.hub, `api/cicd/imports/${encodeURIComponent(answer.import_id)}`);
  try {
    const told = await callHub({ method: "GET", url, headers: { authorization: `Bearer ${delivery.token}` }, idleTimeoutMs: 10_000 });
    return told.status === 200 ? (SentAnswer.safeParse(jsonOf(told.body)).data ?? null) : null;
  } catch (error) {
    if (error instanceof HubUnreachable) return null;
    throw error;
  }
}

/** An address below the hub's own, which may have a path of its own behind a proxy. */
export function hubAddress(hub: URL, path: string, query?: URLSearchParams): URL {
  const url = new URL(hub);
  url.pathname = `${hub.pathname.replace(/\/+$/, "")}/${path}`;
  url.search = query?.toString() ?? "";
  return url;
}

export function problemOf(answer: HubAnswer): Problem | null {
  return Problem.safeParse(jsonOf(answer.body)).data ?? null;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function titleOf(answer: HubAnswer): string {
  const problem = problemOf(answer);
  return problem === null ? "" : `: ${problem.title} (request ${problem.request_id})`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}
