import type { IconName } from "../components/icons.tsx";
import { IconButton } from "../components/ui/button.tsx";
import { chooseTheme, type Theme, themes, useTheme } from "../theme.ts";

const icons: Record<Theme, IconName> = { system: "system", light: "sun", dark: "moon" };
export const themeWords: Record<Theme, string> = { system: "Theme of the system", light: "Light theme", dark: "Dark theme" };

/** Goes round the three choices. */
export function ThemeSwitch() {
  const theme = useTheme();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  return (
    <IconButton
      icon={icons[theme]}
      label={`${themeWords[theme]}; press for: ${themeWords[next].toLowerCase()}`}
      className="max-sm:hidden"
      onClick={() => chooseTheme(next)}
    />
  );
}
