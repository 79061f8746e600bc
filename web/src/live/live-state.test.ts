import { expect, test } from "vitest";
import { liveWords, nextLiveState, type LiveState } from "./live-state.ts";

const start = 1_000_000;

test("only a subscribed page looks live", () => {
  expect(liveWords({ phase: "connecting" }, start)).toMatchObject({ words: "Connecting…", isFresh: false });
  expect(liveWords(nextLiveState({ phase: "connecting" }, { kind: "subscribed" }, start), start)).toEqual({ words: "Live", isFresh: true, canRetry: false });
});

test("a lost connection first reconnects, then says how old the page is and offers to try", () => {
  const lost = nextLiveState({ phase: "live" }, { kind: "lost" }, start);
  expect(liveWords(lost, start + 5_000)).toMatchObject({ words: "Reconnecting…", isFresh: false });
  expect(liveWords(lost, start + 125_000)).toEqual({ words: "Updated 2 min ago", isFresh: false, canRetry: true });
});

test("losing it again while it is lost does not make the page younger", () => {
  const lost = nextLiveState({ phase: "live" }, { kind: "lost" }, start);
  expect(nextLiveState(lost, { kind: "lost" }, start + 60_000)).toBe(lost);
});

test("a page that never was live does not name an age", () => {
  const lost: LiveState = nextLiveState({ phase: "connecting" }, { kind: "lost" }, start);
  expect(liveWords(lost, start + 60_000).words).toBe("Not live");
});

test("a refusal tells its reason", () => {
  const refused = nextLiveState({ phase: "live" }, { kind: "refused", reason: "Sign in again." }, start);
  expect(liveWords(refused, start)).toMatchObject({ words: "Not live: Sign in again.", isFresh: false });
});
