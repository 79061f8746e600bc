import { CreateTrustBindingBody, usualTrustEvents } from "@sentinal/contract";
import { expect, test } from "vitest";
import { bodyOf, draftOfClaims, emptyDraft, foreignEvents, usualEvents } from "./draft.ts";

const claims = {
  repository: "acme/shop",
  repository_id: "74",
  repository_owner_id: "65",
  workflow_ref: "acme/shop/.github/workflows/ci.yml@refs/heads/main",
  ref: "refs/heads/main",
  event_name: "push",
};

test("the usual events are those of the hub", () => {
  expect(usualEvents).toEqual(usualTrustEvents);
});

test("a draft of a token's claims is a binding that the hub takes", () => {
  expect(CreateTrustBindingBody.parse(bodyOf(draftOfClaims(claims)))).toEqual({
    name: "shop CI",
    repository: "acme/shop",
    repository_id: 74,
    repository_owner_id: 65,
    workflow: ".github/workflows/ci.yml",
    refs: ["refs/heads/main"],
    events: ["push", "schedule", "workflow_dispatch", "repository_dispatch"],
    scopes: ["webhook:write"],
  });
});

test("an event that others can cause is not suggested, and pointed out where somebody writes it", () => {
  expect(draftOfClaims({ ...claims, event_name: "pull_request" }).events).toBe("");
  expect(foreignEvents("push, pull_request\nissue_comment workflow_run")).toEqual(["pull_request", "issue_comment", "workflow_run"]);
  expect(foreignEvents(emptyDraft.events)).toEqual([]);
});

test("refs stand one a line, and empty fields are told apart from zero by the hub", () => {
  expect(bodyOf({ ...emptyDraft, refs: " refs/heads/main\n\nrefs/tags/* " }).refs).toEqual(["refs/heads/main", "refs/tags/*"]);
  expect(CreateTrustBindingBody.safeParse(bodyOf(emptyDraft)).success).toBe(false);
});
