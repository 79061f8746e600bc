import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Empty } from "../components/empty.tsx";
import { classes } from "../components/ui/classes.ts";
import { Select } from "../components/ui/field.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { branchRunsQuery } from "../features/scans/queries.ts";
import { SendTests } from "../features/tests/send-tests.tsx";
import { TestExplorer } from "../features/tests/test-explorer.tsx";

const TestPanel = lazy(async () => ({ default: (await import("../features/tests/test-panel.tsx")).TestPanel }));

const sorts = [
  { sort: undefined, label: "Failed first" },
  { sort: "flaky", label: "Flaky" },
  { sort: "slow", label: "Slow" },
  { sort: "name", label: "By name" },
] as const;

/** The newest result of each test on the default branches of all repositories, or on one branch of one. */
export function TestsPage() {
  const { repository } = useSearch({ from: "/app" });
  const search = useSearch({ from: "/app/tests" });
  const navigate = useNavigate({ from: "/tests" });
  useDocumentStatus(repository === undefined ? "Tests" : `${repository} · Tests`, null);
  return (
    <div className="flex items-start">
      <div className="min-w-0 flex-1">
        <div className="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2">
          <h1 className="text-lg font-semibold">Tests</h1>
          {repository === undefined ? (
            <p className="truncate text-xs text-ink-faint">newest results {search.branch === undefined ? "on default branches" : `on ${search.branch}`}</p>
          ) : (
            <BranchChoice key={repository} repository={repository} branch={search.branch} />
          )}
          <nav aria-label="Order" className="flex gap-0.5 sm:ml-auto">
            {sorts.map(({ sort, label }) => (
              <Link
                key={label}
                from="/tests"
                to="."
                search={(previous) => ({ ...previous, sort })}
                resetScroll={false}
                aria-current={search.sort === sort ? "true" : undefined}
                className={classes(
                  "flex h-7 items-center rounded-md px-2 text-xs font-medium whitespace-nowrap",
                  search.sort === sort ? "bg-selected text-accent" : "text-ink-soft hover:bg-sunken",
                )}
              >
                {label}
              </Link>
            ))}
          </nav>
        </div>
        <TestExplorer
          key={search.sort ?? "failed"}
          scope={{ scanId: null, repository }}
          view={{ sort: search.sort ?? "failed" }}
          filters={search}
          selected={search.test}
          empty={
            <Empty title={repository === undefined ? "No tests yet" : `No tests of ${repository} yet`}>
              <p>The newest result of each test will stand here, with its history.</p>
              <SendTests />
            </Empty>
          }
        />
      </div>
      <Suspense fallback={null}>
        {search.test !== undefined && (
          <TestPanel
            id={search.test}
            branch={search.on ?? search.branch}
            scanId={undefined}
            onClose={() => void navigate({ search: (previous) => ({ ...previous, test: undefined, on: undefined }), resetScroll: false })}
          />
        )}
      </Suspense>
    </div>
  );
}

/** The branches that the newest runs were of. */
function BranchChoice({ repository, branch }: { repository: string; branch: string | undefined }) {
  const navigate = useNavigate({ from: "/tests" });
  const runs = useQuery(branchRunsQuery(repository));
  const branches = [...new Set([...(branch === undefined ? [] : [branch]), ...(runs.data ?? []).map((run) => run.branch)])];
  return (
    <span className="flex min-w-0 items-center gap-2 text-xs text-ink-faint">
      newest results on
      <Select
        label="Branch"
        isLabelHidden
        className="max-w-[200px] [&_select]:h-6 [&_select]:border-line [&_select]:pl-2 [&_select]:text-xs [&_svg]:top-1"
        value={branch ?? ""}
        onChange={(event) =>
          void navigate({
            search: (previous) => ({ ...previous, branch: event.target.value || undefined, test: undefined, on: undefined }),
            resetScroll: false,
          })
        }
      >
        <option value="">the default branch</option>
        {branches.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </Select>
    </span>
  );
}
