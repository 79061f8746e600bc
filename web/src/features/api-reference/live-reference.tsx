const directions: readonly { event: string; who: string; payload: string; meaning: string }[] = [
  {
    event: "subscribe_dashboard, unsubscribe_dashboard",
    who: "you",
    payload: "nothing",
    meaning: "Changes of all runs that you may see; answered with {ok: true} or the reason.",
  },
  { event: "subscribe_scan, unsubscribe_scan", who: "you", payload: "{run_id}", meaning: "Progress and end of one run’s scans; answered the same way." },
  { event: "connected", who: "the hub", payload: "{server_time, version}", meaning: "Once for each connection." },
  {
    event: "dashboard_update",
    who: "the hub",
    payload: "{type, data}",
    meaning: "type is new_run, run_updated, scan_completed, or resync: then fetch again what you show.",
  },
  { event: "scan_update", who: "the hub", payload: "{type, run_id, data}", meaning: "type is progress, completed or failed." },
];

/** Live updates, which an OpenAPI document cannot tell of. */
export function LiveReference() {
  return (
    <section id="live" aria-labelledby="live-name" data-anchor className="border-b border-line px-4 py-6 md:px-6">
      <h2 id="live-name" className="text-lg font-semibold">
        Live updates
      </h2>
      <p className="mt-1 max-w-[72ch] text-ink-soft">
        Socket.IO 4 at its default path, signed in by <code>auth: {"{token}"}</code> with an access token or an API token with <code>webhook:read</code>, never
        in the address. Events carry ids; fetch what you show again.
      </p>
      <div className="mt-3 overflow-x-auto" tabIndex={0} aria-label="Events">
        <table className="w-full text-xs">
          <thead>
            <tr className="text-left text-ink-faint">
              <th className="py-1 pr-3 font-medium">Event</th>
              <th className="py-1 pr-3 font-medium">Sent by</th>
              <th className="py-1 pr-3 font-medium">Payload</th>
              <th className="py-1 font-medium">Meaning</th>
            </tr>
          </thead>
          <tbody>
            {directions.map((line) => (
              <tr key={line.event} className="border-t border-line align-top">
                <td className="py-1 pr-3">
                  <code>{line.event}</code>
                </td>
                <td className="py-1 pr-3 whitespace-nowrap text-ink-soft">{line.who}</td>
                <td className="py-1 pr-3">
                  <code>{line.payload}</code>
                </td>
                <td className="py-1 text-ink-soft">{line.meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
