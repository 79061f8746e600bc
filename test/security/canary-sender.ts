import { randomBytes } from "node:crypto";
import type { Canary } from "./search.ts";

/** What a hub answered, headers and body, where no answer was to reveal a secret. */
export type GivenAnswer = { request: string; status: number; text: string };

export type Request = {
  body?: unknown;
  bearer?: string;
  headers?: Readonly<Record<string, string>>;
  /** What it must answer; absent: anything but an error of the hub's own. */
  status?: number;
  /** The answer is the one place that shows a secret. */
  reveals?: true;
};

export type CanarySender = {
  url: string;
  canaries: Canary[];
  answers: GivenAnswer[];
  /** Answers of another status than the request names, each as a sentence. */
  unexpected: string[];
  /** Remembers a secret, which is given back to be sent. */
  plant<Value extends string | Buffer>(kind: string, value: Value): Value;
  /** The one secret of its kind, made when it is first asked for. */
  once(kind: string, make: () => string): string;
  /** The same, of signs that differ in every way of writing them. */
  invent(kind: string): string;
  send(method: string, path: string, request?: Request): Promise<Answer>;
};
export type Answer = { status: number; body: unknown; text(name: string): string; cookies: string[] };

export function createCanarySender(url: string): CanarySender {
  const canaries: Canary[] = [];
  const answers: GivenAnswer[] = [];
  const unexpected: string[] = [];

  function plant<Value extends string | Buffer>(kind: string, value: Value): Value {
    canaries.push({ kind, value });
    return value;
  }

  const made = new Map<string, string>();
  function once(kind: string, make: () => string): string {
    const known = made.get(kind) ?? plant(kind, make());
    made.set(kind, known);
    return known;
  }

  return {
    url,
    canaries,
    answers,
    unexpected,
    plant,
    once,
    invent: (kind) => once(kind, () => `q"ü\\ +/&<%${randomBytes(15).toString("hex")}`),
    async send(method, path, { body, bearer, headers, status, reveals } = {}) {
      const answer = await fetch(`${url}${path}`, {
        method,
        redirect: "manual",
        headers: {
          // Each from an address of its own, for they follow each other faster than people do.
          "x-forwarded-for": `10.${[...randomBytes(3)].join(".")}`,
          ...(body !== undefined && { "content-type": "application/json" }),
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      const asked = `${method} ${path.split(/[?#]/)[0]}`;
      if (status === undefined ? answer.status === 500 : answer.status !== status)
        unexpected.push(`${asked} answered ${answer.status} and not ${status ?? "as it should"}${reveals === undefined ? `: ${text.slice(0, 500)}` : ""}`);
      if (reveals === undefined) answers.push({ request: asked, status: answer.status, text: `${JSON.stringify([...answer.headers])}\n${text}` });
      const parsed = parse(text);
      return { status: answer.status, body: parsed, text: (name) => textIn(parsed, name), cookies: answer.headers.getSetCookie() };
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function textIn(body: unknown, name: string): string {
  const value: unknown = typeof body === "object" && body !== null ? Object.entries(body).find(([key]) => key === name)?.[1] : undefined;
  if (typeof value !== "string" && typeof value !== "number") throw new Error(`an answer has no ${name}`);
  return String(value);
}
