import type { Random } from "../../../test/hub/random.ts";
import { pick, sentence, word } from "../random-text.ts";
import { around, entriesMark, indented, type ReportShape, xmlText } from "./shape.ts";

const site = "https://shop.example";
const instancesPerAlert = 20;
const scan = { programName: "ZAP", version: "2.16.0", generated: "Thu, 1 Jan 2026 00:00:00" };

type Instance = { id: string; uri: string; method: string; param: string; attack: string; evidence: string; otherinfo: string };
type Alert = {
  pluginid: string;
  alertRef: string;
  alert: string;
  name: string;
  riskcode: string;
  confidence: string;
  riskdesc: string;
  desc: string;
  instances: Instance[];
  count: string;
  solution: string;
  otherinfo: string;
  reference: string;
  cweid: string;
  wascid: string;
  sourceid: string;
};

export const zapJson: ReportShape = {
  recordsPerEntry: 1,
  head: () => `${jsonAround.head}\n`,
  entry: (random, index) => indented(alertOf(random, index), 4),
  separator: ",\n",
  tail: () => `\n${jsonAround.tail}\n`,
};

const jsonAround = around(
  {
    "@programName": scan.programName,
    "@version": scan.version,
    "@generated": scan.generated,
    site: [{ "@name": site, "@host": "shop.example", "@port": "443", "@ssl": "true", alerts: [entriesMark] }],
  },
  0,
);

export const zapXml: ReportShape = {
  recordsPerEntry: 1,
  head: () =>
    `<?xml version="1.0"?>\n<OWASPZAPReport programName="${scan.programName}" version="${scan.version}" generated="${scan.generated}">\n<site name="${site}" host="shop.example" port="443" ssl="true"><alerts>\n`,
  entry(random, index) {
    const { instances, ...alert } = alertOf(random, index);
    const lines = instances.map((instance) => `    <instance>\n${elements(instance, "      ")}\n    </instance>`);
    return `  <alertitem>\n${elements(alert, "    ")}\n    <instances>\n${lines.join("\n")}\n    </instances>\n  </alertitem>`;
  },
  separator: "\n",
  tail: () => "\n</alerts></site></OWASPZAPReport>\n",
};

function elements(values: Readonly<Record<string, string>>, margin: string): string {
  return Object.entries(values)
    .map(([name, value]) => `${margin}<${name}>${xmlText(value)}</${name}>`)
    .join("\n");
}

function alertOf(random: Random, index: number): Alert {
  const plugin = 10_000 + index;
  const name = sentence(random, 5).slice(0, -1);
  return {
    pluginid: String(plugin),
    alertRef: String(plugin),
    alert: name,
    name,
    riskcode: String(index % 4),
    confidence: String(1 + (index % 3)),
    riskdesc: `${pick(["Informational", "Low", "Medium", "High"], index)} (Medium)`,
    desc: `<p>${sentence(random, 60)}</p>`,
    instances: Array.from({ length: instancesPerAlert }, (_, number) => instanceOf(random, index, number)),
    count: String(instancesPerAlert),
    solution: `<p>${sentence(random, 30)}</p>`,
    otherinfo: `<p>${sentence(random, 12)}</p>`,
    reference: `<p>https://owasp.example/${word(random)}/${index}</p><p>https://developer.example/docs/${word(random)}</p>`,
    cweid: String(20 + random.below(900)),
    wascid: String(1 + random.below(40)),
    sourceid: String(1 + random.below(50)),
  };
}

function instanceOf(random: Random, index: number, number: number): Instance {
  return {
    id: String(index * instancesPerAlert + number),
    uri: `${site}/${word(random)}/${word(random)}/${number}?${word(random)}=${random.below(10_000)}&page=${random.below(50)}`,
    method: random.chance(0.8) ? "GET" : "POST",
    param: word(random),
    attack: random.chance(0.3) ? `"'><${word(random)}>` : "",
    evidence: random.chance(0.5) ? `<a href="/${word(random)}/${word(random)}">` : "",
    otherinfo: random.chance(0.2) ? sentence(random, 12) : "",
  };
}
