import type { Upgrade } from "@sentinal/contract";
import { Link } from "@tanstack/react-router";
import { Empty } from "../../components/empty.tsx";
import { SeverityFigures } from "../../components/severity.tsx";

/** "Bump X from A to B, fixes N", most first. */
export function UpgradeList({ upgrades }: { upgrades: readonly Upgrade[] }) {
  if (upgrades.length === 0) {
    return (
      <Empty title="No upgrade would fix anything">
        <p>None of the packages with findings has a fixed version yet.</p>
      </Empty>
    );
  }
  return (
    <ul aria-label="Upgrades" className="@container">
      {upgrades.map((upgrade) => (
        <li key={JSON.stringify([upgrade.target, upgrade.package_name, upgrade.installed_version])} className="border-b border-line">
          <Link
            to="."
            search={(previous) => ({
              ...previous,
              view: undefined,
              kind: "vulnerability" as const,
              package: [upgrade.package_name],
              target: upgrade.target === null ? undefined : [upgrade.target],
              fixable: "true" as const,
            })}
            resetScroll={false}
            className="flex min-h-[34px] flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-1 -outline-offset-2 hover:bg-sunken"
          >
            <span>
              Bump <span className="font-semibold">{upgrade.package_name}</span> from <code>{upgrade.installed_version}</code> to{" "}
              <code className="text-good">{upgrade.fixed_version}</code>
            </span>
            <span className="min-w-0 truncate text-xs text-ink-faint">{upgrade.target}</span>
            <span className="ml-auto flex items-center gap-3">
              <SeverityFigures counts={upgrade.counts} />
              <span className="w-[64px] text-right font-medium">fixes {upgrade.fixes}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
