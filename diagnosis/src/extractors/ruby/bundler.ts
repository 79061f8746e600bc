import { type Extractor } from "../../extractor.ts";
import { type Form, sightingIn } from "../native/forms.ts";

const forms: readonly Form[] = [
  [
    /^(?<key>Bundler could not find compatible versions for gem .{1,200}|Could not find compatible versions)/,
    "dependency.resolution",
    "cause",
    "Bundler finds no versions that fit together",
  ],
  [
    /^(?:Bundler::GemNotFound: )?(?<key>Could not find gem '.{1,300}|Could not find \S{1,120}-\d\S{0,60}(?:, \S{1,120}-\d\S{0,60}){0,40} in (?:any of the sources|locally installed gems|rubygems repository).{0,200})/,
    "dependency.resolution",
    "cause",
    "Bundler does not find a gem",
  ],
  [/^(?:ERROR: {1,4})?(?<key>Could not find a valid gem '.{1,300})/, "dependency.resolution", "cause", "RubyGems does not find a gem"],
  [/^(?:ERROR: {1,4}|.{0,80}BuildError: (?:ERROR: )?)(?<key>Failed to build gem native extension)/, "dependency.build", "cause", "A gem could not be built"],
  [
    /^(?<key>An error occurred while installing \S{1,100} \(.{1,80}\), and Bundler cannot continue)/,
    "dependency.build",
    "likely",
    "Bundler could not install a gem",
  ],
  [
    /^(?<key>(?:Your Ruby version is .{1,40}, but your Gemfile specified|.{1,120} requires (?:r|R)uby version .{1,60}(?:, which is incompatible|\. The current)|\S{1,120} requires RubyGems version|You must use Bundler \d|Could not find 'bundler' \(|can't find gem bundler|Your RubyGems version).{0,200})/,
    "config.toolchain",
    "cause",
    "The version of Ruby or Bundler does not fit",
  ],
  [/^(?<key>Your bundle only supports platforms .{1,300})/, "dependency.resolution", "cause", "The lock file is not for this platform"],
  [
    /^(?<key>(?:You are trying to install in deployment mode after changing|The (?:dependencies|gemspecs?|list of sources) .{0,60}(?:changed|in your (?:gemfile|lockfile))|.{0,80}(?:lockfile|Gemfile\.lock) (?:can't|cannot) be (?:updated|written)|Your Gemfile\.lock does not).{0,300})/i,
    "dependency.resolution",
    "cause",
    "The lock file does not fit",
  ],
  [/^(?:\[!\] )?(?<key>There was an error (?:while loading|parsing) `.{1,300})/, "code.syntax", "cause", "A Gemfile or gemspec cannot be read"],
  [/^(?<key>Could not locate Gemfile.{0,60})/, "config.workflow", "cause", "There is no Gemfile here"],
  [
    /^(?:Bundler::HTTPError: |Gem::RemoteFetcher::FetchError: )?(?<key>(?:Could not (?:reach host|fetch specs from|download gem from|verify the SSL certificate|find a server)|Network error while fetching|There was an error .{0,40}downloading).{0,400})/,
    "infra.network",
    "likely",
    "A gem could not be loaded",
  ],
  [
    /^(?<key>(?:Authentication is required for|Bad username or password for|Invalid (?:api|API) key) .{1,300})/,
    "config.auth",
    "cause",
    "The source of gems did not accept the login",
  ],
  [/^(?<key>Git error: command `git (?:clone|fetch).{1,400})/, "vcs.clone_failed", "cause", "Bundler could not fetch a repository"],
  [/^(?<key>Revision .{1,100} does not exist in the repository.{0,200})/, "vcs.ref_missing", "cause", "A gem's repository has no such revision"],
  [/^(?<key>The git source .{1,300} is not (?:yet )?checked out.{0,100})/, "dependency.resolution", "cause", "A gem was not installed"],
  [/^bundler: (?<key>command not found: .{1,200})/, "dependency.missing_module", "cause", "Bundler does not know a command"],
  [/^(?<key>bundler: failed to load command: .{1,300})/, "unknown", "summary", "A command of a gem failed at its start"],
  [/^ERROR: {1,4}(?<key>Error installing .{1,200}:?)$/, "dependency.resolution", "likely", "RubyGems could not install a gem"],
];

/** Bundler and RubyGems. Fetches that are tried again are no failure. */
export const bundler: Extractor = {
  name: "bundler",
  title: "Bundler",
  keywords: [
    "compatible versions",
    "could not find gem",
    "any of the sources",
    "installed gems",
    "rubygems",
    "valid gem",
    "gem native extension",
    "error occurred while installing",
    "ruby version",
    "you must use bundler",
    "find 'bundler'",
    "find gem bundler",
    "bundle only supports",
    "deployment mode",
    "lockfile",
    "gemfile",
    "there was an error",
    "could not reach host",
    "could not fetch specs",
    "could not download gem",
    "could not verify the ssl",
    "network error while",
    "authentication is required",
    "bad username or password",
    "git error: ",
    "in the repository",
    "checked out",
    "bundler: ",
    "error installing ",
  ],
  open:
    () =>
    ({ line }) =>
      sightingIn(forms, line.text.trim()),
};
