import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect, retainSearchParams } from "@tanstack/react-router";
import { setupQuery } from "./features/accounts/queries.ts";
import { boardQuery, runsQuery } from "./features/ci-runs/queries.ts";
import { FaultPage } from "./routes/fault.tsx";
import { NotFoundPage } from "./routes/not-found.tsx";
import { queryClient, session } from "./runtime.ts";
import * as searches from "./searches.ts";
import { AppShell } from "./shell/app-shell.tsx";
import { parseSearch, stringifySearch } from "./url-state.ts";

const root = createRootRoute({ notFoundComponent: NotFoundPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: searches.readSignInSearch,
  beforeLoad: async ({ search }) => {
    if ((await session.start()) === "signed_in") throw redirect({ href: search.next ?? "/" });
  },
  component: lazyRouteComponent(() => import("./routes/sign-in.tsx"), "SignInPage"),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  beforeLoad: async () => {
    if ((await session.start()) === "signed_in") throw redirect({ to: "/" });
    const state = await queryClient.fetchQuery(setupQuery());
    if (!state.setup_needed && state.registration !== "open") throw redirect({ to: "/sign-in" });
  },
  component: lazyRouteComponent(() => import("./routes/setup.tsx"), "SetupPage"),
});

/** Its token stands behind the #, which is sent to no server. */
const invite = createRoute({
  getParentRoute: () => root,
  path: "/invite",
  beforeLoad: async () => {
    await session.start();
  },
  component: lazyRouteComponent(() => import("./routes/invite.tsx"), "InvitePage"),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: "/reset",
  beforeLoad: async () => {
    await session.start();
  },
  component: lazyRouteComponent(() => import("./routes/reset.tsx"), "ResetPage"),
});

/** Everything that needs somebody who is signed in. */
const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  validateSearch: searches.readAppSearch,
  search: { middlewares: [retainSearchParams(["repository"])] },
  beforeLoad: async ({ location }) => {
    if ((await session.start()) === "signed_in") return;
    const state = await queryClient.fetchQuery(setupQuery());
    if (state.setup_needed) throw redirect({ to: "/setup" });
    throw redirect({ to: "/sign-in", search: { next: location.href === "/" ? undefined : location.href } });
  },
  component: AppShell,
});

const board = createRoute({
  getParentRoute: () => app,
  path: "/",
  validateSearch: searches.readBoardSearch,
  loaderDeps: ({ search }) => ({ repository: search.repository, branch: search.branch, workflow: search.workflow, status: search.status, q: search.q }),
  // Asked for while the page's code still comes.
  loader: ({ deps }) => {
    void queryClient.prefetchQuery(boardQuery(deps.repository));
    void queryClient.prefetchInfiniteQuery(runsQuery(deps));
  },
  component: lazyRouteComponent(() => import("./routes/board.tsx"), "BoardPage"),
});

const run = createRoute({
  getParentRoute: () => app,
  path: "/runs/$runId",
  validateSearch: searches.readRunSearch,
  component: lazyRouteComponent(() => import("./routes/run.tsx"), "RunPage"),
});

const scan = createRoute({
  getParentRoute: () => app,
  path: "/scans/$scanId",
  validateSearch: searches.readScanSearch,
  component: lazyRouteComponent(() => import("./routes/scan.tsx"), "ScanPage"),
});

const findings = createRoute({
  getParentRoute: () => app,
  path: "/findings",
  validateSearch: searches.readFindingsSearch,
  component: lazyRouteComponent(() => import("./routes/findings.tsx"), "FindingsPage"),
});

const finding = createRoute({
  getParentRoute: () => app,
  path: "/findings/$findingId",
  validateSearch: searches.readFindingSearch,
  component: lazyRouteComponent(() => import("./routes/finding.tsx"), "FindingPage"),
});

const tests = createRoute({
  getParentRoute: () => app,
  path: "/tests",
  validateSearch: searches.readTestsSearch,
  component: lazyRouteComponent(() => import("./routes/tests.tsx"), "TestsPage"),
});

const test = createRoute({
  getParentRoute: () => app,
  path: "/tests/$testId",
  validateSearch: searches.readTestSearch,
  component: lazyRouteComponent(() => import("./routes/test.tsx"), "TestPage"),
});

const tokens = createRoute({
  getParentRoute: () => app,
  path: "/tokens",
  validateSearch: searches.readTokensSearch,
  component: lazyRouteComponent(() => import("./routes/tokens.tsx"), "TokensPage"),
});

const trust = createRoute({
  getParentRoute: () => app,
  path: "/trust",
  validateSearch: searches.readTrustSearch,
  component: lazyRouteComponent(() => import("./routes/trust.tsx"), "TrustPage"),
});

const audit = createRoute({
  getParentRoute: () => app,
  path: "/audit",
  validateSearch: searches.readAuditSearch,
  component: lazyRouteComponent(() => import("./routes/audit.tsx"), "AuditPage"),
});

const device = createRoute({
  getParentRoute: () => app,
  path: "/device",
  component: lazyRouteComponent(() => import("./routes/device.tsx"), "DevicePage"),
});

const profile = createRoute({
  getParentRoute: () => app,
  path: "/profile",
  component: lazyRouteComponent(() => import("./routes/profile.tsx"), "ProfilePage"),
});

const users = createRoute({
  getParentRoute: () => app,
  path: "/users",
  validateSearch: searches.readUsersSearch,
  component: lazyRouteComponent(() => import("./routes/users.tsx"), "UsersPage"),
});

const apiDocs = createRoute({
  getParentRoute: () => app,
  path: "/api-docs",
  validateSearch: searches.readApiDocsSearch,
  component: lazyRouteComponent(() => import("./routes/api-docs.tsx"), "ApiDocsPage"),
});

const unknown = createRoute({ getParentRoute: () => app, path: "$", component: NotFoundPage });

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setup,
    invite,
    reset,
    app.addChildren([board, run, scan, findings, finding, tests, test, tokens, trust, device, audit, profile, users, apiDocs, unknown]),
  ]),
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  defaultPreload: false,
  defaultErrorComponent: FaultPage,
  defaultNotFoundComponent: NotFoundPage,
  defaultPendingMs: 300,
  defaultPendingMinMs: 200,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
