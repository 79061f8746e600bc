import type { User } from "@sentinal/contract";
import { Menu } from "@base-ui/react/menu";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { shownProblem } from "../api/problem.ts";
import { Icon } from "../components/icons.tsx";
import { session } from "../runtime.ts";
import { chooseTheme, themes, useTheme } from "../theme.ts";
import { themeWords } from "./theme-switch.tsx";

const itemClasses = "flex h-8 cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-none data-[highlighted]:bg-sunken";

export function AccountMenuPopup({ label, face, user }: { label: string; face: ReactNode; user: User | undefined }) {
  const theme = useTheme();
  const [problem, setProblem] = useState<string | null>(null);

  function signOut(): void {
    setProblem(null);
    session.signOut().catch((error: unknown) => setProblem(shownProblem(error).message));
  }

  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger aria-label={label} className="inline-flex size-8 items-center justify-center rounded-md hover:bg-sunken data-[popup-open]:bg-sunken">
        {face}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="bottom" align="end" sideOffset={4} className="z-50">
          <Menu.Popup className="w-[232px] rounded-lg border border-line bg-raised p-1 text-ink outline-none">
            {user !== undefined && (
              <div className="border-b border-line px-2 pt-1 pb-2">
                <p className="truncate font-medium">{user.username}</p>
                <p className="truncate text-xs text-ink-faint">
                  {user.email} · {user.role}
                </p>
              </div>
            )}
            <div className="border-b border-line py-1">
              <Menu.Item className={itemClasses} render={<Link to="/profile" />}>
                <Icon name="person" />
                Profile and sessions
              </Menu.Item>
              {user?.role === "Admin" && (
                <Menu.Item className={itemClasses} render={<Link to="/users" />}>
                  <Icon name="people" />
                  People
                </Menu.Item>
              )}
            </div>
            <Menu.RadioGroup
              value={theme}
              onValueChange={(next) => chooseTheme(themes.find((one) => one === next) ?? "system")}
              className="border-b border-line py-1"
            >
              {themes.map((one) => (
                <Menu.RadioItem key={one} value={one} className={itemClasses}>
                  <span className="flex size-4 items-center justify-center">
                    <Menu.RadioItemIndicator>
                      <Icon name="check" className="size-3.5" />
                    </Menu.RadioItemIndicator>
                  </span>
                  {themeWords[one]}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <div className="pt-1">
              <Menu.Item className={itemClasses} closeOnClick={false} onClick={signOut}>
                <Icon name="signOut" />
                Sign out
              </Menu.Item>
              {problem !== null && (
                <p role="alert" className="px-2 py-1 text-xs text-bad">
                  Could not sign out. {problem}
                </p>
              )}
            </div>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
