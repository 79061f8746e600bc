/** For tests: one scan as ZAP writes it in JSON and in XML. Texts with paragraphs are given without them. */
export type ZapInstance = Record<string, string>;
export type ZapAlert = Record<string, string | boolean | ZapInstance[] | { tag: string; link: string }[]>;
export type ZapSite = { name: string; host: string; port: string; ssl: string; alerts: ZapAlert[] };
export type ZapReport = { version: string; sites: ZapSite[] };

const paragraphs = new Set(["desc", "solution", "otherinfo", "reference"]);

export const missingHeader: ZapAlert = {
  pluginid: "10020",
  alertRef: "10020-1",
  alert: "Missing Anti-clickjacking Header",
  name: "Missing Anti-clickjacking Header",
  riskcode: "2",
  confidence: "3",
  riskdesc: "Medium (High)",
  desc: 'The response allows "framing" &\nis not protected.\n\nSee <frame> in the standard.',
  instances: [
    { id: "7", uri: "https://shop.example/cart/17?item=3", nodeName: "https://shop.example/cart/17 (item)", method: "GET", param: "x-frame-options" },
    {
      id: "8",
      uri: "https://shop.example/cart/18?item=4",
      nodeName: "https://shop.example/cart/18 (item)",
      method: "POST",
      param: "x-frame-options",
      attack: "<script>alert(1)</script>",
      evidence: '<form action="/cart">\r\n<input>',
      otherinfo: "seen twice",
    },
  ],
  count: "2",
  systemic: true,
  solution: "Set the header.",
  otherinfo: "if (a<b && c>d) {\n  run();\n}",
  reference: "https://one.example/a\njavascript:alert(1)\nhttp://two.example/b?c=d&e=f",
  cweid: "1021",
  wascid: "15",
  sourceid: "9",
};

export const falsePositive: ZapAlert = {
  pluginid: "40012",
  alertRef: "40012",
  alert: "Cross Site Scripting (Reflected)",
  name: "Cross Site Scripting (Reflected)",
  riskcode: "3",
  confidence: "0",
  riskdesc: "High (False Positive)",
  desc: "An attack.",
  instances: [{ uri: "https://shop.example/search", method: "GET", param: "q" }],
  count: "1",
  solution: "",
  otherinfo: "",
  reference: "",
  cweid: "-1",
  wascid: "0",
  sourceid: "1",
};

export const exchange = {
  "request-header": "POST https://shop.example/cart HTTP/1.1\r\nHost: shop.example\r\n\r\n",
  "request-body": "item=3",
  "response-header": "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n",
  "response-body": "<html>\n<p>ok</p></html>",
};

export const shopScan: ZapReport = {
  version: "2.16.1",
  sites: [
    { name: "https://shop.example", host: "shop.example", port: "443", ssl: "true", alerts: [missingHeader, falsePositive] },
    {
      name: "http://fonts.example:8080",
      host: "fonts.example",
      port: "8080",
      ssl: "false",
      alerts: [{ ...missingHeader, riskcode: "1", riskdesc: "Low (High)", instances: [{ uri: "http://fonts.example:8080/", method: "GET" }] }],
    },
  ],
};

/** The same scan with requests and responses, as the "plus" templates write it. */
export const shopScanPlus: ZapReport = {
  ...shopScan,
  sites: shopScan.sites.map((site) => ({
    ...site,
    alerts: site.alerts.map((alert) => ({
      ...alert,
      instances: instancesOf(alert).map((instance) => ({ ...instance, ...exchange })),
      tags: [{ tag: "OWASP_2021_A05", link: "https://owasp.example/a05" }],
    })),
  })),
};

export function zapJson({ version, sites }: ZapReport): Record<string, unknown> {
  return {
    "@programName": "ZAP",
    "@version": version,
    "@generated": "Sun, 22 Nov 2026 09:00:00",
    created: "2026-11-22T09:00:00Z",
    site: sites.map(({ alerts, ...site }) => ({
      ...Object.fromEntries(Object.entries(site).map(([name, value]) => [`@${name}`, value])),
      alerts: alerts.map((alert) => Object.fromEntries(Object.entries(alert).map(([name, value]) => [name, jsonValue(name, value)]))),
    })),
  };
}

/** `isRaw`: without paragraphs, as the "plus" template writes the texts. */
export function zapXml({ version, sites }: ZapReport, isRaw = false): string {
  const site = ({ alerts, ...attributes }: ZapSite) => {
    const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
    return `<site${written.join("")}>\n<alerts>${alerts.map((alert) => alertXml(alert, isRaw)).join("\n")}</alerts></site>`;
  };
  return `<?xml version="1.0"?>\n<OWASPZAPReport programName="ZAP" version="${version}" generated="x">\n${sites.map(site).join("\n")}\n</OWASPZAPReport>`;
}

export function instancesOf(alert: ZapAlert): ZapInstance[] {
  const { instances } = alert;
  return Array.isArray(instances) ? instances.filter((instance): instance is ZapInstance => !("link" in instance)) : [];
}

function jsonValue(name: string, value: ZapAlert[string]): unknown {
  return typeof value === "string" && paragraphs.has(name) ? paragraphed(value) : value;
}

function alertXml(alert: ZapAlert, isRaw: boolean): string {
  const members = Object.entries(alert).map(([name, value]) => {
    if (name === "instances")
      return `<instances>${instancesOf(alert)
        .map((instance) => `\n  <instance>${elements(instance)}</instance>`)
        .join("")}</instances>`;
    if (Array.isArray(value)) return `<tags>${value.map((tag) => `<tag>${elements(tag)}</tag>`).join("")}</tags>`;
    const text = String(value);
    return element(name, paragraphs.has(name) && !isRaw ? paragraphed(text) : text);
  });
  return `<alertitem>\n${members.join("\n")}\n</alertitem>`;
}

function elements(members: Record<string, string>): string {
  return Object.entries(members)
    .filter(([name]) => name !== "id")
    .map(([name, value]) => element(name.replaceAll("-", ""), value))
    .join("\n    ");
}

function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`;
}

function paragraphed(text: string): string {
  return text === "" ? "" : `<p>${text.replaceAll("\n", "</p><p>")}</p>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
