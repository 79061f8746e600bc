/** A file of an archive of logs. */
export type ArchivedFile = { readonly name: string };

/** The log of one job: its files in order, to be read as one. */
export type ArchivedJob<File extends ArchivedFile> = { readonly job: string; readonly files: readonly File[] };

/** `0_build.txt`: a job's whole log. */
const whole = /^(-?\d+)_([^/\\]+)\.txt$/;
/** `build/1_Set up job.txt`: a step's. */
const step = /^([^/\\]+)[/\\](\d+)_[^/\\]*\.txt$/;

/**
 * The jobs in an archive of a run's logs, as GitHub gives it: the whole log of each job where there is one, else the logs of
 * its steps in their order. An archive without such names is a log a file.
 */
export function jobsOf<File extends ArchivedFile>(files: readonly File[]): ArchivedJob<File>[] {
  const jobs = new Map<string, File[]>();
  const wholes = files.flatMap((file) => {
    const found = whole.exec(file.name);
    return found === null ? [] : [{ file, number: Number(found[1]), job: found[2] ?? "" }];
  });
  // Jobs may share a name.
  for (const { file, job, number } of wholes.toSorted((one, other) => one.number - other.number)) jobs.set(jobs.has(job) ? `${job} (${number})` : job, [file]);
  const steps = files.flatMap((file) => {
    const found = step.exec(file.name);
    return found === null || jobs.has(found[1] ?? "") ? [] : [{ file, job: found[1] ?? "", number: Number(found[2]) }];
  });
  for (const { file, job } of steps.toSorted((one, other) => one.number - other.number)) jobs.set(job, [...(jobs.get(job) ?? []), file]);
  if (jobs.size > 0) return [...jobs].map(([job, own]) => ({ job, files: own }));
  const texts = files.filter(({ name }) => /\.(?:txt|log)(?:\.gz)?$/i.test(name));
  return (texts.length > 0 ? texts : files).map((file) => ({ job: file.name, files: [file] }));
}
