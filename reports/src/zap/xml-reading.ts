import { limits } from "../limits.ts";
import type { ReportEvent } from "../reader.ts";
import type { XmlEvent } from "../xml/events.ts";
import type { AlertDraft } from "./alert.ts";
import { isTelling, newAlert, takeFact, takeTag } from "./alert.ts";
import { takeInstance } from "./instances.ts";
import { ZapScan } from "./scan.ts";
import type { Facts } from "./texts.ts";
import { factName, factOf } from "./texts.ts";

type Tag = { tag: string | null; link: string | null };

/** An element whose text is taken: what it is called, how deep it stands, and its text so far. */
type Field = { name: string; depth: number; pieces: string[]; characters: number };

/** What an element takes in the report beside its text, in bytes, at least. */
const elementBytes = 16;

/** ZAP's XML being read: which elements are taken, and what they mean. */
export class ZapXmlReading {
  readonly scan = new ZapScan();
  #rootName: string | null = null;
  #depth = 0;
  #siteDepth = 0;
  #alert: AlertDraft | null = null;
  #alertDepth = 0;
  #alertCount = 0;
  #instance: Facts | null = null;
  #tag: Tag | null = null;
  #tagDepth = 0;
  #field: Field | null = null;

  /** Takes the next of the content's parts; answers why it is no report of ZAP at all, or null. */
  take(event: XmlEvent): ReportEvent | null {
    if (event.type === "open") this.#open(event.name, event.attributes);
    else if (event.type === "close") this.#close(event.name);
    else if (event.type === "text") this.#takeText(event.text);
    if (this.#rootName === null || this.scan.isZap) return null;
    return { type: "problem", severity: "refused", code: "not_zap", message: `The root of the XML is <${this.#rootName}>, not <OWASPZAPReport>` };
  }

  /** Takes what stands open at the end. An alert that is cut off is kept when it was told what it is. */
  finish(): void {
    const alert = this.#alert;
    if (alert !== null && isTelling(alert) && alert.facts.has("riskcode")) this.#endAlert(alert);
    if (this.#siteDepth > 0) this.scan.closeSite();
  }

  #open(name: string, attributes: ReadonlyMap<string, string>): void {
    this.#depth++;
    if (this.#rootName === null) {
      this.#rootName = name;
      this.scan.isZap = name === "OWASPZAPReport";
      this.scan.noteVersion(attributes.get("version"));
    } else if (name === "alertitem") this.#openAlert();
    else if (name === "site" && (this.#alert === null || attributes.size > 0)) this.#openSite(attributes);
    else if (this.#alert !== null) this.#openInAlert(name);
  }

  #openSite(attributes: ReadonlyMap<string, string>): void {
    if (this.#alert !== null) this.#endAlert(this.#alert);
    if (this.#siteDepth > 0) this.scan.closeSite();
    this.#siteDepth = this.#depth;
    this.scan.openSite();
    for (const [name, value] of attributes) this.scan.takeSiteFact(name, value);
  }

  /** One that stands inside another means that the other's end is missing. */
  #openAlert(): void {
    if (this.#alert !== null) this.#endAlert(this.#alert);
    this.#alert = newAlert();
    this.#alertDepth = this.#depth;
    this.#alertCount++;
  }

  #openInAlert(name: string): void {
    const fact = factName(name);
    if (this.#field !== null) this.#breakLine(name);
    else if (name === "instance") this.#instance = new Map();
    else if (name === "tag" && this.#tag === null) {
      this.#tag = { tag: null, link: null };
      this.#tagDepth = this.#depth;
      this.#openField(name);
    } else if (this.#tag !== null || fact !== null) this.#openField(fact ?? name);
  }

  #openField(name: string): void {
    this.#field = { name, depth: this.#depth, pieces: [], characters: 0 };
  }

  /** Elements inside a text are HTML that was not escaped. */
  #breakLine(name: string): void {
    if (name === "p" || name === "br") this.#takeText("\n");
    else if (this.#tag !== null && this.#field?.name === "tag") this.#openField(name);
  }

  #takeText(text: string): void {
    const field = this.#field;
    if (field === null || field.characters >= limits.xmlText) return;
    field.pieces.push(text);
    field.characters += text.length;
  }

  #close(name: string): void {
    const depth = this.#depth--;
    const field = this.#field;
    if (field !== null && depth <= field.depth) this.#endField(field);
    else if (field !== null && name === "p") this.#takeText("\n");
    if (this.#tag !== null && depth <= this.#tagDepth) this.#endTag(this.#tag);
    if (this.#alert !== null && this.#instance !== null && name === "instance") this.#endInstance(this.#alert, this.#instance);
    if (this.#alert !== null && depth <= this.#alertDepth) this.#endAlert(this.#alert);
    if (this.#siteDepth > 0 && depth <= this.#siteDepth) {
      this.#siteDepth = 0;
      this.scan.closeSite();
    }
  }

  #endField(field: Field): void {
    this.#field = null;
    const text = field.pieces.join("");
    if (this.#alert === null || text === "") return;
    this.#alert.sourceBytes += Buffer.byteLength(text) + elementBytes;
    if (this.#tag !== null) {
      if (field.name === "tag" || field.name === "link") this.#tag[field.name] ??= text.trim();
    } else if (this.#instance === null) takeFact(this.#alert, field.name, text);
    else {
      const fact = factOf(field.name, text);
      if (fact !== null) this.#instance.set(field.name, fact);
    }
  }

  #endTag(tag: Tag): void {
    this.#tag = null;
    if (this.#alert !== null && this.#instance === null) takeTag(this.#alert, tag.tag === "" ? null : tag.tag, tag.link);
  }

  #endInstance(alert: AlertDraft, instance: Facts): void {
    takeInstance(alert.instances, instance);
    this.#instance = null;
  }

  #endAlert(alert: AlertDraft): void {
    if (this.#field !== null) this.#endField(this.#field);
    if (this.#instance !== null) this.#endInstance(alert, this.#instance);
    this.#tag = null;
    this.#alert = null;
    this.scan.takeAlert(alert, `number ${this.#alertCount}`);
  }
}
