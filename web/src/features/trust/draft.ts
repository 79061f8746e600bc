import type { CreateTrustBindingBody, Scope, TrustTrial } from "@sentinal/contract";

/** Those that a binding admits where it names none; the list is the contract's, without its schemas. */
export const usualEvents = ["push", "schedule", "workflow_dispatch", "repository_dispatch"] as const;

/** A binding while it is written, as the fields of its form hold it. */
export type BindingDraft = {
  name: string;
  repository: string;
  repositoryId: string;
  ownerId: string;
  workflow: string;
  /** One a line. */
  refs: string;
  /** Parted by commas. */
  events: string;
  scopes: readonly Scope[];
  environment: string;
};

export const emptyDraft: BindingDraft = {
  name: "",
  repository: "",
  repositoryId: "",
  ownerId: "",
  workflow: "",
  refs: "refs/heads/main",
  events: usualEvents.join(", "),
  scopes: ["webhook:write"],
  environment: "",
};

/** What the hub takes; wrong values go along as they are, and the hub names the field. */
export function bodyOf(draft: BindingDraft): Record<keyof Omit<CreateTrustBindingBody, "environment">, unknown> & { environment?: string } {
  const environment = draft.environment.trim();
  return {
    name: draft.name.trim(),
    repository: draft.repository.trim(),
    repository_id: Number(draft.repositoryId.trim()),
    repository_owner_id: Number(draft.ownerId.trim()),
    workflow: draft.workflow.trim(),
    refs: parts(draft.refs),
    events: parts(draft.events),
    scopes: draft.scopes,
    ...(environment !== "" && { environment }),
  };
}

/** A binding that would admit runs as the one that the token is of. */
export function draftOfClaims(claims: NonNullable<TrustTrial["claims"]>): BindingDraft {
  const repository = claims["repository"] ?? "";
  const workflow = claims["workflow_ref"]?.split("@")[0] ?? "";
  const event = claims["event_name"] ?? "";
  const isUsual = usualEvents.some((usual) => usual === event);
  return {
    ...emptyDraft,
    name: repository === "" ? "" : `${repository.split("/")[1] ?? repository} CI`,
    repository,
    repositoryId: claims["repository_id"] ?? "",
    ownerId: claims["repository_owner_id"] ?? "",
    workflow: workflow.startsWith(`${repository}/`) ? workflow.slice(repository.length + 1) : "",
    refs: claims["ref"] ?? emptyDraft.refs,
    // One that others can cause is not suggested: who wants it names it.
    events: isUsual ? emptyDraft.events : "",
    environment: claims["environment"] ?? "",
  };
}

function parts(text: string): string[] {
  return text.split(/[\s,]+/).filter((part) => part !== "");
}

/** Events in a draft that others can cause, which deserve a second look. */
export function foreignEvents(events: string): string[] {
  return parts(events).filter((event) => event.startsWith("pull_request") || event.startsWith("issue") || event === "workflow_run");
}
