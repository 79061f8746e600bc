import { textOf } from "../json/values.ts";
import { limits } from "../limits.ts";
import type { Problems } from "../problems.ts";
import { noteProblem } from "../problems.ts";
import type { ReportEvent, ReportSummary } from "../reader.ts";
import { cleanText, identityPart } from "../text.ts";
import type { AlertDraft } from "./alert.ts";
import { findingOf, isTelling, siteOfRequests } from "./alert.ts";
import { hostOf, originOf } from "./places.ts";

type Site = {
  facts: Map<string, string>;
  /** Alerts that wait for the site's name. */
  held: AlertDraft[];
  heldBytes: number;
  /** True once alerts are given without waiting for it. */
  isReleased: boolean;
  tally: Tally | null;
};

/** What a site has in a report. */
type Tally = { name: string; alerts: number; instances: number };

const siteFacts = new Set(["name", "host", "port", "ssl"]);
const noEvents: readonly ReportEvent[] = [];
const mostSites = 100;
const mostListed = 3;
/** What an alert takes beside what the report holds of it. */
const alertBytes = 2_000;

/** One scan being read, in whatever form: sites and alerts go in, findings come out. */
export class ZapScan {
  readonly problems: Problems = new Map();
  toolVersion: string | null = null;
  /** True once something was read that only ZAP writes. */
  isZap = false;
  /** Errors of ZAP's own plan, which may have kept it from finding something. */
  planErrors = 0;
  readonly #tallies = new Map<string, Tally>();
  readonly #ready: ReportEvent[] = [];
  readonly #sites: Site[] = [];
  #siteCount = 0;

  noteVersion(value: unknown): void {
    this.toolVersion ??= textOf(value, limits.summary);
  }

  openSite(): void {
    this.#siteCount++;
    this.#sites.push({ facts: new Map(), held: [], heldBytes: 0, isReleased: false, tally: null });
  }

  /** Takes what a site tells of itself; its name should come before its alerts, and mostly does. */
  takeSiteFact(name: string, value: unknown): void {
    const site = this.#sites.at(-1);
    const text = textOf(value, limits.target)?.trim();
    if (site === undefined || text === undefined || text === "" || !siteFacts.has(name)) return;
    site.facts.set(name, text);
    if (name !== "name") return;
    if (site.isReleased) noteProblem(this.problems, "partial", "late_member", "A site's name stands behind so many alerts that they were read without it");
    this.#release(site);
  }

  closeSite(): void {
    const site = this.#sites.pop();
    if (site !== undefined) this.#release(site);
  }

  /** Takes an alert that was read to its end, or as far as the report goes. Alerts outside any site are taken too. */
  takeAlert(draft: AlertDraft, where: string): void {
    if (!isTelling(draft)) {
      noteProblem(this.problems, "partial", "entry_unreadable", `The alert ${where} has no name`);
      return;
    }
    const site = this.#sites.at(-1);
    if (site === undefined || site.facts.has("name") || site.isReleased) {
      this.#give(draft, site);
      return;
    }
    site.held.push(draft);
    site.heldBytes += draft.sourceBytes + alertBytes;
    if (site.heldBytes > limits.heldBytes) {
      site.isReleased = true;
      this.#release(site);
    }
  }

  /** The findings that are ready, each given once. */
  takeEvents(): readonly ReportEvent[] {
    return this.#ready.length === 0 ? noEvents : this.#ready.splice(0);
  }

  /** Tells what may be missing although the report is whole. */
  noteEnd(): void {
    if (this.#siteCount === 0) noteProblem(this.problems, "warning", "no_site", "ZAP reached no site, so the report says nothing of what is fixed");
    if (this.planErrors > 0) {
      const errors = this.planErrors === 1 ? "an error" : `${this.planErrors} errors`;
      noteProblem(this.problems, "warning", "plan_errors", `ZAP's plan had ${errors}, so something may not have been scanned`);
    }
  }

  summary(shape: string): ReportSummary {
    const names = [...this.#tallies.values()].map(({ name }) => name);
    const [first] = names;
    const listed = names.length > mostListed && first !== undefined ? `${first} and others` : names.join(", ");
    return {
      tool: "ZAP",
      toolVersion: this.toolVersion,
      shape,
      artifact: listed === "" ? null : cleanText(listed, limits.summary),
      artifactScope: identityPart(this.#mainHost(), limits.summary) ?? "",
      isComplete: this.#siteCount > 0 && this.planErrors === 0,
    };
  }

  #release(site: Site): void {
    const { held } = site;
    site.held = [];
    site.heldBytes = 0;
    for (const draft of held) this.#give(draft, site);
    this.#tallyOf(site);
  }

  #give(draft: AlertDraft, site: Site | undefined): void {
    const finding = findingOf(draft, site === undefined ? siteOfRequests(draft) : (nameOf(site) ?? siteOfRequests(draft)));
    this.#ready.push({ type: "finding", finding });
    const tally = site === undefined ? null : this.#tallyOf(site, finding.target);
    if (tally === null) return;
    tally.alerts++;
    tally.instances += draft.instances.count;
  }

  #tallyOf(site: Site, otherwise: string | null = null): Tally | null {
    const name = nameOf(site) ?? otherwise;
    if (name === null) return null;
    site.tally ??= this.#tallies.get(originOf(name)) ?? { name, alerts: 0, instances: 0 };
    if (this.#tallies.size < mostSites) this.#tallies.set(originOf(name), site.tally);
    return site.tally;
  }

  /**
   * The host that the scan was for. Beside it a report has those that it happened to meet (fonts, scripts, what a
   * browser asks for by itself), and other ones each time; so the scope is the one with the most alerts alone.
   */
  #mainHost(): string {
    let main: Tally | null = null;
    for (const tally of this.#tallies.values()) {
      const isMore = main === null || tally.alerts > main.alerts || (tally.alerts === main.alerts && tally.instances > main.instances);
      if (isMore) main = tally;
    }
    return main === null ? "" : hostOf(originOf(main.name));
  }
}

function nameOf({ facts }: Site): string | null {
  const name = facts.get("name");
  if (name !== undefined) return name;
  const host = facts.get("host");
  if (host === undefined) return null;
  const scheme = facts.get("ssl")?.toLowerCase() === "true" ? "https" : "http";
  const port = facts.get("port");
  return originOf(`${scheme}://${host}${port === undefined ? "" : `:${port}`}`);
}
