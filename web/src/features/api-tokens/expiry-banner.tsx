import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { StatusMark } from "../../components/status.tsx";
import { meQuery } from "../accounts/queries.ts";
import { tokensQuery } from "./queries.ts";
import { warningOf, warningWords } from "./token-state.ts";

/** On every page, for administrators, while tokens expire within a week: CI stops where nobody renews them. */
export function ExpiryBanner() {
  const me = useQuery(meQuery());
  const tokens = useQuery({ ...tokensQuery(), enabled: me.data?.role === "Admin", staleTime: 10 * 60_000 });
  const warning = warningOf((tokens.data ?? []).filter((token) => token.expires_within_days !== 14));
  if (warning === null) return null;
  return (
    <div role="status" data-print="no" className="flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-sm">
      <StatusMark kind="action_needed" className="size-4 shrink-0" />
      <span className="min-w-0">{warningWords(warning)}</span>
      <Link to="/tokens" search={{ show: "ending" }} className="link ml-auto shrink-0">
        Renew
      </Link>
    </div>
  );
}
