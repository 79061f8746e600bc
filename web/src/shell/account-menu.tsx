import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { meQuery } from "../features/accounts/queries.ts";

const loadItems = () => import("./account-menu-popup.tsx");
const AccountMenuPopup = lazy(async () => ({ default: (await loadItems()).AccountMenuPopup }));

/** The button is there at once; the menu behind it is fetched when somebody reaches for it. */
export function AccountMenu() {
  const me = useQuery(meQuery());
  const [isOpened, setIsOpened] = useState(false);
  const name = me.data?.username ?? "";
  const face = (
    <span
      className="flex size-6 items-center justify-center rounded-full bg-sunken text-xs font-semibold text-ink-soft uppercase ring-1 ring-line"
      aria-hidden="true"
    >
      {name.slice(0, 1)}
    </span>
  );
  const label = name === "" ? "Account" : `Account of ${name}`;
  const button = (
    <button
      type="button"
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded="false"
      className="inline-flex size-8 items-center justify-center rounded-md hover:bg-sunken"
      onPointerEnter={() => void loadItems()}
      onFocus={() => void loadItems()}
      onClick={() => setIsOpened(true)}
    >
      {face}
    </button>
  );
  if (!isOpened) return button;
  return (
    <Suspense fallback={button}>
      <AccountMenuPopup label={label} face={face} user={me.data} />
    </Suspense>
  );
}
