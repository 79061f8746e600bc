import { Link, useLocation } from "@tanstack/react-router";
import { buttonClasses } from "../components/ui/button.tsx";
import { useDocumentStatus } from "../document-status.ts";

export function NotFoundPage() {
  const { pathname } = useLocation();
  useDocumentStatus("Not found", null);
  return (
    <main className="mx-auto max-w-[520px] px-6 py-20">
      <h1 className="text-xl font-semibold">There is no such page</h1>
      <p className="mt-2 text-ink-soft">
        <code className="break-all">{pathname}</code> is nothing this hub has. The address may be mistyped, or what stood here may have been removed.
      </p>
      <p className="mt-1 text-xs text-ink-faint">
        Code <code>page_not_found</code>
      </p>
      <Link to="/" className={`mt-4 ${buttonClasses("primary")}`}>
        Open the board
      </Link>
    </main>
  );
}
