import type { FindingExportFormat } from "@sentinal/contract";
import { Menu } from "@base-ui/react/menu";
import { useMutation } from "@tanstack/react-query";
import { announce } from "../../announcement.ts";
import { shownProblem } from "../../api/problem.ts";
import type { Query } from "../../api/client.ts";
import { saveFile } from "../../clipboard.ts";
import { Icon } from "../../components/icons.tsx";
import { buttonClasses } from "../../components/ui/button.tsx";
import { api } from "../../runtime.ts";

const formats: readonly { value: FindingExportFormat; name: string; hint: string }[] = [
  { value: "csv", name: "CSV", hint: "for a table" },
  { value: "sarif", name: "SARIF 2.1.0", hint: "for other tools" },
  { value: "json", name: "JSON", hint: "as the API gives it" },
];

/** Saves what the list shows, all of it, as a file. */
export function ExportMenu({ query }: { query: Query }) {
  const download = useMutation({
    mutationFn: (format: FindingExportFormat) => api.bytes("/api/cicd/findings/export", { ...query, format }),
    onSuccess: (bytes, format) => {
      saveFile(bytes, `findings${typeof query["scan_id"] === "number" ? `-scan-${query["scan_id"]}` : ""}.${format}`);
      announce("Exported.");
    },
  });
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger className={`${buttonClasses("quiet", "sm")} data-[popup-open]:bg-sunken`}>
        <Icon name="download" className="size-3.5" />
        {download.isPending ? "Exporting…" : "Export"}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="bottom" align="end" sideOffset={4} className="z-50">
          <Menu.Popup className="w-[232px] rounded-lg border border-line bg-raised p-1 text-ink outline-none">
            {formats.map((format) => (
              <Menu.Item
                key={format.value}
                closeOnClick={false}
                disabled={download.isPending}
                onClick={() => download.mutate(format.value)}
                className="flex h-8 cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-none data-[disabled]:opacity-55 data-[highlighted]:bg-sunken"
              >
                {format.name}
                <span className="ml-auto text-xs text-ink-faint">{format.hint}</span>
              </Menu.Item>
            ))}
            {download.error !== null && (
              <p role="alert" className="px-2 py-1 text-xs text-bad">
                Not exported. {shownProblem(download.error).message}
              </p>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
