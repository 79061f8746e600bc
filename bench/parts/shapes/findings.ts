import { createRandom, type Random } from "../../../test/hub/random.ts";
import { hex, pick, sentence, word } from "../random-text.ts";
import { realisticReport, vulnerability } from "../report.ts";
import { around, entriesMark, indented, type ReportShape, xmlText } from "./shape.ts";

const workspace = "/home/runner/work/shop/shop";
const files = 2_000;
const rules = [
  "no-unused-vars",
  "consistent-return",
  "no-param-reassign",
  "eqeqeq",
  "curly",
  "no-shadow",
  "max-depth",
  "complexity",
  "no-multi-assign",
  "@typescript-eslint/no-explicit-any",
  "import/no-cycle",
  "no-undef",
] as const;
const messagesPerFile = 20;

/** Paths of a repository, each once: the same ones in every report. */
function pathOf(index: number): string {
  const random = createRandom(index + 1);
  return `packages/${word(random)}/src/${word(random)}/${word(random)}-${index}.ts`;
}

export const trivy: ReportShape = {
  recordsPerEntry: 1,
  ...aroundAs(() => {
    const report = realisticReport(0);
    report["Results"] = [{ Target: "registry.example:5000/shop/web:1.0.0 (debian 12.8)", Class: "os-pkgs", Type: "debian", Vulnerabilities: [entriesMark] }];
    return report;
  }),
  entry: (random, index) => indented(vulnerability(random, index, trivyLayer), 4),
  separator: ",\n",
};

const trivyLayer = { Digest: `sha256:${hex(createRandom(1), 64)}`, DiffID: `sha256:${hex(createRandom(2), 64)}` };

/** As its API answers, the pages of it joined; it writes no white space. */
export const sonarqube: ReportShape = {
  recordsPerEntry: 1,
  head: (entries) =>
    `{"total":${entries},"p":1,"ps":${entries},"paging":{"pageIndex":1,"pageSize":${entries},"total":${entries}},"effortTotal":${entries * 5},"issues":[`,
  entry(random, index) {
    const line = 1 + random.below(900);
    const column = random.below(60);
    const range = { startLine: line, endLine: line, startOffset: column, endOffset: column + 1 + random.below(40) };
    const component = `shop:${pathOf(random.below(files))}`;
    return JSON.stringify({
      key: `AY${hex(random, 18)}`,
      rule: `typescript:S${1_000 + random.below(400)}`,
      severity: pick(["BLOCKER", "CRITICAL", "MAJOR", "MINOR", "INFO"], index),
      component,
      project: "shop",
      line,
      hash: hex(random, 32),
      textRange: range,
      flows: index % 4 === 0 ? [{ locations: [{ component, textRange: range, msg: sentence(random, 6), msgFormattings: [] }] }] : [],
      status: "OPEN",
      message: sentence(random, 12),
      effort: "5min",
      debt: "5min",
      author: "ada@example.org",
      tags: [word(random), word(random), "cwe"],
      creationDate: "2026-01-01T00:00:00+0000",
      updateDate: "2026-01-02T00:00:00+0000",
      type: pick(["CODE_SMELL", "BUG", "VULNERABILITY"], index),
      scope: "MAIN",
      quickFixAvailable: false,
      messageFormattings: [],
      codeVariants: [],
      cleanCodeAttribute: "CLEAR",
      cleanCodeAttributeCategory: "INTENTIONAL",
      impacts: [{ softwareQuality: "MAINTAINABILITY", severity: pick(["HIGH", "MEDIUM", "LOW"], index) }],
      issueStatus: "OPEN",
    });
  },
  separator: ",",
  tail: () => `],"components":[${Array.from({ length: files }, (_, index) => JSON.stringify(component(pathOf(index)))).join(",")}],"facets":[]}`,
};

function component(path: string) {
  return { key: `shop:${path}`, enabled: true, qualifier: "FIL", name: path.slice(path.lastIndexOf("/") + 1), longName: path, path };
}

export const sarif: ReportShape = {
  recordsPerEntry: 1,
  ...aroundAs(() => ({
    version: "2.1.0",
    $schema: "http://json.schemastore.org/sarif-2.1.0-rtm.5",
    runs: [
      {
        tool: {
          driver: {
            name: "ESLint",
            informationUri: "https://eslint.example",
            rules: rules.map((id) => ({
              id,
              helpUri: `https://eslint.example/docs/latest/rules/${id}`,
              properties: {},
              shortDescription: { text: `Disallow what ${id} names` },
            })),
            version: "9.20.0",
          },
        },
        artifacts: Array.from({ length: files }, (_, index) => ({ location: { uri: `file://${workspace}/${pathOf(index)}` } })),
        results: [entriesMark],
      },
    ],
  })),
  entry(random, index) {
    const file = random.below(files);
    const { line, column, endColumn } = placeOf(random);
    return indented(
      {
        level: index % 3 === 0 ? "error" : "warning",
        message: { text: messageOf(random) },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: `file://${workspace}/${pathOf(file)}`, index: file },
              region: { startLine: line, startColumn: column, endLine: line, endColumn },
            },
          },
        ],
        ruleId: pick(rules, index),
        ruleIndex: index % rules.length,
      },
      4,
    );
  },
  separator: ",\n",
};

/** Without the sources of the files, which some versions write too and which are read past in no time. */
export const eslint: ReportShape = {
  recordsPerEntry: messagesPerFile,
  head: () => "[",
  entry(random, index) {
    const messages = Array.from({ length: messagesPerFile }, (_, number) => {
      const { line, column, endColumn } = placeOf(random);
      return {
        ruleId: pick(rules, number),
        severity: 1 + (number % 2),
        message: messageOf(random),
        line,
        column,
        nodeType: "Identifier",
        messageId: "unexpected",
        endLine: line,
        endColumn,
        ...(number % 4 === 0 && { fix: { range: [line * 40, line * 40 + 12], text: "{return value;}" } }),
      };
    });
    return JSON.stringify({
      filePath: `${workspace}/${pathOf(index)}`,
      messages,
      suppressedMessages: [],
      errorCount: 10,
      fatalErrorCount: 0,
      warningCount: 10,
      fixableErrorCount: 0,
      fixableWarningCount: 5,
      usedDeprecatedRules: [],
    });
  },
  separator: ",",
  tail: () => "]",
};

export const checkstyle: ReportShape = {
  recordsPerEntry: messagesPerFile,
  head: () => '<?xml version="1.0" encoding="utf-8"?><checkstyle version="4.3">',
  entry(random, index) {
    const errors = Array.from({ length: messagesPerFile }, (_, number) => {
      const { line, column } = placeOf(random);
      const rule = pick(rules, number);
      return `<error line="${line}" column="${column}" severity="${number % 2 === 0 ? "warning" : "error"}" message="${xmlText(messageOf(random))} (${rule})" source="eslint.rules.${rule}" />`;
    });
    return `<file name="${workspace}/${pathOf(index)}">${errors.join("")}</file>`;
  },
  separator: "",
  tail: () => "</checkstyle>",
};

function placeOf(random: Random): { line: number; column: number; endColumn: number } {
  const column = 1 + random.below(80);
  return { line: 1 + random.below(1_200), column, endColumn: column + 1 + random.below(20) };
}

function messageOf(random: Random): string {
  return `'${word(random)}' is ${sentence(random, 5)}`;
}

function aroundAs(make: () => unknown): Pick<ReportShape, "head" | "tail"> {
  return { head: () => `${around(make(), 0).head}\n`, tail: () => `\n${around(make(), 0).tail}\n` };
}
