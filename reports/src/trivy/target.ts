const tag = /^\w[\w.-]{0,127}$/;
const digest = /@[a-z0-9+._-]+:[0-9a-f]{32,}$/i;
const imageId = /^(sha256:)?[0-9a-f]{12,64}$/i;

/** An image's name without tag and digest: `host:5000/img:tag@sha256:…` gives `host:5000/img`. Other texts stay as they are. */
export function withoutTag(name: string): string {
  if (imageId.test(name)) return name;
  const bare = name.replace(digest, "");
  const colon = bare.indexOf(":", bare.lastIndexOf("/") + 1);
  return colon > 0 && tag.test(bare.slice(colon + 1)) ? bare.slice(0, colon) : bare;
}

/** True for the bare id of an image, which is another one after each build. */
export function isImageId(name: string): boolean {
  return imageId.test(name);
}

/** A target without what Trivy writes behind it: `debian:12 (debian 12.5)`, `x (amazon 2 (Karoo))`. */
export function withoutSystem(target: string): string {
  if (!target.endsWith(")")) return target;
  let open = 0;
  for (let at = target.length - 1; at > 0; at--) {
    if (target[at] === ")") open++;
    else if (target[at] === "(" && --open === 0) return target[at - 1] === " " ? target.slice(0, at - 1) : target;
  }
  return target;
}

/**
 * A target as a part of an identity: what changes with each build or update of the scanned thing is taken out.
 * Only packages of a system and the configuration of an image are named after the image; all others are files.
 */
export function stableTarget(target: string, className: string | null, type: string | null): string {
  if (className === "os-pkgs" || className === null) return withoutTag(withoutSystem(target));
  const isImageConfiguration = className === "config" && type === "dockerfile";
  return isImageConfiguration ? withoutTag(withoutSystem(target)) : target;
}

/**
 * A file's path without the version of the package in it: `lib/commons-compress-1.14.jar` of version 1.14 gives
 * `lib/commons-compress-{version}.jar`, so that the package stays the same one when it is updated.
 */
export function withoutVersion(path: string, version: string | null): string {
  if (version === null || !path.includes(version)) return path;
  const isPart = (character: string | undefined) => character === undefined || !/[0-9A-Za-z]/.test(character);
  let result = "";
  let from = 0;
  for (let at = path.indexOf(version); at !== -1; at = path.indexOf(version, at + 1)) {
    if (at < from || !isPart(path[at - 1]) || !isPart(path[at + version.length])) continue;
    result += `${path.slice(from, at)}{version}`;
    from = at + version.length;
  }
  return result + path.slice(from);
}

/** Where the entries of one result were found. */
export type Place = {
  target: string | null;
  className: string | null;
  type: string | null;
  workload: Workload;
  /** The target as it is shown, with its workload. */
  shownTarget: string | null;
  /** What stays of both over builds, updates and roll-outs. */
  stableTarget: string | null;
  stableWorkload: Workload;
};

export function placeAt(target: string | null, className: string | null, type: string | null, workload: Workload): Place {
  return {
    target,
    className,
    type,
    workload,
    shownTarget: targetInWorkload(workload, target),
    stableTarget: target === null ? null : stableTarget(target, className, type),
    stableWorkload: stableWorkload(workload),
  };
}

/** What a Kubernetes report says of where a result comes from. */
export type Workload = { namespace: string | null; kind: string | null; name: string | null; container: string | null };

/** `namespace/kind/name (container)`, as far as known; null when nothing is. */
export function workloadName(workload: Workload): string | null {
  const name = [workload.namespace, workload.kind, workload.name].filter((part) => part !== null).join("/");
  if (name === "") return workload.container;
  return workload.container === null ? name : `${name} (${workload.container})`;
}

/** The workload without what Kubernetes appends on each roll-out: the hash of a ReplicaSet, the time of a CronJob's Job. */
export function stableWorkload(workload: Workload): Workload {
  const suffix = workload.kind === "ReplicaSet" ? /-[bcdfghjklmnpqrstvwxz2456789]{5,10}$/ : workload.kind === "Job" ? /-[0-9]{8,10}$/ : null;
  if (suffix === null || workload.name === null) return workload;
  return { ...workload, name: workload.name.replace(suffix, "") };
}

/** The target inside a workload; Trivy itself names a manifest's target `Kind/name`, which is not said twice. */
export function targetInWorkload(workload: Workload, target: string | null): string | null {
  const name = workloadName(workload);
  if (name === null || target === null) return name ?? target;
  return target === `${workload.kind}/${workload.name}` ? name : `${name}: ${target}`;
}
