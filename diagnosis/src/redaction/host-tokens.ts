import { token, type TokenPattern } from "./tokens-by-prefix.ts";

const jwt = String.raw`eyJ[\w-]{8,4000}\.[\w-]{8,8000}(?:\.[\w-]{8,2000})?`;
const base62Of43 = "[0-9A-Za-z]{43}(?![0-9A-Za-z])";

/** Tokens of code hosts, of package registries, of CI, and our own. */
export const hostTokens: readonly TokenPattern[] = [
  // Those of installations and of Actions may be JWTs behind the prefix, with the App's id in between.
  token("github-token", "GitHub token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], String.raw`(?:(?:\w{1,40}_)?${jwt}|\w{36,1000})`, {
    shape: "ghp_…, gho_…, ghu_…, ghs_…, ghr_…",
  }),
  token("github-token", "GitHub fine-grained token", ["github_pat_"], String.raw`\w{36,255}`),
  // Shapes: tokens/src/api-token.ts, hub/src/oidc/hub-tokens.ts, hub/src/accounts (refresh, link and challenge tokens).
  token("sentinal-token", "Sentinal API token, and the token of a CI job", ["sent_"], "[0-9A-Za-z]{49}(?![0-9A-Za-z])", { shape: "sent_…, oidc_sent_…" }),
  token("sentinal-token", "Sentinal session or link token", ["sentr_", "schl_", "sinv_", "srst_"], base62Of43, { shape: "sentr_…, schl_…, sinv_…, srst_…" }),
  token(
    "gitlab-token",
    "GitLab token",
    ["pat", "ptt", "dt", "rt", "rtr", "cbt", "ft", "soat", "imt", "agent", "oas", "ffct", "wt"].map((kind) => `gl${kind}-`),
    String.raw`[\w-]{16,300}(?:\.[0-9a-z]{2}\.[0-9a-z]{7,20})?`,
  ),
  token("gitlab-token", "GitLab runner registration token", ["GR1348941"], String.raw`[\w-]{20,60}`),
  token("bitbucket-token", "Bitbucket or Atlassian API token", ["ATATT3", "ATCTT3", "ATSTT3"], "[A-Za-z0-9_=-]{60,400}"),
  token("bitbucket-token", "Bitbucket app password", ["ATBB"], "[A-Za-z0-9]{28,60}(?![A-Za-z0-9])"),
  token("npm-token", "npm token", ["npm_"], "[A-Za-z0-9]{36}(?![A-Za-z0-9_])"),
  token("pypi-token", "PyPI token", ["pypi-AgE"], String.raw`[\w-]{40,1000}`),
  token("rubygems-token", "RubyGems token", ["rubygems_"], "[0-9a-f]{48}"),
  token("crates-io-token", "crates.io token", ["cio"], "[A-Za-z0-9]{32}(?![A-Za-z0-9_])", { startsWord: true }),
  token("nuget-token", "NuGet API key", ["oy2"], "[a-z0-9]{43}(?![A-Za-z0-9_])", { startsWord: true }),
  token("docker-token", "Docker Hub token", ["dckr_pat_", "dckr_oat_"], String.raw`[\w-]{20,200}`),
  token("clojars-token", "Clojars token", ["CLOJARS_"], "[a-z0-9]{60}"),
  token("sonarqube-token", "SonarQube token", ["squ_", "sqp_", "sqa_"], "[0-9a-f]{40}(?![0-9A-Za-z])"),
  token("jfrog-token", "JFrog API key", ["AKCp"], "[A-Za-z0-9]{60,100}(?![A-Za-z0-9])", { startsWord: true }),
  token("jfrog-token", "JFrog reference token", ["cmVmdGtu"], "[A-Za-z0-9]{40,100}(?![A-Za-z0-9])", { startsWord: true }),
  token("circleci-token", "CircleCI token", ["CCIPAT_", "CCIPRJ_"], String.raw`\w{40,120}`),
  token("buildkite-token", "Buildkite token", ["bkua_", "bkaj_"], "[0-9A-Za-z]{40,64}"),
  token("pulumi-token", "Pulumi token", ["pul-"], "[0-9a-f]{40}(?![0-9A-Za-z])", { startsWord: true }),
  token("terraform-token", "HCP Terraform token", [".atlasv1."], String.raw`[\w=-]{60,100}`, {
    before: { character: /[A-Za-z0-9]/, least: 14, most: 14 },
    shape: "….atlasv1.…",
  }),
  token("sourcegraph-token", "Sourcegraph token", ["sgp_"], String.raw`(?:[0-9a-zA-Z]{1,20}_)?[0-9a-f]{40}(?![0-9A-Za-z])`),
];
