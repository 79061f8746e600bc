import { isObject, listOf, numberOf, textOf } from "./detail-values.ts";

export type HttpMessage = { header: string | null; body: string | null };
/** One request in which ZAP saw an alert. */
export type RequestView = {
  method: string | null;
  address: string | null;
  parameter: string | null;
  attack: string | null;
  evidence: string | null;
  otherInfo: string | null;
  request: HttpMessage | null;
  response: HttpMessage | null;
};

export type RequestsView = {
  shown: RequestView[];
  /** All that the report told of; more than are shown where it had many. */
  total: number;
  /** ZAP's own count, where the report holds a sample of them only. */
  counted: number | null;
};

/** The requests of an alert's detail; null where it has none. */
export function readRequests(detail: Readonly<Record<string, unknown>>): RequestsView | null {
  const shown = listOf(detail["instances"]).flatMap((one) => (isObject(one) ? [readRequest(one)] : []));
  const total = numberOf(detail["instance_count"]) ?? shown.length;
  if (shown.length === 0 && total === 0) return null;
  const counted = numberOf(detail["count"]);
  return { shown, total: Math.max(total, shown.length), counted: detail["systemic"] === true || (counted !== null && counted > total) ? counted : null };
}

function readRequest(one: Record<string, unknown>): RequestView {
  return {
    method: textOf(one["method"]),
    address: textOf(one["uri"]) ?? textOf(one["node_name"]),
    parameter: textOf(one["param"]),
    attack: textOf(one["attack"]),
    evidence: textOf(one["evidence"]),
    otherInfo: textOf(one["other_info"]),
    request: readMessage(one["request"]),
    response: readMessage(one["response"]),
  };
}

function readMessage(value: unknown): HttpMessage | null {
  if (!isObject(value)) return null;
  const message = { header: textOf(value["header"]), body: textOf(value["body"]) };
  return message.header === null && message.body === null ? null : message;
}
