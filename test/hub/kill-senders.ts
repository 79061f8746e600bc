import { hash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { IntakeAnswer } from "@sentinal/contract";
import { trivyReport } from "../trivy-report.ts";
import type { Random } from "./random.ts";

/** A report that was sent. */
export type Sent = {
  repository: string;
  githubRunId: number;
  /** Of the report's bytes. */
  sha256: string;
  /** Its findings, in order. */
  rules: readonly string[];
  /** Null while no answer came: the hub may have it or not. */
  answer: IntakeAnswer | null;
};

export type Sender = {
  sent: readonly Sent[];
  /** Answers that no sender should get, whatever happens to the hub. */
  unexpected: readonly string[];
  answers(): number;
  repeats(): number;
  /** Sends one report after another until `finish`; the last ones get their answer. */
  run(): Promise<void>;
  finish(): void;
};

const answerWithinMs = 15_000;
const retryAfterMs = 100;
/** The findings that come and go over the reports of one repository. */
const pool = Array.from({ length: 40 }, (_, index) => `CVE-2026-${1_000 + index}`);
/** Makes a report larger than what the hub works in before it answers. */
const largeFillers = 1_000;
const longTitle = "An attacker may send what the parser does not expect. ".repeat(38);

/** A client in the loop: after an unknown answer it mostly sends the same bytes for the same run again. */
export function createSender(options: { url: string; token: string; repository: string; firstRunId: number; random: Random; isLarge: boolean }): Sender {
  const { url, token, repository, random, isLarge } = options;
  const sent: Sent[] = [];
  const unexpected: string[] = [];
  let answers = 0;
  let repeats = 0;
  const finishing = new AbortController();

  async function post(githubRunId: number, report: string): Promise<IntakeAnswer | null> {
    const commit = `c${githubRunId}`;
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const signal = AbortSignal.timeout(answerWithinMs);
    try {
      const answer = isLarge
        ? await fetch(`${url}/api/cicd/reports?repository=${repository}&commit_hash=${commit}&branch=main&github_run_id=${githubRunId}`, {
            method: "POST",
            headers: { ...headers, "content-encoding": "gzip" },
            body: gzipSync(report),
            signal,
          })
        : await fetch(`${url}/api/cicd/webhook/trivy`, {
            method: "POST",
            headers,
            body: `{"repository":"${repository}","commit_hash":"${commit}","branch":"main","github_run_id":${githubRunId},"report":${report}}`,
            signal,
          });
      const text = await answer.text();
      if (answer.ok) {
        answers++;
        return IntakeAnswer.parse(JSON.parse(text));
      }
      if (answer.status < 500) unexpected.push(`${answer.status} ${text}`);
      return null;
    } catch (error) {
      if (error instanceof TypeError || (error instanceof DOMException && error.name === "TimeoutError")) return null;
      throw error;
    }
  }

  async function sendOne(githubRunId: number): Promise<void> {
    const rules = pool.filter(() => random.chance(0.4));
    const fillers = isLarge ? Array.from({ length: largeFillers }, (_, index) => `GHSA-${index + 10_000}`) : [];
    const list = [...rules, ...fillers];
    const report = JSON.stringify(
      trivyReport(
        list.map((id) => ({ id, ...(isLarge && { title: longTitle }) })),
        { artifact: `shop/web:${githubRunId}` },
      ),
    );
    const one: Sent = { repository, githubRunId, sha256: hash("sha256", report), rules: list.toSorted(), answer: null };
    sent.push(one);
    for (;;) {
      one.answer = await post(githubRunId, report);
      if (one.answer !== null) break;
      await pause(retryAfterMs);
      // Some senders give up; whether the hub has their report is then anybody's guess.
      if (random.chance(0.02)) return;
      repeats++;
    }
    if (!random.chance(0.1)) return;
    const again = await post(githubRunId, report);
    repeats++;
    if (again !== null && again.import_id !== one.answer.import_id) unexpected.push(`${one.answer.import_id} became ${again.import_id}`);
  }

  return {
    sent,
    unexpected,
    answers: () => answers,
    repeats: () => repeats,
    async run() {
      for (let runId = options.firstRunId; !finishing.signal.aborted; runId++) {
        await sendOne(runId);
        await pause(random.below(isLarge ? 400 : 20));
      }
    },
    finish() {
      finishing.abort();
    },
  };
}
