/** Hears how far one file is. */
export type Progress = {
  /** The sources that the report speaks of are looked up; `bytes` of the report were read since the last call. */
  looking(bytes: number): void;
  /** A (new) try begins. */
  restart(): void;
  read(bytes: number): void;
  /** All is sent, and the hub works it in. */
  working(): void;
  /** Something that is worth a line of its own. */
  note(text: string): void;
  end(): void;
};
