import type { FieldProblem, Problem, SecondFactorRequired } from "@sentinal/contract";

export type SecondFactorDemand = Pick<SecondFactorRequired, "challenge" | "methods">;

/** What went wrong with a call, in words for the person in front of the screen. `status` 0: the hub gave no answer. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId: string | null;
  readonly fields: readonly FieldProblem[];
  readonly retryAfterSeconds: number | null;
  /** What a right password asks for besides. */
  readonly demand: SecondFactorDemand | null;

  constructor(problem: {
    status: number;
    code: string;
    title: string;
    detail: string;
    requestId?: string | null;
    fields?: readonly FieldProblem[];
    retryAfterSeconds?: number | null;
    demand?: SecondFactorDemand | null;
  }) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.requestId = problem.requestId ?? null;
    this.fields = problem.fields ?? [];
    this.retryAfterSeconds = problem.retryAfterSeconds ?? null;
    this.demand = problem.demand ?? null;
  }
}

/** Reads an error answer; also one that is not ours, such as a proxy's page. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get("retry-after") ?? "");
  const shared = { status: response.status, requestId: response.headers.get("x-request-id"), retryAfterSeconds: retryAfter > 0 ? retryAfter : null };
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) {
    return new ApiProblem({
      ...shared,
      code: body.code,
      title: body.title,
      detail: body.detail,
      requestId: body.request_id,
      fields: body.errors ?? [],
      demand: isDemand(body) ? body : null,
    });
  }
  return new ApiProblem({
    ...shared,
    code: `http_${response.status}`,
    title: "The answer was not the hub's",
    detail: `Something between this browser and the hub answered ${response.status}. Check the proxy in front of the hub, or try again.`,
  });
}

/** The problem of a call that never got an answer. */
export function unansweredProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const isTimeout = error instanceof DOMException && error.name === "TimeoutError";
  return isTimeout
    ? new ApiProblem({ status: 0, code: "no_answer_in_time", title: "The hub did not answer in time", detail: "It may be busy. Try again in a moment." })
    : new ApiProblem({
        status: 0,
        code: "unreachable",
        title: "The hub cannot be reached",
        detail: "Check that it is running and that this device can reach it, then try again.",
      });
}

/** The problem of a sensitive call whose person would not prove who they are. */
export function unprovedProblem(refused: ApiProblem): ApiProblem {
  return new ApiProblem({
    status: refused.status,
    code: refused.code,
    title: "It needs a sign-in of the last minutes",
    detail: "You closed the question who you are, so nothing was changed. Do it again to be asked again.",
    requestId: refused.requestId,
  });
}

/** Any thrown value as a problem that can be shown; what is no answer of the hub is a fault of this page. */
export function shownProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new ApiProblem({
    status: 0,
    code: "page_fault",
    title: "This page made a mistake",
    detail: `${detail} Reload the page; if it stays, report this text.`,
  });
}

function isDemand(body: Problem): body is SecondFactorRequired {
  return body.code === "second_factor_required" && "challenge" in body && "methods" in body;
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === "object" && body !== null && "code" in body && typeof body.code === "string" && "title" in body && "detail" in body && "request_id" in body
  );
}
