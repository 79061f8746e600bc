import { Link } from "@tanstack/react-router";
import { classes } from "../../components/ui/classes.ts";

/** Only what is new on the branch, or all of it. `isDefault`: so it is where the address does not say. */
export function NewOnlySwitch({ isOn, isDefault, fresh }: { isOn: boolean; isDefault: boolean; fresh: number }) {
  const next = isOn ? ("all" as const) : ("new" as const);
  return (
    <Link
      to="."
      search={(previous) => ({ ...previous, change: undefined, show: (next === "new") === isDefault ? undefined : next })}
      resetScroll={false}
      role="switch"
      aria-checked={isOn}
      className="flex h-7 items-center gap-2 rounded-md px-2 text-xs font-medium text-ink-soft hover:bg-sunken"
    >
      <span className={classes("flex h-3.5 w-6 items-center rounded-full p-0.5", isOn ? "justify-end bg-accent" : "bg-line-strong")} aria-hidden="true">
        <span className="size-2.5 rounded-full bg-surface" />
      </span>
      New only
      <span className="rounded-sm bg-sunken px-1 font-normal text-ink-faint">{fresh.toLocaleString("en")}</span>
    </Link>
  );
}
